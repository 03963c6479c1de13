"""What is held against an answer, and what does not agree with it: the findings of `consistency`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.answer import Answer
from assistant.difference import Difference
from assistant.followups import Disagreement
from assistant.statement import Passage
from assistant.workflow.records import QuestionnaireRecord, QuestionRecord, Stage


class Kind(StrEnum):
    """What an answer does not agree with."""

    TOLD = "told"
    DOCUMENT = "document"
    LIBRARY = "library"
    ELSEWHERE = "elsewhere"
    FOLLOW_UP = "follow-up"


@dataclass(frozen=True, slots=True)
class Other:
    """Another answer, and how the one at hand differs from it: None without one, or when something else was asked.

    It stands in a questionnaire of the same customer (`questionnaire`, and the id of its `question`) or in the
    library (`passage`). `exact` when the very same was asked; `day` is when it was approved, if it was.
    """

    asked: str
    answer: Answer
    difference: Difference | None
    exact: bool
    day: date | None = None
    number: str = ""
    section: str = ""
    question: int | None = None
    questionnaire: QuestionnaireRecord | None = None
    passage: Passage | None = None

    @property
    def matters(self) -> bool:
        """Return whether the two contradict each other."""
        return self.difference is not None and self.difference.matters

    @property
    def sent(self) -> bool:
        """Return whether the customer has it."""
        return self.questionnaire is not None and self.questionnaire.stage is Stage.SENT


@dataclass(frozen=True, slots=True)
class Parent:
    """The question that a follow-up depends on, what stands there, and what is the matter between the two."""

    item: QuestionRecord
    answer: Answer
    fault: Disagreement | None


@dataclass(frozen=True, slots=True)
class Beside:
    """What is held against the answer of one question; `elsewhere`: another customer was answered otherwise."""

    told: tuple[Other, ...] = ()
    document: tuple[Other, ...] = ()
    library: tuple[Other, ...] = ()
    parent: Parent | None = None
    elsewhere: bool = False

    @property
    def contradicted(self) -> tuple[Other, ...]:
        """Return the approved answer of the library that is contradicted, if none of them agrees."""
        return contradicting(self.library)

    @property
    def matters(self) -> bool:
        """Return whether the answer contradicts any of it."""
        others = (*self.told[:1], *self.document, *self.contradicted)
        return self.elsewhere or bool(self.parent and self.parent.fault) or any(other.matters for other in others)


@dataclass(frozen=True, slots=True)
class Flag:
    """That the answer to a question does not agree with another, or with the question it depends on."""

    kind: Kind
    item: QuestionRecord
    other: Other | None = None
    parent: Parent | None = None

    @property
    def questions(self) -> tuple[int, ...]:
        """Return the questions of this questionnaire that it is about."""
        if self.parent is not None:
            return self.item.id, self.parent.item.id
        if self.kind is Kind.DOCUMENT and self.other is not None and self.other.question is not None:
            return self.item.id, self.other.question
        return (self.item.id,)

    @property
    def contradictory(self) -> tuple[int, ...]:
        """Return those of them whose answers contradict something: none while a follow-up only waits for its answer."""
        waits = self.parent is not None and self.parent.fault is Disagreement.WANTED
        return () if waits else self.questions


def contradicting(library: Sequence[Other]) -> tuple[Other, ...]:
    """Return the approved answer to nearly the same question that is contradicted, if none of them agrees."""
    same = [other for other in library if other.difference is not None]
    return tuple(same[:1]) if same and all(other.matters for other in same) else ()
