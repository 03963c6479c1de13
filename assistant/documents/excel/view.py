"""A workbook as it looks: its sheets as grids, with what each cell would take as an answer.

Bounded: a sheet is shown to `MAX_ROWS` rows and `MAX_COLUMNS` columns, a workbook to `MAX_SHOWN` cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.documents.excel.colours import fills
from assistant.documents.excel.fields import answer_field
from assistant.documents.excel.grid import Grid
from assistant.documents.excel.outline import Outline, read_outline
from assistant.documents.excel.workbook import Workbook
from assistant.documents.package import Package
from assistant.layout import CellView, Part, PartKind, View

MAX_ROWS, MAX_COLUMNS, MAX_SHOWN = 2_000, 60, 150_000
_MOST_COVERED = 200_000
"""Places under merged cells of one sheet; files that merge more show those beyond by their first place."""
_BLANK_RUN = 3
"""Blank rows in a row that are shown; a longer run shows as a gap."""


def view(package: Package) -> View:
    """Return the sheets of the workbook in `package`, hidden ones too.

    :raises UnreadableDocumentError: when it is damaged or beyond the limits.
    """
    book = Workbook(package)
    colours = fills(book)
    parts: list[Part] = []
    left = MAX_SHOWN
    for entry in book.sheets:
        grid = Grid.of(book, entry)
        outline = read_outline(package.stream(entry.part), entry.title)
        part = part_of(grid, outline, colours, left, hidden=entry.hidden)
        left -= len(part.cells)
        parts.append(part)
    return View(tuple(parts))


def part_of(
    grid: Grid, outline: Outline, colours: Sequence[str] = (), most: int = MAX_SHOWN, *, hidden: bool = False
) -> Part:
    """Return one sheet as it looks; of more than `most` cells only the first."""
    columns = [column for column in range(1, _width(grid) + 1) if not grid.sheet.column_hidden(column)]
    cells: list[CellView] = []
    wanted = _rows(grid)
    shown = 0
    room = _MOST_COVERED
    for row in wanted[:MAX_ROWS]:
        if len(cells) + len(columns) > most:
            break
        shown += 1
        for column in columns:
            if not grid.covered(row, column):
                cell = _cell(grid, row, column, colours)
                room -= cell.rowspan * cell.colspan - 1
                cells.append(cell if room > 0 else replace(cell, rowspan=1, colspan=1))
    rest = ""
    if shown < len(wanted):
        rest = f"{len(wanted) - shown:,} further rows are not shown; what was found in them stays as it is."
    elif grid.last_column > MAX_COLUMNS:
        rest = f"Columns after the first {MAX_COLUMNS} are not shown; what was found in them stays as it is."
    widths: Mapping[int, float] = {column: width for column in columns if (width := outline.width(column)) is not None}
    return Part(grid.title, grid.title, PartKind.SHEET, tuple(cells), widths, outline.frozen, hidden, rest)


def _width(grid: Grid) -> int:
    """Return the last column that may matter: with text, with a drop-down, and one beside the texts."""
    listed = [area.right for rule in grid.sheet.validations for area in rule.areas]
    used = max((column for column in listed if column <= grid.last_column + 5), default=0)
    return min(MAX_COLUMNS, max(grid.last_column + 1 if grid.last_column else 0, used))


def _rows(grid: Grid) -> list[int]:
    """Return the rows to show: those with text, and a few blank ones between and behind them."""
    found: list[int] = []
    last = 0
    for row in sorted(grid.sheet.rows):
        found += [*range(last + 1, min(row, last + 1 + _BLANK_RUN)), row]
        last = row
    return [*found, last + 1] if found else []


def _cell(grid: Grid, row: int, column: int, colours: Sequence[str]) -> CellView:
    reason = grid.refusal(row, column)
    bold, fill = grid.emphasis(row, column)
    return CellView(
        location=grid.location(row, column),
        row=row,
        column=column,
        text=grid.text(row, column),
        rowspan=min(grid.height(row, column), MAX_ROWS),
        colspan=min(grid.width(row, column), MAX_COLUMNS - column + 1),
        fields=() if reason else (answer_field(grid, row, column),),
        reason=reason,
        bold=bold,
        fill=colours[fill] if fill < len(colours) else "",
    )
