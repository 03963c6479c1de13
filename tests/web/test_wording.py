"""How texts, times and numbers are shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from assistant.web.marking import marked, stems
from assistant.web.places import source
from assistant.web.requests import local
from assistant.web.wording import browser, changes, due, flowed, how_far, moment, places, plural, shares, spoken
from assistant.workflow.overview import Overview
from assistant.workflow.records import AuditEvent
from assistant.workflow.sessions import Sessions
from assistant.workflow.tally import Tally
from tests.web.client import CheckingClient


@pytest.mark.parametrize(
    ("text", "asked", "shown"),
    [
        ("Keys are rotated daily.", "Do you rotate keys?", "<mark>Keys</mark> are <mark>rotated</mark> daily."),
        ("Customer data is safe.", "Is customer data safe?", "<mark>Customer data</mark> is <mark>safe</mark>."),
        ("The policies", "Which policy?", "The <mark>policies</mark>"),
        ("It is what it is.", "Is it what it is?", "It is what it is."),
        ("Access by <b> tags", "tag", "Access by &lt;b&gt; <mark>tags</mark>"),
    ],
)
def test_words_shared_with_the_question_are_marked(text: str, asked: str, shown: str) -> None:
    assert str(marked(text, stems([asked]))) == shown


@given(st.text(), st.text())
def test_marking_adds_nothing_but_marks_and_lets_no_markup_through(text: str, asked: str) -> None:
    assert marked(text, stems([asked])).replace("<mark>", "").replace("</mark>", "") == escape(text)


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("Security!B5", "Security!B5"),
        ("body/p[17]", "paragraph 18"),
        ("body/tbl[0]/tr[1]/tc[2]", "table 1, row 2, column 3"),
        ("body/tbl[0]/tr[1]/tc[2]/p[0]", "table 1, row 2, column 3"),
        ("body/tbl[0]/tr[1]/tc[2]/p[3]", "table 1, row 2, column 3, paragraph 4"),
        ("body/tbl[2]", "table 3"),
        ("body", "the text"),
        ("body/p[1]/other", "body/p[1]/other"),
    ],
)
def test_places_are_named_as_people_count(location: str, words: str) -> None:
    assert spoken(location) == words


def test_a_place_in_words_tells_its_path_and_each_place_stands_once() -> None:
    assert str(places(["body/p[0]", "body/p[0]", "A!<b>"])) == (
        '<span title="body/p[0]">paragraph 1</span>, <span class="place">A!&lt;b&gt;</span>'
    )


def test_breaks_that_only_fit_a_cell_are_gone_but_lists_stay() -> None:
    assert (
        flowed("Are policies established,\napproved and\n\nkept?") == "Are policies established, approved and\n\nkept?"
    )
    assert flowed("Which of these:\na) keys\nb) logs\n- others") == "Which of these:\na) keys\nb) logs\n- others"


@pytest.mark.parametrize(
    ("days", "told"),
    [(-2, "overdue by 2 days"), (-1, "overdue by 1 day"), (0, "due today"), (1, "due tomorrow"), (5, "due in 5 days")],
)
def test_due_dates_are_told_from_today(days: int, told: str) -> None:
    today = date(2026, 11, 20)
    assert due(today + timedelta(days=days), today) == told


def test_a_time_names_its_zone_for_those_without_scripts() -> None:
    east = datetime(2026, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    assert moment(east) == '<time datetime="2026-02-28T23:30:00+00:00">28 Feb 2026, 23:30 UTC</time>'
    assert "12:00 UTC" in moment(datetime(2026, 3, 1, 12, tzinfo=UTC))


def test_a_bar_is_full_only_when_everything_is_approved() -> None:
    assert shares(Tally(approved=4)) == [("approved", 0.0, 100.0)]
    assert shares(Tally(approved=1, drafted=1, unanswered=2)) == [("approved", 0.0, 25.0), ("drafted", 25.0, 25.0)]
    assert shares(Tally()) == []


def test_what_the_customers_file_answers_already_is_done() -> None:
    assert shares(Tally(approved=1, kept=1)) == [("approved", 0.0, 50.0), ("kept", 50.0, 50.0)]
    assert how_far(Tally(approved=1, kept=1)) == "2 of 2 done"
    assert how_far(Tally(approved=1, unanswered=1)) == "1 of 2 approved"


def test_counts_and_browsers_read_well() -> None:
    assert (plural(1, "question"), plural(1200, "question")) == ("1 question", "1,200 questions")
    agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36"
    assert browser(agent) == "Chrome on Linux"
    assert browser("") == "unknown"


@given(st.text())
def test_whatever_address_is_asked_for_the_way_leads_to_a_page_of_ours(address: str) -> None:
    ours = local(address)
    assert ours.startswith("/")
    assert not ours.startswith(("//", "/\\"))


@pytest.fixture
def failing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[type, str], None]:
    """Returns a function that makes a method fail as a defect of ours would."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    def fail(kind: type, name: str) -> None:
        def broken(*_: object, **__: object) -> None:
            raise RuntimeError("secret detail")

        monkeypatch.setattr(kind, name, broken)

    return fail


def test_a_defect_of_ours_is_told_without_its_details(
    failing: Callable[[type, str], None], sales: CheckingClient
) -> None:
    failing(Overview, "questionnaires")
    page = sales.get("/", status=500)
    assert "The fault is ours" in page.words
    assert "secret detail" not in page.text


def test_a_problem_is_told_even_when_the_page_for_it_cannot_be_shown(
    failing: Callable[[type, str], None], sales: CheckingClient
) -> None:
    failing(Sessions, "visit")
    response = sales.raw.get("/")
    assert response.status_code == 500
    assert "The fault is ours" in response.text
    assert "secret detail" not in response.text


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("library/3", "/library/3"),
        ("lantern.md", "/library/statements/lantern.md#line-4"),
        ("gone.md", ""),
        ("library.yaml", ""),
        ("profile.yaml", ""),
    ],
)
def test_a_citation_leads_to_where_it_still_stands(app: Flask, path: str, leads: str) -> None:
    with app.test_request_context():
        assert source(path, 4, {"lantern.md"}) == leads


def test_the_log_says_yes_and_no() -> None:
    event = AuditEvent(1, datetime.now(UTC), None, "changed", "library entry 3", {"retired": False}, {"retired": True})
    assert changes(event) == [("retired", "no", "yes")]
