"""From what matching proposes to a draft that fits the customer's form."""

from __future__ import annotations

from assistant.answer import Answer, Citation, drafted
from assistant.errors import InvalidValueError
from assistant.filling import check, fit
from assistant.questionnaire import Question
from assistant.suggestion import Status, Suggestion


def draft(question: Question, suggestion: Suggestion) -> Answer:
    """Return the draft for `question`, or an unanswered answer whose note says why there is none.

    The choice is worded as the form allows; when the form has no wording for it, it is left
    blank and the note says so.
    """
    if suggestion.status is not Status.SUGGESTED:
        return Answer(note=suggestion.reason or "")
    notes = [suggestion.reason] if suggestion.reason else []
    choice = None
    if suggestion.choice is not None and question.choice_field is not None:
        choice = fit(suggestion.choice, question.choice_field.allowed(), question.choice_field.meanings)
        if choice is None:
            notes.append(f"“{suggestion.choice}” is none of the allowed values; choose one.")
    elif question.choice_field is not None:
        notes.append("The sources do not settle which value to choose.")
    text = suggestion.answer or ""
    citations = tuple(Citation.of(match.passage) for match in suggestion.cited)
    try:
        check(question, choice, text)
    except InvalidValueError as problem:
        return Answer(note=" ".join([*notes, str(problem)]))
    return drafted(choice, text, citations, " ".join(notes))


def held(question: Question) -> tuple[str, str]:
    """Return the choice and the text that the customer's file already holds where ours would go, "" where nothing."""
    choice, text = ((field.value or "").strip() if field is not None else "" for field in
                    (question.choice_field, question.text_field))  # fmt: skip
    return choice, text


def answered_already(question: Question) -> bool:
    """Return whether the customer's file already holds an answer where ours would go."""
    return any(held(question))


def wording(question: Question) -> str:
    """Return the question as matching should read it, on one line."""
    return " ".join(question.text.split())
