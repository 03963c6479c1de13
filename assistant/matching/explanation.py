"""Why a passage was found: what it shares with the question, and what of the question it lacks."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from assistant.matching.concepts import Vocabulary
from assistant.matching.features import Traits
from assistant.matching.reading import Asked
from assistant.statement import Passage
from assistant.suggestion import Match

_MOST = 8
_FIELDS = ("words", "asked")


def explained(traits: Traits, asked: Asked, passage: Passage, number: int, confidence: float) -> Match:
    """Return the match of `passage`, the one with that `number`: concepts first, then words of no concept.

    Everything comes from the index; nothing is read again.
    """
    vocabulary = traits.vocabulary
    held = {traits.concept_ids[column] for column in np.flatnonzero(traits.concepts[number])}
    implied = frozenset().union(*(vocabulary.ancestors(concept) for concept in held))
    loose = {term: _holds(traits, term, number) for term in asked.terms if term not in asked.meanings}
    shared = [*_names(vocabulary, asked.concepts.keys() & held), *(asked.words[term] for term in loose if loose[term])]
    missing = [*_names(vocabulary, asked.leaves - held), *(asked.words[term] for term in loose if not loose[term])]
    return Match(
        passage,
        round(confidence, 4),
        concepts=tuple(_names(vocabulary, held - implied)),
        shared=tuple(dict.fromkeys(shared))[:_MOST],
        missing=tuple(dict.fromkeys(missing))[:_MOST],
    )


def _holds(traits: Traits, term: str, number: int) -> bool:
    """Return whether `term` stands in the passage or in a question it answers."""
    for name in _FIELDS:
        documents = traits.postings.fields[name].documents(term)
        place = int(np.searchsorted(documents, number))
        if place < len(documents) and documents[place] == number:
            return True
    return False


def _names(vocabulary: Vocabulary, concepts: Iterable[str]) -> list[str]:
    """Return the names of `concepts`, the most specific first."""
    return [
        vocabulary.concepts[concept].name
        for concept in sorted(concepts, key=lambda concept: (-len(vocabulary.ancestors(concept)), concept))
    ]
