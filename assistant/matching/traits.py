"""What each passage speaks to: its concepts and signs as arrays over all passages, read from the index once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml

from assistant.matching import background, signs
from assistant.matching.concepts import Vocabulary
from assistant.matching.scoring import Floats, Postings

Bools = npt.NDArray[np.bool_]

NAMED = 100
"""In percent how much a concept counts that the passage itself names or implies; all else counts less."""

CONTEXT = 0.8
"""How much a concept counts that only a heading above the passage names."""

EVIDENCE_FILE = Path(__file__).with_name("evidence.yaml")
EVIDENCE = 0.9
"""How much a concept counts for which the passage tells something that answers it (`evidence.yaml`)."""


@dataclass(frozen=True)
class Traits:
    """Of every passage: which concepts it names or implies, those of its headings, and its signs."""

    postings: Postings
    vocabulary: Vocabulary
    concept_ids: tuple[str, ...]
    concepts: Bools
    support: npt.NDArray[np.uint8]
    signs: Bools
    concept_numbers: Mapping[str, int]
    concept_weights: Floats
    concept_totals: Floats
    narrows: Bools

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each concept when the most specific are named first."""
        ancestors = self.vocabulary.ancestors
        ordered = sorted(self.concept_ids, key=lambda concept: (-len(ancestors(concept)), concept))
        return {concept: place for place, concept in enumerate(ordered)}

    @cached_property
    def _specific(self) -> Bools:
        """Which passage (row) names which concept, in `order`, and none below it."""
        by_concept = np.ascontiguousarray(self.concepts.T)
        implied = np.zeros_like(by_concept)
        for concept, number in self.concept_numbers.items():
            for broader in self.vocabulary.ancestors(concept):
                implied[self.concept_numbers[broader]] |= by_concept[number]
        by_concept &= ~implied
        return np.ascontiguousarray(by_concept[[self.concept_numbers[concept] for concept in self.order]].T)

    @cached_property
    def _names(self) -> Sequence[str]:
        return [self.vocabulary.concepts[concept].name for concept in self.order]

    def told(self, number: int) -> tuple[str, ...]:
        """Return the names of the concepts that the passage speaks to, those that no narrower one implies."""
        return tuple([self._names[place] for place in self._specific[number].nonzero()[0].tolist()])

    def held(self, numbers: Sequence[int], concepts: Sequence[str]) -> Bools:
        """Return which of `concepts` (columns) each passage of `numbers` (rows) names or implies."""
        columns = [self.concept_numbers[concept] for concept in concepts]
        return self.concepts[np.array(numbers, dtype=np.intp)[:, None], np.array(columns, dtype=np.intp)]

    @classmethod
    def of(cls, postings: Postings, vocabulary: Vocabulary) -> Traits:
        """Return the traits that the index holds."""
        numbers = {concept: number for number, concept in enumerate(vocabulary.concepts)}
        signed = {sign: number for number, sign in enumerate(signs.NAMES)}
        concepts = _matrix(postings, "concepts", numbers)
        narrower = np.zeros(len(numbers))
        for concept in numbers:
            for broader in vocabulary.ancestors(concept):
                narrower[numbers[broader]] += 1
        shares = np.clip(background.RARE * 1.5 * (1 + narrower), background.RARE, 0.25)
        found = concepts.sum(axis=0)
        weights = np.array(
            [background.informative(float(p), int(n), postings.size) for p, n in zip(shares, found, strict=True)],
            dtype=np.float32,
        )
        return cls(
            postings,
            vocabulary,
            tuple(numbers),
            concepts,
            _support(concepts, _matrix(postings, "context", numbers), numbers),
            _matrix(postings, "signs", signed),
            numbers,
            weights,
            concepts @ weights,
            np.array([concept.narrows for concept in vocabulary.concepts.values()], dtype=np.bool_),
        )


def _support(concepts: Bools, context: Bools, numbers: Mapping[str, int]) -> npt.NDArray[np.uint8]:
    """Return in percent how far each passage (row) speaks to each concept: by name, by heading, or by evidence."""
    support = np.maximum(concepts * np.uint8(NAMED), context * np.uint8(round(100 * CONTEXT)))
    for asked, told in _evidence().items():
        columns = [numbers[concept] for concept in told if concept in numbers]
        if asked in numbers and columns:
            column = support[:, numbers[asked]]
            np.maximum(column, concepts[:, columns].any(axis=1) * np.uint8(round(100 * EVIDENCE)), out=column)
    return support


@cache
def _evidence() -> Mapping[str, Sequence[str]]:
    """Return, for each abstract concept, the concrete ones that answer a question about it."""
    found: Mapping[str, Sequence[str]] = yaml.safe_load(EVIDENCE_FILE.read_text(encoding="utf-8"))
    return found


def _matrix(postings: Postings, name: str, columns: Mapping[str, int]) -> Bools:
    """Return which document (row) holds which of the terms `columns` in field `name`."""
    matrix = np.zeros((postings.size, len(columns)), dtype=np.bool_)
    field = postings.fields[name]
    for term, number in field.terms.items():
        if term in columns:
            matrix[field.ids[field.starts[number] : field.starts[number + 1]], columns[term]] = True
    return matrix
