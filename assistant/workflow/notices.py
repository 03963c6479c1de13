"""What somebody was told, put together by what it is about. Notifications have one way in, `tx.notifications.add`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from assistant.people import Person
from assistant.workflow import visibility
from assistant.workflow.notifying import Kind, Notification
from assistant.workflow.ports import Clock, Store, Transaction

LATEST = 500
"""How many notifications are looked at; older ones are past caring."""


@dataclass(frozen=True, slots=True)
class Line:
    """Notifications of one kind about one thing, the latest first."""

    kind: Kind
    notes: tuple[Notification, ...]

    @property
    def ids(self) -> list[int]:
        """Return the ids of its notifications."""
        return [note.id for note in self.notes]

    @property
    def texts(self) -> list[str]:
        """Return what they say, each once; what is not for their reader to see any more says nothing."""
        return list(dict.fromkeys(note.text for note in self.notes if note.text))

    @property
    def subject(self) -> str:
        """Return what they are about, "" when it is several things."""
        subjects = {note.subject for note in self.notes}
        return subjects.pop() if len(subjects) == 1 else ""


@dataclass(frozen=True, slots=True)
class Thing:
    """A questionnaire or the library, with what somebody was told about it.

    `questionnaire` is None for the library; `name` is "" when it is gone, or not for them to see any more. What they
    were told about it is not shown then either.
    """

    questionnaire: int | None
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """All that somebody was told: what they have not seen yet, and what they have."""

    new: tuple[Thing, ...]
    seen: tuple[Thing, ...]


class Notices:
    """Reading one's notifications."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._clock = store, clock

    def unseen(self, person: Person) -> int:
        """Return how many notifications the person has not seen."""
        with self._store.reading() as tx:
            return tx.notifications.unseen(person.id)

    def told(self, person: Person) -> Told:
        """Return what the person was told, put together."""
        with self._store.reading() as tx:
            notes = tx.notifications.of(person.id, LATEST)
            records = visibility.seen(tx, person, tx.questionnaires.all())
            names = {record.id: f"{record.customer}, {record.name}" for record in records}
            where = _places(tx, person, notes, {record.id for record in visibility.seen_whole(tx, person, records)})
        new, seen = (
            _things([note for note in notes if (note.seen is None) is wanted], where, names) for wanted in (True, False)
        )
        return Told(new, seen)

    def see(self, person: Person, only: Collection[int] | None = None) -> None:
        """Note that the person has seen all, or those with an id in `only`."""
        with self._store.writing() as tx:
            tx.notifications.see(person.id, self._clock(), only)


def _places(
    tx: Transaction, person: Person, notes: Iterable[Notification], whole: Collection[int]
) -> Mapping[str, int | None]:
    """Return subject -> questionnaire: None for what is about the library, 0 for a question that is gone.

    So is one that the person does not see: of questionnaires that are not among the `whole` ones they see their own.
    """
    mine = {assignment.question for assignment in tx.assignments.mine(person.id)}
    subjects = {note.subject: note.subject.rpartition(" ") for note in notes}
    questions = [int(key) for kind, _, key in subjects.values() if kind == "question" and key.isdecimal()]
    places = tx.notifications.places(questions)
    found: dict[str, int | None] = {}
    for subject, (kind, _, key) in subjects.items():
        if kind == "question":
            place = places.get(int(key), 0) if key.isdecimal() else 0
            found[subject] = place if place in whole or (place and int(key) in mine) else 0
        else:
            found[subject] = int(key) if kind == "questionnaire" else None
    return found


def _things(
    notes: Iterable[Notification], where: Mapping[str, int | None], names: Mapping[int, str]
) -> tuple[Thing, ...]:
    """Return the notes by questionnaire and kind; both in the order of their latest note."""
    found: dict[int | None, dict[Kind, list[Notification]]] = {}
    for note in notes:
        place = where[note.subject]
        key = place if place is None or place in names else 0
        told = replace(note, text="") if key == 0 else note
        found.setdefault(key, {}).setdefault(note.kind, []).append(told)
    return tuple(
        Thing(
            key or None,
            "The library" if key is None else names.get(key, ""),
            tuple(Line(kind, tuple(of_kind)) for kind, of_kind in kinds.items()),
        )
        for key, kinds in found.items()
    )
