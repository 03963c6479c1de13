"""The audit log as the use cases see it: what is recorded, and what of it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from assistant.people import Person
from assistant.workflow.records import AuditEvent

THE_APPLICATION = 0
"""Stands in a filter for what nobody did: the application itself, the console, and whoever failed to sign in."""


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which events are wanted: of an account, an action, a thing, from a moment on, before another one.

    What is empty or None asks for everything. A questionnaire as `subject` means its questions as well.
    """

    by: int | None = None
    action: str = ""
    subject: str = ""
    begin: datetime | None = None
    end: datetime | None = None


class Audit(Protocol):
    """The append-only, chained log."""

    def record(
        self,
        by: Person | None,
        action: str,
        subject: str,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Append who did what to which thing; `subject` reads like `question 12`, None stands for the system."""

    def events(self, subject: str | None = None, limit: int = 200) -> list[AuditEvent]:
        """Return events, newest first, of one subject or of all."""

    def of(self, subjects: Collection[str]) -> Mapping[str, list[AuditEvent]]:
        """Return subject -> its events, newest first, for those of `subjects` that have any."""

    def found(
        self, wanted: AuditFilter, limit: int, *, before: int | None = None, after: int | None = None
    ) -> list[AuditEvent]:
        """Return events that pass the filter, newest first, the nearest ones `before` or `after` an event's id."""

    def actions(self) -> list[str]:
        """Return every action that was ever recorded, in order, at little cost."""

    def faults(self) -> list[str]:
        """Return every place where the chain does not hold, [] when it is whole."""
