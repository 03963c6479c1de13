"""What a question is about, in one word: the concept it asks for first, otherwise its own words."""

from __future__ import annotations

import hashlib

from assistant.matching.reading import Reader
from assistant.suggestion import Topic


def topic(reader: Reader, text: str) -> Topic:
    """Return what `text` asks about, so that questions about the same can be put together.

    It is the concept that counts most in the question; of several the one named first that has broader ones above it,
    for those at the top ("customer data", "contracts") stand in questions about everything. A question that names no
    concept is about its own words, in whatever order.
    """
    asked, vocabulary = reader.question(text), reader.vocabulary
    named = [tag for tag in vocabulary.tag(asked.text) if tag.concept in asked.leaves]
    if named:
        first = min(
            named,
            key=lambda tag: (
                -asked.concepts[tag.concept],
                not vocabulary.ancestors(tag.concept),
                vocabulary.concepts[tag.concept].narrows and not vocabulary.ancestors(tag.concept),
                tag.first,
                tag.last,
                tag.concept,
            ),
        )
        concept = vocabulary.concepts[first.concept]
        return Topic(concept.id, concept.name, concept.area)
    words = " ".join(sorted(asked.terms)) or asked.key or asked.text
    return Topic(f"words-{hashlib.sha256(words.encode()).hexdigest()[:16]}")
