"""What completed documents told customers, and to whom they were sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from assistant.errors import NotFoundError
from assistant.storage import shapes
from assistant.storage.desk_tables import completed_answers, sendings
from assistant.storage.tables import completed as documents
from assistant.workflow.records import CompletedRecord
from assistant.workflow.sendings import NO_DOCUMENT, Sending, ToldAnswer


class Sendings:
    """What was told and sent, within one transaction; the database refuses any change of it."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def document(self, completed: int) -> CompletedRecord:
        """Return the completed document without its file.

        :raises NotFoundError: when there is none.
        """
        columns = [column for column in documents.c if column.name != "content"]
        row = self._connection.execute(select(*columns).where(documents.c.id == completed)).one_or_none()
        if row is None:
            raise NotFoundError(NO_DOCUMENT)
        return CompletedRecord(**row._mapping)

    def keep(self, completed: int, answers: Sequence[ToldAnswer]) -> None:
        """Save what the completed document says."""
        rows = [
            {
                "completed": completed,
                "question": answer.question,
                "position": answer.position,
                "number": answer.number,
                "text": answer.text,
                "choice": answer.choice,
                "answer": answer.answer,
                "citations": shapes.citation_values(answer.citations),
            }
            for answer in answers
        ]
        if rows:
            self._connection.execute(insert(completed_answers), rows)

    def answers(self, completed: int) -> list[ToldAnswer]:
        """Return what the completed document says, in the order of its questions."""
        own = select(completed_answers).where(completed_answers.c.completed == completed)
        return [
            ToldAnswer(
                row.question,
                row.position,
                row.number,
                row.text,
                row.choice,
                row.answer,
                tuple(shapes.citation(shape) for shape in row.citations),
            )
            for row in self._connection.execute(own.order_by(completed_answers.c.position, completed_answers.c.id))
        ]

    def add(self, completed: int, recipient: str, by: int, at: datetime) -> int:
        """Note that the completed document was sent; return the sending's id."""
        values = {"completed": completed, "recipient": recipient, "by": by, "at": at}
        return int(self._connection.execute(insert(sendings).values(values).returning(sendings.c.id)).scalar_one())

    def of(self, questionnaire: int) -> dict[int, list[Sending]]:
        """Return for each completed document of the questionnaire that was sent to whom it was, the latest first."""
        found: dict[int, list[Sending]] = {}
        wanted = (
            select(sendings)
            .join(documents, documents.c.id == sendings.c.completed)
            .where(documents.c.questionnaire == questionnaire)
            .order_by(sendings.c.at.desc(), sendings.c.id.desc())
        )
        for row in self._connection.execute(wanted):
            sending = Sending(row.id, row.completed, row.recipient, row.by, row.at)
            found.setdefault(row.completed, []).append(sending)
        return found
