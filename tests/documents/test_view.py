"""What documents look like, format by format."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.datavalidation import DataValidation

from assistant import documents
from assistant.correcting import corrected
from assistant.documents.excel import view as excel_view
from assistant.documents.word import view as word_view
from assistant.filling import entries
from assistant.layout import CellView, ColumnRole, IsQuestion, Part, PartKind, Role, View
from assistant.questionnaire import FieldKind, Location
from tests.documents.excel.books import changed
from tests.documents.word.making import cell as word_cell
from tests.documents.word.making import document, heading, p, table


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shown(part: Part, name: str) -> CellView:
    return next(cell for cell in part.cells if str(cell.location).endswith(name))


@pytest.fixture
def form() -> Part:
    """A sheet with a merged title, widths, frozen rows, fills, a drop-down, a formula and a hidden column."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Form"
    sheet["A1"] = "Assessment"
    sheet.merge_cells("A1:C1")
    for column, name in zip("ABCD", ("No.", "Question", "Answer", "Score"), strict=True):
        sheet[f"{column}3"] = name
        sheet[f"{column}3"].font = Font(bold=True)
        sheet[f"{column}3"].fill = PatternFill("solid", fgColor="FFFFCC00")
    sheet["A4"], sheet["B4"], sheet["D4"] = 1, "Are disks encrypted?", "=1+1"
    sheet["C4"].fill = PatternFill("solid", fgColor=Color(theme=4, tint=0.5))
    sheet["B12"] = "Far below"
    sheet.column_dimensions["B"].width = 42
    sheet.column_dimensions["E"].hidden = True
    sheet["E4"] = "helper"
    sheet.freeze_panes = "A4"
    choices = DataValidation(type="list", formula1='"Yes,No"')
    choices.add("C4:C9")
    sheet.add_data_validation(choices)
    book.create_sheet("Lists").sheet_state = "hidden"
    seen = documents.view(saved(book))
    assert [(part.title, part.hidden) for part in seen.parts] == [("Form", False), ("Lists", True)]
    assert not seen.flow
    return seen.parts[0]


def test_a_sheet_shows_merged_cells_once_with_their_reach(form: Part) -> None:
    title = shown(form, "!A1")
    assert (title.text, title.colspan, title.rowspan) == ("Assessment", 3, 1)
    assert form.at(1, 3) is title
    assert {cell.column for cell in form.rows[1]} == {1, 4, 6}


def test_a_sheet_shows_widths_frozen_rows_and_the_names_of_its_columns(form: Part) -> None:
    assert form.widths[2] == pytest.approx(42, abs=1)
    assert (form.frozen, form.header, form.name(2)) == (3, 3, "Question")


def test_a_sheet_shows_fills_and_bold_text(form: Part) -> None:
    assert (shown(form, "!A3").fill, shown(form, "!A3").bold) == ("ffcc00", True)
    assert shown(form, "!C4").fill == "a7c0de", "a theme colour, made lighter"
    assert (shown(form, "!B4").fill, shown(form, "!B4").bold) == ("", False)


def test_cells_say_what_they_take_and_closed_ones_why_not(form: Part) -> None:
    assert shown(form, "!C4").fields[0].options == ("Yes", "No")
    assert shown(form, "!B4").fields[0].kind is FieldKind.TEXT
    assert (shown(form, "!D4").fields, shown(form, "!D4").reason) == ((), "the cell holds a formula")


def test_hidden_columns_are_left_out_and_blank_rows_between_are_few(form: Part) -> None:
    assert 5 not in {cell.column for cell in form.cells}
    assert list(form.rows) == [1, 2, 3, 4, 5, 6, 7, 12, 13]


def test_a_large_sheet_is_cut_with_a_word_about_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_view, "MAX_ROWS", 10)
    book = openpyxl.Workbook()
    for row in range(1, 31):
        book.worksheets[0].append([row, f"Is control {row} in place?"])
    part = documents.view(saved(book)).parts[0]
    assert len(part.rows) == 10
    assert part.rest == "21 further rows are not shown; what was found in them stays as it is."


def test_absurd_merges_cost_no_memory() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "Everything"
    sheet.merge_cells("A1:B2")
    whole = changed(saved(book), {"xl/worksheets/sheet1.xml": {"A1:B2": "A1:XFD1048576"}})
    part = documents.view(whole).parts[0]
    assert len(part.grid) <= excel_view.MAX_ROWS * excel_view.MAX_COLUMNS
    wide = document(table([word_cell("Wide", span=900_000_000), "Beyond"]))
    part = documents.view(wide).parts[0]
    assert (part.columns, [cell.text for cell in part.cells]) == (word_view.MAX_COLUMNS, ["Wide"])


def test_a_plain_table_is_one_sheet() -> None:
    seen = documents.view(b"No.,Question,Answer\n1,Are disks encrypted?,\n", "a.csv")
    assert [cell.text for cell in seen.parts[0].rows[2]] == ["1", "Are disks encrypted?", "", ""]


def test_a_word_document_is_read_from_top_to_bottom() -> None:
    seen = documents.view(
        document(heading("Access"), p("Please answer."), table(["Question", "Answer"], ["Is access logged?", ""]), p())
    )
    assert seen.flow
    assert [(part.key, part.kind, part.title) for part in seen.parts] == [
        ("text[0]", PartKind.TEXT, "Access"),
        ("body/tbl[0]", PartKind.TABLE, "Access"),
    ]
    assert [cell.bold for cell in seen.parts[0].cells] == [True, False]


