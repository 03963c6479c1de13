"""Accounts, sessions, invitations and login failures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from assistant.errors import ConflictError
from assistant.people import Role
from assistant.storage.tables import accounts, invitations, login_failures, sessions
from assistant.workflow.ports import Clock
from assistant.workflow.records import Account, Invitation, Session

FAILURES_KEPT = timedelta(days=1)
"""How long login failures are kept; no window over which they are counted may be longer."""


class People:
    """Accounts, sessions, invitations and login failures within one transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        """Work on `connection`; `clock` dates new accounts."""
        self._connection = connection
        self._clock = clock

    def add(self, email: str, name: str, role: Role, password_hash: str) -> Account:
        """Return the new account.

        :raises ConflictError: when the address is taken.
        """
        if self.by_email(email) is not None:
            raise ConflictError(f"There is an account for {email} already.")
        created = self._clock()
        number = self._connection.execute(
            insert(accounts)
            .values(
                email=email,
                email_key=email.casefold(),
                name=name,
                role=role.value,
                password_hash=password_hash,
                created=created,
                active=True,
                second_factor="",
            )
            .returning(accounts.c.id)
        ).scalar_one()
        return Account(number, email, name, role, password_hash, created)

    def get(self, account: int) -> Account | None:
        """Return the account, or None."""
        row = self._connection.execute(select(accounts).where(accounts.c.id == account)).one_or_none()
        return _account(row) if row else None

    def by_email(self, email: str) -> Account | None:
        """Return the account with that address, upper and lower case alike, or None."""
        row = self._connection.execute(select(accounts).where(accounts.c.email_key == email.casefold())).one_or_none()
        return _account(row) if row else None

    def all(self) -> list[Account]:
        """Return every account by name."""
        rows = self._connection.execute(select(accounts)).all()
        return sorted((_account(row) for row in rows), key=lambda account: (account.name.casefold(), account.id))

    def update(self, account: Account) -> None:
        """Save every field of `account`.

        :raises ConflictError: when another account has that address.
        """
        other = self.by_email(account.email)
        if other is not None and other.id != account.id:
            raise ConflictError(f"There is an account for {account.email} already.")
        self._connection.execute(
            update(accounts)
            .where(accounts.c.id == account.id)
            .values(
                email=account.email,
                email_key=account.email.casefold(),
                name=account.name,
                role=account.role.value,
                password_hash=account.password_hash,
                active=account.active,
                second_factor=account.second_factor,
                second_factor_step=account.second_factor_step,
                zone=account.zone,
                muted=list(account.muted),
            )
        )

    def names(self) -> Mapping[int, str]:
        """Return account id -> name."""
        return {row.id: row.name for row in self._connection.execute(select(accounts.c.id, accounts.c.name))}

    def add_session(self, session: Session) -> None:
        """Save a session; `session.token_hash` is its key. Sessions that have expired by then go."""
        self._connection.execute(delete(sessions).where(sessions.c.expires < session.created))
        self._connection.execute(
            insert(sessions).values(
                token_hash=session.token_hash,
                account=session.account,
                created=session.created,
                seen=session.seen,
                expires=session.expires,
                agent=session.agent,
                address=session.address,
            )
        )

    def session(self, token_hash: str) -> Session | None:
        """Return the session, or None."""
        row = self._connection.execute(select(sessions).where(sessions.c.token_hash == token_hash)).one_or_none()
        return _session(row) if row else None

    def sessions(self, account: int) -> list[Session]:
        """Return the sessions of an account, the one used last first."""
        rows = self._connection.execute(
            select(sessions).where(sessions.c.account == account).order_by(sessions.c.seen.desc())
        )
        return [_session(row) for row in rows]

    def touch_session(self, token_hash: str, seen: datetime) -> None:
        """Note when the session was last used."""
        self._connection.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(seen=seen))

    def end_sessions(self, account: int, token_hash: str | None = None) -> int:
        """End one session of the account, or all; return how many."""
        ended = delete(sessions).where(sessions.c.account == account)
        if token_hash is not None:
            ended = ended.where(sessions.c.token_hash == token_hash)
        return self._connection.execute(ended).rowcount

    def add_invitation(self, invitation: Invitation) -> None:
        """Save an invitation; `invitation.token_hash` is its key."""
        self._connection.execute(
            insert(invitations).values(
                token_hash=invitation.token_hash,
                email=invitation.email,
                email_key=invitation.email.casefold(),
                name=invitation.name,
                role=invitation.role.value,
                expires=invitation.expires,
                used=invitation.used,
                account=invitation.account,
                by=invitation.by,
            )
        )

    def invitation(self, token_hash: str) -> Invitation | None:
        """Return the invitation, or None."""
        row = self._connection.execute(select(invitations).where(invitations.c.token_hash == token_hash)).one_or_none()
        return _invitation(row) if row else None

    def open_invitations(self, at: datetime) -> list[Invitation]:
        """Return those that would make an account and still hold then, the one that ends first first."""
        c = invitations.c
        found = select(invitations).where(c.used.is_(None), c.account.is_(None), c.email != "", c.expires > at)
        return [_invitation(row) for row in self._connection.execute(found.order_by(c.expires, c.email_key))]

    def use_invitation(self, token_hash: str, at: datetime) -> bool:
        """Mark it used; return False when it was used already."""
        used = self._connection.execute(
            update(invitations)
            .where(invitations.c.token_hash == token_hash, invitations.c.used.is_(None))
            .values(used=at)
        )
        return used.rowcount == 1

    def end_invitations(self, email: str) -> None:
        """Withdraw every invitation to that address that is not used yet."""
        self._connection.execute(
            delete(invitations).where(invitations.c.email_key == email.casefold(), invitations.c.used.is_(None))
        )

    def add_failure(self, email: str, address: str, at: datetime) -> None:
        """Count a failed login; those too old to count go."""
        self._connection.execute(delete(login_failures).where(login_failures.c.at < at - FAILURES_KEPT))
        self._connection.execute(insert(login_failures).values(email_key=email.casefold(), address=address, at=at))

    def failures(self, email: str, address: str, since: datetime) -> tuple[list[datetime], list[datetime]]:
        """Return when logins failed since then for the address of mail, and for the network address; latest first."""
        found = []
        for column, value in ((login_failures.c.email_key, email.casefold()), (login_failures.c.address, address)):
            moments = select(login_failures.c.at).where(column == value, login_failures.c.at > since)
            found.append(list(self._connection.execute(moments.order_by(login_failures.c.at.desc())).scalars()))
        return found[0], found[1]

    def clear_failures(self, email: str) -> None:
        """Forget the failures of that address of mail."""
        self._connection.execute(delete(login_failures).where(login_failures.c.email_key == email.casefold()))


def _account(row: Row[Any]) -> Account:
    return Account(
        id=row.id,
        email=row.email,
        name=row.name,
        role=Role(row.role),
        password_hash=row.password_hash,
        created=row.created,
        active=row.active,
        second_factor=row.second_factor,
        second_factor_step=row.second_factor_step,
        zone=row.zone,
        muted=tuple(row.muted),
    )


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(row.token_hash, row.email, row.name, Role(row.role), row.expires, row.used, row.account, row.by)


def _session(row: Row[Any]) -> Session:
    return Session(row.token_hash, row.account, row.created, row.seen, row.expires, row.agent, row.address)
