"""The words of texts: one form for inflections, spellings and compounds, and no more than that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.matching.words import sentences, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "policies keys breaches addresses databases caches analyses",
            "policy key breach address database cache analysis",
        ),
        ("encrypted stored logged applied managed scanned created", "encrypt store log apply manage scan create"),
        ("rotating logging storing scheduling managing being", "rotate log store schedule manage be"),
        ("written kept held sent taken", "write keep hold send take"),
        ("APIs VMs SLAs KPIs", "api vm sla kpi"),
        ("process access https kubernetes always business", "process access https kubernetes always business"),
    ],
)
def test_inflection_is_undone(text: str, expected: str) -> None:
    assert words(text) == tuple(expected.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("general", "generate"),
        ("access", "accessibility"),
        ("contain", "container"),
        ("policy", "police"),
        ("organise", "organ"),
        ("rotate", "rotation"),
        ("secure", "security"),
        ("building", "build"),
        ("press", "pres"),
    ],
)
def test_words_of_other_meaning_stay_apart(one: str, other: str) -> None:
    assert words(one) != words(other)
    assert words(one + "s") != words(other + "s")


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("authorised organisations", "authorized organizations"),
        ("anonymisation of behaviour", "anonymization of behavior"),
        ("data centres and licences", "data centers and licenses"),
        ("analysed, labelled, cancelled", "analyzed, labeled, canceled"),
        ("programme catalogue defence", "program catalog defense"),
    ],
)
def test_british_spelling_is_american_spelling(british: str, american: str) -> None:
    assert words(british) == words(american)


@pytest.mark.parametrize("word", ["advise", "exercise", "enterprise", "compromise", "otherwise", "precise", "revise"])
def test_words_that_end_in_ise_by_nature_keep_it(word: str) -> None:
    assert words(word) == (word,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TLS 1.2", ["tls", "1.2"]),
        ("TLSv1.2", ["tls", "1.2"]),
        ("AES-256", ["aes", "256"]),
        ("AES256", ["aes", "256"]),
        ("ISO27001", ["iso", "27001"]),
        ("SOC2", ["soc", "2"]),
        ("C5 S3 EC2 MD5 2FA X509", ["c5", "s3", "ec2", "md5", "2fa", "x509"]),
        ("90days 256-bit", ["90", "day", "256", "bit"]),
        ("24/7 24x7 24×7x365", ["24x7", "24x7", "24x7"]),
        ("CI/CD R&D 99.9%", ["cicd", "r&d", "99.9", "percent"]),
        ("security@example.com", ["security", "@", "example.com"]),
        ("see https://status.example.com/history?page=2).", ["see", "status.example.com"]),
    ],
)
def test_names_and_numbers_of_the_field_are_kept(text: str, expected: list[str]) -> None:
    assert list(words(text)) == expected


@pytest.mark.parametrize(
    "text", ["back up", "back-up", "backup", "backs up", "backed up", "backing up", "backups", "Back‑up"]
)
def test_a_compound_has_one_form_however_it_is_written(text: str) -> None:
    assert words(text) == ("backup",)


def test_the_parts_of_a_compound_stand_side_by_side() -> None:
    assert words("step back. Up to five people") == ("step", "back", "up", "to", "five", "person")
    assert words("front/back, up to date") == ("front", "back", "up", "to", "date")


def test_contractions_are_opened_and_possessives_dropped() -> None:
    assert " ".join(words("We don’t, can't and won't touch the customer's or customers' data")) == (
        "we do not can not and will not touch the customer or customer data"
    )


def test_short_forms_are_written_out() -> None:
    assert " ".join(words("on-prem prod DB admins' vulns (infosec)")) == (
        "onpremise production database administrator vulnerability information security"
    )


def test_an_optional_plural_is_the_plain_word() -> None:
    assert words("Which key(s) and process(es)?") == ("which", "key", "and", "process")


def test_sentences_end_at_full_stops_and_blank_lines_but_not_at_abbreviations_or_line_ends() -> None:
    text = "Keys are kept, e.g. in a vault.\nRotation is\nautomatic; daily\n\n• Logs"
    assert [" ".join(sentence) for sentence in sentences(text)] == [
        "key be keep in a vault",
        "rotation be automatic",
        "daily",
        "log",
    ]


def test_each_word_knows_its_place_in_the_text() -> None:
    text = "İzmir’s back-up of TLSv1.2 keys"
    places = {token.word: text[token.start : token.end] for token in tokens(text)}
    assert places["backup"] == "back-up"
    assert places["tls"] == places["1.2"] == "TLSv1.2"
    assert places["key"] == "keys"


@given(st.text())
def test_any_text_has_words_in_order_and_within_it(text: str) -> None:
    found = tokens(text)
    assert [word for sentence in sentences(text) for word in sentence] == [token.word for token in found]
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    assert [token.start for token in found] == sorted(token.start for token in found)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_case_does_not_matter(text: str) -> None:
    assert words(text) == words(text.upper()) == words(text.lower())
