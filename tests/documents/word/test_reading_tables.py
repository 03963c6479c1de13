"""Tables with a header row: which column asks, which takes the answer."""

import pytest

from tests.documents.word.making import (
    cell,
    checkbox,
    control,
    dropdown,
    heading,
    legacy_checkbox,
    legacy_dropdown,
    legacy_text,
    outline,
    p,
    r,
    reading,
    table,
)


def test_takes_numbers_questions_answers_and_comments_from_their_columns() -> None:
    found = reading(table(["No.", "Question", "Answer", "Comments"], ["1", "Do you encrypt data at rest?", "", ""]))
    assert outline(found) == [
        "1 Do you encrypt data at rest? @ tbl[0]/tr[1]/tc[1] -> text tbl[0]/tr[1]/tc[2]; text tbl[0]/tr[1]/tc[3]"
    ]


def test_takes_statements_for_questions() -> None:
    found = reading(table(["Requirement", "Response"], ["The vendor must patch systems within 30 days.", ""]))
    assert outline(found) == [
        "The vendor must patch systems within 30 days. @ tbl[0]/tr[1]/tc[0] -> text tbl[0]/tr[1]/tc[1]"
    ]


def test_knows_a_header_that_is_repeated_further_down() -> None:
    found = reading(
        table(["Question", "Response"], ["Do you encrypt?", ""], ["Question", "Response"], ["Do you log?", ""])
    )
    assert [q.location for q in found.questions] == ["body/tbl[0]/tr[1]/tc[0]", "body/tbl[0]/tr[3]/tc[0]"]
    assert {s.reason for s in found.skipped} == {"header of the table"}


def test_finds_the_header_below_rows_of_metadata() -> None:
    found = reading(
        table(["Vendor:", ""], [cell("Section A", span=2)], ["Question", "Answer"], ["Do you keep logs?", ""])
    )
    assert outline(found) == [
        "Vendor: @ tbl[0]/tr[0]/tc[0] -> text tbl[0]/tr[0]/tc[1]",
        "Do you keep logs? @ tbl[0]/tr[3]/tc[0] -> text tbl[0]/tr[3]/tc[1]",
    ]


def test_reads_tick_columns_under_a_header_of_two_rows() -> None:
    found = reading(
        table(
            [cell("Requirement", merge="restart"), cell("Response", span=3)],
            [cell("", merge="continue"), "Yes", "No", "N/A"],
            ["Is data encrypted?", "", "", ""],
            ["Is data logged?", "", "X", ""],
        )
    )
    assert outline(found) == [
        "Is data encrypted? @ tbl[0]/tr[2]/tc[0] -> "
        "mark Yes@tbl[0]/tr[2]/tc[1] No@tbl[0]/tr[2]/tc[2] N/A@tbl[0]/tr[2]/tc[3]",
        "Is data logged? @ tbl[0]/tr[3]/tc[0] -> "
        'mark Yes@tbl[0]/tr[3]/tc[1] No@tbl[0]/tr[3]/tc[2] N/A@tbl[0]/tr[3]/tc[3] = "No"',
    ]


@pytest.mark.parametrize("box", [legacy_checkbox, checkbox])
def test_reads_tick_columns_of_both_kinds_of_check_boxes(box) -> None:  # type: ignore[no-untyped-def]
    found = reading(table(["Control", "Yes", "No"], ["Data is encrypted.", p(box(ticked=True)), p(box())]))
    assert outline(found) == [
        'Data is encrypted. @ tbl[0]/tr[1]/tc[0] -> mark Yes@tbl[0]/tr[1]/tc[1] No@tbl[0]/tr[1]/tc[2] = "Yes"'
    ]


def test_reads_options_listed_as_paragraphs_of_a_cell() -> None:
    found = reading(table(["Question", "Answer"], ["How is data encrypted?", "☐ AES\n☒ Other\n☐ Not at all"]))
    assert outline(found) == [
        "How is data encrypted? @ tbl[0]/tr[1]/tc[0] -> mark AES@tbl[0]/tr[1]/tc[1]/p[0] "
        'Other@tbl[0]/tr[1]/tc[1]/p[1] Not at all@tbl[0]/tr[1]/tc[1]/p[2] = "Other"'
    ]


