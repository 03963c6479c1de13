"""What people say on a question, whom it names, and who hears of it."""

from __future__ import annotations

import pytest

from assistant.errors import InvalidValueError, NotFoundError, PermissionDeniedError
from assistant.people import Role
from assistant.workflow.comments import mentioned
from assistant.workflow.notifying import Kind
from tests.workflow.conftest import House

NAMES = ((1, "Ann Lee"), (2, "Anna Berg"), (3, "Ann Lee Smith"), (4, "Zoë"))


@pytest.mark.parametrize(
    ("text", "accounts"),
    [
        ("@Anna Berg, please look", [2]),
        ("@anna berg please", [2]),
        ("ask @Ann Lee Smith or @Ann Lee.", [3, 1]),
        ("@Anna knows", [2]),
        ("@Ann knows", []),
        ("@Zoë!", [4]),
        ("mail ann@zoë.example", []),
        ("@nobody and @ and @@Zoë", [4]),
        ("(@Zoë)", [4]),
        ("@Zoëy", []),
    ],
)
def test_a_whole_name_is_a_mention_and_a_first_name_where_only_one_has_it(text: str, accounts: list[int]) -> None:
    found = mentioned(text, NAMES)
    assert [account for _, _, account in found] == accounts
    assert all(text[start] == "@" for start, _, _ in found)


def test_a_comment_is_told_to_those_it_names_and_to_whoever_has_the_question(house: House) -> None:
    key = house.upload()
    item = house.questions(key)[0]
    house.assigning.assign(house.sales, key, [item.id], house.expert.id, None)
    said = house.commenting.add(house.sales, item.id, "@Reviewer is this so?")
    assert said.untold == ()
    with house.store.reading() as tx:
        for role, text in (
            (Role.REVIEWER, "Sales mentioned you at #1 of Acme: “@Reviewer is this so?”"),
            (Role.EXPERT, "Sales commented on #1 of Acme, which you have: “@Reviewer is this so?”"),
        ):
            last = tx.notifications.of(house.people[role].id)[0]
            assert (last.kind, last.subject, last.text) == (Kind.MENTIONED, item.subject, text)
    assert [comment.text for comment in house.commenting.of(house.expert, item.id)] == ["@Reviewer is this so?"]
    assert house.review.desk(house.sales, key).comments == {item.id: 1}


def test_whoever_cannot_see_the_question_is_not_told_and_the_author_hears_of_it(house: House) -> None:
    item = house.questions(house.upload())[0]
    said = house.commenting.add(house.sales, item.id, "@Expert, is this so?")
    assert (said.untold, said.comment.mentions) == (("Expert",), ())
    with house.store.reading() as tx:
        assert tx.notifications.of(house.expert.id) == []


def test_only_who_sees_the_question_is_offered(house: House) -> None:
    key = house.upload()
    first, second, _ = house.questions(key)
    house.assigning.assign(house.sales, key, [first.id], house.expert.id, None)

    def offered(by: Role, question: int) -> set[str]:
        return {person.name for person in house.commenting.audience(house.people[by], question)}

    assert offered(Role.SALES, first.id) == {"Expert", "Reviewer", "Administrator"}
    assert offered(Role.SALES, second.id) == {"Reviewer", "Administrator"}
    assert offered(Role.EXPERT, first.id) == {"Sales", "Reviewer", "Administrator"}
    house.sharing.restrict(house.sales, key, house.review.frame(house.sales, key).record.version, restricted=True)
    assert offered(Role.SALES, first.id) == {"Expert", "Administrator"}


@pytest.mark.parametrize(
    ("by", "restricted", "text", "remedy"),
    [
        (Role.REVIEWER, False, "@Expert?", "Assign it to Expert."),
        (Role.SALES, True, "@Reviewer?", "Make Reviewer a member on the page “File”, or assign it."),
        (Role.SALES, True, "@Reviewer @Expert", "Make them a member on the page “File”, or assign it."),
        (Role.EXPERT, True, "@Reviewer?", "Ask Sales to assign it to Reviewer."),
        (Role.SALES, True, "@Administrator?", ""),
    ],
)
def test_what_to_do_is_said_where_somebody_named_cannot_see_the_question(
    house: House, by: Role, restricted: bool, text: str, remedy: str
) -> None:
    key = house.upload()
    first = house.questions(key)[0]
    if by is Role.EXPERT:
        house.assigning.assign(house.sales, key, [first.id], house.expert.id, None)
    if restricted:
        house.sharing.restrict(house.sales, key, house.review.frame(house.sales, key).record.version, restricted=True)
    assert house.commenting.add(house.people[by], first.id, text).remedy == remedy


def test_nobody_speaks_or_listens_where_they_see_nothing(house: House) -> None:
    item = house.questions(house.upload())[0]
    with pytest.raises(NotFoundError):
        house.commenting.add(house.expert, item.id, "Hello?")
    with pytest.raises(NotFoundError):
        house.commenting.of(house.expert, item.id)


@pytest.mark.parametrize("text", ["", " \n", "x" * 5001])
def test_nothing_and_too_much_are_no_comments(text: str, house: House) -> None:
    item = house.questions(house.upload())[0]
    with pytest.raises(InvalidValueError):
        house.commenting.add(house.sales, item.id, text)


def test_ones_own_comment_can_be_removed_and_nobody_elses(house: House) -> None:
    key = house.upload()
    item = house.questions(key)[0]
    comment = house.commenting.add(house.sales, item.id, "Wrong question.").comment
    with pytest.raises(PermissionDeniedError):
        house.commenting.remove(house.administrator, comment.id)
    house.commenting.remove(house.sales, comment.id)
    assert house.commenting.of(house.sales, item.id) == []
    assert house.review.desk(house.sales, key).comments == {}
    with pytest.raises(NotFoundError):
        house.commenting.remove(house.sales, comment.id)
    with house.store.reading() as tx:
        events = tx.audit.events(item.subject)
    assert [event.action for event in events[:2]] == ["removed a comment", "commented"]
    assert "Wrong question." not in str(events), "what was taken away is gone"
