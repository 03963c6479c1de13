from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import JSON, Connection, MetaData, Table, insert, inspect, select, text

from assistant.errors import InputError
from assistant.storage import Database, desk_tables
from assistant.storage.migrating import upgrade
from tests.conftest import AUDIT_KEY
from tests.storage.conftest import connected

MakeUrl = Callable[[], str]
_THEN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeUrl]:
    """Makes empty databases on each engine in turn."""
    if request.param == "sqlite":
        count = iter(range(10))
        yield lambda: f"sqlite:///{tmp_path / f'{next(count)}.db'}"
        return
    server = request.getfixturevalue("postgresql_server")
    yield lambda: server.url(server.create())


def migrated(url: str) -> str:
    database = Database(url, AUDIT_KEY, lambda: datetime(2026, 1, 1, tzinfo=UTC))
    try:
        database.migrate()
    finally:
        database.close()
    return url


def rules(connection: Connection) -> dict[str, object]:
    """Return what Alembic does not compare: constraints and indexes with their conditions."""
    found = inspect(connection)
    return {
        name: (
            sorted((c["name"], re.sub(r"[\s()]|::\w+", "", c["sqltext"])) for c in found.get_check_constraints(name)),
            sorted((c["name"], tuple(c["column_names"])) for c in found.get_unique_constraints(name)),
            sorted((i["name"], i["unique"], _shown(i.get("dialect_options"))) for i in found.get_indexes(name)),
            sorted((f["name"], str(f["options"]), f["referred_table"]) for f in found.get_foreign_keys(name)),
            found.get_pk_constraint(name)["name"],
        )
        for name in desk_tables.metadata.tables
    }


def _shown(options: Mapping[str, object] | None) -> dict[str, str]:
    return {name: str(value) for name, value in (options or {}).items()}


def test_the_migrations_lead_to_the_tables_as_they_are(empty_url: MakeUrl) -> None:
    with connected(migrated(empty_url())) as connection:
        differences = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), desk_tables.metadata
        )
        by_migrations = rules(connection)
    with connected(empty_url()) as connection:
        desk_tables.metadata.create_all(connection)
        by_tables = rules(connection)
    assert differences == []
    assert by_migrations == by_tables


def test_migrating_again_changes_nothing(empty_url: MakeUrl) -> None:
    url = migrated(empty_url())
    database = Database(url, AUDIT_KEY, lambda: datetime(2026, 1, 1, tzinfo=UTC))
    with database.writing() as tx:
        tx.audit.record(None, "counted", "thing")
    before = database.revision()
    database.migrate()
    assert database.revision() == before
    with database.reading() as tx:
        assert tx.audit.faults() == []
        assert len(tx.audit.events()) == 1
    database.close()


def filled(connection: Connection, table: str, **values: object) -> None:
    """Add a row; what must be given and is not stands for nothing."""
    nothing: dict[type, object] = {int: 1, float: 1.0, str: "", bool: False, bytes: b"x", datetime: _THEN}
    columns = Table(table, MetaData(), autoload_with=connection).columns
    needed = {
        column.name: [] if isinstance(column.type, JSON) else nothing[column.type.python_type]
        for column in columns
        if not (column.nullable or column.server_default is not None)
    }
    connection.execute(insert(columns[0].table).values({**needed, **values}))


def test_what_the_newest_document_of_a_completed_questionnaire_says_is_kept_from_before(empty_url: MakeUrl) -> None:
    """So it is where the approved answers are those that went into it; nothing is guessed of other documents."""
    url = empty_url()
    with connected(url) as connection:
        upgrade(connection, "0005")
        filled(connection, "accounts", id=1, role="reviewer", active=True)
        filled(connection, "originals", digest="0" * 64)
        for key, stage, count in ((1, "completed", 1), (2, "open", 1), (3, "completed", 2)):
            filled(connection, "questionnaires", id=key, stage=stage, original="0" * 64)
            sealed = {"approved_by": 1, "approved_at": _THEN, "approved_digest": "0" * 64, "author": 1}
            said = {"text": "Dogs?", "answer": "None.", "choice": "No", "citations": [{"path": "a.md"}]}
            filled(connection, "questions", id=key, questionnaire=key, position=1, state="approved", **said, **sealed)
            filled(connection, "questions", id=key + 9, questionnaire=key, position=2, state="unanswered")
            for done in (key, key + 9):
                filled(connection, "completed", id=done, questionnaire=key, approved=count, digest="0" * 64)
    migrated(url)
    with connected(url) as connection:
        (kept,) = connection.execute(select(desk_tables.completed_answers)).all()
    assert (kept.completed, kept.question, kept.position) == (10, 1, 1)
    assert (kept.text, kept.choice, kept.answer, kept.citations) == ("Dogs?", "No", "None.", [{"path": "a.md"}])


