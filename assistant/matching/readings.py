"""What was read of texts, kept in files beside the index, so that each text is read once.

    <folder>/<name>.readings     a pickle: what reads (code and vocabulary), and key -> what was read

Like the index, the files are derived: deleting them loses nothing, and what is at fault in any way is read anew.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from whoosh.util.filelock import FileLock

TELL_EVERY = 3.0
"""Seconds after which the log tells how far it is."""

log = logging.getLogger(__name__)

T = TypeVar("T")
V = TypeVar("V")


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    """Keep other processes and threads out; the system frees the lock when its holder dies."""
    lock = FileLock(str(file))
    lock.acquire(blocking=True)
    try:
        yield
    finally:
        lock.release()


class Readings:
    """The files of one folder, which must be our own and closed to others: pickles are trusted."""

    def __init__(self, folder: Path) -> None:
        """Keep the files in `folder`, which is there."""
        self._folder = folder

    def of(self, name: str, mark: str, texts: Mapping[str, T], read: Callable[[T], V]) -> dict[str, V]:
        """Return for the key of each of `texts` what `read` returns of it, read now where the file does not tell.

        `mark` stands for everything else that what is read depends on. The file holds exactly these texts then. One
        process reads at a time: the others find in the file what it read.
        """
        with locked(self._folder / f"{name}.lock"):
            known: dict[str, V] = self._loaded(name, mark)
            found: dict[str, V] = {}
            told = time.monotonic()
            for key, text in texts.items():
                found[key] = known[key] if key in known else read(text)
                if time.monotonic() - told > TELL_EVERY:
                    log.info("reading %s: %s of %s", name, len(found), len(texts))
                    told = time.monotonic()
            if found.keys() != known.keys():
                self._save(name, (mark, found))
        return found

    def _loaded(self, name: str, mark: str) -> dict[str, Any]:
        # Whatever a crash, a full disk or another version of the program left behind is cured by reading anew.
        with contextlib.suppress(Exception):
            with self._file(name).open("rb") as file:
                kept, known = pickle.load(file)  # noqa: S301 - written by this class, into a folder of our own
            if kept == mark:
                return dict(known)
        return {}

    def _save(self, name: str, content: object) -> None:
        handle, aside = tempfile.mkstemp(prefix="reading-", dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as file:
                pickle.dump(content, file, protocol=pickle.HIGHEST_PROTOCOL)
            Path(aside).replace(self._file(name))
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.readings"
