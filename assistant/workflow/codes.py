"""The codes of the second factor (TOTP, RFC 6238) and the recovery codes that stand in for them.

The database holds no secret: an account keeps a random seed, and the secret that the authenticator app
gets is derived from it with the key of the settings. So a copied database or backup makes no codes, and
nothing has to be encrypted. With another key, codes no longer fit; recovery codes, kept as plain
digests because they are long and random, still do.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Protocol

import pyotp

ISSUER = "Questionnaire Assistant"
"""What authenticator apps call the application."""
PERIOD = 30
"""Seconds of a time step, the value every authenticator app takes for granted."""
DRIFT = 1
"""Steps by which a clock may be wrong, either way (RFC 6238, section 5.2)."""
RECOVERY_CODES = 10
_SECRET_BYTES = 20
"""What RFC 4226, section 4 recommends."""
_RECOVERY_BYTES = 10


class RecoveryCodes(Protocol):
    """The digests of recovery codes, within one transaction."""

    def replace(self, account: int, hashes: Collection[str]) -> None:
        """Keep these instead of all that the account had."""

    def use(self, account: int, code_hash: str, at: datetime) -> bool:
        """Mark the code used; return False when there is no such code, or it was used already."""

    def left(self, account: int) -> int:
        """Return how many the account has not used."""


class Codes:
    """Deriving secrets and checking codes; `key` is the secret key of the settings."""

    def __init__(self, key: str) -> None:
        """Derive with `key`."""
        self._key = key.encode()

    def secret(self, account: int, seed: str) -> str:
        """Return the secret (Base32) that the account's authenticator app holds."""
        message = f"second factor of account {account}: {seed}".encode()
        derived = hmac.new(self._key, message, hashlib.sha256).digest()[:_SECRET_BYTES]
        return base64.b32encode(derived).decode("ascii")

    def address(self, account: int, seed: str, email: str) -> str:
        """Return the address by which an authenticator app takes the secret over, as text or as a QR code."""
        return pyotp.TOTP(self.secret(account, seed)).provisioning_uri(name=email, issuer_name=ISSUER)

    def step(self, account: int, seed: str, code: str, now: datetime, after: int = 0) -> int | None:
        """Return the time step that `code` is for, None when it does not fit now.

        A step up to `after` was used already: its code is not taken again (RFC 6238, section 5.2).
        """
        totp, here = pyotp.TOTP(self.secret(account, seed)), int(now.timestamp()) // PERIOD
        typed = "".join(code.split())
        fitting = [
            step
            for step in range(here - DRIFT, here + DRIFT + 1)
            if hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode("utf-8", "surrogatepass"))
        ]
        return next((step for step in fitting if step > after), None)


def fresh_seed() -> str:
    """Return a seed for a new secret."""
    return secrets.token_hex(16)


def fresh_recovery_codes() -> list[str]:
    """Return new recovery codes, in groups of four letters that are easy to copy."""
    codes = [base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode("ascii") for _ in range(RECOVERY_CODES)]
    return ["-".join(code[start : start + 4] for start in range(0, len(code), 4)).lower() for code in codes]


def recovery_hash(code: str) -> str:
    """Return the SHA-256 (hex) under which a recovery code is kept; hyphens, blanks and case do not matter."""
    plain = "".join(code.split()).replace("-", "").casefold()
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
