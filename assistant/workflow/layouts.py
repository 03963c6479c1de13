"""Putting right how a document was understood: one correction at a time, undone, remembered for its form."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.answer import State
from assistant.correcting import corrected
from assistant.errors import ConflictError, InvalidValueError, StateError
from assistant.layout import (
    AnswerGoes,
    ColumnRole,
    Correction,
    IsQuestion,
    PartUse,
    View,
    as_json,
    fingerprint,
    needs_a_look,
    same,
)
from assistant.people import Permission, Person
from assistant.questionnaire import Questionnaire, Skipped
from assistant.row_questions import NO_QUESTION
from assistant.workflow import visibility
from assistant.workflow.carrying import carried, somebodys
from assistant.workflow.changing import keep_typed
from assistant.workflow.intake import DRAFT
from assistant.workflow.ports import Clock, Documents, Store, Transaction
from assistant.workflow.records import LayoutRecord, QuestionnaireRecord, QuestionRecord, Stage
from assistant.workflow.stages import reopen

_KEPT = 3
"""Documents whose reading is kept at hand, so that a correction need not read the file again."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A questionnaire as it is laid out: its document's look and what is asked in it.

    `found` is what reading alone found, `questions` what stands now. `remembered` is what is known
    of the form from an earlier file.
    """

    record: QuestionnaireRecord
    view: View
    found: Questionnaire
    questions: tuple[QuestionRecord, ...]
    remembered: LayoutRecord | None
    names: Mapping[int, str]


class AnswersGoError(StateError):
    """A correction would take questions away that somebody answered; `questions` are those."""

    def __init__(self, questions: Sequence[QuestionRecord]) -> None:
        """Keep them."""
        several = f"{len(questions)} answered questions would go with their answers."
        gone = several if len(questions) > 1 else "An answered question would go with its answer."
        super().__init__(f"{gone} Say that this is meant, or leave it as it is.")
        self.questions = tuple(questions)


class Layouts:
    """What people put right; every change names the version it was based on."""

    def __init__(self, store: Store, documents: Documents, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._documents, self._clock = store, documents, clock
        self._read: OrderedDict[tuple[str, str], tuple[Questionnaire, View]] = OrderedDict()
        self._lock = threading.Lock()

    def view(self, by: Person, questionnaire: int) -> Laid:
        """Return the questionnaire with what its document looks like."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
            questions = tuple(tx.questionnaires.questions(questionnaire))
            names = tx.people.names()
        found, view = self._reading(record)
        with self._store.reading() as tx:
            remembered = tx.layouts.get(fingerprint(found, view))
        return Laid(record, view, found, questions, remembered, names)

    def correct(
        self, by: Person, questionnaire: int, version: int, *corrections: Correction, losing: bool = False
    ) -> None:
        """Apply `corrections` after those before them.

        :raises AnswersGoError: when questions with somebody's answer would go, unless `losing` them is meant.
        :raises ConflictError: when somebody else changed the questionnaire since `version`.
        :raises InvalidValueError: for a part or place that the document does not have.
        :raises StateError: when it was sent, or is being drafted.
        """
        record = self._open(by, questionnaire, version)
        view = self._reading(record)[1]
        if not all(_there(view, correction) for correction in corrections):
            raise InvalidValueError("The document has no such place. Load the page again.")
        self._arrange(by, record, (*record.corrections, *corrections), "corrected the layout", losing=losing)

    def take_in(self, by: Person, questionnaire: int, version: int, place: int) -> None:
        """Ask what was left out after all; `place` counts in `found.skipped`.

        :raises ConflictError: when somebody else changed the questionnaire since `version`.
        :raises InvalidValueError: when nothing that can be asked stands there.
        :raises StateError: when it was sent, or is being drafted.
        """
        record = self._open(by, questionnaire, version)
        skipped = record.found.skipped[place] if 0 <= place < len(record.found.skipped) else None
        asked = _asking(self._reading(record)[1], skipped) if skipped is not None else None
        if asked is None:
            raise InvalidValueError("This cannot be taken in by itself. Correct the layout on the document.")
        self._arrange(by, record, (*record.corrections, asked), "took in what was left out", losing=False)

    def undo(self, by: Person, questionnaire: int, version: int, *, losing: bool = False) -> None:
        """Take the last correction back."""
        record = self._open(by, questionnaire, version)
        if record.corrections:
            self._arrange(by, record, record.corrections[:-1], "undid a correction of the layout", losing=losing)

    def reset(self, by: Person, questionnaire: int, version: int, *, losing: bool = False) -> None:
        """Take every correction back."""
        record = self._open(by, questionnaire, version)
        if record.corrections:
            self._arrange(by, record, (), "took back all corrections of the layout", losing=losing)

    def confirm(self, by: Person, questionnaire: int, version: int, *, remember: bool = False) -> bool:
        """Accept the layout and queue the drafting of questions that were not drafted yet; return whether any were.

        With `remember`, other files of the same form are laid out like this from now on.

        :raises ConflictError: when somebody else changed the questionnaire since `version`.
        :raises StateError: when it asks nothing, or was sent, or is being drafted.
        """
        record = self._open(by, questionnaire, version)
        mark = fingerprint(*self._reading(record)) if remember else ""
        with self._store.writing() as tx:
            questions = tx.questionnaires.questions(questionnaire)
            if not questions:
                raise StateError("Nothing is asked yet. Click the column that holds the questions and say so.")
            fresh = record.stage is Stage.LAYOUT or any(question.status is None for question in questions)
            changed = replace(record, doubtful=False, stage=Stage.DRAFTING if fresh else record.stage)
            tx.questionnaires.lay_out(changed, questions)
            if fresh:
                tx.jobs.add(DRAFT, questionnaire, len(questions), self._clock())
            if remember and record.corrections:
                tx.layouts.keep(LayoutRecord(mark, record.corrections, by.id, self._clock()))
            elif remember:
                tx.layouts.forget(mark)
            told = {"questions": len(questions), "corrections": len(record.corrections), "remembered": remember}
            tx.audit.record(by, "confirmed the layout", record.subject, None, told)
        return fresh

    def _reading(self, record: QuestionnaireRecord) -> tuple[Questionnaire, View]:
        """Return what reading finds in the original, and its look."""
        key = (record.original, record.name)  # the name tells how a plain table is divided
        with self._lock:
            if key in self._read:
                self._read.move_to_end(key)
                return self._read[key]
        with self._store.reading() as tx:
            original = tx.questionnaires.original(record.original)
        read = (self._documents.inspect(original, record.name), self._documents.view(original, record.name))
        with self._lock:
            self._read[key] = read
            while len(self._read) > _KEPT:
                self._read.popitem(last=False)
        return read

    def _open(self, by: Person, questionnaire: int, version: int) -> QuestionnaireRecord:
        by.require(Permission.UPLOAD)
        with self._store.reading() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
        if record.stage is Stage.SENT:
            raise StateError("This questionnaire was sent; what the customer was told is not changed any more.")
        if record.stage is Stage.DRAFTING:
            raise StateError("Answers are being drafted just now. Correct the layout when that is done.")
        if record.version != version:
            raise ConflictError("Somebody else changed this questionnaire meanwhile. Look at what stands there now.")
        return record

    def _arrange(
        self,
        by: Person,
        record: QuestionnaireRecord,
        corrections: tuple[Correction, ...],
        action: str,
        *,
        losing: bool,
    ) -> None:
        found, view = self._reading(record)
        after = corrected(found, view, corrections)
        with self._store.writing() as tx:
            before = tx.questionnaires.questions(record.id)
            questions, gone = carried(before, after.questions, record)
            answered = [item for item in gone if somebodys(item.answer)]
            if answered and not losing:
                raise AnswersGoError(answered)
            typed = tx.changes.typed(record.id)
            tx.questionnaires.lay_out(
                replace(
                    record,
                    found=replace(after, questions=()),
                    corrections=corrections,
                    doubtful=needs_a_look(after) and record.stage is Stage.LAYOUT,
                ),
                questions,
            )
            keep_typed(tx, typed)
            reopen(tx, record.id)
            _told_of_answers(tx, by, before, questions, gone)
            _told(tx, by, action, record, corrections, len(before), len(questions), answered)


