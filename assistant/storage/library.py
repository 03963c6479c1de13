"""Approved answers for reuse, rejected pairs, and pairs of passages that are both right."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from assistant.errors import NotFoundError
from assistant.statement import Audience, LibraryEntry
from assistant.storage.tables import both_right, library, rejections


class Library:
    """Approved answers and rejected pairs within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def add(self, entry: LibraryEntry) -> int:
        """Save an entry and return its id."""
        return int(
            self._connection.execute(
                insert(library).values(retired=False, version=1, **_values(entry)).returning(library.c.id)
            ).scalar_one()
        )

    def all(self) -> list[tuple[int, LibraryEntry]]:
        """Return every entry that is not retired, with its id."""
        rows = self._connection.execute(select(library).where(library.c.retired.is_(False)).order_by(library.c.id))
        return [(row.id, _entry(row)) for row in rows]

    def revision(self) -> str:
        """Return a text that changes with every change of any entry; entries are never deleted."""
        count, versions = self._connection.execute(select(func.count(), func.sum(library.c.version))).one()
        return f"{count}.{versions or 0}"

    def update(self, entry_id: int, entry: LibraryEntry) -> None:
        """Save all fields of an entry.

        :raises NotFoundError: when there is none.
        """
        self._change(entry_id, _values(entry))

    def retire(self, entry_id: int) -> None:
        """Keep the entry for the record, but never use it again.

        :raises NotFoundError: when there is none.
        """
        self._change(entry_id, {"retired": True})

    def reject(self, question_key: str, passage_digest: str, by: int, at: datetime) -> None:
        """Remember that this passage does not answer this question."""
        known = select(rejections.c.at).where(
            rejections.c.question_key == question_key, rejections.c.passage_digest == passage_digest
        )
        if self._connection.execute(known).one_or_none() is None:
            self._connection.execute(
                insert(rejections).values(question_key=question_key, passage_digest=passage_digest, by=by, at=at)
            )

    def rejected(self) -> frozenset[tuple[str, str]]:
        """Return all rejected pairs."""
        rows = self._connection.execute(select(rejections.c.question_key, rejections.c.passage_digest))
        return frozenset((row.question_key, row.passage_digest) for row in rows)

    def settle(self, one: str, other: str, by: int, at: datetime) -> None:
        """Remember that the passages with these digests are both right."""
        if (one, other) not in self.settled():
            self._connection.execute(insert(both_right).values(one=one, other=other, by=by, at=at))

    def settled(self) -> frozenset[tuple[str, str]]:
        """Return all pairs that are both right."""
        rows = self._connection.execute(select(both_right.c.one, both_right.c.other))
        return frozenset((row.one, row.other) for row in rows)

    def _change(self, entry_id: int, values: dict[str, Any]) -> None:
        values = {**values, "version": library.c.version + 1}
        changed = self._connection.execute(update(library).where(library.c.id == entry_id).values(**values))
        if changed.rowcount != 1:
            raise NotFoundError(f"There is no library entry {entry_id}.")


def _values(entry: LibraryEntry) -> dict[str, Any]:
    return {
        "question": entry.question,
        "answer": entry.answer,
        "product": entry.product,
        "deployments": sorted(entry.deployments),
        "also_asked": list(entry.also_asked),
        "choice": entry.choice,
        "owner": entry.owner,
        "approved_by": entry.approved_by,
        "approved_on": entry.approved_on,
        "review_by": entry.review_by,
        "evidence": list(entry.evidence),
        "tags": list(entry.tags),
        "audience": entry.audience.value,
    }


def _entry(row: Row[Any]) -> LibraryEntry:
    return LibraryEntry(
        question=row.question,
        answer=row.answer,
        product=row.product,
        deployments=frozenset(row.deployments),
        also_asked=tuple(row.also_asked),
        choice=row.choice,
        owner=row.owner,
        approved_by=row.approved_by,
        approved_on=row.approved_on,
        review_by=row.review_by,
        evidence=tuple(row.evidence),
        tags=tuple(row.tags),
        audience=Audience(row.audience),
    )
