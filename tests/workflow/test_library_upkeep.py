"""Reviews that fall due, statements that change, and what is proposed for their files."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.answer import State
from assistant.errors import (
    ConflictError,
    InvalidValueError,
    NotFoundError,
    PermissionDeniedError,
    StateError,
    StatementFormatError,
)
from assistant.statement import Audience, LibraryEntry
from assistant.workflow.browsing import Browsing
from assistant.workflow.meaning import Changes, paired
from assistant.workflow.proposing import Proposing, confirmed, patch
from assistant.workflow.sending import Sent
from assistant.workflow.shelf import Decision, EntryState
from assistant.workflow.upkeep import Upkeep
from tests.workflow.conftest import ENCRYPTION, GAP, LOGS, House

ENTRY = LibraryEntry("Is there a dog?", "There is none.", "Parcel", review_by=date(2026, 3, 20))


@pytest.fixture
def browsing(house: House) -> Browsing:
    return Browsing(house.store, house.knowledge, house.library.shelf, house.clock)


@pytest.fixture
def upkeep(house: House) -> Upkeep:
    return Upkeep(house.store, house.knowledge, house.clock)


@pytest.fixture
def proposing(house: House) -> Proposing:
    return Proposing(house.store, house.folder, house.knowledge, house.clock)


@pytest.fixture
def changes(house: House, browsing: Browsing) -> Changes:
    return Changes(house.store, house.folder, house.knowledge, browsing, house.clock)


def reword(house: House, text: str = "All disks now are encrypted.") -> None:
    disks, *others = house.folder.passages
    house.folder.passages = (replace(disks, text=text), *others)
    house.knowledge.refresh()


def told(house: House) -> list[str]:
    with house.store.reading() as tx:
        return [f"{item.kind.value} {item.subject}: {item.text}" for item in tx.notifications.of(house.reviewer.id)]


def test_the_most_urgent_comes_first_and_what_is_far_away_not_at_all(house: House, browsing: Browsing) -> None:
    for question, day in (("Soon?", date(2026, 3, 20)), ("Over?", date(2026, 3, 1)), ("Far?", date(2027, 1, 1))):
        house.library.add(house.reviewer, replace(ENTRY, question=question, review_by=day, owner="ann@example.com"))
    found = browsing.due(house.expert)
    assert [(item.name, item.state) for item in found] == [("Over?", EntryState.EXPIRED), ("Soon?", EntryState.DUE)]
    assert browsing.due(house.expert, owner="ANN@example.com") == found
    assert browsing.due(house.expert, owner="bob@example.com") == []


def test_confirming_sets_the_next_day_and_says_who(house: House, upkeep: Upkeep, browsing: Browsing) -> None:
    key = house.library.add(house.reviewer, ENTRY)
    house.clock.advance(days=10)
    record = upkeep.confirm(house.administrator, key, 1)
    assert (record.entry.review_by, record.entry.approved_by) == (date(2027, 3, 12), "Administrator")
    assert browsing.due(house.reviewer) == []
    assert house.library.history(house.reviewer, key)[0].action == "confirmed"
    with pytest.raises(ConflictError):
        upkeep.confirm(house.reviewer, key, 1)
    with pytest.raises(PermissionDeniedError):
        upkeep.confirm(house.expert, key, 2)


def test_confirming_takes_the_evidence_as_it_stands(house: House, upkeep: Upkeep, browsing: Browsing) -> None:
    entry = replace(ENTRY, review_by=date(2028, 1, 1), evidence=("parcel.md:3", "our wiki"))
    key = house.library.add(house.reviewer, entry)
    reword(house)
    assert [item.record.id for item in browsing.due(house.reviewer) if item.record] == [key]
    record = upkeep.confirm(house.reviewer, key, 1)
    assert [item.record for item in browsing.due(house.reviewer)] == []
    assert record.entry.evidence[1] == "our wiki"


def test_an_entry_is_given_to_somebody_else(house: House, upkeep: Upkeep) -> None:
    key = house.library.add(house.reviewer, ENTRY)
    assert upkeep.reassign(house.reviewer, key, " ann@example.com ").entry.owner == "ann@example.com"
    with pytest.raises(InvalidValueError):
        upkeep.reassign(house.reviewer, key, "Ann")
    with pytest.raises(PermissionDeniedError):
        upkeep.reassign(house.expert, key, "ann@example.com")


def test_the_owner_is_told_once_for_every_due_date(house: House, upkeep: Upkeep) -> None:
    key = house.library.add(house.reviewer, ENTRY)
    house.library.add(house.administrator, replace(ENTRY, question="Whose?", owner="nobody@example.com"))
    for _ in range(2):
        house.clock.advance(days=1)
        house.knowledge.refresh()
    first = f"review_due library entry {key}: Review by 2026-03-20: Is there a dog?"
    assert told(house) == [first]
    upkeep.confirm(house.administrator, key, 1)
    house.clock.advance(days=350)
    house.knowledge.refresh()
    assert told(house)[1:] == [first]
    assert told(house)[0].startswith(f"review_due library entry {key}: Review by 2027-03-04")


def test_an_owner_who_may_not_read_it_is_not_told(house: House) -> None:
    hole = replace(ENTRY, question="Which hole is open?", audience=Audience.INTERNAL)
    house.library.add(house.reviewer, replace(hole, owner="sales@example.com"))
    house.library.add(house.reviewer, replace(hole, question="Which is the second?"))
    house.knowledge.refresh()
    with house.store.reading() as tx:
        assert list(tx.notifications.of(house.sales.id)) == []
    assert len(told(house)) == 1


def test_what_was_said_of_a_pair_is_taken_back(house: House, upkeep: Upkeep) -> None:
    item = house.questions(house.upload(ENCRYPTION))[0]
    house.review.reject(house.reviewer, item.id, item.version, "It is about something else.", wrong_source=True)
    ((decision, (_, passage)),) = upkeep.decisions(house.reviewer)
    assert passage is not None
    assert (decision.both_right, passage.text) == (False, "All disks are encrypted.")
    upkeep.take_back(house.reviewer, decision)
    assert upkeep.decisions(house.reviewer) == []
    with pytest.raises(StateError):
        upkeep.take_back(house.reviewer, decision)
    with pytest.raises(PermissionDeniedError):
        upkeep.take_back(house.expert, Decision(False, "x", "d" * 64))


def test_a_changed_statement_sends_back_what_was_approved_and_drafts_the_rest_again(
    house: House, changes: Changes
) -> None:
    approved, draft, worded = house.questions(house.upload(ENCRYPTION, f"{ENCRYPTION} Really", f"{ENCRYPTION} All"))
    house.review.approve(house.reviewer, approved.id, approved.version)
    cited = [citation.digest for citation in worded.answer.citations]
    house.review.edit(house.sales, worded.id, worded.version, choice="Yes", text="All.", cited=cited)
    reword(house)
    while house.worker.run_once():
        pass
    (change,) = changes.recent(house.reviewer)
    assert change.version is not None
    meaning = changes.statement(house.reviewer, change.version)
    ((old, new),) = meaning.passages
    assert old is not None
    assert new is not None
    assert (old.text, new.text) == ("All disks are encrypted.", "All disks now are encrypted.")
    assert [row.question for _, row in meaning.used.returned.rows] == [approved.id]
    assert [row.question for _, row in meaning.used.drafts.rows] == [worded.id]
    again = house.review.question(house.reviewer, draft.id).answer
    assert (again.state, again.citations[0].text) == (State.DRAFTED, "All disks now are encrypted.")


def test_customers_who_were_sent_it_are_listed_until_they_are_told(house: House, changes: Changes) -> None:
    key = house.upload(ENCRYPTION, LOGS)
    for item in house.questions(key):
        house.review.approve(house.reviewer, item.id, item.version)
    completed = house.completion.complete(house.sales, key)
    Sent(house.store, house.clock).note(house.sales, completed.id, "ann@acme.example")
    reword(house)
    version = changes.recent(house.reviewer)[0].version
    assert version is not None
    used = changes.statement(house.sales, version).used
    ((record, sent),) = used.sent
    assert (record.customer, sent.recipient, sent.answer) == ("Acme", "ann@acme.example", "All disks are encrypted.")
    assert (used.returned.count, used.approved.count) == (0, 0)
    assert sent.told is None
    with pytest.raises(PermissionDeniedError):
        changes.tell(house.expert, sent.sending, sent.id, told=True)
    with pytest.raises(NotFoundError):
        changes.tell(house.sales, sent.sending + 1, sent.id, told=True)
    changes.tell(house.sales, sent.sending, sent.id, told=True)
    ((_, sent),) = changes.statement(house.sales, version).used.sent
    assert (sent.told, sent.told_by) == (house.clock(), house.sales.id)
    changes.tell(house.sales, sent.sending, sent.id, told=False)
    assert changes.statement(house.sales, version).used.sent[0][1].told is None


def test_who_may_not_see_a_questionnaire_sees_only_that_there_is_one(house: House, changes: Changes) -> None:
    house.upload(ENCRYPTION)
    assert changes.statement_used(house.sales, "parcel.md").drafts.count == 1
    used = changes.statement_used(house.expert, "parcel.md")
    assert (used.nowhere, used.hidden) == (True, 1)


def test_a_retired_entry_tells_what_rested_on_it(house: House, changes: Changes) -> None:
    entry = house.library.add(house.reviewer, LibraryEntry("Disks?", "All disks are encrypted twice.", "Parcel"))
    house.folder.passages = house.folder.passages[1:]
    house.knowledge.refresh()
    item = house.questions(house.upload(ENCRYPTION))[0]
    house.review.approve(house.reviewer, item.id, item.version)
    house.library.retire(house.reviewer, entry, "It is once only.")
    house.knowledge.refresh()
    change = next(change for change in changes.recent(house.reviewer) if change.entry == entry)
    assert (change.what, change.name) == ("retired", "Disks?")
    assert change.event is not None
    meaning = changes.entry(house.expert, entry, change.event)
    assert meaning.reason == "It is once only."
    assert meaning.passages[0][1] is None
    assert changes.entry(house.sales, entry, change.event).used.returned.count == 1
    with pytest.raises(NotFoundError):
        changes.entry(house.sales, entry, change.event + 1000)


def sent_by_hand(house: House, question: str, text: str, *, sent: bool = True) -> int:
    """Return a question whose answer somebody wrote without a source; its document was completed, and sent or not."""
    key = house.upload(question)
    (item,) = house.questions(key)
    item = house.review.edit(house.sales, item.id, item.version, choice="Yes", text=text, cited=[])
    house.review.approve(house.reviewer, item.id, item.version)
    if sent:
        house.sent.note(house.sales, house.completion.complete(house.sales, key).id, "ann@acme.example")
    return item.id


OWN_WORDS = "Each parcel is weighed by two people."


def test_whoever_was_told_the_same_words_is_listed_though_nothing_was_cited(house: House, changes: Changes) -> None:
    reword(house, OWN_WORDS)
    sent_by_hand(house, GAP, f"As agreed: {OWN_WORDS} No dog does it.")
    approved = sent_by_hand(house, f"{GAP} Really", OWN_WORDS, sent=False)
    sent_by_hand(house, f"{GAP} All", "Each parcel is weighed.")
    used = changes.statement_used(house.reviewer, "parcel.md")
    assert [(row.question, row.state) for _, row in used.repeating.rows] == [(approved, State.APPROVED)]
    reword(house)
    version = changes.recent(house.reviewer)[0].version
    assert version is not None
    used = changes.statement(house.reviewer, version).used
    assert [row.question for _, row in used.repeating.rows] == [approved]
    ((_, sent),) = used.sent
    assert (sent.recipient, sent.cites) == ("ann@acme.example", False)
    assert not used.nowhere


def test_what_an_entry_was_made_of_is_listed_with_it_however_short(house: House, changes: Changes) -> None:
    first = sent_by_hand(house, GAP, "Two.")
    sent_by_hand(house, f"{GAP} Really", "Two.")
    again = sent_by_hand(house, GAP, "Two.", sent=False)
    entry = house.library.take(house.reviewer, first)
    used = changes.entry_used(house.reviewer, house.library.entry(house.reviewer, entry))
    assert [row.text for _, row in used.sent] == [GAP]
    assert [row.question for _, row in used.repeating.rows] == [again]
    house.library.retire(house.reviewer, entry, "There are three.")
    change = changes.recent(house.reviewer)[0]
    assert change.event is not None
    meaning = changes.entry(house.reviewer, entry, change.event)
    assert [row.recipient for _, row in meaning.used.sent] == ["ann@acme.example"]


def test_an_answer_that_cites_is_not_listed_again_for_its_words(house: House, changes: Changes) -> None:
    reword(house, "All disks in every room are encrypted.")
    (item,) = house.questions(house.upload(ENCRYPTION))
    assert item.answer.text == "All disks in every room are encrypted."
    used = changes.statement_used(house.reviewer, "parcel.md")
    assert (used.drafts.count, used.repeating.count) == (1, 0)


def test_what_expired_lately_is_among_the_changes(house: House, changes: Changes) -> None:
    house.library.add(house.reviewer, replace(ENTRY, review_by=date(2026, 2, 28)))
    house.library.add(house.reviewer, replace(ENTRY, question="Long ago?", review_by=date(2025, 2, 28)))
    assert [(change.what, change.day) for change in changes.recent(house.sales)] == [("expired", date(2026, 3, 1))]


def test_a_file_that_returns_to_an_earlier_text_has_changed_once_more(house: House, changes: Changes) -> None:
    reword(house)
    reword(house, "All disks are encrypted.")
    house.knowledge.refresh()
    assert len(changes.recent(house.reviewer)) == 2


def test_passages_that_were_reworded_are_paired(house: House) -> None:
    one, two = house.folder.passages
    reworded = replace(one, text="All disks are encrypted twice.")
    other = replace(one, text="A dog guards the door.")
    assert paired((one, two), (reworded, two)) == ((one, reworded),)
    assert paired((one, two), (one,)) == ((two, None),)
    assert paired((one,), (other, reworded)) == ((None, other), (one, reworded))


TEXT = "All disks are encrypted.\nLogs are kept for 90 days."


def proposed(house: House, proposing: Proposing, text: str = TEXT.replace("90", "60")) -> int:
    base = proposing.source(house.expert, "parcel.md")
    return proposing.propose(house.expert, "parcel.md", base.digest, text, "Since June.")


def test_a_proposed_text_is_checked_like_the_file(house: House, proposing: Proposing) -> None:
    with pytest.raises(StatementFormatError, match=r"parcel\.md:1"):
        proposed(house, proposing, "a fault")
    with pytest.raises(InvalidValueError, match="Nothing"):
        proposed(house, proposing, TEXT.replace("\n", "\r\n"))
    with pytest.raises(ConflictError):
        proposing.propose(house.expert, "parcel.md", "d" * 64, "x", "")
    assert proposing.proposals(house.expert) == []


def test_a_proposal_is_taken_when_the_file_says_so(house: House, proposing: Proposing) -> None:
    key = proposed(house, proposing)
    assert [item.id for item in proposing.proposals(house.expert, "parcel.md")] == [key]
    disks, logs = house.folder.passages
    house.folder.passages = (disks, replace(logs, text="Logs are kept for 60 days."))
    house.knowledge.refresh()
    found, *_ = proposing.proposal(house.expert, key)
    assert (found.outcome, found.closed_by) == ("taken", None)
    with pytest.raises(StateError):
        proposing.close(house.reviewer, key, "turned down")


def test_reviewers_close_a_proposal_and_its_author_withdraws_it(house: House, proposing: Proposing) -> None:
    one, two = proposed(house, proposing), proposed(house, proposing, TEXT + "\nMore.")
    with pytest.raises(PermissionDeniedError):
        proposing.close(house.expert, one, "turned down")
    with pytest.raises(PermissionDeniedError):
        proposing.close(house.sales, one, "withdrawn")
    with pytest.raises(InvalidValueError):
        proposing.close(house.reviewer, one, "forgotten")
    with pytest.raises(StateError, match="still says"):
        proposing.close(house.reviewer, one, "taken")
    proposing.close(house.reviewer, one, "turned down")
    proposing.close(house.expert, two, "withdrawn")
    assert {item.outcome for item in proposing.proposals(house.expert)} == {"turned down", "withdrawn"}


def test_proposals_for_an_internal_statement_are_for_reviewers(house: House, proposing: Proposing) -> None:
    house.folder.passages = tuple(replace(p, audience=Audience.INTERNAL) for p in house.folder.passages)
    house.folder.revision += 1
    house.knowledge.refresh()
    with pytest.raises(NotFoundError):
        proposed(house, proposing)
    base = proposing.source(house.reviewer, "parcel.md")
    key = proposing.propose(house.reviewer, "parcel.md", base.digest, TEXT + "\nMore.", "")
    assert proposing.proposals(house.expert) == []
    with pytest.raises(NotFoundError):
        proposing.patch(house.expert, key)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("one\ntwo\nthree\n", "one\n2\nthree\n"),
        ("one\ntwo", "one\ntwo\n"),
        ("one\ntwo\n", "one\nthree"),
        ("one\r\ntwo\r\n", "one\r\n2\r\n"),
        ("a\x0cb\nc\n", "a\x0cb\nd\n"),
    ],
)
@pytest.mark.parametrize("program", ["git", "patch"])
def test_a_patch_makes_the_proposed_file_of_the_old_one(before: str, after: str, program: str, tmp_path: Path) -> None:
    file = tmp_path / "in a folder" / "a file.md"
    file.parent.mkdir()
    file.write_bytes(before.encode())
    (tmp_path / "it.patch").write_bytes(patch("in a folder/a file.md", before, after).encode())
    command = ["git", "apply", "it.patch"] if program == "git" else ["patch", "-s", "-p1", "--binary", "-i", "it.patch"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert file.read_bytes() == after.encode()


def test_confirming_a_statement_changes_its_dates_only() -> None:
    text = "---\ntitle: Parcel\nreview_by: 2026-01-01 # soon\n---\n\nreviewed: never mind\n"
    after = confirmed(text, date(2026, 3, 2), timedelta(days=365))
    assert after == ("---\ntitle: Parcel\nreview_by: 2027-03-02\nreviewed: 2026-03-02\n---\n\nreviewed: never mind\n")
    assert "\r\nreviewed: 2026-03-02\r\n" in confirmed("---\r\ntitle: P\r\n---\r\nx", date(2026, 3, 2), timedelta(1))
