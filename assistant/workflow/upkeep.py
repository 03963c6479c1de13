"""Keeping what is known true: reviews, owners, and evidence that changed."""

from __future__ import annotations

from dataclasses import replace

from assistant.errors import ConflictError, InvalidValueError, StateError
from assistant.people import Permission, Person
from assistant.statement import Passage
from assistant.workflow.entries import check_used, readable, saved
from assistant.workflow.knowledge import KnowledgeKeeper
from assistant.workflow.library import REVIEW_AFTER
from assistant.workflow.ports import Clock, Store, Transaction
from assistant.workflow.shelf import Decision, EntryRecord, pinned


class Upkeep:
    """What reviewers do about entries that are due, and about what was said of pairs for good."""

    def __init__(self, store: Store, knowledge: KnowledgeKeeper, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._knowledge, self._clock = store, knowledge, clock

    def confirm(self, by: Person, entry: int, version: int) -> EntryRecord:
        """Return the entry, said to be true for another period: its evidence is what stands there now.

        :raises ConflictError: when somebody else changed it since `version`.
        :raises StateError: when it is not in use.
        """
        by.require(Permission.KEEP_LIBRARY)
        with self._store.writing() as tx:
            return self.confirmed(tx, by, entry, version)

    def confirmed(self, tx: Transaction, by: Person, entry: int, version: int) -> EntryRecord:
        """Return the same as `confirm`, as part of `tx`."""
        today, before = self._clock().date(), readable(by, tx.library.get(entry))
        check_used(before)
        if before.version != version:
            raise ConflictError("Somebody else changed this entry meanwhile. Read what stands there now.")
        current = replace(
            before.entry,
            approved_by=by.name,
            approved_on=today,
            review_by=today + REVIEW_AFTER,
            evidence=pinned(before.entry.evidence, self._knowledge.knowledge.passages()),
        )
        return saved(tx, by, "confirmed", before, replace(before, entry=current))

    def reassign(self, by: Person, entry: int, owner: str) -> EntryRecord:
        """Return the entry with another owner: an address, which need not be of an account.

        :raises InvalidValueError: when there is no address.
        """
        by.require(Permission.KEEP_LIBRARY)
        with self._store.writing() as tx:
            return given(tx, by, entry, owner)

    def decisions(self, by: Person) -> list[tuple[Decision, tuple[Passage | None, Passage | None]]]:
        """Return what was said of pairs for good, the latest first, with the passages there still are.

        Of a rejected pair only the second may be one: the first is a question.
        """
        by.require(Permission.KEEP_LIBRARY)
        with self._store.reading() as tx:
            found = tx.library.decisions()
        look = self._knowledge.passage
        return [(item, (look(item.one) if item.both_right else None, look(item.other))) for item in found]

    def take_back(self, by: Person, decision: Decision) -> None:
        """Forget what was said of a pair: it is offered, or listed as a conflict, again.

        :raises StateError: when it was taken back already.
        """
        by.require(Permission.KEEP_LIBRARY)
        with self._store.writing() as tx:
            if not tx.library.take_back(decision):
                raise StateError("This was taken back already.")
            action = "both right taken back" if decision.both_right else "rejection taken back"
            tx.audit.record(by, action, "library", {"one": decision.one, "other": decision.other})

    def owners(self, by: Person) -> list[str]:
        """Return the addresses of the people who may own something, for choosing."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            return [account.email for account in tx.people.all() if account.active]


def given(tx: Transaction, by: Person, entry: int, owner: str) -> EntryRecord:
    """Return the entry with another owner.

    :raises InvalidValueError: when `owner` is no address.
    :raises StateError: when the entry is not in use.
    """
    owner = owner.strip()
    if "@" not in owner or any(character.isspace() for character in owner):
        raise InvalidValueError("The owner is named by an e-mail address.")
    before = readable(by, tx.library.get(entry))
    check_used(before)
    return saved(tx, by, "owner changed", before, replace(before, entry=replace(before.entry, owner=owner)))
