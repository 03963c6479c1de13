"""How often a password, and then a code, may be tried."""

from __future__ import annotations

from datetime import datetime, timedelta

from assistant.errors import InputError
from assistant.workflow.ports import Clock, Store, Transaction
from assistant.workflow.records import Account

ADDRESS_FACTOR = 10
"""A network address may fail this many times as often as one account: offices share one."""


class SignInRefusedError(InputError):
    """Signing in failed; `again` is when it may be tried again, None when at once."""

    def __init__(self, message: str, again: datetime | None = None) -> None:
        """Keep the sentence and the moment."""
        super().__init__(message)
        self.again = again


class Attempts:
    """Failures counted in the database, so that several nodes count together and a restart forgets nothing."""

    def __init__(self, store: Store, clock: Clock, limit: int, window: timedelta) -> None:
        """Allow `limit` failures within `window` for an account."""
        self._store, self._clock = store, clock
        self._limit, self._window = limit, window

    def account(self, email: str, address: str = "") -> Account | None:
        """Return the account that is tried from the network address, or None when there is none.

        The try counts as failed until it has succeeded, so tries at the same time are counted too.
        Without a network address it is somebody signed in already, who changes their password.

        :raises SignInRefusedError: when there were too many, whether the account exists or not.
        """
        with self._store.writing() as tx:
            self._count(tx, email, address)
            return tx.people.by_email(email)

    def code(self, account: Account, address: str = "") -> None:
        """Count a try of a code, apart from those of the password: who knows the password gets no further tries.

        :raises SignInRefusedError: when there were too many.
        """
        with self._store.writing() as tx:
            self._count(tx, _code_key(account), address)

    def succeeded(self, tx: Transaction, account: Account) -> None:
        """Forget the failures of the account: it was proved, with its code if it has a second factor."""
        tx.people.clear_failures(account.email)
        tx.people.clear_failures(_code_key(account))

    def _count(self, tx: Transaction, key: str, address: str) -> None:
        now = self._clock()
        of_account, of_address = tx.people.failures(key, address, now - self._window)
        self._refuse(of_account, self._limit, now)
        if address:
            self._refuse(of_address, self._limit * ADDRESS_FACTOR, now)
        tx.people.add_failure(key, address, now)

    def _refuse(self, failures: list[datetime], limit: int, now: datetime) -> None:
        if len(failures) < limit:
            return
        again = failures[limit - 1] + self._window
        minutes = max(1, -(-int((again - now).total_seconds()) // 60))
        raise SignInRefusedError(
            f"Too many failed attempts. Try again at {again:%H:%M} UTC, in {minutes} minute{'s' * (minutes > 1)}.",
            again,
        )


def _code_key(account: Account) -> str:
    # An address of mail begins with no line break: nobody can use up the tries of a code by typing one.
    return f"\ncode of account {account.id}"
