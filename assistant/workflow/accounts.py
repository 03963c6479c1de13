"""Accounts: invitations, signing in, passwords, roles.

Tokens are given out once and kept as SHA-256 only. Whatever must not change between looking and
acting is looked at and done within one writing transaction; hashing passwords, which takes long on
purpose, happens outside of it.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from assistant.errors import InvalidValueError, NotFoundError, StateError
from assistant.people import Person, Role
from assistant.workflow.account_rules import acting, existing
from assistant.workflow.attempts import Attempts, SignInRefusedError
from assistant.workflow.codes import Codes
from assistant.workflow.credentials import LONGEST_EMAIL, Passwords, check_password, checked_email, checked_name
from assistant.workflow.halfway import CodeWantedError, Halfway
from assistant.workflow.invitations import Invitations, has_administrator
from assistant.workflow.notifying import Kind
from assistant.workflow.ports import Clock, Store, Transaction
from assistant.workflow.records import Account, Invitation
from assistant.workflow.second_factors import WRONG_CODE, SecondFactors
from assistant.workflow.sessions import Sessions, end_all_but

HALFWAY_OVER = "The code took too long, or the account was changed meanwhile. Sign in again."


class Accounts:
    """Who may sign in, and as what. Everything that is done here stands in the audit log, without secrets."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        key: str,
        attempts: int,
        window: timedelta,
        session_hours: int,
        factor_required: bool = False,
        passwords: Passwords | None = None,
    ) -> None:
        """Allow `attempts` failed sign-ins within `window`; a session lasts `session_hours`.

        `key` is the secret key of the settings. With `factor_required`, who may approve needs a second factor.
        """
        self._store, self._clock = store, clock
        self._attempts, self._invitations = Attempts(store, clock, attempts, window), Invitations(clock)
        self._passwords, self._halfway = passwords or Passwords(), Halfway(key, clock)
        self.sessions = Sessions(store, clock, session_hours, factor_required=factor_required)
        self.factors = SecondFactors(store, clock, Codes(key), self._attempts, self._passwords)

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
            acting(tx, by)
            _refuse_taken(tx, email)
            token = self._invitations.new(tx, by, email, name, role)
            tx.audit.record(by, "invited", "accounts", None, {"email": email, "name": name, "role": role.value})
        return token

    def invited(self, by: Person) -> list[Invitation]:
        """Return the invitations that nobody has accepted yet."""
        with self._store.reading() as tx:
            acting(tx, by)
            return tx.people.open_invitations(self._clock())

    def withdraw(self, by: Person, email: str) -> None:
        """Let the invitation to that address hold no longer, if there is one."""
        with self._store.writing() as tx:
            acting(tx, by)
            for invitation in tx.people.open_invitations(self._clock()):
                if invitation.email.casefold() == email.casefold():
                    tx.people.end_invitations(email)
                    tx.audit.record(by, "withdrew an invitation", "accounts", {"email": invitation.email}, None)

    def reset_link(self, by: Person | None, account: int) -> str:
        """Return the token of a link with which the account's owner sets a new password; None is the console.

        :raises StateError: when the account is deactivated.
        """
        with self._store.writing() as tx:
            acting(tx, by)
            found = existing(tx, account)
            if not found.active:
                raise StateError(f"The account of {found.name} is deactivated; activate it first.")
            token = self._invitations.reset(tx, by, found)
            tx.audit.record(by, "made a link for a new password", found.subject)
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
                account = replace(existing(tx, invited.account), password_hash=password_hash)
                tx.people.update(account)
                tx.people.end_sessions(account.id)
                self._attempts.succeeded(tx, account)
                tx.audit.record(account.person, "set a new password by a link", account.subject)
                return account
            account = self._added(tx, email, name, invited.role, password_hash)
            tx.audit.record(account.person, "accepted an invitation", account.subject, None, _told(account))
            return account

    def add(self, email: str, name: str, role: Role, password: str) -> Account:
        """Return a new account, made on the console.

        :raises InvalidValueError: for a password, name or address that will not do.
        """
        email, name = checked_email(email), checked_name(name)
        password_hash = self._hashed(password, email)
        with self._store.writing() as tx:
            account = self._added(tx, email, name, role, password_hash)
            tx.audit.record(None, "added an account", account.subject, None, _told(account))
        return account

    # Signing in

    def sign_in(self, email: str, password: str, address: str, agent: str) -> str:
        """Return the token of a new session; `address` is the network address, `agent` the browser.

        :raises CodeWantedError: when the password is right and the account has a second factor.
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
                    None, "failed to sign in", account.subject if account else "accounts", None, {"from": address}
                )
            raise SignInRefusedError("Address and password do not match an account.")
        outdated = self._passwords.outdated(account.password_hash)
        fresh_hash = self._passwords.hashed(password) if outdated else None
        with self._store.writing() as tx:
            current = existing(tx, account.id)
            if not current.active or current.password_hash != account.password_hash:
                raise SignInRefusedError("The account was changed meanwhile; sign in again.")
            if fresh_hash is not None:
                current = replace(current, password_hash=fresh_hash)
                tx.people.update(current)
            tx.people.clear_failures(current.email)
            if not current.second_factor:
                return self.sessions.begin(tx, current, address, agent)
        raise CodeWantedError(self._halfway.proof(current))

    def enter_code(self, halfway: str, code: str, address: str, agent: str) -> str:
        """Return the token of a new session for whom `halfway` proves to have given the password.

        :raises SignInRefusedError: for a code that does not fit or was used, or when there were too many.
        :raises NotFoundError: when the proof does not hold any more, so that the password is wanted again.
        """
        with self._store.reading() as tx:
            account = self._halfway.account(tx, halfway)
        if account is None:
            raise NotFoundError(HALFWAY_OVER)
        self._attempts.code(account, address)
        with self._store.writing() as tx:
            current = self._halfway.account(tx, halfway)
            if current is None:
                raise NotFoundError(HALFWAY_OVER)
            proved_by = self.factors.spend(tx, current, code)
            if proved_by:
                self._attempts.succeeded(tx, current)
                return self.sessions.begin(tx, current, address, agent, second_factor=proved_by)
            tx.audit.record(None, "failed to sign in", current.subject, None, {"from": address, "at": "the code"})
        raise SignInRefusedError(WRONG_CODE)

    # Changing

    def own(self, person: Person) -> Account:
        """Return the person's own account."""
        with self._store.reading() as tx:
            return existing(tx, person.id)

    def set_zone(self, person: Person, zone: str) -> None:
        """Show the person times in that time zone, "" for their browser's."""
        with self._store.writing() as tx:
            before = existing(tx, person.id)
            tx.people.update(replace(before, zone=zone))
            tx.audit.record(person, "chose a time zone", before.subject, {"zone": before.zone}, {"zone": zone})

    def set_muted(self, person: Person, kinds: Collection[Kind]) -> None:
        """Tell the person nothing of these kinds any more, and of all others again."""
        muted = sorted(kind.value for kind in kinds)
        with self._store.writing() as tx:
            before = existing(tx, person.id)
            tx.people.update(replace(before, muted=tuple(muted)))
            was = {"switched off": list(before.muted)}
            tx.audit.record(person, "chose the notifications", before.subject, was, {"switched off": muted})

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
            current = existing(tx, account.id)
            if current.password_hash != account.password_hash:
                raise SignInRefusedError("The password was changed meanwhile; sign in again.")
            tx.people.update(replace(current, password_hash=password_hash))
            tx.people.clear_failures(current.email)
            tx.people.end_invitations(current.email)
            end_all_but(tx, current.id, keep)
            tx.audit.record(person, "changed the password", current.subject)

    def set_role(self, by: Person, account: int, role: Role) -> Account:
        """Return the account with another role; its sessions end.

        :raises StateError: when it is the last active administrator.
        """
        with self._store.writing() as tx:
            acting(tx, by)
            before = existing(tx, account)
            return self._changed(tx, by, "changed the role", before, replace(before, role=role))

    def set_active(self, by: Person, account: int, active: bool) -> Account:
        """Return the account, able to sign in or no longer; its sessions and links end.

        :raises StateError: when it is the last active administrator.
        """
        with self._store.writing() as tx:
            acting(tx, by)
            before = existing(tx, account)
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
        tx.audit.record(by, action, after.subject, _told(before), _told(after))
        return after

    def _added(self, tx: Transaction, email: str, name: str, role: Role, password_hash: str) -> Account:
        _refuse_taken(tx, email)
        tx.people.end_invitations(email)
        return tx.people.add(email, name, role, password_hash)

    def _hashed(self, password: str, email: str) -> str:
        check_password(password, email)
        return self._passwords.hashed(password)


def _refuse_taken(tx: Transaction, email: str) -> None:
    if tx.people.by_email(email) is not None:
        raise InvalidValueError(f"There is an account for {email} already.")


def _told(account: Account) -> dict[str, object]:
    return {"email": account.email, "name": account.name, "role": account.role.value, "active": account.active}
