"""What every change of an account asks first: is it there, and may this person make it."""

from __future__ import annotations

from assistant.errors import NotFoundError, PermissionDeniedError
from assistant.people import Permission, Person
from assistant.workflow.ports import Transaction
from assistant.workflow.records import Account


def existing(tx: Transaction, account: int) -> Account:
    """Return the account.

    :raises NotFoundError: when there is none.
    """
    found = tx.people.get(account)
    if found is None:
        raise NotFoundError(f"There is no account {account}.")
    return found


def acting(tx: Transaction, by: Person | None) -> None:
    """Return when `by` may keep accounts, as of now and not only as of when they signed in; None is the console.

    :raises PermissionDeniedError: when they may not.
    """
    if by is None:
        return
    by.require(Permission.ADMINISTER)
    account = tx.people.get(by.id)
    if account is None or not account.active:
        raise PermissionDeniedError("This account is deactivated.")
    account.person.require(Permission.ADMINISTER)
