"""One act on several entries of the library, tried first: what will become of each, and what is left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.errors import AssistantError, ConflictError, InvalidValueError, PermissionDeniedError, StateError
from assistant.people import Permission, Person
from assistant.workflow.entries import brought_back, readable, retired, turned_down
from assistant.workflow.library import AnswerLibrary
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

        It is done and taken back again, so that nothing is promised that is not kept.
        """
        try:
            self._acted(by, act, entries, reason="to be told", owner=by.email, keep=False)
        except _TakenBackError as found:
            return found.outcome
        raise AssertionError("What was tried was kept.")

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
        return self._acted(by, act, entries, reason=reason, owner=owner, keep=True)

    def _acted(
        self, by: Person, act: Act, entries: Mapping[int, int | None], *, reason: str, owner: str, keep: bool
    ) -> Outcome:
        by.require(Permission.KEEP_LIBRARY)
        if len(entries) > MOST:
            raise InvalidValueError(f"At most {MOST} entries are changed at once; narrow the list down.")
        done: list[EntryRecord] = []
        left: list[LeftOut] = []
        with self._store.writing() as tx:
            known = {record.id: record for record in tx.library.records(list(entries))}
            for key, version in entries.items():
                if key not in known:
                    continue
                record = readable(by, known[key])
                try:
                    if version not in (None, record.version):
                        raise ConflictError("Somebody changed it meanwhile.")
                    self._one(tx, by, act, record, reason, owner)
                except PermissionDeniedError:
                    raise
                except AssistantError as problem:
                    left.append(LeftOut(record, str(problem)))
                else:
                    done.append(record)
            outcome = Outcome(tuple(done), tuple(left))
            if not keep:
                raise _TakenBackError(outcome)
        return outcome

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
        elif record.replaces is not None:
            raise StateError("It would change another entry; compare the two on its page.")
        else:
            self._library.accepted(tx, by, record.id, record.version, None)


class _TakenBackError(Exception):
    """Leaves the transaction of what was only tried."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome
