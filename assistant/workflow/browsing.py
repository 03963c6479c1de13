"""Looking through the library: lists, search over everything, and what is due for review."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.errors import NotFoundError
from assistant.people import Permission, Person
from assistant.statement import Audience, Passage, Statement
from assistant.suggestion import Match
from assistant.workflow.knowledge import KnowledgeKeeper, may_read
from assistant.workflow.ports import Clock, Store
from assistant.workflow.reuse import ANY_USE, Reuse, Uses, UseWanted
from assistant.workflow.shelf import (
    IN_USE,
    EntryRecord,
    EntryState,
    Shelf,
    Wanted,
    changed_evidence,
    due_state,
    in_files,
)

_SEARCHED = 200
"""How many passages a search looks at before filters leave the first few of them."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry with its state, and which of its evidence says something else by now."""

    record: EntryRecord
    state: EntryState
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that a search found, with the entry or the statement it is of, and its state."""

    match: Match
    state: EntryState
    record: EntryRecord | None = None
    statement: Statement | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """An entry or a statement that is to be looked at: by when, whose it is, and which evidence changed."""

    name: str
    owner: str
    review_by: date | None
    state: EntryState
    evidence: tuple[str, ...] = ()
    record: EntryRecord | None = None
    statement: Statement | None = None


@dataclass(frozen=True)
class Catalogue:
    """All entries that somebody may read, with what filters offer, as of one state of the library."""

    items: tuple[Listed, ...]
    by_path: Mapping[str, Listed]
    owners: tuple[str, ...]
    tags: tuple[str, ...]
    due: tuple[Due, ...]
    proposals: int


class Browsing:
    """The library as people read it. Nothing is changed here."""

    def __init__(self, store: Store, knowledge: KnowledgeKeeper, shelf: Shelf, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._knowledge, self._shelf, self._clock = store, knowledge, shelf, clock
        self._held: dict[bool, tuple[tuple[object, ...], Catalogue]] = {}
        self._reuse = Reuse()

    def catalogue(self, by: Person) -> Catalogue:
        """Return every entry that `by` may read, of the database and of files."""
        by.require(Permission.READ)
        internal, today = may_read(by, Audience.INTERNAL), self._clock().date()
        with self._store.reading() as tx:
            records = self._shelf.records(tx)
        marks, knowledge = self._knowledge.marks, self._knowledge.knowledge
        state = (records, marks, knowledge, today)
        held = self._held.get(internal)
        if held is not None and _same(held[0], state):
            return held[1]
        found = _catalogue(by, [*records.values(), *in_files(knowledge.library)], knowledge.statements, today, marks)
        self._held[internal] = (state, found)
        return found

    def state(self, record: EntryRecord) -> EntryState:
        """Return the state of an entry today."""
        return record.state(self._clock().date(), self._knowledge.marks)

    def in_file(self, by: Person, path: str, line: int) -> EntryRecord:
        """Return the entry that begins at that line of a library file.

        :raises NotFoundError: when there is none that `by` may read.
        """
        for item in self.catalogue(by).items:
            if item.record.file == path and item.record.entry.line == line:
                return item.record
        raise NotFoundError("There is no such entry; its file may have changed.")

    def uses(self, by: Person) -> Uses:
        """Return how often each entry is used, in whichever questionnaires."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            return self._reuse.uses(tx)

    def listed(self, by: Person, wanted: Wanted, use: UseWanted = ANY_USE) -> list[Listed]:
        """Return the entries that are asked for, in their order or, where `use` is asked for, in that of their use."""
        found = [item for item in self.catalogue(by).items if wanted.takes(item.record, item.state)]
        if use == ANY_USE:
            return found
        uses = self.uses(by)
        used = [item for item in found if use.takes(uses.of(item.record))]
        return sorted(used, key=lambda item: use.order(uses.of(item.record)))

    def statements(self, by: Person, wanted: Wanted) -> list[tuple[Statement, EntryState]]:
        """Return the statements that are asked for, with their state."""
        today = self._clock().date()
        found = [(item, due_state(item.review_by, today)) for item in self._knowledge.readable(by).statements]
        return [(item, state) for item, state in found if _takes_statement(wanted, item, item, state)]

    def search(self, by: Person, wanted: Wanted, use: UseWanted = ANY_USE, limit: int = 30) -> list[Found]:
        """Return what answers the words asked for, found as a question is matched, filtered, best first.

        Only entries have a use that can be asked for.
        """
        uses = self.uses(by) if use != ANY_USE else Uses()
        catalogue, today = self.catalogue(by), self._clock().date()
        statements = {item.path: item for item in self._knowledge.readable(by).statements}
        filtered = _plain(wanted) != Wanted() or use != ANY_USE
        found: list[Found] = []
        for match in self._knowledge.search(by, wanted.words, None, _SEARCHED if filtered else limit):
            passage = match.passage
            if passage.question:
                item = catalogue.by_path.get(_key(passage.path, passage.question))
                if item and _plain(wanted).takes(item.record, item.state) and use.takes(uses.of(item.record)):
                    found.append(Found(match, item.state, record=item.record, evidence=item.evidence))
            elif use == ANY_USE:
                statement = statements.get(passage.path)
                state = due_state(passage.review_by, today)
                if statement is not None and _takes_statement(wanted, statement, passage, state):
                    found.append(Found(match, state, statement=statement))
        return found[:limit]

    def due(self, by: Person, *, owner: str = "") -> list[Due]:
        """Return what is to be looked at, the most urgent first; with `owner`, only theirs."""
        return [item for item in self.catalogue(by).due if not owner or item.owner.casefold() == owner.casefold()]

    def proposals(self, by: Person) -> list[Listed]:
        """Return the entries that were proposed and wait for a reviewer, the latest first."""
        return [item for item in reversed(self.catalogue(by).items) if item.state is EntryState.PROPOSED]


