"""One file that holds the database and the knowledge folder, and the way back.

A `.tar.gz` with `manifest.json` first, which names every other file with its size and digest. Keys
are not in it, nor the index: that is derived anew, and what a stranger put into it would be run.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any

from assistant.errors import InputError, StateError
from assistant.storage.database import Database

FORMAT = 1
_MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 20_000_000
_DATABASE = "database"
_KNOWLEDGE = "knowledge"
_BLOCK = 1 << 20


def make(database: Database, knowledge: Path, target: Path) -> None:
    """Write `database` and `knowledge` to `target`, whole or not at all, readable by its owner only.

    :raises InputError: when something cannot be read or written.
    """
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as name:
            # Here and not in /tmp: there is room for the result, so there should be for this.
            folder = Path(name)
            database.backup(folder / _DATABASE)
            # Measured and packed from one copy: somebody may be editing the files meanwhile.
            names = [_DATABASE, *_copied_files(knowledge, folder)]
            files = {name: folder / name for name in names}
            manifest = {
                "format": FORMAT,
                "made": database.now().isoformat(),
                "engine": database.engine,
                "revision": database.revision(),
                "audit_key": database.key_mark(),
                "files": {name: _measured(file) for name, file in files.items()},
            }
            whole = folder / "whole"
            with whole.open("xb") as out:
                whole.chmod(0o600)
                with tarfile.open(fileobj=out, mode="w:gz", compresslevel=6) as archive:
                    _add(archive, _MANIFEST, io.BytesIO(json.dumps(manifest, indent=1).encode()))
                    for path, file in files.items():
                        with file.open("rb") as content:
                            _add(archive, path, content)
                out.flush()
                os.fsync(out.fileno())
            whole.replace(target)
    except OSError as problem:
        raise InputError(f"The backup {target} could not be written: {problem}.") from problem


def restore(source: Path, database: Database, knowledge: Path, *, staging: Path, replace: bool = False) -> None:
    """Bring `database` and the files of `knowledge` back from `source`; everybody has to sign in again.

    Everything is unpacked in `staging`, a private folder with room for it, and checked before anything
    is changed. Hidden files in the knowledge folder stay.

    :raises InputError: when `source` is damaged, of another kind of database or a newer version, or its
        audit log is sealed with another key.
    :raises StateError: when there is something that would be lost and `replace` is not given.
    """
    with tempfile.TemporaryDirectory(dir=staging, prefix=".restoring.") as name:
        folder = Path(name)
        try:
            manifest = _unpack(source, folder)
        except (tarfile.TarError, EOFError, zlib.error, OSError) as problem:
            raise InputError(f"{source} is not an intact backup: {problem}.") from problem
        _check_kind(manifest, database)
        staged = folder / _KNOWLEDGE
        if not replace:
            _refuse_loss(database, knowledge, staged)
        database.restore(folder / _DATABASE)
        database.migrate()
        with database.writing() as tx:
            # Otherwise whoever signed out since then would be signed in again.
            for account in tx.people.all():
                tx.people.end_sessions(account.id)
            tx.audit.record(None, "restored a backup", "database", None, {"made": manifest["made"]})
        try:
            _put_back(staged, knowledge)
        except OSError as problem:
            raise InputError(
                f"The database is restored, the files in {knowledge} are not: {problem}. Mend that and run it again."
            ) from problem


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Return the manifest; every file it names lies in `folder` then, with the digest it names."""
    with tarfile.open(source, mode="r:gz") as archive:
        first = archive.next()
        if first is None or first.name != _MANIFEST or not first.isreg() or first.size > _LARGEST_MANIFEST:
            raise InputError(f"{source} is not a backup of the assistant.")
        manifest = _read_manifest(source, _content(archive, first).read())
        waiting: dict[str, Any] = dict(manifest["files"])
        while (member := archive.next()) is not None:
            expected = waiting.pop(member.name, None)
            if expected is None or not member.isreg() or member.size != expected["size"]:
                raise InputError(f"{source} is damaged: {member.name} is not what the manifest says.")
            place = folder / _safe(source, member.name)
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as out:
                if _copied(_content(archive, member), out) != expected["sha256"]:
                    raise InputError(f"{source} is damaged: {member.name} has another digest than the manifest says.")
        if waiting:
            raise InputError(f"{source} is damaged: {next(iter(waiting))} is missing.")
    (folder / _KNOWLEDGE).mkdir(exist_ok=True)
    return manifest


