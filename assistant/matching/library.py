"""Has this been asked before? How near a question comes to the wordings of approved answers.

Matching a question to questions is far surer than matching it to prose, so an entry whose question
is nearly the same wins over every passage.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.matching import background
from assistant.matching.choice import turned
from assistant.matching.reading import Asked
from assistant.matching.routing import route

NEAR = 0.8
"""From here on two questions ask for the same."""


def likeness(asked: Asked, before: Asked) -> float:
    """Return from 0 to 1 how nearly `asked` asks what was asked `before`; 1 for the same words.

    Words and concepts both count, each as far as it is telling. Questions that are put opposite ways
    round, that differ in a number, or of which one asks for a promise are never nearly the same.
    """
    if asked.key == before.key:
        return 1.0
    words_alike = _dice(
        {term: background.weight(term, 0, 0) for term in (*asked.terms, *before.terms)},
        frozenset(asked.terms),
        frozenset(before.terms),
    )
    concepts_alike = _dice({}, asked.leaves, before.leaves) if asked.leaves and before.leaves else 0.0
    signs_alike = _dice({}, asked.signs, before.signs)
    alike = max(words_alike, 0.35 * words_alike + 0.45 * concepts_alike + 0.2 * signs_alike)
    if (
        asked.numbers != before.numbers
        or turned(asked.text) != turned(before.text)
        or route(asked.text) != route(before.text)
    ):
        alike = min(alike, NEAR - 0.15)
    return min(alike, 0.99)


def _dice(weights: Mapping[str, float], ours: frozenset[str], theirs: frozenset[str]) -> float:
    """Return twice what two sets share over what both hold, weighted."""
    both = sum(weights.get(item, 1.0) for item in ours & theirs)
    total = sum(weights.get(item, 1.0) for item in ours) + sum(weights.get(item, 1.0) for item in theirs)
    return 2 * both / total if total else 0.0
