"""What passages say is kept packed, and comes out as it was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.matching import Matcher, sayings
from assistant.matching.sayings import kept, packed, saying, unpacked
from assistant.statement import Passage

TEXT = "Backups are taken daily, and never leave the EU. Keys (e.g. for TLS 1.2) are rotated every 90 days; see below."


def test_what_was_packed_comes_out_as_it_was_read() -> None:
    assert unpacked(packed(TEXT)) == saying(TEXT)


def test_sentences_stand_as_written_each_with_its_terms() -> None:
    said = saying(TEXT)

    assert said.sentences == (
        "Backups are taken daily, and never leave the EU.",
        "Keys (e.g. for TLS 1.2) are rotated every 90 days; see below.",
    )
    assert [{"backup", "eu"} <= terms for terms in said.terms] == [True, False]


def test_clauses_quantities_and_deeds_are_told() -> None:
    said = saying(TEXT)

    assert sum(clause.denies for clause in said.clauses) == 1
    assert {(each.dimension, each.low) for each in said.quantities} >= {("every", 90.0), ("every", 1.0)}
    assert {"aspect:rotate", "aspect:back-up"} <= said.deeds


def test_a_text_that_was_not_kept_is_read() -> None:
    told = kept({"Kept.": packed("Something else.")})

    assert told("Kept.").sentences == ("Something else.",)
    assert told(TEXT) == saying(TEXT)


def test_passages_are_read_once_for_all_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passage = Passage("s.md", (1, 1), TEXT, "Product")
    Matcher(tmp_path / "index").refresh([passage])

    def again(text: str) -> sayings.Saying:
        raise AssertionError(f"{text!r} is read again")

    monkeypatch.setattr(sayings, "saying", again)
    Matcher(tmp_path / "index").refresh([passage])
