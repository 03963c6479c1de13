"""Why a passage was found: what it shares with the question, and what of the question it lacks."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.matching.analysis import core, terms
from assistant.matching.reading import Asked, Reader
from assistant.matching.words import words
from assistant.statement import Passage
from assistant.suggestion import Match

_MOST = 8


def explained(reader: Reader, asked: Asked, passage: Passage, confidence: float) -> Match:
    """Return the match of `passage`, with what it shares and lacks: concepts first, then words of no concept."""
    named = reader.named(passage.text)
    held = reader.closed(named)
    spoken = set(terms(words(" ".join((passage.text, passage.question, *passage.also_asked)))))
    by_term = {term: word for word in words(core(asked.text)) for term in terms([word])}
    loose = [term for term in dict.fromkeys(asked.terms) if term not in asked.covered]
    shared = [*_names(reader, asked.concepts & held), *(by_term.get(term, term) for term in loose if term in spoken)]
    missing = [*_names(reader, asked.leaves - held), *(by_term.get(term, term) for term in loose if term not in spoken)]
    return Match(
        passage,
        round(confidence, 4),
        concepts=tuple(_names(reader, named)),
        shared=tuple(dict.fromkeys(shared))[:_MOST],
        missing=tuple(dict.fromkeys(missing))[:_MOST],
    )


def _names(reader: Reader, concepts: Iterable[str]) -> list[str]:
    """Return the names of `concepts`, the most specific first."""
    return [
        reader.vocabulary.concepts[concept].name
        for concept in sorted(concepts, key=lambda concept: (-len(reader.vocabulary.ancestors(concept)), concept))
    ]
