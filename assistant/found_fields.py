"""What reading knew of the answer places that people's corrections leave where they are. Standard library only.

A place made from the document's look alone knows its own drop-down and no more: not what a header or a legend says of
its values, nor whether several boxes may be ticked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.layout import View
from assistant.legends import explained
from assistant.questionnaire import AnswerField, FieldKind, Location, Question, Questionnaire
from assistant.several import told_apart


def with_what_was_found(found: Questionnaire, view: View, questions: Sequence[Question]) -> tuple[Question, ...]:
    """Return the `questions`, those that `found` has otherwise with what is known of their places."""
    known = _Known(found.questions)
    standing = set(found.questions)
    changed = {
        position: replace(question, fields=tuple(known.field(each) for each in question.fields))
        for position, question in enumerate(questions)
        if question not in standing
    }
    told = told_apart(replace(found, questions=tuple(changed.values())))
    told = explained(told, lambda: ([cell.text for cell in row] for part in view.parts for row in part.rows.values()))
    put = dict(zip(changed, told.questions, strict=True))
    return tuple(put.get(position, question) for position, question in enumerate(questions))


class _Known:
    """The fields that reading found, by their places."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self._fields: dict[tuple[FieldKind, bool, frozenset[Location]], AnswerField] = {}
        self._several: set[Location] = set()
        for question in questions:
            for each in question.fields:
                self._fields.setdefault(_key(each), each)
                if each.several:
                    self._several.update(each.places())

    def field(self, made: AnswerField) -> AnswerField:
        """Return `made` as reading found it, with what a person says of its options."""
        before = self._fields.get(_key(made))
        if before is None:
            return replace(made, several=True) if self._several.intersection(made.places()) else made
        if made.kind is FieldKind.MARK and made.marks != before.marks:
            return replace(made, several=before.several)
        if made.options and made.options != before.options:
            return made
        return before


def _key(each: AnswerField) -> tuple[FieldKind, bool, frozenset[Location]]:
    return each.kind, each.after, frozenset(each.places())
