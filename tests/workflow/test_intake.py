"""Taking in a customer's file, over both databases."""

from __future__ import annotations

import pytest

from assistant.statement import Scope
from tests.workflow.conftest import ENCRYPTION, House


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("acme\r\nSet-Cookie: a.xlsx", "acmeSet-Cookie: a.xlsx"),
        ("C:\\files\\größe 2.xlsx", "größe 2.xlsx"),
        ("exe\u202excod.xlsx", "exexcod.xlsx"),
        ("\n", "questionnaire"),
    ],
)
def test_a_file_keeps_the_printable_characters_of_its_name(house: House, given: str, kept: str) -> None:
    file = f"questions\n{ENCRYPTION}".encode()
    key = house.intake.receive(house.sales, file, given, customer="Acme", scope=Scope("Parcel", "cloud"))
    assert house.completion.original(house.sales, key) == (kept, file)
