from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from assistant.storage import Database
from assistant.workflow.auditing import THE_APPLICATION, AuditFilter
from tests.conftest import AUDIT_KEY, StandingClock
from tests.storage import samples
from tests.storage.conftest import Tamper


@pytest.fixture
def five(store: Database) -> Database:
    """The database with five entries in the log."""
    for number in range(1, 6):
        with store.writing() as tx:
            tx.audit.record(None, "counted", f"thing {number}", {"n": number - 1}, {"n": number})
    return store


def faults(store: Database) -> list[str]:
    with store.reading() as tx:
        return tx.audit.faults()


def test_an_entry_says_who_when_what_before_and_after(store: Database, clock: StandingClock) -> None:
    with store.writing() as tx:
        ada = samples.person(tx)
        tx.audit.record(ada, "approved", "question 7", {"text": "Ja"}, {"text": "Ja…", "due": date(2026, 1, 2)})
    with store.reading() as tx:
        (event,) = tx.audit.events()
    assert (event.id, event.at, event.by, event.action, event.subject) == (
        1,
        clock.now,
        ada.id,
        "approved",
        "question 7",
    )
    assert (event.before, event.after) == ({"text": "Ja"}, {"text": "Ja…", "due": "2026-01-02"})


def test_events_come_newest_first_by_pages_and_by_subject(five: Database) -> None:
    with five.writing() as tx:
        tx.audit.record(None, "counted again", "thing 2")
    with five.reading() as tx:
        assert [event.id for event in tx.audit.events(limit=2)] == [6, 5]
        assert [event.id for event in tx.audit.found(AuditFilter(), 2, before=5)] == [4, 3]
        assert [event.id for event in tx.audit.found(AuditFilter(), 2, after=2)] == [4, 3]
        assert [event.action for event in tx.audit.events("thing 2")] == ["counted again", "counted"]
        assert tx.audit.events("thing") == []


@pytest.fixture
def mixed(store: Database, clock: StandingClock) -> Database:
    """Events of two people and the application on three days."""
    with store.writing() as tx:
        ada, bo = samples.person(tx, name="Ada"), samples.person(tx, name="Bo")
        for by, action, subject in (
            (None, "started", "thing 1"),
            (ada, "counted", "thing 1"),
            (bo, "counted", "thing 2"),
            (ada, "weighed", "thing 2"),
        ):
            tx.audit.record(by, action, subject)
            clock.advance(hours=20)
    return store


def found(store: Database, limit: int = 10, **wanted: object) -> list[int]:
    with store.reading() as tx:
        return [event.id for event in tx.audit.found(AuditFilter(**wanted), limit)]  # type: ignore[arg-type]


def test_the_log_is_searched_by_person_action_and_thing(mixed: Database) -> None:
    with mixed.reading() as tx:
        ids = {name: key for key, name in tx.people.names().items()}
        assert tx.audit.actions() == ["counted", "started", "weighed"]
    assert found(mixed, by=ids["Ada"]) == [4, 2]
    assert found(mixed, by=THE_APPLICATION) == [1]
    assert found(mixed, action="counted") == [3, 2]
    assert found(mixed, by=ids["Ada"], action="counted") == [2]
    assert found(mixed, subject="thing 2") == [4, 3]
    assert found(mixed, subject="thing") == []


def test_an_empty_log_has_no_actions(store: Database) -> None:
    with store.reading() as tx:
        assert tx.audit.actions() == []


def test_the_log_is_searched_by_time(mixed: Database, clock: StandingClock) -> None:
    first = clock.now - timedelta(hours=80)
    assert found(mixed, begin=first) == [4, 3, 2, 1]
    assert found(mixed, begin=first + timedelta(seconds=1)) == [4, 3, 2]
    assert found(mixed, end=first) == []
    assert found(mixed, end=first + timedelta(hours=20, seconds=1)) == [2, 1]
    assert found(mixed, begin=first + timedelta(hours=20), end=first + timedelta(hours=60)) == [3, 2]
    assert found(mixed, begin=clock.now) == []


def test_a_clock_that_ran_ahead_hides_no_event(store: Database, clock: StandingClock) -> None:
    at = clock.now
    for minutes in (0, 30, -20, 40):
        clock.now = at + timedelta(minutes=minutes)
        with store.writing() as tx:
            tx.audit.record(None, "counted", "thing")
    assert found(store, begin=at + timedelta(minutes=25)) == [4, 2]
    assert found(store, end=at) == [3]


