"""Questionnaires, their questions with answers, their originals and their completed documents."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, delete, exists, false, func, insert, or_, select, update

from assistant.answer import State
from assistant.errors import ConflictError, NotFoundError
from assistant.storage import shapes, tables
from assistant.workflow.records import CompletedRecord, QuestionnaireRecord, QuestionRecord

_COMPLETED = [column for column in tables.completed.c if column.name != "content"]
"""What a list of completed documents needs: everything but the files."""
_LISTED = [column for column in tables.questionnaires.c if column.name not in ("found", "corrections")]
"""What a list of questionnaires needs."""


class Questionnaires:
    """Questionnaires and files within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def add_original(self, content: bytes) -> str:
        """Keep the file once; return its SHA-256 (hex)."""
        digest = hashlib.sha256(content).hexdigest()
        if not self._connection.execute(select(exists().where(tables.originals.c.digest == digest))).scalar_one():
            self._connection.execute(insert(tables.originals).values(digest=digest, content=content))
        return digest

    def original(self, digest: str) -> bytes:
        """Return the file.

        :raises NotFoundError: when there is none.
        """
        content = self._connection.execute(
            select(tables.originals.c.content).where(tables.originals.c.digest == digest)
        ).scalar_one_or_none()
        if content is None:
            raise NotFoundError("The customer's file is not kept here any more.")
        return bytes(content)

    def add(self, record: QuestionnaireRecord, questions: Sequence[QuestionRecord]) -> int:
        """Save both (their ids are given out here) and return the questionnaire's id."""
        values = shapes.questionnaire_values(record) | shapes.layout_values(record)
        values |= {"created": record.created, "original": record.original, "version": record.version}
        key = int(
            self._connection.execute(
                insert(tables.questionnaires).values(values).returning(tables.questionnaires.c.id)
            ).scalar_one()
        )
        self._insert(key, questions)
        return key

    def _insert(self, questionnaire: int, questions: Sequence[QuestionRecord]) -> None:
        rows = [
            shapes.question_values(question)
            | {"questionnaire": questionnaire, "position": question.position, "version": question.version}
            for question in questions
        ]
        if rows:
            self._connection.execute(insert(tables.questions), rows)

    def lay_out(self, record: QuestionnaireRecord, questions: Sequence[QuestionRecord]) -> None:
        """Save what was found in a questionnaire and put right in it, and its questions in this order.

        Questions with an id are changed, those with the id 0 are added, all others go.

        :raises ConflictError: when its version, or a question's, is not the saved one; both grow by one.
        """
        self.update(record)
        own = tables.questions.c.questionnaire == record.id
        self._connection.execute(
            update(tables.questionnaires)
            .where(tables.questionnaires.c.id == record.id)
            .values(**shapes.layout_values(record))
        )
        kept = [question.id for question in questions if question.id]
        self._connection.execute(delete(tables.questions).where(own, tables.questions.c.id.not_in(kept)))
        # Out of the way first: no two questions may have one place in the order, not even for a moment.
        self._connection.execute(update(tables.questions).where(own).values(position=-1 - tables.questions.c.position))
        before = {question.id: question for question in self.questions(record.id)}
        for position, question in enumerate(questions):
            if not question.id:
                continue
            self._connection.execute(
                update(tables.questions).where(tables.questions.c.id == question.id).values(position=position)
            )
            if question != replace(before[question.id], position=question.position):
                self.save(question)
        fresh = [replace(question, position=at) for at, question in enumerate(questions) if not question.id]
        self._insert(record.id, fresh)

    def get(self, questionnaire: int) -> QuestionnaireRecord:
        """Return it.

        :raises NotFoundError: when there is none.
        """
        row = self._connection.execute(
            select(tables.questionnaires).where(tables.questionnaires.c.id == questionnaire)
        ).one_or_none()
        if row is None:
            raise NotFoundError(f"There is no questionnaire {questionnaire}.")
        return shapes.questionnaire(row)

    def all(self) -> list[QuestionnaireRecord]:
        """Return all that are not deleted, newest first; of what was found in them only the format."""
        rows = self._connection.execute(select(*_LISTED).order_by(tables.questionnaires.c.id.desc()))
        return [shapes.questionnaire(row) for row in rows]

    def update(self, record: QuestionnaireRecord) -> None:
        """Save its fields, other than the original, when it was made, what was found in it and put right.

        :raises ConflictError: when its version is not the saved one; the new one is one higher.
        """
        own = tables.questionnaires.c.id == record.id
        # Another customer was told other things: what is nearly the same is sought anew (`workflow.asked`).
        anew = exists().where(own, tables.questionnaires.c.customer != record.customer)
        self._connection.execute(
            update(tables.questions).where(tables.questions.c.questionnaire == record.id, anew).values(key="")
        )
        changed = self._connection.execute(
            update(tables.questionnaires)
            .where(tables.questionnaires.c.id == record.id, tables.questionnaires.c.version == record.version)
            .values(version=record.version + 1, **shapes.questionnaire_values(record))
        )
        if changed.rowcount != 1:
            self.get(record.id)
            raise ConflictError("Somebody else changed this questionnaire meanwhile. Look at what stands there now.")

    def delete(self, questionnaire: int) -> None:
        """Remove it with its questions; its original goes when nothing else uses it.

        :raises NotFoundError: when there is none.
        """
        original = self.get(questionnaire).original
        self._connection.execute(delete(tables.questionnaires).where(tables.questionnaires.c.id == questionnaire))
        used = exists().where(tables.questionnaires.c.original == original)
        self._connection.execute(delete(tables.originals).where(tables.originals.c.digest == original, ~used))

    def counts(self) -> Mapping[int, Mapping[State, int]]:
        """Return questionnaire id -> state -> number of questions, in one query."""
        found: dict[int, dict[State, int]] = {}
        rows = self._connection.execute(
            select(tables.questions.c.questionnaire, tables.questions.c.state, func.count().label("number")).group_by(
                tables.questions.c.questionnaire, tables.questions.c.state
            )
        )
        for row in rows:
            found.setdefault(row.questionnaire, {})[State(row.state)] = row.number
        return found

    def customers(self) -> list[str]:
        """Return the names of the customers known, in order."""
        names = self._connection.execute(select(tables.questionnaires.c.customer).distinct()).scalars()
        return sorted(names, key=lambda name: (name.casefold(), name))

    def approved_citations(self) -> list[tuple[int, int, tuple[str, ...]]]:
        """Return question id, questionnaire id and the digests cited, for every approved answer, in one query.

        Those of questionnaires that were sent are among them.
        """
        columns = tables.questions.c
        rows = self._connection.execute(
            select(columns.id, columns.questionnaire, columns.citations)
            .where(columns.state == State.APPROVED.value)
            .order_by(columns.id)
        )
        return [(row.id, row.questionnaire, tuple(citation["digest"] for citation in row.citations)) for row in rows]

    def questions(self, questionnaire: int) -> list[QuestionRecord]:
        """Return its questions in the document's order."""
        rows = self._connection.execute(
            select(tables.questions)
            .where(tables.questions.c.questionnaire == questionnaire)
            .order_by(tables.questions.c.position)
        )
        return [shapes.question(row) for row in rows]

    def outline(self, questionnaire: int) -> list[tuple[int, str]]:
        """Return the ids of its questions in the document's order, each with where it stands, as a `Tally` counts."""
        columns = tables.questions.c
        kept = columns.kept & (columns.state == State.UNANSWERED.value)
        rows = self._connection.execute(
            select(columns.id, case((kept, "kept"), else_=columns.state).label("stands"))
            .where(columns.questionnaire == questionnaire)
            .order_by(columns.position)
        )
        return [(row.id, row.stands) for row in rows]

    def some(self, questions: Collection[int]) -> list[QuestionRecord]:
        """Return the questions with these ids, as far as they are there, in the order of their documents."""
        columns = tables.questions.c
        rows = self._connection.execute(
            select(tables.questions)
            .where(columns.id.in_(list(questions)))
            .order_by(columns.questionnaire, columns.position)
        )
        return [shapes.question(row) for row in rows]

    def question(self, question: int) -> QuestionRecord:
        """Return one.

        :raises NotFoundError: when there is none.
        """
        row = self._connection.execute(select(tables.questions).where(tables.questions.c.id == question)).one_or_none()
        if row is None:
            raise NotFoundError(f"There is no question {question}.")
        return shapes.question(row)

    def save(self, record: QuestionRecord) -> QuestionRecord:
        """Save the question with its answer and return it with its new version.

        :raises ConflictError: when `record.version` is not the saved one.
        """
        columns, text = tables.questions.c, record.question.text
        changed = self._connection.execute(
            update(tables.questions)
            .where(tables.questions.c.id == record.id, tables.questions.c.version == record.version)
            .values(version=record.version + 1, reworded=_reworded(record), **shapes.question_values(record))
            .values(key=case((columns.text == text, columns.key), else_=""))
        )
        if changed.rowcount != 1:
            self.question(record.id)
            raise ConflictError("Somebody else changed this answer meanwhile. Compare with what stands there now.")
        return replace(record, version=record.version + 1)

    def add_completed(self, record: CompletedRecord, content: bytes) -> int:
        """Keep a completed document and return its id."""
        values: dict[str, Any] = {
            "questionnaire": record.questionnaire,
            "name": record.name,
            "digest": record.digest,
            "places": record.places,
            "approved": record.approved,
            "questions": record.questions,
            "by": record.by,
            "at": record.at,
            "written": record.written,
            "content": content,
        }
        return int(
            self._connection.execute(
                insert(tables.completed).values(values).returning(tables.completed.c.id)
            ).scalar_one()
        )

    def completed(self, questionnaire: int) -> list[CompletedRecord]:
        """Return the completed documents of a questionnaire, newest first."""
        rows = self._connection.execute(
            select(*_COMPLETED)
            .where(tables.completed.c.questionnaire == questionnaire)
            .order_by(tables.completed.c.id.desc())
        )
        return [_completed(row) for row in rows]

    def completed_content(self, completed: int) -> tuple[CompletedRecord, bytes]:
        """Return one with its bytes.

        :raises NotFoundError: when there is none.
        """
        row = self._connection.execute(select(tables.completed).where(tables.completed.c.id == completed)).one_or_none()
        if row is None:
            raise NotFoundError(f"There is no completed document {completed}.")
        return _completed(row), bytes(row.content)


def _reworded(record: QuestionRecord) -> ColumnElement[bool]:
    """Return whether what matching drafted was ever worded in another way; what it drafts anew was not."""
    if record.answer.author is None:
        return false()
    return or_(tables.questions.c.reworded, tables.questions.c.answer != record.answer.text)


def _completed(row: Row[Any]) -> CompletedRecord:
    return CompletedRecord(
        id=row.id,
        questionnaire=row.questionnaire,
        name=row.name,
        digest=row.digest,
        places=row.places,
        approved=row.approved,
        questions=row.questions,
        by=row.by,
        at=row.at,
        written=row.written,
    )
