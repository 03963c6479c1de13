"""What the regular look at the knowledge brings: versions kept, proposals that came true, reviews that fall due."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from assistant.people import Person
from assistant.statement import Audience, Knowledge
from assistant.workflow.notifying import Kind
from assistant.workflow.ports import Store, Transaction
from assistant.workflow.shelf import EntryState, due_state
from assistant.workflow.versions import StatementProposal

GONE = ""
"""The text of a file that is gone."""


def digest_of(text: str) -> str:
    """Return the SHA-256 (hex) of a statement file's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def keep_versions(store: Store, sources: Mapping[str, str], at: datetime) -> None:
    """Keep what statement files say now where it is not what they said last; close the proposals that came true."""
    now = {path: digest_of(text) for path, text in sources.items()}
    with store.reading() as tx:
        known = tx.statements.digests()
        came_true = [proposal for proposal in tx.statements.proposals() if _came_true(proposal, sources)]
    gone = {path for path, digest in known.items() if path not in now and digest != digest_of(GONE)}
    changed = {path for path, digest in now.items() if known.get(path) != digest}
    if not (gone or changed or came_true):
        return
    with store.writing() as tx:
        known = tx.statements.digests()  # another node may have been here first
        for path in sorted(gone | changed):
            text = sources.get(path, GONE)
            if known.get(path) == digest_of(text):
                continue
            # No text column takes a NUL on PostgreSQL; the digest still tells the file as it is.
            tx.statements.add_version(path, digest_of(text), text.replace("\x00", ""), at)
            if path in known:
                before = {"digest": known[path]}
                tx.audit.record(None, "changed", f"statement {path}", before, {"digest": digest_of(text)})
        for proposal in came_true:
            if tx.statements.close(proposal.id, "taken", None, at):
                tx.audit.record(None, "proposal taken", proposal.subject, None, {"proposal": proposal.id})


def _came_true(proposal: StatementProposal, sources: Mapping[str, str]) -> bool:
    """Return whether the file says what was proposed, however its lines end."""
    text = sources.get(proposal.path)
    return text is not None and _lines(text) == _lines(proposal.text)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]


def remind(
    store: Store, knowledge: Knowledge, today: date, at: datetime, may_read: Callable[[Person, Audience], bool]
) -> None:
    """Tell the owners what falls due for review and is for them to read, once for every due date."""
    with store.reading() as tx:
        due = [*_due_entries(tx, today), *_due_statements(knowledge, today)]
        accounts = {owner: tx.people.by_email(owner) for owner in {item.owner for item in due}}
        told = tx.usage.reminded()
    waiting = [
        (account.id, item.subject, item.text)
        for item in due
        if (account := accounts[item.owner]) is not None
        and account.active
        and may_read(account.person, item.audience)
        and Kind.REVIEW_DUE.value not in account.muted
        and (account.id, item.subject, item.text) not in told
    ]
    if waiting:
        with store.writing() as tx:
            told = tx.usage.reminded()
            for person, subject, text in waiting:
                if (person, subject, text) not in told:
                    tx.notifications.add(person, Kind.REVIEW_DUE, subject, text, None, at)


@dataclass(frozen=True, slots=True)
class _Due:
    """What falls due, and for whom it is to read."""

    owner: str
    subject: str
    text: str
    audience: Audience


def _due_entries(tx: Transaction, today: date) -> Iterable[_Due]:
    for key, entry in tx.library.all():
        if entry.owner and entry.review_by and due_state(entry.review_by, today) is not EntryState.CURRENT:
            text = _told(entry.review_by, entry.question)
            yield _Due(entry.owner, f"library entry {key}", text, entry.audience)


def _due_statements(knowledge: Knowledge, today: date) -> Iterable[_Due]:
    for statement in knowledge.statements:
        by = statement.review_by
        if statement.owner and by and due_state(by, today) is not EntryState.CURRENT:
            text = _told(by, statement.title)
            yield _Due(statement.owner, f"statement {statement.path}", text, statement.audience)


def _told(review_by: date, name: str) -> str:
    return f"Review by {review_by.isoformat()}: {name}"
