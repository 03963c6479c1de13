"""Every page in every state, for every role: the checking client holds each to the rules all pages share."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask

from assistant.people import Role
from assistant.questionnaire import AnswerField, FieldKind, Location
from assistant.wiring import Application
from tests.lantern import person
from tests.web.arranging import assign, drafted, questions, upload
from tests.web.client import CheckingClient
from tests.web.conftest import signed_in


@pytest.fixture
def busy(application: Application, app: Flask) -> tuple[int, int, list[int]]:
    """A questionnaire in review with answers in every state and one to be confirmed; their numbers."""
    sales, reviewer = signed_in(app, application, Role.SALES), signed_in(app, application, Role.REVIEWER)
    key = drafted(sales, application)
    waiting = int(upload(sales, customer="Borealis & Sons <Ltd>", due="2026-01-31", nda="yes").address.split("/")[2])
    ids = questions(sales.get(f"/questionnaires/{key}/review"))
    by = person(application, Role.REVIEWER)
    review = application.review
    approved = review.edit(by, ids[0], review.question(by, ids[0]).version, choice="Yes", text="<b>Yes</b> & so on")
    review.approve(by, ids[0], approved.version)
    submitted = review.edit(by, ids[1], review.question(by, ids[1]).version, choice=None, text="Every 90 days.")
    review.submit(by, ids[1], submitted.version)
    rejected = review.edit(by, ids[2], review.question(by, ids[2]).version, choice="No", text="No.")
    review.reject(by, ids[2], rejected.version, "It is the other way round.", wrong_source=False)
    application.library.take(by, ids[0])
    application.completion.complete(by, key)
    assign(application, Role.EXPERT, key)
    reviewer.get(f"/questionnaires/{key}/completion")
    return key, waiting, ids


@pytest.mark.parametrize("role", list(Role))
def test_every_page_keeps_the_rules_for_every_role(
    role: Role, app: Flask, application: Application, busy: tuple[int, int, list[int]]
) -> None:
    key, waiting, ids = busy
    client = signed_in(app, application, role)
    addresses = [
        "/",
        "/?q=acme",
        "/?q=nobody",
        f"/questionnaires/{key}",
        f"/questionnaires/{key}/found",
        f"/questionnaires/{waiting}",
        f"/questionnaires/{key}/review",
        f"/questionnaires/{key}/review?show=mine&band=high&section=none",
        f"/questionnaires/{key}/review?show=approved",
        f"/questionnaires/{key}/review/{ids[0]}?search=keys",
        *(f"/questionnaires/{key}/review/{question}" for question in ids),
        f"/questionnaires/{key}/table",
        f"/questionnaires/{key}/table?band=low&show=submitted",
        f"/questionnaires/{waiting}/review",
        f"/questionnaires/{key}/completion",
        f"/questionnaires/{waiting}/completion",
        *(f"/questions/{question}/history" for question in (ids[0], ids[3])),
        "/library",
        "/library?q=encrypted+keys",
        "/library?q=submarine",
        "/library?product=Lantern&page=2",
        "/library/statements",
        "/library/statements/lantern.md",
        "/help",
        "/account",
    ]
    whole = (f"/questionnaires/{waiting}", "/found", "/completion")
    for address in addresses:
        if role is Role.EXPERT and address.endswith(whole[1:]):
            client.get(address, status=404 if address.startswith(whole[0]) else 403)
        elif role is Role.EXPERT and address.startswith(whole[0]):
            client.get(address, status=404)
        else:
            client.get(address)
    if role is not Role.EXPERT:
        client.get("/questionnaires/new")
    else:
        client.get("/questionnaires/new", status=403)
    for address in ("/people", "/audit", "/audit?subject=question+1", "/audit?subject=nothing"):
        client.get(address, status=200 if role is Role.ADMINISTRATOR else 403)
    for address in (
        "/no/such/page",
        "/questionnaires/999",
        f"/questionnaires/{key}/review/999",
        "/library/statements/x",
    ):
        client.get(address, status=404)


def test_empty_pages_say_what_to_do(sales: CheckingClient, expert: CheckingClient, anonymous: CheckingClient) -> None:
    assert "Upload the first one" in sales.get("/").words
    assert "Sales, reviewers and administrators upload" in expert.get("/").words
    assert "a reviewer can take it into the library" in sales.get("/library").words
    assert "Sign in" in anonymous.get("/sign-in").words


def test_the_sample_that_the_empty_list_offers_can_be_uploaded(sales: CheckingClient) -> None:
    assert "/questionnaires/sample" in sales.get("/").text
    with sales.file("/questionnaires/sample") as sample:
        assert "questions found" in upload(sales, sample.data, "sample.xlsx").words


def test_what_a_customer_wrote_is_text_and_never_markup(sales: CheckingClient) -> None:
    page = upload(sales, customer="<script>alert(1)</script>")
    assert "<script>alert" not in page.text
    assert "<script>alert(1)</script>" in page.words


def test_what_needs_me_stands_first(application: Application, sales: CheckingClient, reviewer: CheckingClient) -> None:
    key = drafted(sales, application)
    assert "Needs you now" in sales.get("/").words
    assert "to approve" not in reviewer.get("/").words
    sales.submit(f"/questionnaires/{key}/review", f"/questionnaires/{key}/submit")
    assert "to approve" in reviewer.get("/").words


def test_a_statement_that_is_at_fault_is_told_to_those_who_can_mend_it(
    application: Application, reviewer: CheckingClient, sales: CheckingClient
) -> None:
    broken = application.settings.knowledge / "broken.md"
    broken.write_text("---\ntitle: No product\n---\nText.\n", encoding="utf-8")
    try:
        application.knowledge.refresh()
        assert application.knowledge.problem is not None
        assert str(application.knowledge.problem) in reviewer.get("/").words
        assert "broken.md" not in sales.get("/").words
    finally:
        broken.unlink()
        application.knowledge.refresh()


def test_files_of_the_application_may_be_kept_by_browsers_but_pages_may_not(
    anonymous: CheckingClient, sales: CheckingClient
) -> None:
    with anonymous.raw.get("/static/app.css?v=1") as response:
        assert "max-age=31536000" in response.headers["Cache-Control"]
    assert sales.raw.get("/").headers["Cache-Control"] == "no-store"
    assert sales.raw.get("/health").headers["Cache-Control"] == "no-store"


def test_every_file_of_the_application_is_asked_for_in_its_version(sales: CheckingClient) -> None:
    page = sales.get("/")
    links = [link.get("href", "") for link in page.all("link")] + [part.get("src", "") for part in page.all("script")]
    assert len(links) > 4
    assert [link for link in links if not re.search(r"/static/.+\?v=[0-9a-f]{10}$", link)] == []


def test_what_was_found_names_only_the_places_that_will_be_written(
    application: Application, sales: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = int(upload(sales).address.split("/")[2])
    desk = application.review.desk(person(application, Role.SALES), key)
    item = desk.questions[0]
    second = AnswerField(FieldKind.TEXT, Location("Security!Z9"))
    question = replace(item.question, fields=(*item.question.fields, second))
    more = replace(desk, questions=(replace(item, question=question), *desk.questions[1:]))
    monkeypatch.setattr(application.review, "desk", lambda *_: more)
    found = sales.get(f"/questionnaires/{key}/found").words
    assert "Security!D2" in found
    assert "Security!Z9" not in found
