"""How likely two questions ask for the same; the vocabulary's ids that evidence names exist."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import yaml

from assistant.matching import Matcher, features, library, model, traits
from assistant.matching.concepts import Vocabulary
from assistant.matching.reading import Asked, Reader
from tests.matching.conftest import TEXTS

READER = Reader.load(None)
WEIGHTS = dict.fromkeys(READER.vocabulary.concepts, 1.0)


def alike(asked: str, before: str) -> float:
    return library.Library({}, WEIGHTS).likeness(READER.question(asked), READER.question(before))


def chances(asked: Asked, entries: Sequence[Sequence[Asked]]) -> list[float]:
    """Return how likely each of the `entries` (its wordings) was asked for the same as `asked`."""
    return library.Library(dict(enumerate(entries)), WEIGHTS).chances(asked, range(len(entries)))


@pytest.mark.parametrize(
    ("asked", "before"),
    [
        ("Do you have a patch management process?", "Is there a process for patch management?"),
        ("Are backups tested regularly?", "Do you regularly test your backups?"),
        ("Do you perform background checks on new employees?", "Are new hires background checked?"),
    ],
)
def test_the_same_asked_in_other_words_is_recognised(asked: str, before: str) -> None:
    assert alike(asked, before) >= library.SAME


@pytest.mark.parametrize(
    ("asked", "before"),
    [
        ("Is data encrypted at rest?", "Is data encrypted in transit?"),
        ("Are backups encrypted?", "Are laptops encrypted?"),
        ("Are backups kept for 30 days?", "Are backups kept for 90 days?"),
        ("Are passwords stored unencrypted?", "Are passwords stored encrypted?"),
        ("Is the incident response plan tested?", "Is the disaster recovery plan tested?"),
        ("Do you rotate keys?", "Will you rotate keys?"),
        ("Is there a policy for remote working?", "Is the remote working policy reviewed at least annually?"),
        ("Is the incident response policy reviewed each year?", "Are policies reviewed and updated annually?"),
    ],
)
def test_a_near_miss_is_not_taken_for_the_same(asked: str, before: str) -> None:
    assert alike(asked, before) < library.SAME


def test_every_concept_that_evidence_names_exists() -> None:
    links = yaml.safe_load(Path(traits.EVIDENCE_FILE).read_text(encoding="utf-8"))
    named = {concept for asked, told in links.items() for concept in (asked, *told)}
    assert named <= set(Vocabulary.load().concepts)


def test_every_concept_that_says_no_matter_exists() -> None:
    assert set(Vocabulary.load().concepts) >= library._NO_MATTER


def test_every_feature_lies_between_zero_and_one(matcher: Matcher) -> None:
    snapshot = matcher._snapshot
    assert snapshot is not None
    asked = [
        snapshot.reader.question(text) for text in (*TEXTS, "", "?", "Is the annual review documented and tested?")
    ]
    candidates = np.tile(np.arange(len(TEXTS)), (len(asked), 1))
    scores = snapshot.traits.postings.scores([question.terms for question in asked], {"words": 1.0})
    values = features.features(snapshot.traits, asked, candidates, scores)
    assert values.shape == (len(asked), len(TEXTS), len(features.NAMES))
    assert np.isfinite(values).all()
    assert values.min() >= 0
    assert values.max() <= 1.001


def test_the_shipped_model_knows_exactly_the_features() -> None:
    assert list(json.loads(model.SHIPPED.read_text(encoding="utf-8"))["weights"]) == list(features.NAMES)


def test_of_two_entries_the_one_that_shares_the_specific_concept_is_reused() -> None:
    entries = [
        [READER.question("Are processes to review user access rights defined and performed periodically?")],
        [READER.question("Are processes to revoke user access upon termination defined and performed?")],
    ]
    review, revoke = chances(READER.question("How often do you recertify who has access?"), entries)
    assert review > 3 * revoke


def test_an_entry_asked_twice_does_not_compete_with_itself() -> None:
    entry = [READER.question("Are laptop disks encrypted?")]
    asked = READER.question("Do you encrypt the disks of laptops?")
    (alone,) = chances(asked, [entry])
    twice = chances(asked, [entry, [READER.question("Are disks of laptops encrypted?")]])
    assert alone >= library.SAME
    assert max(twice) >= library.SAME


def test_an_entry_of_another_matter_is_never_reused() -> None:
    asked, entry = READER.question("Is the incident response plan tested?"), READER.question("Is the firewall tested?")
    assert library.Library({}, WEIGHTS).likeness(asked, entry) < library.SAME


def test_what_most_entries_share_tells_little() -> None:
    policies = ("access control", "incident response", "asset management", "business continuity", "cryptography")
    entries = [[READER.question(f"Are {each} policies reviewed and updated at least annually?")] for each in policies]
    found = chances(READER.question("Is your background check policy revisited every year?"), entries)
    assert max(found) < library.SAME
    right = chances(READER.question("Is your incident response policy revisited every year?"), entries)
    assert right.index(max(right)) == policies.index("incident response")
    assert max(right) >= library.SAME


@pytest.mark.parametrize(
    ("asked", "before"),
    [
        ("Are disks encrypted so that data is not disclosed when a laptop is lost?", "Are laptop disks encrypted?"),
        ("How do you keep logs from being altered without authorization?", "Are logs protected from alteration?"),
        ("Is the policy reviewed once every 12 months?", "Is the policy reviewed at least annually?"),
        ("Are keys rotated every quarter?", "Are keys rotated every 3 months?"),
        ("Are certified modules used, such as those of FIPS 140?", "Are certified cryptographic modules used?"),
        ("Are guards trained what to do if a door is forced?", "Are guards trained to respond to unauthorized access?"),
        ("Do keys stay in a draft state until they are used?", "Are keys created in a draft state?"),
        ("Are keys revoked before they expire (when lost, or no longer needed)?", "Are keys revoked early?"),
    ],
)
def test_an_aside_or_another_name_of_a_period_opposes_nothing(asked: str, before: str) -> None:
    assert not library.opposed(READER.question(asked), READER.question(before))


@pytest.mark.parametrize(
    ("asked", "before"),
    [
        ("Is data never stored outside the EU?", "Is data stored outside the EU?"),
        ("Are keys rotated every 12 months?", "Are keys rotated every 3 months?"),
        ("Are you certified to ISO 27001?", "Are you certified to ISO 27701?"),
        ("Are access rights reviewed annually?", "Are access rights reviewed quarterly?"),
        ("Are logs kept for a period such as 365 days?", "Are logs kept for a period such as 7 days?"),
        ("Do you use strong encryption such as AES-256?", "Do you use strong encryption such as TLS 1.2?"),
        ("Is customer data stored in the EU?", "Is customer data stored in the US?"),
        ("Do you allow shared accounts?", "Do you prohibit shared accounts?"),
        ("Is customer data deleted on termination?", "Is customer data retained on termination?"),
    ],
)
def test_a_denial_another_period_number_or_place_and_the_contrary_oppose(asked: str, before: str) -> None:
    assert library.opposed(READER.question(asked), READER.question(before))


def test_a_thing_unheard_of_is_never_taken_for_what_an_entry_speaks_of() -> None:
    asked = READER.question("Who restored the ceiling of the chapel?")
    entry = READER.question("Can backups be restored appropriately for resiliency?")
    assert library.Library({}, WEIGHTS).likeness(asked, entry) < library.SAME


def test_the_same_words_are_the_same_question_even_if_they_name_nothing_of_their_own() -> None:
    assert alike("Are policies reviewed and updated annually?", "3.2 Are policies reviewed and updated annually?") == 1


def test_of_several_wordings_of_an_entry_the_closest_counts() -> None:
    asked = READER.question("Is there a rulebook for visitors?")
    formal, plain = (
        READER.question(text)
        for text in ("Is a physical access procedure for guests established?", "Do you have a rulebook for visitors?")
    )
    (one,), (both,) = chances(asked, [(plain,)]), chances(asked, [(formal, plain)])
    assert both == pytest.approx(one, abs=0.02)


def test_a_library_weighs_what_is_asked_for_by_the_numbers_of_its_entries() -> None:
    before = {7: (READER.question("Are backups encrypted?"),), 9: (READER.question("Are keys rotated?"),)}
    answers = library.Library(before, WEIGHTS)
    asked = READER.question("Do you encrypt your backups?")
    assert answers.chances(asked, []) == []
    assert answers.chances(asked, [9, 7])[::-1] == answers.chances(asked, [7, 9])
    assert answers.chances(asked, [7, 9])[0] >= library.SAME > answers.chances(asked, [7, 9])[1]


def test_what_cannot_be_meant_takes_nothing_from_what_can() -> None:
    asked = READER.question("Do you revisit your clear desk rules every year?")
    right = (READER.question("Are policies requiring a clean desk reviewed and updated at least annually?"),)
    vague = (READER.question("Are policies and procedures reviewed and updated annually?"),)
    alone, beside = chances(asked, [right])[0], chances(asked, [right, vague])[0]
    assert beside == pytest.approx(alone, abs=0.1)
    assert chances(asked, [vague])[0] < library.SAME
