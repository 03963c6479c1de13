"""A choice and the words to it in places of different kinds: boxes in a line, a frame below, labelled rows."""

import pytest

from tests.documents.word.making import (
    cell,
    checkbox,
    dropdown,
    heading,
    legacy_checkbox,
    outline,
    p,
    r,
    reading,
    table,
)

BOXES = checkbox() + r(" Yes  ") + checkbox() + r(" No")


@pytest.mark.parametrize("box", [checkbox(), legacy_checkbox(), r("☐")])
def test_a_frame_behind_boxes_takes_the_words(box: str) -> None:
    line = p(box + r(" Yes  ") + box + r(" No"))
    found = reading(p("1.1 Do you encrypt?"), line, table([""]), p(), p("1.2 Do you log?"), line, table([""]))
    assert [q.fields[1].location for q in found.questions] == ["body/tbl[0]/tr[0]/tc[0]", "body/tbl[1]/tr[0]/tc[0]"]


def test_a_frame_behind_boxes_and_a_request_for_details_takes_the_words() -> None:
    found = reading(p("1. Do you encrypt?"), p(BOXES), p("If no, please explain."), table([""]))
    assert [field.location for field in found.questions[0].fields] == ["body/p[1]", "body/tbl[0]/tr[0]/tc[0]"]


def test_a_frame_behind_a_label_takes_the_words_and_not_the_label() -> None:
    found = reading(p("1. Do you encrypt?"), p(BOXES), p("Comments:"), table([""]), p("2. Do you log?"), p(BOXES))
    assert [field.location for field in found.questions[0].fields] == ["body/p[1]", "body/tbl[0]/tr[0]/tc[0]"]
    assert [len(question.fields) for question in found.questions] == [2, 1]


def test_words_in_a_frame_behind_boxes_are_the_answer_only_where_one_is_ticked() -> None:
    ticked = p(checkbox(ticked=True) + r(" Yes  ") + checkbox() + r(" No"))
    found = reading(p("1. Do you encrypt?"), ticked, table(["With AES-256 at rest."]))
    assert found.questions[0].fields[1].value == "With AES-256 at rest."
    found = reading(p("1. Do you encrypt?"), p(BOXES), table(["The next part is about logs."]))
    assert len(found.questions[0].fields) == 1


def test_a_frame_behind_a_drop_down_takes_the_words() -> None:
    found = reading(p("1. Do you encrypt?"), p(dropdown("Yes", "No")), table([""]), p("2. Do you log?"), p(BOXES))
    assert [field.location for field in found.questions[0].fields] == ["body/p[1]", "body/tbl[0]/tr[0]/tc[0]"]


def test_a_frame_that_asks_for_details_takes_them_behind_its_words() -> None:
    found = reading(p("1. Do you encrypt?"), p(BOXES), table(["If no, explain:"]))
    assert [field.location for field in found.questions[0].fields] == ["body/p[1]", "body/tbl[0]/tr[0]/tc[0]/p[0]"]


def test_a_frame_behind_a_table_of_one_question_with_boxes_takes_the_words() -> None:
    ask = [table([f"{i}. Do you encrypt?", "☐ Yes ☐ No"]) + p() + table([""]) + p() for i in (1, 2)]
    assert [len(question.fields) for question in reading(*ask).questions] == [2, 2]
    several = table(["Question", "Yes", "No"], ["Do you encrypt?", "", ""], ["Do you log?", "", ""])
    assert [len(question.fields) for question in reading(several, p(), table([""])).questions] == [1, 1]


def test_a_table_of_questions_behind_boxes_stays_one() -> None:
    found = reading(p("1. Do you encrypt?"), p(BOXES), table(["Question", "Answer"], ["Do you log?", ""]))
    assert [question.text for question in found.questions] == ["Do you encrypt?", "Do you log?"]
    assert len(found.questions[0].fields) == 1


def card(question: str, *rows: list[str]) -> list[list[str]]:
    """Return the rows of one card."""
    return [[cell(question, span=2)], *rows]


