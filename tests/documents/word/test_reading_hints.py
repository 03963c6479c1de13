"""Bracketed hints before a blank cell say what is wanted there and take no answer themselves."""

import pytest

from tests.documents.word.making import cell, outline, reading, table


@pytest.mark.parametrize("hint", ["[Notes]", "<Freitext>", "[Texte]"])
def test_takes_the_blank_cell_behind_a_hint_for_the_place(hint: str) -> None:
    found = reading(table([cell("A1. Where is data stored?\nName the region.", span=2)], [hint, ""]))
    assert [(q.number, [field.location for field in q.fields]) for q in found.questions] == [
        ("A1", ["body/tbl[0]/tr[1]/tc[1]"])
    ]


def test_offers_the_options_that_a_hint_prints() -> None:
    found = reading(table([cell("A2. Do you encrypt data?", span=2)], ["[Yes/No]", ""]))
    assert outline(found) == ["A2 Do you encrypt data? @ tbl[0]/tr[0]/tc[0] -> choice tbl[0]/tr[1]/tc[1] Yes|No"]


def test_leaves_a_hint_out_before_boxes() -> None:
    found = reading(table([cell("A3. How large are you?", span=2)], ["[Multiple choice]", "☐ Small\n☐ Large"]))
    assert outline(found) == [
        "A3 How large are you? @ tbl[0]/tr[0]/tc[0] -> mark Small@tbl[0]/tr[1]/tc[1]/p[0] Large@tbl[0]/tr[1]/tc[1]/p[1]"
    ]


def test_leaves_a_hint_out_between_a_question_and_its_blank_cell() -> None:
    found = reading(table(["Do you keep logs?", "[Yes/No]", ""], ["How long are they kept?", "[Months]", ""]))
    assert outline(found) == [
        "Do you keep logs? @ tbl[0]/tr[0]/tc[0] -> choice tbl[0]/tr[0]/tc[2] Yes|No",
        "How long are they kept? @ tbl[0]/tr[1]/tc[0] -> text tbl[0]/tr[1]/tc[2]",
    ]


def test_writes_where_a_bracketed_text_prompts_to_write() -> None:
    found = reading(table([cell("Where is data stored?", span=2)], ["[Insert response]", ""]))
    assert "tbl[0]/tr[1]/tc[0]" in outline(found)[0]


@pytest.mark.parametrize(("hint", "given"), [("[Notes]", "We keep it in Dublin."), ("[Yes/No]", "Yes")])
def test_sees_what_was_written_behind_a_hint(hint: str, given: str) -> None:
    found = reading(table([cell("A1. Is data stored in one place?", span=2)], [hint, given]))
    assert [(field.location, field.value) for field in found.questions[0].fields] == [
        ("body/tbl[0]/tr[1]/tc[1]", given)
    ]
