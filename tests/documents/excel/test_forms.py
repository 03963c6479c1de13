"""Forms that have no answer column for all rows: labels, rows below, options to mark, tables side by side."""

from __future__ import annotations

import pytest

from assistant.documents import inspect
from tests.documents.excel.books import Page, Value, asked, book

ASK = (
    "Do you encrypt customer data at rest?",
    "Do you review access rights every quarter?",
    "Is there a documented incident response plan?",
    "Are backups tested at least once a year?",
)


def test_tables_side_by_side_each_have_their_own_answer_columns() -> None:
    file = book(
        Page(
            rows=[
                ("#", "Question", "Answer", "Remarks", None, "#", "Question", "Your answer"),
                *((i, q, None, None, None, i, f"Describe recovery plan {i}.") for i, q in enumerate(ASK, 1)),
            ],
            lists={"C2:C5": '"Yes,No"'},
        )
    )
    assert asked(file)[:2] == [("B2", "choice C2 Yes|No", "text D2"), ("G2", "text H2")]
    assert len(asked(file)) == 8


def test_tables_that_touch_are_told_apart_by_names_that_come_again() -> None:
    file = book(Page(rows=[("Question", "Answer") * 2, (ASK[0], None, ASK[1]), (ASK[2], None, ASK[3])]))
    assert asked(file) == [("A2", "text B2"), ("C2", "text D2"), ("A3", "text B3"), ("C3", "text D3")]


def test_two_answer_columns_of_one_question_are_one_table() -> None:
    file = book(Page(rows=[("Question", "Answer", None, "Comment"), *((q,) for q in ASK)]))
    assert asked(file)[0] == ("A2", "choice B2", "text D2")


def test_the_steps_of_a_scale_are_ticked() -> None:
    file = book(
        Page(
            rows=[
                ("No", "Statement", "Maturity", None, None, None, None, "Comment"),
                (None, None, 0, 1, 2, 3, "n/a", None),
                *((f"1.{i}", f"Access rights of kind {i} are reviewed every quarter.") for i in range(1, 5)),
            ],
            merges=["A1:A2", "B1:B2", "C1:G1", "H1:H2"],
        )
    )
    assert asked(file)[0] == ("B3", "mark 0=C3 1=D3 2=E3 3=F3 n/a=G3", "text H3")


def test_letters_explained_elsewhere_are_ticked() -> None:
    file = book(
        Page(
            rows=[
                ("F = fully, P = partially, N = not supported",),
                ("Ref", "Requirement", "F", "P", "N", "Comments"),
                *((f"R{i}", f"The system shall encrypt data of kind {i}.") for i in range(1, 5)),
            ]
        )
    )
    assert asked(file)[0] == ("B3", "mark F=C3 P=D3 N=E3", "text F3")


def test_current_and_target_level_are_no_options_of_one_answer() -> None:
    file = book(
        Page(
            rows=[
                ("No", "Statement", "Maturity level", None, "Comment"),
                (None, None, "Current", "Target", None),
                *((f"1.{i}", f"Access rights of kind {i} are reviewed every quarter.") for i in range(1, 5)),
            ],
            lists={"C3:D6": '"0,1,2,3"'},
            merges=["A1:A2", "B1:B2", "C1:D1", "E1:E2"],
        )
    )
    assert asked(file)[0][1] == "choice C3 0|1|2|3"


def test_a_rationale_for_the_score_is_the_respondents_comment() -> None:
    file = book(
        Page(
            rows=[("Ref", "Outcome", "Score", "Rationale for score"), *((f"{i}", q) for i, q in enumerate(ASK, 1))],
            lists={"C2:C5": '"0,1,2,3"'},
        )
    )
    assert asked(file)[0] == ("B2", "choice C2 0|1|2|3", "text D2")


