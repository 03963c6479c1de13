from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.statement import Audience, LibraryEntry, Passage, Scope

TODAY = date(2026, 5, 4)
PASSAGE = Passage("parcel.md", (3, 4), "Disks are encrypted.", "Parcel", frozenset({"cloud"}))


@pytest.mark.parametrize(
    ("scope", "holds"),
    [
        (Scope("Parcel", "cloud"), True),
        (Scope("parcel", "Cloud"), True),
        (Scope("Parcel", "on-premise"), False),
        (Scope("Parcel"), False),
        (Scope("Other", "cloud"), False),
    ],
)
def test_scope_is_a_filter(scope: Scope, holds: bool) -> None:
    assert PASSAGE.holds_for(scope) is holds


def test_a_passage_for_every_deployment_holds_without_a_named_one() -> None:
    assert replace(PASSAGE, deployments=frozenset()).holds_for(Scope("Parcel"))


@pytest.mark.parametrize(
    ("audience", "nda", "citable"),
    [
        (Audience.PUBLIC, False, True),
        (Audience.NDA, False, False),
        (Audience.NDA, True, True),
        (Audience.INTERNAL, True, False),
    ],
)
def test_the_audience_decides_what_may_be_cited(audience: Audience, nda: bool, citable: bool) -> None:
    assert replace(PASSAGE, audience=audience).citable(Scope("Parcel", "cloud", nda), TODAY) is citable


def test_a_passage_is_citable_to_the_last_day_of_its_term() -> None:
    scope = Scope("Parcel", "cloud")
    assert replace(PASSAGE, review_by=TODAY).citable(scope, TODAY)
    assert not replace(PASSAGE, review_by=date(2026, 5, 3)).citable(scope, TODAY)


def test_the_digest_follows_what_is_said_not_where() -> None:
    assert replace(PASSAGE, lines=(9, 9)).digest == PASSAGE.digest
    assert replace(PASSAGE, path="other.md").digest != PASSAGE.digest
    assert replace(PASSAGE, text="Disks are not encrypted.").digest != PASSAGE.digest
    assert replace(PASSAGE, deployments=frozenset()).digest != PASSAGE.digest


def test_a_library_entry_is_a_passage_with_its_wordings() -> None:
    entry = LibraryEntry("Is it?", "It is.", "Parcel", also_asked=("Was it?",), choice="Yes", approved_on=TODAY)
    passage = entry.passage("library/7")
    assert (passage.question, passage.also_asked, passage.choice) == ("Is it?", ("Was it?",), "Yes")
    assert passage.reviewed == TODAY
