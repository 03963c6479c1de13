"""What a question is about, in one word: the concept it asks for first, otherwise its own words."""

from __future__ import annotations

import hashlib

from assistant.matching.reading import Reader
from assistant.suggestion import Topic


def topic(reader: Reader, text: str) -> Topic:
    """Return what `text` asks about, so that questions about the same can be put together.

    It is the concept that counts most in the question, of several the one named first; what only narrows the matter
    (production, at rest) is none. A question that names no concept is about its own words, in whatever order.
    """
    asked = reader.question(text)
    concepts = reader.vocabulary.concepts
    named = [
        tag
        for tag in reader.vocabulary.tag(asked.text)
        if tag.concept in asked.leaves and not concepts[tag.concept].narrows
    ]
    if named:
        first = min(named, key=lambda tag: (-asked.concepts[tag.concept], tag.first, tag.last, tag.concept))
        concept = concepts[first.concept]
        return Topic(concept.id, concept.name, concept.area)
    words = " ".join(sorted(asked.terms)) or asked.key or asked.text
    return Topic(f"words-{hashlib.sha256(words.encode()).hexdigest()[:16]}")
