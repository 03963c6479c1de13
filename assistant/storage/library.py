"""The entries of the library, rejected pairs, and pairs of passages that are both right."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from assistant.errors import ConflictError, NotFoundError
from assistant.statement import Audience, LibraryEntry
from assistant.storage.tables import both_right, library, rejections
from assistant.workflow.shelf import Decision, EntryRecord

_USED = (library.c.retired.is_(False), library.c.proposed.is_(False))


class Library:
    """The library within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def add(self, entry: LibraryEntry, *, proposed: bool = False, replaces: int | None = None) -> int:
        """Save an entry and return its id."""
        values = {"retired": False, "proposed": proposed, "replaces": replaces, "version": 1, **entry.shape()}
        return int(self._connection.execute(insert(library).values(values).returning(library.c.id)).scalar_one())

    def get(self, entry_id: int) -> EntryRecord:
        """Return one.

        :raises NotFoundError: when there is none.
        """
        row = self._connection.execute(select(library).where(library.c.id == entry_id)).one_or_none()
        if row is None:
            raise NotFoundError(f"There is no library entry {entry_id}.")
        return _record(row)

    def save(self, record: EntryRecord) -> EntryRecord:
        """Save all fields of an entry and return it with its new version.

        :raises ConflictError: when its version is not the saved one.
        :raises NotFoundError: when there is none.
        """
        assert record.id is not None
        changed = self._connection.execute(
            update(library)
            .where(library.c.id == record.id, library.c.version == record.version)
            .values(
                retired=record.retired,
                proposed=record.proposed,
                replaces=record.replaces,
                version=record.version + 1,
                **record.entry.shape(),
            )
        )
        if changed.rowcount != 1:
            self.get(record.id)
            raise ConflictError("Somebody else changed this entry meanwhile. Compare with what stands there now.")
        return self.get(record.id)

    def all(self) -> list[tuple[int, LibraryEntry]]:
        """Return every entry in use, with its id: none that is retired or only proposed."""
        rows = self._connection.execute(select(library).where(*_USED).order_by(library.c.id))
        return [(row.id, _entry(row)) for row in rows]

    def records(self, only: Collection[int] | None = None) -> list[EntryRecord]:
        """Return every entry there is, or those with an id in `only`."""
        wanted = select(library).order_by(library.c.id)
        if only is not None:
            wanted = wanted.where(library.c.id.in_(only))
        return [_record(row) for row in self._connection.execute(wanted)]

    def versions(self) -> Mapping[int, int]:
        """Return entry id -> version, in the order of the ids."""
        rows = self._connection.execute(select(library.c.id, library.c.version).order_by(library.c.id))
        return {row.id: row.version for row in rows}

    def revision(self) -> str:
        """Return a text that changes with every change of any entry; entries are never deleted."""
        count, versions = self._connection.execute(select(func.count(), func.sum(library.c.version))).one()
        return f"{count}.{versions or 0}"

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

    def decisions(self) -> list[Decision]:
        """Return every rejected pair and every pair that is both right, the latest first."""
        found = [
            Decision(False, row.question_key, row.passage_digest, row.by, row.at)
            for row in self._connection.execute(select(rejections).order_by(rejections.c.at.desc()))
        ]
        found += [
            Decision(True, row.one, row.other, row.by, row.at)
            for row in self._connection.execute(select(both_right).order_by(both_right.c.at.desc()))
        ]
        return found

    def take_back(self, decision: Decision) -> bool:
        """Forget it; return whether it was there."""
        if decision.both_right:
            gone = delete(both_right).where(both_right.c.one == decision.one, both_right.c.other == decision.other)
        else:
            gone = delete(rejections).where(
                rejections.c.question_key == decision.one, rejections.c.passage_digest == decision.other
            )
        return self._connection.execute(gone).rowcount == 1


def _record(row: Row[Any]) -> EntryRecord:
    return EntryRecord(row.id, _entry(row), row.version, row.retired, row.proposed, row.replaces)


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
