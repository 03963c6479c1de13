"""Reading the audit log: page by page, as a whole for an export, and the check of its chain. For administrators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.people import Permission, Person
from assistant.workflow.auditing import AuditFilter
from assistant.workflow.ports import Store, Transaction
from assistant.workflow.records import AuditEvent

BATCH = 1000
"""Events read at a time for an export."""


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some events, newest first, with the `names` of accounts and what the things they speak of are `called`.

    `older` and `newer` say whether there are more on either side.
    """

    events: tuple[AuditEvent, ...]
    names: Mapping[int, str]
    called: Mapping[str, str]
    older: bool
    newer: bool


class AuditLog:
    """The log, for administrators only."""

    def __init__(self, store: Store) -> None:
        """Keep the database."""
        self._store = store

    def page(
        self, by: Person, wanted: AuditFilter, size: int, *, before: int | None = None, after: int | None = None
    ) -> LogPage:
        """Return up to `size` events that pass the filter: the newest, or those next to an event's id.

        :raises PermissionDeniedError: to everybody but administrators.
        """
        by.require(Permission.ADMINISTER)
        with self._store.reading() as tx:
            found = tx.audit.found(wanted, size + 1, before=before, after=after)
            more = len(found) > size
            # One more than wanted tells that there are more; it stands on the far side of the page.
            shown = (found[1:] if more else found) if after is not None else found[:size]
            return LogPage(
                tuple(shown),
                tx.people.names(),
                _called(tx, shown),
                older=more if after is None else bool(shown),
                newer=more if after is not None else before is not None and bool(shown),
            )

    def actions(self, by: Person) -> list[str]:
        """Return every action that was ever recorded, in order.

        :raises PermissionDeniedError: to everybody but administrators.
        """
        by.require(Permission.ADMINISTER)
        with self._store.reading() as tx:
            return tx.audit.actions()

    def things(self, by: Person) -> Mapping[str, str]:
        """Return what the log calls each questionnaire -> what people call it, the newest first.

        :raises PermissionDeniedError: to everybody but administrators.
        """
        by.require(Permission.ADMINISTER)
        with self._store.reading() as tx:
            return {record.subject: f"{record.customer}, {record.name}" for record in tx.questionnaires.all()}

    def export(self, by: Person, wanted: AuditFilter) -> tuple[Iterator[AuditEvent], Mapping[int, str]]:
        """Return all events that pass the filter, newest first, read while they are consumed; and the accounts' names.

        That they were exported is recorded first.

        :raises PermissionDeniedError: to everybody but administrators.
        """
        by.require(Permission.ADMINISTER)
        with self._store.writing() as tx:
            tx.audit.record(by, "exported the audit log", "audit log", None, _told(wanted))
            names = tx.people.names()
        return self._all(wanted), names

    def faults(self, by: Person) -> list[str]:
        """Return every place where the chain does not hold.

        :raises PermissionDeniedError: to everybody but administrators.
        """
        by.require(Permission.ADMINISTER)
        with self._store.reading() as tx:
            return tx.audit.faults()

    def _all(self, wanted: AuditFilter) -> Iterator[AuditEvent]:
        # The log only grows, at its end: batches from there backwards fit together without one long transaction.
        before = None
        while True:
            with self._store.reading() as tx:
                batch = tx.audit.found(wanted, BATCH, before=before)
            yield from batch
            if len(batch) < BATCH:
                return
            before = batch[-1].id


def _called(tx: Transaction, events: Iterable[AuditEvent]) -> dict[str, str]:
    """Return what the questions, questionnaires and accounts of `events` are called; what is gone is left out."""
    keys: dict[str, set[int]] = {"questionnaire": set(), "question": set(), "account": set()}
    for event in events:
        kind, _, key = event.subject.partition(" ")
        if kind in keys and key.isascii() and key.isdecimal():
            keys[kind].add(int(key))
    called = {f"account {who}": name for who, name in tx.people.names().items() if who in keys["account"]}
    if not (keys["questionnaire"] or keys["question"]):
        return called
    records = {record.id: record for record in tx.questionnaires.all()}
    for item in tx.questionnaires.some(keys["question"]):
        if item.questionnaire in records:
            number = item.question.number or f"#{item.position + 1}"
            called[item.subject] = f"{number} of {records[item.questionnaire].customer}"
    for record in (records[key] for key in keys["questionnaire"] & records.keys()):
        called[record.subject] = f"{record.customer}, {record.name}"
    return called


def _told(wanted: AuditFilter) -> dict[str, object]:
    every: dict[str, object] = {"by": wanted.by, "action": wanted.action, "subject": wanted.subject}
    every |= {"from": wanted.begin, "before": wanted.end}
    return {name: value for name, value in every.items() if value not in (None, "")}
