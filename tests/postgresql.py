"""A real PostgreSQL server for the tests, from the programs of Debian's package, as an unprivileged user.

It listens on a Unix socket in a temporary folder only, and keeps nothing on disk for safety's sake.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

_SETTINGS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=''"
    " -c shared_buffers=32MB -c max_connections=60 -c autovacuum=off -c wal_level=minimal -c max_wal_senders=0"
)


def programs() -> Path | None:
    """Return the folder of the newest server programs on this machine, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


class Server:
    """One running server."""

    def __init__(self, bin_folder: Path) -> None:
        """Start a server from the programs in `bin_folder`."""
        self._bin = bin_folder
        # A socket's path holds at most 107 characters, so pytest's own deep folders will not do.
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._user = _unprivileged()
        if self._user is not None:
            os.chown(self.folder, self._user.pw_uid, self._user.pw_gid)
        self._run("initdb", "-D", str(self._files), "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync", "-N",
                  "--locale=C.UTF-8")  # fmt: skip
        self._run("pg_ctl", "-D", str(self._files), "-w", "-l", str(self.folder / "log"),
                  "-o", f"{_SETTINGS} -k {self.folder}", "start")  # fmt: skip
        self._count = 0

    @property
    def _files(self) -> Path:
        return self.folder / "files"

    def url(self, name: str) -> str:
        """Return the address of the database called `name`."""
        return f"postgresql://tests@/{name}?host={self.folder}"

    def create(self) -> str:
        """Return the name of a new, empty database."""
        self._count += 1
        name = f"test_{self._count}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return name

    def stop(self) -> None:
        """Stop the server and remove its files."""
        self._run("pg_ctl", "-D", str(self._files), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: str) -> None:
        user = self._user
        # The server must not inherit our pipes, or reading them would never end.
        with tempfile.TemporaryFile() as told:
            done = subprocess.run(
                [str(self._bin / program), *arguments],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=told,
                check=False,
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                extra_groups=[] if user else None,
            )
            told.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program} failed: {told.read().decode(errors='replace')}")


class Emptied:
    """A migrated database that is brought back to how it was after migrating: 8 ms, where making one takes 150."""

    def __init__(self, url: str) -> None:
        """Remember how the database at `url` is now."""
        self.url = url
        with psycopg.connect(url) as connection:
            tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
            sequences = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
            head = connection.execute("SELECT entries, mac, seal FROM audit_head").fetchone()
            names = [sql.Identifier(row[0]) for row in connection.execute(tables)]
            numbers = [sql.Literal(row[0]) for row in connection.execute(sequences)]
        # A test that left a transaction open shall fail here, not hang.
        steps: list[sql.Composable] = [
            sql.SQL("SET LOCAL lock_timeout = '5s'"),
            sql.SQL("SET LOCAL session_replication_role = replica"),
        ]
        steps += [sql.SQL("DELETE FROM {}").format(name) for name in names]
        steps += [sql.SQL("SELECT setval({}, 1, false)").format(number) for number in numbers]
        assert head is not None
        values = sql.SQL(", ").join(sql.Literal(value) for value in head)
        steps.append(sql.SQL("INSERT INTO audit_head (id, entries, mac, seal) VALUES (1, {})").format(values))
        self._steps = sql.SQL("; ").join(steps)

    def empty(self) -> None:
        """Remove every row, past the triggers and references that would refuse it."""
        with psycopg.connect(self.url) as connection:
            connection.execute(self._steps)


def start() -> Server:
    """Return a running server; skip the test without the programs, but fail where CI promises them."""
    bin_folder = programs()
    if bin_folder is None:
        message = "PostgreSQL's server programs are not installed (Debian: postgresql)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return Server(bin_folder)


def _unprivileged() -> pwd.struct_passwd | None:
    """Return the user to run the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("There is no user to run PostgreSQL as.")
