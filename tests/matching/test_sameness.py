"""Which questions expect the same answer: other wordings do, a denial or another scope does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.matching import Matcher
from assistant.matching.reading import Reader
from assistant.matching.sameness import pairs, same, stands_alone
from assistant.statement import LibraryEntry, Scope


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load(None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Is customer data encrypted at rest?", "3.1 Do you encrypt data at rest?"),
        ("Are backups tested regularly?", "Do you regularly test your backups?"),
        ("Do you perform penetration tests annually?", "Are penetration tests performed at least once a year?"),
        ("Is MFA required for all employees?", "Do you enforce multi-factor authentication for all staff?"),
        ("How often are encryption keys rotated?", "What is your key rotation frequency?"),
        ("Do you have a disaster recovery plan?", "Is a disaster recovery plan documented?"),
        ("Do you have a SOC 2 Type II report?", "Do you have a SOC 2 Type 2 report?"),
        ("Do you have a data protection officer?", "Have you appointed a data protection officer (DPO)?"),
        ("Do you support single sign-on?", "Is SSO supported?"),
        ("Are you ISO 27001 certified?", "Do you hold an ISO 27001 certification?"),
        ("Is data deleted after the contract ends?", "Is data deleted after the contract ends"),
    ],
)
def test_other_words_for_the_same_question(one: str, other: str, reader: Reader) -> None:
    assert same(reader.question(one), reader.question(other))
    assert same(reader.question(other), reader.question(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Is customer data ever stored outside the EU?", "Is customer data stored only inside the EU?"),
        ("Do you share customer data with third parties?", "Is customer data never shared with third parties?"),
        ("Is customer data encrypted at rest?", "Is customer data encrypted in transit?"),
        ("Are backups tested?", "Are backups encrypted?"),
        ("Are backups tested annually?", "Are backups tested monthly?"),
        ("Are logs retained for 90 days?", "Are logs retained for 365 days?"),
        ("Are encryption keys rotated?", "How often are encryption keys rotated?"),
        ("Do you perform penetration tests annually?", "Do you perform internal penetration tests annually?"),
        ("Are background checks performed on contractors?", "Are background checks performed on employees?"),
        ("Do you have a security policy?", "Is the security policy reviewed annually?"),
        ("Are all components of the BCP reviewed annually?", "Are all components of the DRP reviewed annually?"),
        ("Do you have a SOC 2 Type I report?", "Do you have a SOC 2 Type II report?"),
        ("Is data stored in the US?", "Is data stored in the EU?"),
        ("Do you notify customers of breaches?", "Do you notify regulators of breaches?"),
        ("Is MFA available?", "Is MFA required?"),
        ("Are vulnerabilities patched within 30 days?", "Are critical vulnerabilities patched within 30 days?"),
        ("Will you encrypt data at rest?", "Do you encrypt data at rest?"),
    ],
)
def test_what_turns_or_narrows_the_answer_makes_another_question(one: str, other: str, reader: Reader) -> None:
    assert not same(reader.question(one), reader.question(other))
    assert not same(reader.question(other), reader.question(one))


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("Is customer data encrypted at rest?", True),
        ("Do you keep a unicorn in the office?", True),
        ("Are the policies and procedures reviewed and updated at least annually?", False),
        ("Is it encrypted at rest?", False),
        ("How often are these reviewed?", False),
        ("Describe the encryption mentioned above.", False),
        ("Do you ensure that data is encrypted at rest?", True),
    ],
)
def test_some_questions_need_their_section(question: str, alone: bool, reader: Reader) -> None:
    assert stands_alone(reader.question(question)) is alone


def test_pairs_are_sought_from_the_new_questions_to_all(reader: Reader) -> None:
    new = ["Do you encrypt data at rest?", "Are backups tested regularly?"]
    known = ["Is data at rest encrypted?", "Do you regularly test your backups?", "Do you test backups regularly?"]
    found = {frozenset(pair) for pair in pairs(new, known, reader)}
    assert frozenset((new[0], known[0])) in found
    assert frozenset((new[1], known[1])) in found
    assert frozenset((known[1], known[2])) not in found, "that one was known before"


def test_approved_answers_to_nearly_the_same_question_within_the_scope(tmp_path: Path) -> None:
    def entry(number: int, question: str, **more: object) -> LibraryEntry:
        return LibraryEntry(question=question, answer=f"Answer {number}.", product="Lantern", **more)  # type: ignore[arg-type]

    entries = (
        entry(1, "Do you test your backups on a regular basis?"),
        entry(2, "Are backups encrypted?"),
        entry(3, "Do you regularly test backups?", deployments=frozenset({"on-premise"})),
        entry(4, "What about restoring?", also_asked=("Are backups regularly tested?",)),
    )
    matcher = Matcher(tmp_path)
    assert matcher.asked_before(["Are backups tested regularly?"], Scope("Lantern")) == [()]
    assert matcher.similar("Are backups tested regularly?", Scope("Lantern")) == ()
    matcher.refresh([each.passage(f"library/{number}") for number, each in enumerate(entries, 1)])
    cloud, vague = matcher.asked_before(
        ["Are backups tested regularly?", "Are these tested regularly?"], Scope("Lantern", "cloud")
    )
    assert {passage.path for passage in cloud} == {"library/1", "library/4"}
    assert matcher.asked_before(["Are backups tested regularly?"], Scope("Beacon")) == [()]
    likely = matcher.similar("Are backups regularly tested by restoring them?", Scope("Lantern", "cloud"))
    assert {passage.path for passage in likely[:2]} == {"library/1", "library/4"}
    assert matcher.similar("Do you keep a unicorn?", Scope("Lantern")) == ()
    assert vague == (), "what is asked there stands elsewhere"
    assert matcher.same(["Are backups tested regularly?"], ["Do you regularly test your backups?"])
    assert matcher.stands_alone("Are backups tested regularly?")
