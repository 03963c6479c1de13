"""Laid-out questionnaires and remembered layouts, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import State
from assistant.errors import ConflictError, StateError
from assistant.layout import AnswerGoes, ColumnRole, IsQuestion, Role
from assistant.questionnaire import FieldKind, FoundTable, Location, Questionnaire
from assistant.storage import Database
from assistant.workflow.records import LayoutRecord, QuestionRecord
from tests.storage.samples import NOON, approved_by, person, question, questionnaire

CORRECTIONS = (
    ColumnRole("Sheet", 3, Role.MARK, first=2, option="Yes"),
    IsQuestion(Location("Sheet!B2"), "Are the keys of store 2 rotated?", yes=False),
    AnswerGoes(Location("Sheet!B1"), "Are the keys of store 1 rotated?", Location("Sheet!F1"), FieldKind.TEXT),
)


def test_what_was_found_and_put_right_is_kept_with_the_questions_in_their_new_order(store: Database) -> None:
    found = Questionnaire("xlsx", (), tables=(FoundTable("Sheet", 3, 1.0),), notices=("Corrected.",))
    with store.writing() as tx:
        key = questionnaire(tx, person(tx), count=3)
    with store.writing() as tx:
        one, two, three = tx.questionnaires.questions(key)
        fresh = QuestionRecord(0, key, 0, question(9))
        record = replace(tx.questionnaires.get(key), found=found, corrections=CORRECTIONS, doubtful=True)
        moved = replace(two, question=replace(two.question, section="Elsewhere"))
        tx.questionnaires.lay_out(record, [three, fresh, moved])
    with store.reading() as tx:
        kept = tx.questionnaires.get(key)
        questions = tx.questionnaires.questions(key)
        assert tx.questionnaires.all()[0].doubtful
    assert kept == replace(record, version=record.version + 1)
    assert [item.question.text for item in questions] == [three.question.text, question(9).text, two.question.text]
    assert [item.position for item in questions] == [0, 1, 2]
    assert [item.id for item in questions][::2] == [three.id, two.id]
    assert [item.version for item in questions] == [1, 1, 2], "only the one that changed"
    assert questions[2].question.section == "Elsewhere"
    assert one.id not in {item.id for item in questions}


def test_a_layout_based_on_an_older_version_is_refused_whole(store: Database) -> None:
    with store.writing() as tx:
        key = questionnaire(tx, person(tx))
    with store.reading() as tx:
        record, before = tx.questionnaires.get(key), tx.questionnaires.questions(key)
    with store.writing() as tx:
        tx.questionnaires.lay_out(record, before[:1])
    with pytest.raises(ConflictError), store.writing() as tx:
        tx.questionnaires.lay_out(record, [])
    with store.reading() as tx:
        assert tx.questionnaires.questions(key) == before[:1]


def test_an_approved_answer_keeps_its_approval_while_its_question_only_moves(store: Database) -> None:
    with store.writing() as tx:
        ada = person(tx)
        key = questionnaire(tx, ada)
        first = tx.questionnaires.questions(key)[0]
        tx.questionnaires.save(replace(first, answer=approved_by(ada, first)))
    with store.writing() as tx:
        one, two = tx.questionnaires.questions(key)
        tx.questionnaires.lay_out(tx.questionnaires.get(key), [two, one])
    with store.reading() as tx:
        assert tx.questionnaires.questions(key)[1].answer.state is State.APPROVED


def test_the_database_itself_refuses_another_place_under_an_approval(store: Database) -> None:
    with store.writing() as tx:
        ada = person(tx)
        key = questionnaire(tx, ada)
        first = tx.questionnaires.questions(key)[0]
        tx.questionnaires.save(replace(first, answer=approved_by(ada, first)))
    with store.reading() as tx:
        record, (one, two) = tx.questionnaires.get(key), tx.questionnaires.questions(key)
    elsewhere = replace(one, question=replace(one.question, location=Location("Sheet!Z1")))
    with pytest.raises(StateError, match="undoes the approval first"), store.writing() as tx:
        tx.questionnaires.lay_out(record, [elsewhere, two])


def test_a_layout_is_remembered_by_its_fingerprint_until_it_is_forgotten(store: Database) -> None:
    with store.writing() as tx:
        ada = person(tx)
        record = LayoutRecord("f" * 64, CORRECTIONS, ada.id, NOON)
        tx.layouts.keep(LayoutRecord("f" * 64, (), ada.id, NOON))
        tx.layouts.keep(record)
        tx.layouts.keep(replace(record, fingerprint="0" * 64))
    with store.writing() as tx:
        assert tx.layouts.get("f" * 64) == record
        tx.layouts.forget("f" * 64)
    with store.reading() as tx:
        assert tx.layouts.get("f" * 64) is None
        assert tx.layouts.get("0" * 64) is not None
