"""Tables whose rows are labelled as question, guidance and response, and guidance between question and answer."""

from __future__ import annotations

from tests.documents.word.making import cell, outline, p, reading, table


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
