"""The page of what is left: who has what, giving it to others, reminding them; also after completion."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.people import Role
from assistant.wiring import Application
from assistant.workflow.records import Stage
from tests.lantern import person
from tests.web.arranging import assign, drafted
from tests.web.client import CheckingClient


@pytest.fixture
def key(sales: CheckingClient, application: Application) -> int:
    return drafted(sales, application)


def ids(application: Application, key: int) -> list[int]:
    with application.store.reading() as tx:
        return [item.id for item in tx.questionnaires.questions(key)]


def stand(application: Application, key: int, stage: Stage) -> None:
    with application.store.writing() as tx:
        tx.questionnaires.update(replace(tx.questionnaires.get(key), stage=stage))


def test_what_is_chosen_is_given_to_somebody_by_a_day(
    sales: CheckingClient, application: Application, key: int
) -> None:
    first, second, *_ = ids(application, key)
    address, action = f"/questionnaires/{key}/left", f"/questionnaires/{key}/chosen/assign"
    expert = str(person(application, Role.EXPERT).id)
    page = sales.submit(address, action, {"question": [str(first), str(second)], "person": expert, "due": "2999-01-02"})
    assert page.address == address
    assert "2 questions are given to Expert Person." in page.words
    assert "Expert Person 2" in page.words
    assert f"/questionnaires/{key}/review/{first}?person={expert}" in page.text


@pytest.mark.parametrize(("place", "sent_as"), [("left", "assign"), ("table", "submit")])
def test_nobody_is_preset_and_that_nobody_was_chosen_is_said(
    place: str, sent_as: str, sales: CheckingClient, application: Application, key: int
) -> None:
    address, chosen = f"/questionnaires/{key}/{place}", f"/questionnaires/{key}/chosen"
    page = sales.get(address)
    form = f"{chosen}/{sent_as}"
    assert page.fields(page.form(form))["person"] == [""]
    page = sales.send(page, f"{chosen}/assign", {"question": [str(ids(application, key)[0])]}, form=form)
    assert page.address == address
    assert "Nobody is chosen: choose who is to have it." in page.words
    with application.store.reading() as tx:
        assert tx.assignments.of(key) == {}


def test_who_has_something_is_reminded(
    sales: CheckingClient, expert: CheckingClient, application: Application, key: int
) -> None:
    assign(application, Role.EXPERT, key)
    page = sales.submit(f"/questionnaires/{key}/left", f"/questionnaires/{key}/remind")
    assert "Expert Person was reminded." in page.words
    assert "Sales Person reminds you of 4 questions of Acme" in expert.get("/notifications").words
    theirs = expert.get(f"/questionnaires/{key}/left")
    assert not theirs.has_form(f"/questionnaires/{key}/remind")
    assert not theirs.has_form(f"/questionnaires/{key}/chosen/assign")


def test_why_nobody_could_be_reminded_is_said(sales: CheckingClient, application: Application, key: int) -> None:
    assign(application, Role.EXPERT, key)
    page = sales.get(f"/questionnaires/{key}/left")
    with application.store.writing() as tx:
        tx.assignments.remove(ids(application, key))
    page = sales.send(page, f"/questionnaires/{key}/remind")
    assert "Nothing of it waits for Expert Person any more." in page.words


@pytest.mark.parametrize(
    ("stage", "words", "acts"),
    [
        (Stage.COMPLETED, "A document was completed without these.", True),
        (Stage.SENT, "nothing in it changes any more", False),
    ],
)
def test_it_stays_reachable_after_completion(
    stage: Stage, words: str, acts: bool, sales: CheckingClient, application: Application, key: int
) -> None:
    stand(application, key, stage)
    assert "Nothing is left" not in sales.get(f"/questionnaires/{key}/left").words
    assert f'href="/questionnaires/{key}/left"' in sales.get(f"/questionnaires/{key}/review").text
    page = sales.get(f"/questionnaires/{key}/left")
    assert words in page.words
    assert page.has_form(f"/questionnaires/{key}/chosen/assign") is acts
