from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.people import Person
from assistant.workflow.assigning import Assigning
from assistant.workflow.notices import Notices
from assistant.workflow.notifying import Kind
from assistant.workflow.records import Stage
from assistant.workflow.reminding import remind_of_due
from tests.workflow.conftest import House


@pytest.fixture
def notices(house: House) -> Notices:
    return Notices(house.store, house.clock)


def tell(house: House, person: Person, subject: str, text: str = "Look", kind: Kind = Kind.ASSIGNED) -> None:
    with house.store.writing() as tx:
        tx.notifications.add(person.id, kind, subject, text, house.sales.id, house.clock())


def due(house: House, key: int, day: date | None) -> None:
    with house.store.writing() as tx:
        tx.questionnaires.update(replace(tx.questionnaires.get(key), due=day))


def texts(house: House, person: Person) -> list[str]:
    with house.store.reading() as tx:
        return [note.text for note in tx.notifications.of(person.id)]


def test_many_of_one_kind_in_one_questionnaire_are_one_line(house: House, notices: Notices) -> None:
    acme, globex = house.upload(), house.upload(customer="Globex")
    for item in house.questions(acme):
        tell(house, house.reviewer, item.subject, f"Look at {item.id}")
    tell(house, house.reviewer, f"questionnaire {acme}", kind=Kind.DUE)
    tell(house, house.reviewer, f"questionnaire {globex}")
    tell(house, house.reviewer, "library entry 7", kind=Kind.REVIEW_DUE)
    tell(house, house.reviewer, "statement parcel.md", kind=Kind.REVIEW_DUE)
    told = notices.told(house.reviewer)
    assert not told.seen
    library, second, first = told.new
    assert (library.questionnaire, library.name, len(library.lines)) == (None, "The library", 1)
    assert library.lines[0].subject == "", "it is about two things"
    assert (second.questionnaire, second.name) == (globex, "Globex, acme.xlsx")
    assert first.name == "Acme, acme.xlsx"
    assert [(line.kind, len(line.notes)) for line in first.lines] == [(Kind.DUE, 1), (Kind.ASSIGNED, 3)]
    assert first.lines[0].subject == f"questionnaire {acme}"


def test_what_was_seen_stands_apart(house: House, notices: Notices) -> None:
    key = house.upload()
    tell(house, house.reviewer, f"questionnaire {key}", "One")
    tell(house, house.reviewer, f"questionnaire {key}", "Two", Kind.MENTIONED)
    assert notices.unseen(house.reviewer) == 2
    (thing,) = notices.told(house.reviewer).new
    notices.see(house.reviewer, thing.lines[0].ids)
    told = notices.told(house.reviewer)
    assert [line.texts for thing in told.new for line in thing.lines] == [["One"]]
    assert [line.texts for thing in told.seen for line in thing.lines] == [["Two"]]
    notices.see(house.reviewer)
    assert notices.unseen(house.reviewer) == 0


def test_nobody_marks_what_somebody_else_was_told(house: House, notices: Notices) -> None:
    key = house.upload()
    tell(house, house.reviewer, f"questionnaire {key}")
    (thing,) = notices.told(house.reviewer).new
    notices.see(house.expert, thing.lines[0].ids)
    notices.see(house.expert)
    assert notices.unseen(house.reviewer) == 1


def test_what_is_gone_or_no_longer_to_be_seen_has_no_name(house: House, notices: Notices) -> None:
    key = house.upload()
    question = house.questions(key)[0].subject
    for subject in (question, f"questionnaire {key}", "question 999"):
        tell(house, house.reviewer, subject)
    with house.store.writing() as tx:
        tx.questionnaires.update(replace(tx.questionnaires.get(key), restricted=True))
    (thing,) = notices.told(house.reviewer).new
    assert (thing.questionnaire, thing.name) == (None, "")
    assert [line.texts for line in thing.lines] == [[]], "what was said of it is not shown either"


def test_who_does_not_have_a_question_any_more_is_not_told_of_it(house: House, notices: Notices) -> None:
    key = house.upload()
    kept, given_back, _ = house.questions(key)
    house.assigning.assign(house.sales, key, [kept.id, given_back.id], house.expert.id, None)
    house.commenting.add(house.reviewer, given_back.id, "Acme threatens to sue")
    house.assigning.unassign(house.sales, key, [given_back.id])
    told = notices.told(house.expert).new
    assert {thing.name: thing.questionnaire for thing in told} == {"Acme, acme.xlsx": key, "": None}
    said = [text for thing in told for line in thing.lines for text in line.texts]
    assert len(said) == 1
    assert "gave you" in said[0]


def test_a_comment_that_was_removed_is_told_no_more(house: House, notices: Notices) -> None:
    key = house.upload()
    item = house.questions(key)[0]
    house.assigning.assign(house.sales, key, [item.id], house.expert.id, None)
    comment = house.commenting.add(house.reviewer, item.id, "@Sales the password is hunter2").comment
    house.clock.advance(minutes=1)
    house.commenting.add(house.reviewer, item.id, "@Sales this one stays")
    house.commenting.remove(house.reviewer, comment.id)
    for person in (house.expert, house.sales):
        said = texts(house, person)[:2]
        assert "this one stays" in said[0]
        assert said[1].startswith("Reviewer removed a comment at ")


