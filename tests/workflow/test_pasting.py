"""Questions pasted as text become a table that asks each of them and has a place for each answer."""

from __future__ import annotations

import pytest

from assistant import documents
from assistant.errors import InvalidValueError
from assistant.questionnaire import Question
from assistant.workflow.pasting import pasted


def asked(text: str) -> tuple[Question, ...]:
    file, name = pasted(text, documents)
    return documents.inspect(file, name).questions


def test_one_question_a_line() -> None:
    found = asked("Do you encrypt data; at rest, in transit?\n\n  How long are logs kept?  \n")
    assert [question.text for question in found] == [
        "Do you encrypt data; at rest, in transit?",
        "How long are logs kept?",
    ]
    assert all(question.text_field is not None for question in found)


def test_numbers_in_front_are_the_questions_numbers() -> None:
    found = asked("1. Is data encrypted?\n2) Are logs kept?\nA-3.1 Who approves access?")
    assert [(question.number, question.text) for question in found] == [
        ("1", "Is data encrypted?"),
        ("2", "Are logs kept?"),
        ("A-3.1", "Who approves access?"),
    ]


def test_a_single_number_belongs_to_its_question() -> None:
    assert asked("Is data encrypted?\n24 hours a day, is somebody on call?")[1].text.startswith("24 hours")


def test_short_lines_among_questions_are_headings() -> None:
    found = asked("Access control\nDo you use MFA?\nWho approves access?\nEncryption:\nIs data encrypted?")
    assert [(question.section, question.text) for question in found] == [
        ("Access control", "Do you use MFA?"),
        ("Access control", "Who approves access?"),
        ("Encryption", "Is data encrypted?"),
    ]


def test_bullets_go() -> None:
    assert [question.text for question in asked("- Is data encrypted?\n• Are logs kept?")] == [
        "Is data encrypted?",
        "Are logs kept?",
    ]


@pytest.mark.parametrize(
    "table",
    [
        "ID\tQuestion\tResponse\nA1\tIs data encrypted?\t\nA2\tAre logs\tkept?\n",
        "ID\tQuestion\nA1\tIs data encrypted?\nA2\tHow long are logs kept?\n",
        "A1\tIs data encrypted?\nA2\tHow long are logs kept?\n",
    ],
    ids=["with a place for answers", "without", "without a header"],
)
def test_a_table_from_a_spreadsheet_gets_what_it_lacks(table: str) -> None:
    found = asked(table)
    assert found[0].text == "Is data encrypted?"
    assert all(question.fields and not any(field.value for field in question.fields) for question in found[:1])


def test_a_cell_of_several_lines_stays_one_question() -> None:
    assert asked('No\tQuestion\n1\t"Is data encrypted\nat rest?"\n2\tAre logs kept?\n')[0].text.split() == [
        "Is",
        "data",
        "encrypted",
        "at",
        "rest?",
    ]


@pytest.mark.parametrize("text", ["", "  \n ", "Please answer:"])
def test_nothing_asked_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match=r"[Pp]aste"):
        pasted(text, documents)
