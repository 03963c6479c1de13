"""Questions that the knowledge could not answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, Connection, Text, and_, case, cast, func, select

from assistant.answer import State
from assistant.storage import shapes
from assistant.storage.tables import questionnaires, questions
from assistant.suggestion import Status
from assistant.workflow.counting import Asked
from assistant.workflow.records import QuestionRecord

_C = questions.c
_MISSED = (Status.NO_MATCH.value, Status.WEAK.value, Status.ROUTED.value)


class Gaps:
    """Unanswered questions within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def marks(self) -> Mapping[int, str]:
        """Return for each questionnaire with questions a text that changes with any of them, at little cost."""
        # The moment of upload, too: in another database that was brought in, the ids start again.
        counts = (func.count().label("number"), func.sum(_C.version).label("versions"), func.max(_C.id).label("latest"))
        created = self._connection.execute(select(questionnaires.c.id, questionnaires.c.created))
        since = {row.id: row.created.isoformat() for row in created}
        rows = self._connection.execute(select(_C.questionnaire, *counts).group_by(_C.questionnaire))
        return {
            row.questionnaire: f"{since[row.questionnaire]} {row.number}.{row.versions}.{row.latest}" for row in rows
        }

    def asked(self, among: Collection[int]) -> list[Asked]:
        """Return them by wording, questionnaire and status."""
        columns = (_C.text, _C.questionnaire, _C.status)
        unfinished = func.sum(case((_C.state == State.APPROVED.value, 0), else_=1)).label("open")
        rows = self._connection.execute(
            select(*columns, func.count().label("asked"), unfinished).where(*_missing(among)).group_by(*columns)
        )
        return [Asked(row.text, row.questionnaire, Status(row.status), row.asked, int(row.open)) for row in rows]

    def questions(self, texts: Collection[str], among: Collection[int], limit: int) -> list[QuestionRecord]:
        """Return those with one of these wordings, the latest first."""
        rows = self._connection.execute(
            select(questions)
            .where(*_missing(among), _C.text.in_(list(texts)[: 20 * limit]))
            .order_by(_C.questionnaire.desc(), _C.position)
            .limit(limit)
        )
        return [shapes.question(row) for row in rows]


def _missing(among: Collection[int]) -> list[ColumnElement[bool]]:
    # An answer that somebody wrote by hand, citing nothing, does not stand in the knowledge either.
    from_knowledge = and_(_C.state == State.APPROVED.value, cast(_C.citations, Text) != "[]")
    return [
        _C.status.in_(_MISSED),
        _C.label.is_(False),
        _C.questionnaire.in_(list(among)),
        ~from_knowledge,
        # What the customer's file answers itself was not missing.
        ~and_(_C.state == State.UNANSWERED.value, _C.kept.is_(True)),
    ]
