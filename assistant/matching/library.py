"""Has this been asked before? How likely a question asks for the same as the wordings of approved answers.

Matching a question to questions is far surer than matching it to prose, so an entry that was asked
for the same wins over every passage. Each entry is weighed against all others and against the chance
that nothing like it was asked before: freely worded questions share little with any entry, but clearly
more with the right one than with the rest. Siblings, questions about the same control, share most of
their words and concepts with each other, so each notion counts by how few of the entries at hand have it.
The model is a small logistic one; its numbers were fitted to free rewordings of a long questionnaire's
questions, each against that questionnaire's questions, once with the right one among them and once without
it, and to questions that are off every topic.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Container, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from assistant.matching import background
from assistant.matching.choice import turned, yes_no
from assistant.matching.quantities import EVERY, LASTING, quantities
from assistant.matching.reading import SENSE, Asked
from assistant.matching.routing import route
from assistant.matching.signs import DIMENSIONS
from assistant.matching.words import words

SAME = 0.5
"""From here on an approved answer is reused: it is more likely than not that the same is asked."""

_NOTHING = 9.6
"""What speaks for a question's being new."""

_WEIGHTS = (2.17, 2.14, 1.65, 1.55, 3.75, 4.11, 2.71, 1.99, -2.26, -1.14, -2.3, -1.14, -1.42)
"""What each of the `signals` speaks for a question's asking for the same."""
_AS_ITSELF = 0.9
"""Two entries are one question twice from this share on of what speaks for an entry's being asked for itself."""
_OPPOSED = 0.35
"""What is left when two questions differ in a number, a scope word, in polarity, or in that one asks for a promise."""
_SLIGHT = 0.05
"""A chance that is not worth a second look."""
_OTHER_MATTER = 0.49
"""The most when neither names a concept of the other, which may share a broader one; or one an unheard-of thing."""

_HOW_OFTEN = "kind:cadence"
_DIMENSIONS = tuple(frozenset(signs) for signs in DIMENSIONS.values())
_COMMON_SENSE = 0.03
"""The share of questions that have words for a sense, at large."""
_PLENTY = 5.0
"""How telling all that two questions share is, together, when no more of it tells more."""
_MOST = 3
"""So many aspects, or kinds of answer, that one asks for and the other does not, tell as much as more."""
_ASIDE = re.compile(
    r"\b(?:so that|such that|so as to|in order to)\b[^;?]*"
    r"|\b(?:without|when|if|unless|until|before|after|while|where)\b[^,;?]*|\([^)]*\)",
    re.IGNORECASE,
)
"""What says to what end or when; a denial in it ("so that nothing leaks") turns no answer round."""


class Weighed(NamedTuple):
    """How telling each term of a question is, and each sense that it has words for."""

    terms: Mapping[str, float]
    senses: Mapping[str, float]


@dataclass(frozen=True)
class Common:
    """In how many of `size` entries each notion stands."""

    size: int
    found: Counter[str]
    _weights: dict[tuple[str, int], float] = field(default_factory=dict)
    _weighed: dict[str, Weighed] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Sequence[Sequence[Asked]]) -> Common:
        """Return what `entries` (their wordings) have in common."""
        found = Counter[str]()
        for entry in entries:
            found.update(entry[0].named.union(*(wording.named for wording in entry[1:])))
        return cls(len(entries), found)

    def weighed(self, asked: Asked) -> Weighed:
        """Return how telling what `asked` says is: what many entries have, or have other words for, is little."""
        known = self._weighed.get(asked.text)
        if known is None:
            known = self._weighed[asked.text] = Weighed(
                {term: asked.terms[term] * self._weight(term, notions) for term, notions in asked.notions.items()},
                {sense: self._weight(SENSE, {f"{SENSE}{sense}"}) for sense in asked.senses},
            )
        return known

    def _weight(self, term: str, notions: AbstractSet[str]) -> float:
        """Return how telling `term` is, for which `notions` may stand; `SENSE` for any sense."""
        found = max([self.found[notion] for notion in notions])
        weight = self._weights.get((term, found))
        if weight is None:
            share = _COMMON_SENSE if term == SENSE else background.share(term)
            weight = self._weights[term, found] = background.informative(share, found, self.size)
        return weight


def likeness(asked: Asked, before: Asked, concept_weights: Mapping[str, float]) -> float:
    """Return the probability that `asked` asks for the same as what was asked `before`; 1 for the same words."""
    return chances(asked, [(before,)], concept_weights)[0]


