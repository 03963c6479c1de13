from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from assistant.matching import Matcher, question_key
from assistant.statement import Audience, LibraryEntry, Passage, ProfileFact, Scope
from assistant.suggestion import Choice, Status
from tests.matching.conftest import CLOUD, TODAY, passage

ENCRYPTED = "Are disks and backups encrypted at rest?"


def first(matcher: Matcher, question: str, scope: Scope = CLOUD) -> Passage:
    return matcher.suggest([question], scope, TODAY)[0].matches[0].passage


@pytest.mark.parametrize(
    ("question", "line"),
    [
        (ENCRYPTED, 1),
        ("How often do you rotate encryption keys?", 1),
        ("Is data in transit protected by TLS?", 2),
        ("Do you review user access rights periodically?", 3),
        ("Is access removed when an employee is terminated?", 3),
        ("Are code changes peer reviewed?", 4),
        ("Do you have third-party pen tests?", 5),
        ("How long are backups retained?", 6),
        ("Is there 24x7 monitoring?", 7),
        ("Which cloud provider do you use, and in which region?", 8),
    ],
)
def test_the_passage_that_answers_stands_first(matcher: Matcher, question: str, line: int) -> None:
    assert first(matcher, question).lines == (line, line)


def test_a_clear_question_is_drafted_with_its_source(matcher: Matcher) -> None:
    found = matcher.suggest([ENCRYPTED], CLOUD, TODAY)[0]
    assert found.status is Status.SUGGESTED
    assert found.choice is Choice.YES
    assert found.answer == "All disks and backups are encrypted at rest with AES-256."
    assert found.cited[0].passage.lines == (1, 1)


@pytest.mark.parametrize(
    "question",
    [
        "What is your favourite recipe for apple pie?",
        "Are forklift drivers licensed?",
        "Do you hold a rabies vaccination certificate for the dog?",
        "Is your staff canteen inspected for hygiene?",
    ],
)
def test_a_question_that_nothing_answers_is_not_drafted(matcher: Matcher, question: str) -> None:
    found = matcher.suggest([question], CLOUD, TODAY)[0]
    assert found.status is not Status.SUGGESTED
    assert found.answer is None
    assert found.choice is None


def test_another_products_passages_never_appear(matching: Callable[..., Matcher]) -> None:
    other = passage("All disks and backups of Ink are encrypted at rest.", 2, product="Ink")
    deployed = passage("Disks and backups are encrypted at rest by you.", 3, deployments=frozenset({"on-premise"}))
    matcher = matching([passage("Visitors are escorted."), other, deployed])
    assert {match.passage.lines for match in matcher.suggest([ENCRYPTED], CLOUD, TODAY, top=9)[0].matches} <= {(1, 1)}
    assert first(matcher, ENCRYPTED, Scope("quill", "On-Premise")).lines == (3, 3)
    assert not [m for m in matcher.suggest([ENCRYPTED], Scope("Quill"), TODAY)[0].matches if m.passage.deployments]
    assert {match.passage.product for match in matcher.search("disks encrypted", None, 9)} == {"Quill", "Ink"}


@pytest.mark.parametrize("typed", ["xyzzy", "how do you", "what about your", "encrytion"])
def test_a_search_for_what_nobody_speaks_of_finds_nothing(matcher: Matcher, typed: str) -> None:
    assert matcher.search(typed, None, 9) == []


def test_a_search_finds_by_word_by_heading_and_by_concept_but_not_by_a_broader_concept(
    matching: Callable[..., Matcher],
) -> None:
    said = [
        passage("Staff sign in with SAML.", 1),
        passage("Visitors are escorted.", 2, headings=("Parcels",)),
        passage("Access is limited to those who need it.", 3),
        passage("Zebras carry the parcels.", 4),
    ]
    matcher = matching(said)
    assert [match.passage.lines[0] for match in matcher.search("single sign-on", None, 9)] == [1]
    assert {match.passage.lines[0] for match in matcher.search("parcels", None, 9)} == {2, 4}
    (found,) = matcher.search("a zebra in a hat", None, 9)
    assert (found.passage.lines[0], found.whole, found.missing) == (4, False, ("hat",))


@pytest.mark.parametrize(
    ("given", "scope", "drafted"),
    [
        ({}, CLOUD, True),
        ({"audience": Audience.INTERNAL}, CLOUD, False),
        ({"audience": Audience.NDA}, CLOUD, False),
        ({"audience": Audience.NDA}, Scope("Quill", "cloud", nda=True), True),
        ({"review_by": TODAY - timedelta(days=1)}, CLOUD, False),
        ({"review_by": TODAY}, CLOUD, True),
    ],
)
def test_only_what_may_be_told_is_drafted_from(
    matching: Callable[..., Matcher], given: dict[str, Any], scope: Scope, drafted: bool
) -> None:
    matcher = matching([passage("All disks and backups are encrypted at rest with AES-256.", **given)])
    found = matcher.suggest([ENCRYPTED], scope, TODAY)[0]
    assert found.matches
    assert (found.status is Status.SUGGESTED) is drafted
    assert drafted or (found.answer is None and found.cited == () and found.reason)


def test_a_rejected_pair_stays_down(matcher: Matcher) -> None:
    before = matcher.suggest([ENCRYPTED], CLOUD, TODAY)[0]
    pair = (question_key("1.2) are disks AND backups, encrypted at rest"), before.matches[0].passage.digest)
    after = matcher.suggest([ENCRYPTED], CLOUD, TODAY, rejected={pair})[0]
    assert after.status is not Status.SUGGESTED
    assert all(match.confidence < 0.2 for match in after.matches if match.passage.digest == pair[1])
    other = matcher.suggest(["Are our disks encrypted at rest?"], CLOUD, TODAY, rejected={pair})[0]
    assert other.matches[0].passage.digest == pair[1]


