"""Long work, claimed in the database so that a crash leaves it to be taken up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, insert, or_, select, update

from assistant.errors import ConflictError
from assistant.storage.tables import jobs
from assistant.workflow.records import Job

MOST_CLAIMS = 5
"""A job that failed, or whose workers died, this often is given up: it may be what kills them."""


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
        # Of a job that was put off, `heard` is when it may be taken up again.
        due = and_(jobs.c.worker.is_(None), or_(jobs.c.heard.is_(None), jobs.c.heard <= at))
        row = self._connection.execute(
            select(jobs)
            .where(jobs.c.finished.is_(None), or_(due, _lost(stale_before)), jobs.c.claims < MOST_CLAIMS)
            .order_by(jobs.c.id)
            .limit(1)
        ).one_or_none()
        if row is None:
            return None
        self._connection.execute(
            update(jobs).where(jobs.c.id == row.id).values(worker=worker, heard=at, claims=row.claims + 1, error="")
        )
        return _job(row)

    def give_up(self, at: datetime, stale_before: datetime) -> list[Job]:
        """End the jobs that were taken up too often and that nobody works on, and return them with what went wrong."""
        rows = self._connection.execute(
            select(jobs).where(
                jobs.c.finished.is_(None),
                or_(jobs.c.worker.is_(None), _lost(stale_before)),
                jobs.c.claims >= MOST_CLAIMS,
            )
        ).all()
        given_up = []
        for row in rows:
            error = row.error or f"It was interrupted {MOST_CLAIMS} times."
            self._connection.execute(
                update(jobs).where(jobs.c.id == row.id).values(finished=at, worker=None, error=error)
            )
            given_up.append(replace(_job(row), finished=at, error=error))
        return given_up

    def advance(self, job: int, worker: str, done: int, at: datetime) -> None:
        """Note progress.

        :raises ConflictError: when another worker holds it by now.
        """
        self._change(job, worker, done=done, heard=at)

    def put_off(self, job: int, worker: str, until: datetime, error: str) -> None:
        """Let it be taken up again after `until`, because it failed with `error`.

        :raises ConflictError: when another worker holds it by now.
        """
        self._change(job, worker, heard=until, error=error, worker=None)

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


def _lost(stale_before: datetime) -> ColumnElement[bool]:
    """Return the condition that a worker holds the job and was not heard of for too long."""
    return and_(jobs.c.worker.is_not(None), jobs.c.heard < stale_before)


def _job(row: Row[Any]) -> Job:
    return Job(row.id, row.kind, row.subject, row.done, row.total, row.created, row.finished, row.error)
