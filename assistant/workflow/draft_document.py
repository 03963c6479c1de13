"""A draft document without the application: the command `fill`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.errors import InputError
from assistant.filling import Entry, check, entries, gathered, writable
from assistant.questionnaire import Question, Questionnaire
from assistant.suggestion import Status, Suggestion
from assistant.workflow.drafting import answered_already, draft, wording
from assistant.workflow.ports import Documents

Row = tuple[Question, Answer, Suggestion | None]


@dataclass(frozen=True, slots=True)
class DraftDocument:
    """A filled draft with, for every question, its answer and what matching proposed."""

    content: bytes
    questionnaire: Questionnaire
    rows: tuple[Row, ...]
    kept: int
    places: int

    @property
    def summary(self) -> str:
        """Return one line of counts."""
        count = {status: sum(s is not None and s.status is status for _, _, s in self.rows) for status in Status}
        return (
            f"{len(self.rows)} questions; {count[Status.SUGGESTED]} drafted, {count[Status.WEAK]} weak, "
            f"{count[Status.NO_MATCH]} without a match, {count[Status.ROUTED]} for a person, "
            f"{self.kept} answered already and kept; {self.places} places written."
        )


def drafted_rows(questionnaire: Questionnaire, suggest: Callable[[Sequence[str]], list[Suggestion]]) -> tuple[Row, ...]:
    """Return every question with the draft that `suggest` leads to."""
    suggestions = suggest([wording(question) for question in questionnaire.questions])
    return tuple((q, draft(q, s), s) for q, s in zip(questionnaire.questions, suggestions, strict=True))


def given_rows(questionnaire: Questionnaire, lines: Iterable[str], name: str) -> tuple[Row, ...]:
    """Return every question with the answer that JSON `lines` (`location`, `choice`, `text`) give it.

    Several questions in one place take the lines for it in order.

    :raises InputError: naming `name` and the line that is at fault.
    """
    waiting: dict[str, list[int]] = {}
    for position, question in enumerate(questionnaire.questions):
        waiting.setdefault(str(question.location), []).append(position)
    answers: dict[int, Answer] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
            place, choice, text = given["location"], given.get("choice") or "", given.get("text") or ""
            answer = Answer(choice=writable(choice) or None, text=writable(text))
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise InputError(f"{name}:{number}: expected an object with location, choice and text.") from problem
        if not waiting.get(place):
            raise InputError(f"{name}:{number}: no question stands at {place}.")
        position = waiting[place].pop(0)
        try:
            check(questionnaire.questions[position], answer.choice, answer.text)
        except InputError as problem:
            raise InputError(f"{name}:{number}: {problem}") from problem
        answers[position] = answer
    return tuple((q, answers.get(i, Answer()), None) for i, q in enumerate(questionnaire.questions))


def draft_document(
    documents: Documents,
    original: bytes,
    name: str,
    questionnaire: Questionnaire,
    rows: tuple[Row, ...],
    *,
    replace: bool,
) -> DraftDocument:
    """Return `original` with the answers of `rows` in it, verified.

    Questions that are answered in the file already are kept unless `replace`.
    """
    written: list[Entry] = []
    kept = 0
    for question, answer, _ in rows:
        found = entries(question, answer.choice, answer.text)
        if found and not replace and answered_already(question):
            kept += 1
        else:
            written += found
    together = gathered(written)
    content = documents.fill(original, together, name) if together else original
    return DraftDocument(content, questionnaire, rows, kept, len(together))
