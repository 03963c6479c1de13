"""Which pairs of passages are listed as contradictions or near-duplicates, and which must not be."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.conflict import Conflict, ConflictKind, unsettled
from assistant.matching import Matcher
from assistant.matching.quantities import quantities
from assistant.statement import Passage
from tests.matching.conftest import passage

Find = Callable[..., list[Conflict]]


@pytest.fixture
def find(matching: Callable[..., Matcher]) -> Find:
    """Return the conflicts of two or more passages, given as texts or passages."""

    def conflicts(*given: str | Passage) -> list[Conflict]:
        return matching(
            [passage(each, line) if isinstance(each, str) else each for line, each in enumerate(given, 1)]
        ).conflicts()

    return conflicts


def entry(question: str, answer: str, choice: str = "", **given: Any) -> Passage:
    return passage(answer, question=question, choice=choice, **given)


CONTRADICTIONS = [
    # frequencies
    ("Encryption keys are rotated every 90 days.", "We rotate encryption keys every 30 days.", "every 90 days"),
    ("Access rights are reviewed quarterly.", "Access rights are reviewed every year.", "quarterly"),
    ("Penetration tests are performed annually.", "We perform penetration tests twice a year.", "annually"),
    ("An annual penetration test is carried out by an independent firm.",
     "An independent firm carries out a penetration test every quarter.", "annual"),
    ("Backups are taken daily.", "Backups are taken every week.", "daily"),
    ("Access is reviewed at least annually.", "Access is reviewed at least quarterly.", "at least annually"),
    ("The disaster recovery plan is tested once a year.", "Our disaster recovery plan is tested every six months.",
     "once a year"),
    ("Vulnerability scans run weekly.", "Vulnerability scans run monthly.", "weekly"),
    # durations and deadlines
    ("Backups are taken daily and kept for 7 days.", "Backups are retained for 30 days.", "7 days"),
    ("Logs are kept for 365 days.", "We keep logs for 90 days.", "365 days"),
    ("Logs are kept for at least 12 months.", "Logs are kept for 90 days.", "at least 12 months"),
    ("Audit logs are kept for 60 days.", "We retain audit log data for a period of 90 days.", "60 days"),
    ("Customer data is deleted within 60 days of the end of the contract.",
     "After termination, all customer data is erased after 90 days.", "within 60 days"),
    ("Customers are notified of a breach within 72 hours.", "We notify customers of a breach within 24 hours.",
     "within 72 hours"),
    ("Customer data is deleted within 30 days after termination.",
     "After termination customer data is deleted within 90 days.", "within 30 days"),
    ("Sessions end after 15 minutes of inactivity.", "Sessions end after 30 minutes of inactivity.", "15 minutes"),
    ("The recovery time objective is 4 hours.", "Our recovery time objective is 8 hours.", "4 hours"),
    # versions, key lengths, editions
    ("All traffic to the service is encrypted with TLS 1.2.", "All traffic to the service is encrypted with TLS 1.3.",
     "TLS 1.2"),
    ("Connections are encrypted with TLS 1.1.", "Connections are encrypted with TLS 1.2 or greater.", "TLS 1.1"),
    ("All data is encrypted at rest with AES-256.", "Data at rest is encrypted with AES 128.", "AES-256"),
    ("We are certified under ISO 27001:2013.", "We are certified under ISO/IEC 27001:2022.", "ISO 27001:2013"),
    # percentages and counts
    ("We guarantee an availability of 99.9%.", "We guarantee 99.5 % availability.", "99.9%"),
    ("Passwords must have at least 12 characters.", "Passwords have at least 8 characters.", "at least 12 characters"),
    ("Data is replicated across three availability zones.", "Data is replicated across two availability zones.",
     "three availability zones"),
    ("Accounts are locked after five failed login attempts.", "Accounts are locked after 10 failed login attempts.",
     "five failed login attempts"),
    # polarity
    ("Customer data is never stored outside the European Union.",
     "Customer data is stored outside the European Union.", "is never"),
    ("We do not share customer data with third parties.", "We share customer data with third parties.", "do not"),
    ("USB storage devices are prohibited on laptops.", "USB storage devices are allowed on laptops.", "prohibited"),
    ("Passwords do not expire.", "Passwords expire every 90 days.", "do not"),
    ("Backups are not encrypted.", "Backups are encrypted.", "are not"),
]  # fmt: skip

HARMLESS = [
    ("Audit logs are kept for 60 days.", "Application logs are retained for 90 days."),
    ("Backups are stored for 60 days.", "Keys are kept in the vault for 90 days."),
    ("Customers are told of an incident within 24 hours.", "Authorities are notified of an incident within 72 hours."),
    ("Contracts are archived for 10 years.", "Access logs are archived for 90 days."),
    ("Laptops are replaced every 3 years.", "Passwords are replaced every 90 days."),
    ("Video of the entrances is stored for 30 days.", "Visitor records are stored for 90 days."),
    # another thing
    ("Encryption keys are rotated every 90 days.", "Logs are retained for 30 days."),
    ("Encryption keys are rotated every 90 days.", "Logs are rotated every 30 days."),
    ("Database keys are rotated every 90 days.", "Signing keys are rotated every 30 days."),
    ("Backups are kept for 30 days.", "Logs are kept for 90 days."),
    ("Access to production is reviewed quarterly.", "Access to the corporate network is reviewed annually."),
    ("Audit logs are retained for 400 days.", "Application logs are retained for 30 days."),
    ("Employees are trained annually.", "Developers are trained quarterly."),
    ("Critical vulnerabilities are fixed within 7 days.", "High vulnerabilities are fixed within 30 days."),
    ("Critical vulnerabilities are fixed within 7 days.", "Vulnerabilities are fixed within 90 days."),
    ("Full backups are taken weekly.", "Incremental backups are taken daily."),
    ("The recovery time objective is 4 hours.", "The recovery point objective is 1 hour."),
    ("Data at rest is encrypted with AES-256.", "Data in transit is encrypted with AES-128."),
    ("Data between browsers and the service is encrypted with TLS 1.2.",
     "Data between the data centers is encrypted with TLS 1.3."),
    ("The security policy is reviewed annually.", "The firewall rules are reviewed quarterly."),
    ("Backups are taken daily.", "Backups are tested every quarter."),
    ("Penetration tests are performed annually.", "Vulnerability scans are performed weekly."),
    ("Incidents are acknowledged within 15 minutes.", "Incidents are resolved within 4 hours."),
    ("We hold SOC 2 Type II reports.", "The SOC 2 report is renewed annually."),
    # the same said otherwise
    ("Access rights are reviewed annually.", "Access rights are reviewed every 12 months."),
    ("Access rights are reviewed quarterly.", "Access rights are reviewed every 90 days."),
    ("Keys are rotated once a year.", "Keys are rotated every 365 days."),
    ("Logs are kept for one year.", "Logs are kept for 12 months."),
    ("Backups are kept for thirty (30) days.", "Backups are kept for 30 days in total, encrypted."),
    # room left by a limit
    ("All traffic is encrypted with TLS 1.2 or greater.", "All traffic is encrypted with TLS 1.3."),
    ("All traffic is encrypted with TLS 1.2 and 1.3.", "All traffic is encrypted with TLS 1.3."),
    ("All traffic is encrypted with TLS 1.2 or a later version.", "All traffic is encrypted with TLS 1.2+."),
    ("TLS 1.0 and TLS 1.1 are disabled for all traffic.", "All traffic is encrypted with TLS 1.2."),
    ("All traffic is encrypted; versions below TLS 1.2 are rejected.", "All traffic is encrypted with TLS 1.3."),
    ("Logs are kept for at least 12 months.", "Logs are kept for 13 months."),
    ("Logs are kept for up to 90 days.", "Logs are kept for 30 days."),
    ("Logs are kept for 30 to 90 days.", "Logs are kept for 60 days."),
    ("Access is reviewed at least annually.", "Access is reviewed quarterly."),
    ("Passwords have at least 12 characters.", "Passwords have 16 characters."),
    ("Patches are installed within 30 days.", "Patches are installed within one month."),
    ("Backups are kept for about 30 days.", "Backups are kept for 35 days."),
    # polarity that agrees, is conditional, or is of another thing
    ("No one except the operations team has access to production.", "The operations team has access to production."),
    ("Customer data is never stored outside the European Union.", "Customer data is stored in the European Union."),
    ("Customer data is not shared with third parties unless the customer agrees.",
     "Customer data is shared with third parties."),
    ("Passwords are never stored in plain text.", "Passwords are stored as salted hashes."),
    ("We do not store payment card data.", "Our payment provider stores payment card data."),
    ("Employees cannot access customer data.", "Customers can access their data at any time."),
    ("Backups are not kept for longer than 30 days.", "Backups are kept for 30 days."),
    ("USB storage devices are prohibited on laptops.", "USB storage devices are not allowed on laptops."),
    # scattered numbers
    ("See section 5 for 24x7 support.", "See section 7 for 24x7 support."),
    ("Founded in 2013, we employ 300 people.", "The office opened in 2019."),
    ("We have offices in two countries.", "Our data centers are in three countries."),
]  # fmt: skip

DUPLICATES = [
    ("Every change is reviewed by a second engineer before it is released.",
     "Every change is reviewed by a second engineer before release."),
    ("Access to production is granted by the principle of least privilege.",
     "Access to the production environment is granted according to the principle of least privilege."),
    ("An independent firm performs a penetration test of the service every year.",
     "A penetration test of our service is performed by an independent firm every year."),
]  # fmt: skip

DIFFERENT = [
    ("Every change is reviewed by a second engineer before it is released.",
     "Every change is tested by a second engineer before it is released."),
    ("Customer data is encrypted at rest.", "Customer data is encrypted in transit."),
    ("Access to production is logged and monitored.", "Access to production is reviewed and revoked."),
    ("Backups are encrypted with AES-256.", "Laptops are encrypted with AES-256."),
    ("The security team reviews firewall rules.", "The security team reviews access rights."),
    ("Internal penetration tests are performed by our security engineers.",
     "External penetration tests are performed by our security engineers."),
    ("See above.", "See below."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "reading"), CONTRADICTIONS)
def test_a_contradiction_is_found_whichever_stands_first(find: Find, one: str, other: str, reading: str) -> None:
    for texts in ((one, other), (other, one)):
        (found,) = find(*texts)
        assert found.kind is ConflictKind.CONTRADICTION
        assert [each.text for each in found.passages] == list(texts)
        assert found.readings is not None
        assert found.readings[texts.index(one)].casefold() == reading.casefold()


@pytest.mark.parametrize(("one", "other"), HARMLESS)
def test_what_can_both_be_right_is_no_contradiction(find: Find, one: str, other: str) -> None:
    assert [each for each in find(one, other) if each.kind is ConflictKind.CONTRADICTION] == []


@pytest.mark.parametrize(("one", "other"), DUPLICATES)
def test_a_near_duplicate_is_found(find: Find, one: str, other: str) -> None:
    (found,) = find(one, other)
    assert found.kind is ConflictKind.DUPLICATE
    assert not found.exact


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_is_about_something_else_is_no_duplicate(find: Find, one: str, other: str) -> None:
    assert find(one, other) == []


KEYS, OTHER_KEYS = "Encryption keys are rotated every 90 days.", "Encryption keys are rotated every 30 days."


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ({}, {}, True),
        ({"product": ""}, {}, True),
        ({"product": "quill"}, {"deployments": frozenset({"cloud"})}, True),
        ({"deployments": frozenset({"cloud", "on-premise"})}, {"deployments": frozenset({"Cloud"})}, True),
        ({"product": "Ink"}, {}, False),
        ({"deployments": frozenset({"on-premise"})}, {"deployments": frozenset({"cloud"})}, False),
    ],
)
def test_only_what_can_hold_at_the_same_time_is_in_conflict(
    find: Find, one: dict[str, Any], other: dict[str, Any], together: bool
) -> None:
    assert bool(find(passage(KEYS, 1, **one), passage(OTHER_KEYS, 2, **other))) is together
    assert bool(find(passage(KEYS, 1, **one), passage(KEYS, 2, **other))) is together


def test_the_same_text_twice_is_an_exact_duplicate_and_told_once_a_copy(find: Find) -> None:
    found = find(KEYS, KEYS.upper(), KEYS)
    assert [(each.kind, each.exact) for each in found] == [(ConflictKind.DUPLICATE, True)] * 2


def test_an_answer_that_is_no_sentence_is_read_with_its_question(find: Find) -> None:
    (found,) = find(KEYS, entry("How often are encryption keys rotated?", "Every 30 days."))
    assert found.readings == ("every 90 days", "Every 30 days")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (entry("How long are audit logs kept?", "60 days."), entry("What is the retention of audit logs?", "90 days.")),
        (entry("Do you keep backups?", "Yes. Backups are kept for 60 days.", "Yes"),
         entry("Are backups retained?", "Yes, we keep backups for 90 days.", "Yes")),
    ],
)  # fmt: skip
def test_answers_to_one_question_in_other_words_are_held_against_each_other(
    find: Find, one: Passage, other: Passage
) -> None:
    assert [each.kind for each in find(one, other)] == [ConflictKind.CONTRADICTION]


def test_a_list_item_is_read_with_its_heading(find: Find) -> None:
    logs = passage("90 days.", 1, headings=("Log retention",))
    backups = passage("30 days.", 2, headings=("Backup retention",))
    assert find(logs, backups) == []
    assert len(find(logs, passage("365 days.", 2, headings=("Log retention",)))) == 1


def test_a_pronoun_stands_for_the_subject_before(find: Find) -> None:
    one, other = "Backups are encrypted. They are kept for 30 days.", "Backups are kept for 7 days."
    assert len(find(one, other)) == 1
    assert find(one, "Logs are kept for 7 days.") == []


def test_an_approved_answer_that_quotes_its_statement_is_no_duplicate(find: Find) -> None:
    assert find(KEYS, entry("How often are encryption keys rotated?", KEYS)) == []


def test_one_question_answered_twice_is_a_duplicate(find: Find) -> None:
    (found,) = find(
        entry("Is customer data encrypted at rest?", "All volumes are encrypted.", "Yes"),
        entry("Is customer data encrypted at rest?", "Every disk is.", "Yes"),
    )
    assert found.kind is ConflictKind.DUPLICATE


def test_one_question_answered_yes_and_no_is_a_contradiction(find: Find) -> None:
    (found,) = find(
        entry("Do you have a bug bounty program?", "We run one.", "Yes"),
        entry("Is there a bug bounty program?", "There is none at present.", "No"),
    )
    assert found.readings == ("Yes", "No")


def test_answers_to_one_question_that_state_another_quantity_are_no_duplicates(find: Find) -> None:
    found = find(
        entry("How often are encryption keys rotated?", "The keys that encrypt passwords are rotated every 90 days."),
        entry("At what interval are encryption keys rotated?", "Encryption keys are rotated every 30 days."),
    )
    assert [(each.kind, each.readings) for each in found] == [
        (ConflictKind.CONTRADICTION, ("every 90 days", "every 30 days"))
    ]


def test_opposite_questions_may_have_opposite_answers(find: Find) -> None:
    assert (
        find(
            entry("Is customer data encrypted at rest?", "It is.", "Yes"),
            entry("Is customer data stored unencrypted?", "It is not.", "No"),
        )
        == []
    )


def test_what_both_speak_of_is_named(find: Find) -> None:
    (found,) = find(KEYS, OTHER_KEYS)
    assert found.shared == ("Key rotation",)
    assert found.why == "“every 90 days” against “every 30 days” (Key rotation)"


def test_a_settled_pair_is_left_out_whichever_way_round(find: Find) -> None:
    (found,) = find(KEYS, OTHER_KEYS)
    (turned,) = find(OTHER_KEYS, KEYS)
    assert found.key == turned.key
    assert unsettled([found], frozenset({turned.key})) == ()
    assert unsettled([found], frozenset()) == (found,)


def test_without_knowledge_there_is_no_conflict(tmp_path: Path, matching: Callable[..., Matcher]) -> None:
    assert Matcher(tmp_path / "other").conflicts() == []
    assert matching([]).conflicts() == []


@pytest.mark.parametrize(
    ("sentence", "dimension", "low", "high"),
    [
        ("twice a year", "every", 182.625, 182.625),
        ("at least every 90 days", "every", -math.inf, 90),
        ("no less than once every 90 days", "every", -math.inf, 90),
        ("not less than 12 months", "lasting", 365.25, math.inf),
        ("every other week", "every", 14, 14),
        ("within thirty (30) days", "lasting", -math.inf, 30),
        ("30 to 90 days", "lasting", 30, 90),
        ("not kept for more than 30 days", "lasting", -math.inf, 30),
        ("within five business days", "lasting working", -math.inf, 5),
        ("a 90-day rotation period", "every", 90, 90),
        ("PCI DSS v4.0", "PCI DSS", 4, 4),
        ("TLSv1.2+", "TLS", 1.02, math.inf),
        ("256-bit AES", "AES", 256, 256),
        ("SOC 2 Type II", "SOC2", 2, 2),
        ("up to USD 5 million", "money USD", -math.inf, 5e6),
        ("99.95 percent", "percent", 99.95, 99.95),
        ("three copies", "number of copy", 3, 3),
    ],
)
def test_a_quantity_is_read(sentence: str, dimension: str, low: float, high: float) -> None:
    assert [(each.dimension, each.low, each.high) for each in quantities(sentence)] == [(dimension, low, high)]


@pytest.mark.parametrize("sentence", ["section 5.2 of it", "24x7x365", "one of the best", "in 2019", "4 years ago"])
def test_other_numbers_are_no_quantities(sentence: str) -> None:
    assert quantities(sentence) == []


def test_answers_that_begin_with_yes_and_with_no_contradict_each_other(find: Find) -> None:
    asked = "Do you run a bug bounty program?"
    (found,) = find(entry(asked, "Yes, at a well-known platform."), entry(asked, "No."))
    assert found.kind is ConflictKind.CONTRADICTION
    assert found.readings == ("Yes", "No")
