"""Fixtures for every area: a clock that stands still, and the database on both engines."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from assistant.storage import Database
from tests import postgresql

AUDIT_KEY = b"the audit key of the tests"

# How long an example takes depends on what else the machine does, so nothing is timed; and what fails on one machine
# fails on every one, so examples are drawn alike everywhere. Other ones are for the benchmarks to find.
settings.register_profile("alike", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("alike")


class StandingClock:
    """A clock that moves only when told to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(datetime(2026, 3, 2, 9, 30, tzinfo=UTC))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgresql.Server]:
    server = postgresql.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: postgresql.Server) -> postgresql.Emptied:
    """A database that was migrated once, to be emptied after every test."""
    url = postgresql_server.url(postgresql_server.create())
    _migrate(url)
    return postgresql.Emptied(url)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file that was migrated once, to be copied for every test."""
    file = tmp_path_factory.mktemp("migrated") / "assistant.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database of the test's own, on each engine in turn."""
    if request.param == "sqlite":
        file = tmp_path / "assistant.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), file)
        yield f"sqlite:///{file}"
        return
    emptied: postgresql.Emptied = request.getfixturevalue("migrated_postgresql")
    yield emptied.url
    emptied.empty()


@pytest.fixture
def open_database(database_url: str, clock: StandingClock) -> Iterator[Callable[..., Database]]:
    """Returns further connections to the test's database, as another node would have them."""
    opened: list[Database] = []

    def open_it(audit_key: bytes = AUDIT_KEY) -> Database:
        opened.append(Database(database_url, audit_key, clock))
        return opened[-1]

    yield open_it
    for database in opened:
        database.close()


@pytest.fixture
def store(open_database: Callable[..., Database]) -> Database:
    """The database on each engine in turn."""
    return open_database()


def _migrate(url: str) -> None:
    database = Database(url, AUDIT_KEY, lambda: datetime(2026, 1, 1, tzinfo=UTC))
    database.migrate()
    database.close()
