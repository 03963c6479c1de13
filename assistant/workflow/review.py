"""Editing, submitting, approving and rejecting answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from assistant.answer import approved, edited, rejected, submitted
from assistant.errors import ConflictError, StateError
from assistant.filling import fit
from assistant.people import Permission, Person
from assistant.questionnaire import Question
from assistant.suggestion import Choice, Suggestion
from assistant.workflow import visibility
from assistant.workflow.approvals import tell_reviewers
from assistant.workflow.assignments import Assignment
from assistant.workflow.changes import EDITED, TYPED, Change
from assistant.workflow.changing import changeable, changed, told
from assistant.workflow.choosing import ChoiceWantedError, blank
from assistant.workflow.drafting import wording
from assistant.workflow.four_eyes import own_entries, rests_on
from assistant.workflow.knowledge import KnowledgeKeeper, may_read
from assistant.workflow.ports import Clock, Matching, Store, Transaction
from assistant.workflow.records import AuditEvent, Job, QuestionnaireRecord, QuestionRecord
from assistant.workflow.sent_back import tell_sent_back
from assistant.workflow.tally import Tally, standing


@dataclass(frozen=True, slots=True)
class Desk:
    """A questionnaire with all that its pages show. `job` is the drafting, None before it was queued.

    `assigned` and `comments` tell who has which question, and how many comments it has; `outline` are the ids of all
    questions that the reader may see, in order, with where they stand, also where `questions` are only some of them.
    `whole` says whether the reader sees all of the questionnaire, or only what is assigned to them. `typed` are the
    answers that saved themselves while somebody was typing, and that nobody has said are done.
    """

    record: QuestionnaireRecord
    questions: tuple[QuestionRecord, ...]
    job: Job | None
    names: Mapping[int, str]
    outline: tuple[tuple[int, str], ...] = ()
    assigned: Mapping[int, Assignment] = field(default_factory=dict)
    comments: Mapping[int, int] = field(default_factory=dict)
    whole: bool = True
    typed: Mapping[int, Change] = field(default_factory=dict)

    @property
    def tally(self) -> Tally:
        """Return how far all of it is that the reader may see."""
        return Tally.counted(stands for _, stands in self.outline)


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
            questions = visibility.own(tx, by, tx.questionnaires.questions(questionnaire), record)
            return _desk(tx, by, record, questions, [(item.id, standing(item)) for item in questions])

    def frame(self, by: Person, questionnaire: int) -> Desk:
        """Return the questionnaire without its questions: what stands around every page of it."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            record = visibility.require(tx, by, questionnaire)
            return _desk(tx, by, record, [], _outline(tx, by, record))

    def around(self, by: Person, question: int) -> Desk:
        """Return the questionnaire of one question, with that question alone; it costs far less than all of them."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            item, record = visibility.require_question(tx, by, question)
            return _desk(tx, by, record, [item], _outline(tx, by, record))

    def question(self, by: Person, question: int) -> QuestionRecord:
        """Return one question with its answer."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            return visibility.require_question(tx, by, question)[0]

    def note_opened(self, by: Person, question: int, version: int) -> None:
        """Keep that `by`, if they may approve, had that version in front of them; one that is past is not worth it.

        Nobody waits for this, nor does a page fail because of it: who opens the question again is noted then.
        """
        if not by.may(Permission.APPROVE):
            return
        with self._store.reading() as tx:
            item, _ = visibility.require_question(tx, by, question)
            known = tx.opened.of(by.id, [question]).get(question)
        if version == item.version != known:
            with suppress(ConflictError), self._store.writing(wait=False) as tx:
                tx.opened.note(by.id, question, version)

    def opened(self, by: Person, questions: Collection[int]) -> Mapping[int, int]:
        """Return question id -> the version that `by` last had in front of them."""
        with self._store.reading() as tx:
            return tx.opened.of(by.id, questions)

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
        by_hand: bool = True,
        by_itself: bool = False,
    ) -> QuestionRecord:
        """Return the question with the answer as worded by `by`; `cited` are digests of passages.

        A reason in `not_applicable` makes the answer "not applicable" in the form's wording. What is not worded
        `by_hand`, at this question, was not in front of `by`. What was saved `by_itself`, while `by` was typing, is
        still being written: acts on many answers leave it, until it is saved or submitted on purpose.

        :raises ConflictError: when somebody else changed it since `version`.
        """
        by.require(Permission.EDIT)
        with self._store.writing() as tx:
            before, record = changeable(tx, by, question, version)
            scope = record.scope
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
            return changed(tx, by, EDITED, before, answer, self._clock(), in_front=by_hand, by_itself=by_itself)

    def settle(self, by: Person, question: int, version: int) -> None:
        """Take what saved itself while somebody was typing for what is meant: `by` saved it as it stands.

        :raises ConflictError: when somebody else changed it since `version`.
        """
        by.require(Permission.EDIT)
        with self._store.writing() as tx:
            item, _ = changeable(tx, by, question, version)
            last = tx.changes.leading_to(item.id, item.version)
            if last is not None and last.action == TYPED:
                tx.changes.rename(last.id, EDITED)
                tx.audit.record(by, "finished writing", item.subject, told(item.answer), told(item.answer))

    def saved_since(self, by: Person, item: QuestionRecord, version: int) -> bool:
        """Return whether `item` differs from what stood at `version` by what `by` typed there, and by nothing else."""
        with self._store.reading() as tx:
            last = tx.changes.leading_to(item.id, item.version)
        if last is None or last.by != by.id or last.action not in (EDITED, TYPED):
            return False
        return last.base <= version < item.version

    def submit(self, by: Person, question: int, version: int) -> QuestionRecord:
        """Return the question with its answer handed to the reviewers."""
        by.require(Permission.EDIT)
        with self._store.writing() as tx:
            before, record = changeable(tx, by, question, version)
            answer, now = submitted(before.answer, by), self._clock()
            saved = changed(tx, by, "submitted", before, answer, now, in_front=_was_opened(tx, by, before))
            tell_reviewers(tx, by, record, 1, now)
            return saved

    def approve(self, by: Person, question: int, version: int, *, without_choice: bool = False) -> QuestionRecord:
        """Return the question with its answer approved, bound to what stood in `version`.

        :raises StateError: when a cited passage no longer holds, or there is nothing to approve.
        :raises ChoiceWantedError: when it leaves blank the choice that the form wants, unless `without_choice`.
        """
        by.require(Permission.APPROVE)
        with self._store.writing() as tx:
            before, record = changeable(tx, by, question, version)
            scope = record.scope
            fault = self._knowledge.fault(before.answer, scope)
            if fault:
                raise StateError(f"{fault} Choose a source that holds, or word the answer anew, before approving.")
            if self._four_eyes and rests_on(before.answer, own_entries(tx, by, [before.answer])):
                raise StateError("This draft is your own wording from the library; ask another reviewer.")
            now = self._clock()
            answer = approved(before.answer, before.question, scope, by, now, four_eyes=self._four_eyes)
            wants = blank(before.question, before.answer)
            if wants is not None and not without_choice:
                raise ChoiceWantedError(wants)
            return changed(tx, by, "approved", before, answer, now, in_front=_was_opened(tx, by, before))

    def reject(self, by: Person, question: int, version: int, reason: str, *, wrong_source: bool) -> QuestionRecord:
        """Return the question with its answer sent back; with `wrong_source` its passages are lowered for good."""
        by.require(Permission.APPROVE)
        with self._store.writing() as tx:
            before, record = changeable(tx, by, question, version)
            answer, now = rejected(before.answer, by, reason), self._clock()
            lowered: tuple[str, ...] = ()
            if wrong_source:
                key, known = self._matching.question_key(wording(before.question)), tx.library.rejected()
                digests = dict.fromkeys(citation.digest for citation in before.answer.citations)
                lowered = tuple(digest for digest in digests if (key, digest) not in known)
                for digest in lowered:
                    tx.library.reject(key, digest, by.id, now)
            in_front = _was_opened(tx, by, before)
            saved = changed(tx, by, "rejected", before, answer, now, lowered, in_front=in_front)
            tell_sent_back(tx, by, record, [before], reason, now)
            return saved


