"""From sent to the next round, and from one version of a form to the next, through the pages."""

from __future__ import annotations

import io

import openpyxl
import pytest

from assistant.people import Role
from assistant.wiring import Application
from tests.lantern import person, workbook
from tests.web.arranging import drafted, upload
from tests.web.client import CheckingClient


@pytest.fixture
def completed(application: Application, sales: CheckingClient) -> int:
    """A questionnaire with one approved answer, completed."""
    key = drafted(sales, application)
    by = person(application, Role.REVIEWER)
    item = application.review.desk(by, key).questions[0]
    item = application.review.edit(by, item.id, item.version, choice="Yes", text="It is, with AES-256.")
    application.review.approve(by, item.id, item.version)
    sales.submit(f"/questionnaires/{key}/completion", f"/questionnaires/{key}/complete")
    return key


def document(application: Application, key: int) -> int:
    return application.completion.documents(person(application, Role.SALES), key)[0].id


def newer() -> bytes:
    """Return the workbook with one question in other words, one gone and one new."""
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    sheet = book["Security"]
    sheet["B2"] = "Is all customer data encrypted at rest?"
    sheet["B5"] = "Who may enter the data centre?"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_noting_that_it_was_sent_closes_it_and_shows_to_whom(
    application: Application, completed: int, sales: CheckingClient
) -> None:
    address, action = f"/questionnaires/{completed}/completion", f"/completed/{document(application, completed)}/sent"
    refused = sales.submit(address, action, {"recipient": "Ann", "on": "2099-01-01"}, status=400)
    assert "lies in the future" in refused.words
    assert refused.fields(refused.form(action))["recipient"] == ["Ann"]
    page = sales.submit(address, action, {"recipient": "Ann at Acme"})
    assert "was sent to Ann at Acme" in page.words
    assert "nothing in it is changed any more" in page.words
    assert not page.has_form(f"/questionnaires/{completed}/complete")
    assert "sent" in sales.get("/").words
    told = sales.get(f"/completed/{document(application, completed)}")
    assert "It is, with AES-256." in told.words
    assert "to Ann at Acme" in told.words
    item = application.review.desk(person(application, Role.SALES), completed).questions[0]
    response = sales.raw.post(
        f"/questions/{item.id}/edit",
        data={"csrf_token": sales.token(), "text": "No.", "choice": "No", "version": item.version},
    )
    assert response.status_code == 409


def test_what_was_written_is_told_as_recorded_or_that_it_was_not(
    application: Application, completed: int, sales: CheckingClient
) -> None:
    address = f"/questionnaires/{completed}/completion"
    sales.submit(address, f"/completed/{document(application, completed)}/sent", {"recipient": "Ann"})
    page = sales.get(address)
    assert "What was written 2" in page.words
    assert "It is, with AES-256." in page.words
    assert "not kept one by one" not in page.words
    with application.store.writing() as tx:  # as an earlier version left it
        done, content = tx.questionnaires.completed_content(document(application, completed))
        tx.questionnaires.add_completed(done, content)
    page = sales.get(address)
    assert "Its answers were not kept one by one" in page.words
    assert "It is, with AES-256." in page.words


def test_a_new_round_goes_on_from_what_was_sent(
    application: Application, completed: int, sales: CheckingClient
) -> None:
    sales.submit(
        f"/questionnaires/{completed}/completion",
        f"/completed/{document(application, completed)}/sent",
        {"recipient": "Ann"},
    )
    first = application.review.desk(person(application, Role.SALES), completed).questions[0]
    application.commenting.add(person(application, Role.REVIEWER), first.id, "Ask the data centre.")
    page = sales.submit(f"/questionnaires/{completed}/rounds", f"/questionnaires/{completed}/reopen")
    after = int(page.address.split("/")[2])
    assert "This is a new round" in page.words
    here = application.review.desk(person(application, Role.SALES), after).questions[0]
    asked = sales.get(f"/questionnaires/{after}/review/{here.id}").words
    assert "in an earlier round Ask the data centre." in asked
    assert "1 of 4 approved" in page.words
    rounds = sales.get(f"/questionnaires/{after}/rounds").words
    assert "It asks exactly what the one before asked" in rounds
    assert "to Ann" in rounds
    assert "Work goes on in" in sales.get(f"/questionnaires/{completed}/completion").words
    assert not sales.get(f"/questionnaires/{completed}/rounds").has_form(f"/questionnaires/{completed}/reopen")
    sales.submit(f"/questionnaires/{after}/completion", f"/questionnaires/{after}/complete")


