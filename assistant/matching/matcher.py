"""The one door to matching: an index kept up to date, and suggestions from it."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.matching.analysis import question_key, terms
from assistant.matching.index import IndexFolder
from assistant.matching.scoring import Floats, Postings
from assistant.statement import Passage, ProfileFact, Scope
from assistant.suggestion import Match, Status, Suggestion

BLOCK = 2_000_000
"""Scores held at a time: questions are taken in blocks of this many divided by the passages."""

WEIGHTS = {"words": 1.0, "headings": 0.0, "asked": 1.0}


@dataclass(frozen=True)
class Snapshot:
    """Everything one state of the knowledge is matched with; never changed, only replaced."""

    passages: tuple[Passage, ...] = ()
    profile: tuple[ProfileFact, ...] = ()
    postings: Postings | None = None
    digests: dict[str, int] = field(default_factory=dict)


class Matcher:
    """Matches questions against the passages given to `refresh`; safe to use from several threads."""

    question_key = staticmethod(question_key)

    def __init__(self, folder: Path, overlay: Path | None = None) -> None:
        """Keep the index versions in `folder`; `overlay` is the team's own vocabulary file.

        :raises SettingError: when `folder` belongs to another user.
        """
        self._index = IndexFolder(folder)
        self._overlay = overlay
        self._snapshot = Snapshot()
        self._refreshing = threading.Lock()

    def refresh(self, passages: Sequence[Passage], profile: Sequence[ProfileFact] = ()) -> bool:
        """Make the index hold exactly `passages`, and return whether it was built anew for that.

        Readers see the old state until the new one is whole.
        """
        with self._refreshing:
            documents = [
                {
                    "words": terms(passage.text),
                    "headings": terms(f"{passage.title} {passage.heading}"),
                    "asked": [term for asked in (passage.question, *passage.also_asked) for term in terms(asked)],
                }
                for passage in passages
            ]
            postings, built = self._index.hold(documents)
            digests = {passage.digest: number for number, passage in reversed(list(enumerate(passages)))}
            self._snapshot = Snapshot(tuple(passages), tuple(profile), postings, digests)
            return built

    def passage(self, digest: str) -> Passage | None:
        """Return the passage with that digest, or None when the knowledge holds it no longer."""
        snapshot = self._snapshot
        number = snapshot.digests.get(digest)
        return None if number is None else snapshot.passages[number]

    def suggest(
        self,
        questions: Sequence[str],
        scope: Scope,
        today: date,
        *,
        top: int = 5,
        rejected: Collection[tuple[str, str]] = (),
    ) -> list[Suggestion]:
        """Return a suggestion for each of `questions`, in order.

        `rejected` holds pairs of `question_key` and passage digest that a person rejected.
        """
        found = []
        for question, matches in zip(questions, self._matches(questions, scope, top, rejected), strict=True):
            status = Status.WEAK if matches else Status.NO_MATCH
            found.append(Suggestion(question, status, tuple(matches)))
        return found

    def search(self, text: str, scope: Scope | None, limit: int) -> list[Match]:
        """Return the best passages for what a person typed, in every scope when `scope` is None."""
        return self._matches([text], scope, limit, ())[0]

    def _matches(
        self, questions: Sequence[str], scope: Scope | None, top: int, rejected: Collection[tuple[str, str]]
    ) -> list[list[Match]]:
        """Return the ranked matches of every question."""
        snapshot = self._snapshot
        if snapshot.postings is None or not snapshot.passages:
            return [[] for _ in questions]
        outside = np.array([scope is not None and not passage.holds_for(scope) for passage in snapshot.passages])
        block = max(1, BLOCK // len(snapshot.passages))
        found: list[list[Match]] = []
        for start in range(0, len(questions), block):
            asked = questions[start : start + block]
            scores = snapshot.postings.scores([terms(question) for question in asked], WEIGHTS)
            scores[:, outside] = 0.0
            for question, row in zip(asked, scores, strict=True):
                for key, digest in rejected:
                    if key == question_key(question) and digest in snapshot.digests:
                        row[snapshot.digests[digest]] *= 0.1
                found.append([_match(snapshot, question, row, number) for number in _best(row, top)])
        return found


def _best(row: Floats, top: int) -> npt.NDArray[np.intp]:
    """Return the `top` highest above zero, best first; equal ones in the order of the passages."""
    order = np.argsort(-row, kind="stable")[:top]
    return order[row[order] > 0]


def _match(snapshot: Snapshot, question: str, row: Floats, number: int) -> Match:
    """Return one match."""
    passage = snapshot.passages[number]
    asked, said = set(terms(question)), set(terms(passage.text))
    share = len(asked & said) / len(asked) if asked else 0.0
    return Match(
        passage,
        confidence=round(0.5 * share, 4),
        shared=tuple(sorted(asked & said)),
        missing=tuple(sorted(asked - said)),
    )
