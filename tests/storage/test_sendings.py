"""What was told and sent is only added to, and what the list counts is counted without reading a text."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from assistant.errors import NotFoundError
from assistant.storage import Database
from assistant.workflow.records import CompletedRecord
from assistant.workflow.sendings import ToldAnswer
from assistant.workflow.tally import Tally
from tests.storage import samples
from tests.storage.conftest import connected

Execute = Callable[..., None]
TOLD = (
    ToldAnswer(1, 0, "CEK-1", "Are keys rotated?", "Yes", "They are.", (samples.CITATION,)),
    ToldAnswer(2, 1, "", "Who rotates them?", None, "The platform team."),
)


@pytest.fixture
def completed(store: Database) -> int:
    with store.writing() as tx:
        reviewer = samples.person(tx)
        key = samples.questionnaire(tx, reviewer)
        record = CompletedRecord(0, key, "CAIQ - completed.xlsx", "d" * 64, 2, 1, 2, reviewer.id, samples.NOON)
        document = tx.questionnaires.add_completed(record, b"completed")
        tx.sendings.keep(document, TOLD)
        tx.sendings.add(document, "Ann at Acme", reviewer.id, samples.NOON)
        return document


def test_what_was_told_comes_back_word_for_word(store: Database, completed: int) -> None:
    with store.reading() as tx:
        record = tx.sendings.document(completed)
        assert tx.sendings.answers(completed) == list(TOLD)
        (sending,) = tx.sendings.of(record.questionnaire)[completed]
    assert (record.name, record.digest) == ("CAIQ - completed.xlsx", "d" * 64)
    assert (sending.recipient, sending.at) == ("Ann at Acme", samples.NOON)


def test_there_is_no_other_document(store: Database) -> None:
    with store.reading() as tx, pytest.raises(NotFoundError, match="no such completed document"):
        tx.sendings.document(999)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sendings SET recipient = 'Bob'",
        "DELETE FROM sendings",
        "UPDATE completed_answers SET answer = 'They are not.'",
        "DELETE FROM completed_answers",
    ],
)
def test_what_was_sent_is_never_changed(completed: int, execute: Execute, statement: str) -> None:
    with pytest.raises(DatabaseError, match="never changed"):
        execute(statement)


def test_it_goes_with_its_questionnaire_only(store: Database, completed: int) -> None:
    with store.writing() as tx:
        tx.questionnaires.delete(tx.sendings.document(completed).questionnaire)
        assert tx.sendings.answers(completed) == []


def test_a_question_that_the_customers_file_answers_counts_as_kept_until_somebody_answers_it(store: Database) -> None:
    with store.writing() as tx:
        reviewer = samples.person(tx)
        key = samples.questionnaire(tx, reviewer)
        assert tx.listing.tallies() == {key: Tally(kept=2)}
        item = tx.questionnaires.questions(key)[0]
        tx.questionnaires.save(replace(item, answer=samples.drafted()))
        assert tx.listing.tallies() == {key: Tally(drafted=1, kept=1)}
        assert tx.questionnaires.outline(key) == [(item.id, "drafted"), (item.id + 1, "kept")]


def test_the_list_is_counted_from_an_index_alone(store: Database, database_url: str) -> None:
    if not store.is_sqlite:
        pytest.skip("SQLite tells whether an index covers a query")
    counted = "SELECT questionnaire, state, kept, count(*) FROM questions GROUP BY questionnaire, state, kept"
    with connected(database_url) as connection:
        plan = [row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {counted}"))]
    assert plan == ["SCAN questions USING COVERING INDEX ix_questions_questionnaire_state_kept"]


def test_questions_of_an_earlier_version_are_marked_as_kept(database_url: str, store: Database) -> None:
    with store.writing() as tx:
        samples.questionnaire(tx, samples.person(tx), count=3)
    blank = json.dumps([{"kind": "text", "location": "Sheet!F2", "value": " "}])
    migration = importlib.import_module("assistant.storage.migrations.versions.0006_desk")
    with connected(database_url) as connection:
        connection.execute(text("UPDATE questions SET kept = :no"), {"no": False})
        connection.execute(text("UPDATE questions SET fields = :blank WHERE position = 1"), {"blank": blank})
        migration._mark_kept(connection)
        kept = connection.execute(text("SELECT kept FROM questions ORDER BY position")).scalars()
        assert [bool(value) for value in kept] == [True, False, True]
