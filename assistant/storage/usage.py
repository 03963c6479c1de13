"""Which answers cite a file or an entry, or say what it says, in questionnaires and in what was sent."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    and_,
    cast,
    delete,
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
_AT_ONCE = 10_000
"""Answers that one query names."""
_FEW = 4
"""Texts that the database looks for by itself: it compares each with every answer."""
_DIGEST = re.compile(r'"digest": "([0-9a-f]{64})"')
T = TypeVar("T")


class Usage:
    """Who cites what, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def citing(self, path: str, digests: Collection[str] | None, said: Said = NOTHING_SAID) -> list[Citing]:
        """Return the answers that cite passages of the file or entry `path`, or only those with these digests.

        Those that say what was `said` are among them, whatever they cite.
        """
        c, found = questions.c, list[Citing]()
        cites = self._cites(questions, path, digests)
        repeats = self._repeats(questions, c.id, said, cites)
        light = select(c.id, c.questionnaire, c.state, c.objection != "").where(c.state != State.UNANSWERED.value)
        for some in _batched([*cites, *repeats]):
            rows = self._connection.execute(light.where(c.id.in_(some)))
            found += [Citing(row[0], row[1], _STATES[row[2]], bool(row[3]), row[0] in cites) for row in rows]
        return sorted(found, key=lambda item: (-item.questionnaire, item.question))

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
        a, found = completed_answers.c, list[Sent]()
        cites = self._cites(completed_answers, path, digests)
        repeats = self._repeats(completed_answers, a.question, said, cites)
        light = (
            select(a.id, sendings.c.id, completed.c.questionnaire)
            .select_from(completed_answers)
            .join(sendings, sendings.c.completed == a.completed)
            .join(completed, completed.c.id == a.completed)
        )
        for some in _batched([*cites, *repeats]):
            rows = self._connection.execute(light.where(a.id.in_(some)))
            found += [Sent(row[0], row[1], row[2], row[0] in cites) for row in rows]
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

    def _cites(self, answers: Table, path: str, digests: Collection[str] | None) -> Set[int]:
        """Return the answers of the table `answers` that cite `path`, or these passages of it.

        They are looked for in the JSON as it is written: no row is parsed for it. A digest is of one file only.
        """
        written = cast(answers.c.citations, Text)
        there = select(answers.c.id, written).where(self._holds(written, f'"path": {json.dumps(path)},'))
        wanted = frozenset(digests or ())
        rows = self._connection.execute(there)
        return {key for key, cited in rows if digests is None or not wanted.isdisjoint(_DIGEST.findall(cited))}

    def _repeats(self, answers: Table, question: Column[Any], said: Said, known: Set[int]) -> Set[int]:
        """Return the answers of the table `answers` that say this word for word and are not `known` already."""
        c, found = answers.c, set[int]()
        among = cast(c.citations, Text) == "[]" if said.uncited else true()
        texts = sorted(said.texts)
        if len(texts) > _FEW:
            # Each is compared with each text there is, which is said by many, rather than with each answer.
            new = c.id.not_in(known) if len(known) <= _AT_ONCE else true()
            others = select(c.answer).where(among, new).distinct()
            for some in _batched(holding(texts, self._connection.execute(others).scalars())):
                found.update(self._connection.execute(select(c.id).where(among, c.answer.in_(some))).scalars())
        elif texts:
            held = or_(*(self._holds(c.answer, text) for text in texts))
            found.update(self._connection.execute(select(c.id).where(among, held)).scalars())
        if said.whole or said.entry is not None:
            made = self._made_of(said.entry) if said.entry is not None else []
            asked = or_(c.text.in_(list(said.questions)), question.in_(made))
            whole = select(c.id).where(c.answer.in_([*said.texts, *said.whole]), asked)
            found.update(self._connection.execute(whole).scalars())
        return found - known

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


def holding(texts: Iterable[str], answers: Iterable[str]) -> list[str]:
    """Return those of `answers` that hold one of `texts` word for word.

    Each text is known by its longest word that is neither its first nor its last, which an answer may have run
    together with something else; only where an answer has that word, the text is looked for.
    """
    known: dict[str, list[str]] = {}
    for text in texts:
        inner = text.split()[1:-1]
        known.setdefault(max(inner, key=len, default=""), []).append(text)
    anywhere = known.pop("", [])
    return [
        answer
        for answer in answers
        if any(text in answer for word in known.keys() & answer.split() for text in known[word])
        or any(text in answer for text in anywhere)
    ]


def _batched(found: Sequence[T]) -> Iterator[Sequence[T]]:
    for begin in range(0, len(found), _AT_ONCE):
        yield found[begin : begin + _AT_ONCE]
