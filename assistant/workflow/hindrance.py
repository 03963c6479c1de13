"""What keeps the knowledge from being indexed, told to whoever has to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why the last try failed, as a sentence, and since when every try does."""

    sentence: str
    since: datetime

    @classmethod
    def of(cls, problem: Exception, now: datetime, before: Self | None) -> Self:
        """Return the hindrance that `problem` is; `before` is the one of the last try, if that failed too."""
        return cls(_told(problem), before.since if before is not None else now)


def _told(problem: Exception) -> str:
    if isinstance(problem, OSError) and problem.strerror:
        return f"{problem.strerror}{f' ({problem.filename})' if problem.filename else ''}."
    # What a database says goes on with the statement and its values.
    said = str(problem).strip().partition("\n")[0].rstrip(".")
    return f"{type(problem).__name__}{f': {said}' if said else ''}."
