"""What the lists show: questionnaires with their progress, the people, the audit log. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from assistant.answer import State
from assistant.errors import NotFoundError
from assistant.people import Permission, Person
from assistant.workflow.drafting import answered_already
from assistant.workflow.ports import Store, Transaction
from assistant.workflow.records import Account, AuditEvent, QuestionnaireRecord, Stage, state_name


@dataclass(frozen=True, slots=True)
class Progress:
    """A questionnaire with how far it is.

    `kept` questions are answered in the customer's file already, `undone` are approvals the application
    took back, and `completed` says whether a document was ever made.
    """

    record: QuestionnaireRecord
    counts: Mapping[State, int]
    owner: str
    kept: int = 0
    undone: int = 0
    completed: bool = False

    @property
    def total(self) -> int:
        """Return how many questions it has."""
        return sum(self.counts.values())

    @property
    def open(self) -> int:
        """Return how many questions have no approved answer yet, nor one in the customer's file."""
        return self.total - self.counts.get(State.APPROVED, 0) - self.kept

    @property
    def changed(self) -> bool:
        """Return whether answers were changed since a document was completed."""
        return self.completed and self.record.stage is Stage.OPEN

    @property
    def state(self) -> str:
        """Return its state as pages show it."""
        if self.changed:
            return "changed since it was completed"
        if self.record.stage is Stage.COMPLETED and self.open:
            return f"completed, {self.open} still open"
        return state_name(self.record, self.counts)

    @property
    def done(self) -> bool:
        """Return whether nothing is left to do here: the document is current and every answer is approved."""
        return self.record.stage is Stage.SENT or (self.record.stage is Stage.COMPLETED and not self.open)

    def wants(self, person: Person) -> str:
        """Return what the questionnaire needs of `person` now, "" when it waits for somebody else."""
        stage, mine = self.record.stage, self.record.owner == person.id
        if stage is Stage.LAYOUT:
            return self.state if mine else ""
        if stage not in (Stage.OPEN, Stage.COMPLETED):
            return ""
        submitted = self.counts.get(State.SUBMITTED, 0)
        approves = person.may(Permission.APPROVE)
        parts = [f"{submitted} to approve"] if approves and submitted else []
        if (approves or mine) and self.undone:
            parts.append("approval undone" if self.undone == 1 else f"{self.undone} approvals undone")
        if (approves or mine) and self.changed:
            parts.append("changed since it was completed")
        return ", ".join(parts) or (self._wants_work(person, mine) if stage is Stage.OPEN else "")

    def _wants_work(self, person: Person, mine: bool) -> str:
        unanswered, drafted = self.counts.get(State.UNANSWERED, 0) - self.kept, self.counts.get(State.DRAFTED, 0)
        if mine and not self.open:
            return "ready to complete"
        if mine and (unanswered or drafted):
            parts = ((unanswered, "to answer"), (drafted, "drafts to check"))
            return ", ".join(f"{count} {what}" for count, what in parts if count)
        # Whoever may upload waits for their own; who only answers is here for everybody's questions.
        answers_only = person.may(Permission.EDIT) and not person.may(Permission.UPLOAD)
        return f"{unanswered} to answer" if unanswered and answers_only else ""


def _progress(tx: Transaction, record: QuestionnaireRecord, counts: Mapping[State, int], owner: str) -> Progress:
    """Return the progress of one; its questions are read only where their number alone does not tell it."""
    found = Progress(record, counts, owner)
    if record.stage not in (Stage.OPEN, Stage.COMPLETED):
        return found
    kept, undone = 0, 0
    if counts.get(State.UNANSWERED) or counts.get(State.DRAFTED):
        for item in tx.questionnaires.questions(record.id):
            kept += item.answer.state is State.UNANSWERED and answered_already(item.question)
            objection = item.answer.objection
            undone += bool(objection) and sent_back_by(tx.audit.events(item.subject), objection) is None
    return replace(found, kept=kept, undone=undone, completed=bool(tx.questionnaires.completed(record.id)))


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
        """Return every questionnaire with its progress, the most urgent first."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            counts, names = tx.questionnaires.counts(), tx.people.names()
            rows = [
                _progress(tx, record, counts.get(record.id, {}), names.get(record.owner, "somebody who left"))
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

    def subjects(self, by: Person, events: Iterable[AuditEvent]) -> Mapping[str, str]:
        """Return what the questions and questionnaires of `events` are called; what was deleted is left out.

        :raises PermissionDeniedError: to everybody but administrators.
        """
        by.require(Permission.ADMINISTER)
        called: dict[str, str] = {}
        with self._store.reading() as tx:
            records = {record.id: record for record in tx.questionnaires.all()}
            for subject in {event.subject for event in events}:
                kind, _, key = subject.partition(" ")
                if kind == "questionnaire" and key.isdecimal() and int(key) in records:
                    record = records[int(key)]
                    called[subject] = f"{record.customer}, {record.name}"
                elif kind == "question" and key.isdecimal():
                    with suppress(NotFoundError):
                        item = tx.questionnaires.question(int(key))
                        number = item.question.number or f"#{item.position + 1}"
                        called[subject] = f"{number} of {records[item.questionnaire].customer}"
        return called

    def faults(self, by: Person) -> list[str]:
        """Return every place where the chain of the audit log does not hold.

        :raises PermissionDeniedError: to everybody but administrators.
        """
        by.require(Permission.ADMINISTER)
        with self._store.reading() as tx:
            return tx.audit.faults()
