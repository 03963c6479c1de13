"""What the database counts of questions and answers, so that nobody has to read them all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from assistant.answer import Citation
from assistant.suggestion import Status
from assistant.workflow.records import QuestionRecord


@dataclass(frozen=True, slots=True)
class BandCount:
    """What became of the drafts of one band of confidence (0 is the lowest).

    `unchanged` were approved as drafted; of `kept` the wording was approved, with another choice or other sources;
    `reworded` were worded in another way by somebody. The rest of `drafted` is not decided yet.
    """

    band: int
    drafted: int = 0
    unchanged: int = 0
    kept: int = 0
    reworded: int = 0

    @property
    def decided(self) -> int:
        """Return of how many it is known whether their wording was good."""
        return self.unchanged + self.kept + self.reworded

    @property
    def right(self) -> int:
        """Return how many were approved in the wording that was drafted."""
        return self.unchanged + self.kept


@dataclass(frozen=True, slots=True)
class Asked:
    """One wording as it stands in one questionnaire: how often it was not answered, and is not yet."""

    text: str
    questionnaire: int
    status: Status
    asked: int
    open: int


class Counts(Protocol):
    """What the database counts, within one transaction; `since` limits it to what happened from then on."""

    def statuses(self, since: datetime | None) -> Mapping[Status, int]:
        """Return how many questions of the questionnaires uploaded since then matching left in which status."""

    def bands(self, since: datetime | None, limits: Sequence[float]) -> list[BandCount]:
        """Return what became of the drafts in them, for the bands that begin at 0 and at each of `limits`."""

    def waits(self, since: datetime | None) -> list[timedelta]:
        """Return the times from upload to the first completed document that were completed first since then."""

    def unfinished(self, since: datetime | None) -> int:
        """Return how many of the questionnaires uploaded since then were never completed."""

    def cited(self, since: datetime | None) -> list[tuple[tuple[Citation, ...], int]]:
        """Return what answers approved since then cite, and how many cite just that."""

    def approvals(self, since: datetime | None) -> list[tuple[date, int]]:
        """Return the days (in UTC) on which answers were approved that are still, and how many."""


class AskedGaps(Protocol):
    """The unanswered questions, within one transaction.

    They are those that matching could not draft for and that no approved answer with a source answers, without labels
    and without what the customer's file answers itself.
    """

    def marks(self) -> Mapping[int, str]:
        """Return for each questionnaire with questions a text that changes with any of them, at little cost."""

    def asked(self, among: Collection[int]) -> list[Asked]:
        """Return those of some questionnaires by wording, questionnaire and status."""

    def questions(self, texts: Collection[str], among: Collection[int], limit: int) -> list[QuestionRecord]:
        """Return those with one of these wordings, the latest first."""
