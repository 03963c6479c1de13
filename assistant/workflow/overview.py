"""What the lists show: questionnaires with their progress, the people, the audit log. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import State
from assistant.people import Permission, Person
from assistant.workflow.ports import Store
from assistant.workflow.records import Account, AuditEvent, QuestionnaireRecord, Stage, state_name


@dataclass(frozen=True, slots=True)
class Progress:
    """A questionnaire with how far it is."""

    record: QuestionnaireRecord
    counts: Mapping[State, int]
    owner: str

    @property
    def total(self) -> int:
        """Return how many questions it has."""
        return sum(self.counts.values())

    @property
    def state(self) -> str:
        """Return its state as pages show it."""
        return state_name(self.record, self.counts)

    @property
    def done(self) -> bool:
        """Return whether nothing is left to do here."""
        return self.record.stage in (Stage.COMPLETED, Stage.SENT)

    def wants(self, person: Person) -> str:
        """Return what the questionnaire needs of `person` now, "" when it waits for somebody else."""
        stage, mine = self.record.stage, self.record.owner == person.id
        unanswered, drafted = self.counts.get(State.UNANSWERED, 0), self.counts.get(State.DRAFTED, 0)
        submitted = self.counts.get(State.SUBMITTED, 0)
        if stage is Stage.LAYOUT:
            return self.state if mine else ""
        if stage is not Stage.OPEN:
            return ""
        if person.may(Permission.APPROVE) and submitted:
            return f"{submitted} to approve"
        if mine and self.counts.get(State.APPROVED, 0) == self.total:
            return "ready to complete"
        if mine and (unanswered or drafted):
            parts = ((unanswered, "to answer"), (drafted, "drafts to check"))
            return ", ".join(f"{count} {what}" for count, what in parts if count)
        # Whoever may upload waits for their own; who only answers is here for everybody's questions.
        answers_only = person.may(Permission.EDIT) and not person.may(Permission.UPLOAD)
        return f"{unanswered} to answer" if unanswered and answers_only else ""


class Overview:
    """Lists over everything; each call is one transaction."""

    def __init__(self, store: Store) -> None:
        """Keep the database."""
        self._store = store

    def questionnaires(self, by: Person) -> list[Progress]:
        """Return every questionnaire with its progress, the most urgent first."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            counts, names = tx.questionnaires.counts(), tx.people.names()
            rows = [
                Progress(record, counts.get(record.id, {}), names.get(record.owner, "somebody who left"))
                for record in tx.questionnaires.all()
            ]
        return sorted(rows, key=lambda row: (row.record.due is None, row.record.due, -row.record.id))

    def customers(self, by: Person) -> list[str]:
        """Return the customers known, in order."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            return tx.questionnaires.customers()

    def accounts(self, by: Person) -> list[Account]:
        """Return every account by name.

        :raises PermissionDeniedError: to everybody but administrators.
        """
        by.require(Permission.ADMINISTER)
        with self._store.reading() as tx:
            return tx.people.all()

    def log(
        self, by: Person, subject: str | None, limit: int, offset: int
    ) -> tuple[Sequence[AuditEvent], Mapping[int, str]]:
        """Return events of the audit log, newest first, and the names of accounts.

        :raises PermissionDeniedError: to everybody but administrators.
        """
        by.require(Permission.ADMINISTER)
        with self._store.reading() as tx:
            return tx.audit.events(subject, limit, offset), tx.people.names()

    def faults(self, by: Person) -> list[str]:
        """Return every place where the chain of the audit log does not hold.

        :raises PermissionDeniedError: to everybody but administrators.
        """
        by.require(Permission.ADMINISTER)
        with self._store.reading() as tx:
            return tx.audit.faults()
