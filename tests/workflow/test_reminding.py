"""Reminding somebody of what they have, when a colleague asks for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.errors import PermissionDeniedError, StateError
from assistant.workflow.notifying import Kind
from assistant.workflow.records import Stage
from assistant.workflow.reminding import Reminding
from tests.workflow.conftest import House


@pytest.fixture
def reminding(house: House) -> Reminding:
    return Reminding(house.store, house.clock)


@pytest.fixture
def key(house: House) -> int:
    """A questionnaire of which the expert has two questions, one of them submitted already."""
    key = house.upload()
    first, _, gap = house.questions(key)
    house.assigning.assign(house.sales, key, [first.id, gap.id], house.expert.id, date(2026, 3, 9))
    house.review.submit(house.expert, first.id, first.version)
    return key


def told(house: House) -> list[str]:
    with house.store.reading() as tx:
        return [note.text for note in tx.notifications.of(house.expert.id) if note.kind is Kind.DUE]


def test_they_hear_how_much_waits_for_them_and_by_when(house: House, reminding: Reminding, key: int) -> None:
    assert reminding.remind(house.sales, key, house.expert.id) == "Expert"
    assert told(house) == ["Sales reminds you of a question of Acme, due 9 Mar 2026"]
    with house.store.reading() as tx:
        event = tx.audit.events(f"questionnaire {key}")[0]
    assert (event.by, event.action) == (house.sales.id, "reminded")


def test_what_they_have_not_looked_at_is_told_once(house: House, reminding: Reminding, key: int) -> None:
    for _ in range(2):
        reminding.remind(house.sales, key, house.expert.id)
    assert len(told(house)) == 1
    reminding.remind(house.reviewer, key, house.expert.id)
    with house.store.writing() as tx:
        tx.notifications.see(house.expert.id, house.clock())
    reminding.remind(house.sales, key, house.expert.id)
    assert len(told(house)) == 3


def test_experts_remind_nobody(house: House, reminding: Reminding, key: int) -> None:
    with pytest.raises(PermissionDeniedError):
        reminding.remind(house.expert, key, house.expert.id)


def test_nobody_is_reminded_where_it_would_not_help(house: House, reminding: Reminding, key: int) -> None:
    with pytest.raises(StateError, match="Nothing of it waits for Reviewer"):
        reminding.remind(house.sales, key, house.reviewer.id)
    for changes, why in (({"muted": (Kind.DUE.value,)}, "switched off"), ({"active": False}, "cannot sign in")):
        with house.store.writing() as tx:
            account = tx.people.get(house.expert.id)
            assert account is not None
            tx.people.update(replace(account, **changes))
        with pytest.raises(StateError, match=why):
            reminding.remind(house.sales, key, house.expert.id)
    assert told(house) == []


def test_what_was_sent_is_past_reminding(house: House, reminding: Reminding, key: int) -> None:
    with house.store.writing() as tx:
        tx.questionnaires.update(replace(tx.questionnaires.get(key), stage=Stage.SENT))
    with pytest.raises(StateError, match="was sent"):
        reminding.remind(house.sales, key, house.expert.id)
