"""Assigning, commenting, one's own queue, taking back, and what changed since an approval, without scripts."""

from __future__ import annotations

import pytest

from assistant.answer import State
from assistant.people import Role
from assistant.wiring import Application
from tests.lantern import person
from tests.web.client import CheckingClient
from tests.web.test_table import ids as ids  # the same questionnaire
from tests.web.test_table import key as key


def test_a_question_is_given_from_the_desk_and_stands_in_the_queue_of_whoever_has_it(
    key: int, ids: list[int], sales: CheckingClient, expert: CheckingClient, application: Application
) -> None:
    assert "Nothing waits for you" in expert.get("/queue").words
    page = sales.submit(
        f"/questionnaires/{key}/review/{ids[1]}",
        f"/questions/{ids[1]}/assign",
        {"person": str(person(application, Role.EXPERT).id), "due": "2099-01-31"},
    )
    assert "K-2 is with Expert Person now." in page.words
    assert "With Expert Person , wanted by 31 Jan 2099" in page.words
    queue = expert.get("/queue")
    assert "Assigned to you 1" in queue.words
    assert "My queue 1 waiting" in queue.words
    assert "31 Jan 2099" in queue.words
    desk = expert.get(f"/questionnaires/{key}/review/{ids[1]}?person=me")
    assert "K-1" not in desk.words
    expert.get(f"/questionnaires/{key}/review/{ids[0]}", status=404)
    handed = expert.send(desk, f"/questions/{ids[1]}/unassign")
    assert handed.address == "/queue"
    assert "K-2 was handed back." in handed.words


def test_what_was_passed_on_leaves_what_waits(
    key: int, ids: list[int], sales: CheckingClient, expert: CheckingClient, application: Application
) -> None:
    who = person(application, Role.EXPERT)
    application.assigning.assign(person(application, Role.SALES), key, ids[:2], who.id, None)
    page = expert.get(f"/questionnaires/{key}/review/{ids[0]}")
    expert.send(page, f"/questions/{ids[0]}/submit", form=f"/questions/{ids[0]}/edit")
    queue = expert.get("/queue").words
    assert "Assigned to you 1" in queue
    assert "Passed on 1" in queue


def test_a_day_that_has_passed_is_refused_with_a_sentence(
    key: int, ids: list[int], sales: CheckingClient, application: Application
) -> None:
    page = sales.submit(
        f"/questionnaires/{key}/review/{ids[1]}",
        f"/questions/{ids[1]}/assign",
        {"person": str(person(application, Role.EXPERT).id), "due": "2020-01-31"},
        status=400,
    )
    assert "2020-01-31 has passed" in page.words


def test_a_comment_is_said_counted_marked_and_taken_away(
    key: int, ids: list[int], sales: CheckingClient, reviewer: CheckingClient
) -> None:
    page = sales.submit(
        f"/questionnaires/{key}/review/{ids[0]}",
        f"/questions/{ids[0]}/comments",
        {"comment": "@Reviewer Person <is> this so?"},
    )
    assert "Your comment was added." in page.words
    assert '<span class="mention">@Reviewer Person</span> &lt;is&gt; this so?' in page.text
    for view in ("review", "table"):
        assert "1 comment" in reviewer.get(f"/questionnaires/{key}/{view}").words
    assert "with comments" in reviewer.get(f"/questionnaires/{key}/review?show=discussed").words
    assert "mentioned you at K-1 of Acme" in reviewer.get("/notifications").words
    theirs = reviewer.get(f"/questionnaires/{key}/review/{ids[0]}")
    assert not theirs.has_form("/comments/1/remove"), "only who wrote it removes it"
    page = sales.send(page, "/comments/1/remove")
    assert "Your comment was removed." in page.words
    assert "is this so?" not in page.words


def test_an_empty_comment_is_refused_and_a_mention_that_reaches_nobody_is_told(
    key: int, ids: list[int], sales: CheckingClient
) -> None:
    address, action = f"/questionnaires/{key}/review/{ids[0]}", f"/questions/{ids[0]}/comments"
    assert "Write something first." in sales.submit(address, action, {"comment": "  "}, status=400).words
    page = sales.submit(address, action, {"comment": "@Expert Person?"})
    assert "Expert Person cannot see this question and was not told of it. Assign it to Expert Person." in page.words
    offered = {option.get("value") for option in page.all("option") if not option.text}
    assert "Reviewer Person" in offered
    assert "Expert Person" not in offered


