"""Questions whose options stand in the rows under them, each with a cell of its own to mark."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from assistant.documents.excel.fields import answer_field
from assistant.documents.excel.grid import Grid
from assistant.documents.excel.marks import is_sign
from assistant.documents.excel.tables import Table
from assistant.documents.excel.wording import is_hint, is_number, likeness
from assistant.filling import PARTED
from assistant.questionnaire import AnswerField, FieldKind, Question

_ASKING = 0.9
_OPTION = 0.7
_LONGEST_OPTION = 120
_LEAST = 2
_CERTAINTY = 0.7
_BOXES = frozenset("☐☑☒□■○●◯◉")
_MARKING = re.compile(
    r"\b(?:mark|tick|check|cross)\b.{0,40}\b(?:all|one|option|box|each|that|which|with)|\ball that apply\b|"
    r"\b(?:select|choose) (?:one|all|any)\b|\bankreuzen\b|\bcocher?z?\b|\bmarque\b|該当するもの",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with the rows of its options."""

    row: int
    text: str
    options: tuple[int, ...]


def with_options_below(grid: Grid, table: Table) -> list[Question]:
    """Return the questions of a table in which options to mark stand under the questions, none where none do so.

    Questions without options in such a table take text in the column of the marks.
    """
    column = _text_column(grid, table)
    if not column:
        return []
    asked = _asked(grid, table, column)
    marks = _mark_column(grid, column, [row for one in asked for row in one.options])
    listing = [one for one in asked if one.options]
    if not marks or len(listing) < _LEAST or not _told(grid, table, column, marks, listing):
        return []
    found = []
    for one in asked:
        field = _field(grid, column, marks, one)
        if field is not None:
            number = next((said for at, said in grid.cells(one.row).items() if at < column and is_number(said)), "")
            found.append(
                Question(
                    one.text.strip(), grid.location(one.row, column), (field,), number,
                    certainty=_CERTAINTY, reasons=("the options stand under the question",),
                )
            )  # fmt: skip
    return found


def _text_column(grid: Grid, table: Table) -> int:
    """Return the column in which most questions stand, 0 when there is none."""
    asking = Counter(
        column
        for row in table.rows
        for column, text in table.cells(grid, row).items()
        if likeness(text) >= _ASKING and not is_hint(text)
    )
    return asking.most_common(1)[0][0] if asking else 0


def _asked(grid: Grid, table: Table, column: int) -> list[_Asked]:
    """Return the questions with the rows right under each that only name an option."""
    found: list[_Asked] = []
    for row in table.rows:
        text = grid.text(row, column)
        if not text:
            continue
        labelled = any(is_number(said) for at, said in table.cells(grid, row).items() if at < column)
        if likeness(text) >= _ASKING and not is_hint(text):
            found.append(_Asked(row, text, ()))
            continue
        follows = bool(found) and row == max((found[-1].row, *found[-1].options)) + 1
        if follows and not labelled and likeness(text) <= _OPTION and len(text) <= _LONGEST_OPTION:
            found[-1] = _Asked(found[-1].row, found[-1].text, (*found[-1].options, row))
    return [one if len(one.options) >= _LEAST else _Asked(one.row, one.text, ()) for one in found]


def _mark_column(grid: Grid, column: int, rows: list[int]) -> int:
    """Return the column beside the options whose cells wait for a mark or hold one, 0 when there is none."""

    def waits(row: int, beside: int) -> bool:
        there = grid.text(row, beside).strip()
        return not grid.refusal(row, beside) and (not there or there in _BOXES or is_sign(there))

    boxed = sum(grid.text(row, column - 1).strip() in _BOXES for row in rows if column > 1)
    for beside in (column - 1, column + 1) if boxed else (column + 1, column - 1):
        if beside and rows and all(waits(row, beside) and not grid.lists.options(row, beside) for row in rows):
            return beside
    return 0


def _told(grid: Grid, table: Table, column: int, marks: int, listing: list[_Asked]) -> bool:
    """Return whether the form says that its options are to be marked: in words, by boxes or by the cells it draws."""
    before = [text for row in sorted(grid.sheet.rows) if row <= max(table.rows) for text in grid.cells(row).values()]
    if any(_MARKING.search(text) for text in before):
        return True
    rows = [row for one in listing for row in one.options]
    if any(grid.text(row, marks).strip() in _BOXES for row in rows):
        return True
    drawn = {grid.sheet.style(row, marks) for row in rows}
    return len(drawn) == 1 and drawn.isdisjoint({0, *(grid.sheet.style(one.row, marks) for one in listing)})


def _field(grid: Grid, column: int, marks: int, asked: _Asked) -> AnswerField | None:
    """Return the field of a question: its options' marks, or the text beside it where it has none."""
    if asked.options:
        names = [(grid.text(row, column).strip(), row) for row in asked.options]
        places = tuple((name, grid.location(row, marks)) for name, row in names)
        ticked = [name for name, row in names if is_sign(grid.text(row, marks))]
        return AnswerField(FieldKind.MARK, places[0][1], marks=places, value=PARTED.join(ticked) or None)
    beside = max(marks, column + grid.width(asked.row, column))
    return None if grid.refusal(asked.row, beside) else answer_field(grid, asked.row, beside)
