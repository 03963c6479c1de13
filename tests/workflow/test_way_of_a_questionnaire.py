"""From upload to completed document, over both databases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import State
from assistant.errors import ConflictError, InputError, PermissionDeniedError, StateError, UnreadableDocumentError
from assistant.people import Role
from assistant.statement import Audience, Scope
from assistant.suggestion import Status
from assistant.workflow.records import Stage
from tests.workflow.conftest import ENCRYPTION, GAP, LOGS, House


def approve(house: House, questionnaire: int, position: int) -> None:
    item = house.questions(questionnaire)[position]
    house.review.approve(house.reviewer, item.id, item.version)


def test_an_upload_waits_for_its_findings_to_be_confirmed(house: House) -> None:
    key = house.upload(draft=False)
    assert house.review.desk(house.sales, key).record.stage is Stage.LAYOUT
    assert not house.worker.run_once()
    assert all(item.status is None for item in house.questions(key))


def test_an_unreadable_file_leaves_nothing_behind(house: House) -> None:
    with pytest.raises(UnreadableDocumentError):
        house.intake.receive(house.sales, b"%PDF", "x.pdf", customer="Acme", scope=Scope("Parcel"))
    with house.store.reading() as tx:
        assert tx.questionnaires.all() == []
        assert tx.audit.events() == []


@pytest.mark.parametrize("scope", [Scope("Other"), Scope("Parcel", "moon")])
def test_an_unknown_product_or_deployment_is_refused(house: House, scope: Scope) -> None:
    with pytest.raises(InputError, match=r"cloud|Parcel"):
        house.upload(scope=scope)


def test_a_file_without_questions_is_refused(house: House) -> None:
    with pytest.raises(UnreadableDocumentError, match="No questions"):
        house.intake.receive(house.sales, b"questions\n", "x.xlsx", customer="Acme", scope=Scope("Parcel"))


@pytest.mark.parametrize("role", [Role.EXPERT])
def test_only_sales_reviewers_and_administrators_upload(house: House, role: Role) -> None:
    with pytest.raises(PermissionDeniedError):
        house.intake.receive(house.people[role], b"questions\nx", "x", customer="Acme", scope=Scope("Parcel"))


def test_drafts_cite_passages_of_the_scope_and_gaps_stay_unanswered(house: House) -> None:
    encryption, logs, gap = house.questions(house.upload())
    assert (encryption.answer.choice, encryption.answer.text) == ("Yes", "All disks are encrypted.")
    assert [citation.path for citation in logs.answer.citations] == ["parcel.md"]
    assert (gap.status, gap.answer.state) == (Status.NO_MATCH, State.UNANSWERED)


def test_no_passage_of_another_deployment_is_drafted_from(house: House) -> None:
    _, logs, _ = house.questions(house.upload(scope=Scope("Parcel", "on-premise")))
    assert logs.answer.state is State.UNANSWERED


def test_what_the_customer_filled_in_is_not_drafted_over(house: House) -> None:
    key = house.upload("Are disks encrypted ? (filled)")
    assert house.questions(key)[0].answer.state is State.UNANSWERED
    assert len(house.completion.preflight(house.sales, key).kept) == 1


def test_only_approved_answers_reach_the_document(house: House) -> None:
    key = house.upload()
    approve(house, key, 0)
    done = house.completion.complete(house.sales, key)
    _, content = house.completion.download(house.sales, done.id)
    assert json.loads(content) == {"S!C2": "Yes", "S!D2": "All disks are encrypted."}
    assert (done.name, done.approved, done.questions, done.places) == ("acme - completed.xlsx", 1, 3, 2)


def test_nothing_approved_completes_nothing(house: House) -> None:
    with pytest.raises(StateError):
        house.completion.complete(house.sales, house.upload())


def test_an_edit_takes_the_answer_out_of_the_document_again(house: House) -> None:
    key = house.upload()
    approve(house, key, 0)
    item = house.questions(key)[0]
    house.review.edit(house.sales, item.id, item.version, choice="No", text="They are not.")
    assert house.completion.preflight(house.sales, key).ready == ()


@pytest.mark.parametrize("role", [Role.SALES, Role.EXPERT])
def test_sales_and_experts_cannot_approve_or_reject(house: House, role: Role) -> None:
    item = house.questions(house.upload())[0]
    with pytest.raises(PermissionDeniedError):
        house.review.approve(house.people[role], item.id, item.version)
    with pytest.raises(PermissionDeniedError):
        house.review.reject(house.people[role], item.id, item.version, "no", wrong_source=False)


def test_two_people_never_overwrite_each_other(house: House) -> None:
    item = house.questions(house.upload())[0]
    house.review.edit(house.sales, item.id, item.version, choice="Yes", text="First.")
    with pytest.raises(ConflictError):
        house.review.edit(house.reviewer, item.id, item.version, choice="Yes", text="Second.")
    with pytest.raises(ConflictError):
        house.review.approve(house.reviewer, item.id, item.version)
    assert house.review.question(house.sales, item.id).answer.text == "First."


def test_a_rejected_source_is_not_offered_for_that_question_again(house: House) -> None:
    item = house.questions(house.upload())[0]
    house.review.reject(house.reviewer, item.id, item.version, "Other disks.", wrong_source=True)
    again = house.questions(house.upload(ENCRYPTION, customer="Globex"))[0]
    assert again.answer.state is State.UNANSWERED


def test_not_applicable_takes_the_forms_own_wording_and_a_reason(house: House) -> None:
    item = house.questions(house.upload())[2]
    done = house.review.edit(
        house.sales, item.id, item.version, choice=None, text="", not_applicable="We keep no animals."
    )
    assert (done.answer.choice, done.answer.text) == ("NA", "We keep no animals.")


def test_submitting_all_leaves_rejected_answers_for_an_edit(house: House) -> None:
    key = house.upload()
    item = house.questions(key)[0]
    house.review.reject(house.reviewer, item.id, item.version, "Too short.", wrong_source=False)
    questions = [item.id for item in house.questions(key)]
    assert len(house.bulk.submit(house.sales, key, questions).done) == 1
    assert [item.answer.state for item in house.questions(key)] == [State.DRAFTED, State.SUBMITTED, State.UNANSWERED]


def test_a_changed_statement_undoes_the_approvals_that_rest_on_it(house: House) -> None:
    key = house.upload()
    approve(house, key, 0)
    approve(house, key, 1)
    first, second = house.folder.passages
    house.folder.passages = (replace(first, text="Some disks are encrypted."), second)
    assert house.knowledge.refresh()
    changed, kept, _ = house.questions(key)
    assert (changed.answer.state, kept.answer.state) == (State.DRAFTED, State.APPROVED)
    assert "All disks are encrypted." in changed.answer.objection


def test_a_changed_statement_opens_a_completed_questionnaire_again(house: House) -> None:
    key = house.upload()
    approve(house, key, 0)
    house.completion.complete(house.sales, key)
    first, second = house.folder.passages
    house.folder.passages = (replace(first, text="Some disks are encrypted."), second)
    house.knowledge.refresh()
    assert house.review.desk(house.sales, key).record.stage is Stage.OPEN


def test_a_refresh_that_failed_for_another_reason_is_tried_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = house.folder.passages
    house.folder.passages = (replace(first, text="Some disks are encrypted."), second)

    def full(*_: object) -> bool:
        raise OSError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr(house.matching, "refresh", full)
        with pytest.raises(OSError, match="no space"):
            house.knowledge.refresh()
    assert house.knowledge.refresh()
    assert not house.knowledge.refresh()


@pytest.mark.parametrize("audience", [Audience.INTERNAL, Audience.NDA])
def test_a_source_for_another_audience_cannot_be_cited_or_stay_approved(house: House, audience: Audience) -> None:
    key = house.upload()
    approve(house, key, 0)
    first, second = house.folder.passages
    house.folder.passages = (replace(first, audience=audience), second)
    house.folder.revision += 1
    assert house.knowledge.refresh()
    item = house.questions(key)[0]
    assert item.answer.state is State.DRAFTED
    with pytest.raises(StateError, match="audience"):
        house.review.approve(house.reviewer, item.id, item.version)
    other = house.questions(key)[2]
    with pytest.raises(InputError, match="audience"):
        house.review.edit(house.sales, other.id, other.version, choice="Yes", text="x", cited=[first.digest])


def test_an_expired_statement_undoes_them_too_and_cannot_be_approved(house: House) -> None:
    first, second = house.folder.passages
    house.folder.passages = (replace(first, review_by=date(2026, 3, 3)), second)
    house.knowledge.refresh()
    key = house.upload()
    approve(house, key, 0)
    house.clock.advance(days=2)
    house.knowledge.refresh()
    item = house.questions(key)[0]
    assert item.answer.state is State.DRAFTED
    with pytest.raises(StateError, match="due for review"):
        house.review.approve(house.reviewer, item.id, item.version)


def test_a_passage_out_of_scope_cannot_be_cited(house: House) -> None:
    item = house.questions(house.upload(scope=Scope("Parcel", "on-premise")))[1]
    cloud_only = house.folder.passages[1]
    with pytest.raises(InputError):
        house.review.edit(
            house.sales, item.id, item.version, choice="Yes", text=cloud_only.text, cited=[cloud_only.digest]
        )


def test_the_library_takes_approved_answers_only_and_never_a_customers_name(house: House) -> None:
    key = house.upload()
    item = house.questions(key)[0]
    with pytest.raises(StateError):
        house.library.take(house.reviewer, item.id)
    named = house.review.edit(house.sales, item.id, item.version, choice="Yes", text="Yes, dear ACME.")
    house.review.approve(house.reviewer, item.id, named.version)
    with pytest.raises(InputError, match="Acme"):
        house.library.take(house.reviewer, item.id)


@pytest.mark.parametrize(
    ("customer", "text"),
    [
        ("Acme Inc.", "We told Acme Inc. so."),
        ("Acme (EMEA)", "As Acme (EMEA) knows."),
        ("Acme Corporation", "Acme's disks are encrypted."),
        ("Acme Corp", "For Acme\nCorp."),
        ("Société X", "Pour la Socie\u0301te\u0301 X."),
    ],
)
def test_a_customers_name_is_found_however_it_is_spelt(house: House, customer: str, text: str) -> None:
    item = house.questions(house.upload(customer=customer))[0]
    named = house.review.edit(house.sales, item.id, item.version, choice="Yes", text=text)
    house.review.approve(house.reviewer, item.id, named.version)
    with pytest.raises(InputError, match="name"):
        house.library.take(house.reviewer, item.id)


def test_what_a_customer_under_nda_was_told_is_for_such_customers_only(house: House) -> None:
    first, second = house.folder.passages
    house.folder.passages = (replace(first, audience=Audience.NDA), second)
    house.folder.revision += 1
    house.knowledge.refresh()
    item = house.questions(house.upload(scope=Scope("Parcel", "cloud", nda=True)))[0]
    house.review.approve(house.reviewer, item.id, item.version)
    house.library.take(house.reviewer, item.id)
    house.knowledge.refresh()
    assert house.questions(house.upload(customer="Globex"))[0].answer.state is State.UNANSWERED


def test_the_same_answer_is_taken_into_the_library_once(house: House) -> None:
    for customer, question in (("Acme", ENCRYPTION), ("Globex", ENCRYPTION), ("Initech", "Are all disks encrypted ?")):
        item = house.questions(house.upload(question, customer=customer))[0]
        house.review.approve(house.reviewer, item.id, item.version)
        if customer == "Globex":
            with pytest.raises(StateError, match="already"):
                house.library.take(house.reviewer, item.id)
        else:
            house.library.take(house.reviewer, item.id)
    ((_, entry),) = house.library.entries(house.reviewer)
    assert (entry.question, entry.also_asked) == (ENCRYPTION, ("Are all disks encrypted ?",))


def test_a_wording_given_after_not_applicable_stands(house: House) -> None:
    item = house.questions(house.upload())[0]
    first = house.review.edit(house.sales, item.id, item.version, choice=None, text="", not_applicable="No disks.")
    then = house.review.edit(
        house.sales, item.id, first.version, choice="Yes", text="We do have disks now.", not_applicable="No disks."
    )
    assert (then.answer.choice, then.answer.text, then.answer.not_applicable) == ("Yes", "We do have disks now.", "")


def test_a_library_entry_answers_the_next_customer(house: House) -> None:
    item = house.questions(house.upload("Are backups tested yearly ?"))[0]
    edited = house.review.edit(house.sales, item.id, item.version, choice="Yes", text="Backups are tested yearly .")
    house.review.approve(house.reviewer, item.id, edited.version)
    house.library.take(house.reviewer, item.id)
    assert house.knowledge.refresh()
    again = house.questions(house.upload("Are your backups good ?", customer="Globex"))[0]
    assert again.answer.text == "Backups are tested yearly ."


def test_drafting_goes_on_where_a_lost_worker_left_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.workflow.worker.BATCH", 2)
    key = house.upload(*[f"Are disks encrypted {number} ?" for number in range(5)], draft=False)
    house.layouts.confirm(house.sales, key, 1)
    suggest, calls = house.matching.suggest, 0

    def dies_at_the_second_batch(*args: object, **options: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KeyboardInterrupt
        return suggest(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(house.matching, "suggest", dies_at_the_second_batch)
    with pytest.raises(KeyboardInterrupt):
        house.worker.run_once()
    assert sum(item.status is not None for item in house.questions(key)) == 2
    assert not house.worker.run_once(), "the claim is not stale yet"
    house.clock.advance(minutes=1)
    asked = len(house.matching.asked)
    assert house.worker.run_once()
    assert len(house.matching.asked) - asked == 3, "what was drafted already is not drafted again"
    assert all(item.answer.state is State.DRAFTED for item in house.questions(key))


def broken(*args: object, **options: object) -> object:
    raise RuntimeError("no index")


def test_drafting_that_failed_is_tried_again_after_a_pause(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(house.matching, "suggest", broken)
        key = house.upload()
    assert not house.worker.run_once(), "not at once"
    desk = house.review.desk(house.sales, key)
    assert desk.record.stage is Stage.DRAFTING
    assert desk.job is not None
    assert (desk.job.error, desk.job.finished) == ("RuntimeError: no index", None)
    house.clock.advance(seconds=10)
    assert house.worker.run_once()
    desk = house.review.desk(house.sales, key)
    assert desk.record.stage is Stage.OPEN
    assert desk.job is not None
    assert desk.job.error == ""
    assert desk.questions[0].answer.state is State.DRAFTED


def given_up(house: House, monkeypatch: pytest.MonkeyPatch) -> int:
    with monkeypatch.context() as patch:
        patch.setattr(house.matching, "suggest", broken)
        key = house.upload()
        for _ in range(5):
            house.clock.advance(seconds=10)
            house.worker.run_once()
    return key


def test_drafting_that_keeps_failing_is_given_up_and_people_go_on(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = given_up(house, monkeypatch)
    desk = house.review.desk(house.sales, key)
    assert desk.record.stage is Stage.OPEN
    assert desk.job is not None
    assert desk.job.finished is not None
    assert desk.job.error == "RuntimeError: no index"
    assert not house.worker.run_once()
    with house.store.reading() as tx:
        event = tx.audit.events(f"questionnaire {key}")[0]
    assert (event.action, event.by, event.after) == ("drafting failed", None, {"error": "RuntimeError: no index"})


def test_drafting_is_taken_up_again_by_whoever_edits(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    key = given_up(house, monkeypatch)
    house.keeping.draft_again(house.sales, key)
    assert house.review.desk(house.sales, key).record.stage is Stage.DRAFTING
    assert house.worker.run_once()
    desk = house.review.desk(house.sales, key)
    assert desk.record.stage is Stage.OPEN
    assert desk.questions[0].answer.state is State.DRAFTED


def test_nothing_is_drafted_again_before_the_layout_is_confirmed(house: House) -> None:
    key = house.upload(draft=False)
    with pytest.raises(StateError):
        house.keeping.draft_again(house.sales, key)


def test_the_drafting_of_a_deleted_questionnaire_is_given_up(house: House) -> None:
    key = house.upload(draft=False)
    house.layouts.confirm(house.sales, key, 1)
    house.keeping.delete(house.sales, key)
    for _ in range(6):
        house.worker.run_once()
        house.clock.advance(seconds=10)
    assert not house.worker.run_once()
    with house.store.reading() as tx:
        job = tx.jobs.latest("draft", key)
    assert job is not None
    assert job.finished is not None


def test_a_completed_document_is_refused_when_more_than_the_answers_changed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = house.upload()
    approve(house, key, 0)
    monkeypatch.setattr(house.documents, "fill", lambda *_: b'{"S!A1": "gone"}')
    with pytest.raises(StateError, match="S!A1"):
        house.completion.complete(house.sales, key)
    assert house.completion.documents(house.sales, key) == []


def test_an_answer_changed_while_the_document_is_made_stops_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    key = house.upload()
    approve(house, key, 0)
    item = house.questions(key)[0]
    fill = house.documents.fill

    def slowly(*args: object) -> bytes:
        house.review.edit(house.sales, item.id, item.version, choice="No", text="Changed.")
        return fill(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(house.documents, "fill", slowly)
    with pytest.raises(ConflictError):
        house.completion.complete(house.sales, key)
    assert house.completion.documents(house.sales, key) == []


def test_a_questionnaire_that_was_completed_is_not_deleted(house: House) -> None:
    key, other = house.upload(), house.upload(LOGS, GAP)
    approve(house, key, 0)
    house.completion.complete(house.sales, key)
    with pytest.raises(StateError):
        house.keeping.delete(house.sales, key)
    house.keeping.delete(house.sales, other)
    with house.store.reading() as tx:
        assert [record.id for record in tx.questionnaires.all()] == [key]


def test_every_change_is_in_the_audit_log(house: House) -> None:
    key = house.upload()
    approve(house, key, 0)
    item = house.questions(key)[0]
    house.review.reject(house.reviewer, item.id, item.version, "No.", wrong_source=False)
    events = house.review.history(house.sales, item.id)
    assert [event.action for event in events] == ["rejected", "approved"]
    assert events[1].by == house.reviewer.id
    with house.store.reading() as tx:
        actions = [event.action for event in tx.audit.events(f"questionnaire {key}")]
        assert tx.audit.faults() == []
    assert actions == ["drafted", "confirmed the layout", "uploaded"]


def test_an_answer_that_cites_what_matching_alone_knows_can_be_approved(house: House) -> None:
    fact = replace(house.folder.passages[0], path="profile.yaml", text="Our disks stand in Oslo.")
    house.matching.passages = (fact,)
    item = house.questions(house.upload("Where do your disks stand ?"))[0]
    assert item.answer.citations[0].path == "profile.yaml"
    assert house.review.approve(house.reviewer, item.id, item.version).answer.state is State.APPROVED


def test_internal_passages_are_shown_to_reviewers_only(house: House) -> None:
    first, second = house.folder.passages
    house.folder.passages = (replace(first, audience=Audience.INTERNAL), second)
    house.folder.revision += 1
    house.knowledge.refresh()
    for person, seen in ((house.sales, 0), (house.expert, 0), (house.reviewer, 1)):
        assert len(house.knowledge.search(person, "disks", None)) == seen
        assert len(house.knowledge.readable(person).statements[0].passages) == 1 + seen
