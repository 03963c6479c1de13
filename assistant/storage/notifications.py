"""What people are told in the application."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from assistant.storage.desk_tables import notifications
from assistant.storage.tables import accounts, questions
from assistant.workflow.notifying import Kind, Notification


class Notifications:
    """What people are told, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def add(self, person: int, kind: Kind, subject: str, text: str, by: int | None, at: datetime) -> None:
        """Tell `person`, unless they caused it themselves or switched that kind off."""
        if person == by:
            return
        muted = self._connection.execute(select(accounts.c.muted).where(accounts.c.id == person)).scalar_one()
        if kind.value not in muted:
            self._connection.execute(
                insert(notifications).values(person=person, kind=kind.value, subject=subject, text=text, by=by, at=at)
            )

    def reword(self, kind: Kind, subject: str, by: int, at: datetime, text: str) -> None:
        """Let what `by` caused at that moment about `subject` say `text` to whoever was told."""
        c = notifications.c
        caused = (c.kind == kind.value, c.subject == subject, c.by == by, c.at == at)
        self._connection.execute(update(notifications).where(*caused).values(text=text))

    def unseen_since(self, kind: Kind, subject: str, by: int) -> dict[int, datetime]:
        """Return person -> since when they have not seen what they were told of that kind, about that, by `by`."""
        c = notifications.c
        which = (c.kind == kind.value, c.subject == subject, c.by == by, c.seen.is_(None))
        found = select(c.person, func.min(c.at).label("at")).where(*which).group_by(c.person)
        return {row.person: row.at for row in self._connection.execute(found)}

    def go_on(self, person: int, kind: Kind, subject: str, by: int, text: str) -> None:
        """Let that, which `person` has not seen, say `text`."""
        c = notifications.c
        which = (c.person == person, c.kind == kind.value, c.subject == subject, c.by == by, c.seen.is_(None))
        self._connection.execute(update(notifications).where(*which).values(text=text))

    def of(self, person: int, limit: int = 200) -> list[Notification]:
        """Return what `person` was told, the latest first."""
        rows = self._connection.execute(
            select(notifications)
            .where(notifications.c.person == person)
            .order_by(notifications.c.id.desc())
            .limit(limit)
        )
        return [
            Notification(row.id, row.person, Kind(row.kind), row.subject, row.text, row.by, row.at, row.seen)
            for row in rows
        ]

    def places(self, wanted: Collection[int]) -> dict[int, int]:
        """Return question id -> questionnaire id, for the questions that are still there."""
        c = questions.c
        rows = self._connection.execute(select(c.id, c.questionnaire).where(c.id.in_(list(wanted))))
        return {row.id: row.questionnaire for row in rows}

    def unseen(self, person: int) -> int:
        """Return how many of them `person` has not seen."""
        count = select(func.count()).where(notifications.c.person == person, notifications.c.seen.is_(None))
        return int(self._connection.execute(count).scalar_one())

    def see(self, person: int, at: datetime, only: Collection[int] | None = None) -> None:
        """Note that `person` has seen all of them, or those with an id in `only`."""
        which = [notifications.c.person == person, notifications.c.seen.is_(None)]
        if only is not None:
            which.append(notifications.c.id.in_(only))
        self._connection.execute(update(notifications).where(*which).values(seen=at))
