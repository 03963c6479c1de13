"""Going on from a questionnaire: with a newer version of its form, or with a new round after it was sent.

Either is a questionnaire of its own, so that what stood in the earlier one, and what was sent, stays as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from assistant.answer import Answer, State, stands, undone
from assistant.errors import InvalidValueError, StateError
from assistant.layout import needs_a_look
from assistant.people import Permission, Person
from assistant.workflow import visibility
from assistant.workflow.comparing import Comparison, compared
from assistant.workflow.handing_over import carried_over, check_last, hand_on
from assistant.workflow.intake import Intake
from assistant.workflow.knowledge import KnowledgeKeeper
from assistant.workflow.notifying import Kind
from assistant.workflow.ports import Clock, Store, Transaction
from assistant.workflow.records import CompletedRecord, QuestionnaireRecord, QuestionRecord, Stage
from assistant.workflow.rescoping import CHANGED, NO_REVIEWER
from assistant.workflow.rounds import Round
from assistant.workflow.sendings import Sending


@dataclass(frozen=True, slots=True)
class Past:
    """One questionnaire in a row of rounds, with what was sent of it."""

    record: QuestionnaireRecord
    number: int
    documents: Sequence[CompletedRecord]
    sendings: Mapping[int, Sequence[Sending]]


@dataclass(frozen=True, slots=True)
class Rounds:
    """A questionnaire among those it goes on from and those that go on from it, the first one first.

    `comparison` is with the one before, None for the first; `questions` are its own.
    """

    record: QuestionnaireRecord
    rounds: Sequence[Past]
    questions: Sequence[QuestionRecord]
    comparison: Comparison | None
    names: Mapping[int, str]


class Renewing:
    """New versions and new rounds."""

    def __init__(self, store: Store, intake: Intake, knowledge: KnowledgeKeeper, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._intake, self._knowledge, self._clock = store, intake, knowledge, clock

    def newer(self, by: Person, questionnaire: int, file: bytes, name: str, due: date | None = None) -> int:
        """Return the id of the questionnaire made of a newer version of the form.

        Answers that people worked on are carried over as drafts, to be looked at again; the earlier version is
        archived, unless it was sent.

        :raises UnreadableDocumentError: when the file cannot be read or asks nothing.
        :raises InvalidValueError: when it is the very same file.
        :raises StateError: when somebody went on from it already.
        """
        by.require(Permission.UPLOAD)
        received = self._intake.read(file, name)
        with self._store.writing() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
            check_last(tx, questionnaire)
            original = tx.questionnaires.add_original(file)
            if original == record.original:
                raise InvalidValueError("This is the same file as before; nothing changed in it.")
            before = tx.questionnaires.questions(questionnaire)
            comparison = compared(before, received.found.questions)
            answers = carried_over(comparison, received.found.questions, record)
            after = replace(
                record,
                id=0,
                name=received.name,
                due=due or record.due,
                stage=Stage.LAYOUT,
                created=self._clock(),
                original=original,
                found=replace(received.found, questions=()),
                version=1,
                corrections=received.corrections,
                doubtful=needs_a_look(received.found),
                archived=None,
            )
            questions = [
                QuestionRecord(0, 0, at, question, answers.get(at, Answer()))
                for at, question in enumerate(received.found.questions)
            ]
            key = _follow(tx, record, after, questions)
            pairs = (*comparison.same, *comparison.changed)
            handed = hand_on(tx, record.id, key, pairs, self._clock().date())
            if record.stage is not Stage.SENT and record.archived is None:
                tx.questionnaires.update(replace(record, archived=self._clock()))
            told = {
                "file": received.name,
                "digest": original,
                "goes on from": record.subject,
                "carried over": len(answers),
                **handed,
                "changed": len(comparison.changed),
                "new": len(comparison.new),
                "gone": len(comparison.gone),
            }
            tx.audit.record(by, "uploaded a newer version", f"questionnaire {key}", None, told)
        return key

    def reopen(self, by: Person, questionnaire: int, due: date | None = None) -> int:
        """Return the id of a new round of a questionnaire that was completed or sent.

        Approvals that still hold are kept, since they bind the same question, places, wording and sources; any
        other answer goes back to draft with the reason. Whoever has a question has it here too, and what was said
        on it stays with it. One that was completed and not sent is archived.

        :raises StateError: when it was neither completed nor sent, or somebody went on from it already.
        """
        by.require(Permission.UPLOAD)
        with self._store.writing() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
            if record.stage not in (Stage.COMPLETED, Stage.SENT):
                raise StateError("Only what was completed or sent needs a new round; this one can still be changed.")
            check_last(tx, questionnaire)
            approvers = {a.id for a in tx.people.all() if a.active and a.person.may(Permission.APPROVE)}
            before, questions = tx.questionnaires.questions(questionnaire), []
            for item in before:
                answer = self._still_approved(item, record, approvers)
                questions.append(replace(item, id=0, questionnaire=0, answer=answer, version=1))
            after = replace(record, id=0, due=due, stage=Stage.OPEN, created=self._clock(), version=1, archived=None)
            key = _follow(tx, record, after, questions)
            now = self._clock()
            handed = hand_on(tx, record.id, key, ((item, at) for at, item in enumerate(before)), now.date())
            _tell(tx, by, replace(after, id=key), now)
            if record.stage is Stage.COMPLETED and record.archived is None:
                tx.questionnaires.update(replace(record, archived=now))
            kept = sum(item.answer.state is State.APPROVED for item in questions)
            told = {"goes on from": record.subject, "approvals kept": kept, "questions": len(questions), **handed}
            tx.audit.record(by, "opened a new round", f"questionnaire {key}", None, told)
        return key

    def later(self, by: Person, questionnaire: int) -> QuestionnaireRecord | None:
        """Return the questionnaire in which work goes on, when there is one that `by` may see."""
        with self._store.reading() as tx:
            visibility.require_whole(tx, by, questionnaire)
            found = visibility.seen(tx, by, [tx.questionnaires.get(key) for key in tx.rounds.next(questionnaire)])
            return found[-1] if found else None

    def past(self, by: Person, questionnaire: int) -> list[Past]:
        """Return the questionnaire among its rounds, those of which `by` may see everything."""
        with self._store.reading() as tx:
            visibility.require_whole(tx, by, questionnaire)
            return _chain(tx, by, questionnaire)

    def rounds(self, by: Person, questionnaire: int) -> Rounds:
        """Return the same with the questions, compared with those of the one before."""
        with self._store.reading() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
            past = _chain(tx, by, questionnaire)
            questions = tx.questionnaires.questions(record.id)
            previous = tx.rounds.get(record.id)
            comparison = None
            if previous is not None and previous.previous in {one.record.id for one in past}:
                asked = [item.question for item in questions]
                comparison = compared(tx.questionnaires.questions(previous.previous), asked)
            return Rounds(record, past, questions, comparison, tx.people.names())

    def _still_approved(self, item: QuestionRecord, record: QuestionnaireRecord, approvers: set[int]) -> Answer:
        answer = item.answer
        if answer.approval is None:
            return answer
        if not stands(answer, item.question, record.scope):
            return undone(answer, CHANGED)
        if fault := self._knowledge.fault(answer, record.scope):
            return undone(answer, fault)
        if answer.approval.by not in approvers:
            return undone(answer, NO_REVIEWER)
        return answer


def _follow(
    tx: Transaction, record: QuestionnaireRecord, after: QuestionnaireRecord, questions: Sequence[QuestionRecord]
) -> int:
    """Save `after` as what goes on from `record`, for the same people; return its id."""
    key = tx.questionnaires.add(after, questions)
    before = tx.rounds.get(record.id)
    tx.rounds.add(Round(key, record.id, (before.number if before is not None else 1) + 1))
    for member in tx.members.of(record.id):
        tx.members.add(key, member)
    return key


def _tell(tx: Transaction, by: Person, record: QuestionnaireRecord, at: datetime) -> None:
    """Tell those who have questions of the new round that are still to be approved."""
    given = tx.assignments.of(record.id)
    left = [item for item in tx.questionnaires.questions(record.id) if item.answer.state is not State.APPROVED]
    for person, count in Counter(given[item.id].person for item in left if item.id in given).items():
        if person != by.id:
            told = f"{by.name} opened a new round of {record.customer}, {record.name}: {count} with you"
            tx.notifications.add(person, Kind.ASSIGNED, record.subject, told, by.id, at)


def _chain(tx: Transaction, by: Person, questionnaire: int) -> list[Past]:
    chain = [questionnaire]
    while (before := tx.rounds.get(chain[0])) is not None:
        chain.insert(0, before.previous)
    while later := tx.rounds.next(chain[-1]):
        chain.append(later[-1])
    past = [_past(tx, key, at) for at, key in enumerate(chain, 1)]
    # A row of rounds tells of each its documents and to whom they went: those who see only some questions see none.
    seen = {record.id for record in visibility.seen_whole(tx, by, [one.record for one in past])}
    return [one for one in past if one.record.id in seen]


def _past(tx: Transaction, key: int, number: int) -> Past:
    return Past(tx.questionnaires.get(key), number, tx.questionnaires.completed(key), tx.sendings.of(key))
