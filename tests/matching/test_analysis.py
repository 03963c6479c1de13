"""What of a question's wording counts, and how little its punctuation decides."""

from __future__ import annotations

import pytest

from assistant.matching.analysis import EXAMPLE, LATER, core, emphasis, unnumbered
from assistant.matching.reading import Reader
from assistant.matching.words import tokens

READER = Reader.load(None)


def counts(question: str) -> dict[str, float]:
    heard = tokens(question)
    return dict(zip((token.word for token in heard), emphasis(question, heard), strict=True))


@pytest.mark.parametrize(
    "numbered",
    [
        "4.2.1 Are backups tested?",
        "4.2.1 7. Are backups tested?",
        "(a) Are backups tested?",
        "A&A-01.2 Are backups tested?",
        "Please describe whether 7. Are backups tested?",
    ],
)
def test_numbers_in_front_of_a_question_are_left_out(numbered: str) -> None:
    assert unnumbered(numbered).endswith("Are backups tested?")
    assert "7" not in unnumbered(numbered)


def test_a_number_within_a_question_stays() -> None:
    assert unnumbered("Are keys rotated every 90 days?") == "Are keys rotated every 90 days?"


@pytest.mark.parametrize("wording", ["Are keys rotated? Describe the vault.", "Are keys rotated Describe the vault"])
def test_what_follows_the_question_counts_less_with_and_without_punctuation(wording: str) -> None:
    assert counts(wording)["rotate"] == 1.0
    assert counts(wording)["vault"] == LATER


@pytest.mark.parametrize("wording", ["Do you use a vault (e.g., Acme Keep)?", "Do you use a vault e.g. Acme Keep?"])
def test_examples_count_least(wording: str) -> None:
    assert counts(wording)["vault"] == 1.0
    assert counts(wording)["keep"] == EXAMPLE


@pytest.mark.parametrize(
    "wording",
    [
        "Are key policies established, documented, approved, and maintained?",
        "Are key policies established documented approved and maintained?",
    ],
)
def test_boilerplate_is_known_with_and_without_commas(wording: str) -> None:
    assert core(wording).split() == ["Are", "key", "policies", "?"]


def test_a_thing_nobody_in_the_field_knows_is_strange() -> None:
    asked = READER.question("Are houseplants rotated every 90 days?")
    assert {asked.words[term] for term in asked.strange} == {"houseplant"}


def test_a_standard_that_the_vocabulary_does_not_know_is_strange_by_its_number() -> None:
    assert READER.question("Do you hold ISO 45001 certification?").strange == {"45001"}
    assert not READER.question("Do you hold ISO 27001 certification?").strange
    assert not READER.question("Does the HX 45001 encrypt its disks?").strange


@pytest.mark.parametrize(
    "question",
    ["Are encryption keys rotated every 90 days?", "Are keys kept in Vaultorama?", "Is access reviewed promptly?"],
)
def test_words_of_the_field_names_and_plain_words_are_not_strange(question: str) -> None:
    assert not READER.question(question).strange
