"""The library as CSV: what goes out comes back, and a fault names its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.errors import StatementFormatError
from assistant.statement import Audience, LibraryEntry
from assistant.statements import dump_library_table, load_library_table

ENTRY = LibraryEntry(
    question="Are keys rotated?",
    answer='Every "90" days;\nby us, not by you.',
    product="Parcel",
    deployments=frozenset({"cloud", "on-premise"}),
    also_asked=("How often, though?", "Rotation?"),
    choice="Yes",
    owner="security@example.com",
    approved_by="Ada",
    approved_on=date(2026, 1, 2),
    review_by=date(2027, 1, 2),
    evidence=("security.md:3-4 0123456789abcdef",),
    tags=("keys", "ölçü"),
    audience=Audience.NDA,
)


@pytest.mark.parametrize(
    "entry",
    [
        ENTRY,
        LibraryEntry("A dog?", "No."),
        LibraryEntry("A dog?", "", choice="No"),
        LibraryEntry("=1+1?", "-no"),
        LibraryEntry("A dog?", "'=quoted"),
        LibraryEntry("A dog?", "@all + 1"),
        replace(ENTRY, answer="x" * 200_000),
    ],
)
def test_an_entry_comes_back_as_it_went(entry: LibraryEntry) -> None:
    (back,) = load_library_table(dump_library_table([entry]), "library.csv")
    assert replace(back, line=0) == entry


def test_no_cell_is_a_formula() -> None:
    written = dump_library_table([LibraryEntry("=cmd()", "+1", owner="@x", choice="-1")])
    assert "'=cmd()" in written
    assert not any(cell.startswith(tuple("=+-@")) for cell in written.splitlines()[1].split(","))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_stand_in_any_order_and_behind_any_delimiter(delimiter: str) -> None:
    text = f"Answer{delimiter}Review by{delimiter}QUESTION\r\nNone.{delimiter}2027-01-02{delimiter}A dog?\r\n\r\n"
    (entry,) = load_library_table(text, "library.csv")
    assert replace(entry, line=0) == LibraryEntry("A dog?", "None.", review_by=date(2027, 1, 2))


def test_an_entry_knows_its_line_after_cells_of_several_lines() -> None:
    text = 'question,answer\r\nOne?,"a\nb\nc"\r\nTwo?,d\r\n'
    assert [entry.line for entry in load_library_table(text, "library.csv")] == [2, 5]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "library.csv:1: The first line must name"),
        ("question\r\nA dog?\r\n", "library.csv:1: .*“answer” is missing"),
        ("question,answer,colour\r\n", "library.csv:1: The column “colour” is not known"),
        ("question,answer,answer\r\n", "library.csv:1: A column stands twice"),
        ("question,answer\r\n,No.\r\n", "library.csv:2: The row has no question"),
        ("question,answer\r\nA dog?,\r\n", "library.csv:2: .*neither"),
        ("question,answer\r\nA dog?,No.,more\r\n", "library.csv:2: The row has 3 cells"),
        ("question,answer,review_by\r\nA?,No.,x\r\nB?,No.,31.3.2027\r\n", "library.csv:2: .*is no day"),
        ("question,answer,audience\r\nA?,No.,all\r\n", "library.csv:2: .*audience"),
        ('question,answer\r\nA?,"No\r\n', "library.csv:2: .*no CSV"),
    ],
)
def test_a_fault_names_file_and_line(text: str, told: str) -> None:
    with pytest.raises(StatementFormatError, match=told):
        load_library_table(text, "library.csv")
