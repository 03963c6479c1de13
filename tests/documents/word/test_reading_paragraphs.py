"""Questions in running paragraphs, and what counts as their place."""

import pytest

from tests.documents.word.making import (
    cell,
    control,
    dropdown,
    heading,
    legacy_dropdown,
    legacy_text,
    outline,
    p,
    r,
    reading,
    table,
)


def test_takes_the_blank_paragraph_behind_each_numbered_question() -> None:
    found = reading(p("1. Do you encrypt?"), p(), p("2) Do you log?"), p(), p("3. Describe backups."), p())
    assert outline(found) == [
        "1 Do you encrypt? @ p[0] -> text p[1]",
        "2 Do you log? @ p[2] -> text p[3]",
        "3 Describe backups. @ p[4] -> text p[5]",
    ]


def test_takes_a_blank_between_sections_for_no_place() -> None:
    found = reading(
        heading("Access"),
        *[p(text, listed=True) for text in ("Do you use MFA?", "Do you review access?", "Who approves it?")],
        p(),
        heading("Logs"),
        p("Do you keep logs?", listed=True),
    )
    assert [q.fields[0].after for q in found.questions] == [True] * 4
    assert outline(found)[0] == "Do you use MFA? @ p[1] -> text p[1] after"
    assert [q.section for q in found.questions] == ["Access"] * 3 + ["Logs"]


@pytest.mark.parametrize("line", ["________________", "......................", "[insert response]", "<Vendor answer>"])
def test_takes_a_printed_line_or_prompt_below_the_question(line: str) -> None:
    found = reading(p("1. Do you encrypt?"), p(line))
    assert outline(found) == ["1 Do you encrypt? @ p[0] -> text p[1]"]


def test_takes_a_line_printed_behind_the_words() -> None:
    found = reading(p("Company name: ____________"), p("2. How long are logs kept? ______"))
    assert outline(found) == ["Company name: @ p[0] -> text p[0]", "2 How long are logs kept? @ p[1] -> text p[1]"]
    assert [q.label for q in found.questions] == [True, False]


def test_takes_a_label_for_the_answer_below_the_question() -> None:
    found = reading(p("1. Do you encrypt?"), p("Vendor response:"), p("2. Describe logging."), p("Answer:"))
    assert outline(found) == ["1 Do you encrypt? @ p[0] -> text p[1]", "2 Describe logging. @ p[2] -> text p[3]"]


def test_takes_boxes_in_the_line_or_below() -> None:
    found = reading(
        p("1. Do you encrypt data? ☐ Yes ☐ No"),
        p("2. Do you log?"),
        p("☐ Yes   ☐ No   ☐ N/A"),
        p("Comments: ________"),
    )
    assert outline(found) == [
        "1 Do you encrypt data? @ p[0] -> mark Yes@p[0] No@p[0]",
        "2 Do you log? @ p[1] -> mark Yes@p[2] No@p[2] N/A@p[2]; text p[3]",
    ]


def test_takes_a_statement_for_a_question_when_options_follow_and_the_details_asked_for() -> None:
    found = reading(
        p("3.1.1 Limit system access to authorized users."),
        p("☐ Implemented   ☐ Planned to be Implemented   ☐ Not Applicable"),
        p("Current implementation or planned implementation details."),
        p(),
    )
    assert outline(found) == [
        "3.1.1 Limit system access to authorized users. @ p[0] -> "
        "mark Implemented@p[1] Planned to be Implemented@p[1] Not Applicable@p[1]; text p[3]"
    ]


def test_takes_the_table_below_a_question_for_its_answer() -> None:
    found = reading(
        p("1. Do you encrypt?"),
        table(["Response", ""], ["Evidence / demonstration", ""]),
        p(),
        p("2. Describe logging."),
        table([""]),
        heading("3. Backups are made.", 3),
        table(["Answer", "Yes, daily."]),
    )
    assert outline(found) == [
        "1 Do you encrypt? @ p[0] -> text tbl[0]/tr[0]/tc[1]; text tbl[0]/tr[1]/tc[1]",
        "2 Describe logging. @ p[2] -> text tbl[1]/tr[0]/tc[0]",
        '3 Backups are made. @ p[3] -> text tbl[2]/tr[0]/tc[1] = "Yes, daily."',
    ]


