"""The append-only log, chained by a keyed digest.

Each row's `mac` is an HMAC-SHA256 over the row and the `mac` of the row before it; the key comes
from the settings and is not in the database. A row of its own holds how many rows there are and the
last `mac`, sealed with the same key: so altered, missing, reordered and cut-off rows are all seen.
What cannot be seen from within is a database set back as a whole to an earlier state.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Text, cast, func, insert, literal, select, update

from assistant.people import Person
from assistant.storage.tables import audit, audit_head, questions
from assistant.workflow.auditing import THE_APPLICATION, AuditFilter
from assistant.workflow.ports import Clock
from assistant.workflow.records import AuditEvent

_START = "0" * 64
"""Stands for the `mac` before the first row."""
_MOST_FAULTS = 50
_SUBJECTS_AT_ONCE = 500
_CLOCKS_APART = timedelta(hours=1)
"""By how much the clocks of several nodes may differ before a search by day misses an event."""


def key_mark(key: bytes) -> str:
    """Return a digest (hex) by which `key` is known again but not told."""
    return hmac.new(key, b"the key of the audit log", hashlib.sha256).hexdigest()


class Audit:
    """The log within one transaction, the only one that writes: the chain cannot fork."""

    def __init__(self, connection: Connection, key: bytes, clock: Clock) -> None:
        """Work on `connection`; `key` seals the rows, `clock` dates them."""
        self._connection = connection
        self._key = key
        self._clock = clock
        self._head: tuple[int, str] | None = None

    def record(
        self,
        by: Person | None,
        action: str,
        subject: str,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Append who did what to which thing; `subject` reads like `question 12`, None stands for the system."""
        count, previous = self._head or self._stored_head()
        row = {
            "id": count + 1,
            "at": self._clock().astimezone(UTC),
            "by": by.id if by else None,
            "action": action,
            "subject": subject,
            "before": _plain(before),
            "after": _plain(after),
        }
        mac = self._mac(row, previous)
        self._connection.execute(insert(audit).values(mac=mac, **row))
        self._connection.execute(update(audit_head).values(entries=count + 1, mac=mac, seal=self._seal(count + 1, mac)))
        self._head = (count + 1, mac)

    def events(self, subject: str | None = None, limit: int = 200) -> list[AuditEvent]:
        """Return events, newest first, of one subject or of all."""
        wanted = select(audit).order_by(audit.c.id.desc()).limit(limit)
        if subject is not None:
            wanted = wanted.where(audit.c.subject == subject)
        return [_event(row) for row in self._connection.execute(wanted)]

    def of(self, subjects: Collection[str]) -> dict[str, list[AuditEvent]]:
        """Return subject -> its events, newest first, for those of `subjects` that have any."""
        found: dict[str, list[AuditEvent]] = {}
        names = list(subjects)
        for start in range(0, len(names), _SUBJECTS_AT_ONCE):
            own = audit.c.subject.in_(names[start : start + _SUBJECTS_AT_ONCE])
            wanted = select(audit).where(own).order_by(audit.c.id.desc())
            for row in self._connection.execute(wanted):
                found.setdefault(row.subject, []).append(_event(row))
        return found

    def found(
        self, wanted: AuditFilter, limit: int, *, before: int | None = None, after: int | None = None
    ) -> list[AuditEvent]:
        """Return events that pass the filter, newest first, the nearest ones `before` or `after` an event's id."""
        chosen = select(audit).where(*self._conditions(wanted)).limit(limit)
        if after is not None:
            rows = self._connection.execute(chosen.where(audit.c.id > after).order_by(audit.c.id)).all()
            return [_event(row) for row in reversed(rows)]
        if before is not None:
            chosen = chosen.where(audit.c.id < before)
        return [_event(row) for row in self._connection.execute(chosen.order_by(audit.c.id.desc()))]

    def actions(self) -> list[str]:
        """Return every action that was ever recorded, in order: the index is jumped along, not read through."""
        first = select(func.min(audit.c.action).label("action")).cte("jumps", recursive=True)
        next_one = select(func.min(audit.c.action)).where(audit.c.action > first.c.action).scalar_subquery()
        jumps = first.union_all(select(next_one).where(first.c.action.is_not(None)))
        return list(self._connection.execute(select(jumps.c.action).where(jumps.c.action.is_not(None))).scalars())

    def _conditions(self, wanted: AuditFilter) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if wanted.by is not None:
            found.append(audit.c.by.is_(None) if wanted.by == THE_APPLICATION else audit.c.by == wanted.by)
        if wanted.action:
            found.append(audit.c.action == wanted.action)
        if wanted.subject:
            found.append(_about(wanted.subject))
        if wanted.begin is not None:
            found += [audit.c.at >= wanted.begin, audit.c.id >= self._first_id(wanted.begin)]
        if wanted.end is not None:
            found += [audit.c.at < wanted.end, audit.c.id <= self._last_id(wanted.end)]
        return found

    # Ids grow with time, and pages are cut by them: a search by time goes from the first id that is in question to
    # the last, so that it need not read the log through, nor sort it.

    def _first_id(self, begin: datetime) -> int:
        """Return the smallest id of the events from `begin` on."""
        first = self._connection.execute(select(func.min(audit.c.at)).where(audit.c.at >= begin)).scalar_one()
        if first is None:
            return self._stored_head()[0] + 1
        near = audit.c.at.between(first, first + _CLOCKS_APART)
        return int(self._connection.execute(select(func.min(audit.c.id)).where(near)).scalar_one())

    def _last_id(self, end: datetime) -> int:
        """Return the largest id of the events before `end`."""
        last = self._connection.execute(select(func.max(audit.c.at)).where(audit.c.at < end)).scalar_one()
        if last is None:
            return 0
        near = audit.c.at.between(last - _CLOCKS_APART, last)
        return int(self._connection.execute(select(func.max(audit.c.id)).where(near)).scalar_one())

    def faults(self) -> list[str]:
        """Return every place where the chain does not hold, [] when it is whole."""
        found: list[str] = []
        last, previous = 0, _START
        wanted = select(audit).order_by(audit.c.id)
        head = self._connection.execute(select(audit_head)).one_or_none()
        foreign = head is not None and not hmac.compare_digest(head.seal, self._seal(head.entries, head.mac))
        with self._connection.execute(wanted, execution_options={"yield_per": 1000}) as rows:
            for row in rows:
                if row.id != last + 1:
                    found.append(f"Entries {last + 1} to {row.id - 1} are missing.")
                elif not hmac.compare_digest(row.mac, self._mac(_values(row), previous)):
                    before = "does not follow the one before it" if last else "is sealed with another key"
                    found.append(f"Entry {row.id} was altered, or {before}.")
                last, previous = row.id, row.mac
                if found and head is not None and foreign:
                    return [
                        "The log is sealed with another key: bring along ASSISTANT_AUDIT_KEY, or the file audit_key of "
                        "the instance folder it was written in. If that is the key, the log was altered."
                    ]
                if len(found) >= _MOST_FAULTS:
                    return [*found, "There are more; only the first are listed."]
        if head is None:
            found.append("The record of how many entries there are is missing.")
        elif foreign:
            found.append("The record of how many entries there are was altered, or is sealed with another key.")
        elif last < head.entries:
            found.append(f"Entries {last + 1} to {head.entries} are missing at the end.")
        elif last > head.entries:
            found.append(f"Entries {head.entries + 1} to {last} were added by something else.")
        elif head.mac != previous:
            found.append("The last entry is not the one that was written last.")
        return found

    def seal_empty(self) -> None:
        """Write the record of how many entries there are into a database that was just made."""
        self._connection.execute(insert(audit_head).values(id=1, entries=0, mac=_START, seal=self._seal(0, _START)))

    def _stored_head(self) -> tuple[int, str]:
        row = self._connection.execute(select(audit_head.c.entries, audit_head.c.mac)).one()
        return row.entries, row.mac

    def _mac(self, values: Mapping[str, Any], previous: str) -> str:
        return self._digest([previous, {**values, "at": values["at"].isoformat()}])

    def _seal(self, count: int, mac: str) -> str:
        return self._digest(["head", count, mac])

    def _digest(self, content: Any) -> str:
        canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hmac.new(self._key, canonical.encode(), hashlib.sha256).hexdigest()


def _about(subject: str) -> ColumnElement[bool]:
    """Return whether an event is about `subject`; about a questionnaire are those about its questions, too."""
    kind, _, key = subject.partition(" ")
    if kind != "questionnaire" or not (key.isascii() and key.isdecimal() and len(key) < 10):
        return audit.c.subject == subject
    itself = select(literal(subject))
    its = select(literal("question ") + cast(questions.c.id, Text)).where(questions.c.questionnaire == int(key))
    return audit.c.subject.in_(itself.union_all(its))


def _event(row: Row[Any]) -> AuditEvent:
    return AuditEvent(row.id, row.at, row.by, row.action, row.subject, row.before, row.after)


def _values(row: Row[Any]) -> dict[str, Any]:
    return {name: row._mapping[name] for name in ("id", "at", "by", "action", "subject", "before", "after")}


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return `values` as JSON gives them back, so that the digest of what is read is that of what was written."""
    if values is None:
        return None
    plain: dict[str, Any] = json.loads(json.dumps(dict(values), default=_dated, allow_nan=False))
    return plain


def _dated(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot stand in the audit log.")
