"""Tables whose rows are labelled as question, guidance and response, and guidance between question and answer."""

from __future__ import annotations

from tests.documents.word.making import cell, control, dropdown, outline, p, r, reading, table


def test_reads_rows_labelled_as_question_and_response() -> None:
    rows = [
        [cell("Information governance", span=2)],
        ["Question 1", "Describe how you protect personal data."],
        ["Guidance", "At most 500 words."],
        ["Weighting", "10 %"],
        ["Response", ""],
        ["Question 2", "Describe your incident process."],
        ["Your response", ""],
        ["Evidence", ""],
    ]
    assert outline(reading(table(*rows))) == [
        "1 Describe how you protect personal data. @ tbl[0]/tr[1]/tc[1] -> text tbl[0]/tr[4]/tc[1]",
        "2 Describe your incident process. @ tbl[0]/tr[5]/tc[1] -> text tbl[0]/tr[6]/tc[1]; text tbl[0]/tr[7]/tc[1]",
    ]


def test_reads_one_labelled_table_for_each_question() -> None:
    blocks = [
        block
        for text in ("Do you have a plan?", "Who is responsible?")
        for block in (table(["Question", text], ["Maximum score", "5"], ["Supplier response", ""]), p())
    ]
    assert outline(reading(*blocks)) == [
        "Do you have a plan? @ tbl[0]/tr[0]/tc[1] -> text tbl[0]/tr[2]/tc[1]",
        "Who is responsible? @ tbl[1]/tr[0]/tc[1] -> text tbl[1]/tr[2]/tc[1]",
    ]


def test_takes_a_header_of_question_and_response_for_a_header() -> None:
    found = reading(table(["Question", "Response"], ["Do you have a plan?", ""], ["Is it tested?", ""]))
    assert [question.location for question in found.questions] == ["body/tbl[0]/tr[1]/tc[0]", "body/tbl[0]/tr[2]/tc[0]"]


def test_looks_past_guidance_for_the_answer_row() -> None:
    found = reading(table(["1. Describe your monitoring."], ["Guidance: at most 500 words."], ["Response:"]))
    assert outline(found) == ["1 Describe your monitoring. @ tbl[0]/tr[0]/tc[0] -> text tbl[0]/tr[2]/tc[0]/p[0]"]


def test_gives_rows_labelled_response_and_comments_to_the_question_above() -> None:
    rows = [
        [cell("1. Is access reviewed?", span=2)], ["Response:", ""], ["Comments:", ""],
        [cell("2. Are leavers removed?", span=2)], ["Response:", ""], ["Comments:", ""],
    ]  # fmt: skip
    assert outline(reading(table(*rows))) == [
        "1 Is access reviewed? @ tbl[0]/tr[0]/tc[0] -> text tbl[0]/tr[1]/tc[1]; text tbl[0]/tr[2]/tc[1]",
        "2 Are leavers removed? @ tbl[0]/tr[3]/tc[0] -> text tbl[0]/tr[4]/tc[1]; text tbl[0]/tr[5]/tc[1]",
    ]


def test_takes_a_number_alone_on_its_line_for_the_number_of_the_question_below() -> None:
    found = reading(p("A.1"), p("Who runs the service?"), p(), p("A.2"), p("Where does it run?"), p())
    assert [question.number for question in found.questions] == ["A.1", "A.2"]


def test_takes_repeated_headers_for_titles_of_sections() -> None:
    rows = [["Access", "Response"], ["Is MFA used?", ""], ["Crypto", "Response"], ["Is TLS used?", ""]]
    assert [(q.text, q.section) for q in reading(table(*rows)).questions] == [
        ("Is MFA used?", ""), ("Is TLS used?", "Crypto"),
    ]  # fmt: skip


def test_reads_statements_without_a_verb_beside_tick_columns() -> None:
    found = reading(table(["Maßnahme", "vorhanden", "nicht vorhanden"], ["Alarm", "☐", "☐"], ["Chipkarten", "☐", "☐"]))
    assert outline(found)[0] == "Alarm @ tbl[0]/tr[1]/tc[0] -> mark vorhanden@tbl[0]/tr[1]/tc[1] " + (
        "nicht vorhanden@tbl[0]/tr[1]/tc[2]"
    )


