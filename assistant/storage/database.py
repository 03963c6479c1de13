"""Connections, transactions and migrations. One writer at a time on both engines.

SQLite allows one writer by its nature (`BEGIN IMMEDIATE`); on PostgreSQL every writing transaction
takes one advisory lock first. So a rule that is checked and then relied upon within a transaction
(the last administrator, the head of the audit chain, the next job) holds, on both alike. Writing
transactions are short: matching and documents run outside of them.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from assistant.errors import ConflictError, InputError
from assistant.storage import dumping, migrating, refusals
from assistant.storage.asked import Asked
from assistant.storage.assignments import Assignments
from assistant.storage.audit import Audit, key_mark
from assistant.storage.changes import Changes, Opened
from assistant.storage.comments import Comments
from assistant.storage.dues import Dues
from assistant.storage.figures import Figures
from assistant.storage.gaps import Gaps
from assistant.storage.jobs import Jobs
from assistant.storage.layouts import Layouts
from assistant.storage.library import Library
from assistant.storage.listing import Listing
from assistant.storage.members import Members
from assistant.storage.notifications import Notifications
from assistant.storage.people import People
from assistant.storage.questionnaires import Questionnaires
from assistant.storage.recovery import RecoveryCodes
from assistant.storage.rounds import Rounds
from assistant.storage.sendings import Sendings
from assistant.storage.submissions import Submissions
from assistant.storage.usage import Usage
from assistant.storage.versions import Statements
from assistant.workflow.ports import Clock

WAIT_SECONDS = 15
"""How long a transaction waits for its turn to write before it gives up with a `ConflictError`."""
_WRITER_LOCK = 7_234_501_966
"""The key of PostgreSQL's advisory lock that admits one writer; any constant that is ours."""


class Transaction:
    """The repositories over one connection within one transaction."""

    def __init__(self, connection: Connection, audit_key: bytes, clock: Clock) -> None:
        """Work on `connection`, which is in a transaction."""
        self._connection = connection
        self._audit_key = audit_key
        self._clock = clock

    @cached_property
    def people(self) -> People:
        """Accounts and sessions."""
        return People(self._connection, self._clock)

    @cached_property
    def recovery_codes(self) -> RecoveryCodes:
        """What stands in for a second factor."""
        return RecoveryCodes(self._connection)

    @cached_property
    def questionnaires(self) -> Questionnaires:
        """Questionnaires, questions, files."""
        return Questionnaires(self._connection)

    @cached_property
    def jobs(self) -> Jobs:
        """Long work."""
        return Jobs(self._connection)

    @cached_property
    def library(self) -> Library:
        """Approved answers."""
        return Library(self._connection)

    @cached_property
    def statements(self) -> Statements:
        """Versions of statement files, and proposals to change them."""
        return Statements(self._connection)

    @cached_property
    def asked(self) -> Asked:
        """What was asked where."""
        return Asked(self._connection)

    @cached_property
    def usage(self) -> Usage:
        """Who cites what."""
        return Usage(self._connection)

    @cached_property
    def layouts(self) -> Layouts:
        """Remembered layouts."""
        return Layouts(self._connection)

    @cached_property
    def assignments(self) -> Assignments:
        """Who has which question."""
        return Assignments(self._connection)

    @cached_property
    def comments(self) -> Comments:
        """Remarks on questions."""
        return Comments(self._connection)

    @cached_property
    def changes(self) -> Changes:
        """What can be taken back."""
        return Changes(self._connection)

    @cached_property
    def opened(self) -> Opened:
        """Who had which version in front of them."""
        return Opened(self._connection)

    @cached_property
    def members(self) -> Members:
        """Who may see a restricted questionnaire."""
        return Members(self._connection)

    @cached_property
    def gaps(self) -> Gaps:
        """Questions that the knowledge could not answer."""
        return Gaps(self._connection)

    @cached_property
    def figures(self) -> Figures:
        """What became of questions, drafts and questionnaires, in numbers."""
        return Figures(self._connection)

    @cached_property
    def rounds(self) -> Rounds:
        """Which questionnaire goes on from which."""
        return Rounds(self._connection)

    @cached_property
    def sendings(self) -> Sendings:
        """What completed documents told customers, and to whom they were sent."""
        return Sendings(self._connection)

    @cached_property
    def listing(self) -> Listing:
        """What the list of questionnaires counts."""
        return Listing(self._connection)

    @cached_property
    def submissions(self) -> Submissions:
        """What was submitted and waits to be approved."""
        return Submissions(self._connection)

    @cached_property
    def dues(self) -> Dues:
        """What is due soon or overdue."""
        return Dues(self._connection)

    @cached_property
    def notifications(self) -> Notifications:
        """What people are told."""
        return Notifications(self._connection)

    @cached_property
    def audit(self) -> Audit:
        """The log."""
        return Audit(self._connection, self._audit_key, self._clock)


