"""Saying that a questionnaire is about another product or deployment, or that its customer is under NDA or not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from assistant.answer import Answer, Approval, State, seen
from assistant.errors import InvalidValueError, StateError
from assistant.people import Permission, Person
from assistant.statement import Passage, Scope
from assistant.workflow import visibility
from assistant.workflow.changing import keep_typed
from assistant.workflow.intake import DRAFT
from assistant.workflow.keeping import untouched
from assistant.workflow.knowledge import KnowledgeKeeper
from assistant.workflow.ports import Clock, Store, Transaction
from assistant.workflow.records import AuditEvent, QuestionnaireRecord, QuestionRecord, Stage
from assistant.workflow.sent_back import tell_sent_back

UNDONE, SENT_BACK = "approval undone", "sent back"
CHANGED = "What the approval was given for has changed since."
NO_REVIEWER = "Who approved it is no reviewer any more; look at this answer again."
"""Why an approval does not stand any longer."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An answer that another scope changes, from what it is in `item` to `answer`; without a reason it stands again.

    `before` is what it was before any change of scope sent it back, which was for `scope`.
    """

    item: QuestionRecord
    before: Answer
    answer: Answer
    scope: Scope
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What it means that the questionnaire of `record` is for `scope`.

    Drafts that nobody touched are made `again`; answers go `back` to review, each with the reason; what an earlier
    change of scope had sent back, and what holds now as it stood before, `stands` again.
    """

    record: QuestionnaireRecord
    scope: Scope
    again: tuple[QuestionRecord, ...]
    back: tuple[Moved, ...]
    stands: tuple[Moved, ...]

    @property
    def undone(self) -> int:
        """Return how many of those that go back were approved."""
        return sum(moved.item.answer.approval is not None for moved in self.back)

    @property
    def approved(self) -> int:
        """Return how many of those that stand again are approved."""
        return sum(moved.answer.approval is not None for moved in self.stands)


