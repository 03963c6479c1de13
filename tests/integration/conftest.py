"""The real application over an instance of its own, with the people and the browser that the invariants need."""

from __future__ import annotations

import io
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import openpyxl
import pytest
from flask import Flask

from assistant.cli import main
from assistant.people import Person, Role
from assistant.statement import Scope
from assistant.web import create_app
from assistant.wiring import Application
from assistant.workflow.records import QuestionRecord
from tests.lantern import PASSWORD, QUESTIONS, STATEMENT, build, environment, says, workbook
from tests.web.client import CheckingClient

ASKED = tuple(question for _, question in QUESTIONS)


def numbered(questions: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the questions with numbers as the workbook has them."""
    return tuple((f"K-{number}", question) for number, question in enumerate(questions, 1))


def written(document: bytes) -> list[list[str]]:
    """Return what stands in the columns for answer and comment, row by row."""
    sheet = openpyxl.load_workbook(io.BytesIO(document)).worksheets[0]
    return [
        [str(cell.value or "") for cell in row] for row in sheet.iter_rows(min_row=2, min_col=3, max_col=4, max_row=5)
    ]


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str


@dataclass
class World:
    """The application, its pages, and ways around both."""

    folder: Path
    application: Application
    app: Flask
    environment: dict[str, str]

    def person(self, role: Role, name: str = "") -> Person:
        """Return the person of that role; with a `name`, another one, made now."""
        email = f"{name or role.value}@example.com"
        with self.application.store.reading() as tx:
            account = tx.people.by_email(email)
        if account is None:
            account = self.application.accounts.add(email, (name or role.value).title(), role, PASSWORD)
        return account.person

    def browser(self, by: Person) -> CheckingClient:
        """Return a browser in which that person is signed in."""
        client = CheckingClient(self.app)
        with self.application.store.writing() as tx:
            account = tx.people.get(by.id)
            assert account is not None
            token = self.application.accounts.sessions.begin(tx, account, "192.0.2.1", "Firefox")
        client.enter(token)
        return client

    def upload(self, customer: str = "Acme", questions: tuple[str, ...] = ASKED) -> int:
        """Return a questionnaire of that customer, confirmed and drafted."""
        by = self.person(Role.SALES)
        key = self.application.intake.receive(
            by, workbook(numbered(questions)), f"{customer}.xlsx", customer=customer, scope=Scope("Lantern", "cloud")
        )
        self.application.layouts.confirm(by, key, 1)
        while self.application.worker.run_once():
            pass
        return key

    def questions(self, key: int) -> list[QuestionRecord]:
        """Return its questions as they stand now."""
        with self.application.store.reading() as tx:
            return tx.questionnaires.questions(key)

    def answered(self, item: QuestionRecord, text: str, *, approve: bool = True) -> QuestionRecord:
        """Return the question with that answer, approved by the reviewer or only worded."""
        by = self.person(Role.REVIEWER)
        review = self.application.review
        item = review.edit(by, item.id, item.version, choice="Yes", text=text)
        return review.approve(by, item.id, item.version) if approve else item

    def command(self, *arguments: str | Path, given: str = "") -> Ran:
        """Run a command over the same instance, as a shell would see it."""
        out, err, status = io.StringIO(), io.StringIO(), 0
        with (
            mock.patch.dict(os.environ, self.environment),
            mock.patch.multiple(sys, argv=["assistant", *map(str, arguments)], stdin=io.StringIO(given)),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            try:
                main()
            except SystemExit as end:
                status = int(end.code or 0)
        return Ran(status, out.getvalue(), err.getvalue())

    @contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        """Return a connection that goes around the program; the triggers hold."""
        file = self.folder / "instance" / "assistant.db"
        with closing(sqlite3.connect(file, timeout=15)) as connection, connection:
            yield connection

    def tamper(self, statement: str, *values: Any) -> None:
        """Run SQL with the triggers out of the way, as whoever owns the file can."""
        with self.database() as connection:
            triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute(statement, values)
            for _, definition in triggers:
                connection.execute(definition)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what the database holds, as it stands in the file."""
        with self.database() as connection:
            return connection.execute(query).fetchall()

    def say(self, days: int) -> None:
        """Let the statement say how often keys are rotated, and the application notice."""
        says(self.folder, STATEMENT.replace("every 90 days", f"every {days} days"))
        self.application.knowledge.refresh()


@pytest.fixture(scope="module")
def make_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], World]]:
    """Returns worlds; each is closed at the end."""
    made: list[World] = []

    def make() -> World:
        folder = tmp_path_factory.mktemp("world")
        says(folder)
        application = build(folder)
        made.append(World(folder, application, create_app(application), environment(folder)))
        return made[-1]

    yield make
    for world in made:
        world.application.close()


@pytest.fixture(scope="module")
def world(make_world: Callable[[], World]) -> World:
    """One world for all tests of a module; each works on questionnaires of its own."""
    return make_world()
