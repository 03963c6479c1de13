from __future__ import annotations

import os
import threading
from pathlib import Path

import numpy as np
import pytest
from whoosh import index
from whoosh.query import Or, Term

from assistant.errors import SettingError
from assistant.matching import Matcher
from assistant.matching.analysis import terms
from assistant.matching.words import words
from assistant.statement import Passage
from tests.matching.conftest import CLOUD, TODAY, passage


def versions(folder: Path) -> list[str]:
    return sorted(place.name for place in folder.iterdir() if place.is_dir())


def test_the_same_passages_are_indexed_once(tmp_path: Path, passages: list[Passage]) -> None:
    assert Matcher(tmp_path / "index").refresh(passages)
    again = Matcher(tmp_path / "index")
    assert not again.refresh(passages)
    assert again.suggest(["Are backups encrypted?"], CLOUD, TODAY)[0].matches


def test_changed_passages_are_indexed_anew(tmp_path: Path, passages: list[Passage]) -> None:
    matcher = Matcher(tmp_path / "index")
    matcher.refresh(passages)
    assert matcher.refresh([*passages, passage("Visitors are escorted at all times.", 99)])
    assert matcher.search("Are visitors escorted?", CLOUD, 1)[0].passage.lines == (99, 99)
    assert matcher.refresh(passages[:2])
    assert not matcher.search("visitors", CLOUD, 5)


def test_two_versions_are_kept(tmp_path: Path, passages: list[Passage]) -> None:
    matcher = Matcher(tmp_path / "index")
    for count in range(1, 6):
        matcher.refresh(passages[:count])
    assert len(versions(tmp_path / "index")) == 2
    current = (tmp_path / "index" / "current").read_text(encoding="ascii")
    assert current in versions(tmp_path / "index")


# Whoosh leaves the file of a torn table of contents to the garbage collector.
@pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("damage", ["no arrays", "torn arrays", "torn table of contents", "nothing left"])
def test_whatever_is_damaged_is_rebuilt(tmp_path: Path, passages: list[Passage], damage: str) -> None:
    folder = tmp_path / "index"
    Matcher(folder).refresh(passages)
    version = folder / (folder / "current").read_text(encoding="ascii")
    if damage in ("no arrays", "torn table of contents"):
        (version / "postings.npz").unlink()
    if damage == "torn arrays":
        (version / "postings.npz").write_bytes(b"PK")
    if damage == "torn table of contents":
        for part in version.glob("*.toc"):
            part.write_bytes(b"")
    if damage == "nothing left":
        for part in version.iterdir():
            part.unlink()
    matcher = Matcher(folder)
    assert matcher.refresh(passages) is (damage != "no arrays")
    assert matcher.search("penetration test", CLOUD, 1)[0].passage.lines == (5, 5)


def test_a_build_that_fails_leaves_the_old_state(
    tmp_path: Path, passages: list[Passage], monkeypatch: pytest.MonkeyPatch
) -> None:
    matcher = Matcher(tmp_path / "index")
    matcher.refresh(passages)

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("assistant.matching.index.index.create_in", full)
    with pytest.raises(OSError, match="No space"):
        matcher.refresh(passages[:3])
    assert matcher.search("penetration test", CLOUD, 1)
    assert not list((tmp_path / "index").glob("building-*"))


@pytest.mark.skipif(os.name != "posix", reason="owners and modes are POSIX")
def test_the_folder_is_its_owners_only(tmp_path: Path, passages: list[Passage]) -> None:
    folder = tmp_path / "index"
    Matcher(folder).refresh(passages)
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name != "posix", reason="owners and modes are POSIX")
def test_what_others_could_write_is_not_opened(tmp_path: Path, passages: list[Passage]) -> None:
    folder = tmp_path / "index"
    Matcher(folder).refresh(passages)
    folder.chmod(0o777)
    assert Matcher(folder).refresh(passages)
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name != "posix", reason="owners and modes are POSIX")
def test_another_users_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "index").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(SettingError, match="belongs to another user"):
        Matcher(tmp_path / "index")


def test_the_arrays_score_as_whoosh_does(tmp_path: Path, passages: list[Passage]) -> None:
    folder = tmp_path / "index"
    matcher = Matcher(folder)
    matcher.refresh(passages)
    asked = terms(words("Are backups encrypted at rest, and are keys rotated?"))
    ix = index.open_dir(str(folder / (folder / "current").read_text(encoding="ascii")))
    with ix.searcher() as searcher:
        hits = searcher.search(Or([Term("words", term) for term in asked]), limit=None)
        expected = {hit.docnum: hit.score for hit in hits}
    ix.close()
    assert matcher._snapshot is not None
    row = matcher._snapshot.traits.postings.scores([dict.fromkeys(asked, 1.0)], {"words": 1.0})[0]
    assert {int(number): float(row[number]) for number in np.flatnonzero(row)} == pytest.approx(expected, rel=1e-5)


def test_reading_while_it_is_refreshed_sees_whole_states(tmp_path: Path, passages: list[Passage]) -> None:
    matcher = Matcher(tmp_path / "index")
    matcher.refresh(passages)
    wrong: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            found = matcher.suggest(["Are backups encrypted at rest?"], CLOUD, TODAY)[0].matches
            if not found or found[0].passage.lines != (1, 1):
                wrong.append(found)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for count in (4, 8, 2, 8, 3, 8):
        matcher.refresh(passages[:count])
    done.set()
    for reader in readers:
        reader.join()
    assert not wrong


def test_nothing_to_index_is_no_fault(tmp_path: Path) -> None:
    matcher = Matcher(tmp_path / "index")
    assert matcher.suggest(["Are backups encrypted?"], CLOUD, TODAY)[0].matches == ()
    matcher.refresh([])
    assert matcher.suggest(["Are backups encrypted?", ""], CLOUD, TODAY)[0].matches == ()
    assert matcher.search("backups", None, 5) == []


def test_a_question_is_data_and_no_query(matcher: Matcher) -> None:
    for text in (
        'words:* OR "',
        "Are backups encrypted at rest? ~ ^2 [a TO z] AND NOT (",
        "*",
        "\x00",
        "¿?",
        "-" * 500,
    ):
        matcher.suggest([text], CLOUD, TODAY)
        matcher.search(text, CLOUD, 3)
