"""Pairs of a completed questionnaire are read from other columns at once, and nothing that was written gets lost."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from selenium.webdriver.support.select import Select

from tests.browser.desk import Desk

pytestmark = pytest.mark.browser


@pytest.fixture
def pairs(desk: Desk, tmp_path: Path) -> Desk:
    """The pairs of a completed questionnaire of one question, the answers read from the comments."""
    book = openpyxl.Workbook()
    for row in (["No.", "Question", "Answer", "Comment"], ["1", "Is customer data encrypted?", "Yes", "With AES."]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "old.xlsx")
    desk.sign_in()
    desk.browser.get(f"{desk.site.address}/library/import")
    desk.element("#questionnaire").send_keys(str(tmp_path / "old.xlsx"))
    Select(desk.element("#scope")).select_by_index(1)
    desk.element("#customer").send_keys("Borealis")
    desk.element("form:has(#questionnaire) button[type=submit]").click()
    desk.until(lambda: answer(desk) == "With AES.", "the pairs are not shown")
    return desk


def answer(pairs: Desk) -> str:
    return pairs.element("#answer-0").get_attribute("value") or ""


def test_another_column_is_read_at_once(pairs: Desk) -> None:
    Select(pairs.element("#text-0")).select_by_value("column C: Answer")
    pairs.until(lambda: answer(pairs) == "Yes", "the other column is not read")


def test_what_was_written_stays_until_reading_anew_is_asked_for(pairs: Desk) -> None:
    pairs.element("#answer-0").send_keys(" Always.")
    Select(pairs.element("#text-0")).select_by_value("column C: Answer")
    pairs.browser.execute_async_script("setTimeout(arguments[0], 500)")
    assert answer(pairs) == "With AES. Always."
    pairs.element("button[value=read]").click()
    pairs.until(lambda: answer(pairs) == "Yes", "the other column is not read")
