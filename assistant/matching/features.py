"""What speaks for and against a passage as the answer to a question, in numbers the model weighs.

All of it is arrays: a block of questions against their candidate passages at once. Every feature
lies between 0 and 1 and can be told to a reviewer in a sentence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.matching import background, signs
from assistant.matching.reading import Asked
from assistant.matching.scoring import K1, Floats
from assistant.matching.traits import NAMED, Traits

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
    said = postings.fields["words"]
    pairs = [(row, term, count) for row, question in enumerate(asked) for term, count in question.terms.items()]
    # Questions of one questionnaire share many terms.
    places = {term: place for place, term in enumerate(dict.fromkeys(term for _, term, _ in pairs))}
    found = [len(said.documents(term)) for term in places]
    of_term = np.array([places[term] for _, term, _ in pairs], dtype=np.intp)
    counts = np.array([count for *_, count in pairs], dtype=np.float32)
    weights = counts * np.array(
        [background.weight(term, own, postings.size) for term, own in zip(places, found, strict=True)],
        dtype=np.float32,
    ).take(of_term)
    scores = counts * np.array(
        [(math.log(postings.size / (own + 1)) + 1) * (K1 + 1) for own in found], dtype=np.float32
    ).take(of_term)
    rows = np.array([row for row, *_ in pairs], dtype=np.intp)
    met = np.zeros((len(pairs), candidates.shape[1]), dtype=np.float32)
    for name, value in (("headings", 0.5), ("asked", 1.0), ("words", 1.0)):
        field = postings.fields[name]
        held = [(place, field.terms[term]) for place, (_, term, _) in enumerate(pairs) if term in field.terms]
        if held:
            which, numbers = np.array(held, dtype=np.int64).T
            met[which] = np.maximum(met[which], field.holds(numbers, candidates[rows[which]]) * np.float32(value))
    meant = met.copy()
    meanings = [
        (place, traits.concept_numbers[concept])
        for place, (row, term, _) in enumerate(pairs)
        for concept in asked[row].meanings.get(term, ())
    ]
    if meanings:
        which, columns = np.array(meanings, dtype=np.intp).T
        spoken = traits.support[candidates[rows[which]], columns[:, None]] * np.float32(0.01)
        np.maximum.at(meant, which, spoken)
    first = counts == 1.0
    loose = np.array(
        [term not in asked[row].meanings and not background.secure(term) for row, term, _ in pairs], dtype=np.bool_
    )
    unknown = np.array([term in asked[row].strange for row, term, _ in pairs], dtype=np.bool_)
    strange = np.zeros(candidates.shape, dtype=np.float32)
    np.maximum.at(strange, rows[unknown], 1 - met[unknown])
    size = len(asked)
    totals = np.maximum(np.bincount(rows, weights, size), 1e-6).astype(np.float32)
    main = np.maximum(np.bincount(rows, first, size), 1).astype(np.float32)[:, None]
    return Shares(
        np.minimum(1, _by_row(rows, weights[:, None] * met, candidates.shape) / totals[:, None]),
        np.minimum(1, _by_row(rows, weights[:, None] * meant, candidates.shape) / totals[:, None]),
        strange,
        _by_row(rows[first & loose], 1 - met[first & loose], candidates.shape) / main,
        np.maximum(np.bincount(rows, scores, size), 1e-6).astype(np.float32),
        totals,
    )


def _by_row(rows: Numbers, values: Floats, shape: tuple[int, ...]) -> Floats:
    """Return the sums of `values` by the row each belongs to; `rows` ascends."""
    sums = np.zeros(shape, dtype=np.float32)
    if len(rows):
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        sums[rows[starts]] = np.add.reduceat(values, starts, axis=0)
    return sums


def features(traits: Traits, asked: Sequence[Asked], candidates: Numbers, scores: Floats) -> Floats:
    """Return the features (last axis) of every question (first) with each of its candidates (second).

    `scores` is the BM25F score of each candidate.
    """
    met = shares(traits, asked, candidates)
    columns, named, leaves = _wanted(traits, asked)
    marks = _counts([dict.fromkeys(question.signs, 1.0) for question in asked], _SIGN_NUMBERS) > 0
    weights = traits.concept_weights[columns][:, None, :]
    # One look for both, in one row of numbers: places in memory that are far apart take longer than all the rest.
    places = candidates[:, :, None] * traits.support.shape[1] + columns[:, None, :]
    percent = traits.support.reshape(-1).take(places)
    own, held = percent == NAMED, percent * np.float32(0.01)
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
