"""Transactions, refusals and speed."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert
from sqlalchemy.exc import DatabaseError, StatementError

from assistant.errors import ConflictError, InvalidValueError, NotFoundError, StateError
from assistant.questionnaire import Questionnaire
from assistant.statement import LibraryEntry
from assistant.storage import Database
from assistant.storage import database as module
from assistant.storage.tables import library
from assistant.workflow.records import QuestionRecord
from tests.conftest import AUDIT_KEY
from tests.storage import samples

PROJECT = Path(__file__).parents[2]


def test_reading_writes_nothing(store: Database) -> None:
    with pytest.raises(DatabaseError), store.reading() as tx:
        tx.questionnaires.add_original(b"file")
    with store.writing() as tx:
        tx.questionnaires.add_original(b"file")


def test_reading_sees_one_state_whatever_is_written_meanwhile(
    store: Database, open_database: Callable[..., Database]
) -> None:
    other = open_database()
    with store.writing() as tx:
        tx.library.add(LibraryEntry("A dog?", "No."))
    with store.reading() as tx:
        before = tx.library.all()
        with other.writing() as writing:
            writing.library.add(LibraryEntry("A cat?", "No."))
        assert tx.library.all() == before
    with store.reading() as tx:
        assert len(tx.library.all()) == 2


def test_reading_does_not_wait_for_a_writer(store: Database, open_database: Callable[..., Database]) -> None:
    other = open_database()
    with other.writing() as writing:
        writing.library.add(LibraryEntry("A cat?", "No."))
        with store.reading() as tx:
            assert tx.library.all() == []


def test_a_writer_waits_for_the_one_before(store: Database, open_database: Callable[..., Database]) -> None:
    other, order = open_database(), []

    def second() -> None:
        with other.writing() as tx:
            order.append(len(tx.library.all()))

    with store.writing() as tx:
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.1)
        tx.library.add(LibraryEntry("A cat?", "No."))
        order.append(-1)
    thread.join()
    assert order == [-1, 1]


def test_a_writer_that_waits_too_long_is_told_to_try_again(
    store: Database, open_database: Callable[..., Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WAIT_SECONDS", 1)
    impatient = open_database()
    with store.writing():

        def wait() -> None:
            with impatient.writing():
                raise AssertionError

        told: list[Exception] = []

        def attempt() -> None:
            try:
                wait()
            except ConflictError as problem:
                told.append(problem)

        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
    assert [str(problem) for problem in told] == [
        "The database is busy with other changes; nothing was saved. Try again."
    ]


def test_writing_within_writing_is_a_defect_and_does_not_hang(store: Database) -> None:
    with store.writing(), pytest.raises(RuntimeError), store.writing():
        raise AssertionError
    with store.writing() as tx:
        assert tx.library.all() == []


def test_text_that_cannot_be_stored_is_refused_with_a_sentence(store: Database) -> None:
    with pytest.raises(InvalidValueError, match="cannot be stored"), store.writing() as tx:
        tx.library.add(LibraryEntry("A dog\udcff?", "No."))


def test_characters_of_every_kind_are_kept(store: Database) -> None:
    entry = LibraryEntry("Größe 漢字 🔑 ' \" % \\ :name ?", "line\nline\ttab", tags=("\x7f", "é"))
    with store.writing() as tx:
        tx.library.add(entry)
        assert tx.library.all()[0][1] == entry


def test_a_row_that_breaks_a_rule_is_refused_with_its_name(store: Database) -> None:
    with store.writing() as tx:
        record = tx.questionnaires.questions(samples.questionnaire(tx, samples.person(tx)))[0]
    with pytest.raises(StateError, match="questions that breaks its rule “confidence”"), store.writing() as tx:
        tx.questionnaires.save(replace(record, confidence=1.5))


class Statements:
    """The statements that a block sends to the database."""

    def __init__(self, store: Database) -> None:
        self.texts: list[str] = []
        self._engine = store._engine

    def __enter__(self) -> list[str]:
        event.listen(self._engine, "before_cursor_execute", self._note)
        return self.texts

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._note)

    def _note(self, connection: Any, cursor: Any, statement: str, *_: object) -> None:
        if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            self.texts.append(statement)


@pytest.fixture
def large(store: Database) -> Database:
    """50 questionnaires of 500 questions, 10,000 library entries."""
    with store.writing() as tx:
        owner = samples.person(tx)
        first = samples.questionnaire(tx, owner, count=0)
        record = replace(tx.questionnaires.get(first), found=Questionnaire("xlsx", ()))
        tx.questionnaires.delete(first)
        tx.questionnaires.add_original(b"the file")
        questions = [
            QuestionRecord(0, 0, position, samples.question(position), samples.drafted()) for position in range(500)
        ]
        for _ in range(50):
            tx.questionnaires.add(record, questions)
        entry = LibraryEntry("Is a thing encrypted?", "Yes, with AES-256." * 5, tags=("keys",))
        tx.library.add(entry)
        row = {"retired": False, "version": 1} | entry.shape()
        tx.library._connection.execute(insert(library), [row] * 9_999)
    return store


def test_pages_need_one_query_each_and_stay_quick_with_much_in_the_database(large: Database) -> None:
    took: dict[str, float] = {}
    with large.reading() as tx:
        newest = tx.questionnaires.all()[0].id
        for name, read in (
            ("list", tx.questionnaires.all),
            ("counts", tx.questionnaires.counts),
            ("customers", tx.questionnaires.customers),
            ("library", tx.library.all),
            ("questions", lambda: tx.questionnaires.questions(newest)),
        ):
            with Statements(large) as statements:
                start = time.process_time()
                read()
                took[name] = time.process_time() - start
            assert len(statements) == 1, name
    print({name: f"{seconds * 1000:.1f} ms" for name, seconds in took.items()})
    assert took["list"] + took["counts"] < 0.1
    assert took["questions"] < 0.2
    assert took["library"] < 2


def test_an_approval_takes_few_queries(store: Database) -> None:
    with store.writing() as tx:
        reviewer = samples.person(tx)
        record = tx.questionnaires.questions(samples.questionnaire(tx, reviewer))[0]
    with store.writing() as tx, Statements(store) as statements:
        tx.questionnaires.save(replace(record, answer=samples.approved_by(reviewer, record)))
        for _ in range(3):
            tx.audit.record(reviewer, "approved", record.subject)
    assert len(statements) == 1 + 1 + 3 * 2


def test_a_number_no_database_holds_is_of_nothing(store: Database) -> None:
    with pytest.raises((NotFoundError, InvalidValueError)), store.reading() as tx:
        tx.questionnaires.question(10**30)


def test_a_moment_without_a_time_zone_is_a_defect(store: Database) -> None:
    with pytest.raises(StatementError, match="no time zone"), store.writing() as tx:
        tx.people.add_failure("a@x", "1", samples.NOON.replace(tzinfo=None))


def test_the_file_of_the_database_is_for_its_owner_only(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}", b"key", lambda: samples.NOON)
    database.migrate()
    with database.writing() as tx:
        tx.library.add(LibraryEntry("A dog?", "No."))
        assert {file.name: file.stat().st_mode & 0o077 for file in tmp_path.iterdir()} == {
            "a.db": 0,
            "a.db-wal": 0,
            "a.db-shm": 0,
        }
    database.close()


_CRASHING = """
import os, signal, sys
from datetime import UTC, datetime
from assistant.statement import LibraryEntry
from assistant.storage import Database

database = Database(sys.argv[1], sys.argv[2].encode(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
with database.writing() as tx:
    tx.library.add(LibraryEntry("Confirmed?", "Yes."))
    tx.audit.record(None, "added", "library entry 1")
with database.writing() as tx:
    tx.library.add(LibraryEntry("Not yet confirmed?", "No."))
    tx.audit.record(None, "added", "library entry 2")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_that_is_killed_loses_what_was_not_confirmed_and_nothing_else(
    store: Database, database_url: str
) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", _CRASHING, database_url, AUDIT_KEY.decode()], cwd=PROJECT, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    with store.writing() as tx:
        assert [entry.question for _, entry in tx.library.all()] == ["Confirmed?"]
        tx.audit.record(None, "added", "library entry 3")
        assert [event.id for event in tx.audit.events()] == [2, 1]
        assert tx.audit.faults() == []
