"""Plain and formal words for the same."""

from __future__ import annotations

import pytest
import yaml

from assistant.matching import library, plain_words
from assistant.matching.reading import Reader

READER = Reader.load(None)
WEIGHTS = dict.fromkeys(READER.vocabulary.concepts, 0.8)


@pytest.mark.parametrize(
    ("plain", "formal", "sense"),
    [
        ("How do you bounce back from a flood?", "Are procedures for recovery from disasters tested?", "bring-back"),
        ("Who is in charge of patching?", "Are responsibilities for patching assigned?", "answerable"),
        ("Is there a rulebook for laptops?", "Are policies for endpoint devices documented?", "guideline"),
        ("What could go wrong with your supplier?", "Are risks of third parties assessed?", "danger"),
    ],
)
def test_a_plain_and_a_formal_word_share_a_sense(plain: str, formal: str, sense: str) -> None:
    assert sense in plain_words.senses(plain)
    assert sense in plain_words.senses(formal)


def test_a_sense_names_the_terms_that_stand_for_it() -> None:
    assert plain_words.senses("Is the rulebook renewed?")["guideline"] == {"rulebook"}


def test_a_phrase_never_reaches_over_the_end_of_a_sentence() -> None:
    assert "bring-back" in plain_words.senses("How do you bounce back?")
    assert "bring-back" not in plain_words.senses("Balls bounce. Back doors are locked.")


def test_every_sense_has_several_words_and_none_twice() -> None:
    for name, line in yaml.safe_load(plain_words.SHIPPED.read_text(encoding="utf-8")).items():
        members = [member.strip() for member in line.split(",")]
        assert len(members) > 2, name
        assert len(set(members)) == len(members), name


@pytest.mark.parametrize(
    ("plain", "formal", "other"),
    [
        (
            "Do you have a rulebook for what staff may do with their laptops?",
            "Is an acceptable use policy for end user devices established and communicated to personnel?",
            "Is an inventory of end user devices maintained?",
        ),
        (
            "If a fire knocked out your office, how soon would you be back on your feet?",
            "Are recovery time objectives defined for disasters that make a site unavailable?",
            "Are offices equipped with fire detection and suppression?",
        ),
        (
            "Who looks over what the admins have been up to?",
            "Are activities of privileged users logged and reviewed?",
            "Are privileged users approved by management?",
        ),
    ],
)
def test_a_question_in_plain_words_is_nearer_to_the_same_question_in_formal_ones(
    plain: str, formal: str, other: str
) -> None:
    asked, same, different = (READER.question(text) for text in (plain, formal, other))
    right, wrong = library.Library({0: (same,), 1: (different,)}, WEIGHTS).chances(asked, (0, 1))
    assert right > wrong
