"""Restricting a questionnaire to members; its owner and administrators say who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.errors import InvalidValueError, PermissionDeniedError
from assistant.people import Permission, Person, Role
from assistant.workflow import visibility
from assistant.workflow.ports import Store, Transaction
from assistant.workflow.records import Account, QuestionnaireRecord


@dataclass(frozen=True, slots=True)
class Access:
    """Who sees a questionnaire. `others` might be made members; `may_change` says whether the viewer decides."""

    record: QuestionnaireRecord
    members: Sequence[Account]
    others: Sequence[Account]
    may_change: bool


class Sharing:
    """Who may see a questionnaire besides its owner and administrators."""

    def __init__(self, store: Store) -> None:
        """Keep the database."""
        self._store = store

    def access(self, by: Person, questionnaire: int) -> Access:
        """Return who sees the questionnaire."""
        with self._store.reading() as tx:
            record = visibility.require_whole(tx, by, questionnaire)
            return Access(record, *_people(tx, record), may_change=_decides(by, record))

    def restrict(self, by: Person, questionnaire: int, version: int, *, restricted: bool) -> None:
        """Show the questionnaire to its members only, or to everybody again.

        :raises PermissionDeniedError: to everybody but its owner and administrators.
        :raises ConflictError: when somebody else changed it since `version`.
        """
        with self._store.writing() as tx:
            record = _required(tx, by, questionnaire)
            tx.questionnaires.update(replace(record, restricted=restricted, version=version))
            action = "restricted to members" if restricted else "opened to everybody"
            tx.audit.record(by, action, record.subject)

    def add(self, by: Person, questionnaire: int, person: int) -> Account:
        """Return the account that is a member from now on.

        :raises InvalidValueError: for an account that cannot be one.
        """
        with self._store.writing() as tx:
            record = _required(tx, by, questionnaire)
            account = next((other for other in _people(tx, record)[1] if other.id == person), None)
            if account is None:
                raise InvalidValueError("Choose somebody who is not a member yet.")
            tx.members.add(questionnaire, person)
            tx.audit.record(by, "made a member", record.subject, None, {"member": account.email})
        return account

    def remove(self, by: Person, questionnaire: int, person: int) -> None:
        """Take a member out; what is assigned to them they still see."""
        with self._store.writing() as tx:
            record = _required(tx, by, questionnaire)
            account = tx.people.get(person)
            if account is not None and person in tx.members.of(questionnaire):
                tx.members.remove(questionnaire, person)
                tx.audit.record(by, "no member any more", record.subject, {"member": account.email})


def _decides(by: Person, record: QuestionnaireRecord) -> bool:
    return by.may(Permission.ADMINISTER) or (by.id == record.owner and by.may(Permission.UPLOAD))


def _required(tx: Transaction, by: Person, questionnaire: int) -> QuestionnaireRecord:
    record = visibility.require_whole(tx, by, questionnaire)
    if not _decides(by, record):
        raise PermissionDeniedError("Its owner or an administrator says who may see it.")
    return record


def _people(tx: Transaction, record: QuestionnaireRecord) -> tuple[list[Account], list[Account]]:
    """Return the members, and who might become one: administrators see it anyway, experts what is assigned to them."""
    members = tx.members.of(record.id)
    known = tx.people.all()
    rest = [
        account
        for account in known
        if account.active
        and account.id not in members
        and account.id != record.owner
        and account.role not in (Role.ADMINISTRATOR, Role.EXPERT)
    ]
    return [account for account in known if account.id in members], rest
