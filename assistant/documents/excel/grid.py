"""A worksheet as its reader sees it: merged cells as one, computed and locked cells known, drop-downs at hand."""

from __future__ import annotations

from assistant.documents.excel.formats import Formats
from assistant.documents.excel.lists import Lists
from assistant.documents.excel.references import Area, cell_name
from assistant.documents.excel.sheet import Sheet
from assistant.documents.excel.workbook import SheetEntry, Workbook
from assistant.errors import UnreadableDocumentError
from assistant.questionnaire import Location

_MOST_COVERED = 400_000
"""Cells under merged areas that are kept one by one; larger merges are searched instead."""
_MOST_LARGE = 200


class Grid:
    """Look-ups over one sheet; every one takes constant time."""

    def __init__(self, sheet: Sheet, formats: Formats, lists: Lists) -> None:
        self.sheet = sheet
        self.title = sheet.title
        self.formats = formats
        self.lists = lists
        self.merged: dict[tuple[int, int], Area] = {}
        """Top-left cell -> merged area."""
        self._anchors: dict[tuple[int, int], tuple[int, int]] = {}
        """Covered cell -> top-left cell of the merged one it is part of."""
        self.closed: dict[int, set[int]] = {}
        """Column -> rows in which its cell is computed or covered, and so never takes an answer."""
        self.worded: dict[tuple[str, ...], tuple[str, ...]] = {}
        """Values of a drop-down -> those that are answers, once they were looked at (`fields`)."""
        self.signs: dict[frozenset[int], str] = {}
        """Tick columns -> the sign they are ticked with, once it was looked for (`marks`)."""
        self._large: list[Area] = []
        self._merged_rows: set[int] = set()
        self._cells: dict[int, dict[int, str]] = {}
        """Row -> its visible texts, for rows in which some are not."""
        self._hidden: dict[int, bool] = {}
        for area in self.sheet.merges:
            top_left = (area.top, area.left)
            self.merged[top_left] = area
            size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
            if size > _MOST_COVERED - len(self._anchors):
                self._large.append(area)
                if len(self._large) > _MOST_LARGE:
                    raise UnreadableDocumentError(
                        f"The sheet “{self.title}” merges more cells than a questionnaire does.",
                        "Copy the rows with the questions into a new workbook and upload that.",
                    )
                continue
            self._merged_rows.update(range(area.top, area.bottom + 1))
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    self._anchors[row, column] = top_left
                    self.closed.setdefault(column, set()).add(row)
            del self._anchors[top_left]
            self.closed[area.left].discard(area.top)
        self.computed: dict[int, set[int]] = {}
        """Column -> rows in which its cell is a formula."""
        for row, column in self.sheet.formulas:
            self.computed.setdefault(column, set()).add(row)
        for column, rows in self.computed.items():
            self.closed.setdefault(column, set()).update(rows)
        self.last_column = max((max(cells) for cells in self.sheet.rows.values()), default=0)
        self.locks = self.sheet.protected and self._has_open_cells()

    @classmethod
    def of(cls, book: Workbook, entry: SheetEntry) -> Grid:
        """Return the grid of a workbook's sheet."""
        sheet = book.sheet(entry)
        return cls(sheet, book.formats, Lists(sheet, book))

    def _has_open_cells(self) -> bool:
        """Return whether protection leaves cells to fill in; without any, it does not tell answers from the rest."""
        if self.sheet.open_ranges:
            return True
        used = {style for styles in self.sheet.styles.values() for style in styles.values()}
        used |= {style for _, _, style in self.sheet.column_styles} | set(self.sheet.row_styles.values())
        return any(not self.formats.is_locked(style) for style in used)

    def location(self, row: int, column: int) -> Location:
        """Return the location of a cell, of the merged cell it is part of."""
        if row in self._merged_rows or self._large:
            row, column = self.anchor(row, column)
        return Location(f"{self.title}!{cell_name(row, column)}")

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """Return the top-left cell of the merged cell that (row, column) is part of, or the cell itself."""
        if row in self._merged_rows and (row, column) in self._anchors:
            return self._anchors[row, column]
        for area in self._large:
            if area.holds(row, column):
                return area.top, area.left
        return row, column

    def covered(self, row: int, column: int) -> bool:
        """Return whether the cell lies under a merged one, where it cannot be seen or written."""
        if row not in self._merged_rows and not self._large:
            return False
        return (row, column) in self._anchors or self.anchor(row, column) != (row, column)

    def text(self, row: int, column: int) -> str:
        """Return what the cell shows; nothing for a covered one."""
        cells = self.sheet.rows.get(row)
        if not cells or column not in cells:
            return ""
        return "" if (row in self._merged_rows or self._large) and self.covered(row, column) else cells[column]

    def seen(self, row: int, column: int) -> str:
        """Return what a reader sees at the cell: for a covered one, the text of the merged cell."""
        return self.sheet.text(*self.anchor(row, column))

    def cells(self, row: int) -> dict[int, str]:
        """Return the texts of the row by column, covered cells and hidden columns left out."""
        cells = self.sheet.rows.get(row, {})
        if not self.sheet.hidden_columns and row not in self._merged_rows and not self._large:
            return cells
        if row not in self._cells:
            merged = row in self._merged_rows or bool(self._large)
            known, hidden = self._hidden, self.hidden
            self._cells[row] = {
                column: text
                for column, text in cells.items()
                if not (known[column] if column in known else hidden(column))
                and not (merged and self.covered(row, column))
            }
        return self._cells[row]

    def hidden(self, column: int) -> bool:
        """Return whether the column is hidden; looked up once for each."""
        if column not in self._hidden:
            self._hidden[column] = self.sheet.column_hidden(column)
        return self._hidden[column]

    def refusal(self, row: int, column: int) -> str:
        """Return why the cell cannot take an answer, "" when it can."""
        if (row in self._merged_rows or self._large) and self.covered(row, column):
            return "the cell is part of a merged one"
        if (row, column) in self.sheet.formulas:
            return "the cell holds a formula"
        if self.locks and self.locked(row, column):
            return "the cell is locked, and the sheet leaves other cells open"
        return ""

    def locked(self, row: int, column: int) -> bool:
        """Return whether the sheet's protection keeps users from the cell while it leaves others open."""
        if not self.locks or not self.formats.is_locked(self.sheet.style(row, column)):
            return False
        return not any(area.holds(row, column) for area in self.sheet.open_ranges)

    def width(self, row: int, column: int) -> int:
        """Return over how many columns the cell reaches."""
        area = self.merged.get((row, column))
        return area.right - area.left + 1 if area else 1

    def height(self, row: int, column: int) -> int:
        """Return over how many rows the cell reaches."""
        area = self.merged.get((row, column))
        return area.bottom - area.top + 1 if area else 1

    def emphasis(self, row: int, column: int) -> tuple[bool, int]:
        """Return how the cell stands out: bold, and its fill."""
        return self.formats.emphasis(self.sheet.style(row, column))

    def look(self, row: int, column: int) -> tuple[bool, float]:
        """Return how the cell is written: bold, and the size of its letters."""
        style = self.sheet.style(row, column)
        return self.formats.is_bold(style), self.formats.size_of(style)
