"""The one door to matching: an index kept up to date, and suggestions from it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from assistant.conflict import Conflict
from assistant.matching import (
    company,
    conflicts,
    deciding,
    explanation,
    features,
    model,
    parts,
    ranking,
    sameness,
    sayings,
)
from assistant.matching.analysis import question_key
from assistant.matching.index import IndexFolder, version_of
from assistant.matching.library import Library
from assistant.matching.reading import Asked, Reader
from assistant.matching.topics import topic
from assistant.matching.traits import Bools, Traits
from assistant.statement import Passage, ProfileFact, Scope
from assistant.suggestion import Match, Suggestion, Topic

_REMEMBERED = 50_000
"""Of how many questions a snapshot remembers what was answered to nearly the same ones."""


@dataclass(frozen=True)
class Snapshot:
    """Everything one state of the knowledge is matched with; never changed, only replaced."""

    version: str
    reader: Reader
    traits: Traits
    passages: tuple[Passage, ...]
    facts: tuple[company.Fact, ...]
    numbers: Mapping[str, int]
    library: Library
    sayings: sayings.Sayings
    _allowed: dict[Scope | None, Bools] = field(default_factory=dict)
    _met: dict[tuple[str, Scope], tuple[Passage, ...]] = field(default_factory=dict)

    def allowed(self, scope: Scope | None) -> Bools:
        """Return which passages hold for `scope`, all of them when it is None."""
        known = self._allowed.get(scope)
        if known is None:
            held = [scope is None or passage.holds_for(scope) for passage in self.passages]
            known = self._allowed[scope] = np.array(held, dtype=np.bool_)
        return known

    def asked_before(self, question: str, scope: Scope) -> tuple[Passage, ...]:
        """Return the approved answers that hold for `scope` to nearly the same question."""
        known = self._met.get((question, scope))
        if known is None:
            if len(self._met) >= _REMEMBERED:
                self._met.clear()
            asked, holds = self.reader.question(question), self.holding(scope)
            found = sameness.asked_before(asked, self.traits.postings, self.library.before, holds)
            known = self._met[question, scope] = tuple(self.passages[number] for number in found)
        return known

    def holding(self, scope: Scope) -> Callable[[int], bool]:
        """Return what tells whether a passage, by its number, holds for `scope`."""
        return lambda number: self.passages[number].holds_for(scope)


class Matcher:
    """Matches questions against the passages given to `refresh`; safe to use from several threads."""

    def __init__(self, folder: Path, overlay: Path | None = None) -> None:
        """Keep the index versions in `folder`; `overlay` is the team's own vocabulary file, if it exists.

        :raises SettingError: when `folder` belongs to another user.
        """
        self._index = IndexFolder(folder)
        self._overlay = overlay
        self._model = model.shipped(features.NAMES)
        self._snapshot: Snapshot | None = None
        self._refreshing = threading.Lock()

    def refresh(self, passages: Sequence[Passage], profile: Sequence[ProfileFact] = ()) -> bool:
        """Make the index hold exactly `passages`, and return whether it was built anew for that.

        Others see the old state until the new one is whole.

        :raises StatementFormatError: when the team's vocabulary file is at fault.
        """
        with self._refreshing:
            reader = Reader.load(self._overlay)
            version, known = version_of(passages, reader), self._snapshot
            if known is not None and known.version == version:
                traits, told, built = known.traits, known.sayings, False
            else:
                postings, built = self._index.hold(version, passages, reader)
                traits = Traits.of(postings, reader.vocabulary)
                told = sayings.kept(self._index.sayings(passages))
            asked = self._index.wordings(passages, reader)
            self._snapshot = Snapshot(
                version,
                reader,
                traits,
                tuple(passages),
                company.facts(profile),
                {passage.digest: number for number, passage in reversed(list(enumerate(passages)))},
                Library(
                    {
                        number: tuple(asked[wording] for wording in (passage.question, *passage.also_asked))
                        for number, passage in enumerate(passages)
                        if passage.question
                    },
                    dict(zip(traits.concept_ids, traits.concept_weights.tolist(), strict=True)),
                ),
                told,
            )
            return built

    def passage(self, digest: str) -> Passage | None:
        """Return the passage (or fact of the profile) with that digest, or None when it is known no longer."""
        snapshot = self._snapshot
        if snapshot is None:
            return None
        if digest in snapshot.numbers:
            return snapshot.passages[snapshot.numbers[digest]]
        return next((fact.passage for fact in snapshot.facts if fact.passage.digest == digest), None)

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
        snapshot = self._snapshot
        if snapshot is None:
            return [deciding.decided(question, (), False, (), self._model, scope, today) for question in questions]
        asked = [snapshot.reader.question(question) for question in questions]
        found = self._matches(snapshot, asked, scope, top, rejected)
        told = self._parts(snapshot, questions, scope, top, rejected)
        return [
            deciding.decided(
                question, matches, reused, snapshot.facts, self._model, scope, today, several, snapshot.sayings
            )
            for question, (matches, reused), several in zip(questions, found, told, strict=True)
        ]

    def _parts(
        self,
        snapshot: Snapshot,
        questions: Sequence[str],
        scope: Scope,
        top: int,
        rejected: Collection[tuple[str, str]],
    ) -> list[Sequence[parts.Part]]:
        """Return the parts of each compound question, and nothing for one that asks for one thing."""
        split = [parts.parts(question) for question in questions]
        texts = [part for several in split if len(several) > 1 for part in several]
        found = iter(self._matches(snapshot, list(map(snapshot.reader.question, texts)), scope, top, rejected))
        told: list[Sequence[parts.Part]] = []
        for question, several in zip(questions, split, strict=True):
            if len(several) == 1:
                told.append(())
                continue
            key = question_key(question)
            told.append(
                [
                    parts.Part(
                        part,
                        snapshot.reader,
                        tuple(
                            match.passage.digest
                            for match in next(found)[0]
                            if match.confidence >= self._model.suggest and (key, match.passage.digest) not in rejected
                        ),
                    )
                    for part in several
                ]
            )
        return told

    def search(self, text: str, scope: Scope | None, limit: int) -> list[Match]:
        """Return the best passages that speak of what a person typed, in every scope when `scope` is None."""
        snapshot = self._snapshot
        if snapshot is None:
            return []
        asked = snapshot.reader.question(text)
        ((found, _),) = self._matches(snapshot, [asked], scope, limit, ())
        numbers = [snapshot.numbers[match.passage.digest] for match in found]
        speaking = explanation.speaking(snapshot.traits, asked, numbers) if numbers else ()
        return [match for match, speaks in zip(found, speaking, strict=True) if speaks]

    def topics(self, texts: Sequence[str]) -> list[Topic]:
        """Return what each of `texts` asks about, in order."""
        reader = self._reader()
        return [topic(reader, text) for text in texts]

    def vocabulary(self) -> str:
        """Return a text that changes with the vocabulary that tells topics."""
        return hashlib.sha256(self._reader().overlay).hexdigest()

    def _reader(self) -> Reader:
        return self._snapshot.reader if self._snapshot is not None else Reader.load(self._overlay)

    def conflicts(self) -> list[Conflict]:
        """Return the pairs of passages that contradict each other, and then those that nearly say the same."""
        snapshot = self._snapshot
        if snapshot is None:
            return []
        return conflicts.conflicts(snapshot.passages, snapshot.reader, snapshot.traits.postings, snapshot.library)

    def asked_before(self, questions: Sequence[str], scope: Scope) -> list[tuple[Passage, ...]]:
        """Return for each of `questions` the approved answers that hold for `scope` to nearly the same question."""
        snapshot = self._snapshot
        if snapshot is None:
            return [() for _ in questions]
        return [snapshot.asked_before(question, scope) for question in questions]

    def similar(self, question: str, scope: Scope) -> tuple[Passage, ...]:
        """Return the approved answers that hold for `scope` to questions like this one, the likeliest first."""
        snapshot = self._snapshot
        if snapshot is None:
            return ()
        asked, holds = snapshot.reader.question(question), snapshot.holding(scope)
        found = sameness.similar(asked, snapshot.traits.postings, snapshot.library, holds)
        return tuple(snapshot.passages[number] for number in found)

    def same(self, questions: Sequence[str], others: Sequence[str]) -> list[tuple[str, str]]:
        """Return the pairs of nearly the same questions, one of them among `questions`, in other words."""
        snapshot = self._snapshot
        return list(sameness.pairs(questions, others, snapshot.reader)) if snapshot is not None else []

    def stands_alone(self, question: str) -> bool:
        """Return whether `question` can be understood without its section and the questions before it."""
        return self._snapshot is not None and sameness.stands_alone(self._snapshot.reader.question(question))

    @staticmethod
    def question_key(text: str) -> str:
        """Return the normal form under which a rejection is remembered."""
        return question_key(text)

    def _matches(
        self,
        snapshot: Snapshot,
        asked: Sequence[Asked],
        scope: Scope | None,
        top: int,
        rejected: Collection[tuple[str, str]],
    ) -> list[tuple[list[Match], bool]]:
        """Return the explained matches of every question, best first, and whether the first is asked-before."""
        if not asked:
            return []
        allowed = snapshot.allowed(scope)
        known = {(key, snapshot.numbers[digest]) for key, digest in rejected if digest in snapshot.numbers}
        return [
            (
                list(
                    explanation.explained(
                        snapshot.traits,
                        question,
                        [snapshot.passages[number] for number in found.numbers],
                        found.numbers,
                        found.confidences,
                    )
                ),
                found.reused,
            )
            for question, found in zip(
                asked,
                ranking.ranked(snapshot.traits, self._model, asked, allowed, snapshot.library, known, top),
                strict=True,
            )
        ]
