"""Plain tables: read like a sheet, completed without touching anything but the answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents import fill, inspect, verify
from assistant.errors import NotWritableError, UnreadableDocumentError
from assistant.filling import Entry, writable
from assistant.questionnaire import AnswerField, FieldKind, Location
from tests.documents.excel.books import told

ROWS = (
    "ID,Question,Answer,Comments",
    '1,"Do you encrypt data, at rest?",,',
    '2,"Do you say ""never"" to plain text?",,',
    "3,Are backups tested?",
)
FORM = "\r\n".join(ROWS).encode() + b"\r\n"


def text(cell: str, value: str) -> Entry:
    return Entry(AnswerField(FieldKind.TEXT, Location(f"table!{cell}")), value)


def test_a_plain_table_is_read_like_a_sheet() -> None:
    found = inspect(FORM, "form.csv")
    assert (found.format, [told(question) for question in found.questions]) == (
        "csv", [(f"B{row}", f"choice C{row}", f"text D{row}") for row in (2, 3, 4)],
    )  # fmt: skip
    assert found.questions[1].text == 'Do you say "never" to plain text?'
    assert "formula" in found.notices[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiter_and_encoding_are_told_and_kept(delimiter: str, encoding: str) -> None:
    rows = [("ID", "Question", "Answer"), ("1", "Wird täglich gesichert?", ""), ("2", "Gibt es Prüfungen?", "")]
    file = "\n".join(delimiter.join(row) for row in rows).encode(encoding)
    assert [question.text for question in inspect(file, "form.csv").questions] == [row[1] for row in rows[1:]]
    completed = fill(file, [text("C2", "Ja, täglich")], "form.csv").decode(encoding)
    quoted = '"Ja, täglich"' if delimiter == "," else "Ja, täglich"
    assert completed.split("\n")[1] == delimiter.join(["1", "Wird täglich gesichert?", quoted])
    assert completed.split("\n")[2] == delimiter.join(rows[2])


def test_a_tsv_file_is_divided_by_tabs() -> None:
    file = b"ID\tQuestion\tAnswer\n1\tIs it a, b; c or d?\t\n2\tAre backups tested?\t\n"
    found = inspect(file, "form.tsv")
    assert found.format == "tsv"
    assert [str(question.location) for question in found.questions] == ["table!B2", "table!B3"]


def test_rows_that_are_too_short_are_made_long_enough() -> None:
    completed = fill(FORM, [text("D4", "Yes"), text("F4", "more")], "form.csv")
    assert completed.splitlines()[3] == b"3,Are backups tested?,,Yes,,more"


def test_text_that_looks_like_a_formula_is_written_as_it_is() -> None:
    assert fill(FORM, [text("D2", "=1+1")], "form.csv").splitlines()[1].endswith(b",,=1+1")


def test_a_field_that_is_quoted_stays_quoted() -> None:
    completed = fill(FORM.replace(b"?,,", b'?",,').replace(b",,", b',"",""'), [text("C2", "Yes")], "form.csv")
    assert b',"Yes",""' in completed


def test_what_is_no_place_is_told_and_what_is_none_of_the_rows_is_refused() -> None:
    completed = fill(FORM, [text("D2", "Yes")], "form.csv")
    assert verify(FORM, completed, [], "form.csv") == ["table!D2 changed, which is no place for an answer"]
    assert verify(FORM, FORM + b"x,y\r\n", [], "form.csv") == ["the table has 5 rows, and had 4"]
    with pytest.raises(NotWritableError, match="no such row"):
        fill(FORM, [text("D99", "Yes")], "form.csv")


def test_what_the_encoding_cannot_hold_is_refused() -> None:
    with pytest.raises(NotWritableError, match="cp1252, has no “→”"):
        fill(FORM.replace(b"never", "nié".encode("cp1252")), [text("D2", "a → b")], "form.csv")


def test_a_table_needs_its_name_to_be_one() -> None:
    with pytest.raises(UnreadableDocumentError, match="neither"):
        inspect(FORM)
    with pytest.raises(UnreadableDocumentError, match="neither"):
        inspect(b"\x01\x00\x02" * 50, "form.csv")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), min_size=4, max_size=4))
def test_any_answers_read_back(values: list[str]) -> None:
    cells = ("C2", "D2", "D3", "D4")
    entries = [text(cell, writable(value)) for cell, value in zip(cells, values, strict=True) if writable(value)]
    completed = fill(FORM, entries, "form.csv")
    assert verify(FORM, completed, [entry.field.location for entry in entries], "form.csv") == []
