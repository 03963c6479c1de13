"""The forms of the demonstration's customers: small files of different layout, made here."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import groupby

import docx
import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

Asked = Sequence[tuple[str, str]]
_HEAD = PatternFill("solid", start_color="FF2F4B66")
_SECTION = PatternFill("solid", start_color="FFE3E9EF")
_WHITE = Font(bold=True, color="FFFFFFFF")


def workbook(title: str, asked: Asked) -> bytes:
    """Return a workbook with a title, section rows, numbers, a drop-down for the answer and a column for comments."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Questionnaire"
    sheet["A1"] = title
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"] = "Please choose an answer for every question and explain it in the column Comment."
    _header(sheet, 4, ("No.", "Question", "Answer", "Comment"))
    row = 5
    for number, (section, questions) in enumerate(_sections(asked), 1):
        sheet.cell(row, 1, f"{number}. {section}").font = Font(bold=True)
        for column in range(1, 5):
            sheet.cell(row, column).fill = _SECTION
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=4)
        row += 1
        for position, text in enumerate(questions, 1):
            sheet.cell(row, 1, f"{number}.{position}")
            sheet.cell(row, 2, text).alignment = Alignment(wrap_text=True, vertical="top")
            row += 1
    choices = DataValidation(type="list", formula1='"Yes,No,Partially,N/A"')
    choices.add(f"C5:C{row - 1}")
    sheet.add_data_validation(choices)
    for letter, width in (("A", 8), ("B", 60), ("C", 12), ("D", 60)):
        sheet.column_dimensions[letter].width = width
    return _saved(book)


def ticked(asked: Asked) -> bytes:
    """Return a workbook with a sheet for each section and a column to tick for each answer."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Instructions"
    book.worksheets[0]["A1"] = "Mark one column with x for each question. Add remarks where they help."
    for letter, (section, questions) in zip("ABCDEFGHIJKLM", _sections(asked), strict=False):
        sheet = book.create_sheet(section)
        _header(sheet, 1, ("ID", "Control question", "Yes", "No", "N/A", "Remarks"))
        for number, text in enumerate(questions, 1):
            sheet.append([f"{letter}{number:02}", text])
        for column, width in (("A", 8), ("B", 60), ("F", 50)):
            sheet.column_dimensions[column].width = width
    return _saved(book)


def bare(asked: Asked) -> bytes:
    """Return a workbook that says nothing about its columns: notes and requests mixed, so that somebody must look."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Sheet1"
    for number, (section, text) in enumerate(asked):
        sheet.cell(2 * number + 2, 2, section.lower())
        sheet.cell(2 * number + 2, 3, text.rstrip("?.") if number % 3 else text)
        sheet.cell(2 * number + 2, 5, "tbd" if number % 4 == 0 else None)
    return _saved(book)


def document(title: str, asked: Asked) -> bytes:
    """Return a Word document with a table of questions and responses for each section."""
    written = docx.Document()
    written.add_heading(title, 0)
    written.add_paragraph("Please answer in the column on the right.")
    for number, (section, questions) in enumerate(_sections(asked), 1):
        written.add_heading(f"{number} {section}", 1)
        table = written.add_table(rows=1, cols=3, style="Table Grid")
        for cell, name in zip(table.rows[0].cells, ("#", "Question", "Response"), strict=True):
            cell.text = name
        for position, text in enumerate(questions, 1):
            cells = table.add_row().cells
            cells[0].text, cells[1].text = f"{number}.{position}", text
    return _bytes(written)


def letter(title: str, asked: Asked) -> bytes:
    """Return a Word document of numbered paragraphs, each with a line for the answer below."""
    written = docx.Document()
    written.add_heading(title, 0)
    number = 0
    for section, questions in _sections(asked):
        written.add_heading(section, 1)
        for text in questions:
            number += 1
            written.add_paragraph(f"{number}. {text}")
            written.add_paragraph("Answer:")
    return _bytes(written)


def plain(asked: Asked) -> bytes:
    """Return a CSV file of questions with a column for the answer."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("ID", "Category", "Question", "Answer"))
    for number, (section, text) in enumerate(asked, 1):
        writer.writerow((f"Q{number}", section, text, ""))
    return out.getvalue().encode()


def _sections(asked: Asked) -> list[tuple[str, list[str]]]:
    return [(section, [text for _, text in group]) for section, group in groupby(asked, key=lambda pair: pair[0])]


def _header(sheet: Worksheet, row: int, names: Sequence[str]) -> None:
    for column, name in enumerate(names, 1):
        cell = sheet.cell(row, column, name)
        cell.font, cell.fill = _WHITE, _HEAD


def _saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _bytes(written: docx.document.Document) -> bytes:
    out = io.BytesIO()
    written.save(out)
    return out.getvalue()
