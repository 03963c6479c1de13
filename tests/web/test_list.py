"""The list of questionnaires: what needs me first, filters in the address, deals, several files, pasted questions."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event

from assistant.people import Role
from assistant.statement import Scope
from assistant.wiring import Application
from tests.lantern import person, workbook
from tests.web.arranging import assign, drafted, questions, upload
from tests.web.client import CheckingClient, Page

SCOPE = "product=Lantern&deployment=cloud"


def take_in(application: Application, customer: str, *, deal: str = "", days: int | None = None) -> int:
    """Return the number of a questionnaire that sales uploaded, drafted, due in so many days."""
    by = person(application, Role.SALES)
    due = date.today() + timedelta(days=days) if days is not None else None
    scope = Scope("Lantern", "cloud")
    key = application.intake.receive(
        by, workbook(), f"{customer}.xlsx", customer=customer, scope=scope, due=due, deal=deal
    )
    application.layouts.confirm(by, key, 1)
    application.worker.run_once()
    return key


def listed(page: Page) -> list[str]:
    """Return the customers in the list, in order."""
    return ["".join(link.itertext()) for link in page.all("a") if link.get("class") == "list-link"]


@pytest.fixture
def several(application: Application) -> dict[str, int]:
    """Four questionnaires, their numbers by customer."""
    return {
        "Acme": take_in(application, "Acme", deal="Acme renewal", days=-2),
        "Borealis": take_in(application, "Borealis", days=3),
        "Cobalt": take_in(application, "Cobalt", days=20),
        "Dune": take_in(application, "Dune"),
    }


def test_the_most_urgent_stands_first_and_what_is_overdue_is_marked(
    several: dict[str, int], sales: CheckingClient
) -> None:
    page = sales.get("/")
    assert listed(page) == ["Acme", "Borealis", "Cobalt", "Dune"]
    assert "overdue by 2 days" in page.words


def test_the_address_says_what_is_shown(several: dict[str, int], sales: CheckingClient) -> None:
    everything = ["Acme", "Borealis", "Cobalt", "Dune"]
    for query, expected in {
        "q=acme": ["Acme"],
        "q=renewal+lantern": ["Acme"],
        "due=overdue": ["Acme"],
        "due=week": ["Borealis"],
        "due=month": ["Borealis", "Cobalt"],
        "due=none": ["Dune"],
        "customer=Cobalt": ["Cobalt"],
        "deal=Acme+renewal": ["Acme"],
        "owner=Sales+Person&state=in+progress": everything,
        "product=Lantern&customer=Dune": ["Dune"],
        "due=whenever": everything,
    }.items():
        assert listed(sales.get(f"/?{query}")) == expected, query


def test_what_was_chosen_stays_chosen(several: dict[str, int], sales: CheckingClient) -> None:
    page = sales.get("/?q=a&due=week&customer=Borealis")
    form = next(form for form in page.all("form") if form.get("role") == "search" and form.get("action") is None)
    sent = {name: values for name, values in page.fields(form).items() if values != [""]}
    assert sent == {"q": ["a"], "due": ["week"], "customer": ["Borealis"]}


def test_nothing_that_fits_leads_back_to_all(several: dict[str, int], sales: CheckingClient) -> None:
    page = sales.get("/?q=nobody")
    assert "“nobody” was looked for" in page.words
    assert "Show all questionnaires" in page.words


def test_the_archive_is_out_of_the_list_until_asked_for(several: dict[str, int], sales: CheckingClient) -> None:
    address = f"/questionnaires/{several['Acme']}/found"
    sales.submit(address, address.replace("/found", "/archive"))
    assert listed(sales.get("/")) == ["Borealis", "Cobalt", "Dune"]
    assert listed(sales.get("/?archived=yes")) == ["Acme"]
    sales.submit(address, address.replace("/found", "/archive"))
    assert "Acme" in listed(sales.get("/"))


def test_an_expert_is_shown_what_is_assigned_to_them(
    application: Application, several: dict[str, int], expert: CheckingClient
) -> None:
    assert "Nothing is assigned to you" in expert.get("/").words
    desk = application.review.desk(person(application, Role.SALES), several["Cobalt"])
    assign(application, Role.EXPERT, several["Cobalt"], only=[desk.questions[0].id])
    page = expert.get("/")
    assert listed(page) == ["Cobalt"]
    assert "1 assigned to you" in page.words
    assert "yours: 0 of 1 approved" in page.words


def test_several_files_of_one_deal_are_taken_in_at_once_and_stand_together(
    application: Application, sales: CheckingClient
) -> None:
    page = sales.get("/questionnaires/new")
    fields = page.fields(page.form("/questionnaires/new"))

    data: dict[str, object] = {name: values[0] for name, values in fields.items()}
    data |= {"customer": "Acme", "scope": SCOPE, "deal": "Acme 2027"}
    data["file"] = [
        (io.BytesIO(workbook()), "part A.xlsx"),
        (io.BytesIO(workbook()), "part B.xlsx"),
        (io.BytesIO(b"%PDF-1.7"), "offer.pdf"),
    ]
    response = sales.raw.post("/questionnaires/new", data=data, follow_redirects=True)
    assert response.request.full_path == "/?deal=Acme+2027"
    assert "2 of 3 files were taken in" in response.text
    assert "offer.pdf was not taken in" in response.text
    words = sales.get("/").words
    assert "Acme 2027 2 files" in words
    assert "0 of 8 approved" in words


def test_when_no_file_can_be_taken_in_each_is_named_with_the_reason(sales: CheckingClient) -> None:

    data: dict[str, object] = {"csrf_token": sales.token(), "customer": "Acme", "scope": SCOPE}
    data["file"] = [(io.BytesIO(b"%PDF-1.7"), "a.pdf"), (io.BytesIO(b"PK"), "b.xlsx")]
    response = sales.raw.post("/questionnaires/new", data=data)
    assert response.status_code == 400
    assert "a.pdf" in response.text
    assert "b.xlsx" in response.text
    assert "No questionnaire yet" in sales.get("/").words


def test_pasted_questions_become_a_file_that_is_completed(
    application: Application, sales: CheckingClient, reviewer: CheckingClient
) -> None:
    text = "1. Is customer data encrypted at rest?\n2. How often are encryption keys rotated?"
    page = sales.submit(
        "/questionnaires/new",
        "/questionnaires/new",
        {"file": None, "customer": "Acme", "scope": SCOPE, "pasted": text},
    )
    assert "2 questions" in page.words
    key = int(page.address.split("/")[2])
    sales.submit(page.address, f"/questionnaires/{key}/confirm")
    application.worker.run_once()
    desk = reviewer.get(f"/questionnaires/{key}/review")
    first = questions(desk)[0]
    reviewer.send(
        desk, f"/questions/{first}/approve", {"text": "It is, with AES-256."}, form=f"/questions/{first}/edit"
    )
    done = sales.submit(f"/questionnaires/{key}/completion", f"/questionnaires/{key}/complete")
    link = next(a.get("href", "") for a in done.all("a") if a.get("href", "").endswith("/download"))
    table = sales.file(link).data.decode("utf-8-sig")
    assert table.splitlines()[1] == '1,Is customer data encrypted at rest?,"It is, with AES-256."'


def test_what_was_left_out_of_a_pasted_text_is_listed_and_can_be_taken_in(sales: CheckingClient) -> None:
    text = "Access control:\nDo you use MFA?\nWho approves access?\nList of subprocessors"
    text += "\nKind regards, Ann"
    page = sales.submit(
        "/questionnaires/new",
        "/questionnaires/new",
        {"file": None, "customer": "Acme", "scope": SCOPE, "pasted": text},
    )
    assert "Access control" in page.words
    assert "3 questions found" in page.words
    assert "Left out 1" in page.words
    assert "Kind regards, Ann" in page.words
    action = page.address.replace("/found", "/take-in")
    page = sales.send(page, action, {"place": "0"})
    assert "4 questions found" in page.words
    assert "Left out" not in page.words
    refused = sales.send(sales.get(page.address), action.replace("take-in", "confirm"))
    assert "Kind regards, Ann" in refused.words


def test_what_was_pasted_is_kept_when_something_is_missing(sales: CheckingClient) -> None:
    page = sales.submit(
        "/questionnaires/new",
        "/questionnaires/new",
        {"file": None, "customer": "", "scope": SCOPE, "pasted": "Are logs kept?"},
        status=400,
    )
    assert page.fields(page.form("/questionnaires/new"))["pasted"] == ["Are logs kept?"]
    assert "Name the customer" in page.words


def test_uploading_again_and_drafting_again_are_offered_where_they_make_sense(
    application: Application, sales: CheckingClient
) -> None:
    waiting = upload(sales)
    assert not waiting.has_form(waiting.address.replace("/found", "/draft"))
    key = drafted(sales, application)
    page = sales.get(f"/questionnaires/{key}/found")
    assert page.has_form(f"/questionnaires/{key}/draft")
    sales.send(page, f"/questionnaires/{key}/draft")
    assert application.worker.run_once()
    assert "Drafting stopped" not in sales.get(f"/questionnaires/{key}/review").words


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    application: Application, several: dict[str, int], reviewer: CheckingClient
) -> None:
    asked: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if "questions" in statement or "questionnaires" in statement:
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        reviewer.get("/")
        few = len(asked)
        assert few
        for number in range(4):
            take_in(application, f"Ember {number}")
        asked.clear()
        reviewer.get("/")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(asked) == few
    assert not [statement for statement in asked if "questions.text" in statement]
