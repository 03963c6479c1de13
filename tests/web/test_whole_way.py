"""The way of a questionnaire through the pages, without scripts."""

from __future__ import annotations

import io
import re
import runpy
import time
from pathlib import Path

import openpyxl
import pytest

from assistant.wiring import Application
from tests.lantern import workbook
from tests.web.arranging import drafted, questions, upload
from tests.web.client import CheckingClient


def test_a_questionnaire_goes_from_upload_to_a_completed_document(
    application: Application, sales: CheckingClient, reviewer: CheckingClient
) -> None:
    found = upload(sales)
    assert "4 questions" in found.words
    assert "Security!C2" in found.words
    key = drafted(sales, application)
    desk = reviewer.get(f"/questionnaires/{key}/review")
    question = questions(desk)[0]
    assert "Is customer data encrypted at rest?" in desk.words
    assert "Security at Lantern" in desk.words
    approved = reviewer.send(
        desk,
        f"/questions/{question}/approve",
        {"choice": "Yes", "text": "=1+1 is text, and so is this."},
        form=f"/questions/{question}/edit",
    )
    assert "K-1 was approved." in approved.words
    assert approved.address.endswith(f"/review/{question + 1}"), "the next question follows at once"
    preflight = sales.get(f"/questionnaires/{key}/completion")
    assert "1 of 4 answers" in preflight.words
    done = sales.send(preflight, f"/questionnaires/{key}/complete")
    assert "everything else is identical" in done.words
    link = re.search(r"/completed/\d+/download", done.text)
    assert link
    download = sales.file(link.group())
    assert 'filename="acme - completed.xlsx"' in download.headers["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(download.data))["Security"]
    assert (sheet["C2"].value, sheet["D2"].value) == ("Yes", "=1+1 is text, and so is this.")
    assert sheet["D2"].data_type != "f"
    assert sheet["C3"].value is None
    assert reviewer.file(f"/questionnaires/{key}/original").data == workbook()
    assert b"Is customer data encrypted" in reviewer.file(f"/questionnaires/{key}/report").data


def test_two_who_change_customer_and_due_date_at_once_are_told(sales: CheckingClient, reviewer: CheckingClient) -> None:
    address = upload(sales).address
    action = address.replace("/found", "/change")
    mine = sales.get(address)
    reviewer.submit(address, action, {"customer": "Acme Limited", "due": "2027-01-31"})
    refused = sales.send(mine, action, {"customer": "Acme plc", "due": "2027-02-28"}, status=409)
    assert "Saved is: Acme Limited, due 31 Jan 2027" in refused.words
    assert refused.fields(refused.form(action))["customer"] == ["Acme plc"]
    again = sales.send(refused, action)
    assert "Acme plc" in again.words


def test_a_due_date_that_is_none_is_told_and_kept(sales: CheckingClient) -> None:
    address = upload(sales).address
    refused = sales.submit(address, address.replace("/found", "/change"), {"due": "soon"}, status=400)
    assert "write it as 2027-03-31" in refused.words


def test_deleting_leaves_nothing_but_the_entry_in_the_log(
    application: Application, sales: CheckingClient, administrator: CheckingClient
) -> None:
    address = upload(sales).address
    page = sales.submit(address, address.replace("/found", "/delete"))
    assert "acme.xlsx was deleted." in page.words
    sales.get(address, status=404)
    assert "deleted" in administrator.get("/audit").words


def test_what_was_told_to_a_customer_is_not_deleted(application: Application, reviewer: CheckingClient) -> None:
    key = drafted(reviewer, application)
    question = questions(reviewer.get(f"/questionnaires/{key}/review"))[0]
    reviewer.submit(
        f"/questionnaires/{key}/review/{question}",
        f"/questions/{question}/approve",
        {"text": "It is.", "choice": "Yes"},
        form=f"/questions/{question}/edit",
    )
    opened = reviewer.get(f"/questionnaires/{key}/found")
    reviewer.submit(f"/questionnaires/{key}/completion", f"/questionnaires/{key}/complete")
    page = reviewer.send(opened, f"/questionnaires/{key}/delete", status=409)
    assert "what the customer was told is kept" in page.words
    now = reviewer.get(f"/questionnaires/{key}/found")
    assert not now.has_form(f"/questionnaires/{key}/delete")
    assert "what a customer was told stays on record" in now.words


def test_a_document_that_answers_have_left_behind_is_not_the_one_to_send(
    application: Application, sales: CheckingClient, reviewer: CheckingClient
) -> None:
    key = drafted(sales, application)
    question = questions(reviewer.get(f"/questionnaires/{key}/review"))[0]
    action, form, page = (f"/questions/{question}/{act}" for act in ("approve", "edit", "history"))
    address = f"/questionnaires/{key}/review/{question}"
    reviewer.submit(address, action, {"text": "It is. " * 60, "choice": "Yes"}, form=form)
    done = sales.submit(f"/questionnaires/{key}/completion", f"/questionnaires/{key}/complete")
    assert "Download for the customer" in done.words
    assert "It is. " * 59 in done.words, "the whole value can be read"
    assert "completed, 3 still open" in sales.get("/").words
    assert "In progress" in sales.get("/").words, "a document does not make open questions done"
    sales.submit(address, form, {"text": "It was."})
    left = sales.get(f"/questionnaires/{key}/completion")
    assert "Download for the customer" not in left.words
    assert left.words.index("Answers were changed since") < left.words.index("Download the older version")
    for client in (sales, reviewer):
        home = client.get("/").words
        assert home.index("Needs you now") < home.rindex("changed since it was completed")
    assert "It is was" in sales.get(page).words, "the difference is shown word by word"


def test_an_approval_that_a_changed_statement_undid_needs_owner_and_reviewer(
    application: Application, sales: CheckingClient, reviewer: CheckingClient
) -> None:
    key = drafted(sales, application)
    question = questions(reviewer.get(f"/questionnaires/{key}/review"))[0]
    reviewer.submit(
        f"/questionnaires/{key}/review/{question}",
        f"/questions/{question}/approve",
        {"choice": "Yes"},
        form=f"/questions/{question}/edit",
    )
    statement = application.settings.knowledge / "lantern.md"
    kept = statement.read_text(encoding="utf-8")
    try:
        statement.write_text(kept.replace("AES-256", "AES-512"), encoding="utf-8")
        application.knowledge.refresh()
        for client in (sales, reviewer):
            assert "approval undone" in client.get("/").words
        assert "sent back" in reviewer.get(f"/questionnaires/{key}/review").words
    finally:
        statement.write_text(kept, encoding="utf-8")
        application.knowledge.refresh()


def test_nothing_is_completed_without_an_approved_answer(application: Application, sales: CheckingClient) -> None:
    key = drafted(sales, application)
    assert not sales.get(f"/questionnaires/{key}/completion").has_form(f"/questionnaires/{key}/complete")
    response = sales.raw.post(f"/questionnaires/{key}/complete", data={"csrf_token": sales.token()})
    assert response.status_code == 409
    assert "approve some first" in response.text


def test_the_wsgi_module_serves_the_application_for_its_environment(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_INSTANCE", str(application.settings.instance))
    monkeypatch.setenv("ASSISTANT_KNOWLEDGE", str(application.settings.knowledge))
    served = runpy.run_path(str(Path(__file__).parents[2] / "wsgi.py"))
    asking, last = served["app"].test_client(), time.monotonic() + 30
    try:
        while (told := asking.get("/health").get_json()) != {"database": "ok", "knowledge": "ok"}:
            assert told == {"database": "ok", "knowledge": "being indexed"}
            assert time.monotonic() < last, "the index does not get ready"
            time.sleep(0.1)
    finally:
        served["application"].close()
        served["serving"].close()