def _catalogue(
    by: Person,
    records: Iterable[EntryRecord],
    statements: Iterable[Statement],
    today: date,
    marks: Collection[str] | None,
) -> Catalogue:
    items = tuple(_listed(record, today, marks) for record in records if may_read(by, record.entry.audience))
    used = [item for item in items if item.state in IN_USE]
    readable = [statement for statement in statements if may_read(by, statement.audience)]
    due = [_due_entry(item) for item in used if item.state is not EntryState.CURRENT]
    due += [
        Due(item.title, item.owner, item.review_by, state, statement=item)
        for item in readable
        if (state := due_state(item.review_by, today)) is not EntryState.CURRENT
    ]
    owners = {item.record.entry.owner for item in items} | {statement.owner for statement in readable}
    tags = {tag for item in items for tag in item.record.entry.tags} | {tag for item in readable for tag in item.tags}
    return Catalogue(
        items,
        {_key(item.record.path, item.record.entry.question): item for item in used},
        tuple(sorted(owners - {""}, key=str.casefold)),
        tuple(sorted(tags, key=str.casefold)),
        tuple(sorted(due, key=lambda item: (item.review_by is None, item.review_by or today, item.name))),
        sum(item.state is EntryState.PROPOSED for item in items),
    )


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Return whether two states are one: each part the same thing (what is read anew is another), the day equal."""
    return all(ours is theirs for ours, theirs in zip(one[:-1], other[:-1], strict=True)) and one[-1] == other[-1]


def _key(path: str, question: str) -> str:
    """Return by what an entry is found: a library file holds several under one path."""
    return f"{path}\x1f{question}"


def _listed(record: EntryRecord, today: date, marks: Collection[str] | None) -> Listed:
    state = record.state(today, marks)
    return Listed(record, state, changed_evidence(record.entry, marks) if state in IN_USE else ())


def _due_entry(item: Listed) -> Due:
    entry = item.record.entry
    return Due(entry.question, entry.owner, entry.review_by, item.state, item.evidence, record=item.record)


def _plain(wanted: Wanted) -> Wanted:
    """Return the filters without the words, which matching has looked for."""
    return Wanted("", wanted.product, wanted.deployment, wanted.owner, wanted.tag, wanted.state, wanted.audience)


def _takes_statement(wanted: Wanted, statement: Statement, of: Statement | Passage, state: EntryState) -> bool:
    """Return whether `of`, the statement or a passage of it, is asked for."""
    return (
        wanted.scope(of.product, of.deployments)
        and (not wanted.owner or statement.owner.casefold() == wanted.owner.casefold())
        and (not wanted.tag or wanted.tag in statement.tags)
        and (not wanted.audience or of.audience.value == wanted.audience)
        and (not wanted.state or state.value == wanted.state)
    )
