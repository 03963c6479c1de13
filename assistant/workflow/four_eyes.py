"""Whose words a draft by matching has: under four eyes nobody approves what they put into the library themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.answer import Answer
from assistant.people import Person
from assistant.workflow.auditing import AuditFilter
from assistant.workflow.ports import Transaction
from assistant.workflow.shelf import TAKEN


def own_entries(tx: Transaction, by: Person, answers: Iterable[Answer]) -> frozenset[str]:
    """Return the paths of those library entries behind drafts by matching among `answers` that `by` worded last."""
    cited = {citation.path for answer in answers if answer.author is None for citation in answer.citations}
    return frozenset(path for path in cited if _worded_by(tx, path) == by.id)


def rests_on(answer: Answer, entries: frozenset[str]) -> bool:
    """Return whether `answer` is a draft by matching that has its words from one of `entries`."""
    return answer.author is None and any(citation.path in entries for citation in answer.citations)


def _worded_by(tx: Transaction, path: str) -> int | None:
    """Return the account whose words the entry at `path` has, None when nobody worded it alone, or not in the desk."""
    folder, _, key = path.rpartition("/")
    if folder != "library" or not key.isdecimal():
        return None
    for event in tx.audit.events(f"library entry {key}"):
        if _words(event.before) == _words(event.after):
            continue
        after = next(iter(tx.audit.found(AuditFilter(), 1, after=event.id)), None)
        if after is not None and after.action in TAKEN:  # it was made of an approved answer
            return None
        if after is not None and after.action == "taken into its entry":
            proposed = tx.audit.events(after.subject)
            return next((one.by for one in proposed if _words(one.before) != _words(one.after)), None)
        return event.by
    return None


def _words(shape: Mapping[str, Any] | None) -> tuple[str, str] | None:
    return (shape["choice"], shape["answer"]) if shape and "answer" in shape else None
