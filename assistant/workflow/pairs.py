"""Questions of a completed questionnaire with what stands beside them, column by column."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.column_roles import letters
from assistant.filling import canonical, understood
from assistant.layout import CellView, Part, PartKind, View
from assistant.questionnaire import AnswerField, FieldKind, Question

_LONGEST_HEADING = 60
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Pair:
    """A question of a completed questionnaire with what stands in its row, by the column, from left to right.

    `choices` and `texts` name the columns in which the reader found the places for a choice, and those for words.
    """

    part: str
    number: str
    question: str
    values: tuple[tuple[str, str], ...]
    choices: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Return whether something stands where the reader found a place for it."""
        return any(column in (*self.choices, *self.texts) for column, _ in self.values)


def chosen(pair: Pair, choice: str | None, text: str | None) -> tuple[str, str]:
    """Return choice and answer of a pair, read from the columns named; None takes the first there is."""
    values = dict(pair.values)
    said = values.get(choice if choice is not None else next(iter(pair.choices), ""), "")
    answer = values.get(text if text is not None else next(iter(pair.texts), ""), "")
    known = canonical(said)
    return (known.value if known else said), answer


def pair_of(question: Question, view: View) -> Pair | None:
    """Return the question with what stands in its places and in the other columns of its row; None without any."""
    own = view.find(question.location)
    found: list[tuple[int, str, str]] = []
    names: set[str] = set()
    choices: list[str] = []
    texts: list[str] = []
    part = own[0].title if own is not None else ""
    for field in question.fields:
        part, plain = _place(field)
        there = view.find(field.location)
        column = _named(plain, *there, own) if there is not None else plain
        column = column if column not in names else f"{column} ({len(names) + 1})"
        names.add(column)
        (texts if field.kind is FieldKind.TEXT else choices).append(column)
        if field.value and field.value.strip():
            said = field.value.strip()
            coded = field.kind is not FieldKind.TEXT and canonical(said) is None
            value = (understood(said, field) or said) if coded else said
            found.append((there[1].column if there is not None else 0, column, value))
    if own is not None:
        found += [(cell.column, _named("", own[0], cell, own), cell.text.strip()) for cell in _beside(question, own)]
    if not found:
        return None
    values = tuple((column, value) for _, column, value in sorted(found, key=lambda each: each[0]))
    return Pair(part, question.number, question.text, values, tuple(choices), tuple(texts))


def _beside(question: Question, own: tuple[Part, CellView]) -> list[CellView]:
    """Return the cells of the question's row that say something for which the reader has no use."""
    part, cell = own
    if part.kind is PartKind.TEXT:
        return []
    used = {str(place) for field in question.fields for place in (field.location, *field.places())}
    return [
        other
        for other in part.rows.get(cell.row, ())
        if other is not cell
        and _LETTER.search(other.text)
        and str(other.location) not in used
        and other.text.strip() not in (question.number, question.text)
    ]


def _named(plain: str, part: Part, cell: CellView, own: tuple[Part, CellView] | None) -> str:
    """Return what people call the column of a cell: where it is and its heading; `plain` where there are none."""
    if part.kind is PartKind.TEXT:
        return plain
    column = f"column {letters(cell.column) if part.kind is PartKind.SHEET else cell.column}"
    above = own is not None and part.header < own[1].row
    heading = part.name(cell.column) if above else ""
    if len(heading) > _LONGEST_HEADING:
        heading = f"{heading[:_LONGEST_HEADING].rstrip()}…"
    return f"{column}: {heading}" if heading else column


def _place(field: AnswerField) -> tuple[str, str]:
    """Return the part of the document and the column that a field is in, as people name them."""
    location = str(field.location)
    if excel := re.fullmatch(r"(.*)!([A-Z]+)\d+", location):
        return excel[1], f"column {excel[2]}"
    if word := re.match(r".*tbl\[(\d+)\]/tr\[\d+\]/tc\[(\d+)\]", location):
        return f"table {int(word[1]) + 1}", f"column {int(word[2]) + 1}"
    return "the text", "tick boxes" if field.kind is FieldKind.MARK else "the answer"
