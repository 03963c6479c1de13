"""Keeping what is known true: reviews, owners, and evidence that changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.errors import ConflictError, InvalidValueError, StateError
from assistant.people import Permission, Person
from assistant.statement import LibraryEntry, Passage
from assistant.workflow.knowledge import KnowledgeKeeper
from assistant.workflow.library import REVIEW_AFTER, readable, saved
from assistant.workflow.ports import Clock, Store, Transaction
from assistant.workflow.shelf import Decision, EntryRecord, changed_evidence, evidence_of


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
        today = self._clock().date()
        with self._store.writing() as tx:
            before = _in_use(by, tx, entry)
            if before.version != version:
                raise ConflictError("Somebody else changed this entry meanwhile. Read what stands there now.")
            current = replace(
                before.entry,
                approved_by=by.name,
                approved_on=today,
                review_by=today + REVIEW_AFTER,
                evidence=self._current(before.entry),
            )
            return saved(tx, by, "confirmed", before, replace(before, entry=current))

    def _current(self, entry: LibraryEntry) -> tuple[str, ...]:
        """Return the evidence of `entry`, what changed of it as it stands now; what is gone without its mark."""
        changed = changed_evidence(entry, self._knowledge.marks)
        passages = self._knowledge.knowledge.passages()
        return tuple(
            _renewed(piece, passages) if piece in changed else piece for piece in dict.fromkeys(entry.evidence)
        )

    def reassign(self, by: Person, entry: int, owner: str) -> EntryRecord:
        """Return the entry with another owner: an address, which need not be of an account.

        :raises InvalidValueError: when there is no address.
        """
        by.require(Permission.KEEP_LIBRARY)
        owner = owner.strip()
        if "@" not in owner or any(character.isspace() for character in owner):
            raise InvalidValueError("The owner is named by an e-mail address.")
        with self._store.writing() as tx:
            before = _in_use(by, tx, entry)
            return saved(tx, by, "owner changed", before, replace(before, entry=replace(before.entry, owner=owner)))

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


def _in_use(by: Person, tx: Transaction, entry: int) -> EntryRecord:
    record = readable(by, tx.library.get(entry))
    if record.retired or record.proposed:
        raise StateError("This entry is not in use.")
    return record


def _renewed(piece: str, passages: Iterable[Passage]) -> str:
    """Return the evidence with the mark of what stands at its place now, or without one when nothing does."""
    place = piece.rpartition(" ")[0]
    path, _, lines = place.rpartition(":")
    first = lines.partition("-")[0]
    found = next((p for p in passages if p.path == path and str(p.lines[0]) == first), None)
    return evidence_of(found.path, found.lines, found.digest) if found is not None else place
