"""What people say to each other about a question."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from assistant.storage.desk_tables import comments
from assistant.storage.tables import questions
from assistant.workflow.comments import Comment


class Comments:
    """Remarks on questions, within one transaction; those that were removed are never returned."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def of(self, question: int) -> list[Comment]:
        """Return what was said on the question, the earliest first."""
        rows = self._connection.execute(
            select(comments)
            .where(comments.c.question == question, comments.c.removed.is_(None))
            .order_by(comments.c.id)
        )
        return [_comment(row) for row in rows]

    def counts(self, questionnaire: int) -> Mapping[int, int]:
        """Return question id -> how many comments it has, for the questions that have any."""
        rows = self._connection.execute(
            select(comments.c.question, func.count().label("number"))
            .join(questions, questions.c.id == comments.c.question)
            .where(questions.c.questionnaire == questionnaire, comments.c.removed.is_(None))
            .group_by(comments.c.question)
        )
        return {row.question: row.number for row in rows}

    def get(self, comment: int) -> Comment | None:
        """Return one, or None."""
        row = self._connection.execute(
            select(comments).where(comments.c.id == comment, comments.c.removed.is_(None))
        ).one_or_none()
        return _comment(row) if row is not None else None

    def add(self, question: int, by: int, at: datetime, text: str, mentions: Collection[int]) -> Comment:
        """Save a comment and return it."""
        values = {"question": question, "by": by, "at": at, "text": text, "mentions": list(mentions)}
        key = self._connection.execute(insert(comments).values(values).returning(comments.c.id)).scalar_one()
        return Comment(int(key), question, by, at, text, tuple(mentions))

    def remove(self, comment: int, at: datetime) -> None:
        """Show it to nobody any more."""
        self._connection.execute(update(comments).where(comments.c.id == comment).values(removed=at))


def _comment(row: Row[Any]) -> Comment:
    return Comment(row.id, row.question, row.by, row.at, row.text, tuple(row.mentions))
