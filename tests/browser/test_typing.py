"""What is typed saves itself and survives whatever happens to the page."""

from __future__ import annotations

import pytest
from selenium.webdriver import Keys
from selenium.webdriver.common.by import By

from assistant.workflow.bulk import Left
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser


def question(review: Desk) -> int:
    return int(review.element("#question").get_attribute("data-question"))


def saved(review: Desk, number: int) -> str:
    return review.site.application.review.question(review.rosa(), number).answer.text


def wait_for_state(review: Desk, sentence: str) -> None:
    review.until(lambda: review.element("#save-state").text.startswith(sentence), f"“{sentence}” is not shown")


def approve(review: Desk, text: str) -> None:
    field = review.element("#text")
    field.clear()
    field.send_keys(text, Keys.ESCAPE)
    review.press("y")
    review.press("a")
    review.wait_for("K-2")
    review.wait_for_notice("K-1 approved.")


def test_what_is_typed_saves_itself_and_the_page_says_so(review: Desk) -> None:
    number = question(review)
    review.press("e")
    review.press(" Typed on.")
    wait_for_state(review, "Not saved yet")
    wait_for_state(review, "Saved")
    assert saved(review, number).endswith("Typed on.")
    review.press(" And on.")
    wait_for_state(review, "Not saved yet")
    assert review.element("#text").get_attribute("value").endswith("Typed on. And on."), "nothing moved while typing"
    wait_for_state(review, "Saved")
    assert saved(review, number).endswith("Typed on. And on.")


def test_an_approved_answer_does_not_save_itself_but_what_was_typed_comes_back(review: Desk) -> None:
    number = question(review)
    approve(review, "It is.")
    review.press("k")
    review.wait_for("K-1")
    review.press("e")
    review.press(" Or is it?")
    wait_for_state(review, "Not saved yet")
    review.browser.get(f"{review.site.address}/help")
    review.browser.back()
    review.wait_for("K-1")
    review.until(lambda: review.element("#text").get_attribute("value").endswith("Or is it?"), "it is lost")
    wait_for_state(review, "Not saved yet")
    assert saved(review, number) == "It is."


def test_what_was_typed_survives_signing_out(review: Desk) -> None:
    approve(review, "It is.")
    review.press("k")
    review.wait_for("K-1")
    address = review.browser.current_url
    review.press("e")
    review.press(" Or is it?")
    wait_for_state(review, "Not saved yet")
    review.sign_in("sam@example.com", "Sam Sales")
    review.browser.get(address)
    review.wait_for("K-1")
    assert review.element("#text").get_attribute("value") == "It is.", "nobody reads what others typed"
    review.sign_in()
    review.browser.get(address)
    review.wait_for("K-1")
    review.until(lambda: review.element("#text").get_attribute("value").endswith("Or is it?"), "it is lost")
    assert "row-unsaved" in (review.element("[aria-current=true]").get_attribute("class") or "")


def test_what_was_typed_before_somebody_changed_the_answer_stands_beside_it(review: Desk) -> None:
    number = question(review)
    approve(review, "It is.")
    review.press("k")
    review.wait_for("K-1")
    review.press("e")
    review.press(" Or is it?")
    wait_for_state(review, "Not saved yet")
    application, rosa = review.site.application, review.rosa()
    version = application.review.question(rosa, number).version
    application.review.edit(rosa, number, version, choice="No", text="Changed elsewhere.")
    review.browser.refresh()
    review.wait_for("K-1")
    assert review.element("#text").get_attribute("value") == "Changed elsewhere."
    assert "It is. Or is it?" in review.element("[role=status] .versus-text").text
    review.element("[data-restore]").click()
    assert review.element("#text").get_attribute("value") == "It is. Or is it?"


def test_saving_that_is_refused_while_typing_offers_to_compare(review: Desk) -> None:
    number = question(review)
    application, rosa = review.site.application, review.rosa()
    version = application.review.question(rosa, number).version
    application.review.edit(rosa, number, version, choice="No", text="Written elsewhere.")
    review.press("e")
    review.press(" Written here.")
    wait_for_state(review, "Not saved: Somebody else changed")
    review.element("#save-state button").click()
    review.until(lambda: "Written elsewhere." in review.element(".versus").text, "theirs is not shown")
    assert review.element("#text").get_attribute("value").endswith("Written here.")
    assert review.element("#save-state").text == "Not saved", "what is saved stands above"
    review.element("#text").send_keys(" And on.", Keys.ESCAPE)
    wait_for_state(review, "Not saved, kept in this browser")
    review.press("j")
    review.wait_for("K-2")
    review.wait_for_notice("K-1 is not saved: compare")
    assert saved(review, number) == "Written elsewhere.", "moving on overwrites nobody"
    review.element("#notice a").click()
    review.wait_for("K-1")
    assert review.element("#text").get_attribute("value").endswith("Written here. And on.")
    review.element("[data-save]").click()
    wait_for_state(review, "Saved")
    assert saved(review, number).endswith("Written here. And on.")


