"""How far a questionnaire is, counted in one way for every list and page.

What the customer's file answers already is done: nobody has to answer it, and it stays as it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import State
from assistant.workflow.drafting import answered_already
from assistant.workflow.records import QuestionRecord


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions stand where. `kept` ones are answered in the customer's file, and by nobody here."""

    approved: int = 0
    submitted: int = 0
    drafted: int = 0
    unanswered: int = 0
    kept: int = 0

    @classmethod
    def of(cls, questions: Iterable[QuestionRecord]) -> Tally:
        """Return the count of `questions`."""
        counts = dict.fromkeys((*(state.value for state in State), "kept"), 0)
        for item in questions:
            unanswered = item.answer.state is State.UNANSWERED
            counts["kept" if unanswered and answered_already(item.question) else item.answer.state.value] += 1
        return cls(**counts)

    @property
    def total(self) -> int:
        """Return how many questions there are."""
        return self.approved + self.submitted + self.drafted + self.unanswered + self.kept

    @property
    def done(self) -> int:
        """Return how many are approved, or answered in the customer's file already."""
        return self.approved + self.kept

    @property
    def open(self) -> int:
        """Return how many still need somebody."""
        return self.total - self.done

    def __add__(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(
            self.approved + other.approved,
            self.submitted + other.submitted,
            self.drafted + other.drafted,
            self.unanswered + other.unanswered,
            self.kept + other.kept,
        )


class Listing(Protocol):
    """What a list of questionnaires counts, each in one query, within one transaction."""

    def tallies(self, person: int | None = None) -> Mapping[int, Tally]:
        """Return questionnaire id -> how far it is; of `person`, how far what is assigned to them is."""

    def undone(self) -> Mapping[int, int]:
        """Return questionnaire id -> how many approvals the application took back and nobody looked at since."""

    def completed(self) -> frozenset[int]:
        """Return the questionnaires of which a document was ever completed."""
