"""Which answers cite a file or an entry, in questionnaires and in what was sent."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Text, and_, cast, delete, func, insert, or_, select

from assistant.answer import State
from assistant.errors import NotFoundError
from assistant.storage.desk_tables import completed_answers, notifications, sendings, told
from assistant.storage.tables import audit, completed, questions
from assistant.workflow.citing import Citing, CitingAnswer, Sent, SentAnswer
from assistant.workflow.notifying import Kind

_ENTRY = "library entry "
_STATES = {state.value: state for state in State}
_AT_ONCE = 40
"""Digests that one query looks for."""


class Usage:
    """Who cites what, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def citing(self, path: str, digests: Collection[str] | None) -> list[Citing]:
        """Return the answers that cite passages of the file or entry `path`, or only those with these digests."""
        c = questions.c
        light = select(c.id, c.questionnaire, c.state, c.objection != "").where(c.state != State.UNANSWERED.value)
        found = {
            row[0]: Citing(row[0], row[1], _STATES[row[2]], bool(row[3]))
            for cites in self._cites(c.citations, path, digests)
            for row in self._connection.execute(light.where(cites))
        }
        return sorted(found.values(), key=lambda item: (-item.questionnaire, item.question))

    def answers(self, wanted: Collection[int]) -> list[CitingAnswer]:
        """Return these answers, questionnaire by questionnaire, the latest first."""
        c = questions.c
        rows = self._connection.execute(
            select(c.id, c.questionnaire, c.position, c.number, c.text, c.state, c.objection, c.choice, c.answer)
            .where(c.id.in_(wanted))
            .order_by(c.questionnaire.desc(), c.position)
        )
        return [
            CitingAnswer(
                question=row.id,
                questionnaire=row.questionnaire,
                position=row.position,
                number=row.number,
                text=row.text,
                state=State(row.state),
                objection=row.objection,
                choice=row.choice or "",
                answer=row.answer,
            )
            for row in rows
        ]

    def sent(self, path: str, digests: Collection[str] | None) -> list[Sent]:
        """Return what was sent with passages of `path`, or only with those with these digests; the latest first."""
        a = completed_answers.c
        light = (
            select(a.id, sendings.c.id.label("sending"), completed.c.questionnaire)
            .select_from(completed_answers)
            .join(sendings, sendings.c.completed == a.completed)
            .join(completed, completed.c.id == a.completed)
        )
        found = {
            Sent(row.id, row.sending, row.questionnaire)
            for cites in self._cites(a.citations, path, digests)
            for row in self._connection.execute(light.where(cites))
        }
        return sorted(found, key=lambda item: (-item.sending, item.answer))

    def sent_answers(self, wanted: Collection[int]) -> list[SentAnswer]:
        """Return these answers of completed documents, once for every time they were sent, the latest first."""
        a = completed_answers.c
        rows = self._connection.execute(
            select(
                a.id, sendings.c.id.label("sending"), completed.c.questionnaire, a.number, a.text, a.choice, a.answer,
                sendings.c.recipient, sendings.c.at, told.c.at.label("told"), told.c.by.label("told_by"),
            )
            .select_from(completed_answers)
            .join(sendings, sendings.c.completed == a.completed)
            .join(completed, completed.c.id == a.completed)
            .outerjoin(told, and_(told.c.sending == sendings.c.id, told.c.answer == a.id))
            .where(a.id.in_(wanted))
            .order_by(sendings.c.id.desc(), a.position)
        )  # fmt: skip
        return [
            SentAnswer(
                id=row.id,
                sending=row.sending,
                questionnaire=row.questionnaire,
                number=row.number,
                text=row.text,
                choice=row.choice or "",
                answer=row.answer,
                recipient=row.recipient,
                at=row.at,
                told=row.told,
                told_by=row.told_by,
            )
            for row in rows
        ]

    def tell(self, sending: int, answer: int, by: int, at: datetime) -> bool:
        """Note that the customer was told; return whether that is new.

        :raises NotFoundError: unless that answer was sent then.
        """
        sent = (
            select(sendings.c.id)
            .join(completed_answers, completed_answers.c.completed == sendings.c.completed)
            .where(sendings.c.id == sending, completed_answers.c.id == answer)
        )
        if self._connection.execute(sent).one_or_none() is None:
            raise NotFoundError("This answer was not sent then.")
        known = select(told.c.at).where(told.c.sending == sending, told.c.answer == answer)
        if self._connection.execute(known).one_or_none() is not None:
            return False
        self._connection.execute(insert(told).values(sending=sending, answer=answer, by=by, at=at))
        return True

    def untell(self, sending: int, answer: int) -> bool:
        """Forget that again; return whether it was noted."""
        gone = delete(told).where(told.c.sending == sending, told.c.answer == answer)
        return self._connection.execute(gone).rowcount == 1

    def questionnaire_of(self, answer: int) -> int:
        """Return the questionnaire whose completed document holds that answer.

        :raises NotFoundError: when there is none.
        """
        found = self._connection.execute(
            select(completed.c.questionnaire)
            .join(completed_answers, completed_answers.c.completed == completed.c.id)
            .where(completed_answers.c.id == answer)
        ).scalar_one_or_none()
        if found is None:
            raise NotFoundError("There is no such answer in a completed document.")
        return int(found)

    def drafts(self) -> list[tuple[int, int, frozenset[str]]]:
        """Return question, questionnaire and digests cited, for every draft that nobody has worded or submitted."""
        c = questions.c
        rows = self._connection.execute(
            select(c.id, c.questionnaire, c.citations)
            .where(c.state == State.DRAFTED.value, c.author.is_(None), c.objection == "")
            .order_by(c.id)
        )
        return [(row.id, row.questionnaire, _digests(row.citations)) for row in rows]

    def reminded(self) -> frozenset[tuple[int, str, str]]:
        """Return person, subject and text of everything people were told to review."""
        c = notifications.c
        rows = self._connection.execute(
            select(c.person, c.subject, c.text).where(c.kind == Kind.REVIEW_DUE.value).distinct()
        )
        return frozenset((row.person, row.subject, row.text) for row in rows)

    def entry_events(self, actions: Collection[str], limit: int) -> list[tuple[int, int, datetime, int | None, str]]:
        """Return id, entry, time, account and action of the latest events of library entries with these actions."""
        c = audit.c
        rows = self._connection.execute(
            select(c.id, c.subject, c.at, c.by, c.action)
            .where(c.subject.startswith(_ENTRY), c.action.in_(actions))
            .order_by(c.id.desc())
            .limit(limit)
        )
        return [(row.id, int(row.subject.removeprefix(_ENTRY)), row.at, row.by, row.action) for row in rows]

    def _cites(
        self, citations: Column[Any], path: str, digests: Collection[str] | None
    ) -> Iterator[ColumnElement[bool]]:
        """Yield conditions that say together whether `citations` name `path`, or one of `digests`.

        They are looked for in the JSON as it is written: no row is parsed for it.
        """
        place = func.instr if self._connection.dialect.name == "sqlite" else func.strpos
        written = cast(citations, Text)
        if digests is None:
            yield place(written, f'"path": {json.dumps(path)},') > 0
            return
        for some in _batched(sorted(digests)):
            yield or_(*(place(written, digest) > 0 for digest in some))


def _digests(citations: list[dict[str, Any]]) -> frozenset[str]:
    return frozenset(citation["digest"] for citation in citations)


def _batched(digests: Sequence[str]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(digests), _AT_ONCE):
        yield digests[begin : begin + _AT_ONCE]
