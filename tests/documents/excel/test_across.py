"""Questions that stand side by side, and labels beside guidance and behind codes."""

from __future__ import annotations

from assistant.documents import inspect
from tests.documents.excel.books import Page, asked, book

ASK = (
    "How often are the rule sets of the firewall reviewed?",
    "Which keys protect the backups that are kept at the second site?",
    "When are accounts of people who left removed?",
    "How are new employees checked before they get any access?",
)


def test_questions_side_by_side_are_answered_under_each() -> None:
    head = ("Timestamp", "Company name", "Do you publish a report? [Yes / No]", *ASK)
    found = inspect(book(Page(rows=[head]))).questions
    assert asked(book(Page(rows=[head]))) == [
        ("C1", "choice C2 Yes|No"), ("D1", "text D2"), ("E1", "text E2"), ("F1", "text F2"), ("G1", "text G2"),
    ]  # fmt: skip
    assert (found[0].text, found[0].label) == ("Company name", True)


def test_answers_under_questions_side_by_side_are_kept() -> None:
    file = book(Page(rows=[ASK, ["Twice a year.", None, None, None]]))
    assert [question.fields[0].value for question in inspect(file).questions] == ["Twice a year.", None, None, None]


def test_the_answers_of_several_others_are_no_form() -> None:
    answers = [["Twice a year.", "AES keys", "Yes", "By an agency"], ["Never.", "None", "No", "Not at all"]]
    assert asked(book(Page(rows=[ASK, *answers]))) == []


def test_a_label_may_begin_with_a_code() -> None:
    rows = [("Item", "Your details"), ("GEN-01: Vendor name",), ("GEN-02: Product version",), ("3. Date",)]
    found = inspect(book(Page(rows=rows))).questions
    assert [(question.number, question.text) for question in found] == [
        ("GEN-01", "Vendor name"), ("GEN-02", "Product version"), ("3", "Date"),
    ]  # fmt: skip


def test_what_stands_under_instructions_asks_nothing() -> None:
    rows = [("Item", "Your details", "Instructions"), ("Vendor name", None, None), ("Product", None, "URL")]
    assert [question.text for question in inspect(book(Page(rows=rows))).questions] == ["Vendor name", "Product"]
