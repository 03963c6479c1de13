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
    place. An approval is undone when anything that it saw changed, a submitted answer goes back when its question or
    places did, and a draft that nobody touched is made anew when the question reads otherwise.
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
        found.append(_asked_as(question, taken[position], record))
    return found, list(left.values())


def _asked_as(question: Question, item: QuestionRecord, record: QuestionnaireRecord) -> QuestionRecord:
    """Return `item` as `question` asks it, with what still holds of its answer."""
    before, answer = item.question, item.answer
    reworded = not same(before.text, question.text)
    if answer.approval is not None:
        if seen(question, record.scope, answer) != answer.approval.digest:
            answer = undone(answer, MOVED)
        else:
            # What stands in its places already, an approval does not bind; but the places as saved it does.
            question = replace(question, fields=before.fields)
    elif answer.state is State.SUBMITTED and (reworded or _places(before) != _places(question)):
        answer = replace(answer, state=State.DRAFTED, objection=MOVED)
    elif reworded and not somebodys(answer):
        # Nobody wrote it, and it was drafted for other words: it is drafted again.
        return replace(item, question=question, answer=Answer(), status=None, confidence=0.0)
    return replace(item, question=question, answer=answer)


def _places(question: Question) -> list[object]:
    return [(field.kind, field.places(), field.allowed(), field.after) for field in question.fields]


def _same_question(question: Question) -> object:
    return question.location, " ".join(question.text.split())


def _same_text(question: Question) -> object:
    return " ".join(question.text.split())


def _same_place(question: Question) -> object:
    return question.location
