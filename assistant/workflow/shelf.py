"""The library's shelf: every entry as it is kept, its state, and finding those that a list asks for."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from assistant.statement import Audience, LibraryEntry, Passage

SOON = timedelta(days=30)
"""How long before its day of review something is listed as due."""

TAKEN = ("taken into the library", "proposed for the library")
"""What is done to an answer of which an entry is made, as the audit log names it."""


class EntryState(StrEnum):
    """Where an entry stands, as lists and filters name it."""

    CURRENT = "current"
    DUE = "review due"
    EXPIRED = "expired"
    PROPOSED = "proposed"
    RETIRED = "retired"
    TURNED_DOWN = "turned down"


IN_USE = frozenset({EntryState.CURRENT, EntryState.DUE, EntryState.EXPIRED})


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """An entry as it is kept. `id` None is one that stands in a file, `path`, and is changed there only.

    One that is `proposed` waits for a reviewer and is never used; `replaces` is the entry it would change.
    """

    id: int | None
    entry: LibraryEntry
    version: int = 1
    retired: bool = False
    proposed: bool = False
    replaces: int | None = None
    file: str = ""

    @property
    def subject(self) -> str:
        """Return how the audit log names it."""
        return f"library entry {self.id}"

    @property
    def path(self) -> str:
        """Return the path under which it is indexed and cited."""
        return self.file or f"library/{self.id}"

    @property
    def passage(self) -> Passage:
        """Return it as it is cited."""
        return self.entry.passage(self.path)

    def state(self, today: date, known: Collection[str] | None = None) -> EntryState:
        """Return its state; `known` are the marks of all passages there are, None where nobody has looked."""
        if self.retired:
            return EntryState.TURNED_DOWN if self.proposed else EntryState.RETIRED
        if self.proposed:
            return EntryState.PROPOSED
        due = due_state(self.entry.review_by, today)
        return EntryState.DUE if due is EntryState.CURRENT and changed_evidence(self.entry, known) else due


def due_state(review_by: date | None, today: date) -> EntryState:
    """Return what a day of review means today."""
    if review_by is None or review_by > today + SOON:
        return EntryState.CURRENT
    return EntryState.EXPIRED if review_by < today else EntryState.DUE


def evidence_of(path: str, lines: tuple[int, int], digest: str) -> str:
    """Return a piece of evidence: where it stands, and the mark by which a change of its words is noticed."""
    return f"{path}:{lines[0]}-{lines[1]} {digest[:16]}"


def mark_of(evidence: str) -> str:
    """Return the mark within a piece of evidence, "" when it has none (somebody wrote it by hand)."""
    last = evidence.rpartition(" ")[2]
    return last if len(last) == 16 and set(last) <= set("0123456789abcdef") else ""


def place_of(evidence: str) -> str:
    """Return a piece of evidence without its mark, as people write it."""
    mark = mark_of(evidence)
    return evidence.removesuffix(mark).rstrip() if mark else evidence


def pinned(evidence: Iterable[str], passages: Iterable[Passage]) -> tuple[str, ...]:
    """Return the evidence as it stands now: what its mark is found by, wherever it moved, else what is at its place.

    What is no passage, or is gone, has no mark.
    """
    pieces = tuple(dict.fromkeys(evidence))
    wanted = {place_of(piece).rpartition(":")[0] for piece in pieces}
    marked: dict[str, Passage] = {}
    placed: dict[tuple[str, str], Passage] = {}
    for passage in passages:
        if passage.path in wanted:
            marked.setdefault(passage.digest[:16], passage)
            placed.setdefault((passage.path, str(passage.lines[0])), passage)
    out = []
    for piece in pieces:
        path, _, lines = place_of(piece).rpartition(":")
        found = marked.get(mark_of(piece)) or placed.get((path, lines.partition("-")[0]))
        out.append(evidence_of(found.path, found.lines, found.digest) if found is not None else place_of(piece))
    return tuple(dict.fromkeys(out))


def changed_evidence(entry: LibraryEntry, known: Collection[str] | None) -> tuple[str, ...]:
    """Return the evidence of `entry` whose passage is gone or says something else now."""
    if known is None:
        return ()
    return tuple(piece for piece in entry.evidence if (mark := mark_of(piece)) and mark not in known)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of entries asks for; an empty text asks for nothing in particular."""

    words: str = ""
    product: str = ""
    deployment: str = ""
    owner: str = ""
    tag: str = ""
    state: str = ""
    audience: str = ""

    def scope(self, product: str, deployments: Collection[str]) -> bool:
        """Return whether what holds there is asked for; what holds for everything always is."""
        return (not self.product or product in ("", self.product)) and (
            not self.deployment or not deployments or self.deployment in deployments
        )

    def takes(self, record: EntryRecord, state: EntryState) -> bool:
        """Return whether the entry, which is in `state`, is asked for."""
        entry = record.entry
        if not self.scope(entry.product, entry.deployments):
            return False
        if self.owner and entry.owner.casefold() != self.owner.casefold():
            return False
        if self.tag and self.tag not in entry.tags:
            return False
        if self.audience and entry.audience.value != self.audience:
            return False
        if (state.value != self.state) if self.state else (state not in IN_USE):
            return False
        if not self.words:
            return True
        said = "\n".join((entry.question, *entry.also_asked, entry.answer)).casefold()
        return all(word in said for word in self.words.casefold().split())


