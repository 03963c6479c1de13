"""A completed questionnaire is open again once its document says something else than would be written now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.layout import AnswerGoes, IsQuestion
from assistant.questionnaire import FieldKind, Location
from assistant.workflow.records import CompletedRecord, Stage
from tests.workflow.conftest import ENCRYPTION, GAP, LOGS, House
from tests.workflow.test_visibility import assign


@pytest.fixture
def key(house: House) -> int:
    """A questionnaire completed with its first answer; the second waits in draft, the third has none."""
    key = house.upload()
    approve(house, key)
    house.completion.complete(house.sales, key)
    return key


def approve(house: House, key: int, position: int = 0) -> None:
    item = house.questions(key)[position]
    house.review.approve(house.reviewer, item.id, item.version)


def edit(house: House, key: int, position: int, text: str) -> None:
    item = house.questions(key)[position]
    house.review.edit(house.sales, item.id, item.version, choice="Yes", text=text)


def stage(house: House, key: int) -> Stage:
    return house.review.frame(house.sales, key).record.stage


def test_an_approved_answer_in_other_words_opens_it(house: House, key: int) -> None:
    edit(house, key, 0, "They are, with AES-256.")
    assert stage(house, key) is Stage.OPEN
    approve(house, key)
    assert stage(house, key) is Stage.OPEN


def test_one_more_approved_answer_opens_it(house: House, key: int) -> None:
    approve(house, key, 1)
    assert stage(house, key) is Stage.OPEN


def test_what_was_never_written_may_change(house: House, key: int) -> None:
    edit(house, key, 1, "For 90 days.")
    item = house.questions(key)[1]
    house.review.submit(house.sales, item.id, item.version)
    house.commenting.add(house.sales, item.id, "Is it 90 days?")
    assign(house, house.expert.role, key, 1)
    assert stage(house, key) is Stage.COMPLETED


def test_the_same_approved_again_is_completed_again(house: House, key: int) -> None:
    first = house.questions(key)[0]
    house.review.reject(house.reviewer, first.id, first.version, "Is this so?", wrong_source=False)
    assert stage(house, key) is Stage.OPEN, "what was sent back would not be written"
    approve(house, key)
    assert stage(house, key) is Stage.COMPLETED


def test_the_same_text_at_another_place_is_not_the_same(house: House, key: int) -> None:
    version = house.review.frame(house.sales, key).record.version
    elsewhere = AnswerGoes(Location("S!B2"), ENCRYPTION, Location("S!A2"), FieldKind.TEXT)
    house.layouts.correct(house.sales, key, version, elsewhere)
    approve(house, key)
    assert stage(house, key) is Stage.OPEN


def test_a_layout_corrected_where_nothing_was_written_leaves_it_completed(house: House, key: int) -> None:
    version = house.review.frame(house.sales, key).record.version
    house.layouts.correct(house.sales, key, version, IsQuestion(Location("S!B3"), LOGS, yes=False))
    assert stage(house, key) is Stage.COMPLETED


def test_what_is_left_may_be_drafted_again_and_leaves_it_completed(house: House, key: int) -> None:
    house.keeping.draft_again(house.sales, key)
    assert stage(house, key) is Stage.DRAFTING
    while house.worker.run_once():
        pass
    assert stage(house, key) is Stage.COMPLETED
    assert house.questions(key)[2].question.text == GAP


def test_a_document_of_which_nobody_knows_what_it_wrote_is_taken_for_another(house: House) -> None:
    key = house.upload()
    approve(house, key)
    made = CompletedRecord(0, key, "old.xlsx", "0" * 64, 1, 1, 3, house.sales.id, house.clock())
    with house.store.writing() as tx:
        tx.questionnaires.add_completed(made, b"old")
        tx.questionnaires.update(replace(tx.questionnaires.get(key), stage=Stage.COMPLETED))
    edit(house, key, 1, "For 90 days.")
    assert stage(house, key) is Stage.OPEN
