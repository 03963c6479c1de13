from __future__ import annotations

import pytest

from assistant.matching.choice import approved, decide, turned, yes_no
from assistant.matching.clauses import clauses
from assistant.suggestion import Choice
from tests.matching.conftest import passage

YES, NO, PARTIAL = Choice.YES, Choice.NO, Choice.PARTIAL

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


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        # A predicate joined to the one before takes its subject along.
        (
            "Are crash dumps sent to the vendor?",
            "Crash dumps are kept on the device, and never sent to the vendor.",
            NO,
        ),
        (
            "Are crash dumps kept on the device?",
            "Crash dumps are kept on the device, and never sent to the vendor.",
            YES,
        ),
        # An exception from what is said is neither Yes nor No.
        ("Can the on-call engineer read mail logs?", "No one except the on-call engineer can read mail logs.", None),
        ("Can sales people read mail logs?", "No one except the on-call engineer can read mail logs.", NO),
        (
            "Do you hand out recordings for a court order?",
            "We never hand out recordings unless a court order obliges us.",
            None,
        ),
        ("Do you hand out recordings?", "We never hand out recordings unless a court order obliges us.", NO),
        # "Nothing … without …" affirms.
        ("Is each firmware image signed?", "No firmware image leaves the factory without being signed.", YES),
        ("Can a visitor enter without an escort?", "Visitors are met at the door; an escort stays with them.", NO),
    ],
)
def test_the_clause_is_heard_that_speaks_of_what_is_asked(question: str, said: str, expected: Choice | None) -> None:
    assert decide(question, [said]) is expected


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        ("Is stored mail protected from unauthorized reading?", "Stored mail is protected by a key of its own.", YES),
        ("Is unauthorized badge use detected?", "Sensors detect badge use at odd hours and raise an alarm.", YES),
        (
            "Are default passwords changed before a router is used?",
            "Routers get new passwords before they are used.",
            YES,
        ),
        ("Do you scan commits for hard-coded tokens?", "Commits are scanned for tokens.", YES),
        ("Can unauthorized people read stored mail?", "Stored mail can be read by its owner.", NO),
        ("Do routers run with default passwords?", "Routers get new passwords before they are used.", NO),
        ("Do engineers bypass the approval of merges?", "Merges need the approval of a second engineer.", NO),
    ],
)
def test_a_remedy_against_a_fault_is_something_good(question: str, said: str, expected: Choice | None) -> None:
    assert decide(question, [said]) is expected


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        ("May staff plug in their own drives?", "Plugging in own drives is forbidden.", NO),
        ("Is plugging in own drives prohibited?", "Plugging in own drives is forbidden.", YES),
        ("Are own drives prohibited?", "Own drives are encrypted before they are used.", NO),
        ("Are meeting recordings kept out of the archive?", "Meeting recordings are stored in the archive.", None),
        ("Are meeting recordings kept out of the archive?", "Meeting recordings never enter the archive.", YES),
    ],
)
def test_what_is_barred_is_told_from_what_is_done(question: str, said: str, expected: Choice | None) -> None:
    assert decide(question, [said]) is expected


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        ("Are recordings kept for at least 90 days?", "Recordings are kept for 180 days.", YES),
        ("Are recordings kept for at least one year?", "Recordings are kept for 180 days.", None),
        ("Are recordings kept for no more than one year?", "Recordings are kept for 180 days.", YES),
        ("Are recordings kept for at least 30 days?", "Recordings are kept for up to 60 days.", None),
        ("Are drills held at least twice a year?", "Drills are held every quarter.", YES),
        ("Are drills held at least every month?", "Drills are held every quarter.", None),
        ("Is the gate watched at least daily?", "Guards watch the gate around the clock.", YES),
        ("Is TLS 1.2 or higher used for the API?", "The API uses TLS 1.3.", YES),
        ("Is TLS 1.3 used for the API?", "The API uses TLS 1.2 or later.", None),
        ("Is mail kept in two regions?", "Mail is kept in 2 regions.", YES),
        ("Is mail kept in three regions?", "Mail is kept in 2 regions.", None),
    ],
)
def test_quantities_must_reach_what_is_asked(question: str, said: str, expected: Choice | None) -> None:
    assert decide(question, [said]) is expected


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        ("Is the archive encrypted?", "The archive is copied to a second building.", None),
        ("Is the archive encrypted?", "The archive is protected with AES.", YES),
        ("Are door logs kept in an immutable store?", "Door logs are kept in a central store.", None),
        ("Do you have a documented visitor policy?", "Visitors sign a list at the door.", None),
        ("Do you have a documented visitor policy?", "Our visitor policy is documented and renewed each year.", YES),
        ("Are the drives of laptops encrypted?", "Some of the drives of laptops are encrypted.", PARTIAL),
        ("Are the drives of laptops left unencrypted?", "Some of the drives of laptops are encrypted.", None),
        ("Do only guards hold keys to the cage?", "Guards and cleaners hold keys to the cage.", None),
        ("Do only guards hold keys to the cage?", "Keys to the cage are held by guards only.", YES),
    ],
)
def test_a_yes_needs_a_passage_that_says_as_much(question: str, said: str, expected: Choice | None) -> None:
    assert decide(question, [said]) is expected


def test_an_open_question_may_go_on_with_one_that_has_a_yes() -> None:
    said = "Door keys are kept in a guarded safe."
    assert decide("How are door keys handled? Are door keys kept in a safe?", [said]) is YES
    assert decide("How are door keys handled? Are they in a safe or in a drawer?", [said]) is None
    assert decide("How are door keys handled? Are spare badges numbered and signed for?", [said]) is None


@pytest.mark.parametrize("word", ["How often", "Who", "Where", "By what means"])
def test_the_choice_approved_for_whether_is_not_reused_for_how_or_who(word: str) -> None:
    entry = passage("Filters are changed monthly.", question="Are air filters changed?", choice="Yes")
    assert approved("Are the air filters changed regularly?", entry) is YES
    assert approved(f"{word} are air filters changed?", entry) is None


def test_the_choice_approved_for_the_very_question_is_reused_whatever_its_kind() -> None:
    entry = passage("Monthly.", question="How often are air filters changed?", choice="Yes")
    assert approved("how often are air filters changed", entry) is YES
    assert approved("How often are air filters changed?", passage("Monthly.", question="How often?")) is None


def test_a_question_is_turned_by_a_denial_a_fault_or_an_absence_but_not_by_a_remedy() -> None:
    assert turned("Is mail not scanned?")
    assert turned("Is mail sent unencrypted?")
    assert turned("Is mail kept out of the archive?")
    assert not turned("Is mail scanned?")
    assert not turned("Is unauthorized access to mail detected?")


def test_clauses_tell_denying_from_affirming_parts() -> None:
    told = [(clause.text.strip(), clause.denies) for clause in clauses("badges are worn, but never lent. ask us.")]
    assert told == [("badges are worn", False), ("badges never lent.", True), ("ask us.", False)]