def test_reads_options_by_their_letters_from_the_header() -> None:
    found = reading(
        table(["Requirement", "Compliant (C/PC/NC)"], ["Data must be encrypted.", ""], ["It must log.", ""])
    )
    field = found.questions[0].choice_field
    assert field is not None
    assert field.options == ("C", "PC", "NC")


def test_takes_blank_paragraphs_for_places_where_other_questions_are_answered_already() -> None:
    blocks = [
        p("1. Is there a plan?"), p("Yes, since 2019."), p("2. Is it tested?"), p("Yes, every year."),
        p("3. Who owns it?"), p(), p("4. Where is it kept?"), p(),
    ]  # fmt: skip
    assert [q.fields[0].location for q in reading(*blocks).questions] == [
        "body/p[1]",
        "body/p[3]",
        "body/p[5]",
        "body/p[7]",
    ]


def test_reads_a_german_company_label_and_remarks_behind_ticks() -> None:
    blocks = [p("Firma: ______"), p("1. Gibt es eine Leitlinie?"), p("☐ Ja  ☐ Nein"), p("Bemerkung: ______")]
    assert outline(reading(*blocks)) == [
        "Firma: @ p[0] -> text p[0]",
        "1 Gibt es eine Leitlinie? @ p[1] -> mark Ja@p[2] Nein@p[2]; text p[3]",
    ]


def test_takes_each_numbered_paragraph_of_a_cell_for_a_question() -> None:
    found = reading(table(["Topic", "Question", "Answer"], ["Access", "1. Is MFA used?\n2. Who approves?", ""]))
    assert outline(found) == [
        "1 Is MFA used? @ tbl[0]/tr[1]/tc[1]/p[0] -> text tbl[0]/tr[1]/tc[2]",
        "2 Who approves? @ tbl[0]/tr[1]/tc[1]/p[1] -> text tbl[0]/tr[1]/tc[2]",
    ]


def test_takes_several_lines_without_numbers_for_one_question() -> None:
    found = reading(table(["Question", "Answer"], ["Is MFA used?\nFor whom?", ""], ["Is TLS used?", ""]))
    assert [question.text for question in found.questions] == ["Is MFA used? For whom?", "Is TLS used?"]


def test_begins_a_question_at_each_number_before_options() -> None:
    blocks = [
        p("1. Staff are trained."),
        p("○ Agree ○ Disagree"),
        p("2. We patch in 30 days."),
        p("○ Agree ○ Disagree"),
    ]
    assert [question.number for question in reading(*blocks).questions] == ["1", "2"]


def test_reads_polish_headers_and_ticks() -> None:
    found = reading(table(["Lp.", "Pytanie", "Tak", "Nie", "Uwagi"], ["1", "Czy dane są szyfrowane?", "", "", ""]))
    assert outline(found) == [
        "1 Czy dane są szyfrowane? @ tbl[0]/tr[1]/tc[1] -> "
        "mark Tak@tbl[0]/tr[1]/tc[2] Nie@tbl[0]/tr[1]/tc[3]; text tbl[0]/tr[1]/tc[4]"
    ]


def test_leaves_hidden_text_out() -> None:
    hidden = p(r("1. Is this shown?") + r(" Is this hidden?", "<w:vanish/>"))
    assert [question.text for question in reading(hidden, p("____")).questions] == ["Is this shown?"]


def test_gives_a_list_and_a_text_control_in_one_line_of_a_cell_a_place_each() -> None:
    text = control(r("Click here to enter text."), "<w:text/>", placeholder=True)
    answer = cell(f"<w:p>{dropdown('Yes', 'No')}{r(' ')}{text}</w:p>")
    found = reading(table(["Question", "Answer"], ["Is MFA used?", answer]))
    assert outline(found) == [
        "Is MFA used? @ tbl[0]/tr[1]/tc[0] -> choice tbl[0]/tr[1]/tc[1] Yes|No; text tbl[0]/tr[1]/tc[1]/p[0]"
    ]