def chances(asked: Asked, entries: Sequence[Sequence[Asked]], concept_weights: Mapping[str, float]) -> list[float]:
    """Return for each of `entries` (its wordings) the probability that it is what `asked` asks for.

    They add up to 1 at most, but for entries that were asked for the same as each other: these do not compete.
    """
    if not entries:
        return []
    common = Common.of(entries)
    closest = [
        max(((_alike(asked, wording, common, concept_weights), place) for place, wording in enumerate(entry)))
        for entry in entries
    ]
    odds = [math.exp(min(alike, 50.0) - _NOTHING) for alike, _ in closest]
    total = 1.0 + sum(odds)
    found = []
    for (_, place), entry, ours in zip(closest, entries, odds, strict=True):
        wording = entry[place]
        if wording.key == asked.key:
            found.append(1.0)
            continue
        if ours > _SLIGHT * total:
            itself = _alike(wording, wording, common, concept_weights)
            others = sum(
                theirs
                for (_, other_place), other, theirs in zip(closest, entries, odds, strict=True)
                if other is not entry
                and theirs > _SLIGHT * total
                and _alike(wording, other[other_place], common, concept_weights) > _AS_ITSELF * itself
            )
        else:
            others = 0.0
        chance = min(
            _OTHER_MATTER if _elsewhere(asked, wording) or _unheard(asked, wording) else 0.99, ours / (total - others)
        )
        found.append(chance * _OPPOSED if chance > _SLIGHT and opposed(asked, wording) else chance)
    return found


def opposed(asked: Asked, before: Asked) -> bool:
    """Return whether two questions differ in what makes the answer another, however alike they are."""
    return (
        (asked.numbers != before.numbers and _numbers(asked.text) != _numbers(before.text))
        or any(_apart(asked.signs & dimension, before.signs & dimension) for dimension in _DIMENSIONS)
        or _turned(asked.text, before.text)
        or route(asked.text) != route(before.text)
    )


@lru_cache(maxsize=16384)
def _numbers(text: str) -> frozenset[object]:
    """Return the numbers that `text` names; a period is the same in days, months or as a word: every 12 months."""
    rest, found = text, set[object]()
    for quantity in quantities(text):
        if quantity.dimension.startswith((EVERY, LASTING)):
            rest = rest.replace(quantity.text, " ")
            days = quantity.high if math.isfinite(quantity.high) else quantity.low
            found.add((quantity.dimension, round(math.log(days), 1) if days > 0 else days))
    return frozenset(found.union(word for word in words(rest) if word[0].isdigit()))


def _unheard(asked: Asked, before: Asked) -> bool:
    """Return whether `asked` names a thing that nobody in the field knows, and the other does not."""
    return any(asked.notions[term] == {term} and term not in before.terms for term in asked.strange)


def _turned(one: str, other: str) -> bool:
    """Return whether of two questions for a yes or no one is put the other way round."""
    asked, before = yes_no(one), yes_no(other)
    if asked is None or before is None:
        return False
    return turned(_ASIDE.sub(" ", asked)) != turned(_ASIDE.sub(" ", before))


def signals(asked: Asked, before: Asked, common: Common, concept_weights: Mapping[str, float]) -> tuple[float, ...]:
    """Return what tells whether two questions ask for the same: what they share first, then what only one asks for."""
    ours, theirs = common.weighed(asked), common.weighed(before)
    met = [ours.terms[term] for term, notions in asked.notions.items() if not before.named.isdisjoint(notions)]
    met_back = [theirs.terms[term] for term, notions in before.notions.items() if not asked.named.isdisjoint(notions)]
    return (
        sum(met) / (sum(ours.terms.values()) or 1.0),
        sum(met_back) / (sum(theirs.terms.values()) or 1.0),
        _specific(concept_weights, asked.leaves, before.concepts),
        _specific(concept_weights, before.leaves, asked.concepts),
        _share(ours.senses, theirs.senses),
        _share(theirs.senses, ours.senses),
        max(met, default=0.0),
        min(_PLENTY, sum(met)) / _PLENTY,
        min(_MOST, len(asked.aspects - before.aspects)) / _MOST,
        min(_MOST, len(before.aspects - asked.aspects)) / _MOST,
        min(_MOST, len(asked.wanted - before.wanted)) / _MOST,
        min(_MOST, len(before.wanted - asked.wanted)) / _MOST,
        float((_HOW_OFTEN in asked.signs) != (_HOW_OFTEN in before.signs)),
    )


def _alike(asked: Asked, before: Asked, common: Common, concept_weights: Mapping[str, float]) -> float:
    """Return how much speaks for two questions' asking for the same."""
    told = signals(asked, before, common, concept_weights)
    return sum(weight * value for weight, value in zip(_WEIGHTS, told, strict=True))


def _apart(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Return whether both narrow the matter, and differently: at rest and in transit."""
    return bool(ours) and bool(theirs) and not ours & theirs


def _elsewhere(asked: Asked, before: Asked) -> bool:
    """Return whether both name concepts, and none that the other has: they share at most a broader one."""
    return (
        bool(asked.leaves)
        and bool(before.leaves)
        and before.concepts.keys().isdisjoint(asked.leaves)
        and asked.concepts.keys().isdisjoint(before.leaves)
    )


def _specific(weights: Mapping[str, float], ours: Collection[str], theirs: Container[str]) -> float:
    """Return which share of the concepts `ours` the others hold, above all the specific; half when there are none."""
    return _share({concept: weights.get(concept, 1.0) ** 2 for concept in ours}, theirs) if ours else 0.5


def _share(ours: Mapping[str, float], theirs: Container[str]) -> float:
    """Return which share of `ours`, each with its weight, the others hold."""
    return sum(weight for each, weight in ours.items() if each in theirs) / (sum(ours.values()) or 1.0)
