"""What speaks for and against a passage as the answer to a question, in numbers the model weighs.

All of it is arrays: a block of questions against their candidate passages at once. Every feature
lies between 0 and 1 and can be told to a reviewer in a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml

from assistant.matching import background, signs
from assistant.matching.concepts import Vocabulary
from assistant.matching.reading import Asked
from assistant.matching.scoring import K1, Floats, Postings

Bools = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.intp]

NAMES = (
    "words shared",
    "meaning shared",
    "score share",
    "score rank",
    "best shared concept",
    "concepts shared",
    "concepts missing",
    "strongest concept missing",
    "broader concept missing",
    "aspects shared",
    "aspect missing",
    "constraint contradicted",
    "constraint unnamed",
    "particular thing unnamed",
    "narrowing concept missing",
    "meaning missing",
    "strange thing missing",
    "words of no concept missing",
    "concepts missing in all",
    "object asked, none told",
    "policy asked, none told",
    "policy asked",
    "policy review asked, none told",
    "cadence asked, none told",
    "some meaning shared",
    "some concepts shared",
    "passage somewhat about it",
    "no concept asked",
    "many things asked",
)


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
    support = np.maximum(concepts * np.uint8(100), context * np.uint8(round(100 * CONTEXT)))
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


def _counts(asked: Sequence[Mapping[str, float]], columns: Mapping[str, int]) -> Floats:
    """Return how much each of `columns` counts in each question (row)."""
    counts = np.zeros((len(asked), len(columns)), dtype=np.float32)
    for row, wanted in zip(counts, asked, strict=True):
        for name, count in wanted.items():
            if name in columns:
                row[columns[name]] = count
    return counts


def _steep(share: Floats) -> Floats:
    """Return a share so that the first of it counts most: nothing shared is another matter than little."""
    return np.asarray(1 + np.log(0.05 + np.minimum(share, 0.95)) / 3, dtype=np.float32)


def _wanted(traits: Traits, asked: Sequence[Asked]) -> tuple[Numbers, Floats, Floats]:
    """Return the columns of the concepts each question names or implies, how each counts there, and as a leaf.

    A question names a few of some hundred concepts: rows are padded to the longest, with counts of 0.
    The last two come with an axis for the candidates.
    """
    width = max(1, max(len(question.concepts) for question in asked))
    columns = np.zeros((len(asked), width), dtype=np.intp)
    counts = np.zeros((len(asked), 1, width), dtype=np.float32)
    leaves = np.zeros((len(asked), 1, width), dtype=np.float32)
    for row, question in enumerate(asked):
        for place, (concept, count) in enumerate(question.concepts.items()):
            columns[row, place] = traits.concept_numbers[concept]
            counts[row, 0, place] = count
            leaves[row, 0, place] = count if concept in question.leaves else 0.0
    return columns, counts, leaves


_SIGN_NUMBERS = {sign: number for number, sign in enumerate(signs.NAMES)}
_REVIEW = _SIGN_NUMBERS["aspect:review"]
_CADENCE = _SIGN_NUMBERS["kind:cadence"]
_POLICY = _SIGN_NUMBERS["kind:policy"]
_OBJECTS = [_SIGN_NUMBERS[sign] for sign in signs.OBJECTS]
_PARTICULAR = [_SIGN_NUMBERS[sign] for sign in signs.PARTICULAR]
_ASPECTS = slice(0, len(signs.ASPECTS))


@dataclass(frozen=True)
class Shares:
    """Of each question and candidate: the share of its words that are met, and of its words or their meaning.

    `strange` is 1 where a strange word of the question is missing: a question about encrypted jeans is not
    about encryption. `most` is the
    highest score a passage could have, `totals` what all words of the question weigh.
    """

    words: Floats
    meaning: Floats
    strange: Floats
    loose: Floats
    most: Floats
    totals: Floats


def shares(traits: Traits, asked: Sequence[Asked], candidates: Numbers) -> Shares:
    """Return how far each candidate meets the words of its question.

    A word counts half when only a heading has it, and by its meaning when the passage speaks to a
    concept that the word is part of: "MFA" is met by "second factor".
    """
    postings = traits.postings
    words, meaning = np.zeros(candidates.shape, dtype=np.float32), np.zeros(candidates.shape, dtype=np.float32)
    most, totals = np.full(len(asked), 1e-6, dtype=np.float32), np.full(len(asked), 1e-6, dtype=np.float32)
    strange, loose = np.zeros(candidates.shape, dtype=np.float32), np.zeros(candidates.shape, dtype=np.float32)
    main = np.zeros(len(asked), dtype=np.float32)
    here = np.zeros(postings.size, dtype=np.float32)
    said, above, before = (postings.fields[name] for name in ("words", "headings", "asked"))
    for row, question in enumerate(asked):
        numbers = candidates[row]
        for term, count in question.terms.items():
            own = said.documents(term)
            weight = background.weight(term, len(own), postings.size) * count
            totals[row] += weight
            most[row] += (np.log(postings.size / (len(own) + 1)) + 1) * (K1 + 1) * count
            marked = [(above.documents(term), 0.5), (before.documents(term), 1.0), (own, 1.0)]
            marked = [(documents, value) for documents, value in marked if len(documents)]
            for documents, value in marked:
                here[documents] = value
            met = here[numbers]
            for documents, _ in marked:
                here[documents] = 0.0
            words[row] += weight * met
            columns = [traits.concept_numbers[concept] for concept in question.meanings.get(term, ())]
            if columns:
                met = np.maximum(met, traits.support[numbers[:, None], columns].max(axis=1) * np.float32(0.01))
            meaning[row] += weight * met
            if term in question.strange:
                strange[row] = np.maximum(strange[row], 1 - met)
            if count == 1.0:
                main[row] += 1
                if not columns and not background.secure(term):
                    loose[row] += 1 - met
    loose /= np.maximum(main, 1)[:, None]
    return Shares(words / totals[:, None], meaning / totals[:, None], strange, loose, most, totals)


def features(traits: Traits, asked: Sequence[Asked], candidates: Numbers, scores: Floats) -> Floats:
    """Return the features (last axis) of every question (first) with each of its candidates (second).

    `scores` is the BM25F score of each candidate.
    """
    met = shares(traits, asked, candidates)
    columns, named, leaves = _wanted(traits, asked)
    marks = _counts([dict.fromkeys(question.signs, 1.0) for question in asked], _SIGN_NUMBERS) > 0
    weights = traits.concept_weights[columns][:, None, :]
    own = traits.concepts[candidates[:, :, None], columns[:, None, :]]
    held = traits.support[candidates[:, :, None], columns[:, None, :]] * np.float32(0.01)
    told = traits.signs[candidates]

    leaf_total = np.maximum((leaves * weights).sum(axis=2), 1e-6)
    named_total = np.maximum((named * weights).sum(axis=2), 1e-6)
    none = np.broadcast_to(named.sum(axis=2) == 0, candidates.shape)
    shared = held * named
    lacking = (1 - held) * leaves
    broader = (1 - held) * (named - leaves)
    held_total = np.maximum(traits.concept_totals[candidates], 1e-6)

    aspects = marks[:, None, _ASPECTS]
    told_aspects = told[:, :, _ASPECTS]
    aspect_count = np.maximum(aspects.sum(axis=2), 1)
    contradicted = np.zeros(candidates.shape, dtype=np.float32)
    unnamed = np.zeros(candidates.shape, dtype=np.float32)
    for dimension in signs.DIMENSIONS.values():
        signed = [_SIGN_NUMBERS[value] for value in dimension]
        wanted, given = marks[:, None, signed], told[:, :, signed]
        open_ = wanted.any(axis=2) & ~(wanted & given).any(axis=2)
        contradicted += open_ & given.any(axis=2)
        unnamed += open_ & ~given.any(axis=2)

    policy, renewed = (
        np.array([[sign in question.signs] for question in asked], dtype=np.bool_) for sign in signs.WANTED
    )
    top = np.maximum(scores.max(axis=1, keepdims=True), 1e-6)
    concepts_met = (shared * weights).sum(axis=2) / named_total
    about = (own * named * weights).sum(axis=2) / held_total
    values = (
        met.words,
        met.meaning,
        scores / met.most[:, None],
        scores / top,
        (shared * weights).max(axis=2, initial=0.0),
        concepts_met,
        (lacking * weights).sum(axis=2) / leaf_total,
        (lacking * weights).max(axis=2, initial=0.0),
        (broader * weights).max(axis=2, initial=0.0),
        (aspects & told_aspects).sum(axis=2) / aspect_count,
        (aspects & ~told_aspects).sum(axis=2) / aspect_count,
        np.minimum(contradicted, 2) / 2,
        np.minimum(unnamed, 3) / 3,
        ((marks[:, _PARTICULAR][:, None, :] & ~told[:, :, _PARTICULAR]).any(axis=2)),
        ((1 - held) * named * (weights * traits.narrows[columns][:, None, :])).max(axis=2, initial=0.0),
        np.minimum(1.0, (1 - met.meaning) * met.totals[:, None] / 4),
        met.strange,
        met.loose,
        np.minimum(1.0, (lacking * weights).sum(axis=2) / 3),
        (marks[:, None, _OBJECTS] & ~told[:, :, _OBJECTS]).any(axis=2),
        policy & ~told[:, :, _POLICY],
        np.broadcast_to(policy, candidates.shape),
        renewed & ~told[:, :, _REVIEW],
        marks[:, None, _CADENCE] & ~told[:, :, _CADENCE],
        _steep(met.meaning),
        _steep(concepts_met),
        _steep(about),
        none,
        np.minimum(np.broadcast_to((leaves > 0).sum(axis=2), candidates.shape), 8) / 8,
    )
    return np.stack([np.asarray(column, dtype=np.float32) for column in values], axis=2)
