"""Ways around the program, as somebody with the database's password has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, create_engine, make_url, text

Tamper = Callable[..., None]


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """Return a plain connection, with none of the program's own care."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@pytest.fixture
def execute(database_url: str) -> Callable[..., None]:
    """Runs SQL beside the program; the triggers hold."""

    def run(statement: str, **values: object) -> None:
        with connected(database_url) as connection:
            connection.execute(text(statement), values)

    return run


@pytest.fixture
def tamper(database_url: str) -> Tamper:
    """Runs SQL with the triggers out of the way, as an owner of the database can."""

    def run(*statements: str) -> None:
        with connected(database_url) as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL session_replication_role = replica"))
                dropped: list[tuple[str, str]] = []
            else:
                found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
                dropped = [(row[0], row[1]) for row in found]
            for name, _ in dropped:
                connection.execute(text(f"DROP TRIGGER {name}"))
            for statement in statements:
                connection.execute(text(statement))
            for _, definition in dropped:
                connection.exec_driver_sql(definition)

    return run
