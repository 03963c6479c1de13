"""Counting what became of questions, drafts and questionnaires, without reading their texts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Text, case, cast, func, select, true

from assistant.answer import Citation, State
from assistant.storage import shapes
from assistant.storage.tables import completed, questionnaires, questions
from assistant.suggestion import Status
from assistant.workflow.counting import BandCount


class Figures:
    """What the page of figures needs, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def statuses(self, since: datetime | None) -> Mapping[Status, int]:
        """Return how many questions of the questionnaires uploaded since then matching left in which status."""
        rows = self._connection.execute(
            select(questions.c.status, func.count().label("number"))
            .where(questions.c.status.is_not(None), questions.c.label.is_(False), _uploaded(since))
            .group_by(questions.c.status)
        )
        return {Status(row.status): row.number for row in rows}

    def bands(self, since: datetime | None, limits: Sequence[float]) -> list[BandCount]:
        """Return what became of the drafts in them, for the bands that begin at 0 and at each of `limits`."""
        column = questions.c
        band = case(
            *((column.confidence >= limit, number) for number, limit in reversed(list(enumerate(limits, 1)))), else_=0
        ).label("band")
        approved = column.state == State.APPROVED.value
        rows = self._connection.execute(
            select(
                band,
                func.count().label("drafted"),
                _sum(approved & column.author.is_(None)).label("unchanged"),
                _sum(approved & column.author.is_not(None) & column.reworded.is_(False)).label("kept"),
                _sum(column.reworded.is_(True)).label("reworded"),
            )
            .where(column.status == Status.SUGGESTED.value, column.label.is_(False), _uploaded(since))
            .group_by(band)
            .order_by(band)
        )
        return [BandCount(row.band, row.drafted, row.unchanged, row.kept, row.reworded) for row in rows]

    def waits(self, since: datetime | None) -> list[timedelta]:
        """Return the times from upload to the first completed document that were completed first since then."""
        # The engines count moments in different ways, so the few pairs are subtracted here.
        first = func.min(completed.c.at)
        rows = self._connection.execute(
            select(questionnaires.c.created, first.label("first"))
            .join(completed, completed.c.questionnaire == questionnaires.c.id)
            .group_by(questionnaires.c.id, questionnaires.c.created)
            .having(true() if since is None else first >= since)
        )
        return [row.first - row.created for row in rows]

    def unfinished(self, since: datetime | None) -> int:
        """Return how many of the questionnaires uploaded since then were never completed."""
        done = select(completed.c.id).where(completed.c.questionnaire == questionnaires.c.id).exists()
        uploaded = true() if since is None else questionnaires.c.created >= since
        return int(
            self._connection.execute(
                select(func.count()).select_from(questionnaires).where(~done, uploaded)
            ).scalar_one()
        )

    def cited(self, since: datetime | None) -> list[tuple[tuple[Citation, ...], int]]:
        """Return what answers approved since then cite, and how many cite just that."""
        # Grouped as the text that it is kept as: the same citations always read the same.
        text = cast(questions.c.citations, Text).label("text")
        rows = self._connection.execute(
            select(text, func.count().label("number"))
            .where(questions.c.state == State.APPROVED.value, text != "[]", _approved(since))
            .group_by(text)
        )
        return [(tuple(shapes.citation(shape) for shape in json.loads(row.text)), row.number) for row in rows]

    def approvals(self, since: datetime | None) -> list[tuple[date, int]]:
        """Return the days (in UTC) on which answers were approved that are still, and how many."""
        moment: ColumnElement[Any] = questions.c.approved_at
        if self._connection.dialect.name == "postgresql":
            moment = func.timezone("UTC", moment)
        day = func.date(moment).label("day")
        rows = self._connection.execute(
            select(day, func.count().label("number"))
            .where(questions.c.state == State.APPROVED.value, _approved(since))
            .group_by(day)
            .order_by(day)
        )
        return [(date.fromisoformat(str(row.day)), row.number) for row in rows]


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return cast(func.sum(case((condition, 1), else_=0)), Integer)


def _uploaded(since: datetime | None) -> ColumnElement[bool]:
    if since is None:
        return true()
    return questions.c.questionnaire.in_(select(questionnaires.c.id).where(questionnaires.c.created >= since))


def _approved(since: datetime | None) -> ColumnElement[bool]:
    return true() if since is None else questions.c.approved_at >= since