def test_takes_controls_and_fields_in_the_line() -> None:
    found = reading(
        p(r("Company name: ") + control(r("Click or tap here to enter text."), "<w:text/>", placeholder=True)),
        p(r("Completed on: ") + legacy_text("2024-01-31")),
        p(r("1. Do you log? ") + dropdown("Yes", "No")),
    )
    assert outline(found) == [
        "Company name: @ p[0] -> text p[0]",
        'Completed on: @ p[1] -> text p[1] = "2024-01-31"',
        "1 Do you log? @ p[2] -> choice p[2] Yes|No",
    ]


def test_takes_a_control_around_a_paragraph_for_a_place_and_one_around_a_question_for_a_frame() -> None:
    found = reading(
        control(p("1. Do you encrypt?")),
        control(p("Click here"), "<w:text/>", placeholder=True),
    )
    assert outline(found) == ["1 Do you encrypt? @ p[0] -> text p[1]"]


def test_knows_answers_that_stand_behind_the_questions() -> None:
    found = reading(p("1. Do you encrypt?"), p("Yes, with AES."), p("2. Do you log?"), p("We log everything."))
    assert outline(found) == [
        '1 Do you encrypt? @ p[0] -> text p[1] = "Yes, with AES."',
        '2 Do you log? @ p[2] -> text p[3] = "We log everything."',
    ]


def test_takes_bullets_below_a_question_for_parts_of_it() -> None:
    found = reading(p("1. Do you test the following?"), p("Backups are restored.", listed=True), p("____"))
    assert outline(found) == ["1 Do you test the following? @ p[0] -> text p[2]"]


def test_takes_unnumbered_requests_with_blanks_but_no_instructions() -> None:
    found = reading(
        p("Please answer all questions below."),
        p("Do you have questions? Contact us."),
        heading("Company"),
        p("Please describe your company."),
        p(),
        p("What products do you sell?"),
        p(),
    )
    assert [q.text for q in found.questions] == ["Please describe your company.", "What products do you sell?"]


def test_leaves_running_text_alone() -> None:
    found = reading(
        heading("What is this form?"),
        p("It helps us to know our vendors better and to meet our duties."),
        p("Confirm that the scope is right.", listed=True),
        p("Submit the form to the requesting organization.", listed=True),
    )
    assert found.questions == ()
    assert {s.location for s in found.skipped} >= {"body/p[1]", "body/p[2]", "body/p[3]"}


def test_leaves_lines_to_sign_on_to_people() -> None:
    found = reading(p("Signature: ____________"), p("Company: ____________"))
    assert [q.text for q in found.questions] == ["Company:"]


def test_reads_inserted_text_and_leaves_deleted_text_out() -> None:
    found = reading(
        p(
            '<w:ins w:id="1" w:author="a"><w:r><w:t>1. Do you encrypt?</w:t></w:r></w:ins>'
            '<w:del w:id="2" w:author="a"><w:r><w:delText>Do you sign?</w:delText></w:r></w:del>'
        ),
        p("____"),
    )
    assert outline(found) == ["1 Do you encrypt? @ p[0] -> text p[1]"]
    assert "tracked changes" in found.notices[0]


@pytest.mark.parametrize(
    "questions",
    [
        ("1. Werden Daten verschlüsselt?", "2. Beschreiben Sie das Verfahren."),
        ("1. ¿Cifran los datos en reposo?", "2. Describa el proceso."),
        ("1. Chiffrez-vous les données ?", "2. Décrivez la procédure."),
        ("1. データは暗号化されていますか？", "2. 手順を記載してください。"),
    ],
)
def test_reads_questions_in_other_languages(questions: tuple[str, str]) -> None:
    found = reading(p(questions[0]), p(), p(questions[1]), p())
    assert [q.fields[0].location for q in found.questions] == ["body/p[1]", "body/p[3]"]


def test_takes_a_bold_line_for_the_section_it_heads() -> None:
    found = reading(p("Encryption", run="<w:b/>"), p("1. Do you encrypt?"), p("____"))
    assert found.questions[0].section == "Encryption"


