"""Two passages of the knowledge that say the same twice, or cannot both be right. Standard library only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant.statement import Passage


class ConflictKind(StrEnum):
    """What is the matter between two passages."""

    CONTRADICTION = "contradiction"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two passages that can hold at the same time, in the order of the knowledge, and what is the matter.

    `shared` names what both speak of; `readings` are, for a contradiction, the words of the first and
    of the second that differ ("every 90 days", "every 30 days"); `exact` marks the same text twice.
    """

    kind: ConflictKind
    passages: tuple[Passage, Passage]
    shared: tuple[str, ...] = ()
    readings: tuple[str, str] | None = None
    exact: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Return the digests of both passages, in alphabetical order: the pair under which it is remembered."""
        one, other = sorted(passage.digest for passage in self.passages)
        return one, other

    @property
    def why(self) -> str:
        """Return in one line why the pair is listed."""
        about = ", ".join(self.shared)
        if self.readings is not None:
            return f"“{self.readings[0]}” against “{self.readings[1]}”" + (f" ({about})" if about else "")
        if self.exact:
            return "the same text twice"
        return "nearly the same" + (f" ({about})" if about else "")


def unsettled(found: Iterable[Conflict], settled: frozenset[tuple[str, str]]) -> tuple[Conflict, ...]:
    """Return those of `found` whose pair was not `settled` as both right."""
    return tuple(conflict for conflict in found if conflict.key not in settled)
