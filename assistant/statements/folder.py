"""The knowledge folder: which files are read, and everything that is in them."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from assistant.errors import InputError, StatementFormatError
from assistant.statement import Knowledge, LibraryEntry, Passage, ProfileFact, Statement
from assistant.statements.library import load_library, read_library
from assistant.statements.profile import read_profile
from assistant.statements.source import Source
from assistant.statements.statement import read_statement

_YAML = (".yaml", ".yml")
_VOCABULARY = "concepts.yaml"
_PROFILE = "profile.yaml"


def load(folder: Path) -> Knowledge:
    """Return everything the knowledge folder holds.

    :raises StatementFormatError: for the first fault in any of its files.
    :raises InputError: when there is no such folder.
    """
    reading = _read(folder)
    if reading.faults:
        raise reading.faults[0]
    return Knowledge(
        statements=tuple(reading.statements),
        library=tuple(reading.library),
        profile=tuple(reading.profile),
        scopes={product: tuple(deployments.values()) for product, deployments in reading.scopes.values()},
    )


def problems(folder: Path) -> list[StatementFormatError]:
    """Return every fault in the files of the knowledge folder, by file and line.

    :raises InputError: when there is no such folder.
    """
    return _read(folder).faults


def digest(folder: Path) -> str:
    """Return the SHA-256 (hex) of the names and bytes of all files that `load` reads, and of the vocabulary.

    The vocabulary is matching's to read, but its change is noticed like that of any other file.

    :raises InputError: when there is no such folder.
    """
    total = hashlib.sha256()
    for path in [*_files(folder), *([_VOCABULARY] if (folder / _VOCABULARY).is_file() else [])]:
        try:
            content = hashlib.sha256((folder / path).read_bytes()).hexdigest()
        except OSError:  # gone meanwhile, or not ours to read: `load` says so
            content = "unreadable"
        total.update(f"{path}\x00{content}\n".encode())
    return total.hexdigest()


def sources(folder: Path) -> dict[str, str]:
    """Return path -> text of every statement and library file, every character as it stands there.

    Files that are no text are left out; `load` says so.

    :raises InputError: when there is no such folder.
    """
    found = {}
    for path in _files(folder):
        if path != _PROFILE:
            with suppress(OSError, UnicodeDecodeError):
                found[path] = (folder / path).read_bytes().decode("utf-8")
    return found


def statement(path: str, text: str) -> Statement:
    """Return the statement that `text` would be at `path`.

    :raises StatementFormatError: for the first fault in it.
    """
    source = Source(path)
    read = read_statement(source, text.encode())
    fault = source.first_fault()
    if read is None or fault is not None:
        raise fault or StatementFormatError(path, 1, "This is no statement.")
    return read[0]


def passages_of(path: str, text: str) -> tuple[Passage, ...]:
    """Return the passages that `text` would have at `path`, a statement or a library file.

    :raises StatementFormatError: for the first fault in it.
    """
    if path.endswith(".md"):
        return statement(path, text).passages
    return tuple(entry.passage(path) for entry in load_library(text.replace("\r\n", "\n"), path))


@dataclass
class _Reading:
    """What was read so far. `scopes` maps a folded product to its spelling and its deployments, likewise."""

    statements: list[Statement] = field(default_factory=list)
    library: list[tuple[str, LibraryEntry]] = field(default_factory=list)
    profile: list[ProfileFact] = field(default_factory=list)
    faults: list[StatementFormatError] = field(default_factory=list)
    scopes: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    def name_scope(self, product: str, deployments: tuple[str, ...]) -> None:
        """Take note of a product and its deployments, in the spelling that is seen first."""
        if product:
            known = self.scopes.setdefault(product.casefold(), (product, {}))[1]
            for deployment in deployments:
                known.setdefault(deployment.casefold(), deployment)


def _read(folder: Path) -> _Reading:
    """Return what the files of `folder` hold, with the faults of all of them."""
    reading = _Reading()
    for path in _files(folder):
        source = Source(path)
        try:
            content = (folder / path).read_bytes()
        except OSError as problem:
            reading.faults.append(StatementFormatError(path, 1, f"The file cannot be read: {problem.strerror}."))
            continue
        if path.endswith(".md"):
            if read := read_statement(source, content):
                reading.statements.append(read[0])
                reading.name_scope(read[0].product, read[1])
        else:
            text = source.text(content)
            if path == _PROFILE:
                reading.profile.extend(read_profile(source, text))
            else:
                reading.library.extend((path, entry) for entry in read_library(source, text))
        reading.faults.extend(sorted(source.faults, key=lambda fault: fault.line))
    for _, entry in reading.library:
        reading.name_scope(entry.product, tuple(sorted(entry.deployments)))
    return reading


def _files(folder: Path) -> list[str]:
    """Return the files that are read, relative to `folder` and sorted; hidden ones are not."""
    if not folder.is_dir():
        raise InputError(f"There is no knowledge folder {folder}. Create it, or name another one.")
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = PurePosixPath((Path(parent) / name).relative_to(folder).as_posix())
            if not name.startswith(".") and _is_read(path):
                found.append(str(path))
    return sorted(found)


def _is_read(path: PurePosixPath) -> bool:
    """Return whether the file is a statement, a library file or the profile."""
    if path.suffix == ".md" or str(path) == _PROFILE:
        return True
    return path.suffix in _YAML and (path.name.startswith("library") or "library" in path.parts[:-1])
