"""What waits for those who approve: in which questionnaires, since when; and telling them when something comes in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assistant.people import GRANTS, Permission, Person
from assistant.workflow import visibility
from assistant.workflow.notifying import Kind
from assistant.workflow.ports import Store, Transaction
from assistant.workflow.records import QuestionnaireRecord
from assistant.workflow.submissions import Waiting


@dataclass(frozen=True, slots=True)
class Pile:
    """The submitted answers of one questionnaire; the first of them waits since `since`."""

    record: QuestionnaireRecord
    count: int
    since: datetime


class Approvals:
    """What waits for whoever may approve, over all questionnaires of which they see everything.

    Under four eyes nobody approves their own wording, so that it waits for others only.
    """

    def __init__(self, store: Store, *, four_eyes: bool = False) -> None:
        """Keep the database."""
        self._store = store
        self._four_eyes = four_eyes

    def count(self, by: Person) -> int:
        """Return how many answers wait for `by`, without the questions they have: those are counted as theirs."""
        if not by.may(Permission.APPROVE):
            return 0
        with self._store.reading() as tx:
            return sum(found.count - found.theirs for found in self._found(tx, by))

    def piles(self, by: Person) -> list[Pile]:
        """Return what waits for `by`, what came in first first; nothing for who may not approve."""
        if not by.may(Permission.APPROVE):
            return []
        with self._store.reading() as tx:
            found = self._found(tx, by)
            since = tx.submissions.since([waiting.id for waiting in found])
            records = {record.id: record for record in (tx.questionnaires.all() if found else [])}
            piles = [Pile(records[each.id], each.count, since[each.id]) for each in found]
        return sorted(piles, key=lambda pile: (pile.since, pile.record.id))

    def _found(self, tx: Transaction, by: Person) -> list[Waiting]:
        return list(visibility.seen_whole(tx, by, tx.submissions.waiting(by.id, of_others=self._four_eyes)))


def tell_reviewers(tx: Transaction, by: Person, record: QuestionnaireRecord, count: int, at: datetime) -> None:
    """Tell those who approve, and see all of the questionnaire, that `by` submitted `count` answers of it.

    What they have not looked at yet is told once, with all that `by` submitted since: who submits one answer after the
    other is one thing to hear of.
    """
    begun = tx.notifications.unseen_since(Kind.SUBMITTED, record.subject, by.id)
    for account in tx.people.all():
        may = account.active and Permission.APPROVE in GRANTS[account.role]
        if not (may and visibility.sees_whole(tx, account.person, record)):
            continue
        if account.id in begun:
            told = _sentence(by, record, tx.submissions.handed_in(record.id, by.id, begun[account.id]))
            tx.notifications.go_on(account.id, Kind.SUBMITTED, record.subject, by.id, told)
        else:
            tx.notifications.add(account.id, Kind.SUBMITTED, record.subject, _sentence(by, record, count), by.id, at)


def _sentence(by: Person, record: QuestionnaireRecord, count: int) -> str:
    return (
        f"{by.name} submitted {'an answer' if count == 1 else f'{count} answers'} of {record.customer}'s questionnaire"
    )
