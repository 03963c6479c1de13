"""How often the entries of the library are used, and when they last were."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.workflow.citing import Reused
from assistant.workflow.ports import Transaction
from assistant.workflow.shelf import EntryRecord

OFTEN = 5
"""Answers from which on an entry is used often."""


@dataclass(frozen=True, slots=True)
class Use:
    """How many answers cite an entry, and when the latest questionnaire with one of them was uploaded."""

    answers: int = 0
    last: date | None = None


@dataclass(frozen=True, slots=True)
class UseWanted:
    """Which use a list asks for: "often", "some", "never", or "" for any; and not since that day, if ever."""

    how: str = ""
    not_since: date | None = None

    def takes(self, use: Use) -> bool:
        """Return whether an entry with that use is asked for."""
        if self.how and not {"often": use.answers >= OFTEN, "some": use.answers > 0}.get(self.how, not use.answers):
            return False
        return self.not_since is None or use.last is None or use.last < self.not_since

    def order(self, use: Use) -> tuple[object, ...]:
        """Return by what a list that asks for use is sorted: the longest unused first, else the most used."""
        if self.not_since is not None:
            return use.last or date.min, use.answers
        return (-use.answers,)


ANY_USE = UseWanted()


@dataclass(frozen=True)
class Uses:
    """How often each entry is used."""

    _by_key: Mapping[str, Use] = field(default_factory=dict)

    def of(self, record: EntryRecord) -> Use:
        """Return the use of an entry, whatever it said; of one in a file, of what it says now."""
        return self._by_key.get(_key(record.path, record.passage.digest if record.file else ""), _NONE)


_NONE = Use()


class Reuse:
    """The uses of all entries, counted anew only for the questionnaires that changed since."""

    def __init__(self) -> None:
        """Nothing is counted before the first look."""
        self._lock = threading.Lock()
        self._marks: Mapping[int, str] = {}
        self._held: Mapping[int, Mapping[str, int]] = {}
        self._uses = Uses()

    def uses(self, tx: Transaction) -> Uses:
        """Return how often each entry is used by the answers there are."""
        marks = tx.gaps.marks()
        with self._lock:
            if marks != self._marks:
                stale = [key for key, mark in marks.items() if self._marks.get(key) != mark]
                fresh = _counted(tx.usage.reused(stale)) if stale else {}
                self._held = {
                    key: fresh.get(key, {}) if self._marks.get(key) != mark else self._held[key]
                    for key, mark in marks.items()
                }
                self._uses = _together(tx, self._held)
                self._marks = marks
            return self._uses


def _counted(found: Iterable[Reused]) -> dict[int, dict[str, int]]:
    counts: dict[int, dict[str, int]] = {}
    for each in found:
        own, key = counts.setdefault(each.questionnaire, {}), _key(each.path, each.digest)
        own[key] = own.get(key, 0) + each.answers
    return counts


def _together(tx: Transaction, held: Mapping[int, Mapping[str, int]]) -> Uses:
    uses: dict[str, Use] = {}
    for record in sorted(tx.questionnaires.all(), key=lambda record: record.created):
        for key, answers in held.get(record.id, {}).items():
            before = uses.get(key, _NONE)
            uses[key] = Use(before.answers + answers, record.created.date())
    return Uses(uses)


def _key(path: str, digest: str) -> str:
    """Return by what an entry is counted: its path; a library file holds several, told apart by what they say."""
    return path if path.startswith("library/") else f"{path}\x1f{digest}"
