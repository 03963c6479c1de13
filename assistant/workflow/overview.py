"""What the lists show: questionnaires with their progress, the people. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from assistant.people import Permission, Person
from assistant.workflow import visibility
from assistant.workflow.ports import Store
from assistant.workflow.records import Account, AuditEvent, QuestionnaireRecord, Stage
from assistant.workflow.tally import Tally, state_name


@dataclass(frozen=True, slots=True)
class Progress:
    """A questionnaire with how far it is, as one person sees it.

    `tally` counts all its questions, or only what is assigned to somebody who sees no more; `mine` counts what is
    assigned to the person. `undone` are approvals the application took back, and `completed` says whether a document
    was ever made.
    """

    record: QuestionnaireRecord
    tally: Tally
    owner: str
    mine: Tally = field(default_factory=Tally)
    whole: bool = True
    undone: int = 0
    completed: bool = False

    @property
    def changed(self) -> bool:
        """Return whether answers were changed since a document was completed."""
        return self.completed and self.record.stage is Stage.OPEN

    @property
    def state(self) -> str:
        """Return its state as pages show it."""
        if self.changed:
            return "changed since it was completed"
        if self.record.stage is Stage.COMPLETED and self.tally.open:
            return f"completed, {self.tally.open} still open"
        return state_name(self.record, self.tally)

    @property
    def done(self) -> bool:
        """Return whether nothing is left to do here: the document is current and every answer is approved."""
        if not self.whole:
            return self.record.stage is Stage.SENT or not self.mine.open
        return self.record.stage is Stage.SENT or (self.record.stage is Stage.COMPLETED and not self.tally.open)

    def wants(self, person: Person) -> str:
        """Return what the questionnaire needs of `person` now, "" when it waits for somebody else."""
        stage, owned = self.record.stage, self.record.owner == person.id
        if self.record.archived or stage in (Stage.SENT, Stage.DRAFTING):
            return ""
        if stage is Stage.LAYOUT:
            return self.state if owned else ""
        given = self.mine.unanswered + self.mine.drafted
        parts = [f"{given} assigned to you"] if given else []
        approves = person.may(Permission.APPROVE) and self.whole
        if approves and self.tally.submitted:
            parts.append(f"{self.tally.submitted} to approve")
        if (approves or owned) and self.undone:
            parts.append("approval undone" if self.undone == 1 else f"{self.undone} approvals undone")
        if (approves or owned) and self.changed:
            parts.append("changed since it was completed")
        return ", ".join(parts) or (self._wants_work() if owned and stage is Stage.OPEN else "")

    def _wants_work(self) -> str:
        if not self.tally.open:
            return "ready to complete"
        parts = ((self.tally.unanswered, "to answer"), (self.tally.drafted, "drafts to check"))
        return ", ".join(f"{count} {what}" for count, what in parts if count)


def sent_back_by(events: Iterable[AuditEvent], objection: str) -> int | None:
    """Return who sent an answer back for `objection`, by what was done to it; None when the application did."""
    for event in events:
        before, after = event.before or {}, event.after or {}
        if after.get("objection", after.get("reason")) == objection != before.get("objection"):
            return event.by
    return None


class Overview:
    """Lists over everything; each call is one transaction."""

    def __init__(self, store: Store) -> None:
        """Keep the database."""
        self._store = store

    def questionnaires(self, by: Person) -> list[Progress]:
        """Return every questionnaire that `by` may see with its progress, the most urgent first."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            records = visibility.seen(tx, by, tx.questionnaires.all())
            whole = {record.id for record in visibility.seen_whole(tx, by, records)}
            counts, mine = tx.listing.tallies(), tx.listing.tallies(by.id)
            undone, completed, names = tx.listing.undone(), tx.listing.completed(), tx.people.names()
        rows = [
            Progress(
                record,
                (counts if record.id in whole else mine).get(record.id, Tally()),
                names.get(record.owner, "somebody who left"),
                mine.get(record.id, Tally()),
                record.id in whole,
                undone.get(record.id, 0),
                record.id in completed,
            )
            for record in records
        ]
        return sorted(rows, key=lambda row: (row.record.due is None, row.record.due, -row.record.id))

    def customers(self, by: Person) -> list[str]:
        """Return the customers known, in order."""
        return self._names(by, lambda record: record.customer)

    def deals(self, by: Person) -> list[str]:
        """Return the deals known, in order."""
        return self._names(by, lambda record: record.deal)

    def _names(self, by: Person, name: Callable[[QuestionnaireRecord], str]) -> list[str]:
        """Return what `name` gives for the questionnaires that `by` may see, each once, in order."""
        with self._store.reading() as tx:
            known = {name(record) for record in visibility.seen(tx, by, tx.questionnaires.all())}
        return sorted(filter(None, known), key=lambda text: (text.casefold(), text))

    def accounts(self, by: Person) -> list[Account]:
        """Return every account by name.

        :raises PermissionDeniedError: to everybody but administrators.
        """
        by.require(Permission.ADMINISTER)
        with self._store.reading() as tx:
            return tx.people.all()
