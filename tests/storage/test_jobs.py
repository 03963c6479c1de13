from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from assistant.errors import ConflictError
from assistant.storage import Database
from assistant.storage.jobs import MOST_CLAIMS
from assistant.workflow.records import Job
from tests.storage.samples import NOON

PATIENCE = timedelta(minutes=2)


def claim(store: Database, worker: str, at: datetime = NOON) -> Job | None:
    with store.writing() as tx:
        return tx.jobs.claim(worker, at, at - PATIENCE)


def add(store: Database, subject: int = 1, kind: str = "draft") -> int:
    with store.writing() as tx:
        return tx.jobs.add(kind, subject, 10, NOON)


def test_jobs_are_claimed_in_the_order_they_were_queued(store: Database) -> None:
    first, second = add(store, 1), add(store, 2)
    claimed = [claim(store, "a"), claim(store, "b"), claim(store, "c")]
    assert [job.id if job else None for job in claimed] == [first, second, None]


def test_the_same_work_is_not_queued_twice_while_it_waits_or_runs(store: Database) -> None:
    first = add(store)
    assert add(store) == first
    claim(store, "a")
    assert add(store) == first
    assert add(store, kind="other") != first
    with store.writing() as tx:
        tx.jobs.finish(first, "a", NOON)
    assert add(store) not in (first, None)


def test_progress_and_end_are_seen(store: Database) -> None:
    job = add(store)
    claim(store, "a")
    with store.writing() as tx:
        tx.jobs.advance(job, "a", 4, NOON)
        assert tx.jobs.latest("draft", 1) == Job(job, "draft", 1, 4, 10, NOON)
        tx.jobs.finish(job, "a", NOON + PATIENCE, "The file is gone.")
        assert tx.jobs.latest("draft", 1) == Job(job, "draft", 1, 4, 10, NOON, NOON + PATIENCE, "The file is gone.")
        assert tx.jobs.latest("draft", 2) is None
    assert claim(store, "b") is None


def test_the_job_of_a_dead_worker_is_taken_up_where_it_stood(store: Database) -> None:
    job = add(store)
    claim(store, "dead")
    with store.writing() as tx:
        tx.jobs.advance(job, "dead", 7, NOON + timedelta(minutes=1))
    assert claim(store, "b", NOON + PATIENCE) is None
    taken = claim(store, "b", NOON + timedelta(minutes=1, seconds=1) + PATIENCE)
    assert taken is not None
    assert (taken.id, taken.done) == (job, 7)


def test_a_worker_that_was_thought_dead_is_told_that_it_lost_the_job(store: Database) -> None:
    job = add(store)
    claim(store, "slow")
    claim(store, "b", NOON + PATIENCE + timedelta(seconds=1))
    with pytest.raises(ConflictError), store.writing() as tx:
        tx.jobs.advance(job, "slow", 9, NOON)
    with pytest.raises(ConflictError), store.writing() as tx:
        tx.jobs.finish(job, "slow", NOON)


def test_a_finished_job_is_not_advanced(store: Database) -> None:
    job = add(store)
    claim(store, "a")
    with store.writing() as tx:
        tx.jobs.finish(job, "a", NOON)
    with pytest.raises(ConflictError), store.writing() as tx:
        tx.jobs.advance(job, "a", 9, NOON)


def test_a_job_that_kills_its_workers_is_given_up(store: Database) -> None:
    add(store)
    at = NOON
    for number in range(MOST_CLAIMS):
        assert claim(store, f"worker {number}", at) is not None
        at += PATIENCE + timedelta(seconds=1)
    assert claim(store, "last", at) is None
    with store.writing() as tx:
        given_up = tx.jobs.give_up(at, at - PATIENCE)
        assert tx.jobs.give_up(at, at - PATIENCE) == []
    with store.reading() as tx:
        latest = tx.jobs.latest("draft", 1)
    assert latest is not None
    assert latest.finished == at
    assert "interrupted 5 times" in latest.error
    assert given_up == [latest]


def test_a_job_that_is_worked_on_is_not_given_up(store: Database) -> None:
    add(store)
    at = NOON
    for number in range(MOST_CLAIMS):
        assert claim(store, f"worker {number}", at) is not None
        with store.writing() as tx:
            assert tx.jobs.give_up(at, at - PATIENCE) == []
        at += PATIENCE + timedelta(seconds=1)


def test_a_job_that_failed_rests_and_keeps_why_until_it_is_taken_up(store: Database) -> None:
    job = add(store)
    claim(store, "a")
    with store.writing() as tx:
        tx.jobs.put_off(job, "a", NOON + timedelta(seconds=10), "No index.")
    with pytest.raises(ConflictError), store.writing() as tx:
        tx.jobs.finish(job, "a", NOON)
    assert claim(store, "b", NOON + timedelta(seconds=9)) is None
    with store.reading() as tx:
        latest = tx.jobs.latest("draft", 1)
    assert latest is not None
    assert latest.error == "No index."
    assert claim(store, "b", NOON + timedelta(seconds=10)) is not None
    with store.reading() as tx:
        latest = tx.jobs.latest("draft", 1)
    assert latest is not None
    assert latest.error == ""


def test_workers_on_several_nodes_never_claim_the_same_job(
    store: Database, open_database: Callable[..., Database]
) -> None:
    for subject in range(20):
        add(store, subject)
    claimed: list[int] = []

    def work(node: Database, name: str) -> None:
        while (job := claim(node, name)) is not None:
            claimed.append(job.id)

    nodes = [store, open_database(), open_database(), open_database()]
    threads = [threading.Thread(target=work, args=(node, f"node {n}")) for n, node in enumerate(nodes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == len(set(claimed)) == 20
