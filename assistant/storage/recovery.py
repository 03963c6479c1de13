"""The digests of recovery codes, which stand in for the second factor."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from assistant.storage.desk_tables import recovery_codes


class RecoveryCodes:
    """Recovery codes within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def replace(self, account: int, hashes: Collection[str]) -> None:
        """Keep these instead of all that the account had."""
        self._connection.execute(delete(recovery_codes).where(recovery_codes.c.account == account))
        if hashes:
            self._connection.execute(
                insert(recovery_codes), [{"account": account, "code_hash": code_hash} for code_hash in hashes]
            )

    def use(self, account: int, code_hash: str, at: datetime) -> bool:
        """Mark the code used; return False when there is no such code, or it was used already."""
        used = update(recovery_codes).where(
            recovery_codes.c.account == account,
            recovery_codes.c.code_hash == code_hash,
            recovery_codes.c.used.is_(None),
        )
        return self._connection.execute(used.values(used=at)).rowcount == 1

    def left(self, account: int) -> int:
        """Return how many the account has not used."""
        count = select(func.count()).where(recovery_codes.c.account == account, recovery_codes.c.used.is_(None))
        return int(self._connection.execute(count).scalar_one())
