"""One's own account: the second factor, sessions, the time zone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pyotp
import pytest
from flask import Flask

from assistant.people import Role
from assistant.web import create_app, zones
from assistant.wiring import Application
from assistant.workflow.codes import PERIOD
from tests.lantern import PASSWORD, account_of
from tests.web.client import CheckingClient, Page
from tests.web.conftest import signed_in

FACTOR = "/account/second-factor"


def secret_on(page: Page) -> pyotp.TOTP:
    found = re.search(r'id="secret" value="([A-Z2-7]+)"', page.text)
    assert found
    return pyotp.TOTP(found[1])


def switched_on(client: CheckingClient) -> tuple[pyotp.TOTP, list[str]]:
    """Set up a second factor as its owner does; return the app and the recovery codes."""
    page = client.get(FACTOR)
    totp = secret_on(page)
    page = client.send(page, FACTOR, {"password": PASSWORD, "code": totp.now()})
    codes = re.findall(r"(?:[a-z2-7]{4}-){3}[a-z2-7]{4}", page.text)
    assert "shown now and never again" in page.words
    return totp, codes


def test_a_second_factor_is_set_up_and_then_asked_for(sales: CheckingClient, app: Flask) -> None:
    totp, codes = switched_on(sales)
    assert len(codes) == 10
    assert "10 recovery codes left" in sales.get("/account").words
    assert codes[0] not in sales.get(FACTOR).text

    client = CheckingClient(app)
    page = client.submit("/sign-in?next=/library", "/sign-in", {"email": "sales@example.com", "password": PASSWORD})
    assert page.address == "/sign-in/code?next=/library"
    assert client.get("/").address == "/sign-in", "the password alone opens nothing"
    page = client.submit("/sign-in/code?next=/library", "/sign-in/code", {"code": "000000"}, status=400)
    assert "does not fit" in page.words
    # The next one, which fits already: no code is taken twice, and a period may end while the test runs.
    following = totp.at(datetime.now() + timedelta(seconds=PERIOD))
    page = client.submit("/sign-in/code?next=/library", "/sign-in/code", {"code": following})
    assert page.address == "/library"

    again = CheckingClient(app)
    again.sign_in("sales@example.com", PASSWORD)
    page = again.submit("/sign-in/code", "/sign-in/code", {"code": codes[0]})
    assert page.address == "/"
    assert "9 recovery codes left" in again.get("/account").words


def test_the_picture_and_the_address_hold_the_secret(sales: CheckingClient) -> None:
    page = sales.get(FACTOR)
    assert f"secret={secret_on(page).secret}" in page.text
    assert '<svg class="qr"' in page.text
    assert secret_on(sales.get(FACTOR)).secret == secret_on(page).secret, "it stays while the app is being set up"


def test_a_wrong_code_switches_nothing_on(sales: CheckingClient) -> None:
    page = sales.submit(FACTOR, FACTOR, {"password": PASSWORD, "code": "000000"}, status=400)
    assert "does not fit" in page.words
    page = sales.submit(FACTOR, FACTOR, {"password": "wrong", "code": secret_on(page).now()}, status=400)
    assert "The password is wrong." in page.words
    assert "Set up a second factor" in sales.get("/account").words


def test_the_code_page_alone_leads_back_to_the_password(anonymous: CheckingClient) -> None:
    assert anonymous.get("/sign-in/code").address == "/sign-in"
    token = anonymous.get("/sign-in")
    data = {"csrf_token": token.fields(token.form("/sign-in"))["csrf_token"][0], "code": "123456"}
    response = anonymous.raw.post("/sign-in/code", data=data)
    assert response.status_code == 400
    assert "Sign in again" in response.get_data(as_text=True)


def test_it_is_switched_off_with_password_and_code(sales: CheckingClient, app: Flask) -> None:
    _, codes = switched_on(sales)
    page = sales.submit(FACTOR, f"{FACTOR}/off", {"password": "wrong", "code": codes[0]}, status=400)
    assert "The password is wrong." in page.words
    page = sales.submit(FACTOR, f"{FACTOR}/off", {"password": PASSWORD, "code": codes[0]})
    assert "The second factor is off" in page.words
    client = CheckingClient(app)
    client.sign_in("sales@example.com", PASSWORD)
    assert "Sales Person" in client.get("/").words


def test_new_recovery_codes_are_shown_once(sales: CheckingClient) -> None:
    _, codes = switched_on(sales)
    page = sales.submit(FACTOR, f"{FACTOR}/codes", {"password": PASSWORD, "code": codes[3]})
    assert "New recovery codes" in page.words
    assert not any(code in page.text for code in codes)


def test_an_administrator_takes_a_lost_one_away(
    sales: CheckingClient, administrator: CheckingClient, application: Application, app: Flask
) -> None:
    switched_on(sales)
    account = account_of(application, "sales@example.com").id
    page = administrator.submit("/people", f"/people/{account}/second-factor/reset")
    assert "taken away" in page.words
    assert sales.get("/").address == "/sign-in"
    client = CheckingClient(app)
    client.sign_in("sales@example.com", PASSWORD)
    assert "Sales Person" in client.get("/").words


def test_where_it_is_required_nothing_else_opens_before_it_is_set_up(
    application: Application, make_application: Callable[..., Application]
) -> None:
    app = create_app(make_application(require_second_factor=True))
    reviewer = signed_in(app, application, Role.REVIEWER)
    for address in ("/", "/library", "/account", "/no/such/page"):
        page = reviewer.get(address)
        assert page.address == FACTOR
    assert "Your role needs a second factor" in page.words
    token = page.fields(page.form(FACTOR))["csrf_token"][0]
    assert reviewer.raw.post("/account/zone", data={"csrf_token": token, "zone": ""}).status_code == 403
    switched_on(reviewer)
    assert reviewer.get("/library").address == "/library"
    assert signed_in(app, application, Role.SALES).get("/library").address == "/library"


def test_sessions_are_listed_and_ended_one_by_one(sales: CheckingClient, app: Flask) -> None:
    others = [CheckingClient(app), CheckingClient(app)]
    for other in others:
        other.sign_in("sales@example.com", PASSWORD)
    page = sales.get("/account")
    assert page.words.count("this one") == 1
    actions = re.findall(r'action="(/account/sessions/[0-9a-f]{16}/end)"', page.text)
    assert len(actions) == 2
    page = sales.send(page, actions[0])
    assert "That session has ended." in page.words
    assert [other.get("/").address for other in others].count("/sign-in") == 1
    page = sales.submit("/account", "/account/sessions/others/end")
    assert [other.get("/").address for other in others] == ["/sign-in", "/sign-in"]
    assert "End all others" not in page.words


def test_nobody_ends_a_session_of_somebody_else_by_its_key(
    sales: CheckingClient, expert: CheckingClient, administrator: CheckingClient, application: Application
) -> None:
    account = account_of(application, "expert@example.com").id
    page = administrator.get(f"/people/{account}/sessions")
    key = re.search(rf"/people/{account}/sessions/([0-9a-f]{{16}})/end", page.text)
    assert key
    sales.raw.post(f"/account/sessions/{key[1]}/end", data={"csrf_token": sales.token()})
    assert expert.get("/").address == "/"
    administrator.send(page, f"/people/{account}/sessions/{key[1]}/end")
    assert expert.get("/").address == "/sign-in"
    assert "has no open session" in administrator.get(f"/people/{account}/sessions").words


def test_times_are_shown_in_the_zone_chosen_and_name_it(sales: CheckingClient) -> None:
    page = sales.submit("/account", "/account/zone", {"zone": "Asia/Kolkata"})
    assert re.search(r'<time datetime="[^"]+\+05:30">[^<]+ IST</time>', page.text)
    page = sales.submit("/account", "/account/zone", {"zone": ""})
    assert "UTC" in page.words
    sales.submit("/account", "/account/zone", {"zone": "Mars/Olympus"}, status=400)


def test_without_a_choice_the_browsers_zone_counts(sales: CheckingClient) -> None:
    for zone, told in (("America/Sao_Paulo", "UTC−3"), ("Asia/Kathmandu", "UTC+5:45"), ("../etc/passwd", "UTC")):
        sales.raw.set_cookie(zones.COOKIE, zone)
        assert f"{told}</time>" in sales.get("/account").text


@pytest.mark.parametrize("name", ["Europe/Berlin", "UTC", "America/Argentina/Ushuaia"])
def test_every_zone_can_be_chosen(name: str) -> None:
    assert zones.known(name)
    assert not zones.known(name + "x")