def test_what_was_completed_and_not_sent_may_go_on_in_a_new_round_as_well(
    completed: int, sales: CheckingClient
) -> None:
    page = sales.submit(f"/questionnaires/{completed}/rounds", f"/questionnaires/{completed}/reopen")
    assert "This is a new round" in page.words
    assert "Work goes on in" in sales.get(f"/questionnaires/{completed}/completion").words


def test_a_newer_version_shows_what_is_new_changed_and_gone(
    application: Application, completed: int, sales: CheckingClient
) -> None:
    action = f"/questionnaires/{completed}/newer"
    page = sales.submit(f"/questionnaires/{completed}/rounds", action, {"file": (newer(), "acme v2.xlsx")})
    after = int(page.address.split("/")[2])
    assert "Is all customer data encrypted at rest?" in page.words
    assert "Who may enter the data centre?" in page.words
    assert "1 new 1 changed 1 gone 2 the same" in page.words
    sales.submit(f"/questionnaires/{after}/found", f"/questionnaires/{after}/confirm")
    application.worker.run_once()
    first = application.review.desk(person(application, Role.SALES), after).questions[0]
    assert first.answer.text == "It is, with AES-256."
    assert first.answer.approval is None
    at = sales.get(f"/questionnaires/{after}/review/{first.id}").words
    assert "The question changed in the new version of the form" in at
    assert "Is customer data encrypted at rest?" in at
    assert "Work goes on in a later one" in sales.get(f"/questionnaires/{completed}/found").words


def test_the_same_file_is_told_to_be_none(completed: int, sales: CheckingClient) -> None:
    action = f"/questionnaires/{completed}/newer"
    page = sales.submit(f"/questionnaires/{completed}/rounds", action, {"file": (workbook(), "again.xlsx")}, status=400)
    assert "This is the same file as before" in page.words
    assert sales.submit(f"/questionnaires/{completed}/rounds", action, status=400).words.count("Choose the newer") == 1


def test_only_an_administrator_is_offered_to_delete_what_was_completed(
    completed: int, sales: CheckingClient, administrator: CheckingClient
) -> None:
    address, action = f"/questionnaires/{completed}/found", f"/questionnaires/{completed}/delete"
    assert not sales.get(address).has_form(action)
    page = administrator.submit(address, action)
    assert "was deleted" in page.words


def test_a_fresh_upload_that_looks_like_a_newer_version_offers_to_go_on_from_it(
    application: Application, completed: int, sales: CheckingClient
) -> None:
    page = upload(sales, newer(), "acme v2.xlsx")
    assert "looks like a newer version of acme.xlsx" in page.words
    key = int(page.address.split("/")[2])
    after = sales.send(page, f"/questionnaires/{key}/follow")
    assert after.address == f"/questionnaires/{key}/rounds"
    assert "1 new 1 changed 1 gone 2 the same" in after.words
    assert "looks like a newer version" not in sales.get(f"/questionnaires/{key}/found").words


def test_an_upload_may_be_restricted_from_the_beginning(sales: CheckingClient, reviewer: CheckingClient) -> None:
    page = upload(sales, restricted="yes")
    assert "Its owner, its members and administrators" in page.words
    reviewer.get(page.address, status=404)
