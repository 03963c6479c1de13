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
from threading import Lock
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

Place: TypeAlias = tuple[tuple[str, ...], ...]
"""What may stand at one place of a phrase: words in their common form or a group in <>, `_GAP`, or () for nothing."""

Phrase: TypeAlias = tuple[Place, ...]
"""A phrase in one order of its words, place by place."""

_COMPOUND_BEGINNINGS: Final = frozenset(first for first, _ in COMPOUNDS)


class Language:
    """The language of phrases with its groups."""

    def __init__(self, groups: Groups | None = None) -> None:
        """Let phrases name `groups`."""
        self.groups: Groups = groups or {}
        self._memberships: dict[str, tuple[str, ...]] = {}
        # Single words are told apart while the tree is walked; the few of several words stand for themselves.
        self._places: dict[str, Place] = {}
        for name, members in self.groups.items():
            heavy = [_heavy(member) for member in members]
            self._places[f"<{name}>"] = ((f"<{name}>",), *(member for member in heavy if len(member) > 1))
            for member in heavy:
                if len(member) == 1:
                    self._memberships[member[0]] = (*self._memberships.get(member[0], ()), f"<{name}>")

    def groups_of(self, word: str) -> tuple[str, ...]:
        """Return the groups that `word`, in its common form, belongs to, written as phrases name them."""
        return self._memberships.get(word, ())

    def steps(self, word: str) -> tuple[str, ...]:
        """Return what a place of a phrase may be where a text has `word`: the word, or a group it belongs to."""
        return (word, *self._memberships.get(word, ()))

    def words_of(self, group: str) -> frozenset[str]:
        """Return the single words of `group` in their common form; none where there is no such group."""
        return frozenset(word for word, groups in self._memberships.items() if f"<{group}>" in groups)

    def extended(self, groups: Groups) -> Language:
        """Return the language with the words of `groups` added to those it has; itself when there are none."""
        if not groups:
            return self
        return Language({name: (*self.groups.get(name, ()), *groups.get(name, ())) for name in (*self.groups, *groups)})

    def phrases(self, text: str) -> tuple[Phrase, ...]:
        """Return the phrase that is written as `text`, in both orders where it has a ~.

        :raises ValueError: if it is empty or not in the language.
        """
        sides = [self._side(side) for side in text.split("~")]
        if len(sides) > 2:
            raise ValueError("a phrase has at most one ~")
        for side in sides:
            _check(side)
        if len(sides) == 1:
            return (sides[0],)
        first, second = sides
        return ((*first, ((_GAP,),), *second), (*second, ((_GAP,),), *first))

    def _side(self, text: str) -> Phrase:
        places: list[Place] = []
        for part in text.split():
            if part == _GAP:
                places.append(((_GAP,),))
                continue
            optional = part.startswith("[") and part.endswith("]")
            bare = part[1:-1] if optional else part
            if "[" in bare or "]" in bare:
                raise ValueError(f"brackets stand around one whole word, not as in {part!r}")
            place = tuple(self._alternatives(bare))
            _append(places, (*place, ()) if optional else place)
        return tuple(places)

    def _alternatives(self, text: str) -> Iterator[tuple[str, ...]]:
        """Yield what the words of `text`, with | between, stand for: words, or those of the group that is named."""
        for alternative in text.split("|"):
            if not alternative.startswith("<"):
                # A light word gives (), as one that may be missing does: it is passed over in the text too.
                yield _heavy(alternative)
            elif alternative in self._places:
                yield from self._places[alternative]
            else:
                raise ValueError(f"there is no group {alternative!r}")


@lru_cache(maxsize=16384)
def _heavy(text: str) -> tuple[str, ...]:
    return tuple(word for word in words(text) if word not in LIGHT)


def _append(places: list[Place], place: Place) -> None:
    """Append `place`; where its words make compounds with those before ("back up"), the closed form is taken."""
    joint = len(places)
    for before in range(len(places) - 1, -1, -1):
        if any(
            (one[-1], other[0]) in COMPOUNDS
            for one in places[before]
            if one and one[-1] in _COMPOUND_BEGINNINGS
            for other in place
            if other
        ):
            joint = before
        if () not in places[before]:
            break
    if joint < len(places):
        place = tuple(dict.fromkeys(_joined(choice) for choice in product(*places[joint:], place)))
        del places[joint:]
    places.append(place)