def test_what_people_were_told_is_kept_when_there_is_more_to_tell(empty_url: MakeUrl) -> None:
    url = empty_url()
    with connected(url) as connection:
        upgrade(connection, "0006")
        filled(connection, "accounts", id=1, role="reviewer", active=True)
        filled(connection, "notifications", id=1, kind="due", person=1, text="One")
    migrated(url)
    with connected(url) as connection:
        filled(connection, "notifications", id=2, kind="submitted", person=1, text="Two")
        kept = connection.execute(select(desk_tables.notifications).order_by("id")).all()
    assert [(note.id, note.kind, note.text) for note in kept] == [(1, "due", "One"), (2, "submitted", "Two")]


def test_several_nodes_may_migrate_at_the_same_time(empty_url: MakeUrl) -> None:
    url = empty_url()
    threads = [threading.Thread(target=migrated, args=(url,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with connected(url) as connection:
        assert connection.execute(text("SELECT count(*) FROM audit_head")).scalar_one() == 1


def test_a_migration_that_fails_leaves_nothing_behind(empty_url: MakeUrl, monkeypatch: pytest.MonkeyPatch) -> None:
    url = empty_url()
    database = Database(url, AUDIT_KEY, lambda: datetime(2026, 1, 1, tzinfo=UTC))
    monkeypatch.setattr("assistant.storage.audit.Audit.seal_empty", lambda audit: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        database.migrate()
    with connected(url) as connection:
        assert inspect(connection).get_table_names() == []
    monkeypatch.undo()
    database.migrate()
    assert database.revision() is not None
    database.close()


def test_a_database_of_a_newer_version_is_refused(empty_url: MakeUrl) -> None:
    url = migrated(empty_url())
    with connected(url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(InputError, match="newer version"):
        migrated(url)


@pytest.mark.parametrize("url", ["postgresql://nobody@/none?host=/nonexistent", "sqlite:////nonexistent/folder/a.db"])
def test_a_database_that_cannot_be_reached_is_said_so(url: str) -> None:
    with pytest.raises(InputError, match="cannot be used"):
        migrated(url)


@pytest.mark.parametrize("url", ["", "mysql://host/name", "sqlite://", "sqlite:///:memory:", "file.db"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(InputError, match="sqlite:///FILE"):
        migrated(url)


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    database = Database("postgresql://ada:secret@db.example.com/assistant", AUDIT_KEY, lambda: datetime.now(UTC))
    assert database.name == "postgresql+psycopg://ada:***@db.example.com/assistant"
    database = Database("postgresql://ada@db/assistant?password=secret&port=5433", AUDIT_KEY, lambda: datetime.now(UTC))
    assert database.name == "postgresql+psycopg://ada@db/assistant?password=***&port=5433"
    with pytest.raises(InputError) as refused:
        Database("mysql://ada:secret@db.example.com/a?password=secret", AUDIT_KEY, lambda: datetime.now(UTC))
    assert "secret" not in str(refused.value)


def test_the_program_may_stand_in_a_folder_with_a_percent_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.storage import migrating

    folder = tmp_path / "100%"
    shutil.copytree(Path(migrating.__file__).with_name("migrations"), folder / "migrations")
    monkeypatch.setattr(migrating, "__file__", str(folder / "migrating.py"))
    migrated(f"sqlite:///{tmp_path / 'a.db'}")