def test_a_follow_up_has_its_own_wide_cell_instead_of_the_answer_column() -> None:
    file = book(
        Page(
            rows=[
                (None, None, None, None, None, "Yes / No"),
                (1, ASK[0]),
                (None, "If yes, describe the algorithms.", None),
                (2, ASK[1]),
                (3, ASK[2]),
                (None, "If no, please explain why not.", None),
            ],
            lists={"F2": '"Yes,No"', "F4:F5": '"Yes,No"'},
            merges=["B2:E2", "B3:C3", "D3:F3", "B4:E4", "B5:E5", "B6:C6", "D6:F6"],
        )
    )
    assert asked(file) == [
        ("B2", "choice F2 Yes|No"), ("B3", "text D3"), ("B4", "choice F4 Yes|No"), ("B5", "choice F5 Yes|No"),
        ("B6", "text D6"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "request_", ["If No, please give details:", "Please explain:", "Wenn ja, bitte erläutern", "Détails :"]
)
def test_a_row_that_asks_for_nothing_but_details_takes_the_words_to_the_choice_above_it(request_: str) -> None:
    file = book(
        Page(
            rows=[(1, ASK[0]), (None, request_), (2, ASK[1]), (3, ASK[2]), (None, request_), (4, ASK[3])],
            lists={"F1": '"Yes,No"', "F3:F4": '"Yes,No"', "F6": '"Yes,No"'},
            merges=["B1:E1", "C2:F2", "B3:E3", "B4:E4", "C5:F5", "B6:E6"],
        )
    )
    assert asked(file) == [
        ("B1", "choice F1 Yes|No", "text C2"), ("B3", "choice F3 Yes|No"),
        ("B4", "choice F4 Yes|No", "text C5"), ("B6", "choice F6 Yes|No"),
    ]  # fmt: skip


def test_words_that_were_given_to_a_choice_are_kept_as_its_text() -> None:
    request = "If No, please give details:"
    file = book(
        Page(
            rows=[
                (1, ASK[0]),
                (None, request, "It is planned."),
                (2, ASK[1]),
                (3, ASK[2]),
                (None, request),
                (4, ASK[3]),
            ],
            lists={"F1": '"Yes,No"', "F3:F4": '"Yes,No"', "F6": '"Yes,No"'},
            merges=["B1:E1", "C2:F2", "B3:E3", "B4:E4", "C5:F5", "B6:E6"],
        )
    )
    found = inspect(file).questions
    assert len(found) == 4
    assert found[0].text_field is not None
    assert found[0].text_field.value == "It is planned."


def test_the_words_to_a_choice_may_be_asked_for_in_another_column() -> None:
    rows: list[tuple[Value, ...]] = []
    for number, question in enumerate(ASK, 1):
        rows += [(number, question), ("If yes, details:",)]
    file = book(
        Page(
            rows=rows,
            lists={f"F{row}": '"Yes,No"' for row in (1, 3, 5, 7)},
            merges=[f"B{row}:E{row}" for row in (1, 3, 5, 7)] + [f"B{row}:F{row}" for row in (2, 4, 6, 8)],
        )
    )
    assert asked(file) == [(f"B{row}", f"choice F{row} Yes|No", f"text B{row + 1}") for row in (1, 3, 5, 7)]


def test_drop_downs_are_seen_behind_the_columns_over_which_long_questions_flow() -> None:
    file = book(Page(rows=[(i, q) for i, q in enumerate(ASK, 1)], lists={"H1:H4": '"Yes,No"'}))
    assert asked(file) == [(f"B{row}", f"choice H{row} Yes|No") for row in range(1, 5)]


def test_a_column_named_yes_or_no_is_no_number() -> None:
    file = book(Page(rows=[("No", "Question", "Yes / No", "Details"), *((i, q) for i, q in enumerate(ASK, 1))]))
    assert asked(file)[0] == ("B2", "choice C2 Yes|No", "text D2")


def test_a_section_with_a_letter_for_its_number_is_no_header() -> None:
    rows: list[tuple[Value, ...]] = [("No", "Question", "Response", "Comments")]
    for letter, title in (("A.", "Governance"), ("B.", "Access Control"), ("C.", "Physical Controls")):
        rows += [(letter, title), *((f"{letter}{i}", q) for i, q in enumerate(ASK, 1))]
    file = book(
        Page(rows=rows, lists={"C3:C6": '"Yes,No"', "C8:C11": '"Yes,No"', "C13:C16": '"Yes,No"'},
             bold=["A1", "B1", "C1", "D1", "A2", "B2", "A7", "B7", "A12", "B12"])
    )  # fmt: skip
    assert [told[0] for told in asked(file)] == [f"B{row}" for row in (*range(3, 7), *range(8, 12), *range(13, 17))]
    assert {told[2][:6] for told in asked(file)} == {"text D"}


def test_options_to_mark_stand_under_their_question() -> None:
    file = book(
        Page(
            rows=[
                (1, "Which certificates do you hold?", "Mark all that apply"),
                (None, "ISO 27001"), (None, "SOC 2 Type II"), (None, "None of these"),
                (),
                (2, "Describe how keys are rotated."),
                (),
                (3, "Where is the data stored?", "Mark one"),
                (None, "European Union"), (None, "Elsewhere"),
            ],
            bold=["B1", "B6", "B8"],
        )
    )  # fmt: skip
    assert asked(file) == [
        ("B1", "mark ISO 27001=C2 SOC 2 Type II=C3 None of these=C4"),
        ("B6", "text C6"),
        ("B8", "mark European Union=C9 Elsewhere=C10"),
    ]


def test_boxes_stand_left_of_the_options() -> None:
    rows: list[tuple[Value, ...]] = []
    for question in ASK:
        rows += [(None, question), ("☐", "Always"), ("☐", "For some systems"), ("☐", "Never"), ()]
    assert asked(book(Page(rows=rows)))[1] == ("B6", "mark Always=A7 For some systems=A8 Never=A9")


@pytest.mark.parametrize("hints", [1, 2])
def test_the_answer_row_stands_under_the_hints(hints: int) -> None:
    rows: list[tuple[Value, ...]] = []
    questions = []
    for question in ASK:
        questions.append(f"A{len(rows) + 1}")
        rows += [(question,), *[("Hint: is it written down? Who reads it?",)] * hints, ("",), ()]
    drawn = [f"A{int(name[1:]) + hints + 1}" for name in questions]
    file = book(Page(rows=rows, bold=questions, filled=drawn))
    assert asked(file) == [(name, f"text {place}") for name, place in zip(questions, drawn, strict=True)]


def test_blank_rows_under_questions_take_the_answers_of_a_form_without_any_place() -> None:
    rows: list[tuple[Value, ...]] = [("Our questions. Please answer below each one.",), ()]
    for question in ASK:
        rows += [(question,), ()]
    file = book(Page(rows=rows))
    assert asked(file) == [(f"A{row}", f"text A{row + 1}") for row in (3, 5, 7, 9)]
    assert all(question.certainty <= 0.5 for question in inspect(file).questions)


def test_answers_stand_beside_labels_and_the_auditors_row_is_left_alone() -> None:
    rows: list[tuple[Value, ...]] = []
    merges = []
    for index, question in enumerate(ASK):
        rows += [(question,), ("Answer:",), ("Auditor:",), ()]
        merges += [f"A{4 * index + 1}:D{4 * index + 1}", f"B{4 * index + 2}:D{4 * index + 2}"]
    assert asked(book(Page(rows=rows, merges=merges))) == [(f"A{row}", f"text B{row + 1}") for row in (1, 5, 9, 13)]


def test_labels_of_the_answers_stand_beside_a_question_merged_over_their_rows() -> None:
    rows: list[tuple[Value, ...]] = [("No", "Question", None, None)]
    merges = []
    for index, question in enumerate(ASK):
        rows += [(index + 1, question, "Response"), (None, None, "Comments"), (None, None, "Evidence")]
        merges += [f"A{3 * index + 2}:A{3 * index + 4}", f"B{3 * index + 2}:B{3 * index + 4}"]
    file = book(Page(rows=rows, merges=merges, lists={"D2": '"Yes,No"', "D5": '"Yes,No"', "D8": '"Yes,No"',
                                                      "D11": '"Yes,No"'}))  # fmt: skip
    assert asked(file)[0] == ("B2", "choice D2 Yes|No", "text D3", "text D4")
    assert len(asked(file)) == 4


def test_topics_are_questions_where_the_other_column_is_for_notes() -> None:
    topics = ("Backup frequency and location", "Key management", "Offboarding of staff", "Log retention")
    file = book(Page(rows=[("Topic", "Our notes"), *((topic,) for topic in topics)]))
    assert asked(file) == [(f"A{row}", f"text B{row}") for row in range(2, 6)]


def test_boxes_of_all_options_share_a_cell() -> None:
    file = book(
        Page(rows=[("#", "Control", "Status", "Comment"), *((i, q, "☐ Yes ☐ No ☐ N/A") for i, q in enumerate(ASK, 1))])
    )
    assert asked(file)[0] == ("B2", "mark Yes=C2 No=C2 N/A=C2", "text D2")


def test_a_gap_list_has_ticks_and_columns_of_the_customer() -> None:
    file = book(
        Page(
            rows=[
                ("Clause", "Requirement", "Compliant", "Partial", "Non-compliant", "Comments", "Owner", "Due"),
                *((f"A.5.{i}", f"Policies of kind {i} shall be reviewed at planned intervals.") for i in range(1, 5)),
            ]
        )
    )  # fmt: skip
    assert asked(file)[0] == ("B2", "mark Compliant=C2 Partial=D2 Non-compliant=E2", "text F2")


def test_a_list_without_a_header_numbers_its_questions() -> None:
    file = book(Page(rows=[("Hello, please fill this in",), (), *((i, q) for i, q in enumerate(ASK, 1))]))
    assert asked(file) == [(f"B{row}", f"text C{row}") for row in range(3, 7)]


def test_requests_without_a_question_mark_are_asked_in_other_languages() -> None:
    rows = [
        ("Nr.", "Anforderung", "Erfüllt (ja / nein / teilweise)", "Erläuterung"),
        *((i, f"Der Auftragnehmer verschlüsselt alle Datenträger der Klasse {i} nach dem Stand der Technik.")
          for i in range(1, 5)),
    ]  # fmt: skip
    assert asked(book(Page(rows=rows)))[0] == ("B2", "choice C2 ja|nein|teilweise", "text D2")


def test_a_column_named_in_unknown_words_takes_the_answer_before_the_evidence() -> None:
    file = book(
        Page(rows=[("No", "Question", "Vastaus", "Documents", "Score"), *((i, q) for i, q in enumerate(ASK, 1))])
    )
    assert asked(file)[0] == ("B2", "text C2", "text D2")


def test_a_request_without_a_number_belongs_to_the_question_above() -> None:
    rows: list[tuple[Value, ...]] = [("No", "Question", "Answer"), *((i, q) for i, q in enumerate(ASK * 2, 1))]
    rows.insert(4, (None, "Please give the name and the place of each one.", None))
    assert [told[0] for told in asked(book(Page(rows=rows)))] == ["B2", "B3", "B4", "B6", "B7", "B8", "B9", "B10"]


def test_a_header_in_words_of_its_own_is_known_by_its_shape() -> None:
    file = book(Page(rows=[("Topic", "What we would like to know", "What you do"), *(("Security", q) for q in ASK)]))
    assert asked(file) == [(f"B{row}", f"text C{row}") for row in range(2, 6)]


def test_a_status_is_a_choice_beside_a_comment() -> None:
    controls = ("Policies for information security", "Roles and responsibilities", "Segregation of duties")
    file = book(Page(rows=[("ID", "Control", "Status", "Notes"), *((f"A.{i}", c) for i, c in enumerate(controls, 1))]))
    assert asked(file)[0] == ("B2", "choice C2", "text D2")


def test_a_level_is_chosen_from_the_scale_its_header_prints() -> None:
    file = book(Page(rows=[("Control question", "Maturity (0-3)", "Justification"), *((q,) for q in ASK)]))
    assert asked(file)[0] == ("A2", "choice B2 0|1|2|3", "text C2")


def test_a_header_may_itself_be_a_question() -> None:
    file = book(
        Page(rows=[("#", "Requirement", "How do you meet this requirement?"), *((i, q) for i, q in enumerate(ASK))])
    )
    assert asked(file) == [(f"B{row}", f"text C{row}") for row in range(2, 6)]


@pytest.mark.parametrize(
    "head",
    [("编号", "问题", "回答", "备注"), ("번호", "질문", "답변", "비고"), ("Nr", "Vraag", "Antwoord", "Toelichting")],
)
def test_headers_in_further_languages_are_understood(head: tuple[str, ...]) -> None:
    assert asked(book(Page(rows=[head, *((i, q) for i, q in enumerate(ASK))])))[0][-1] == "text D2"


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("Glossary", ("Term", "Description", "Notes")),
        ("Sheet2", ("Term", "Definition", "Remarks")),
        ("Version history", ("Version", "Description of the change", "Author")),
        ("Change log", ("Date", "Description", "Notes")),
    ],
)
def test_tables_that_only_inform_ask_nothing(title: str, head: tuple[str, ...]) -> None:
    told = [(f"1.{i}", f"The person who is responsible for the protection of data of kind {i}.") for i in range(1, 6)]
    file = book(Page("Form", [("Question", "Answer"), *((q,) for q in ASK)]), Page(title, [head, *told]))
    assert {str(question.location).partition("!")[0] for question in inspect(file).questions} == {"Form"}