def test_reads_answer_tables_with_options_beside_or_above_their_boxes() -> None:
    beside = table(["Yes", "☐", "No", "☐"], [cell("Comments:", span=4)])
    above = table(["Yes", "No", "Comment"], ["", "", ""])
    assert outline(reading(p("1. Do you log?"), beside, p("2. Do you patch?"), above)) == [
        "1 Do you log? @ p[0] -> mark Yes@tbl[0]/tr[0]/tc[1] No@tbl[0]/tr[0]/tc[3]; text tbl[0]/tr[1]/tc[0]/p[0]",
        "2 Do you patch? @ p[1] -> mark Yes@tbl[1]/tr[1]/tc[0] No@tbl[1]/tr[1]/tc[1]; text tbl[1]/tr[1]/tc[2]",
    ]


def test_gives_the_blank_line_below_a_request_for_details_to_the_question_with_ticks() -> None:
    blocks = [p("1. Was there a breach? ☐ Yes ☐ No"), p("If ‘Yes’, please provide details below:"), p(), p("The end.")]
    assert outline(reading(*blocks)) == ["1 Was there a breach? @ p[0] -> mark Yes@p[0] No@p[0]; text p[2]"]


def test_takes_rows_that_head_others_by_number_or_shade_for_titles() -> None:
    questions = [["3.1", "How is access granted?", ""], ["3.2", "How is it removed?", ""]]
    numbered = table(["3", "Access", ""], *questions)
    shaded = table(
        ["No.", "Question", "Answer"], [cell(text, shade="CCCCCC") for text in ("", "Access", "")], *questions
    )
    for block, first in ((numbered, 1), (shaded, 2)):
        assert [question.location for question in reading(block).questions] == [
            f"body/tbl[0]/tr[{first}]/tc[1]", f"body/tbl[0]/tr[{first + 1}]/tc[1]",
        ]  # fmt: skip


def test_puts_the_question_of_the_header_before_what_the_rows_name() -> None:
    found = reading(table(["Do you use MFA for:", "Yes", "No"], ["E-mail", "☐", "☐"], ["Remote access", "☐", "☐"]))
    assert [q.text for q in found.questions] == ["Do you use MFA for: E-mail", "Do you use MFA for: Remote access"]


def test_reads_answers_that_stand_beside_or_below_all_questions_already() -> None:
    beside = table(["Is data encrypted?", "With AES-256."], ["Who holds the keys?", "The security team."])
    assert [q.fields[0].value for q in reading(beside).questions] == ["With AES-256.", "The security team."]
    below = reading(p("1. Is data encrypted?"), table(["With AES-256."]), p("2. Who holds the keys?"), table([""]))
    assert [(q.fields[0].location, q.fields[0].value) for q in below.questions] == [
        ("body/tbl[0]/tr[0]/tc[0]", "With AES-256."), ("body/tbl[1]/tr[0]/tc[0]", None),
    ]  # fmt: skip


def test_reads_columns_that_stand_twice_side_by_side() -> None:
    rows = [
        ["Question", "Answer"] * 2,
        ["Do you log?", "", "Do you patch?", ""],
        ["Do you vet?", "", "Do you train?", ""],
    ]
    assert [(q.text, q.fields[0].location) for q in reading(table(*rows)).questions] == [
        ("Do you log?", "body/tbl[0]/tr[1]/tc[1]"),
        ("Do you vet?", "body/tbl[0]/tr[2]/tc[1]"),
        ("Do you patch?", "body/tbl[0]/tr[1]/tc[3]"),
        ("Do you train?", "body/tbl[0]/tr[2]/tc[3]"),
    ]


def test_takes_a_sentence_across_the_table_for_a_note_and_a_few_words_for_a_title() -> None:
    rows = [
        ["Question", "Answer"],
        [cell("Please answer all questions in this section.", span=2)],
        ["Do you log?", ""],
        [cell("Operations", span=2)],
        ["Do you patch?", ""],
    ]
    assert [q.section for q in reading(table(*rows)).questions] == ["", "Operations"]


