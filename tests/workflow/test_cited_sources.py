"""What an answer rests on must hold for what its questionnaire is about, at every step to the customer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer, Citation, State, approved
from assistant.errors import InputError, StateError
from assistant.statement import Passage, Scope
from assistant.workflow.bulk import Left
from assistant.workflow.records import QuestionRecord
from tests.workflow.conftest import LOGS, House


@pytest.fixture
def carried(house: House) -> QuestionRecord:
    """A draft of an on-premise questionnaire that rests on what is true in the cloud only."""
    questionnaire = house.upload(LOGS, scope=Scope("Parcel", "on-premise"))
    (item,) = house.questions(questionnaire)
    passage = house.folder.passages[1]
    answer = Answer(State.DRAFTED, "Yes", passage.text, citations=(Citation.of(passage),), author=house.sales.id)
    with house.store.writing() as tx:
        return tx.questionnaires.save(replace(item, answer=answer))


def test_a_source_of_another_deployment_is_not_approved(house: House, carried: QuestionRecord) -> None:
    with pytest.raises((StateError, InputError), match="does not hold for Parcel on-premise"):
        house.review.approve(house.reviewer, carried.id, carried.version)


def test_nor_together_with_others(house: House, carried: QuestionRecord) -> None:
    assert house.bulk.approve(house.reviewer, carried.questionnaire, [carried.id]).left == {Left.SOURCE: 1}


def test_nor_completed_and_what_was_approved_goes_back(house: House, carried: QuestionRecord) -> None:
    scope, now = Scope("Parcel", "on-premise"), house.clock()
    answer = approved(carried.answer, carried.question, scope, house.reviewer, now, four_eyes=False)
    with house.store.writing() as tx:
        tx.questionnaires.save(replace(carried, answer=answer))
    assert not house.completion.preflight(house.sales, carried.questionnaire).ready
    house.folder.revision += 1
    house.knowledge.refresh()
    item = house.review.question(house.reviewer, carried.id)
    assert item.answer.approval is None
    assert "does not hold" in item.answer.objection


def test_what_was_sent_just_then_stays_approved(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    key = house.upload(LOGS)
    (item,) = house.questions(key)
    house.review.approve(house.reviewer, item.id, item.version)
    done = house.completion.complete(house.sales, key)
    passages = house.folder.passages
    house.folder.passages = tuple(passage for passage in passages if passage.text not in item.answer.text)
    find = house.matching.passage
    sent: list[object] = []

    def found(digest: str) -> Passage | None:
        if not sent:
            sent.append(house.sent.note(house.sales, done.id, "Ann"))
        return find(digest)

    monkeypatch.setattr(house.matching, "passage", found)
    house.knowledge.refresh()
    assert sent
    assert house.questions(key)[0].answer.state is State.APPROVED
