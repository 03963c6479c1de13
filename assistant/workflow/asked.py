"""What was asked and answered where, found by the normal form of the question; and which questions are nearly the same.

Pages look answers up by keys alone. The keys are filled in behind the questions, by the worker: a question whose
text or customer changes loses its key and is looked at again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assistant.answer import Answer, State
from assistant.questionnaire import AnswerField
from assistant.statement import Passage, Scope

LONGEST = 240
"""Characters of a key: an entry of an index in PostgreSQL, which may hold two, takes 2,704 bytes."""


def key_of(normal_form: str) -> str:
    """Return the key of a question with that normal form: itself, when it is not too long; never empty."""
    if len(normal_form) <= LONGEST:
        return normal_form or "?"
    return f"{normal_form[: LONGEST - 65]} {hashlib.sha256(normal_form.encode()).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Keyless:
    """A question that waits for its key."""

    id: int
    questionnaire: int
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, and to which question; of the answer only its state and what it says.

    `field` is where its choice goes, which tells what the choice stands for.
    """

    question: int
    questionnaire: int
    key: str
    text: str
    number: str
    section: str
    label: bool
    answer: Answer
    approved: datetime | None
    field: AnswerField | None = None


class Likeness(Protocol):
    """What matching says of questions (`assistant.matching.Matcher`)."""

    def question_key(self, text: str) -> str:
        """Return the normal form of a question."""

    def same(self, questions: Sequence[str], others: Sequence[str]) -> list[tuple[str, str]]:
        """Return the pairs of nearly the same questions, one of them among `questions`, in other words."""

    def stands_alone(self, question: str) -> bool:
        """Return whether `question` can be understood without its section and the questions before it."""

    def asked_before(self, questions: Sequence[str], scope: Scope) -> list[tuple[Passage, ...]]:
        """Return for each of `questions` the approved answers that hold for `scope` to nearly the same question."""

    def similar(self, question: str, scope: Scope) -> tuple[Passage, ...]:
        """Return the approved answers that hold for `scope` to questions like this one, the likeliest first."""


class Asked(Protocol):
    """Questions by their keys, within one transaction."""

    def keyless(self, limit: int) -> list[Keyless]:
        """Return up to `limit` questions without a key, all of one questionnaire."""

    def put_keys(self, keys: Iterable[tuple[Keyless, str]]) -> None:
        """Save the keys of questions that still read as they did."""

    def texts(self, questionnaires: Collection[int], limit: int) -> Mapping[str, str]:
        """Return the keys of what they ask, each with one of its wordings, up to `limit`, the latest first."""

    def alike(self, keys: Collection[str]) -> Mapping[str, frozenset[str]]:
        """Return for each of `keys` those of the questions that are nearly the same, if there are any."""

    def note_alike(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Remember which keys belong to questions that are nearly the same."""

    def told(self, questionnaires: Collection[int], keys: Collection[str], states: Collection[State]) -> list[Told]:
        """Return the answers in one of `states` there to questions with these keys, the one approved last first."""

    def choices(
        self, questionnaires: Collection[int], keys: Collection[str], since: datetime
    ) -> Mapping[str, frozenset[str]]:
        """Return key -> the choices of the answers approved there since then, as they are understood."""
