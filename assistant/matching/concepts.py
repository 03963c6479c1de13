"""The vocabulary of security concepts, and the concepts that a text speaks of.

A concept is a control or notion of the field (key rotation, penetration test) with the phrases that
people use for it, formal and informal; the language of phrases is told in `phrases`. The concepts
that ship stand in `vocabulary/`, one file an area:

    area: Cryptography
    concepts:
      key-rotation:                  # the id: lower case, words joined by hyphens
        name: Key rotation
        broader: key-management      # ids of the concepts this is a kind or part of
        narrows: true                # optional: it narrows the matter (production, at rest, mobile)
        phrases: |                   # one or several a line, separated by commas
          rotate ~ key, rekey
          cryptoperiod
        except: |                    # optional: phrases in which the above mean something else
          key rotation of staff
        together: |                  # optional: two concepts, or a concept and a group of words (see
          key-management + <rotate>  # below), that make this one when they stand close in a sentence

Beside `concepts` a file may have `groups`, words that are used for the same whatever the control;
a phrase names a group as `<delete>`, and every file may name every group:

    groups:
      delete: delete, deletion, erase, wipe, get rid of

Two groups are of another kind: `field` and `elsewhere`. A text with words from `elsewhere` that no phrase
names, and none of the `field`, speaks of something else ("the firewall behind the stage of the opera"), and
has no concepts.

A team's own file, `concepts.yaml` in the knowledge folder, has the same form and is laid over them.
There a concept with a known id is extended: its phrases and broader concepts are added, its name,
area and mark replaced; the words of a group with a known name are added. `without` takes shipped
phrases away (written as they are shipped), and `silence: true` takes the whole concept away;
concepts below it move up to the next broader ones.

`python -m assistant.matching.concept_report FILE...` counts how often each concept fires.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from assistant.matching.phrases import LIGHT, Language, PhraseTree
from assistant.matching.vocabulary_files import ConceptEntry, fault, read_vocabulary
from assistant.matching.words import Token, opens_a_part, tokens

__all__ = ["Concept", "Tag", "Vocabulary", "firing"]

_CLOSE = 10
"""How many words may stand between two concepts that make a third."""

SHIPPED = Path(__file__).parent / "vocabulary"
"""The folder of the concepts that ship."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A control or notion of the field. `narrows` marks what narrows the matter, such as production or at rest."""

    id: str
    name: str
    area: str
    phrases: tuple[str, ...]
    broader: tuple[str, ...] = ()
    narrows: bool = False


class Tag(NamedTuple):
    """A concept that a text speaks of, and the first and last of the words (as `words` counts) that say so."""

    concept: str
    first: int
    last: int


