"""What is done with a questionnaire besides answering it: drafted again, changed, archived, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Answer, State, undone
from assistant.errors import InvalidValueError, PermissionDeniedError, StateError
from assistant.people import Permission, Person
from assistant.workflow import visibility
from assistant.workflow.drafting import answered_already
from assistant.workflow.handing_over import is_carried
from assistant.workflow.intake import DRAFT
from assistant.workflow.naming import names
from assistant.workflow.notifying import Kind
from assistant.workflow.overview import sent_back_by
from assistant.workflow.ports import Clock, Store, Transaction
from assistant.workflow.records import Account, QuestionnaireRecord, QuestionRecord, Stage
from assistant.workflow.stages import reopen


class Keeping:
    """Changes of a questionnaire as a whole."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._clock = store, clock

    def stage(self, by: Person, questionnaire: int) -> tuple[Stage, bool]:
        """Return where the questionnaire stands, and whether `by` sees all of it."""
        with self._store.reading() as tx:
            record = visibility.require(tx, by, questionnaire)
            return record.stage, visibility.sees_whole(tx, by, record)

    def name(self, by: Person, questionnaire: int) -> str:
        """Return the name of its file."""
        with self._store.reading() as tx:
            return visibility.require_whole(tx, by, questionnaire).name

    def owners(self, by: Person, questionnaire: int) -> list[Account]:
        """Return who may own it: whoever may upload, and its owner."""
        with self._store.reading() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
            return [account for account in tx.people.all() if account.id == record.owner or _may_own(account)]

    def draft_again(self, by: Person, questionnaire: int) -> int:
        """Queue the drafting of what nobody worded, approved or sent back yet; return how many questions.

        :raises StateError: before what was found is confirmed, once it was sent, or when there is none.
        """
        by.require(Permission.UPLOAD)
        with self._store.writing() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
            if record.stage in (Stage.LAYOUT, Stage.SENT):
                raise StateError("Answers are drafted between confirming what was found and sending the document.")
            questions = tx.questionnaires.questions(questionnaire)
            waiting = sum(question.status is None for question in questions)
            if record.stage is not Stage.DRAFTING:
                fresh = untouched(tx, [item for item in questions if item.status is not None])
                if not (fresh or waiting):
                    raise StateError("There is nothing to draft again: people worded or approved every answer.")
                for item in fresh:
                    tx.questionnaires.save(replace(item, answer=Answer(), status=None, confidence=0.0))
                waiting += len(fresh)
                tx.questionnaires.update(replace(record, stage=Stage.DRAFTING))
            tx.jobs.add(DRAFT, questionnaire, len(questions), self._clock())
            tx.audit.record(by, "asked for drafts again", record.subject, None, {"questions": waiting})
        return waiting

    def again(self, by: Person, record: QuestionnaireRecord, questions: Sequence[QuestionRecord]) -> int:
        """Return how many of these, all of one questionnaire, would be drafted again; 0 while nothing is drafted."""
        by.require(Permission.READ)
        if record.stage not in (Stage.OPEN, Stage.COMPLETED):
            return 0
        with self._store.reading() as tx:
            return len(untouched(tx, questions))

    def change(
        self,
        by: Person,
        questionnaire: int,
        version: int,
        *,
        customer: str,
        due: date | None,
        deal: str | None = None,
        owner: int | None = None,
    ) -> int:
        """Save customer and due date, and the deal and the owner where they are given.

        Returns how many approvals were undone, since they were given to a text that names the former customer.

        :raises ConflictError: when somebody else changed it since `version`.
        :raises StateError: for another customer of one that was sent.
        :raises InvalidValueError: for an owner who could not keep it.
        :raises PermissionDeniedError: when the owner of a restricted one is changed by anybody but them.
        """
        by.require(Permission.UPLOAD)
        with self._store.writing() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
            after = replace(
                record,
                customer=" ".join(customer.split()) or record.customer,
                due=due,
                deal=record.deal if deal is None else " ".join(deal.split()),
                owner=record.owner if owner is None else owner,
                version=version,
            )
            if after.owner != record.owner:
                _check_owner(tx, by, record, after.owner)
            if after.customer != record.customer and record.stage is Stage.SENT:
                raise StateError("It was sent to this customer; that is not changed any more.")
            tx.questionnaires.update(after)
            tx.audit.record(by, "changed", record.subject, _told(record), _told(after))
            if after.owner != record.owner:
                told = f"{by.name} handed {after.customer}, {record.name} on to you"
                tx.notifications.add(after.owner, Kind.ASSIGNED, record.subject, told, by.id, self._clock())
            return _for_another(tx, record, after.customer)

    def archive(self, by: Person, questionnaire: int, *, archived: bool) -> None:
        """Take the questionnaire out of the way, or back."""
        by.require(Permission.UPLOAD)
        with self._store.writing() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
            if bool(record.archived) is not archived:
                tx.questionnaires.update(replace(record, archived=self._clock() if archived else None))
                tx.audit.record(by, "archived" if archived else "taken out of the archive", record.subject)

    def delete(self, by: Person, questionnaire: int) -> None:
        """Remove a questionnaire for good; one that was completed only administrators remove.

        :raises StateError: when a completed document was made of it and `by` is no administrator.
        """
        by.require(Permission.UPLOAD)
        with self._store.writing() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
            completed = tx.questionnaires.completed(questionnaire)
            if completed and not by.may(Permission.ADMINISTER):
                raise StateError(
                    "A document was completed from it; what the customer was told is kept. "
                    "Archive it; only an administrator deletes it."
                )
            sent = [s.recipient for sendings in tx.sendings.of(questionnaire).values() for s in sendings]
            before: dict[str, object] = {"file": record.name, "customer": record.customer}
            if completed:
                before |= {"completed": [done.digest for done in completed], "sent to": sent}
            tx.questionnaires.delete(questionnaire)
            tx.audit.record(by, "deleted", record.subject, before)


