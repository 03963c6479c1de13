"""A person at the browser, and the customer's workbook they work on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

from assistant.people import Person
from assistant.statement import Scope
from assistant.wiring import Application
from assistant.workflow.records import Stage
from tests.lantern import PASSWORD, account_of, workbook


@dataclass
class Site:
    """The running application."""

    address: str
    application: Application


def reviewer(site: Site) -> Person:
    """Return the reviewer, for what is arranged without pages."""
    return account_of(site.application, "rosa@example.com").person


def drafted(site: Site, customer: str = "Acme") -> int:
    """Return a questionnaire of that customer, confirmed and drafted."""
    application, by = site.application, reviewer(site)
    scope = Scope("Lantern", "cloud")
    key = application.intake.receive(by, workbook(notes=True), "acme.xlsx", customer=customer, scope=scope)
    application.layouts.confirm(by, key, 1)
    application.worker.wake()
    deadline = time.monotonic() + 15
    while application.review.frame(by, key).record.stage is not Stage.OPEN:
        assert time.monotonic() < deadline, "drafting does not end"
        time.sleep(0.01)
    return key


class Desk:
    """What a person does with the page; every step waits for what it leads to."""

    def __init__(self, browser: Chrome, site: Site) -> None:
        self.browser, self.site = browser, site

    def until(self, holds: Callable[[], Any], what: str) -> Any:
        return WebDriverWait(self.browser, 15, ignored_exceptions=(Exception,)).until(lambda _: holds(), what)

    def element(self, selector: str) -> Any:
        return self.until(lambda: self.browser.find_element(By.CSS_SELECTOR, selector), f"no {selector}")

    def press(self, *keys: str) -> None:
        self.browser.switch_to.active_element.send_keys(*keys)

    def question(self) -> str:
        return self.element("#question").get_attribute("data-name") or ""

    def wait_for(self, question: str) -> None:
        self.until(lambda: self.question() == question, f"{question} is not shown")

    def wait_for_notice(self, sentence: str) -> None:
        self.until(lambda: sentence in self.element("#notice").text, f"“{sentence}” is not told")

    def row_state(self, question: str) -> str:
        rows = self.browser.find_elements(By.CSS_SELECTOR, "[data-row]")
        return next(row.get_attribute("data-state") or "" for row in rows if question in row.text)

    def rosa(self) -> Person:
        """Return the reviewer, for what is arranged without pages."""
        return reviewer(self.site)

    def sign_in(self, email: str = "rosa@example.com", name: str = "Rosa Reviewer", password: str = PASSWORD) -> None:
        self.browser.get(f"{self.site.address}/sign-in")  # cookies are deleted for the page that is open
        self.browser.delete_all_cookies()
        self.browser.get(self.site.address)
        self.element("#email").send_keys(email)
        self.element("#password").send_keys(password, Keys.ENTER)
        self.until(lambda: name in self.browser.page_source, "signing in failed")

    def upload(self, file: Path) -> None:
        self.browser.get(f"{self.site.address}/questionnaires/new")
        self.element("#file").send_keys(str(file))
        self.element("#customer").send_keys("Acme")
        Select(self.element("#scope")).select_by_visible_text("Lantern, cloud")
        self.element("#upload-form button[type=submit]").click()
        self.until(lambda: "4 questions" in self.browser.page_source, "nothing was found")

    def confirm(self) -> None:
        self.element(".card-now button").click()
        self.until(lambda: "/review" in self.browser.current_url, "the review does not open")
        self.until(
            lambda: not self.browser.find_elements(By.ID, "drafting") and self.question(), "drafting does not end"
        )
