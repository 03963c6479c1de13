"""What questions have in common with the wordings of approved answers, all of them at once.

Each notion of a wording (a term, a concept, a sense) has a number in the `Numbering` of its library; the wordings
that a question is compared with are laid end to end in arrays. A notion that no approved answer has stands for
nothing in common, so what is asked needs no numbers of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assistant.matching import background, signs
from assistant.matching.reading import CONCEPT, SENSE, Asked
from assistant.matching.scoring import Ints
from assistant.matching.traits import Bools

Doubles = npt.NDArray[np.float64]

NAMES = (
    "specific concepts shared",
    "best concept shared",
    "senses shared",
    "most telling term met",
    "terms shared",
    "terms met by a sense",
    "terms unmet",
    "specific concepts shared back",
    "senses shared back",
    "terms met back",
    "terms met back by a sense",
    "aspects missing",
    "kinds missing",
    "kinds missing back",
    "review of a policy asked, not there",
    "review of a policy there, not asked",
)
"""The columns of `Wordings.signals`. "Back" is what the wording says and the question has, or has not."""

_COMMON_SENSE = 0.03
"""The share of questions that have words for a sense, at large."""
_LEAST = 0.02
"""How telling a word is that only holds a sentence together."""
_PLENTY = 5.0
"""How telling all that is unmet is, together, when no more of it tells more."""
_MOST = 3
"""So many aspects, or kinds of answer, that one asks for and the other does not, tell as much as more."""
_NO_CONCEPT = 0.5
"""Which share of the concepts is taken to be shared when there are none."""

_SIGNS = {sign: number for number, sign in enumerate((*signs.NAMES, *signs.WANTED))}
_ASPECTS = slice(0, len(signs.ASPECTS))
_KINDS = slice(len(signs.ASPECTS), None)
_RENEWED = _SIGNS[signs.WANTED[1]]


@dataclass(frozen=True)
class Wording:
    """A question in numbers: its notions, and what of them belongs to its terms, leaves and senses.

    `named` are the numbers of its notions, -1 for those that no approved answer has; all else are places in it,
    or belongs to them. `meant` are the notions that may stand for each term, one term after the other, `starts` where
    those of a term begin, `of_sense` which of them are senses.
    """

    asked: Asked
    named: Ints
    terms: Ints
    counts: Doubles
    shares: Doubles
    light: Bools
    meant: Ints
    starts: Ints
    of_sense: Bools
    leaves: Ints
    leaf_weights: Doubles
    senses: Ints
    signs: Bools


def _numbers(places: Iterable[int]) -> Ints:
    return np.fromiter(places, dtype=np.intp)


class Numbering:
    """The numbers of the notions of one library's wordings."""

    def __init__(self, concept_weights: Mapping[str, float]) -> None:
        """Start without notions; `concept_weights` tell how telling each concept is."""
        self._weights = concept_weights
        self._numbers: dict[str, int] = {}
        self._next = count()
        self._known: dict[str, Wording] = {}

    def before(self, asked: Asked) -> Wording:
        """Return the wording of an approved answer in numbers; remembered."""
        known = self._known.get(asked.text)
        if known is None:
            # Several threads may number one notion at a time: the first number stays.
            known = self._known[asked.text] = self._wording(
                asked, lambda notion: self._numbers.setdefault(notion, next(self._next))
            )
        return known

    def now(self, asked: Asked) -> Wording:
        """Return what is asked in numbers."""
        return self._wording(asked, lambda notion: self._numbers.get(notion, -1))

    def _wording(self, asked: Asked, number: Callable[[str], int]) -> Wording:
        named = {notion: place for place, notion in enumerate(asked.named)}
        meant = [[named[notion] for notion in notions] for notions in asked.notions.values()]
        senses = {named[f"{SENSE}{sense}"] for sense in asked.senses}
        every = list(chain.from_iterable(meant))
        leaves = sorted(asked.leaves)
        marks = np.zeros(len(_SIGNS), dtype=np.bool_)
        marks[[_SIGNS[sign] for sign in asked.signs]] = True
        return Wording(
            asked,
            _numbers(map(number, named)),
            _numbers(named[term] for term in asked.notions),
            np.fromiter(asked.terms.values(), dtype=np.float64),
            np.fromiter(map(background.share, asked.terms), dtype=np.float64),
            np.fromiter(map(background.light, asked.terms), dtype=np.bool_),
            _numbers(every),
            np.cumsum([0, *map(len, meant)])[:-1].astype(np.intp),
            np.fromiter((place in senses for place in every), dtype=np.bool_),
            _numbers(named[f"{CONCEPT}{leaf}"] for leaf in leaves),
            np.fromiter((self._weights.get(leaf, 1.0) for leaf in leaves), dtype=np.float64),
            _numbers(sorted(senses)),
            marks,
        )