def test_a_placeholder_row_under_the_question_takes_the_answer() -> None:
    rows: list[tuple[Value, ...]] = []
    for question in ASK:
        rows += [(question,), ("[Enter your answer here]",)]
    assert asked(book(Page(rows=rows))) == [(f"A{row}", f"text A{row + 1}") for row in (1, 3, 5, 7)]


def test_what_is_met_comes_before_what_applies() -> None:
    head = ("Ref", "Requirement", "Applicable (Y/N)", "Compliant (Y/N)", "Justification")
    file = book(Page(rows=[head, *((i, f"The supplier shall encrypt data of kind {i}.") for i in range(1, 5))]))
    assert asked(file)[0] == ("B2", "choice D2 Y|N", "choice C2 Y|N", "text E2")


def test_bold_titles_in_a_list_without_a_header_are_no_questions() -> None:
    rows = [("Access",), (ASK[0],), (ASK[1],), ("Backups",), (ASK[2],), (ASK[3],)]
    file = book(Page(rows=rows, bold=["A1", "A4"], filled=["B2", "B3", "B5", "B6"]))
    assert [told[0] for told in asked(file)] == ["A2", "A3", "A5", "A6"]


def test_observations_are_ours_where_no_other_column_takes_words() -> None:
    file = book(
        Page(
            rows=[
                (
                    "Clause",
                    "Requirement",
                    "Status",
                    None,
                    None,
                    "Observations",
                    "Corrective action",
                    "Owner",
                    "Due date",
                ),
                (None, None, "Compliant", "Partial", "Non", None, None, None, None),
                *((f"1.{i}", q) for i, q in enumerate(ASK, 1)),
            ],
            merges=["A1:A2", "B1:B2", "C1:E1", "F1:F2", "G1:G2", "H1:H2", "I1:I2"],
        )
    )
    assert asked(file)[0] == ("B3", "mark Compliant=C3 Partial=D3 Non=E3", "text F3")


