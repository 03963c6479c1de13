"""Answers that cite a passage, in questionnaires and in what was sent, as they are kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assistant.answer import State


@dataclass(frozen=True, slots=True)
class CitingAnswer:
    """An answer in a questionnaire that cites one of the files or entries asked for, by these digests."""

    question: int
    questionnaire: int
    position: int
    number: str
    text: str
    state: State
    author: int | None
    objection: str
    choice: str
    answer: str
    digests: frozenset[str]


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """An answer as it stands in a completed document, once for every time that was sent."""

    id: int
    sending: int
    questionnaire: int
    number: str
    text: str
    choice: str
    answer: str
    digests: frozenset[str]
    recipient: str
    at: datetime
    told: datetime | None
    told_by: int | None


class Usage(Protocol):
    """Who cites what, within one transaction."""

    def citing(self, paths: Collection[str]) -> list[CitingAnswer]:
        """Return the answers that cite one of these files or entries, questionnaire by questionnaire."""

    def sent(self, paths: Collection[str]) -> list[SentAnswer]:
        """Return the answers sent with one of these files or entries, the latest sending first."""

    def tell(self, sending: int, answer: int, by: int, at: datetime) -> bool:
        """Note that the customer was told; return whether that is new. :raises NotFoundError: unless it was sent."""

    def untell(self, sending: int, answer: int) -> bool:
        """Forget that again; return whether it was noted."""

    def questionnaire_of(self, answer: int) -> int:
        """Return the questionnaire whose completed document holds it. :raises NotFoundError: when there is none."""

    def drafts(self) -> list[tuple[int, int, frozenset[str]]]:
        """Return question, questionnaire and digests cited, for every draft that nobody has worded or submitted."""

    def reminded(self) -> frozenset[tuple[int, str, str]]:
        """Return person, subject and text of everything people were told to review."""

    def entry_events(self, actions: Collection[str], limit: int) -> list[tuple[int, int, datetime, int | None, str]]:
        """Return id, entry, time, account and action of the latest events of library entries with these actions."""
