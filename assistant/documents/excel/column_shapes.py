"""What the cells of a table's columns are like: counted in one pass over the cells that are there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from assistant.documents.excel.grid import Grid
from assistant.documents.excel.printed import alternatives, boxes
from assistant.documents.excel.tables import Table
from assistant.documents.excel.vocabulary import Role, roles_in_header, roles_under
from assistant.documents.excel.wording import is_number, likeness
from assistant.filling import canonical

MARKS = frozenset({"x", "✓", "✔", "☑", "☒", "☐", "□", "■", "•", "1", "●", "o", "√"})
_SHORT = 24
"""Characters of the longest answer that is still a choice ("Partially implemented")."""
_MOST_COLUMNS = 200
_BEHIND = 8
"""Columns behind the last text in which a drop-down is looked for; forms leave room for texts that flow over."""
_MOST_ROWS = 5_000
"""Rows that tell what a column is like; more would only take longer."""


@dataclass(slots=True)
class Column:
    """What the cells of one column are like, over the rows that ask something."""

    number: int
    name: str
    roles: tuple[Role, ...]
    filled: int = 0
    characters: int = 0
    reads: float = 0.0
    labels: int = 0
    verdicts: int = 0
    short: int = 0
    marks: int = 0
    offers: int = 0
    """Cells that print their own options, as in "☐ Yes ☐ No"."""
    formulas: int = 0
    lists: int = 0
    open: int = 0
    rows: int = 0
    texts: dict[str, int] = field(default_factory=dict)
    """Text -> how often it stands in the column."""
    options: set[tuple[str, ...]] = field(default_factory=set)

    @property
    def role(self) -> Role | None:
        """Return the likeliest role that its name suggests."""
        return self.roles[0] if self.roles else None

    def share(self, count: float) -> float:
        """Return `count` as a share of the rows."""
        return count / self.rows if self.rows else 0.0


class _Traits(NamedTuple):
    reads: float
    label: bool
    verdict: bool
    short: bool
    mark: bool
    offer: bool


@lru_cache(maxsize=16_384)
def _traits(text: str) -> _Traits:
    """Return what can be told of a text by itself; forms repeat many."""
    short = len(text) <= _SHORT
    return _Traits(
        likeness(text),
        is_number(text),
        short and canonical(text) is not None,
        short,
        text.casefold() in MARKS,
        bool(boxes(text) or alternatives(text)),
    )


def describe(grid: Grid, table: Table, rows: list[int]) -> dict[int, Column]:
    """Return every visible column of the table with what its cells are like in `rows`, and one column behind them."""
    sheet = grid.sheet
    rows = rows[:_MOST_ROWS]
    asked = set(rows)
    reach = [area.right for (row, column), area in grid.merged.items() if row in asked and sheet.text(row, column)]
    last = min(max([grid.last_column, *reach, *(table.header.names if table.header else ())]), _MOST_COLUMNS)
    first, last = table.left, min(last, table.right - 1)
    validated = {
        column
        for rule in sheet.validations
        for area in rule.areas
        for column in range(area.left, min(area.right, last + _BEHIND) + 1)
    }
    described: dict[int, Column] = {}
    behind = min(last + _BEHIND, table.right)
    for number in sorted({*range(first, last + 2), *(column for column in validated if first <= column <= behind)}):
        if not grid.hidden(number):
            name = table.name(number)
            described[number] = Column(number, name, _roles(table, number, name), rows=len(rows))
    texts: dict[int, list[str]] = {number: [] for number in described}
    for row in rows:
        for number, text in grid.cells(row).items():
            if number in texts:
                texts[number].append(text.strip())
    for number, column in described.items():
        if texts[number]:
            _count(column, texts[number])
        closed = grid.closed.get(number, set()) & asked
        column.formulas = len(closed & grid.computed[number]) if number in grid.computed else 0
        if grid.locks:
            closed |= {row for row in rows if grid.locked(row, number)}
        column.open = len(rows) - len(closed)
        if number in validated:
            offered = [options for row in rows if (options := grid.lists.options(row, number)) is not None]
            column.lists, column.options = len(offered), set(offered)
    return described


def _roles(table: Table, number: int, name: str) -> tuple[Role, ...]:
    """Return the roles that the names of a column suggest."""
    header = table.header
    leaf = header.leaves.get(number, name) if header else name
    if header is None or number not in header.groups or leaf == name:
        return roles_in_header(name)
    return roles_under(name[: -len(leaf)].strip(), leaf)


def _count(column: Column, texts: list[str]) -> None:
    """Count the `texts` of a column, the ones that come again and again at once."""
    column.filled = len(texts)
    column.texts = dict(Counter(texts))
    known = {text: _traits(text) for text in column.texts}
    for text in texts:
        column.reads += known[text].reads
    for text, times in column.texts.items():
        traits = known[text]
        column.characters += times * min(len(text), 300)
        column.labels += times * traits.label
        column.short += times * traits.short
        column.verdicts += times * traits.verdict
        column.marks += times * (traits.short and traits.mark)
        column.offers += times * traits.offer
