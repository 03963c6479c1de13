"""What a change of the knowledge means: which answers rested on what is said no longer, and who was told it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.errors import NotFoundError, StatementFormatError
from assistant.people import Permission, Person
from assistant.statement import Audience, Passage
from assistant.workflow import visibility
from assistant.workflow.browsing import Browsing, Listed
from assistant.workflow.entries import readable
from assistant.workflow.knowledge import KnowledgeKeeper, may_read
from assistant.workflow.noticing import GONE
from assistant.workflow.ports import Clock, KnowledgeFolder, Store
from assistant.workflow.shelf import EntryRecord, EntryState, entry_of
from assistant.workflow.usage import Used, used
from assistant.workflow.versions import StatementVersion

_TELLING = ("changed", "retired", "brought back")
"""What is done to an entry that makes it say something else, or nothing; as the audit log names it."""
_ALIKE = 0.4
"""The share of words in common from which one passage is taken for the new wording of another."""
RECENT = timedelta(days=30)
"""For how long a change counts as recent."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something the knowledge says otherwise since `at`, or is past its day of review since then.

    `version` is that of a statement file and `event` that of an entry in the audit log; what expired has neither.
    """

    what: str
    name: str
    path: str
    at: datetime | date
    by: int | None = None
    entry: int | None = None
    event: int | None = None
    version: int | None = None

    @property
    def day(self) -> date:
        """Return the day since which it is so."""
        return self.at.date() if isinstance(self.at, datetime) else self.at


@dataclass(frozen=True, slots=True)
class Meaning:
    """A change with what was said, what is said now, and everything that rests on what is said no longer.

    `passages` pair what was said with what stands in its place; one side is None where something went or came.
    `entries` are library entries that give as evidence what is gone.
    """

    change: Change
    passages: tuple[tuple[Passage | None, Passage | None], ...]
    used: Used
    entries: tuple[Listed, ...] = ()
    reason: str = ""


_KEPT = 8
"""Versions of files whose passages are kept at hand: to read a long one takes longer than all the rest of its page."""


class Changes:
    """What changed, and what that means."""

    def __init__(
        self, store: Store, files: KnowledgeFolder, knowledge: KnowledgeKeeper, browsing: Browsing, clock: Clock
    ) -> None:
        """Keep what the use cases need."""
        self._store, self._knowledge = store, knowledge
        self._browsing, self._clock = browsing, clock
        self._passages_of = lru_cache(_KEPT)(files.passages_of)

    def recent(self, by: Person, limit: int = 100) -> list[Change]:
        """Return what changed, expired or was retired, the latest first."""
        by.require(Permission.READ)
        today = self._clock().date()
        catalogue = self._browsing.catalogue(by)
        listed = {item.record.id: item for item in catalogue.items if item.record.id is not None}
        knowledge = self._knowledge.readable(by)
        titles = {path: path for path, _ in knowledge.library} | {
            item.path: item.title for item in knowledge.statements
        }
        with self._store.reading() as tx:
            versions = tx.statements.changes(limit)
            events = tx.usage.entry_events(_TELLING, limit)
        found = [
            Change("changed" if path in titles else "removed", titles.get(path, path), path, at, version=version)
            for version, path, at in versions
            if path in titles or may_read(by, Audience.INTERNAL)
        ]
        for event, entry, at, who, action in events:
            item = listed.get(entry)
            if item is not None:
                record = item.record
                found.append(Change(action, record.entry.question, record.path, at, who, entry, event))
        for due in catalogue.due:
            if due.state is EntryState.EXPIRED and due.review_by and due.review_by >= today - RECENT:
                path = due.record.path if due.record else due.statement.path if due.statement else ""
                since = due.review_by + timedelta(days=1)
                entry_id = due.record.id if due.record else None
                found.append(Change("expired", due.name, path, since, entry=entry_id))
        found.sort(key=lambda change: (change.day, str(change.at)), reverse=True)
        return found[:limit]

    def count(self, by: Person) -> int:
        """Return how much changed lately."""
        since = self._clock().date() - RECENT
        return sum(change.day >= since for change in self.recent(by))

    def statement(self, by: Person, version: int) -> Meaning:
        """Return what a new version of a statement file means.

        :raises NotFoundError: when there is none that `by` may read, or nothing before it.
        """
        by.require(Permission.READ)
        with self._store.reading() as tx:
            now = tx.statements.version(version)
            old = tx.statements.before(now)
            title = self._title(by, now.path)
            if old is None or (not title and not may_read(by, Audience.INTERNAL)):
                raise NotFoundError("There is no such change of a statement.")
            before, after = self._passages(by, old), self._passages(by, now)
            stay = {passage.digest for passage in after}
            past = [passage for passage in before if passage.digest not in stay]
            gone = {passage.digest for passage in past}
            found = used(tx, by, now.path, gone, past)
        marks = {digest[:16] for digest in gone}
        entries = tuple(
            item
            for item in self._browsing.catalogue(by).by_path.values()
            if item.record.entry.evidence and any(piece[-16:] in marks for piece in item.record.entry.evidence)
        )
        what = "removed" if now.text == GONE else "changed"
        change = Change(what, title or now.path, now.path, now.at, version=version)
        return Meaning(change, paired(before, after), found, entries)

    def _title(self, by: Person, path: str) -> str:
        """Return what the file is called, "" when there is none that `by` may read."""
        knowledge = self._knowledge.readable(by)
        named = next((item.title for item in knowledge.statements if item.path == path), "")
        return named or next((found for found, _ in knowledge.library if found == path), "")

    def _passages(self, by: Person, version: StatementVersion) -> tuple[Passage, ...]:
        if version.text == GONE:
            return ()
        try:
            found = self._passages_of(version.path, version.text)
        except StatementFormatError:  # written by another release of the program, that read files otherwise
            return ()
        return tuple(passage for passage in found if may_read(by, passage.audience))

    def entry(self, by: Person, entry: int, event: int) -> Meaning:
        """Return what a change of a library entry means.

        :raises NotFoundError: when there is none that `by` may read.
        """
        by.require(Permission.READ)
        with self._store.reading() as tx:
            record = readable(by, tx.library.get(entry))
            told = next((item for item in tx.audit.events(record.subject) if item.id == event), None)
            before, after = entry_of((told and told.before) or {}), entry_of((told and told.after) or {})
            if told is None or before is None or after is None:
                raise NotFoundError("There is no such change of a library entry.")
            was, now = before.passage(record.path), after.passage(record.path)
            retired = told.action == "retired"
            gone = {was.digest} if retired or was.digest != now.digest else set()
            found = used(tx, by, record.path, gone, [was])
        kept = tuple(passage for passage in (was, now) if may_read(by, passage.audience))
        pair = (
            was if was in kept and not (told.before or {})["retired"] else None,
            None if retired or now not in kept else now,
        )
        return Meaning(
            Change(told.action, record.entry.question, record.path, told.at, told.by, entry, event),
            (pair,),
            found,
            reason=str((told.after or {}).get("reason", "")),
        )

    def statement_used(self, by: Person, path: str) -> Used:
        """Return where a statement file is used, whatever it said, and where its words are now.

        :raises NotFoundError: when there is none that `by` may read.
        """
        found = next((item for item in self._knowledge.readable(by).statements if item.path == path), None)
        if found is None:
            raise NotFoundError("There is no such statement.")
        with self._store.reading() as tx:
            return used(tx, by, path, passages=found.passages)

    def entry_used(self, by: Person, record: EntryRecord) -> Used:
        """Return where an entry is used, whatever it said, and where its words are now; of a file, only that entry."""
        by.require(Permission.READ)
        passage = record.passage
        with self._store.reading() as tx:
            return used(tx, by, record.path, {passage.digest} if record.file else None, [passage])

    def tell(self, by: Person, sending: int, answer: int, *, told: bool) -> None:
        """Note that the customer was told of the change, or forget it again.

        :raises NotFoundError: unless that answer was sent then, in a questionnaire that `by` may see.
        """
        if not by.may(Permission.COMPLETE):
            by.require(Permission.KEEP_LIBRARY)
        with self._store.writing() as tx:
            record = visibility.require_whole(tx, by, tx.usage.questionnaire_of(answer))
            usage = tx.usage
            if usage.tell(sending, answer, by.id, self._clock()) if told else usage.untell(sending, answer):
                action = "customer told of a change" if told else "telling taken back"
                tx.audit.record(by, action, record.subject, None, {"sending": sending, "answer": answer})

    def names(self) -> dict[int, str]:
        """Return account id -> name, for showing who did what."""
        with self._store.reading() as tx:
            return dict(tx.people.names())


def paired(before: Iterable[Passage], after: Iterable[Passage]) -> tuple[tuple[Passage | None, Passage | None], ...]:
    """Return what differs between two versions, passage by passage, in their order."""
    ours, theirs = list(before), list(after)
    out: list[tuple[Passage | None, Passage | None]] = []
    same = SequenceMatcher(None, [p.digest for p in ours], [p.digest for p in theirs], autojunk=False)
    for kind, a, b, c, d in same.get_opcodes():
        if kind == "equal":
            continue
        left, right = ours[a:b], theirs[c:d]
        if len(left) == len(right) == 1:
            out.append((left[0], right[0]))
            continue
        # What was reworded is shown against its new wording: the pairs that are most alike, in their order.
        while left or right:
            if left and right and _alike(left[0].text, right[0].text):
                out.append((left.pop(0), right.pop(0)))
            elif left and not any(_alike(left[0].text, other.text) for other in right):
                out.append((left.pop(0), None))
            elif right:
                out.append((None, right.pop(0)))
            else:
                out.append((left.pop(0), None))
    return tuple(out)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio() >= _ALIKE
