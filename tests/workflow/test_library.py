"""The library: who proposes, who decides, what is changed, and that nothing is overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.errors import ConflictError, InvalidValueError, NotFoundError, PermissionDeniedError, StateError
from assistant.people import Role
from assistant.statement import Audience, LibraryEntry, Scope
from assistant.workflow.browsing import Browsing
from assistant.workflow.shelf import EntryState, Wanted
from tests.workflow.conftest import ENCRYPTION, House

ENTRY = LibraryEntry("Is there a dog?", "There is none.", "Parcel", choice="No")


@pytest.fixture
def browsing(house: House) -> Browsing:
    return Browsing(house.store, house.knowledge, house.library.shelf, house.clock)


def actions(house: House, entry: int) -> list[str]:
    return [event.action for event in house.library.history(house.reviewer, entry)]


def test_an_entry_a_reviewer_writes_is_used_and_reviewed_in_a_year(house: House) -> None:
    key = house.library.add(house.reviewer, ENTRY)
    record = house.library.entry(house.expert, key)
    assert not record.proposed
    assert (record.entry.approved_by, record.entry.approved_on) == ("Reviewer", date(2026, 3, 2))
    assert record.entry.review_by == date(2027, 3, 2)
    assert record.entry.owner == "reviewer@example.com"
    assert [entry.question for entry in house.library.all()] == ["Is there a dog?"]


@pytest.mark.parametrize("role", [Role.SALES, Role.EXPERT])
def test_what_others_write_waits_for_a_reviewer_and_is_never_used(house: House, role: Role) -> None:
    key = house.library.add(house.people[role], ENTRY)
    house.knowledge.refresh()
    assert house.library.entry(house.reviewer, key).proposed
    assert house.library.all() == []
    assert not any(passage.path.startswith("library/") for passage in house.matching.passages)
    assert house.library.accept(house.reviewer, key, 1) == key
    house.knowledge.refresh()
    assert house.library.entry(house.reviewer, key).entry.approved_by == "Reviewer"
    assert any(passage.path == f"library/{key}" for passage in house.matching.passages)


def test_a_proposed_change_leaves_the_entry_until_it_is_taken(house: House) -> None:
    key = house.library.add(house.reviewer, ENTRY)
    proposal = house.library.change(house.expert, key, 1, replace(ENTRY, answer="There are two."))
    assert house.library.entry(house.expert, key).entry.answer == "There is none."
    assert house.library.accept(house.reviewer, proposal, 1, 1) == key
    assert house.library.entry(house.expert, key).entry.answer == "There are two."
    assert actions(house, key) == ["changed", "added"]
    with pytest.raises(StateError, match="decided"):
        house.library.accept(house.reviewer, proposal, 2)


def test_a_proposed_change_does_not_overwrite_what_was_changed_since_it_was_looked_at(house: House) -> None:
    key = house.library.add(house.reviewer, ENTRY)
    proposal = house.library.change(house.expert, key, 1, replace(ENTRY, answer="There are two."))
    house.library.change(house.administrator, key, 1, replace(ENTRY, answer="There is one, since May.", tags=("pets",)))
    for seen in (None, 1):
        with pytest.raises(ConflictError):
            house.library.accept(house.reviewer, proposal, 1, seen)
    assert house.library.entry(house.reviewer, key).entry.answer == "There is one, since May."
    assert house.library.accept(house.reviewer, proposal, 1, 2) == key


def test_only_reviewers_take_turn_down_change_retire_and_bring_back(house: House) -> None:
    key = house.library.add(house.reviewer, ENTRY)
    proposal = house.library.add(house.sales, replace(ENTRY, question="Is there a cat?"))
    for act in (
        lambda: house.library.accept(house.expert, proposal, 1),
        lambda: house.library.turn_down(house.expert, proposal, "No."),
        lambda: house.library.retire(house.expert, key),
        lambda: house.library.bring_back(house.expert, key),
        lambda: house.library.merge(house.expert, key, key),
    ):
        with pytest.raises(PermissionDeniedError):
            act()


def test_who_proposed_something_may_withdraw_it_and_reword_it(house: House) -> None:
    proposal = house.library.add(house.expert, ENTRY)
    assert house.library.change(house.expert, proposal, 1, replace(ENTRY, answer="None.")) == proposal
    house.library.turn_down(house.expert, proposal, "")
    assert house.library.entry(house.expert, proposal).retired


def test_turning_down_needs_a_reason(house: House) -> None:
    proposal = house.library.add(house.expert, ENTRY)
    with pytest.raises(InvalidValueError, match="why"):
        house.library.turn_down(house.reviewer, proposal, " ")
    house.library.turn_down(house.reviewer, proposal, "We have a dog.")
    assert house.library.history(house.expert, proposal)[0].after["reason"] == "We have a dog."  # type: ignore[index]


def test_two_who_change_the_same_entry_do_not_overwrite_each_other(house: House) -> None:
    key = house.library.add(house.reviewer, ENTRY)
    house.library.change(house.reviewer, key, 1, replace(ENTRY, answer="Not one."))
    with pytest.raises(ConflictError):
        house.library.change(house.administrator, key, 1, replace(ENTRY, answer="Three."))
    assert house.library.entry(house.expert, key).entry.answer == "Not one."


@pytest.mark.parametrize(
    "changed",
    [
        replace(ENTRY, question=" "),
        replace(ENTRY, answer="", choice=""),
        replace(ENTRY, answer="As we told Acme, none."),
        replace(ENTRY, also_asked=("Does ACME have one?",)),
    ],
)
def test_an_entry_that_is_incomplete_or_names_a_customer_is_not_saved(house: House, changed: LibraryEntry) -> None:
    house.upload(customer="Acme, Inc.")
    key = house.library.add(house.reviewer, ENTRY)
    with pytest.raises(InvalidValueError):
        house.library.change(house.reviewer, key, 1, changed)
    with pytest.raises(InvalidValueError):
        house.library.add(house.expert, changed)


def test_a_proposal_that_names_a_customer_cannot_be_taken(house: House) -> None:
    proposal = house.library.add(house.expert, replace(ENTRY, answer="Ask Globex."))
    house.upload(customer="Globex")
    with pytest.raises(InvalidValueError, match="Globex"):
        house.library.accept(house.reviewer, proposal, 1)


def test_who_may_not_see_a_questionnaire_is_not_told_whose_it_is(house: House) -> None:
    key = house.upload(customer="Initech Falke AG")
    house.sharing.restrict(house.sales, key, house.review.frame(house.sales, key).record.version, restricted=True)
    entry = replace(ENTRY, answer="We serve Initech Falke.")
    for person in (house.expert, house.reviewer):
        with pytest.raises(InvalidValueError, match="a customer") as refused:
            house.library.add(person, entry)
        assert "AG" not in str(refused.value)
        assert "“initech falke”" in str(refused.value)
    with pytest.raises(InvalidValueError, match="name Initech Falke AG"):
        house.library.add(house.sales, entry)


def test_what_is_internal_is_read_and_written_by_reviewers_only(house: House) -> None:
    key = house.library.add(house.reviewer, replace(ENTRY, audience=Audience.INTERNAL))
    with pytest.raises(NotFoundError):
        house.library.entry(house.expert, key)
    with pytest.raises(NotFoundError):
        house.library.history(house.sales, key)
    with pytest.raises(PermissionDeniedError):
        house.library.add(house.expert, replace(ENTRY, audience=Audience.INTERNAL))


def test_what_an_entry_said_while_it_was_internal_stays_with_the_reviewers(house: House) -> None:
    key = house.library.add(
        house.reviewer, replace(ENTRY, answer="The key is under the mat.", audience=Audience.INTERNAL)
    )
    house.library.change(house.reviewer, key, 1, ENTRY)
    house.library.change(house.reviewer, key, 2, replace(ENTRY, answer="None."))
    assert len(house.library.history(house.expert, key)) == 1
    assert len(house.library.history(house.reviewer, key)) == 3


def test_an_entry_comes_back_from_retirement(house: House) -> None:
    key = house.library.add(house.reviewer, ENTRY)
    house.library.retire(house.reviewer, key, "Nobody asks.")
    assert house.library.all() == []
    house.library.bring_back(house.reviewer, key)
    assert len(house.library.all()) == 1
    assert actions(house, key) == ["brought back", "retired", "added"]


def test_an_entry_that_names_a_customer_by_now_does_not_come_back(house: House) -> None:
    key = house.library.add(house.reviewer, replace(ENTRY, answer="We serve Umbrella Corp."))
    house.library.retire(house.reviewer, key)
    house.upload(customer="Umbrella Corp")
    with pytest.raises(InvalidValueError, match="Umbrella"):
        house.library.bring_back(house.reviewer, key)
    assert house.library.all() == []


def test_the_log_holds_every_field_before_and_after(house: House) -> None:
    key = house.library.add(house.reviewer, replace(ENTRY, tags=("pets",)))
    before = house.library.entry(house.reviewer, key).entry
    house.library.change(house.reviewer, key, 1, replace(before, answer="None at all.", tags=("dogs",)))
    event = house.library.history(house.reviewer, key)[0]
    assert event.before is not None
    assert event.after is not None
    assert event.before.keys() == event.after.keys()
    assert (event.before["answer"], event.after["answer"]) == ("There is none.", "None at all.")
    assert (event.before["tags"], event.after["tags"]) == (["pets"], ["dogs"])


def test_two_entries_are_made_one_that_is_asked_in_both_wordings(house: House) -> None:
    kept = house.library.add(house.reviewer, ENTRY)
    other = house.library.add(house.reviewer, replace(ENTRY, question="Any dogs?", also_asked=("Dogs?",), answer="No."))
    house.library.merge(house.reviewer, kept, other)
    assert house.library.entry(house.reviewer, kept).entry.also_asked == ("Any dogs?", "Dogs?")
    assert house.library.entry(house.reviewer, other).retired
    with pytest.raises(StateError):
        house.library.merge(house.reviewer, kept, other)


@pytest.mark.parametrize(
    "reach", [{"product": ""}, {"deployments": frozenset({"cloud"})}, {"audience": Audience.NDA}], ids=str
)
def test_entries_that_hold_for_something_else_are_not_made_one(house: House, reach: dict[str, Any]) -> None:
    kept = house.library.add(house.reviewer, ENTRY)
    other = house.library.add(house.reviewer, replace(ENTRY, question="Any dogs?", answer="No.", **reach))
    with pytest.raises(StateError, match="hold for other"):
        house.library.merge(house.reviewer, kept, other)
    assert not house.library.entry(house.reviewer, other).retired


def test_one_of_two_entries_is_kept_whoever_decides_at_the_same_time(house: House) -> None:
    one = house.library.add(house.reviewer, ENTRY)
    two = house.library.add(house.reviewer, replace(ENTRY, question="Any dogs?", answer="No."))
    with pytest.raises(PermissionDeniedError):
        house.library.keep(house.expert, one, two)
    house.library.keep(house.reviewer, one, two)
    with pytest.raises(StateError):
        house.library.keep(house.administrator, two, one)
    assert [house.library.entry(house.reviewer, key).retired for key in (one, two)] == [False, True]
    assert house.library.history(house.reviewer, two)[0].after["reason"] == f"library entry {one} is kept instead"  # type: ignore[index]


def test_another_wording_does_not_undo_what_rests_on_the_entry(house: House) -> None:
    entry = house.library.add(house.reviewer, LibraryEntry("Disks?", "All disks are encrypted twice.", "Parcel"))
    house.folder.passages = ()
    house.knowledge.refresh()
    item = house.questions(house.upload(ENCRYPTION))[0]
    assert item.answer.citations[0].path == f"library/{entry}"
    house.review.approve(house.reviewer, item.id, item.version)
    record = house.library.entry(house.reviewer, entry)
    house.library.change(house.reviewer, entry, record.version, replace(record.entry, also_asked=("Volumes?",)))
    house.knowledge.refresh()
    assert house.review.question(house.reviewer, item.id).answer.state.value == "approved"


def test_an_approved_answer_is_offered_by_whoever_may_edit(house: House) -> None:
    item = house.questions(house.upload(ENCRYPTION))[0]
    house.review.approve(house.reviewer, item.id, item.version)
    proposal = house.library.offer(house.sales, item.id)
    record = house.library.entry(house.reviewer, proposal)
    assert record.proposed
    assert (record.entry.answer, record.entry.approved_by) == ("All disks are encrypted.", "")
    with pytest.raises(StateError, match="proposed already"):
        house.library.offer(house.sales, item.id)


def approved(house: House, question: str, section: str) -> int:
    """Return the id of a question in that section whose draft was approved."""
    house.documents.section = section
    item = house.questions(house.upload(question))[0]
    house.review.approve(house.reviewer, item.id, item.version)
    return item.id


@pytest.mark.parametrize(
    ("question", "section", "wordings"),
    [
        ("Does it hold disks twice?", "Storage", ("Storage: Does it hold disks twice?",)),
        ("Does it hold disks twice?", "", ()),
        ("Does it hold disks twice?", "What Acme asks of its suppliers", ()),
        ("Are disks encrypted twice?", "Storage", ()),
    ],
)
def test_what_its_section_alone_makes_clear_is_also_asked_with_it(
    house: House, question: str, section: str, wordings: tuple[str, ...]
) -> None:
    entry = house.library.take(house.reviewer, approved(house, question, section))
    taken = house.library.entry(house.reviewer, entry).entry
    assert (taken.question, taken.also_asked) == (question, wordings)


def test_the_same_answer_to_the_same_words_in_another_section_makes_a_wording_more(house: House) -> None:
    question = "Does it hold disks twice?"
    entry = house.library.take(house.reviewer, approved(house, question, "Storage"))
    assert house.library.take(house.reviewer, approved(house, question, "Backups")) == entry
    wordings = house.library.entry(house.reviewer, entry).entry.also_asked
    assert wordings == (f"Storage: {question}", f"Backups: {question}")
    with pytest.raises(StateError, match="in the library already"):
        house.library.take(house.reviewer, approved(house, question, "Storage"))


def test_an_answer_whose_source_changed_since_it_was_sent_is_not_taken(house: House) -> None:
    disks, logs = house.folder.passages
    house.folder.passages = (replace(disks, audience=Audience.NDA), logs)
    house.folder.revision += 1
    house.knowledge.refresh()
    questionnaire = house.upload(ENCRYPTION, scope=Scope("Parcel", "cloud", nda=True))
    (item,) = house.questions(questionnaire)
    house.review.approve(house.reviewer, item.id, item.version)
    done = house.completion.complete(house.sales, questionnaire)
    house.sent.note(house.sales, done.id, "Bob")
    house.folder.passages = (replace(disks, text="All disks are encrypted anew.", audience=Audience.NDA), logs)
    house.knowledge.refresh()
    with pytest.raises(StateError, match="changed since"):
        house.library.take(house.reviewer, item.id)
    with pytest.raises(StateError, match="changed since"):
        house.library.offer(house.sales, item.id)


def test_a_list_asks_for_what_is_in_use_unless_told_otherwise(house: House, browsing: Browsing) -> None:
    used = house.library.add(house.reviewer, replace(ENTRY, tags=("pets",), owner="ann@example.com"))
    retired = house.library.add(house.reviewer, replace(ENTRY, question="Old?", product="", deployments=frozenset()))
    house.library.retire(house.reviewer, retired)
    proposal = house.library.add(house.expert, replace(ENTRY, question="New?"))

    def listed(**wanted: str) -> list[int | None]:
        return [item.record.id for item in browsing.listed(house.expert, Wanted(**wanted))]

    assert listed() == [used]
    assert listed(state="retired") == [retired]
    assert listed(state="proposed") == [proposal]
    assert listed(tag="pets") == [used]
    assert listed(tag="cars") == []
    assert listed(owner="ANN@example.com", product="Parcel", deployment="cloud", audience="public") == [used]
    assert listed(product="Crate") == []
    assert listed(words="dog none") == [used]
    assert listed(words="dog horse") == []


def test_a_search_finds_statements_and_entries_together_and_filters_both(house: House, browsing: Browsing) -> None:
    key = house.library.add(house.reviewer, LibraryEntry("Disks?", "All disks are encrypted twice.", "Parcel"))
    house.library.add(house.expert, LibraryEntry("Proposed?", "All disks are encrypted thrice.", "Parcel"))
    house.knowledge.refresh()

    def found(**wanted: str) -> list[str]:
        hits = browsing.search(house.expert, Wanted("All disks", **wanted))
        return [hit.record.path if hit.record else hit.match.passage.path for hit in hits]

    assert found() == ["parcel.md", f"library/{key}"]
    assert found(owner="reviewer@example.com") == [f"library/{key}"]
    assert found(product="Crate") == []
    assert found(state="expired") == []


def test_what_another_node_changed_is_seen_without_reading_all_again(house: House, browsing: Browsing) -> None:
    first = house.library.add(house.reviewer, ENTRY)
    assert len(browsing.listed(house.expert, Wanted())) == 1
    with house.store.writing() as tx:
        record = tx.library.get(first)
        tx.library.save(replace(record, entry=replace(record.entry, answer="By another node.")))
        tx.library.add(replace(ENTRY, question="Is there a cat?"))
    one, two = browsing.listed(house.expert, Wanted())
    assert one.record.entry.answer == "By another node."
    assert two.record.entry.question == "Is there a cat?"


def test_evidence_that_says_something_else_makes_the_entry_due(house: House, browsing: Browsing) -> None:
    item = house.questions(house.upload(ENCRYPTION))[0]
    house.review.approve(house.reviewer, item.id, item.version)
    key = house.library.take(house.reviewer, item.id)
    house.knowledge.refresh()
    assert browsing.state(house.library.entry(house.reviewer, key)) is EntryState.CURRENT
    disks, logs = house.folder.passages
    house.folder.passages = (replace(disks, lines=(9, 9)), logs)
    house.knowledge.refresh()
    assert browsing.state(house.library.entry(house.reviewer, key)) is EntryState.CURRENT  # it only moved
    house.folder.passages = (replace(disks, text="Some disks are encrypted."), logs)
    house.knowledge.refresh()
    assert browsing.state(house.library.entry(house.reviewer, key)) is EntryState.DUE
    assert [due.evidence for due in browsing.due(house.reviewer)] == [
        house.library.entry(house.reviewer, key).entry.evidence
    ]
