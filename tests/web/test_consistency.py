"""What the pages show of consistency: told before, similar answers, the parent, what does not agree."""

from __future__ import annotations

from assistant.people import Person
from assistant.statement import Scope
from assistant.wiring import Application
from assistant.workflow.records import QuestionRecord
from tests.lantern import workbook
from tests.web.client import CheckingClient

DISKS = "Are laptop disks encrypted?"


def taken_in(application: Application, by: Person, *questions: str, customer: str = "Acme") -> list[QuestionRecord]:
    """Return the questions of a drafted questionnaire of that customer."""
    file = workbook(tuple((f"Q-{number}", question) for number, question in enumerate(questions, 1)))
    key = application.intake.receive(by, file, f"{customer}.xlsx", customer=customer, scope=Scope("Lantern", "cloud"))
    application.layouts.confirm(by, key, 1)
    while application.worker.run_once():
        pass
    return list(application.review.desk(by, key).questions)


def answer(application: Application, by: Person, item: QuestionRecord, choice: str, text: str) -> None:
    saved = application.review.edit(by, item.id, item.version, choice=choice or None, text=text)
    application.review.approve(by, item.id, saved.version, without_choice=not choice)


def reviewer_of(application: Application) -> Person:
    with application.store.reading() as tx:
        account = tx.people.by_email("reviewer@example.com")
    assert account is not None
    return account.person


def test_what_the_customer_was_told_stands_beside_the_answer_word_by_word(
    application: Application, reviewer: CheckingClient
) -> None:
    by = reviewer_of(application)
    (earlier,) = taken_in(application, by, DISKS)
    answer(application, by, earlier, "Yes", "All disks are encrypted with AES-128.")
    (item,) = taken_in(application, by, DISKS)
    page = reviewer.get(f"/questionnaires/{item.questionnaire}/review/{item.id}")
    assert "Told Acme before" in page.words
    answer(application, by, item, "Yes", "All disks are encrypted with AES-256.")
    page = reviewer.get(f"/questionnaires/{item.questionnaire}/review/{item.id}")
    assert "This customer was told something else" in page.words
    marks = ["".join(mark.itertext()) for mark in page.all("mark")]
    assert "AES-128" in " ".join(marks)
    listed = reviewer.get(f"/questionnaires/{item.questionnaire}/completion").words
    assert "Inconsistent 1" in listed
    assert "AES-128" in listed


def test_a_follow_up_names_its_parent_and_what_is_wrong(application: Application, reviewer: CheckingClient) -> None:
    by = reviewer_of(application)
    parent, follow_up = taken_in(application, by, DISKS, "If yes, with which method?")
    answer(application, by, parent, "No", "Not yet.")
    page = reviewer.get(f"/questionnaires/{parent.questionnaire}/review/{follow_up.id}")
    assert f"Depends on Q-1 : {DISKS} No" in page.words
    answer(application, by, follow_up, "", "With AES-256.")
    page = reviewer.get(f"/questionnaires/{parent.questionnaire}/review/{follow_up.id}")
    assert "After that answer this is not asked" in page.words
    assert "Does not go with the question it depends on" in (
        reviewer.get(f"/questionnaires/{parent.questionnaire}/completion").words
    )


def test_the_same_question_twice_links_to_the_other(application: Application, reviewer: CheckingClient) -> None:
    by = reviewer_of(application)
    first, second = taken_in(application, by, DISKS, "Do you encrypt the disks of laptops?")
    answer(application, by, first, "Yes", "With AES-256.")
    answer(application, by, second, "No", "They hold nothing.")
    page = reviewer.get(f"/questionnaires/{first.questionnaire}/review/{second.id}")
    assert "Also asked in this document" in page.words
    assert "Answered differently in this document (“Yes”)" in page.words
    targets = [link.get("href") for link in page.all("a")]
    assert f"/questionnaires/{first.questionnaire}/review/{first.id}" in targets


def test_similar_approved_answers_are_shown(application: Application, reviewer: CheckingClient) -> None:
    by = reviewer_of(application)
    (earlier,) = taken_in(application, by, DISKS, customer="Globex")
    answer(application, by, earlier, "Yes", "All disks are encrypted with AES-256.")
    application.library.take(by, earlier.id)
    (item,) = taken_in(application, by, "Do you encrypt the disks of laptops?")
    answer(application, by, item, "No", "They hold nothing.")
    application.knowledge.refresh()
    page = reviewer.get(f"/questionnaires/{item.questionnaire}/review/{item.id}")
    assert "Similar approved answers 1" in page.words
    assert "The library says something else (“Yes”)" in page.words


def test_no_page_of_a_questionnaire_shows_anything_of_another_customer(
    application: Application, reviewer: CheckingClient
) -> None:
    by = reviewer_of(application)
    (theirs,) = taken_in(application, by, DISKS, customer="Globex Corporation")
    answer(application, by, theirs, "No", "Their own gadget keeps the disks plain.")
    (item,) = taken_in(application, by, DISKS)
    answer(application, by, item, "Yes", "All disks are encrypted with AES-256.")
    pages = [
        reviewer.get(f"/questionnaires/{item.questionnaire}/{path}").text
        for path in (f"review/{item.id}", "review", "table", "completion", "found")
    ]
    assert "Approved with another choice elsewhere" in pages[0]
    assert "Approved with another choice elsewhere" in pages[3]
    for page in pages:
        assert "Globex" not in page
        assert "gadget" not in page


def test_the_desk_and_the_table_show_what_is_inconsistent(application: Application, reviewer: CheckingClient) -> None:
    by = reviewer_of(application)
    parent, follow_up, other = taken_in(application, by, DISKS, "If yes, with which method?", "Are logs kept?")
    answer(application, by, parent, "No", "Not yet.")
    answer(application, by, follow_up, "", "With AES-256.")
    answer(application, by, other, "Yes", "They are kept for a year.")
    for view in ("review", "table"):
        page = reviewer.get(f"/questionnaires/{parent.questionnaire}/{view}?show=inconsistent")
        assert "If yes, with which method?" in page.words
        assert "Are logs kept?" not in page.words
