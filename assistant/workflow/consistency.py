"""Whether an answer says what was said before: to this customer, in this document, and by the library.

Four things are held against the answer of a question, each for the same or nearly the same question:

- what *this customer* was told: the approved answers of the same customer's other questionnaires about the same
  product, with their texts;
- the other answers of the same document, with their texts;
- the approved answers of the library that hold for the scope and may be told to this customer, with their texts;
- for a follow-up ("If yes, …"), the answer to the question it depends on.

Nothing of one customer appears in another customer's questionnaire: no name, no text, no file (DESIGN.md, section 8,
invariant 6). So an answer that another customer was given is never shown, not its choice and not its day either,
however well it would fit; it is seen here only once a reviewer has taken it into the library, which refuses answers
that name a customer. What is left is one sentence without any content: that an answer approved within a year to *the
very same* question, about the same product and deployment, chose otherwise. Only the choice is compared, since a form's
yes and no are our own words, while texts may speak of the customer; nearly the same does not count, since one could
guess from it what was asked. The sentence is for reviewers alone, who can do something about it (take the right answer
into the library), and speaks only of questionnaires that this reviewer may see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from assistant.answer import Answer, State
from assistant.difference import Difference, difference
from assistant.filling import canonical, chosen, explained, understood
from assistant.followups import FollowUp, condition, disagreement, follow_ups
from assistant.people import Permission, Person
from assistant.questionnaire import AnswerField, Question
from assistant.statement import Passage, Scope
from assistant.workflow import visibility
from assistant.workflow.agreement import Beside, Flag, Kind, Other, Parent, contradicting
from assistant.workflow.asked import Likeness, Told, key_of
from assistant.workflow.drafting import answered_already, wording
from assistant.workflow.keying import same_customer
from assistant.workflow.knowledge import may_read
from assistant.workflow.ports import Clock, Store, Transaction
from assistant.workflow.records import QuestionnaireRecord, QuestionRecord

ANSWERED = (State.DRAFTED, State.SUBMITTED, State.APPROVED)
WITHIN = timedelta(days=365)
"""How far back an answer given elsewhere counts."""
SHOWN = 3
"""Answers of a kind that are shown beside a question."""
_ABOVE = 40
"""How far above a follow-up the question is looked for that it depends on, unless it names a number."""


class Consistency:
    """What was said before, beside one question and for a whole questionnaire."""

    def __init__(self, store: Store, matching: Likeness, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._matching, self._clock = store, matching, clock

    def of(self, by: Person, question: int) -> Beside:
        """Return what is held against the answer of one question, the latest first.

        :raises NotFoundError: when there is no such question that `by` may see.
        """
        with self._store.reading() as tx:
            item, record = visibility.require_question(tx, by, question)
            key = self._key(item.question)
            keys = {key} | tx.asked.alike([key]).get(key, frozenset())
            seen = _whole(tx, by)
            theirs, others = _same_customers(seen, record), _elsewhere(by, seen, record)
            before = tx.asked.told(list(theirs), keys, (State.APPROVED,))
            whole = visibility.sees_whole(tx, by, record)
            document = tx.asked.told([record.id], keys, ANSWERED) if whole else []
            choices = tx.asked.choices(others, [key], self._clock() - WITHIN).get(key, frozenset())
            parent = _parent(tx, by, item, record)
        return Beside(
            told=self._told(item, key, before, theirs)[:SHOWN],
            document=self._in_document(item, key, document, record)[:SHOWN],
            library=self._similar(by, item, record.scope),
            parent=parent,
            elsewhere=self._chosen_otherwise(item, choices),
        )

    def flags(
        self, by: Person, questionnaire: int, questions: Sequence[QuestionRecord] | None = None
    ) -> tuple[Flag, ...]:
        """Return what does not agree in a questionnaire, in its order, as far as `by` may see it.

        `questions` are all its questions, where they were just read.
        """
        with self._store.reading() as tx:
            return self._flags(tx, by, visibility.require(tx, by, questionnaire), questions)

    def contradicting(self, tx: Transaction, by: Person, record: QuestionnaireRecord) -> frozenset[int]:
        """Return the ids of the questions whose answers, as they stand in `tx`, contradict something."""
        return frozenset(question for flag in self._flags(tx, by, record) for question in flag.contradictory)

    def _flags(
        self, tx: Transaction, by: Person, record: QuestionnaireRecord, read: Sequence[QuestionRecord] | None = None
    ) -> tuple[Flag, ...]:
        every = tx.questionnaires.questions(record.id) if read is None else read
        items = visibility.own(tx, by, every, record)
        keys = {item.id: self._key(item.question) for item in items if not item.answer.empty}
        alike = tx.asked.alike(set(keys.values()))
        wanted = set(keys.values()).union(*alike.values())
        seen = _whole(tx, by)
        theirs, others = _same_customers(seen, record), _elsewhere(by, seen, record)
        before = tx.asked.told(list(theirs), wanted, (State.APPROVED,))
        choices = tx.asked.choices(others, set(keys.values()), self._clock() - WITHIN)
        told: dict[str, list[Told]] = {}
        for each in before:
            told.setdefault(each.key, []).append(each)
        answered = [item for item in items if item.id in keys]
        library = self._by_library(by, answered, record.scope)
        found = _disagreements(every, {item.id for item in items})
        earlier: dict[str, list[QuestionRecord]] = {}
        flags: list[Flag] = []
        for item in items:
            if item.id in found:
                flags.append(Flag(Kind.FOLLOW_UP, item, parent=found[item.id]))
            if item.id not in keys:
                continue
            key = keys[item.id]
            near = (key, *alike.get(key, ()))
            said_before = self._told(item, key, [each for one in near for each in told.get(one, ())], theirs)
            flags += [Flag(Kind.TOLD, item, other) for other in said_before[:1] if other.matters]
            same = [_as_told(other, keys[other.id]) for one in near for other in earlier.get(one, ())]
            contrary = [other for other in self._in_document(item, key, same, record) if other.matters]
            flags += [Flag(Kind.DOCUMENT, item, other) for other in contrary[:1]]
            earlier.setdefault(key, []).append(item)
            flags += [Flag(Kind.LIBRARY, item, other) for other in contradicting(library[item.id])]
            if self._chosen_otherwise(item, choices.get(key, frozenset())):
                flags.append(Flag(Kind.ELSEWHERE, item))
        return tuple(flags)

    def differing(self, by: Person, questionnaire: int) -> frozenset[int]:
        """Return the ids of the questions that `flags` speaks of."""
        return frozenset(question for flag in self.flags(by, questionnaire) for question in flag.questions)

    def _key(self, question: Question) -> str:
        return key_of(self._matching.question_key(wording(question)))

    def _told(
        self, item: QuestionRecord, key: str, before: Iterable[Told], records: Mapping[int, QuestionnaireRecord]
    ) -> tuple[Other, ...]:
        """Return what the customer was told: the very same question first, the latest answers first."""
        question = item.question
        # What cannot stand alone is the same question where the form names and places it alike.
        bound = question.label or condition(question.text) is not None or not self._alone(question)
        place = (key, question.number, question.section)
        return tuple(
            _other(item, told, key, records[told.questionnaire])
            for told in sorted(before, key=lambda each: each.key != key)
            if (told.key, told.number, told.section) == place or not (bound or (told.label and told.key != key))
        )

    def _in_document(
        self, item: QuestionRecord, key: str, same: Iterable[Told], record: QuestionnaireRecord
    ) -> tuple[Other, ...]:
        """Return the other answers of the document to the same question; what depends on its place has none."""
        others = [told for told in same if told.question != item.id and not told.label and not condition(told.text)]
        if not others or item.question.label or condition(item.question.text) or not self._alone(item.question):
            return ()
        found = [_other(item, told, key, record) for told in others]
        return tuple(sorted(found, key=lambda other: not other.matters))

    def _alone(self, question: Question) -> bool:
        return self._matching.stands_alone(wording(question))

    def _chosen_otherwise(self, item: QuestionRecord, choices: Iterable[str]) -> bool:
        ours = chosen(item.answer.choice, item.question.choice_field)
        others = {canonical(choice) for choice in choices} - {None, ours}
        question = item.question
        if ours is None or not others or question.label or condition(question.text):
            return False
        return self._alone(question)

    def _by_library(self, by: Person, items: Sequence[QuestionRecord], scope: Scope) -> Mapping[int, tuple[Other, ...]]:
        """Return question id -> the approved answers of the library to nearly the same question."""
        found = self._matching.asked_before([wording(item.question) for item in items], scope)
        return {
            item.id: tuple(self._entry(item, passage, same=True) for passage in self._tellable(by, passages, scope))
            for item, passages in zip(items, found, strict=True)
        }

    def _similar(self, by: Person, item: QuestionRecord, scope: Scope) -> tuple[Other, ...]:
        """Return the approved answers near the question, those to nearly the same first."""
        asked = wording(item.question)
        same = self._tellable(by, self._matching.asked_before([asked], scope)[0], scope)
        near = self._matching.similar(asked, scope)
        similar = [passage for passage in self._tellable(by, near, scope) if passage not in same]
        found = [self._entry(item, passage, same=passage in same) for passage in (*same, *similar)]
        cited = {citation.digest for citation in item.answer.citations}
        # What the answer was taken from stands among its sources already.
        shown = [
            other
            for other in found
            if other.passage is None or other.passage.digest not in cited or other.difference is not Difference.NONE
        ]
        return tuple(shown[:SHOWN])

    def _tellable(self, by: Person, passages: Iterable[Passage], scope: Scope) -> list[Passage]:
        today = self._clock().date()
        return [each for each in passages if each.citable(scope, today) and may_read(by, each.audience)]

    def _entry(self, item: QuestionRecord, passage: Passage, *, same: bool) -> Other:
        answer = Answer(State.APPROVED, passage.choice or None, passage.text)
        wordings = {self._matching.question_key(asked) for asked in (passage.question, *passage.also_asked)}
        return Other(
            passage.question,
            answer,
            difference(_plain(item), answer) if same and not item.answer.empty else None,
            self._matching.question_key(wording(item.question)) in wordings,
            passage.reviewed,
            passage=passage,
        )


def _whole(tx: Transaction, by: Person) -> list[QuestionnaireRecord]:
    """Return the questionnaires of which `by` may see everything."""
    return visibility.seen_whole(tx, by, tx.questionnaires.all())


def _same_customers(
    seen: Iterable[QuestionnaireRecord], record: QuestionnaireRecord
) -> Mapping[int, QuestionnaireRecord]:
    """Return the customer's other questionnaires whose answers hold for the same, by id."""
    return {
        each.id: each
        for each in seen
        if each.id != record.id
        and same_customer(each.customer, record.customer)
        and each.scope.product.casefold() == record.scope.product.casefold()
        and (None in (each.scope.deployment, record.scope.deployment) or _same_scope(each.scope, record.scope))
    }


