"""Telling people that answers of theirs are to be looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from assistant.people import Person
from assistant.workflow import visibility
from assistant.workflow.notifying import Kind
from assistant.workflow.ports import Transaction
from assistant.workflow.records import QuestionnaireRecord, QuestionRecord


def tell_sent_back(
    tx: Transaction,
    by: Person,
    record: QuestionnaireRecord,
    items: Sequence[QuestionRecord],
    reason: str,
    at: datetime,
) -> None:
    """Tell everybody concerned that `by` sent answers back; `items` are as they stood before.

    These are who wrote them, who has the questions and who approved them; whoever several of them concern is told once.
    """
    given = tx.assignments.of(record.id) if items else {}
    concerned: dict[int, list[QuestionRecord]] = {}
    for item in items:
        holder, approval = given.get(item.id), item.answer.approval
        # What nobody wrote was drafted by matching: then it is the owner who chases it.
        people = {item.answer.author or record.owner, holder.person if holder else record.owner}
        for person in people | ({approval.by} if approval else set()):
            concerned.setdefault(person, []).append(item)
    for person, theirs in concerned.items():
        account = tx.people.get(person)
        seen = visibility.own(tx, account.person, theirs, record) if account is not None else []
        if seen:
            what = seen[0].name if len(seen) == 1 else f"{len(seen)} answers"
            told = f"{by.name} sent {what} of {record.customer} back: {reason}"
            subject = seen[0].subject if len(seen) == 1 else record.subject
            tx.notifications.add(person, Kind.REJECTED, subject, told, by.id, at)