def test_a_word_tables_merges_are_spans() -> None:
    rows = (
        [word_cell("Both", span=2)],
        [word_cell("Down", merge="restart"), "one"],
        [word_cell("", merge="continue"), "two"],
    )
    part = documents.view(document(table(*rows))).parts[0]
    assert [(c.text, c.rowspan, c.colspan) for c in part.cells] == [
        ("Both", 1, 2),
        ("Down", 2, 1),
        ("one", 1, 1),
        ("two", 1, 1),
    ]


def test_places_of_a_word_document_say_what_they_take() -> None:
    seen = documents.view(
        document(p("Do you encrypt disks? ☐ Yes ☐ No"), p("Who does?"), p("Name: ______"), table(["☐", "", "Why"]))
    )
    ticks, prose, blank = seen.parts[0].cells
    assert [label for label, _ in ticks.fields[0].marks] == ["Yes", "No"]
    assert (prose.fields[0].after, blank.fields[0].after) == (True, False)
    box, empty, _ = seen.parts[1].cells
    assert box.fields[0].marks == (("", box.location),)
    assert empty.fields[0].kind is FieldKind.TEXT


def test_a_table_in_a_table_is_a_part_of_its_own() -> None:
    inner = table(["Inside", ""])
    seen = documents.view(document(table(["Outside", word_cell(inner + "<w:p/>"), word_cell(p("Sites:") + inner)])))
    assert [part.key for part in seen.parts] == [
        "body/tbl[0]",
        *(f"body/tbl[0]/tr[0]/tc[{at}]/tbl[0]" for at in (1, 2)),
    ]
    assert shown(seen.parts[0], "tr[0]/tc[1]").fields[0].kind is FieldKind.TEXT
    assert shown(seen.parts[0], "tr[0]/tc[2]").reason == "the cell holds a table"


def test_a_long_document_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_view, "MAX_SHOWN", 3)
    seen = documents.view(document(*(p(f"Line {n}") for n in range(5)), table(["a", "b"], ["c", "d"])))
    assert [len(part.cells) for part in seen.parts] == [3, 0]
    assert seen.parts[0].rest == "2 further paragraphs are not shown."


def answered(file: bytes, seen: View, correction: ColumnRole | IsQuestion) -> list[tuple[str, list[str]]]:
    found = corrected(documents.inspect(file), seen, (correction,))
    return [(q.text, [f"{f.kind.value} {f.location}" for f in q.fields]) for q in found.questions]


def test_a_column_of_a_word_table_can_be_put_right() -> None:
    file = document(
        table(
            ["Ref", "Topic", "Question", "Answer", "Remarks"],
            ["1", "Disks", "Are disks encrypted?", "", ""],
            ["2", "Keys", "Are keys rotated every year?", "", ""],
        )
    )
    found = answered(file, documents.view(file), ColumnRole("body/tbl[0]", 5, Role.TEXT, 2))
    assert [places for _, places in found] == [["text body/tbl[0]/tr[1]/tc[4]"], ["text body/tbl[0]/tr[2]/tc[4]"]]


def test_a_paragraph_can_be_made_a_question_answered_behind_it() -> None:
    file = document(p("1. Do you encrypt disks?"), p(), p("Tell us about your staff."), p("Thank you."))
    place = Location("body/p[2]")
    found = answered(file, documents.view(file), IsQuestion(place, "Tell us about your staff.", yes=True))
    assert ("Tell us about your staff.", ["text body/p[2]"]) in found


@pytest.mark.parametrize(
    ("file", "corrections", "choice", "places"),
    [
        (
            b"Topic,Yes,No,Why\nDisk encryption,,,\n",
            (ColumnRole("table", 1, Role.QUESTION, 2), ColumnRole("table", 2, Role.MARK, 2, option="Yes"),
             ColumnRole("table", 3, Role.MARK, 2, option="No"), ColumnRole("table", 4, Role.TEXT, 2)),
            "No",
            {"table!B2", "table!C2", "table!D2"},
        ),
        (
            document(table(["Topic", "Yes", "No", "Why"], ["Disk encryption", "☐", "☐", ""])),
            (ColumnRole("body/tbl[0]", 1, Role.QUESTION, 2), ColumnRole("body/tbl[0]", 2, Role.MARK, 2),
             ColumnRole("body/tbl[0]", 3, Role.MARK, 2), ColumnRole("body/tbl[0]", 4, Role.TEXT, 2)),
            "No",
            {"body/tbl[0]/tr[1]/tc[1]", "body/tbl[0]/tr[1]/tc[2]", "body/tbl[0]/tr[1]/tc[3]"},
        ),
        (
            document(p("Disk encryption."), p("Thank you.")),
            (IsQuestion(Location("body/p[0]"), "Disk encryption.", yes=True),),
            None,
            {"body/p[0]"},
        ),
    ],
    ids=["plain table", "Word table", "Word paragraph"],
)  # fmt: skip
def test_answers_are_written_to_the_places_that_people_named(
    file: bytes, corrections: tuple[ColumnRole | IsQuestion, ...], choice: str | None, places: set[str]
) -> None:
    name = "a.csv" if file.startswith(b"Topic") else "a.docx"
    found = corrected(documents.inspect(file, name), documents.view(file, name), corrections)
    (question,) = [question for question in found.questions if question.text.startswith("Disk")]
    assert {str(place) for field in question.fields for place in field.places()} == places
    completed = documents.fill(file, entries(question, choice, "With AES-256."), name)
    assert documents.verify(file, completed, [Location(place) for place in places], name) == []
    assert completed != file
