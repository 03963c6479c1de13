"""The answer library: approved answers that may be used again.

What changes here is found by matching at the knowledge keeper's next look, seconds later.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from assistant.answer import Answer, stands
from assistant.errors import InvalidValueError, StateError
from assistant.filling import canonical
from assistant.people import Permission, Person
from assistant.statement import Audience, LibraryEntry
from assistant.workflow import visibility
from assistant.workflow.knowledge import KnowledgeKeeper, may_read
from assistant.workflow.ports import Clock, Store, Transaction

_LEGAL_FORM = re.compile(
    "inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|plc|gmbh|ag|kg|se|sa|sas|sarl|bv|nv|ab|as|oy|aps|"
    "srl|spa|pty|group|holdings?|the"
)
"""Words of a company's name that its letters often leave out."""
REVIEW_AFTER = timedelta(days=365)
"""How long an entry is used before somebody has to look at it again."""


class AnswerLibrary:
    """What reviewers take in, change and retire."""

    def __init__(self, store: Store, knowledge: KnowledgeKeeper, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._knowledge, self._clock = store, knowledge, clock

    def entries(self, by: Person) -> list[tuple[int, LibraryEntry]]:
        """Return every entry in use that `by` may read, with its id."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            return [(key, entry) for key, entry in tx.library.all() if may_read(by, entry.audience)]

    def take(self, by: Person, question: int) -> int:
        """Return the id of the entry made of an approved answer, for the scope it was given in.

        :raises StateError: unless its approval stands.
        :raises InvalidValueError: when question or answer name the customer.
        """
        by.require(Permission.KEEP_LIBRARY)
        today = self._clock().date()
        with self._store.writing() as tx:
            item, record = visibility.require_question(tx, by, question)
            if not stands(item.answer, item.question, record.scope):
                raise StateError("Only an approved answer can be taken into the library.")
            told = f"{item.question.text}\n{item.answer.choice or ''}\n{item.answer.text}"
            named = [customer for customer in tx.questionnaires.customers() if names(told, customer)]
            if named:
                raise InvalidValueError(
                    f"Question or answer name {' and '.join(named)}. Nothing of one customer may reach another: "
                    "take the name out of the answer first, or keep it for this customer only."
                )
            question_text, answer = " ".join(item.question.text.split()), item.answer
            choice = canonical(answer.choice or "")
            deployment = record.scope.deployment
            entry = LibraryEntry(
                question=question_text,
                answer=answer.text,
                product=record.scope.product,
                deployments=frozenset({deployment} if deployment else ()),
                choice=choice.value if choice else (answer.choice or ""),
                owner=by.email,
                approved_by=by.name,
                approved_on=today,
                review_by=today + REVIEW_AFTER,
                evidence=tuple(f"{c.path}:{c.lines[0]}-{c.lines[1]}" for c in answer.citations),
                # What somebody wrote by hand for a customer under NDA may tell what only such customers may know.
                audience=Audience.NDA if record.scope.nda and answer.author is not None else self._audience(answer),
            )
            key = self._added(tx, entry)
            tx.audit.record(by, "taken into the library", item.subject, None, {"entry": key})
        return key

    def _audience(self, answer: Answer) -> Audience:
        """Return the narrowest audience among the passages the answer rests on."""
        found = {self._knowledge.audience(citation) for citation in answer.citations}
        return Audience.NDA if Audience.NDA in found else Audience.PUBLIC

    def _added(self, tx: Transaction, entry: LibraryEntry) -> int:
        """Return the id of `entry`, saved, or of the one it gives another wording to.

        :raises StateError: when the same is in the library already.
        """
        known = [*tx.library.all(), *((None, other) for _, other in self._knowledge.knowledge.library)]
        for key, other in known:
            same = (other.answer, other.choice, other.product, other.deployments, other.audience) == (
                entry.answer, entry.choice, entry.product, entry.deployments, entry.audience
            )  # fmt: skip
            if same and entry.question.casefold() in {
                asked.casefold() for asked in (other.question, *other.also_asked)
            }:
                raise StateError("This answer is in the library already.")
            if same and key is not None:
                tx.library.update(key, replace(other, also_asked=(*other.also_asked, entry.question)))
                return key
        return tx.library.add(entry)

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
        return len(fresh)

    def retire(self, by: Person, entry: int) -> None:
        """Take an entry out of use; answers that rest on it are flagged."""
        by.require(Permission.KEEP_LIBRARY)
        with self._store.writing() as tx:
            tx.library.retire(entry)
            tx.audit.record(by, "retired", f"library entry {entry}")


def names(text: str, customer: str) -> bool:
    """Return whether `text` names `customer`, with or without its legal form, however it is spelt and broken."""
    told, full = _plain_words(text), _plain_words(customer)
    short = [word for word in full if not _LEGAL_FORM.fullmatch(word)]
    return any(
        wanted and told[start : start + len(wanted)] == wanted
        for wanted in (full, short)
        for start in range(len(told) - len(wanted) + 1)
    )


def _plain_words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text).casefold()
    unaccented = "".join(character for character in folded if not unicodedata.combining(character))
    return re.findall(r"\w+", re.sub(r"['’]s\b", "", unaccented))
