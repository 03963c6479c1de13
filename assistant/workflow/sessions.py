"""Sessions: signed-in browsers. They begin in one place and can be ended one by one or all together."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from assistant.errors import ConflictError
from assistant.people import Permission, Person
from assistant.workflow.account_rules import acting, existing
from assistant.workflow.invitations import token_hash
from assistant.workflow.ports import Clock, Store, Transaction
from assistant.workflow.records import Account, Session

SEEN_EVERY = timedelta(minutes=1)
"""How exactly the last use of a session is noted; more would write on every request."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who makes a request, and how they want their pages: `zone` is a time zone's name, "" for the browser's.

    While `lacks_factor`, the person has to set up a second factor before anything else.
    """

    person: Person
    zone: str = ""
    lacks_factor: bool = False


class Sessions:
    """Beginning, finding and ending sessions. Only the digest of a session's token is kept."""

    def __init__(self, store: Store, clock: Clock, hours: int, *, factor_required: bool = False) -> None:
        """Let a session last `hours`; with `factor_required`, who may approve needs a second factor."""
        self._store, self._clock, self._lasts = store, clock, timedelta(hours=hours)
        self._factor_required = factor_required

    def begin(self, tx: Transaction, account: Account, address: str, agent: str, **told: str) -> str:
        """Return the token of a new session for somebody who has proved who they are, in whatever way.

        `address` is the network address, `agent` the browser; `told` goes into the audit log.
        """
        token, now = secrets.token_urlsafe(32), self._clock()
        tx.people.add_session(Session(token_hash(token), account.id, now, now, now + self._lasts, agent[:200], address))
        tx.audit.record(account.person, "signed in", account.subject, None, {"from": address, **told})
        return token

    def visit(self, token: str) -> Visit | None:
        """Return who comes with the session, or None when it is over."""
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
        required = self._factor_required and account.person.may(Permission.APPROVE)
        return Visit(account.person, account.zone, required and not account.second_factor)

    def person(self, token: str) -> Person | None:
        """Return whom the session belongs to, or None when it is over."""
        visit = self.visit(token)
        return visit.person if visit else None

    def end(self, token: str) -> None:
        """End the session, as its owner does by signing out."""
        with self._store.writing() as tx:
            session = tx.people.session(token_hash(token))
            if session is not None and tx.people.end_sessions(session.account, session.token_hash):
                account = existing(tx, session.account)
                tx.audit.record(account.person, "signed out", account.subject)

    def of(self, by: Person, account: int | None = None) -> list[Session]:
        """Return the sessions of the account that are not over, the one used last first; without one, one's own.

        :raises PermissionDeniedError: when it is somebody else's and `by` is no administrator.
        """
        now = self._clock()
        with self._store.reading() as tx:
            found = self._whose(tx, by, by.id if account is None else account)
            return [session for session in tx.people.sessions(found.id) if session.expires > now]

    def end_one(self, by: Person, account: int, key: str) -> None:
        """End the session of the account with that `key`, if it is not over; one's own or as an administrator."""
        with self._store.writing() as tx:
            found = self._whose(tx, by, account)
            for session in tx.people.sessions(account):
                if session.key == key:
                    tx.people.end_sessions(account, session.token_hash)
                    tx.audit.record(by, "ended a session", found.subject, None, {"from": session.address})

    def end_others(self, by: Person, keep: str) -> int:
        """End all sessions of `by` but the one whose token is `keep`; return how many."""
        with self._store.writing() as tx:
            ended = end_all_but(tx, by.id, keep)
            tx.audit.record(by, "ended the other sessions", existing(tx, by.id).subject, None, {"sessions": ended})
        return ended

    def end_all(self, by: Person, account: int) -> int:
        """End all sessions of the account, one's own or as an administrator; return how many."""
        with self._store.writing() as tx:
            found = self._whose(tx, by, account)
            ended = tx.people.end_sessions(account)
            tx.audit.record(by, "ended the sessions", found.subject, None, {"sessions": ended})
        return ended

    def _whose(self, tx: Transaction, by: Person, account: int) -> Account:
        if by.id != account:
            acting(tx, by)
        return existing(tx, account)


def end_all_but(tx: Transaction, account: int, keep: str) -> int:
    """End the sessions of the account but the one whose token is `keep`; return how many."""
    return sum(
        tx.people.end_sessions(account, session.token_hash)
        for session in tx.people.sessions(account)
        if session.token_hash != token_hash(keep)
    )
