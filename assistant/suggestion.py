"""What matching proposes for a question: ranked passages, a confidence, and perhaps a draft.

Standard library only. `as_json` is the contract of the command `suggest`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant.statement import Passage

LIKELY = 0.5
"""From this confidence on a passage rather answers a question than not, though it may lack a word of it."""


class Status(StrEnum):
    """What is to be done with a question."""

    SUGGESTED = "suggested"
    """Drafted from the cited passages."""
    WEAK = "weak"
    """Passages are shown, nothing is drafted."""
    NO_MATCH = "no_match"
    """A gap: nothing in the knowledge answers it."""
    ROUTED = "routed"
    """Never answered automatically; for a person, with a reason."""


class Choice(StrEnum):
    """The choice an answer makes, before it is worded as the customer's form wants it."""

    YES = "Yes"
    NO = "No"
    PARTIAL = "Partial"
    NOT_APPLICABLE = "N/A"


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question is about: a concept by its id, with its name and area; a key without a name stands for words."""

    key: str
    name: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A passage with the probability (0 to 1) that it answers the question, and why it was found.

    `shared` are the concepts and words that question and passage have in common, `missing` those
    of the question that the passage lacks.
    """

    passage: Passage
    confidence: float
    concepts: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Return whether the passage has all that was asked for, or rather answers it although it lacks some of it."""
        return not self.missing or self.confidence >= LIKELY

    def as_json(self) -> dict[str, Any]:
        """Return the match as `suggest` prints it."""
        return {
            "path": self.passage.path,
            "lines": list(self.passage.lines),
            "heading": self.passage.heading,
            "text": self.passage.text,
            "confidence": round(self.confidence, 4),
            "concepts": list(self.concepts),
            "shared": list(self.shared),
            "missing": list(self.missing),
        }


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The proposal for one question.

    `matches` are the ranked candidates within the scope whatever the status, best first;
    `cited` those of them that `answer` is drawn from.
    """

    question: str
    status: Status
    matches: tuple[Match, ...] = ()
    choice: Choice | None = None
    answer: str | None = None
    reason: str | None = None
    cited: tuple[Match, ...] = ()

    @property
    def confidence(self) -> float:
        """Return the confidence of the first match, 0.0 when there is none."""
        return self.matches[0].confidence if self.matches else 0.0

    def as_json(self) -> dict[str, Any]:
        """Return the suggestion as `suggest` prints it."""
        return {
            "question": self.question,
            "status": self.status.value,
            "confidence": round(self.confidence, 4),
            "choice": self.choice.value if self.choice else None,
            "answer": self.answer,
            "reason": self.reason,
            "passages": [match.as_json() for match in self.matches],
        }