def untouched(tx: Transaction, questions: Sequence[QuestionRecord]) -> list[QuestionRecord]:
    """Return those of `questions` in whose answer no person had a hand, and to which the customer's file holds none."""
    fresh = [
        item
        for item in questions
        if item.answer.author is None
        and item.answer.state in (State.UNANSWERED, State.DRAFTED)
        and not (answered_already(item.question) or is_carried(item.answer))
    ]
    done = tx.audit.of([item.subject for item in fresh if item.answer.objection])
    return [
        item
        for item in fresh
        if not item.answer.objection or sent_back_by(done.get(item.subject, ()), item.answer.objection) is None
    ]


def _for_another(tx: Transaction, before: QuestionnaireRecord, customer: str) -> int:
    """Take back what was said to the customer before, now that it is about another; return how many approvals.

    A name that only became longer, as by its legal form, is still the same customer's.
    """
    if names(customer, before.customer):
        return 0
    reason = f"It names {before.customer}; the questionnaire is another customer's now."
    count = 0
    for item in tx.questionnaires.questions(before.id):
        answer = item.answer
        if not names(" ".join((answer.choice or "", answer.text)), before.customer):
            continue
        if answer.approval is not None:
            tx.questionnaires.save(replace(item, answer=undone(answer, reason)))
            tx.audit.record(None, "approval undone", item.subject, None, {"reason": reason})
            count += 1
        elif answer.objection:
            # What a change of scope sent back stands again when the scope is changed back, but not for another.
            objection = f"{reason} {answer.objection}"
            tx.questionnaires.save(replace(item, answer=replace(answer, objection=objection)))
            tx.audit.record(None, "sent back", item.subject, None, {"reason": objection})
    reopen(tx, before.id)
    return count


def _may_own(account: Account) -> bool:
    return account.active and account.person.may(Permission.UPLOAD)


def _check_owner(tx: Transaction, by: Person, record: QuestionnaireRecord, owner: int) -> None:
    account = tx.people.get(owner)
    if account is None or not _may_own(account):
        raise InvalidValueError("Choose an owner who may upload questionnaires and still signs in.")
    if record.restricted and by.id != record.owner and not by.may(Permission.ADMINISTER):
        raise PermissionDeniedError("Only its owner or an administrator hands a restricted questionnaire on.")


def _told(record: QuestionnaireRecord) -> dict[str, object]:
    return {"customer": record.customer, "due": str(record.due), "deal": record.deal, "owner": record.owner}
