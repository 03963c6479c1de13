"""What each row of a question table is: a question, a section's title, a hint, an instruction."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable
from enum import Enum
from typing import NamedTuple, TypeVar

from assistant.documents.excel.below import answer_below
from assistant.documents.excel.columns import Columns
from assistant.documents.excel.fields import shared_field, wide_field
from assistant.documents.excel.grid import Grid
from assistant.documents.excel.tables import Table
from assistant.documents.excel.wording import is_hint, is_number, is_polite, leading_number, likeness
from assistant.documents.void import VOID, is_void

_T = TypeVar("_T", bound=Hashable)
_ASKING = 0.6
_PLAINLY = 0.9
_MOSTLY = 0.5
_NUMBERED = 0.9
_NEARLY_ALL = 0.8
_LEAST_NUMBERED = 3
_UNDER = 0.7
"""Certainty of a question whose answer goes under it, in a table with columns for the answers."""
_FEW = 1 / 3
_PIECES = re.compile(r"[A-Za-z]+|\d+")
_LISTED = 0.1
"""Share of rows with a drop-down from which one without stands out; forms with long hints have few."""


class RowKind(Enum):
    """What a row is."""

    QUESTION = "question"
    SECTION = "section"
    SKIPPED = "skipped"


class Row(NamedTuple):
    """A row and what it was taken for, with the reason for one that is no question."""

    number: int
    column: int
    label: str
    text: str
    kind: RowKind
    reason: str = ""
    certainty: float = 1.0
    under: bool = False
    """Whether its answer goes into the empty cell under it."""


class _Look(NamedTuple):
    """What can be seen of one row."""

    number: int
    column: int
    text: str
    label: str
    reads: float
    listed: bool
    places: tuple[int, ...]
    refusal: str
    across: bool
    emphasis: tuple[bool, int]
    answer_fill: int
    wide: bool
    """Whether one wide cell takes the answer instead of the columns."""
    under: bool
    """Whether it reaches across the answer columns, asks, and leaves an empty cell under it for the answer."""
    answered: bool
    """Whether something stands in an answer column already."""


def classify(grid: Grid, table: Table, columns: Columns) -> list[Row]:
    """Return every row of the table that says something, with what it is."""
    looks, others = [], []
    for number in table.rows:
        look = _asked(grid, columns, number) or _asked_across(grid, table, columns, number)
        if look is not None:
            looks.append(look)
        else:
            said = next((text for text in table.cells(grid, number).values() if not is_number(text)), "").strip()
            if said:
                others.append(Row(number, columns.question, "", said, RowKind.SECTION, "nothing is asked in this row"))
    usual = _Usual(looks)
    return sorted([*(_classified(look, usual) for look in looks), *others], key=lambda row: row.number)


def _asked(grid: Grid, columns: Columns, number: int) -> _Look | None:
    """Return what a row says in the column of the questions, or indented under their merged cells."""
    text = grid.text(number, columns.question).strip()
    own = text if is_number(text) else ""
    for column in columns.indented if own or not text else ():
        below = grid.text(number, column).strip()
        if below:
            look = _look(grid, columns, number, column, below, own)
            if look.listed or is_number(look.label) or look.reads >= _PLAINLY:
                return look
    return _look(grid, columns, number, columns.question, text) if text else None


def _asked_across(grid: Grid, table: Table, columns: Columns, number: int) -> _Look | None:
    """Return what a row asks that is merged from before the column of the questions over those of the answers."""
    cells = {column: text for column, text in table.cells(grid, number).items() if not is_number(text)}
    at, text = next(iter(cells.items()), (0, ""))
    if len(cells) != 1 or not at < columns.question < at + grid.width(number, at):
        return None
    look = _look(grid, columns, number, at, text.strip())
    return look if look.under else None


def _look(grid: Grid, columns: Columns, number: int, at: int, text: str, label: str = "") -> _Look:
    answering = columns.answering()
    refusals = [grid.refusal(number, column) for column in answering]
    refusal = next(filter(None, refusals), "")
    places = tuple(answering)
    if refusal:
        places = tuple(
            column
            for column, why in zip(answering, refusals, strict=True)
            if not why or (column in columns.texts and shared_field(grid, number, column))
        )
    listed = any(grid.lists.options(number, column) is not None for column in columns.choices)
    reach = at + grid.width(number, at) - 1
    first = answering[0] if len(answering) == 1 else min(answering, key=lambda column: abs(column - at))
    across = at < first <= reach
    seen = grid.seen(number, columns.number).strip() if columns.number else leading_number(text)
    return _Look(
        number=number,
        column=at,
        text=text,
        label=label or seen,
        reads=likeness(text),
        listed=listed,
        places=places,
        refusal=refusal,
        across=across,
        emphasis=grid.emphasis(number, at),
        answer_fill=grid.emphasis(number, first)[1],
        wide=not places and wide_field(grid, number, at, answering) is not None,
        under=across and not places and likeness(text) >= _PLAINLY and answer_below(grid, number, at) is not None,
        answered=any(grid.text(number, column) for column in answering),
    )


class _Usual:
    """What most rows of the table are like, so that the odd one stands out."""

    def __init__(self, looks: list[_Look]) -> None:
        open_rows = [look for look in looks if look.places and not look.across]
        self.listed = _share(look.listed for look in open_rows)
        self.labelled = _share(is_number(look.label) for look in open_rows)
        self.last_label = self._last_label(open_rows)
        sure = [look for look in open_rows if look.reads >= _ASKING] or open_rows
        self.asking = _share(look.reads >= _ASKING for look in open_rows)
        self.emphasis = _most(look.emphasis for look in sure)
        bold = _share(look.emphasis[0] for look in open_rows)
        self.titles = 0 < bold <= _FEW and not (open_rows[-1].emphasis[0])
        """Whether few rows are bold and others follow them, as they follow titles."""
        self.answer_fill = _most(look.answer_fill for look in sure)
        self.depth = _most(_depth(look.label) for look in sure if is_number(look.label)) or 0

    @staticmethod
    def _last_label(rows: list[_Look]) -> int:
        """Return the last row with a number where all but a few rows down to it have one, else the last row."""
        numbered = [look.number for look in rows if is_number(look.label)]
        end = rows[-1].number if rows else 0
        if not numbered:
            return end
        upto = sum(look.number <= numbered[-1] for look in rows)
        usual = len(numbered) >= max(_LEAST_NUMBERED, _NUMBERED * upto, _NEARLY_ALL * len(rows))
        return numbered[-1] if usual else end


def _share(values: Iterable[bool]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def _most(values: Iterable[_T]) -> _T | None:
    counted = Counter(values)
    return counted.most_common(1)[0][0] if counted else None


def _depth(label: str) -> int:
    return len(_PIECES.findall(label))


def _classified(look: _Look, usual: _Usual) -> Row:
    """Return what the row is; the first rule that holds decides."""

    def row(kind: RowKind, reason: str = "", certainty: float = 1.0) -> Row:
        return Row(look.number, look.column, look.label, look.text, kind, reason, certainty)

    labelled = is_number(look.label)
    odd = look.emphasis != usual.emphasis
    odd_answer = look.answer_fill != usual.answer_fill
    if look.under:
        return row(RowKind.QUESTION, certainty=_UNDER)._replace(under=True)
    if look.across:
        return row(RowKind.SECTION, "the text reaches across the answer columns")
    if look.wide and look.reads >= _ASKING:
        return row(RowKind.QUESTION, certainty=0.7)
    if not look.places:
        return row(RowKind.SKIPPED, f"no place for an answer: {look.refusal}")
    if is_void(look.text):
        return row(RowKind.SKIPPED, VOID)
    if is_hint(look.text) and not look.listed:
        return row(RowKind.SKIPPED, "a hint, no question")
    if look.number > usual.last_label and not look.listed and look.reads < 0.9:
        return row(RowKind.SKIPPED, "it comes after the last of the numbered questions and has no number")
    if look.listed and usual.listed < 0.97:
        return row(RowKind.QUESTION)
    if not look.listed and usual.listed >= _LISTED:
        # Rows around have a drop-down: this one asks only if it looks as they do, or plainly is a question.
        if labelled and look.reads >= _ASKING:
            return row(RowKind.QUESTION, certainty=0.8)
        deep = labelled and usual.depth and _depth(look.label) >= usual.depth
        if deep and usual.labelled >= _MOSTLY and not (odd or odd_answer):
            return row(RowKind.QUESTION, certainty=0.7)  # numbered as the questions are, and looks as they do
        if look.reads < _ASKING:
            return row(RowKind.SECTION, "a title or hint: no drop-down here, as the questions around have")
        if look.reads < 0.9 or usual.labelled >= 0.6 or odd or odd_answer:
            return row(RowKind.SKIPPED, "neither number nor drop-down, which the questions around have")
        return row(RowKind.QUESTION, certainty=0.6)
    if look.reads < _ASKING and usual.asking >= _MOSTLY:
        if usual.labelled >= 0.6 and not labelled:
            return row(RowKind.SECTION, "a title: short and without the number that questions have")
        if labelled and usual.depth and _depth(look.label) < usual.depth:
            return row(RowKind.SECTION, "a title: its number is one of a section")
        if odd or odd_answer:
            return row(RowKind.SECTION, "a title: short and set off from the questions")
    numbered_alike = labelled and usual.labelled >= _MOSTLY
    if (
        usual.titles
        and look.emphasis[0]
        and look.reads < _ASKING
        and not (look.listed or look.answered or numbered_alike)
    ):
        return row(RowKind.SECTION, "a title: short and bold, as few rows are")
    if usual.labelled >= 0.8 and not labelled and look.reads < 1.0 and (odd or is_polite(look.text)):
        return row(RowKind.SKIPPED, "neither number nor looks of the questions around")
    return row(RowKind.QUESTION, certainty=0.6 + 0.4 * look.reads)
