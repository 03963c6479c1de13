"""What a question is about, in one word: the concept it asks for first, otherwise its own words."""

from __future__ import annotations

import hashlib
from collections import Counter
from functools import lru_cache

from assistant.matching.concepts import Vocabulary
from assistant.matching.reading import Reader
from assistant.suggestion import Topic

_MANY = 4
"""A concept with so many below it, and none above, is about too much to be a topic beside others."""


def topic(reader: Reader, text: str) -> Topic:
    """Return what `text` asks about, so that questions about the same can be put together.

    It is the concept that counts most in the question, of several the one named first; broad ones ("customer data",
    "contracts") stand in questions about everything and count last. A question that names no concept is about its own
    words, in whatever order.
    """
    asked, vocabulary = reader.question(text), reader.vocabulary
    named = [tag for tag in vocabulary.tag(asked.text) if tag.concept in asked.leaves]
    if named:
        first = min(
            named,
            key=lambda tag: (
                -asked.concepts[tag.concept],
                _breadth(vocabulary, tag.concept),
                tag.first,
                not vocabulary.ancestors(tag.concept),
                tag.last,
                tag.concept,
            ),
        )
        concept = vocabulary.concepts[first.concept]
        return Topic(concept.id, concept.name, concept.area)
    words = " ".join(sorted(asked.terms)) or asked.key or asked.text
    return Topic(f"words-{hashlib.sha256(words.encode()).hexdigest()[:16]}")


def _breadth(vocabulary: Vocabulary, concept: str) -> int:
    """Return how little `concept` says what a question is about: 2 for what only narrows something else."""
    if vocabulary.ancestors(concept):
        return 0
    return 2 if vocabulary.concepts[concept].narrows else int(concept in _broad(vocabulary))


@lru_cache(maxsize=4)
def _broad(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the concepts at the top that have many below them."""
    below = Counter(broader for concept in vocabulary.concepts for broader in vocabulary.ancestors(concept))
    return frozenset(
        concept for concept, count in below.items() if count >= _MANY and not vocabulary.ancestors(concept)
    )
