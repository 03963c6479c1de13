"""Noting which completed document was sent to whom, and when; from then on it stays as it was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from assistant.errors import InvalidValueError, NotFoundError
from assistant.people import Permission, Person
from assistant.workflow import visibility
from assistant.workflow.ports import Clock, Store, Transaction
from assistant.workflow.records import CompletedRecord, QuestionnaireRecord, Stage
from assistant.workflow.sendings import NO_DOCUMENT, Sending, ToldAnswer

_LONGEST = 300
"""Characters of a recipient that are kept."""


class Sent:
    """What was sent to whom; the record of it is only added to."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._clock = store, clock

    def note(self, by: Person, completed: int, recipient: str, on: date | None = None) -> CompletedRecord:
        """Note that the completed document was sent to `recipient`, today or on the day `on`; return its record.

        When it says what stands in the review, the questionnaire counts as sent from now on, and nothing in it is
        changed any more.

        :raises InvalidValueError: without a recipient, or for a day before it was completed or after today.
        """
        by.require(Permission.COMPLETE)
        recipient, now = " ".join(recipient.split())[:_LONGEST], self._clock()
        if not recipient:
            raise InvalidValueError("Say to whom it was sent: a name, an address or a portal.")
        with self._store.writing() as tx:
            done, record = document(tx, by, completed)
            at = _moment(on, now, done.at)
            newest = tx.questionnaires.completed(done.questionnaire)[0].id
            tx.sendings.add(completed, recipient, by.id, at)
            if record.stage is Stage.COMPLETED and newest == completed:
                tx.questionnaires.update(replace(record, stage=Stage.SENT))
            told = {"file": done.name, "digest": done.digest, "to": recipient, "on": at.date().isoformat()}
            tx.audit.record(by, "sent", record.subject, None, told)
        return done

    def document(self, by: Person, completed: int) -> CompletedRecord:
        """Return the record of a completed document."""
        with self._store.reading() as tx:
            return document(tx, by, completed)[0]

    def of(self, by: Person, questionnaire: int) -> Mapping[int, Sequence[Sending]]:
        """Return for each completed document that was sent to whom it was, the latest first."""
        with self._store.reading() as tx:
            visibility.require_whole(tx, by, questionnaire)
            return tx.sendings.of(questionnaire)

    def answers(self, by: Person, completed: int) -> tuple[CompletedRecord, Sequence[ToldAnswer]]:
        """Return what the completed document says, as it was told."""
        with self._store.reading() as tx:
            return document(tx, by, completed)[0], tx.sendings.answers(completed)


def document(tx: Transaction, by: Person, completed: int) -> tuple[CompletedRecord, QuestionnaireRecord]:
    """Return the completed document and its questionnaire.

    :raises NotFoundError: when there is none that `by` may see.
    """
    done = tx.sendings.document(completed)
    try:
        return done, visibility.require_whole(tx, by, done.questionnaire)
    except NotFoundError as problem:
        raise NotFoundError(NO_DOCUMENT) from problem


def _moment(on: date | None, now: datetime, completed: datetime) -> datetime:
    """Return the moment that is kept for a sending on that day: now for today, else the noon of the day."""
    tomorrow = now.date() + timedelta(days=1)
    if on is None or on in (now.date(), tomorrow):  # east of here it may be tomorrow already
        return now
    if on > tomorrow:
        raise InvalidValueError("The day of sending lies in the future. Note it when it was sent.")
    if on < completed.date():
        raise InvalidValueError("It cannot have been sent before it was completed.")
    return max(datetime.combine(on, time(12), UTC), completed)
