"""Why a passage was found: what it shares with the question, and what of the question it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress

import numpy as np

from assistant.matching.analysis import stems
from assistant.matching.reading import Asked
from assistant.matching.traits import Bools, Traits
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
    concepts = sorted(asked.concepts, key=traits.order.__getitem__)
    # Of what is asked for, concepts first, what may be shared, and what may be missing: not what is only implied.
    names = [traits.vocabulary.concepts[concept].name for concept in concepts] + [asked.words[term] for term in terms]
    wanted = [concept in asked.leaves for concept in concepts] + [True] * len(terms)
    held = np.hstack([traits.held(numbers, concepts), _holding(traits, terms, numbers)])
    lacking = ~held & np.array(wanted, dtype=np.bool_)
    for passage, number, confidence, has, lacks in zip(
        passages, numbers, confidences, held.tolist(), lacking.tolist(), strict=True
    ):
        yield Match(
            passage,
            round(confidence, 4),
            concepts=traits.told(number),
            shared=tuple(dict.fromkeys(compress(names, has)))[:_MOST],
            missing=tuple(dict.fromkeys(compress(names, lacks)))[:_MOST],
        )


def speaking(traits: Traits, asked: Asked, numbers: Sequence[int]) -> list[bool]:
    """Return which of the passages `numbers` have one of the words asked for, or name one of the concepts.

    A broader concept alone is no more than the same field: access control, for single sign-on.
    """
    looked_for = [term for term in asked.terms if term not in _SMALL]
    held = _holding(traits, looked_for, numbers, (*_FIELDS, "headings"))
    named = traits.held(numbers, sorted(asked.leaves))
    return [any(has) for has in np.hstack([held, named]).tolist()]


def _holding(traits: Traits, terms: Sequence[str], numbers: Sequence[int], fields: Sequence[str] = _FIELDS) -> Bools:
    """Return for the passages `numbers` (rows) which of `terms` stand in one of the `fields` of the index."""
    found = np.zeros((len(terms), len(numbers)), dtype=np.bool_)
    for name in fields:
        field = traits.postings.fields[name]
        known = [place for place, term in enumerate(terms) if term in field.terms]
        if known:
            rows = np.array([field.terms[terms[place]] for place in known])
            found[known] |= field.holds(rows, np.array([numbers], dtype=np.intp))
    return found.T
