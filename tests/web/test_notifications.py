"""The bell, and the page behind it."""

from __future__ import annotations

import pytest

from assistant.people import Role
from assistant.statement import Scope
from assistant.wiring import Application
from assistant.workflow.notifying import Kind
from tests.lantern import account_of, person, workbook
from tests.web.client import CheckingClient


def tell(application: Application, subject: str, text: str, kind: Kind = Kind.REVIEW_DUE) -> None:
    whom = account_of(application, "sales@example.com").id
    with application.store.writing() as tx:
        tx.notifications.add(whom, kind, subject, text, None, application.store.now())


@pytest.fixture
def key(application: Application) -> int:
    by = person(application, Role.SALES)
    key = application.intake.receive(by, workbook(), "a.xlsx", customer="Acme", scope=Scope("Lantern", "cloud"))
    application.layouts.confirm(by, key, 1)
    application.worker.run_once()
    return key


def test_an_empty_page_says_what_will_be_there(sales: CheckingClient) -> None:
    assert "You hear here when" in sales.get("/notifications").words
    assert "not seen" not in sales.get("/help").words


def test_the_bell_counts_what_was_not_seen(sales: CheckingClient, application: Application) -> None:
    for number in range(3):
        tell(application, "statement lantern.md", f"Review {number}")
    assert "Notifications 3 not seen" in sales.get("/help").words
    page = sales.submit("/notifications", "/notifications/seen", {"notes": None})
    assert "not seen" not in page.words
    assert "Nothing new" in page.words


def test_several_of_a_kind_are_one_line_that_lists_them(
    sales: CheckingClient, application: Application, key: int
) -> None:
    items = application.review.desk(person(application, Role.SALES), key).questions
    for item in items:
        tell(application, item.subject, f"Somebody gave you {item.question.number}", Kind.ASSIGNED)
    page = sales.get("/notifications")
    assert "Acme, a.xlsx" in page.words
    assert f"{len(items)} questions assigned to you" in page.words
    assert "Somebody gave you K-2" in page.words


def test_a_click_leads_to_the_place_and_marks_it_as_seen(
    sales: CheckingClient, application: Application, key: int
) -> None:
    item = application.review.desk(person(application, Role.SALES), key).questions[1]
    tell(application, item.subject, "A reviewer sent K-2 back", Kind.REJECTED)
    page = sales.submit("/notifications", "/notifications/open")
    assert page.address == f"/questionnaires/{key}/review/{item.id}"
    assert "not seen" not in page.words
    assert "A reviewer sent K-2 back" in sales.get("/notifications").words


def test_a_click_never_leads_elsewhere(sales: CheckingClient) -> None:
    data = {"csrf_token": sales.token(), "notes": "1,x,²,99999999999", "to": "https://evil.example"}
    response = sales.raw.post("/notifications/open", data=data)
    assert response.headers["Location"] == "/"


def test_what_is_due_for_review_leads_to_it_or_to_the_list_of_all(
    sales: CheckingClient, application: Application
) -> None:
    tell(application, "statement lantern.md", "Review by 2026-12-01: Security at Lantern")
    page = sales.get("/notifications")
    assert page.fields(page.form("/notifications/open"))["to"] == ["/library/statements/lantern.md"]
    tell(application, "library entry 7", "Review by 2026-12-02: Keys")
    page = sales.get("/notifications")
    assert page.fields(page.form("/notifications/open"))["to"] == ["/library/due"]
    sales.send(page, "/notifications/seen", {"notes": None})
    tell(application, "library entry 7", "Review by 2027-12-02: Keys")
    page = sales.get("/notifications")
    assert page.fields(page.form("/notifications/open"))["to"] == ["/library/7"]


def test_what_is_gone_leads_nowhere(sales: CheckingClient, application: Application) -> None:
    tell(application, "question 9999", "Somebody gave you K-9", Kind.ASSIGNED)
    page = sales.get("/notifications")
    assert "1 assignment" in page.words
    assert not page.has_form("/notifications/open")


def test_a_kind_that_was_switched_off_is_not_told(sales: CheckingClient, application: Application) -> None:
    page = sales.submit("/account", "/account/notifications", {"kind": ["assigned", "due"]})
    assert page.fields(page.form("/account/notifications"))["kind"] == ["assigned", "due"]
    tell(application, "statement lantern.md", "Review it")
    tell(application, "questionnaire 1", "Due", Kind.DUE)
    words = sales.get("/notifications").words
    assert "Review it" not in words
    assert "1 due date" in words


def test_what_is_not_to_be_seen_any_more_is_named_by_its_kind(
    sales: CheckingClient, application: Application, key: int
) -> None:
    tell(application, "question 999", "Acme threatens to sue", Kind.MENTIONED)
    page = sales.get("/notifications")
    assert "Gone, or not for you to see any more 1 comment for you" in page.words
    assert "threatens" not in page.text


def test_what_was_submitted_leads_a_reviewer_to_what_there_is_to_approve(
    reviewer: CheckingClient, application: Application, key: int
) -> None:
    by = person(application, Role.SALES)
    drafted = [item.id for item in application.review.desk(by, key).questions]
    count = len(application.bulk.submit(by, key, drafted).done)
    assert f"My queue {count} waiting" in reviewer.get("/help").words
    told = reviewer.get("/notifications")
    assert f"Sales Person submitted {count} answers of Acme's questionnaire" in told.words
    page = reviewer.send(told, "/notifications/open")
    assert page.address == f"/questionnaires/{key}/review?show=submitted"
    for place in ("/", "/queue"):
        page = reviewer.get(place)
        assert f"To approve {count}" in page.words
        assert f"/questionnaires/{key}/review?show=submitted" in page.text


def test_what_was_sent_back_leads_to_the_answers_that_were(
    sales: CheckingClient, application: Application, key: int
) -> None:
    tell(application, f"questionnaire {key}", "Rosa sent 3 answers of Acme back", Kind.REJECTED)
    page = sales.get("/notifications")
    assert f"/questionnaires/{key}/review?show=returned" in page.text


def test_only_who_approves_can_switch_off_to_be_told_of_what_was_submitted(
    sales: CheckingClient, reviewer: CheckingClient
) -> None:
    for client, offered in ((sales, False), (reviewer, True)):
        page = client.get("/account")
        assert ("submitted" in page.fields(page.form("/account/notifications"))["kind"]) is offered
