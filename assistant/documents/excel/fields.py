"""Answer fields as a single cell makes them: a choice where it has a drop-down, a text where it has none."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.documents.excel.grid import Grid
from assistant.documents.excel.marks import is_sign
from assistant.documents.excel.printed import alternatives, boxes, is_placeholder
from assistant.filling import PARTED
from assistant.questionnaire import AnswerField, FieldKind


def shared_field(grid: Grid, row: int, column: int) -> AnswerField | None:
    """Return the text field that rows share in a cell merged downwards, None where the cell is no such one."""
    top, left = grid.anchor(row, column)
    if left != column or top >= row or grid.refusal(top, left):
        return None
    field = answer_field(grid, top, left)
    return field if field.kind is FieldKind.TEXT else None


def wide_field(grid: Grid, row: int, question: int, answering: Iterable[int]) -> AnswerField | None:
    """Return the text field of a row whose empty merged cell right of the question covers the answer columns."""
    beside = question + grid.width(row, question)
    covers = any(column > beside and grid.anchor(row, column) == (row, beside) for column in answering)
    if not covers or grid.text(row, beside) or grid.refusal(row, beside):
        return None
    field = answer_field(grid, row, beside)
    return field if field.kind is FieldKind.TEXT else None


def details_field(grid: Grid, row: int, column: int) -> AnswerField | None:
    """Return the text field of the wide empty cell under the words at (row, column) that ask for details."""
    below = row + grid.height(row, column)
    if grid.cells(below) or grid.width(below, column) == 1 or grid.refusal(below, column):
        return None
    field = answer_field(grid, below, column)
    return field if field.kind is FieldKind.TEXT else None


def answer_field(grid: Grid, row: int, column: int, options: tuple[str, ...] | None = None) -> AnswerField:
    """Return the field of one cell; `options` are the allowed values where neither drop-down nor cell tells them."""
    location, there = grid.location(row, column), grid.text(row, column)
    offered = grid.lists.options(row, column)
    if offered is None and (found := boxes(there)):
        ticked = [label for label, crossed in found if crossed]
        return AnswerField(
            FieldKind.MARK,
            location,
            marks=tuple((label, location) for label, _ in found),
            value=PARTED.join(ticked) or None,
        )
    if offered is None and (printed := alternatives(there)):
        return AnswerField(FieldKind.CHOICE, location, options=printed)
    offered = offered if offered is not None else options
    return AnswerField(
        FieldKind.TEXT if offered is None else FieldKind.CHOICE,
        location,
        options=offered or (),
        value=None if is_placeholder(there) else there,
        max_length=grid.lists.max_length(row, column),
    )


def mark_field(grid: Grid, row: int, group: tuple[tuple[str, int], ...]) -> AnswerField:
    """Return the field of a group of tick places, option by option."""
    marks = tuple((label, grid.location(row, column)) for label, column in group)
    ticked = [label for label, column in group if is_sign(grid.text(row, column))]
    return AnswerField(FieldKind.MARK, marks[0][1], marks=marks, value=PARTED.join(ticked) or None)