def test_an_approved_answer_wins_over_a_passage(matching: Callable[..., Matcher], passages: list[Passage]) -> None:
    entry = LibraryEntry(
        "Do you encrypt customer data at rest?",
        "Yes, with keys that never leave the vault.",
        product="Quill",
        also_asked=("Is stored data encrypted?",),
        choice="Yes",
    )
    matcher = matching([*passages, entry.passage("library.yaml")])
    for question in (
        "Do you encrypt customer data at rest?",
        "2.1 do you encrypt CUSTOMER data at rest",
        "Is stored data encrypted?",
    ):
        found = matcher.suggest([question], CLOUD, TODAY)[0]
        assert found.status is Status.SUGGESTED
        assert found.answer == "Yes, with keys that never leave the vault."
        assert found.choice is Choice.YES
        assert [match.passage.path for match in found.cited] == ["library.yaml"]


@pytest.mark.parametrize(
    "question",
    [
        "Do you leave customer data unencrypted at rest?",
        "Do you encrypt customer data in transit?",
        "Will you encrypt customer data at rest?",
    ],
)
def test_an_approved_answer_to_another_question_is_not_reused(matching: Callable[..., Matcher], question: str) -> None:
    entry = LibraryEntry("Do you encrypt customer data at rest?", "Yes.", product="Quill", choice="Yes")
    found = matching([entry.passage("library.yaml")]).suggest([question], CLOUD, TODAY)[0]
    assert found.choice is None


def test_a_stale_approved_answer_is_shown_only(matching: Callable[..., Matcher]) -> None:
    entry = LibraryEntry("Do you encrypt data?", "Yes.", product="Quill", choice="Yes", review_by=date(2025, 1, 1))
    found = matching([entry.passage("library.yaml")]).suggest(["Do you encrypt data?"], CLOUD, TODAY)[0]
    assert found.status is Status.WEAK
    assert found.matches
    assert found.answer is None


def test_a_routed_question_is_shown_passages_but_no_draft(matcher: Matcher) -> None:
    found = matcher.suggest(["Will you encrypt all disks and backups at rest by next year?"], CLOUD, TODAY)[0]
    assert found.status is Status.ROUTED
    assert found.matches
    assert found.answer is None
    assert found.reason


PROFILE = (
    ProfileFact("Legal name", "Quill Writing Ltd.", ("Company name", "Vendor name", "Registered name"), 3),
    ProfileFact("Website", "https://quill.example", ("Company website",), 7),
)


@pytest.mark.parametrize(
    "label", ["Vendor name", "Vendor name:", "COMPANY NAME", "What is the legal name of your company?"]
)
def test_a_label_is_answered_from_the_profile(matching: Callable[..., Matcher], label: str) -> None:
    matcher = matching([passage("All disks are encrypted.")], PROFILE)
    found = matcher.suggest([label], CLOUD, TODAY)[0]
    assert found.status is Status.SUGGESTED
    assert found.answer == "Quill Writing Ltd."
    assert (found.cited[0].passage.path, found.cited[0].passage.lines) == ("profile.yaml", (3, 3))
    assert matcher.passage(found.cited[0].passage.digest) == found.cited[0].passage


def test_a_fact_the_profile_lacks_goes_to_a_person(matching: Callable[..., Matcher]) -> None:
    found = matching([passage("All disks are encrypted.")], PROFILE).suggest(["Annual revenue"], CLOUD, TODAY)[0]
    assert found.status is Status.ROUTED


def test_a_match_says_why(matcher: Matcher) -> None:
    match = matcher.suggest(["Are laptops and backups encrypted at rest?"], CLOUD, TODAY)[0].matches[0]
    assert "Key rotation" in match.concepts
    assert "Encryption at rest" in match.shared
    assert match.missing


def test_passages_are_found_by_digest(matcher: Matcher, passages: list[Passage]) -> None:
    assert matcher.passage(passages[3].digest) == passages[3]
    assert matcher.passage("0" * 64) is None


@pytest.mark.parametrize(
    "said",
    [
        "ARE DISKS AND BACKUPS ENCRYPTED AT REST",
        "  are disks and backups encrypted at rest ?",
        "4.2.1 Are disks and backups encrypted at rest?",
        "(b) Are disks and backups encrypted at rest?",
        "Please describe whether disks and backups are encrypted at rest.",
    ],
)
def test_the_way_it_is_written_changes_nothing(matcher: Matcher, said: str) -> None:
    plain, other = matcher.suggest([ENCRYPTED, said], CLOUD, TODAY)
    assert other.matches[0].passage == plain.matches[0].passage
    assert other.confidence == pytest.approx(plain.confidence, abs=0.1)


def test_the_order_of_the_questions_changes_nothing(matcher: Matcher) -> None:
    questions = [ENCRYPTED, "Do you have pen tests?", "Is there 24x7 monitoring?", "Who is your CISO?", ""]
    forward = matcher.suggest(questions, CLOUD, TODAY)
    assert forward == matcher.suggest(questions[::-1], CLOUD, TODAY)[::-1]
    assert forward == [matcher.suggest([question], CLOUD, TODAY)[0] for question in questions]


def test_confidence_does_not_hang_on_the_size_of_the_library(matching: Callable[..., Matcher]) -> None:
    alone = [passage("All disks and backups are encrypted at rest with AES-256.")]
    many = [
        passage(f"Meeting room {number} has a round table and {number} chairs.", number) for number in range(2, 400)
    ]
    small = matching(alone).suggest([ENCRYPTED], CLOUD, TODAY)[0].confidence
    large = matching(alone + many).suggest([ENCRYPTED], CLOUD, TODAY)[0].confidence
    assert small == pytest.approx(large, abs=0.15)
