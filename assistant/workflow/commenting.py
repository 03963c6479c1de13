"""Saying something on a question, and telling those it concerns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import InvalidValueError, NotFoundError, PermissionDeniedError
from assistant.filling import writable
from assistant.people import Permission, Person, Role
from assistant.workflow import visibility
from assistant.workflow.comments import Comment, mentioned
from assistant.workflow.notifying import Kind
from assistant.workflow.ports import Clock, Store
from assistant.workflow.records import QuestionnaireRecord

LONGEST = 5_000
"""Characters of a comment; what is longer belongs into a document."""
_SHOWN = 140
"""Characters of a comment that a notification repeats."""


@dataclass(frozen=True, slots=True)
class Said:
    """A comment that was saved; `untold` are those it names who cannot see the question, so were not told.

    `remedy` says what is to be done about that.
    """

    comment: Comment
    untold: tuple[str, ...] = ()
    remedy: str = ""


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

    def audience(self, by: Person, question: int) -> list[Person]:
        """Return whom `by` may mention there: everybody else who can sign in and see the question, by name."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            _, record = visibility.require_question(tx, by, question)
            people = [account.person for account in tx.people.all() if account.active and account.id != by.id]
            return visibility.audience(tx, people, question, record)

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
            can_see = [one.id for one in visibility.audience(tx, [people[key] for key in named], question, record)]
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
            untold = [people[key] for key in named if key not in can_see]
            remedy = _remedy(by, record, untold, tx.people.names(), whole=visibility.sees_whole(tx, by, record))
        return Said(comment, tuple(person.name for person in untold), remedy)

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


def _remedy(
    by: Person, record: QuestionnaireRecord, untold: Sequence[Person], names: Mapping[int, str], *, whole: bool
) -> str:
    """Return what `by` can do so that those who were not told see the question, "" when all were told."""
    if not untold:
        return ""
    whom = "them" if len(untold) > 1 else untold[0].name
    owner = names.get(record.owner, "an administrator")
    if not (whole and by.may(Permission.ASSIGN)):
        return f"Ask {owner} to assign it to {whom}."
    if all(person.role is Role.EXPERT for person in untold):
        return f"Assign it to {whom}."
    if by.id == record.owner or by.may(Permission.ADMINISTER):
        return f"Make {whom} a member on the page “File”, or assign it."
    return f"Assign it to {whom}, or ask {owner} to make {whom} a member."


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= _SHOWN else f"“{line[: _SHOWN - 1].rstrip()}…”"
