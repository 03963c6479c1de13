"""Answer fields as a single cell makes them: a choice where it has a drop-down, a text where it has none."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.documents.excel.grid import Grid
from assistant.documents.excel.marks import is_sign
from assistant.documents.excel.printed import alternatives, boxes, is_placeholder
from assistant.documents.excel.wording import is_number
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
    """Return the field of a row whose empty merged cell right of the question covers the answer columns."""
    beside = question + grid.width(row, question)
    for column in answering:
        if column != beside and not grid.refusal(row, column):
            return None  # as nearly always: an answer column of its own takes it
    covers = any(column > beside and grid.anchor(row, column) == (row, beside) for column in answering)
    if not covers or grid.text(row, beside) or grid.refusal(row, beside):
        return None
    return answer_field(grid, row, beside)


def details_field(grid: Grid, row: int) -> AnswerField | None:
    """Return the text field for the words that the row asks for: the cell beside them, or the empty wide one under."""
    said = [column for column, text in grid.cells(row).items() if not is_number(text) and not is_placeholder(text)]
    if not said:
        return None
    at = said[0]
    beside, below = at + grid.width(row, at), row + grid.height(row, at)
    if said[1:] not in ([], [beside]):
        return None
    if not grid.refusal(row, beside) and _is_drawn(grid, row, beside):
        return _text_field(grid, row, beside)
    if grid.cells(below) or grid.width(below, at) == 1 or grid.refusal(below, at):
        return None
    return _text_field(grid, below, at)


def _is_drawn(grid: Grid, row: int, column: int) -> bool:
    """Return whether the form draws an empty cell or merges it, as one that is filled in."""
    return grid.width(row, column) > 1 or column in grid.sheet.styles.get(row, {})


def _text_field(grid: Grid, row: int, column: int) -> AnswerField | None:
    field = answer_field(grid, row, column)
    return field if field.kind is FieldKind.TEXT else None


def answer_field(grid: Grid, row: int, column: int, options: tuple[str, ...] | None = None) -> AnswerField:
    """Return the field of one cell; `options` are the allowed values where neither drop-down nor cell tells them."""
    location, there = grid.location(row, column), grid.text(row, column)
    offered = grid.lists.options(row, column)
    if offered is None and there and (found := boxes(there)):
        ticked = [label for label, crossed in found if crossed]
        return AnswerField(
            FieldKind.MARK,
            location,
            marks=tuple((label, location) for label, _ in found),
            value=PARTED.join(ticked) or None,
        )
    if offered is None and there and (printed := alternatives(there)):
        return AnswerField(FieldKind.CHOICE, location, options=printed)
    offered = _worded(grid, offered) if offered is not None else options
    return AnswerField(
        FieldKind.TEXT if offered is None else FieldKind.CHOICE,
        location,
        options=offered or (),
        value=None if is_placeholder(there) else there,
        max_length=grid.lists.max_length(row, column),
    )


def _worded(grid: Grid, offered: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values of a drop-down without the one that only says that one is to be selected."""
    if offered not in grid.worded:
        worded = tuple(value for value in offered if not (is_placeholder(value) and any(map(str.isalpha, value))))
        grid.worded[offered] = worded or offered
    return grid.worded[offered]


def mark_field(grid: Grid, row: int, group: tuple[tuple[str, int], ...]) -> AnswerField:
    """Return the field of a group of tick places, option by option."""
    marks = tuple((label, grid.location(row, column)) for label, column in group)
    ticked = [label for label, column in group if is_sign(grid.text(row, column))]
    return AnswerField(FieldKind.MARK, marks[0][1], marks=marks, value=PARTED.join(ticked) or None)
