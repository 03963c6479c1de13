"""Who sees which questionnaire and which of its questions, over both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import State
from assistant.errors import AssistantError, ConflictError, InvalidValueError, NotFoundError, PermissionDeniedError
from assistant.people import Role
from assistant.workflow.assignments import Assignment
from assistant.workflow.overview import Overview
from tests.workflow.conftest import House


def assign(house: House, role: Role, questionnaire: int, *positions: int) -> list[int]:
    """Give the questions at these positions to the person of that role; return their ids."""
    ids = [house.questions(questionnaire)[position].id for position in positions]
    with house.store.writing() as tx:
        tx.assignments.put(
            [Assignment(key, questionnaire, house.people[role].id, None, house.sales.id, house.clock()) for key in ids]
        )
    return ids


def restricted(house: House) -> int:
    key = house.upload()
    version = house.review.desk(house.sales, key).record.version
    house.sharing.restrict(house.sales, key, version, restricted=True)
    return key


def listed(house: House, role: Role) -> list[int]:
    return [row.record.id for row in Overview(house.store).questionnaires(house.people[role])]


@pytest.mark.parametrize("role", [Role.SALES, Role.REVIEWER, Role.ADMINISTRATOR])
def test_everybody_but_experts_sees_every_questionnaire(house: House, role: Role) -> None:
    key = house.upload()
    assert listed(house, role) == [key]
    assert len(house.review.desk(house.people[role], key).questions) == 3


def test_an_expert_sees_nothing_without_an_assignment(house: House) -> None:
    key = house.upload()
    assert listed(house, Role.EXPERT) == []
    assert Overview(house.store).customers(house.expert) == []
    with pytest.raises(NotFoundError, match="no such questionnaire"):
        house.review.desk(house.expert, key)


def test_an_expert_sees_and_answers_the_questions_assigned_to_them_and_no_other(house: House) -> None:
    key = house.upload()
    (mine,) = assign(house, Role.EXPERT, key, 2)
    desk = house.review.desk(house.expert, key)
    assert [item.id for item in desk.questions] == [mine]
    assert (desk.tally.total, desk.whole) == (1, False)
    house.review.edit(house.expert, mine, desk.questions[0].version, choice="No", text="We have no dog.")
    with pytest.raises(NotFoundError, match="no such question"):
        house.review.question(house.expert, house.questions(key)[0].id)
    assert house.bulk.submit(house.expert, key, [item.id for item in house.questions(key)]).done == (mine,)
    states = [item.answer.state for item in house.questions(key)]
    assert states == [State.DRAFTED, State.DRAFTED, State.SUBMITTED]


def test_an_expert_is_not_told_who_has_the_other_questions_nor_how_they_are_discussed(house: House) -> None:
    key = house.upload()
    (mine,) = assign(house, Role.EXPERT, key, 2)
    (other,) = assign(house, Role.REVIEWER, key, 0)
    house.commenting.add(house.sales, other, "Between us.")
    for desk in (house.review.desk(house.expert, key), house.review.around(house.expert, mine)):
        assert (set(desk.assigned), dict(desk.comments)) == ({mine}, {})
    assert set(house.review.frame(house.sales, key).assigned) == {mine, other}


def test_the_list_counts_for_an_expert_what_is_theirs(house: House) -> None:
    key = house.upload()
    assign(house, Role.EXPERT, key, 0, 2)
    (row,) = Overview(house.store).questionnaires(house.expert)
    assert (row.tally.total, row.tally.unanswered, row.wants(house.expert)) == (2, 1, "2 assigned to you")


def test_a_restricted_one_is_seen_by_its_owner_its_members_and_administrators(house: House) -> None:
    key = restricted(house)
    with pytest.raises(NotFoundError):
        house.review.desk(house.reviewer, key)
    assert [listed(house, role) for role in (Role.SALES, Role.REVIEWER, Role.ADMINISTRATOR)] == [[key], [], [key]]
    house.sharing.add(house.sales, key, house.reviewer.id)
    assert listed(house, Role.REVIEWER) == [key]
    house.sharing.remove(house.sales, key, house.reviewer.id)
    assert listed(house, Role.REVIEWER) == []


def test_whoever_has_a_question_of_a_restricted_one_sees_that_question(house: House) -> None:
    key = restricted(house)
    (mine,) = assign(house, Role.REVIEWER, key, 1)
    assert [item.id for item in house.review.desk(house.reviewer, key).questions] == [mine]
    with pytest.raises(PermissionDeniedError, match="assigned to you"):
        house.completion.preflight(house.reviewer, key)


def test_only_the_owner_and_administrators_say_who_sees_it(house: House) -> None:
    key = house.upload()
    version = house.review.desk(house.sales, key).record.version
    with pytest.raises(PermissionDeniedError, match="owner"):
        house.sharing.restrict(house.reviewer, key, version, restricted=True)
    house.sharing.restrict(house.administrator, key, version, restricted=True)
    with pytest.raises(ConflictError):
        house.sharing.restrict(house.sales, key, version, restricted=False)


def test_members_are_people_who_would_not_see_it_otherwise(house: House) -> None:
    key = restricted(house)
    access = house.sharing.access(house.sales, key)
    assert [account.id for account in access.others] == [house.reviewer.id]
    for person in (house.expert, house.sales, house.administrator):
        with pytest.raises(InvalidValueError):
            house.sharing.add(house.sales, key, person.id)


def test_a_new_owner_sees_it_and_only_the_old_one_hands_a_restricted_one_on(house: House) -> None:
    key = restricted(house)
    house.sharing.add(house.sales, key, house.reviewer.id)
    version = house.review.desk(house.sales, key).record.version
    with pytest.raises(PermissionDeniedError):
        house.keeping.change(house.reviewer, key, version, customer="Acme", due=None, owner=house.reviewer.id)
    with pytest.raises(InvalidValueError, match="owner"):
        house.keeping.change(house.sales, key, version, customer="Acme", due=None, owner=house.expert.id)
    house.keeping.change(house.sales, key, version, customer="Acme", due=None, owner=house.reviewer.id)
    assert listed(house, Role.SALES) == []
    assert listed(house, Role.REVIEWER) == [key]
    with house.store.reading() as tx:
        told = tx.notifications.of(house.reviewer.id)
    assert [(note.subject, note.text) for note in told] == [
        (f"questionnaire {key}", "Sales handed Acme, acme.xlsx on to you")
    ]


USE_CASES: dict[str, Callable[[House, int, int], object]] = {
    "desk": lambda h, key, _: h.review.desk(h.reviewer, key),
    "question": lambda h, _, question: h.review.question(h.reviewer, question),
    "around": lambda h, _, question: h.review.around(h.reviewer, question),
    "sources": lambda h, _, question: h.review.sources(h.reviewer, question),
    "history": lambda h, _, question: h.review.history(h.reviewer, question),
    "edit": lambda h, _, question: h.review.edit(h.reviewer, question, 2, choice="No", text=""),
    "settle": lambda h, _, question: h.review.settle(h.reviewer, question, 2),
    "submit": lambda h, _, question: h.review.submit(h.reviewer, question, 2),
    "submit together": lambda h, key, question: h.bulk.submit(h.reviewer, key, [question]),
    "approve": lambda h, _, question: h.review.approve(h.reviewer, question, 2),
    "undo": lambda h, key, _: h.undoing.undo(h.reviewer, key, "token"),
    "reject": lambda h, _, question: h.review.reject(h.reviewer, question, 2, "no", wrong_source=False),
    "take into the library": lambda h, _, question: h.library.take(h.reviewer, question),
    "layout": lambda h, key, _: h.layouts.view(h.reviewer, key),
    "undo a correction": lambda h, key, _: h.layouts.undo(h.reviewer, key, 1),
    "confirm": lambda h, key, _: h.layouts.confirm(h.reviewer, key, 1),
    "preflight": lambda h, key, _: h.completion.preflight(h.reviewer, key),
    "complete": lambda h, key, _: h.completion.complete(h.reviewer, key),
    "documents": lambda h, key, _: h.completion.documents(h.reviewer, key),
    "original": lambda h, key, _: h.completion.original(h.reviewer, key),
    "sendings": lambda h, key, _: h.sent.of(h.reviewer, key),
    "draft again": lambda h, key, _: h.keeping.draft_again(h.reviewer, key),
    "how many again": lambda h, key, _: h.keeping.draft_again(h.reviewer, key),
    "change": lambda h, key, _: h.keeping.change(h.reviewer, key, 1, customer="B", due=None),
    "archive": lambda h, key, _: h.keeping.archive(h.reviewer, key, archived=True),
    "delete": lambda h, key, _: h.keeping.delete(h.reviewer, key),
    "stage": lambda h, key, _: h.keeping.stage(h.reviewer, key),
    "owners": lambda h, key, _: h.keeping.owners(h.reviewer, key),
    "access": lambda h, key, _: h.sharing.access(h.reviewer, key),
    "restrict": lambda h, key, _: h.sharing.restrict(h.reviewer, key, 1, restricted=False),
    "add a member": lambda h, key, _: h.sharing.add(h.reviewer, key, h.reviewer.id),
    "remove a member": lambda h, key, _: h.sharing.remove(h.reviewer, key, h.reviewer.id),
    "newer version": lambda h, key, _: h.renewing.newer(h.reviewer, key, b"questions\nNew ?", "b.xlsx"),
    "new round": lambda h, key, _: h.renewing.reopen(h.reviewer, key),
    "earlier version": lambda h, key, _: h.recognising.earlier(h.reviewer, key),
    "go on from it": lambda h, key, _: h.recognising.follow(h.reviewer, key, 1),
    "rounds": lambda h, key, _: h.renewing.rounds(h.reviewer, key),
    "later": lambda h, key, _: h.renewing.later(h.reviewer, key),
}


@pytest.mark.parametrize("name", USE_CASES)
def test_no_use_case_tells_an_outsider_that_it_is_there(house: House, name: str) -> None:
    key = restricted(house)
    question = house.questions(key)[0].id
    seen = {}
    for there, numbers in (("hidden", (key, question)), ("missing", (999, 999))):
        with pytest.raises(NotFoundError) as refused:
            USE_CASES[name](house, *numbers)
        seen[there] = str(refused.value)
    assert seen["hidden"] == seen["missing"], "nothing tells a hidden one from a missing one"


def test_a_completed_document_is_hidden_with_its_questionnaire(house: House) -> None:
    key = house.upload()
    item = house.questions(key)[0]
    house.review.approve(house.reviewer, item.id, item.version)
    done = house.completion.complete(house.sales, key)
    version = house.review.desk(house.sales, key).record.version
    house.sharing.restrict(house.sales, key, version, restricted=True)
    acts: list[Callable[[int], object]] = [
        lambda key: house.completion.download(house.reviewer, key),
        lambda key: house.sent.note(house.reviewer, key, "Ann"),
        lambda key: house.sent.answers(house.reviewer, key),
        lambda key: house.sent.document(house.reviewer, key),
    ]
    for act in acts:
        told = []
        for completed in (done.id, 999):
            with pytest.raises(AssistantError) as refused:
                act(completed)
            assert isinstance(refused.value, NotFoundError)
            told.append(str(refused.value))
        assert told[0] == told[1]
