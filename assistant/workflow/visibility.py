"""Who may see which questionnaire, and which of its questions.

Administrators see everything. Everybody else but experts sees every questionnaire that is not restricted, and
a restricted one when they own it or are among its members. Whoever sees no more than what was assigned to them,
as every expert does, sees the questions assigned to them and nothing else of the questionnaire.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from assistant.errors import NotFoundError, PermissionDeniedError
from assistant.people import Permission, Person, Role
from assistant.workflow.ports import Transaction
from assistant.workflow.records import QuestionnaireRecord, QuestionRecord

NONE_SUCH = "There is no such questionnaire."
NO_QUESTION = "There is no such question."
ONLY_OWN = "You see the questions that were assigned to you; the rest of this questionnaire is with its owner."


class Kept(Protocol):
    """What a questionnaire has, by which it is known who may see it."""

    @property
    def id(self) -> int:
        """Return its number."""

    @property
    def owner(self) -> int:
        """Return whose it is."""

    @property
    def restricted(self) -> bool:
        """Return whether only its members may see it."""


AnyKept = TypeVar("AnyKept", bound=Kept)


def require(tx: Transaction, by: Person, questionnaire: int) -> QuestionnaireRecord:
    """Return the questionnaire, all of which or some questions of which `by` may see.

    :raises NotFoundError: when there is none, or none for `by`; nothing tells one from the other.
    """
    by.require(Permission.READ)
    try:
        record = tx.questionnaires.get(questionnaire)
    except NotFoundError as problem:
        raise NotFoundError(NONE_SUCH) from problem
    if not (sees_whole(tx, by, record) or questionnaire in tx.assignments.questionnaires(by.id)):
        raise NotFoundError(NONE_SUCH)
    return record


def require_whole(tx: Transaction, by: Person, questionnaire: int) -> QuestionnaireRecord:
    """Return the questionnaire when `by` may see all of it: the file, the layout, what it is completed with.

    :raises NotFoundError: when there is none for `by`.
    :raises PermissionDeniedError: when `by` sees only the questions assigned to them.
    """
    record = require(tx, by, questionnaire)
    if not sees_whole(tx, by, record):
        raise PermissionDeniedError(ONLY_OWN)
    return record


def require_question(tx: Transaction, by: Person, question: int) -> tuple[QuestionRecord, QuestionnaireRecord]:
    """Return the question and its questionnaire.

    :raises NotFoundError: when there is none that `by` may see.
    """
    by.require(Permission.READ)
    try:
        item = tx.questionnaires.question(question)
        record = require(tx, by, item.questionnaire)
    except NotFoundError as problem:
        raise NotFoundError(NO_QUESTION) from problem
    if not own(tx, by, [item], record):
        raise NotFoundError(NO_QUESTION)
    return item, record


def seen(tx: Transaction, by: Person, records: Iterable[QuestionnaireRecord]) -> list[QuestionnaireRecord]:
    """Return those of `records` that `by` may see."""
    by.require(Permission.READ)
    if by.role is Role.ADMINISTRATOR:
        return list(records)
    assigned = tx.assignments.questionnaires(by.id)
    member = tx.members.questionnaires(by.id)
    return [r for r in records if r.id in assigned or _whole(by, r, r.id in member)]


def seen_whole(tx: Transaction, by: Person, records: Iterable[AnyKept]) -> list[AnyKept]:
    """Return those of `records` of which `by` may see everything."""
    member = tx.members.questionnaires(by.id)
    return [record for record in records if _whole(by, record, record.id in member)]


def own(
    tx: Transaction, by: Person, questions: Iterable[QuestionRecord], record: QuestionnaireRecord | None = None
) -> list[QuestionRecord]:
    """Return those of `questions`, all of one questionnaire, that `by` may see."""
    found = list(questions)
    if not found:
        return []
    if sees_whole(tx, by, record or tx.questionnaires.get(found[0].questionnaire)):
        return found
    assigned = tx.assignments.of(found[0].questionnaire)
    return [item for item in found if item.id in assigned and assigned[item.id].person == by.id]


def audience(tx: Transaction, people: Iterable[Person], question: int, record: QuestionnaireRecord) -> list[Person]:
    """Return those of `people` who see that question of the questionnaire."""
    members = tx.members.of(record.id) if record.restricted else frozenset[int]()
    given = tx.assignments.get(question)
    holder = given.person if given is not None else None
    return [one for one in people if _whole(one, record, one.id in members) or one.id == holder]


def sees_whole(tx: Transaction, by: Person, record: QuestionnaireRecord) -> bool:
    """Return whether `by` may see all of the questionnaire."""
    member = record.restricted and by.id in tx.members.of(record.id)
    return _whole(by, record, member)


def _whole(by: Person, record: Kept, member: bool) -> bool:
    if by.role is Role.ADMINISTRATOR:
        return True
    return by.role is not Role.EXPERT and (not record.restricted or record.owner == by.id or member)
