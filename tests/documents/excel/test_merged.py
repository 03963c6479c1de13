"""Forms whose questions and answers are merged over several columns: insurers' proposals, SIG-like sheets."""

from __future__ import annotations

from assistant.documents import inspect
from tests.documents.excel.books import Page, asked, book

ASK = (
    "Do you encrypt customer data at rest?",
    "Do you review access rights every quarter?",
    "Is there a documented incident response plan?",
    "Are backups tested at least once a year?",
)


def test_answers_stand_behind_all_that_the_questions_reach_over() -> None:
    rows = [(str(number), text) for number, text in enumerate(ASK, 1)]
    merges = [f"{left}{row}:{right}{row}" for row in range(1, 5) for left, right in (("B", "F"), ("G", "J"))]
    file = book(Page(rows=rows, merges=merges, lists={"G1:G4": '"Yes,No"'}))
    assert asked(file) == [(f"B{row}", f"choice G{row} Yes|No") for row in range(1, 5)]


def test_sub_questions_stand_under_the_merged_cells_of_the_questions() -> None:
    file = book(
        Page(
            rows=[
                ("No.", "Question", "Detail", "Answer", "Comments"),
                ("A.1", ASK[0]),
                ("A.1.1", None, "Does that hold for backups?"),
                ("A.2", ASK[1]),
                ("A.2.1", None, "Who does it?"),
                ("A.3", ASK[2]),
            ],
            merges=["B2:C2", "B4:C4", "B6:C6"],
            lists={"D2:D6": '"Yes,No"'},
        )
    )
    assert [(place, choice) for place, choice, _ in asked(file)] == [
        ("B2", "choice D2 Yes|No"), ("C3", "choice D3 Yes|No"), ("B4", "choice D4 Yes|No"),
        ("C5", "choice D5 Yes|No"), ("B6", "choice D6 Yes|No"),
    ]  # fmt: skip
    assert [question.number for question in inspect(file).questions] == ["A.1", "A.1.1", "A.2", "A.2.1", "A.3"]


def test_what_stands_under_merged_questions_without_number_or_drop_down_asks_nothing() -> None:
    file = book(
        Page(
            rows=[
                ("No.", "Question", None, "Answer"),
                ("1", ASK[0]), (None, None, "in all regions"), ("2", ASK[1]), ("3", ASK[2]),
            ],
            merges=["B2:C2", "B4:C4", "B5:C5"],
            lists={"D2": '"Yes,No"', "D4:D5": '"Yes,No"'},
        )
    )  # fmt: skip
    assert [places[0] for places in asked(file)] == ["B2", "B4", "B5"]


def test_a_letter_in_the_column_of_the_questions_numbers_the_sub_question_beside_it() -> None:
    parts = [(None, "(a)", "With which key length?"), (None, "(b)", "Name of the product")]
    more = (*ASK[1:], "Do you train your staff every year?", "Is there a policy for the use of phones?")
    file = book(
        Page(
            rows=[("1", ASK[0]), *parts, *((str(number), text) for number, text in enumerate(more, 2))],
            merges=[*(f"B{row}:D{row}" for row in (1, *range(4, 9))), *(f"C{row}:D{row}" for row in (2, 3))],
            lists={"E1": '"Yes,No"', "E4:E8": '"Yes,No"'},
        )
    )
    assert [places[:2] for places in asked(file)][:4] == [
        ("B1", "choice E1 Yes|No"), ("C2", "text E2"), ("C3", "text E3"), ("B4", "choice E4 Yes|No"),
    ]  # fmt: skip
    assert [question.number for question in inspect(file).questions] == ["1", "(a)", "(b)", *"23456"]


def test_details_go_into_the_wide_cell_under_the_words_that_ask_for_them() -> None:
    file = book(
        Page(
            rows=[
                ("1", ASK[0]), (None, "If No, please state why:"), (None,), ("2", ASK[1]), ("3", ASK[2]),
                (None, "If Yes, give its date:"), (None, "on page 3"), ("4", ASK[3]),
            ],
            merges=["B1:C1", "B3:D3", "B4:C4", "B5:C5", "B7:D7", "B8:C8"],
            lists={f"D{row}": '"Yes,No"' for row in (1, 4, 5, 8)},
        )
    )  # fmt: skip
    assert asked(file) == [
        ("B1", "choice D1 Yes|No", "text B3"), ("B4", "choice D4 Yes|No"), ("B5", "choice D5 Yes|No"),
        ("B8", "choice D8 Yes|No"),
    ]  # fmt: skip


def test_the_titles_merged_above_tables_that_stand_side_by_side_are_no_labels() -> None:
    head = ("No.", "Question", "Answer", None)
    rows = [
        (f"A{n}", one, None, None, f"B{n}", other) for n, (one, other) in enumerate(zip(ASK, ASK[::-1], strict=True), 1)
    ]
    file = book(
        Page(rows=[("Organisation", None, None, None, "Product"), (*head, *head), *rows], merges=["A1:C1", "E1:G1"])
    )
    assert not [question for question in inspect(file).questions if question.label]
    assert len(inspect(file).questions) == 8