@pytest.mark.parametrize("name", ["Auditor observations", "Observations by the assessor", "Findings (internal)"])
def test_observations_of_somebody_else_are_left_alone(name: str) -> None:
    file = book(Page(rows=[("Requirement", "Response", name), *((q,) for q in ASK)], lists={"B2:B5": '"Yes,No"'}))
    assert asked(file)[0] == ("A2", "choice B2 Yes|No")


def test_observations_beside_comments_are_somebody_elses() -> None:
    rows = [("Requirement", "Response", "Comments", "Observations"), *((q,) for q in ASK)]
    file = book(Page(rows=rows, lists={"B2:B5": '"Yes,No"'}))
    assert asked(file)[0] == ("A2", "choice B2 Yes|No", "text C2")


def test_a_text_beside_the_label_of_its_answer_is_asked_however_it_reads() -> None:
    rows: list[tuple[Value, ...]] = []
    for index, text in enumerate((*ASK[:3], "Backup locations"), 1):
        rows += [(index, text, "Response", None), (None, None, "Comments", None), (None, None, "Evidence", None)]
    file = book(
        Page(
            rows=rows,
            merges=[f"{letter}{top}:{letter}{top + 2}" for letter in "AB" for top in (1, 4, 7, 10)],
            lists={"D1": '"Yes,No"', "D4": '"Yes,No"', "D7": '"Yes,No"', "D10": '"Yes,No"'},
        )
    )
    assert asked(file)[-1] == ("B10", "choice D10 Yes|No", "text D11", "text D12")


