"""Who has which question, who is told, and what an expert sees of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from assistant.errors import InvalidValueError, NotFoundError, PermissionDeniedError, StateError
from assistant.people import Role
from assistant.storage.people import People
from assistant.workflow.notifying import Kind, Notification
from tests.workflow.conftest import House

SOON = date(2026, 3, 9)


def told(house: House, role: Role) -> list[Notification]:
    with house.store.reading() as tx:
        return tx.notifications.of(house.people[role].id)


def test_an_expert_sees_what_was_assigned_and_nothing_else(house: House) -> None:
    key = house.upload()
    first, second, _ = house.questions(key)
    with pytest.raises(NotFoundError):
        house.review.desk(house.expert, key)
    house.assigning.assign(house.sales, key, [second.id], house.expert.id, SOON)
    assert [item.id for item in house.review.desk(house.expert, key).questions] == [second.id]
    around = house.review.around(house.expert, second.id)
    assert around.outline == ((second.id, second.answer.state),)
    house.review.edit(house.expert, second.id, second.version, choice="Yes", text="For 90 days.")
    with pytest.raises(NotFoundError):
        house.review.edit(house.expert, first.id, first.version, choice="Yes", text="Not mine.")


def test_one_question_is_told_as_itself_and_several_as_one_thing(house: House) -> None:
    key = house.upload()
    ids = [item.id for item in house.questions(key)]
    assert house.assigning.assign(house.sales, key, ids[:1], house.expert.id, SOON) == 1
    assert house.assigning.assign(house.reviewer, key, ids, house.expert.id, SOON) == 2
    several, one = told(house, Role.EXPERT)
    assert (one.kind, one.subject, one.text) == (
        Kind.ASSIGNED,
        f"question {ids[0]}",
        "Sales gave you #1 of Acme, due 9 Mar 2026",
    )
    assert (several.subject, several.text) == (
        f"questionnaire {key}",
        "Reviewer gave you 2 questions of Acme, due 9 Mar 2026",
    )


def test_whoever_has_a_question_of_a_restricted_one_hands_it_on_to_nobody(house: House) -> None:
    key = house.upload()
    first = house.questions(key)[0]
    version = house.review.frame(house.sales, key).record.version
    house.sharing.restrict(house.sales, key, version, restricted=True)
    house.assigning.assign(house.sales, key, [first.id], house.reviewer.id, None)
    with pytest.raises(PermissionDeniedError, match="assigned to you"):
        house.assigning.assign(house.reviewer, key, [first.id], house.expert.id, None)
    assert house.assigning.unassign(house.reviewer, key, [first.id]) == 1


def test_names_are_read_once_however_many_questions_are_given_to_somebody_else(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = house.upload()
    ids = [item.id for item in house.questions(key)]
    house.assigning.assign(house.sales, key, ids, house.expert.id, None)
    reads, names = [], People.names

    def counted(self: People) -> Mapping[int, str]:
        reads.append(self)
        return names(self)

    monkeypatch.setattr(People, "names", counted)
    house.assigning.assign(house.sales, key, ids, house.reviewer.id, None)
    house.assigning.unassign(house.sales, key, ids)
    assert len(reads) == 2, "one reading for each act"


def test_giving_the_same_again_tells_nobody(house: House) -> None:
    key = house.upload()
    ids = [item.id for item in house.questions(key)]
    for expected in (3, 0):
        assert house.assigning.assign(house.sales, key, ids, house.expert.id, None) == expected
    assert len(told(house, Role.EXPERT)) == 1
    with house.store.reading() as tx:
        assert [event.action for event in tx.audit.events(f"question {ids[0]}")] == ["assigned"]


def test_questions_of_another_questionnaire_are_left_alone(house: House) -> None:
    key, other = house.upload(), house.upload(customer="Globex")
    strange = house.questions(other)[0]
    assert house.assigning.assign(house.sales, key, [strange.id], house.expert.id, None) == 0


def test_experts_hand_back_their_own_but_give_nothing_to_others(house: House) -> None:
    key = house.upload()
    first, second, _ = house.questions(key)
    house.assigning.assign(house.sales, key, [first.id, second.id], house.expert.id, None)
    with pytest.raises(PermissionDeniedError):
        house.assigning.assign(house.expert, key, [first.id], house.sales.id, None)
    assert house.assigning.unassign(house.expert, key, [first.id]) == 1
    assert told(house, Role.SALES)[0].text == "Expert handed #1 of Acme back"
    assert [item.id for item in house.review.desk(house.expert, key).questions] == [second.id]


def test_nobody_is_given_anything_for_yesterday_or_without_an_account(house: House) -> None:
    key = house.upload()
    ids = [item.id for item in house.questions(key)]
    with pytest.raises(InvalidValueError, match="has passed"):
        house.assigning.assign(house.sales, key, ids, house.expert.id, date(2026, 3, 1))
    with pytest.raises(InvalidValueError, match="account"):
        house.assigning.assign(house.sales, key, ids, 999, None)


def test_before_the_layout_is_confirmed_there_is_nothing_to_assign(house: House) -> None:
    key = house.upload(draft=False)
    with pytest.raises(StateError):
        house.assigning.assign(house.sales, key, [1], house.expert.id, None)


def test_the_queue_is_over_all_questionnaires_and_begins_with_what_waits_longest(house: House) -> None:
    one, other = house.upload(), house.upload(customer="Globex")
    first, second, _ = house.questions(one)
    strange = house.questions(other)[0]
    house.assigning.assign(house.sales, one, [first.id], house.expert.id, None)
    house.assigning.assign(house.sales, one, [second.id], house.expert.id, date(2026, 3, 20))
    house.assigning.assign(house.sales, other, [strange.id], house.expert.id, SOON)
    assert [task.item.id for task in house.assigning.queue(house.expert)] == [strange.id, second.id, first.id]
    assert house.assigning.waiting(house.expert) == 3
    house.review.submit(house.expert, strange.id, strange.version)
    assert [(task.item.id, task.waits) for task in house.assigning.queue(house.expert)] == [
        (second.id, True),
        (first.id, True),
        (strange.id, False),
    ]
    assert house.assigning.waiting(house.expert) == 2


def test_what_was_submitted_waits_for_a_reviewer_who_has_it(house: House) -> None:
    key = house.upload()
    item = house.questions(key)[0]
    house.assigning.assign(house.sales, key, [item.id], house.reviewer.id, None)
    item = house.review.submit(house.sales, item.id, item.version)
    assert house.assigning.waiting(house.reviewer) == 1
    house.review.approve(house.reviewer, item.id, item.version)
    assert house.assigning.waiting(house.reviewer) == 0


def test_a_rejection_is_told_to_the_author_and_to_whoever_has_the_question(house: House) -> None:
    key = house.upload()
    item = house.questions(key)[0]
    house.assigning.assign(house.sales, key, [item.id], house.expert.id, None)
    item = house.review.edit(house.sales, item.id, item.version, choice="Yes", text="They are.")
    house.review.reject(house.reviewer, item.id, item.version, "Say how.", wrong_source=False)
    for role in (Role.SALES, Role.EXPERT):
        last = told(house, role)[0]
        assert (last.kind, last.text) == (Kind.REJECTED, "Reviewer sent #1 of Acme back: Say how.")
    assert told(house, Role.REVIEWER) == []
