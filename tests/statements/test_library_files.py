"""A library file: read with every fault at its line, written back without loss."""

from __future__ import annotations

import dataclasses
from datetime import date
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import StatementFormatError
from assistant.statement import Audience, LibraryEntry
from assistant.statements import dump_library, load_library, written_library

FULL = """\
# Approved answers
- question: Is data encrypted at rest?
  also_asked:
    - Do you encrypt disks?
    - "Which cipher: AES?"
  choice: Yes
  answer: |
    All volumes are.

    Backups too.
  product: Example
  deployments: [cloud]
  owner: security@example.com
  approved_by: Robin Reviewer
  approved_on: 2026-11-16
  review_by: 2027-03-31
  evidence: [security.md:12-14]
  tags: [encryption]
  audience: nda

- question: Do you sell data?
  choice: no
"""


def test_an_entry_is_read_with_everything_it_says() -> None:
    first, second = load_library(FULL, "library.yaml")
    assert first == LibraryEntry(
        question="Is data encrypted at rest?",
        also_asked=("Do you encrypt disks?", "Which cipher: AES?"),
        choice="Yes",
        answer="All volumes are.\n\nBackups too.",
        product="Example",
        deployments=frozenset({"cloud"}),
        owner="security@example.com",
        approved_by="Robin Reviewer",
        approved_on=date(2026, 11, 16),
        review_by=date(2027, 3, 31),
        evidence=("security.md:12-14",),
        tags=("encryption",),
        audience=Audience.NDA,
        line=2,
    )
    assert second == LibraryEntry(question="Do you sell data?", answer="", choice="no", line=21)


def test_a_yes_without_quotes_is_the_word_and_not_a_truth_value() -> None:
    assert load_library("- question: Q?\n  choice: Yes\n  answer: 007", "l.yaml")[0].choice == "Yes"
    assert load_library("- question: Q?\n  choice: Yes\n  answer: 007", "l.yaml")[0].answer == "007"


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]"])
def test_an_empty_library_is_a_library(text: str) -> None:
    assert load_library(text, "library.yaml") == ()


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("question: Q?\nanswer: A.", 1, "list of entries"),
        ("- question: Q?\n  answer: A.\n- Q?", 3, "mapping"),
        ("- answer: A.", 1, "“question”"),
        ("- answer: A.\n  question: ' '", 2, "“question”"),
        ("- question: [Q?]\n  answer: A.", 1, "“question” must be text"),
        ("- question: Q?\n  product: E", 1, "“answer” or a “choice”"),
        ("- question: Q?\n  answer: A.\n  reply: B.", 3, "“reply” is not known"),
        ("- question: Q?\n  answer: A.\n  answer: B.", 3, "second time"),
        ("- question: Q?\n  answer: A.\n  approved_on: yesterday", 3, "“yesterday”"),
        ("- question: Q?\n  answer: A.\n  audience: friends", 3, "public, nda or internal"),
        ("- question: Q?\n  answer: A.\n  deployments:", 3, "no deployment"),
        ("- question: Q?\n  answer: A.\n  also_asked: [a, {b: c}]", 3, "list of texts"),
        ("- question: Q?\n  answer: A.\n  also_asked:\n    - a\n    - ''", 5, "empty item"),
        ("- &a\n  question: Q?\n  answer: A.\n- *a", 4, "aliases"),
        ("- question: Q?\n  answer: A.\n  <<: {tags: [t]}", 3, "not known"),
        ("- question: Q?\n  answer: 'open\n- question: R?\n  answer: A.", 2, "not valid YAML"),
        ("- question: Q?\n answer: A.", 2, "not valid YAML"),
        ("- question: Q?\n  answer: A.\n---\n- question: R?", 3, "another document"),
        ("- question: é\n  answer: \x00", 2, "control character"),
        ("- question: é\n  answer: \ud800", 2, "control character"),
        ("[" * 50_000, 1, "nested"),
        ("- " * 50_000, 1, "nested"),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(StatementFormatError, match=rf"^library/more\.yaml:{line}: ") as caught:
        load_library(text, "library/more.yaml")
    assert says in caught.value.problem
    assert (caught.value.path, caught.value.line) == ("library/more.yaml", line)


def test_the_fault_that_stands_first_is_raised() -> None:
    with pytest.raises(StatementFormatError, match=r"^l\.yaml:2: "):
        load_library("- question: Q?\n  audience: all\n  answer: A.\n- answer: A.", "l.yaml")


def test_several_lines_are_written_as_a_block_that_people_can_read() -> None:
    text = dump_library(
        [LibraryEntry(question="Q?", answer="First: a.\n\nSecond, “b”.", deployments=frozenset({"b", "a"}))]
    )
    assert text == ("- question: Q?\n  answer: |-\n    First: a.\n\n    Second, “b”.\n  deployments:\n  - a\n  - b\n")


def test_what_is_empty_is_not_written() -> None:
    assert dump_library([LibraryEntry(question="Q?", answer="A.", line=7)]) == "- question: Q?\n  answer: A.\n"


def test_entries_are_parted_by_an_empty_line() -> None:
    entry = LibraryEntry(question="Q?", answer="A.")
    assert "A.\n\n- question" in dump_library([entry, entry])


READABLE = st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\r\t\x85\x00\x1b#:-'\"|>&*!%@`{}[] ")
TEXT = st.text(READABLE, max_size=40)
SAID = TEXT.filter(lambda text: bool(text.strip()))
SOMETIMES = st.none() | st.dates()
ENTRIES = st.builds(
    LibraryEntry,
    question=SAID | st.sampled_from(["Yes", "null", "~", "2026-01-01", "a: b", "- x", "=", "<<", "1e3", "!tag", "…"]),
    answer=SAID
    | st.just("  indented\nthen not\n")
    | st.just("line \nwith a space at its end\n\n")
    | st.just("\n\nlate"),
    product=TEXT,
    deployments=st.frozensets(SAID, max_size=3),
    also_asked=st.lists(SAID, max_size=3).map(tuple),
    choice=TEXT | st.sampled_from(["Yes", "No", "N/A"]),
    owner=TEXT,
    approved_by=TEXT,
    approved_on=SOMETIMES,
    review_by=SOMETIMES,
    evidence=st.lists(SAID, max_size=2).map(tuple),
    tags=st.lists(SAID, max_size=2).map(tuple),
    audience=st.sampled_from(Audience),
)


@given(st.lists(ENTRIES, max_size=4))
def test_writing_and_reading_gives_the_same_entries(entries: list[LibraryEntry]) -> None:
    read = load_library(dump_library(entries), "library.yaml")
    assert [dataclasses.replace(entry, line=0) for entry in read] == entries


def test_entries_are_written_one_by_one() -> None:
    pieces = written_library(LibraryEntry(question=f"{number}?", answer="A.") for number in count())
    assert [next(pieces), next(pieces)] == ["- question: 0?\n  answer: A.\n", "\n- question: 1?\n  answer: A.\n"]


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        line = max((entry.line for entry in load_library(text, "library.yaml")), default=1)
    except StatementFormatError as fault:
        line = fault.line
    assert 1 <= line <= len(text.splitlines()) + 1
