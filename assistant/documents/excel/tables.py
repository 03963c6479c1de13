"""Dividing a sheet into the tables that its headers make; a header repeated at every section makes one table."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.documents.excel.grid import Grid
from assistant.documents.excel.headers import Header, find_headers, side_by_side
from assistant.documents.excel.references import LAST_COLUMN
from assistant.documents.excel.vocabulary import Role, plain, roles

_ALIKE = 0.6
_MOST_TABLES = 200
"""Tables of one sheet; what comes behind them belongs to the last."""


@dataclass(slots=True)
class Table:
    """Rows under one header, or under the repetitions of one; without a header `header` is None."""

    header: Header | None
    rows: list[int] = field(default_factory=list)
    repeated: list[Header] = field(default_factory=list)
    """The header with its repetitions."""
    headings: dict[int, str] = field(default_factory=dict)
    """First row under a repeated header -> the words in it that name no column: a section's title."""
    left: int = 1
    right: int = LAST_COLUMN
    """The first and the last column; other tables may stand beside it."""

    def cells(self, grid: Grid, row: int) -> dict[int, str]:
        """Return the texts of the row that stand in the table's columns."""
        cells = grid.cells(row)
        if self.left == 1 and self.right == LAST_COLUMN:
            return cells
        return {column: text for column, text in cells.items() if self.left <= column <= self.right}

    def name(self, column: int) -> str:
        """Return what the header calls the column."""
        return self.header.names.get(column, "") if self.header else ""


def find_tables(grid: Grid) -> list[Table]:
    """Return the tables of the sheet from top to bottom, what stands above the first header included."""
    headers = find_headers(grid)
    starts = {header.first: header for header in headers}
    inside = {row for header in headers for row in range(header.first, header.last + 1)}
    current = [Table(None)]
    tables = [*current]
    for row in sorted(grid.sheet.rows):
        if row in starts and len(tables) < _MOST_TABLES:
            current = [_table(tables, part, left, right) for part, left, right in side_by_side(starts[row])]
            for table in current:
                if table not in tables:
                    tables.append(table)
        if row not in inside:
            for table in current:
                table.rows.append(row)
    for table in tables:
        _find_headings(grid, table)
    return [table for table in tables if table.rows]


def _table(tables: list[Table], header: Header, left: int, right: int) -> Table:
    """Return the table in the columns `left` to `right` that `header` begins, or goes on with."""
    for table in tables:
        if table.header and (table.left, table.right) == (left, right) and _alike(table.header, header):
            table.repeated.append(header)
            return table
    return Table(header, repeated=[header], left=left, right=right)


def _alike(one: Header, other: Header) -> bool:
    """Return whether two headers name mostly the same columns in the same places."""
    mine = {(column, plain(name)) for column, name in one.names.items()}
    theirs = {(column, plain(name)) for column, name in other.names.items()}
    return len(mine & theirs) >= _ALIKE * max(len(mine), len(theirs)) or (_answering(one) == _answering(other) != set())


def _answering(header: Header) -> set[tuple[int, str]]:
    wanted = (Role.ANSWER, Role.COMMENT)
    return {
        (column, plain(name))
        for column, name in header.names.items()
        if any(role in roles(name) for role in wanted) and Role.QUESTION not in roles(name)[:1]
    }


def _find_headings(grid: Grid, table: Table) -> None:
    """Note the names in a table's headers that name no column but the section that begins there.

    Where the header is repeated, it is the name that changes; in a single one, an unknown name merged over several
    columns.
    """
    headers = table.repeated
    for header in headers:
        for column, name in sorted(header.names.items()):
            if len(headers) > 1:
                titles = {plain(other.names.get(column, "")) for other in headers}
                is_title = len(titles) > len(headers) / 2
            else:
                top = grid.text(header.first, column)
                wide = grid.width(header.first, column) > 1 and header.leaves[column] == top.strip()
                is_title = wide and not {*roles(name), *roles(top)} - {Role.EVIDENCE, Role.OTHER}
            if is_title:
                table.headings[header.last + 1] = name
                break
