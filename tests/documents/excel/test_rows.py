"""Rows of a question table that ask nothing: titles among topics, legends and thanks under the questions."""

from __future__ import annotations

import pytest

from tests.documents.excel.books import Page, Value, asked, book

ASK = (
    "Do you encrypt customer data at rest?",
    "Do you review access rights every quarter?",
    "Is there a documented incident response plan?",
    "Are backups tested at least once a year?",
)


@pytest.mark.parametrize(
    "closing",
    [
        (None, "Thanks for your help! Please send it back by Friday."),
        ("Partial", "The requirement is met in some areas."),
    ],
)
def test_what_follows_the_last_numbered_question_without_a_number_is_none(closing: tuple[Value, ...]) -> None:
    file = book(Page(rows=[("No", "Question", "Answer"), *enumerate(ASK, 1), (), closing]))
    assert [question[0] for question in asked(file)] == ["B2", "B3", "B4", "B5"]


def test_a_question_without_a_number_may_follow_the_numbered_ones() -> None:
    rows = [("No", "Question", "Answer"), *enumerate(ASK, 1), (None, "Is there anything else we should know?")]
    assert [question[0] for question in asked(book(Page(rows=rows)))][-1] == "B6"


def test_statements_without_numbers_may_follow_numbered_ones() -> None:
    statements = [(None, f"The supplier shall protect the systems of kind {i} from malware.") for i in range(3)]
    rows = [("No", "Requirement", "Response"), *enumerate(ASK, 1), *statements]
    assert len(asked(book(Page(rows=rows)))) == 7


TOPICS = (
    ("Access",), ("Password policy",), ("Leavers",), ("Who has admin rights?",), ("Backups",),
    ("Data",), ("Encryption at rest",), ("Hosting country",), ("Retention",), ("Sub-processors",),
)  # fmt: skip


def test_bold_words_among_topics_are_titles() -> None:
    file = book(Page(rows=[("Topic", "Your answer", "Our notes"), *TOPICS], bold=["A2", "A7"]))
    assert [question[0] for question in asked(file)] == ["A3", "A4", "A5", "A6", "A8", "A9", "A10", "A11"]


def test_a_bold_topic_that_has_its_answer_is_no_title() -> None:
    rows = [("Topic", "Your answer", "Our notes"), *TOPICS[:5], ("Data", "In Ireland"), *TOPICS[6:]]
    found = [question[0] for question in asked(book(Page(rows=rows, bold=["A2", "A7"])))]
    assert "A2" not in found
    assert "A7" in found


@pytest.mark.parametrize(
    "remark", ["[Withdrawn in issue 2024/2]", "Reserved", "Deleted: see 4.2", "Intentionally left blank", "Entfallen"]
)
def test_what_says_that_it_asks_nothing_any_more_is_no_question(remark: str) -> None:
    rows = [("No", "Question", "Answer"), *enumerate(ASK[:2], 1), (3, remark), *enumerate(ASK[2:], 4)]
    assert [question[0] for question in asked(book(Page(rows=rows)))] == ["B2", "B3", "B5", "B6"]


@pytest.mark.parametrize("asks", ["Removed devices are wiped before they are sold.", "Is deleted data overwritten?"])
def test_a_question_may_speak_of_what_was_removed(asks: str) -> None:
    rows = [("No", "Question", "Answer"), *enumerate((*ASK, asks), 1)]
    assert asked(book(Page(rows=rows)))[-1][0] == "B6"


def test_a_prompt_in_every_cell_is_no_answer() -> None:
    many = [f"Is control number {number} in place?" for number in range(1, 13)]
    rows: list[tuple[str | int, str, str]] = [("No", "Question", "Your answer")]
    rows += [(number, text, "<please answer>") for number, text in enumerate(many, 1)]
    assert asked(book(Page(rows=rows))) == [(f"B{row}", f"text C{row}") for row in range(2, 14)]


@pytest.mark.parametrize(
    ("names", "place"),
    [
        (("Kontrollfrage", "Umsetzungsbeschreibung", "Nachweise"), "text C2"),
        (("Prüffrage", "Prüferkommentar", "Lieferantenantwort"), "text D2"),
        (("Anforderungsbeschreibung", "Anbieterangaben", "Kundenvermerk"), "text C2"),
    ],
)
def test_compound_words_name_columns(names: tuple[str, ...], place: str) -> None:
    asks = ("Werden Daten verschlüsselt?", "Werden Zugriffe geprüft?", "Gibt es einen Notfallplan?")
    rows = [("Nr.", *names), *((number, text) for number, text in enumerate(asks, 1))]
    assert asked(book(Page(rows=rows)))[0][:2] == ("B2", place)


def test_an_acronym_that_looks_like_a_verb_makes_no_question_of_a_title() -> None:
    rows = [("No", "Level", "Control question", "Description"), ("1", None, "IS policies and organisation")]
    rows += [(f"1.{i}", None, f"To what extent are policies of kind {i} available?") for i in range(1, 5)]
    assert asked(book(Page(rows=rows, lists={"B3:B6": '"0,1,2,3"'})))[0][0] == "C3"


def test_what_is_numbered_as_the_questions_are_is_asked_though_it_has_no_drop_down() -> None:
    rows = [("ID", "Question", "Answer"), ("DOC-1", "Intended use of the device:")]
    rows += [(f"ACC-{number}", text) for number, text in enumerate(ASK, 1)]
    file = book(Page(rows=rows, lists={"C3:C6": '"Yes,No"'}))
    assert asked(file)[:2] == [("B2", "text C2"), ("B3", "choice C3 Yes|No")]
