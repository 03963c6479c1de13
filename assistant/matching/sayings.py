"""What a passage says, sentence by sentence, as drafts and choices look at it.

A passage is read in this way once, when the knowledge is read in, and kept packed: a questionnaire cites hundreds of
passages, few of them twice, and to read one takes as long as everything else that is done for a question.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from assistant.matching.analysis import stems
from assistant.matching.clauses import Clause, clauses
from assistant.matching.quantities import Quantity, quantities
from assistant.matching.signs import signs
from assistant.matching.words import words

_ABBREVIATED = "".join(
    rf"(?<!\b{re.escape(short)}\.)"
    for short in (
        "e.g",
        "i.e",
        "vs",
        "cf",
        "No",
        "Nos",
        "Inc",
        "Ltd",
        "Corp",
        "Co",
        "St",
        "Dr",
        "approx",
        "incl",
        "resp",
    )
)
_SENTENCE = re.compile(rf"(?<=[.!?]){_ABBREVIATED}\s+(?=[A-Z0-9“\"'(])")
"""Between two sentences; the point of an abbreviation ends none."""
_PAUSE = re.compile(r"(?<=[.;!?])\s+")
"""Between what is read for quantities one after the other."""


class Saying(NamedTuple):
    """The sentences of a passage as they stand there, and the terms of each; its clauses, quantities and deeds."""

    sentences: tuple[str, ...]
    terms: tuple[frozenset[str], ...]
    clauses: tuple[Clause, ...]
    quantities: tuple[Quantity, ...]
    deeds: frozenset[str]


Sayings: TypeAlias = Callable[[str], Saying]
"""What tells of the text of a passage what it says."""


@lru_cache(maxsize=1024)
def saying(text: str) -> Saying:
    """Return what `text`, which nobody has read before, says."""
    sentences = tuple(_SENTENCE.split(text.strip()))
    return Saying(
        sentences,
        # In lower case, as the choice looks at the same sentences.
        tuple(stems(sentence.lower()) for sentence in sentences),
        clauses(text.lower()),
        tuple(quantity for sentence in _PAUSE.split(text) for quantity in quantities(sentence)),
        deeds(text),
    )


@lru_cache(maxsize=4096)
def deeds(text: str) -> frozenset[str]:
    """Return what is done, as `text` tells it: signs of aspects."""
    return frozenset(sign for sign in signs(words(text), text) if sign.startswith("aspect:"))


def packed(text: str) -> bytes:
    """Return what `text` says in a form that takes little memory, and is opened in a twentieth of the time."""
    said = saying(text)
    # Plain tuples: classes would be looked up by their names each time.
    return pickle.dumps(
        (*said[:2], tuple(map(tuple, said.clauses)), tuple(map(tuple, said.quantities)), said.deeds),
        protocol=pickle.HIGHEST_PROTOCOL,
    )


def kept(packed_by_text: Mapping[str, bytes]) -> Sayings:
    """Return what tells of the texts that were `packed` what they say; other texts it reads."""

    @lru_cache(maxsize=1024)
    def told(text: str) -> Saying:
        found = packed_by_text.get(text)
        return saying(text) if found is None else unpacked(found)

    return told


def unpacked(content: bytes) -> Saying:
    """Return what was `packed`."""
    sentences, terms, claused, measured, done = pickle.loads(content)  # noqa: S301 - from a folder of our own
    return Saying(sentences, terms, tuple(map(Clause._make, claused)), tuple(map(Quantity._make, measured)), done)
