"""Telling people in the application that something waits for them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """What people are told of; each can be switched off."""

    ASSIGNED = "assigned"
    MENTIONED = "mentioned"
    SUBMITTED = "submitted"
    DUE = "due"
    REJECTED = "rejected"
    REVIEW_DUE = "review_due"


@dataclass(frozen=True, slots=True)
class Notification:
    """One thing somebody is told. `subject` is named as in the audit log; `by` None stands for the application."""

    id: int
    person: int
    kind: Kind
    subject: str
    text: str
    by: int | None
    at: datetime
    seen: datetime | None = None


class Notifications(Protocol):
    """What people are told, within one transaction."""

    def add(self, person: int, kind: Kind, subject: str, text: str, by: int | None, at: datetime) -> None:
        """Tell `person`, unless they caused it themselves or switched that kind off."""

    def reword(self, kind: Kind, subject: str, by: int, at: datetime, text: str) -> None:
        """Let what `by` caused at that moment about `subject` say `text` to whoever was told."""

    def unseen_since(self, kind: Kind, subject: str, by: int) -> dict[int, datetime]:
        """Return person -> since when they have not seen what they were told of that kind, about that, by `by`."""

    def go_on(self, person: int, kind: Kind, subject: str, by: int, text: str) -> None:
        """Let that, which `person` has not seen, say `text`."""

    def of(self, person: int, limit: int = 200) -> list[Notification]:
        """Return what `person` was told, the latest first."""

    def places(self, wanted: Collection[int]) -> dict[int, int]:
        """Return question id -> questionnaire id, for the questions that are still there."""

    def unseen(self, person: int) -> int:
        """Return how many of them `person` has not seen."""

    def see(self, person: int, at: datetime, only: Collection[int] | None = None) -> None:
        """Note that `person` has seen all of them, or those with an id in `only`."""
