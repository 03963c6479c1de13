"""What was told and sent stays as it was; a new round goes on from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.answer import State
from assistant.errors import ConflictError, InvalidValueError, PermissionDeniedError, StateError
from assistant.filling import Entry
from assistant.people import Role
from assistant.workflow.records import CompletedRecord, Stage
from tests.workflow.conftest import House
from tests.workflow.test_visibility import assign


def completed(house: House) -> tuple[int, CompletedRecord]:
    key = house.upload()
    for item in house.questions(key)[:2]:
        house.review.approve(house.reviewer, item.id, item.version)
    return key, house.completion.complete(house.sales, key)


def stage(house: House, key: int) -> Stage:
    return house.review.desk(house.sales, key).record.stage


def test_a_completed_document_keeps_what_it_says(house: House) -> None:
    key, done = completed(house)
    item = house.questions(key)[0]
    house.review.edit(house.sales, item.id, item.version, choice="No", text="Not any more.")
    _, answers = house.sent.answers(house.sales, done.id)
    assert [(answer.choice, answer.answer) for answer in answers] == [
        ("Yes", "All disks are encrypted."),
        ("Yes", "Logs are kept for 90 days."),
    ]
    assert answers[0].citations[0].path == "parcel.md"
    assert answers[0].question == item.id


def test_a_document_that_is_sent_closes_the_questionnaire(house: House) -> None:
    key, done = completed(house)
    house.sent.note(house.sales, done.id, "  ann@acme.example ")
    assert stage(house, key) is Stage.SENT
    (sending,) = house.sent.of(house.sales, key)[done.id]
    assert (sending.recipient, sending.by, sending.at) == ("ann@acme.example", house.sales.id, house.clock())
    item = house.questions(key)[2]
    with pytest.raises(StateError, match="sent"):
        house.review.edit(house.sales, item.id, item.version, choice="No", text="None.")
    with pytest.raises(StateError, match="sent"):
        house.completion.complete(house.sales, key)


def test_what_was_sent_is_shown_as_it_was_written_whatever_became_of_its_sources(house: House) -> None:
    key, done = completed(house)
    before = house.completion.preflight(house.sales, key)
    house.sent.note(house.sales, done.id, "Ann")
    house.folder.passages = (replace(house.folder.passages[0], text="No disk is encrypted."),)
    house.knowledge.refresh()
    checked = house.completion.preflight(house.sales, key)
    assert [(said.answer.choice, said.answer.answer) for said in checked.said] == [
        ("Yes", "All disks are encrypted."),
        ("Yes", "Logs are kept for 90 days."),
    ]
    assert [said.entries for said in checked.said] == [entries for _, entries in before.ready]
    assert (len(checked.aged), checked.stale, checked.ready) == (2, (), ())
    assert "changed since" in checked.aged[0][1]


def test_before_it_is_sent_a_changed_source_stands_against_it(house: House) -> None:
    key, _ = completed(house)
    house.folder.passages = ()
    house.matching.refresh(())
    checked = house.completion.preflight(house.sales, key)
    assert (len(checked.stale), checked.aged) == (2, ())


def test_it_may_be_sent_to_several(house: House) -> None:
    key, done = completed(house)
    house.sent.note(house.sales, done.id, "Ann")
    house.clock.advance(seconds=60)
    house.sent.note(house.sales, done.id, "Bob")
    assert [sending.recipient for sending in house.sent.of(house.sales, key)[done.id]] == ["Bob", "Ann"]


def test_a_document_that_answers_left_behind_is_noted_without_closing_the_questionnaire(house: House) -> None:
    key, done = completed(house)
    item = house.questions(key)[0]
    house.review.edit(house.sales, item.id, item.version, choice="No", text="Not any more.")
    house.sent.note(house.sales, done.id, "Ann")
    assert stage(house, key) is Stage.OPEN


def test_the_day_of_sending_lies_between_completion_and_today(house: House) -> None:
    key, done = completed(house)
    completed_on = house.clock().date()
    house.clock.advance(seconds=5 * 86400)
    with pytest.raises(InvalidValueError, match="before it was completed"):
        house.sent.note(house.sales, done.id, "Ann", completed_on - timedelta(days=1))
    with pytest.raises(InvalidValueError, match="future"):
        house.sent.note(house.sales, done.id, "Ann", completed_on + timedelta(days=9))
    house.sent.note(house.sales, done.id, "Ann", completed_on + timedelta(days=2))
    assert house.sent.of(house.sales, key)[done.id][0].at.date() == completed_on + timedelta(days=2)


def test_somebody_is_named_and_may_say_so(house: House) -> None:
    _, done = completed(house)
    with pytest.raises(InvalidValueError, match="to whom"):
        house.sent.note(house.sales, done.id, "  ")
    with pytest.raises(PermissionDeniedError):
        house.sent.note(house.people[Role.EXPERT], done.id, "Ann")


def test_a_new_round_keeps_approvals_that_hold_and_leaves_what_was_sent_alone(house: House) -> None:
    key, done = completed(house)
    house.sent.note(house.sales, done.id, "Ann")
    after = house.renewing.reopen(house.sales, key, date(2027, 1, 31))
    states = [State.APPROVED, State.APPROVED, State.UNANSWERED]
    assert [item.answer.state for item in house.questions(after)] == states
    assert stage(house, after) is Stage.OPEN
    item = house.questions(after)[0]
    edited = house.review.edit(house.sales, item.id, item.version, choice="No", text="Not any more.")
    assert edited.answer.state is State.DRAFTED
    assert house.questions(key)[0].answer.text == "All disks are encrypted."
    assert stage(house, key) is Stage.SENT
    house.completion.complete(house.sales, after)
    rounds = house.renewing.rounds(house.sales, after)
    assert [(one.number, bool(one.sendings)) for one in rounds.rounds] == [(1, True), (2, False)]
    assert rounds.comparison is not None
    assert len(rounds.comparison.same) == 3


def test_an_approval_whose_source_changed_since_goes_back_in_the_new_round(house: House) -> None:
    key, done = completed(house)
    house.sent.note(house.sales, done.id, "Ann")
    house.folder.passages = house.folder.passages[1:]
    house.folder.revision += 1
    house.knowledge.refresh()
    after = house.renewing.reopen(house.sales, key)
    first, second, _ = house.questions(after)
    assert (first.answer.state, second.answer.state) == (State.DRAFTED, State.APPROVED)
    assert "parcel.md changed" in first.answer.objection


def test_an_approval_by_somebody_who_left_goes_back_in_the_new_round(house: House) -> None:
    key, done = completed(house)
    house.sent.note(house.sales, done.id, "Ann")
    with house.store.writing() as tx:
        account = tx.people.get(house.reviewer.id)
        assert account is not None
        tx.people.update(replace(account, active=False))
    after = house.renewing.reopen(house.sales, key)
    assert "no reviewer any more" in house.questions(after)[0].answer.objection


def test_only_what_was_completed_gets_a_new_round_and_only_one(house: House) -> None:
    with pytest.raises(StateError, match="can still be changed"):
        house.renewing.reopen(house.sales, house.upload())
    key, done = completed(house)
    house.sent.note(house.sales, done.id, "Ann")
    house.renewing.reopen(house.sales, key)
    with pytest.raises(StateError, match="already"):
        house.renewing.reopen(house.reviewer, key)


def test_members_of_a_restricted_one_see_its_next_round(house: House) -> None:
    key, done = completed(house)
    house.sent.note(house.sales, done.id, "Ann")
    version = house.review.desk(house.sales, key).record.version
    house.sharing.restrict(house.sales, key, version, restricted=True)
    house.sharing.add(house.sales, key, house.reviewer.id)
    after = house.renewing.reopen(house.sales, key)
    access = house.sharing.access(house.sales, after)
    assert access.record.restricted
    assert [member.id for member in access.members] == [house.reviewer.id]


def test_what_is_sent_while_another_document_is_made_of_it_stays_sent(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = house.upload()
    first = house.questions(key)[0]
    house.review.approve(house.reviewer, first.id, first.version)
    done, fill = house.completion.complete(house.sales, key), house.documents.fill

    def while_sent(file: bytes, entries: Sequence[Entry], name: str = "") -> bytes:
        house.sent.note(house.sales, done.id, "Bob")
        return fill(file, entries, name)

    monkeypatch.setattr(house.documents, "fill", while_sent)
    with pytest.raises(StateError, match="Open a new round"):
        house.completion.complete(house.sales, key)
    assert house.review.frame(house.sales, key).record.stage is Stage.SENT


def test_no_document_is_kept_that_was_made_for_another_customer(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    key = house.upload()
    first = house.questions(key)[0]
    house.review.approve(house.reviewer, first.id, first.version)
    fill = house.documents.fill

    def while_changed(file: bytes, entries: Sequence[Entry], name: str = "") -> bytes:
        version = house.review.frame(house.sales, key).record.version
        house.keeping.change(house.sales, key, version, customer="Globex", due=None)
        return fill(file, entries, name)

    monkeypatch.setattr(house.documents, "fill", while_changed)
    with pytest.raises(ConflictError, match="complete it again"):
        house.completion.complete(house.sales, key)
    assert house.completion.documents(house.sales, key) == []


def test_an_earlier_round_is_shown_to_those_who_see_all_of_it(house: House) -> None:
    key, done = completed(house)
    assign(house, Role.REVIEWER, key, 0)
    record = house.review.frame(house.sales, key).record
    house.sharing.restrict(house.sales, key, record.version, restricted=True)
    house.sent.note(house.sales, done.id, "Bob")
    after = house.renewing.reopen(house.sales, key)
    record = house.review.frame(house.sales, after).record
    house.sharing.restrict(house.sales, after, record.version, restricted=False)
    rounds = house.renewing.rounds(house.reviewer, after)
    assert [past.record.id for past in rounds.rounds] == [after]
    assert rounds.comparison is None


def test_what_was_completed_and_not_sent_goes_to_the_archive_when_a_new_round_is_opened(house: House) -> None:
    key, _ = completed(house)
    after = house.renewing.reopen(house.sales, key)
    assert house.review.desk(house.sales, key).record.archived is not None
    assert house.review.desk(house.sales, after).record.archived is None


def test_whoever_has_a_question_has_it_in_the_new_round_and_is_told(house: House) -> None:
    key, done = completed(house)
    first, _, last = house.questions(key)
    past = (house.clock() - timedelta(days=1)).date()
    later = (house.clock() + timedelta(days=9)).date()
    house.assigning.assign(house.sales, key, [first.id], house.expert.id, later)
    house.assigning.assign(house.sales, key, [last.id], house.expert.id, later)
    with house.store.writing() as tx:
        tx.assignments.put([replace(tx.assignments.of(key)[last.id], due=past)])
    house.sent.note(house.sales, done.id, "Ann")
    after = house.renewing.reopen(house.sales, key)
    mine = house.review.desk(house.expert, after)
    assert [(item.question.text, mine.assigned[item.id].due) for item in mine.questions] == [
        (first.question.text, later),
        (last.question.text, None),
    ]
    with house.store.reading() as tx:
        told = tx.notifications.of(house.expert.id)[0]
    assert (told.subject, told.text) == (
        f"questionnaire {after}",
        "Sales opened a new round of Acme, acme.xlsx: 1 with you",
    )


def test_whoever_left_has_nothing_in_the_new_round(house: House) -> None:
    key, done = completed(house)
    last = house.questions(key)[2]
    house.assigning.assign(house.sales, key, [last.id], house.expert.id, None)
    house.sent.note(house.sales, done.id, "Ann")
    with house.store.writing() as tx:
        account = tx.people.get(house.expert.id)
        assert account is not None
        tx.people.update(replace(account, active=False))
    after = house.renewing.reopen(house.sales, key)
    assert house.review.desk(house.sales, after).assigned == {}


def test_what_was_said_stays_with_the_question_in_the_new_round(house: House) -> None:
    key, done = completed(house)
    first, second, _ = house.questions(key)
    said = house.commenting.add(house.reviewer, first.id, "Ask the data centre.").comment
    gone = house.commenting.add(house.reviewer, second.id, "Never mind.").comment
    house.commenting.remove(house.reviewer, gone.id)
    house.sent.note(house.sales, done.id, "Ann")
    house.clock.advance(days=30)
    after = house.renewing.reopen(house.sales, key)
    here = house.questions(after)
    (kept,) = house.commenting.of(house.sales, here[0].id)
    assert (kept.text, kept.by, kept.at) == (said.text, said.by, said.at)
    assert kept.at < house.review.frame(house.sales, after).record.created, "by this it is known as an earlier one"
    assert house.commenting.of(house.sales, here[1].id) == []
    house.commenting.remove(house.reviewer, kept.id)
    assert house.commenting.of(house.sales, first.id) == [said], "what was said then stays as it was"
