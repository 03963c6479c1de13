"""What reading some blocks found, gathered in the document's order."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.questionnaire import FoundTable, Location, Question, Skipped

_LONGEST = 300


@dataclass(slots=True)
class Reading:
    """Questions, what was left out and why, the tables they stand in; `flowed` are cells read as running text."""

    questions: list[Question] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    tables: list[FoundTable] = field(default_factory=list)
    flowed: set[str] = field(default_factory=set)

    def add(self, other: Reading) -> None:
        """Append what `other` found."""
        self.questions += other.questions
        self.skipped += other.skipped
        self.tables += other.tables
        self.flowed |= other.flowed

    def skip(self, place: str, text: str, reason: str) -> None:
        """Note that something is no question, and why."""
        said = " ".join(text.split())
        if said:
            self.skipped.append(Skipped(Location(place), said[:_LONGEST], reason))
