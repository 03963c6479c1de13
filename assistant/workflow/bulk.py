"""Approving or submitting several answers in one act, and only those of which that can be said.

An answer is approved in a bulk only when this reviewer had it in front of them as it stands now, or when it is an
exact reuse of a library entry that is still valid: then a reviewer approved these words for this very question before.
What contradicts another answer, or leaves blank a choice that the form wants, takes a look of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from assistant.answer import Answer, State, approved, submitted
from assistant.errors import InvalidValueError
from assistant.filling import canonical, chosen
from assistant.people import Permission, Person
from assistant.questionnaire import Question
from assistant.statement import Scope
from assistant.workflow import visibility
from assistant.workflow.approvals import tell_reviewers
from assistant.workflow.changes import Change
from assistant.workflow.changing import changed_together, require_open
from assistant.workflow.choosing import blank
from assistant.workflow.drafting import wording
from assistant.workflow.four_eyes import own_entries, rests_on
from assistant.workflow.knowledge import KnowledgeKeeper
from assistant.workflow.ports import Clock, Matching, Store, Transaction
from assistant.workflow.records import QuestionnaireRecord, QuestionRecord
from assistant.workflow.stages import reopen


class Left(StrEnum):
    """Why an answer of the selection was left as it is; the words complete "2 answers were left: 2 …"."""

    WRITTEN = "still being written"
    INCONSISTENT = "contradicting another answer"
    CHOICE = "without the choice that the form wants"
    NOT_OPENED = "that you have not opened as they stand now"
    EMPTY = "without an answer"
    SOURCE = "whose source does not hold any more, or is not meant for this customer"
    OWN = "in your own wording, which another reviewer has to approve"
    DOES_NOT_FIT = "that do not fit the form"
    APPROVED = "approved already"
    SUBMITTED = "submitted already"
    RETURNED = "sent back, which wait for another wording"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a selection: the questions that were changed, and which ones were left for which reason.

    `typed` tells of those still being written who was typing, and when.
    """

    done: tuple[int, ...] = ()
    kept: Mapping[Left, tuple[QuestionRecord, ...]] = field(default_factory=dict)
    typed: Mapping[int, Change] = field(default_factory=dict)

    @property
    def left(self) -> Mapping[Left, int]:
        """Return how many were left for which reason."""
        return {reason: len(items) for reason, items in self.kept.items()}


class Contradictions(Protocol):
    """What is said elsewhere (`consistency`)."""

    def contradicting(self, tx: Transaction, by: Person, record: QuestionnaireRecord) -> frozenset[int]:
        """Return the ids of the questions whose answers, as they stand in `tx`, contradict something."""