class Vocabulary:
    """Concepts by id, in the order of the files, and the tagging of texts with them."""

    def __init__(self, entries: Mapping[str, ConceptEntry], language: Language | None = None) -> None:
        """Build from checked `entries` with phrases of `language`; `load` is the usual way.

        :raises StatementFormatError: if a broader concept is unknown, concepts go round in a circle,
            or a phrase is not in the language.
        """
        self.concepts: Mapping[str, Concept] = {
            entry.id: Concept(
                id=entry.id,
                name=entry.name,
                area=entry.area,
                phrases=tuple(phrase.text for phrase in entry.phrases),
                broader=entry.broader,
                narrows=bool(entry.narrows),
            )
            for entry in entries.values()
        }
        self._ids = list(entries)
        self._ancestors: dict[str, frozenset[str]] = {}
        for entry in entries.values():
            self._climb(entry, entries, ())
        language = language or Language()
        self._language = language
        self._field, self._elsewhere = language.words_of("field"), language.words_of("elsewhere")
        # What each goes together with, and what the two make.
        self._pairs: dict[str, list[tuple[str, str]]] = {}
        for made, one, other in (pair for entry in entries.values() for pair in _pairs(entry, entries, language)):
            self._pairs.setdefault(one, []).append((other, made))
        self._tree = PhraseTree(language)
        # An exception is looked for like a phrase, under the negative number of its owner.
        for number, entry in enumerate(entries.values()):
            for owner, phrases in ((number, entry.phrases), (~number, entry.exceptions)):
                for written in phrases:
                    try:
                        for phrase in language.phrases(written.text):
                            self._tree.add(phrase, owner)
                    except ValueError as error:
                        raise fault(written.path, written.line, f"The phrase {written.text!r}: {error}.") from error

    @classmethod
    def load(cls, overlay: Path | None = None) -> Vocabulary:
        """Return the shipped concepts with the team's file `overlay` laid over them, if it exists.

        :raises StatementFormatError: if a file is at fault; it tells file and line.
        """
        if overlay is None or not overlay.is_file():
            return _shipped()
        shipped, language = _shipped_files()
        team = read_vocabulary(overlay, overlay=True)
        return cls(_overlaid(shipped, team.concepts), language.extended(team.groups))

    def _climb(
        self, entry: ConceptEntry, entries: Mapping[str, ConceptEntry], below: tuple[str, ...]
    ) -> frozenset[str]:
        known = self._ancestors.get(entry.id)
        if known is not None:
            return known
        if entry.id in below:
            circle = " → ".join((*below[below.index(entry.id) :], entry.id))
            raise fault(entry.path, entry.line, f"Concepts are broader than each other in a circle: {circle}.")
        found: set[str] = set()
        for broader in entry.broader:
            if broader not in entries:
                raise fault(entry.path, entry.line, f"The broader concept {broader!r} of {entry.id!r} does not exist.")
            found |= {broader} | self._climb(entries[broader], entries, (*below, entry.id))
        self._ancestors[entry.id] = frozenset(found)
        return self._ancestors[entry.id]

    def ancestors(self, concept: str) -> frozenset[str]:
        """Return the ids of all concepts broader than `concept`, at any distance; empty for an unknown one."""
        return self._ancestors.get(concept, frozenset())

    def tag(self, text: str) -> tuple[Tag, ...]:
        """Return the concepts that `text` speaks of, in the order of the words.

        Of phrases of the same concept that overlap the longest counts. Broader concepts are named
        only where the text has words of their own: `ancestors` tells the others.
        """
        heavy: list[str] = []
        places: list[int] = []
        sentence = -1
        tags: list[Tag] = []
        found = tokens(text)
        asked = "?" in text
        for place, token in enumerate(found):
            if token.sentence != sentence or (asked and opens_a_part(found, place)):
                tags += self._tag_sentence(heavy, places)
                heavy, places, sentence = [], [], token.sentence
            if token.word not in LIGHT:
                heavy.append(token.word)
                places.append(place)
        tags += self._tag_sentence(heavy, places)
        return () if self._speaks_of_something_else(found, tags) else tuple(tags)

    def _speaks_of_something_else(self, said: Sequence[Token], tags: Sequence[Tag]) -> bool:
        """Say whether what is `said` has words of another walk of life that no phrase names, and none of the field."""
        if not tags or any(token.word in self._field for token in said):
            return False
        named = {place for tag in tags for place in (tag.first, tag.last)}
        return any(token.word in self._elsewhere for place, token in enumerate(said) if place not in named)

    def _tag_sentence(self, heavy: Sequence[str], places: Sequence[int]) -> list[Tag]:
        """Return the tags of one sentence: its words without light ones, and their places in the text."""
        if not heavy:
            return []
        found = [(owner, places[first], places[last]) for owner, first, last in self._tree.find(heavy)]
        tags = self._settled(found)
        return sorted([*tags, *self._made(tags, heavy, places)], key=lambda tag: (tag.first, tag.last, tag.concept))

    def _made(self, tags: Sequence[Tag], heavy: Sequence[str], places: Sequence[int]) -> list[Tag]:
        """Return the concepts that two of the `tags` of a sentence, or one and a word of it, make together."""
        if not tags:
            return []
        spans: dict[str, list[Tag]] = {}
        for word, place in zip(heavy, places, strict=True):
            for group in self._language.groups_of(word):
                spans.setdefault(group, []).append(Tag(group, place, place))
        for tag in tags:
            for concept in (tag.concept, *self._ancestors[tag.concept]):
                spans.setdefault(concept, []).append(tag)
        made: list[Tag] = []
        for one in self._pairs.keys() & spans.keys():
            for other, concept in self._pairs[one]:
                if other not in spans or concept in spans:
                    continue
                close = [
                    Tag(concept, min(a.first, b.first), max(a.last, b.last))
                    for a in spans[one]
                    for b in spans[other]
                    if a != b and max(a.first, b.first) - min(a.last, b.last) <= _CLOSE + 1
                ]
                if close:
                    made.append(min(close, key=lambda tag: (tag.last - tag.first, tag.first)))
        return made

    def _settled(self, found: Iterable[tuple[int, int, int]]) -> list[Tag]:
        """Return the tags of `found`: exceptions heeded, of what overlaps within a concept the longest kept."""
        spans: dict[int, list[tuple[int, int]]] = {}
        exceptions: dict[int, list[tuple[int, int]]] = {}
        for owner, first, last in found:
            if owner < 0:
                exceptions.setdefault(~owner, []).append((first, last))
            else:
                spans.setdefault(owner, []).append((first, last))
        tags: list[Tag] = []
        for owner, candidates in spans.items():
            kept: list[tuple[int, int]] = list(exceptions.get(owner, ()))
            barred = len(kept)
            for first, last in sorted(set(candidates), key=lambda span: (span[0] - span[1], span[0])):
                if all(last < other_first or first > other_last for other_first, other_last in kept):
                    kept.append((first, last))
            tags += [Tag(self._ids[owner], first, last) for first, last in kept[barred:]]
        return tags


