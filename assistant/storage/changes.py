"""The changes that can be taken back, and which version of an answer somebody had in front of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from assistant.answer import Answer, Citation, State
from assistant.storage.desk_tables import changes, opened
from assistant.storage.tables import questions
from assistant.workflow.changes import TYPED, Change


class Changes:
    """The changes that can be taken back, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def add(self, change: Change) -> None:
        """Save it; its id is given out here."""
        values = {
            "question": change.question,
            "by": change.by,
            "at": change.at,
            "action": change.action,
            "base": change.base,
            "version": change.version,
            "before": _shape(change.before),
            "lowered": list(change.lowered),
        }
        self._connection.execute(insert(changes).values(values))

    def latest(self, by: int, questionnaire: int, since: datetime) -> Change | None:
        """Return the last change that `by` made to an answer of the questionnaire at or after `since`, or None."""
        return self._first(
            select(changes)
            .join(questions, questions.c.id == changes.c.question)
            .where(questions.c.questionnaire == questionnaire, changes.c.by == by, changes.c.at >= since)
            # What one goes on with in the same sitting keeps its number, but was done when it was done last.
            .order_by(changes.c.at.desc(), changes.c.id.desc())
        )

    def leading_to(self, question: int, version: int) -> Change | None:
        """Return the change that led to that version of the question, or None."""
        return self._first(select(changes).where(changes.c.question == question, changes.c.version == version))

    def act(self, change: Change) -> list[Change]:
        """Return the changes made in one act with `change`, itself among them, in their order."""
        questionnaire = select(questions.c.questionnaire).where(questions.c.id == change.question).scalar_subquery()
        wanted = (
            select(changes)
            .join(questions, questions.c.id == changes.c.question)
            .where(questions.c.questionnaire == questionnaire, changes.c.by == change.by)
            .where(changes.c.at == change.at, changes.c.action == change.action)
            .order_by(changes.c.id)
        )
        return [_change(row) for row in self._connection.execute(wanted)]

    def typed(self, questionnaire: int) -> Mapping[int, Change]:
        """Return question id -> the change, for those answers of a questionnaire that stand as they were `TYPED`."""
        wanted = (
            select(changes)
            .join(questions, (questions.c.id == changes.c.question) & (questions.c.version == changes.c.version))
            .where(questions.c.questionnaire == questionnaire, changes.c.action == TYPED)
        )
        return {row.question: _change(row) for row in self._connection.execute(wanted)}

    def move(self, change: int, version: int, at: datetime) -> None:
        """Let the change be the one that led to `version`."""
        self._connection.execute(update(changes).where(changes.c.id == change).values(version=version, at=at))

    def rename(self, change: int, action: str) -> None:
        """Let the change be called `action`."""
        self._connection.execute(update(changes).where(changes.c.id == change).values(action=action))

    def forget(self, change: int) -> None:
        """Remove it: it was taken back, or somebody changed the answer since."""
        self._connection.execute(delete(changes).where(changes.c.id == change))

    def _first(self, wanted: Any) -> Change | None:
        row = self._connection.execute(wanted.limit(1)).one_or_none()
        return _change(row) if row is not None else None


class Opened:
    """Which version of an answer somebody last had in front of them, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def note(self, person: int, question: int, version: int) -> None:
        """Keep that `person` had that version in front of them."""
        which = (opened.c.person == person, opened.c.question == question)
        if not self._connection.execute(update(opened).where(*which).values(version=version)).rowcount:
            self._connection.execute(insert(opened).values(person=person, question=question, version=version))

    def of(self, person: int, questions: Collection[int]) -> Mapping[int, int]:
        """Return question id -> version, for those of `questions` that `person` ever opened."""
        wanted = select(opened.c.question, opened.c.version).where(
            opened.c.person == person, opened.c.question.in_(list(questions))
        )
        return {row.question: row.version for row in self._connection.execute(wanted)}


def _shape(answer: Answer) -> dict[str, Any]:
    """Return `answer` as JSON; an approval is never brought back, so it is not kept."""
    return {
        "state": answer.state.value,
        "choice": answer.choice,
        "text": answer.text,
        "citations": [asdict(citation) for citation in answer.citations],
        "not_applicable": answer.not_applicable,
        "note": answer.note,
        "objection": answer.objection,
        "author": answer.author,
    }


def _change(row: Row[Any]) -> Change:
    shape = dict(row.before)
    shape |= {
        "state": State(shape["state"]),
        "citations": tuple(Citation(**{**kept, "lines": tuple(kept["lines"])}) for kept in shape["citations"]),
    }
    return Change(
        row.id, row.question, row.by, row.at, row.action, row.base, row.version, Answer(**shape), tuple(row.lowered)
    )