def _told(
    tx: Transaction,
    by: Person,
    action: str,
    record: QuestionnaireRecord,
    corrections: Sequence[Correction],
    before: int,
    after: int,
    lost: Sequence[QuestionRecord],
) -> None:
    last = corrections[-1] if len(corrections) > len(record.corrections) else None
    told: dict[str, Any] = {"questions": after, "correction": as_json(last) if last else None}
    if lost:
        told["answers lost"] = [f"{item.question.location}: {item.answer.text}" for item in lost]
    tx.audit.record(by, action, record.subject, {"questions": before}, told)


def _told_of_answers(
    tx: Transaction,
    by: Person,
    before: Sequence[QuestionRecord],
    after: Sequence[QuestionRecord],
    gone: Sequence[QuestionRecord],
) -> None:
    """Log what became of each answer, so that nothing approved or written goes without trace."""
    undoing = {State.APPROVED: "approval undone", State.SUBMITTED: "sent back"}
    states = {item.id: item.answer.state for item in before}
    for item in after:
        if item.id and item.answer.state is not states[item.id] and (action := undoing.get(states[item.id])):
            tx.audit.record(by, action, item.subject, None, {"reason": item.answer.objection})
    for item in gone:
        if not item.answer.empty:
            answer = item.answer
            lost = {
                "question": item.question.text,
                "location": item.question.location,
                "state": answer.state.value,
                "choice": answer.choice,
                "text": answer.text,
                "not applicable": answer.not_applicable,
            }
            tx.audit.record(by, "removed by a correction of the layout", item.subject, lost)


def _asking(view: View, skipped: Skipped) -> IsQuestion | None:
    """Return the correction that asks what was left out, None when it does not stand there by itself.

    It stands where it was left out, or beside that, as in a column of headings. What a person left out may be one of
    several questions in a cell.
    """
    there = view.find(skipped.location)
    if there is None:
        return None
    if skipped.reason == NO_QUESTION:
        return IsQuestion(skipped.location, skipped.text, yes=True)
    part, cell = there
    beside = (other for other in part.rows[cell.row] if same(other.text, skipped.text))
    found = cell if same(cell.text, skipped.text) and not cell.blank else next(beside, None)
    return IsQuestion(found.location, found.text, yes=True) if found is not None else None


def _there(view: View, correction: Correction) -> bool:
    """Return whether the document has what a correction speaks of."""
    if isinstance(correction, ColumnRole):
        part = view.part(correction.part)
        return part is not None and 0 < correction.column <= part.columns
    if isinstance(correction, PartUse):
        return view.part(correction.part) is not None
    places = [correction.at if isinstance(correction, IsQuestion) else correction.question]
    if isinstance(correction, AnswerGoes):
        places.append(correction.at)
    return all(view.find(place) is not None for place in places)
