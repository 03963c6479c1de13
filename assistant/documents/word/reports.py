"""What reading some blocks found, gathered in the document's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.questionnaire import AnswerField, FieldKind, FoundTable, Location, Question, Skipped

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

    def give_details(self, fields: Sequence[AnswerField]) -> bool:
        """Give the last question, when it has options but no place for words, a place for its details."""
        last = self.questions[-1] if self.questions else None
        texts = tuple(field for field in fields if field.kind is FieldKind.TEXT)
        if last is None or last.choice_field is None or last.text_field is not None or not texts:
            return False
        self.questions[-1] = replace(last, fields=(*last.fields, *texts))
        return True

    def give_more(self, fields: Sequence[AnswerField]) -> bool:
        """Give the last question further fields, such as a row for comments below its answer."""
        if not self.questions or self.questions[-1].label:
            return False
        last = self.questions[-1]
        self.questions[-1] = replace(last, fields=(*last.fields, *fields))
        return True

    def skip(self, place: str, text: str, reason: str) -> None:
        """Note that something is no question, and why."""
        said = " ".join(text.split())
        if said:
            self.skipped.append(Skipped(Location(place), said[:_LONGEST], reason))
