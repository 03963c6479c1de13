from __future__ import annotations

import pytest

from assistant.matching.choice import decide, yes_no
from assistant.suggestion import Choice

YES, NO = Choice.YES, Choice.NO

ENCRYPTED = "All disks are encrypted with AES-256. Keys are rotated every 90 days."
NEVER = "We never sell personal data, nor do we share it with advertisers."
ONLY_SUPPORT = "Only restricted support staff can open a customer's workspace, and every access is logged."
REVOKED = "Accounts are removed on the day somebody leaves the company."
REVIEWED = "Each change to the product is reviewed by a second engineer before it is merged."
AROUND = "Our operators watch the service 24x7 and answer alerts."
CONFIGURABLE = "Single sign-on over SAML is configurable."
PLANNED = "Customer-managed keys are planned for the next release."
WEEKLY = "Backups are taken every day and kept for two weeks."
CLOUD = "The service is hosted on Amazon Web Services."
EXTERNAL = "Penetration tests are carried out every year by an external firm."
VAULT = "We do not keep passwords in our source code, instead relying on a vault."


@pytest.mark.parametrize(
    ("question", "passage", "expected"),
    [
        ("Are disks encrypted?", ENCRYPTED, YES),
        ("Are all disks encrypted?", ENCRYPTED, YES),
        ("Are disks left unencrypted?", ENCRYPTED, NO),
        ("Are keys rotated at least annually?", ENCRYPTED, YES),
        ("Are keys rotated at least monthly?", ENCRYPTED, None),
        ("Are disks encrypted with AES-512?", ENCRYPTED, None),
        ("Do you sell personal data?", NEVER, NO),
        ("Is personal data ever shared with advertisers?", NEVER, NO),
        ("Is access to customer workspaces limited to support staff?", ONLY_SUPPORT, YES),
        ("Can every employee open a customer's workspace?", ONLY_SUPPORT, NO),
        ("Can staff open a workspace without the access being logged?", ONLY_SUPPORT, NO),
        ("Are accounts removed when somebody leaves?", REVOKED, YES),
        ("Do leavers keep their accounts?", REVOKED, NO),
        ("Is every change reviewed before it is merged?", REVIEWED, YES),
        ("Can engineers merge changes without review?", REVIEWED, NO),
        ("Is the service watched around the clock?", AROUND, YES),
        ("Is the service watched during business hours only?", AROUND, NO),
        ("Does the product support single sign-on?", CONFIGURABLE, YES),
        ("Is single sign-on required for all users?", CONFIGURABLE, None),
        ("Do you offer customer-managed keys?", PLANNED, None),
        ("Are backups taken daily?", WEEKLY, YES),
        ("Are backups taken less often than weekly?", WEEKLY, NO),
        ("Do you run the service in your own data center rather than at a cloud provider?", CLOUD, NO),
        ("Are penetration tests carried out by internal staff only?", EXTERNAL, NO),
        ("Are passwords kept in source code?", VAULT, NO),
        ("Are passwords excluded from source code?", VAULT, YES),
        ("Are passwords kept in a vault?", VAULT, None),
    ],
)
def test_the_choice_is_what_the_passage_says(question: str, passage: str, expected: Choice | None) -> None:
    assert decide(question, [passage]) is expected


@pytest.mark.parametrize(
    "question",
    ["How are disks encrypted?", "Describe your encryption of disks.", "List the algorithms used.", "Encryption"],
)
def test_an_open_question_has_no_choice(question: str) -> None:
    assert yes_no(question) is None
    assert decide(question, [ENCRYPTED]) is None


def test_a_statement_to_confirm_has_one() -> None:
    assert decide("The vendor encrypts all disks.", [ENCRYPTED]) is YES
    assert decide("Please confirm that disks are encrypted.", [ENCRYPTED]) is YES


def test_without_a_passage_there_is_no_choice() -> None:
    assert decide("Are disks encrypted?", []) is None
    assert decide("Are visitors escorted?", [ENCRYPTED]) is None
