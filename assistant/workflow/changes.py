"""The changes somebody made to answers, so that they can take them back; and what somebody had in front of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assistant.answer import Answer

EDITED = "edited"
TYPED = "typed"
"""An edit that saved itself while somebody was typing, and that nobody has said is done."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change by `by` from version `base` of a question to `version`; `before` is the answer as it stood.

    `action` is what was done, `EDITED` for instance; what was done to many answers in one act was done `at` the same
    moment to all of them. `lowered` are the digests of the passages that a rejection turned down for the question.
    """

    id: int
    question: int
    by: int
    at: datetime
    action: str
    base: int
    version: int
    before: Answer
    lowered: tuple[str, ...] = ()


class Changes(Protocol):
    """The changes that can be taken back, within one transaction."""

    def add(self, change: Change) -> None:
        """Save it; its id is given out here."""

    def latest(self, by: int, questionnaire: int, since: datetime) -> Change | None:
        """Return the last change that `by` made to an answer of the questionnaire at or after `since`, or None."""

    def leading_to(self, question: int, version: int) -> Change | None:
        """Return the change that led to that version of the question, or None."""

    def act(self, change: Change) -> list[Change]:
        """Return the changes made in one act with `change`, itself among them, in their order."""

    def typed(self, questionnaire: int) -> Mapping[int, Change]:
        """Return question id -> the change, for those answers of a questionnaire that stand as they were `TYPED`."""

    def move(self, change: int, version: int, at: datetime) -> None:
        """Let the change be the one that led to `version`."""

    def rename(self, change: int, action: str) -> None:
        """Let the change be called `action`."""

    def forget(self, change: int) -> None:
        """Remove it: it was taken back, or somebody changed the answer since."""


class Opened(Protocol):
    """Which version of an answer somebody last had in front of them, within one transaction."""

    def note(self, person: int, question: int, version: int) -> None:
        """Keep that `person` had that version in front of them."""

    def of(self, person: int, questions: Collection[int]) -> Mapping[int, int]:
        """Return question id -> version, for those of `questions` that `person` ever opened."""
