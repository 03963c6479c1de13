"""What speaks for and against a passage as the answer to a question, in numbers the model weighs.

All of it is arrays: a block of questions against their candidate passages at once. Every feature
lies between 0 and 1 and can be told to a reviewer in a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.matching import background, signs
from assistant.matching.concepts import Vocabulary
from assistant.matching.reading import Asked
from assistant.matching.scoring import K1, Floats, Postings

Bools = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.intp]

NAMES = (
    "words shared",
    "score share",
    "score rank",
    "best shared concept",
    "concepts shared",
    "concepts missing",
    "strongest concept missing",
    "broader concept missing",
    "heading concepts",
    "passage about it",
    "aspects shared",
    "aspect missing",
    "constraint contradicted",
    "constraint unnamed",
    "policy asked, none told",
    "cadence asked, none told",
    "place asked, none told",
    "count asked, none told",
    "no concept asked",
    "many things asked",
)


@dataclass(frozen=True)
class Traits:
    """Of every passage: which concepts it names or implies, those of its headings, and its signs."""

    postings: Postings
    concepts: Bools
    context: Bools
    signs: Bools
    concept_numbers: Mapping[str, int]
    concept_weights: Floats
    leaf_weights: Floats

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
            concepts,
            _matrix(postings, "context", numbers),
            _matrix(postings, "signs", signed),
            numbers,
            weights,
            weights,
        )


def _matrix(postings: Postings, name: str, columns: Mapping[str, int]) -> Bools:
    """Return which document (row) holds which of the terms `columns` in field `name`."""
    matrix = np.zeros((postings.size, len(columns)), dtype=np.bool_)
    field = postings.fields[name]
    for term, number in field.terms.items():
        if term in columns:
            matrix[field.ids[field.starts[number] : field.starts[number + 1]], columns[term]] = True
    return matrix


def _flags(asked: Sequence[frozenset[str]], columns: Mapping[str, int]) -> Bools:
    """Return which question (row) has which of `columns`."""
    flags = np.zeros((len(asked), len(columns)), dtype=np.bool_)
    for row, names in zip(flags, asked, strict=True):
        row[[columns[name] for name in names if name in columns]] = True
    return flags


_SIGN_NUMBERS = {sign: number for number, sign in enumerate(signs.NAMES)}
_ASPECTS = slice(0, len(signs.ASPECTS))


def word_shares(traits: Traits, asked: Sequence[Asked]) -> tuple[Floats, Floats]:
    """Return, of every question and passage, the share of its words that is met, and the most its score could be."""
    postings = traits.postings
    met = np.zeros((len(asked), postings.size), dtype=np.float32)
    most = np.zeros(len(asked), dtype=np.float32)
    said, above = postings.fields["words"], postings.fields["headings"]
    for number, question in enumerate(asked):
        total = 0.0
        for term in sorted(set(question.terms)):
            found = said.frequency(term)
            weight = background.weight(term, found, postings.size)
            total += weight
            most[number] += (np.log(postings.size / (found + 1)) + 1) * (K1 + 1)
            here = met[number]
            own, heading = said.documents(term), above.documents(term)
            here[own] += weight
            if len(heading):
                here[np.setdiff1d(heading, own)] += 0.5 * weight
        met[number] /= max(total, 1e-6)
    return met, np.maximum(most, 1e-6)


def features(
    traits: Traits, asked: Sequence[Asked], candidates: Numbers, scores: Floats, met: Floats, most: Floats
) -> Floats:
    """Return the features (last axis) of every question (first) with each of its candidates (second).

    `scores` is the BM25F score of each candidate, `met` and `most` as from `word_shares`.
    """
    rows = np.arange(len(asked))[:, None]
    leaves = _flags([question.leaves for question in asked], traits.concept_numbers)
    named = _flags([question.concepts for question in asked], traits.concept_numbers)
    marks = _flags([question.signs for question in asked], _SIGN_NUMBERS)
    weights = traits.concept_weights
    held = traits.concepts[candidates]
    told = traits.signs[candidates]
    above = traits.context[candidates] | held

    leaf_total = np.maximum((leaves * weights).sum(axis=1), 1e-6)[:, None]
    named_total = np.maximum((named * weights).sum(axis=1), 1e-6)[:, None]
    none = ~named.any(axis=1)[:, None] & np.ones_like(candidates, dtype=np.bool_)
    shared = held & named[:, None, :]
    lacking = ~held & leaves[:, None, :]
    broader = ~held & (named & ~leaves)[:, None, :]
    held_total = np.maximum((held * weights).sum(axis=2), 1e-6)

    aspects = marks[:, None, _ASPECTS]
    told_aspects = told[:, :, _ASPECTS]
    aspect_count = np.maximum(aspects.sum(axis=2), 1)
    contradicted = np.zeros(candidates.shape, dtype=np.float32)
    unnamed = np.zeros(candidates.shape, dtype=np.float32)
    for values in signs.DIMENSIONS.values():
        columns = [_SIGN_NUMBERS[value] for value in values]
        wanted, given = marks[:, None, columns], told[:, :, columns]
        open_ = wanted.any(axis=2) & ~(wanted & given).any(axis=2)
        contradicted += open_ & given.any(axis=2)
        unnamed += open_ & ~given.any(axis=2)

    def wants(kind: str) -> Bools:
        return marks[:, None, _SIGN_NUMBERS[kind]] & ~told[:, :, _SIGN_NUMBERS[kind]]

    top = np.maximum(scores.max(axis=1, keepdims=True), 1e-6)
    columns_ = (
        met[rows, candidates],
        scores / most[:, None],
        scores / top,
        (shared * weights).max(axis=2, initial=0.0),
        (shared * weights).sum(axis=2) / named_total,
        (lacking * weights).sum(axis=2) / leaf_total,
        (lacking * weights).max(axis=2, initial=0.0),
        (broader * weights).max(axis=2, initial=0.0),
        ((above & named[:, None, :]) * weights).sum(axis=2) / named_total,
        (shared * weights).sum(axis=2) / held_total,
        (aspects & told_aspects).sum(axis=2) / aspect_count,
        (aspects & ~told_aspects).sum(axis=2) / aspect_count,
        np.minimum(contradicted, 2) / 2,
        np.minimum(unnamed, 3) / 3,
        wants("kind:policy"),
        wants("kind:cadence"),
        wants("kind:place"),
        wants("kind:count"),
        none,
        np.minimum(leaves.sum(axis=1)[:, None] * np.ones_like(candidates), 8) / 8,
    )
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns_], axis=2)
