"""Questions and approved answers by the key of the question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, case, insert, null, select, update

from assistant.answer import Answer, State
from assistant.filling import understood
from assistant.questionnaire import AnswerField, Location, Question
from assistant.storage.desk_tables import alike
from assistant.storage.tables import questions
from assistant.suggestion import Choice
from assistant.workflow.asked import Keyless, Told

_PART = 500
"""Values in one query: fewer than any engine takes."""

T = TypeVar("T")


class Asked:
    """Questions by their keys, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def keyless(self, limit: int) -> list[Keyless]:
        """Return up to `limit` questions without a key, all of one questionnaire."""
        waiting = select(questions.c.questionnaire).where(questions.c.key == "").limit(1)
        questionnaire = self._connection.execute(waiting).scalar_one_or_none()
        if questionnaire is None:
            return []
        rows = self._connection.execute(
            select(questions.c.id, questions.c.questionnaire, questions.c.text)
            .where(questions.c.questionnaire == questionnaire, questions.c.key == "")
            .order_by(questions.c.position)
            .limit(limit)
        )
        return [Keyless(row.id, row.questionnaire, row.text) for row in rows]

    def put_keys(self, keys: Iterable[tuple[Keyless, str]]) -> None:
        """Save the keys of questions that still read as they did."""
        rows = [{"at": item.id, "read": item.text, "found": key} for item, key in keys]
        if rows:
            self._connection.execute(
                update(questions)
                .where(questions.c.id == bindparam("at"), questions.c.text == bindparam("read"))
                .values(key=bindparam("found")),
                rows,
            )

    def texts(self, questionnaires: Collection[int], limit: int) -> Mapping[str, str]:
        """Return the keys of what they ask, each with one of its wordings, up to `limit`, the latest first."""
        rows = self._connection.execute(
            select(questions.c.key, questions.c.text)
            .where(questions.c.questionnaire.in_(list(questionnaires)), questions.c.key != "")
            .order_by(questions.c.id.desc())
            .limit(limit)
        )
        return {row.key: row.text for row in rows}

    def alike(self, keys: Collection[str]) -> Mapping[str, frozenset[str]]:
        """Return for each of `keys` those of the questions that are nearly the same, if there are any."""
        found: dict[str, set[str]] = {}
        for part in _parts(keys):
            for row in self._connection.execute(select(alike).where(alike.c.key.in_(part))):
                found.setdefault(row.key, set()).add(row.other)
        return {key: frozenset(others) for key, others in found.items()}

    def note_alike(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Remember which keys belong to questions that are nearly the same."""
        wanted = {pair for one, other in pairs if one != other for pair in ((one, other), (other, one))}
        known = {(key, other) for key, others in self.alike({key for key, _ in wanted}).items() for other in others}
        rows = [{"key": key, "other": other} for key, other in sorted(wanted - known)]
        if rows:
            self._connection.execute(insert(alike), rows)

    def told(self, questionnaires: Collection[int], keys: Collection[str], states: Collection[State]) -> list[Told]:
        """Return the answers in one of `states` there to questions with these keys, the one approved last first."""
        columns = questions.c
        wanted = select(
            *(columns.id, columns.questionnaire, columns.key, columns.text, columns.number, columns.section),
            *(columns.label, columns.state, columns.choice, columns.answer, columns.not_applicable),
            *(columns.approved_at, columns.fields),
        ).where(columns.questionnaire.in_(list(questionnaires)), columns.state.in_([state.value for state in states]))
        found = [
            Told(
                row.id,
                row.questionnaire,
                row.key,
                row.text,
                row.number,
                row.section,
                row.label,
                Answer(State(row.state), row.choice, row.answer, not_applicable=row.not_applicable),
                row.approved_at,
                _choice_field(row.fields),
            )
            for part in (_parts(keys) if questionnaires else ())
            for row in self._connection.execute(wanted.where(columns.key.in_(part)))
        ]
        return sorted(found, key=_latest_first, reverse=True)

    def choices(
        self, questionnaires: Collection[int], keys: Collection[str], since: datetime
    ) -> Mapping[str, frozenset[str]]:
        """Return key -> the choices of the answers approved there since then, as they are understood."""
        columns, found = questions.c, dict[str, set[str]]()
        # What a usual word stands for, its field need not tell.
        fields = case((columns.choice.in_([choice.value for choice in Choice]), null()), else_=columns.fields)
        wanted = select(columns.key, columns.choice, fields.label("fields"))
        wanted = wanted.where(
            columns.questionnaire.in_(list(questionnaires)),
            columns.state == State.APPROVED.value,
            columns.approved_at >= since,
            columns.choice.is_not(None),
        )
        for part in _parts(keys) if questionnaires else ():
            for row in self._connection.execute(wanted.where(columns.key.in_(part))):
                choice = understood(row.choice, _choice_field(row.fields or [])) or row.choice
                found.setdefault(row.key, set()).add(choice)
        return {key: frozenset(choices) for key, choices in found.items()}


def _choice_field(shapes: Sequence[Mapping[str, Any]]) -> AnswerField | None:
    """Return the field that takes the choice, of those of a question as they are kept."""
    fields = tuple(AnswerField.from_json(shape) for shape in shapes)
    return Question("", Location(""), fields).choice_field


def _latest_first(told: Told) -> tuple[bool, float, int]:
    return told.approved is not None, told.approved.timestamp() if told.approved else 0.0, -told.question


def _parts(values: Collection[T]) -> Iterator[list[T]]:
    listed = list(values)
    for start in range(0, len(listed), _PART):
        yield listed[start : start + _PART]
