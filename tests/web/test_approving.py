"""Approving what was submitted, without a script: to the end of the list, and on to the next questionnaire."""

from __future__ import annotations

from assistant.people import Role
from assistant.statement import Scope
from assistant.wiring import Application
from tests.lantern import person, workbook
from tests.web.arranging import questions
from tests.web.client import CheckingClient


def submitted(application: Application, customer: str) -> int:
    by = person(application, Role.SALES)
    key = application.intake.receive(by, workbook(), "a.xlsx", customer=customer, scope=Scope("Lantern", "cloud"))
    application.layouts.confirm(by, key, 1)
    application.worker.run_once()
    application.bulk.submit(by, key, [item.id for item in application.review.desk(by, key).questions])
    return key


def test_the_last_approval_leads_to_what_waits_elsewhere(reviewer: CheckingClient, application: Application) -> None:
    key, other = submitted(application, "Acme"), submitted(application, "Globex")
    page = reviewer.get(f"/questionnaires/{key}/review?show=submitted")
    count = len(questions(page))
    assert count == 3
    for _ in range(count):
        first = questions(page)[0]
        values = {"without_choice": "yes"}
        page = reviewer.send(page, f"/questions/{first}/approve", values, form=f"/questions/{first}/edit")
    assert "Nothing left to approve here" in page.words
    assert "Next questionnaire: Globex a.xlsx 3 answers to approve" in page.words
    assert f"/questionnaires/{other}/review?show=submitted" in page.text


def test_where_filters_hide_what_waits_here_it_is_offered_first(
    reviewer: CheckingClient, application: Application
) -> None:
    key = submitted(application, "Acme")
    page = reviewer.get(f"/questionnaires/{key}/review?show=submitted&person=me")
    assert "3 other answers wait in this questionnaire, outside these filters." in page.words


def test_at_the_very_end_the_queue_is_offered(reviewer: CheckingClient, application: Application) -> None:
    key = submitted(application, "Acme")
    by = person(application, Role.REVIEWER)
    for item in application.review.desk(by, key).questions[:3]:
        application.review.approve(by, item.id, item.version, without_choice=True)
    page = reviewer.get(f"/questionnaires/{key}/review?show=submitted")
    assert "Nothing waits for your approval in any other questionnaire either." in page.words


def test_who_may_not_approve_is_told_of_filters(sales: CheckingClient, application: Application) -> None:
    key = submitted(application, "Acme")
    page = sales.get(f"/questionnaires/{key}/review?show=submitted&person=me")
    assert "No question passes the filters." in page.words
    assert "To approve" not in sales.get("/").words