@pytest.mark.parametrize(
    ("printed", "labels"),
    [
        ("☐ Yes ☐ No", ["Yes", "No"]),
        ("Yes ☐  No ☐", ["Yes", "No"]),
        ("[ ] Yes [ ] No [ ] N/A", ["Yes", "No", "N/A"]),
        ("○ Yes\t○ No", ["Yes", "No"]),
    ],
)
def test_reads_options_in_one_line_that_share_a_place(printed: str, labels: list[str]) -> None:
    found = reading(table(["Question", "Answer"], ["Do you keep logs?", printed]))
    (field,) = found.questions[0].fields
    assert field.marks == tuple((label, "body/tbl[0]/tr[1]/tc[1]/p[0]") for label in labels)


def test_takes_the_allowed_values_of_a_drop_down_control() -> None:
    found = reading(
        table(["Question", "Compliance", "Comment"], ["Is data encrypted?", p(dropdown("Yes", "No", "Partial")), ""])
    )
    assert outline(found) == [
        "Is data encrypted? @ tbl[0]/tr[1]/tc[0] -> choice tbl[0]/tr[1]/tc[1] Yes|No|Partial; text tbl[0]/tr[1]/tc[2]"
    ]


def test_takes_the_allowed_values_of_a_legacy_drop_down_without_its_prompt() -> None:
    found = reading(table(["Question", "Answer"], ["Do you keep logs?", p(legacy_dropdown("Select", "Yes", "No"))]))
    assert outline(found) == ["Do you keep logs? @ tbl[0]/tr[1]/tc[0] -> choice tbl[0]/tr[1]/tc[1] Yes|No"]


def test_takes_the_allowed_values_from_the_header() -> None:
    found = reading(
        table(["#", "Requirement", "Compliant (Yes/No)", "Explanation"], ["1", "The system shall log.", "", ""])
    )
    assert outline(found) == [
        "1 The system shall log. @ tbl[0]/tr[1]/tc[1] -> choice tbl[0]/tr[1]/tc[2] Yes|No; text tbl[0]/tr[1]/tc[3]"
    ]


def test_takes_values_printed_in_the_answer_cell_as_the_choice() -> None:
    found = reading(table(["Question", "Answer", "Details"], ["Is data encrypted?", "Yes / No", ""]))
    assert outline(found) == [
        "Is data encrypted? @ tbl[0]/tr[1]/tc[0] -> choice tbl[0]/tr[1]/tc[1] Yes|No; text tbl[0]/tr[1]/tc[2]"
    ]


def test_takes_values_from_a_column_of_options_and_text_from_the_answers_beside_it() -> None:
    found = reading(
        table(
            ["Code", "Question", "Options", "Response"],
            ["A1", "Is it tested?", "Yes | No", "Yes. Every year."],
            ["A2", "Who tests it?", "Free text", "An independent firm."],
        )
    )
    assert outline(found) == [
        'A1 Is it tested? @ tbl[0]/tr[1]/tc[1] -> choice tbl[0]/tr[1]/tc[3] Yes|No = "Yes. Every year."; '
        'text tbl[0]/tr[1]/tc[3] = "Yes. Every year."',
        'A2 Who tests it? @ tbl[0]/tr[2]/tc[1] -> text tbl[0]/tr[2]/tc[3] = "An independent firm."',
    ]


def test_knows_answers_typed_over_another_column_by_the_options_they_repeat() -> None:
    found = reading(
        table(
            ["Question", "Options", "Guidance", "Scoring"],
            ["Is it tested?", "Yes | No", "Testing is a duty of the maker.", "Yes. Every year."],
            ["Is it logged?", "Yes | No", "See the manual.", "No."],
        )
    )
    assert [q.fields[0].location for q in found.questions] == ["body/tbl[0]/tr[1]/tc[3]", "body/tbl[0]/tr[2]/tc[3]"]


