"""The answer library: approved answers that may be used again, who proposes them and who decides.

What changes here is found by matching at the knowledge keeper's next look, seconds later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from assistant.answer import Answer, stands
from assistant.errors import ConflictError, InvalidValueError, PermissionDeniedError, StateError
from assistant.filling import understood
from assistant.people import Permission, Person
from assistant.statement import Audience, LibraryEntry, Scope
from assistant.workflow import visibility
from assistant.workflow.entries import (
    both_in_use,
    brought_back,
    check_names,
    check_open,
    proposer,
    readable,
    retired,
    saved,
    turned_down,
)
from assistant.workflow.knowledge import KnowledgeKeeper, may_read
from assistant.workflow.naming import Customers
from assistant.workflow.ports import Clock, Store, Transaction
from assistant.workflow.records import AuditEvent, QuestionRecord
from assistant.workflow.shelf import TAKEN, EntryRecord, Shelf, evidence_of, in_files, pinned, shape_of, tidied

REVIEW_AFTER = timedelta(days=365)
"""How long an entry is used before somebody has to look at it again."""


class AnswerLibrary:
    """What people propose, and what reviewers take in, change and retire."""

    def __init__(self, store: Store, knowledge: KnowledgeKeeper, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._knowledge, self._clock = store, knowledge, clock
        self.shelf = Shelf()

    def entry(self, by: Person, entry: int) -> EntryRecord:
        """Return one entry.

        :raises NotFoundError: when there is none that `by` may read.
        """
        by.require(Permission.READ)
        with self._store.reading() as tx:
            return readable(by, tx.library.get(entry))

    def entries(self, by: Person) -> list[tuple[int, LibraryEntry]]:
        """Return every entry in use that `by` may read, with its id."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            records = self.shelf.records(tx)
        return [
            (key, record.entry)
            for key, record in records.items()
            if not (record.retired or record.proposed) and may_read(by, record.entry.audience)
        ]

    def history(self, by: Person, entry: int) -> list[AuditEvent]:
        """Return what was done to an entry, newest first; not what it said while it was not for `by` to read."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            events = tx.audit.events(readable(by, tx.library.get(entry)).subject)
        return [event for event in events if may_read(by, _narrowest(event))]

    def take(self, by: Person, question: int) -> int:
        """Return the id of the entry made of an approved answer, for the scope it was given in.

        Whoever does not keep the library proposes it.

        :raises StateError: unless its approval stands, and what it rests on.
        :raises InvalidValueError: when question or answer name the customer.
        """
        by.require(Permission.KEEP_LIBRARY)
        return self._taken(by, question, proposed=False)

    def offer(self, by: Person, question: int) -> int:
        """Return the id of the proposal made of an approved answer, for a reviewer to take or turn down.

        :raises StateError: unless its approval stands, and what it rests on.
        :raises InvalidValueError: when question or answer name the customer.
        """
        by.require(Permission.EDIT)
        return self._taken(by, question, proposed=True)

    def _taken(self, by: Person, question: int, *, proposed: bool) -> int:
        with self._store.writing() as tx:
            item, record = visibility.require_question(tx, by, question)
            if not stands(item.answer, item.question, record.scope):
                raise StateError("Only an approved answer can be taken into the library.")
            # What was sent stays approved, whatever became of its sources since.
            if fault := self._knowledge.fault(item.answer, record.scope):
                raise StateError(f"{fault} Answer the question anew from what is true now, or write the entry anew.")
            entry, customers = self._made(by, item, record.scope), Customers(tx, by)
            if proposed:
                entry = replace(entry, approved_by="", approved_on=None)
            if customers.named(*entry.also_asked):
                entry = replace(entry, also_asked=())
            check_names(customers, entry)
            key = self._added(tx, by, entry, proposed=proposed, widen=not proposed)
            tx.audit.record(by, TAKEN[proposed], item.subject, None, {"entry": key})
        return key

    def _made(self, by: Person, item: QuestionRecord, scope: Scope) -> LibraryEntry:
        """Return the entry that an answer makes."""
        answer, today = item.answer, self._clock().date()
        asked, section = (" ".join(text.split()) for text in (item.question.text, item.question.section))
        # "Are the policies reviewed?" is known again by what its section is about.
        whole = f"{section}: {asked}" if section and not self._knowledge.stands_alone(asked) else ""
        return LibraryEntry(
            question=asked,
            answer=answer.text,
            product=scope.product,
            deployments=frozenset({scope.deployment} if scope.deployment else ()),
            also_asked=(whole,) if whole else (),
            choice=understood(answer.choice, item.question.choice_field) or "",
            owner=by.email,
            approved_by=by.name,
            approved_on=today,
            review_by=today + REVIEW_AFTER,
            evidence=tuple(evidence_of(c.path, c.lines, c.digest) for c in answer.citations),
            # What somebody wrote by hand for a customer under NDA may tell what only such customers may know.
            audience=Audience.NDA if scope.nda and answer.author is not None else self._audience(answer),
        )

    def _audience(self, answer: Answer) -> Audience:
        """Return who may be told what the answer rests on: everybody only if each of its passages is for everybody."""
        found = {self._knowledge.audience(citation) for citation in answer.citations}
        return Audience.PUBLIC if found <= {Audience.PUBLIC} else Audience.NDA

    def _added(self, tx: Transaction, by: Person, entry: LibraryEntry, *, proposed: bool, widen: bool = False) -> int:
        """Return the id of `entry`, saved, or with `widen` of the one it gives another wording to.

        :raises StateError: when the same is in the library already.
        """
        known = [*self.shelf.records(tx).values(), *in_files(self._knowledge.knowledge.library)]
        for record in known:
            other = record.entry
            if record.retired or not _says_the_same(other, entry):
                continue
            wordings = {asked.casefold() for asked in (other.question, *other.also_asked)}
            fresh = [asked for asked in (entry.question, *entry.also_asked) if asked.casefold() not in wordings]
            key = record.id if widen and not record.proposed else None
            if entry.question.casefold() in wordings and (key is None or not fresh):
                raise StateError(f"This answer is {'proposed' if record.proposed else 'in the library'} already.")
            if key is not None:
                wider = replace(record, entry=replace(other, also_asked=(*other.also_asked, *fresh)))
                saved(tx, by, "wording added", record, wider)
                return key
        return self._new(tx, by, entry, proposed=proposed)

    @staticmethod
    def _new(tx: Transaction, by: Person, entry: LibraryEntry, *, proposed: bool, replaces: int | None = None) -> int:
        key = tx.library.add(entry, proposed=proposed, replaces=replaces)
        record = tx.library.get(key)
        tx.audit.record(by, "proposed" if proposed else "added", record.subject, None, shape_of(record))
        return key

    def add(self, by: Person, entry: LibraryEntry) -> int:
        """Return the id of an entry that somebody wrote: of a proposal, unless they keep the library.

        :raises InvalidValueError: when something is missing, or it names a customer.
        """
        return self._written(by, entry, None, 0)

    def change(self, by: Person, entry: int, version: int, changed: LibraryEntry) -> int:
        """Return the id of the entry as it was changed: of a proposal to do so, unless they keep the library.

        :raises ConflictError: when somebody else changed it since `version`.
        :raises InvalidValueError: when something is missing, or it names a customer.
        """
        return self._written(by, changed, entry, version)

    def _written(self, by: Person, entry: LibraryEntry, changes: int | None, version: int) -> int:
        by.require(Permission.EDIT)
        keeps, entry = by.may(Permission.KEEP_LIBRARY), tidied(entry)
        entry = replace(entry, evidence=pinned(entry.evidence, self._knowledge.knowledge.passages()))
        if not keeps and entry.audience is Audience.INTERNAL:
            raise PermissionDeniedError("Only who may read what is internal can write it.")
        with self._store.writing() as tx:
            self.check(entry, Customers(tx, by))
            if changes is None:
                made = self._approved(by, entry) if keeps else replace(entry, owner=entry.owner or by.email)
                return self._added(tx, by, made, proposed=not keeps)
            before = readable(by, tx.library.get(changes))
            if before.version != version:
                raise ConflictError("Somebody else changed this entry meanwhile. Compare with what stands there now.")
            if before.retired:
                raise StateError("A retired entry is brought back before it is changed.")
            if not keeps and not (before.proposed and proposer(tx, before) == by.id):
                proposal = replace(entry, approved_by="", approved_on=None)
                return self._new(tx, by, proposal, proposed=True, replaces=changes)
            after = entry if before.proposed else self._approved(by, entry)
            saved(tx, by, "changed", before, replace(before, entry=after))
        return changes

    def _approved(self, by: Person, entry: LibraryEntry) -> LibraryEntry:
        """Return `entry` as `by` stands for it; of a proposal it says who made it until a reviewer takes it."""
        today = self._clock().date()
        return replace(
            entry,
            owner=entry.owner or by.email,
            approved_by=by.name,
            approved_on=today,
            review_by=entry.review_by or today + REVIEW_AFTER,
        )

    def check(self, entry: LibraryEntry, customers: Customers) -> None:
        """Return when the entry can stand in the library.

        :raises InvalidValueError: when something is missing, or it names one of the `customers`.
        """
        if not entry.question:
            raise InvalidValueError("An entry must have a question.")
        if not (entry.answer or entry.choice):
            raise InvalidValueError("An entry must have an answer or a choice.")
        if entry.product and entry.product not in self._knowledge.scopes:
            self._knowledge.checked(Scope(entry.product))
        check_names(customers, entry)

    def accept(self, by: Person, entry: int, version: int, target_version: int | None = None) -> int:
        """Return the id of the entry that a proposal became: its own, or that of the entry it changes.

        :raises ConflictError: when somebody else changed it since `version`, or the entry it changes since
            `target_version`.
        :raises StateError: when it is no proposal (any longer).
        """
        by.require(Permission.KEEP_LIBRARY)
        with self._store.writing() as tx:
            return self.accepted(tx, by, entry, version, target_version)

    def accepted(self, tx: Transaction, by: Person, entry: int, version: int, target_version: int | None) -> int:
        """Return the same as `accept`, as part of `tx`."""
        before = tx.library.get(entry)
        check_open(before)
        if before.version != version:
            raise ConflictError("Somebody changed this proposal meanwhile. Look at what stands there now.")
        self.check(before.entry, Customers(tx, by))
        taken = self._approved(by, before.entry)
        if before.replaces is None:
            saved(tx, by, "taken in", before, replace(before, entry=taken, proposed=False))
            return entry
        target = tx.library.get(before.replaces)
        if target.retired:
            raise StateError("The entry that this would change was retired meanwhile; bring it back first.")
        if target.version != target_version:
            raise ConflictError("The entry that this would change was changed meanwhile. Compare the proposal with it.")
        saved(tx, by, "changed", target, replace(target, entry=taken))
        saved(tx, by, "taken into its entry", before, replace(before, retired=True))
        return before.replaces

    def turn_down(self, by: Person, entry: int, reason: str) -> None:
        """Take a proposal off the list; whoever made it may do so as well.

        :raises StateError: when it is no proposal (any longer).
        :raises InvalidValueError: without a reason.
        """
        by.require(Permission.EDIT)
        with self._store.writing() as tx:
            turned_down(tx, by, entry, reason)

    def retire(self, by: Person, entry: int, reason: str = "") -> None:
        """Take an entry out of use; answers that rest on it are flagged.

        :raises StateError: when it is not in use.
        """
        by.require(Permission.KEEP_LIBRARY)
        with self._store.writing() as tx:
            retired(tx, by, entry, reason)

    def keep(self, by: Person, kept: int, other: int) -> None:
        """Let one of two entries stand and retire the other.

        :raises StateError: when one is not in use.
        """
        by.require(Permission.KEEP_LIBRARY)
        with self._store.writing() as tx:
            _, two = both_in_use(tx, by, kept, other)
            saved(tx, by, "retired", two, replace(two, retired=True), f"library entry {kept} is kept instead")

    def bring_back(self, by: Person, entry: int) -> None:
        """Put a retired entry, or a proposal that was turned down, back where it was.

        :raises StateError: when it is neither.
        :raises InvalidValueError: when it would be used and names somebody who became a customer meanwhile.
        """
        by.require(Permission.KEEP_LIBRARY)
        with self._store.writing() as tx:
            brought_back(tx, by, entry)

    def merge(self, by: Person, kept: int, other: int) -> None:
        """Let one of two entries stand for both: it is asked in the wordings of the other, which is retired.

        :raises StateError: when one is not in use, or they do not hold for the same.
        """
        by.require(Permission.KEEP_LIBRARY)
        with self._store.writing() as tx:
            one, two = both_in_use(tx, by, kept, other)
            if _reach(one.entry) != _reach(two.entry):
                raise StateError(
                    "They hold for other products, deployments or customers. Keep one, or make them hold for the same."
                )
            wordings = (*one.entry.also_asked, two.entry.question, *two.entry.also_asked)
            wider = tidied(replace(one.entry, also_asked=wordings))
            saved(tx, by, "wordings merged", one, replace(one, entry=wider), f"from library entry {other}")
            saved(tx, by, "retired", two, replace(two, retired=True), f"its wordings went to library entry {kept}")

    def all(self) -> list[LibraryEntry]:
        """Return every entry in use, for the console."""
        with self._store.reading() as tx:
            return [entry for _, entry in tx.library.all()]

    def bring_in(self, entries: Sequence[LibraryEntry]) -> int:
        """Save those of `entries` that are not there yet, from the console; return how many."""
        with self._store.writing() as tx:
            known = {replace(entry, line=0) for _, entry in tx.library.all()}
            fresh = [
                entry for entry in dict.fromkeys(replace(entry, line=0) for entry in entries) if entry not in known
            ]
            for entry in fresh:
                tx.library.add(entry)
            tx.audit.record(None, "imported", "library", None, {"entries": len(fresh)})
        return len(fresh)


def _narrowest(event: AuditEvent) -> Audience:
    """Return who may read an event of an entry: whoever may read what it said before and after."""
    told = {(shape or {}).get("audience") for shape in (event.before, event.after)}
    return Audience.INTERNAL if Audience.INTERNAL.value in told else Audience.PUBLIC


def _says_the_same(one: LibraryEntry, other: LibraryEntry) -> bool:
    return (one.answer, one.choice, _reach(one)) == (other.answer, other.choice, _reach(other))


def _reach(entry: LibraryEntry) -> tuple[str, frozenset[str], Audience]:
    """Return for what and for whom an entry holds."""
    return entry.product, entry.deployments, entry.audience
