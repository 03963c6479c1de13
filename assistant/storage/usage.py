"""Which answers cite a file or an entry, or say what it says, in questionnaires and in what was sent."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    and_,
    cast,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    true,
)

from assistant.answer import State
from assistant.errors import NotFoundError
from assistant.storage.desk_tables import completed_answers, notifications, sendings, told
from assistant.storage.tables import audit, completed, questions
from assistant.workflow.citing import NOTHING_SAID, Citing, CitingAnswer, Reused, Said, Sent, SentAnswer
from assistant.workflow.notifying import Kind
from assistant.workflow.shelf import TAKEN

_ENTRY, _QUESTION = "library entry ", "question "
_STATES = {state.value: state for state in State}
_AT_ONCE = 200
"""Digests or texts that one query looks for."""


class Usage:
    """Who cites what, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def citing(self, path: str, digests: Collection[str] | None, said: Said = NOTHING_SAID) -> list[Citing]:
        """Return the answers that cite passages of the file or entry `path`, or only those with these digests.

        Those that say what was `said` are among them, whatever they cite.
        """
        c, found = questions.c, dict[int, Citing]()
        for cites, repeats in self._conditions(questions, c.id, path, digests, said):
            light = select(c.id, c.questionnaire, c.state, c.objection != "", cites.label("cites"))
            for row in self._connection.execute(light.where(c.state != State.UNANSWERED.value, or_(cites, repeats))):
                if row.cites or row.id not in found:
                    found[row.id] = Citing(row[0], row[1], _STATES[row[2]], bool(row[3]), bool(row[4]))
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

    def sent(self, path: str, digests: Collection[str] | None, said: Said = NOTHING_SAID) -> list[Sent]:
        """Return what was sent with passages of `path`, or only with those with these digests; the latest first.

        What says what was `said` is among it, whatever it cites.
        """
        a, found = completed_answers.c, dict[tuple[int, int], Sent]()
        for cites, repeats in self._conditions(completed_answers, a.question, path, digests, said):
            light = (
                select(a.id, sendings.c.id.label("sending"), completed.c.questionnaire, cites.label("cites"))
                .select_from(completed_answers)
                .join(sendings, sendings.c.completed == a.completed)
                .join(completed, completed.c.id == a.completed)
                .where(or_(cites, repeats))
            )
            for row in self._connection.execute(light):
                if row.cites or (row.id, row.sending) not in found:
                    found[row.id, row.sending] = Sent(row[0], row[1], row[2], bool(row[3]))
        return sorted(found.values(), key=lambda item: (-item.sending, item.answer))

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

    def reused(self, among: Collection[int]) -> list[Reused]:
        """Return what answers in these questionnaires cite of the library, and how many cite just that."""
        c, written = questions.c, cast(questions.c.citations, Text).label("written")
        # Grouped as the text that it is kept as: the same citations always read the same.
        rows = self._connection.execute(
            select(c.questionnaire, written, func.count().label("answers"))
            .where(
                c.questionnaire.in_(list(among)),
                c.state != State.UNANSWERED.value,
                self._holds(cast(c.citations, Text), '"path": "library'),
            )
            .group_by(c.questionnaire, written)
        )
        return [
            Reused(row.questionnaire, path, digest, row.answers)
            for row in rows
            for path, digest in {(cited["path"], cited["digest"]) for cited in json.loads(row.written)}
            if path.startswith("library")
        ]

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

    def _conditions(
        self, answers: Table, question: Column[Any], path: str, digests: Collection[str] | None, said: Said
    ) -> Iterator[tuple[ColumnElement[bool], ColumnElement[bool]]]:
        """Yield pairs of conditions that say together whether an answer of the table `answers` cites, and repeats."""
        both = zip_longest(self._cites(answers.c.citations, path, digests), self._repeats(answers, question, said))
        for cites, repeats in both:
            yield false() if cites is None else cites, false() if repeats is None else repeats

    def _cites(
        self, citations: Column[Any], path: str, digests: Collection[str] | None
    ) -> Iterator[ColumnElement[bool]]:
        """Yield conditions that say together whether `citations` name `path`, or one of `digests`.

        They are looked for in the JSON as it is written: no row is parsed for it.
        """
        written = cast(citations, Text)
        if digests is None:
            yield self._holds(written, f'"path": {json.dumps(path)},')
            return
        for some in _batched(sorted(digests)):
            yield or_(*(self._holds(written, digest) for digest in some))

    def _repeats(self, answers: Table, question: Column[Any], said: Said) -> Iterator[ColumnElement[bool]]:
        """Yield conditions that say together whether an answer of the table `answers` says this word for word."""
        c = answers.c
        among = cast(c.citations, Text) == "[]" if said.uncited else true()
        for some in _batched(sorted(said.texts)):
            yield and_(among, or_(*(self._holds(c.answer, text) for text in some)))
        if said.whole or said.entry is not None:
            made = self._made_of(said.entry) if said.entry is not None else []
            asked = or_(c.text.in_(list(said.questions)), question.in_(made))
            yield and_(c.answer.in_([*said.texts, *said.whole]), asked)

    def _holds(self, column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
        place = func.instr if self._connection.dialect.name == "sqlite" else func.strpos
        return place(column, text) > 0

    def _made_of(self, entry: int) -> list[int]:
        """Return the questions whose answer was taken into the library, or proposed for it, as `entry`."""
        c = audit.c
        told = select(c.subject).where(c.action.in_(TAKEN), cast(c.after, Text) == json.dumps({"entry": entry}))
        return [int(row.subject.removeprefix(_QUESTION)) for row in self._connection.execute(told)]


def _digests(citations: list[dict[str, Any]]) -> frozenset[str]:
    return frozenset(citation["digest"] for citation in citations)


def _batched(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(texts), _AT_ONCE):
        yield texts[begin : begin + _AT_ONCE]
