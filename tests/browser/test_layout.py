"""Putting a wrongly understood form right in a real browser, by mouse and by keyboard."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from selenium.webdriver import Keys
from selenium.webdriver.common.by import By

from assistant.statement import Scope
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

TOPICS = (
    "Encryption of customer data at rest",
    "Rotation of encryption keys",
    "Multi-factor authentication",
    "Backups",
)
CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")


def explained(*more: str) -> bytes:
    """A form whose explanations read like its questions, which stand beside them."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Controls"
    sheet.append(["Ref", "What we expect", "Explanation for the assessor", "Assessor's remark", "Your reply"])
    for number, topic in enumerate((*TOPICS, *more), 1):
        sheet.append([f"C-{number}", topic, f"Does the supplier show evidence that {topic.lower()} is in place?"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def layout(desk: Desk) -> Desk:
    """The layout page of a form whose column of questions was guessed wrong."""
    desk.sign_in()
    key = receive(desk, explained())
    desk.browser.get(f"{desk.site.address}/questionnaires/{key}/layout")
    desk.element("#layout-panel")
    return desk


def receive(desk: Desk, file: bytes) -> int:
    return desk.site.application.intake.receive(
        desk.rosa(), file, "controls.xlsx", customer="Acme", scope=Scope("Lantern", "cloud")
    )


def listed(desk: Desk) -> list[str]:
    return [item.text for item in desk.browser.find_elements(By.CSS_SELECTOR, ".question-list li")]


def wait_for(desk: Desk, first: str) -> None:
    desk.until(lambda: listed(desk)[0] == first, f"{first} is not the first question")


def key_of(desk: Desk) -> int:
    return int(desk.browser.current_url.split("/questionnaires/")[1].split("/")[0])


def test_a_wrong_column_is_put_right_by_clicking_and_remembered_for_the_next_file(layout: Desk) -> None:
    wait_for(layout, "C-1 Does the supplier show evidence that encryption of customer data at rest is in place?")
    layout.element('thead th[data-column="2"] a').click()
    layout.until(lambda: "Column B" in layout.element("#layout-panel").text, "column B is not selected")
    layout.element('#layout-panel button[value="question"]').click()
    wait_for(layout, f"C-1 {TOPICS[0]}")
    assert "is-question" in (layout.element('td[data-at="Controls!B2"]').get_attribute("class") or "")
    layout.element("#layout-undo").click()
    layout.until(lambda: "Does the supplier" in listed(layout)[0], "nothing was undone")
    layout.element('#layout-panel button[value="question"]').click()
    wait_for(layout, f"C-1 {TOPICS[0]}")
    layout.element(".layout-confirm button").click()
    layout.until(lambda: "/review" in layout.browser.current_url, "the review does not open")
    # The page loads itself anew when drafting ends, which would call off any other navigation.
    layout.until(lambda: not layout.browser.find_elements(By.ID, "drafting") and layout.question(), "drafting goes on")
    key = receive(layout, explained("Restoring backups"))
    layout.browser.get(f"{layout.site.address}/questionnaires/{key}/found")
    assert "This form is known" in layout.element("main").text
    assert "Restoring backups" in layout.element("main").text
    severe = [entry for entry in layout.browser.get_log("browser") if entry["level"] == "SEVERE"]  # type: ignore[no-untyped-call]
    assert severe == [], "no script fails and no policy is broken"
    layout.site.application.layouts.reset(layout.rosa(), key, 1)
    layout.site.application.layouts.confirm(layout.rosa(), key, 2, remember=True)  # forgotten, for the next test


def test_cells_are_reached_and_set_by_keyboard(layout: Desk) -> None:
    layout.element('td[data-at="Controls!D2"]').click()
    layout.until(lambda: "Only D2" in layout.element("#layout-panel").text, "the cell is not selected")
    layout.press(Keys.ARROW_RIGHT)
    layout.until(lambda: "Only E2" in layout.element("#layout-panel").text, "the arrow does not move on")
    layout.press(Keys.ARROW_LEFT)
    layout.until(lambda: "Only D2" in layout.element("#layout-panel").text, "the arrow does not move back")
    layout.press("t")
    layout.until(
        lambda: "is-text" in (layout.element('td[data-at="Controls!D3"]').get_attribute("class") or ""),
        "the key does not set the column",
    )
    layout.press("u")
    layout.until(
        lambda: "is-text" in (layout.element('td[data-at="Controls!E3"]').get_attribute("class") or ""),
        "the key does not undo",
    )


def test_a_single_cell_is_declared_no_question(layout: Desk) -> None:
    layout.element('td[data-at="Controls!C3"]').click()
    layout.until(lambda: "Only C3" in layout.element("#layout-panel").text, "the cell is not selected")
    button = layout.element("#layout-panel .panel-question button")
    assert button.text == "Not a question"
    button.click()
    layout.until(lambda: "3 questions" in layout.element("#layout-count").text, "the count does not change")
    layout.until(lambda: "This is a question" in layout.element("#layout-panel").text, "it cannot be taken back")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_of_the_layout_can_be_read(scheme: str, layout: Desk) -> None:
    features = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    layout.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", features)
    layout.element('td[data-at="Controls!C3"]').click()
    layout.until(lambda: "Only C3" in layout.element("#layout-panel").text, "the cell is not selected")
    assert layout.browser.execute_script(CONTRAST) == []
    layout.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
