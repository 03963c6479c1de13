"""What was submitted and waits to be approved, and by whom it was."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many answers of a questionnaire wait to be approved, and how many of these questions one person has.

    `owner` and `restricted` are those of the questionnaire: they tell who may see it.
    """

    id: int
    owner: int
    restricted: bool
    count: int
    theirs: int


class Submissions(Protocol):
    """What was submitted, within one transaction; only where work goes on."""

    def waiting(self, person: int, *, of_others: bool = False) -> list[Waiting]:
        """Return what waits in each questionnaire in which something does; `theirs` are questions of `person`.

        With `of_others` the answers that `person` worded are left out.
        """

    def since(self, questionnaires: Collection[int]) -> Mapping[int, datetime]:
        """Return questionnaire id -> since when the first of what waits there does, for those where something does."""

    def handed_in(self, questionnaire: int, by: int, since: datetime) -> int:
        """Return how many answers `by` submitted since then that are still submitted, or approved by now."""
