"""What is written into a workbook, read back with openpyxl as a second opinion, and what is refused."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest

from assistant.documents import fill, inspect, verify
from assistant.errors import NotWritableError
from assistant.filling import Entry
from assistant.questionnaire import AnswerField, FieldKind, Location
from tests.documents.excel.books import Page, book, changed, computed, packed, parts

ROWS = [
    ("ID", "Question", "Answer", "Comments"),
    ("1", "Do you encrypt data at rest?"),
    ("2", "Do you test backups every year?"),
]


def text(cell: str, value: str, sheet: str = "Questions") -> Entry:
    return Entry(AnswerField(FieldKind.TEXT, Location(f"{sheet}!{cell}")), value)


def cell(file: bytes, name: str, sheet: str = "Questions") -> Any:
    return openpyxl.load_workbook(io.BytesIO(file))[sheet][name]


def differing(before: bytes, after: bytes) -> set[str]:
    old, new = parts(before), parts(after)
    assert old.keys() == new.keys()
    return {name for name in old if old[name] != new[name]}


@pytest.mark.parametrize(
    "said",
    [
        "=1+1",
        "+1",
        "-x",
        "@SUM(A1)",
        "#N/A",
        "a < b & \"c\" > 'd'",
        "  led by spaces",
        "😀 _x0041_ _x000D_",
        "1",
        "TRUE",
    ],
)
def test_every_text_stays_the_text_it_is(said: str) -> None:
    completed = fill(book(Page(rows=ROWS)), [text("D2", said)])
    written = cell(completed, "D2")
    assert written.data_type in ("s", "inlineStr")
    assert written.value.replace("_x005F_", "_") == said.strip()


def test_a_text_that_looks_like_an_escape_reads_back_as_it_is() -> None:
    rows = [*ROWS[:2], ("2", "Do you test backups?", "", "_x0041_ and _x005F_x0041_")]
    completed = fill(book(Page(rows=rows)), [text("D2", "_x0041_")])
    assert [question.fields[-1].value for question in inspect(completed).questions] == ["_x0041_", "A and _x0041_"]


def test_only_the_sheet_changes() -> None:
    file = book(Page(rows=ROWS))
    assert differing(file, fill(file, [text("D2", "Yes, AES-256.")])) == {"xl/worksheets/sheet1.xml"}


SETTINGS = '<calcPr calcId="124519" fullCalcOnLoad="1"/>'


@pytest.mark.parametrize(
    "settings", ['<calcPr calcId="124519"/>', '<calcPr calcId="1" fullCalcOnLoad="0"></calcPr>', ""]
)
def test_a_workbook_with_formulas_is_told_to_calculate_when_it_opens(settings: str) -> None:
    file = changed(book(Page(rows=[*ROWS, ("3", "=A2", "", "")])), {"xl/workbook.xml": {SETTINGS: settings}})
    completed = fill(file, [text("D2", "Yes")])
    assert differing(file, completed) == {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
    workbook = openpyxl.load_workbook(io.BytesIO(completed))
    assert workbook.calculation.fullCalcOnLoad


def test_a_workbook_without_formulas_keeps_its_calculation_settings() -> None:
    file = changed(book(Page(rows=ROWS)), {"xl/workbook.xml": {SETTINGS: '<calcPr calcId="124519"/>'}})
    assert differing(file, fill(file, [text("D2", "Yes")])) == {"xl/worksheets/sheet1.xml"}


@pytest.mark.parametrize(
    ("width", "height", "wrapped"),
    [("30", ' ht="60"', True), ("30", ' ht="30"', False), ("30", "", False), ("400", ' ht="60"', False)],
)
def test_a_long_text_breaks_into_lines_where_the_row_has_room_for_them(width: str, height: str, wrapped: bool) -> None:
    columns = f'<cols><col min="4" max="4" width="{width}" customWidth="1"/></cols>'
    replacements = {"<sheetData>": f"{columns}<sheetData>", '<row r="2"': f'<row r="2"{height}'}
    file = changed(book(Page(rows=ROWS)), {"xl/worksheets/sheet1.xml": replacements})
    completed = fill(file, [text("D2", "Data is encrypted with AES-256, keys are rotated every 90 days.")])
    alignment = cell(completed, "D2").alignment
    assert (bool(alignment.wrap_text), alignment.vertical) == (wrapped, None)


def test_a_line_break_gets_a_format_that_breaks_lines_and_keeps_the_rest() -> None:
    file = book(Page(rows=[*ROWS[:2], ("2", "Do you test backups?", "", "old")], bold=["D3"], filled=["D3"]))
    completed = fill(file, [text("D3", "first\nsecond")])
    written = cell(completed, "D3")
    assert written.value == "first\nsecond"
    assert written.alignment.wrap_text
    assert written.alignment.vertical == "top"
    assert written.font.bold
    assert written.fill.fgColor.rgb == "FFDDDDDD"
    assert differing(file, completed) == {"xl/worksheets/sheet1.xml", "xl/styles.xml"}


def test_cells_and_rows_that_are_missing_are_made_in_their_order() -> None:
    file = book(Page(rows=[("A",), (), (), ("B", None, None, "D")]))
    completed = fill(
        file, [text("C2", "two"), text("B4", "four"), text("E4", "five"), text("A9", "nine"), text("B1", "one")]
    )
    sheet = openpyxl.load_workbook(io.BytesIO(completed))["Questions"]
    assert [sheet[name].value for name in ("A1", "B1", "C2", "A4", "B4", "D4", "E4", "A9")] == [
        "A", "one", "two", "B", "four", "D", "five", "nine",
    ]  # fmt: skip


def test_a_sheet_without_any_cell_takes_answers() -> None:
    file = book(Page(rows=[]))
    assert b"<sheetData" in parts(file)["xl/worksheets/sheet1.xml"]
    assert cell(fill(file, [text("B2", "here")]), "B2").value == "here"


def test_a_missing_cell_takes_the_format_of_its_column() -> None:
    file = changed(
        book(Page(rows=ROWS, bold=["D1"])),
        {
            "xl/worksheets/sheet1.xml": {
                "<sheetData>": '<cols><col min="4" max="4" width="30" style="1"/></cols><sheetData>'
            }
        },
    )
    assert cell(fill(file, [text("D2", "bold")]), "D2").font.bold


@pytest.mark.parametrize("prefix", ["x", "ss"])
def test_prefixed_elements_are_written_with_their_prefix(prefix: str) -> None:
    file = book(Page(rows=ROWS))
    contents = parts(file)["xl/worksheets/sheet1.xml"].decode()
    prefixed = re.sub(r"<(/?)(\w)", rf"<\1{prefix}:\2", contents).replace("xmlns=", f"xmlns:{prefix}=")
    completed = fill(
        changed(file, {"xl/worksheets/sheet1.xml": {contents: prefixed}}), [text("D2", "Yes"), text("D9", "No")]
    )
    assert cell(completed, "D2").value == "Yes"
    assert cell(completed, "D9").value == "No"


def test_a_number_from_a_list_of_numbers_is_stored_as_a_number() -> None:
    file = book(Page(rows=ROWS, lists={"C2:C3": '"1,2,3"', "D2:D3": '"one,two"'}))
    entry = Entry(AnswerField(FieldKind.CHOICE, Location("Questions!C2"), ("1", "2", "3")), "2")
    written = cell(fill(file, [entry]), "C2")
    assert (written.value, written.data_type) == (2, "n")


def test_a_value_that_the_drop_down_does_not_allow_is_refused() -> None:
    file = book(Page(rows=ROWS, lists={"C2:C3": '"Yes,No"'}))
    with pytest.raises(NotWritableError, match=r"Questions!C2.*none of the values its drop-down allows"):
        fill(file, [text("C2", "Maybe")])


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("A2", "formula"),
        ("C3", "part of a merged one"),
        ("Z99", "locked"),
    ],
)
def test_computed_covered_and_locked_cells_are_never_written(name: str, reason: str) -> None:
    file = book(
        Page(rows=[("a", "b"), ("=1", "question", "x")], merges=["B3:C3"], protected=True, open=["B2:C3", "A2"])
    )
    with pytest.raises(NotWritableError, match=reason):
        fill(file, [text(name, "no")])


def test_a_place_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NotWritableError, match="no such cell"):
        fill(book(Page(rows=ROWS)), [text("D2", "x", sheet="Nowhere")])


def test_more_than_a_cell_holds_is_refused_and_what_it_holds_is_written() -> None:
    file = book(Page(rows=ROWS))
    assert len(cell(fill(file, [text("D2", "é" * 32_767)]), "D2").value) == 32_767
    with pytest.raises(NotWritableError, match="32,767"):
        fill(file, [text("D2", "é" * 32_768)])


def test_two_different_answers_for_one_cell_are_refused() -> None:
    with pytest.raises(NotWritableError, match="two different answers"):
        fill(book(Page(rows=ROWS)), [text("D2", "one"), text("D2", "two")])


MARKS = [("ID", "Question", "Yes", "No", "N/A"), ("1", "Is data encrypted?"), ("2", "Are backups tested?")]


def test_a_mark_is_an_x_and_leaves_the_other_options_alone() -> None:
    file = book(Page(rows=MARKS))
    field = inspect(file).questions[0].fields[0]
    completed = fill(file, [Entry(field, "No")])
    assert [cell(completed, name).value for name in ("C2", "D2", "E2")] == [None, "x", None]


def test_a_mark_is_made_in_the_style_of_the_form() -> None:
    file = book(Page(rows=[*MARKS, ("3", "Is staff trained?", "✓")]))
    field = inspect(file).questions[0].fields[0]
    assert cell(fill(file, [Entry(field, "Yes")]), "C2").value == "✓"


def test_a_box_is_crossed_and_the_one_crossed_before_is_cleared() -> None:
    file = book(
        Page(rows=[MARKS[0], ("1", "Is data encrypted?", "☒", "☐", "☐"), ("2", "Are backups tested?", "☐", "☐", "☐")])
    )
    field = inspect(file).questions[0].fields[0]
    assert field.value == "Yes"
    completed = fill(file, [Entry(field, "No")])
    assert [cell(completed, name).value for name in ("C2", "D2", "E2")] == ["☐", "☒", "☐"]


def test_boxes_printed_in_one_cell_are_crossed_there() -> None:
    rows = [
        ("ID", "Question", "Answer", "Notes"),
        *((f"{i}", f"Is measure {i} in place?", "☐ Yes  ☐ No") for i in (1, 2, 3)),
    ]
    file = book(Page(rows=rows))
    field = inspect(file).questions[1].fields[0]
    assert (field.kind, field.allowed(), field.value) == (FieldKind.MARK, ("Yes", "No"), None)
    completed = fill(file, [Entry(field, "No")])
    assert cell(completed, "C3").value == "☐ Yes  ☒ No"
    again = inspect(completed).questions[1].fields[0]
    assert again.value == "No"
    assert cell(fill(completed, [Entry(again, "Yes")]), "C3").value == "☒ Yes  ☐ No"


def test_alternatives_printed_in_the_cell_are_replaced_by_one() -> None:
    rows = [
        ("ID", "Question", "Answer", "Notes"),
        *((f"{i}", f"Is measure {i} in place?", "Yes / No / N/A") for i in (1, 2, 3)),
    ]
    file = book(Page(rows=rows))
    field = inspect(file).questions[0].fields[0]
    assert (field.kind, field.options, field.value) == (FieldKind.CHOICE, ("Yes", "No", "N/A"), None)
    assert cell(fill(file, [Entry(field, "N/A")]), "C2").value == "N/A"


def test_utf_16_parts_with_comments_and_cdata_are_completed_too() -> None:
    file = book(Page(rows=ROWS))
    contents = parts(file)
    sheet = contents["xl/worksheets/sheet1.xml"].decode()
    odd = sheet.replace("<sheetData>", "<!-- made by hand --><sheetData>")
    contents["xl/worksheets/sheet1.xml"] = ('<?xml version="1.0" encoding="UTF-16"?>' + odd).encode("utf-16")
    completed = fill(packed(contents), [text("D2", "Yes")])
    assert cell(completed, "D2").value == "Yes"


def test_macros_and_unknown_parts_are_carried_over_byte_for_byte() -> None:
    contents = parts(book(Page(rows=ROWS)))
    contents["[Content_Types].xml"] = contents["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    contents["xl/vbaProject.bin"] = bytes(range(256)) * 20
    contents["custom/ünknown.dat"] = b"anything"
    file = packed(contents)
    assert inspect(file).format == "xlsm"
    assert differing(file, fill(file, [text("D2", "Yes")])) == {"xl/worksheets/sheet1.xml"}


def test_what_was_written_is_no_difference_and_anything_else_is() -> None:
    file = book(Page(rows=ROWS, bold=["A1"]))
    completed = fill(file, [text("D2", "Yes\nand more")])
    assert verify(file, completed, [Location("Questions!D2")]) == []
    assert verify(file, completed, []) == ["Questions!D2 changed, which is no place for an answer"]


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        ("xl/worksheets/sheet1.xml", ">ID<", ">Id<", "Questions!A1 changed"),
        ("xl/worksheets/sheet1.xml", "</sheetData>", '</sheetData><sheetProtection sheet="1"/>', "other than cells"),
        ("xl/worksheets/sheet1.xml", '<row r="3"', '<row r="3" hidden="1"', "row 3 changed its format"),
        ("xl/workbook.xml", 'name="Questions"', 'name="Answers"', "xl/workbook.xml: more than the calculation"),
        ("xl/styles.xml", "<cellXfs", '<cellXfs odd="1"', "xl/styles.xml: more than appended"),
        ("docProps/core.xml", "openpyxl", "somebody", "the part docProps/core.xml changed"),
    ],
)
def test_every_other_difference_is_told(part: str, old: str, new: str, said: str) -> None:
    file = book(Page(rows=ROWS))
    [difference] = verify(file, changed(file, {part: {old: new}}), [Location("Questions!D2")])
    assert said in difference


def test_parts_that_are_lost_or_added_are_told() -> None:
    file = book(Page(rows=ROWS))
    contents = parts(file)
    contents["xl/extra.xml"] = contents.pop("docProps/app.xml")
    assert verify(file, packed(contents), []) == [
        "the part docProps/app.xml is missing", "the part xl/extra.xml was added",
    ]  # fmt: skip


def test_a_formula_in_an_answer_cell_does_not_read_back() -> None:
    file = book(Page(rows=[*ROWS, ("3", "=A2", "", "")]))
    completed = computed(fill(file, [text("D2", "Yes")]), {"B4": "2"})
    assert verify(file, completed, [Location("Questions!D2")]) == [
        "Questions!B4 changed, which is no place for an answer"
    ]


def test_a_comment_within_a_cell_format_neither_hinders_writing_nor_counts_as_a_change() -> None:
    said = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" pivotButton="0" quotePrefix="0" xfId="0"'
    plain = book(Page(rows=ROWS))
    file = changed(
        plain, {"xl/styles.xml": {f'<cellXfs count="1">{said}/>': f'<cellXfs count="1">{said}><!-- x --></xf>'}}
    )
    entries = [text("D2", "One line.\nAnother line.")]
    completed = fill(file, entries)
    assert "xl/styles.xml" in differing(file, completed)
    assert cell(completed, "D2").alignment.wrap_text
    verify(file, completed, {entries[0].field.location})
