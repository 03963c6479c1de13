"""Several questions in one cell are several entries, where their answers are words; anything else is one."""

from __future__ import annotations

import pytest

from assistant.documents import fill, inspect, verify
from assistant.documents.excel.wording import several
from assistant.filling import entries, gathered
from tests.documents.excel.books import Page, book

THREE = "a) Do you encrypt backups?\nb) Where are they kept, and\nfor how long?\n\nc) Describe how they are tested."
OTHERS = (("2", "Do you review access rights every quarter?"), ("3", "Is there an incident response plan?"))


def shown(text: str, lists: dict[str, str] | None = None) -> list[tuple[str, str, str]]:
    file = book(Page(rows=[("No.", "Question", "Answer"), ("1", text), *OTHERS], lists=lists or {}))
    return [(q.number, q.text, str(q.location).rpartition("!")[2]) for q in inspect(file).questions]


def test_numbered_questions_in_a_cell_are_entries_of_their_own() -> None:
    assert shown(THREE)[:4] == [
        ("1 a", "Do you encrypt backups?", "B2"),
        ("1 b", "Where are they kept, and for how long?", "B2"),
        ("1 c", "Describe how they are tested.", "B2"),
        ("2", "Do you review access rights every quarter?", "B3"),
    ]


def test_one_choice_is_made_for_all_that_a_cell_asks() -> None:
    assert shown(THREE, {"C2:C4": '"Yes,No"'})[0] == ("1", THREE, "B2")


@pytest.mark.parametrize(
    "text",
    [
        "Are the following kept in agreements?\na. Data format\nb. Deletion policy",
        "a) Data format\nb) Deletion policy",
        "1. Do you encrypt backups?",
        "Do you encrypt backups?\nDo you test them?",
        "a) Do you encrypt backups?\na) Do you test them every year?",
        "Is it a) encrypted or b) signed?",
    ],
)
def test_a_cell_that_asks_once_is_one_question(text: str) -> None:
    assert several(text) == []


def test_the_answers_stand_in_the_cell_one_below_the_other() -> None:
    file = book(Page(rows=[("No.", "Question", "Answer"), ("1", THREE), *OTHERS]))
    said = ["Yes.", "In two regions, for 30 days.", "Every quarter."]
    asked = inspect(file).questions[:3]
    made = gathered(
        entry for question, text in zip(asked, said, strict=True) for entry in entries(question, None, text)
    )
    completed = fill(file, made)
    assert verify(file, completed, [place for entry in made for place in entry.field.places()]) == []
    assert inspect(completed).questions[0].fields[0].value == "\n\n".join(said)