class Library(Protocol):
    """The entries of the library, the rejected pairs, and the pairs of passages that are both right."""

    def add(self, entry: LibraryEntry, *, proposed: bool = False, replaces: int | None = None) -> int:
        """Save an entry and return its id."""

    def get(self, entry_id: int) -> EntryRecord:
        """Return one. :raises NotFoundError: when there is none."""

    def save(self, record: EntryRecord) -> EntryRecord:
        """Save it and return it with its new version. :raises ConflictError: when its version is not the saved one."""

    def all(self) -> list[tuple[int, LibraryEntry]]:
        """Return every entry in use, with its id: none that is retired or only proposed."""

    def records(self, only: Collection[int] | None = None) -> list[EntryRecord]:
        """Return every entry there is, or those with an id in `only`."""

    def versions(self) -> Mapping[int, int]:
        """Return entry id -> version, at little cost."""

    def revision(self) -> str:
        """Return a text that changes with every change of any entry, at little cost."""

    def reject(self, question_key: str, passage_digest: str, by: int, at: datetime) -> None:
        """Remember that this passage does not answer this question."""

    def rejected(self) -> frozenset[tuple[str, str]]:
        """Return all rejected pairs."""

    def settle(self, one: str, other: str, by: int, at: datetime) -> None:
        """Remember that the passages with these digests (in alphabetical order) are both right."""

    def settled(self) -> frozenset[tuple[str, str]]:
        """Return all pairs that are both right."""

    def decisions(self) -> list[Decision]:
        """Return every rejected pair and every pair that is both right, the latest first."""

    def take_back(self, decision: Decision) -> bool:
        """Forget it; return whether it was there."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody said of a pair for good.

    Of a rejected pair `one` is the key of the question and `other` the digest of the passage; of a pair that is
    `both_right` both are digests.
    """

    both_right: bool
    one: str
    other: str
    by: int = 0
    at: datetime | None = None


class Reading(Protocol):
    """As much of a transaction as the shelf needs."""

    @property
    def library(self) -> Library:
        """Approved answers."""


@dataclass
class Shelf:
    """All entries of the database, held at hand: only what changed since is read again.

    Within a writing transaction it is asked before anything is written there.
    """

    _held: Mapping[int, EntryRecord] = field(default_factory=dict)
    _revision: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def records(self, tx: Reading) -> Mapping[int, EntryRecord]:
        """Return every entry there is by its id, in their order."""
        revision = tx.library.revision()
        with self._lock:
            if revision != self._revision:
                versions = tx.library.versions()
                stale = [key for key, version in versions.items() if not self._same(key, version)]
                # One query for many; a question mark for each would be too much for the engines.
                fresh = tx.library.records(stale if len(stale) <= 500 else None)
                held = {**self._held, **{record.id: record for record in fresh if record.id is not None}}
                self._held = {key: held[key] for key in versions}
                self._revision = revision
            return self._held

    def _same(self, key: int, version: int) -> bool:
        return key in self._held and self._held[key].version == version


def in_files(library: Iterable[tuple[str, LibraryEntry]]) -> list[EntryRecord]:
    """Return the entries that stand in library files."""
    return [EntryRecord(None, entry, file=path) for path, entry in library]


def shape_of(record: EntryRecord) -> dict[str, Any]:
    """Return all fields of an entry for the audit log; `entry_of` gives them back."""
    return {**record.entry.shape(), "retired": record.retired, "proposed": record.proposed}


def entry_of(shape: Mapping[str, Any]) -> LibraryEntry | None:
    """Return the entry that the audit log tells of, None when it does not tell all of it."""
    try:
        return LibraryEntry(
            question=shape["question"],
            answer=shape["answer"],
            product=shape["product"],
            deployments=frozenset(shape["deployments"]),
            also_asked=tuple(shape["also_asked"]),
            choice=shape["choice"],
            owner=shape["owner"],
            approved_by=shape["approved_by"],
            approved_on=_day(shape["approved_on"]),
            review_by=_day(shape["review_by"]),
            evidence=tuple(shape["evidence"]),
            tags=tuple(shape["tags"]),
            audience=Audience(shape["audience"]),
        )
    except KeyError:
        return None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def tidied(entry: LibraryEntry) -> LibraryEntry:
    """Return `entry` with its lists free of what is empty or said twice."""
    asked = dict.fromkeys(" ".join(wording.split()) for wording in entry.also_asked)
    question = " ".join(entry.question.split())
    return replace(
        entry,
        question=question,
        also_asked=tuple(wording for wording in asked if wording and wording.casefold() != question.casefold()),
        answer=entry.answer.replace("\r\n", "\n").strip(),
        choice=entry.choice.strip(),
        owner=entry.owner.strip(),
        tags=tuple(dict.fromkeys(tag.strip() for tag in entry.tags if tag.strip())),
        evidence=tuple(dict.fromkeys(piece.strip() for piece in entry.evidence if piece.strip())),
        deployments=frozenset(name.strip() for name in entry.deployments if name.strip()),
        line=0,
    )