def test_does_not_take_words_of_a_text_box_for_the_paragraphs() -> None:
    box = "<w:r><w:pict><w:txbxContent>" + p("Draft?") + "</w:txbxContent></w:pict></w:r>"
    found = reading(p(box + r("1. Do you encrypt?")), p("____"), table([cell(p("2. Do you log?")), ""]))
    assert outline(found) == [
        "1 Do you encrypt? @ p[0] -> text p[1]",
        "2 Do you log? @ tbl[0]/tr[0]/tc[0] -> text tbl[0]/tr[0]/tc[1]",
    ]


def test_takes_numbered_duties_for_questions_when_nothing_else_has_a_place() -> None:
    duties = p("1.1 The supplier shall encrypt data."), p("1.2 The supplier shall log access.")
    found = reading(heading("Requirements"), *duties)
    assert outline(found) == [
        "1.1 The supplier shall encrypt data. @ p[1] -> text p[1] after",
        "1.2 The supplier shall log access. @ p[2] -> text p[2] after",
    ]
    assert all(question.certainty <= 0.5 for question in found.questions)
    beside = reading(heading("Requirements"), *duties, table(["Question", "Answer"], ["Do you log?", ""]))
    assert [q.text for q in beside.questions] == ["Do you log?"]


def test_takes_options_listed_below_the_question() -> None:
    found = reading(p("Which apply? (select all that apply)"), p("☐ SOC 2"), p("☐ ISO 27001"), p("☐ Other: ________"))
    assert outline(found) == [
        "Which apply? (select all that apply) @ p[0] -> mark SOC 2@p[1] ISO 27001@p[2] Other@p[3]; text p[3]"
    ]


def test_leaves_a_table_of_contents_alone() -> None:
    assert reading(p("1. Do you log?\t3"), p("2. Do you encrypt? .....\t12")).questions == ()


def test_does_not_take_typed_bullets_for_boxes() -> None:
    found = reading(
        heading("Logs"), p("● Do you keep logs?"), p("____"), p("■ Describe how long logs are kept here."), p("____")
    )
    assert outline(found) == [
        "Do you keep logs? @ p[1] -> text p[2]",
        "Describe how long logs are kept here. @ p[3] -> text p[4]",
    ]


def test_takes_the_blank_inside_a_frame_control_for_the_place_and_not_the_frame() -> None:
    found = reading(control(p("1. Do you log?") + p("________")))
    assert outline(found) == ["1 Do you log? @ p[0] -> text p[1]"]


def test_takes_a_sentence_with_a_field_inside_for_a_label() -> None:
    found = reading(p(r("This report is based on the results noted on ") + legacy_text() + r(" in section 2.")))
    assert [(q.label, q.fields[0].location) for q in found.questions] == [(True, "body/p[0]")]


def test_takes_lines_that_name_values_for_places_to_write_behind_the_name() -> None:
    found = reading(heading("Vendor"), p("Company name:"), p("Address:"), heading("Terms"), p("In short:"))
    assert outline(found) == ["Company name: @ p[1] -> text p[1]", "Address: @ p[2] -> text p[2]"]


def test_takes_lines_numbered_as_answers() -> None:
    found = reading(p("Q1. Do you log?"), p("A1."), p("Q2. Do you encrypt?"), p("A2."))
    assert outline(found) == ["Q1 Do you log? @ p[0] -> text p[1]", "Q2 Do you encrypt? @ p[2] -> text p[3]"]


def test_takes_a_line_that_calls_itself_a_question_for_one_whatever_it_says() -> None:
    found = reading(
        p("Q: Is data encrypted?"), p("A: "), p("Q: Describe your logging."), p("A:"), p("Q: Backups"), p("A:")
    )
    assert outline(found) == [
        "Is data encrypted? @ p[0] -> text p[1]",
        "Describe your logging. @ p[2] -> text p[3]",
        "Backups @ p[4] -> text p[5]",
    ]


