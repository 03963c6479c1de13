"""Long work, claimed in the database so that a crash leaves it to be taken up again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from assistant.errors import ConflictError
from assistant.storage.tables import jobs
from assistant.workflow.records import Job

MOST_CLAIMS = 5
"""A job whose workers died this often is given up: it may be what kills them."""


class Jobs:
    """Long work within one transaction. The transaction admits one writer, which makes claiming safe."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def add(self, kind: str, subject: int, total: int, at: datetime) -> int:
        """Queue a job unless the same one waits or runs; return its id."""
        waiting = self._connection.execute(
            select(jobs.c.id).where(jobs.c.kind == kind, jobs.c.subject == subject, jobs.c.finished.is_(None))
        ).scalar_one_or_none()
        if waiting is not None:
            return int(waiting)
        values = {"kind": kind, "subject": subject, "done": 0, "total": total, "created": at, "claims": 0, "error": ""}
        return int(self._connection.execute(insert(jobs).values(values).returning(jobs.c.id)).scalar_one())

    def claim(self, worker: str, at: datetime, stale_before: datetime) -> Job | None:
        """Return the oldest waiting job, or one whose worker was last heard of before `stale_before`; or None."""
        free = or_(jobs.c.worker.is_(None), jobs.c.heard < stale_before)
        self._connection.execute(
            update(jobs)
            .where(jobs.c.finished.is_(None), free, jobs.c.claims >= MOST_CLAIMS)
            .values(finished=at, worker=None, error=f"Given up, because it was interrupted {MOST_CLAIMS} times.")
        )
        row = self._connection.execute(
            select(jobs).where(jobs.c.finished.is_(None), free).order_by(jobs.c.id).limit(1)
        ).one_or_none()
        if row is None:
            return None
        self._connection.execute(
            update(jobs).where(jobs.c.id == row.id).values(worker=worker, heard=at, claims=row.claims + 1)
        )
        return _job(row)

    def advance(self, job: int, worker: str, done: int, at: datetime) -> None:
        """Note progress.

        :raises ConflictError: when another worker holds it by now.
        """
        self._change(job, worker, done=done, heard=at)

    def finish(self, job: int, worker: str, at: datetime, error: str = "") -> None:
        """End it, with an `error` when it failed.

        :raises ConflictError: when another worker holds it by now.
        """
        self._change(job, worker, finished=at, error=error, worker=None)

    def latest(self, kind: str, subject: int) -> Job | None:
        """Return the newest job of that kind for that subject, or None."""
        row = self._connection.execute(
            select(jobs).where(jobs.c.kind == kind, jobs.c.subject == subject).order_by(jobs.c.id.desc()).limit(1)
        ).one_or_none()
        return _job(row) if row else None

    def _change(self, job: int, holder: str, **values: Any) -> None:
        changed = self._connection.execute(
            update(jobs).where(jobs.c.id == job, jobs.c.worker == holder, jobs.c.finished.is_(None)).values(**values)
        )
        if changed.rowcount != 1:
            raise ConflictError("Another worker has taken up this job.")


def _job(row: Row[Any]) -> Job:
    return Job(row.id, row.kind, row.subject, row.done, row.total, row.created, row.finished, row.error)
