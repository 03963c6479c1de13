"""Two answers to one question: what contradicts is told from what only reads otherwise."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.difference import Difference, difference

ENCRYPTED = "Customer data is encrypted at rest with AES-256."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ENCRYPTED, "Customer data is encrypted at rest with AES-256"),
        (ENCRYPTED, "  customer data is encrypted at  rest with AES-256."),
        ("Keys rotate every year.", "Keys are rotated every year."),
    ],
)
def test_spelling_makes_no_difference_or_a_difference_in_wording(one: str, other: str) -> None:
    assert not difference(Answer(text=one), Answer(text=other)).matters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ENCRYPTED, "At rest, customer data is encrypted (AES-256); keys are rotated every 90 days."),
        ("Backups are tested annually.", "We test our backups every 12 months."),
        ("TLS 1.2 or 1.3 is required.", "TLS 1.2 is required for every connection."),
        ("Data is encrypted; keys never leave the module.", "Data is encrypted with keys kept in a hardware module."),
        (ENCRYPTED, ""),
    ],
)
def test_other_words_and_more_of_them_are_a_difference_in_wording(one: str, other: str) -> None:
    assert difference(Answer(text=one), Answer(text=other)) is Difference.WORDING
    assert difference(Answer(text=other), Answer(text=one)) is Difference.WORDING


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Keys are rotated every 90 days.", "Keys are rotated every 365 days."),
        ("Backups are tested annually.", "Backups are tested monthly."),
        ("Backups are kept for thirty days.", "Backups are kept for 90 days."),
        ("Customer data is shared with third parties.", "Customer data is not shared with third parties."),
        ("Customer data is shared with subprocessors.", "Customer data isn't shared with subprocessors."),
        (ENCRYPTED, "Visitors are registered and accompanied."),
    ],
)
def test_numbers_periods_denials_and_other_matters_are_a_difference_in_substance(one: str, other: str) -> None:
    assert difference(Answer(text=one), Answer(text=other)) is Difference.SUBSTANCE
    assert difference(Answer(text=other), Answer(text=one)) is Difference.SUBSTANCE


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (Answer(choice="Yes"), Answer(choice="No"), Difference.CHOICE),
        (Answer(choice="Yes", text=ENCRYPTED), Answer(choice="Fully implemented", text=ENCRYPTED), Difference.NONE),
        (Answer(choice="Yes", text=ENCRYPTED), Answer(text="No. Disks are plain."), Difference.CHOICE),
        (Answer(choice="3"), Answer(choice="5"), Difference.CHOICE),
        (Answer(choice="Level 3"), Answer(choice="level 3"), Difference.NONE),
        (
            Answer(choice="Yes", text=ENCRYPTED),
            Answer(text="None kept.", not_applicable="None kept."),
            Difference.CHOICE,
        ),
        (Answer(not_applicable="No cards."), Answer(not_applicable="We hold no cards."), Difference.WORDING),
        (Answer(choice="Yes"), Answer(text=ENCRYPTED), Difference.WORDING),
    ],
)
def test_another_choice_matters_however_it_is_worded(one: Answer, other: Answer, found: Difference) -> None:
    assert difference(one, other) is found
