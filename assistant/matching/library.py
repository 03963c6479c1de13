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

from assistant.matching import plain_words
from assistant.matching.choice import turned
from assistant.matching.reading import Asked
from assistant.matching.routing import route
from assistant.matching.signs import DIMENSIONS

SAME = 0.5
"""From here on an approved answer is reused: it is more likely than not that the same is asked."""

_NOTHING = 10.64
"""What speaks for a question's being new."""

_WORDS_BACK, _CONCEPTS, _LEAVES, _ASPECTS, _WANTED = 2.47, 1.51, 2.45, 0.75, 0.29
_SENSES, _SENSES_MET, _SENSES_MET_BACK = 4.02, 4.06, 3.91
_MEANING, _MEANING_BACK = 2.37, 1.45
_ONE_ASKS_HOW_OFTEN = -2.21
_OPPOSED = 0.35
"""What is left when two questions differ in a number, a scope word, in polarity, or in that one asks for a promise."""
_OTHER_MATTER = 0.49
"""The most when neither names a concept of the other: they may share a broader one, which is not the same."""

_HOW_OFTEN = "kind:cadence"
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
    said, known = plain_words.senses(asked.text), plain_words.senses(before.text)
    how_often = (_HOW_OFTEN in asked.signs) != (_HOW_OFTEN in before.signs)
    return (
        _WORDS_BACK * _share(before.telling, before.telling, asked.telling)
        + _CONCEPTS * _share(concept_weights, asked.concepts.keys(), before.concepts.keys())
        + _LEAVES * _dice(concept_weights, asked.leaves, before.leaves)
        + _ASPECTS * _dice({}, asked.aspects, before.aspects)
        + _WANTED * _dice({}, asked.wanted, before.wanted)
        + _SENSES * _dice({}, said.keys(), known.keys())
        + _SENSES_MET * _share({}, said, known)
        + _SENSES_MET_BACK * _share({}, known, said)
        + _MEANING * _meant(asked, before)
        + _MEANING_BACK * _meant(before, asked)
        + how_often * _ONE_ASKS_HOW_OFTEN
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
    """Return which share of the words of `asked` the other has, or has words for: by concept or in plain words."""
    known = plain_words.senses(before.text)
    also = frozenset(
        term for sense, terms in plain_words.senses(asked.text).items() if sense in known for term in terms
    )
    total = met = 0.0
    for term, weight in asked.telling.items():
        weight *= asked.terms[term]
        total += weight
        if term in before.terms or term in also or not before.concepts.keys().isdisjoint(asked.meanings.get(term, ())):
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