def test_lets_sub_questions_share_a_merged_answer_cell() -> None:
    found = reading(
        table(
            ["No", "Question", "Answer"],
            ["1", "Do you have an API?", cell("", merge="restart")],
            ["1.1", "If yes, describe it.", cell("", merge="continue")],
        )
    )
    assert [(q.number, q.fields[0].location) for q in found.questions] == [
        ("1", "body/tbl[0]/tr[1]/tc[2]"),
        ("1.1", "body/tbl[0]/tr[1]/tc[2]"),
    ]


def test_leaves_out_notes_that_share_the_merged_cells_of_their_question() -> None:
    found = reading(
        table(
            ["Requirement", "Text", "In Place", "Not in Place"],
            [cell("2.1", merge="restart"), "Accounts are managed.", *[cell(p(checkbox()), merge="restart")] * 2],
            [cell("", merge="continue"), "Applies to all accounts.", *[cell("", merge="continue")] * 2],
        )
    )
    assert len(found.questions) == 1
    assert found.skipped[-1].reason.startswith("belongs to the question above")


def test_makes_a_question_of_each_part_under_a_question_that_spans_rows() -> None:
    found = reading(
        table(
            ["Question", "Aspect", "Answer"],
            [cell("Do you encrypt data?", merge="restart"), "At rest", ""],
            [cell("", merge="continue"), "In transit", ""],
        )
    )
    assert outline(found) == [
        "Do you encrypt data? @ tbl[0]/tr[1]/tc[0] -> text tbl[0]/tr[1]/tc[2]",
        "Do you encrypt data? – In transit @ tbl[0]/tr[2]/tc[1] -> text tbl[0]/tr[2]/tc[2]",
    ]


def test_names_sections_by_rows_across_the_table() -> None:
    found = reading(
        heading("Part one"),
        table(
            ["No", "Question", "Response"],
            [cell("Access control", span=3)],
            ["1", "Do you use MFA?", ""],
            [cell("Backup", span=3)],
            ["2", "Do you back up?", ""],
        ),
    )
    assert [q.section for q in found.questions] == ["Part one › Access control", "Part one › Backup"]


def test_leaves_columns_of_the_assessor_and_of_guidance_alone() -> None:
    found = reading(
        table(
            ["Ref", "Question", "Guidance", "Response", "Reviewer comments", "Score"],
            ["1", "Do you keep logs?", "Describe the sources and how long they are kept.", "", "", ""],
            ["2", "Do you encrypt?", "State the algorithm.", "", "", ""],
        )
    )
    assert [[f.location for f in q.fields] for q in found.questions] == [
        ["body/tbl[0]/tr[1]/tc[3]"],
        ["body/tbl[0]/tr[2]/tc[3]"],
    ]


def test_leaves_blank_columns_before_the_question_and_of_an_action_plan_alone() -> None:
    found = reading(
        table(
            ["No", "Spec", "Checklist", "Yes", "No", "Next steps", "Priority"],
            ["1", "", "Is there a policy?", "", "", "", ""],
        )
    )
    (question,) = found.questions
    assert [field.kind for field in question.fields] == ["mark"]


def test_leaves_out_examples_and_rows_without_a_place() -> None:
    found = reading(
        table(
            ["Question", "Answer"],
            ["Example: Do you have a policy?", "Yes, since 2020"],
            ["Do you keep logs?", p(legacy_text())],
        )
    )
    assert [q.text for q in found.questions] == ["Do you keep logs?"]
    assert ("an example", "Example: Do you have a policy? Yes, since 2020") in [
        (s.reason, s.text) for s in found.skipped
    ]


def test_leaves_lists_to_fill_in_alone() -> None:
    found = reading(table(["Name", "Role", "Email"], ["", "", ""], ["", "", ""]))
    assert found.questions == ()
    assert found.skipped[0].reason == "heads a list to fill in; its rows ask nothing"


def test_leaves_tables_of_facts_alone() -> None:
    found = reading(
        table(
            ["Date", "Version", "Revision", "Description"],
            ["May 2020", "1.0", "", "First published."],
            ["June 2021", "1.1", "2", "Requirement 6 was revised."],
            ["July 2022", "1.2", "", "Typing errors were corrected."],
        )
    )
    assert found.questions == ()


