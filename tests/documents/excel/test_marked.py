"""Columns to mark, told by what the form shows and not by their names."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl
import pytest

from assistant.documents import inspect
from tests.documents.excel.books import Page, asked, book

ASK = (
    "Rule sets of the firewall are reviewed at least every six months.",
    "Which keys protect the backups that are kept at the second site?",
    "Accounts of people who left are removed within a single day.",
    "How are new employees checked before they get any access?",
)
HEADS = [("Ref", "Requirement", "Responsibility", None, None, "Remarks"), (None, None, "Provider", "Client", "Both")]
MERGES = ["A1:A2", "B1:B2", "C1:E1", "F1:F2"]
ROWS: list[Sequence[str]] = [(f"R{i}", text) for i, text in enumerate(ASK, 1)]
MARKS = "mark Provider=C{0} Client=D{0} Both=E{0}"


def wide(file: bytes, **widths: float) -> bytes:
    """Return the workbook with columns of the `widths`."""
    workbook = openpyxl.load_workbook(io.BytesIO(file))
    for letter, width in widths.items():
        workbook.worksheets[0].column_dimensions[letter].width = width
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_narrow_columns_under_one_heading_are_to_be_marked_whatever_they_are_called() -> None:
    file = wide(book(Page(rows=[*HEADS, *ROWS], merges=MERGES)), B=60, C=9, D=9, E=9, F=40)
    assert asked(file)[0] == ("B3", MARKS.format(3), "text F3")
    assert len(asked(file)) == 4


def test_names_of_columns_refine_a_wide_heading_though_the_others_are_not_merged_down() -> None:
    file = wide(book(Page(rows=[*HEADS, *ROWS], merges=["C1:E1"])), B=60, C=9, D=9, E=9, F=40)
    assert asked(file)[0] == ("B3", MARKS.format(3), "text F3")


def test_columns_under_one_heading_are_to_be_marked_where_an_example_is() -> None:
    example = ("e.g.", "Example: the firewall is patched every month.", None, "x", None, "We patch it.")
    file = book(Page(rows=[*HEADS, example, *ROWS], merges=MERGES))
    assert asked(file)[0] == ("B4", MARKS.format(4), "text F4")


@pytest.mark.parametrize(
    "told",
    ["Put an X in one of the columns.", "Bitte mit X ankreuzen.", "Zaznacz ✓ w jednej kolumnie.", "該当欄に ○ を記入"],
)
def test_columns_under_one_heading_are_to_be_marked_where_the_form_names_the_sign(told: str) -> None:
    merges = ["A2:A3", "B2:B3", "C2:E2", "F2:F3"]
    assert asked(book(Page(rows=[(told,), *HEADS, *ROWS], merges=merges)))[0] == ("B4", MARKS.format(4), "text F4")


def test_columns_without_a_common_heading_are_to_be_marked_where_an_example_is() -> None:
    head = ("Ref", "Requirement", "Provider", "Client", "Both", "Remarks")
    example = ("e.g.", "Example: the firewall is patched every month.", None, "✓", None, "We patch it.")
    assert asked(book(Page(rows=[head, example, *ROWS])))[0] == ("B3", MARKS.format(3), "text F3")


def test_narrow_columns_without_a_common_heading_are_to_be_marked_where_the_form_names_the_sign() -> None:
    head = ("Ref", "Requirement", "Provider", "Client", "Both", "Remarks")
    rows: list[Sequence[str]] = [("Put an X in one column.",), head, *ROWS]
    assert asked(wide(book(Page(rows=rows)), C=9, D=9, E=9))[0] == ("B3", MARKS.format(3), "text F3")
    assert asked(book(Page(rows=rows)))[0] == ("B3", "text F3")


def test_values_of_a_contact_under_one_heading_are_no_options_and_names_of_columns_no_labels() -> None:
    head = [("Ref", "Requirement", "Response", "Contact", None, None), (None, None, None, "Name", "Phone", "Mail")]
    file = wide(book(Page(rows=[*head, *ROWS], merges=[*MERGES[:2], "C1:C2", "D1:F1"])), D=9, E=9, F=9)
    assert asked(file)[0] == ("B3", "text C3")
    assert not any(question.label for question in inspect(file).questions)


def test_what_the_form_marks_in_every_row_is_said_not_asked() -> None:
    head = ("Ref", "Requirement", "Cloud", "Hosted", "Remarks")
    rows = [(f"R{i}", text, "x", "x" if i % 2 else None) for i, text in enumerate(ASK, 1)]
    assert asked(book(Page(rows=[head, *rows])))[0] == ("B2", "text E2")


def test_parts_of_an_answer_under_one_heading_are_no_options() -> None:
    head = [("Ref", "Requirement", "Your response", None, None), (None, None, "Answer", "Comments", "Evidence")]
    file = wide(book(Page(rows=[*head, *ROWS], merges=["A1:A2", "B1:B2", "C1:E1"])), C=10, D=10, E=10)
    assert all("mark" not in " ".join(told) for told in asked(file))


def test_columns_that_the_auditor_marks_are_not_ours() -> None:
    head = [("Ref", "Requirement", "Response", "Auditor", None, None), (None, None, None, "Fine", "Weak", "Open")]
    file = wide(book(Page(rows=[*head, *ROWS], merges=["A1:A2", "B1:B2", "C1:C2", "D1:F1"])), D=8, E=8, F=8)
    assert asked(file)[0] == ("B3", "text C3")
    words = [("Ref", "Requirement", "Response", "For the auditor", None), (None, None, None, "Pass", "Fail")]
    assert asked(book(Page(rows=[*words, *ROWS], merges=[*MERGES[:2], "C1:C2", "D1:E1"])))[0] == ("B3", "text C3")


def test_a_heading_over_columns_to_mark_is_no_section() -> None:
    file = wide(book(Page(rows=[*HEADS, *ROWS], merges=MERGES)), C=9, D=9, E=9)
    assert inspect(file).questions[0].section == ""


def test_a_legend_of_codes_names_no_columns() -> None:
    legend = [("Codes",), ("F", None, "Fully met"), ("N", None, "Not met"), ()]
    hint = ("Enter one code for each requirement and explain every N with the plans that you have to change it.",)
    rows = [*legend, hint, ("No", "Requirement", "Code", "Comments"), *ROWS]
    found = asked(book(Page(rows=rows, lists={"C7:C10": "$A$2:$A$3"})))
    assert found[0] == ("B7", "choice C7 F|N", "text D7")
    assert len(found) == 4


def test_boxes_to_cross_are_options_whatever_their_columns_are_called() -> None:
    heads = [
        ("No.", "ISO requirement", "Response (check one)", None, None, "Explanation"),
        (None, None, "In place", "In place with workaround", "Not tested", None),
    ]
    boxes = ("☐", "☐", "☐")
    file = book(
        Page(
            rows=[*heads, ("Section 1: Networks",), *((f"1.{i}", text, *boxes) for i, text in enumerate(ASK, 1))],
            merges=["A1:A2", "B1:B2", "C1:E1", "F1:F2", "A3:F3"],
        )
    )
    marks = "mark In place=C4 In place with workaround=D4 Not tested=E4"
    assert asked(file)[0] == ("B4", marks, "text F4")
    assert len(asked(file)) == 4


def test_one_question_among_those_to_tick_may_have_a_drop_down_over_all_columns() -> None:
    rows = [("No.", "Question", "Yes", "No", "Details"), *((f"{i}", text) for i, text in enumerate(ASK, 1))]
    file = book(Page(rows=rows, merges=["C3:E3"], lists={"C3": '"Daily,Weekly"'}))
    assert asked(file)[1:3] == [("B3", "choice C3 Daily|Weekly"), ("B4", "mark Yes=C4 No=D4", "text E4")]