class Bulk:
    """Acts on several answers of one questionnaire."""

    def __init__(
        self,
        store: Store,
        matching: Matching,
        knowledge: KnowledgeKeeper,
        consistency: Contradictions,
        clock: Clock,
        *,
        four_eyes: bool,
    ) -> None:
        """With `four_eyes` nobody approves their own wording."""
        self._store, self._matching, self._knowledge, self._clock = store, matching, knowledge, clock
        self._consistency = consistency
        self._four_eyes = four_eyes

    def approve(self, by: Person, questionnaire: int, questions: Collection[int]) -> Outcome:
        """Approve what of the selection `by` opened as it stands, or what is an exact, still valid reuse.

        What contradicts something, leaves a wanted choice blank or is still being written is decided one by one.
        """
        by.require(Permission.APPROVE)
        now = self._clock()
        with self._store.writing() as tx:
            record, items, typed = _selected(tx, by, questionnaire, questions)
            opened = tx.opened.of(by.id, questions)
            own = own_entries(tx, by, [item.answer for item in items]) if self._four_eyes else frozenset[str]()
            contrary = self._consistency.contradicting(tx, by, record)

            def against(item: QuestionRecord) -> Left | Answer:
                if item.id in typed and not item.answer.empty:
                    return Left.WRITTEN
                seen = opened.get(item.id) == item.version
                reason = self._against(by, item, record.scope, own, contrary, seen=seen)
                if reason is not None:
                    return reason
                try:
                    return approved(item.answer, item.question, record.scope, by, now, four_eyes=self._four_eyes)
                except InvalidValueError:
                    return Left.DOES_NOT_FIT

            return _done(tx, by, "approved", items, against, now, typed)

    def submit(self, by: Person, questionnaire: int, questions: Collection[int]) -> Outcome:
        """Hand what is drafted of the selection to the reviewers, but for what is still being written."""
        by.require(Permission.EDIT)
        now = self._clock()

        def against(item: QuestionRecord) -> Left | Answer:
            state = item.answer.state
            if state is State.DRAFTED and item.id in typed:
                return Left.WRITTEN
            if state is State.DRAFTED and not item.answer.objection:
                return submitted(item.answer, by)
            reasons = {State.APPROVED: Left.APPROVED, State.SUBMITTED: Left.SUBMITTED, State.DRAFTED: Left.RETURNED}
            return reasons.get(state, Left.EMPTY)

        with self._store.writing() as tx:
            record, items, typed = _selected(tx, by, questionnaire, questions)
            outcome = _done(tx, by, "submitted", items, against, now, typed)
            if outcome.done:
                tell_reviewers(tx, by, record, len(outcome.done), now)
        return outcome

    def _against(
        self,
        by: Person,
        item: QuestionRecord,
        scope: Scope,
        own: frozenset[str],
        contrary: frozenset[int],
        *,
        seen: bool,
    ) -> Left | None:
        """Return what stands against approving the answer together with others, None when nothing does.

        `own` are the entries of the library that `by` worded, under four eyes.
        """
        answer = item.answer
        if answer.empty or answer.state is State.UNANSWERED:
            return Left.EMPTY
        if answer.state is State.APPROVED:
            return Left.APPROVED
        if self._four_eyes and (answer.author == by.id or rests_on(answer, own)):
            return Left.OWN
        if self._knowledge.fault(answer, scope):
            return Left.SOURCE
        if item.id in contrary:
            return Left.INCONSISTENT
        if blank(item.question, answer) is not None:
            return Left.CHOICE
        return None if seen or self.reuses(item.question, answer, scope) else Left.NOT_OPENED

    def reuses(self, question: Question, answer: Answer, scope: Scope) -> bool:
        """Return whether the answer is, word for word, what the library says to this very question, and still may."""
        if len(answer.citations) != 1 or answer.not_applicable or answer.objection:
            return False
        passage = self._matching.passage(answer.citations[0].digest)
        if passage is None or not passage.question or not passage.citable(scope, self._clock().date()):
            return False
        key = self._matching.question_key(wording(question))
        if key not in {self._matching.question_key(asked) for asked in (passage.question, *passage.also_asked)}:
            return False
        if answer.text != passage.text:
            return False
        said, meant = chosen(answer.choice, question.choice_field), canonical(passage.choice)
        return said is meant if said or meant else (answer.choice or "") in ("", passage.choice)


def _selected(
    tx: Transaction, by: Person, questionnaire: int, wanted: Collection[int]
) -> tuple[QuestionnaireRecord, list[QuestionRecord], Mapping[int, Change]]:
    """Return the questionnaire, those of its questions that are wanted and seen, and what is still being written."""
    record = visibility.require(tx, by, questionnaire)
    require_open(record)
    chosen = frozenset(wanted)
    seen = visibility.own(tx, by, tx.questionnaires.questions(questionnaire), record)
    return record, [item for item in seen if item.id in chosen], tx.changes.typed(questionnaire)


def _done(
    tx: Transaction,
    by: Person,
    action: str,
    items: Collection[QuestionRecord],
    against: Callable[[QuestionRecord], Left | Answer],
    at: datetime,
    typed: Mapping[int, Change],
) -> Outcome:
    """Save what becomes of each item, in one act, and leave those that something stands against."""
    done, kept = [], dict[Left, list[QuestionRecord]]()
    for item in items:
        becomes = against(item)
        if isinstance(becomes, Left):
            kept.setdefault(becomes, []).append(item)
        else:
            changed_together(tx, by, action, item, becomes, at)
            done.append(item.id)
    if done:
        reopen(tx, next(iter(items)).questionnaire)
    ordered = {reason: tuple(kept[reason]) for reason in Left if reason in kept}
    return Outcome(tuple(done), ordered, {item.id: typed[item.id] for item in kept.get(Left.WRITTEN, ())})
