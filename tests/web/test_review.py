"""Editing, submitting, approving and rejecting on the desk, without scripts and for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from flask import Flask

from assistant.answer import State
from assistant.layout import IsQuestion
from assistant.people import Role
from assistant.web import create_app
from assistant.wiring import Application
from assistant.workflow.records import QuestionRecord, Stage
from tests.lantern import person
from tests.web.arranging import drafted, questions, upload
from tests.web.client import CheckingClient, Page
from tests.web.conftest import signed_in


@dataclass
class Sheet:
    """One drafted questionnaire and the moves on its questions."""

    application: Application
    key: int
    ids: list[int]

    def open(self, client: CheckingClient, number: int = 0, query: str = "") -> Page:
        return client.get(f"/questionnaires/{self.key}/review/{self.ids[number]}{query}")

    def act(self, client: CheckingClient, page: Page, action: str, status: int = 200, **values: str) -> Page:
        question = int(re.findall(r"/(?:review|questions)/(\d+)", page.address)[0])
        return client.send(
            page, f"/questions/{question}/{action}", values, form=f"/questions/{question}/edit", status=status
        )

    def saved(self, number: int = 0) -> QuestionRecord:
        with self.application.store.reading() as tx:
            return tx.questionnaires.question(self.ids[number])


@pytest.fixture
def sheet(application: Application, sales: CheckingClient) -> Sheet:
    key = drafted(sales, application)
    return Sheet(application, key, questions(sales.get(f"/questionnaires/{key}/review")))


def test_saving_stays_on_the_question_and_submitting_goes_on(sheet: Sheet, sales: CheckingClient) -> None:
    page = sheet.act(sales, sheet.open(sales), "edit", text="First wording.", choice="No")
    assert page.address.endswith(f"/review/{sheet.ids[0]}")
    page = sheet.act(sales, page, "submit", text="Second wording.")
    assert page.address.endswith(f"/review/{sheet.ids[1]}")
    saved = sheet.saved()
    assert (saved.answer.state, saved.answer.choice, saved.answer.text) == (State.SUBMITTED, "No", "Second wording.")


def test_correcting_and_approving_is_one_act_and_the_history_shows_both(sheet: Sheet, reviewer: CheckingClient) -> None:
    sheet.act(reviewer, sheet.open(reviewer), "approve", text="Corrected and approved.", choice="Yes")
    assert sheet.saved().answer.state is State.APPROVED
    history = reviewer.get(f"/questions/{sheet.ids[0]}/history").words
    assert history.index("Reviewer Person approved") < history.index("Reviewer Person edited")


def test_an_approved_answer_that_nobody_changed_is_passed_over(sheet: Sheet, reviewer: CheckingClient) -> None:
    sheet.act(reviewer, sheet.open(reviewer), "approve", text="Approved.", choice="Yes")
    before = sheet.saved()
    page = sheet.act(reviewer, sheet.open(reviewer), "approve")
    assert page.address.endswith(f"/review/{sheet.ids[1]}")
    assert sheet.saved() == before


def test_editing_an_approved_answer_undoes_the_approval(
    sheet: Sheet, reviewer: CheckingClient, sales: CheckingClient
) -> None:
    sheet.act(reviewer, sheet.open(reviewer), "approve", text="Approved.", choice="Yes")
    sheet.act(sales, sheet.open(sales), "edit", text="Changed after approval.")
    assert sheet.saved().answer.state is State.DRAFTED
    assert sheet.saved().answer.approval is None


def test_the_second_of_two_sees_both_versions_and_loses_nothing(
    sheet: Sheet, sales: CheckingClient, reviewer: CheckingClient
) -> None:
    mine, theirs = sheet.open(sales), sheet.open(reviewer)
    sheet.act(reviewer, theirs, "edit", text="What the reviewer wrote.", choice="No")
    refused = sheet.act(sales, mine, "edit", status=409, text="What sales wrote.", choice="Yes")
    assert "Somebody else changed this answer meanwhile" in refused.words
    assert "Stands there now, by Reviewer Person" in refused.words
    assert "What the reviewer wrote." in refused.words
    assert sheet.saved().answer.text == "What the reviewer wrote."
    fields = refused.fields(refused.form(f"/questions/{sheet.ids[0]}/edit"))
    assert (fields["text"], fields["choice"]) == (["What sales wrote."], ["Yes"])
    again = sales.send(refused, f"/questions/{sheet.ids[0]}/edit")
    assert "was saved" in again.words
    assert sheet.saved().answer.text == "What sales wrote."


def test_approving_what_somebody_changed_meanwhile_is_refused(
    sheet: Sheet, sales: CheckingClient, reviewer: CheckingClient
) -> None:
    sheet.act(sales, sheet.open(sales), "edit", text="Seen by the reviewer.")
    seen = sheet.open(reviewer)
    sheet.act(sales, sheet.open(sales), "edit", text="Not seen by the reviewer.")
    sheet.act(reviewer, seen, "approve", status=409)
    assert sheet.saved().answer.state is State.DRAFTED


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"choice": "Maybe"}, "“Maybe” is not one of the allowed values"),
        ({"text": "x" * 40_000}, "Shorten it"),
    ],
)
def test_what_does_not_fit_is_told_and_what_was_typed_stays(
    values: dict[str, str], sentence: str, sheet: Sheet, sales: CheckingClient
) -> None:
    before = sheet.saved()
    refused = sheet.act(sales, sheet.open(sales), "edit", status=400, **{"text": "Typed.", **values})
    assert sentence in refused.words
    fields = refused.fields(refused.form(f"/questions/{sheet.ids[0]}/edit"))
    assert fields["text"] == [values.get("text", "Typed.")]
    assert sheet.saved() == before


def test_only_what_is_not_handed_over_yet_can_be_submitted(
    sheet: Sheet, sales: CheckingClient, reviewer: CheckingClient
) -> None:
    submit = f"/questions/{sheet.ids[0]}/submit"
    assert sheet.open(sales).has_form(submit)
    sheet.act(sales, sheet.open(sales), "submit", text="Perhaps.", choice="Yes")
    assert not sheet.open(sales).has_form(submit)
    sheet.act(reviewer, sheet.open(reviewer), "approve")
    assert not sheet.open(sales).has_form(submit)
    page = sheet.act(sales, sheet.open(sales), "edit", text="Changed.")
    assert "Its approval is gone." in page.words
    assert page.has_form(submit)


def test_an_answer_that_saved_itself_meanwhile_is_approved_from_the_page_before(
    sheet: Sheet, reviewer: CheckingClient
) -> None:
    page = sheet.open(reviewer)
    sheet.act(reviewer, page, "edit", text="Typed just now.", choice="Yes")
    sheet.act(reviewer, page, "approve", text="Typed just now.", choice="Yes")
    assert sheet.saved().answer.state is State.APPROVED


def test_a_question_that_reads_otherwise_by_now_is_not_approved_from_the_page_before(
    sheet: Sheet, application: Application, reviewer: CheckingClient
) -> None:
    sheet.act(reviewer, sheet.open(reviewer), "edit", text="So it is.", choice="Yes")
    page = sheet.open(reviewer)
    item = sheet.saved()
    with application.store.writing() as tx:  # as a corrected layout saves it
        tx.questionnaires.save(replace(item, question=replace(item.question, text="Is nothing encrypted at rest?")))
    refused = sheet.act(reviewer, page, "approve", status=409)
    assert "Is nothing encrypted at rest?" in refused.words
    assert sheet.saved().answer.state is State.DRAFTED


def test_the_desk_opens_for_a_reviewer_at_what_was_submitted(
    sheet: Sheet, sales: CheckingClient, reviewer: CheckingClient
) -> None:
    sheet.act(sales, sheet.open(sales, 2), "submit", text="Perhaps.", choice="Yes")
    opened = [client.get(f"/questionnaires/{sheet.key}/review") for client in (reviewer, sales)]
    shown = [page.root.find(".//*[@id='question']") for page in opened]
    assert [part is not None and part.get("data-question") for part in shown] == [
        str(sheet.ids[2]),
        str(sheet.ids[0]),
    ]


def test_nothing_to_submit_is_no_success(sheet: Sheet, sales: CheckingClient, reviewer: CheckingClient) -> None:
    page = sales.get(f"/questionnaires/{sheet.key}/review")
    sales.send(page, f"/questionnaires/{sheet.key}/submit")
    again = sales.send(page, f"/questionnaires/{sheet.key}/submit")
    assert "There was nothing to submit" in again.words


def test_the_table_shows_confidence_only_of_the_matchers_own_wording(sheet: Sheet, sales: CheckingClient) -> None:
    def bands() -> int:
        return sales.get(f"/questionnaires/{sheet.key}/table").text.count('class="band ')

    before = bands()
    assert before
    sheet.act(sales, sheet.open(sales), "edit", text="In my own words.")
    assert bands() == before - 1


def test_rejecting_needs_a_reason_and_shows_it_to_the_author(
    sheet: Sheet, sales: CheckingClient, reviewer: CheckingClient
) -> None:
    sheet.act(sales, sheet.open(sales), "submit", text="Perhaps.", choice="Yes")
    refused = sheet.act(reviewer, sheet.open(reviewer), "reject", status=400)
    assert "Say why it is rejected" in refused.words
    sheet.act(reviewer, refused, "reject", reason="It is always so, not perhaps.")
    page = sheet.open(sales)
    assert "Sent back by Reviewer Person: It is always so, not perhaps." in page.words
    assert sheet.saved().answer.state is State.DRAFTED
    assert "sent back" in " ".join("".join(row.itertext()) for row in page.all("li"))
    assert questions(sales.get(f"/questionnaires/{sheet.key}/review?show=returned")) == [sheet.ids[0]]
    history = sales.get(f"/questions/{sheet.ids[0]}/history").words
    assert "Reviewer Person rejected" in history
    assert "“It is always so, not perhaps.”" in history


def test_the_history_puts_no_words_of_the_matcher_into_anybodys_mouth(
    sheet: Sheet, sales: CheckingClient, application: Application
) -> None:
    with application.store.writing() as tx:
        item = tx.questionnaires.question(sheet.ids[0])
        tx.questionnaires.save(replace(item, answer=replace(item.answer, note="The matcher is unsure.")))
    sheet.act(sales, sheet.open(sales), "submit", text="Perhaps.")
    assert "The matcher is unsure." not in sales.get(f"/questions/{sheet.ids[0]}/history").words


def test_what_was_typed_beside_a_rejection_is_kept_as_the_next_wording(sheet: Sheet, reviewer: CheckingClient) -> None:
    sheet.act(reviewer, sheet.open(reviewer), "edit", text="Old wording.", choice="Yes")
    sheet.act(reviewer, sheet.open(reviewer), "reject", text="New wording.", reason="Wrong.")
    assert (sheet.saved().answer.text, sheet.saved().answer.objection) == ("New wording.", "Wrong.")


def test_a_wrong_source_is_remembered(sheet: Sheet, reviewer: CheckingClient) -> None:
    page = sheet.open(reviewer, 1)
    digest = page.root.findall(".//*[@name='take']")[0].get("value", "")
    page = reviewer.send(
        page,
        f"/questions/{sheet.ids[1]}/edit",
        {"text": "Often.", "cited": [digest]},
    )
    sheet.act(reviewer, page, "reject", reason="It speaks of something else.", wrong_source="yes")
    with sheet.application.store.reading() as tx:
        assert digest in {passage for _, passage in tx.library.rejected()}


def test_a_source_is_taken_without_scripts(sheet: Sheet, sales: CheckingClient) -> None:
    page = sheet.open(sales, 1)
    digest = page.root.findall(".//*[@name='take']")[0].get("value", "")
    page = sales.send(page, f"/questions/{sheet.ids[1]}/edit", {"take": digest, "text": "My own words."})
    answer = sheet.saved(1).answer
    assert answer.text == "My own words.\nEncryption keys are rotated every 90 days."
    assert digest in [citation.digest for citation in answer.citations]


def test_a_source_of_another_scope_cannot_be_cited(sheet: Sheet, sales: CheckingClient) -> None:
    passages = sheet.application.knowledge.knowledge.passages()
    elsewhere = next(passage for passage in passages if "on-premise" in passage.deployments)
    refused = sheet.act(sales, sheet.open(sales), "edit", status=400, text="x", cited=elsewhere.digest)
    assert "does not hold for this product" in refused.words


def test_a_reason_makes_the_answer_not_applicable(sheet: Sheet, sales: CheckingClient) -> None:
    sheet.act(sales, sheet.open(sales, 3), "edit", not_applicable="There is no office.")
    answer = sheet.saved(3).answer
    assert (answer.choice, answer.text) == ("N/A", "There is no office.")


def test_searching_beside_the_question_finds_in_its_scope_and_marks_the_words(
    sheet: Sheet, sales: CheckingClient
) -> None:
    page = sheet.open(sales, 3, "?search=rotation+of+keys")
    assert "Found for “rotation of keys”" in page.words
    assert "<mark>keys</mark>" in page.text
    assert "Backups are made by the customer" not in page.words


def test_a_search_beside_the_question_tells_nothing_found_from_some_of_the_words(
    sheet: Sheet, sales: CheckingClient
) -> None:
    page = sheet.open(sales, 3, "?search=xyzzy")
    assert "Nothing was found" in page.words
    assert "/library?q=xyzzy" in [link.get("href") for link in page.all("a")]
    page = sheet.open(sales, 3, "?search=keys+of+zebras")
    assert "has all of it" in page.words
    assert "Passages with some of the words" in page.words


def test_filters_stand_in_the_address_and_are_kept(sheet: Sheet, sales: CheckingClient) -> None:
    sheet.act(sales, sheet.open(sales), "edit", text="Mine.")
    page = sales.get(f"/questionnaires/{sheet.key}/review?show=drafted")
    assert sheet.ids[0] in questions(page)
    assert sheet.ids[3] not in questions(page)
    assert f"/review/{sheet.ids[0]}?show=drafted" in page.text


def test_a_reviewer_takes_an_approved_answer_into_the_library(
    sheet: Sheet, reviewer: CheckingClient, sales: CheckingClient
) -> None:
    sheet.act(reviewer, sheet.open(reviewer), "approve", text="Everything is encrypted.", choice="Yes")
    assert "Take into the library" not in sheet.open(sales).words
    page = reviewer.send(sheet.open(reviewer), f"/questions/{sheet.ids[0]}/library")
    assert "is in the library now" in page.words
    assert "In the library" in page.words
    assert not page.has_form(f"/questions/{sheet.ids[0]}/library"), "it is taken once"
    assert "Everything is encrypted." in sales.get("/library").words


def test_an_answer_that_names_the_customer_stays_out_of_the_library(sheet: Sheet, reviewer: CheckingClient) -> None:
    sheet.act(reviewer, sheet.open(reviewer), "approve", text="For Acme everything is encrypted.", choice="Yes")
    page = reviewer.send(sheet.open(reviewer), f"/questions/{sheet.ids[0]}/library", status=400)
    assert "name Acme" in page.words
    assert "For Acme" not in reviewer.get("/library").words


def test_with_four_eyes_nobody_approves_their_own_wording(
    make_application: Callable[..., Application], application: Application, sheet: Sheet
) -> None:
    strict = make_application(four_eyes=True)
    client = signed_in(create_app(strict), strict, Role.REVIEWER)
    refused = sheet.act(client, sheet.open(client), "approve", status=409, text="My own words.", choice="Yes")
    assert "Nobody approves their own wording" in refused.words
    assert sheet.saved().answer.text == "My own words."
    assert sheet.saved().answer.state is State.DRAFTED


def test_a_script_gets_the_changed_parts_only(sheet: Sheet, reviewer: CheckingClient) -> None:
    page = sheet.open(reviewer)
    data = {**page.fields(page.form(f"/questions/{sheet.ids[0]}/edit")), "text": "By script.", "choice": "Yes"}
    response = reviewer.raw.post(f"/questions/{sheet.ids[0]}/approve", data=data, headers={"X-Part": "question"})
    assert response.status_code == 200
    assert "<html" not in response.text
    for part in ('id="progress"', 'id="queue-link"', f'id="row-{sheet.ids[0]}"', 'id="question"', "1 of 4"):
        assert part in response.text
    refused = reviewer.raw.post(f"/questions/{sheet.ids[0]}/approve", data=data, headers={"X-Part": "question"})
    assert refused.status_code == 409
    assert "Somebody else changed this answer" in refused.text


def test_a_script_hears_in_a_sentence_that_the_session_is_over(
    sheet: Sheet, app: Flask, anonymous: CheckingClient
) -> None:
    response = anonymous.raw.post(f"/questions/{sheet.ids[0]}/edit", headers={"X-Part": "question"})
    assert response.status_code == 401
    assert "session" in response.get_json()["problem"]


def test_what_was_typed_is_shown_again_when_the_session_is_over(sheet: Sheet, anonymous: CheckingClient) -> None:
    response = anonymous.raw.post(f"/questions/{sheet.ids[0]}/edit", data={"text": "An hour's work.", "password": "s"})
    assert response.status_code == 401
    assert "An hour's work." in response.text.replace("&#39;", "'")
    assert ">s<" not in response.text


def test_the_scripts_take_from_the_page_where_to_tell_what_was_opened(
    application: Application, sheet: Sheet, reviewer: CheckingClient
) -> None:
    page = reviewer.raw.get(
        f"/questionnaires/{sheet.key}/review/{sheet.ids[0]}", environ_overrides={"SCRIPT_NAME": "/desk"}
    )
    assert f'data-opened="/desk/questions/{sheet.ids[0]}/opened"' in page.text


def test_a_comment_that_is_refused_is_shown_again(sheet: Sheet, sales: CheckingClient) -> None:
    page = sales.send(
        sheet.open(sales), f"/questions/{sheet.ids[0]}/comments", {"comment": "precious " * 700}, status=400
    )
    assert "precious precious" in page.words


def test_what_was_found_is_not_confirmed_when_somebody_corrected_it_meanwhile(
    application: Application, sales: CheckingClient
) -> None:
    page = upload(sales)
    key = int(page.address.split("/")[2])
    reviewer = person(application, Role.REVIEWER)
    asked = application.review.desk(reviewer, key).questions[0].question
    application.layouts.correct(reviewer, key, 1, IsQuestion(asked.location, asked.text, yes=False))
    refused = sales.send(page, f"/questionnaires/{key}/confirm", status=409)
    assert "Somebody else changed this questionnaire" in refused.words
    assert application.review.desk(reviewer, key).record.stage is Stage.LAYOUT


def test_progress_is_told_while_drafts_are_made(application: Application, sales: CheckingClient) -> None:
    page = upload(sales)
    key = int(page.address.split("/")[2])
    desk = sales.submit(page.address, f"/questionnaires/{key}/confirm")
    assert "Answers are being drafted" in desk.words
    told = sales.raw.get(f"/questionnaires/{key}/progress").get_json()
    assert told == {"drafting": True, "done": 0, "total": 4, "error": ""}
    application.worker.run_once()
    assert sales.raw.get(f"/questionnaires/{key}/progress").get_json()["drafting"] is False


def test_drafting_that_stopped_says_why_and_is_taken_up_with_a_button(
    application: Application, sales: CheckingClient
) -> None:
    key = drafted(sales, application)
    with application.store.writing() as tx:
        job = tx.jobs.add("draft", key, 4, application.store.now())
        tx.jobs.claim("gone", application.store.now(), application.store.now())
        tx.jobs.finish(job, "gone", application.store.now(), "No index.")
    page = sales.get(f"/questionnaires/{key}/review")
    assert "Drafting stopped: No index." in page.words
    with application.store.writing() as tx:
        tx.questionnaires.update(replace(tx.questionnaires.get(key), stage=Stage.SENT))
    assert not sales.get(page.address).has_form(f"/questionnaires/{key}/draft"), "there is nothing to draft any more"
    with application.store.writing() as tx:
        tx.questionnaires.update(replace(tx.questionnaires.get(key), stage=Stage.OPEN))
    page = sales.submit(page.address, f"/questionnaires/{key}/draft")
    assert "Answers are being drafted" in page.words
    assert application.worker.run_once()
    assert "Drafting stopped" not in sales.get(page.address).words


def test_answers_of_a_confirmed_layout_only(application: Application, sales: CheckingClient) -> None:
    key = int(upload(sales).address.split("/")[2])
    question = application.review.desk(person(application, Role.SALES), key).questions[0]
    response = sales.raw.post(
        f"/questions/{question.id}/edit",
        data={"csrf_token": sales.token(), "version": question.version, "text": "Too early."},
    )
    assert response.status_code == 409
    assert "Confirm what was found" in response.text
