"""Long work in the background: claimed in the database, resumed by whoever comes next after a crash."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from assistant.answer import State
from assistant.errors import ConflictError, NotFoundError
from assistant.workflow.drafting import answered_already, draft, wording
from assistant.workflow.intake import DRAFT
from assistant.workflow.keying import Keying
from assistant.workflow.knowledge import KnowledgeKeeper
from assistant.workflow.ports import Clock, Matching, Store, Transaction
from assistant.workflow.records import Job, Stage
from assistant.workflow.reminding import remind_of_due
from assistant.workflow.stages import reopen

BATCH = 50
"""Questions drafted in one transaction; what a crash can cost."""
LOST_AFTER = timedelta(seconds=15)
"""A worker not heard of for so long is taken to be gone; a batch takes far less."""
AGAIN_AFTER = timedelta(seconds=10)
"""How long a job that failed rests before it is tried again; the database or a disk may be back by then."""
REMIND_EVERY = timedelta(minutes=10)
"""How often it looks for what is due."""
LOOK_EVERY = 2.0
"""Seconds between looks for work that another node queued."""

log = logging.getLogger(__name__)


class Worker:
    """Takes jobs one at a time and keeps the knowledge fresh in between."""

    def __init__(
        self,
        store: Store,
        matching: Matching,
        knowledge: KnowledgeKeeper,
        clock: Clock,
        *,
        spare: Callable[[], None] = lambda: None,
    ) -> None:
        """Give the worker a name of its own, so that its claims are told from others'.

        `spare` is done again and again while there is nothing else.
        """
        self._spare = spare
        self._store, self._matching, self._knowledge, self._clock = store, matching, knowledge, clock
        self._keying = Keying(store, matching)
        self._name = secrets.token_hex(8)
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._reminded: datetime | None = None

    def start(self) -> None:
        """Run in a thread until `stop`."""
        self._thread = threading.Thread(target=self._loop, name="worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread after the batch in hand; an index that is being built is left, to be built the next time."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(None if self._knowledge.ready else 0)

    def wake(self) -> None:
        """Look for work at once."""
        self._wake.set()

    def run_once(self) -> bool:
        """Do one waiting job, if there is one; return whether there was."""
        now = self._clock()
        with self._store.writing() as tx:
            for given_up in tx.jobs.give_up(now, now - LOST_AFTER):
                _stopped(tx, given_up)
            job = tx.jobs.claim(self._name, now, now - LOST_AFTER)
        if job is None:
            return False
        try:
            if job.kind == DRAFT:
                self._draft(job)
            self._end(job)
        except ConflictError:
            log.warning("job %s was taken over by another worker", job.id)
        except Exception as problem:
            log.exception("job %s failed", job.id)
            with suppress(ConflictError), self._store.writing() as tx:
                again = self._clock() + AGAIN_AFTER
                tx.jobs.put_off(job.id, self._name, again, f"{type(problem).__name__}: {problem}")
        return True

    def _loop(self) -> None:
        while not self._stop.is_set():
            try:
                self._knowledge.refresh(self._stop.is_set)
                if self._stop.is_set():  # meanwhile; the database may be closed by now, or a backup's
                    return
                self._remind()
                busy = self.run_once() or self._keying.look()
                if not busy:
                    self._knowledge.find_conflicts()
                    self._spare()
            except Exception:
                # The database may be away for a moment; the work is still queued there.
                log.exception("the worker could not look for work")
                busy = False
            if not busy:
                self._wake.wait(LOOK_EVERY)
                self._wake.clear()

    def _remind(self) -> None:
        now = self._clock()
        if self._reminded is None or now - self._reminded >= REMIND_EVERY:
            remind_of_due(self._store, now)
            self._reminded = now

    def _end(self, job: Job) -> None:
        with self._store.writing() as tx:
            tx.jobs.finish(job.id, self._name, self._clock())

    def _draft(self, job: Job) -> None:
        while self._keying.look():
            pass
        with self._store.reading() as tx:
            record = tx.questionnaires.get(job.subject)
            rejected = tx.library.rejected()
            questions = tx.questionnaires.questions(job.subject)
        waiting = [question for question in questions if question.status is None]
        done = len(questions) - len(waiting)
        today = self._clock().date()
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            suggestions = self._matching.suggest(
                [wording(item.question) for item in batch], record.scope, today, rejected=rejected
            )
            done += len(batch)
            with self._store.writing() as tx:
                tx.jobs.advance(job.id, self._name, done, self._clock())
                for item, suggestion in zip(batch, suggestions, strict=True):
                    current = tx.questionnaires.question(item.id)
                    untouched = current.answer.state is State.UNANSWERED and not answered_already(current.question)
                    answer = draft(current.question, suggestion) if untouched else current.answer
                    tx.questionnaires.save(
                        replace(current, answer=answer, status=suggestion.status, confidence=suggestion.confidence)
                    )
        with self._store.writing() as tx:
            current_record = tx.questionnaires.get(job.subject)
            if current_record.stage is Stage.DRAFTING:
                tx.questionnaires.update(replace(current_record, stage=Stage.OPEN))
                reopen(tx, job.subject)
            questions = tx.questionnaires.questions(job.subject)
            drafted = sum(question.answer.state is State.DRAFTED for question in questions)
            tx.audit.record(None, "drafted", record.subject, None, {"questions": len(questions), "drafted": drafted})


def _stopped(tx: Transaction, job: Job) -> None:
    """Let people go on with a questionnaire whose drafting was given up."""
    if job.kind != DRAFT:
        return
    with suppress(NotFoundError):  # it was deleted meanwhile
        record = tx.questionnaires.get(job.subject)
        if record.stage is Stage.DRAFTING:
            tx.questionnaires.update(replace(record, stage=Stage.OPEN))
            reopen(tx, job.subject)
        tx.audit.record(None, "drafting failed", record.subject, None, {"error": job.error})