class Rescoping:
    """Another scope: no answer that was drafted, written or approved for the one before goes on unseen."""

    def __init__(self, store: Store, knowledge: KnowledgeKeeper, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._knowledge, self._clock = store, knowledge, clock

    def refusal(self, by: Person, questionnaire: int) -> str:
        """Return why its scope cannot be changed now, "" when it can."""
        by.require(Permission.UPLOAD)
        with self._store.reading() as tx:
            return _refusal(tx, visibility.require_whole(tx, by, questionnaire))

    def outlook(self, by: Person, questionnaire: int, scope: Scope) -> Outlook:
        """Return what changing the scope would mean.

        :raises InputError: for an unknown product or deployment, or when it is the one that stands.
        """
        by.require(Permission.UPLOAD)
        scope = self._knowledge.checked(scope)
        with self._store.reading() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
            return self._outlook(tx, record, tx.questionnaires.questions(questionnaire), scope)

    def change(self, by: Person, questionnaire: int, version: int, scope: Scope) -> Outlook:
        """Change the scope and return what it meant; what is to be drafted again is queued.

        :raises InputError: for an unknown product or deployment, or when it is the one that stands.
        :raises StateError: when it was completed or sent, or is being drafted.
        :raises ConflictError: when somebody else changed it since `version`.
        """
        by.require(Permission.UPLOAD)
        scope = self._knowledge.checked(scope)
        with self._store.writing() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
            if refusal := _refusal(tx, record):
                raise StateError(refusal)
            questions = tx.questionnaires.questions(questionnaire)
            found = self._outlook(tx, record, questions, scope)
            for item in found.again:
                tx.questionnaires.save(replace(item, answer=Answer(), status=None, confidence=0.0))
            for moved in found.back:
                _save(tx, by, moved)
            _stamp(tx, questions, {item.id for item in found.again} | _ids(found.back) | _ids(found.stands))
            stage = Stage.DRAFTING if found.again else record.stage
            # The database takes no other scope while anything is approved for this one: what stands again comes last.
            tx.questionnaires.update(replace(record, scope=scope, stage=stage, version=version))
            for moved in found.stands:
                _save(tx, by, moved)
            if found.again:
                tx.jobs.add(DRAFT, questionnaire, len(questions), self._clock())
            # What lay with its author already is nothing new to them.
            gone = [moved.item for moved in found.back if not moved.item.answer.objection]
            tell_sent_back(tx, by, record, gone, f"the questionnaire is for {named(scope)} now", self._clock())
            tx.audit.record(by, "changed the scope", record.subject, _told(record.scope), _told(scope) | _counts(found))
        return found

    def _outlook(
        self, tx: Transaction, record: QuestionnaireRecord, questions: Sequence[QuestionRecord], scope: Scope
    ) -> Outlook:
        if scope == record.scope:
            raise InvalidValueError(f"It is for {named(scope)} already. Choose another, or leave it as it is.")
        waiting = [item.subject for item in questions if item.answer.objection]
        events = tx.audit.of(waiting)
        able = {account.id for account in tx.people.all() if account.active and account.person.may(Permission.APPROVE)}
        fresh = {item.id for item in untouched(tx, questions)} if record.stage is not Stage.LAYOUT else set()
        again: list[QuestionRecord] = []
        back: list[Moved] = []
        stands: list[Moved] = []
        for item in questions:
            before, given = _former(item, events.get(item.subject, ()), record.scope)
            reason = self._reason(replace(item, answer=before), given, scope, able)
            if before.approval is not None and not reason:
                stands.append(Moved(item, before, before, given))
            elif item.id in fresh and before.approval is None:
                again.append(item)
            elif reason:
                objection = " ".join(filter(None, (reason, before.objection)))
                answer = replace(before, state=State.DRAFTED, objection=objection, approval=None)
                back.append(Moved(item, before, answer, given, reason))
            elif before != item.answer:
                stands.append(Moved(item, before, before, given))
        return Outlook(record, scope, tuple(again), tuple(back), tuple(stands))

    def _reason(self, item: QuestionRecord, before: Scope, after: Scope, able: Collection[int]) -> str:
        """Return why the answer goes back to review, "" when it holds."""
        answer = item.answer
        if answer.empty:
            return ""
        for citation in answer.citations:
            passage = self._knowledge.passage(citation.digest)
            if passage is not None and not passage.holds_for(after):
                return f"It rests on {_what(passage)}; this questionnaire is now for {after}."
            if passage is not None and not passage.tellable(after):
                return f"It rests on {passage.path}, which is for the audience “{passage.audience.value}” only."
        if fault := self._knowledge.fault(answer, after):
            return fault
        if answer.approval is None:
            return ""
        if answer.approval.digest == seen(item.question, after, answer):
            return "" if answer.approval.by in able else NO_REVIEWER
        if before == after:
            return CHANGED
        if before.nda != after.nda:
            return f"It was approved for {named(before)}; this questionnaire is now for {named(after)}. Confirm it."
        return f"It was approved for {before}; this questionnaire is now for {after}. Confirm that it holds there."


def named(scope: Scope) -> str:
    """Return the scope with whether the customer is under NDA."""
    return f"{scope}, {'under NDA' if scope.nda else 'not under NDA'}"


def _refusal(tx: Transaction, record: QuestionnaireRecord) -> str:
    if record.stage in (Stage.COMPLETED, Stage.SENT):
        done = "sent" if record.stage is Stage.SENT else "completed"
        return f"It was {done} for {record.scope}, and that stays as it is. Open a new round and change it there."
    job = tx.jobs.latest(DRAFT, record.id)
    if record.stage is Stage.DRAFTING or (job is not None and job.finished is None):
        return "Answers are being drafted just now. Change it when that is done."
    return ""


def _what(passage: Passage) -> str:
    """Return the source and what it holds for."""
    held = " and ".join(sorted(passage.deployments))
    return f"{passage.path}, which holds for {f'{passage.product} {held}'.strip()}"


def _former(item: QuestionRecord, events: Sequence[AuditEvent], scope: Scope) -> tuple[Answer, Scope]:
    """Return the answer as it stood before changes of scope sent it back, and for which scope that was.

    When something else did, or nothing, it is the answer as it stands, for `scope`.
    """
    answer = item.answer
    for event in events:
        after = event.after or {}
        if event.action in (UNDONE, SENT_BACK) and after.get("reason") == answer.objection and "former" in after:
            former, given = after["former"], after["former"]["approval"]
            approval = Approval(given["by"], datetime.fromisoformat(given["at"]), given["digest"]) if given else None
            before = replace(answer, state=State(former["state"]), objection=former["objection"], approval=approval)
            return before, Scope(**former["scope"])
    return answer, scope


def _save(tx: Transaction, by: Person, moved: Moved) -> None:
    """Save the answer as the scope changed it, with what it was in the log, from which it may come back."""
    tx.questionnaires.save(replace(moved.item, answer=moved.answer))
    before, subject = moved.before, moved.item.subject
    if not moved.reason:
        tx.audit.record(by, "stands again", subject, None, {"state": before.state.value})
        return
    approval = before.approval
    given = {"by": approval.by, "at": approval.at.isoformat(), "digest": approval.digest} if approval else None
    former = {
        "state": before.state.value,
        "objection": before.objection,
        "approval": given,
        "scope": _told(moved.scope),
    }
    told = {"reason": moved.answer.objection, "former": former}
    # An approval is undone by the application, as everywhere; the reviewers are to look at it.
    tx.audit.record(None if approval else by, UNDONE if approval else SENT_BACK, subject, None, told)


def _stamp(tx: Transaction, questions: Sequence[QuestionRecord], saved: Collection[int]) -> None:
    """Give the other answers a new version: who has one open sees another scope than it would be approved for.

    What is still being written stays so.
    """
    typed = tx.changes.typed(questions[0].questionnaire) if questions else {}
    for item in questions:
        if item.id not in saved and not item.answer.empty:
            tx.questionnaires.save(item)
    keep_typed(tx, {key: change for key, change in typed.items() if key not in saved})


def _ids(moved: Sequence[Moved]) -> set[int]:
    return {one.item.id for one in moved}


def _told(scope: Scope) -> dict[str, Any]:
    return {"product": scope.product, "deployment": scope.deployment, "nda": scope.nda}


def _counts(found: Outlook) -> dict[str, Any]:
    return {
        "drafted again": len(found.again),
        "sent back": len(found.back),
        "approvals undone": found.undone,
        "stand again": len(found.stands),
    }
