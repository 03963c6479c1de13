"""Which addresses, names and passwords will do, and how passwords are kept: as Argon2 hashes."""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.errors import InvalidValueError

SHORTEST = 12
LONGEST = 500
"""Characters of a password; hashing more would only cost time."""
LONGEST_EMAIL = 254
LONGEST_NAME = 100

_EMAIL = re.compile(r"[^@\s<>()\",;:\\]+@[^@\s<>()\",;:\\]+")
_FEWEST_DIFFERENT = 5
_DISGUISES = str.maketrans("013457@$!", "oieastasi")
# What the passwords that leak most often come down to, without digits, signs and repetition.
_COMMON = (
    "password", "passwort", "passphrase", "mypassword", "newpassword", "changeme", "letmein", "welcome", "admin",
    "administrator", "root", "login", "secret", "test", "user", "master", "qwerty", "qwertyuiop", "qwertz", "azerty",
    "asdfghjkl", "asdf", "zxcvbnm", "abc", "abcd", "abcdef", "abcdefgh", "abcdefghijkl", "iloveyou", "monkey",
    "dragon", "football", "baseball", "superman", "batman", "princess", "sunshine", "shadow", "michael", "jennifer",
    "whatever", "security", "company", "summer", "winter", "spring", "autumn", "trustno", "correcthorsebatterystaple",
)  # fmt: skip


class Passwords:
    """Hashing and proving; the same password is the same however a keyboard composes its characters (NFKC)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """Hash with `hasher`, otherwise with the parameters that RFC 9106 recommends for limited memory."""
        self._hasher = hasher or PasswordHasher()

    def hashed(self, password: str) -> str:
        """Return the hash to keep."""
        return self._hasher.hash(_normal(password).encode("utf-8", "surrogatepass"))

    def proved(self, password_hash: str | None, password: str) -> bool:
        """Return whether `password` is the one hashed; without a hash it takes as long, and is not."""
        known = password_hash or self._nobodys
        try:
            self._hasher.verify(known, _normal(password).encode("utf-8", "surrogatepass"))
        except (VerificationError, InvalidHashError):
            return False
        return password_hash is not None

    def outdated(self, password_hash: str) -> bool:
        """Return whether it was hashed with weaker parameters than now."""
        return self._hasher.check_needs_rehash(password_hash)

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash(secrets.token_urlsafe(32))


def check_password(password: str, email: str) -> None:
    """Return when `password` will do for the account of `email`.

    :raises InvalidValueError: saying what is wrong with it.
    """
    normal = _normal(password).casefold()
    if len(normal) < SHORTEST:
        raise InvalidValueError(f"The password has {len(normal)} characters; take at least {SHORTEST}.")
    if len(normal) > LONGEST:
        raise InvalidValueError(f"The password has {len(normal)} characters; take at most {LONGEST}.")
    if normal in (email.casefold(), email.casefold().partition("@")[0]):
        raise InvalidValueError("The password must not be the e-mail address.")
    if _common(normal):
        raise InvalidValueError("Many people use this password, so it is tried first; take several unrelated words.")


def checked_email(email: str) -> str:
    """Return the address without blanks around it.

    :raises InvalidValueError: when it is none.
    """
    email = email.strip()
    if len(email) > LONGEST_EMAIL or not email.isprintable() or not _EMAIL.fullmatch(email):
        raise InvalidValueError("Give an e-mail address such as ada@example.com.")
    return email


def checked_name(name: str) -> str:
    """Return the name with single blanks.

    :raises InvalidValueError: when there is none, or it is too long.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidValueError(f"Give a name of at most {LONGEST_NAME} characters.")
    return name


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _common(password: str) -> bool:
    """Return whether `password` is few different characters, digits only, or a common word in one disguise."""
    if len(set(password)) < _FEWEST_DIFFERENT or not any(character.isalpha() for character in password):
        return True
    spellings = {re.sub(r"[\W\d_]", "", password), re.sub(r"[\W\d_]", "", password.translate(_DISGUISES))}
    # "P@ssw0rd2026!" hides the word and appends digits: the digits go before the disguise is lifted.
    spellings.add(re.sub(r"[\W\d_]", "", re.sub(r"[\W\d_]+$", "", password).translate(_DISGUISES)))
    return any(re.fullmatch(f"(?:{word})+", spelling) for spelling in spellings for word in _COMMON)
