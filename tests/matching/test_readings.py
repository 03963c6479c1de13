"""What was read of texts is kept, and read anew whenever it may not be right."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.matching import Matcher, readings
from assistant.matching.reading import Asked, Reader
from assistant.matching.readings import Readings
from assistant.statement import Passage
from tests.matching.conftest import CLOUD, TODAY, passage

TEXTS = {"one": "One.", "two": "Two."}


def reading(folder: Path, mark: str = "code", texts: dict[str, str] = TEXTS) -> tuple[dict[str, str], list[str]]:
    """Return what was read, and of which texts only now."""
    now: list[str] = []

    def read(text: str) -> str:
        now.append(text)
        return text.upper()

    return Readings(folder).of("texts", mark, texts, read), now


def test_each_text_is_read_once(tmp_path: Path) -> None:
    assert reading(tmp_path) == ({"one": "ONE.", "two": "TWO."}, ["One.", "Two."])
    assert reading(tmp_path) == ({"one": "ONE.", "two": "TWO."}, [])
    assert reading(tmp_path, texts={"two": "Two.", "three": "Three."}) == (
        {"two": "TWO.", "three": "THREE."},
        ["Three."],
    )
    assert reading(tmp_path)[1] == ["One."]  # what is gone is not kept
    assert {file.name for file in tmp_path.iterdir()} == {"texts.readings", "texts.lock"}
    assert (tmp_path / "texts.readings").stat().st_mode & 0o077 == 0 or os.name != "posix"


def test_what_other_code_or_another_vocabulary_read_is_read_anew(tmp_path: Path) -> None:
    reading(tmp_path)
    assert reading(tmp_path, "other code")[1] == ["One.", "Two."]


@pytest.mark.parametrize("content", [b"", b"torn", b"\x80\x05K\x01."])
def test_a_damaged_file_is_read_anew(tmp_path: Path, content: bytes) -> None:
    reading(tmp_path)
    (tmp_path / "texts.readings").write_bytes(content)
    assert reading(tmp_path)[1] == ["One.", "Two."]
    assert reading(tmp_path)[1] == []


def test_what_fails_while_it_is_written_leaves_the_old_file(tmp_path: Path) -> None:
    reading(tmp_path)
    with pytest.raises((TypeError, AttributeError)):
        Readings(tmp_path).of("texts", "code", {"three": "Three."}, lambda text: lambda: text)
    assert reading(tmp_path)[1] == []
    assert {file.name for file in tmp_path.iterdir()} == {"texts.readings", "texts.lock"}


def test_of_two_that_start_at_once_one_reads(tmp_path: Path) -> None:
    begun, read = threading.Event(), []

    def slow(text: str) -> str:
        begun.set()
        time.sleep(0.05)
        read.append(text)
        return text.upper()

    with ThreadPoolExecutor(1) as other:
        first = other.submit(Readings(tmp_path).of, "texts", "code", TEXTS, slow)
        assert begun.wait(5)
        assert reading(tmp_path) == (first.result(5), [])
    assert read == ["One.", "Two."]


def test_the_log_tells_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(readings, "TELL_EVERY", -1)
    with caplog.at_level("INFO"):
        reading(tmp_path)
    assert caplog.messages == ["reading texts: 1 of 2", "reading texts: 2 of 2"]


def test_a_matcher_that_starts_again_reads_neither_passages_nor_wordings(
    tmp_path: Path, passages: list[Passage], monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = passage("Backups are tested.", 90, question="Are backups tested?", also_asked=("Do you test backups?",))
    before = Matcher(tmp_path / "index")
    before.refresh([*passages, entry])
    read: list[str] = []
    question, said = Reader.question, Reader.passage

    def read_question(self: Reader, text: str) -> Asked:
        read.append(text)
        return question(self, text)

    def read_passage(self: Reader, each: Passage) -> Mapping[str, list[str]]:
        read.append(each.text)
        return said(self, each)

    monkeypatch.setattr(Reader, "question", read_question)
    monkeypatch.setattr(Reader, "passage", read_passage)
    again = Matcher(tmp_path / "index")
    again.refresh([*passages, entry])
    assert read == []
    again.refresh([*passages, entry, passage("Visitors are escorted.", 91)])
    assert read == ["Visitors are escorted."]
    for asked in ("Do you test backups?", "Are visitors escorted?"):
        found = again.suggest([asked], CLOUD, TODAY)
        assert found[0].matches[0].passage.lines[0] in (90, 91)
    assert before.suggest(["Do you test backups?"], CLOUD, TODAY)[0].matches[0].passage == entry
