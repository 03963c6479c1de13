"""What the use cases need from outside, as protocols: the adapters implement them, `wiring` joins them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from assistant.answer import State
from assistant.conflict import Conflict
from assistant.filling import Entry
from assistant.layout import View
from assistant.questionnaire import Location, Questionnaire
from assistant.statement import Knowledge, Passage, ProfileFact, Scope, Statement
from assistant.suggestion import Match, Suggestion, Topic
from assistant.workflow.account_book import People
from assistant.workflow.asked import Asked, Likeness
from assistant.workflow.assignments import Assignments
from assistant.workflow.auditing import Audit
from assistant.workflow.changes import Changes, Opened
from assistant.workflow.citing import Usage
from assistant.workflow.codes import RecoveryCodes
from assistant.workflow.comments import Comments
from assistant.workflow.counting import AskedGaps, Counts
from assistant.workflow.dues import Dues
from assistant.workflow.members import Members
from assistant.workflow.notifying import Notifications
from assistant.workflow.records import (
    CompletedRecord,
    Job,
    LayoutRecord,
    QuestionnaireRecord,
    QuestionRecord,
)
from assistant.workflow.rounds import Rounds
from assistant.workflow.sendings import Sendings
from assistant.workflow.shelf import Library
from assistant.workflow.submissions import Submissions
from assistant.workflow.tally import Listing
from assistant.workflow.versions import Statements


class Documents(Protocol):
    """Reading and writing customers' files (`assistant.documents`)."""

    def inspect(self, file: bytes, name: str = "") -> Questionnaire:
        """Return what `file` asks. :raises UnreadableDocumentError: when it cannot be read."""

    def view(self, file: bytes, name: str = "") -> View:
        """Return what `file` looks like. :raises UnreadableDocumentError: when it cannot be read."""

    def fill(self, file: bytes, entries: Sequence[Entry], name: str = "") -> bytes:
        """Return `file` with `entries` written, proved to differ nowhere else.

        :raises NotWritableError: for a place that takes no answer.
        :raises VerificationError: when anything else would change.
        """

    def verify(self, original: bytes, completed: bytes, places: Collection[Location], name: str = "") -> list[str]:
        """Return what differs between the files other than at `places`, [] when nothing does."""


class Matching(Likeness, Protocol):
    """Finding passages (`assistant.matching.Matcher`)."""

    def refresh(self, passages: Sequence[Passage], profile: Sequence[ProfileFact] = ()) -> bool:
        """Make the index hold exactly `passages`; return whether it was built anew."""

    def suggest(
        self,
        questions: Sequence[str],
        scope: Scope,
        today: date,
        *,
        top: int = 5,
        rejected: Collection[tuple[str, str]] = (),
    ) -> list[Suggestion]:
        """Return one suggestion a question; `rejected` are pairs of question key and passage digest."""

    def passage(self, digest: str) -> Passage | None:
        """Return the passage, approved answer or fact of the profile with that digest, None when it is gone."""

    def search(self, text: str, scope: Scope | None, limit: int) -> list[Match]:
        """Return the passages that speak of `text`, all of it or some, best first."""

    def conflicts(self) -> list[Conflict]:
        """Return the pairs of passages that contradict each other or nearly say the same."""

    def topics(self, texts: Sequence[str]) -> list[Topic]:
        """Return what each of `texts` asks about, in order."""

    def vocabulary(self) -> str:
        """Return a text that changes with what tells topics."""

    def question_key(self, text: str) -> str:
        """Return the normal form under which a rejection is remembered."""


class KnowledgeFolder(Protocol):
    """The files under knowledge/ (`assistant.statements`)."""

    def load(self, folder: Path) -> Knowledge:
        """Return all of it. :raises StatementFormatError: at the first fault."""

    def digest(self, folder: Path) -> str:
        """Return a digest of all files whose change matters: those that `load` reads, and the vocabulary."""

    def sources(self, folder: Path) -> Mapping[str, str]:
        """Return path -> text of every statement and library file, every character as it stands there."""

    def passages_of(self, path: str, text: str) -> tuple[Passage, ...]:
        """Return the passages `text` would have at `path`. :raises StatementFormatError: when it is at fault."""

    def statement(self, path: str, text: str) -> Statement:
        """Return the statement that `text` would be at `path`. :raises StatementFormatError: when it is at fault."""


class Clock(Protocol):
    """The time, so that tests can set it."""

    def __call__(self) -> datetime:
        """Return the present moment, in UTC."""


