"""Editing, submitting, approving and rejecting answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from assistant.answer import Answer, State, approved, edited, rejected, submitted
from assistant.errors import ConflictError, StateError
from assistant.filling import fit
from assistant.people import Permission, Person
from assistant.questionnaire import Question
from assistant.suggestion import Choice, Suggestion
from assistant.workflow import visibility
from assistant.workflow.drafting import wording
from assistant.workflow.knowledge import KnowledgeKeeper, may_read
from assistant.workflow.ports import Clock, Matching, Store, Transaction
from assistant.workflow.records import AuditEvent, Job, QuestionnaireRecord, QuestionRecord, Stage
from assistant.workflow.stages import reopen


@dataclass(frozen=True, slots=True)
class Desk:
    """A questionnaire with all that its pages show. `job` is the drafting, None before it was queued."""

    record: QuestionnaireRecord
    questions: tuple[QuestionRecord, ...]
    job: Job | None
    names: Mapping[int, str]

    def count(self, state: State) -> int:
        """Return how many answers are in `state`."""
        return sum(question.answer.state is state for question in self.questions)


class Review:
    """What people do to answers. Every change names the version it was based on."""

    def __init__(
        self, store: Store, matching: Matching, knowledge: KnowledgeKeeper, clock: Clock, *, four_eyes: bool
    ) -> None:
        """With `four_eyes` nobody approves their own wording."""
        self._store, self._matching, self._knowledge, self._clock = store, matching, knowledge, clock
        self._four_eyes = four_eyes

    def desk(self, by: Person, questionnaire: int) -> Desk:
        """Return the questionnaire with its questions and progress."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            record = visibility.require(tx, by, questionnaire)
            return Desk(
                record,
                tuple(visibility.own(tx, by, tx.questionnaires.questions(questionnaire), record)),
                tx.jobs.latest("draft", questionnaire),
                tx.people.names(),
            )

    def question(self, by: Person, question: int) -> QuestionRecord:
        """Return one question with its answer."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            return visibility.require_question(tx, by, question)[0]

    def sources(self, by: Person, question: int, top: int = 5) -> Suggestion:
        """Return what matching finds for the question now."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            found, record = visibility.require_question(tx, by, question)
            scope = record.scope
            turned_down = tx.library.rejected()
        today = self._clock().date()
        (suggestion,) = self._matching.suggest([wording(found.question)], scope, today, top=top, rejected=turned_down)
        matches = tuple(match for match in suggestion.matches if may_read(by, match.passage.audience))
        return replace(suggestion, matches=matches)

    def history(self, by: Person, question: int) -> list[AuditEvent]:
        """Return everything that was done to the answer, newest first."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            return tx.audit.events(visibility.require_question(tx, by, question)[0].subject)

    def edit(
        self,
        by: Person,
        question: int,
        version: int,
        *,
        choice: str | None,
        text: str,
        cited: Iterable[str] = (),
        not_applicable: str = "",
    ) -> QuestionRecord:
        """Return the question with the answer as worded by `by`; `cited` are digests of passages.

        A reason in `not_applicable` makes the answer "not applicable" in the form's wording.

        :raises ConflictError: when somebody else changed it since `version`.
        """
        by.require(Permission.EDIT)
        with self._store.writing() as tx:
            before = _open(tx, by, question, version)
            scope = tx.questionnaires.get(before.questionnaire).scope
            kept = {citation.digest: citation for citation in before.answer.citations}
            cited = list(dict.fromkeys(cited))
            fresh = self._knowledge.cited([digest for digest in cited if digest not in kept], scope)
            known = kept | {citation.digest: citation for citation in fresh}
            if not_applicable.strip() and not_applicable.strip() != before.answer.not_applicable:
                choice, text = _not_applicable(before.question, not_applicable)
            elif (choice or "", text) != (before.answer.choice or "", before.answer.text):
                not_applicable = ""  # another wording than "does not apply" was given since
            answer = edited(
                before.answer,
                before.question,
                by,
                choice=choice,
                text=text,
                citations=tuple(known[digest] for digest in cited),
                not_applicable=not_applicable,
            )
            return _saved(tx, by, "edited", before, answer)

    def submit(self, by: Person, question: int, version: int) -> QuestionRecord:
        """Return the question with its answer handed to the reviewers."""
        by.require(Permission.EDIT)
        with self._store.writing() as tx:
            before = _open(tx, by, question, version)
            return _saved(tx, by, "submitted", before, submitted(before.answer, by))

    def submit_all(self, by: Person, questionnaire: int) -> int:
        """Hand every drafted answer to the reviewers; return how many. Those sent back wait for an edit."""
        by.require(Permission.EDIT)
        count = 0
        with self._store.writing() as tx:
            record = visibility.require(tx, by, questionnaire)
            for before in visibility.own(tx, by, tx.questionnaires.questions(questionnaire), record):
                if before.answer.state is State.DRAFTED and not before.answer.empty and not before.answer.objection:
                    _saved(tx, by, "submitted", before, submitted(before.answer, by))
                    count += 1
        return count

    def approve(self, by: Person, question: int, version: int) -> QuestionRecord:
        """Return the question with its answer approved, bound to what stood in `version`.

        :raises StateError: when a cited passage no longer holds, or there is nothing to approve.
        """
        by.require(Permission.APPROVE)
        with self._store.writing() as tx:
            before = _open(tx, by, question, version)
            scope = tx.questionnaires.get(before.questionnaire).scope
            fault = self._knowledge.fault(before.answer, scope)
            if fault:
                raise StateError(f"{fault} Choose a current source, or remove it, before approving.")
            answer = approved(before.answer, before.question, scope, by, self._clock(), four_eyes=self._four_eyes)
            return _saved(tx, by, "approved", before, answer)

    def reject(self, by: Person, question: int, version: int, reason: str, *, wrong_source: bool) -> QuestionRecord:
        """Return the question with its answer sent back; with `wrong_source` its passages are lowered for good."""
        by.require(Permission.APPROVE)
        with self._store.writing() as tx:
            before = _open(tx, by, question, version)
            answer = rejected(before.answer, by, reason)
            if wrong_source:
                key = self._matching.question_key(wording(before.question))
                for citation in before.answer.citations:
                    tx.library.reject(key, citation.digest, by.id, self._clock())
            return _saved(tx, by, "rejected", before, answer)


def _not_applicable(question: Question, reason: str) -> tuple[str | None, str]:
    field = question.choice_field
    choice = fit(Choice.NOT_APPLICABLE, field.allowed()) if field is not None else None
    return choice, reason if choice else f"Not applicable: {reason}"


def _open(tx: Transaction, by: Person, question: int, version: int) -> QuestionRecord:
    """Return the question if it may be changed and stands at `version`."""
    found, record = visibility.require_question(tx, by, question)
    stage = record.stage
    if stage is Stage.SENT:
        raise StateError("This questionnaire was sent; what the customer was told is not changed any more.")
    if stage is Stage.LAYOUT:
        raise StateError("Confirm what was found in the document first.")
    if found.version != version:
        raise ConflictError("Somebody else changed this answer meanwhile. Compare with what stands there now.")
    return found


def _saved(tx: Transaction, by: Person, action: str, before: QuestionRecord, answer: Answer) -> QuestionRecord:
    after = tx.questionnaires.save(replace(before, answer=answer))
    tx.audit.record(by, action, before.subject, _told(before.answer), _told(answer))
    reopen(tx, before.questionnaire)
    return after


def _told(answer: Answer) -> dict[str, Any]:
    return {
        "state": answer.state.value,
        "choice": answer.choice,
        "text": answer.text,
        "not_applicable": answer.not_applicable,
        "note": answer.note,
        "objection": answer.objection,
        "cited": [f"{c.path}:{c.lines[0]} {c.digest[:12]}" for c in answer.citations],
        "approval": answer.approval.digest if answer.approval else None,
    }
