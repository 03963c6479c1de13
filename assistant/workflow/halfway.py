"""Between the two steps of signing in: the password was right, the code is still wanted."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from assistant.errors import InputError
from assistant.workflow.ports import Clock, Transaction
from assistant.workflow.records import Account

HALFWAY_LASTS = timedelta(minutes=5)
"""How long the code may take after the password."""


class CodeWantedError(InputError):
    """The password is right, and the account has a second factor; `halfway` proves it to the next step.

    An error, so that whoever knows nothing of second factors lets nobody in.
    """

    def __init__(self, halfway: str) -> None:
        """Keep the proof; it belongs into the browser's own session and nowhere else."""
        super().__init__("The password is right; now a code of the second factor is wanted.")
        self.halfway = halfway


class Halfway:
    """Proofs of the first step: signed, for a short time, and void once password or second factor change."""

    def __init__(self, key: str, clock: Clock) -> None:
        """Sign with `key`, the secret key of the settings."""
        self._key, self._clock = key.encode(), clock

    def proof(self, account: Account) -> str:
        """Return the proof that the password of the account was given."""
        until = int((self._clock() + HALFWAY_LASTS).timestamp())
        return f"{account.id}.{until}.{self._mac(account, until)}"

    def account(self, tx: Transaction, proof: str) -> Account | None:
        """Return whose password was given, None when the proof does not hold (any more)."""
        number, until, mac = (*proof.split("."), "", "")[:3]
        if not (number.isdecimal() and until.isdecimal()) or int(until) <= self._clock().timestamp():
            return None
        account = tx.people.get(int(number))
        if account is None or not account.active or not account.second_factor:
            return None
        return account if hmac.compare_digest(mac.encode(), self._mac(account, int(until)).encode()) else None

    def _mac(self, account: Account, until: int) -> str:
        bound = f"halfway {account.id} {until} {account.password_hash} {account.second_factor}"
        return hmac.new(self._key, bound.encode(), hashlib.sha256).hexdigest()