def _pairs(
    entry: ConceptEntry, entries: Mapping[str, ConceptEntry], language: Language
) -> Iterator[tuple[str, str, str]]:
    """Yield the pairs of concepts, or of a concept and a group, that make `entry`, with its id first.

    :raises StatementFormatError: if a pair is none, or names a concept that does not exist.
    """
    for written in entry.together:
        pair = [part.strip() for part in written.text.split("+")]
        if len(pair) != 2:
            raise fault(
                written.path, written.line, f"Here stands {written.text!r}; write two concepts with a + between."
            )
        for concept in pair:
            if concept not in entries and concept.strip("<>") not in language.groups:
                raise fault(written.path, written.line, f"There is no concept {concept!r} to make {entry.id!r} of.")
        yield entry.id, pair[0], pair[1]


@cache
def _shipped_files() -> tuple[Mapping[str, ConceptEntry], Language]:
    """Return the concepts of all shipped files, and the language of their phrases.

    :raises StatementFormatError: if an id stands in two files, or a file is at fault.
    """
    entries: dict[str, ConceptEntry] = {}
    language = Language()
    for path in sorted(SHIPPED.glob("*.yaml")):
        file = read_vocabulary(path)
        language = language.extended(file.groups)
        for entry in file.concepts:
            if entry.id in entries:
                raise fault(entry.path, entry.line, f"The concept {entry.id!r} stands in {entries[entry.id].path} too.")
            entries[entry.id] = entry
    return entries, language


@cache
def _shipped() -> Vocabulary:
    return Vocabulary(*_shipped_files())


def _overlaid(shipped: Mapping[str, ConceptEntry], team: Iterable[ConceptEntry]) -> Mapping[str, ConceptEntry]:
    """Return the `shipped` entries with the `team`'s laid over them.

    :raises StatementFormatError: if `without` or `silence` names what is not there.
    """
    entries = dict(shipped)
    silenced: dict[str, tuple[str, ...]] = {}
    for entry in team:
        base = shipped.get(entry.id)
        if base is None:
            if entry.silence or entry.without:
                raise fault(entry.path, entry.line, f"There is no shipped concept {entry.id!r} to take anything from.")
            entries[entry.id] = entry.checked()
        elif entry.silence:
            silenced[entry.id] = base.broader
            del entries[entry.id]
        else:
            entries[entry.id] = base.extended(entry)
    return {entry.id: entry.moved_up(silenced) for entry in entries.values()}


def firing(texts: Iterable[str], vocabulary: Vocabulary | None = None) -> Mapping[str, int]:
    """Return in how many of `texts` each concept fires, the most frequent first, those that never do last."""
    vocabulary = vocabulary or Vocabulary.load()
    counts: Counter[str] = Counter(dict.fromkeys(vocabulary.concepts, 0))
    for text in texts:
        counts.update({tag.concept for tag in vocabulary.tag(text)})
    return dict(counts.most_common())
