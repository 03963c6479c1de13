"""What the database keeps, as the use cases see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from assistant.answer import Answer
from assistant.layout import Correction
from assistant.people import Person, Role
from assistant.questionnaire import Question, Questionnaire
from assistant.statement import Scope
from assistant.suggestion import Status


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in.

    `second_factor` is the seed of the TOTP secret, "" when there is none, and `second_factor_step` the last
    time step a code was taken for. `zone` is the time zone chosen, "" for the browser's; `muted` are the kinds
    of notifications switched off.
    """

    id: int
    email: str
    name: str
    role: Role
    password_hash: str
    created: datetime
    active: bool = True
    second_factor: str = ""
    second_factor_step: int = 0
    zone: str = ""
    muted: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """Return how the audit log names it."""
        return f"account {self.id}"

    @property
    def person(self) -> Person:
        """Return the account as the use cases pass it on."""
        return Person(self.id, self.name, self.email, self.role)


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser; only the SHA-256 of its token is kept."""

    token_hash: str
    account: int
    created: datetime
    seen: datetime
    expires: datetime
    agent: str = ""
    address: str = ""

    @property
    def key(self) -> str:
        """Return by what pages name the session; it does not tell the token."""
        return self.token_hash[:16]


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link to make an account, or (with `account`) to set a new password.

    `by` is the account of the administrator who made it, None on the console.
    """

    token_hash: str
    email: str
    name: str
    role: Role
    expires: datetime
    used: datetime | None = None
    account: int | None = None
    by: int | None = None


class Stage(StrEnum):
    """What is kept of a questionnaire's state; the rest follows from its answers."""

    LAYOUT = "layout"
    """Uploaded; what was found waits to be confirmed."""
    DRAFTING = "drafting"
    OPEN = "open"
    COMPLETED = "completed"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class QuestionnaireRecord:
    """One uploaded questionnaire. `found` holds what was read besides the questions (its `questions` are empty).

    `corrections` are what people put right in it, the last one last; it is `doubtful` while so little
    of it is certain that somebody should look. Several files for one `deal` bear its name; what is `archived`
    is out of the way; who sees what is `restricted` is said in `visibility`.
    """

    id: int
    name: str
    customer: str
    scope: Scope
    due: date | None
    owner: int
    stage: Stage
    created: datetime
    original: str
    found: Questionnaire
    version: int = 1
    corrections: tuple[Correction, ...] = ()
    doubtful: bool = False
    deal: str = ""
    archived: datetime | None = None
    restricted: bool = False

    @property
    def subject(self) -> str:
        """Return how the audit log names it."""
        return f"questionnaire {self.id}"


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """One question with its answer. `status` and `confidence` are matching's, None and 0.0 before drafting."""

    id: int
    questionnaire: int
    position: int
    question: Question
    answer: Answer = field(default_factory=Answer)
    status: Status | None = None
    confidence: float = 0.0
    version: int = 1

    @property
    def subject(self) -> str:
        """Return how the audit log names it."""
        return f"question {self.id}"

    @property
    def name(self) -> str:
        """Return what people call it: the customer's number, or which one it is in the document."""
        return self.question.number or f"#{self.position + 1}"


@dataclass(frozen=True, slots=True)
class LayoutRecord:
    """A layout remembered for every file of one form, with who confirmed it, and when."""

    fingerprint: str
    corrections: tuple[Correction, ...]
    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class CompletedRecord:
    """One completed document that was made; `digest` is its SHA-256 (hex), `places` how many were written.

    `written` is a digest of what was written where (`stages.written`), "" of those made before it was kept.
    """

    id: int
    questionnaire: int
    name: str
    digest: str
    places: int
    approved: int
    questions: int
    by: int
    at: datetime
    written: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Long work with its progress. `subject` is the id of what it works on."""

    id: int
    kind: str
    subject: int
    done: int
    total: int
    created: datetime
    finished: datetime | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One entry of the audit log; `by` is the account's id, None for the system."""

    id: int
    at: datetime
    by: int | None
    action: str
    subject: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
