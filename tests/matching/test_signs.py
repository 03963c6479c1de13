"""Whether a question wants a policy to exist, or wants it looked at again."""

from __future__ import annotations

import pytest

from assistant.matching.signs import WANTED, wanted


@pytest.mark.parametrize(
    "question",
    [
        "Is the password policy reviewed every year?",
        "Are procedures for safe rooms (e.g., offices, labs) reviewed and updated at least annually?",
        "How often do you revisit the rules on visitors?",
        "Is the travel policy subject to an annual review?",
        "When did you last go over your clean desk rules?",
        "Are your key management procedures re-examined once a year?",
        "Is the policy kept up to date?",
    ],
)
def test_a_policy_is_to_be_looked_at_again(question: str) -> None:
    assert WANTED[1] in wanted(question)


@pytest.mark.parametrize(
    "question",
    [
        "Is a password policy documented, approved, communicated and kept current?",
        "Do you have a travel policy?",
        "How are firewall rules kept current?",
        "Describe the approval of emergency access and the review procedure afterwards.",
        "Are access rights reviewed in accordance with the access policy?",
        "Are logs reviewed every day?",
    ],
)
def test_nothing_or_only_that_there_is_a_policy_is_wanted(question: str) -> None:
    assert WANTED[1] not in wanted(question)
