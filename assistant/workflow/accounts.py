"""Accounts: invitations, signing in, sessions, passwords, roles.

Tokens are given out once and kept as SHA-256 only. Whatever must not change between looking and
acting is looked at and done within one writing transaction; hashing passwords, which takes long on
purpose, happens outside of it.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from assistant.errors import ConflictError, InvalidValueError, NotFoundError, PermissionDeniedError, StateError
from assistant.people import Permission, Person, Role
from assistant.workflow.attempts import Attempts, SignInRefusedError
from assistant.workflow.credentials import LONGEST_EMAIL, Passwords, check_password, checked_email, checked_name
from assistant.workflow.invitations import Invitations, has_administrator, token_hash
from assistant.workflow.ports import Clock, Store, Transaction
from assistant.workflow.records import Account, Invitation, Session

SEEN_EVERY = timedelta(minutes=1)
"""How exactly the last use of a session is noted; more would write on every request."""


class Accounts:
    """Who may sign in, and as what. Everything that is done here stands in the audit log, without secrets."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        attempts: int,
        window: timedelta,
        session_hours: int,
        passwords: Passwords | None = None,
    ) -> None:
        """Allow `attempts` failed sign-ins within `window`; a session lasts `session_hours`."""
        self._store, self._clock = store, clock
        self._attempts, self._invitations = Attempts(store, clock, attempts, window), Invitations(clock)
        self._session = timedelta(hours=session_hours)
        self._passwords = passwords or Passwords()

    # Becoming somebody

    def needs_first_administrator(self) -> bool:
        """Return whether nobody can keep accounts yet."""
        with self._store.reading() as tx:
            return not has_administrator(tx)

    def first_link(self) -> str:
        """Return the token of a link that makes the first administrator; older ones cease to hold.

        :raises StateError: when there is an administrator.
        """
        with self._store.writing() as tx:
            if has_administrator(tx):
                raise StateError("There is an administrator already; they can invite others.")
            token = self._invitations.first(tx)
            tx.audit.record(None, "made the first administrator's link", "accounts")
        return token

    def invite(self, by: Person, email: str, name: str, role: Role) -> str:
        """Return the token of an invitation; older ones to that address cease to hold.

        :raises InvalidValueError: for an address that is none, or that has an account.
        """
        email, name = checked_email(email), checked_name(name)
        with self._store.writing() as tx:
            _acting(tx, by)
            _refuse_taken(tx, email)
            token = self._invitations.new(tx, by, email, name, role)
            tx.audit.record(by, "invited", "accounts", None, {"email": email, "name": name, "role": role.value})
        return token

    def reset_link(self, by: Person | None, account: int) -> str:
        """Return the token of a link with which the account's owner sets a new password; None is the console.

        :raises StateError: when the account is deactivated.
        """
        with self._store.writing() as tx:
            _acting(tx, by)
            found = _existing(tx, account)
            if not found.active:
                raise StateError(f"The account of {found.name} is deactivated; activate it first.")
            token = self._invitations.reset(tx, by, found)
            tx.audit.record(by, "made a link for a new password", _subject(found))
        return token

    def invitation(self, token: str) -> Invitation | None:
        """Return the invitation or link for a new password, or None when it does not hold (any more)."""
        with self._store.reading() as tx, suppress(NotFoundError):
            return self._invitations.valid(tx, token)
        return None

    def accept(self, token: str, name: str, password: str, email: str = "") -> Account:
        """Return the account that the link makes, or whose password it sets; `email` is for the first administrator.

        :raises NotFoundError: when the link does not hold.
        :raises InvalidValueError: for a password, name or address that will not do.
        """
        with self._store.reading() as tx:
            invited = self._invitations.valid(tx, token)
        email = invited.email or checked_email(email)
        name = invited.name if invited.account is not None else checked_name(name or invited.name)
        password_hash = self._hashed(password, email)
        with self._store.writing() as tx:
            invited = self._invitations.valid(tx, token)
            tx.people.use_invitation(invited.token_hash, self._clock())
            if invited.account is not None:
                account = replace(_existing(tx, invited.account), password_hash=password_hash)
                tx.people.update(account)
                tx.people.end_sessions(account.id)
                tx.people.clear_failures(account.email)
                tx.audit.record(account.person, "set a new password by a link", _subject(account))
                return account
            account = self._added(tx, email, name, invited.role, password_hash)
            tx.audit.record(account.person, "accepted an invitation", _subject(account), None, _told(account))
            return account

    def add(self, email: str, name: str, role: Role, password: str) -> Account:
        """Return a new account, made on the console.

        :raises InvalidValueError: for a password, name or address that will not do.
        """
        email, name = checked_email(email), checked_name(name)
        password_hash = self._hashed(password, email)
        with self._store.writing() as tx:
            account = self._added(tx, email, name, role, password_hash)
            tx.audit.record(None, "added an account", _subject(account), None, _told(account))
        return account

    # Signing in

    def sign_in(self, email: str, password: str, address: str, agent: str) -> str:
        """Return the token of a new session; `address` is the network address, `agent` the browser.

        :raises SignInRefusedError: for a wrong password or unknown account (which are not told apart),
            or when there were too many failures.
        """
        # No address is longer; what is longer would only fill the table of failures.
        email = email.strip()[:LONGEST_EMAIL]
        account = self._attempts.account(email, address)
        proved = self._passwords.proved(account.password_hash if account else None, password)
        if account is None or not account.active or not proved:
            with self._store.writing() as tx:
                # What was typed as an address may have been the password.
                tx.audit.record(
                    None, "failed to sign in", _subject(account) if account else "accounts", None, {"from": address}
                )
            raise SignInRefusedError("Address and password do not match an account.")
        outdated = self._passwords.outdated(account.password_hash)
        fresh_hash = self._passwords.hashed(password) if outdated else None
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._store.writing() as tx:
            current = _existing(tx, account.id)
            if not current.active or current.password_hash != account.password_hash:
                raise SignInRefusedError("The account was changed meanwhile; sign in again.")
            if fresh_hash is not None:
                tx.people.update(replace(current, password_hash=fresh_hash))
            tx.people.clear_failures(current.email)
            tx.people.add_session(
                Session(token_hash(token), current.id, now, now, now + self._session, agent[:200], address)
            )
            tx.audit.record(current.person, "signed in", _subject(current), None, {"from": address})
        return token

    def person(self, token: str) -> Person | None:
        """Return whom the session belongs to, or None when it is over."""
        now = self._clock()
        with self._store.reading() as tx:
            session = tx.people.session(token_hash(token))
            if session is None or session.expires <= now:
                return None
            account = tx.people.get(session.account)
        if account is None or not account.active:
            return None
        if now - session.seen >= SEEN_EVERY:
            # Every page asks who reads it: none shall wait for somebody who writes, or fail because of it.
            with suppress(ConflictError), self._store.writing(wait=False) as tx:
                tx.people.touch_session(session.token_hash, now)
        return account.person

    def sign_out(self, token: str) -> None:
        """End the session."""
        with self._store.writing() as tx:
            session = tx.people.session(token_hash(token))
            if session is not None and tx.people.end_sessions(session.account, session.token_hash):
                account = _existing(tx, session.account)
                tx.audit.record(account.person, "signed out", _subject(account))

    def sessions(self, person: Person) -> list[Session]:
        """Return the person's own sessions that are not over, the one used last first."""
        now = self._clock()
        with self._store.reading() as tx:
            return [session for session in tx.people.sessions(person.id) if session.expires > now]

    def end_sessions(self, by: Person, account: int) -> int:
        """End all sessions of the account, one's own or as an administrator; return how many."""
        with self._store.writing() as tx:
            if by.id != account:
                _acting(tx, by)
            found = _existing(tx, account)
            ended = tx.people.end_sessions(account)
            tx.audit.record(by, "ended the sessions", _subject(found), None, {"sessions": ended})
        return ended

    # Changing

    def change_password(self, person: Person, old: str, new: str, keep: str = "") -> None:
        """Set the person's password; every session ends but the one whose token is `keep`.

        :raises SignInRefusedError: when `old` is wrong, or was wrong too often.
        :raises InvalidValueError: when `new` will not do.
        """
        account = self._attempts.account(person.email)
        if account is None or account.id != person.id or not self._passwords.proved(account.password_hash, old):
            raise SignInRefusedError("The present password is wrong.")
        password_hash = self._hashed(new, account.email)
        with self._store.writing() as tx:
            current = _existing(tx, account.id)
            if current.password_hash != account.password_hash:
                raise SignInRefusedError("The password was changed meanwhile; sign in again.")
            tx.people.update(replace(current, password_hash=password_hash))
            tx.people.clear_failures(current.email)
            tx.people.end_invitations(current.email)
            for session in tx.people.sessions(current.id):
                if session.token_hash != token_hash(keep):
                    tx.people.end_sessions(current.id, session.token_hash)
            tx.audit.record(person, "changed the password", _subject(current))

    def set_role(self, by: Person, account: int, role: Role) -> Account:
        """Return the account with another role; its sessions end.

        :raises StateError: when it is the last active administrator.
        """
        with self._store.writing() as tx:
            _acting(tx, by)
            before = _existing(tx, account)
            return self._changed(tx, by, "changed the role", before, replace(before, role=role))

    def set_active(self, by: Person, account: int, active: bool) -> Account:
        """Return the account, able to sign in or no longer; its sessions and links end.

        :raises StateError: when it is the last active administrator.
        """
        with self._store.writing() as tx:
            _acting(tx, by)
            before = _existing(tx, account)
            action = "activated" if active else "deactivated"
            return self._changed(tx, by, action, before, replace(before, active=active))

    # Steps

    def _changed(self, tx: Transaction, by: Person, action: str, before: Account, after: Account) -> Account:
        if after == before:
            return before
        tx.people.update(after)
        if not has_administrator(tx):
            raise StateError("This is the last administrator; make somebody else administrator first.")
        tx.people.end_sessions(after.id)
        if not after.active:
            tx.people.end_invitations(after.email)
        tx.audit.record(by, action, _subject(after), _told(before), _told(after))
        return after

    def _added(self, tx: Transaction, email: str, name: str, role: Role, password_hash: str) -> Account:
        _refuse_taken(tx, email)
        tx.people.end_invitations(email)
        return tx.people.add(email, name, role, password_hash)

    def _hashed(self, password: str, email: str) -> str:
        check_password(password, email)
        return self._passwords.hashed(password)


def _acting(tx: Transaction, by: Person | None) -> None:
    """Return when `by` may keep accounts, as of now and not only as of when they signed in; None is the console."""
    if by is None:
        return
    by.require(Permission.ADMINISTER)
    account = tx.people.get(by.id)
    if account is None or not account.active:
        raise PermissionDeniedError("This account is deactivated.")
    account.person.require(Permission.ADMINISTER)


def _existing(tx: Transaction, account: int) -> Account:
    found = tx.people.get(account)
    if found is None:
        raise NotFoundError(f"There is no account {account}.")
    return found


def _refuse_taken(tx: Transaction, email: str) -> None:
    if tx.people.by_email(email) is not None:
        raise InvalidValueError(f"There is an account for {email} already.")


def _subject(account: Account) -> str:
    return f"account {account.id}"


def _told(account: Account) -> dict[str, object]:
    return {"email": account.email, "name": account.name, "role": account.role.value, "active": account.active}