def test_about_a_questionnaire_is_what_is_about_its_questions(store: Database) -> None:
    with store.writing() as tx:
        key = samples.questionnaire(tx, samples.person(tx))
        item = tx.questionnaires.questions(key)[0]
        tx.audit.record(None, "uploaded", f"questionnaire {key}")
        tx.audit.record(None, "edited", item.subject)
        tx.audit.record(None, "edited", f"question {item.id + 1000}")
    assert found(store, subject=f"questionnaire {key}") == [2, 1]
    assert found(store, subject="questionnaire 99") == []
    assert found(store, subject="questionnaire " + "9" * 30) == []


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"by": 1},
        {"action": "approved"},
        {"by": 1, "action": "approved"},
        {"subject": "question 7"},
        {"subject": "questionnaire 7"},
        {"begin": datetime(2026, 1, 1, tzinfo=UTC), "end": datetime(2026, 1, 2, tzinfo=UTC)},
    ],
    ids=lambda wanted: " ".join(wanted) or "nothing",
)
def test_every_search_goes_by_an_index(
    wanted: dict[str, object], store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None reads the log through or sorts all of it, however long it becomes (SQLite tells how it goes about it)."""
    if not store.is_sqlite:
        pytest.skip("PostgreSQL chooses by what the table holds")
    with store.reading() as tx:
        connection = tx.audit._connection
        plans: list[str] = []
        execute = connection.execute

        def explained(statement: Any, *rest: Any, **options: Any) -> Any:
            compiled = statement.compile(connection.engine, compile_kwargs={"literal_binds": True})
            plans.extend(row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}"))
            return execute(statement, *rest, **options)

        monkeypatch.setattr(connection, "execute", explained)
        tx.audit.found(AuditFilter(**wanted), 10)  # type: ignore[arg-type]
        tx.audit.found(AuditFilter(**wanted), 10, before=500)  # type: ignore[arg-type]
        monkeypatch.undo()
    assert plans
    own = [plan for plan in plans if plan.startswith(("SEARCH audit ", "SCAN audit "))]
    assert all(plan.startswith("SEARCH audit ") or (plan == "SCAN audit" and not wanted) for plan in own), plans
    if "questionnaire" not in str(wanted.get("subject")):
        assert not any("USE TEMP B-TREE" in plan for plan in plans), plans


def test_a_log_that_was_left_alone_has_no_faults(five: Database) -> None:
    assert faults(five) == []


def test_an_empty_log_has_no_faults(store: Database) -> None:
    assert faults(store) == []


def test_what_json_cannot_hold_is_a_defect_and_not_written(store: Database) -> None:
    for value in (object(), float("nan")):
        with pytest.raises((TypeError, ValueError)), store.writing() as tx:
            tx.audit.record(None, "counted", "thing", None, {"n": value})
    assert faults(store) == []


@pytest.mark.parametrize(
    "change",
    [
        "action = 'never happened'",
        "subject = 'thing 9'",
        "before = NULL",
        "after = '{\"n\": 99}'",
        "at = '2020-01-01 00:00:00.000000'",
        "mac = '" + "0" * 64 + "'",
    ],
)
@pytest.mark.parametrize("entry", [1, 3, 5])
def test_an_altered_entry_is_found(five: Database, tamper: Tamper, change: str, entry: int) -> None:
    tamper(f"UPDATE audit SET {change} WHERE id = {entry}")
    assert any(f"Entry {entry} " in fault or "last entry" in fault for fault in faults(five))


def test_an_entry_that_was_blamed_on_somebody_else_is_found(five: Database, tamper: Tamper) -> None:
    with five.writing() as tx:
        eve = samples.person(tx, name="Eve")
    tamper(f'UPDATE audit SET "by" = {eve.id} WHERE id = 2')
    assert faults(five) == ["Entry 2 was altered, or does not follow the one before it."]


def test_a_missing_entry_is_found(five: Database, tamper: Tamper) -> None:
    tamper("DELETE FROM audit WHERE id IN (2, 3)")
    assert faults(five) == ["Entries 2 to 3 are missing."]


def test_a_missing_entry_is_found_when_the_others_are_numbered_anew(five: Database, tamper: Tamper) -> None:
    tamper(
        "DELETE FROM audit WHERE id = 2",
        "UPDATE audit SET id = 2 WHERE id = 3",
        "UPDATE audit SET id = 3 WHERE id = 4",
        "UPDATE audit SET id = 4 WHERE id = 5",
    )
    assert "Entry 2 was altered, or does not follow the one before it." in faults(five)


def test_exchanged_entries_are_found(five: Database, tamper: Tamper) -> None:
    tamper(
        "UPDATE audit SET id = 99 WHERE id = 2",
        "UPDATE audit SET id = 2 WHERE id = 3",
        "UPDATE audit SET id = 3 WHERE id = 99",
    )
    assert "Entry 2 was altered, or does not follow the one before it." in faults(five)


def test_a_log_that_was_cut_off_is_found(five: Database, tamper: Tamper) -> None:
    tamper("DELETE FROM audit WHERE id > 3")
    assert faults(five) == ["Entries 4 to 5 are missing at the end."]


def test_a_log_that_was_cut_off_is_found_when_its_head_was_adapted(five: Database, tamper: Tamper) -> None:
    tamper(
        "DELETE FROM audit WHERE id > 3",
        "UPDATE audit_head SET entries = 3, mac = (SELECT mac FROM audit WHERE id = 3)",
    )
    assert faults(five) == ["The record of how many entries there are was altered, or is sealed with another key."]


def test_a_log_that_was_emptied_is_found_also_after_the_next_start(five: Database, tamper: Tamper) -> None:
    tamper("DELETE FROM audit")
    assert faults(five) == ["Entries 1 to 5 are missing at the end."]
    tamper("DELETE FROM audit_head")
    five.migrate()
    assert faults(five) == ["The record of how many entries there are is missing."]


def test_an_entry_that_was_slipped_in_is_found(five: Database, execute: Callable[..., None]) -> None:
    execute(
        "INSERT INTO audit (id, at, action, subject, mac) VALUES (6, :at, 'approved', 'question 1', :mac)",
        at="2026-03-02 09:30:00",
        mac="0" * 64,
    )
    found = faults(five)
    assert "Entry 6 was altered, or does not follow the one before it." in found
    assert "Entries 6 to 6 were added by something else." in found


def test_a_log_that_was_written_with_another_key_is_found(
    five: Database, open_database: Callable[..., Database]
) -> None:
    (fault,) = faults(open_database(audit_key=AUDIT_KEY + b"!"))
    assert "another key" in fault


def test_a_log_with_very_many_faults_is_told_in_few_lines(store: Database, tamper: Tamper) -> None:
    with store.writing() as tx:
        for number in range(60):
            tx.audit.record(None, "counted", f"thing {number}")
    tamper("UPDATE audit SET action = 'x'")
    assert len(faults(store)) == 51


def test_writers_at_the_same_time_do_not_fork_the_chain(
    store: Database, open_database: Callable[..., Database]
) -> None:
    nodes = [store, open_database(), open_database()]

    def write(node: Database) -> None:
        for number in range(10):
            with node.writing() as tx:
                tx.audit.record(None, "counted", f"thing {number}")

    threads = [threading.Thread(target=write, args=(node,)) for node in nodes for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading() as tx:
        assert len(tx.audit.events(limit=100)) == 60
        assert tx.audit.faults() == []


def test_a_transaction_that_is_rolled_back_leaves_no_gap(five: Database) -> None:
    with pytest.raises(ZeroDivisionError), five.writing() as tx:
        tx.audit.record(None, "counted", "thing 6", None, {"n": 1 // 0})
    with five.writing() as tx:
        tx.audit.record(None, "counted", "thing 6")
        tx.audit.record(None, "counted", "thing 7")
    assert faults(five) == []


def test_entries_of_another_time_zone_are_kept_in_utc(store: Database, clock: StandingClock) -> None:
    from datetime import timezone

    at = clock.now
    clock.now = at.astimezone(timezone(timedelta(hours=5)))
    with store.writing() as tx:
        tx.audit.record(None, "counted", "thing")
    with store.reading() as tx:
        assert tx.audit.events()[0].at == at
        assert tx.audit.events()[0].at.utcoffset() == timedelta(0)
    assert faults(store) == []
