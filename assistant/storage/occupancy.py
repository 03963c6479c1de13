"""Who uses an instance folder: running applications share a lock on it, restoring a backup wants it alone.

The system gives the lock back when a program ends, however it ends, so none is ever left over.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import StateError

_FILE = "in-use"


@contextmanager
def running(instance: Path) -> Iterator[None]:
    """Keep a backup from being restored into `instance` for the length of the block.

    :raises StateError: when one is being restored just now.
    """
    with _locked(instance, fcntl.LOCK_SH, "A backup is being restored just now; start again when that is done."):
        yield


@contextmanager
def alone(instance: Path) -> Iterator[None]:
    """Keep applications from starting in `instance` for the length of the block.

    :raises StateError: when one runs.
    """
    with _locked(instance, fcntl.LOCK_EX, f"The application is running in {instance}; stop it first."):
        yield


@contextmanager
def _locked(instance: Path, kind: int, otherwise: str) -> Iterator[None]:
    handle = os.open(instance / _FILE, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise StateError(otherwise) from problem
        yield
    finally:
        os.close(handle)
