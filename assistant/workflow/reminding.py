"""Telling people what of theirs is due soon or overdue, once each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from assistant.workflow.dues import Urgency, urgency
from assistant.workflow.notifying import Kind
from assistant.workflow.ports import Store, Transaction

OWNERS_AHEAD = timedelta(days=2)
"""How long before a questionnaire is due its owner is told."""
ASSIGNEES_AHEAD = timedelta(days=1)
"""How long before a question is due those are told who have it."""


def remind_of_due(store: Store, at: datetime) -> int:
    """Tell owners and whoever has questions what is due soon or overdue; return how many were told.

    Each is told once before the day and once after it, and again when the day is moved.
    """
    with store.reading() as tx:
        if not any(_untold(tx, at.date())):
            return 0
    with store.writing() as tx:
        count = 0
        for person, subject, text in _untold(tx, at.date()):
            tx.notifications.add(person, Kind.DUE, subject, text, None, at)
            count += 1
    return count


def _untold(tx: Transaction, today: date) -> Iterable[tuple[int, str, str]]:
    """Return person, subject and text of what has to be told and was not told yet."""
    due = [(item, f"{item.name} {_when(item.day, today, 'is', 'was')}") for item in
           tx.dues.questionnaires(today + OWNERS_AHEAD)]  # fmt: skip
    due += [(item, f"Questions you have in {item.name} {_when(item.day, today, 'are', 'were')}") for item in
            tx.dues.questions(today + ASSIGNEES_AHEAD)]  # fmt: skip
    wanted = dict.fromkeys((item.person, f"questionnaire {item.questionnaire}", text) for item, text in due)
    told = tx.dues.told({item.questionnaire for item, _ in due})
    muted = {account.id for account in tx.people.all() if Kind.DUE.value in account.muted}
    return [each for each in wanted if each not in told and each[0] not in muted]


def _when(day: date, today: date, now: str, before: str) -> str:
    return f"{before if urgency(day, today) is Urgency.LATE else now} due on {day.day} {day:%b %Y}"