class Database:
    """The database at `url`, `sqlite:///FILE` or `postgresql://…`; `audit_key` seals the audit log."""

    def __init__(self, url: str, audit_key: bytes, clock: Clock) -> None:
        """Prepare connections without opening one.

        :raises InputError: when `url` is not the address of a database that is supported.
        """
        self.url = _address(url)
        self._audit_key = audit_key
        self._clock = clock
        self._open = threading.local()
        options: dict[str, Any] = {"pool_size": 20, "max_overflow": 20}
        if self.is_sqlite:
            options |= {"connect_args": {"timeout": WAIT_SECONDS}}
        else:
            # Without it a server that does not answer at all is waited for without end.
            timeout = {} if "connect_timeout" in self.url.query else {"connect_timeout": WAIT_SECONDS}
            options |= {"pool_pre_ping": True, "connect_args": timeout}
        self._engine = create_engine(self.url, **options)
        refusals.translate(self._engine)
        if self.is_sqlite:
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        self._readers = self._engine.execution_options(
            writing=False,
            **({} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}),
        )
        self._writers = self._engine.execution_options(writing=True)
        self._hasty = self._engine.execution_options(writing=True, waiting=False)

    @property
    def engine(self) -> str:
        """Return which kind of database this is, `sqlite` or `postgresql`."""
        return self.url.get_backend_name()

    @property
    def is_sqlite(self) -> bool:
        """Return whether this is SQLite; otherwise it is PostgreSQL."""
        return self.engine == "sqlite"

    def now(self) -> datetime:
        """Return the present moment, by the clock of this database."""
        return self._clock()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Return a transaction that sees one state and writes nothing."""
        with self._readers.begin() as connection:
            yield self._transaction(connection)

    @contextmanager
    def writing(self, *, wait: bool = True) -> Iterator[Transaction]:
        """Return a transaction that is committed at the end of the block, or rolled back on any exception.

        :raises ConflictError: when others write for longer than `WAIT_SECONDS`, or without `wait` just now.
        """
        with self._connected(wait=wait) as connection:
            yield self._transaction(connection)

    def migrate(self) -> None:
        """Bring the tables to the state this version needs; several nodes may do so at the same time.

        :raises InputError: when the database cannot be reached or was made by a newer version.
        """
        try:
            if self.is_sqlite:
                dumping.make_private(self._file)
            with self._connected() as connection:
                new = migrating.revision(connection) is None
                migrating.upgrade(connection)
                if new:
                    # Never later: an emptied log must not be given a fresh beginning.
                    self._transaction(connection).audit.seal_empty()
        except (OperationalError, OSError) as problem:
            told = problem.orig if isinstance(problem, OperationalError) else problem
            raise InputError(
                f"The database {self.name} cannot be used: {told}. Check that it runs and its address is right."
            ) from problem

    def revision(self) -> str | None:
        """Return which migration the database stands at, None when it is empty."""
        with self._readers.begin() as connection:
            return migrating.revision(connection)

    def knows(self, revision: str | None) -> bool:
        """Return whether this version of the program can read a database at that migration."""
        return revision is None or revision in migrating.known()

    def occupied(self) -> bool:
        """Return whether there is anything in it that somebody would miss."""
        with self._readers.begin() as connection:
            if migrating.revision(connection) is None:
                return False
            transaction = self._transaction(connection)
            return bool(transaction.people.all() or transaction.questionnaires.all() or transaction.library.all())

    @property
    def name(self) -> str:
        """Return the address as it may be shown, without the password."""
        return _shown(self.url)

    def key_mark(self) -> str:
        """Return by what a backup knows the key of the audit log again; it does not tell the key."""
        return key_mark(self._audit_key)

    def backup(self, target: Path) -> None:
        """Write a copy of the database to the file `target` while others go on working.

        :raises InputError: on PostgreSQL, when its program pg_dump is missing or fails.
        """
        if self.is_sqlite:
            dumping.copy_sqlite(self._file, target)
        else:
            dumping.dump_postgresql(self.url, target)

    def restore(self, source: Path) -> None:
        """Replace everything in the database by the copy that `backup` wrote to `source`.

        :raises InputError: when `source` is no such copy, or (PostgreSQL) its programs are missing or fail.
        """
        self._engine.dispose()
        if self.is_sqlite:
            dumping.check_sqlite(source)
            dumping.make_private(self._file)
            dumping.copy_sqlite(source, self._file)
            # It may have stood there before, and readable by others.
            for file in (self._file, *(Path(f"{self._file}{end}") for end in ("-wal", "-shm"))):
                with suppress(FileNotFoundError):
                    file.chmod(0o600)
        else:
            dumping.restore_postgresql(self.url, source)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    @property
    def _file(self) -> Path:
        assert self.url.database is not None
        return Path(self.url.database)

    def _transaction(self, connection: Connection) -> Transaction:
        return Transaction(connection, self._audit_key, self._clock)

    @contextmanager
    def _connected(self, *, wait: bool = True) -> Iterator[Connection]:
        """Return a connection in the only writing transaction there is."""
        if getattr(self._open, "writing", False):
            raise RuntimeError("This thread writes already; a second transaction would wait for the first for ever.")
        self._open.writing = True
        try:
            with (self._writers if wait else self._hasty).begin() as connection:
                if not self.is_sqlite and not wait:
                    if not connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({_WRITER_LOCK})").scalar_one():
                        raise ConflictError(refusals.BUSY)
                elif not self.is_sqlite:
                    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")
                yield connection
        finally:
            self._open.writing = False


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as problem:
        raise InputError(
            "The address of the database is not understood; give sqlite:///FILE or postgresql://USER@HOST/NAME."
        ) from problem
    if address.get_backend_name() in ("postgresql", "postgres"):
        return address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:"):
        return address
    raise InputError(
        f"A database at {_shown(address)} is not supported; give sqlite:///FILE or postgresql://USER@HOST/NAME."
    )


def _shown(address: URL) -> str:
    """Return `address` without passwords; PostgreSQL takes them in the query as well."""
    return re.sub(r"(?i)([?&](?:ssl)?password=)[^&#]*", r"\1***", address.render_as_string(hide_password=True))


def _prepare_sqlite(connection: Any, _: ConnectionPoolEntry) -> None:
    # The driver would begin transactions by its own rules and never for reading; `_begin_sqlite` does it.
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        # First of all, so that switching to the journal waits for its turn as well.
        cursor.execute(f"PRAGMA busy_timeout={WAIT_SECONDS * 1000}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        # A confirmed commit survives a power cut, not only a crash.
        cursor.execute("PRAGMA synchronous=FULL")
    finally:
        cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    writing, waiting = options.get("writing", False), options.get("waiting", True)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
    connection.exec_driver_sql(f"PRAGMA busy_timeout={WAIT_SECONDS * 1000 if waiting else 0}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
