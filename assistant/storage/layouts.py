"""Layouts that were confirmed to be used again, by the fingerprint of their form."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from assistant.layout import as_json, from_json
from assistant.storage import tables
from assistant.workflow.records import LayoutRecord


class Layouts:
    """Remembered layouts within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def get(self, fingerprint: str) -> LayoutRecord | None:
        """Return the layout of the form, or None."""
        row = self._connection.execute(
            select(tables.layouts).where(tables.layouts.c.fingerprint == fingerprint)
        ).one_or_none()
        if row is None:
            return None
        return LayoutRecord(row.fingerprint, tuple(from_json(shape) for shape in row.corrections), row.by, row.at)

    def keep(self, record: LayoutRecord) -> None:
        """Save it in place of what was remembered for the form."""
        self.forget(record.fingerprint)
        self._connection.execute(
            insert(tables.layouts).values(
                fingerprint=record.fingerprint,
                corrections=[as_json(correction) for correction in record.corrections],
                by=record.by,
                at=record.at,
            )
        )

    def forget(self, fingerprint: str) -> None:
        """Remove what was remembered for the form, if anything was."""
        self._connection.execute(delete(tables.layouts).where(tables.layouts.c.fingerprint == fingerprint))
