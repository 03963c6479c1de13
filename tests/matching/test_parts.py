"""Compound questions: their parts, the passages joined for them, and the parts that nothing answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.matching import Matcher, question_key
from assistant.matching.parts import parts
from assistant.suggestion import Choice, Status, Suggestion
from tests.matching.conftest import CLOUD, TEXTS, TODAY, passage


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Are gates locked at night?", ["Are gates locked at night?"]),
        ("4.2 Are gates locked?", ["Are gates locked?"]),
        (
            "Are gates locked at night? Who holds the keys to the gates?",
            ["Are gates locked at night?", "Who holds the keys to the gates?"],
        ),
        (
            "Are gates locked at night, and who holds the spare keys?",
            ["Are gates locked at night", "who holds the spare keys?"],
        ),
        # What goes on with the same, and what asks for nothing, is no part.
        ("Are gates locked, and how often are they checked?", ["Are gates locked, and how often are they checked?"]),
        (
            "Are gates locked at least nightly and when an alarm goes off?",
            ["Are gates locked at least nightly and when an alarm goes off?"],
        ),
        ("Are gates locked? If yes, please explain.", ["Are gates locked? If yes, please explain."]),
        # Neither the point of an abbreviation nor what stands in brackets begins one.
        (
            "Are doors (e.g. Gates and how do visitors ring) locked at night?",
            ["Are doors (e.g. Gates and how do visitors ring) locked at night?"],
        ),
    ],
)
def test_a_question_is_split_where_something_else_is_asked(question: str, expected: list[str]) -> None:
    assert parts(question) == expected


def suggest(matcher: Matcher, question: str, **given: object) -> Suggestion:
    return matcher.suggest([question], CLOUD, TODAY, **given)[0]  # type: ignore[arg-type]


THREE = (
    "Are all disks and backups encrypted at rest? Does an independent firm perform a penetration test every year? "
    "Do operators monitor the service around the clock?"
)


def test_the_passages_that_answer_the_parts_are_joined(matcher: Matcher) -> None:
    found = suggest(matcher, THREE)
    assert found.status is Status.SUGGESTED
    assert {match.passage.lines[0] for match in found.cited} == {1, 5, 7}
    assert found.answer is not None
    assert set(found.answer.splitlines()) == {
        "All disks and backups are encrypted at rest with AES-256.",
        TEXTS[4],
        TEXTS[6],
    }
    assert set(found.cited) <= set(found.matches)


def test_a_passage_rejected_for_the_whole_is_not_joined_for_a_part(
    matcher: Matcher,
) -> None:
    rejected = [match.passage for match in suggest(matcher, THREE).cited if match.passage.lines == (7, 7)]
    pairs = [(question_key(THREE), passage.digest) for passage in rejected]
    again = suggest(matcher, THREE, rejected=pairs)
    assert rejected
    assert all(match.passage.lines != (7, 7) for match in again.cited)


def test_parts_that_nothing_answers_are_named(matcher: Matcher) -> None:
    found = suggest(
        matcher, "Are all disks and backups encrypted at rest? How many forklift drivers hold a licence for trucks?"
    )
    assert found.status is Status.SUGGESTED
    assert found.reason == "Nothing cited answers: “How many forklift drivers hold a licence for trucks?”."


def test_one_passage_that_answers_every_part_stands_alone(matching: Callable[..., Matcher]) -> None:
    said = passage("All disks are encrypted at rest. Encryption keys are rotated every 90 days.")
    found = suggest(matching([said]), "Are disks encrypted at rest? How often are encryption keys rotated?")
    assert found.answer == said.text
    assert [match.passage for match in found.cited] == [said]
    assert "Nothing cited" not in (found.reason or "")


def test_the_choice_is_that_of_the_first_part_with_a_yes_or_no(matcher: Matcher) -> None:
    assert suggest(matcher, THREE).choice is Choice.YES
    open_first = "Which firm hosts the service? Are all disks and backups encrypted at rest? How is access reviewed?"
    assert suggest(matcher, open_first).choice is Choice.YES