def test_keeps_answers_that_stand_there_already() -> None:
    found = reading(table(["Question", "Answer"], ["Do you encrypt?", "Yes, with AES."], ["Do you log?", "In Splunk."]))
    assert [q.fields[0].value for q in found.questions] == ["Yes, with AES.", "In Splunk."]


@pytest.mark.parametrize("prompt", ["[Insert response]", "Click or tap here to enter text.", "________", "Free text"])
def test_takes_prompts_for_blanks(prompt: str) -> None:
    found = reading(table(["Question", "Answer"], ["Do you encrypt?", prompt]))
    assert found.questions[0].fields[0].value is None


def test_reads_tables_inside_cells() -> None:
    inner = table(["Question", "Answer"], ["Do you encrypt?", ""])
    found = reading(table([cell(p("Security") + inner + p())]))
    assert [(q.location, q.fields[0].location) for q in found.questions] == [
        ("body/tbl[0]/tr[0]/tc[0]/tbl[0]/tr[1]/tc[0]", "body/tbl[0]/tr[0]/tc[0]/tbl[0]/tr[1]/tc[1]")
    ]


def test_takes_a_table_nested_in_the_answer_cell_as_the_place() -> None:
    inner = table(["☐", "Yes"], ["☐", "No"])
    found = reading(table(["Question", "Answer"], ["Do you encrypt?", cell(inner + p())]))
    assert outline(found) == [
        "Do you encrypt? @ tbl[0]/tr[1]/tc[0] -> mark Yes@tbl[0]/tr[1]/tc[1]/tbl[0]/tr[0]/tc[0] "
        "No@tbl[0]/tr[1]/tc[1]/tbl[0]/tr[1]/tc[0]"
    ]


def test_looks_through_controls_around_cells() -> None:
    rows = table(["Question", "Answer"], ["Do you encrypt?", "@"]).replace(
        cell("@"), control(cell("Enter text here"), "<w:text/>", placeholder=True)
    )
    assert outline(reading(rows)) == ["Do you encrypt? @ tbl[0]/tr[1]/tc[0] -> text tbl[0]/tr[1]/tc[1]"]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (["Nr.", "Frage", "Antwort", "Bemerkung"], ["1", "Werden Daten verschlüsselt?", "", ""]),
        (["N°", "Exigence", "Réponse", "Commentaires"], ["1", "Les données doivent être chiffrées.", "", ""]),
        (["Nº", "Pregunta", "Respuesta", "Comentarios"], ["1", "¿Se cifran los datos?", "", ""]),
        (["番号", "質問", "回答", "備考"], ["1", "データは暗号化されていますか。", "", ""]),
    ],
)
def test_reads_forms_in_other_languages(header: list[str], row: list[str]) -> None:
    (question,) = reading(table(header, row)).questions
    assert question.number == "1"
    assert [field.location for field in question.fields] == ["body/tbl[0]/tr[1]/tc[2]", "body/tbl[0]/tr[1]/tc[3]"]


def test_reads_a_header_in_an_unknown_language_by_its_shape() -> None:
    found = reading(
        table(
            [cell("Kysymys", shade="CCCCCC"), cell("Vastaus", shade="CCCCCC")],
            ["Onko tiedot salattu?", ""],
            ["Kuvaile varmuuskopiointi.", ""],
        )
    )
    assert [q.fields[0].location for q in found.questions] == ["body/tbl[0]/tr[1]/tc[1]", "body/tbl[0]/tr[2]/tc[1]"]
    assert all(q.certainty < 0.8 for q in found.questions)


def test_says_which_columns_play_which_part_and_why() -> None:
    found = reading(table(["Ref", "Question", "Response"], ["1", "Do you encrypt?", ""]))
    (about,) = found.tables
    assert dict(about.columns) == {"number": ("Ref",), "question": ("Question",), "text": ("Response",)}
    assert about.reasons == ("questions in column “Question”", "answers in column “Response”")
    assert about.certainty > 0.9


