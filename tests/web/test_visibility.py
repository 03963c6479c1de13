"""Nobody gets at a questionnaire that they may not see, by any route that names it or something in it."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from assistant.people import Role
from assistant.statement import Scope
from assistant.wiring import Application
from tests.lantern import person, workbook
from tests.web.arranging import assign, drafted, questions, upload
from tests.web.client import CheckingClient
from tests.web.conftest import signed_in
from tests.web.test_routes import TABLE

NAMED = re.compile(r"<int:(key|question|completed)>")


def routes(app: Flask) -> list[tuple[str, str]]:
    """Return method and rule of every route that names a questionnaire, a question or a completed document."""
    found = [
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if NAMED.search(rule.rule)
    ]
    assert len(found) > 30
    return sorted(found)


def hidden(application: Application, role: Role) -> dict[str, str]:
    """Arrange a questionnaire with a completed document that the person of that role may not see."""
    owner = person(application, Role.ADMINISTRATOR)
    key = application.intake.receive(
        owner, workbook(), "a.xlsx", customer="Zanzibar Corp", scope=Scope("Lantern", "cloud")
    )
    application.layouts.confirm(owner, key, 1)
    application.worker.run_once()
    item = application.review.desk(owner, key).questions[0]
    item = application.review.edit(owner, item.id, item.version, choice="Yes", text="It is so.")
    application.review.approve(owner, item.id, item.version)
    completed = application.completion.complete(owner, key)
    if role is not Role.EXPERT:
        version = application.review.desk(owner, key).record.version
        application.sharing.restrict(owner, key, version, restricted=True)
    record = application.review.desk(owner, key).record.version
    return {
        "key": str(key),
        "question": str(item.id),
        "completed": str(completed.id),
        "version": str(application.review.question(owner, item.id).version),
        "record": str(record),
    }


@pytest.mark.parametrize("role", [Role.SALES, Role.REVIEWER, Role.EXPERT])
def test_every_route_says_there_is_none_to_an_outsider(role: Role, app: Flask, application: Application) -> None:
    values = hidden(application, role)
    client = signed_in(app, application, role)
    for method, rule in routes(app):
        row = TABLE[method, rule]
        address = NAMED.sub(lambda match: values[match.group(1)], rule)
        address = address.replace("<int:account>", "1").replace("<int:comment>", "1")
        assert "<" not in address, f"{rule}: say here what stands for its other parts"
        if method == "GET":
            response = client.raw.get(address)
        else:
            spare = dict.fromkeys(re.findall(r"\{(\w+)\}", str(row.form)), "1")
            form = {name: value.format(**{**spare, **values}) for name, value in (row.form or {}).items()}
            response = client.raw.post(address, data={"csrf_token": client.token(), **form})
        expected = 404 if row.roles is None or role in row.roles else 403
        if response.status_code == 204:  # what is done behind the page answers nothing to anybody
            missing = client.raw.post(NAMED.sub("999", rule), data={"csrf_token": client.token(), **form})
            expected = missing.status_code
        assert response.status_code in {expected, 404}, f"{role} {method} {rule}: {response.status_code}"
        assert "Zanzibar" not in response.text, rule


def test_an_expert_sees_only_what_is_assigned_to_them_on_every_page(
    application: Application, sales: CheckingClient, expert: CheckingClient
) -> None:
    key = drafted(sales, application)
    ids = questions(sales.get(f"/questionnaires/{key}/review"))
    desk = application.review.desk(person(application, Role.SALES), key)
    texts = {item.id: item.question.text for item in desk.questions}
    assign(application, Role.EXPERT, key, only=[ids[1]])
    for address in (
        "/",
        f"/questionnaires/{key}",
        f"/questionnaires/{key}/review",
        f"/questionnaires/{key}/table",
        f"/questionnaires/{key}/review/{ids[1]}",
    ):
        words = expert.get(address).words
        assert not any(text in words for other, text in texts.items() if other != ids[1]), address
    expert.get(f"/questionnaires/{key}/review/{ids[0]}", status=404)
    expert.get(f"/questions/{ids[0]}/history", status=404)
    report = expert.file(f"/questionnaires/{key}/report").text
    assert texts[ids[1]] in report
    assert texts[ids[0]] not in report
    for rest in ("found", "layout", "completion", "original", "rounds"):
        assert expert.raw.get(f"/questionnaires/{key}/{rest}").status_code == 403
    bar = expert.get(f"/questionnaires/{key}/review").text
    assert f"/questionnaires/{key}/completion" not in bar


def test_the_owner_restricts_it_and_names_members_on_its_page(
    application: Application, sales: CheckingClient, reviewer: CheckingClient
) -> None:
    address = upload(sales).address
    reviewer.get(address)
    assert not reviewer.get(address).has_form(address.replace("/found", "/restrict"))
    page = sales.submit(address, address.replace("/found", "/restrict"))
    assert "Only its members see it" in page.words
    reviewer.get(address, status=404)
    assert "Acme" not in reviewer.get("/").words
    added = sales.submit(
        address, address.replace("/found", "/members"), {"person": str(person(application, Role.REVIEWER).id)}
    )
    assert "Reviewer Person is a member now" in added.words
    reviewer.get(address)
    removed = address.replace("/found", f"/members/{person(application, Role.REVIEWER).id}/remove")
    sales.submit(address, removed)
    reviewer.get(address, status=404)
    assert "Everybody sees it again" in sales.submit(address, address.replace("/found", "/restrict")).words
    reviewer.get(address)
