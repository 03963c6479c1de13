"""What was typed is neither lost nor saved where nobody meant it, whatever key or button is hit."""

from __future__ import annotations

import pytest
from selenium.webdriver import Keys

from assistant.answer import State
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


def test_a_message_that_asks_for_something_is_whole_in_sight_until_it_is_closed(review: Desk) -> None:
    approve(review)
    buttons = review.element("#keys-button").location
    review.press("k")
    review.wait_for("K-1")
    review.press("e")
    review.press(" Or not.", Keys.ESCAPE)
    review.press("j")
    review.wait_for_notice("what you typed there is not saved")
    notice = review.element("#notice")
    assert review.browser.execute_script("return arguments[0].scrollHeight <= arguments[0].clientHeight + 1", notice)
    assert review.element("#keys-button").location == buttons, "nothing moves under the hand"
    review.element("#notice [data-close]").click()
    review.until(lambda: not review.element("#notice").text, "it does not close")


def test_what_was_typed_over_an_approved_answer_can_be_dropped(review: Desk) -> None:
    approve(review)
    review.press("k")
    review.wait_for("K-1")
    review.press("e")
    review.press(" Or not.", Keys.ESCAPE)
    review.press("j")
    review.wait_for("K-2")
    review.element("#notice [data-drop]").click()
    review.press("k")
    review.wait_for("K-1")
    assert review.element("#text").get_attribute("value").endswith("So it is.")


def test_submitting_all_drafts_takes_along_what_is_being_typed(review: Desk) -> None:
    address = review.browser.current_url
    review.sign_in("sam@example.com", "Sam Sales")
    review.browser.get(address)
    review.wait_for("K-1")
    review.press("e")
    review.press(" So I typed.")
    review.element("form[data-all] button").click()
    review.until(lambda: "answers were submitted" in review.browser.page_source, "nothing was submitted")
    question = review.browser.find_element("css selector", "[data-row] a").get_attribute("href")
    review.browser.get(question or "")
    review.wait_for("K-1")
    assert review.row_state("K-1") == "submitted"
    assert "So I typed." in review.element("#text").get_attribute("value")


def test_a_choice_that_the_form_wants_is_asked_for_once_and_either_key_decides(review: Desk) -> None:
    review.press("j")
    review.wait_for("K-2")
    review.press("a")
    review.until(lambda: review.element("#choice-wanted").is_displayed(), "nothing is told")
    assert "This field wants Yes, No or N/A" in review.element("#choice-wanted").text
    assert review.question() == "K-2"
    review.press("a")
    review.wait_for("K-3")
    review.wait_for_notice("K-2 approved.")
    review.press("u")
    review.wait_for("K-2")
    review.press("y")
    review.press("a")
    review.wait_for_notice("K-2 approved.")
    number = int(review.element("[data-row] + [data-row]").get_attribute("data-row"))
    answer = review.site.application.review.question(review.rosa(), number).answer
    assert (answer.state, answer.choice) == (State.APPROVED, "Yes")


def test_one_key_takes_back_what_was_done_to_many(review: Desk) -> None:
    application, rosa = review.site.application, review.rosa()
    number = int(review.element("#question").get_attribute("data-question"))
    key = application.review.question(rosa, number).questionnaire
    questions = [question for question, _ in application.review.frame(rosa, key).outline]
    assert len(application.bulk.submit(rosa, key, questions).done) == 3
    review.browser.refresh()
    review.until(lambda: review.row_state("K-3") == "submitted", "the list shows it")
    review.press("u")
    review.wait_for_notice("Took back the submission of 3 answers.")
    assert [review.row_state(name) for name in ("K-1", "K-2", "K-3", "K-4")] == ["drafted"] * 3 + ["unanswered"]
    review.press("j")
    review.wait_for("K-2")
    assert review.element("#question").get_attribute("data-state") == "drafted", "nothing older was kept"
