"""Codes are understood as the form explains them, before anything that is usual."""

from __future__ import annotations

import pytest

from assistant.documents import inspect
from assistant.filling import fit
from assistant.legends import legend
from assistant.questionnaire import AnswerField
from assistant.suggestion import Choice
from tests.documents.excel.books import Page, book
from tests.documents.word.making import document, p, table

CODES = {"S", "P", "N"}
ASKED = ("The system must log all access.", "The system shall encrypt all data.", "Describe the backups.")


@pytest.mark.parametrize(
    "rows",
    [
        [["S = Supported, P = Partially supported by a partner; N = Not supported"]],
        [["S: Supported", "P: Partially supported by a partner", "N: Not supported"]],
        [["(S) Supported (P) Partially supported by a partner (N) Not supported"]],
        [["S", "Supported"], ["P", "Partially supported by a partner"], ["N", "Not supported"]],
    ],
)
def test_a_legend_is_found_in_a_line_in_cells_and_in_a_table(rows: list[list[str]]) -> None:
    assert legend(rows, CODES) == {"S": "Supported", "P": "Partially supported by a partner", "N": "Not supported"}


def test_a_code_in_a_row_of_its_own_goes_before_a_title_that_names_the_letter() -> None:
    rows = [["Attachment S: Technical requirements"], ["S", "Met by settings at no cost"], ["N", "Not met"]]
    assert legend(rows, CODES) == {"S": "Met by settings at no cost", "N": "Not met"}


def test_codes_in_brackets_stand_behind_their_wording() -> None:
    said = "Say for each whether you comply fully (F), partially (P) or not (N)."
    assert legend([[said]], {"F", "P", "N"}) == {"F": "fully", "P": "partially", "N": "not"}


def test_what_is_explained_in_two_ways_is_not_explained() -> None:
    assert legend([["P = Partially"], ["P = Fully"], ["S = Supported"]], CODES) == {"S": "Supported"}


@pytest.mark.parametrize("text", ["Plan B: N/A", "SN = serial number", "see P. 4", "A&S: audit", "2 S - 3"])
def test_other_text_explains_nothing(text: str) -> None:
    assert legend([[text]], CODES) == {}


def choice(file: bytes) -> AnswerField:
    found = inspect(file).questions[0].choice_field
    assert found is not None
    assert AnswerField.from_json(found.as_json()) == found
    return found


def fitting(field: AnswerField) -> list[str | None]:
    return [fit(each, field.allowed(), field.meanings) for each in Choice]


def test_workbooks_say_on_another_sheet_what_their_codes_mean() -> None:
    rows = [("No.", "Requirement", "Response"), *((n, asked) for n, asked in enumerate(ASKED, 1))]
    page = Page(rows=rows, lists={"C2:C4": '"Y,P,N"'})
    assert fitting(choice(book(page))) == ["Y", "N", None, None]
    about = Page(
        title="Instructions", rows=[("How to answer",), ("Y", "Yes"), ("P", "Planned"), ("N", "Not applicable")]
    )
    assert fitting(choice(book(about, page))) == ["Y", None, None, "N"]


def test_documents_say_in_a_line_what_their_codes_mean() -> None:
    form = table(["Requirement", "Response (S / P / N)", "Comments"], *[[asked, "", ""] for asked in ASKED])
    assert fitting(choice(document(form))) == [None, None, None, None]
    line = p("Answer S = Supported, P = Partly supported, N = Not supported.")
    assert fitting(choice(document(line, form))) == ["S", "N", "P", None]
