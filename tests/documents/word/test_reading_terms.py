"""Columns that take one of some values, where the cells do not offer them."""

import pytest

from tests.documents.word.making import cell, dropdown, heading, p, reading, table

TERMS = ("Supports: it works.", "Partially supports: some of it works.", "Does not support: most of it fails.")
VALUES = ("Supports", "Partially supports", "Does not support")
HEAD = ["Criteria", "Conformance Level", "Remarks and Explanations"]
ROWS = [["1.1.1 Non-text content", "", ""], ["1.2.1 Audio only", "", ""], ["1.3.1 Relationships", "", ""]]


def test_a_blank_level_takes_the_terms_that_the_form_explains_and_the_remarks_the_words() -> None:
    found = reading(*[p(term, listed=True) for term in TERMS], table(HEAD, *ROWS))
    assert [question.text for question in found.questions] == ["Non-text content", "Audio only", "Relationships"]
    assert [question.choice_field.options for question in found.questions if question.choice_field] == [VALUES] * 3
    assert found.questions[0].fields[1].location == "body/tbl[0]/tr[1]/tc[2]"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Level of compliance", "Comments"),
        ("Umsetzungsgrad", "Erläuterung"),
        ("Nivel de cumplimiento", "Comentarios"),
        ("Support level", "Explanation"),
    ],
)
def test_a_level_is_a_choice_though_its_values_are_told_nowhere(first: str, second: str) -> None:
    found = reading(table(["Requirement", first, second], *ROWS))
    assert [[field.kind for field in question.fields] for question in found.questions] == [["choice", "text"]] * 3


def test_terms_may_stand_in_a_small_table() -> None:
    terms = [["Term", "Meaning"], *([said.strip() for said in term.split(":")] for term in TERMS)]
    found = reading(table(*terms), p(), table(HEAD, *ROWS))
    assert [question.choice_field.options for question in found.questions if question.choice_field] == [VALUES] * 3


def test_a_drop_down_under_the_same_heading_in_another_table_tells_the_values() -> None:
    listed = [
        ["2.1 Keyboard", p(dropdown("Good", "Fair", "Poor")), ""],
        ["2.2 Pause", p(dropdown("Good", "Fair", "Poor")), ""],
    ]
    found = reading(table(HEAD, *ROWS), p(), table(HEAD, *listed))
    assert [q.choice_field.options for q in found.questions if q.choice_field] == [("Good", "Fair", "Poor")] * 5


def test_terms_of_the_trade_are_no_values() -> None:
    glossary = ("Processor: who works on behalf of another.", "Breach: a loss of data.", "Open: not closed yet.")
    found = reading(*[p(term) for term in glossary], table(HEAD, *ROWS))
    assert [q.choice_field.options for q in found.questions if q.choice_field] == [()] * 3


def test_a_column_that_is_alone_takes_only_the_term() -> None:
    found = reading(
        *[p(term) for term in TERMS], table(["Requirement", "Conformance level"], *[row[:2] for row in ROWS])
    )
    assert [[field.kind for field in question.fields] for question in found.questions] == [["choice"]] * 3


def test_titles_across_the_table_stay_titles() -> None:
    rows = [[cell("Perception", span=3)], *ROWS]
    found = reading(*[p(term) for term in TERMS], table(HEAD, *rows))
    assert [question.section for question in found.questions] == ["Perception"] * 3


def test_levels_and_remarks_that_were_given_already_are_read_as_answers() -> None:
    rows = [["1.1 Keyboard", "Supports", "All of it."], ["1.2 Pause", "Partially supports", "Some."]]
    found = reading(table(HEAD, *rows))
    assert [[field.value for field in question.fields] for question in found.questions] == [
        ["Supports", "All of it."],
        ["Partially supports", "Some."],
    ]
    assert not reading(table(["Milestone", "Status"], ["First draft", "Implemented"], ["Tests", "Planned"])).questions


def test_a_row_beside_which_no_answer_is_wanted_is_a_title_and_heads_nothing() -> None:
    bold = "<w:b/>"
    unwanted = [p(text, run=bold) for text in ("Chapter 3: Hardware", *["Heading cell – no response required"] * 2)]
    found = reading(*[p(term) for term in TERMS], table(HEAD, unwanted, *ROWS))
    assert [question.choice_field.options for question in found.questions if question.choice_field] == [VALUES] * 3
    assert {question.section for question in found.questions} == {"Chapter 3: Hardware"}


def test_a_heading_behind_the_terms_is_none_of_them() -> None:
    found = reading(*[p(term) for term in TERMS], heading("Table 1: Criteria"), table(HEAD, *ROWS))
    assert [question.choice_field.options for question in found.questions if question.choice_field] == [VALUES] * 3


def test_lines_about_a_section_make_its_heading_no_question() -> None:
    head = [heading("Conformance report"), p("To be completed by the supplier"), p("Report date:"), p("Contact:")]
    found = reading(*head, heading("Level A"), p("Notes:"), table(HEAD, *ROWS))
    assert [question.location for question in found.questions][:3] == [
        "body/p[2]",
        "body/p[3]",
        "body/tbl[0]/tr[1]/tc[0]",
    ]
    found = reading(heading("Encryption"), p("To be completed by the supplier"), heading("Logging"), p("Response:"))
    assert [question.text for question in found.questions] == ["Encryption", "Logging"]
