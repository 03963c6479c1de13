"""The answer library: approved answers that may be used again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from assistant.answer import stands
from assistant.errors import InvalidValueError, StateError
from assistant.filling import canonical
from assistant.people import Permission, Person
from assistant.statement import LibraryEntry
from assistant.workflow.knowledge import KnowledgeKeeper
from assistant.workflow.ports import Clock, Store

REVIEW_AFTER = timedelta(days=365)
"""How long an entry is used before somebody has to look at it again."""


class AnswerLibrary:
    """What reviewers take in, change and retire."""

    def __init__(self, store: Store, knowledge: KnowledgeKeeper, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._knowledge, self._clock = store, knowledge, clock

    def entries(self, by: Person) -> list[tuple[int, LibraryEntry]]:
        """Return every entry in use, with its id."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            return tx.library.all()

    def take(self, by: Person, question: int) -> int:
        """Return the id of the entry made of an approved answer, for the scope it was given in.

        :raises StateError: unless its approval stands.
        :raises InvalidValueError: when question or answer name the customer.
        """
        by.require(Permission.KEEP_LIBRARY)
        today = self._clock().date()
        with self._store.writing() as tx:
            item = tx.questionnaires.question(question)
            record = tx.questionnaires.get(item.questionnaire)
            if not stands(item.answer, item.question, record.scope):
                raise StateError("Only an approved answer can be taken into the library.")
            if re.search(
                rf"\b{re.escape(record.customer)}\b", f"{item.question.text}\n{item.answer.text}", re.IGNORECASE
            ):
                raise InvalidValueError(
                    f"Question or answer name {record.customer}. Nothing of one customer may reach another: "
                    "take the name out of the answer first, or keep it for this customer only."
                )
            choice = canonical(item.answer.choice or "")
            deployment = record.scope.deployment
            entry = LibraryEntry(
                question=" ".join(item.question.text.split()),
                answer=item.answer.text,
                product=record.scope.product,
                deployments=frozenset({deployment} if deployment else ()),
                choice=choice.value if choice else (item.answer.choice or ""),
                owner=by.email,
                approved_by=by.name,
                approved_on=today,
                review_by=today + REVIEW_AFTER,
                evidence=tuple(f"{c.path}:{c.lines[0]}-{c.lines[1]}" for c in item.answer.citations),
            )
            key = tx.library.add(entry)
            tx.audit.record(by, "taken into the library", item.subject, None, {"entry": key})
        self._knowledge.refresh()
        return key

    def all(self) -> list[LibraryEntry]:
        """Return every entry in use, for the console."""
        with self._store.reading() as tx:
            return [entry for _, entry in tx.library.all()]

    def bring_in(self, entries: Sequence[LibraryEntry]) -> int:
        """Save those of `entries` that are not there yet, from the console; return how many."""
        with self._store.writing() as tx:
            known = {replace(entry, line=0) for _, entry in tx.library.all()}
            fresh = [
                entry for entry in dict.fromkeys(replace(entry, line=0) for entry in entries) if entry not in known
            ]
            for entry in fresh:
                tx.library.add(entry)
            tx.audit.record(None, "imported", "library", None, {"entries": len(fresh)})
        self._knowledge.refresh()
        return len(fresh)

    def retire(self, by: Person, entry: int) -> None:
        """Take an entry out of use; answers that rest on it are flagged."""
        by.require(Permission.KEEP_LIBRARY)
        with self._store.writing() as tx:
            tx.library.retire(entry)
            tx.audit.record(by, "retired", f"library entry {entry}")
        self._knowledge.refresh()
