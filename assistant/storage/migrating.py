"""Running the migrations from within the program; there is no alembic.ini and no command for it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from assistant.errors import InputError


def upgrade(connection: Connection, to: str = "head") -> None:
    """Apply what is missing up to the migration `to`, within the transaction of `connection`: all of it or nothing.

    :raises InputError: when the database was made by a newer version of the program.
    """
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError as problem:
        raise InputError(
            "The database was made by a newer version of the assistant; install that version or restore a backup."
        ) from problem


def known() -> frozenset[str]:
    """Return every migration this version of the program has."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def revision(connection: Connection) -> str | None:
    """Return which migration the database stands at, None when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    # Alembic reads percent signs in its options as interpolation.
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
