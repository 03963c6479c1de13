"""axe-core finds nothing serious on any page, in light and in dark; no page is wider than a narrow window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome

from tests.browser.accessible import Furnished, faults, furnished, show_in

pytestmark = pytest.mark.browser

NO_PAGES = {
    *("static", "bootstrap.static", "health.health", "health.icon"),
    *("audit.export", "completion.download", "figures.download", "library.export", "library.download_patch"),
    "library.download_file",
    *("questionnaires.original", "questionnaires.sample"),
    *("review.progress", "review.row"),
}
"""What is fetched and is no page: files, parts of pages, answers to scripts."""
UNLINKED = {
    "questionnaires.questionnaire",  # leads on to where the questionnaire stands
    "sign_in.code",  # needs a password that was just typed
    "sign_in.invited",  # a link that is shown once
    "library.statement_change",  # no file changes in the furnished instance
}
"""Pages that no link of the furnished instance leads to."""
FORMS = {"library.several_planned": "/library/several?act=retire&all=yes"}
"""Pages that a form leads to, with what it would send."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Furnished]:
    with furnished(tmp_path_factory.mktemp("town")) as instance:
        yield instance


@pytest.fixture
def visitor(browser: Chrome, town: Furnished) -> Iterator[Chrome]:
    """The browser, in a window of its usual size, nobody signed in."""
    browser.get(f"{town.address}/sign-in")
    browser.delete_all_cookies()
    yield browser
    show_in(browser, "")


def sign_in(browser: Chrome, town: Furnished, email: str) -> None:
    browser.add_cookie({"name": "assistant", "value": town.session(email)})


def test_every_page_is_free_of_serious_faults(visitor: Chrome, town: Furnished) -> None:
    sign_in(visitor, town, "ada@example.com")
    pages = {**town.pages("ada@example.com"), **FORMS}
    answering = {rule.endpoint for rule in town.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert answering - NO_PAGES - UNLINKED - {"sign_in.form"} == set(pages), "every page is visited"
    found = {address: wrong for address in pages.values() if (wrong := faults(visitor, town.address + address))}
    assert found == {}


@pytest.mark.parametrize("email", ["rosa@example.com", "ellis@example.com", "sam@example.com"])
def test_what_other_roles_see_is_free_of_serious_faults(email: str, visitor: Chrome, town: Furnished) -> None:
    sign_in(visitor, town, email)
    pages = town.pages(email)
    shown = [
        pages[name] for name in ("questionnaires.home", "review.at", "review.table", "queue.mine") if name in pages
    ]
    assert len(shown) >= 3
    found = {address: wrong for address in shown if (wrong := faults(visitor, town.address + address))}
    assert found == {}


def test_who_is_not_signed_in_meets_no_serious_faults(visitor: Chrome, town: Furnished) -> None:
    for address in ("/sign-in", "/no-such-page"):
        assert faults(visitor, town.address + address) == []
