"""Who has which question, and by which day it is wanted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from assistant.answer import State
from assistant.people import Permission, Person


@dataclass(frozen=True, slots=True)
class Assignment:
    """A question that somebody has; `by` gave it to them. `due` is None when no day was named."""

    question: int
    questionnaire: int
    person: int
    due: date | None
    by: int
    at: datetime


def waits_in(person: Person) -> tuple[State, ...]:
    """Return the states in which an answer waits for `person` when they have the question."""
    submitted = (State.SUBMITTED,) if person.may(Permission.APPROVE) else ()
    return (State.UNANSWERED, State.DRAFTED, *submitted)


class Assignments(Protocol):
    """Who has which question, within one transaction."""

    def of(self, questionnaire: int) -> dict[int, Assignment]:
        """Return question id -> assignment, for the questions of one questionnaire that somebody has."""

    def get(self, question: int) -> Assignment | None:
        """Return who has the question, or None."""

    def mine(self, person: int) -> list[Assignment]:
        """Return what `person` has, the most urgent first; what has no day comes last."""

    def questionnaires(self, person: int) -> frozenset[int]:
        """Return the questionnaires in which `person` has a question."""

    def waiting(self, person: int, states: Collection[State]) -> int:
        """Return how many of the questions that `person` has wait in one of `states`, where work goes on."""

    def put(self, given: Collection[Assignment]) -> None:
        """Save them in place of those of the same questions."""

    def remove(self, wanted: Collection[int]) -> None:
        """Let nobody have the questions with these ids."""
