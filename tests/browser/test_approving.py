"""A reviewer at what was submitted: from one answer to the next that waits, and to the end of it."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By

from tests.browser.desk import Desk, Site, drafted

pytestmark = pytest.mark.browser


def submitted(site: Site, customer: str) -> int:
    """Return a questionnaire of which the seller submitted every draft, K-1 to K-3."""
    key = drafted(site, customer)
    with site.application.store.reading() as tx:
        sam = tx.people.by_email("sam@example.com")
        assert sam is not None
        questions = [item.id for item in tx.questionnaires.questions(key)]
    site.application.bulk.submit(sam.person, key, questions)
    return key


def approve(desk: Desk, question: str) -> None:
    desk.wait_for(question)
    desk.press("y")  # K-2 asks “how often”: nothing chooses there by itself
    desk.press("a")


def counted(desk: Desk) -> int:
    """Return what waits for the reader, as the bar tells it."""
    return int(desk.element("#queue-link .count").text.split()[0])


def test_from_the_first_page_through_all_that_waits_and_on_to_the_next_questionnaire(desk: Desk) -> None:
    first, second = submitted(desk.site, "Initech"), submitted(desk.site, "Hooli")
    desk.sign_in()
    desk.browser.get(f"{desk.site.address}/queue")
    desk.browser.find_element(By.LINK_TEXT, "Initech").click()
    desk.wait_for("K-1")
    assert f"/{first}/review?show=submitted" in desk.browser.current_url
    assert len(desk.browser.find_elements(By.CSS_SELECTOR, "#rows [data-row]")) == 3, "the gap waits for nobody here"
    waiting = counted(desk)
    desk.press("j")
    approve(desk, "K-2")
    desk.until(lambda: counted(desk) == waiting - 1, "the bar does not count what is left")
    approve(desk, "K-3")
    approve(desk, "K-1")  # it was passed over
    desk.until(lambda: "Nothing left to approve here" in desk.browser.page_source, "the end is not told")
    further = desk.element("[data-further]").get_attribute("href")
    desk.press("u")
    desk.wait_for("K-1")
    desk.press("a")
    desk.until(lambda: desk.element("[data-further]"), "the end is not told")
    desk.press("j")
    desk.until(lambda: desk.browser.current_url == further, "it does not lead on")
    assert desk.question() == "K-1"
    records = {pile.record.id for pile in desk.site.application.approvals.piles(desk.rosa())}
    assert first not in records
    assert second in records


def test_in_the_list_of_all_an_approval_leads_past_what_is_approved(review: Desk) -> None:
    review.press("j")
    approve(review, "K-2")
    review.wait_for("K-3")
    review.wait_for_notice("K-2 approved.")
    review.press("k")
    review.wait_for("K-2")
    review.press("k")
    approve(review, "K-1")
    review.wait_for("K-3")
