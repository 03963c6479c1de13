"""Taking back one's own last change: safe, step by step, and never an approval by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.answer import State
from assistant.errors import ConflictError, NotFoundError, StateError
from assistant.people import Role
from assistant.workflow.invitations import token_hash
from assistant.workflow.records import QuestionRecord, Session
from tests.workflow.conftest import ENCRYPTION, GAP, LOGS, House


@pytest.fixture
def signed_in(house: House) -> House:
    with house.store.writing() as tx:
        for role, person in house.people.items():
            now = house.clock()
            tx.people.add_session(Session(token_hash(role.value), person.id, now, now, now + timedelta(days=1)))
    return house


def undo(house: House, key: int, role: Role = Role.REVIEWER) -> tuple[QuestionRecord, str]:
    return house.undoing.undo(house.people[role], key, role.value)


def test_an_approval_is_taken_back_to_what_stood_before(signed_in: House) -> None:
    house = signed_in
    key = house.upload(ENCRYPTION)
    before = house.questions(key)[0]
    approved = house.review.approve(house.reviewer, before.id, before.version)
    item, action = undo(house, key)
    assert action == "approved"
    assert item.answer == before.answer
    assert item.version == approved.version + 1
    with house.store.reading() as tx:
        event = tx.audit.events(item.subject)[0]
    assert (event.by, event.action, (event.after or {})["taken back"]) == (house.reviewer.id, "took back", "approved")


def test_correcting_and_approving_are_taken_back_one_after_the_other(signed_in: House) -> None:
    house = signed_in
    key = house.upload(ENCRYPTION)
    before = house.questions(key)[0]
    edited = house.review.edit(house.reviewer, before.id, before.version, choice="No", text="They are not.")
    house.review.approve(house.reviewer, edited.id, edited.version)
    assert undo(house, key)[0].answer == edited.answer
    item, action = undo(house, key)
    assert (action, item.answer) == ("edited", before.answer)
    assert item.answer.citations, "with the sources it rested on"
    with pytest.raises(StateError, match="nothing of yours"):
        undo(house, key)


def test_taking_back_is_no_opening(signed_in: House) -> None:
    house = signed_in
    key = house.upload(ENCRYPTION)
    item = house.questions(key)[0]
    house.bulk.submit(house.reviewer, key, [item.id])
    undo(house, key)
    assert house.bulk.approve(house.reviewer, key, [item.id]).done == ()


def test_several_questions_are_taken_back_in_the_order_of_the_acts(signed_in: House) -> None:
    house = signed_in
    key = house.upload(ENCRYPTION, LOGS)
    items = house.questions(key)
    for item in items:
        house.review.approve(house.reviewer, item.id, item.version)
    assert [undo(house, key)[0].id for _ in items] == [item.id for item in reversed(items)]


def test_what_was_approved_before_an_edit_is_not_approved_again_by_itself(signed_in: House) -> None:
    house = signed_in
    key = house.upload(ENCRYPTION)
    item = house.questions(key)[0]
    item = house.review.approve(house.reviewer, item.id, item.version)
    house.review.edit(house.sales, item.id, item.version, choice="No", text="They are not.")
    back, _ = undo(house, key, Role.SALES)
    assert (back.answer.text, back.answer.choice) == (item.answer.text, item.answer.choice)
    assert (back.answer.state, back.answer.approval) == (State.DRAFTED, None)


def test_a_rejection_is_taken_back_with_what_it_said_of_the_sources(signed_in: House) -> None:
    house = signed_in
    key = house.upload(ENCRYPTION)
    item = house.questions(key)[0]
    item = house.review.submit(house.sales, item.id, item.version)
    house.review.reject(house.reviewer, item.id, item.version, "Another source.", wrong_source=True)
    back, action = undo(house, key)
    assert (action, back.answer) == ("rejected", item.answer)
    with house.store.reading() as tx:
        assert tx.library.rejected() == frozenset()


def test_a_source_that_was_turned_down_before_stays_so(signed_in: House) -> None:
    house = signed_in
    key = house.upload(ENCRYPTION)
    item = house.questions(key)[0]
    pair = (house.matching.question_key(ENCRYPTION), item.answer.citations[0].digest)
    with house.store.writing() as tx:
        tx.library.reject(*pair, house.administrator.id, house.clock())
    house.review.reject(house.reviewer, item.id, item.version, "Another source.", wrong_source=True)
    undo(house, key)
    with house.store.reading() as tx:
        assert tx.library.rejected() == {pair}


def test_what_somebody_changed_since_stays_and_the_next_one_can_be_taken_back(signed_in: House) -> None:
    house = signed_in
    key = house.upload(ENCRYPTION, LOGS)
    first, second = house.questions(key)
    house.review.approve(house.reviewer, first.id, first.version)
    second = house.review.edit(house.reviewer, second.id, second.version, choice="Yes", text="Mine.")
    theirs = house.review.edit(house.sales, second.id, second.version, choice="Yes", text="Theirs.")
    with pytest.raises(ConflictError, match="#2 was changed since"):
        undo(house, key)
    assert house.review.question(house.sales, second.id) == theirs
    assert undo(house, key)[0].id == first.id


def test_edits_at_one_sitting_are_taken_back_together(signed_in: House) -> None:
    house = signed_in
    key = house.upload(GAP)
    before = item = house.questions(key)[0]
    for text in ("A", "A dog", "A dog is"):
        house.clock.advance(minutes=1)
        item = house.review.edit(house.sales, item.id, item.version, choice="No", text=text)
    house.clock.advance(minutes=11)
    later = house.review.edit(house.sales, item.id, item.version, choice="No", text="No dog.")
    assert later.answer.text == "No dog."
    assert undo(house, key, Role.SALES)[0].answer.text == "A dog is"
    assert undo(house, key, Role.SALES)[0].answer == before.answer


def test_what_was_done_before_signing_in_stays(signed_in: House) -> None:
    house = signed_in
    key = house.upload(ENCRYPTION)
    item = house.questions(key)[0]
    house.review.approve(house.reviewer, item.id, item.version)
    house.clock.advance(hours=1)
    with house.store.writing() as tx:
        now = house.clock()
        tx.people.add_session(Session(token_hash("later"), house.reviewer.id, now, now, now + timedelta(days=1)))
    with pytest.raises(StateError):
        house.undoing.undo(house.reviewer, key, "later")
    with pytest.raises(StateError):
        house.undoing.undo(house.reviewer, key, "no session")


def test_nobody_takes_back_what_others_did(signed_in: House) -> None:
    house = signed_in
    key = house.upload(ENCRYPTION)
    item = house.questions(key)[0]
    house.review.approve(house.reviewer, item.id, item.version)
    with pytest.raises(StateError):
        undo(house, key, Role.ADMINISTRATOR)
    with pytest.raises(NotFoundError):
        undo(house, key, Role.EXPERT)


def test_what_somebody_has_no_longer_is_not_taken_back_by_them(signed_in: House) -> None:
    house = signed_in
    key = house.upload(ENCRYPTION, LOGS)
    first, second = house.questions(key)
    house.assigning.assign(house.sales, key, [first.id, second.id], house.expert.id, None)
    house.review.submit(house.expert, first.id, first.version)
    house.review.submit(house.expert, second.id, second.version)
    house.assigning.unassign(house.sales, key, [second.id])
    with pytest.raises(ConflictError, match="not with you any more"):
        undo(house, key, Role.EXPERT)
    assert undo(house, key, Role.EXPERT)[0].id == first.id


def test_what_was_sent_is_not_changed_by_taking_back(signed_in: House) -> None:
    house = signed_in
    key = house.upload(ENCRYPTION)
    item = house.questions(key)[0]
    house.review.approve(house.reviewer, item.id, item.version)
    with house.store.writing() as tx:
        record = tx.questionnaires.get(key)
        tx.questionnaires.update(replace(record, stage=type(record.stage).SENT))
    with pytest.raises(StateError, match="was sent"):
        undo(house, key)
