"""A real browser against a real server, both started here and ended here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from assistant.people import Role
from assistant.web import create_app
from tests.browser.desk import Desk, Site, drafted
from tests.browser.serving import served
from tests.lantern import PASSWORD, build, says


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The application with a reviewer's and a seller's account, served on a free port, its worker running."""
    folder = tmp_path_factory.mktemp("site")
    says(folder)
    with build(folder) as application:
        application.accounts.add("rosa@example.com", "Rosa Reviewer", Role.REVIEWER, PASSWORD)
        application.accounts.add("sam@example.com", "Sam Sales", Role.SALES, PASSWORD)
        with served(create_app(application)) as address:
            application.worker.start()
            yield Site(address, application)
            application.worker.stop()


@pytest.fixture(scope="session")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="session")
def browser(site: Site, downloads: Path) -> Iterator[webdriver.Chrome]:
    """Debian's Chromium without a window, its downloads in the test's own folder; it is gone before the site is."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        message = "Chromium and chromedriver are needed: apt-get install chromium chromium-driver"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    options = webdriver.ChromeOptions()
    options.binary_location = program
    # As root, as in a container, Chromium starts without its sandbox only; it opens our own pages.
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,900"):
        options.add_argument(argument)
    # A page that is still scrolling is clicked in the wrong place.
    options.add_argument("--force-prefers-reduced-motion")
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options=options, service=Service(driver))
    yield chrome
    chrome.quit()


@pytest.fixture
def desk(browser: webdriver.Chrome, site: Site) -> Desk:
    """Somebody at the browser, not signed in; its log holds nothing of an earlier test."""
    browser.get_log("browser")  # type: ignore[no-untyped-call]
    return Desk(browser, site)


@pytest.fixture
def review(desk: Desk) -> Desk:
    """The review desk, open at the first question of a freshly drafted questionnaire."""
    desk.sign_in()
    key = drafted(desk.site)
    desk.browser.get(f"{desk.site.address}/questionnaires/{key}/review")
    desk.wait_for("K-1")
    return desk
