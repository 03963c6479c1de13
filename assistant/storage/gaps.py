"""Questions that the knowledge could not answer."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, Text, and_, case, cast, func, select

from assistant.answer import State
from assistant.questionnaire import AnswerField, Question
from assistant.storage import shapes
from assistant.storage.tables import questions
from assistant.suggestion import Status
from assistant.workflow.counting import Asked
from assistant.workflow.drafting import answered_already
from assistant.workflow.records import QuestionRecord

_C = questions.c
_MISSED = (Status.NO_MATCH.value, Status.WEAK.value, Status.ROUTED.value)
_UNANSWERED = _C.state == State.UNANSWERED.value
_FILLED = and_(_UNANSWERED, cast(_C.fields, Text).like('%"value": "%'))
"""Something stands in one of its places in the customer's file; whether it is an answer, its fields tell."""


class Gaps:
    """Unanswered questions within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def asked(self, questionnaires: Collection[int]) -> list[Asked]:
        """Return them by wording, questionnaire and status."""
        columns = (_C.text, _C.questionnaire, _C.status)
        unfinished = func.sum(case((_C.state == State.APPROVED.value, 0), else_=1)).label("open")
        rows = self._connection.execute(
            select(*columns, func.count().label("asked"), unfinished)
            .where(*_missing(questionnaires), ~_FILLED)
            .group_by(*columns)
        )
        found = [Asked(row.text, row.questionnaire, Status(row.status), row.asked, int(row.open)) for row in rows]
        filled = self._connection.execute(select(*columns, _C.fields).where(*_missing(questionnaires), _FILLED))
        return found + [
            Asked(row.text, row.questionnaire, Status(row.status), 1, 1)
            for row in filled
            if not _answered(row.text, row.fields)
        ]

    def questions(self, texts: Collection[str], questionnaires: Collection[int], limit: int) -> list[QuestionRecord]:
        """Return those with one of these wordings, the latest first."""
        rows = self._connection.execute(
            select(questions)
            .where(*_missing(questionnaires), _C.text.in_(list(texts)[: 20 * limit]))
            .order_by(_C.questionnaire.desc(), _C.position)
            .limit(limit)
        )
        found = [shapes.question(row) for row in rows]
        return [
            item for item in found if item.answer.state is not State.UNANSWERED or not answered_already(item.question)
        ]


def _missing(questionnaires: Collection[int]) -> list[ColumnElement[bool]]:
    # An answer that somebody wrote by hand, citing nothing, does not stand in the knowledge either.
    from_knowledge = and_(_C.state == State.APPROVED.value, cast(_C.citations, Text) != "[]")
    return [
        _C.status.in_(_MISSED),
        _C.label.is_(False),
        _C.questionnaire.in_(list(questionnaires)),
        ~from_knowledge,
    ]


def _answered(text: str, fields: list[dict[str, object]]) -> bool:
    return answered_already(Question(text, "", tuple(AnswerField.from_json(shape) for shape in fields)))
