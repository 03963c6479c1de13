"""A furnished instance, every page of it, and what axe-core finds there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
from flask import Flask
from selenium.webdriver import Chrome
from werkzeug.exceptions import HTTPException

from assistant.demo import Calendar, Company, fill
from assistant.settings import Settings
from assistant.web import create_app
from assistant.wiring import Application
from tests.browser.serving import served

HTML = "{http://www.w3.org/1999/xhtml}"
WIDE, NARROW = (1280, 900), (500, 900)
"""Sizes of the window; Chromium makes none narrower."""
FINDINGS = """
const [rules, done] = arguments;
axe.run(document, {resultTypes: ["violations"], ...(rules ? {runOnly: {type: "rule", values: rules}} : {})})
  .then((found) => done(found.violations
    .filter((fault) => ["serious", "critical"].includes(fault.impact))
    .flatMap((fault) => fault.nodes.map((node) => `${fault.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`))))
  .catch((problem) => done([`axe failed: ${problem}`]));
"""
FOLLOWED = 3
"""Addresses of each kind of page whose links are followed: what is completed links to more than what is begun."""


@dataclass
class Furnished:
    """An instance with the work of half a year in it, served."""

    address: str
    app: Flask
    application: Application
    passwords: Mapping[str, str]

    def session(self, email: str) -> str:
        """Return what a browser's cookie would hold after signing in."""
        client = self.app.test_client()
        page = client.get("/sign-in").get_data(as_text=True)
        token = next(
            element.get("value", "")
            for element in html5lib.parse(page).iter(HTML + "input")
            if element.get("name") == "csrf_token"
        )
        client.post("/sign-in", data={"email": email, "password": self.passwords[email], "csrf_token": token})
        cookie = client.get_cookie("assistant")
        assert cookie is not None
        return cookie.value

    def pages(self, email: str) -> Mapping[str, str]:
        """Return for each endpoint the first address that links lead to from the first page."""
        client = self.app.test_client()
        client.set_cookie("assistant", self.session(email))
        matcher = self.app.url_map.bind("localhost")
        found: dict[str, str] = {}
        followed = Counter[str]()
        waiting, seen = ["/"], {"/"}
        while waiting:
            address = waiting.pop(0)
            try:
                endpoint, _ = matcher.match(urlsplit(address).path, method="GET")
            except HTTPException:
                continue
            if followed[endpoint] == FOLLOWED or endpoint.endswith("static"):
                continue
            followed[endpoint] += 1
            response = client.get(address)
            if response.status_code != 200 or response.mimetype != "text/html":
                continue
            found.setdefault(endpoint, address)
            for link in html5lib.parse(response.get_data()).iter(HTML + "a"):
                target = urljoin(address, link.get("href", ""))
                plain = target.split("#")[0]
                if not urlsplit(plain).netloc and plain not in seen:
                    seen.add(plain)
                    waiting.append(plain)
        return found


@contextmanager
def furnished(folder: Path) -> Iterator[Furnished]:
    """Fill an instance as the command `demo` does and serve it on a free port."""
    settings = Settings.from_environment({"ASSISTANT_INSTANCE": str(folder / "instance")})
    today = datetime.now(UTC)
    calendar = Calendar(today - timedelta(days=170))
    application = Application.build(settings, calendar)
    company = Company(application, calendar, today)
    fill(company, lambda: None)
    app = create_app(application)
    with served(app) as address:
        yield Furnished(address, app, application, company.passwords)
    application.store.close()


@cache
def rules() -> str:
    """Return axe-core as the package for development carries it: nothing is fetched."""
    return (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")


def faults(browser: Chrome, address: str) -> list[str]:
    """Return what is wrong with the page: what axe-core finds serious or critical in light, and of its colours in dark;
    and whether it is wider than a narrow window."""
    found: list[Any] = []
    for scheme, wanted in (("light", None), ("dark", ["color-contrast"])):
        show_in(browser, scheme)
        browser.get(address)
        browser.execute_script("for (const part of document.querySelectorAll('details')) part.open = true;")
        browser.execute_script(rules())
        found += [f"{scheme}: {fault}" for fault in browser.execute_async_script(FINDINGS, wanted)]
    browser.execute_script("for (const part of document.querySelectorAll('details')) part.open = false;")
    browser.set_window_size(*NARROW)
    if browser.execute_script("return document.documentElement.scrollWidth > window.innerWidth"):
        found.append("wider than a narrow window")
    browser.set_window_size(*WIDE)
    return found


def show_in(browser: Chrome, scheme: str) -> None:
    """Let the browser prefer light or dark, "" for neither; nothing moves, so colours are there at once."""
    features = [
        {"name": "prefers-reduced-motion", "value": "reduce"},
        {"name": "prefers-color-scheme", "value": scheme},
    ]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features if scheme else []})
