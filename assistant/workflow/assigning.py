"""Giving questions to people, taking them back, and what somebody has to do over all questionnaires."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.errors import InvalidValueError
from assistant.people import GRANTS, Permission, Person
from assistant.workflow import visibility
from assistant.workflow.assignments import Assignment, waits_in
from assistant.workflow.changing import require_open
from assistant.workflow.notifying import Kind
from assistant.workflow.ports import Clock, Store, Transaction
from assistant.workflow.records import QuestionnaireRecord, QuestionRecord, Stage


@dataclass(frozen=True, slots=True)
class Task:
    """A question that somebody has, with its questionnaire, and whether it waits for them."""

    assignment: Assignment
    record: QuestionnaireRecord
    item: QuestionRecord
    waits: bool

    @property
    def due(self) -> date | None:
        """Return by when it is wanted: the day named for it, else that of the questionnaire."""
        return self.assignment.due or self.record.due


class Assigning:
    """Who has which question."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._clock = store, clock

    def people(self, by: Person) -> list[Person]:
        """Return everybody who can be given questions, by name."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            return _people(tx)

    def assign(self, by: Person, questionnaire: int, questions: Collection[int], person: int, due: date | None) -> int:
        """Give the questions to `person`, wanted by `due`, and tell them; return how many that changes.

        :raises InvalidValueError: when `person` cannot answer questions, or `due` has passed.
        """
        by.require(Permission.ASSIGN)
        now = self._clock()
        if due is not None and due < now.date():
            raise InvalidValueError(f"{due.isoformat()} has passed; name a day from today on.")
        with self._store.writing() as tx:
            record = visibility.require(tx, by, questionnaire)
            if record.restricted:  # who has a question of it sees that question: to say so is for its members
                visibility.require_whole(tx, by, questionnaire)
            require_open(record)
            who = next((one for one in _people(tx) if one.id == person), None)
            if who is None:
                raise InvalidValueError("Choose who is to have it: somebody with an active account.")
            before, names = tx.assignments.of(questionnaire), tx.people.names()
            given = []
            for item in _wanted(tx, by, record, questions):
                old = before.get(item.id)
                if old is not None and (old.person, old.due) == (person, due):
                    continue
                given.append(Assignment(item.id, questionnaire, person, due, by.id, now))
                told = {"person": who.name, "due": due.isoformat() if due else None}
                tx.audit.record(by, "assigned", item.subject, _told(names, old), told)
                if len(questions) == 1:
                    tx.notifications.add(
                        person, Kind.ASSIGNED, item.subject, _sentence(by, item.name, record, due), by.id, now
                    )
            tx.assignments.put(given)
            if given and len(questions) > 1:
                what = "1 question" if len(given) == 1 else f"{len(given)} questions"
                sentence = _sentence(by, what, record, due)
                tx.notifications.add(person, Kind.ASSIGNED, record.subject, sentence, by.id, now)
        return len(given)

    def unassign(self, by: Person, questionnaire: int, questions: Collection[int]) -> int:
        """Let nobody have the questions; return how many that changes. Whoever may not assign hands back their own."""
        by.require(Permission.EDIT)
        with self._store.writing() as tx:
            record = visibility.require(tx, by, questionnaire)
            before, names = tx.assignments.of(questionnaire), tx.people.names()
            gone = [item for item in _wanted(tx, by, record, questions) if item.id in before]
            if any(before[item.id].person != by.id for item in gone):
                by.require(Permission.ASSIGN)
            tx.assignments.remove([item.id for item in gone])
            now = self._clock()
            for item in gone:
                old = before[item.id]
                tx.audit.record(by, "took the assignment back", item.subject, _told(names, old), None)
                if old.person == by.id:
                    told = f"{by.name} handed {item.name} of {record.customer} back"
                    tx.notifications.add(old.by, Kind.ASSIGNED, item.subject, told, by.id, now)
        return len(gone)

    def queue(self, by: Person) -> list[Task]:
        """Return what `by` has over all questionnaires where work goes on, the most urgent first."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            mine = tx.assignments.mine(by.id)
            records = {
                record.id: record
                for record in (tx.questionnaires.get(key) for key in {given.questionnaire for given in mine})
                if record.stage not in (Stage.SENT, Stage.LAYOUT) and record.archived is None
            }
            items = {item.id: item for item in tx.questionnaires.some([given.question for given in mine])}
        states = waits_in(by)
        tasks = [
            Task(
                given, records[given.questionnaire], items[given.question], items[given.question].answer.state in states
            )
            for given in mine
            if given.questionnaire in records
        ]
        return sorted(tasks, key=lambda task: (not task.waits, task.due is None, task.due, task.item.questionnaire))

    def waiting(self, by: Person) -> int:
        """Return how many of the questions that `by` has wait for them."""
        with self._store.reading() as tx:
            return tx.assignments.waiting(by.id, waits_in(by))


def _people(tx: Transaction) -> list[Person]:
    return [account.person for account in tx.people.all() if account.active and Permission.EDIT in GRANTS[account.role]]


def _wanted(
    tx: Transaction, by: Person, record: QuestionnaireRecord, questions: Collection[int]
) -> list[QuestionRecord]:
    """Return those of `questions` that are of this questionnaire and that `by` may see."""
    found = [item for item in tx.questionnaires.some(questions) if item.questionnaire == record.id]
    return visibility.own(tx, by, found, record)


def _told(names: Mapping[int, str], given: Assignment | None) -> dict[str, str | None] | None:
    if given is None:
        return None
    return {"person": names.get(given.person, "somebody who left"), "due": given.due.isoformat() if given.due else None}


def _sentence(by: Person, what: str, record: QuestionnaireRecord, due: date | None) -> str:
    until = f", due {due.day} {due:%b %Y}" if due else ""
    return f"{by.name} gave you {what} of {record.customer}{until}"
