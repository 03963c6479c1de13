"""Who has which question."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select

from assistant.answer import State
from assistant.storage.desk_tables import assignments
from assistant.storage.tables import questionnaires, questions
from assistant.workflow.assignments import Assignment
from assistant.workflow.records import Stage

_PAST = (Stage.SENT.value, Stage.LAYOUT.value)


class Assignments:
    """Who has which question, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def of(self, questionnaire: int) -> dict[int, Assignment]:
        """Return question id -> assignment, for the questions of one questionnaire that somebody has."""
        rows = self._connection.execute(_all().where(questions.c.questionnaire == questionnaire))
        return {row.question: _assignment(row) for row in rows}

    def get(self, question: int) -> Assignment | None:
        """Return who has the question, or None."""
        row = self._connection.execute(_all().where(assignments.c.question == question)).one_or_none()
        return _assignment(row) if row is not None else None

    def mine(self, person: int) -> list[Assignment]:
        """Return what `person` has, the most urgent first; what has no day comes last."""
        rows = self._connection.execute(
            _all()
            .where(assignments.c.person == person)
            .order_by(assignments.c.due.is_(None), assignments.c.due, questions.c.questionnaire, questions.c.position)
        )
        return [_assignment(row) for row in rows]

    def questionnaires(self, person: int) -> frozenset[int]:
        """Return the questionnaires in which `person` has a question."""
        wanted = select(questions.c.questionnaire).join(assignments).where(assignments.c.person == person).distinct()
        return frozenset(self._connection.execute(wanted).scalars())

    def waiting(self, person: int, states: Collection[State]) -> int:
        """Return how many of the questions that `person` has wait in one of `states`, where work goes on."""
        count = (
            select(func.count())
            .select_from(assignments.join(questions).join(questionnaires))
            .where(
                assignments.c.person == person,
                questions.c.state.in_([state.value for state in states]),
                questionnaires.c.stage.not_in(_PAST),
                questionnaires.c.archived.is_(None),
            )
        )
        return int(self._connection.execute(count).scalar_one())

    def put(self, given: Collection[Assignment]) -> None:
        """Save them in place of those of the same questions."""
        self.remove([assignment.question for assignment in given])
        rows = [{name: getattr(one, name) for name in ("question", "person", "due", "by", "at")} for one in given]
        if rows:
            self._connection.execute(insert(assignments), rows)

    def remove(self, wanted: Collection[int]) -> None:
        """Let nobody have the questions with these ids."""
        self._connection.execute(delete(assignments).where(assignments.c.question.in_(list(wanted))))


def _all() -> Select[Any]:
    return select(assignments, questions.c.questionnaire).join(questions, questions.c.id == assignments.c.question)


def _assignment(row: Row[Any]) -> Assignment:
    return Assignment(row.question, row.questionnaire, row.person, row.due, row.by, row.at)
