"""What one worksheet says, in sparse dictionaries: nothing is stored for cells that are not there.

So a single value in the last cell of a sheet costs nothing. ECMA-376 part 1, 18.3 (SpreadsheetML worksheets).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.documents.excel.references import Area

MAX_CELLS = 400_000
MAX_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Validation:
    """A data validation rule (18.3.1.32) and the cells it holds for."""

    areas: tuple[Area, ...]
    type: str
    formula: str
    second: str = ""
    operator: str = "between"
    literal: bool = False
    """Whether `formula` is the list itself, as `x12ac:list` has it, and no formula."""


@dataclass(slots=True)
class Sheet:
    """What a worksheet says. Rows and columns count from 1; everything absent is simply not there."""

    title: str = ""
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    """Row -> column -> text of every cell that shows something, formulas by their cached values."""
    numbers: set[tuple[int, int]] = field(default_factory=set)
    """Cells whose value is a number (dates included)."""
    formulas: set[tuple[int, int]] = field(default_factory=set)
    styles: dict[int, dict[int, int]] = field(default_factory=dict)
    """Row -> column -> index of the cell's format, for every cell that is there."""
    row_styles: dict[int, int] = field(default_factory=dict)
    column_styles: list[tuple[int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    widths: list[tuple[int, int, str]] = field(default_factory=list)
    """First and last column of a range, and how many characters wide each of them is."""
    merges: list[Area] = field(default_factory=list)
    validations: list[Validation] = field(default_factory=list)
    protected: bool = False
    open_ranges: list[Area] = field(default_factory=list)
    tables: int = 0

    def text(self, row: int, column: int) -> str:
        """Return what the cell shows, "" when nothing."""
        cells = self.rows.get(row)
        return cells.get(column, "") if cells else ""

    def style(self, row: int, column: int) -> int:
        """Return the index of the format that holds for the cell, whether the cell is there or not."""
        cells = self.styles.get(row)
        if cells and column in cells:
            return cells[column]
        if row in self.row_styles:
            return self.row_styles[row]
        return next((style for first, last, style in self.column_styles if first <= column <= last), 0)

    def width(self, column: int) -> float:
        """Return how many characters wide the column is, 0 when the file does not say."""
        said = next((width for first, last, width in self.widths if first <= column <= last), "")
        try:
            return float(said)
        except ValueError:
            return 0.0

    def column_hidden(self, column: int) -> bool:
        """Return whether the column is hidden."""
        return bool(self.hidden_columns) and any(first <= column <= last for first, last in self.hidden_columns)
