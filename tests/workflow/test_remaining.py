"""What is left of one questionnaire, and who has it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.answer import State
from assistant.errors import NotFoundError
from assistant.people import Role
from assistant.workflow.assigning import Assigning
from assistant.workflow.remaining import Remaining
from tests.workflow.conftest import House

DOG, CAT, DISKS = "Do you have a dog ?", "Do you have a cat ?", "Are disks encrypted ?"


@pytest.fixture
def remaining(house: House) -> Remaining:
    return Remaining(house.store)


@pytest.fixture
def assigning(house: House) -> Assigning:
    return Assigning(house.store, house.clock)


def test_what_is_left_is_told_by_who_has_it_and_what_nobody_has_comes_last(
    house: House, remaining: Remaining, assigning: Assigning
) -> None:
    key = house.upload(DOG, CAT, DISKS)
    dog, *_ = house.questions(key)
    tomorrow = house.clock().date() + timedelta(days=1)
    assigning.assign(house.sales, key, [dog.id], house.expert.id, tomorrow)
    left = remaining.of(house.sales, key)
    assert [(share.name, len(share.questions), share.waiting) for share in left.shares] == [
        ("Expert", 1, 1),
        ("", 2, 0),
    ]
    assert (left.open, left.total) == (3, 3)
    assert left.shares[0].overdue(tomorrow) == 0
    assert left.shares[0].overdue(tomorrow + timedelta(days=1)) == 1
    assert left.shares[1].count(State.DRAFTED) == 1


def test_what_is_approved_or_stands_in_the_file_is_not_left(house: House, remaining: Remaining) -> None:
    key = house.upload(DISKS, "Do you have a dog ? (filled)")
    item = house.questions(key)[0]
    house.review.approve(house.reviewer, item.id, item.version)
    assert remaining.of(house.sales, key).shares == ()


def test_an_expert_sees_their_own_share_and_nothing_where_they_have_none(
    house: House, remaining: Remaining, assigning: Assigning
) -> None:
    key = house.upload(DOG, CAT)
    with pytest.raises(NotFoundError):
        remaining.of(house.expert, key)
    assigning.assign(house.sales, key, [house.questions(key)[1].id], house.expert.id, None)
    left = remaining.of(house.expert, key)
    assert [[item.question.text for item, _ in share.questions] for share in left.shares] == [[CAT]]


def test_two_people_of_one_name_have_a_share_each(house: House, remaining: Remaining, assigning: Assigning) -> None:
    key = house.upload(DOG, CAT)
    dog, cat = house.questions(key)
    with house.store.writing() as tx:
        twin = tx.people.add("twin@example.com", "Expert", Role.EXPERT, "hash").person
    assigning.assign(house.sales, key, [dog.id], house.expert.id, None)
    assigning.assign(house.sales, key, [cat.id], twin.id, None)
    assert {share.person for share in remaining.of(house.sales, key).shares} == {house.expert.id, twin.id}
