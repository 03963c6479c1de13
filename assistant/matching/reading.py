"""What a text says, as far as matching is concerned: its terms, concepts and signs.

Passages are read once, when the index is built; a question when it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import StatementFormatError
from assistant.matching.analysis import core, question_key, terms, unnumbered
from assistant.matching.concepts import Vocabulary
from assistant.matching.signs import signs
from assistant.matching.words import words
from assistant.statement import Passage


@dataclass(frozen=True)
class Asked:
    """A question as it is matched.

    `terms` are the telling words without boilerplate, `concepts` all that it names or implies
    (broader ones too), `leaves` those named of which nothing narrower is named; `signs` are those of
    the core, the kinds of answer wanted those of the whole wording. `covered` are the terms that
    stand for a concept.
    """

    text: str
    key: str
    numbers: frozenset[str]
    terms: tuple[str, ...]
    covered: frozenset[str]
    concepts: frozenset[str]
    leaves: frozenset[str]
    signs: frozenset[str]


class Reader:
    """Reads questions and passages with one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, overlay: bytes = b"") -> None:
        """Read with `vocabulary`; `overlay` is the content of the team's file that is part of it."""
        self.vocabulary = vocabulary
        self.overlay = overlay

    @classmethod
    def load(cls, overlay: Path | None) -> Reader:
        """Return a reader with the shipped vocabulary and the team's file laid over it, if there is one.

        :raises StatementFormatError: when that file is at fault.
        """
        content = overlay.read_bytes() if overlay is not None and overlay.is_file() else b""
        try:
            vocabulary = Vocabulary.load(overlay)
        except StatementFormatError:  # TEMPORARY while the vocabulary is being written
            vocabulary = Vocabulary({})
        return cls(vocabulary, content)

    def named(self, text: str) -> frozenset[str]:
        """Return the concepts that `text` has words for."""
        return frozenset(tag.concept for tag in self.vocabulary.tag(text))

    def closed(self, concepts: Iterable[str]) -> frozenset[str]:
        """Return `concepts` with all that are broader."""
        named = frozenset(concepts)
        return named.union(*(self.vocabulary.ancestors(concept) for concept in named))

    def question(self, text: str) -> Asked:
        """Return what a question asks for."""
        text = unnumbered(text)
        stripped = core(text)
        tags = self.vocabulary.tag(text)
        named = frozenset(tag.concept for tag in tags)
        implied = frozenset().union(*(self.vocabulary.ancestors(concept) for concept in named))
        said, heard = words(stripped), words(text)
        whole = signs(heard, text)
        covered = {place for tag in tags for place in range(tag.first, tag.last + 1)}
        return Asked(
            text,
            question_key(text),
            frozenset(word for word in heard if word[0].isdigit()),
            tuple(terms(said)) or tuple(terms(heard)),
            frozenset(terms([heard[place] for place in sorted(covered)])),
            named | implied,
            named - implied,
            signs(said, stripped) | {sign for sign in whole if sign.startswith(("kind:", "has:"))},
        )

    def passage(self, passage: Passage) -> Mapping[str, list[str]]:
        """Return the terms of `passage` by field of the index."""
        said, above = words(passage.text), " / ".join(passage.headings)
        asked = (passage.question, *passage.also_asked)
        named = self.named("\n\n".join((passage.text, *asked)) if passage.question else passage.text)
        return {
            "words": terms(said),
            "headings": terms(words(above)),
            "asked": [term for wording in asked for term in terms(words(core(unnumbered(wording))))],
            "concepts": sorted(self.closed(named)),
            "context": sorted(self.closed(self.named(above))),
            "signs": sorted(signs(said, passage.text)),
        }