def test_takes_a_comment_line_behind_the_boxes_for_the_text() -> None:
    found = reading(table(["Question", "Answer"], ["Do you log?", "☐ Yes  ☐ No  Comments: ________"]))
    assert outline(found) == [
        "Do you log? @ tbl[0]/tr[1]/tc[0] -> mark Yes@tbl[0]/tr[1]/tc[1]/p[0] No@tbl[0]/tr[1]/tc[1]/p[0]; "
        "text tbl[0]/tr[1]/tc[1]/p[0]"
    ]


def test_reads_sub_questions_under_their_own_letters() -> None:
    box = p(legacy_checkbox())
    found = reading(
        table(
            [cell("Requirement", span=2), "Yes", "No"],
            ["1.1", "Are standards established:", cell("", span=2, shade="DDDDDD")],
            ["1.1.1", "(a) Is there a formal process?", box, box],
            ["", "(b) Is it tested?", box, box],
        )
    )
    assert [(q.number, q.text) for q in found.questions] == [
        ("1.1.1", "Is there a formal process?"),
        ("b", "Is it tested?"),
    ]


def test_reads_a_scale_of_numbers_as_tick_columns() -> None:
    found = reading(table(["Question", "1", "2", "3", "4"], ["How mature is logging?", "", "", "x", ""]))
    (field,) = found.questions[0].fields
    assert ([label for label, _ in field.marks], field.value) == (["1", "2", "3", "4"], "3")


def test_takes_a_section_for_the_header_of_the_questions_when_the_others_are_options() -> None:
    found = reading(
        table(["1. Access control", "Yes", "No", "Comments"], ["MFA is used for remote access", "", "", ""])
    )
    assert outline(found) == [
        "MFA is used for remote access @ tbl[0]/tr[1]/tc[0] -> "
        "mark Yes@tbl[0]/tr[1]/tc[1] No@tbl[0]/tr[1]/tc[2]; text tbl[0]/tr[1]/tc[3]"
    ]


def test_takes_a_header_that_asks_yes_or_no_for_a_choice() -> None:
    found = reading(
        table(
            ["ID", "Control requirement", "Implemented? (Y/N/Partial)", "Description"],
            ["1", "MFA is enforced", "", ""],
        )
    )
    assert outline(found) == [
        "1 MFA is enforced @ tbl[0]/tr[1]/tc[1] -> choice tbl[0]/tr[1]/tc[2] Y|N|Partial; text tbl[0]/tr[1]/tc[3]"
    ]


def test_takes_guidance_full_of_words_for_no_answer_when_another_column_is_blank() -> None:
    found = reading(
        table(
            ["Control", "Description", "Evidence required", "Evidence provided"],
            ["A.5", "Policies are defined.", "Policy document", ""],
        )
    )
    assert [f.location for f in found.questions[0].fields] == ["body/tbl[0]/tr[1]/tc[3]"]


def test_reads_a_table_without_a_header_under_that_of_the_table_it_goes_on_with() -> None:
    found = reading(
        table(["No", "Requirement", "Yes", "No"], ["1", "Data is encrypted.", "", ""]),
        p(),
        table(["2", "Logs are kept.", "", ""]),
    )
    assert (
        outline(found)[1]
        == "2 Logs are kept. @ tbl[1]/tr[0]/tc[1] -> mark Yes@tbl[1]/tr[0]/tc[2] No@tbl[1]/tr[0]/tc[3]"
    )


def test_leaves_the_history_of_the_document_alone() -> None:
    found = reading(
        table(
            ["Version", "Description of changes", "Date", "Approved by"], ["1.0", "The first issue is made.", "May", ""]
        )
    )
    assert found.questions == ()
    assert {s.reason for s in found.skipped} == {"the history of the document"}


def test_takes_a_locked_control_for_no_place() -> None:
    locked = p(control(r("Acme"), '<w:lock w:val="contentLocked"/><w:text/>'))
    found = reading(table(["Question", "Answer", "Comments"], ["Who is the customer?", locked, ""]))
    assert [f.location for f in found.questions[0].fields] == ["body/tbl[0]/tr[1]/tc[2]"]