def test_the_last_change_is_taken_back_wherever_it_was_made(
    key: int, ids: list[int], reviewer: CheckingClient, application: Application
) -> None:
    page = reviewer.get(f"/questionnaires/{key}/review/{ids[0]}")
    reviewer.send(page, f"/questions/{ids[0]}/approve", {"text": "Approved."}, form=f"/questions/{ids[0]}/edit")
    elsewhere = reviewer.get(f"/questionnaires/{key}/review/{ids[3]}")
    page = reviewer.send(elsewhere, f"/questionnaires/{key}/undo")
    assert page.address.startswith(f"/questionnaires/{key}/review/{ids[0]}")
    assert "K-1: the approval was taken back." in page.words
    assert "approved this wording" in page.words
    page = reviewer.send(page, f"/questionnaires/{key}/undo")
    assert "K-1: the edit was taken back." in page.words
    refused = reviewer.send(page, f"/questionnaires/{key}/undo", status=409)
    assert "nothing of yours to take back" in refused.words
    assert "Reviewer Person took back" in reviewer.get(f"/questions/{ids[0]}/history").words


@pytest.fixture
def approved(key: int, ids: list[int], application: Application) -> int:
    """The first question, approved in words that are then changed."""
    by = person(application, Role.REVIEWER)
    item = application.review.question(by, ids[0])
    item = application.review.edit(by, item.id, item.version, choice="Yes", text="Encrypted with AES-256.")
    application.review.approve(by, item.id, item.version)
    return ids[0]


def test_what_changed_since_the_approval_is_shown_word_by_word(
    key: int, approved: int, sales: CheckingClient, application: Application
) -> None:
    address = f"/questionnaires/{key}/review/{approved}"
    assert "Changed since" not in sales.get(address).words
    sales.send(sales.get(address), f"/questions/{approved}/edit", {"text": "Encrypted with AES-128.", "choice": "No"})
    page = sales.get(address)
    assert "Changed since Reviewer Person approved it" in page.words
    for piece in ("<del>256</del><ins>128</ins>", "<del>Yes</del><ins>No</ins>"):
        assert piece in page.text
        assert piece in sales.get(f"/questions/{approved}/history").text


def test_an_approval_that_was_undone_shows_that_the_wording_is_the_same(
    key: int, approved: int, sales: CheckingClient, reviewer: CheckingClient
) -> None:
    page = reviewer.get(f"/questionnaires/{key}/review/{approved}")
    reviewer.send(page, f"/questions/{approved}/reject", {"reason": "Look again."}, form=f"/questions/{approved}/edit")
    assert "Reviewer Person approved this wording" in sales.get(f"/questionnaires/{key}/review/{approved}").words


def test_edits_at_one_sitting_are_one_line_of_the_history(
    key: int, ids: list[int], sales: CheckingClient, application: Application
) -> None:
    by = person(application, Role.SALES)
    item = application.review.question(by, ids[3])
    for text in ("No", "No unicorn", "No unicorn here."):
        item = application.review.edit(by, item.id, item.version, choice=None, text=text)
    history = sales.get(f"/questions/{ids[3]}/history").words
    assert history.count("Sales Person edited") == 1
    assert "(saved 3 times)" in history
    assert "No unicorn here." in history


def test_saving_again_what_one_saved_by_leaving_the_page_is_no_conflict(
    key: int, ids: list[int], reviewer: CheckingClient, application: Application
) -> None:
    page = reviewer.get(f"/questionnaires/{key}/review/{ids[0]}")
    by = person(application, Role.REVIEWER)
    fields = page.fields(page.form(f"/questions/{ids[0]}/edit"))
    version = application.review.question(by, ids[0]).version
    cited = fields.get("cited", [])
    application.review.edit(by, ids[0], version, choice="Yes", text="Typed on the page that was left.", cited=cited)
    reviewer.send(
        page,
        f"/questions/{ids[0]}/approve",
        {"text": "Typed on the page that was left.", "choice": "Yes"},
        form=f"/questions/{ids[0]}/edit",
    )
    assert application.review.question(by, ids[0]).answer.state is State.APPROVED


def test_scripts_that_import_each_other_are_asked_for_each_time(sales: CheckingClient) -> None:
    for address, rule in (("/static/desk/page.js", "no-cache"), ("/static/desk.js?v=1", "max-age=31536000")):
        with sales.raw.get(address) as response:
            assert rule in response.headers["Cache-Control"]
