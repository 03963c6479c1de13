"""What the database refuses, as errors of ours."""

from __future__ import annotations

import re
import sqlite3

import psycopg
from psycopg import errors
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from assistant.errors import AssistantError, ConflictError, InvalidValueError, StateError

BUSY = "The database is busy with other changes; nothing was saved. Try again."


def translate(engine: Engine) -> None:
    """Make every statement on `engine` raise our errors where a caller can act on them."""
    event.listen(engine, "handle_error", _translated, retval=True)


def _translated(context: ExceptionContext) -> AssistantError | None:
    problem = context.original_exception
    if isinstance(problem, sqlite3.Error):
        return _from_sqlite(problem)
    if isinstance(problem, psycopg.Error):
        return _from_postgresql(problem)
    if isinstance(problem, UnicodeEncodeError):
        return InvalidValueError("The text holds characters that cannot be stored; remove them.")
    if isinstance(problem, OverflowError):
        return InvalidValueError("A number is too large.")
    return None


def _from_sqlite(problem: sqlite3.Error) -> AssistantError | None:
    # Errors of the driver itself carry no code.
    code = getattr(problem, "sqlite_errorname", "")
    if code == "SQLITE_CONSTRAINT_TRIGGER":
        return StateError(str(problem))
    if code == "SQLITE_CONSTRAINT_CHECK":
        return _broken(str(problem).rpartition(": ")[2])
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return ConflictError(BUSY)
    return None


def _from_postgresql(problem: psycopg.Error) -> AssistantError | None:
    if isinstance(problem, errors.RaiseException):
        return StateError(problem.diag.message_primary or str(problem))
    if isinstance(problem, errors.CheckViolation):
        return _broken(problem.diag.constraint_name or "")
    if isinstance(problem, errors.LockNotAvailable | errors.DeadlockDetected | errors.SerializationFailure):
        return ConflictError(BUSY)
    if isinstance(problem, psycopg.DataError):
        return InvalidValueError("The text holds characters that cannot be stored, or a number is too large.")
    return None


def _broken(constraint: str) -> StateError:
    table, _, rule = re.sub("^ck_", "", constraint).partition("_")
    return StateError(f"The database refused a row in {table} that breaks its rule “{rule}”.")
