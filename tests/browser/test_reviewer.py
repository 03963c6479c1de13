"""A reviewer's morning: their queue from end to end, with the keyboard and nothing else."""

from __future__ import annotations

import pytest
from selenium.webdriver import Keys

from assistant.answer import State
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser


def tab_to(desk: Desk, words: str) -> None:
    """Go on by the tabulator until what reads like this has the focus."""
    for _ in range(80):
        desk.press(Keys.TAB)
        if words in desk.browser.switch_to.active_element.text:
            return
    raise AssertionError(f"the tabulator does not lead to “{words}”")


def test_a_mornings_queue_by_keyboard_only(review: Desk) -> None:
    application, rosa = review.site.application, review.rosa()
    with application.store.reading() as tx:
        sam = tx.people.by_email("sam@example.com")
        assert sam is not None
        key = tx.questionnaires.question(int(review.element("#question").get_attribute("data-question"))).questionnaire
        questions = tx.questionnaires.questions(key)
        before = tx.assignments.mine(rosa.id)
    for questionnaire in {given.questionnaire for given in before}:
        application.assigning.unassign(rosa, questionnaire, [given.question for given in before])
    for item in questions:
        if not item.answer.empty:
            application.review.submit(sam.person, item.id, item.version)
    application.assigning.assign(sam.person, key, [item.id for item in questions], rosa.id, None)

    review.browser.get(review.site.address)
    tab_to(review, "My queue")
    review.press(Keys.ENTER)
    review.until(lambda: review.element("#given-heading").text == "Assigned to you 4", "the queue does not open")
    tab_to(review, "K-1")
    review.press(Keys.ENTER)
    review.wait_for("K-1")
    review.press("a")
    review.wait_for("K-2")
    review.wait_for_notice("K-1 approved.")
    review.press("r")
    review.press("Say since when.", Keys.ENTER)
    review.wait_for("K-3")
    review.wait_for_notice("K-2 rejected.")
    review.press("e")
    review.press(" Without exception.", Keys.ESCAPE)
    review.press("c")
    review.press("@Sam so it is", Keys.CONTROL, Keys.ENTER)
    review.wait_for_notice("Your comment was added.")
    review.press("a")
    review.wait_for("K-4")
    review.wait_for_notice("K-3 approved.")
    review.press("x")
    review.press("There is no office.", Keys.ESCAPE)
    review.press("a")
    review.wait_for_notice("K-4 approved.")
    review.press("u")
    review.wait_for_notice("K-4: the approval was taken back.")
    review.press("a")
    review.wait_for_notice("K-4 approved.")

    with application.store.reading() as tx:
        answers = [item.answer for item in tx.questionnaires.questions(key)]
        told = [note.text for note in tx.notifications.of(sam.id)]
    assert [answer.state for answer in answers] == [State.APPROVED, State.DRAFTED, State.APPROVED, State.APPROVED]
    assert answers[1].objection == "Say since when."
    assert answers[2].text.endswith("Without exception.")
    assert (answers[3].choice, answers[3].text) == ("N/A", "There is no office.")
    assert any("mentioned you at K-3" in text for text in told)
    review.browser.get(f"{review.site.address}/queue")
    assert review.element("#given-heading").text == "Assigned to you 1", "what was sent back is still with its reviewer"
