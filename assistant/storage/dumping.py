"""Copies of the whole database: SQLite's online backup, PostgreSQL's own programs."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from assistant.errors import InputError

_CLEAR = """
DO $$ DECLARE found record; BEGIN
    FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
        EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', found.tablename);
    END LOOP;
    FOR found IN SELECT oid::regprocedure AS name FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype
    LOOP
        EXECUTE format('DROP FUNCTION %s', found.name);
    END LOOP;
END $$
"""


def make_private(file: Path) -> None:
    """Create the database `file` empty, readable by its owner only, unless it exists; SQLite's other files follow it.

    :raises OSError: when it cannot be created.
    """
    os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy one SQLite file over another, whole or not at all, also while either is in use.

    :raises InputError: when the file cannot be read or written.
    """
    try:
        with closing(sqlite3.connect(source, timeout=15)) as old, closing(sqlite3.connect(target, timeout=15)) as new:
            old.backup(new)
    except sqlite3.Error as problem:
        raise InputError(f"The database could not be copied from {source} to {target}: {problem}.") from problem


def check_sqlite(file: Path) -> None:
    """Return when `file` is an intact SQLite database.

    :raises InputError: when it is not.
    """
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            answer = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as problem:
        raise InputError(f"The copy of the database is damaged: {problem}.") from problem
    if answer != "ok":
        raise InputError(f"The copy of the database is damaged: {answer}.")


def dump_postgresql(url: URL, target: Path) -> None:
    """Write the database at `url` to the file `target`.

    :raises InputError: when pg_dump is missing or fails.
    """
    _run("pg_dump", url, ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])


def restore_postgresql(url: URL, source: Path) -> None:
    """Replace the database at `url` by what `dump_postgresql` wrote to `source`, in one transaction.

    :raises InputError: when pg_restore or psql is missing or fails.
    """
    with tempfile.TemporaryDirectory(dir=source.parent) as folder:
        script = Path(folder) / "restore.sql"
        _run("pg_restore", None, ["--no-owner", "--no-privileges", f"--file={script}", str(source)])
        # Everything of ours goes first, also what the copy does not have: it may be of an older version.
        options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        _run("psql", url, [*options, f"--command={_CLEAR}", f"--file={script}"])


def _run(name: str, url: URL | None, options: list[str]) -> None:
    program = shutil.which(name)
    if program is None:
        raise InputError(
            f"{name} was not found. Install PostgreSQL's client programs, of the server's version or newer,"
            " or use your database service's own backups."
        )
    environment = dict(os.environ)
    if url is not None:
        # Not as an argument: those can be read by everybody on the machine.
        plain = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
        plain = plain.difference_update_query(["password"])
        options = [f"--dbname={plain.render_as_string()}", *options]
        if password := url.query.get("password") or url.password:
            environment["PGPASSWORD"] = str(password)
        # A server that is still running shall be named as the reason, not waited for.
        environment["PGOPTIONS"] = f"{environment.get('PGOPTIONS', '')} -c lock_timeout=15s"
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [program, *options], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise InputError(f"{name} failed: {done.stderr.strip() or f'status {done.returncode}'}")
