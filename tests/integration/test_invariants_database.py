"""Trying to break the invariants of the design in the database, around the program; numbered as there.

What the triggers refuse is tested on both engines in tests/storage/test_guards.py. Here is what comes of changes
that they cannot refuse, because whoever made them owns the database.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3

import pytest

from assistant.answer import State
from assistant.errors import ConflictError, StateError, VerificationError
from assistant.people import Role
from tests.integration.conftest import World, written
from tests.lantern import workbook

FORGED = "forged for the customer"


def test_1_an_approval_that_was_written_into_the_database_completes_nothing(world: World) -> None:
    key = world.upload()
    kept, item, *_ = world.questions(key)
    world.answered(kept, "Yes, with AES-256.")
    reviewer = world.person(Role.REVIEWER).id
    with world.database() as connection:  # the triggers let it pass: a reviewer's name and some digest are there
        connection.execute(
            "UPDATE questions SET state = 'approved', choice = 'Yes', answer = ?, author = ?, approved_by = ?,"
            " approved_at = '2026-01-01 00:00:00', approved_digest = ? WHERE id = ?",
            (FORGED, reviewer, reviewer, hashlib.sha256(FORGED.encode()).hexdigest(), item.id),
        )
    done = world.application.completion.complete(world.person(Role.SALES), key)
    _, content = world.application.completion.download(world.person(Role.SALES), done.id)
    assert written(content)[:2] == [["Yes", "Yes, with AES-256."], ["", ""]]


@pytest.mark.parametrize(
    ("column", "value"),
    [("answer", FORGED), ("choice", "No"), ("text", "Is data NOT encrypted?"), ("location", "Security!Z9")],
)
def test_1_an_approved_answer_changed_past_the_triggers_is_not_written(column: str, value: str, world: World) -> None:
    key = world.upload()
    item = world.answered(world.questions(key)[0], "Yes, with AES-256.")
    with pytest.raises(sqlite3.IntegrityError, match="approved as it stands"), world.database() as connection:
        connection.execute(f"UPDATE questions SET {column} = ? WHERE id = ?", (value, item.id))
    world.tamper(f"UPDATE questions SET {column} = ? WHERE id = ?", value, item.id)
    with pytest.raises(StateError, match="No approved answer"):
        world.application.completion.complete(world.person(Role.SALES), key)


def test_1_a_completed_document_that_was_exchanged_is_not_handed_out(world: World) -> None:
    key = world.upload()
    world.answered(world.questions(key)[0], "Yes, with AES-256.")
    seller = world.person(Role.SALES)
    done = world.application.completion.complete(seller, key)
    with pytest.raises(sqlite3.IntegrityError), world.database() as connection:
        connection.execute("UPDATE completed SET content = ? WHERE id = ?", (workbook(), done.id))
    world.tamper("UPDATE completed SET content = ? WHERE id = ?", workbook(), done.id)
    with pytest.raises(VerificationError):
        world.application.completion.download(seller, done.id)


def test_2_an_approval_in_the_name_of_somebody_who_may_not_is_refused_and_past_the_triggers_worth_nothing(
    world: World,
) -> None:
    key = world.upload()
    item = world.questions(key)[0]
    seller = world.person(Role.SALES)
    forge = (
        "UPDATE questions SET state = 'approved', choice = 'Yes', answer = ?, approved_by = ?,"
        " approved_at = '2026-01-01 00:00:00', approved_digest = ? WHERE id = ?"
    )
    values = (FORGED, seller.id, "a" * 64, item.id)
    with pytest.raises(sqlite3.IntegrityError, match="Only an active reviewer"), world.database() as connection:
        connection.execute(forge, values)
    world.tamper(forge, *values)
    with pytest.raises(StateError, match="No approved answer"):
        world.application.completion.complete(seller, key)


def test_3_a_citation_that_was_exchanged_cannot_be_approved(world: World) -> None:
    key = world.upload()
    item = world.questions(key)[1]
    citations = json.loads(world.rows(f"SELECT citations FROM questions WHERE id = {item.id}")[0][0])
    citations[0]["digest"] = "f" * 64
    with world.database() as connection:
        connection.execute("UPDATE questions SET citations = ? WHERE id = ?", (json.dumps(citations), item.id))
    with pytest.raises(StateError, match="Choose a source that holds"):
        world.application.review.approve(world.person(Role.REVIEWER), item.id, item.version)


def test_3_a_draft_without_a_source_is_refused(world: World) -> None:
    key = world.upload()
    item = world.questions(key)[1]
    assert item.answer.state is State.DRAFTED
    with pytest.raises(sqlite3.IntegrityError, match="cited"), world.database() as connection:
        connection.execute("UPDATE questions SET citations = '[]' WHERE id = ?", (item.id,))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET action = 'x' WHERE id = 1",
        "DELETE FROM audit WHERE id = 1",
        "INSERT OR REPLACE INTO audit (id, at, action, subject, mac) VALUES (1, '2026-01-01', 'x', 'y', 'z')",
        "UPDATE audit_head SET entries = 0",
        "DELETE FROM audit_head",
    ],
)
def test_4_the_log_is_only_added_to(statement: str, world: World) -> None:
    world.person(Role.SALES)  # so that there is something in the log
    with pytest.raises(sqlite3.IntegrityError, match="only added to"), world.database() as connection:
        connection.execute(statement)


def test_4_what_was_slipped_into_the_log_or_altered_in_it_is_found(world: World) -> None:
    world.person(Role.SALES)  # so that there is something in the log
    with world.application.store.reading() as tx:
        assert tx.audit.faults() == []
    last = world.rows("SELECT max(id) FROM audit")[0][0]
    with world.database() as connection:
        connection.execute(
            "INSERT INTO audit (id, at, action, subject, mac) VALUES (?, '2026-01-01 00:00:00', 'approved', 'x', ?)",
            (last + 1, "0" * 64),
        )
    with world.application.store.reading() as tx:
        assert any(f"Entry {last + 1}" in fault for fault in tx.audit.faults())
    world.tamper("DELETE FROM audit WHERE id = ?", last + 1)
    with world.application.store.reading() as tx:
        assert tx.audit.faults() == []


def test_5_an_edit_made_past_the_program_is_not_overwritten_unseen(world: World) -> None:
    key = world.upload()
    item = world.questions(key)[1]
    with world.database() as connection:
        connection.execute(
            "UPDATE questions SET answer = 'From elsewhere.', version = version + 1 WHERE id = ?", (item.id,)
        )
    with pytest.raises(ConflictError):
        world.application.review.edit(world.person(Role.SALES), item.id, item.version, choice="Yes", text="Mine.")
    assert world.questions(key)[1].answer.text == "From elsewhere."


def test_6_files_and_answers_do_not_move_to_another_customer(world: World) -> None:
    acme, globex = world.upload("Acme"), world.upload("Globex", ("Is customer data encrypted at rest?",))
    item = world.answered(world.questions(acme)[0], "Yes, for Acme.")
    seller = world.person(Role.SALES)
    done = world.application.completion.complete(seller, acme)
    for statement, values in (
        ("UPDATE questions SET questionnaire = ?, position = 99 WHERE id = ?", (globex, item.id)),
        ("UPDATE completed SET questionnaire = ? WHERE id = ?", (globex, done.id)),
        (
            "UPDATE questionnaires SET original = (SELECT original FROM questionnaires WHERE id = ?) WHERE id = ?",
            (acme, globex),
        ),
        ("UPDATE originals SET content = ?", (workbook(),)),
    ):
        with pytest.raises(sqlite3.IntegrityError), world.database() as connection:
            connection.execute(statement, values)
