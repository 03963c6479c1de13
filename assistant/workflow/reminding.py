"""Telling people what of theirs is due soon or overdue, once each; and reminding them when somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from assistant.errors import StateError
from assistant.people import Permission, Person
from assistant.workflow import visibility
from assistant.workflow.assignments import waits_in
from assistant.workflow.changing import require_open
from assistant.workflow.dues import Urgency, urgency
from assistant.workflow.notifying import Kind
from assistant.workflow.ports import Clock, Store, Transaction

OWNERS_AHEAD = timedelta(days=2)
"""How long before a questionnaire is due its owner is told."""
ASSIGNEES_AHEAD = timedelta(days=1)
"""How long before a question is due those are told who have it."""


class Reminding:
    """Reminding somebody of what they have."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep what the use case needs."""
        self._store, self._clock = store, clock

    def remind(self, by: Person, questionnaire: int, person: int) -> str:
        """Remind `person` of the questions that wait for them; return their name.

        What they have not looked at yet is told once.

        :raises StateError: when nothing waits for them, or they would not hear of it.
        """
        by.require(Permission.ASSIGN)
        now = self._clock()
        with self._store.writing() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
            require_open(record)
            account = tx.people.get(person)
            name = account.name if account is not None else "They"
            if account is None or not account.active:
                raise StateError(f"{name} cannot sign in any more: give the questions to somebody else.")
            if Kind.DUE.value in account.muted:
                raise StateError(f"{name} switched off to be told of what is due: speak to them yourself.")
            given = {key: one for key, one in tx.assignments.of(questionnaire).items() if one.person == person}
            states = waits_in(account.person)
            waiting = [item.id for item in tx.questionnaires.some(list(given)) if item.answer.state in states]
            if not waiting:
                raise StateError(f"Nothing of it waits for {name} any more.")
            day = min((due for key in waiting if (due := given[key].due or record.due)), default=None)
            what = "a question" if len(waiting) == 1 else f"{len(waiting)} questions"
            until = f", due {day.day} {day:%b %Y}" if day else ""
            told = f"{by.name} reminds you of {what} of {record.customer}{until}"
            if person in tx.notifications.unseen_since(Kind.DUE, record.subject, by.id):
                tx.notifications.go_on(person, Kind.DUE, record.subject, by.id, told)
            else:
                tx.notifications.add(person, Kind.DUE, record.subject, told, by.id, now)
            tx.audit.record(by, "reminded", record.subject, None, {"person": name, "questions": len(waiting)})
        return name


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
