"""Acts on several entries at once, and how often entries are used."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.errors import InvalidValueError, PermissionDeniedError
from assistant.people import Role
from assistant.statement import LibraryEntry
from assistant.workflow.browsing import Browsing
from assistant.workflow.reuse import Use, UseWanted
from assistant.workflow.several import MOST, Act, Several
from assistant.workflow.shelf import EntryRecord, Wanted
from assistant.workflow.upkeep import Upkeep
from tests.workflow.conftest import ENCRYPTION, House

ENTRY = LibraryEntry("Is there a dog?", "There is none.", "Parcel")


@pytest.fixture
def several(house: House) -> Several:
    return Several(house.store, house.library, Upkeep(house.store, house.knowledge, house.clock))


@pytest.fixture
def browsing(house: House) -> Browsing:
    return Browsing(house.store, house.knowledge, house.library.shelf, house.clock)


def added(house: House, *questions: str, by: Role = Role.REVIEWER) -> list[int]:
    return [house.library.add(house.people[by], replace(ENTRY, question=question)) for question in questions]


def events(house: House) -> int:
    with house.store.reading() as tx:
        return len(tx.audit.events())


def test_what_is_planned_is_what_is_done_and_changes_nothing_yet(house: House, several: Several) -> None:
    one, two = added(house, "One?", "Two?")
    house.library.retire(house.reviewer, two)
    before = events(house)
    plan = several.plan(house.reviewer, Act.RETIRE, {one: None, two: None, 999: None})
    assert ([record.id for record in plan.done], [left.record.id for left in plan.left]) == ([one], [two])
    assert plan.left[0].reason == "Only an entry that is in use can be retired."
    assert (house.library.entry(house.reviewer, one).retired, events(house)) == (False, before)
    assert several.do(house.reviewer, Act.RETIRE, {one: None, two: None, 999: None}, reason="Old.") == plan
    assert house.library.entry(house.reviewer, one).retired
    assert house.library.history(house.reviewer, one)[0].action == "retired"


@pytest.mark.parametrize("act", Act)
def test_whatever_is_planned_is_done_and_nothing_else(house: House, several: Several, act: Act) -> None:
    kept, retired = added(house, "One?", "Two?")
    house.library.retire(house.reviewer, retired)
    proposed, down = added(house, "Three?", "Four?", by=Role.EXPERT)
    house.library.turn_down(house.reviewer, down, "No.")
    change = house.library.change(house.expert, kept, 1, replace(ENTRY, question="One, better?"))
    customer, gone = added(house, "Does Zebra Corp have it?", "And Zebra Corp's?", by=Role.EXPERT)
    own = added(house, "Is it Zebra Corp's?")
    house.library.retire(house.reviewer, own[0])
    house.library.turn_down(house.reviewer, gone, "No.")
    house.upload(ENCRYPTION, customer="Zebra Corp")
    seen = dict.fromkeys((kept, retired, proposed, down, change, customer, gone, *own, 999)) | {kept: 7}
    done: list[EntryRecord] = []
    for entries in (seen, dict.fromkeys(seen)):
        before = events(house)
        plan = several.plan(house.reviewer, act, entries)
        assert events(house) == before
        assert several.do(house.reviewer, act, entries, reason="So.", owner="ann@example.com") == plan
        done += plan.done
        assert plan.left
    assert done


def test_a_plan_waits_for_nobody_who_writes(house: House, several: Several) -> None:
    (one,) = added(house, "One?")
    with ThreadPoolExecutor(1) as other, house.store.writing():
        plan = other.submit(several.plan, house.reviewer, Act.RETIRE, {one: None})
        assert [record.id for record in plan.result(timeout=5).done] == [one]


def test_what_somebody_changed_since_it_was_shown_is_left_out(house: House, several: Several) -> None:
    one, two = added(house, "One?", "Two?")
    house.library.change(house.reviewer, one, 1, replace(ENTRY, question="One, changed?"))
    done = several.do(house.reviewer, Act.CONFIRM, {one: 1, two: 1})
    assert [record.id for record in done.done] == [two]
    assert done.left[0].reason == "Somebody changed it meanwhile."


def test_proposals_are_taken_together_but_those_that_change_an_entry(house: House, several: Several) -> None:
    (kept,) = added(house, "One?")
    (fresh,) = added(house, "Two?", by=Role.EXPERT)
    change = house.library.change(house.expert, kept, 1, replace(ENTRY, question="One, better?"))
    done = several.do(house.reviewer, Act.ACCEPT, {fresh: 1, change: 1})
    assert [record.id for record in done.done] == [fresh]
    assert "compare the two" in done.left[0].reason
    assert not house.library.entry(house.reviewer, fresh).proposed
    with pytest.raises(InvalidValueError, match="Say why"):
        several.do(house.reviewer, Act.TURN_DOWN, {change: 1})
    several.do(house.reviewer, Act.TURN_DOWN, {change: 1}, reason="No better.")
    assert several.do(house.reviewer, Act.BRING_BACK, {change: 2}).done
    assert house.library.entry(house.reviewer, change).proposed


def test_only_who_keeps_the_library_acts_on_several_and_not_on_all_there_are(house: House, several: Several) -> None:
    (one,) = added(house, "One?")
    for act in Act:
        with pytest.raises(PermissionDeniedError):
            several.plan(house.expert, act, {one: None})
        with pytest.raises(PermissionDeniedError):
            several.do(house.sales, act, {one: 1}, reason="x", owner="a@example.com")
    with pytest.raises(InvalidValueError, match="At most"):
        several.plan(house.reviewer, Act.RETIRE, dict.fromkeys(range(MOST + 1)))
    with pytest.raises(InvalidValueError, match="address"):
        several.do(house.reviewer, Act.GIVE, {one: 1}, owner="Ann")
    several.do(house.reviewer, Act.GIVE, {one: 1}, owner="ann@example.com")
    assert house.library.entry(house.reviewer, one).entry.owner == "ann@example.com"


def test_an_entry_is_used_by_the_answers_that_cite_it(house: House, browsing: Browsing) -> None:
    house.folder.passages = ()
    used, idle = (
        house.library.add(house.reviewer, LibraryEntry(question, text, "Parcel"))
        for question, text in (("Disks?", "All disks are encrypted twice."), ("Dogs?", "None at all."))
    )
    house.knowledge.refresh()
    first = house.upload(ENCRYPTION, f"{ENCRYPTION} Really")
    day = house.clock().date()

    def use(entry: int) -> Use:
        return browsing.uses(house.sales).of(house.library.entry(house.reviewer, entry))

    assert (use(used), use(idle)) == (Use(2, day), Use())
    house.upload(ENCRYPTION)
    assert use(used) == Use(3, day)

    def listed(wanted: UseWanted) -> list[int | None]:
        return [item.record.id for item in browsing.listed(house.sales, Wanted(), wanted)]

    assert listed(UseWanted("never")) == [idle]
    assert listed(UseWanted("some")) == [used]
    assert listed(UseWanted("often")) == []
    assert listed(UseWanted(not_since=day + timedelta(days=1))) == [idle, used]
    assert listed(UseWanted("some", day)) == []
    assert browsing.search(house.sales, Wanted("disks"), UseWanted("never")) == []
    assert [item.record and item.record.id for item in browsing.search(house.sales, Wanted("disks"))] == [used]
    house.keeping.delete(house.sales, first)
    assert use(used) == Use(1, day)


def test_often_is_five_times_and_both_questions_of_use_must_be_met() -> None:
    assert UseWanted("often", date(2026, 1, 1)).takes(Use(5, date(2025, 12, 31)))
    assert not UseWanted("often").takes(Use(4, date(2025, 12, 31)))
