"""What waits for those who approve, and what they are told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.people import Person, Role
from assistant.statement import Scope
from assistant.workflow.approvals import Approvals
from assistant.workflow.invitations import token_hash
from assistant.workflow.notifying import Kind
from assistant.workflow.records import Session, Stage
from assistant.workflow.rescoping import Rescoping
from tests.workflow.conftest import ENCRYPTION, LOGS, House


@pytest.fixture
def approvals(house: House) -> Approvals:
    return Approvals(house.store)


def told(house: House, person: Person) -> list[str]:
    with house.store.reading() as tx:
        return [note.text for note in tx.notifications.of(person.id) if note.kind is Kind.SUBMITTED]


def submit(house: House, key: int, count: int = 1, by: Person | None = None) -> None:
    """Submit so many of the questions that are drafted, each for itself."""
    drafted = [item for item in house.questions(key) if item.answer.state == "drafted"]
    for item in drafted[:count]:
        house.review.submit(by or house.sales, item.id, item.version)


def restrict(house: House, key: int) -> None:
    version = house.review.frame(house.sales, key).record.version
    house.sharing.restrict(house.sales, key, version, restricted=True)


def found(approvals: Approvals, person: Person) -> list[tuple[int, int]]:
    return [(pile.record.id, pile.count) for pile in approvals.piles(person)]


def test_what_came_in_first_stands_first(house: House, approvals: Approvals) -> None:
    early, late = house.upload(), house.upload(customer="Globex")
    submit(house, late)
    house.clock.advance(hours=1)
    submit(house, early, 2)
    assert found(approvals, house.reviewer) == [(late, 1), (early, 2)]
    assert approvals.piles(house.reviewer)[1].since == house.clock()
    assert approvals.count(house.reviewer) == 3


def test_it_waits_since_it_was_submitted_whatever_became_of_the_questionnaire(
    house: House, approvals: Approvals
) -> None:
    key = house.upload(ENCRYPTION, LOGS)
    submit(house, key, 2)
    since = house.clock()
    rescoping = Rescoping(house.store, house.knowledge, house.clock)
    for deployment in ("on-premise", "cloud"):
        house.clock.advance(hours=1)
        version = house.review.frame(house.sales, key).record.version
        rescoping.change(house.sales, key, version, Scope("Parcel", deployment))
        assert approvals.piles(house.reviewer)[0].since == since
    assert found(approvals, house.reviewer) == [(key, 2)], "what went back waits again as well"


def test_in_a_new_round_it_waits_since_that_was_opened(house: House, approvals: Approvals) -> None:
    key = house.upload()
    submit(house, key, 1)
    second = house.questions(key)[1]
    house.review.approve(house.reviewer, second.id, second.version)
    house.completion.complete(house.sales, key)
    house.clock.advance(hours=1)
    after = house.renewing.reopen(house.sales, key)
    assert [(pile.record.id, pile.since) for pile in approvals.piles(house.reviewer)] == [(after, house.clock())]


def test_it_waits_no_more_once_it_was_approved_or_sent_back(house: House, approvals: Approvals) -> None:
    key = house.upload()
    submit(house, key, 2)
    first, second, _ = house.questions(key)
    house.review.approve(house.reviewer, first.id, first.version)
    house.review.reject(house.reviewer, second.id, second.version, "Say how.", wrong_source=False)
    assert (found(approvals, house.reviewer), approvals.count(house.reviewer)) == ([], 0)


def test_who_may_not_approve_has_nothing_to_approve(house: House, approvals: Approvals) -> None:
    submit(house, house.upload())
    for person in (house.sales, house.expert):
        assert (found(approvals, person), approvals.count(person)) == ([], 0)


def test_of_a_restricted_questionnaire_its_members_hear_and_see_alone(house: House, approvals: Approvals) -> None:
    key = house.upload()
    restrict(house, key)
    submit(house, key)
    assert (found(approvals, house.reviewer), told(house, house.reviewer)) == ([], [])
    assert found(approvals, house.administrator) == [(key, 1)]
    house.sharing.add(house.sales, key, house.reviewer.id)
    submit(house, key)
    assert found(approvals, house.reviewer) == [(key, 2)]
    assert told(house, house.reviewer) == ["Sales submitted an answer of Acme's questionnaire"]


@pytest.mark.parametrize("change", [{"stage": Stage.SENT}, {"archived": True}])
def test_what_is_sent_or_put_away_waits_for_nobody(
    change: dict[str, object], house: House, approvals: Approvals
) -> None:
    key = house.upload()
    submit(house, key)
    with house.store.writing() as tx:
        change = {"archived": house.clock()} if "archived" in change else change
        tx.questionnaires.update(replace(tx.questionnaires.get(key), **change))  # type: ignore[arg-type]
    assert (found(approvals, house.reviewer), approvals.count(house.reviewer)) == ([], 0)


def test_what_one_has_oneself_is_counted_once(house: House, approvals: Approvals) -> None:
    key = house.upload()
    submit(house, key, 2)
    first = house.questions(key)[0]
    house.assigning.assign(house.sales, key, [first.id], house.reviewer.id, None)
    assert found(approvals, house.reviewer) == [(key, 2)]
    assert house.assigning.waiting(house.reviewer) + approvals.count(house.reviewer) == 2


def test_one_answer_after_the_other_is_told_as_one_thing_until_it_was_seen(house: House) -> None:
    key = house.upload()
    submit(house, key)
    house.clock.advance(minutes=5)
    submit(house, key)
    assert told(house, house.reviewer) == ["Sales submitted 2 answers of Acme's questionnaire"]
    with house.store.writing() as tx:
        tx.notifications.see(house.reviewer.id, house.clock())
    house.clock.advance(minutes=5)
    first, _, gap = house.questions(key)
    house.review.reject(house.reviewer, first.id, first.version, "Say how.", wrong_source=False)
    gap = house.review.edit(house.sales, gap.id, gap.version, choice="No", text="No dog.")
    house.review.submit(house.sales, gap.id, gap.version)
    assert told(house, house.reviewer) == [
        "Sales submitted an answer of Acme's questionnaire",
        "Sales submitted 2 answers of Acme's questionnaire",
    ]


def test_what_was_taken_back_does_not_count(house: House) -> None:
    key, now = house.upload(), house.clock()
    with house.store.writing() as tx:
        tx.people.add_session(Session(token_hash("here"), house.sales.id, now, now, now + timedelta(days=1)))
    submit(house, key)
    house.undoing.undo(house.sales, key, "here")
    house.clock.advance(minutes=1)
    submit(house, key)
    assert told(house, house.reviewer) == ["Sales submitted an answer of Acme's questionnaire"]


def test_many_at_once_are_told_as_one_thing_to_everybody_but_who_submits(house: House) -> None:
    key = house.upload()
    house.bulk.submit(house.reviewer, key, [item.id for item in house.questions(key)])
    assert told(house, house.administrator) == ["Reviewer submitted 2 answers of Acme's questionnaire"]
    for person in (house.reviewer, house.sales, house.expert):
        assert told(house, person) == []


def test_nothing_submitted_is_nothing_told(house: House) -> None:
    key = house.upload()
    house.bulk.submit(house.sales, key, [])
    assert told(house, house.reviewer) == []


def test_who_switched_it_off_or_left_is_not_told(house: House) -> None:
    key = house.upload()
    with house.store.writing() as tx:
        for role, changes in (
            (Role.REVIEWER, {"muted": (Kind.SUBMITTED.value,)}),
            (Role.ADMINISTRATOR, {"active": False}),
        ):
            account = tx.people.get(house.people[role].id)
            assert account is not None
            tx.people.update(replace(account, **changes))
    submit(house, key)
    assert told(house, house.reviewer) == told(house, house.administrator) == []


def test_under_four_eyes_ones_own_wording_waits_for_others(house: House) -> None:
    key = house.upload()
    item = next(item for item in house.questions(key) if item.answer.state == "drafted")
    changed = house.review.edit(house.reviewer, item.id, item.version, choice=None, text="By me.")
    house.review.submit(house.reviewer, changed.id, changed.version)
    approvals = Approvals(house.store, four_eyes=True)
    assert (found(approvals, house.reviewer), approvals.count(house.reviewer)) == ([], 0)
    assert found(Approvals(house.store), house.reviewer) == [(key, 1)]
