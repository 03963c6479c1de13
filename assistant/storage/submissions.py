"""What was submitted and waits to be approved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, and_, func, select

from assistant.answer import State
from assistant.storage.desk_tables import assignments, changes
from assistant.storage.tables import questionnaires, questions
from assistant.workflow.records import Stage
from assistant.workflow.submissions import Waiting

_PAST = (Stage.SENT.value, Stage.LAYOUT.value)
_SUBMITTED = State.SUBMITTED.value


class Submissions:
    """What was submitted, within one transaction; only where work goes on."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def waiting(self, person: int, *, of_others: bool = False) -> list[Waiting]:
        """Return what waits in each questionnaire in which something does; `theirs` are questions of `person`.

        With `of_others` the answers that `person` worded are left out.
        """
        c, submitted = questionnaires.c, questions.c.state == _SUBMITTED
        if of_others:
            submitted = and_(submitted, questions.c.author.is_distinct_from(person))
        # Counted questionnaire by questionnaire, which looks at nothing but what is submitted.
        number = select(func.count()).where(questions.c.questionnaire == c.id, submitted).scalar_subquery()
        wanted = select(c.id, c.owner, c.restricted, number.label("number"))
        own = (
            select(questions.c.questionnaire, func.count().label("number"))
            .join(assignments, assignments.c.question == questions.c.id)
            .where(assignments.c.person == person, submitted)
            .group_by(questions.c.questionnaire)
        )
        theirs = {row.questionnaire: row.number for row in self._connection.execute(own)}
        rows = self._connection.execute(wanted.where(c.stage.not_in(_PAST), c.archived.is_(None)))
        return [
            Waiting(row.id, row.owner, row.restricted, row.number, theirs.get(row.id, 0)) for row in rows if row.number
        ]

    def since(self, wanted: Collection[int]) -> Mapping[int, datetime]:
        """Return questionnaire id -> since when the first of what waits there does, for those where something does."""
        last = (
            select(changes.c.question, func.max(changes.c.at).label("at"))
            .where(changes.c.action == _SUBMITTED)
            .join(questions, questions.c.id == changes.c.question)
            .where(questions.c.questionnaire.in_(list(wanted)), questions.c.state == _SUBMITTED)
            .group_by(changes.c.question)
            .subquery()
        )
        # What came submitted from an earlier round waits in this one since it was opened.
        first = (
            select(questions.c.questionnaire, func.min(func.coalesce(last.c.at, questionnaires.c.created)).label("at"))
            .join(questionnaires, questionnaires.c.id == questions.c.questionnaire)
            .outerjoin(last, last.c.question == questions.c.id)
            .where(questions.c.questionnaire.in_(list(wanted)), questions.c.state == _SUBMITTED)
            .group_by(questions.c.questionnaire)
        )
        return {row.questionnaire: row.at for row in self._connection.execute(first)}

    def handed_in(self, questionnaire: int, by: int, since: datetime) -> int:
        """Return how many answers `by` submitted since then that are still submitted, or approved by now."""
        count = (
            select(func.count(changes.c.question.distinct()))
            .join(questions, questions.c.id == changes.c.question)
            .where(
                questions.c.questionnaire == questionnaire,
                questions.c.state.in_([_SUBMITTED, State.APPROVED.value]),
                changes.c.by == by,
                changes.c.action == _SUBMITTED,
                changes.c.at >= since,
            )
        )
        return int(self._connection.execute(count).scalar_one())
