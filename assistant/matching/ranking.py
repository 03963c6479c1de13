"""The passages that may answer each question, best first, each with its probability of answering it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.matching import features
from assistant.matching.features import Numbers
from assistant.matching.library import SAME, Library
from assistant.matching.model import Model
from assistant.matching.reading import Asked
from assistant.matching.scoring import Floats
from assistant.matching.traits import Bools, Traits

BLOCK = 500_000
"""Scores held at a time: questions are taken in blocks of this many divided by the passages."""

CANDIDATES = 48
"""How many passages a question are weighed in full, the best by score; a small library's all are."""

COMPARED = 40
"""How many approved answers are compared with a question wording by wording, the best by score."""

LIKELY = 0.05
"""From this likeness on the likeliest of the approved answers stands before the others."""

REJECTED = 0.1
"""What is left of the confidence in a passage that a person rejected for this question."""

_RUN = 64
"""So many neighbouring scores are looked at together when the highest are sought."""

WEIGHTS = {"words": 1.0, "headings": 0.5, "asked": 1.0}
CONCEPT_WEIGHTS = {"concepts": 0.6}


@dataclass(frozen=True)
class Ranked:
    """The passages (by number) for one question, best first, and the confidence in each.

    `reused`: the first is an approved answer that was asked for the same.
    """

    numbers: tuple[int, ...]
    confidences: tuple[float, ...]
    reused: bool = False


def ranked(
    traits: Traits,
    model: Model,
    asked: Sequence[Asked],
    allowed: Bools,
    library: Library,
    rejected: Collection[tuple[str, int]],
    top: int,
) -> Iterator[Ranked]:
    """Yield the `top` passages of every question among those `allowed`.

    `library` holds the approved answers among them, `rejected` pairs of question key and passage number.
    """
    if not allowed.any():
        yield from (Ranked((), ()) for _ in asked)
        return
    block = max(1, BLOCK // len(allowed))
    for start in range(0, len(asked), block):
        yield from _block(traits, model, asked[start : start + block], allowed, library, frozenset(rejected), top)


def _block(
    traits: Traits,
    model: Model,
    asked: Sequence[Asked],
    allowed: Bools,
    library: Library,
    rejected: frozenset[tuple[str, int]],
    top: int,
) -> Iterator[Ranked]:
    scores = traits.postings.scores([question.terms for question in asked], WEIGHTS)
    guide = traits.postings.scores([question.concepts for question in asked], CONCEPT_WEIGHTS)
    guide += scores
    if not allowed.all():
        guide[:, ~allowed] = -1.0
    rows = np.arange(len(asked))[:, None]
    entries = library.numbers[allowed[library.numbers]]
    compared = entries[_highest(guide[:, entries], COMPARED)]
    weighed_in_full = guide[rows, compared]
    guide[rows, compared] = -2.0
    count = min(int(allowed.sum()) - compared.shape[1], max(CANDIDATES, top))
    candidates = np.hstack([compared, np.sort(_highest(guide, count), axis=1)])
    guide[rows, compared] = weighed_in_full
    chosen = scores[rows, candidates]
    confidence = model.confidence(features.features(traits, asked, candidates, chosen))
    confidence[guide[rows, candidates] <= 0] = 0.0
    for row, (question, numbers, values) in enumerate(zip(asked, candidates, confidence, strict=True)):
        reused = None
        weighed = library.chances(question, compared[row].tolist())
        for place, alike in enumerate(weighed):
            values[place] = max(min(float(values[place]), model.suggest - 0.01), alike)
            if alike >= SAME and (reused is None or alike > reused[0]):
                reused = (alike, place)
        if weighed and max(weighed) >= LIKELY:
            values[weighed.index(max(weighed))] = values[: len(weighed)].max() + 1e-4
        if reused is not None:
            values[reused[1]] = max(values[reused[1]], values.max() + 1e-4)
        for place, number in enumerate(numbers.tolist() if rejected else ()):
            if (question.key, number) in rejected:
                values[place] *= REJECTED
        best = np.argsort(-values, kind="stable")[:top]
        best = best[values[best] > 0]
        first = reused is not None and bool(len(best)) and best[0] == reused[1]
        sure = np.minimum(values[best], 1.0)
        yield Ranked(tuple(numbers[best].tolist()), tuple(sure.tolist()), first)


def _highest(values: Floats, count: int) -> Numbers:
    """Return the columns of the `count` highest values of each row, in no order; all columns when there are fewer."""
    width = values.shape[1]
    if count >= width or count <= 0:
        return np.tile(np.arange(min(width, max(count, 0))), (len(values), 1))
    runs = width // _RUN
    if runs <= count:
        return np.argpartition(values, width - count, axis=1)[:, width - count :]
    # What is among the highest is at least as high as the count-th highest of the runs' own highest, and little is.
    tops = values[:, : runs * _RUN].reshape(len(values), runs, _RUN).max(axis=2)
    floors = np.partition(tops, runs - count, axis=1)[:, runs - count]
    found = np.empty((len(values), count), dtype=np.intp)
    for row, floor, places in zip(values, floors, found, strict=True):
        left = (row >= floor).nonzero()[0]
        places[:] = left[np.argpartition(row[left], len(left) - count)[len(left) - count :]]
    return found
