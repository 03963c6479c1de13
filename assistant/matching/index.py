"""The Whoosh index on disk: versions built aside, swapped in by one rename, rebuilt on any doubt.

    <folder>/build.lock      held by the process that builds
    <folder>/current         names the version in use
    <folder>/<version>/      a Whoosh index, and beside it postings.npz (`assistant.matching.scoring`)
    <folder>/*.lock          held by the process that reads those of one name
    <folder>/*.readings      what was read of single texts, of whichever version (`assistant.matching.readings`)

A version's name is the digest of what it was built from, so a version that stands is right by its
name. Whoosh keeps pickles: the folder must be our own and closed to others, or nothing in it is
opened. Only what also runs on Whoosh 2.7.4 is used.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import TEXT, Schema

from assistant.errors import SettingError
from assistant.matching.reading import Asked, Reader
from assistant.matching.readings import Readings, locked
from assistant.matching.sayings import packed
from assistant.matching.scoring import Postings
from assistant.statement import Passage

FIELDS = ("words", "headings", "asked", "concepts", "context", "signs")
KEPT = 2


Document = Mapping[str, Sequence[str]]
"""The terms of one passage, by field."""


def version_of(passages: Sequence[Passage], reader: Reader) -> str:
    """Return the name of the version that holds exactly `passages`, in this order, as `reader` reads them.

    What decides how a passage is read (the code and vocabulary of this package, the team's
    vocabulary) is part of it, so a new release builds its index anew.
    """
    digest = hashlib.sha256(_reading())
    digest.update(reader.overlay)
    for passage in passages:
        digest.update(f"{_said(passage)}\x1d".encode())
    return digest.hexdigest()[:32]


def _said(passage: Passage) -> str:
    """Return everything of a passage that is read."""
    return "\x1f".join((passage.text, *passage.headings, "\x1e", passage.question, *passage.also_asked))


def _mark(reader: Reader) -> str:
    """Return a mark of the code and the vocabulary that `reader` reads with."""
    return hashlib.sha256(_reading() + reader.overlay).hexdigest()


@cache
def _reading() -> bytes:
    """Return the digest of the code that reads passages."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for path in sorted([*here.glob("*.py"), *here.glob("**/*.yaml")]):
        digest.update(path.read_bytes())
    return digest.digest()


class IndexFolder:
    """The folder that holds the versions of the index."""

    def __init__(self, folder: Path) -> None:
        """Make `folder` if need be, readable by its owner only.

        :raises SettingError: when it belongs to somebody else.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        if os.name == "posix":
            state = folder.stat()
            if state.st_uid != os.geteuid():
                raise SettingError(f"The index folder {folder} belongs to another user; choose one of your own.")
            if state.st_mode & 0o022:
                self._clear()
            if state.st_mode & 0o077:
                folder.chmod(0o700)
        self._readings = Readings(folder)

    def wordings(self, passages: Iterable[Passage], reader: Reader) -> Mapping[str, Asked]:
        """Return each wording in which approved answers among `passages` were asked, as `reader` reads it."""
        every = {asked: asked for p in passages if p.question for asked in (p.question, *p.also_asked)}
        return self._readings.of("wordings", _mark(reader), every, reader.question)

    def sayings(self, passages: Iterable[Passage]) -> Mapping[str, bytes]:
        """Return what each text among `passages` says, packed (`assistant.matching.sayings`)."""
        texts = {passage.text: passage.text for passage in passages}
        return self._readings.of("sayings", _reading().hex(), texts, packed)

    def hold(self, version: str, passages: Sequence[Passage], reader: Reader) -> tuple[Postings, bool]:
        """Return the postings of `passages` as `reader` reads them, and whether the index was built anew for that.

        `version` is theirs, as from `version_of`.
        """
        with locked(self.folder / "build.lock"):
            postings = self._opened(version, len(passages))
            built = postings is None
            if postings is None:
                texts = {_said(passage): passage for passage in passages}
                read = self._readings.of("passages", _mark(reader), texts, reader.passage)
                postings = self._built(version, (read[_said(passage)] for passage in passages))
            self._use(version)
        return postings, built

    def _opened(self, version: str, size: int) -> Postings | None:
        """Return the postings of a version that stands, or None when it is missing or at fault in any way."""
        place = self.folder / version
        if not place.is_dir() or place.is_symlink():
            return None
        # Whatever a crash or a full disk left behind is cured by building anew.
        with contextlib.suppress(Exception):
            try:
                postings = Postings.load(place / "postings.npz")
            except FileNotFoundError:
                postings = _read(place)
                postings.save(place / "postings.npz")
            if postings.size == size:
                return postings
        return None

    def _built(self, version: str, documents: Iterable[Document]) -> Postings:
        """Return the postings of a new version, built aside and renamed when it is whole."""
        aside = Path(tempfile.mkdtemp(prefix="building-", dir=self.folder))
        try:
            schema = Schema(**{field: TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False) for field in FIELDS})
            ix = index.create_in(str(aside), schema)
            try:
                writer = ix.writer(limitmb=64)
                for document in documents:
                    writer.add_document(**{field: " ".join(document[field]) for field in FIELDS})
                writer.commit()
            finally:
                ix.close()
            postings = _read(aside)
            postings.save(aside / "postings.npz")
            place = self.folder / version
            if place.exists():
                shutil.rmtree(place)
            aside.rename(place)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        return postings

    def _use(self, version: str) -> None:
        """Name `version` as the one in use and remove all but the newest versions."""
        os.utime(self.folder / version)
        draft = self.folder / "current.new"
        draft.write_text(version, encoding="ascii")
        draft.replace(self.folder / "current")
        versions = sorted(
            (place for place in self.folder.iterdir() if place.is_dir()), key=lambda place: place.stat().st_mtime
        )
        for old in [place for place in versions if place.name != version][: -(KEPT - 1)]:
            shutil.rmtree(old, ignore_errors=True)

    def _clear(self) -> None:
        """Remove everything: others could write here, so nothing can be trusted."""
        for place in self.folder.iterdir():
            if place.is_dir() and not place.is_symlink():
                shutil.rmtree(place)
            else:
                place.unlink()


def _read(place: Path) -> Postings:
    """Return the postings of the Whoosh index in `place`."""
    ix: Any = index.open_dir(str(place))
    try:
        with ix.searcher() as searcher:
            return Postings.read(searcher, FIELDS)
    finally:
        ix.close()