@pytest.mark.parametrize("place", ["Response:", "____________"])
def test_takes_each_title_with_a_place_of_its_own_for_a_question(place: str) -> None:
    found = reading(p("Backup policy"), p(place), p("Access control"), p(place), p("Logging"), p(place))
    assert outline(found) == [
        "Backup policy @ p[0] -> text p[1]",
        "Access control @ p[2] -> text p[3]",
        "Logging @ p[4] -> text p[5]",
    ]


def test_takes_no_remark_between_lines_to_write_on_for_a_question() -> None:
    found = reading(p("1. Do you keep backups?"), p("______"), p("(use a further sheet)"), p("______"))
    assert outline(found) == ["1 Do you keep backups? @ p[0] -> text p[1]"]


@pytest.mark.parametrize("label", [" Answer:", "\nResponse: ", "\nA: ________"])
def test_takes_a_label_for_the_answer_at_the_end_of_the_question_itself(label: str) -> None:
    found = reading(p(f"1. Is data encrypted?{label}"), p(), p(f"Q: Describe backups.{label}"))
    assert outline(found) == [
        "1 Is data encrypted? @ p[0] -> text p[0]",
        "Describe backups. @ p[2] -> text p[2]",
    ]


@pytest.mark.parametrize("words", ["Thank you for your help.", "Note: Is it late? Write to us."])
def test_takes_no_talk_before_a_label_for_a_question(words: str) -> None:
    assert reading(p(f"{words} Comments:")).questions == ()


def test_takes_the_place_below_a_question_that_ends_in_a_label_for_the_answer() -> None:
    found = reading(p("1. Is data encrypted? Response:"), p("________"), p("2. Who backs up? Answer:"), table([""]))
    assert outline(found) == [
        "1 Is data encrypted? @ p[0] -> text p[1]",
        "2 Who backs up? @ p[2] -> text tbl[0]/tr[0]/tc[0]",
    ]


CHOOSE = dropdown("Yes", "No")
TYPE = control(r("Click or tap here to enter text."), "<w:text/>", placeholder=True)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ((p(r("1. Do you log? ") + CHOOSE + r(" Details: ") + TYPE),), "p[0]"),
        ((p(r("1. Do you log? ") + legacy_dropdown("Yes", "No") + r(" ") + legacy_text()),), "p[0]"),
        ((p("1. Do you log?"), p(CHOOSE + r(" ") + TYPE)), "p[1]"),
        ((p("1. Do you log?"), p(r("Answer: ") + CHOOSE + r(" Comments: ") + TYPE)), "p[1]"),
    ],
)
def test_reads_a_list_and_a_text_in_one_line_as_two_places(line: tuple[str, ...], place: str) -> None:
    found = reading(*line)
    assert outline(found) == [f"1 Do you log? @ p[0] -> choice {place} Yes|No; text {place}"]


@pytest.mark.parametrize("end", [" by the signatory.", ")."])
def test_leaves_a_field_inside_a_sentence_of_a_declaration_to_who_signs(end: str) -> None:
    said = p(r("This is based on the results dated (date ") + legacy_text() + r(end))
    found = reading(heading("Declaration of compliance"), said, heading("Security"), p("1. Do you log?"), p("________"))
    assert outline(found) == ["1 Do you log? @ p[3] -> text p[4]"]


def test_takes_a_code_parted_from_its_number_for_the_number_but_no_standards_name() -> None:
    found = reading(
        p("SEC 1 Describe backups."), p("Response:"), p("SOC 2 Type II: who is your auditor?"), p("Response:")
    )
    assert outline(found) == [
        "SEC 1 Describe backups. @ p[0] -> text p[1]",
        "SOC 2 Type II: who is your auditor? @ p[2] -> text p[3]",
    ]


def test_takes_bullets_and_the_line_that_heads_them_for_a_part_of_the_question() -> None:
    bullets = [p(f"aspect number {n}", listed=True) for n in range(8)]
    found = reading(
        p("1. Do you encrypt?"), p("Please cover:"), *bullets, p("Response:"), p("2. Do you log?"), p("Response:")
    )
    assert outline(found) == ["1 Do you encrypt? @ p[0] -> text p[10]", "2 Do you log? @ p[11] -> text p[12]"]


