"""How far a questionnaire is, counted in one way for every list and page.

What the customer's file answers already is done: nobody has to answer it, and it stays as it came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import State
from assistant.workflow.drafting import answered_already
from assistant.workflow.records import QuestionnaireRecord, QuestionRecord, Stage


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
        return cls.counted(standing(item) for item in questions)

    @classmethod
    def counted(cls, standings: Iterable[str]) -> Tally:
        """Return the count of questions that stand like this, each named as the fields here are."""
        return cls(**Counter(standings))

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


def standing(item: QuestionRecord) -> str:
    """Return as which field of a `Tally` the question counts."""
    kept = item.answer.state is State.UNANSWERED and answered_already(item.question)
    return "kept" if kept else item.answer.state.value


class Listing(Protocol):
    """What a list of questionnaires counts, each in one query, within one transaction."""

    def tallies(self, person: int | None = None) -> Mapping[int, Tally]:
        """Return questionnaire id -> how far it is; of `person`, how far what is assigned to them is."""

    def undone(self) -> Mapping[int, int]:
        """Return questionnaire id -> how many approvals the application took back and nobody looked at since."""

    def completed(self) -> frozenset[int]:
        """Return the questionnaires of which a document was ever completed."""


def state_name(record: QuestionnaireRecord, tally: Tally) -> str:
    """Return the state of a questionnaire as pages show it."""
    if record.stage is Stage.LAYOUT:
        return "layout needs a look" if record.doubtful else "check what was found"
    if record.stage is not Stage.OPEN:
        return record.stage.value
    if tally.total and not tally.open:
        return "approved"
    return "in review" if tally.submitted else "in progress"
