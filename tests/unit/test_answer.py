from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.answer import (
    Answer,
    Citation,
    State,
    approved,
    drafted,
    edited,
    rejected,
    seen,
    stands,
    submitted,
    undone,
)
from assistant.errors import InvalidValueError, PermissionDeniedError, StateError
from assistant.people import Person, Role
from assistant.questionnaire import AnswerField, FieldKind, Location, Question
from assistant.statement import Scope

SALES, EXPERT, REVIEWER, ADMINISTRATOR = (
    Person(number, role.value, f"{role.value}@example.com", role) for number, role in enumerate(Role, 1)
)
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
SCOPE = Scope("Parcel", "cloud")
CITATION = Citation("parcel.md", (3, 3), "Storage", "Disks are encrypted.", "d" * 64)
CHOICE = AnswerField(FieldKind.CHOICE, Location("Sheet!C2"), options=("Yes", "No"))
TEXT = AnswerField(FieldKind.TEXT, Location("Sheet!D2"), max_length=100)
QUESTION = Question("Is data encrypted at rest?", Location("Sheet!B2"), (CHOICE, TEXT))
DRAFT = drafted("Yes", "Disks are encrypted.", (CITATION,))


def approve(answer: Answer, by: Person = REVIEWER, *, four_eyes: bool = False) -> Answer:
    return approved(answer, QUESTION, SCOPE, by, NOON, four_eyes=four_eyes)


def edit(
    answer: Answer, by: Person = SALES, text: str = "All disks are encrypted.", choice: str | None = "Yes"
) -> Answer:
    return edited(answer, QUESTION, by, choice=choice, text=text, citations=answer.citations)


def test_a_draft_must_cite_a_passage() -> None:
    with pytest.raises(StateError):
        drafted("Yes", "Disks are encrypted.", ())


def test_a_draft_of_nothing_is_no_draft() -> None:
    assert drafted(None, "", (), "nothing found") == Answer(note="nothing found")


@pytest.mark.parametrize("person", [SALES, EXPERT])
def test_sales_and_experts_cannot_approve_or_reject(person: Person) -> None:
    with pytest.raises(PermissionDeniedError):
        approve(DRAFT, person)
    with pytest.raises(PermissionDeniedError):
        rejected(submitted(DRAFT, SALES), person, "no")


@pytest.mark.parametrize("person", [REVIEWER, ADMINISTRATOR])
@pytest.mark.parametrize("answer", [DRAFT, submitted(DRAFT, SALES)], ids=["drafted", "submitted"])
def test_a_reviewer_approves_from_drafted_or_submitted(person: Person, answer: Answer) -> None:
    done = approve(answer, person)
    assert done.state is State.APPROVED
    assert done.approval is not None
    assert (done.approval.by, done.approval.at) == (person.id, NOON)
    assert stands(done, QUESTION, SCOPE)


def test_nothing_cannot_be_approved() -> None:
    with pytest.raises(StateError):
        approve(Answer())


def test_an_approved_answer_is_not_approved_twice() -> None:
    with pytest.raises(StateError):
        approve(approve(DRAFT))


def test_an_edit_undoes_approval_and_names_the_author() -> None:
    changed = edit(approve(DRAFT))
    assert (changed.state, changed.approval, changed.author) == (State.DRAFTED, None, SALES.id)


def test_an_edit_that_leaves_nothing_is_unanswered() -> None:
    assert edit(DRAFT, text="", choice=None).state is State.UNANSWERED


def test_four_eyes_keep_reviewers_from_their_own_wording() -> None:
    own = edit(DRAFT, REVIEWER)
    with pytest.raises(StateError):
        approve(own, REVIEWER, four_eyes=True)
    assert approve(own, ADMINISTRATOR, four_eyes=True).state is State.APPROVED
    assert approve(own, REVIEWER).state is State.APPROVED


def test_a_rejection_needs_a_reason_and_keeps_the_wording() -> None:
    waiting = submitted(DRAFT, SALES)
    with pytest.raises(InvalidValueError):
        rejected(waiting, REVIEWER, "  ")
    back = rejected(waiting, REVIEWER, "Too vague.")
    assert (back.state, back.text, back.objection) == (State.DRAFTED, DRAFT.text, "Too vague.")


def test_a_rejected_approval_no_longer_stands() -> None:
    assert not stands(rejected(approve(DRAFT), REVIEWER, "wrong"), QUESTION, SCOPE)


@pytest.mark.parametrize("state", [State.UNANSWERED, State.SUBMITTED, State.APPROVED])
def test_only_a_draft_can_be_submitted(state: State) -> None:
    with pytest.raises(StateError):
        submitted(replace(DRAFT, state=state), SALES)


@pytest.mark.parametrize(
    ("question", "scope", "change"),
    [
        (replace(QUESTION, text="Is data encrypted in transit?"), SCOPE, {}),
        (replace(QUESTION, location=Location("Sheet!B3")), SCOPE, {}),
        (replace(QUESTION, fields=(replace(CHOICE, options=("Yes", "No", "NA")), TEXT)), SCOPE, {}),
        (replace(QUESTION, fields=(CHOICE, replace(TEXT, location=Location("Sheet!E2")))), SCOPE, {}),
        (QUESTION, Scope("Parcel", "on-premise"), {}),
        (QUESTION, Scope("Other", "cloud"), {}),
        (QUESTION, SCOPE, {"choice": "No"}),
        (QUESTION, SCOPE, {"text": "Disks are encrypted"}),
        (QUESTION, SCOPE, {"citations": (replace(CITATION, digest="e" * 64),)}),
        (QUESTION, SCOPE, {"citations": ()}),
        (QUESTION, SCOPE, {"not_applicable": "no disks"}),
    ],
)  # fmt: skip
def test_approval_is_bound_to_everything_that_was_seen(
    question: Question, scope: Scope, change: dict[str, object]
) -> None:
    assert not stands(replace(approve(DRAFT), **change), question, scope)  # type: ignore[arg-type]


def test_what_stands_in_the_file_already_is_not_part_of_the_approval() -> None:
    filled = replace(QUESTION, fields=(replace(QUESTION.fields[0], value="Yes"), QUESTION.fields[1]))
    assert seen(filled, SCOPE, DRAFT) == seen(QUESTION, SCOPE, DRAFT)


def test_undoing_names_the_reason_and_leaves_drafts_alone() -> None:
    assert undone(approve(DRAFT), "source changed").objection == "source changed"
    assert undone(DRAFT, "source changed") == DRAFT


def test_a_choice_needs_a_field_of_its_own() -> None:
    with pytest.raises(InvalidValueError, match="no choice"):
        edited(DRAFT, replace(QUESTION, fields=(TEXT,)), SALES, choice="Yes", text="x", citations=())


def test_an_edit_is_checked_against_the_fields() -> None:
    with pytest.raises(InvalidValueError, match="allowed"):
        edit(DRAFT, choice="Maybe")
    with pytest.raises(InvalidValueError, match="101"):
        edit(DRAFT, text="x" * 101)