class Wordings:
    """The wordings of some approved answers, to hold a question against all of them at once."""

    def __init__(self, entries: Sequence[Sequence[Wording]]) -> None:
        """Lay the wordings of `entries` end to end."""
        self.every = list(chain.from_iterable(entries))
        sizes = [len(entry) for entry in entries]
        self._starts = np.cumsum([0, *sizes])[:-1]
        self._size = len(entries)
        lengths = [len(wording.named) for wording in self.every]
        named = np.concatenate([wording.named for wording in self.every])
        self._owner = np.repeat(np.arange(len(self.every)), lengths)
        self._first = np.cumsum([0, *lengths])[:-1]
        if len(self.every) == len(entries):
            self._notions, self._place, self._found = np.unique(named, return_inverse=True, return_counts=True)
        else:
            # A notion counts once for an entry, however many of its wordings have it.
            self._notions, self._place = np.unique(named, return_inverse=True)
            entry = np.repeat(np.arange(self._size), sizes)[self._owner]
            self._found = np.bincount(np.unique(self._place * self._size + entry) // self._size)

    def _joined(self, places: Callable[[Wording], Ints]) -> tuple[Ints, Ints]:
        """Return `places` of every wording, as places in all that is named, and the wording of each."""
        parts = [places(wording) for wording in self.every]
        lengths = [len(part) for part in parts]
        return np.concatenate(parts) + np.repeat(self._first, lengths), np.repeat(np.arange(len(parts)), lengths)

    @cached_property
    def _terms(self) -> tuple[Ints, Ints, Doubles]:
        """The terms of all wordings, the wording of each, and how telling it is."""
        terms, owner = self._joined(lambda wording: wording.terms)
        meant, starts, _ = self._meant
        found = np.maximum.reduceat(self._found[self._place[meant]], starts) if len(terms) else terms
        counts, shares, light = (
            np.concatenate([getattr(wording, name) for wording in self.every]) for name in ("counts", "shares", "light")
        )
        return terms, owner, counts * _telling(shares, light, found, self._size)

    @cached_property
    def _meant(self) -> tuple[Ints, Ints, Bools]:
        """The notions that may stand for each term of all wordings, where they begin, and which are senses."""
        meant, _ = self._joined(lambda wording: wording.meant)
        before = np.cumsum([0, *(len(wording.meant) for wording in self.every)])
        starts = np.concatenate([wording.starts + first for wording, first in zip(self.every, before, strict=False)])
        return meant, starts, np.concatenate([wording.of_sense for wording in self.every])

    @cached_property
    def _leaves(self) -> tuple[Ints, Ints, Doubles]:
        """The leaves of all wordings, the wording of each, and how telling it is."""
        leaves, owner = self._joined(lambda wording: wording.leaves)
        return leaves, owner, np.concatenate([wording.leaf_weights for wording in self.every])

    @cached_property
    def _senses(self) -> tuple[Ints, Ints, Doubles]:
        """The senses of all wordings, the wording of each, and how telling it is."""
        senses, owner = self._joined(lambda wording: wording.senses)
        found = self._found[self._place[senses]]
        return senses, owner, _sensed(found, self._size)

    @cached_property
    def _signs(self) -> Bools:
        return np.stack([wording.signs for wording in self.every])

    def highest(self, values: Doubles) -> list[int]:
        """Return for each entry the place of its wording with the highest of `values`."""
        if len(self._starts) == len(values):
            return list(range(len(values)))
        parts = np.split(values, self._starts[1:])
        return [start + int(part.argmax()) for start, part in zip(self._starts.tolist(), parts, strict=True)]

    def signals(self, asked: Wording) -> Doubles:
        """Return for each wording (row) what tells whether `asked` is the same question: the columns `NAMES`."""
        met = self._met(asked)
        columns = (*self._forth(asked, met), *self._back(met), *self._kinds(asked.signs))
        return np.stack(columns, axis=1).astype(np.float64)

    def _met(self, asked: Wording) -> _Met:
        """Return which notions of the question the wordings have, and which of theirs it has."""
        found = np.zeros(len(asked.named), dtype=np.intp)
        column = np.full(len(self._notions), -1, dtype=np.intp)
        where = np.searchsorted(self._notions, asked.named)
        known = (where < len(self._notions)).nonzero()[0]
        known = known[self._notions[where[known]] == asked.named[known]]
        found[known] = self._found[where[known]]
        column[where[known]] = known
        place = column[self._place]
        shared = place >= 0
        has = np.zeros((len(self.every), len(asked.named)), dtype=np.bool_)
        has[self._owner[shared], place[shared]] = True
        leaf = np.zeros(len(asked.named) + 1, dtype=np.bool_)
        leaf[asked.leaves] = True
        # What the question has not is at -1, the last place, which is no leaf.
        return _Met(found, has, shared, leaf[place])

    def _forth(self, asked: Wording, met: _Met) -> Iterator[Doubles]:
        """Yield the columns of what the question says, and of how much of it the wordings have."""
        leaves, owner, told = self._leaves
        best = np.zeros(len(self.every))
        np.maximum.at(best, owner, told * met.leaf[leaves])
        yield _share(met.has[:, asked.leaves], asked.leaf_weights**2, _NO_CONCEPT)
        yield best
        yield _share(met.has[:, asked.senses], _sensed(met.found[asked.senses], self._size))
        exact = met.has[:, asked.terms]
        if not len(asked.terms):
            yield from np.zeros((4, len(self.every)))
            return
        found = np.maximum.reduceat(met.found[asked.meant], asked.starts)
        telling = asked.counts * _telling(asked.shares, asked.light, found, self._size)
        somehow = np.logical_or.reduceat(met.has[:, asked.meant], asked.starts, axis=1)
        by_sense = np.logical_or.reduceat(met.has[:, asked.meant] & asked.of_sense, asked.starts, axis=1)
        yield (somehow * telling).max(axis=1)
        yield _share(exact, telling)
        yield _share(~exact & by_sense, telling)
        yield np.minimum(_PLENTY, ~somehow @ (telling * ~asked.light)) / _PLENTY

    def _back(self, met: _Met) -> Iterator[Doubles]:
        """Yield the columns of what the wordings say, and of how much of it the question has."""
        leaves, owner, told = self._leaves
        yield self._shares(owner, told**2, met.shared[leaves], _NO_CONCEPT)
        senses, owner, told = self._senses
        yield self._shares(owner, told, met.shared[senses])
        terms, owner, told = self._terms
        meant, starts, of_sense = self._meant
        if not len(terms):
            yield from np.zeros((2, len(self.every)))
            return
        yield self._shares(owner, told, np.logical_or.reduceat(met.shared[meant], starts))
        by_sense = np.logical_or.reduceat(met.shared[meant] & of_sense, starts)
        yield self._shares(owner, told, ~met.shared[terms] & by_sense)

    def _kinds(self, asked: Bools) -> Iterator[Doubles]:
        """Yield the columns of what is asked to be done, and of the kinds of answer that are wanted."""
        there = self._signs
        for ours, theirs in (
            (asked[_ASPECTS], there[:, _ASPECTS]),
            (asked[_KINDS], there[:, _KINDS]),
            (~asked[_KINDS], ~there[:, _KINDS]),
        ):
            yield np.minimum(_MOST, (ours & ~theirs).sum(axis=1)) / _MOST
        yield asked[_RENEWED] & ~there[:, _RENEWED]
        yield there[:, _RENEWED] & ~asked[_RENEWED]

    def _shares(self, owner: Ints, told: Doubles, shared: Bools, none: float = 0.0) -> Doubles:
        """Return which share of what each wording says is `shared`; `none` where it says nothing."""
        size = len(self.every)
        total = np.bincount(owner, told, size)
        said = total > 0
        return np.where(said, np.bincount(owner, told * shared, size) / np.where(said, total, 1.0), none)


class _Met(NamedTuple):
    """Of the notions of a question: in how many entries each is found, and which wordings (rows) have it.

    Of all that is named in the wordings: what the question has, and what it asks for in words of its own.
    """

    found: Ints
    has: Bools
    shared: Bools
    leaf: Bools


def _share(has: Bools, told: Doubles, none: float = 0.0) -> Doubles:
    """Return which share of what is told each wording (row) has; `none` when nothing is told."""
    total = told.sum()
    return np.asarray(has @ told / total) if total > 0 else np.full(len(has), none)


def _sensed(found: Ints, size: int) -> Doubles:
    """Return how telling senses are that are found in so many of `size` entries."""
    return background.informative_all(np.full(len(found), _COMMON_SENSE), found, size)


def _telling(shares: Doubles, light: Bools, found: Ints, size: int) -> Doubles:
    """Return how telling terms are that have `shares` at large and are found in so many of `size` entries."""
    return np.where(light, _LEAST, background.informative_all(shares, found, size))
