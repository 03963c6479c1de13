"""Copies of the whole database: SQLite's online backup, PostgreSQL's own programs."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from assistant.errors import InputError


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

    :raises InputError: when pg_restore is missing or fails.
    """
    options = ["--clean", "--if-exists", "--single-transaction", "--no-owner", "--no-privileges", "--exit-on-error"]
    _run("pg_restore", url, [*options, str(source)])


def _run(name: str, url: URL, options: list[str]) -> None:
    program = shutil.which(name)
    if program is None:
        raise InputError(
            f"{name} was not found. Install PostgreSQL's client programs, of the server's version or newer,"
            " or use your database service's own backups."
        )
    # The password goes through the environment: arguments can be read by everybody on the machine.
    address = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environment = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [program, f"--dbname={address}", *options], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise InputError(f"{name} failed: {done.stderr.strip() or f'status {done.returncode}'}")