def _was_opened(tx: Transaction, by: Person, item: QuestionRecord) -> bool:
    """Return whether `by` had the answer in front of them as it stands."""
    return tx.opened.of(by.id, [item.id]).get(item.id) == item.version


def _outline(tx: Transaction, by: Person, record: QuestionnaireRecord) -> list[tuple[int, str]]:
    outline = tx.questionnaires.outline(record.id)
    if visibility.sees_whole(tx, by, record):
        return outline
    given = tx.assignments.of(record.id)
    mine = {key for key, assignment in given.items() if assignment.person == by.id}
    return [(key, stands) for key, stands in outline if key in mine]


def _desk(
    tx: Transaction,
    by: Person,
    record: QuestionnaireRecord,
    questions: list[QuestionRecord],
    outline: list[tuple[int, str]],
) -> Desk:
    visible = {key for key, _ in outline}
    assigned, comments = tx.assignments.of(record.id), tx.comments.counts(record.id)
    return Desk(
        record,
        tuple(questions),
        tx.jobs.latest("draft", record.id),
        tx.people.names(),
        tuple(outline),
        {key: given for key, given in assigned.items() if key in visible},
        {key: count for key, count in comments.items() if key in visible},
        visibility.sees_whole(tx, by, record),
        {key: change for key, change in tx.changes.typed(record.id).items() if key in visible},
    )


def _not_applicable(question: Question, reason: str) -> tuple[str | None, str]:
    field = question.choice_field
    choice = fit(Choice.NOT_APPLICABLE, field.allowed(), field.meanings) if field is not None else None
    return choice, reason if choice else f"Not applicable: {reason}"
