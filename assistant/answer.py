"""An answer, its states, and the only ways from one state to another. Standard library only.

unanswered ──draft, edit──► drafted ──submit──► submitted ──approve──► approved
                              ▲ └────────────approve────────────────────► │
                              └──────────── edit, reject ◄────────────────┘
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from assistant.errors import InvalidValueError, StateError
from assistant.filling import check, entries, writable
from assistant.people import Permission, Person
from assistant.questionnaire import Question
from assistant.statement import Passage, Scope


class State(StrEnum):
    """Where an answer stands on its way to the customer."""

    UNANSWERED = "unanswered"
    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Citation:
    """A pointer to a passage, with its text as it stood and its digest then."""

    path: str
    lines: tuple[int, int]
    heading: str
    text: str
    digest: str

    @classmethod
    def of(cls, passage: Passage) -> Citation:
        """Return a citation of `passage` as it stands now."""
        return cls(passage.path, passage.lines, passage.heading, passage.text, passage.digest)


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved, when, and the digest of all they saw (`seen`)."""

    by: int
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    `choice` is in the form's own wording. `not_applicable` is the reason why the question does
    not apply ("" when it does). `note` and `objection` are for colleagues only, never for the
    customer: what matching has to say, and why the answer was sent back. `author` is the account
    whose wording it is, None for a draft by matching.
    """

    state: State = State.UNANSWERED
    choice: str | None = None
    text: str = ""
    citations: tuple[Citation, ...] = ()
    not_applicable: str = ""
    note: str = ""
    objection: str = ""
    author: int | None = None
    approval: Approval | None = None

    @property
    def empty(self) -> bool:
        """Return whether there is nothing to approve."""
        return not (self.choice or self.text or self.not_applicable)


def seen(question: Question, scope: Scope, answer: Answer) -> str:
    """Return the digest (SHA-256, hex) of everything an approval binds.

    Question text, places, allowed values, scope, choice, the exact values to be written, citations.
    """
    bound = {
        "question": question.text,
        "location": question.location,
        "fields": [{**field.as_json(), "value": None} for field in question.fields],
        "scope": [scope.product, scope.deployment, scope.nda],
        "choice": answer.choice,
        "not_applicable": answer.not_applicable,
        "written": [
            [entry.field.as_json()["kind"], entry.value] for entry in entries(question, answer.choice, answer.text)
        ],
        "citations": [[citation.path, citation.digest] for citation in answer.citations],
    }
    return hashlib.sha256(json.dumps(bound, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def drafted(choice: str | None, text: str, citations: tuple[Citation, ...], note: str = "") -> Answer:
    """Return the answer that matching drafts; without any text and choice it stays unanswered.

    :raises StateError: for a draft that cites nothing.
    """
    text = writable(text)
    if not (choice or text):
        return Answer(note=note)
    if not citations:
        raise StateError("A draft must cite the passages it rests on.")
    return Answer(State.DRAFTED, choice, text, citations, note=note)


def edited(
    answer: Answer,
    question: Question,
    by: Person,
    *,
    choice: str | None,
    text: str,
    citations: tuple[Citation, ...],
    not_applicable: str = "",
) -> Answer:
    """Return the answer as `by` worded it: drafted again, or unanswered when nothing is left. Approval is undone.

    :raises PermissionDeniedError: when the role may not edit.
    :raises InvalidValueError: when choice or text do not fit the question's fields.
    """
    by.require(Permission.EDIT)
    text, choice = writable(text), writable(choice or "") or None
    if choice and question.choice_field is None:
        raise InvalidValueError("This question takes no choice; say it in the text.")
    check(question, choice, text)
    changed = replace(
        answer,
        state=State.DRAFTED,
        choice=choice,
        text=text,
        citations=citations,
        not_applicable=writable(not_applicable),
        note="",
        objection="",
        author=by.id,
        approval=None,
    )
    return replace(changed, state=State.UNANSWERED) if changed.empty else changed


def submitted(answer: Answer, by: Person) -> Answer:
    """Return the answer handed to the reviewers.

    :raises StateError: unless it is drafted.
    """
    by.require(Permission.EDIT)
    if answer.state is not State.DRAFTED or answer.empty:
        raise StateError(f"Only a drafted answer can be submitted; this one is {answer.state.value}.")
    return replace(answer, state=State.SUBMITTED, objection="")


def approved(answer: Answer, question: Question, scope: Scope, by: Person, at: datetime, *, four_eyes: bool) -> Answer:
    """Return the answer approved by `by`, bound to everything they saw.

    :raises PermissionDeniedError: when the role may not approve.
    :raises StateError: when there is nothing to approve, or under `four_eyes` when it is their own wording.
    """
    by.require(Permission.APPROVE)
    if answer.state not in (State.DRAFTED, State.SUBMITTED) or answer.empty:
        raise StateError(f"Only a drafted or submitted answer can be approved; this one is {answer.state.value}.")
    if four_eyes and answer.author == by.id:
        raise StateError("Nobody approves their own wording here; ask another reviewer.")
    check(question, answer.choice, answer.text)
    return replace(
        answer, state=State.APPROVED, note="", objection="", approval=Approval(by.id, at, seen(question, scope, answer))
    )


def rejected(answer: Answer, by: Person, reason: str) -> Answer:
    """Return the answer sent back with `reason`; the wording stays for the next edit.

    :raises PermissionDeniedError: when the role may not reject.
    :raises InvalidValueError: without a reason.
    :raises StateError: when there is nothing to reject.
    """
    by.require(Permission.APPROVE)
    if not reason.strip():
        raise InvalidValueError("Say why it is rejected, so that the author can mend it.")
    if answer.state is State.UNANSWERED:
        raise StateError("There is no answer to reject.")
    return replace(answer, state=State.DRAFTED, objection=writable(reason), approval=None)


def undone(answer: Answer, reason: str) -> Answer:
    """Return the answer back in draft because something its approval was bound to changed."""
    return replace(answer, state=State.DRAFTED, objection=reason, approval=None) if answer.approval else answer


def stands(answer: Answer, question: Question, scope: Scope) -> bool:
    """Return whether the answer is approved and everything its approval saw is still the same."""
    return (
        answer.state is State.APPROVED
        and answer.approval is not None
        and answer.approval.digest == seen(question, scope, answer)
    )
