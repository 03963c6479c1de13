"""Labels with an open cell beside them, and the titles that are none."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.styles import Font

from assistant.documents import inspect
from tests.documents.excel.books import Page, Value, book


def labels(file: bytes) -> list[str]:
    """Return the texts of the label fields."""
    return [question.text for question in inspect(file).questions if question.label]


def form(title: str, *below: tuple[Value, ...]) -> list[tuple[Value, ...]]:
    """Return the rows of a form with its title, a label and some questions."""
    return [
        (title,), ("Supplier name",), *below,
        ("Question", "Answer"), ("Is customer data encrypted at rest?",), ("How often are keys rotated?",),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "title",
    ["Supplier security questionnaire", "Vendor security form"],
)
def test_a_title_that_names_a_form_is_no_label(title: str) -> None:
    assert labels(book(Page(rows=form(title)))) == ["Supplier name"]


@pytest.mark.parametrize("label", ["Contact for the form", "Company legal form", "Date of questionnaire"])
def test_a_label_may_end_in_the_name_of_the_form(label: str) -> None:
    assert label in labels(book(Page(rows=form("Welcome", (label,)))))


def test_a_bold_first_cell_above_plain_labels_is_the_title() -> None:
    assert labels(book(Page(rows=form("Supplier security"), bold=["A1"]))) == ["Supplier name"]


def test_a_larger_first_cell_above_bold_labels_is_the_title() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(book(Page(rows=form("Supplier security"), bold=["A1", "A2"]))))
    workbook["Questions"]["A1"].font = Font(bold=True, size=18)
    out = io.BytesIO()
    workbook.save(out)
    assert labels(out.getvalue()) == ["Supplier name"]


def test_a_first_label_that_looks_like_the_others_is_kept() -> None:
    assert labels(book(Page(rows=form("Supplier address"), bold=["A1", "A2"]))) == ["Supplier address", "Supplier name"]


def test_a_bold_first_label_with_a_colon_is_kept() -> None:
    assert labels(book(Page(rows=form("Supplier:"), bold=["A1"]))) == ["Supplier:", "Supplier name"]


def test_what_stands_under_a_name_for_guidance_anywhere_on_the_sheet_is_no_label() -> None:
    facts: list[tuple[Value, ...]] = [("Vendor name", None, "Legal name"), ("Contact email", None, "Email")]
    questions = [("Is customer data encrypted at rest?",), ("How often are keys rotated?",)]
    file = book(Page(rows=[*facts, ("Question", "Answer", "Guidance"), *questions]))
    assert labels(file) == ["Vendor name", "Contact email"]


def test_a_row_that_begins_with_a_number_asks_for_one_thing_but_where_the_next_has_its_own() -> None:
    rows: list[tuple[Value, ...]] = [("G-1", "Vendor name", None, "Legal name"), (1, "Country", None, 2, "City")]
    assert labels(book(Page(rows=[*rows, (3, "Website", None, 4, "Contact email")]))) == [
        "Vendor name", "Country", "Website", "Contact email",
    ]  # fmt: skip