class Questionnaires(Protocol):
    """Questionnaires, their originals and their completed documents."""

    def add_original(self, content: bytes) -> str:
        """Keep the file once; return its SHA-256 (hex)."""

    def original(self, digest: str) -> bytes:
        """Return the file. :raises NotFoundError: when there is none."""

    def add(self, record: QuestionnaireRecord, questions: Sequence[QuestionRecord]) -> int:
        """Save both (their ids are given out here) and return the questionnaire's id."""

    def get(self, questionnaire: int) -> QuestionnaireRecord:
        """Return it. :raises NotFoundError: when there is none."""

    def all(self) -> list[QuestionnaireRecord]:
        """Return all that are not deleted, newest first; of what was found in them only the format."""

    def update(self, record: QuestionnaireRecord) -> None:
        """Save its fields, but for the original and what was found; its version grows by one.

        :raises ConflictError: when its version is not the saved one.
        """

    def lay_out(self, record: QuestionnaireRecord, questions: Sequence[QuestionRecord]) -> None:
        """Save what was found and put right, and the questions in this order; those with the id 0 are new.

        :raises ConflictError: when a version is not the saved one.
        """

    def delete(self, questionnaire: int) -> None:
        """Remove it with its questions; its original goes when nothing else uses it."""

    def counts(self) -> Mapping[int, Mapping[State, int]]:
        """Return questionnaire id -> state -> number of questions, in one query."""

    def customers(self) -> list[str]:
        """Return the names of the customers known, in order."""

    def approved_citations(self) -> list[tuple[int, int, tuple[str, ...]]]:
        """Return question id, questionnaire id and the digests cited, for every approved answer, in one query."""

    def questions(self, questionnaire: int) -> list[QuestionRecord]:
        """Return its questions in the document's order."""

    def outline(self, questionnaire: int) -> list[tuple[int, str]]:
        """Return the ids of its questions in the document's order, each with where it stands, as a `Tally` counts."""

    def some(self, questions: Collection[int]) -> list[QuestionRecord]:
        """Return the questions with these ids, as far as they are there, in the order of their documents."""

    def question(self, question: int) -> QuestionRecord:
        """Return one. :raises NotFoundError: when there is none."""

    def save(self, record: QuestionRecord) -> QuestionRecord:
        """Save the answer and return it with its new version.

        :raises ConflictError: when `record.version` is not the saved one.
        """

    def add_completed(self, record: CompletedRecord, content: bytes) -> int:
        """Keep a completed document and return its id."""

    def completed(self, questionnaire: int) -> list[CompletedRecord]:
        """Return the completed documents of a questionnaire, newest first."""

    def completed_content(self, completed: int) -> tuple[CompletedRecord, bytes]:
        """Return one with its bytes. :raises NotFoundError: when there is none."""


class Jobs(Protocol):
    """Long work, claimed in the database so that a crash leaves it to be taken up again."""

    def add(self, kind: str, subject: int, total: int, at: datetime) -> int:
        """Queue a job unless the same one waits or runs; return its id."""

    def claim(self, worker: str, at: datetime, stale_before: datetime) -> Job | None:
        """Return the oldest waiting job, or one whose worker was last heard of before `stale_before`; or None."""

    def give_up(self, at: datetime, stale_before: datetime) -> list[Job]:
        """End the jobs that were taken up too often and that nobody works on; return them with what went wrong."""

    def put_off(self, job: int, worker: str, until: datetime, error: str) -> None:
        """Let it be taken up again after `until`. :raises ConflictError: when another worker holds it by now."""

    def advance(self, job: int, worker: str, done: int, at: datetime) -> None:
        """Note progress. :raises ConflictError: when another worker holds it by now."""

    def finish(self, job: int, worker: str, at: datetime, error: str = "") -> None:
        """End it, with an `error` when it failed."""

    def latest(self, kind: str, subject: int) -> Job | None:
        """Return the newest job of that kind for that subject, or None."""


class Layouts(Protocol):
    """Layouts remembered for every file of a form."""

    def get(self, fingerprint: str) -> LayoutRecord | None:
        """Return the layout of the form, or None."""

    def keep(self, record: LayoutRecord) -> None:
        """Save it in place of what was remembered for the form."""

    def forget(self, fingerprint: str) -> None:
        """Remove what was remembered for the form, if anything was."""


class Transaction(Protocol):
    """Everything that can be read and written within one transaction."""

    @property
    def people(self) -> People:
        """Accounts and sessions."""

    @property
    def recovery_codes(self) -> RecoveryCodes:
        """What stands in for a second factor."""

    @property
    def questionnaires(self) -> Questionnaires:
        """Questionnaires, questions, files."""

    @property
    def jobs(self) -> Jobs:
        """Long work."""

    @property
    def library(self) -> Library:
        """Approved answers."""

    @property
    def statements(self) -> Statements:
        """Versions of statement files, and proposals to change them."""

    @property
    def usage(self) -> Usage:
        """Who cites what."""

    @property
    def layouts(self) -> Layouts:
        """Remembered layouts."""

    @property
    def assignments(self) -> Assignments:
        """Who has which question."""

    @property
    def comments(self) -> Comments:
        """Remarks on questions."""

    @property
    def changes(self) -> Changes:
        """What can be taken back."""

    @property
    def opened(self) -> Opened:
        """Who had which version in front of them."""

    @property
    def members(self) -> Members:
        """Who may see a restricted questionnaire."""

    @property
    def gaps(self) -> AskedGaps:
        """Questions that the knowledge could not answer."""

    @property
    def figures(self) -> Counts:
        """What became of questions, drafts and questionnaires, in numbers."""

    @property
    def rounds(self) -> Rounds:
        """Which questionnaire goes on from which."""

    @property
    def sendings(self) -> Sendings:
        """What completed documents told customers, and to whom they were sent."""

    @property
    def listing(self) -> Listing:
        """What the list of questionnaires counts."""

    @property
    def submissions(self) -> Submissions:
        """What was submitted and waits to be approved."""

    @property
    def dues(self) -> Dues:
        """What is due soon or overdue."""

    @property
    def asked(self) -> Asked:
        """What was asked where."""

    @property
    def notifications(self) -> Notifications:
        """What people are told."""

    @property
    def audit(self) -> Audit:
        """The log."""


class Store(Protocol):
    """The database."""

    def reading(self) -> AbstractContextManager[Transaction]:
        """Return a transaction that sees one state and writes nothing."""

    def writing(self, *, wait: bool = True) -> AbstractContextManager[Transaction]:
        """Return a transaction that is committed at the end of the block, or rolled back on any exception.

        :raises ConflictError: when its turn does not come, without `wait` when it is not there at once.
        """
