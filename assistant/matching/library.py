"""Has this been asked before? How likely a question asks for the same as the wordings of an approved answer.

Matching a question to questions is far surer than matching it to prose, so an entry that was asked
for the same wins over every passage. The model is a small logistic one; its numbers were fitted to
paraphrases of a long questionnaire's questions, each against all questions of that questionnaire.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from assistant.matching import background
from assistant.matching.choice import turned
from assistant.matching.reading import Asked
from assistant.matching.routing import route
from assistant.matching.signs import DIMENSIONS

SAME = 0.5
"""From here on an approved answer is reused: it is more likely than not that the same is asked."""

_BIAS = -7.41
_WORDS, _WORDS_MET = 2.92, 3.4
_CONCEPTS, _CONCEPTS_MET, _LEAVES = 1.62, 1.34, 1.37
_ASPECTS, _OTHER_SIGNS = 0.93, 1.77
_ONE_WANTS = {"wants:policy-review": -1.18, "wants:policy": -0.52, "kind:cadence": -1.1}
_OPPOSED = 0.35
"""What is left when two questions differ in a number, a scope word, in polarity, or in that one asks for a promise."""

_DIMENSIONS = tuple(frozenset(signs) for signs in DIMENSIONS.values())


def likeness(asked: Asked, before: Asked, concept_weights: Mapping[str, float]) -> float:
    """Return the probability that `asked` asks for the same as what was asked `before`; 1 for the same words."""
    if asked.key == before.key:
        return 1.0
    weights = {term: background.weight(term, 0, 0) for term in (*asked.terms, *before.terms)}
    ours, theirs = frozenset(asked.terms), frozenset(before.terms)
    named, known = frozenset(asked.concepts), frozenset(before.concepts)
    linear = (
        _BIAS
        + _WORDS * _dice(weights, ours, theirs)
        + _WORDS_MET * _met(weights, ours, theirs)
        + _CONCEPTS * _dice(concept_weights, named, known)
        + _CONCEPTS_MET * _met(concept_weights, named, known)
        + _LEAVES * _dice(concept_weights, asked.leaves, before.leaves)
        + _ASPECTS * _dice({}, *(_signs(question, aspects=True) for question in (asked, before)))
        + _OTHER_SIGNS * _dice({}, *(_signs(question, aspects=False) for question in (asked, before)))
        + sum(weight for sign, weight in _ONE_WANTS.items() if (sign in asked.signs) != (sign in before.signs))
    )
    alike = min(0.99, 1 / (1 + math.exp(-linear)))
    if (
        asked.numbers != before.numbers
        or turned(asked.text) != turned(before.text)
        or route(asked.text) != route(before.text)
        or any(_apart(asked.signs & dimension, before.signs & dimension) for dimension in _DIMENSIONS)
    ):
        return alike * _OPPOSED
    return alike


def _apart(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Return whether both narrow the matter, and differently: at rest and in transit."""
    return bool(ours) and bool(theirs) and not ours & theirs


def _signs(question: Asked, *, aspects: bool) -> frozenset[str]:
    return frozenset(sign for sign in question.signs if sign.startswith("aspect:") is aspects)


def _met(weights: Mapping[str, float], ours: frozenset[str], theirs: frozenset[str]) -> float:
    """Return which share of `ours` the others hold, weighted."""
    total = _sum(weights, ours)
    return _sum(weights, ours & theirs) / total if total else 0.0


def _dice(weights: Mapping[str, float], ours: frozenset[str], theirs: frozenset[str]) -> float:
    """Return twice what two sets share over what both hold, weighted."""
    total = _sum(weights, ours) + _sum(weights, theirs)
    return 2 * _sum(weights, ours & theirs) / total if total else 0.0


def _sum(weights: Mapping[str, float], items: Iterable[str]) -> float:
    return sum(weights.get(item, 1.0) for item in items)
