"""Acts on many answers: what they leave out is named with the way to settle it, and one undo takes all of it back."""

from __future__ import annotations

import pytest

from assistant.answer import State
from assistant.people import Role
from assistant.statement import Scope
from assistant.wiring import Application
from tests.lantern import person, workbook
from tests.web.client import CheckingClient, Page
from tests.web.test_consistency import DISKS, taken_in
from tests.web.test_table import answer_state, listed
from tests.web.test_table import ids as ids  # the same questionnaire
from tests.web.test_table import key as key


def chosen(client: CheckingClient, key: int, act: str, questions: list[int]) -> Page:
    page = client.get(f"/questionnaires/{key}/table")
    values = {"question": [str(question) for question in questions]}
    return client.send(page, f"/questionnaires/{key}/chosen/{act}", values, form=f"/questionnaires/{key}/chosen/submit")


def typed_on(client: CheckingClient, key: int, question: int, text: str) -> None:
    """Save what is typed as the page does by itself."""
    page = client.get(f"/questionnaires/{key}/review/{question}")
    form = page.form(f"/questions/{question}/edit")
    fields = {name: values[0] for name, values in page.fields(form).items() if values}
    data = {**fields, "text": text, "itself": "yes"}
    client.raw.post(f"/questions/{question}/edit", data=data, headers={"X-Part": "question"})


def test_what_contradicts_another_answer_is_left_out_with_a_link_that_shows_it(
    application: Application, reviewer: CheckingClient
) -> None:
    by = person(application, Role.REVIEWER)
    (told,) = taken_in(application, by, DISKS)
    saved = application.review.edit(by, told.id, told.version, choice="Yes", text="All of them, with AES-256.")
    application.review.approve(by, told.id, saved.version)
    item, other = taken_in(application, by, DISKS, "How often are encryption keys rotated?")
    for each, choice in ((item, "No"), (other, "Yes")):
        application.review.edit(by, each.id, each.version, choice=choice, text="So it is.")
    key = item.questionnaire
    page = chosen(reviewer, key, "approve", [item.id, other.id])
    assert "1 answer was approved. 1 was left as it is: 1 contradicting another answer: Q-1 ." in page.words
    assert "change one of the two, or approve it there" in page.words
    assert f"/questionnaires/{key}/review?show=inconsistent" in [link.get("href") for link in page.all("a")]
    assert listed(reviewer.get(f"/questionnaires/{key}/table?show=inconsistent")) == [item.id]
    assert [answer_state(application, each.id) for each in (item, other)] == [State.DRAFTED, State.APPROVED]


def test_a_blank_choice_is_left_out_and_listed(
    key: int, ids: list[int], application: Application, reviewer: CheckingClient
) -> None:
    by = person(application, Role.REVIEWER)
    item = application.review.question(by, ids[3])
    application.review.edit(by, item.id, item.version, choice=None, text="There is one.")
    page = chosen(reviewer, key, "approve", [item.id])
    assert "Nothing was approved. 1 was left as it is: 1 without the choice that the form wants: K-4 ." in page.words
    assert ids[3] in listed(reviewer.get(f"/questionnaires/{key}/table?show=choiceless"))


def test_a_blank_choice_is_told_before_it_is_approved_and_a_second_press_approves(
    key: int, ids: list[int], application: Application, reviewer: CheckingClient
) -> None:
    form, approve = f"/questions/{ids[3]}/edit", f"/questions/{ids[3]}/approve"
    page = reviewer.get(f"/questionnaires/{key}/review/{ids[3]}")
    told = reviewer.send(page, approve, {"text": "There is one."}, form=form, status=400)
    assert "This field wants Yes, No or N/A, and nothing is chosen. Choose, or approve without." in told.words
    assert answer_state(application, ids[3]) is State.DRAFTED
    assert "without_choice" in [button.get("name") for button in told.all("button")]
    again = reviewer.send(told, approve, {"without_choice": "yes"}, form=form)
    assert "K-4 was approved." in again.words
    assert answer_state(application, ids[3]) is State.APPROVED


def test_what_is_still_being_written_is_left_out_and_says_by_whom(
    key: int, ids: list[int], application: Application, sales: CheckingClient, reviewer: CheckingClient
) -> None:
    typed_on(reviewer, key, ids[3], "There is on")
    assert application.review.question(person(application, Role.SALES), ids[3]).answer.text == "There is on"
    words = sales.get(f"/questionnaires/{key}/review/{ids[3]}").words
    assert "Reviewer Person was still writing this just now, and it saved itself." in words
    assert listed(sales.get(f"/questionnaires/{key}/table?show=typed")) == [ids[3]]
    page = sales.submit(f"/questionnaires/{key}/review", f"/questionnaires/{key}/submit")
    assert (
        "3 answers were submitted. 1 was left as it is: 1 still being written: K-4 (by Reviewer Person, just now)."
        in (page.words)
    )
    assert answer_state(application, ids[3]) is State.DRAFTED
    reviewer.submit(f"/questionnaires/{key}/review/{ids[3]}", f"/questions/{ids[3]}/edit")
    assert "still writing" not in sales.get(f"/questionnaires/{key}/review/{ids[3]}").words
    page = sales.submit(f"/questionnaires/{key}/review", f"/questionnaires/{key}/submit")
    assert "1 answer was submitted." in page.words


