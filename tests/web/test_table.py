"""The table: sorted and filtered in the address, rows edited in place, several questions acted upon at once."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from assistant.answer import State
from assistant.people import Role
from assistant.statement import Scope
from assistant.wiring import Application
from tests.lantern import person, workbook
from tests.web.client import CheckingClient, Page


@pytest.fixture
def key(application: Application) -> int:
    """The number of a drafted questionnaire: three drafts and a gap."""
    by = person(application, Role.SALES)
    number = application.intake.receive(by, workbook(), "a.xlsx", customer="Acme", scope=Scope("Lantern", "cloud"))
    application.layouts.confirm(by, number, 1)
    assert application.worker.run_once()
    return number


@pytest.fixture
def ids(application: Application, key: int) -> list[int]:
    return [item.id for item in application.review.desk(person(application, Role.SALES), key).questions]


def listed(page: Page) -> list[int]:
    return [int(found) for found in re.findall(r'<tr id="row-(\d+)"', page.text)]


def answer_state(application: Application, question: int) -> State:
    with application.store.reading() as tx:
        return tx.questionnaires.question(question).answer.state


def test_a_row_is_edited_in_the_table_without_scripts(
    key: int, ids: list[int], sales: CheckingClient, application: Application
) -> None:
    page = sales.get(f"/questionnaires/{key}/table?show=drafted&edit={ids[0]}")
    page = sales.send(page, f"/questions/{ids[0]}/row", {"text": "In the table.", "choice": "No"})
    assert page.address.startswith(f"/questionnaires/{key}/table?show=drafted")
    assert "K-1 was saved." in page.words
    answer = application.review.question(person(application, Role.SALES), ids[0]).answer
    assert (answer.text, answer.choice) == ("In the table.", "No")
    assert answer.citations, "the sources stay as they were"


def test_a_conflict_is_told_in_the_row_with_both_texts(
    key: int, ids: list[int], sales: CheckingClient, application: Application
) -> None:
    page = sales.get(f"/questionnaires/{key}/table?edit={ids[0]}")
    reviewer = person(application, Role.REVIEWER)
    item = application.review.question(reviewer, ids[0])
    application.review.edit(reviewer, ids[0], item.version, choice="No", text="What the reviewer wrote.")
    refused = sales.send(page, f"/questions/{ids[0]}/row", {"text": "What sales wrote."}, status=409)
    assert listed(refused) == ids, "the whole table is there"
    assert "Stands there now, by Reviewer Person No What the reviewer wrote." in refused.words
    assert "What sales wrote." in refused.words
    again = sales.send(refused, f"/questions/{ids[0]}/row")
    assert "K-1 was saved." in again.words


def test_a_script_gets_the_row_alone(key: int, ids: list[int], sales: CheckingClient) -> None:
    part = {"X-Part": "question"}
    opened = sales.raw.get(f"/questions/{ids[1]}/row?edit=1", headers=part)
    assert opened.text.count("<tr ") == 1
    assert "<textarea" in opened.text
    version = re.findall(r'name="version" value="(\d+)"', opened.text)[0]
    data = {"csrf_token": sales.token(), "version": version, "text": "x" * 40_000}
    refused = sales.raw.post(f"/questions/{ids[1]}/row", data=data, headers=part)
    assert (refused.status_code, refused.text.count("<tr ")) == (400, 1)
    assert "Shorten it" in refused.text
    saved = sales.raw.post(f"/questions/{ids[1]}/row", data={**data, "text": "Every 90 days."}, headers=part)
    assert "<textarea" not in saved.text
    assert "Every 90 days." in saved.text


def test_what_was_not_applicable_stays_so_when_only_looked_at(
    key: int, ids: list[int], sales: CheckingClient, application: Application
) -> None:
    by = person(application, Role.SALES)
    item = application.review.question(by, ids[3])
    application.review.edit(by, ids[3], item.version, choice=None, text="", not_applicable="There is no office.")
    sales.submit(f"/questionnaires/{key}/table?edit={ids[3]}", f"/questions/{ids[3]}/row")
    assert application.review.question(by, ids[3]).answer.not_applicable == "There is no office."


def test_columns_sort_both_ways_and_the_desk_keeps_the_order(
    key: int, ids: list[int], sales: CheckingClient, application: Application
) -> None:
    by = person(application, Role.SALES)
    application.review.submit(by, ids[2], application.review.question(by, ids[2]).version)
    by_state = listed(sales.get(f"/questionnaires/{key}/table?sort=state"))
    assert by_state[0] == ids[2]
    assert by_state[-1] == ids[3]
    assert listed(sales.get(f"/questionnaires/{key}/table?sort=-state"))[0] == ids[3]
    confident = listed(sales.get(f"/questionnaires/{key}/table?sort=-confidence"))
    with application.store.reading() as tx:
        confidences = {item.id: item.confidence for item in tx.questionnaires.questions(key)}
    assert [confidences[item] for item in confident] == sorted(confidences.values(), reverse=True)
    page = sales.get(f"/questionnaires/{key}/table?sort=state")
    assert "sort=-state" in page.text, "the other way round"
    desk = sales.get(f"/questionnaires/{key}/review?sort=state")
    assert [int(found) for found in re.findall(r'data-row="(\d+)"', desk.text)] == by_state
    assert listed(sales.get(f"/questionnaires/{key}/table?sort=nonsense")) == ids


def test_the_table_is_filtered_by_person_and_by_reason(
    key: int, ids: list[int], sales: CheckingClient, application: Application
) -> None:
    by, expert = person(application, Role.SALES), person(application, Role.EXPERT)
    application.assigning.assign(by, key, ids[:2], expert.id, None)
    application.assigning.assign(by, key, [ids[2]], by.id, None)
    for wanted, found in (("me", ids[2:3]), (str(expert.id), ids[:2]), ("nobody", ids[3:]), ("x", ids)):
        assert listed(sales.get(f"/questionnaires/{key}/table?person={wanted}")) == found
    page = sales.get(f"/questionnaires/{key}/table")
    assert "with Expert Person" in page.words
    offered = [
        option.get("value") for select in page.all("select") if select.get("name") == "reason" for option in select
    ]
    gap = next(reason for reason in offered if reason and reason.startswith("Nothing"))
    assert listed(sales.get(f"/questionnaires/{key}/table?{urlencode({'reason': gap})}")) == ids[3:]


def test_several_are_assigned_and_taken_back(
    key: int, ids: list[int], sales: CheckingClient, application: Application
) -> None:
    expert = person(application, Role.EXPERT)
    page = sales.submit(
        f"/questionnaires/{key}/table",
        f"/questionnaires/{key}/chosen/assign",
        {"question": [str(ids[0]), str(ids[1])], "person": str(expert.id), "due": "2099-01-31"},
        form=f"/questionnaires/{key}/chosen/submit",
    )
    assert "2 questions are given to Expert Person." in page.words
    assert page.words.count("31 Jan 2099") == 2
    page = sales.send(
        page,
        f"/questionnaires/{key}/chosen/unassign",
        {"question": [str(ids[0])]},
        form=f"/questionnaires/{key}/chosen/submit",
    )
    assert "1 question is with nobody now." in page.words
    nothing = sales.send(
        page, f"/questionnaires/{key}/chosen/unassign", {}, form=f"/questionnaires/{key}/chosen/submit"
    )
    assert "Nothing changed" in nothing.words


def test_only_what_was_opened_is_approved_together_and_the_rest_is_told(
    key: int, ids: list[int], reviewer: CheckingClient, application: Application
) -> None:
    reviewer.get(f"/questionnaires/{key}/review/{ids[0]}")
    page = reviewer.get(f"/questionnaires/{key}/table")
    page = reviewer.send(
        page,
        f"/questionnaires/{key}/chosen/approve",
        {"question": [str(key) for key in ids]},
        form=f"/questionnaires/{key}/chosen/submit",
    )
    assert "1 answer was approved. 3 were left as they are:" in page.words
    assert "1 that you have not opened as they stand now: K-3 ." in page.words
    assert "1 without the choice that the form wants: K-2 ." in page.words
    assert [answer_state(application, item) for item in ids[:2]] == [State.APPROVED, State.DRAFTED]


@pytest.mark.parametrize("value", ["9" * 5000, "99999999999999999999", "-1", "x"])
def test_a_number_that_is_none_of_ours_chooses_nothing(key: int, value: str, reviewer: CheckingClient) -> None:
    page = reviewer.get(f"/questionnaires/{key}/table")
    form = f"/questionnaires/{key}/chosen/submit"
    assert (
        "Nothing was approved"
        in reviewer.send(page, form.replace("submit", "approve"), {"question": value}, form=form).words
    )
    assert "K-1" in reviewer.get(f"/questionnaires/{key}/table?person={value}").words


def test_what_a_script_fetched_ahead_was_not_opened_before_it_is_shown(
    key: int, ids: list[int], reviewer: CheckingClient, application: Application
) -> None:
    by = person(application, Role.REVIEWER)
    reviewer.raw.get(f"/questionnaires/{key}/review/{ids[1]}", headers={"X-Part": "question"})
    assert application.review.opened(by, ids) == {}
    version = application.review.question(by, ids[1]).version
    data = {"csrf_token": reviewer.token(), "version": str(version - 1)}
    reviewer.raw.post(f"/questions/{ids[1]}/opened", data=data)
    assert application.review.opened(by, ids) == {}, "another version than stands there now"
    assert reviewer.raw.post(f"/questions/{ids[1]}/opened", data={**data, "version": str(version)}).status_code == 204
    assert application.review.opened(by, ids) == {ids[1]: version}


def test_who_does_not_approve_is_offered_no_approving(key: int, ids: list[int], sales: CheckingClient) -> None:
    page = sales.get(f"/questionnaires/{key}/table")
    assert page.has_form(f"/questionnaires/{key}/chosen/submit")
    assert not page.has_form(f"/questionnaires/{key}/chosen/approve")
