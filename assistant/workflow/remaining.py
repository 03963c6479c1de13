"""What is left of one questionnaire, and who has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.answer import State
from assistant.people import Person
from assistant.workflow import visibility
from assistant.workflow.assignments import waits_in
from assistant.workflow.drafting import answered_already
from assistant.workflow.dues import Urgency, urgency
from assistant.workflow.ports import Store
from assistant.workflow.records import QuestionnaireRecord, QuestionRecord


@dataclass(frozen=True, slots=True)
class Share:
    """What one person has; `person` is None and `name` "" for what nobody has.

    Each question comes with the day it is wanted by. `waiting` of them wait for that person.
    """

    person: int | None
    name: str
    questions: tuple[tuple[QuestionRecord, date | None], ...]
    waiting: int = 0

    def count(self, *states: State) -> int:
        """Return how many of them are in one of `states`."""
        return sum(item.answer.state in states for item, _ in self.questions)

    def overdue(self, today: date) -> int:
        """Return how many were wanted before `today`."""
        return sum(urgency(due, today) is Urgency.LATE for _, due in self.questions)


@dataclass(frozen=True, slots=True)
class Left:
    """What is left: the shares of those who have something, and last what nobody has."""

    record: QuestionnaireRecord
    total: int
    shares: tuple[Share, ...]

    @property
    def open(self) -> int:
        """Return how many questions are left."""
        return sum(len(share.questions) for share in self.shares)


class Remaining:
    """Chasing what is left."""

    def __init__(self, store: Store) -> None:
        """Keep the database."""
        self._store = store

    def of(self, by: Person, questionnaire: int) -> Left:
        """Return what is left of a questionnaire, as far as `by` may see it.

        What is approved, and what the customer's file answers itself, is not left.

        :raises NotFoundError: when there is none for `by`.
        """
        with self._store.reading() as tx:
            record = visibility.require(tx, by, questionnaire)
            questions = visibility.own(tx, by, tx.questionnaires.questions(questionnaire), record)
            given, names = tx.assignments.of(questionnaire), tx.people.names()
            accounts = {account.id: account for account in tx.people.all()}
        shares: dict[int | None, list[tuple[QuestionRecord, date | None]]] = {}
        for item in questions:
            if item.answer.state is State.APPROVED:
                continue
            if item.answer.state is State.UNANSWERED and answered_already(item.question):
                continue
            assignment = given.get(item.id)
            holder = assignment.person if assignment else None
            shares.setdefault(holder, []).append((item, assignment.due if assignment else None))
        found = []
        for holder, items in shares.items():
            account = accounts.get(holder) if holder is not None else None
            states = waits_in(account.person) if account is not None and account.active else ()
            name = names.get(holder, "somebody who left") if holder is not None else ""
            waiting = sum(item.answer.state in states for item, _ in items)
            found.append(Share(holder, name, tuple(items), waiting))
        return Left(
            record, len(questions), tuple(sorted(found, key=lambda share: (not share.name, share.name.casefold())))
        )
