"""What is done with ranked matches: drafted, told, or left open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.matching import features
from assistant.matching.deciding import decided
from assistant.matching.model import shipped
from assistant.statement import Audience, Passage
from assistant.suggestion import Choice, Match, Status, Suggestion
from tests.matching.conftest import CLOUD, TODAY, passage

MODEL = replace(shipped(features.NAMES), suggest=0.6, show=0.1)
LOGGED = passage("Every login to the build server is logged.")


def decide(question: str, *matches: Match, reused: bool = False) -> Suggestion:
    return decided(question, matches, reused, (), MODEL, CLOUD, TODAY)


def test_from_the_threshold_on_it_is_drafted() -> None:
    found = decide("Are logins to the build server logged?", Match(LOGGED, 0.6))
    assert (found.status, found.choice, found.answer) == (Status.SUGGESTED, Choice.YES, LOGGED.text)


def test_a_nearly_sure_match_tells_yes_or_no_and_drafts_nothing() -> None:
    found = decide("Are logins to the build server logged?", Match(LOGGED, 0.5))
    assert (found.status, found.choice, found.answer, found.cited) == (Status.WEAK, Choice.YES, None, ())


@pytest.mark.parametrize(
    ("said", "confidence"),
    [
        (LOGGED, 0.3),
        (passage(LOGGED.text, audience=Audience.INTERNAL), 0.5),
        (passage(LOGGED.text, review_by=TODAY.replace(year=TODAY.year - 1)), 0.5),
    ],
)
def test_a_less_sure_a_closed_and_a_stale_match_tell_nothing(said: Passage, confidence: float) -> None:
    found = decide("Are logins to the build server logged?", Match(said, confidence))
    assert (found.status, found.choice) == (Status.WEAK, None)


def test_one_approved_for_whether_answers_how_often_without_a_choice() -> None:
    entry = passage("Filters are changed each month.", question="Are air filters changed?", choice="Yes")
    found = decide("How often are air filters changed?", Match(entry, 0.9), reused=True)
    assert (found.status, found.choice, found.answer) == (Status.SUGGESTED, None, entry.text)
