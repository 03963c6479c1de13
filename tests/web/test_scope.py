"""The scope of a questionnaire is changed on a page of its own, which says beforehand what that means."""

from __future__ import annotations

from urllib.parse import quote

from assistant.people import Role
from assistant.wiring import Application
from tests.lantern import person
from tests.web.arranging import drafted
from tests.web.client import CheckingClient

CLOUD, PREMISE = "product=Lantern&deployment=cloud", "product=Lantern&deployment=on-premise"


def test_the_page_says_what_it_means_and_then_does_it(application: Application, sales: CheckingClient) -> None:
    key = drafted(sales, application)
    by = person(application, Role.REVIEWER)
    item = application.review.desk(by, key).questions[0]
    application.review.approve(by, item.id, item.version)
    address = f"/questionnaires/{key}/scope"
    page = sales.get(sales.get(f"/questionnaires/{key}/found").address.replace("found", "scope"))
    assert page.fields(page.form(address))["scope"] == [CLOUD]
    assert "What it means" not in page.words.replace("See what it means", "")
    page = sales.get(f"{address}?scope={quote(PREMISE)}")
    assert "3 answers are drafted again" in page.words
    assert "1 answer goes back to review, 1 of them approved until now" in page.words
    reason = "which holds for Lantern cloud; this questionnaire is now for Lantern on-premise"
    assert reason in page.words
    assert application.review.desk(by, key).record.scope.deployment == "cloud"
    post = next(form for form in page.all("form") if form.get("method") == "post" and form.get("action") == address)
    values = {name: value[0] for name, value in page.fields(post).items()}
    response = sales.raw.post(address, data=values, follow_redirects=True)
    assert response.status_code == 200
    application.worker.run_once()
    page = sales.get(f"/questionnaires/{key}/review/{item.id}")
    assert "Lantern on-premise" in page.words
    assert reason in page.words


def test_what_does_not_fit_is_said_on_the_page(application: Application, sales: CheckingClient) -> None:
    key = drafted(sales, application)
    address = f"/questionnaires/{key}/scope"
    assert (
        "It is for Lantern cloud, not under NDA already"
        in sales.get(f"{address}?scope={quote(CLOUD)}", status=400).words
    )
    assert "Choose the product" in sales.get(f"{address}?scope=", status=400).words
    assert "has no deployment" in sales.get(f"{address}?scope={quote(PREMISE)}x", status=400).words


def test_a_completed_one_leads_to_a_new_round(application: Application, sales: CheckingClient) -> None:
    key = drafted(sales, application)
    by = person(application, Role.REVIEWER)
    item = application.review.desk(by, key).questions[0]
    application.review.approve(by, item.id, item.version)
    application.completion.complete(by, key)
    page = sales.get(f"/questionnaires/{key}/scope")
    assert "It was completed for Lantern cloud, and that stays as it is" in page.words
    assert f"/questionnaires/{key}/rounds" in page.text
    assert not page.has_form(f"/questionnaires/{key}/scope")
