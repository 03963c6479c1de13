"""Questionnaires that go on from earlier ones: a newer version of the form, or a new round after sending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Round:
    """`questionnaire` goes on from `previous` and is round number `number`; the first one counts as 1."""

    questionnaire: int
    previous: int
    number: int


class Rounds(Protocol):
    """Which questionnaire goes on from which, within one transaction."""

    def add(self, round_: Round) -> None:
        """Save it."""

    def get(self, questionnaire: int) -> Round | None:
        """Return from which one the questionnaire goes on, None when it is the first."""

    def next(self, questionnaire: int) -> list[int]:
        """Return the questionnaires that go on from this one, the oldest first."""

    def superseded(self) -> frozenset[int]:
        """Return the questionnaires that others go on from."""
