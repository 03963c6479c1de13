"""A real browser against a real server, both started here and ended here."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from waitress.server import TcpWSGIServer, create_server

from assistant.people import Role
from assistant.settings import Settings
from assistant.web import create_app
from assistant.wiring import Application
from tests.browser.desk import PASSWORD, Desk, Site, drafted

STATEMENT = """---
title: Security at Lantern
product: Lantern
deployments:
  Lantern Cloud: [cloud]
---

# Lantern Cloud

Customer data is encrypted at rest with AES-256.

Encryption keys are rotated every 90 days.

Multi-factor authentication is required for every employee who reaches production systems.
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The application with a reviewer's and a seller's account, served on a free port, its worker running."""
    tmp_path = tmp_path_factory.mktemp("site")
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "lantern.md").write_text(STATEMENT, encoding="utf-8")
    settings = Settings.from_environment(
        {"ASSISTANT_INSTANCE": str(tmp_path / "instance"), "ASSISTANT_KNOWLEDGE": str(tmp_path / "knowledge")}
    )
    application = Application.build(settings)
    application.accounts.add("rosa@example.com", "Rosa Reviewer", Role.REVIEWER, PASSWORD)
    application.accounts.add("sam@example.com", "Sam Sales", Role.SALES, PASSWORD)
    server = create_server(create_app(application), host="127.0.0.1", port=0, threads=4)
    assert isinstance(server, TcpWSGIServer)
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    application.worker.start()
    assert server.socket is not None
    port = server.socket.getsockname()[1]
    yield Site(f"http://127.0.0.1:{port}", application)
    application.worker.stop()
    server.close()
    serving.join(timeout=5)
    application.store.close()


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
