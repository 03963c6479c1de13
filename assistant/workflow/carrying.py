"""Carrying answers over from the questions as they stood to the questions as they stand after a correction."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, State, seen, undone
from assistant.layout import same
from assistant.questionnaire import Question
from assistant.workflow.records import QuestionnaireRecord, QuestionRecord

MOVED = "The layout of the document was corrected; look at this answer again."


def somebodys(answer: Answer) -> bool:
    """Return whether a person had a hand in the answer."""
    return not answer.empty and (answer.author is not None or answer.state in (State.SUBMITTED, State.APPROVED))


def carried(
    before: Sequence[QuestionRecord], after: Sequence[Question], record: QuestionnaireRecord
) -> tuple[list[QuestionRecord], list[QuestionRecord]]:
    """Return the questions as they stand now, with the answers of those before them, and those that went.

    The same question is the one with the same text at the same place, then with the same text, then at the same
    place. An approval is undone when anything that it saw changed.
    """
    left = {item.id: item for item in before}
    taken: dict[int, QuestionRecord] = {}
    for key in (_same_question, _same_text, _same_place):
        offered: dict[object, deque[QuestionRecord]] = {}
        for item in left.values():
            offered.setdefault(key(item.question), deque()).append(item)
        for position, question in enumerate(after):
            if position not in taken and (match := offered.get(key(question))):
                taken[position] = match.popleft()
                del left[taken[position].id]
    found: list[QuestionRecord] = []
    for position, question in enumerate(after):
        if position not in taken:
            found.append(QuestionRecord(0, record.id, position, question))
            continue
        item = taken[position]
        answer = item.answer
        if answer.approval is not None and seen(question, record.scope, answer) != answer.approval.digest:
            answer = undone(answer, MOVED)
        elif answer.approval is not None:
            # What stands in its places already, an approval does not bind; but the places as saved it does.
            question = replace(question, fields=item.question.fields)
        asked_anew = answer.state is State.UNANSWERED and not same(item.question.text, question.text)
        found.append(replace(item, question=question, answer=answer, status=None if asked_anew else item.status))
    return found, list(left.values())


def _same_question(question: Question) -> object:
    return question.location, " ".join(question.text.split())


def _same_text(question: Question) -> object:
    return " ".join(question.text.split())


def _same_place(question: Question) -> object:
    return question.location
