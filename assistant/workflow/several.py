"""One act on several entries of the library, told first: what will become of each, and what is left out and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.errors import AssistantError, ConflictError, InvalidValueError, PermissionDeniedError, StateError
from assistant.people import Permission, Person
from assistant.workflow.entries import (
    NOT_RETIRED,
    brought_back,
    check_gone,
    check_open,
    check_used,
    readable,
    retired,
    turned_down,
)
from assistant.workflow.library import AnswerLibrary
from assistant.workflow.naming import Customers
from assistant.workflow.ports import Store, Transaction
from assistant.workflow.shelf import EntryRecord
from assistant.workflow.upkeep import Upkeep, given

MOST = 500
"""Entries of one act."""


class Act(StrEnum):
    """What is done to several entries at once."""

    CONFIRM = "confirm"
    GIVE = "give"
    RETIRE = "retire"
    BRING_BACK = "bring back"
    ACCEPT = "take"
    TURN_DOWN = "turn down"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry that is left as it is, and why."""

    record: EntryRecord
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Which entries are changed, as they stood before, and which are left out."""

    done: tuple[EntryRecord, ...]
    left: tuple[LeftOut, ...]


class Several:
    """Acts on several entries, each as if it were done alone."""

    def __init__(self, store: Store, library: AnswerLibrary, upkeep: Upkeep) -> None:
        """Keep what the use cases need."""
        self._store, self._library, self._upkeep = store, library, upkeep

    def plan(self, by: Person, act: Act, entries: Mapping[int, int | None]) -> Outcome:
        """Return what `do` would do now to the entries (id -> version seen, None for the one there is).

        It only reads: each entry is asked what the act itself asks of it.
        """
        _check_asked(by, entries)
        with self._store.reading() as tx:
            customers = Customers(tx, by)
            return _outcome(tx, by, entries, lambda record: self._check(act, record, customers))

    def do(
        self, by: Person, act: Act, entries: Mapping[int, int | None], *, reason: str = "", owner: str = ""
    ) -> Outcome:
        """Return what was done; what somebody changed since its version is left out.

        :raises InvalidValueError: when a reason or an owner is needed and is not there.
        """
        if act is Act.TURN_DOWN and not reason.strip():
            raise InvalidValueError("Say why they are turned down, so that their authors can mend them.")
        if act is Act.GIVE and "@" not in owner:
            raise InvalidValueError("The owner is named by an e-mail address.")
        _check_asked(by, entries)
        with self._store.writing() as tx:
            return _outcome(tx, by, entries, lambda record: self._one(tx, by, act, record, reason, owner))

    def _check(self, act: Act, record: EntryRecord, customers: Customers) -> None:
        """Return when `_one` would do it: it asks the same."""
        if act is Act.RETIRE:
            check_used(record, NOT_RETIRED)
        elif act in (Act.CONFIRM, Act.GIVE):
            check_used(record)
        elif act is Act.BRING_BACK:
            check_gone(record, customers)
        elif act is Act.TURN_DOWN:
            check_open(record)
        else:
            _check_new(record)
            check_open(record)
            self._library.check(record.entry, customers)

    def _one(self, tx: Transaction, by: Person, act: Act, record: EntryRecord, reason: str, owner: str) -> None:
        assert record.id is not None
        if act is Act.CONFIRM:
            self._upkeep.confirmed(tx, by, record.id, record.version)
        elif act is Act.GIVE:
            given(tx, by, record.id, owner)
        elif act is Act.RETIRE:
            retired(tx, by, record.id, reason)
        elif act is Act.BRING_BACK:
            brought_back(tx, by, record.id)
        elif act is Act.TURN_DOWN:
            turned_down(tx, by, record.id, reason)
        else:
            _check_new(record)
            self._library.accepted(tx, by, record.id, record.version, None)


def _check_asked(by: Person, entries: Collection[int]) -> None:
    by.require(Permission.KEEP_LIBRARY)
    if len(entries) > MOST:
        raise InvalidValueError(f"At most {MOST} entries are changed at once; narrow the list down.")


def _check_new(record: EntryRecord) -> None:
    if record.replaces is not None:
        raise StateError("It would change another entry; compare the two on its page.")


def _outcome(
    tx: Transaction, by: Person, entries: Mapping[int, int | None], one: Callable[[EntryRecord], None]
) -> Outcome:
    """Return what became of the entries when `one` is called with each as it was seen."""
    done: list[EntryRecord] = []
    left: list[LeftOut] = []
    known = {record.id: record for record in tx.library.records(list(entries))}
    for key, version in entries.items():
        if key not in known:
            continue
        record = readable(by, known[key])
        try:
            if version not in (None, record.version):
                raise ConflictError("Somebody changed it meanwhile.")
            one(record)
        except PermissionDeniedError:
            raise
        except AssistantError as problem:
            left.append(LeftOut(record, str(problem)))
        else:
            done.append(record)
    return Outcome(tuple(done), tuple(left))
