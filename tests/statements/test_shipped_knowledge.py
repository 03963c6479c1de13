"""The knowledge that ships loads cleanly, and its answers rest on statements that say so."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from assistant.statement import Knowledge, LibraryEntry, Passage
from assistant.statements import dump_library, load, load_library, problems

FOLDER = Path(__file__).resolve().parents[2] / "knowledge"
EVIDENCE = re.compile(r"([\w./-]+\.md):(\d+)(?:-(\d+))?")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load(FOLDER)


def cited(knowledge: Knowledge, entry: LibraryEntry) -> list[Passage]:
    """Return the statement passages that an entry names as its evidence, by exact lines."""
    at = {(p.path, p.lines): p for statement in knowledge.statements for p in statement.passages}
    found = []
    for evidence in entry.evidence:
        match = EVIDENCE.fullmatch(evidence)
        assert match, f"{evidence} names no file and lines"
        first = int(match[2])
        key = (match[1], (first, int(match[3] or first)))
        assert key in at, f"“{entry.question}” cites {evidence}, where no passage stands"
        found.append(at[key])
    return found


def test_it_loads_without_faults_or_notices(knowledge: Knowledge) -> None:
    assert problems(FOLDER) == []
    assert [statement.notices for statement in knowledge.statements] == [(), ()]


def test_it_covers_two_products(knowledge: Knowledge) -> None:
    assert knowledge.scopes == {"SonarCloud": ("cloud",), "Sourcegraph": ("cloud", "on-premise")}


def test_every_statement_has_an_owner_and_a_day_of_review(knowledge: Knowledge) -> None:
    for statement in knowledge.statements:
        assert statement.owner
        assert statement.reviewed is not None
        assert statement.review_by is not None
        assert statement.reviewed < statement.review_by


FACTS = {
    "sourcegraph.md": """
        security@sourcegraph.com|SOC 2|https://security.sourcegraph.com/|Google Cloud Platform|Terraform|segregated
        TLS 1.2|AES-256|Galois/Counter Mode|90 days|storage volume|in transit|least privilege|Cloudflare
        web application firewall|rate limiting|secret management service|every month|24x7x365|365 days
        service, application and access logs|single sign-on|multi-factor authentication|email address
        SAML|OAuth|OpenID Connect|HTTP authentication proxy|basic authentication|GraphQL|Encryption at rest
        access tokens|extensions|bug bounty|code review|end-to-end tests|secret vault|CVEs|Docker images
        internal audits|Penetration tests|Code coverage|Apache 2.0|/third-party-licenses|/admin/pings
        /admin/repo/permissions|/vulnerability-management-policy/|/security-incident-response/
        /reporting-vulnerabilities|/terms/privacy|https://cloud.google.com/security/""",
    "sonarcloud.md": """
        Frankfurt|Ireland|AWS VPC|Firewalls|SSL keys|Technology Operations|two availability zones|7 days
        members of the customer's organization|penetration tests|ISO 27001|OWASP|TLS 1.2|Scanners|GitHub application
        Bitbucket Cloud|Microsoft Azure DevOps|no passwords|2FA|user token|Credit card|PCI-compliant
        https://www.braintreepayments.com|/responsible-vulnerability-disclosure/9317|#securing-your-webhooks
        Payment_Card_Industry_Data_Security_Standard""",
}
"""What the vendors publish and customers ask for: it must not be lost in rewording."""


@pytest.mark.parametrize("path", FACTS)
def test_the_facts_that_customers_ask_for_are_all_there(knowledge: Knowledge, path: str) -> None:
    said = " ".join(p.text for statement in knowledge.statements if statement.path == path for p in statement.passages)
    assert [fact for fact in re.split(r"\||\s*\n\s*", FACTS[path].strip()) if fact not in said] == []


def test_every_passage_reads_as_a_sentence(knowledge: Knowledge) -> None:
    for passage in knowledge.passages():
        assert passage.text[0].isupper()
        assert passage.text.endswith("."), passage.text
        assert not re.search(r"[*`<>]|\]\(|â€", passage.text), passage.text


def test_every_answer_cites_passages_of_its_own_scope(knowledge: Knowledge) -> None:
    for _, entry in knowledge.library:
        passages = cited(knowledge, entry)
        assert passages, entry.question
        for passage in passages:
            assert passage.product == entry.product
            assert not passage.deployments or (entry.deployments and entry.deployments <= passage.deployments)


def test_numbers_and_addresses_of_an_answer_stand_in_its_evidence(knowledge: Knowledge) -> None:
    for _, entry in knowledge.library:
        evidence = " ".join(passage.text for passage in cited(knowledge, entry))
        for said in re.findall(r"https?://[^\s)]+|\d[\d.x-]*", entry.answer):
            assert said.rstrip(".") in evidence, (entry.question, said)


def test_every_entry_is_approved_and_has_other_wordings(knowledge: Knowledge) -> None:
    for _, entry in knowledge.library:
        assert entry.also_asked
        assert entry.approved_by
        assert entry.approved_on
        assert entry.review_by
        assert entry.approved_on < entry.review_by
        assert entry.choice in ("Yes", "No", "")


def test_no_wording_is_asked_twice_in_one_scope(knowledge: Knowledge) -> None:
    seen = [
        (wording.casefold(), entry.product, deployment)
        for _, entry in knowledge.library
        for wording in (entry.question, *entry.also_asked)
        for deployment in sorted(entry.deployments) or [""]
    ]
    assert len(seen) == len(set(seen))


def test_the_library_is_in_the_form_that_the_export_writes(knowledge: Knowledge) -> None:
    text = (FOLDER / "library.yaml").read_text(encoding="utf-8")
    entries = load_library(text, "library.yaml")
    assert text.endswith(dump_library(entries))
    assert tuple(entry for _, entry in knowledge.library) == entries


def test_the_profile_names_no_label_for_two_facts(knowledge: Knowledge) -> None:
    labels = [label.casefold() for fact in knowledge.profile for label in (fact.name, *fact.labels)]
    assert len(labels) == len(set(labels))
    assert {"vendor name", "website", "security contact"} <= set(labels)


def test_nothing_that_ships_is_stale_on_the_day_it_was_written(knowledge: Knowledge) -> None:
    assert not [passage for passage in knowledge.passages() if passage.stale(date(2026, 11, 21))]
