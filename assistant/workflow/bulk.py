"""Approving or submitting several answers in one act, and only those of which that can be said.

An answer is approved in a bulk only when this reviewer had it in front of them as it stands now, or when it is an
exact reuse of a library entry that is still valid: then a reviewer approved these words for this very question before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Answer, State, approved, submitted
from assistant.errors import InvalidValueError
from assistant.filling import canonical, chosen
from assistant.people import Permission, Person
from assistant.questionnaire import Question
from assistant.statement import Scope
from assistant.workflow import visibility
from assistant.workflow.approvals import tell_reviewers
from assistant.workflow.changing import replaced, require_open
from assistant.workflow.drafting import wording
from assistant.workflow.four_eyes import own_entries, rests_on
from assistant.workflow.knowledge import KnowledgeKeeper
from assistant.workflow.ports import Clock, Matching, Store
from assistant.workflow.records import QuestionRecord
from assistant.workflow.stages import reopen


class Left(StrEnum):
    """Why an answer of the selection was left as it is; the words complete "2 answers were left: 2 …"."""

    NOT_OPENED = "that you have not opened as they stand now"
    EMPTY = "without an answer"
    SOURCE = "whose source changed or has expired"
    OWN = "in your own wording, which another reviewer has to approve"
    DOES_NOT_FIT = "that do not fit the form"
    APPROVED = "approved already"
    SUBMITTED = "submitted already"
    RETURNED = "sent back, which wait for another wording"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a selection: the questions that were changed, and how many were left for which reason."""

    done: tuple[int, ...]
    left: Mapping[Left, int]

    def sentence(self, verb: str) -> str:
        """Return it in words; `verb` is what was done, "approved"."""
        count = len(self.done)
        told = f"{count} {'answer was' if count == 1 else 'answers were'} {verb}." if count else f"Nothing was {verb}."
        total = sum(self.left.values())
        if not total:
            return told
        why = ", ".join(f"{number} {reason.value}" for reason, number in self.left.items())
        return (
            f"{told} {total} {'was' if total == 1 else 'were'} left as {'it is' if total == 1 else 'they are'}: {why}."
        )


class Bulk:
    """Acts on several answers of one questionnaire."""

    def __init__(
        self, store: Store, matching: Matching, knowledge: KnowledgeKeeper, clock: Clock, *, four_eyes: bool
    ) -> None:
        """With `four_eyes` nobody approves their own wording."""
        self._store, self._matching, self._knowledge, self._clock = store, matching, knowledge, clock
        self._four_eyes = four_eyes

    def approve(self, by: Person, questionnaire: int, questions: Collection[int]) -> Outcome:
        """Approve what of the selection `by` opened as it stands, or what is an exact, still valid reuse."""
        by.require(Permission.APPROVE)
        done, left, now = [], Counter[Left](), self._clock()
        with self._store.writing() as tx:
            record = visibility.require(tx, by, questionnaire)
            require_open(record)
            opened = tx.opened.of(by.id, questions)
            items = _selected(visibility.own(tx, by, tx.questionnaires.questions(questionnaire), record), questions)
            own = own_entries(tx, by, [item.answer for item in items]) if self._four_eyes else frozenset[str]()
            for item in items:
                seen = opened.get(item.id) == item.version
                reason = self._against(by, item, record.scope, own, seen=seen)
                if reason is None:
                    try:
                        answer = approved(item.answer, item.question, record.scope, by, now, four_eyes=self._four_eyes)
                    except InvalidValueError:
                        reason = Left.DOES_NOT_FIT
                    else:
                        replaced(tx, by, "approved", item, answer, now)
                        done.append(item.id)
                        continue
                left[reason] += 1
            if done:
                reopen(tx, questionnaire)
        return Outcome(tuple(done), left)

    def submit(self, by: Person, questionnaire: int, questions: Collection[int]) -> Outcome:
        """Hand what is drafted of the selection to the reviewers."""
        by.require(Permission.EDIT)
        done, left, now = [], Counter[Left](), self._clock()
        with self._store.writing() as tx:
            record = visibility.require(tx, by, questionnaire)
            require_open(record)
            for item in _selected(
                visibility.own(tx, by, tx.questionnaires.questions(questionnaire), record), questions
            ):
                state = item.answer.state
                if state is State.DRAFTED and not item.answer.objection:
                    replaced(tx, by, "submitted", item, submitted(item.answer, by), now)
                    done.append(item.id)
                    continue
                reasons = {State.APPROVED: Left.APPROVED, State.SUBMITTED: Left.SUBMITTED, State.DRAFTED: Left.RETURNED}
                left[reasons.get(state, Left.EMPTY)] += 1
            if done:
                reopen(tx, questionnaire)
                tell_reviewers(tx, by, record, len(done), now)
        return Outcome(tuple(done), left)

    def _against(
        self, by: Person, item: QuestionRecord, scope: Scope, own: frozenset[str], *, seen: bool
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


def _selected(questions: Collection[QuestionRecord], wanted: Collection[int]) -> list[QuestionRecord]:
    chosen = frozenset(wanted)
    return [item for item in questions if item.id in chosen]
