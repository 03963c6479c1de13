"""Saying something on a question, and telling those it concerns."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.errors import InvalidValueError, NotFoundError, PermissionDeniedError
from assistant.filling import writable
from assistant.people import Permission, Person
from assistant.workflow import visibility
from assistant.workflow.comments import Comment, mentioned
from assistant.workflow.notifying import Kind
from assistant.workflow.ports import Clock, Store

LONGEST = 5_000
"""Characters of a comment; what is longer belongs into a document."""
_SHOWN = 140
"""Characters of a comment that a notification repeats."""


@dataclass(frozen=True, slots=True)
class Said:
    """A comment that was saved; `untold` are those it names who cannot see the question, so were not told."""

    comment: Comment
    untold: tuple[str, ...] = ()


class Commenting:
    """Remarks on questions, for colleagues only."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._clock = store, clock

    def of(self, by: Person, question: int) -> list[Comment]:
        """Return what was said on the question, the earliest first."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            visibility.require_question(tx, by, question)
            return tx.comments.of(question)

    def add(self, by: Person, question: int, text: str) -> Said:
        """Save what `by` says; tell those named in it, and whoever has the question.

        :raises InvalidValueError: when there is nothing in it, or too much.
        """
        by.require(Permission.READ)
        text, now = writable(text), self._clock()
        if not text:
            raise InvalidValueError("Write something first.")
        if len(text) > LONGEST:
            raise InvalidValueError(f"A comment has at most {LONGEST:,} characters; this one has {len(text):,}.")
        with self._store.writing() as tx:
            item, record = visibility.require_question(tx, by, question)
            people = {account.id: account.person for account in tx.people.all() if account.active}
            named = dict.fromkeys(
                found for _, _, found in mentioned(text, ((key, person.name) for key, person in people.items()))
            )
            can_see = [key for key in named if visibility.own(tx, people[key], [item], record)]
            comment = tx.comments.add(question, by.id, now, text, can_see)
            tx.audit.record(
                by,
                "commented",
                item.subject,
                None,
                {"comment": comment.id, "mentions": [people[key].name for key in can_see]},
            )
            where, said = f"{item.name} of {record.customer}", _short(text)
            for key in can_see:
                told = f"{by.name} mentioned you at {where}: {said}"
                tx.notifications.add(key, Kind.MENTIONED, item.subject, told, by.id, now)
            assigned = tx.assignments.get(question)
            if assigned is not None and assigned.person not in can_see:
                told = f"{by.name} commented on {where}, which you have: {said}"
                tx.notifications.add(assigned.person, Kind.MENTIONED, item.subject, told, by.id, now)
        return Said(comment, tuple(people[key].name for key in named if key not in can_see))

    def remove(self, by: Person, comment: int) -> Comment:
        """Take one's own comment away, also from what others were told of it, and return it.

        :raises PermissionDeniedError: for somebody else's.
        """
        by.require(Permission.READ)
        with self._store.writing() as tx:
            found = tx.comments.get(comment)
            if found is None:
                raise NotFoundError("This comment was removed already.")
            item, record = visibility.require_question(tx, by, found.question)
            if found.by != by.id:
                raise PermissionDeniedError("Only who wrote a comment can remove it.")
            tx.comments.remove(comment, self._clock())
            told = f"{by.name} removed a comment at {item.name} of {record.customer}"
            tx.notifications.reword(Kind.MENTIONED, item.subject, by.id, found.at, told)
            tx.audit.record(by, "removed a comment", item.subject, {"comment": comment}, None)
        return found


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= _SHOWN else f"“{line[: _SHOWN - 1].rstrip()}…”"