@pytest.mark.parametrize(
    ("answer", "note"), [("Risposta", "Note"), ("Odpowiedź", "Uwagi"), ("Antwort", "Erläuterung"), ("回答", "備考")]
)
def test_labelled_rows_under_a_question_take_its_choice_and_its_words(answer: str, note: str) -> None:
    found = reading(table(*card("1. Are keys kept apart?", [answer, "☐ Sì  ☐ No"], [note, ""])))
    assert [len(question.fields) for question in found.questions] == [2]
    assert outline(found)[0].endswith("text tbl[0]/tr[2]/tc[1]")


def test_several_cards_stand_in_one_table() -> None:
    rows = [["Response", p(dropdown("Yes", "No"))], ["Evidence", ""]]
    found = reading(table(*card("1. Do you encrypt?", *rows), *card("2. Do you log?", *rows)))
    assert [question.number for question in found.questions] == ["1", "2"]
    assert [[field.kind for field in question.fields] for question in found.questions] == [["choice", "text"]] * 2


@pytest.mark.parametrize("span", [1, 2])
def test_the_number_of_a_card_may_stand_in_a_cell_of_its_own(span: int) -> None:
    rows = [[cell("Response", span=span), "☐ Yes ☐ No"], [cell("Comments", span=span), ""]]
    cards = [[str(i), cell("Do you encrypt?", span=span)] for i in (1, 2)]
    found = reading(table(cards[0], *rows, cards[1], *rows))
    assert [(question.number, len(question.fields)) for question in found.questions] == [("1", 2), ("2", 2)]
    assert found.questions[0].location == "body/tbl[0]/tr[0]/tc[1]"


def test_a_card_that_was_withdrawn_asks_nothing() -> None:
    rows = [["Response", "☐ Yes ☐ No"], ["Comments", ""]]
    found = reading(table(*card("1. Do you encrypt?", *rows), *card("2. [Withdrawn in issue 3]", *rows)))
    assert [question.number for question in found.questions] == ["1"]


def test_guidance_and_the_assessors_row_on_a_card_take_no_answer() -> None:
    rows = [["Guidance", "Say for which data."], ["Response", ""], ["Comments", ""], ["Assessor comments", ""]]
    found = reading(table(*card("1. Do you encrypt?", *rows)))
    assert [field.location for field in found.questions[0].fields] == [f"body/tbl[0]/tr[{i}]/tc[1]" for i in (2, 3)]


def test_values_under_a_request_are_fields_of_their_own() -> None:
    found = reading(table(*card("Please give your contact for incidents.", ["Name", ""], ["Phone", ""])))
    assert [question.text for question in found.questions if question.label] == ["Name", "Phone"]


def test_a_question_about_what_is_signed_is_asked() -> None:
    found = reading(table(["Is the policy signed off by a director?"], ["☐ Yes ☐ No"], ["Signature"], [""]))
    assert [question.text for question in found.questions] == ["Is the policy signed off by a director?"]
    found = reading(heading("Policy"), p("1. Is each policy signed by a director? ☐ Yes ☐ No"))
    assert len(found.questions) == 1


def test_a_blank_grid_inside_an_answer_cell_is_where_the_answer_begins() -> None:
    nested = table(["", ""], ["", ""]) + p()
    found = reading(table(["Question", "Answer"], ["Which systems are tested?", ""], ["List the addresses.", nested]))
    assert found.questions[1].fields[0].location == "body/tbl[0]/tr[2]/tc[1]/tbl[0]/tr[0]/tc[0]"


def test_a_list_to_fill_in_inside_an_answer_cell_is_where_the_answer_begins() -> None:
    nested = table(["Address", "Owner"], ["", ""], ["", ""]) + p()
    found = reading(table(["Question", "Answer"], ["Which systems are tested?", ""], ["List the addresses.", nested]))
    assert [question.fields[0].location for question in found.questions][1:] == [
        "body/tbl[0]/tr[2]/tc[1]/tbl[0]/tr[1]/tc[0]"
    ]