def test_gives_a_question_that_spans_rows_the_fields_labelled_beside_it() -> None:
    groups = [
        row
        for text in ("Is there a recovery plan?", "Are backups tested?")
        for row in (
            [cell(text, merge="restart"), "Owner", ""],
            [cell(merge="continue"), "Answer", ""],
            [cell(merge="continue"), "Evidence", ""],
        )
    ]
    headed = table(["Question", "", "To be completed by the supplier"], *groups)
    assert outline(reading(headed)) == [
        "Is there a recovery plan? @ tbl[0]/tr[1]/tc[0] -> "
        "text tbl[0]/tr[2]/tc[2]; text tbl[0]/tr[1]/tc[2]; text tbl[0]/tr[3]/tc[2]",
        "Are backups tested? @ tbl[0]/tr[4]/tc[0] -> "
        "text tbl[0]/tr[5]/tc[2]; text tbl[0]/tr[4]/tc[2]; text tbl[0]/tr[6]/tc[2]",
    ]
    assert [question.location for question in reading(table(*groups)).questions] == [
        "body/tbl[0]/tr[0]/tc[0]",
        "body/tbl[0]/tr[3]/tc[0]",
    ]


def test_takes_all_cells_of_the_answer_row_below_a_wide_question() -> None:
    rows = [["1", cell("Is access reviewed?", span=2)], ["", "☐ Yes  ☐ No", ""]] * 2
    found = reading(table(*rows))
    assert outline(found)[0] == (
        "1 Is access reviewed? @ tbl[0]/tr[0]/tc[1] -> "
        "mark Yes@tbl[0]/tr[1]/tc[1]/p[0] No@tbl[0]/tr[1]/tc[1]/p[0]; text tbl[0]/tr[1]/tc[2]"
    )


def test_takes_the_first_row_of_a_matrix_for_its_header() -> None:
    matrix = table(["Service", "At rest", "In transit"], ["Database", "", ""], ["Backup", "", ""])
    assert [question.text for question in reading(matrix).questions] == ["Database", "Backup"]


@pytest.mark.parametrize("header", ["F / P / N", "A|B|C", "Response (C/PC/NC)", "Fulfilment (M/PM/NM)"])
def test_takes_a_blank_column_whose_header_prints_options_for_a_choice(header: str) -> None:
    found = reading(table(["Ref.", "Requirement", header, "Comments"], ["R1", "The system shall log events.", "", ""]))
    (question,) = found.questions
    assert [(field.kind.value, field.location) for field in question.fields] == [
        ("choice", "body/tbl[0]/tr[1]/tc[2]"),
        ("text", "body/tbl[0]/tr[1]/tc[3]"),
    ]
    assert len(question.fields[0].options) == 3


def test_takes_a_filled_column_under_letters_for_no_choice() -> None:
    found = reading(
        table(
            ["Requirement", "Scope (IT/OT)", "Response"],
            ["Logs must be kept.", "IT", ""],
            ["Keys must turn.", "OT", ""],
        )
    )
    assert [[field.location for field in question.fields] for question in found.questions] == [
        ["body/tbl[0]/tr[1]/tc[2]"],
        ["body/tbl[0]/tr[2]/tc[2]"],
    ]


def test_leaves_alone_what_says_that_it_asks_nothing_any_more() -> None:
    rows = [["1", "Do you encrypt?", ""], ["2", "[Withdrawn in issue 3]", ""], ["3", "Do you log?", ""]]
    found = reading(table(["No.", "Question", "Answer"], *rows))
    assert [question.text for question in found.questions] == ["Do you encrypt?", "Do you log?"]
    found = reading(table(["1", "Do you encrypt?", ""], ["2", "Reserved for future use", ""], ["3", "Do you log?", ""]))
    assert [question.text for question in found.questions] == ["Do you encrypt?", "Do you log?"]


def test_options_beside_a_column_of_remarks_are_struck_out_where_they_stand() -> None:
    rows = [["Do you encrypt?", "Yes / No", ""], ["Do you log?", "Yes / No", ""]]
    found = reading(table(["Question", "Please circle", "Comments"], *rows))
    assert [[field.location for field in question.fields] for question in found.questions] == [
        [f"body/tbl[0]/tr[{row}]/tc[{column}]" for column in (1, 2)] for row in (1, 2)
    ]


