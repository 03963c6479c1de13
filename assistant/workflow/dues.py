"""What is due soon or overdue: questionnaires for their owners, questions for whoever has them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

SOON = timedelta(days=3)
"""How long before the day something is due soon, wherever that is shown."""


class Urgency(StrEnum):
    """That something is overdue, or due soon."""

    LATE = "late"
    SOON = "soon"


def urgency(day: date | None, today: date) -> Urgency | None:
    """Return whether what is wanted by `day` is overdue or due soon; None for neither, and where no day was named."""
    if day is None:
        return None
    return Urgency.LATE if day < today else Urgency.SOON if day - today <= SOON else None


@dataclass(frozen=True, slots=True)
class Due:
    """Something of `person` in the questionnaire with that name, wanted by `day`."""

    person: int
    questionnaire: int
    name: str
    day: date


class Dues(Protocol):
    """What is due, within one transaction; only where work goes on, and of people who can sign in."""

    def questionnaires(self, until: date) -> list[Due]:
        """Return the questionnaires that are due until that day, for their owners."""

    def questions(self, until: date) -> list[Due]:
        """Return where people have questions that wait for them and are due until that day, each day once."""

    def told(self, questionnaires: Collection[int]) -> frozenset[tuple[int, str, str]]:
        """Return person, subject and text of what people were told to be due in these questionnaires."""
