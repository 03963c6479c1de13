"""Duplicates and contradictions: who may see and settle them, and for how long that holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.conflict import Conflict
from assistant.errors import InputError, PermissionDeniedError
from assistant.statement import LibraryEntry
from tests.workflow.conftest import House


def entries(house: House, *answers: str) -> None:
    house.library.bring_in([LibraryEntry(f"How about {answer}", answer, "Parcel") for answer in answers])
    house.knowledge.refresh()


def readings(found: tuple[Conflict, ...]) -> list[tuple[str, str] | None]:
    return [conflict.readings for conflict in found]


def test_everybody_sees_what_contradicts_each_other(house: House) -> None:
    entries(house, "Keys 90", "Keys 30")
    assert readings(house.knowledge.conflicts(house.expert)) == [("90", "30")]


def test_it_is_looked_for_once_for_each_state_of_the_knowledge(house: House) -> None:
    entries(house, "Keys 90", "Keys 30")
    assert house.knowledge.known_conflicts(house.sales) is None
    for _ in range(2):
        house.knowledge.conflicts(house.sales)
    assert house.matching.looked == 1
    assert house.knowledge.known_conflicts(house.sales) == 1
    entries(house, "Keys 7")
    assert house.knowledge.known_conflicts(house.sales) is None
    assert len(house.knowledge.conflicts(house.sales)) == 3


def test_a_pair_that_is_both_right_is_listed_no_more_until_a_text_changes(house: House) -> None:
    entries(house, "Keys 90", "Keys 30")
    (conflict,) = house.knowledge.conflicts(house.reviewer)
    house.knowledge.both_right(house.reviewer, *conflict.key)
    assert house.knowledge.conflicts(house.reviewer) == ()
    with house.store.writing() as tx:
        key, _ = tx.library.all()[0]
        tx.library.save(replace(tx.library.get(key), retired=True))
    entries(house, "Keys 60")
    assert readings(house.knowledge.conflicts(house.reviewer)) == [("30", "60")]


def test_that_both_are_right_is_in_the_log(house: House) -> None:
    entries(house, "Keys 90", "Keys 30")
    (conflict,) = house.knowledge.conflicts(house.reviewer)
    house.knowledge.both_right(house.reviewer, *conflict.key)
    with house.store.reading() as tx:
        event = tx.audit.events("library")[0]
    assert (event.by, event.action) == (house.reviewer.id, "both right")
    assert event.after is not None
    assert event.after["passages"] == list(conflict.key)


def test_only_who_keeps_the_library_says_that_both_are_right(house: House) -> None:
    entries(house, "Keys 90", "Keys 30")
    (conflict,) = house.knowledge.conflicts(house.sales)
    for person in (house.sales, house.expert):
        with pytest.raises(PermissionDeniedError):
            house.knowledge.both_right(person, *conflict.key)


def test_a_pair_that_is_not_on_the_list_cannot_be_settled(house: House) -> None:
    with pytest.raises(InputError):
        house.knowledge.both_right(house.reviewer, "d" * 64, "e" * 64)
