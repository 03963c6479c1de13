"""Why a passage was found: what it shares with the question, and what of the question it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from assistant.matching.analysis import stems
from assistant.matching.reading import Asked
from assistant.matching.traits import Traits
from assistant.statement import Passage
from assistant.suggestion import Match

_MOST = 8
_FIELDS = ("words", "asked")
_SMALL = stems(
    """about again all also any anything both each every everything find give her here him his how into just know let
    look me more most much my now only other our out over own say show so some something such tell them there thing
    those up us very want what when where whether which who whom whose why without would you your"""
)
"""Words that nobody looks for: a passage that shares nothing else with what was typed does not speak of it."""


def explained(
    traits: Traits, asked: Asked, passages: Sequence[Passage], numbers: Sequence[int], confidences: Sequence[float]
) -> Iterator[Match]:
    """Yield the match of each of `passages`, those with `numbers`: concepts first, then words of no concept.

    Everything comes from the index; nothing is read again.
    """
    if not numbers:
        return
    terms = [term for term in asked.terms if term not in asked.meanings]
    loose = [
        (asked.words[term], held_by) for term, held_by in zip(terms, _holding(traits, terms, numbers), strict=True)
    ]
    named, leaves = _names(traits, asked.concepts), _names(traits, asked.leaves)
    for place, (passage, number, confidence) in enumerate(zip(passages, numbers, confidences, strict=True)):
        held, told = traits.told(number)
        shared = [
            *(name for concept, name in named if concept in held),
            *(word for word, held_by in loose if held_by[place]),
        ]
        missing = [
            *(name for concept, name in leaves if concept not in held),
            *(word for word, held_by in loose if not held_by[place]),
        ]
        yield Match(
            passage,
            round(confidence, 4),
            concepts=told,
            shared=tuple(dict.fromkeys(shared))[:_MOST],
            missing=tuple(dict.fromkeys(missing))[:_MOST],
        )


def speaking(traits: Traits, asked: Asked, numbers: Sequence[int]) -> list[bool]:
    """Return which of the passages `numbers` have one of the words asked for, or name one of the concepts.

    A broader concept alone is no more than the same field: access control, for single sign-on.
    """
    looked_for = [term for term in asked.terms if term not in _SMALL]
    held = _holding(traits, looked_for, numbers, (*_FIELDS, "headings"))
    return [
        any(held_by[place] for held_by in held) or not asked.leaves.isdisjoint(traits.told(number)[0])
        for place, number in enumerate(numbers)
    ]


def _holding(
    traits: Traits, terms: Sequence[str], numbers: Sequence[int], fields: Sequence[str] = _FIELDS
) -> list[list[bool]]:
    """Return for each of `terms`, of the passages `numbers`, whether it stands in one of the `fields` of the index."""
    found = np.zeros((len(terms), len(numbers)), dtype=np.bool_)
    for name in fields:
        field = traits.postings.fields[name]
        known = [place for place, term in enumerate(terms) if term in field.terms]
        if known:
            rows = np.array([field.terms[terms[place]] for place in known])
            found[known] |= field.holds(rows, np.array([numbers], dtype=np.intp))
    return [row.tolist() for row in found]


def _names(traits: Traits, concepts: Iterable[str]) -> list[tuple[str, str]]:
    """Return `concepts` with their names, the most specific first."""
    return [
        (concept, traits.vocabulary.concepts[concept].name)
        for concept in sorted(concepts, key=traits.order.__getitem__)
    ]
