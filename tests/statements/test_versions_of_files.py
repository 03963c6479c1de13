"""What is kept of the knowledge's files, and what an earlier text of one said."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import statements
from assistant.errors import StatementFormatError

STATEMENT = "\ufeff---\r\nproduct: Parcel\r\n---\r\n\r\nDisks are encrypted.\r\n"


def test_every_character_of_statements_and_library_files_is_kept(tmp_path: Path) -> None:
    (tmp_path / "parcel.md").write_bytes(STATEMENT.encode())
    (tmp_path / "library.yaml").write_text("- {question: A dog?, answer: None.}\n", encoding="utf-8")
    (tmp_path / "profile.yaml").write_text("- {name: Name, value: Parcel}\n", encoding="utf-8")
    (tmp_path / "broken.md").write_bytes(b"---\nproduct: \xff\n---\n")
    assert statements.sources(tmp_path) == {
        "library.yaml": "- {question: A dog?, answer: None.}\n",
        "parcel.md": STATEMENT,
    }


def test_a_text_says_the_passages_it_would_have_at_its_place() -> None:
    (passage,) = statements.passages_of("parcel.md", STATEMENT)
    assert (passage.path, passage.text, passage.lines) == ("parcel.md", "Disks are encrypted.", (5, 5))
    (entry,) = statements.passages_of("library.yaml", "- {question: A dog?, answer: None.}\r\n")
    assert (entry.path, entry.question, entry.text) == ("library.yaml", "A dog?", "None.")


@pytest.mark.parametrize(("path", "text"), [("parcel.md", "no front matter"), ("library.yaml", "question: no list")])
def test_a_text_at_fault_is_told_with_its_line(path: str, text: str) -> None:
    with pytest.raises(StatementFormatError, match=rf"{path}:1"):
        statements.passages_of(path, text)


def test_a_statement_is_read_from_its_text() -> None:
    assert statements.statement("parcel.md", STATEMENT).product == "Parcel"
    with pytest.raises(StatementFormatError, match=r"parcel\.md:2"):
        statements.statement("parcel.md", "---\nreviewed: soon\n---\n")