def test_an_act_on_many_is_taken_back_from_the_table_by_one_undo(
    key: int, ids: list[int], application: Application, sales: CheckingClient
) -> None:
    chosen(sales, key, "submit", ids)
    page = sales.submit(f"/questionnaires/{key}/table?show=submitted", f"/questionnaires/{key}/undo")
    assert page.address == f"/questionnaires/{key}/table?show=submitted"
    assert "Took back the submission of 3 answers." in page.words
    assert {answer_state(application, question) for question in ids[:3]} == {State.DRAFTED}


def test_what_somebody_changed_since_stays_and_is_named(
    key: int, ids: list[int], application: Application, sales: CheckingClient
) -> None:
    chosen(sales, key, "submit", ids)
    by = person(application, Role.REVIEWER)
    item = application.review.question(by, ids[1])
    application.review.approve(by, item.id, item.version, without_choice=True)
    page = sales.submit(f"/questionnaires/{key}/review", f"/questionnaires/{key}/undo")
    assert "Took back the submission of 2 answers. K-2 was changed since by somebody else" in page.words
    assert answer_state(application, ids[1]) is State.APPROVED


def test_a_script_that_takes_back_an_act_on_many_is_given_all_their_rows(
    key: int, ids: list[int], sales: CheckingClient
) -> None:
    chosen(sales, key, "submit", ids)
    part = sales.raw.post(
        f"/questionnaires/{key}/undo", data={"csrf_token": sales.token()}, headers={"X-Part": "question"}
    )
    assert [f'data-row="{question}" data-state="drafted"' in part.text for question in ids] == [True] * 3 + [False]
    assert part.text.count("aria-current") == 1


@pytest.mark.parametrize("state", ["drafted", "submitted"])
def test_confidence_is_shown_until_the_answer_is_approved_and_says_when_the_draft_was_edited(
    state: str, application: Application, reviewer: CheckingClient
) -> None:
    by = person(application, Role.SALES)
    number = application.intake.receive(by, workbook(), "a.xlsx", customer="Acme", scope=Scope("Lantern", "cloud"))
    application.layouts.confirm(by, number, 1)
    application.worker.run_once()
    first, second, *_ = application.review.desk(by, number).questions
    second = application.review.edit(by, second.id, second.version, choice="Yes", text="In my own words.")
    if state == "submitted":
        for item in (first, second):
            application.review.submit(by, item.id, item.version)
    page = reviewer.get(f"/questionnaires/{number}/review/{first.id}")
    (meta,) = [part for part in page.all("p") if part.get("class") == "q-meta"]
    assert f"{state} high 0." in " ".join("".join(meta.itertext()).split())
    assert "draft edited since" in reviewer.get(f"/questionnaires/{number}/review/{second.id}").words
    table = reviewer.get(f"/questionnaires/{number}/table").words
    assert table.count("draft edited since") == 1


def test_a_draft_of_which_only_the_choice_was_made_is_still_as_sure_as_it_was(
    key: int, ids: list[int], application: Application, sales: CheckingClient
) -> None:
    by = person(application, Role.SALES)
    item = application.review.question(by, ids[1])
    cited = [citation.digest for citation in item.answer.citations]
    item = application.review.edit(by, item.id, item.version, choice="Yes", text=item.answer.text, cited=cited)
    words = sales.get(f"/questionnaires/{key}/review/{item.id}").words
    assert "draft edited since" not in words
    application.review.edit(by, item.id, item.version, choice="Yes", text=f"{item.answer.text} So.", cited=cited)
    assert "draft edited since" in sales.get(f"/questionnaires/{key}/review/{item.id}").words


def test_what_a_conflict_left_in_the_form_is_not_called_saved(
    key: int, ids: list[int], application: Application, sales: CheckingClient
) -> None:
    page = sales.get(f"/questionnaires/{key}/review/{ids[0]}")
    row = sales.get(f"/questionnaires/{key}/table?edit={ids[0]}")
    by = person(application, Role.REVIEWER)
    item = application.review.question(by, ids[0])
    application.review.edit(by, item.id, item.version, choice="No", text="Theirs.")
    refused = sales.send(page, f"/questions/{ids[0]}/edit", {"text": "Mine."}, status=409)
    in_table = sales.send(row, f"/questions/{ids[0]}/row", {"text": "Mine."}, status=409)
    for each in (refused, in_table):
        lines = [line.text for line in each.all("span") if "save-state" in (line.get("class") or "")]
        assert lines == ["Not saved"]
