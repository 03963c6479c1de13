"""The page of duplicates and contradictions."""

from __future__ import annotations

import pytest

from assistant.statement import LibraryEntry
from assistant.web.differing import differing
from assistant.wiring import Application
from tests.web.client import CheckingClient

PAGE = "/library/conflicts"
ASKED = "How old do keys get?"


@pytest.fixture
def contradicted(application: Application) -> int:
    """The id of an entry that contradicts the statement about keys."""
    entry = LibraryEntry(ASKED, "Encryption keys are rotated every 7 days, <always>.", "Lantern")
    application.library.bring_in([entry])
    application.knowledge.refresh()
    with application.store.reading() as tx:
        return tx.library.all()[-1][0]


def test_without_conflicts_the_page_says_so(sales: CheckingClient) -> None:
    page = sales.get(PAGE)
    assert "Nothing contradicts itself" in page.words
    assert "Duplicates and contradictions" in page.words


def test_a_contradiction_stands_side_by_side_with_what_differs_marked(
    reviewer: CheckingClient, contradicted: int
) -> None:
    page = reviewer.get(PAGE)
    assert "1 contradiction" in page.words
    assert {"".join(mark.itertext()) for mark in page.all("mark")} == {"every 90 days", "every 7 days"}
    assert ASKED in page.words
    assert "lantern.md" in page.words


def test_the_tab_counts_what_was_found(sales: CheckingClient, contradicted: int) -> None:
    sales.get(PAGE)
    assert "Duplicates and contradictions 1" in sales.get("/library").words


def test_a_pair_that_is_both_right_goes(reviewer: CheckingClient, contradicted: int) -> None:
    page = reviewer.submit(PAGE, f"{PAGE}/both-right")
    assert "Nothing contradicts itself" in page.words


def test_the_entry_can_be_retired_from_there(reviewer: CheckingClient, contradicted: int) -> None:
    page = reviewer.submit(PAGE, f"/library/{contradicted}/retire")
    assert page.address == PAGE
    assert "Nothing contradicts itself" in page.words


def test_who_does_not_keep_the_library_only_reads(sales: CheckingClient, contradicted: int) -> None:
    page = sales.get(PAGE)
    assert "every 7 days" in page.words
    assert not page.has_form(f"{PAGE}/both-right")
    assert not page.has_form(f"/library/{contradicted}/retire")


def test_words_that_differ_are_marked_and_everything_is_escaped() -> None:
    one, other = differing("Changes are <b>reviewed</b> first.", "Changes are <b>checked</b> first.")
    assert one == "Changes are &lt;b&gt;<mark>reviewed</mark>&lt;/b&gt; first."
    assert other == "Changes are &lt;b&gt;<mark>checked</mark>&lt;/b&gt; first."
