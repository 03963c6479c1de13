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
from assistant.workflow.undoing import named
from tests.workflow.conftest import ENCRYPTION, GAP, LOGS, House


@pytest.fixture
def signed_in(house: House) -> House:
    with house.store.writing() as tx:
        for role, person in house.people.items():
            now = house.clock()
            tx.people.add_session(Session(token_hash(role.value), person.id, now, now, now + timedelta(days=1)))
    return house


def undo(house: House, key: int, role: Role = Role.REVIEWER) -> tuple[QuestionRecord, str]:
    """Take back what was done to one answer."""
    back = house.undoing.undo(house.people[role], key, role.value)
    (item,) = back.items
    return item, back.action


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
        house.clock.advance(minutes=1)
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


def test_what_one_went_on_with_last_is_taken_back_first(signed_in: House) -> None:
    house = signed_in
    key = house.upload(ENCRYPTION, GAP)
    one, two = house.questions(key)
    one = house.review.edit(house.sales, one.id, one.version, choice="No", text="Some are.")
    house.clock.now += timedelta(minutes=1)
    two = house.review.edit(house.sales, two.id, two.version, choice="No", text="There is none.")
    house.clock.now += timedelta(minutes=1)
    house.review.edit(house.sales, one.id, one.version, choice="No", text="Some are not.")
    assert undo(house, key, Role.SALES)[0].id == one.id
    assert undo(house, key, Role.SALES)[0].id == two.id


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
    for item in (first, second):
        house.review.submit(house.expert, item.id, item.version)
        house.clock.advance(minutes=1)
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


def test_what_was_done_to_many_answers_is_taken_back_as_one(signed_in: House) -> None:
    house = signed_in
    key = house.upload(ENCRYPTION, LOGS, GAP)
    before = house.questions(key)
    house.bulk.submit(house.sales, key, [item.id for item in before])
    back = house.undoing.undo(house.sales, key, Role.SALES.value)
    assert (back.action, back.together) == ("submitted", True)
    assert [item.id for item in back.items] == [item.id for item in before[:2]]
    assert [item.answer for item in house.questions(key)] == [item.answer for item in before]
    with pytest.raises(StateError, match="nothing of yours"):
        undo(house, key, Role.SALES)


def test_of_what_was_done_to_many_answers_those_stay_that_somebody_changed_since_and_are_named(
    signed_in: House,
) -> None:
    house = signed_in
    key = house.upload(ENCRYPTION, LOGS)
    first, second = house.questions(key)
    with house.store.writing() as tx:
        for item in (first, second):
            tx.opened.note(house.reviewer.id, item.id, item.version)
    house.bulk.approve(house.reviewer, key, [first.id, second.id])
    approved = house.questions(key)[1]
    theirs = house.review.edit(house.sales, second.id, approved.version, choice="No", text="Theirs.")
    back = house.undoing.undo(house.reviewer, key, Role.REVIEWER.value)
    assert [item.id for item in back.items] == [first.id]
    assert back.left == (theirs,)
    assert [item.answer.state for item in house.questions(key)] == [State.DRAFTED, State.DRAFTED]
    assert house.review.question(house.sales, second.id) == theirs


def test_what_somebody_changed_since_in_all_answers_is_told_by_name(signed_in: House) -> None:
    house = signed_in
    key = house.upload(ENCRYPTION, LOGS)
    house.bulk.submit(house.sales, key, [item.id for item in house.questions(key)])
    for item in house.questions(key):
        house.review.reject(house.reviewer, item.id, item.version, "No.", wrong_source=False)
    with pytest.raises(ConflictError, match="#1 and #2 were changed since"):
        undo(house, key, Role.SALES)


def test_acts_on_many_answers_are_taken_back_one_after_the_other_also_with_single_ones_between(
    signed_in: House,
) -> None:
    house = signed_in
    key = house.upload(ENCRYPTION, LOGS)
    first, second = drafts = house.questions(key)
    house.bulk.submit(house.reviewer, key, [first.id, second.id])
    submitted = house.questions(key)
    house.clock.advance(minutes=1)
    house.review.approve(house.reviewer, first.id, submitted[0].version)
    assert undo(house, key)[0].answer == submitted[0].answer
    back = house.undoing.undo(house.reviewer, key, Role.REVIEWER.value)
    assert [item.answer for item in back.items] == [item.answer for item in drafts]


def test_what_saved_itself_is_being_written_again_once_handing_it_on_is_taken_back(signed_in: House) -> None:
    house = signed_in
    key = house.upload(GAP)
    item = house.questions(key)[0]
    item = house.review.edit(house.sales, item.id, item.version, choice="No", text="No do", by_itself=True)
    house.review.submit(house.sales, item.id, item.version)
    undo(house, key, Role.SALES)
    assert set(house.review.frame(house.sales, key).typed) == {item.id}


def test_names_beyond_the_first_ones_are_counted(house: House) -> None:
    key = house.upload(*(f"Question {number} ?" for number in range(12)))
    assert named(house.questions(key)[:1]) == "#1"
    assert named(house.questions(key)).endswith("#7, #8 and 4 more")
