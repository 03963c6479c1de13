"""The way of a questionnaire through the pages, without scripts."""

from __future__ import annotations

import io
import re

import openpyxl

from assistant.wiring import Application
from tests.web.arranging import drafted, questions, upload
from tests.web.client import CheckingClient
from tests.web.conftest import workbook


def test_a_questionnaire_goes_from_upload_to_a_completed_document(
    application: Application, sales: CheckingClient, reviewer: CheckingClient
) -> None:
    found = upload(sales)
    assert "4 questions" in found.words
    assert "Security!C2" in found.words
    key = drafted(sales, application)
    desk = reviewer.get(f"/questionnaires/{key}/review")
    question = questions(desk)[0]
    assert "Is customer data encrypted at rest?" in desk.words
    assert "Security at Lantern" in desk.words
    approved = reviewer.send(
        desk,
        f"/questions/{question}/approve",
        {"choice": "Yes", "text": "=1+1 is text, and so is this."},
        form=f"/questions/{question}/edit",
    )
    assert "K-1 was approved." in approved.words
    assert approved.address.endswith(f"/review/{question + 1}"), "the next question follows at once"
    preflight = sales.get(f"/questionnaires/{key}/completion")
    assert "1 of 4 answers" in preflight.words
    done = sales.send(preflight, f"/questionnaires/{key}/complete")
    assert "everything else is identical" in done.words
    link = re.search(r"/completed/\d+/download", done.text)
    assert link
    download = sales.file(link.group())
    assert 'filename="acme - completed.xlsx"' in download.headers["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(download.data))["Security"]
    assert (sheet["C2"].value, sheet["D2"].value) == ("Yes", "=1+1 is text, and so is this.")
    assert sheet["D2"].data_type != "f"
    assert sheet["C3"].value is None
    assert reviewer.file(f"/questionnaires/{key}/original").data == workbook()
    assert b"Is customer data encrypted" in reviewer.file(f"/questionnaires/{key}/report").data
