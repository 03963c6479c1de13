"""How well the assistant and the people around it do, counted by the database.

Labels such as "Vendor name" are no questions here: the profile answers them, and nobody reviews how.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from assistant.answer import Citation
from assistant.people import Permission, Person
from assistant.suggestion import Status
from assistant.workflow.counting import BandCount
from assistant.workflow.knowledge import KnowledgeKeeper, may_read
from assistant.workflow.ports import Clock, Store

_Z = 1.959964
"""The quantile of the normal distribution for an interval that holds 95 of 100 times."""
SOURCES = 15
"""How many sources are listed."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage that approved answers rest on: how many, and in how many questionnaires at least."""

    citation: Citation
    answers: int


@dataclass(frozen=True, slots=True)
class Overall:
    """All figures of one period. `waits` are from upload to the first completed document, shortest first."""

    statuses: Mapping[Status, int]
    bands: tuple[BandCount, ...]
    waits: tuple[timedelta, ...]
    unfinished: int
    cited: tuple[Cited, ...]
    weeks: tuple[tuple[date, int], ...]

    @property
    def questions(self) -> int:
        """Return how many questions were looked at by matching."""
        return sum(self.statuses.values())

    @property
    def suggested(self) -> int:
        """Return for how many an answer was suggested."""
        return self.statuses.get(Status.SUGGESTED, 0)


class Figures:
    """What the page of figures shows."""

    def __init__(self, store: Store, knowledge: KnowledgeKeeper, clock: Clock) -> None:
        """Keep what the use case needs."""
        self._store, self._knowledge, self._clock = store, knowledge, clock

    def of(self, by: Person, days: int | None, limits: Sequence[float]) -> Overall:
        """Return the figures of the last `days`, of all time without; the bands begin at 0 and at `limits`.

        :raises PermissionDeniedError: to experts, who see their own questions only.
        """
        by.require(Permission.UPLOAD)
        since = self._clock() - timedelta(days=days) if days else None
        with self._store.reading() as tx:
            counts = tx.figures
            bands = {found.band: found for found in counts.bands(since, limits)}
            return Overall(
                counts.statuses(since),
                tuple(bands.get(band, BandCount(band)) for band in range(len(limits) + 1)),
                tuple(sorted(counts.waits(since))),
                counts.unfinished(since),
                self._most_cited(by, counts.cited(since)),
                by_week(counts.approvals(since), self._clock().date()),
            )

    def _most_cited(self, by: Person, found: Sequence[tuple[tuple[Citation, ...], int]]) -> tuple[Cited, ...]:
        """Return the passages cited most that `by` may read, however often each stands in one answer."""
        counts: Counter[str] = Counter()
        texts: dict[str, Citation] = {}
        for citations, answers in found:
            for digest, citation in {citation.digest: citation for citation in citations}.items():
                counts[digest] += answers
                texts[digest] = citation
        readable = (
            Cited(texts[digest], answers)
            for digest, answers in sorted(counts.items(), key=lambda item: (-item[1], texts[item[0]].path, item[0]))
            if may_read(by, self._knowledge.audience(texts[digest]))
        )
        return tuple(cited for cited, _ in zip(readable, range(SOURCES), strict=False))


def by_week(days: Sequence[tuple[date, int]], today: date) -> tuple[tuple[date, int], ...]:
    """Return the Mondays from the first of `days` to that of `today`, each with the sum of its week."""
    if not days:
        return ()
    sums: Counter[date] = Counter()
    for day, count in days:
        sums[day - timedelta(days=day.weekday())] += count
    monday, last = min(sums), max(max(sums), today - timedelta(days=today.weekday()))
    weeks = []
    while monday <= last:
        weeks.append((monday, sums[monday]))
        monday += timedelta(days=7)
    return tuple(weeks)


def wilson(right: int, of: int) -> tuple[float, float]:
    """Return between which shares the true one lies 95 of 100 times, by Wilson's score (1927); (0, 1) for nothing."""
    if not of:
        return 0.0, 1.0
    share, square = right / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    spread = _Z / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(0.0, middle - spread), min(1.0, middle + spread)


def quantile(waits: Sequence[timedelta], share: float) -> timedelta:
    """Return what `share` of the sorted `waits` do not exceed, between its neighbours where it falls between them."""
    at = (len(waits) - 1) * share
    low = int(at)
    high = min(low + 1, len(waits) - 1)
    return waits[low] + (waits[high] - waits[low]) * (at - low)
