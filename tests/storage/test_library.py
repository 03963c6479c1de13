from dataclasses import replace
from datetime import date

import pytest

from assistant.errors import ConflictError, NotFoundError
from assistant.statement import Audience, LibraryEntry
from assistant.storage import Database
from assistant.workflow.shelf import Decision, EntryRecord
from tests.storage import samples

ENTRY = LibraryEntry(
    question="Are keys rotated?",
    answer="Every 90 days.\nBy us.",
    product="Sourcegraph",
    deployments=frozenset({"cloud", "on-premise"}),
    also_asked=("How often do keys change?", "Rotation?"),
    choice="Yes",
    owner="security@example.com",
    approved_by="Ada",
    approved_on=date(2026, 1, 2),
    review_by=date(2027, 1, 2),
    evidence=("security.md:3-4",),
    tags=("keys", "ölçü"),
    audience=Audience.NDA,
)


def test_an_entry_comes_back_as_it_was_saved(store: Database) -> None:
    with store.writing() as tx:
        ids = [tx.library.add(ENTRY), tx.library.add(LibraryEntry("A dog?", "No."))]
    with store.reading() as tx:
        assert tx.library.all() == [(ids[0], ENTRY), (ids[1], LibraryEntry("A dog?", "No."))]


def test_an_entry_is_changed_in_every_field(store: Database) -> None:
    with store.writing() as tx:
        key = tx.library.add(LibraryEntry("A dog?", "No."))
        other = tx.library.add(LibraryEntry("A cat?", "No."))
        tx.library.save(EntryRecord(key, ENTRY))
        assert dict(tx.library.all()) == {key: ENTRY, other: LibraryEntry("A cat?", "No.")}


def test_a_retired_entry_is_kept_but_not_used(store: Database) -> None:
    with store.writing() as tx:
        key = tx.library.add(ENTRY)
        tx.library.save(EntryRecord(key, ENTRY, retired=True))
        assert tx.library.all() == []
        assert tx.library.add(ENTRY) != key


def test_where_it_stood_in_a_file_is_not_kept(store: Database) -> None:
    with store.writing() as tx:
        tx.library.add(replace(ENTRY, line=12))
        assert tx.library.all()[0][1] == ENTRY


def test_an_entry_that_is_not_there_is_said_so(store: Database) -> None:
    with pytest.raises(NotFoundError), store.writing() as tx:
        tx.library.save(EntryRecord(7, ENTRY))
    with pytest.raises(NotFoundError), store.reading() as tx:
        tx.library.get(7)


def test_a_change_based_on_an_older_version_is_refused(store: Database) -> None:
    with store.writing() as tx:
        before = tx.library.get(tx.library.add(ENTRY))
        tx.library.save(replace(before, entry=replace(ENTRY, choice="No")))
    with pytest.raises(ConflictError), store.writing() as tx:
        tx.library.save(before)


def test_a_proposal_is_kept_but_not_used(store: Database) -> None:
    with store.writing() as tx:
        first = tx.library.add(ENTRY)
        key = tx.library.add(ENTRY, proposed=True, replaces=first)
        assert tx.library.get(key) == EntryRecord(key, ENTRY, proposed=True, replaces=first)
        assert [found for found, _ in tx.library.all()] == [first]
        assert [record.id for record in tx.library.records()] == [first, key]
        assert [record.id for record in tx.library.records([key])] == [key]


def test_a_rejected_pair_is_remembered_once(store: Database) -> None:
    with store.writing() as tx:
        ada = samples.person(tx)
        for _ in range(2):
            tx.library.reject("keys rotated", "d" * 64, ada.id, samples.NOON)
        tx.library.reject("keys rotated", "e" * 64, ada.id, samples.NOON)
        assert tx.library.rejected() == {("keys rotated", "d" * 64), ("keys rotated", "e" * 64)}


def test_a_pair_that_is_both_right_is_remembered_once(store: Database) -> None:
    with store.writing() as tx:
        ada = samples.person(tx)
        for _ in range(2):
            tx.library.settle("d" * 64, "e" * 64, ada.id, samples.NOON)
        assert tx.library.settled() == {("d" * 64, "e" * 64)}


def test_what_was_said_of_a_pair_is_taken_back(store: Database) -> None:
    with store.writing() as tx:
        ada = samples.person(tx)
        tx.library.reject("keys rotated", "d" * 64, ada.id, samples.NOON)
        tx.library.settle("d" * 64, "e" * 64, ada.id, samples.NOON)
        rejected, right = tx.library.decisions()
        assert rejected == Decision(False, "keys rotated", "d" * 64, ada.id, samples.NOON)
        assert right == Decision(True, "d" * 64, "e" * 64, ada.id, samples.NOON)
        assert tx.library.take_back(rejected)
        assert tx.library.take_back(right)
        assert not tx.library.take_back(rejected)
        assert tx.library.decisions() == []
        assert not tx.library.rejected()
        assert not tx.library.settled()
