"""What a completed document told the customer, and to whom it was sent: kept as it was then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assistant.answer import Citation
from assistant.workflow.records import CompletedRecord

NO_DOCUMENT = "There is no such completed document."


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """One answer in a completed document. `question` is the id it had; the question may be gone since."""

    question: int
    position: int
    number: str
    text: str
    choice: str | None
    answer: str
    citations: tuple[Citation, ...] = ()

    @property
    def name(self) -> str:
        """Return what people call its question: the customer's number, or which one it was in the document."""
        return self.number or f"#{self.position + 1}"


@dataclass(frozen=True, slots=True)
class Sending:
    """A completed document was sent to `recipient`; `by` is the account that said so."""

    id: int
    completed: int
    recipient: str
    by: int
    at: datetime


class Sendings(Protocol):
    """What was told and sent, within one transaction; only added to."""

    def document(self, completed: int) -> CompletedRecord:
        """Return the completed document without its file. :raises NotFoundError: when there is none."""

    def keep(self, completed: int, answers: Sequence[ToldAnswer]) -> None:
        """Save what the completed document says."""

    def answers(self, completed: int) -> list[ToldAnswer]:
        """Return what the completed document says, in the order of its questions."""

    def add(self, completed: int, recipient: str, by: int, at: datetime) -> int:
        """Note that the completed document was sent; return the sending's id."""

    def of(self, questionnaire: int) -> Mapping[int, Sequence[Sending]]:
        """Return for each completed document of the questionnaire that was sent to whom it was, the latest first."""