def _read_manifest(source: Path, content: bytes) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(content)
        if manifest["format"] != FORMAT:
            raise InputError(f"{source} was made by a newer version of the assistant; install that version.")
        for file in manifest["files"].values():
            if not (isinstance(file["size"], int) and isinstance(file["sha256"], str)):
                raise TypeError
        if _DATABASE not in manifest["files"] or not isinstance(manifest["made"], str):
            raise KeyError(_DATABASE)
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise InputError(f"{source} is not a backup of the assistant: its manifest cannot be read.") from problem
    return manifest


def _safe(source: Path, name: str) -> PurePosixPath:
    """Return `name` when it lies where a backup puts files; anything else was not made by `make`."""
    path = PurePosixPath(name)
    inside = path.parts[:1] == (_KNOWLEDGE,) and len(path.parts) > 1
    plain = not any(part.startswith(".") or "\\" in part or "\0" in part for part in path.parts)
    if name != _DATABASE and not (inside and plain and str(path) == name):
        raise InputError(f"{source} was refused: it holds {name}, which no backup does.")
    return path


def _check_kind(manifest: dict[str, Any], database: Database) -> None:
    if manifest["engine"] != database.engine:
        raise InputError(
            f"The backup is of a {manifest['engine']} database, and {database.name} is not one."
            " Set ASSISTANT_DATABASE_URL to a database of the same kind."
        )
    if not database.knows(manifest["revision"]):
        raise InputError("The backup was made by a newer version of the assistant; install that version.")
    if manifest.get("audit_key", "") != database.key_mark():
        raise InputError(
            "The audit log in the backup is sealed with another key: copy the file audit_key from the instance folder"
            " it was made in to this one, or set ASSISTANT_AUDIT_KEY as it was set there, and run it again."
        )


def _refuse_loss(database: Database, knowledge: Path, staged: Path) -> None:
    if database.occupied():
        raise StateError(f"The database {database.name} is in use already; with --replace it is replaced.")
    for path in _visible(knowledge):
        new = staged / path
        if not new.is_file() or new.read_bytes() != (knowledge / path).read_bytes():
            raise StateError(
                f"{knowledge / path} is not in the backup, or reads otherwise there; with --replace it is replaced."
            )


def _put_back(staged: Path, knowledge: Path) -> None:
    """Make the visible files of `knowledge` those of `staged`; it may be a mounted folder, so it is not renamed."""
    root = knowledge.resolve()
    for path in _visible(staged):
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.parent.resolve().is_relative_to(root):
            raise OSError(f"{place.parent} is a link that leads out of the folder")
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".restoring.")
        with os.fdopen(handle, "wb") as out:
            out.write((staged / path).read_bytes())
        Path(name).chmod(0o644)
        Path(name).replace(place)
    for path in _visible(root):
        if not (staged / path).exists():
            (root / path).unlink()


def _visible(folder: Path) -> Iterator[PurePosixPath]:
    """Return the files under `folder` that are not hidden, as a version control's own are.

    As in reading statements, a link to a file is that file (a mounted ConfigMap is nothing but such links), and a
    link to a folder is not followed.
    """
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(place) / name
            if not name.startswith(".") and file.is_file():
                yield PurePosixPath(file.relative_to(folder).as_posix())


def _copied_files(knowledge: Path, folder: Path) -> Iterator[str]:
    """Copy the files of `knowledge` to a folder of that name in `folder` and return their paths there."""
    for path in _visible(knowledge):
        place = folder / _KNOWLEDGE / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # removed this moment
            shutil.copyfile(knowledge / path, place)
            yield f"{_KNOWLEDGE}/{path}"


def _measured(file: Path) -> dict[str, Any]:
    with file.open("rb") as content:
        return {"size": file.stat().st_size, "sha256": hashlib.file_digest(content, "sha256").hexdigest()}


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    member = tarfile.TarInfo(name)
    member.size = content.seek(0, os.SEEK_END)
    member.mode = 0o600
    content.seek(0)
    archive.addfile(member, content)


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(member)
    assert content is not None  # a regular file, as was checked
    return content


def _copied(content: IO[bytes], out: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := content.read(_BLOCK):
        digest.update(block)
        out.write(block)
    return digest.hexdigest()
