"""The small language of the vocabulary's phrases, and the tree in which many are looked for at once.

A phrase is a line of words, compared in their common form (see `words`) and in this order:

    access review           the words one after the other
    mfa|2fa|two-factor      one of several; what has a hyphen may be several words
    <delete> data           any word of the group named delete
    [user] access review    a word that may be missing
    key ... rotate          up to four other words between, prepositions and "and" not counted
    key ~ rotate            the same in either order

Articles, forms of "be" and the like (`LIGHT`) count nowhere; possessives, pronouns and such (`SOFT`)
are passed over where a phrase does not ask for them: "rotate key" is found in "rotate all of your
keys" without "of", and "our data" only where it says "our". "Not" and "no" are neither. A phrase never
reaches over the end of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from math import prod
from typing import Any, Final, TypeAlias

from assistant.matching.spelling import COMPOUNDS
from assistant.matching.words import words

__all__ = ["LIGHT", "SOFT", "Groups", "Language", "Phrase", "PhraseTree"]

LIGHT: Final = frozenset({"a", "an", "the", "be"})
"""Words that count nowhere, in phrases as in texts."""

_SOFT_WORDS = (
    "our your their its my his her any all each every also both own we they it you some such this that these those "
    "which"
)
SOFT: Final = frozenset(_SOFT_WORDS.split())
"""Words of a text that are passed over where a phrase does not ask for them."""

Groups: TypeAlias = Mapping[str, Sequence[str]]
"""Words that are used for the same (delete, erase, wipe), by the name of their group."""

_FILLING_WORDS = "and or of to in for by with on as at from into through via using if when while"
_FILLING: Final = SOFT | frozenset(_FILLING_WORDS.split())
"""Words that do not count in a gap."""

_GAP: Final = "..."
_WIDEST_GAP: Final = 4
_MOST_READINGS: Final = 4000

Phrase: TypeAlias = tuple[str, ...]
"""One reading of a phrase: words in their common form, names of groups in <>, and "..." for a gap."""


class Language:
    """The language of phrases with its groups; it remembers the readings of phrases it was asked for."""

    def __init__(self, groups: Groups | None = None) -> None:
        """Let phrases name `groups`."""
        self.groups: Groups = groups or {}
        self._known: dict[str, list[Phrase]] = {}
        self._memberships: dict[str, tuple[str, ...]] = {}
        for name, members in self.groups.items():
            for member in members:
                if len(alone := _heavy(member)) == 1:
                    self._memberships[alone[0]] = (*self._memberships.get(alone[0], ()), f"<{name}>")

    def groups_of(self, word: str) -> tuple[str, ...]:
        """Return the groups that `word`, in its common form, belongs to, written as phrases name them."""
        return self._memberships.get(word, ())

    def extended(self, groups: Groups) -> Language:
        """Return the language with the words of `groups` added to those it has; itself when there are none."""
        if not groups:
            return self
        return Language({name: (*self.groups.get(name, ()), *groups.get(name, ())) for name in (*self.groups, *groups)})

    def readings(self, phrase: str) -> list[Phrase]:
        """Return every reading of `phrase`.

        :raises ValueError: if it is empty, not in the language, or has thousands of readings.
        """
        if phrase not in self._known:
            self._known[phrase] = _readings(phrase, self.groups)
        return self._known[phrase]


def _readings(text: str, groups: Groups) -> list[Phrase]:
    sides = [side.strip() for side in text.split("~")]
    if len(sides) > 2:
        raise ValueError("a phrase has at most one ~")
    readings = [_side(side, groups) for side in sides]
    if len(readings) == 1:
        return readings[0]
    first, second = readings
    return [(*a, _GAP, *b) for a, b in product(first, second)] + [(*b, _GAP, *a) for a, b in product(first, second)]


def _side(text: str, groups: Groups) -> list[Phrase]:
    places: list[list[Phrase]] = []
    for part in text.split():
        if part == _GAP:
            places.append([(_GAP,)])
            continue
        optional = part.startswith("[") and part.endswith("]")
        bare = part[1:-1] if optional else part
        if "[" in bare or "]" in bare:
            raise ValueError(f"brackets stand around one whole word, not as in {part!r}")
        alternatives = [reading for alternative in bare.split("|") for reading in _alternative(alternative, groups)]
        places.append(alternatives + ([()] if optional else []))
    count = prod(len(place) for place in places)
    if count > _MOST_READINGS:
        raise ValueError(f"the phrase has {count} readings, more than {_MOST_READINGS}; write several phrases")
    readings = list(dict.fromkeys(_joined(choice) for choice in product(*places)))
    if not all(readings):
        raise ValueError("the phrase is empty")
    if any(reading[0] == _GAP or reading[-1] == _GAP for reading in readings):
        raise ValueError("a gap stands between words, not at an end")
    return readings


def _alternative(text: str, groups: Groups) -> list[Phrase]:
    """Return the readings of one alternative: its words, or those of the group it names."""
    if not text.startswith("<"):
        # A light word gives (), as one that may be missing does: it is passed over in the text too.
        return [_heavy(text)]
    if not text.endswith(">") or text[1:-1] not in groups:
        raise ValueError(f"there is no group {text!r}")
    # Single words are told apart while the tree is walked; the few of several words are readings of their own.
    return [(text,)] + [member for word in groups[text[1:-1]] if len(member := _heavy(word)) > 1]


@lru_cache(maxsize=8192)
def _heavy(text: str) -> Phrase:
    return tuple(word for word in words(text) if word not in LIGHT)


def _joined(choice: Sequence[Phrase]) -> Phrase:
    """Return the chosen parts as one reading, compounds written open ("back up") in their closed form."""
    reading: list[str] = []
    for part in choice:
        for word in part:
            if reading and (reading[-1], word) in COMPOUNDS:
                reading[-1] = COMPOUNDS[reading[-1], word]
            else:
                reading.append(word)
    return tuple(reading)


class PhraseTree:
    """Many phrases, looked for at once: a tree that branches by word or group of words."""

    def __init__(self, language: Language) -> None:
        """Start without phrases of `language`."""
        # A node maps a word or group to the next node; _GAP leads behind a gap, _END to the owners of a phrase.
        self._root: dict[str, Any] = {}
        self._language = language

    def add(self, phrase: Phrase, owner: int) -> None:
        """Let `phrase` belong to `owner`."""
        node = self._root
        for word in phrase:
            node = node.setdefault(word, {})
        owners = node.setdefault(_END, [])
        if owner not in owners:
            owners.append(owner)

    def find(self, heavy: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """Yield (owner, first, last) for every phrase in `heavy`, the words of one sentence without light ones."""
        length = len(heavy)
        # What a place may be in the tree: its word, or a group that the word belongs to.
        steps = [(word, *self._language.groups_of(word)) for word in heavy]
        for first in range(length):
            open_ends = [(self._root[step], first) for step in steps[first] if step in self._root]
            while open_ends:
                node, last = open_ends.pop()
                for owner in node.get(_END, ()):
                    yield owner, first, last
                behind_gap = node.get(_GAP)
                between, adjacent = 0, True
                for place in range(last + 1, length):
                    for step in steps[place]:
                        if adjacent and (after := node.get(step)) is not None:
                            open_ends.append((after, place))
                        if behind_gap is not None and (after := behind_gap.get(step)) is not None:
                            open_ends.append((after, place))
                    adjacent = adjacent and heavy[place] in SOFT
                    between += heavy[place] not in _FILLING
                    if between > _WIDEST_GAP or not (adjacent or behind_gap is not None):
                        break


_END: Final = ""
