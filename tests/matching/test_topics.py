"""What questions are about, so that those about the same are put together."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.matching import Matcher


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    return Matcher(tmp_path_factory.mktemp("index"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Is our data encrypted at rest?", "Do you encrypt stored data?"),
        ("Is access removed upon termination?", "2.1 Describe how access is revoked when people leave."),
        ("Do you operate an IDS?", "Is an intrusion detection system in use?"),
    ],
)
def test_other_words_for_the_same_concept_are_one_topic(matcher: Matcher, one: str, other: str) -> None:
    first, second = matcher.topics([one, other])
    assert first == second
    assert first.name


def test_what_everything_is_about_is_no_topic_beside_something_narrower(matcher: Matcher) -> None:
    (topic,) = matcher.topics(["Is customer data erased after termination of the contract?"])
    assert topic.key == "deletion-at-termination"


def test_a_question_without_a_concept_is_about_its_words_in_whatever_order(matcher: Matcher) -> None:
    unicorn, office, dragon = matcher.topics(
        ["Do you keep a unicorn in the garden?", "In the garden, is a unicorn kept?", "Do you keep a dragon?"]
    )
    assert unicorn == office
    assert unicorn.name == ""
    assert unicorn != dragon


def test_the_team_s_own_concepts_are_topics_and_change_the_vocabulary(tmp_path: Path, matcher: Matcher) -> None:
    overlay = tmp_path / "concepts.yaml"
    overlay.write_text(
        "area: Operations\nconcepts:\n  lamp-oil:\n    name: Oil of lamps\n    phrases: oiled lantern\n",
        encoding="utf-8",
    )
    own = Matcher(tmp_path / "index", overlay)
    assert own.topics(["Do you use oiled lanterns?"])[0].name == "Oil of lamps"
    assert own.vocabulary() != matcher.vocabulary()
