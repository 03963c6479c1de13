"""The company that tests are about: what it says of itself, what it is asked, and the application over both."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
from openpyxl.worksheet.datavalidation import DataValidation

from assistant.people import Person, Role
from assistant.settings import Settings
from assistant.wiring import Application
from assistant.workflow.records import Account

PASSWORD = "a long enough password"

STATEMENT = """---
title: Security at Lantern
product: Lantern
deployments:
  Lantern Cloud: [cloud]
  Lantern on-premise: [on-premise]
owner: security@example.com
reviewed: 2026-01-05
---

# Lantern Cloud

Customer data is encrypted at rest with AES-256.

Encryption keys are rotated every 90 days.

Multi-factor authentication is required for every employee who reaches production systems.

# Lantern on-premise

Backups are made by the customer.
"""

QUESTIONS = (
    ("K-1", "Is customer data encrypted at rest?"),
    ("K-2", "How often are encryption keys rotated?"),
    ("K-3", "Is multi-factor authentication required for employees who access production systems?"),
    ("K-4", "Do you keep a unicorn in the office?"),
)


@cache
def workbook(questions: tuple[tuple[str, str], ...] = QUESTIONS, *, notes: bool = False) -> bytes:
    """Return a workbook with number, question, a drop-down for the answer and a comment column.

    With `notes` it has a second sheet that asks nothing.
    """
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Security"
    sheet.append(["No.", "Question", "Answer", "Comment"])
    for row in questions:
        sheet.append(row)
    choices = DataValidation(type="list", formula1='"Yes,No,N/A"')
    choices.add(f"C2:C{len(questions) + 1}")
    sheet.add_data_validation(choices)
    if notes:
        book.create_sheet("Notes")["B2"] = "Kept as it is"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def says(folder: Path, statement: str = STATEMENT) -> None:
    """Let the statement in the knowledge of `folder` say that."""
    (folder / "knowledge").mkdir(exist_ok=True)
    (folder / "knowledge" / "lantern.md").write_text(statement, encoding="utf-8")


def environment(folder: Path) -> dict[str, str]:
    """Return the settings of an instance in `folder`."""
    return {"ASSISTANT_INSTANCE": str(folder / "instance"), "ASSISTANT_KNOWLEDGE": str(folder / "knowledge")}


def build(folder: Path, **changes: object) -> Application:
    """Return the application over the instance and the knowledge in `folder`, with other settings where named."""
    return Application.build(replace(Settings.from_environment(environment(folder)), **changes))  # type: ignore[arg-type]


def account_of(application: Application, email: str) -> Account:
    """Return the account with that address."""
    with application.store.reading() as tx:
        account = tx.people.by_email(email)
    assert account is not None
    return account


def person(application: Application, role: Role) -> Person:
    """Return the account of that role, for arranging a test without pages."""
    return account_of(application, f"{role.value}@example.com").person
