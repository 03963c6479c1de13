"""Steps through the pages that many tests begin with."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.people import Role
from assistant.wiring import Application
from assistant.workflow.assignments import Assignment
from tests.lantern import person, workbook
from tests.web.client import CheckingClient, Page


def upload(client: CheckingClient, file: bytes | None = None, name: str = "acme.xlsx", **values: str) -> Page:
    """Return the page that shows what was found."""
    fields = {"customer": "Acme", "scope": "product=Lantern&deployment=cloud", **values}
    return client.submit(
        "/questionnaires/new", "/questionnaires/new", {"file": (workbook() if file is None else file, name), **fields}
    )


def drafted(client: CheckingClient, application: Application) -> int:
    """Upload, confirm and draft; return the questionnaire's number."""
    page = upload(client)
    key = int(page.address.split("/")[2])
    client.submit(page.address, f"/questionnaires/{key}/confirm")
    assert application.worker.run_once()
    return key


def questions(page: Page) -> list[int]:
    """Return the numbers of the questions in the list of the desk, in order."""
    return [int(number) for number in dict.fromkeys(re.findall(r'data-row="(\d+)"', page.text))]


def assign(application: Application, role: Role, questionnaire: int, only: Collection[int] = ()) -> None:
    """Assign the questions of a questionnaire, or those with the numbers `only`, to the person of that role."""
    given, at = person(application, role), application.store.now()
    with application.store.writing() as tx:
        found = [item.id for item in tx.questionnaires.questions(questionnaire) if not only or item.id in only]
        tx.assignments.put([Assignment(key, questionnaire, given.id, None, given.id, at) for key in found])