def _joined(choice: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the chosen words one after the other, compounds written open in their closed form."""
    joined: list[str] = []
    for part in choice:
        for word in part:
            if joined and (joined[-1], word) in COMPOUNDS:
                joined[-1] = COMPOUNDS[joined[-1], word]
            else:
                joined.append(word)
    return tuple(joined)


def _check(side: Phrase) -> None:
    """Check that the `side` of a phrase begins and ends with words.

    :raises ValueError: if it does not.
    """
    needed = [place for place in side if () not in place]
    if not needed or (len(needed) == 1 and needed[0] == ((_GAP,),)):
        raise ValueError("the phrase is empty")
    if ((_GAP,),) in (needed[0], needed[-1]):
        raise ValueError("a gap stands between words, not at an end")


class PhraseTree:
    """Many phrases, looked for at once: a tree that branches by word or group of words.

    It grows where a text leads: most of the hundred thousand ways to read the phrases of a vocabulary
    are never met, and every command would wait for them.
    """

    def __init__(self, language: Language) -> None:
        """Start without phrases of `language`."""
        # A node maps a word or group to the next node; _GAP leads behind a gap, _END to the owners of a phrase,
        # _BUDS to the phrases that go on from here: each with the number of its next place, and its owner.
        self._root: dict[str, Any] = {}
        self._language = language
        self._growing = Lock()

    def add(self, phrase: Phrase, owner: int) -> None:
        """Let `phrase` belong to `owner`."""
        _branch(self._root, phrase, 0, owner)

    def _grown(self, node: dict[str, Any]) -> dict[str, Any]:
        """Return `node` with its buds opened into branches."""
        # Threads share the tree: whoever comes second waits, and finds the branches there.
        with self._growing:
            for phrase, number, owner in node.get(_BUDS, ()):
                _branch(node, phrase, number, owner)
            node.pop(_BUDS, None)
        return node

    def find(self, heavy: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """Yield (owner, first, last) for every phrase in `heavy`, the words of one sentence without light ones."""
        length = len(heavy)
        steps = list(map(self._language.steps, heavy))
        every = frozenset().union(*steps)
        for first in range(length):
            open_ends = [(self._root[step], first) for step in steps[first] if step in self._root]
            while open_ends:
                node, last = open_ends.pop()
                if _BUDS in node:
                    self._grown(node)
                for owner in node.get(_END, ()):
                    yield owner, first, last
                if _GAP in node:
                    behind = node[_GAP]
                    if _BUDS in behind:
                        self._grown(behind)
                    # Seldom does anything go on.
                    if not (behind.keys().isdisjoint(every) and node.keys().isdisjoint(every)):
                        open_ends += self._behind_gap(node, heavy, steps, last + 1)
                    continue
                for place in range(last + 1, length):
                    for step in steps[place]:
                        if step in node:
                            open_ends.append((node[step], place))
                    if heavy[place] not in SOFT:
                        break

    def _behind_gap(
        self, node: dict[str, Any], heavy: Sequence[str], steps: Sequence[Sequence[str]], start: int
    ) -> Iterator[tuple[dict[str, Any], int]]:
        """Yield the nodes that `node`, behind which a gap may be, leads to from the place `start` on, and where."""
        behind_gap = node[_GAP]
        between, adjacent = 0, True
        for place in range(start, len(heavy)):
            for step in steps[place]:
                if adjacent and step in node:
                    yield node[step], place
                if step in behind_gap:
                    yield behind_gap[step], place
            adjacent = adjacent and heavy[place] in SOFT
            between += heavy[place] not in _FILLING
            if between > _WIDEST_GAP:
                break


_END: Final = ""
_BUDS: Final = " "


def _branch(node: dict[str, Any], phrase: Phrase, number: int, owner: int) -> None:
    """Let `phrase` of `owner` go on from `node` with its place `number`, and bud behind it."""
    if number == len(phrase):
        owners = node.setdefault(_END, [])
        if owner not in owners:
            owners.append(owner)
        return
    for words_there in phrase[number]:
        if not words_there:
            _branch(node, phrase, number + 1, owner)
            continue
        after = node
        for word in words_there:
            after = after.setdefault(word, {})
        after.setdefault(_BUDS, []).append((phrase, number + 1, owner))
