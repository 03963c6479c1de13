from __future__ import annotations

import pytest

from assistant.matching.drafting import trimmed, wording
from tests.matching.conftest import passage

TEXT = (
    "Traffic is encrypted with TLS 1.2. Passwords are hashed with bcrypt. They are never logged. "
    "See our privacy policy (https://example.com/privacy)."
)


def test_only_the_sentences_that_answer_are_kept() -> None:
    assert trimmed("Is traffic encrypted?", TEXT) == "Traffic is encrypted with TLS 1.2."


def test_a_sentence_that_leans_on_the_one_before_brings_it_along() -> None:
    assert trimmed("Is anything ever logged?", TEXT) == "Passwords are hashed with bcrypt. They are never logged."


def test_without_a_word_in_common_the_whole_is_kept() -> None:
    assert trimmed("Are visitors escorted?", TEXT) == TEXT


def test_sentences_are_never_altered() -> None:
    draft = trimmed("Is traffic encrypted, and how are passwords hashed?", TEXT)
    assert all(sentence in TEXT for sentence in draft.split(". "))


def test_what_answers_one_part_of_a_question_is_kept_for_that_part() -> None:
    asked = ["Is traffic encrypted with TLS?", "Where is the privacy policy for all of our many guests in the hall?"]
    assert trimmed(" ".join(asked), TEXT, asked[:1]) == "Traffic is encrypted with TLS 1.2."
    assert trimmed(" ".join(asked), TEXT, [*asked, "Are passwords hashed?"]) == (
        "Traffic is encrypted with TLS 1.2. Passwords are hashed with bcrypt."
    )


def test_links_are_kept_with_their_addresses() -> None:
    assert trimmed("Do you have a privacy policy?", TEXT) == "See our privacy policy (https://example.com/privacy)."


@pytest.mark.parametrize("short", ["e.g. Okta", "i.e. Okta", "Acme Inc. Okta", "vs. Okta", "Room No. 5"])
def test_an_abbreviation_ends_no_sentence(short: str) -> None:
    said = f"Guests are met by {short} at the gate. Meals are free."
    assert trimmed("Who meets guests?", said) == f"Guests are met by {short} at the gate."


def test_passages_are_joined_a_line_each_and_never_twice() -> None:
    one, other = passage("Gates are locked at night."), passage("Keys to the gates are held by guards.", 2)
    again = passage(one.text, 3)
    assert wording("Are gates locked? Who holds the keys?", [one, other, again]) == f"{one.text}\n{other.text}"


def test_an_approved_answer_is_taken_whole() -> None:
    entry = passage("Yes.\nSee the second page.", question="Are gates locked?")
    assert wording("Are gates locked?", [entry]) == entry.text