def _elsewhere(by: Person, seen: Iterable[QuestionnaireRecord], record: QuestionnaireRecord) -> list[int]:
    """Return the questionnaires of other customers whose choices `record` is held against, none but for reviewers."""
    if not by.may(Permission.APPROVE):
        return []
    return [
        each.id
        for each in seen
        if not same_customer(each.customer, record.customer) and _same_scope(each.scope, record.scope)
    ]


def _same_scope(one: Scope, other: Scope) -> bool:
    ours, theirs = ((scope.product.casefold(), (scope.deployment or "").casefold()) for scope in (one, other))
    return ours == theirs


def _other(item: QuestionRecord, told: Told, key: str, record: QuestionnaireRecord) -> Other:
    return Other(
        told.text,
        replace(told.answer, choice=explained(told.answer.choice, told.field)),
        None if item.answer.empty else difference(_plain(item), _worded(told.answer, told.field)),
        told.key == key,
        told.approved.date() if told.approved else None,
        told.number,
        told.section,
        told.question,
        record,
    )


def _as_told(item: QuestionRecord, key: str) -> Told:
    question, approval = item.question, item.answer.approval
    return Told(
        item.id,
        item.questionnaire,
        key,
        question.text,
        question.number,
        question.section,
        question.label,
        item.answer,
        approval.at if approval else None,
        question.choice_field,
    )


