"""Answers that cite a passage, in questionnaires and in what was sent, as they are kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from assistant.answer import State


class Citing(NamedTuple):
    """A question whose answer cites or repeats what was asked for, in few words."""

    question: int
    questionnaire: int
    state: State
    sent_back: bool
    cites: bool = True


class Sent(NamedTuple):
    """An answer of a completed document that cites or repeats what was asked for, once for every time that was sent."""

    answer: int
    sending: int
    questionnaire: int
    cites: bool = True


class Reused(NamedTuple):
    """How many answers of a questionnaire cite that of the library."""

    questionnaire: int
    path: str
    digest: str
    answers: int


@dataclass(frozen=True, slots=True)
class Said:
    """What was said word for word, by which answers are found that cite nothing of it.

    `texts` are looked for within answers. Those of `whole` are too short to be anybody's own: they count only as the
    whole answer, to one of `questions` or where the library entry `entry` was made of it. With `uncited` only answers
    that cite nothing at all are looked through for `texts`, which is faster where there are many.
    """

    texts: Collection[str] = ()
    whole: Collection[str] = ()
    questions: Collection[str] = ()
    entry: int | None = None
    uncited: bool = False


NOTHING_SAID = Said()


@dataclass(frozen=True, slots=True)
class CitingAnswer:
    """An answer in a questionnaire that cites or repeats what was asked for."""

    question: int
    questionnaire: int
    position: int
    number: str
    text: str
    state: State
    objection: str
    choice: str
    answer: str


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """An answer as it stands in a completed document, once for every time that was sent.

    One that does not cite what was asked for repeats its words.
    """

    id: int
    sending: int
    questionnaire: int
    number: str
    text: str
    choice: str
    answer: str
    recipient: str
    at: datetime
    told: datetime | None
    told_by: int | None
    cites: bool = True


class Usage(Protocol):
    """Who cites what, within one transaction."""

    def citing(self, path: str, digests: Collection[str] | None, said: Said = NOTHING_SAID) -> list[Citing]:
        """Return the answers that cite passages of the file or entry `path`, or only those with these digests.

        Those that say what was `said` are among them, whatever they cite.
        """

    def answers(self, questions: Collection[int]) -> list[CitingAnswer]:
        """Return these answers, questionnaire by questionnaire, the latest first."""

    def sent(self, path: str, digests: Collection[str] | None, said: Said = NOTHING_SAID) -> list[Sent]:
        """Return what was sent with passages of `path`, or only with those with these digests; the latest first.

        What says what was `said` is among it, whatever it cites.
        """

    def sent_answers(self, answers: Collection[int]) -> list[SentAnswer]:
        """Return these answers of completed documents, once for every time they were sent, the latest first."""

    def tell(self, sending: int, answer: int, by: int, at: datetime) -> bool:
        """Note that the customer was told; return whether that is new. :raises NotFoundError: unless it was sent."""

    def untell(self, sending: int, answer: int) -> bool:
        """Forget that again; return whether it was noted."""

    def questionnaire_of(self, answer: int) -> int:
        """Return the questionnaire whose completed document holds it. :raises NotFoundError: when there is none."""

    def drafts(self) -> list[tuple[int, int, frozenset[str]]]:
        """Return question, questionnaire and digests cited, for every draft that nobody has worded or submitted."""

    def reused(self, among: Collection[int]) -> list[Reused]:
        """Return what answers in these questionnaires cite of the library, and how many cite just that."""

    def reminded(self) -> frozenset[tuple[int, str, str]]:
        """Return person, subject and text of everything people were told to review."""

    def entry_events(self, actions: Collection[str], limit: int) -> list[tuple[int, int, datetime, int | None, str]]:
        """Return id, entry, time, account and action of the latest events of library entries with these actions."""
