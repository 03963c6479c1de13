"""Accounts, sessions, invitations and login failures, as the database keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from assistant.people import Role
from assistant.workflow.records import Account, Invitation, Session


class People(Protocol):
    """Accounts, sessions, invitations and login failures."""

    def add(self, email: str, name: str, role: Role, password_hash: str) -> Account:
        """Return the new account. :raises ConflictError: when the address is taken."""

    def get(self, account: int) -> Account | None:
        """Return the account, or None."""

    def by_email(self, email: str) -> Account | None:
        """Return the account with that address, upper and lower case alike, or None."""

    def all(self) -> list[Account]:
        """Return every account by name."""

    def update(self, account: Account) -> None:
        """Save every field of `account`."""

    def names(self) -> Mapping[int, str]:
        """Return account id -> name."""

    def add_session(self, session: Session) -> None:
        """Save a session; `session.token_hash` is its key."""

    def session(self, token_hash: str) -> Session | None:
        """Return the session, or None."""

    def sessions(self, account: int) -> list[Session]:
        """Return the sessions of an account, the one used last first."""

    def touch_session(self, token_hash: str, seen: datetime) -> None:
        """Note when the session was last used."""

    def end_sessions(self, account: int, token_hash: str | None = None) -> int:
        """End one session of the account, or all; return how many."""

    def add_invitation(self, invitation: Invitation) -> None:
        """Save an invitation; `invitation.token_hash` is its key."""

    def invitation(self, token_hash: str) -> Invitation | None:
        """Return the invitation, or None."""

    def open_invitations(self, at: datetime) -> list[Invitation]:
        """Return those that would make an account and still hold then, the one that ends first first."""

    def use_invitation(self, token_hash: str, at: datetime) -> bool:
        """Mark it used; return False when it was used already."""

    def end_invitations(self, email: str) -> None:
        """Withdraw every invitation to that address that is not used yet."""

    def add_failure(self, email: str, address: str, at: datetime) -> None:
        """Count a failed login."""

    def failures(self, email: str, address: str, since: datetime) -> tuple[list[datetime], list[datetime]]:
        """Return when logins failed since then for the address of mail, and for the network address; latest first."""

    def clear_failures(self, email: str) -> None:
        """Forget the failures of that address of mail."""
