"""From signing in to the completed file, in a real browser, by keyboard where a reviewer would use it."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

from assistant.people import Person
from assistant.statement import Scope
from assistant.workflow.records import Stage
from tests.browser.conftest import PASSWORD, Site

pytestmark = pytest.mark.browser

QUESTIONS = (
    ("K-1", "Is customer data encrypted at rest?"),
    ("K-2", "How often are encryption keys rotated?"),
    ("K-3", "Is multi-factor authentication required for employees who access production systems?"),
    ("K-4", "Do you keep a unicorn in the office?"),
)


@cache
def customers_workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Security"
    sheet.append(["No.", "Question", "Answer", "Comment"])
    for row in QUESTIONS:
        sheet.append(row)
    choices = DataValidation(type="list", formula1='"Yes,No,N/A"')
    choices.add("C2:C5")
    sheet.add_data_validation(choices)
    book.create_sheet("Notes")["B2"] = "Kept as it is"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


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
        with self.site.application.store.reading() as tx:
            account = tx.people.by_email("rosa@example.com")
        assert account is not None
        return account.person

    def sign_in(self) -> None:
        self.browser.delete_all_cookies()
        self.browser.get(self.site.address)
        self.element("#email").send_keys("rosa@example.com")
        self.element("#password").send_keys(PASSWORD, Keys.ENTER)
        self.until(lambda: "Rosa Reviewer" in self.browser.page_source, "signing in failed")

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


@pytest.fixture
def desk(browser: Chrome, site: Site) -> Desk:
    """Somebody at the browser, not signed in."""
    return Desk(browser, site)


@pytest.fixture
def review(desk: Desk) -> Desk:
    """The review desk, open at the first question of a freshly drafted questionnaire."""
    desk.sign_in()
    application, rosa = desk.site.application, desk.rosa()
    key = application.intake.receive(
        rosa, customers_workbook(), "acme.xlsx", customer="Acme", scope=Scope("Lantern", "cloud")
    )
    application.intake.confirm(rosa, key)
    application.worker.wake()
    desk.until(lambda: application.review.desk(rosa, key).record.stage is Stage.OPEN, "drafting does not end")
    desk.browser.get(f"{desk.site.address}/questionnaires/{key}/review")
    desk.wait_for("K-1")
    return desk


def test_from_signing_in_to_the_completed_file(desk: Desk, downloads: Path, tmp_path: Path) -> None:
    file = tmp_path / "acme.xlsx"
    file.write_bytes(customers_workbook())
    desk.sign_in()
    desk.upload(file)
    desk.confirm()
    desk.wait_for("K-1")
    desk.press("e")
    field = desk.element("#text")
    field.clear()
    field.send_keys("=Encrypted, with AES-256.")
    desk.press(Keys.ESCAPE)
    desk.press("y")
    desk.press("a")
    desk.wait_for("K-2")
    desk.wait_for_notice("K-1 approved.")
    assert desk.row_state("K-1") == "approved"
    desk.press("1")
    desk.until(lambda: "every 90 days" in desk.element("#text").get_attribute("value"), "the source is not taken")
    desk.press("a")
    desk.wait_for("K-3")
    desk.press("k")
    desk.wait_for("K-2")
    assert "every 90 days" in desk.element("#text").get_attribute("value")
    assert desk.element("#progress").text.startswith("2 of 4")

    desk.browser.find_element(By.LINK_TEXT, "Complete").click()
    desk.until(lambda: "What will be written" in desk.browser.page_source, "no pre-flight")
    desk.element(".card-now button").click()
    desk.until(lambda: "everything else is identical" in desk.browser.page_source, "not completed")
    desk.browser.find_element(By.PARTIAL_LINK_TEXT, "Download for the customer").click()
    target = downloads / "acme - completed.xlsx"
    desk.until(target.exists, "nothing was downloaded")
    assert_only_answers_differ(customers_workbook(), target.read_bytes())
    severe = [entry for entry in desk.browser.get_log("browser") if entry["level"] == "SEVERE"]  # type: ignore[no-untyped-call]
    assert severe == [], "no script fails and no policy is broken"


def assert_only_answers_differ(original: bytes, completed: bytes) -> None:
    before, after = openpyxl.load_workbook(io.BytesIO(original)), openpyxl.load_workbook(io.BytesIO(completed))
    assert before.sheetnames == after.sheetnames
    changed: dict[str, Any] = {}
    for name in before.sheetnames:
        was = {cell.coordinate: cell.value for row in before[name].iter_rows() for cell in row}
        now = {cell.coordinate: cell.value for row in after[name].iter_rows() for cell in row}
        places = {place for place in was | now if was.get(place) != now.get(place)}
        changed |= {f"{name}!{place}": now.get(place) for place in places}
    assert changed.pop("Security!C2") == "Yes"
    assert changed.pop("Security!D2") == "=Encrypted, with AES-256."
    assert "every 90 days" in str(changed.pop("Security!D3"))
    changed.pop("Security!C3", None)
    assert changed == {}
    assert after["Security"]["D2"].data_type == "s"
    old, new = zipfile.ZipFile(io.BytesIO(original)), zipfile.ZipFile(io.BytesIO(completed))
    with old, new:
        assert old.namelist() == new.namelist()
        differing = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert differing <= {"xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"}


def test_moving_on_saves_what_was_typed(review: Desk) -> None:
    review.press("e")
    review.press("Typed and left.")
    review.press(Keys.ESCAPE)
    review.press("j")
    review.wait_for("K-2")
    review.wait_for_notice("K-1 saved.")
    review.browser.refresh()
    review.press("k")
    review.wait_for("K-1")
    assert "Typed and left." in review.element("#text").get_attribute("value")


def test_a_refusal_behind_the_page_is_told_and_nothing_typed_is_lost(review: Desk) -> None:
    application, rosa = review.site.application, review.rosa()
    question = application.review.question(rosa, int(review.element("#question").get_attribute("data-question")))
    application.review.edit(rosa, question.id, question.version, choice="No", text="Written in another window.")
    review.press("e")
    review.press("Written in this window.")
    review.press(Keys.ESCAPE)
    review.press("a")
    review.wait_for("K-2")
    review.wait_for_notice("K-1 was not approved")
    review.element("#notice a").click()
    review.wait_for("K-1")
    assert "Written in another window." in review.element(".versus").text
    assert "Written in this window." in review.element("#text").get_attribute("value")


def test_the_next_question_is_there_at_once(review: Desk) -> None:
    """Within 200 ms of the key, because it was fetched ahead."""
    review.wait_for("K-1")
    time.sleep(0.5)
    shown = review.browser.execute_async_script(
        """
        const done = arguments[0], begun = performance.now();
        new MutationObserver(() => done(performance.now() - begun))
          .observe(document.getElementById("desk"), { childList: true });
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
        """
    )
    assert shown < 200


def test_the_keys_are_listed_and_rejecting_asks_for_a_reason(review: Desk) -> None:
    review.press("?")
    assert review.element("#keys").is_displayed()
    review.press(Keys.ESCAPE)
    review.until(lambda: not review.element("#keys").is_displayed(), "the list stays")
    review.press("y")
    review.press("e")
    review.press("So it is.")
    review.press(Keys.CONTROL, Keys.ENTER)
    review.wait_for_notice("K-1 saved.")
    review.press("r")
    review.press(Keys.ENTER)
    review.wait_for_notice("Say why it is rejected")
    review.press("It is not so.", Keys.ENTER)
    review.wait_for("K-2")
    review.wait_for_notice("K-1 rejected.")