def test_half_a_sentence_is_handed_on_by_nobody_until_its_writer_goes_on(review: Desk) -> None:
    number = question(review)
    application, rosa = review.site.application, review.rosa()
    key = application.review.question(rosa, number).questionnaire
    review.press("e")
    review.press(" Half a sen")
    wait_for_state(review, "Saved as you type")
    outcome = application.bulk.submit(rosa, key, [number])
    assert [item.id for item in outcome.kept[Left.WRITTEN]] == [number]
    review.press("tence.", Keys.ESCAPE)
    review.press("j")
    review.wait_for("K-2")
    review.wait_for_notice("K-1 saved.")
    assert application.bulk.submit(rosa, key, [number]).done == (number,)
    assert saved(review, number).endswith("Half a sentence.")


def test_going_on_from_what_saved_itself_says_that_it_is_done(review: Desk) -> None:
    number = question(review)
    application, rosa = review.site.application, review.rosa()
    key = application.review.question(rosa, number).questionnaire
    review.press("e")
    review.press(" All of it.")
    wait_for_state(review, "Saved as you type")
    review.press(Keys.ESCAPE)
    review.press("j")
    review.wait_for_notice("K-1 saved.")
    assert application.bulk.submit(rosa, key, [number]).done == (number,)


def test_a_comment_that_was_not_sent_comes_back(review: Desk) -> None:
    review.press("c")
    review.press("Ask @sa")
    review.until(lambda: review.element(".mention-list").text == "Sam Sales", "no name is offered")
    review.press(Keys.ENTER)
    review.press("about this.")
    assert review.element("#comment").get_attribute("value") == "Ask @Sam Sales about this."
    review.browser.refresh()
    review.until(lambda: review.element("#comment").get_attribute("value"), "it is lost")
    review.press("c")
    review.press(Keys.CONTROL, Keys.ENTER)
    review.wait_for_notice("Your comment was added.")
    assert review.element(".mention").text == "@Sam Sales"
    assert review.element("[aria-current=true] .row-said").text.startswith("1")
    assert review.element("#comment").get_attribute("value") == ""
    review.press("c")
    review.press("And once more.", Keys.CONTROL, Keys.ENTER)
    review.until(lambda: review.element("[aria-current=true] .row-said").text.startswith("2"), "it is not added")
    assert review.element("#comment").get_attribute("value") == ""
    review.browser.refresh()
    review.until(lambda: review.element("#comment").is_displayed(), "the page does not come back")
    assert review.element("#comment").get_attribute("value") == ""


def test_undo_takes_back_one_act_after_the_other_wherever_one_is(review: Desk) -> None:
    before = review.element("#text").get_attribute("value")
    approve(review, "It is.")
    review.press("j")
    review.wait_for("K-3")
    review.press("u")
    review.wait_for("K-1")
    review.wait_for_notice("K-1: the approval was taken back.")
    assert review.row_state("K-1") == "drafted"
    assert review.element("#text").get_attribute("value") == "It is."
    review.press("u")
    review.wait_for_notice("K-1: the edit was taken back.")
    review.until(lambda: review.element("#text").get_attribute("value") == before, "another wording")
    review.press("u")
    review.wait_for_notice("nothing of yours to take back")


def test_a_question_is_assigned_by_keyboard(review: Desk) -> None:
    review.press("e")
    review.press(" Typed meanwhile.", Keys.ESCAPE)
    review.press("s")
    review.until(lambda: review.browser.switch_to.active_element.get_attribute("id") == "assign-person", "no list")
    review.press("Sam")
    review.element("#assigned form button").click()
    review.wait_for_notice("K-1 is with Sam Sales now.")
    assert "Sam Sales" in review.element("[aria-current=true] .row-with").text
    assert review.element("#text").get_attribute("value").endswith("Typed meanwhile."), "the answer is left alone"


def test_rows_of_the_table_are_edited_where_they_stand(review: Desk) -> None:
    number = question(review)
    review.browser.find_element(By.LINK_TEXT, "Table").click()
    review.element(f"#row-{number} [data-edit]").click()
    field = review.element(f"#row-{number} textarea")
    field.clear()
    field.send_keys("In the table.")
    review.browser.refresh()
    review.element(f"#row-{number} [data-edit]").click()
    field = review.element(f"#row-{number} textarea")
    review.until(lambda: field.get_attribute("value") == "In the table.", "it is lost")
    application, rosa = review.site.application, review.rosa()
    version = application.review.question(rosa, number).version
    application.review.edit(rosa, number, version, choice="No", text="From elsewhere.")
    field.send_keys(Keys.CONTROL, Keys.ENTER)
    review.until(lambda: "From elsewhere." in review.element(f"#row-{number} .versus-text").text, "theirs is not told")
    review.element(f"#row-{number} button").click()
    review.wait_for_notice("K-1 saved.")
    assert saved(review, number) == "In the table."
    assert not review.browser.find_elements(By.CSS_SELECTOR, f"#row-{number} textarea")


def test_what_was_looked_at_is_approved_together_and_nothing_else(review: Desk) -> None:
    number = question(review)
    opened = lambda: review.site.application.review.opened(review.rosa(), [number])  # noqa: E731
    review.until(opened, "it was not noted that it is open")
    review.browser.find_element(By.LINK_TEXT, "Table").click()
    review.element("#choose-all").click()
    review.until(lambda: review.element("#chosen-count").text == "4 chosen", "not all are chosen")
    review.element("#chosen .btn-primary").click()
    review.until(lambda: "answer was approved" in review.browser.page_source, "nothing was approved")
    assert "have not opened as they stand now" in review.browser.page_source