def _plain(item: QuestionRecord) -> Answer:
    """Return the answer as it can be held against those to other forms."""
    return _worded(item.answer, item.question.choice_field)


def _worded(answer: Answer, field: AnswerField | None) -> Answer:
    return replace(answer, choice=understood(answer.choice, field))


def _standing(item: QuestionRecord) -> Answer:
    """Return the answer, or what the customer's file holds in its place."""
    if not item.answer.empty or not answered_already(item.question):
        return item.answer
    choice, text = (
        (field.value or "").strip() if field is not None else ""
        for field in (item.question.choice_field, item.question.text_field)
    )
    return Answer(State.UNANSWERED, choice or None, text)


def _depends(follow_up: FollowUp, items: Sequence[QuestionRecord], item: QuestionRecord) -> Parent:
    above = items[follow_up.parent]
    answer = _standing(above)
    stands = _worded(answer, above.question.choice_field)
    return Parent(above, answer, disagreement(follow_up, stands, item.question, _plain(item)))


def _disagreements(items: Sequence[QuestionRecord], seen: Collection[int]) -> Mapping[int, Parent]:
    """Return the follow-ups among `items` that disagree with what they depend on, as far as both are `seen`."""
    found = {
        items[place].id: _depends(follow_up, items, items[place])
        for place, follow_up in follow_ups([item.question for item in items]).items()
        if items[place].id in seen and items[follow_up.parent].id in seen
    }
    return {question: parent for question, parent in found.items() if parent.fault is not None}


def _parent(tx: Transaction, by: Person, item: QuestionRecord, record: QuestionnaireRecord) -> Parent | None:
    """Return the question that `item` depends on, if it is a follow-up and `by` may see both."""
    if condition(item.question.text) is None:
        return None
    order = [each for each, _ in tx.questionnaires.outline(record.id)]
    at = order.index(item.id)
    named = any(character.isdigit() for character in item.question.text)
    above = tx.questionnaires.some(order[0 if named else max(0, at - _ABOVE) : at + 1])
    found = follow_ups([each.question for each in above]).get(len(above) - 1)
    if found is None or not visibility.own(tx, by, [above[found.parent]], record):
        return None
    return _depends(found, above, item)
