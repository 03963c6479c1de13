"""Another product, deployment or NDA: nothing drafted, written or approved for the one before goes on unseen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.answer import State
from assistant.errors import ConflictError, InputError, InvalidValueError, PermissionDeniedError, StateError
from assistant.people import Person
from assistant.questionnaire import Location
from assistant.statement import Audience, Passage, Scope
from assistant.workflow.bulk import Left
from assistant.workflow.notifying import Kind
from assistant.workflow.records import QuestionRecord, Stage
from assistant.workflow.rescoping import Outlook, Rescoping
from tests.workflow.conftest import ENCRYPTION, GAP, LOGS, House

CLOUD, PREMISE = Scope("Parcel", "cloud"), Scope("Parcel", "on-premise")
NDA = Scope("Parcel", "cloud", nda=True)
AUDITS = "Are audits made by others ?"


@pytest.fixture
def rescoping(house: House) -> Rescoping:
    return Rescoping(house.store, house.knowledge, house.clock)


def change(house: House, rescoping: Rescoping, key: int, scope: Scope) -> Outlook:
    record = house.review.frame(house.sales, key).record
    found = rescoping.change(house.sales, key, record.version, scope)
    while house.worker.run_once():
        pass
    return found


def approve(house: House, key: int, position: int) -> QuestionRecord:
    item = house.questions(key)[position]
    return house.review.approve(house.reviewer, item.id, item.version)


def write(house: House, key: int, position: int, text: str, *, cite: bool = False) -> QuestionRecord:
    item = house.questions(key)[position]
    cited = [citation.digest for citation in item.answer.citations] if cite else []
    return house.review.edit(house.sales, item.id, item.version, choice="Yes", text=text, cited=cited)


def under_nda(house: House) -> int:
    """Return a questionnaire under NDA whose first answer rests on what only such customers are told."""
    secret = Passage("audits.md", (3, 3), "The audits are made by Horwath.", "Parcel", audience=Audience.NDA)
    house.folder.passages += (secret,)
    house.knowledge.refresh()
    return house.upload(AUDITS, ENCRYPTION, scope=NDA)


def test_drafts_that_nobody_touched_are_made_for_the_new_scope(house: House, rescoping: Rescoping) -> None:
    key = house.upload()
    found = change(house, rescoping, key, PREMISE)
    assert [item.question.text for item in found.again] == [ENCRYPTION, LOGS, GAP]
    encryption, logs, _ = house.questions(key)
    assert encryption.answer.text == "All disks are encrypted."
    assert logs.answer.empty, "what is said about the cloud is nothing to somebody who runs it"
    record = house.review.frame(house.sales, key).record
    assert (record.scope, record.stage) == (PREMISE, Stage.OPEN)


def test_an_approved_answer_of_the_other_deployment_goes_back_with_the_reason(
    house: House, rescoping: Rescoping
) -> None:
    key = house.upload()
    approve(house, key, 1)
    found = change(house, rescoping, key, PREMISE)
    logs = house.questions(key)[1]
    assert (logs.answer.state, logs.answer.approval) == (State.DRAFTED, None)
    assert logs.answer.objection == (
        "It rests on parcel.md, which holds for Parcel cloud; this questionnaire is now for Parcel on-premise."
    )
    assert (found.undone, len(found.back)) == (1, 1)
    assert house.completion.preflight(house.sales, key).ready == ()
    with pytest.raises(StateError, match="does not hold for Parcel on-premise"):
        house.review.approve(house.reviewer, logs.id, logs.version)


def test_an_approval_whose_source_holds_there_as_well_is_to_be_confirmed(house: House, rescoping: Rescoping) -> None:
    key = house.upload()
    approve(house, key, 0)
    change(house, rescoping, key, PREMISE)
    encryption = house.questions(key)[0]
    assert encryption.answer.objection.startswith("It was approved for Parcel cloud")
    approve(house, key, 0)
    assert house.completion.complete(house.sales, key).approved == 1


def test_what_somebody_wrote_stays_and_goes_back_when_its_source_does_not_hold(
    house: House, rescoping: Rescoping
) -> None:
    key = house.upload()
    write(house, key, 0, "They are, all of them.", cite=True)
    logs = write(house, key, 1, "For 90 days at least.", cite=True)
    house.review.submit(house.sales, logs.id, logs.version)
    found = change(house, rescoping, key, PREMISE)
    encryption, logs, _ = house.questions(key)
    assert (encryption.answer.text, encryption.answer.objection) == ("They are, all of them.", "")
    assert (logs.answer.text, logs.answer.state) == ("For 90 days at least.", State.DRAFTED)
    assert "holds for Parcel cloud" in logs.answer.objection
    assert [moved.item.id for moved in found.back] == [logs.id]


def test_what_only_customers_under_nda_are_told_goes_back_when_there_is_none(
    house: House, rescoping: Rescoping
) -> None:
    key = under_nda(house)
    approve(house, key, 0)
    change(house, rescoping, key, CLOUD)
    assert house.questions(key)[0].answer.objection == "It rests on audits.md, which is for the audience “nda” only."
    assert house.completion.preflight(house.sales, key).ready == ()


def test_a_text_that_repeats_what_is_for_others_goes_back_without_naming_its_source(
    house: House, rescoping: Rescoping
) -> None:
    key = under_nda(house)
    write(house, key, 1, "The audits are made by Horwath.")
    change(house, rescoping, key, CLOUD)
    assert "repeats audits.md" in house.questions(key)[1].answer.objection


def test_changing_it_back_brings_back_what_stood_before(house: House, rescoping: Rescoping) -> None:
    key = house.upload()
    approved = approve(house, key, 1)
    written = write(house, key, 0, "They are.")
    submitted = house.review.submit(house.sales, written.id, written.version)
    change(house, rescoping, key, PREMISE)
    change(house, rescoping, key, Scope("Parcel"))
    found = change(house, rescoping, key, CLOUD)
    first, second, _ = house.questions(key)
    assert second.answer == approved.answer
    assert first.answer == submitted.answer
    assert (found.approved, found.undone) == (1, 0)
    assert house.completion.complete(house.sales, key).approved == 1


def test_what_was_edited_meanwhile_is_not_taken_for_approved(house: House, rescoping: Rescoping) -> None:
    key = house.upload()
    approve(house, key, 1)
    change(house, rescoping, key, PREMISE)
    write(house, key, 1, "Logs are kept for 90 days.")
    change(house, rescoping, key, CLOUD)
    assert house.questions(key)[1].answer.state is State.DRAFTED


def test_what_names_the_customer_before_does_not_come_back_for_another(house: House, rescoping: Rescoping) -> None:
    key = house.upload(customer="Acme")
    write(house, key, 0, "They are, for Acme alone.")
    approve(house, key, 0)
    change(house, rescoping, key, PREMISE)
    record = house.review.frame(house.sales, key).record
    house.keeping.change(house.sales, key, record.version, customer="Globex", due=None)
    change(house, rescoping, key, CLOUD)
    answer = house.questions(key)[0].answer
    assert answer.state is State.DRAFTED
    assert answer.objection.startswith("It names Acme")
    assert house.completion.preflight(house.sales, key).ready == ()


def test_the_reason_names_the_scope_that_the_approval_was_given_for(house: House, rescoping: Rescoping) -> None:
    key = house.upload()
    approve(house, key, 0)
    change(house, rescoping, key, PREMISE)
    change(house, rescoping, key, Scope("Parcel"))
    told = house.questions(key)[0].answer.objection
    assert told.startswith("It was approved for Parcel cloud; this questionnaire is now for Parcel.")


def test_an_approval_whose_question_changed_meanwhile_does_not_come_back(house: House, rescoping: Rescoping) -> None:
    key = house.upload()
    item = approve(house, key, 0)
    change(house, rescoping, key, PREMISE)
    sent_back = house.questions(key)[0]
    with house.store.writing() as tx:
        reworded = replace(sent_back.question, text=f"{ENCRYPTION} All of them ?")
        tx.questionnaires.save(replace(sent_back, question=reworded))
    change(house, rescoping, key, CLOUD)
    found = house.questions(key)[0]
    assert (found.id, found.answer.approval) == (item.id, None)
    assert found.answer.objection.startswith("What the approval was given for has changed since.")


def test_an_approval_of_somebody_who_is_no_reviewer_any_more_does_not_come_back(
    house: House, rescoping: Rescoping
) -> None:
    key = house.upload()
    approve(house, key, 1)
    change(house, rescoping, key, PREMISE)
    with house.store.writing() as tx:
        account = tx.people.get(house.reviewer.id)
        assert account is not None
        tx.people.update(replace(account, active=False))
    change(house, rescoping, key, CLOUD)
    assert "no reviewer any more" in house.questions(key)[1].answer.objection


def test_whoever_has_an_answer_open_sees_that_something_changed(house: House, rescoping: Rescoping) -> None:
    key = house.upload()
    item = write(house, key, 0, "They are.")
    change(house, rescoping, key, PREMISE)
    with pytest.raises(ConflictError):
        house.review.approve(house.reviewer, item.id, item.version)


def test_what_is_still_being_written_is_not_submitted_with_the_others(house: House, rescoping: Rescoping) -> None:
    key = house.upload()
    item = house.questions(key)[0]
    house.review.edit(house.sales, item.id, item.version, choice="Yes", text="They are, but", by_itself=True)
    change(house, rescoping, key, PREMISE)
    assert house.bulk.submit(house.sales, key, [item.id]).left == {Left.WRITTEN: 1}


def told(house: House, person: Person) -> list[tuple[str, str]]:
    with house.store.reading() as tx:
        return [(note.subject, note.text) for note in tx.notifications.of(person.id) if note.kind is Kind.REJECTED]


def test_whose_answers_go_back_is_told_once_and_sees_them(house: House, rescoping: Rescoping) -> None:
    key = house.upload(LOGS, f"{LOGS} Really ?", f"{LOGS} Sure ?", ENCRYPTION)
    first, second, third, other = house.questions(key)
    house.assigning.assign(house.sales, key, [first.id], house.expert.id, None)
    cited = [citation.digest for citation in first.answer.citations]
    for item in (first, second):
        house.review.edit(house.expert if item is first else house.reviewer, item.id, item.version,
                          choice="Yes", text="For 90 days at least.", cited=cited)  # fmt: skip
    house.review.approve(house.reviewer, third.id, third.version)
    house.review.edit(house.reviewer, other.id, other.version, choice="Yes", text="They are.")
    change(house, rescoping, key, PREMISE)
    now = "back: the questionnaire is for Parcel on-premise, not under NDA now"
    assert told(house, house.expert) == [(first.subject, f"Sales sent {first.name} of Acme {now}")]
    assert told(house, house.reviewer) == [(f"questionnaire {key}", f"Sales sent 2 answers of Acme {now}")]
    assert told(house, house.sales) == [], "who did it knows"
    change(house, rescoping, key, Scope("Parcel", "on-premise", nda=True))
    assert len(told(house, house.expert)) == 1, "it lies with them already"


def test_what_it_means_is_told_before_and_changes_nothing(house: House, rescoping: Rescoping) -> None:
    key = house.upload()
    approve(house, key, 1)
    before = house.questions(key)
    told = rescoping.outlook(house.sales, key, PREMISE)
    assert house.questions(key) == before
    assert (len(told.again), told.undone) == (2, 1)


def test_before_anything_is_drafted_only_the_scope_changes(house: House, rescoping: Rescoping) -> None:
    key = house.upload(draft=False)
    change(house, rescoping, key, PREMISE)
    record = house.review.frame(house.sales, key).record
    assert (record.scope, record.stage) == (PREMISE, Stage.LAYOUT)


def test_what_was_completed_or_sent_refuses_and_a_new_round_takes_it(house: House, rescoping: Rescoping) -> None:
    key = house.upload()
    approve(house, key, 1)
    done = house.completion.complete(house.sales, key)
    with pytest.raises(StateError, match=r"It was completed for Parcel cloud.*new round"):
        change(house, rescoping, key, PREMISE)
    house.sent.note(house.sales, done.id, "Ann")
    with pytest.raises(StateError, match=r"It was sent for Parcel cloud.*new round"):
        change(house, rescoping, key, PREMISE)
    after = house.renewing.reopen(house.sales, key)
    change(house, rescoping, after, PREMISE)
    assert house.review.frame(house.sales, key).record.scope == CLOUD
    assert house.questions(key)[1].answer.state is State.APPROVED


def test_it_waits_for_drafting_to_end(house: House, rescoping: Rescoping) -> None:
    key = house.upload(draft=False)
    house.layouts.confirm(house.sales, key, 1)
    assert "drafted just now" in rescoping.refusal(house.sales, key)
    house.worker.run_once()
    assert rescoping.refusal(house.sales, key) == ""


@pytest.mark.parametrize(
    ("scope", "error"),
    [
        (CLOUD, InvalidValueError),
        (Scope("Parcel", "moon"), InputError),
        (Scope("Submarine"), InputError),
    ],
)
def test_the_same_and_the_unknown_are_refused(
    house: House, rescoping: Rescoping, scope: Scope, error: type[Exception]
) -> None:
    with pytest.raises(error):
        change(house, rescoping, house.upload(), scope)


def test_a_change_of_somebody_else_comes_first(house: House, rescoping: Rescoping) -> None:
    key = house.upload()
    with pytest.raises(ConflictError):
        rescoping.change(house.sales, key, 1, PREMISE)
    assert house.questions(key)[1].answer.state is State.DRAFTED


@pytest.mark.parametrize(
    "act",
    [
        lambda rescoping, by, key: rescoping.change(by, key, 1, PREMISE),
        lambda rescoping, by, key: rescoping.outlook(by, key, PREMISE),
        lambda rescoping, by, key: rescoping.refusal(by, key),
    ],
)
def test_experts_change_nothing(
    house: House, rescoping: Rescoping, act: Callable[[Rescoping, object, int], object]
) -> None:
    with pytest.raises(PermissionDeniedError):
        act(rescoping, house.expert, house.upload())


def test_the_log_tells_who_changed_it_from_what_to_what(house: House, rescoping: Rescoping) -> None:
    key = house.upload()
    approve(house, key, 1)
    change(house, rescoping, key, PREMISE)
    with house.store.reading() as tx:
        event = next(e for e in tx.audit.events(f"questionnaire {key}") if e.action == "changed the scope")
        (undone,) = (e for e in tx.audit.events(f"question {house.questions(key)[1].id}") if e.action != "approved")
    assert event.by == house.sales.id
    assert event.before == {"product": "Parcel", "deployment": "cloud", "nda": False}
    assert (event.after or {})["approvals undone"] == 1
    assert (undone.action, undone.by) == ("approval undone", None)
    assert house.questions(key)[0].question.location == Location("S!B2")
