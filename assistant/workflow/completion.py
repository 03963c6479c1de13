"""From approved answers to the customer's own file, completed and proved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from assistant.answer import State, stands
from assistant.errors import ConflictError, InvalidValueError, StateError, VerificationError
from assistant.filling import Entry, check, entries, gathered
from assistant.people import Permission, Person
from assistant.questionnaire import Question
from assistant.workflow import visibility
from assistant.workflow.drafting import answered_already
from assistant.workflow.knowledge import KnowledgeKeeper
from assistant.workflow.ports import Clock, Documents, Store
from assistant.workflow.records import CompletedRecord, QuestionnaireRecord, QuestionRecord, Stage
from assistant.workflow.sending import document
from assistant.workflow.sendings import ToldAnswer
from assistant.workflow.stages import written

SENT = "It was sent; what the customer was told stays as it is. Open a new round to go on."


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as a completed document tells it, and what of it stands where.

    `question` is None, and nothing is known of the places, where the question is gone since.
    """

    answer: ToldAnswer
    question: QuestionRecord | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Preflight:
    """What stands against completing a questionnaire, and what would be written.

    `questions` are all of them; `ready` are those that would be written, with what goes where; `kept` are answered
    in the customer's file already and stay as they came; `unfit` are answers that their places do not take, with the
    reason. Of one that is completed or sent `said` is what its last document tells, as recorded when that was made
    (nothing, where it was made before that was recorded); `aged` are answers that were sent and whose source changed
    since, with the reason.
    """

    record: QuestionnaireRecord
    questions: tuple[QuestionRecord, ...]
    ready: tuple[tuple[QuestionRecord, tuple[Entry, ...]], ...]
    kept: tuple[QuestionRecord, ...]
    unanswered: tuple[QuestionRecord, ...]
    unapproved: tuple[QuestionRecord, ...]
    stale: tuple[tuple[QuestionRecord, str], ...]
    unfit: tuple[tuple[QuestionRecord, str], ...]
    placeless: tuple[QuestionRecord, ...]
    places: int
    said: tuple[Said, ...] = ()
    aged: tuple[tuple[QuestionRecord, str], ...] = ()

    @property
    def complete(self) -> bool:
        """Return whether nothing stands against it."""
        return not (self.unanswered or self.unapproved or self.stale or self.unfit or self.placeless)