def test_gives_a_line_for_other_options_to_the_question_with_ticks() -> None:
    found = reading(p("Welche Maßnahmen gibt es?"), p("☐ Alarm  ☐ Zaun"), p("Sonstiges: ______"))
    assert outline(found) == ["Welche Maßnahmen gibt es? @ p[0] -> mark Alarm@p[1] Zaun@p[1]; text p[2]"]


def test_takes_cells_that_show_only_a_counted_number_for_numbers_not_places() -> None:
    number = cell(p(listed=True, list_id=2))
    counted = table(["No", "Question", "Answer"], [number, "Do you log?", ""], [number, "Do you patch?", ""])
    assert outline(reading(counted)) == [
        "1 Do you log? @ tbl[0]/tr[1]/tc[1] -> text tbl[0]/tr[1]/tc[2]",
        "2 Do you patch? @ tbl[0]/tr[2]/tc[1] -> text tbl[0]/tr[2]/tc[2]",
    ]
    within = table(["Question", "Answer"], [cell(p("Do you log?", listed=True, list_id=2)), ""], ["Who reads?", ""])
    assert [question.number for question in reading(within).questions] == ["1", ""]


def test_takes_the_blank_row_below_a_row_of_options() -> None:
    rows = [["1. Is MFA used?"], ["☐ Yes  ☐ No"], [""], ["2. Is TLS used?"], ["☐ Yes  ☐ No"], [""]]
    assert [[f.location for f in q.fields] for q in reading(table(*rows)).questions] == [
        ["body/tbl[0]/tr[1]/tc[0]/p[0]", "body/tbl[0]/tr[2]/tc[0]"],
        ["body/tbl[0]/tr[4]/tc[0]/p[0]", "body/tbl[0]/tr[5]/tc[0]"],
    ]


def test_takes_a_plain_request_below_a_bold_question_for_a_part_of_it() -> None:
    blocks = [p("Do you log access?", run="<w:b/>"), p("Please include retention."), p()] * 2
    assert [(q.location, q.fields[0].location) for q in reading(*blocks).questions] == [
        ("body/p[0]", "body/p[2]"), ("body/p[3]", "body/p[5]"),
    ]  # fmt: skip


def test_puts_answers_behind_the_questions_of_a_table_where_nothing_takes_answers() -> None:
    asking = table(["ID", "Question"], ["1", "Do you log?"], ["2", "Describe patching."])
    assert outline(reading(asking)) == [
        "1 Do you log? @ tbl[0]/tr[1]/tc[1] -> text tbl[0]/tr[1]/tc[1] after",
        "2 Describe patching. @ tbl[0]/tr[2]/tc[1] -> text tbl[0]/tr[2]/tc[1] after",
    ]
    assert reading(asking).questions[0].certainty == 0.5
    assert len(reading(asking, p("1. Who are you?"), p("____")).questions) == 1


def test_reads_blank_rows_between_questions_under_a_header() -> None:
    rows = [["No", "Question"], ["1", "Do you log?"], [cell(span=2)], ["2", "Do you patch?"], [cell(span=2)]]
    assert outline(reading(table(*rows))) == [
        "1 Do you log? @ tbl[0]/tr[1]/tc[1] -> text tbl[0]/tr[2]/tc[0]",
        "2 Do you patch? @ tbl[0]/tr[3]/tc[1] -> text tbl[0]/tr[4]/tc[0]",
    ]


def test_a_requirement_is_answered_by_the_rows_that_are_named_for_it_or_offer_a_choice() -> None:
    rows = [["Requirement ID", "SEC-1"], ["Requirement", "The supplier shall encrypt data at rest."]]
    answers = [["Compliance", p(dropdown("Yes", "No"))], ["Supplier statement", ""]]
    found = reading(table(*rows, *answers))
    assert outline(found) == [
        "SEC-1 The supplier shall encrypt data at rest. @ tbl[0]/tr[1]/tc[1] -> "
        "choice tbl[0]/tr[2]/tc[1] Yes|No; text tbl[0]/tr[3]/tc[1]"
    ]
