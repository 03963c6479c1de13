"""Noticing that an upload is a newer version of a form that this customer sent before, and going on from that one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.errors import InvalidValueError, StateError
from assistant.people import Permission, Person
from assistant.workflow import visibility
from assistant.workflow.comparing import compared
from assistant.workflow.handing_over import carried_over, check_last, hand_on
from assistant.workflow.keying import same_customer
from assistant.workflow.ports import Clock, Store, Transaction
from assistant.workflow.records import QuestionnaireRecord, Stage
from assistant.workflow.rounds import Round

LOOKED_AT = 5
"""Earlier questionnaires of a customer that an upload is compared with, the latest first."""
REMEMBERED = 1_000
"""Comparisons of which a node remembers what they came to."""
ALIKE = 0.5
"""How much of the longer form two versions of it share at least."""


class Recognising:
    """Uploads that go on from an earlier questionnaire."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._clock = store, clock
        self._known: dict[tuple[int, int, int, int], bool] = {}

    def earlier(self, by: Person, questionnaire: int) -> QuestionnaireRecord | None:
        """Return the questionnaire of which a fresh upload looks like a newer version, None when there is none."""
        with self._store.reading() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
            if record.stage is not Stage.LAYOUT or tx.rounds.get(record.id) is not None:
                return None
            gone_on = tx.rounds.superseded()
            known = [
                other
                for other in visibility.seen_whole(tx, by, tx.questionnaires.all())
                if other.id < record.id and other.id not in gone_on and _same_customer(other, record)
            ]
            return next((other for other in known[:LOOKED_AT] if self._alike(tx, other, record)), None)

    def _alike(self, tx: Transaction, other: QuestionnaireRecord, record: QuestionnaireRecord) -> bool:
        """Return what comparing the two comes to; it is done once for each state of them, not at every view."""
        key = other.id, other.version, record.id, record.version
        if key not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[key] = _shares_most(tx, other, record)
        return self._known[key]

    def follow(self, by: Person, questionnaire: int, earlier: int) -> None:
        """Make a fresh upload the newer version of an earlier questionnaire, and carry its answers over.

        :raises InvalidValueError: for a questionnaire of another customer: nothing of one customer reaches another.
        :raises StateError: when it is not fresh any more, or somebody went on from the earlier one already.
        """
        by.require(Permission.UPLOAD)
        with self._store.writing() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
            before = visibility.require_whole(tx, by, earlier)
            if record.stage is not Stage.LAYOUT or tx.rounds.get(record.id) is not None or before.id >= record.id:
                raise StateError("Only a fresh upload goes on from an earlier questionnaire.")
            if not _same_customer(before, record):
                raise InvalidValueError("That questionnaire is another customer's.")
            check_last(tx, earlier)
            carried = _carry(tx, before, record, self._clock().date())
            tx.rounds.add(Round(record.id, before.id, _number(tx, before.id) + 1))
            for member in {before.owner, *tx.members.of(before.id)} - {record.owner}:
                tx.members.add(record.id, member)
            deal, restricted = record.deal or before.deal, record.restricted or before.restricted
            tx.questionnaires.update(replace(record, deal=deal, restricted=restricted))
            if before.stage is not Stage.SENT and before.archived is None:
                tx.questionnaires.update(replace(before, archived=self._clock()))
            told = {"goes on from": before.subject, **carried}
            tx.audit.record(by, "made a newer version", record.subject, None, told)


def _shares_most(tx: Transaction, other: QuestionnaireRecord, record: QuestionnaireRecord) -> bool:
    """Return whether `record` asks most of what `other` does; forms that differ too much in length are not compared."""
    lengths = [len(tx.questionnaires.outline(each.id)) for each in (other, record)]
    wanted = ALIKE * max(*lengths, 1)
    if other.original == record.original or min(lengths) < wanted:
        return False
    asked = [item.question for item in tx.questionnaires.questions(record.id)]
    found = compared(tx.questionnaires.questions(other.id), asked)
    return len(found.same) + len(found.changed) >= wanted


def _carry(tx: Transaction, before: QuestionnaireRecord, after: QuestionnaireRecord, today: date) -> dict[str, int]:
    """Carry over the answers, who has which question and what was said there; return how many of each."""
    questions = tx.questionnaires.questions(after.id)
    asked = [item.question for item in questions]
    comparison = compared(tx.questionnaires.questions(before.id), asked)
    answers = carried_over(comparison, asked, before)
    for at, answer in answers.items():
        tx.questionnaires.save(replace(questions[at], answer=answer))
    handed = hand_on(tx, before.id, after.id, (*comparison.same, *comparison.changed), today)
    return {"carried over": len(answers), **handed}


def _number(tx: Transaction, questionnaire: int) -> int:
    found = tx.rounds.get(questionnaire)
    return found.number if found is not None else 1


def _same_customer(one: QuestionnaireRecord, other: QuestionnaireRecord) -> bool:
    return same_customer(one.customer, other.customer) and one.scope.product == other.scope.product
