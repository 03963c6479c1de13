"""Signing in and out, the links, and what an administrator does to accounts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from assistant.people import Role
from assistant.web import create_app
from assistant.web.problems import SENTENCES
from assistant.wiring import Application
from tests.lantern import PASSWORD, STATEMENT, account_of, build
from tests.web.arranging import drafted, questions
from tests.web.client import CheckingClient


def test_signing_in_leads_where_one_wanted_to_go(anonymous: CheckingClient) -> None:
    page = anonymous.get("/library?q=keys")
    assert page.address == "/sign-in?next=/library?q%3Dkeys"
    page = anonymous.send(page, "/sign-in", {"email": "Sales@Example.com", "password": PASSWORD})
    assert page.address == "/library?q=keys"


def refused(client: CheckingClient, came: str, **headers: str) -> TestResponse:
    """Return what is answered to a form of the page `came` once the session has ended."""
    response = client.raw.post("/questions/1/edit", headers={"Referer": came, **headers})
    assert response.status_code == 401
    return response


def test_whatever_is_refused_for_want_of_a_session_leads_back_to_its_page(anonymous: CheckingClient) -> None:
    page = "/questionnaires/1/review/2?show=mine"
    door = "/sign-in?next=/questionnaires/1/review/2?show%3Dmine"
    answer = refused(anonymous, f"http://localhost{page}", **{"X-Part": "question"})
    assert answer.get_json() == {"problem": SENTENCES[401], "stale": False, "sign_in": door}
    assert f'href="{door}">Sign in and come back' in refused(anonymous, f"http://localhost{page}").text


@pytest.mark.parametrize(
    "came",
    [
        "https://evil.example/library",
        "http://localhost//evil.example/library",
        "http://localhost/questions/1/edit",  # what a form was answered with
        "http://localhost/no/such/page",
        "http://localhost/",
        "",
        "http://[",
    ],
)
def test_whoever_was_refused_is_never_led_elsewhere(came: str, anonymous: CheckingClient) -> None:
    assert 'href="/sign-in">Sign in and come back' in refused(anonymous, came).text


def test_behind_a_prefix_one_comes_back_as_well(anonymous: CheckingClient) -> None:
    came = {"SCRIPT_NAME": "/desk"}
    response = anonymous.raw.get("/library?q=keys", environ_overrides=came)
    assert response.headers["Location"] == "/desk/sign-in?next=/desk/library?q%3Dkeys"
    page = anonymous.raw.post(
        "/questions/1/edit", environ_overrides=came, headers={"Referer": "http://localhost/desk/library"}
    )
    assert 'href="/desk/sign-in?next=/desk/library"' in page.text


def test_whoever_is_signed_in_already_goes_on_at_once(sales: CheckingClient) -> None:
    assert sales.get("/sign-in?next=/library").address == "/library"
    assert sales.get("/sign-in?next=//evil.example").address == "/"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\\\\evil", "//[", ""],
)
def test_signing_in_never_leads_elsewhere(elsewhere: str, anonymous: CheckingClient) -> None:
    token = anonymous.get("/sign-in")
    data = {**token.fields(token.form("/sign-in")), "email": "sales@example.com", "password": PASSWORD}
    response = anonymous.raw.post("/sign-in", query_string={"next": elsewhere}, data=data)
    assert response.status_code == 302
    assert response.headers["Location"] == "/"


@pytest.mark.parametrize("email", ["sales@example.com", "nobody@example.com"])
def test_a_wrong_password_and_an_unknown_address_are_told_alike(email: str, anonymous: CheckingClient) -> None:
    page = anonymous.submit("/sign-in", "/sign-in", {"email": email, "password": "wrong password"}, status=400)
    assert "Address and password do not match an account." in page.words
    assert page.fields(page.form("/sign-in"))["email"] == [email]
    assert "wrong password" not in page.text


def test_too_many_attempts_have_to_wait(anonymous: CheckingClient) -> None:
    for _ in range(5):
        anonymous.submit("/sign-in", "/sign-in", {"email": "sales@example.com", "password": "wrong"}, status=400)
    page = anonymous.submit("/sign-in", "/sign-in", {"email": "sales@example.com", "password": PASSWORD}, status=400)
    assert "Too many failed attempts" in page.words


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    make_application: Callable[..., Application],
) -> None:
    for secure in (False, True):
        client = create_app(make_application(secure_cookies=secure)).test_client()
        headers = client.get("/sign-in").headers
        cookie = headers["Set-Cookie"]
        assert ("Strict-Transport-Security" in headers) is secure
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert ("Secure" in cookie) is secure


def test_signing_out_ends_the_session_on_the_server(app: Flask, sales: CheckingClient) -> None:
    with sales.raw.session_transaction() as session:
        kept = dict(session)
    sales.submit("/help", "/sign-out")
    with sales.raw.session_transaction() as session:
        session.update(kept)
    assert sales.get("/").address == "/sign-in", "a copied cookie is worth nothing"


def test_an_invitation_makes_an_account_once(administrator: CheckingClient, app: Flask) -> None:
    page = administrator.submit(
        "/people", "/people/invite", {"email": "new@example.com", "name": "New Person", "role": "reviewer"}
    )
    assert "shown now and never again" in page.words
    assert re.search(r"once, until \d+ \w+ \d{4}", page.words), "it says how long it holds"
    assert "Copy" in [" ".join("".join(button.itertext()).split()) for button in page.all("button")]
    link = re.search(r'value="http://127\.0\.0\.1:8000(/invitations/[^"]+)"', page.text)
    assert link
    guest = CheckingClient(app)
    differing = {"password": PASSWORD, "again": PASSWORD + "?"}
    page = guest.submit(link[1], link[1], differing, status=400)
    assert "The two passwords differ" in page.words
    page = guest.submit(link[1], link[1], {"password": "short", "again": "short"}, status=400)
    page = guest.submit(link[1], link[1], {"password": PASSWORD, "again": PASSWORD})
    assert "New Person" in page.words
    page = CheckingClient(app).get(link[1], status=404)
    assert "".join(page.all("h1")[0].itertext()) == "This link was used already or has expired"


def test_an_invitation_nobody_took_up_is_listed_and_can_be_withdrawn(
    administrator: CheckingClient, application: Application, app: Flask
) -> None:
    assert "not here yet" not in administrator.get("/people").words
    page = administrator.submit(
        "/people", "/people/invite", {"email": "New@example.com", "name": "New Person", "role": "reviewer"}
    )
    link = re.search(r'value="http://127\.0\.0\.1:8000(/invitations/[^"]+)"', page.text)
    assert link
    assert "New Person" in administrator.get("/people").words
    page = administrator.submit("/people", "/people/withdraw")
    assert "does not hold any more" in page.words
    assert "New Person" not in page.words
    CheckingClient(app).get(link[1], status=404)
    administrator.raw.post("/people/withdraw", data={"csrf_token": administrator.token(), "email": "who@example.com"})
    with application.store.reading() as tx:
        assert [event.action for event in tx.audit.events()].count("withdrew an invitation") == 1


def test_an_invitation_that_cannot_be_made_keeps_what_was_typed(administrator: CheckingClient) -> None:
    page = administrator.submit(
        "/people",
        "/people/invite",
        {"email": "sales@example.com", "name": "Twice", "role": "sales"},
        status=400,
    )
    assert "There is an account for sales@example.com already." in page.words
    assert page.fields(page.form("/people/invite"))["name"] == ["Twice"]


def test_the_first_start_makes_the_administrator_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "lantern.md").write_text(STATEMENT, encoding="utf-8")
    application = build(tmp_path)
    client = CheckingClient(create_app(application))
    assert "Nobody has an account yet" in client.get("/sign-in").words
    link = f"/invitations/{application.accounts.first_link()}"
    values = {"email": "first@example.com", "name": "First", "password": PASSWORD, "again": PASSWORD}
    page = client.submit(link, link, {**values, "email": "no address"}, status=400)
    page = client.send(page, link, values)
    assert "First" in page.words
    assert "People" in page.words
    application.store.close()


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(sales: CheckingClient, app: Flask) -> None:
    other = CheckingClient(app)
    other.sign_in("sales@example.com", PASSWORD)
    fresh = "an even longer password"
    page = sales.submit(
        "/account", "/account/password", {"old": "wrong", "password": fresh, "again": fresh}, status=400
    )
    assert "The present password is wrong." in page.words
    page = sales.submit("/account", "/account/password", {"old": PASSWORD, "password": fresh, "again": fresh})
    assert "The new password holds" in page.words
    assert other.get("/").address == "/sign-in"


def test_an_administrator_resets_changes_and_deactivates(
    application: Application, administrator: CheckingClient, sales: CheckingClient, app: Flask
) -> None:
    account = account_of(application, "sales@example.com").id
    page = administrator.submit("/people", f"/people/{account}/reset")
    link = re.search(r"(/invitations/[^\"]+)", page.text)
    assert link
    fresh = "quite another password"
    page = CheckingClient(app).submit(link[1], link[1], {"password": fresh, "again": fresh})
    assert "Sales Person" in page.words
    assert sales.get("/").address == "/sign-in"
    administrator.submit("/people", f"/people/{account}/role", {"role": "reviewer"})
    assert account_of(application, "sales@example.com").role is Role.REVIEWER
    client = CheckingClient(app)
    client.sign_in("sales@example.com", fresh)
    administrator.submit("/people", f"/people/{account}/active")
    assert client.get("/").address == "/sign-in"
    assert "deactivated" in administrator.get("/people").words


def test_the_last_administrator_stays(application: Application, administrator: CheckingClient) -> None:
    account = account_of(application, "administrator@example.com").id
    page = administrator.submit("/people", f"/people/{account}/active", status=409)
    assert "last administrator" in page.words


def test_the_chain_of_the_audit_log_is_checked_on_demand(administrator: CheckingClient) -> None:
    assert "The chain holds" in administrator.submit("/audit", "/audit/check").words
    assert "signed in" in administrator.get("/audit").words


def test_the_log_names_what_it_speaks_of_and_puts_failed_sign_ins_down_to_nobody(
    administrator: CheckingClient, sales: CheckingClient, anonymous: CheckingClient, application: Application
) -> None:
    key = drafted(sales, application)
    question = questions(sales.get(f"/questionnaires/{key}/review"))[0]
    sales.submit(f"/questionnaires/{key}/review/{question}", f"/questions/{question}/edit", {"text": "So it is."})
    anonymous.submit("/sign-in", "/sign-in", {"email": "sales@example.com", "password": "guessed it"}, status=400)
    log = administrator.get("/audit").words
    assert f"question {question} K-1 of Acme" in log
    assert f"questionnaire {key} Acme, acme.xlsx" in log
    assert "somebody unknown failed to sign in" in log