def test_an_answer_sent_back_is_told_to_those_who_see_it(house: House) -> None:
    key = house.upload()
    item = house.questions(key)[0]
    item = house.review.edit(house.reviewer, item.id, item.version, choice=None, text="Mine")
    record = house.review.frame(house.sales, key).record
    house.sharing.restrict(house.sales, key, record.version, restricted=True)
    house.review.reject(house.administrator, item.id, item.version, "Globex buys Acme", wrong_source=False)
    assert texts(house, house.reviewer) == []


def test_what_was_switched_off_is_not_told(house: House) -> None:
    key = house.upload()
    with house.store.writing() as tx:
        account = tx.people.get(house.reviewer.id)
        assert account is not None
        tx.people.update(replace(account, muted=(Kind.ASSIGNED.value,)))
    tell(house, house.reviewer, f"questionnaire {key}")
    tell(house, house.reviewer, f"questionnaire {key}", "Due", Kind.DUE)
    assert texts(house, house.reviewer) == ["Due"]


class TestDue:
    def test_an_owner_is_told_two_days_ahead_and_once_more_when_it_is_over(self, house: House) -> None:
        key = house.upload()
        due(house, key, house.clock().date() + timedelta(days=3))
        assert remind_of_due(house.store, house.clock()) == 0
        house.clock.advance(days=1)
        assert [remind_of_due(house.store, house.clock()) for _ in range(2)] == [1, 0]
        assert texts(house, house.sales) == ["Acme, acme.xlsx is due on 5 Mar 2026"]
        house.clock.advance(days=2)
        assert remind_of_due(house.store, house.clock()) == 0, "it is due today, as was told"
        house.clock.advance(days=1)
        assert [remind_of_due(house.store, house.clock()) for _ in range(2)] == [1, 0]
        assert texts(house, house.sales)[0] == "Acme, acme.xlsx was due on 5 Mar 2026"

    def test_a_day_that_was_moved_is_told_again(self, house: House) -> None:
        key, today = house.upload(), house.clock().date()
        for days in (1, 2, 1):
            due(house, key, today + timedelta(days=days))
            remind_of_due(house.store, house.clock())
        assert len(texts(house, house.sales)) == 2

    def test_whoever_has_questions_is_told_one_day_ahead_once_for_all_of_them(self, house: House) -> None:
        key, today = house.upload(), house.clock().date()
        ids = [item.id for item in house.questions(key)]
        Assigning(house.store, house.clock).assign(house.sales, key, ids, house.expert.id, today + timedelta(days=2))
        assert remind_of_due(house.store, house.clock()) == 0
        house.clock.advance(days=1)
        assert [remind_of_due(house.store, house.clock()) for _ in range(2)] == [1, 0]
        assert texts(house, house.expert)[0] == "Questions you have in Acme, acme.xlsx are due on 4 Mar 2026"

    def test_a_question_without_a_day_is_due_with_its_questionnaire(self, house: House) -> None:
        key = house.upload()
        ids = [house.questions(key)[0].id]
        Assigning(house.store, house.clock).assign(house.sales, key, ids, house.expert.id, None)
        due(house, key, house.clock().date())
        remind_of_due(house.store, house.clock())
        assert texts(house, house.expert)[0].endswith("are due on 2 Mar 2026")

    def test_what_waits_for_somebody_else_is_not_due(self, house: House) -> None:
        key = house.upload()
        item = house.questions(key)[0]
        Assigning(house.store, house.clock).assign(house.sales, key, [item.id], house.expert.id, house.clock().date())
        house.review.submit(house.expert, item.id, item.version)
        assert remind_of_due(house.store, house.clock()) == 0

    @pytest.mark.parametrize("change", [{"stage": Stage.SENT}, {"stage": Stage.COMPLETED}, {"archived": True}])
    def test_what_is_done_or_put_away_is_not_due(self, change: dict[str, object], house: House) -> None:
        key = house.upload()
        due(house, key, house.clock().date())
        if "archived" in change:
            change = {"archived": house.clock()}
        with house.store.writing() as tx:
            tx.questionnaires.update(replace(tx.questionnaires.get(key), **change))  # type: ignore[arg-type]
        assert remind_of_due(house.store, house.clock()) == 0

    def test_who_switched_it_off_or_left_is_not_told(self, house: House) -> None:
        due(house, house.upload(), house.clock().date())
        for changes in ({"muted": (Kind.DUE.value,)}, {"active": False, "muted": ()}):
            with house.store.writing() as tx:
                account = tx.people.get(house.sales.id)
                assert account is not None
                tx.people.update(replace(account, **changes))
            assert remind_of_due(house.store, house.clock()) == 0

    def test_the_worker_looks_for_it(self, house: House) -> None:
        due(house, house.upload(), house.clock().date())
        house.worker.start()
        deadline = time.monotonic() + 20
        while not texts(house, house.sales) and time.monotonic() < deadline:
            time.sleep(0.01)
        house.worker.stop()
        assert len(texts(house, house.sales)) == 1


def test_a_draft_nobody_wrote_is_sent_back_to_whoever_owns_the_questionnaire(house: House) -> None:
    item = house.questions(house.upload())[0]
    house.review.reject(house.reviewer, item.id, item.version, "Name the algorithm.", wrong_source=False)
    (told,) = texts(house, house.sales)
    assert told.endswith("of Acme back: Name the algorithm.")