def test_an_order_without_a_number_goes_on_with_the_numbered_question_above() -> None:
    frame = table([""])
    found = reading(
        p("Q1 Which logs can be read?"), p("Name the formats."), frame, p(), p("Q2 Describe alerts."), frame
    )
    assert [question.text for question in found.questions] == ["Which logs can be read?", "Describe alerts."]
    assert found.questions[0].fields[0].location == "body/tbl[0]/tr[0]/tc[0]"


@pytest.mark.parametrize("choice", ["Yes / No", "Ja / Nein / Teilweise", "はい / いいえ", "YES/NO"])
def test_a_choice_printed_under_a_question_is_where_the_answer_goes(choice: str) -> None:
    found = reading(p("1. Do you encrypt?"), p(choice), p("Comments: ________"), p("2. Do you log?"), p(choice))
    assert [question.fields[0].location for question in found.questions] == ["body/p[1]", "body/p[4]"]


def test_a_choice_printed_behind_a_question_is_no_part_of_it() -> None:
    found = reading(p("1. Do you encrypt?   Yes / No / N/A"), p("2. Do you log? Yes/No"))
    assert outline(found) == [
        "1 Do you encrypt? @ p[0] -> choice p[0] Yes|No|N/A; text p[0] after",
        "2 Do you log? @ p[1] -> choice p[1] Yes|No; text p[1] after",
    ]


def test_what_may_be_answered_is_no_question_under_an_instruction() -> None:
    found = reading(p("Answer each line with one of these:"), p("Yes / No"), p("1. Do you log?"), p("______"))
    assert outline(found) == ["1 Do you log? @ p[2] -> text p[3]"]


def test_a_question_without_a_number_goes_on_with_the_numbered_one_above() -> None:
    frame = table([""])
    found = reading(p("1. Do you encrypt?"), p("Which algorithms do you use?"), frame, p("2. Do you log?"), frame)
    assert [question.text for question in found.questions] == ["Do you encrypt?", "Do you log?"]


@pytest.mark.parametrize("choice", [p("Yes / No"), p(dropdown("Yes", "No"))])
def test_a_request_for_details_behind_any_choice_goes_on_with_its_question(choice: str) -> None:
    found = reading(p("1. Do you encrypt?"), choice, p("If yes, please describe:"), p("________"))
    (question,) = found.questions
    assert [field.location for field in question.fields] == ["body/p[1]", "body/p[3]"]
    found = reading(p("1. Do you encrypt?"), choice, p("If yes, please describe:"), p(), p("2. Do you log?"), choice)
    assert [field.location for field in found.questions[0].fields] == ["body/p[1]", "body/p[3]"]


@pytest.mark.parametrize(
    "line",
    [
        "Answer: [enter your answer here]",
        "Vendor response (max. 200 words): <response>",
        "Antwort: Hier Antwort eingeben",
        "Réponse : ________",
        "Respuesta: [...]",
        "回答：[ここに記入]",
        "回答：【ここに記入】",
        "Comments: Click or tap here to enter text.",
    ],
)
def test_takes_a_prompt_behind_a_label_for_the_place_of_the_question_above(line: str) -> None:
    found = reading(
        p("Do you keep a policy?", listed=True, list_id=2),
        p("It names its owner.", listed=True, level=1),
        p("State its date.", listed=True, level=1),
        p(line),
        p(),
        p("Which roles take part?", listed=True, list_id=2),
        p(line),
    )
    assert outline(found) == [
        "1 Do you keep a policy? @ p[0] -> text p[3]",
        "2 Which roles take part? @ p[5] -> text p[6]",
    ]


def test_takes_prompts_behind_labels_in_a_cell_for_the_places_of_the_question_beside_it() -> None:
    found = reading(
        table(
            ["1. Do you log access to customer data?", "Response: [your answer]\nEvidence:"],
            ["2. Do you test?", "Response:"],
        )
    )
    assert [[field.location for field in q.fields] for q in found.questions] == [
        ["body/tbl[0]/tr[0]/tc[1]/p[0]", "body/tbl[0]/tr[0]/tc[1]/p[1]"],
        ["body/tbl[0]/tr[1]/tc[1]/p[0]"],
    ]
