"""What the statement files said when, and what people propose that they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StatementVersion:
    """A statement file as it was from `at` on; its text is empty when the file was gone."""

    id: int
    path: str
    digest: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StatementProposal:
    """A text somebody proposes for the statement file `path`, made from the file with that digest.

    `outcome` is "" while it is open, then "taken", "turned down" or "withdrawn".
    """

    id: int
    path: str
    digest: str
    text: str
    reason: str
    by: int
    at: datetime
    closed: datetime | None = None
    closed_by: int | None = None
    outcome: str = ""

    @property
    def subject(self) -> str:
        """Return how the audit log names the file it is about."""
        return f"statement {self.path}"


class Statements(Protocol):
    """The versions of statement files, and proposals to change them, within one transaction."""

    def digests(self) -> Mapping[str, str]:
        """Return path -> digest of the latest version of every file."""

    def add_version(self, path: str, digest: str, text: str, at: datetime) -> None:
        """Keep what the file says now."""

    def version(self, version: int) -> StatementVersion:
        """Return one. :raises NotFoundError: when there is none."""

    def before(self, version: StatementVersion) -> StatementVersion | None:
        """Return the version of the same file before it, None for the first."""

    def latest(self, path: str) -> StatementVersion | None:
        """Return what the file says as far as anybody looked."""

    def with_digest(self, path: str, digest: str) -> StatementVersion | None:
        """Return the version of the file with that digest."""

    def changes(self, limit: int, path: str | None = None) -> list[tuple[int, str, datetime]]:
        """Return id, path and time of the latest versions that have one before them, of one file or of all."""

    def propose(self, path: str, digest: str, text: str, reason: str, by: int, at: datetime) -> int:
        """Keep a proposal and return its id."""

    def proposal(self, proposal: int) -> StatementProposal:
        """Return one. :raises NotFoundError: when there is none."""

    def proposals(self, *, limit_closed: int = 0) -> list[StatementProposal]:
        """Return the open proposals, and the latest of those that are closed, newest first."""

    def close(self, proposal: int, outcome: str, by: int | None, at: datetime) -> bool:
        """Close it; return whether it was open."""
