"""The parts of a compound question: what of it is answered by which passage, and what by none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.matching.analysis import core, stems, unnumbered
from assistant.matching.reading import Reader
from assistant.matching.words import BACKWARD, Token, opens_a_part, tokens
from assistant.statement import Passage

_SEVERAL = re.compile(
    r"[.?!;]\s+\S|\b(?:and|or|but) (?:how|what|who|whom|which|when|where|whether|why|is|are|do|does|can|could|may|must|"
    rf"will|would|should|has|have)\b(?![^.?!;]*\b(?:{'|'.join(BACKWARD)})\b)",
    re.IGNORECASE,
)
_JOINT = re.compile(r"^(?:and|or|but)\s+", re.IGNORECASE)
_MARK = re.compile(r"\s(?:[a-z][.)]|[•▪●·–-])$")
"""The letter or bullet of the next part."""
_CONDITIONS = {"when", "whether"}
"""What may begin a part of a question, but after "and" only goes on with the one before."""
_LEAST = 2
"""How many telling words a part has; fewer only go with the part before ("If yes, please explain.")."""
_MET = 0.5
"""A part whose concepts no passage speaks to is still met when this share of its words is."""


def parts(question: str) -> list[str]:
    """Return what `question` asks one after the other, in its own words; the whole when it asks for one thing."""
    text = unnumbered(question)
    if not _SEVERAL.search(text):
        return [text]
    said = tokens(text)
    starts = [token.start for place, token in enumerate(said) if place and _begins(said, place, text)]
    pieces = [
        _MARK.sub("", text[start:end].strip(" ,;"))
        for start, end in zip([0, *starts], [*starts, len(text)], strict=True)
    ]
    told = [_JOINT.sub("", piece) for piece in pieces if len(stems(core(piece))) >= _LEAST]
    return told if len(told) > 1 else [text]


def _begins(said: Sequence[Token], place: int, text: str) -> bool:
    """Return whether with the word at `place` of what is `said` in `text` something else is asked."""
    start = said[place].start
    if text.count("(", 0, start) > text.count(")", 0, start):
        return False
    if said[place].sentence != said[place - 1].sentence:
        return True
    return opens_a_part(said, place) and said[place + 1].word not in _CONDITIONS


@dataclass(frozen=True)
class Part:
    """One part of a compound question, and the digests of the passages that surely answer it, the surest first."""

    text: str
    reader: Reader
    sure: tuple[str, ...] = ()

    def answered(self, passages: Sequence[Passage]) -> bool:
        """Return whether one of `passages` surely answers the part."""
        return any(passage.digest in self.sure for passage in passages)

    def spoken_of(self, passages: Sequence[Passage]) -> bool:
        """Return whether `passages` speak of it at all: of a concept that it names, or in half of its words."""
        leaves, wanted = self.reader.question(self.text).leaves, stems(core(self.text))
        told = self.reader.closed(frozenset[str]().union(*(self.reader.told(passage.text) for passage in passages)))
        said = frozenset[str]().union(*(stems(passage.text) for passage in passages))
        return not leaves.isdisjoint(told) or len(wanted & said) >= _MET * len(wanted)
