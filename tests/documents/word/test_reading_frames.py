"""A question in a row of a table with the answer in the row below: in a frame of its own, or under a numbered text."""

import pytest

from tests.documents.word.making import cell, outline, p, reading, table


def framed(text: str = "") -> str:
    """Return a cell that holds nothing but a table of one cell."""
    return cell(table([text]) + p())


def test_takes_the_frame_below_a_question_for_its_place() -> None:
    found = reading(table(["3.1 Who hosts the service?"], [framed()]), p(), table(["3.2 Where?"], [framed()]))
    assert outline(found) == [
        "3.1 Who hosts the service? @ tbl[0]/tr[0]/tc[0] -> text tbl[0]/tr[1]/tc[0]/tbl[0]/tr[0]/tc[0]",
        "3.2 Where? @ tbl[1]/tr[0]/tc[0] -> text tbl[1]/tr[1]/tc[0]/tbl[0]/tr[0]/tc[0]",
    ]


def test_sees_the_answer_in_the_frame_below_a_question() -> None:
    found = reading(table(["3.1 Who hosts the service?"], [framed("We do.")]))
    assert [(q.text, q.fields[0].value) for q in found.questions] == [("Who hosts the service?", "We do.")]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("B.4", "Énumérez vos sous-traitants."),
        ("2.1", "Überblick über die Rechenzentren"),
        ("1.2", "Порядок удаления данных"),
        ("3", "Subprocessors and their tasks"),
    ],
)
def test_asks_a_numbered_text_whatever_it_says_over_a_blank_cell_of_its_own(number: str, text: str) -> None:
    found = reading(table([f"{number} {text}"], [""]))
    assert [(q.number, q.text, q.fields[0].location) for q in found.questions] == [
        (number, text, "body/tbl[0]/tr[1]/tc[0]")
    ]


def test_takes_a_french_verb_and_what_it_governs_for_a_request() -> None:
    found = reading(p("Énumérez vos sous-traitants."), p("________"), p("Assez de texte."))
    assert [q.text for q in found.questions] == ["Énumérez vos sous-traitants."]