class Completion:
    """Completed documents: checked, made, verified, kept."""

    def __init__(self, store: Store, documents: Documents, knowledge: KnowledgeKeeper, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._documents, self._knowledge, self._clock = store, documents, knowledge, clock

    def preflight(self, by: Person, questionnaire: int) -> Preflight:
        """Return what would be written, or was, and what is missing."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
            questions = tx.questionnaires.questions(questionnaire)
            done = record.stage in (Stage.COMPLETED, Stage.SENT)
            documents = tx.questionnaires.completed(questionnaire) if done else []
            told = tx.sendings.answers(documents[0].id) if documents else []
        return self._preflight(record, questions, told)

    def complete(self, by: Person, questionnaire: int) -> CompletedRecord:
        """Return the record of a new completed document; answers that are not approved leave their places untouched.

        :raises StateError: when nothing is approved, or it was sent.
        :raises InvalidValueError: when questions that share a place were answered differently.
        :raises VerificationError: when anything but the answer places would differ.
        :raises ConflictError: when an answer was changed while the document was made.
        """
        by.require(Permission.COMPLETE)
        with self._store.reading() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
            questions = tx.questionnaires.questions(questionnaire)
            original = tx.questionnaires.original(record.original)
        if record.stage is Stage.SENT:
            raise StateError(SENT)
        checked = self._preflight(record, questions)
        filled = gathered(entry for _, found in checked.ready for entry in found)
        if not filled:
            raise StateError("No approved answer has a place in the document yet; approve some first.")
        content = self._documents.fill(original, filled, record.name)
        places = {place for entry in filled for place in entry.field.places()}
        differences = self._documents.verify(original, content, places, record.name)
        if differences:
            raise VerificationError(differences)
        path = PurePath(record.name)
        done = CompletedRecord(
            id=0,
            questionnaire=questionnaire,
            name=f"{path.stem} - completed{path.suffix}",
            digest=hashlib.sha256(content).hexdigest(),
            places=len(places),
            approved=len(checked.ready),
            questions=len(questions),
            by=by.id,
            at=self._clock(),
            written=written(item for item, _ in checked.ready),
        )
        with self._store.writing() as tx:
            current = tx.questionnaires.get(questionnaire)
            if current.stage is Stage.SENT:
                raise StateError(SENT)
            if (current.version, current.scope) != (record.version, record.scope):
                raise ConflictError("The questionnaire was changed while the document was made; complete it again.")
            now = {question.id: question.version for question in tx.questionnaires.questions(questionnaire)}
            if now != {question.id: question.version for question in questions}:
                raise ConflictError("An answer was changed while the document was made; complete it again.")
            key = tx.questionnaires.add_completed(done, content)
            tx.sendings.keep(key, [_told(item) for item, _ in checked.ready])
            tx.questionnaires.update(replace(current, stage=Stage.COMPLETED))
            tx.audit.record(
                by, "completed", record.subject, None, {"file": done.name, "digest": done.digest, "places": done.places}
            )
        return replace(done, id=key)

    def documents(self, by: Person, questionnaire: int) -> list[CompletedRecord]:
        """Return the completed documents made so far, newest first."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            visibility.require_whole(tx, by, questionnaire)
            return tx.questionnaires.completed(questionnaire)

    def download(self, by: Person, completed: int) -> tuple[CompletedRecord, bytes]:
        """Return a completed document.

        :raises VerificationError: when the kept file is not the one that was verified.
        """
        by.require(Permission.COMPLETE)
        with self._store.writing() as tx:
            document(tx, by, completed)
            record, content = tx.questionnaires.completed_content(completed)
            if hashlib.sha256(content).hexdigest() != record.digest:
                raise VerificationError(["the stored file has another digest than the one that was verified"])
            tx.audit.record(by, "downloaded", f"questionnaire {record.questionnaire}", None, {"digest": record.digest})
        return record, content

    def original(self, by: Person, questionnaire: int) -> tuple[str, bytes]:
        """Return the customer's file as it came, with its name."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
            return record.name, tx.questionnaires.original(record.original)

    def _preflight(
        self, record: QuestionnaireRecord, questions: list[QuestionRecord], told: Sequence[ToldAnswer] = ()
    ) -> Preflight:
        said = _said(questions, told)
        sent = {answer.question for answer in told} if record.stage is Stage.SENT else set()
        ready: list[tuple[QuestionRecord, tuple[Entry, ...]]] = []
        kept: list[QuestionRecord] = []
        unanswered: list[QuestionRecord] = []
        unapproved: list[QuestionRecord] = []
        placeless: list[QuestionRecord] = []
        stale: list[tuple[QuestionRecord, str]] = []
        aged: list[tuple[QuestionRecord, str]] = []
        unfit: list[tuple[QuestionRecord, str]] = []
        for item in questions:
            fault = self._knowledge.fault(item.answer, record.scope)
            if item.answer.state is State.UNANSWERED:
                (kept if answered_already(item.question) else unanswered).append(item)
            elif fault:
                (aged if item.id in sent else stale).append((item, fault))
            elif misfit := _misfit(item.question, item.answer.choice, item.answer.text):
                unfit.append((item, misfit))
            elif not stands(item.answer, item.question, record.scope):
                unapproved.append(item)
            elif found := entries(item.question, item.answer.choice, item.answer.text):
                ready.append((item, tuple(found)))
            else:
                placeless.append(item)
        return Preflight(
            record,
            tuple(questions),
            tuple(ready),
            tuple(kept),
            tuple(unanswered),
            tuple(unapproved),
            tuple(stale),
            tuple(unfit),
            tuple(placeless),
            len({place for _, found in ready for entry in found for place in entry.field.places()}),
            said,
            tuple(aged),
        )


def _misfit(question: Question, choice: str | None, text: str) -> str:
    """Return why the answer's places do not take it, "" when they do."""
    try:
        check(question, choice, text)
    except InvalidValueError as problem:
        return str(problem)
    return ""


def _said(questions: Iterable[QuestionRecord], told: Iterable[ToldAnswer]) -> tuple[Said, ...]:
    """Return what was told with its places; nothing in a questionnaire that is completed or sent moved since."""
    there = {item.id: item for item in questions}
    found = []
    for answer in told:
        item = there.get(answer.question)
        places = entries(item.question, answer.choice, answer.answer) if item is not None else ()
        found.append(Said(answer, item, tuple(places)))
    return tuple(found)


def _told(item: QuestionRecord) -> ToldAnswer:
    answer, question = item.answer, item.question
    return ToldAnswer(
        item.id, item.position, question.number, question.text, answer.choice, answer.text, answer.citations
    )
