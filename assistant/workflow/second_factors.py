"""Second factors: setting one up, proving it, switching it off. What is done is recorded, no secret is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from assistant.errors import InvalidValueError, StateError
from assistant.people import Person
from assistant.workflow.account_rules import acting, existing
from assistant.workflow.attempts import Attempts, SignInRefusedError
from assistant.workflow.codes import Codes, fresh_recovery_codes, recovery_hash
from assistant.workflow.credentials import Passwords
from assistant.workflow.ports import Clock, Store, Transaction
from assistant.workflow.records import Account
from assistant.workflow.sessions import end_all_but

NOT_PROVED = "The password is wrong."
WRONG_CODE = "That code does not fit now, or it was used already. Take the one that the app shows next."


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether somebody has a second factor, and how many recovery codes are left."""

    on: bool
    recovery_codes: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """A secret that is not in force yet, as text and as the address that a QR code holds."""

    secret: str
    address: str


class SecondFactors:
    """The second factors of accounts."""

    def __init__(self, store: Store, clock: Clock, codes: Codes, attempts: Attempts, passwords: Passwords) -> None:
        """Count wrong codes by `attempts`."""
        self._store, self._clock, self._codes = store, clock, codes
        self._attempts, self._passwords = attempts, passwords

    def standing(self, person: Person) -> Standing:
        """Return whether the person has a second factor."""
        with self._store.reading() as tx:
            account = existing(tx, person.id)
            return Standing(bool(account.second_factor), tx.recovery_codes.left(account.id))

    def offer(self, person: Person, seed: str) -> Offer:
        """Return the secret that `seed` gives this person; it is in force once `switch_on` had a code of it."""
        return Offer(self._codes.secret(person.id, seed), self._codes.address(person.id, seed, person.email))

    def switch_on(self, person: Person, seed: str, password: str, code: str, keep: str = "") -> list[str]:
        """Return new recovery codes, shown this once; every session ends but the one whose token is `keep`.

        :raises SignInRefusedError: when the password is wrong, or it or the code was wrong too often.
        :raises InvalidValueError: when `code` is not one of the secret that `seed` gives.
        :raises StateError: when there is a second factor already.
        """
        tried = self._tried(person, password)
        step = self._codes.step(person.id, seed, code, self._clock()) if seed else None
        if step is None:
            raise InvalidValueError(
                "That code does not fit. Take the one that the app shows now, and check the clock of the device."
            )
        with self._store.writing() as tx:
            account = existing(tx, person.id)
            if account.second_factor:
                raise StateError("There is a second factor already; switch it off first.")
            if account.password_hash != tried.password_hash:
                raise SignInRefusedError(NOT_PROVED)
            self._attempts.succeeded(tx, account)
            tx.people.update(replace(account, second_factor=seed, second_factor_step=step))
            end_all_but(tx, account.id, keep)
            tx.audit.record(person, "switched the second factor on", account.subject)
            return _renewed(tx, account)

    def switch_off(self, person: Person, password: str, code: str, keep: str = "") -> None:
        """Do without a second factor; every session ends but the one whose token is `keep`.

        :raises SignInRefusedError: when password or code is wrong, or was wrong too often.
        """
        with self._proved(person, password, code) as tx:
            account = existing(tx, person.id)
            _removed(tx, account)
            end_all_but(tx, account.id, keep)
            tx.audit.record(person, "switched the second factor off", account.subject)

    def renew_codes(self, person: Person, password: str, code: str) -> list[str]:
        """Return new recovery codes, shown this once; the old ones cease to hold.

        :raises SignInRefusedError: when password or code is wrong, or was wrong too often.
        """
        with self._proved(person, password, code) as tx:
            account = existing(tx, person.id)
            tx.audit.record(person, "made new recovery codes", account.subject)
            return _renewed(tx, account)

    def reset(self, by: Person | None, account: int) -> None:
        """Take away the second factor of somebody who lost it, as an administrator or (None) on the console.

        The sessions of the account end.

        :raises StateError: when there is none.
        """
        with self._store.writing() as tx:
            acting(tx, by)
            found = existing(tx, account)
            if not found.second_factor:
                raise StateError(f"{found.name} has no second factor.")
            _removed(tx, found)
            tx.people.end_sessions(found.id)
            tx.audit.record(by, "reset the second factor", found.subject)

    def spend(self, tx: Transaction, account: Account, code: str) -> str:
        """Return with what the account was proved, "code" or "recovery code", "" when `code` does not fit.

        Whatever fits is used up by it.
        """
        step = self._codes.step(
            account.id, account.second_factor, code, self._clock(), after=account.second_factor_step
        )
        if step is not None:
            tx.people.update(replace(account, second_factor_step=step))
            return "code"
        return "recovery code" if tx.recovery_codes.use(account.id, recovery_hash(code), self._clock()) else ""

    @contextmanager
    def _proved(self, person: Person, password: str, code: str) -> Iterator[Transaction]:
        """Return the transaction in which somebody signed in has proved themselves anew."""
        account = self._tried(person, password)
        with self._store.writing() as tx:
            current = existing(tx, account.id)
            if not current.second_factor:
                raise StateError("There is no second factor to prove.")
            if current.password_hash != account.password_hash or not self.spend(tx, current, code):
                raise SignInRefusedError(WRONG_CODE)
            self._attempts.succeeded(tx, current)
            yield tx

    def _tried(self, person: Person, password: str) -> Account:
        """Return the account of somebody signed in whose password is right, with one more try of a code counted.

        :raises SignInRefusedError: when it is wrong, or there were too many tries.
        """
        account = self._attempts.account(person.email)
        if account is None or account.id != person.id or not self._passwords.proved(account.password_hash, password):
            raise SignInRefusedError(NOT_PROVED)
        self._attempts.code(account)
        return account


def _renewed(tx: Transaction, account: Account) -> list[str]:
    codes = fresh_recovery_codes()
    tx.recovery_codes.replace(account.id, [recovery_hash(code) for code in codes])
    return codes


def _removed(tx: Transaction, account: Account) -> None:
    tx.people.update(replace(account, second_factor="", second_factor_step=0))
    tx.recovery_codes.replace(account.id, [])
