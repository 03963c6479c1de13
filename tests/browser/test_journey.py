"""From signing in to the completed file, in a real browser, by keyboard where a reviewer would use it."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from selenium.webdriver import Keys
from selenium.webdriver.common.by import By

from tests.browser.desk import Desk
from tests.lantern import PASSWORD, workbook

pytestmark = pytest.mark.browser


def test_from_signing_in_to_the_completed_file(desk: Desk, downloads: Path, tmp_path: Path) -> None:
    file = tmp_path / "acme.xlsx"
    file.write_bytes(workbook(notes=True))
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
    desk.until(lambda: desk.element("#choice-wanted").is_displayed(), "nobody says that nothing is chosen")
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
    assert_only_answers_differ(workbook(notes=True), target.read_bytes())
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


def test_what_was_typed_is_saved_after_signing_in_again_in_another_tab(review: Desk) -> None:
    review.press("e")
    review.press("Typed before the session ended.")
    browser, first = review.browser, review.browser.current_window_handle
    browser.switch_to.new_window("tab")
    review.sign_in()
    browser.close()
    browser.switch_to.window(first)
    review.press(Keys.CONTROL, Keys.ENTER)
    review.wait_for_notice("K-1 saved.")
    browser.refresh()
    assert "Typed before the session ended." in review.element("#text").get_attribute("value")


def test_once_the_session_has_ended_the_message_leads_to_signing_in_and_back(review: Desk) -> None:
    browser = review.browser
    place = browser.current_url
    review.press("e")
    review.press("Typed before the session ended.")
    browser.delete_all_cookies()
    review.press(Keys.CONTROL, Keys.ENTER)
    review.wait_for_notice("Your session has ended.")
    review.element(".notice-acts a").click()
    review.until(lambda: "/sign-in?next=" in browser.current_url, "the message does not lead to signing in")
    browser.find_element(By.ID, "email").send_keys("rosa@example.com")
    browser.find_element(By.ID, "password").send_keys(PASSWORD, Keys.ENTER)
    review.wait_for("K-1")
    assert browser.current_url == place
    review.until(lambda: "Typed before" in review.element("#text").get_attribute("value"), "what was typed is gone")
