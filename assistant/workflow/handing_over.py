"""Carrying answers over from an earlier version of a form to a newer one: as drafts to look at, never as approved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Answer, State
from assistant.errors import StateError
from assistant.filling import chosen, fit, picked
from assistant.questionnaire import AnswerField, Question
from assistant.workflow.carrying import somebodys
from assistant.workflow.comparing import Comparison
from assistant.workflow.drafting import answered_already
from assistant.workflow.ports import Transaction
from assistant.workflow.records import QuestionnaireRecord, QuestionRecord

CARRIED = "Carried over from the earlier version"
"""How the note begins beside an answer that was carried over and that nobody looked at since."""
_REWORDED = "The question changed in the new version of the form; look at this answer again. It was: “{}”"


def is_carried(answer: Answer) -> bool:
    """Return whether the answer was carried over from an earlier version and nobody changed it since."""
    return answer.note.startswith(CARRIED)


def check_last(tx: Transaction, questionnaire: int) -> None:
    """Return when nobody went on from the questionnaire yet.

    :raises StateError: when somebody did.
    """
    if tx.rounds.next(questionnaire):
        raise StateError("Somebody went on from this questionnaire already. Go on in the later one.")


def hand_on(
    tx: Transaction, before: int, after: int, pairs: Iterable[tuple[QuestionRecord, int]], today: date
) -> dict[str, int]:
    """Let whoever has a question have it in the later one, and keep what was said on it; return how many of each.

    `pairs` are questions with the positions at which they are asked now. A day that has passed is not handed on.
    """
    given, said, asked = tx.assignments.of(before), tx.comments.counts(before), tx.questionnaires.questions(after)
    there = {account.id for account in tx.people.all() if account.active}
    handed, kept = [], 0
    for item, at in pairs:
        one = given.get(item.id)
        if one is not None and one.person in there:
            due = one.due if one.due is not None and one.due >= today else None
            handed.append(replace(one, question=asked[at].id, questionnaire=after, due=due))
        for comment in tx.comments.of(item.id) if item.id in said else ():
            tx.comments.add(asked[at].id, comment.by, comment.at, comment.text, comment.mentions)
            kept += 1
    if handed:
        tx.assignments.put(handed)
    return {"assigned": len(handed), "comments": kept}


def carried_over(comparison: Comparison, after: Sequence[Question], record: QuestionnaireRecord) -> dict[int, Answer]:
    """Return position -> the draft made of the earlier answer, for those that people worked on."""
    day = record.created.date().isoformat()
    found: dict[int, Answer] = {}
    for pairs, reworded in ((comparison.same, False), (comparison.changed, True)):
        for item, at in pairs:
            if not somebodys(item.answer) or answered_already(after[at]):
                continue
            state = {State.APPROVED: "approved", State.SUBMITTED: "submitted"}.get(item.answer.state, "drafted")
            choice = _fitting(item.answer.choice, item.question.choice_field, after[at].choice_field)
            stands = f"“{choice}”" if choice else "none of the allowed values"
            lost = f" “{item.answer.choice}” is {stands} now." if item.answer.choice != choice else ""
            answer = replace(
                item.answer,
                state=State.DRAFTED,
                choice=choice,
                note=f"{CARRIED} of {day}, {state} there. Confirm that it still holds.{lost}",
                objection=_REWORDED.format(" ".join(item.question.text.split())) if reworded else item.answer.objection,
                approval=None,
            )
            if not answer.empty:
                found[at] = answer
    return found


def _fitting(choice: str | None, before: AnswerField | None, now: AnswerField | None) -> str | None:
    """Return the choice as the new version allows it, which may word it otherwise; None when it has no such value."""
    allowed = now.allowed() if now is not None else ()
    if now is None or not choice:
        return None
    known = chosen(choice, before)
    if not allowed or (picked(now, choice) and chosen(choice, now) in (known, None)):
        return choice
    return fit(known, allowed, now.meanings) if known is not None else None
