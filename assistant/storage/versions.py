"""The versions of statement files, and proposals to change them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from assistant.errors import NotFoundError
from assistant.storage.desk_tables import statement_proposals as proposals
from assistant.storage.desk_tables import statement_versions as versions
from assistant.workflow.versions import StatementProposal, StatementVersion


class Statements:
    """Versions and proposals within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def digests(self) -> Mapping[str, str]:
        """Return path -> digest of the latest version of every file."""
        latest = select(func.max(versions.c.id)).group_by(versions.c.path)
        rows = self._connection.execute(
            select(versions.c.path, versions.c.digest).where(versions.c.id.in_(latest)).order_by(versions.c.path)
        )
        return {row.path: row.digest for row in rows}

    def add_version(self, path: str, digest: str, text: str, at: datetime) -> None:
        """Keep what the file says now."""
        self._connection.execute(insert(versions).values(path=path, digest=digest, text=text, at=at))

    def version(self, version: int) -> StatementVersion:
        """Return one.

        :raises NotFoundError: when there is none.
        """
        row = self._connection.execute(select(versions).where(versions.c.id == version)).one_or_none()
        if row is None:
            raise NotFoundError("There is no such version of a statement.")
        return _version(row)

    def before(self, version: StatementVersion) -> StatementVersion | None:
        """Return the version of the same file before it, None for the first."""
        return self._first(
            select(versions)
            .where(versions.c.path == version.path, versions.c.id < version.id)
            .order_by(versions.c.id.desc())
        )

    def latest(self, path: str) -> StatementVersion | None:
        """Return what the file says as far as anybody looked."""
        return self._first(select(versions).where(versions.c.path == path).order_by(versions.c.id.desc()))

    def with_digest(self, path: str, digest: str) -> StatementVersion | None:
        """Return the version of the file with that digest."""
        return self._first(
            select(versions).where(versions.c.path == path, versions.c.digest == digest).order_by(versions.c.id.desc())
        )

    def changes(self, limit: int, path: str | None = None) -> list[tuple[int, str, datetime]]:
        """Return id, path and time of the latest versions that have one before them, of one file or of all."""
        firsts = select(func.min(versions.c.id)).group_by(versions.c.path)
        wanted = select(versions.c.id, versions.c.path, versions.c.at).where(versions.c.id.not_in(firsts))
        if path is not None:
            wanted = wanted.where(versions.c.path == path)
        rows = self._connection.execute(wanted.order_by(versions.c.id.desc()).limit(limit))
        return [(row.id, row.path, row.at) for row in rows]

    def propose(self, path: str, digest: str, text: str, reason: str, by: int, at: datetime) -> int:
        """Keep a proposal and return its id."""
        values = {"path": path, "digest": digest, "text": text, "reason": reason, "by": by, "at": at}
        return int(self._connection.execute(insert(proposals).values(values).returning(proposals.c.id)).scalar_one())

    def proposal(self, proposal: int) -> StatementProposal:
        """Return one.

        :raises NotFoundError: when there is none.
        """
        row = self._connection.execute(select(proposals).where(proposals.c.id == proposal)).one_or_none()
        if row is None:
            raise NotFoundError("There is no such proposal.")
        return _proposal(row)

    def proposals(self, *, limit_closed: int = 0) -> list[StatementProposal]:
        """Return the open proposals, and the latest of those that are closed, newest first."""
        wanted = select(proposals).order_by(proposals.c.id.desc())
        rows = [*self._connection.execute(wanted.where(proposals.c.closed.is_(None)))]
        if limit_closed:
            closed = wanted.where(proposals.c.closed.is_not(None)).limit(limit_closed)
            rows += self._connection.execute(closed)
        return [_proposal(row) for row in rows]

    def close(self, proposal: int, outcome: str, by: int | None, at: datetime) -> bool:
        """Close it; return whether it was open."""
        changed = self._connection.execute(
            update(proposals)
            .where(proposals.c.id == proposal, proposals.c.closed.is_(None))
            .values(closed=at, closed_by=by, outcome=outcome)
        )
        return changed.rowcount == 1

    def _first(self, wanted: Any) -> StatementVersion | None:
        row = self._connection.execute(wanted.limit(1)).one_or_none()
        return None if row is None else _version(row)


def _version(row: Row[Any]) -> StatementVersion:
    return StatementVersion(row.id, row.path, row.digest, row.text, row.at)


def _proposal(row: Row[Any]) -> StatementProposal:
    return StatementProposal(
        row.id, row.path, row.digest, row.text, row.reason, row.by, row.at, row.closed, row.closed_by, row.outcome
    )
