"""Whether the form wants a choice that an answer leaves blank: nobody approves that without being told."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.errors import InputError
from assistant.questionnaire import AnswerField, FieldKind, Question

_NAMED = 5
"""Values that a sentence names; of more it tells the number."""


class ChoiceWantedError(InputError):
    """The form wants a choice, and the answer makes none; a reviewer may approve it without one, knowing that."""

    def __init__(self, field: AnswerField) -> None:
        """Say what `field` wants."""
        super().__init__(f"This field wants {wanted(field)}, and nothing is chosen. Choose, or approve without.")


def asked(question: Question) -> AnswerField | None:
    """Return the field of `question` that a text alone leaves blank, None when there is none.

    What the customer's file holds there stays; where one place takes choice and text in free words, the text will do.
    """
    field, text = question.choice_field, question.text_field
    if field is None or (field.value or "").strip():
        return None
    shared = text is not None and text.location == field.location and field.kind is FieldKind.CHOICE
    return None if shared and not field.allowed() else field


def blank(question: Question, answer: Answer) -> AnswerField | None:
    """Return the field for the choice when `answer` leaves it blank, None when it does not, or there is none."""
    return None if answer.choice else asked(question)


def wanted(field: AnswerField) -> str:
    """Return what the field takes, in words: "Yes, No or N/A"."""
    allowed = field.allowed()
    if not allowed:
        return "a choice, usually Yes, No or N/A"
    if len(allowed) > _NAMED or max(map(len, allowed)) > 40:
        return f"one of {len(allowed)} values"
    *others, last = allowed
    return f"{', '.join(others)} or {last}" if others else f"“{last}”"
