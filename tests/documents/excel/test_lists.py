"""The values a drop-down allows, however the form stores its list."""

from __future__ import annotations

import pytest

from assistant.documents import inspect
from tests.documents.excel.books import Page, book, changed, packed, parts

ROWS = (("ID", "Question", "Answer"), ("1", "Do you encrypt data at rest?"), ("2", "Do you test backups every year?"))
LISTS = Page("Lists of values", [("Yes",), ("No",), (None,), ("Not applicable",)], hidden=True)
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"


def options(file: bytes) -> tuple[str, ...]:
    field = inspect(file).questions[0].choice_field
    assert field is not None
    return field.options


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        ('"Yes,No,N/A"', ("Yes", "No", "N/A")),
        ('" Yes , No , "', ("Yes", "No")),
        ('"Say ""yes"",No"', ('Say "yes"', "No")),
        ("$E$1:$E$2", ("Ja", "Nein")),
        ("E1:E2", ("Ja", "Nein")),
        ("'Lists of values'!$A$1:$A$4", ("Yes", "No", "Not applicable")),
        ("'lists of VALUES'!$A:$A", ("Yes", "No", "Not applicable")),
        ("Answers", ("Yes", "No", "Not applicable")),
        ("answers", ("Yes", "No", "Not applicable")),
        ("Alias", ("Yes", "No", "Not applicable")),
        ('INDIRECT("Answers")', ("Yes", "No", "Not applicable")),
        ("OFFSET('Lists of values'!$A$1,0,0,COUNTA('Lists of values'!$A:$A),1)", ("Yes", "No")),
        ("INDIRECT($A2)", ()),
        ("NoSuchName", ()),
        ("Nowhere!$A$1:$A$2", ()),
    ],
)
def test_lists_are_resolved_wherever_they_stand(formula: str, values: tuple[str, ...]) -> None:
    rows = [(*ROWS[0], None, "Ja"), (*ROWS[1], None, None, "Nein"), ROWS[2]]
    rows[1] = (*ROWS[1], None, None, "Nein")
    file = book(
        Page(rows=rows, lists={"C2:C3": formula}, hidden_columns="E"), LISTS,
        names={"Answers": "'Lists of values'!$A$1:$A$4", "Alias": "Answers"},
    )  # fmt: skip
    assert options(file) == values


def test_a_name_that_refers_to_itself_ends() -> None:
    file = book(Page(rows=ROWS, lists={"C2:C3": "Loop"}), names={"Loop": "Loop"})
    assert options(file) == ()


def test_lists_in_the_extension_of_excel_2010_are_read() -> None:
    rule = (
        f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{X14}">'
        '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>\'Lists of values\'!$A$1:$A$2</xm:f>'
        "</x14:formula1><xm:sqref>C2 C3</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
        "</worksheet>"
    )
    file = changed(book(Page(rows=ROWS), LISTS), {"xl/worksheets/sheet1.xml": {"</worksheet>": rule}})
    assert options(file) == ("Yes", "No")


def test_a_long_list_that_excel_quotes_is_read_with_its_commas() -> None:
    rule = (
        '<dataValidations><dataValidation type="list" sqref="C2:C3">'
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:x12ac="http://schemas.microsoft.com/office/spreadsheetml/2011/1/ac"><mc:Choice Requires="x12ac">'
        '<x12ac:list>Yes,"No, never",N/A</x12ac:list></mc:Choice><mc:Fallback><formula1>"Yes,No, never,N/A"</formula1>'
        "</mc:Fallback></mc:AlternateContent></dataValidation></dataValidations></worksheet>"
    )
    file = book(Page(rows=ROWS))
    contents = parts(file)
    sheet = contents["xl/worksheets/sheet1.xml"]
    contents["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", b"</sheetData>" + rule.encode(), 1).replace(
        b"</worksheet><", b"<", 1
    )
    assert options(packed(contents)) == ("Yes", "No, never", "N/A")


def test_a_table_column_gives_its_values() -> None:
    file = book(
        Page(rows=ROWS, lists={"C2:C3": 'INDIRECT("Choices[Value]")'}), Page("Choices", [("Value",), ("Yes",), ("No",)])
    )
    contents = parts(file)
    contents["xl/tables/table1.xml"] = (
        b'<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="Choices" '
        b'displayName="Choices" ref="A1:A3"><tableColumns count="1">'
        b'<tableColumn id="1" name="Value"/></tableColumns></table>'
    )
    contents["xl/worksheets/_rels/sheet2.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        b'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table" '
        b'Target="../tables/table1.xml"/>'
        b"</Relationships>"
    )
    assert options(packed(contents)) == ("Yes", "No")


def test_a_range_of_whole_numbers_is_a_scale() -> None:
    rule = (
        '</sheetData><dataValidations count="1"><dataValidation type="whole" sqref="C2:C3">'
        "<formula1>0</formula1><formula2>5</formula2></dataValidation></dataValidations>"
    )
    file = changed(book(Page(rows=ROWS)), {"xl/worksheets/sheet1.xml": {"</sheetData>": rule}})
    assert options(file) == ("0", "1", "2", "3", "4", "5")


def test_the_length_that_a_cell_allows_is_told() -> None:
    rule = (
        '</sheetData><dataValidations count="1"><dataValidation type="textLength" operator="lessThan" sqref="C2:C3">'
        "<formula1>501</formula1></dataValidation></dataValidations>"
    )
    file = changed(book(Page(rows=ROWS)), {"xl/worksheets/sheet1.xml": {"</sheetData>": rule}})
    assert inspect(file).questions[0].fields[0].max_length == 500


def test_allowed_values_differ_from_row_to_row() -> None:
    file = book(Page(rows=ROWS, lists={"C2": '"Yes,No"', "C3": '"Daily,Weekly,Never"'}))
    assert [question.fields[0].options for question in inspect(file).questions] == [
        ("Yes", "No"), ("Daily", "Weekly", "Never"),
    ]  # fmt: skip


def test_allowed_values_printed_in_the_header_are_read() -> None:
    file = book(Page(rows=[("ID", "Requirement", "Compliant? (Yes / No / N/A)", "Remarks"), *ROWS[1:]]))
    assert options(file) == ("Yes", "No", "N/A")
