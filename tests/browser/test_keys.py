"""Keys that are held or hit by mistake change nothing that a reviewer has not meant to change."""

from __future__ import annotations

import pytest
from selenium.webdriver import Keys

from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

HELD = """
const done = arguments[1];
(async (key) => {
  for (let time = 0; time < 8; time += 1) {
    document.activeElement.dispatchEvent(
      new KeyboardEvent("keydown", { key, repeat: time > 0, bubbles: true, cancelable: true }));
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
})(arguments[0]).then(done);
"""
"""What a browser does while a key is held down."""


def approve(review: Desk) -> None:
    review.press("y")
    review.press("e")
    review.press("So it is.", Keys.ESCAPE)
    review.press("a")
    review.wait_for("K-2")
    review.wait_for_notice("K-1 approved.")


def test_a_held_key_approves_once(review: Desk) -> None:
    review.browser.execute_async_script(HELD, "a")
    review.wait_for("K-2")
    review.wait_for_notice("K-1 approved.")
    assert review.row_state("K-2") == "drafted"


def test_a_stray_key_does_not_touch_an_approved_answer(review: Desk) -> None:
    approve(review)
    review.press("k")
    review.wait_for("K-1")
    review.press("n")
    review.wait_for_notice("press e first")
    review.press("1")
    assert review.element("#text").get_attribute("value").endswith("So it is.")
    review.press("j")
    review.wait_for("K-2")
    assert review.row_state("K-1") == "approved"


def test_leaving_an_approved_answer_keeps_what_was_typed_without_saving_it(review: Desk) -> None:
    approve(review)
    review.press("k")
    review.wait_for("K-1")
    review.press("e")
    review.press(" Or not.", Keys.ESCAPE)
    review.press("j")
    review.wait_for("K-2")
    review.wait_for_notice("what you typed there is not saved")
    assert review.row_state("K-1") == "approved"
    review.element("#notice a").click()
    review.wait_for("K-1")
    assert review.element("#text").get_attribute("value").endswith("Or not.")
    review.press("e")
    review.press(Keys.CONTROL, Keys.ENTER)
    review.wait_for_notice("K-1 saved; its approval is gone.")
    assert review.row_state("K-1") == "drafted"


def test_what_was_typed_over_an_approved_answer_can_be_dropped(review: Desk) -> None:
    approve(review)
    review.press("k")
    review.wait_for("K-1")
    review.press("e")
    review.press(" Or not.", Keys.ESCAPE)
    review.press("j")
    review.wait_for("K-2")
    review.element("#notice .notice-drop").click()
    review.press("k")
    review.wait_for("K-1")
    assert review.element("#text").get_attribute("value").endswith("So it is.")