def test_checks_are_asked_where_the_result_prints_its_boxes() -> None:
    rows = [("Nr", "Check", "Result", "Observation"), *((i, q, "☐ Yes  ☐ No  ☐ N/A") for i, q in enumerate(ASK, 1))]
    assert asked(book(Page(rows=rows)))[0] == ("B2", "mark Yes=C2 No=C2 N/A=C2", "text D2")


def test_a_check_beside_a_question_is_its_answer() -> None:
    file = book(Page(rows=[("Question", "Check", "Comment"), *((q,) for q in ASK)]))
    assert asked(file)[0] == ("A2", "choice B2", "text C2")


@pytest.mark.parametrize("across", [("B{}:D{}", "B"), ("A{}:D{}", "A")])
def test_a_question_across_the_columns_is_answered_in_the_empty_merged_row_under_it(across: tuple[str, str]) -> None:
    merge, column = across
    question = "Describe how security risks are raised to the board."
    row = ("5", question) if column == "B" else (question,)
    file = book(
        Page(
            rows=[("Ref", "Question", "Response (Yes / No)", "Evidence"), *((f"{i}", q) for i, q in enumerate(ASK, 1)),
                  (), row, (), ("6", "Access control and monitoring"), ("7", ASK[0])],
            merges=[merge.format(7, 7), merge.format(8, 8), "B9:D9"],
        )
    )  # fmt: skip
    assert asked(file)[4:] == [(f"{column}7", f"text {column}8"), ("B10", "choice C10 Yes|No", "text D10")]


