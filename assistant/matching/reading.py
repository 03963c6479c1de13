"""What a text says, as far as matching is concerned: its terms, concepts and signs.

Passages are read once, when the index is built; a question when it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from assistant.matching import background, plain_words
from assistant.matching.analysis import core, emphasis, question_key, term, terms, unnumbered
from assistant.matching.concepts import Tag, Vocabulary
from assistant.matching.phrases import LIGHT
from assistant.matching.signs import signs, wanted
from assistant.matching.words import Token, tokens, words
from assistant.statement import Passage

_NAME = re.compile(r"(?<=[\w,;/(] )[A-Z]|(?<=[(/])[A-Z]|\w*\d")
"""A name of a product or party, or a number: what it stands for cannot be known, so it is not strange."""
_STANDARD = re.compile(r"(?<=ISO |IEC |DIN )\d{3,}|(?<=\bEN |\bBS )\d{3,}")
"""The number of a standard: one that the vocabulary does not know is as strange as any word."""

CONCEPT, SENSE = "concept ", "sense "
"""What stands before a notion that is no term."""

_PHRASE_MARKS = re.compile(r"[|~<>\[\]]|\.\.\.")


def _phrases(vocabulary: Vocabulary) -> Iterator[str]:
    """Yield all phrases and names of the concepts of `vocabulary`."""
    for concept in vocabulary.concepts.values():
        yield concept.name
        yield from concept.phrases


_HEADING = 12
"""Headings with more words are sentences that happen to stand there, not what the passages below are about."""

_SUBJECT = re.compile(
    r"^(?P<subject>(?:[\w'’/-]+ ){0,5}[\w'’/-]+) (?:is|are|was|were|has been|have been|must be|will be|can "
    r"be)\b",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    r",? (?:and|or|but)(?: then| also)?(?: is| are)?(?= (?:\w+ly )?(?:\w{2,}ed|kept|held|sent|built|"
    r"written)\b)",
    re.IGNORECASE,
)


def completed(text: str) -> Iterator[str]:
    """Yield, for "Access is granted by need, and is reviewed and revoked", "Access is reviewed", "Access is revoked".

    Concepts are named by words that stand near each other; joined predicates leave their subject far behind.
    """
    for sentence in re.split(r"(?<=[.;!?])\s+", text):
        found = _SUBJECT.match(sentence)
        if found:
            for predicate in _PREDICATE.split(sentence)[1:]:
                yield f"{found['subject']} is{predicate}"


@dataclass(frozen=True)
class Asked:
    """A question as it is matched.

    `terms` are the words left without boilerplate, `concepts` all that it names or implies (broader
    ones too), each with how much it counts in the question (0 to 1). `leaves` are the concepts with
    words of their own. `signs` are those of the core, the kinds of answer wanted those of the whole
    wording. `meanings` are the concepts that a term is part of, `words` how it is shown. `strange`
    are terms of the first sentence that neither the vocabulary nor security prose knows.
    """

    text: str
    key: str
    numbers: frozenset[str]
    terms: Mapping[str, float]
    words: Mapping[str, str]
    meanings: Mapping[str, frozenset[str]]
    concepts: Mapping[str, float]
    leaves: frozenset[str]
    signs: frozenset[str]
    strange: frozenset[str]

    @cached_property
    def telling(self) -> Mapping[str, float]:
        """How telling each term is, whatever the knowledge at hand."""
        return {term: background.weight(term, 0, 0) for term in self.terms}

    @cached_property
    def aspects(self) -> frozenset[str]:
        """What is asked to be done to the thing."""
        return frozenset(sign for sign in self.signs if sign.startswith("aspect:"))

    @cached_property
    def wanted(self) -> frozenset[str]:
        """The kinds of answer wanted, and what narrows the matter."""
        return self.signs - self.aspects

    @cached_property
    def senses(self) -> frozenset[str]:
        """What it has plain or formal words for."""
        return frozenset(plain_words.senses(self.text))

    @cached_property
    def notions(self) -> Mapping[str, frozenset[str]]:
        """Of each term what may stand for it in another wording: itself, concepts it is part of, and senses."""
        known: dict[str, set[str]] = {said: {said} for said in self.terms}
        for said, notions in known.items():
            notions.update(f"{CONCEPT}{concept}" for concept in self.meanings.get(said, ()))
        for sense, said_for in plain_words.senses(self.text).items():
            for said in said_for & known.keys():
                known[said].add(f"{SENSE}{sense}")
        return {said: frozenset(notions) for said, notions in known.items()}

    @cached_property
    def named(self) -> frozenset[str]:
        """All notions that it has words for, concepts that are only implied too."""
        concepts = (f"{CONCEPT}{concept}" for concept in self.concepts)
        return frozenset((*self.terms, *concepts, *(f"{SENSE}{sense}" for sense in self.senses)))


class Reader:
    """Reads questions and passages with one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, overlay: bytes = b"") -> None:
        """Read with `vocabulary`; `overlay` is the content of the team's file that is part of it."""
        self.vocabulary = vocabulary
        self._familiar = frozenset(
            terms(words(" ".join(_PHRASE_MARKS.sub(" ", phrase) for phrase in _phrases(vocabulary))))
        )
        self.overlay = overlay
        # The same questions come again: in other scopes, in other questionnaires, while somebody types.
        self._read = lru_cache(maxsize=4096)(self._asked)
        # Neighbours stand under the same headings.
        self._context = lru_cache(maxsize=256)(lambda above: sorted(self.closed(self.named(above))))

    @classmethod
    def load(cls, overlay: Path | None) -> Reader:
        """Return a reader with the shipped vocabulary and the team's file laid over it, if there is one.

        :raises StatementFormatError: when that file is at fault.
        """
        content = overlay.read_bytes() if overlay is not None and overlay.is_file() else b""
        return cls(Vocabulary.load(overlay), content)

    def named(self, text: str) -> frozenset[str]:
        """Return the concepts that `text` has words for."""
        return frozenset(tag.concept for tag in _settled(self.vocabulary.tag(text)))

    def told(self, text: str) -> frozenset[str]:
        """Return the concepts that a passage's `text` has words for, its shortened sentences made whole."""
        return self.named("\n\n".join((text, *completed(text))))

    def closed(self, concepts: Iterable[str]) -> frozenset[str]:
        """Return `concepts` with all that are broader."""
        named = frozenset(concepts)
        return named.union(*(self.vocabulary.ancestors(concept) for concept in named))

    def question(self, text: str) -> Asked:
        """Return what a question asks for."""
        return self._read(unnumbered(text))

    def _asked(self, text: str) -> Asked:
        stripped, heard = core(text), tokens(text)
        # Of every word heard: how much it counts, its term, and whether it is left without boilerplate.
        counts, every = emphasis(text, heard), [term(token.word) for token in heard]
        left = [not stripped[token.start].isspace() for token in heard]
        said = [place for place, kept in enumerate(left) if kept]
        weighted: dict[str, float] = {}
        shown: dict[str, str] = {}
        for place in said if any(every[place] for place in said) else range(len(heard)):
            if told := every[place]:
                weighted[told] = max(weighted.get(told, 0.0), counts[place])
                shown.setdefault(told, heard[place].word)
        concepts: dict[str, float] = {}
        meanings: dict[str, set[str]] = {}
        # Between the ends of a phrase other things may stand, which it says nothing of.
        ends: set[str] = set()
        tags = [tag for tag in self.vocabulary.tag(text) if _told(heard, left, tag)]
        for tag in tags:
            weight = counts[tag.first]
            for concept in (tag.concept, *self.vocabulary.ancestors(tag.concept)):
                if weight > concepts.get(concept, 0.0):
                    concepts[concept] = weight
            for told in every[tag.first : tag.last + 1]:
                if told:
                    meanings.setdefault(told, set()).add(tag.concept)
            ends.update((every[tag.first], every[tag.last]))
        strange = frozenset(
            told
            for place in said
            if (told := every[place])
            and told not in ends
            and told not in self._familiar
            and not background.listed(told)
            and counts[place] == 1.0
            and not heard[place].word.endswith("ly")
            and (not _NAME.match(text, heard[place].start) or _STANDARD.match(text, heard[place].start))
        )
        of_core = signs([heard[place].word for place in said], stripped)
        of_all = of_core if len(said) == len(heard) else signs([token.word for token in heard], text)
        return Asked(
            text,
            question_key(text),
            frozenset(token.word for token in heard if token.word[0].isdigit()),
            weighted,
            shown,
            {told: frozenset(meant) for told, meant in meanings.items()},
            concepts,
            self._leaves(tags),
            of_core | {sign for sign in of_all if sign.startswith(("kind:", "has:"))} | wanted(text),
            strange,
        )

    def _leaves(self, tags: Sequence[Tag]) -> frozenset[str]:
        """Return the concepts that are asked for in words of their own, not only as part of a narrower one."""
        broader = [(self.vocabulary.ancestors(tag.concept), tag.first, tag.last) for tag in tags]
        return frozenset(
            tag.concept
            for tag in tags
            if not any(
                tag.concept in ancestors and tag.first <= last and first <= tag.last
                for ancestors, first, last in broader
            )
        )

    def passage(self, passage: Passage) -> Mapping[str, list[str]]:
        """Return the terms of `passage` by field of the index."""
        said = words(passage.text)
        above = "\n\n".join(heading for heading in passage.headings if len(heading.split()) <= _HEADING)
        asked = (passage.question, *passage.also_asked)
        named = self.told(passage.text).union(*(self.named(wording) for wording in asked if wording))
        return {
            "words": terms(said),
            "headings": terms(words(above)),
            "asked": [term for wording in asked for term in terms(words(core(unnumbered(wording))))],
            "concepts": sorted(self.closed(named)),
            "context": self._context(above),
            "signs": sorted(signs(said, passage.text)),
        }


def _settled(tags: Sequence[Tag]) -> list[Tag]:
    """Return `tags` without those that are part of a longer term: “risk management” in “risk management policy”."""
    whole = [tag for tag in tags if tag.last - tag.first < _TERM]
    return [
        tag
        for tag in tags
        if not any(
            other.first <= tag.first and tag.last <= other.last and other.last - other.first > tag.last - tag.first
            for other in whole
        )
    ]


_TERM = 3
"""Words that stand this near each other are one term; over more, several terms may share a phrase with a gap."""


def _told(heard: Sequence[Token], left: Sequence[bool], tag: Tag) -> bool:
    """Return whether most words of `tag` are `left` where boilerplate was blanked out."""
    heavy = [left[place] for place in range(tag.first, tag.last + 1) if heard[place].word not in LIGHT]
    return 2 * sum(heavy) >= len(heavy)
