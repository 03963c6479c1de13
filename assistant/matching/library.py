"""Has this been asked before? How likely a question asks for the same as the wordings of approved answers.

Matching a question to questions is far surer than matching it to prose, so an entry that was asked
for the same wins over every passage. Each entry is weighed against all others and against the chance
that nothing like it was asked before: freely worded questions share little with any entry, but clearly
more with the right one than with the rest. The model is a small logistic one; its numbers were fitted
to free rewordings of a long questionnaire's questions, each against that questionnaire's questions,
once with the right one among them and once without it.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from assistant.matching.choice import turned
from assistant.matching.reading import Asked
from assistant.matching.routing import route
from assistant.matching.signs import DIMENSIONS

SAME = 0.5
"""From here on an approved answer is reused: it is more likely than not that the same is asked."""

_NOTHING = 7.57
"""What speaks for a question's being new."""

_WORDS, _WORDS_BACK = 2.35, 2.08
_CONCEPTS, _CONCEPTS_BACK, _LEAVES, _BEST = 2.14, 1.66, 2.16, 1.49
_MEANING, _MEANING_BACK = 0.85, 1.07
_ASPECTS, _WANTED = 1.45, 1.13
_ONE_WANTS = {"wants:policy-review": -0.91, "wants:policy": -1.38, "kind:cadence": -2.18}
_OPPOSED = 0.35
"""What is left when two questions differ in a number, a scope word, in polarity, or in that one asks for a promise."""
_OTHER_MATTER = 0.49
"""The most when neither names a concept of the other: they may share a broader one, which is not the same."""

_DIMENSIONS = tuple(frozenset(signs) for signs in DIMENSIONS.values())


def likeness(asked: Asked, before: Asked, concept_weights: Mapping[str, float]) -> float:
    """Return the probability that `asked` asks for the same as what was asked `before`; 1 for the same words."""
    return chances(asked, [(before,)], concept_weights)[0]


def chances(asked: Asked, entries: Sequence[Sequence[Asked]], concept_weights: Mapping[str, float]) -> list[float]:
    """Return for each of `entries` (its wordings) the probability that it is what `asked` asks for.

    They add up to 1 at most, but for entries that were asked for the same as each other: these do not compete.
    """
    closest = [
        max(((_alike(asked, wording, concept_weights), place) for place, wording in enumerate(entry)))
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
        if ours > 0.05 * total:
            others = sum(
                theirs
                for (_, other_place), other, theirs in zip(closest, entries, odds, strict=True)
                if other is not entry
                and theirs > 0.05 * total
                and _alike(wording, other[other_place], concept_weights) > 2 * _NOTHING
            )
        else:
            others = 0.0
        chance = min(_OTHER_MATTER if _elsewhere(asked, wording) else 0.99, ours / (total - others))
        found.append(chance * _OPPOSED if opposed(asked, wording) else chance)
    return found


def opposed(asked: Asked, before: Asked) -> bool:
    """Return whether two questions differ in what makes the answer another, however alike they are."""
    return (
        asked.numbers != before.numbers
        or any(_apart(asked.signs & dimension, before.signs & dimension) for dimension in _DIMENSIONS)
        or turned(asked.text) != turned(before.text)
        or route(asked.text) != route(before.text)
    )


def _alike(asked: Asked, before: Asked, concept_weights: Mapping[str, float]) -> float:
    """Return how much speaks for two questions' asking for the same."""
    ours, theirs = asked.telling, before.telling
    named, known = asked.concepts.keys(), before.concepts.keys()
    both = named & known
    return (
        _WORDS * _share(ours, ours, theirs)
        + _WORDS_BACK * _share(theirs, theirs, ours)
        + _CONCEPTS * _share(concept_weights, named, known)
        + _CONCEPTS_BACK * _share(concept_weights, known, named)
        + _LEAVES * _dice(concept_weights, asked.leaves, before.leaves)
        + _BEST * max((concept_weights.get(concept, 1.0) for concept in both), default=0.0)
        + _MEANING * _meant(asked, before)
        + _MEANING_BACK * _meant(before, asked)
        + _ASPECTS * _dice({}, asked.aspects, before.aspects)
        + _WANTED * _dice({}, asked.wanted, before.wanted)
        + sum(weight for sign, weight in _ONE_WANTS.items() if (sign in asked.signs) != (sign in before.signs))
    )


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


def _meant(asked: Asked, before: Asked) -> float:
    """Return which share of the words of `asked` the other has, or names the concept of."""
    total = met = 0.0
    for term, weight in asked.telling.items():
        weight *= asked.terms[term]
        total += weight
        if term in before.terms or not before.concepts.keys().isdisjoint(asked.meanings.get(term, ())):
            met += weight
    return met / total if total else 0.0


def _share(weights: Mapping[str, float], ours: Iterable[str], theirs: Container[str]) -> float:
    """Return which share of `ours` the others hold, weighted."""
    total = met = 0.0
    for item in ours:
        weight = weights.get(item, 1.0)
        total += weight
        if item in theirs:
            met += weight
    return met / total if total else 0.0


def _dice(weights: Mapping[str, float], ours: AbstractSet[str], theirs: AbstractSet[str]) -> float:
    """Return twice what two sets share over what both hold, weighted."""
    total = _sum(weights, ours) + _sum(weights, theirs)
    return 2 * _sum(weights, ours & theirs) / total if total else 0.0


def _sum(weights: Mapping[str, float], items: Iterable[str]) -> float:
    return sum(weights.get(item, 1.0) for item in items)
