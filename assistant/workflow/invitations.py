"""Links that make an account or set a new password: given out once, kept as a digest, for a time."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from assistant.errors import NotFoundError
from assistant.people import Person, Role
from assistant.workflow.ports import Clock, Transaction
from assistant.workflow.records import Account, Invitation

INVITATION_HOURS = 72
FIRST_LINK_HOURS = 24
RESET_HOURS = 24


class Invitations:
    """Giving out links and telling which hold. An address has one link at a time: the last."""

    def __init__(self, clock: Clock) -> None:
        """Count the hours by `clock`."""
        self._clock = clock

    def first(self, tx: Transaction) -> str:
        """Return the token for the first administrator, whose address is not known yet."""
        return self._issued(tx, "", "", Role.ADMINISTRATOR, FIRST_LINK_HOURS)

    def new(self, tx: Transaction, by: Person, email: str, name: str, role: Role) -> str:
        """Return the token for a new account."""
        return self._issued(tx, email, name, role, INVITATION_HOURS, by=by)

    def reset(self, tx: Transaction, by: Person | None, account: Account) -> str:
        """Return the token for a new password; None is the console."""
        return self._issued(tx, account.email, account.name, account.role, RESET_HOURS, account.id, by=by)

    def valid(self, tx: Transaction, token: str) -> Invitation:
        """Return the invitation; it holds for a time, once, and while who made it may keep accounts.

        :raises NotFoundError: when it does not hold (any more).
        """
        found = tx.people.invitation(token_hash(token))
        if (
            found is None
            or found.used is not None
            or found.expires <= self._clock()
            or (not found.email and has_administrator(tx))
            or (found.by is not None and not _keeps_accounts(tx.people.get(found.by)))
        ):
            raise NotFoundError("This link was used already, was replaced or has expired. Ask for a new one.")
        return found

    def _issued(
        self,
        tx: Transaction,
        email: str,
        name: str,
        role: Role,
        hours: int,
        account: int | None = None,
        by: Person | None = None,
    ) -> str:
        tx.people.end_invitations(email)
        token = secrets.token_urlsafe(32)
        expires = self._clock() + timedelta(hours=hours)
        maker = by.id if by else None
        tx.people.add_invitation(Invitation(token_hash(token), email, name, role, expires, account=account, by=maker))
        return token


def token_hash(token: str) -> str:
    """Return the SHA-256 (hex) under which a token is kept; it is long and random, so no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def has_administrator(tx: Transaction) -> bool:
    """Return whether somebody can keep accounts."""
    return any(_keeps_accounts(account) for account in tx.people.all())


def _keeps_accounts(account: Account | None) -> bool:
    return account is not None and account.active and account.role is Role.ADMINISTRATOR