@pytest.mark.parametrize(
    ("asked", "beside", "values"),
    [
        ("Evidence item", "Mandatory", ("Yes", "Yes")),
        ("Evidence", "Mandatory", ("Yes", "No")),
        ("Nachweis", "Pflicht", ("M", "M")),
        ("Documentation control", "Level", ("Must", "Must")),
    ],
)
def test_asks_in_the_column_of_sentences_rather_than_in_that_of_values_beside_it(
    asked: str, beside: str, values: tuple[str, str]
) -> None:
    head = ["Ref", asked, beside, "Status", "Comments"]
    items = ("A reporting system for breaches is in place.", "There is a plan for continuity of the service.")
    rows = [[f"5.{at}", item, values[at], "", ""] for at, item in enumerate(items)]
    found = reading(table(head, *rows))
    assert [q.location for q in found.questions] == ["body/tbl[0]/tr[1]/tc[1]", "body/tbl[0]/tr[2]/tc[1]"]
    assert [f.location for f in found.questions[0].fields] == ["body/tbl[0]/tr[1]/tc[3]", "body/tbl[0]/tr[1]/tc[4]"]


def test_asks_in_a_column_of_values_where_nothing_else_is_worded() -> None:
    found = reading(table(["Severity", "Response time", "Comments"], ["High", "", ""], ["Low", "", ""]))
    assert [q.text for q in found.questions] == ["High", "Low"]


def test_takes_the_cell_that_all_answer_columns_are_merged_into_for_words() -> None:
    header = ["No.", "Question", "Yes", "No", "n/a", "Remarks"]
    closed = ["☐", "☐", "☐", ""]
    found = reading(
        table(
            header,
            ["1", "Is there a policy for suppliers?", *closed],
            ["2", "Which systems are certified, and by whom?", cell(span=4)],
            ["3", "Conduct at work", cell(span=4)],
            ["3", "Are overtime hours paid?", *closed],
            ["4", "How do you act on a breach?", cell("We end the contract.", span=4)],
            ["5", "Answered elsewhere, is this read?", cell("No answer required", span=4)],
        )
    )
    assert outline(found)[1:] == [
        "2 Which systems are certified, and by whom? @ tbl[0]/tr[2]/tc[1] -> text tbl[0]/tr[2]/tc[2]",
        "3 Are overtime hours paid? @ tbl[0]/tr[4]/tc[1] -> mark Yes@tbl[0]/tr[4]/tc[2] No@tbl[0]/tr[4]/tc[3] "
        "n/a@tbl[0]/tr[4]/tc[4]; text tbl[0]/tr[4]/tc[5]",
        '4 How do you act on a breach? @ tbl[0]/tr[5]/tc[1] -> text tbl[0]/tr[5]/tc[2] = "We end the contract."',
    ]


def test_takes_a_wide_cell_for_words_without_the_choice_that_its_first_column_offers() -> None:
    found = reading(
        table(
            ["Requirement", "Compliant (Yes/No)", "Comments", "Evidence"],
            ["Data must be encrypted at rest.", "", "", ""],
            ["Describe how keys are kept.", cell(span=2), ""],
        )
    )
    assert outline(found)[1] == (
        "Describe how keys are kept. @ tbl[0]/tr[2]/tc[0] -> text tbl[0]/tr[2]/tc[1]; text tbl[0]/tr[2]/tc[2]"
    )


def test_leads_in_to_the_rows_below_from_a_row_whose_boxes_are_merged_into_one_blank_cell() -> None:
    boxes = ["☐", "☐", ""]
    rows = [["1", "Is there a policy for:", cell(span=3)], ["a", "Passwords", *boxes], ["b", "Backups", *boxes]]
    found = reading(table(["No.", "Question", "Yes", "No", "Remarks"], *rows, ["2", "Are logs kept?", *boxes]))
    asked = ["Is there a policy for: Passwords", "Is there a policy for: Backups", "Are logs kept?"]
    assert [question.text for question in found.questions] == asked
