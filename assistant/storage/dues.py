"""What is due soon or overdue, and who was told so."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from assistant.answer import State
from assistant.people import GRANTS, Permission
from assistant.storage.desk_tables import assignments, notifications
from assistant.storage.tables import accounts, questionnaires, questions
from assistant.workflow.dues import Due
from assistant.workflow.notifying import Kind
from assistant.workflow.records import Stage

_WORK_GOES_ON = (Stage.LAYOUT.value, Stage.DRAFTING.value, Stage.OPEN.value)
_APPROVERS = [role.value for role, granted in GRANTS.items() if Permission.APPROVE in granted]


class Dues:
    """What is due within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def questionnaires(self, until: date) -> list[Due]:
        """Return the questionnaires that are due until that day, for their owners."""
        c = questionnaires.c
        found = select(c.owner.label("person"), c.id, c.customer, c.name, c.due.label("day"))
        return self._of(found.join(accounts, accounts.c.id == c.owner).where(c.due <= until))

    def questions(self, until: date) -> list[Due]:
        """Return where people have questions that wait for them and are due until that day, each day once."""
        c, state = questionnaires.c, questions.c.state
        day = func.coalesce(assignments.c.due, c.due)
        waits = or_(
            state.in_([State.UNANSWERED.value, State.DRAFTED.value]),
            and_(state == State.SUBMITTED.value, accounts.c.role.in_(_APPROVERS)),
        )
        found = (
            select(assignments.c.person, c.id, c.customer, c.name, day.label("day"))
            .join(questions, questions.c.id == assignments.c.question)
            .join(questionnaires, c.id == questions.c.questionnaire)
            .join(accounts, accounts.c.id == assignments.c.person)
            .where(day <= until, waits)
            .distinct()
        )
        return self._of(found)

    def told(self, wanted: Collection[int]) -> frozenset[tuple[int, str, str]]:
        """Return person, subject and text of what people were told to be due in these questionnaires."""
        c = notifications.c
        subjects = [f"questionnaire {key}" for key in wanted]
        rows = self._connection.execute(
            select(c.person, c.subject, c.text).where(c.kind == Kind.DUE.value, c.subject.in_(subjects))
        )
        return frozenset((row.person, row.subject, row.text) for row in rows)

    def _of(self, found: Select[Any]) -> list[Due]:
        where = (
            questionnaires.c.stage.in_(_WORK_GOES_ON),
            questionnaires.c.archived.is_(None),
            accounts.c.active,
        )
        rows = self._connection.execute(found.where(*where).order_by("day", questionnaires.c.id))
        return [Due(row.person, row.id, f"{row.customer}, {row.name}", row.day) for row in rows]
