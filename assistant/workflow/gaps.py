"""What customers asked and the knowledge could not answer: across questionnaires by what it is about, and in one.

Questions are grouped by the concept they ask for, those that name none by their words. What each is about is worked
out once and remembered for as long as the vocabulary stays the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from itertools import islice

from assistant.errors import NotFoundError
from assistant.people import Permission, Person
from assistant.suggestion import Status, Topic
from assistant.workflow import visibility
from assistant.workflow.counting import Asked
from assistant.workflow.ports import Clock, Matching, Store, Transaction
from assistant.workflow.records import QuestionnaireRecord, QuestionRecord

REMEMBERED = 100_000
"""Of how many wordings it is remembered what they are about."""
LISTED = 200
"""How many questions of a group are listed, the latest ones."""


@dataclass
class Group:
    """What was asked about one topic and not answered from the knowledge, in one questionnaire or in all `parts`."""

    topic: Topic
    asked: int = 0
    open: int = 0
    statuses: dict[Status, int] = field(default_factory=dict)
    questionnaires: dict[int, QuestionnaireRecord] = field(default_factory=dict)
    parts: list[Group] = field(default_factory=list)
    found: list[Asked] = field(default_factory=list)

    @cached_property
    def wordings(self) -> Mapping[str, int]:
        """Return in which words it was asked, and how often in each."""
        counts: Counter[str] = Counter()
        for item in (*self.found, *(item for part in self.parts for item in part.found)):
            counts[item.text] += item.asked
        return counts

    @property
    def name(self) -> str:
        """Return the concept, or the wording asked most often when the topic has no name."""
        return self.topic.name or self.most_asked(1)[0][0]

    @property
    def customers(self) -> list[str]:
        """Return who asked, in order."""
        return sorted({record.customer for record in self.questionnaires.values()}, key=str.casefold)

    def most_asked(self, limit: int) -> list[tuple[str, int]]:
        """Return the wordings asked most often, with how often."""
        return sorted(self.wordings.items(), key=lambda item: -item[1])[:limit]

    def add(self, found: Asked) -> None:
        """Count one wording."""
        self.asked += found.asked
        self.open += found.open
        self.statuses[found.status] = self.statuses.get(found.status, 0) + found.asked
        self.found.append(found)

    def join(self, part: Group, record: QuestionnaireRecord) -> None:
        """Count all that was asked about it in one questionnaire."""
        self.asked += part.asked
        self.open += part.open
        for status, count in part.statuses.items():
            self.statuses[status] = self.statuses.get(status, 0) + count
        self.questionnaires[record.id] = record
        self.parts.append(part)


@dataclass(frozen=True, slots=True)
class OpenGap:
    """A question of a group, with the questionnaire it stands in."""

    item: QuestionRecord
    record: QuestionnaireRecord


class Gaps:
    """What is missing from the knowledge.

    What is missing in each questionnaire is held at hand: only those that changed since are counted again.
    """

    def __init__(self, store: Store, matching: Matching, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._matching, self._clock = store, matching, clock
        self._topics: dict[str, Topic] = {}
        self._vocabulary = ""
        self._held: dict[int, tuple[str, dict[str, Group]]] = {}

    def groups(self, by: Person, days: int | None = None, product: str = "") -> list[Group]:
        """Return what was asked in the questionnaires of the last `days` and is missing, the most frequent first.

        :raises PermissionDeniedError: to experts, who see their own questions only.
        """
        by.require(Permission.UPLOAD)
        with self._store.reading() as tx:
            records = self._records(tx, by, days, product)
            held = self._counted(tx)
        groups: dict[str, Group] = {}
        for key, record in records.items():
            for topic, part in held.get(key, ("", {}))[1].items():
                if topic not in groups:
                    groups[topic] = Group(part.topic)
                groups[topic].join(part, record)
        return sorted(groups.values(), key=lambda group: (-group.asked, -group.open, group.name.casefold()))

    def group(self, by: Person, key: str, days: int | None = None, product: str = "") -> tuple[Group, list[OpenGap]]:
        """Return one group with its questions, the latest first.

        :raises NotFoundError: when nothing about that was asked and not answered.
        """
        found = next((group for group in self.groups(by, days, product) if group.topic.key == key), None)
        if found is None:
            raise NotFoundError("Nothing about that is missing (any longer).")
        with self._store.reading() as tx:
            items = tx.gaps.questions(found.wordings, found.questionnaires, LISTED)
        return found, [OpenGap(item, found.questionnaires[item.questionnaire]) for item in items]

    def warm(self) -> None:
        """Count what changed before somebody asks."""
        with self._store.reading() as tx:
            self._counted(tx)

    def _records(self, tx: Transaction, by: Person, days: int | None, product: str) -> dict[int, QuestionnaireRecord]:
        since = self._clock() - timedelta(days=days) if days else None
        records = (record for record in tx.questionnaires.all() if not product or record.scope.product == product)
        recent = [record for record in records if since is None or record.created >= since]
        return {record.id: record for record in visibility.seen_whole(tx, by, recent)}

    def _counted(self, tx: Transaction) -> Mapping[int, tuple[str, dict[str, Group]]]:
        """Return questionnaire -> its mark, and what is missing there by the key of the topic."""
        vocabulary = self._matching.vocabulary()
        if vocabulary != self._vocabulary:
            self._topics, self._held, self._vocabulary = {}, {}, vocabulary
        marks, held = tx.gaps.marks(), self._held
        stale = [key for key, mark in marks.items() if held.get(key, ("",))[0] != mark]
        if stale or len(held) != len(marks):
            # Replaced, never changed: others may be reading it.
            fresh: dict[int, tuple[str, dict[str, Group]]] = {key: (marks[key], {}) for key in stale}
            found = tx.gaps.asked(stale)
            topics = self._topics_of({item.text for item in found})
            for item in found:
                topic = topics[item.text]
                fresh[item.questionnaire][1].setdefault(topic.key, Group(topic)).add(item)
            held = {key: fresh.get(key) or held[key] for key in marks}
            self._held = held
        return held

    def _topics_of(self, texts: Collection[str]) -> Mapping[str, Topic]:
        known = self._topics
        fresh = [text for text in texts if text not in known]
        if fresh:
            known = known | dict(zip(fresh, self._matching.topics(fresh), strict=True))
            kept = known.items() if len(known) <= REMEMBERED else islice(known.items(), len(fresh), None)
            self._topics = dict(kept)
        return known
