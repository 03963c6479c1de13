"""An answer that may be changed: read at the version somebody saw, and saved with all that goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from assistant.answer import Answer
from assistant.errors import ConflictError, StateError
from assistant.people import Person
from assistant.workflow import visibility
from assistant.workflow.changes import EDITED, TYPED, Change
from assistant.workflow.ports import Transaction
from assistant.workflow.records import QuestionnaireRecord, QuestionRecord, Stage
from assistant.workflow.stages import reopen

ONE_SITTING = timedelta(minutes=10)
"""Edits of one answer by one person that follow each other within this time are taken back together: an editor that
saves by itself makes many of what is one to whoever types."""


def changeable(tx: Transaction, by: Person, question: int, version: int) -> tuple[QuestionRecord, QuestionnaireRecord]:
    """Return the question, if `by` may change it and it stands at `version`, with its questionnaire.

    :raises NotFoundError: when `by` may not see it.
    :raises StateError: when nothing is changed there (any more).
    :raises ConflictError: when somebody else changed it since `version`.
    """
    found, record = visibility.require_question(tx, by, question)
    require_open(record)
    if found.version != version:
        raise ConflictError("Somebody else changed this answer meanwhile. Compare with what stands there now.")
    return found, record


def require_open(record: QuestionnaireRecord) -> None:
    """Return when answers of the questionnaire may be changed.

    :raises StateError: when they may not.
    """
    if record.stage is Stage.SENT:
        raise StateError("This questionnaire was sent; what the customer was told is not changed any more.")
    if record.stage is Stage.LAYOUT:
        raise StateError("Confirm what was found in the document first.")


def changed(
    tx: Transaction,
    by: Person,
    action: str,
    before: QuestionRecord,
    answer: Answer,
    at: datetime,
    lowered: tuple[str, ...] = (),
    *,
    in_front: bool,
    by_itself: bool = False,
) -> QuestionRecord:
    """Return `before` saved with `answer`; what `by` did stands in the audit log and can be taken back by them.

    `in_front` says that they had in front of them what stands there now, `by_itself` that it was saved while they
    were typing. A questionnaire that was completed is open again.
    """
    after = _saved(tx, by, action, before, answer)
    made = TYPED if by_itself else action
    last = tx.changes.leading_to(before.id, before.version)
    if last is not None and last.by == by.id and {last.action, made} <= {EDITED, TYPED} and at - last.at < ONE_SITTING:
        tx.changes.move(last.id, after.version, at)
        tx.changes.rename(last.id, made)
    else:
        change = Change(0, before.id, by.id, at, made, before.version, after.version, before.answer, lowered)
        tx.changes.add(change)
    if in_front:
        tx.opened.note(by.id, before.id, after.version)
    reopen(tx, before.questionnaire)
    return after


def changed_together(
    tx: Transaction, by: Person, action: str, before: QuestionRecord, answer: Answer, at: datetime
) -> None:
    """Save `before` with `answer` in one act on many answers, done `at` one moment and taken back as one.

    Such an act never says that somebody had an answer in front of them. Whoever calls this reopens the questionnaire,
    once for all answers.
    """
    after = _saved(tx, by, action, before, answer)
    tx.changes.add(Change(0, before.id, by.id, at, action, before.version, after.version, before.answer))


def keep_typed(tx: Transaction, typed: Mapping[int, Change]) -> None:
    """Let what was still being written (question id -> change) be so still, whatever gave it another version since."""
    for item in tx.questionnaires.some(list(typed)):
        change = typed[item.id]
        if item.version != change.version:
            tx.changes.move(change.id, item.version, change.at)


def _saved(tx: Transaction, by: Person, action: str, before: QuestionRecord, answer: Answer) -> QuestionRecord:
    after = tx.questionnaires.save(replace(before, answer=answer))
    tx.audit.record(by, action, before.subject, told(before.answer), told(answer))
    return after


def told(answer: Answer) -> dict[str, Any]:
    """Return what the audit log keeps of an answer."""
    return {
        "state": answer.state.value,
        "choice": answer.choice,
        "text": answer.text,
        "not_applicable": answer.not_applicable,
        "note": answer.note,
        "objection": answer.objection,
        "cited": [f"{c.path}:{c.lines[0]} {c.digest[:12]}" for c in answer.citations],
        "approval": answer.approval.digest if answer.approval else None,
    }
