"""Questions whose options stand in the rows under them, each with a cell of its own to mark."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

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
_NUMBERED = 0.6
_CERTAINTY = 0.7
_BOXES = frozenset("☐☑☒□■○●◯◉")
_MARKING = re.compile(
    r"\b(?:mark|tick|check|cross)\b.{0,40}\b(?:all|one|option|box|each|that|which|with)|\ball that apply\b|"
    r"\b(?:select|choose) (?:one|all|any)\b|\((?:only )?(?:one|single|multiple|several|more than one) answers?\b|"
    r"\bankreuzen\b|\bcocher?z?\b|\bmarque\b|該当するもの",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"[:：_]\W*$|\b(?:specify|describe|explain|state which|angeben|préciser|précisez|especificar|especifique|"
    r"specificare|specificeer)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with the rows of its options."""

    row: int
    text: str
    options: tuple[int, ...]
    words: int = 0
    """The row among the options that asks for words, as "Other, please specify:" does; 0 when there is none."""

    def last(self) -> int:
        """Return the last row that belongs to the question."""
        return max((self.row, self.words, *self.options))


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
        fields = _fields(grid, column, marks, one)
        if fields:
            number = next((said for at, said in grid.cells(one.row).items() if at < column and is_number(said)), "")
            found.append(
                Question(
                    one.text.strip(), grid.location(one.row, column), fields, number,
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
    """Return the questions with the rows right under each that only name an option, or ask for words with them.

    Where the questions have numbers, what has none does not ask by itself among the options.
    """
    found: list[_Asked] = []
    texts = {row: text for row in table.rows if (text := grid.text(row, column))}
    labelled = {
        row for row in texts if any(is_number(said) for at, said in table.cells(grid, row).items() if at < column)
    }
    asking = {row for row, text in texts.items() if likeness(text) >= _ASKING and not is_hint(text)}
    numbered = len(asking & labelled) >= _NUMBERED * len(asking)
    for row, text in texts.items():
        follows = bool(found) and row == found[-1].last() + 1 and row not in labelled
        one = found[-1] if found else _Asked(row, text, ())
        wants = len(text) <= _LONGEST_OPTION and _WORDS.search(text) is not None
        if follows and one.options and wants and not one.words and (row not in asking or numbered):
            found[-1] = replace(one, words=row)
        elif row in asking:
            found.append(_Asked(row, text, ()))
        elif follows and likeness(text) <= _OPTION and len(text) <= _LONGEST_OPTION:
            found[-1] = replace(one, options=(*one.options, row))
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


def _fields(grid: Grid, column: int, marks: int, asked: _Asked) -> tuple[AnswerField, ...]:
    """Return the fields of a question: its options' marks and their words, or the text beside it where it has none."""
    if not asked.options:
        beside = max(marks, column + grid.width(asked.row, column))
        return () if grid.refusal(asked.row, beside) else (answer_field(grid, asked.row, beside),)
    after = column + grid.width(asked.words, column)
    # A box left of "Other, please specify:" is one of the options; the words go to the right of it.
    boxed = (asked.words,) if asked.words and marks < column else ()
    names = [(grid.text(row, column).strip(), row) for row in sorted((*asked.options, *boxed))]
    places = tuple((name, grid.location(row, marks)) for name, row in names)
    ticked = [name for name, row in names if is_sign(grid.text(row, marks))]
    field = AnswerField(FieldKind.MARK, places[0][1], marks=places, value=PARTED.join(ticked) or None)
    if not asked.words or grid.refusal(asked.words, after):
        return (field,)
    return field, answer_field(grid, asked.words, after)