def test_a_cell_merged_over_all_answer_columns_takes_words() -> None:
    open_question = "Explique cómo se realizan las copias de seguridad."
    file = book(
        Page(
            rows=[("N.º", "Pregunta", "Sí", "No", "Observaciones"),
                  *((f"1.{i}", "¿Se revisan los accesos?") for i in range(1, 6)), (None, open_question)],
            merges=["C7:E7"],
        )
    )  # fmt: skip
    assert asked(file)[-1] == ("B7", "text C7")


def test_words_asked_for_among_options_are_a_text() -> None:
    file = book(
        Page(
            rows=[
                (1, "Which certificates do you hold? (several answers)"), (None, "ISO 27001"), (None, "SOC 2"),
                (None, "Other, please specify:"), (), (2, "Are suppliers bound by the same rules? (one answer)"),
                (None, "Yes"), (None, "No"), (None, "How is this checked?:"),
            ]
        )
    )  # fmt: skip
    assert asked(file) == [
        ("B1", "mark ISO 27001=C2 SOC 2=C3", "text C4"), ("B6", "mark Yes=C7 No=C8", "text C9"),
    ]  # fmt: skip


def test_a_title_above_questions_with_their_answers_below_is_no_question() -> None:
    rows = [("Open questions",), (), *(row for question in ASK for row in ((question,), (), ()))]
    merges = [f"A{row}:D{row}" for first in range(3, 15, 3) for row in (first, first + 1)]
    drawn = [f"{column}{row}" for first in range(3, 15, 3) for row in (first, first + 1) for column in "ABCD"]
    file = book(Page(rows=rows, merges=merges, filled=drawn))
    assert asked(file) == [(f"A{row}", f"text A{row + 1}") for row in range(3, 15, 3)]


def test_under_the_question_stand_a_drop_down_and_a_box_for_words_below_its_hint() -> None:
    rows: list[tuple[Value, ...]] = []
    for number, question in enumerate(ASK, 1):
        rows += [(f"1.{number}", question), (None, "The record may be asked for at any time.")][: 1 + number % 2]
        rows += [(None, "Select / Choisir"), ()]
    at = (3, 6, 10, 13)
    lists = {f"B{row}": '"Select / Choisir,Yes / Oui,No / Non"' for row in at}
    file = book(Page(rows=rows, lists=lists, filled=[f"{column}{row}" for row in at for column in "BC"]))
    assert asked(file) == [
        (f"B{row}", f"choice B{place} Yes / Oui|No / Non", f"text C{place}")
        for row, place in zip((1, 5, 8, 12), at, strict=True)
    ]


@pytest.mark.parametrize("heading", ["Acme use only", "For internal use", "Reviewer"])
@pytest.mark.parametrize("filled", ["C", "BC"])
def test_a_grey_cell_beside_a_drop_down_is_no_box_for_words_where_it_looks_otherwise_or_is_the_customers(
    heading: str, filled: str
) -> None:
    rows: list[tuple[Value, ...]] = [("Security questionnaire",), (None, None, heading if filled == "BC" else None)]
    for number, question in enumerate(ASK, 1):
        rows += [(f"1.{number}", question), (), ()]
    at = range(4, 16, 3)
    drawn = [f"{column}{row}" for row in at for column in filled]
    file = book(Page(rows=rows, lists={f"B{row}": '"Yes,No"' for row in at}, filled=drawn))
    assert asked(file) == [(f"B{row - 1}", f"choice B{row} Yes|No") for row in at]


def test_a_framed_cell_beside_a_drop_down_is_a_box_for_words() -> None:
    rows: list[tuple[Value, ...]] = []
    for number, question in enumerate(ASK, 1):
        rows += [(f"1.{number}", question), (), ()]
    at = range(2, 14, 3)
    lists = {f"B{row}": '"Yes,No"' for row in at}
    file = book(Page(rows=rows, lists=lists, framed=[f"{column}{row}" for row in at for column in "BC"]))
    assert asked(file) == [(f"B{row - 1}", f"choice B{row} Yes|No", f"text C{row}") for row in at]
