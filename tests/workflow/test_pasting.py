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


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("a) Is data encrypted?\nb) Are logs kept?", ["a", "b"]),
        ("(i) Is data encrypted?\n(ii) Are logs kept?", ["i", "ii"]),
        ("Q1: Is data encrypted?\nQuestion 2. Are logs kept?", ["Q1", "2"]),
        ("1. Is data encrypted?\nAre logs kept?\nIs access reviewed?", ["1", "", ""]),
        ("1.1 Is data encrypted?\n1.2 Are logs kept?", ["1.1", "1.2"]),
    ],
)
def test_no_label_stands_twice(text: str, numbers: list[str]) -> None:
    found = asked(text)
    assert [question.number for question in found] == numbers
    assert [question.text for question in found[:2]] == ["Is data encrypted?", "Are logs kept?"]


def test_what_is_numbered_beneath_a_line_makes_it_a_heading() -> None:
    found = asked("1. Access control\n1.1 Do you use MFA?\n1.2 Access is reviewed.\n2. Keys\n2.1 Keys are rotated.\n")
    assert [(question.section, question.number) for question in found] == [
        ("Access control", "1.1"),
        ("Access control", "1.2"),
        ("Keys", "2.1"),
    ]


def test_parts_bear_the_number_of_what_they_are_parts_of() -> None:
    found = asked("1) Do you encrypt data:\n  a) at rest?\n  b) in transit?\n2) Do you have backups?")
    assert [(question.number, question.text) for question in found] == [
        ("1a", "at rest?"),
        ("1b", "in transit?"),
        ("2", "Do you have backups?"),
    ]


def test_short_parts_of_a_question_stay_with_it() -> None:
    (found,) = asked("1. Who approves access?\na) for employees\nb) for contractors")
    assert found.text == "Who approves access?\na) for employees\nb) for contractors"


def test_a_line_that_was_broken_is_joined() -> None:
    found = asked("1. Do you encrypt the data of customers\nwherever it is kept?\n2. Are logs kept?")
    assert [question.text for question in found] == [
        "Do you encrypt the data of customers wherever it is kept?",
        "Are logs kept?",
    ]


def test_a_request_without_a_question_mark_is_no_heading() -> None:
    found = asked("Do you use MFA?\nDescribe your backups\nWho approves access?")
    assert [question.text for question in found] == ["Do you use MFA?", "Describe your backups", "Who approves access?"]


MAIL = """Acme Security Questionnaire

Please answer all questions by Friday.

1. Access control
1.1 Do you use MFA for all staff?
1.2 Who approves access?
The form is confidential and must not be given to anybody else.

2. Encryption
2.1 Is data encrypted at rest?
Thank you!
"""


def test_nothing_that_was_pasted_is_lost() -> None:
    file, name = pasted(MAIL, documents)
    found = documents.inspect(file, name)
    shown = [*(q.text for q in found.questions), *(q.section for q in found.questions)]
    left = [skipped.text for skipped in found.skipped]
    assert left == [
        "Acme Security Questionnaire",
        "Please answer all questions by Friday.",
        "The form is confidential and must not be given to anybody else.",
        "Thank you!",
    ]
    for line in MAIL.splitlines():
        assert not line or any(text and text in line for text in (*shown, *left)), line


def test_a_heading_with_nothing_under_it_is_left_out() -> None:
    file, name = pasted("Is data encrypted?\nAre logs kept?\nAcme procurement", documents)
    assert [skipped.text for skipped in documents.inspect(file, name).skipped] == ["Acme procurement"]


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
