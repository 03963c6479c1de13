"""A newcomer sees the product alive, in an instance that held nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.answer import State
from assistant.people import Role
from assistant.settings import PROJECT, Settings
from assistant.wiring import Application
from assistant.workflow.overview import Overview
from assistant.workflow.shelf import EntryState
from tests.cli.conftest import Run


def test_a_fresh_instance_is_filled_with_work_in_every_state(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    knowledge, instance = PROJECT / "knowledge", tmp_path / "fresh"
    monkeypatch.setenv("ASSISTANT_KNOWLEDGE", str(knowledge))
    monkeypatch.setenv("ASSISTANT_INSTANCE", str(instance))
    shown = run("demo")
    assert shown.status == 0, shown.err
    passwords = dict(re.findall(r"^  (\S+@example\.com)\s+(\S+)", shown.out, re.MULTILINE))
    assert {Role(role) for role in re.findall(r"(\w+), \w+ \w+$", shown.out, re.MULTILINE)} == set(Role)

    again = run("demo")
    assert again.status == 1
    assert "in use" in again.err

    settings = Settings.from_environment({"ASSISTANT_INSTANCE": str(instance), "ASSISTANT_KNOWLEDGE": str(knowledge)})
    with Application.build(settings) as app:
        for email, password in passwords.items():
            assert app.accounts.sign_in(email, password, "192.0.2.1", "")
        with app.store.reading() as tx:
            people = {account.role: account.person for account in tx.people.all()}
            assert tx.audit.faults() == []
            told = [
                notification.kind.value for person in people.values() for notification in tx.notifications.of(person.id)
            ]
            questions = [item for record in tx.questionnaires.all() for item in tx.questionnaires.questions(record.id)]
            comments = [comment for item in questions for comment in tx.comments.of(item.id)]
            entries = [record.state(app.store.now().date()) for record in app.library.shelf.records(tx).values()]
        states = {row.state for row in Overview(app.store).questionnaires(people[Role.ADMINISTRATOR])}
        assert states >= {"layout needs a look", "in progress", "in review", "approved", "completed", "sent"}
        assert {item.answer.state for item in questions} == set(State)
        assert sum(bool(item.answer.objection) for item in questions) >= 3, "rejected ones, and a stale one"
        assert set(entries) >= {EntryState.DUE, EntryState.EXPIRED, EntryState.PROPOSED, EntryState.RETIRED}
        assert {"assigned", "mentioned"} <= set(told)
        assert comments
        assert any(pair.readings for pair in app.knowledge.conflicts(people[Role.REVIEWER])), "a contradiction"
        assert len(app.gaps.groups(people[Role.REVIEWER])) > 10
