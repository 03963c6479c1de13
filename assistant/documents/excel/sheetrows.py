"""The rows and cells of a worksheet as they are read: those of the ordinary form by one pattern for a whole row.

ECMA-376 part 1, 18.3.1.73 (`row`), 18.3.1.4 (`c`), 18.3.1.40 (`f`), 18.3.1.53 (`is`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.documents.excel.numbers import number_text
from assistant.documents.excel.ordinary import references_stand, resolved
from assistant.documents.excel.references import LAST_COLUMN, LAST_ROW, column_number
from assistant.documents.excel.sheet import MAX_CELLS, MAX_ROWS, Sheet
from assistant.documents.excel.texts import decoded

# Possessive where there is nothing to try again, which is a third quicker.
_ATTRIBUTE = r'[A-Za-z][A-Za-z0-9:]*+="[^"<&]*+"'
_ROW = re.compile(
    rf'[ \t\n]*+<row((?: (?!r="){_ATTRIBUTE})*+) r="([0-9]{{1,7}}+)"((?: {_ATTRIBUTE})*+) ?+(/?+)>',
)
"""A row's number is the first "r" that it says, so that no other one is ever tried for it."""
_SAID = re.compile(r' ([A-Za-z][A-Za-z0-9:]*+)="([^"<&]*+)"')
_FORMULA = (
    r'(<f)(?: t="(?:shared|array)")?(?: aca="[a-z0-9]+")?(?: ref="[A-Z0-9:]+")?(?: ca="[a-z0-9]+")?(?: si="[0-9]+")?'
    r"(?: ?/>|>[^<]*+</f>)"
)
_VALUE = r'<v(?: xml:space="preserve")?+>([^<]*+)</v>|<is><t(?: xml:space="preserve")?+>([^<]*+)</t></is>'
_CELL = re.compile(
    r'<c r="([A-Z]{1,3}+)[0-9]{1,7}+"(?: s="([0-9]{1,9}+)")?+(?: t="([A-Za-z]{1,9}+)")?+'
    rf"(?:/>|>(?:{_FORMULA})?(?:{_VALUE})?</c>| />)"
)
_PARTS = 7
"""What `_CELL` splits a row into for each cell: what stands before it, and its groups."""


class _Formats(dict[str | None, int]):
    """The index of a cell's format by what the cell says of it; most cells of a sheet say one of a few."""

    def __missing__(self, said: str | None) -> int:
        number = self[said] = int(said) if said else 0
        return number


class _Look(NamedTuple):
    """What a row says of itself: whether it is hidden, and the format of its cells."""

    hidden: bool
    style: int | None


class SheetRows:
    """A sheet that is filled row by row."""

    def __init__(self, title: str, strings: Sequence[str], dates: frozenset[int]) -> None:
        self.sheet = Sheet(title)
        self.strings = strings
        self.dates = dates
        self.row = self.column = 0
        self.cells_seen = self.rows_seen = 0
        self.current: dict[int, str] = {}
        self.current_styles: dict[int, int] = {}
        self._formats = _Formats()
        self._looks: dict[str, _Look | None] = {}

    def take(self, element: str) -> int | None:
        """Return None when `element`, a row without its closing tag, was read; else how much at its beginning was.

        Only whole rows are read: rows that hold nothing, which have no closing tag, may stand before the last one.
        """
        at = 0
        while match := _ROW.match(element, at):
            number, said, empty = int(match[2]), match[1] + match[3], match[4]
            if said not in self._looks:
                self._looks[said] = _look(said)
            look = self._looks[said]
            if look is None or number > LAST_ROW or self.rows_seen > MAX_ROWS:
                return at
            if not empty:
                return None if self._take_cells(number, look, element[match.end() :]) else at
            self.begin_row(number, look.hidden, look.style)
            at = match.end()
        return at

    def _take_cells(self, number: int, look: _Look, cells: str) -> bool:
        """Return whether all `cells` were ordinary and row `number` with them was read."""
        parts = _CELL.split(cells)
        between = "".join(parts[::_PARTS])
        if (between and between.strip(" \t\n")) or ("&" in cells and not references_stand(cells)):
            return False
        columns = [*map(column_number, parts[1::_PARTS])]
        if columns and (self.cells_seen + len(columns) > MAX_CELLS or max(columns) > LAST_COLUMN):
            return False
        self.begin_row(number, look.hidden, look.style)
        if columns:
            self.cells_seen += len(columns)
            self.column = columns[-1]
            styles = [*map(self._formats.__getitem__, parts[2::_PARTS])]
            self.current_styles = dict(zip(columns, styles, strict=True))
            if "</c>" in cells:
                if "<f" in cells:
                    formulas = zip(columns, parts[4::_PARTS], strict=True)
                    self.sheet.formulas.update([(number, column) for column, formula in formulas if formula])
                values = parts[5::_PARTS]
                if "<is>" in cells:
                    inline = parts[6::_PARTS]
                    values = [value if value is not None else text for value, text in zip(values, inline, strict=True)]
                if "&" in cells:
                    values = [value and resolved(value) for value in values]
                self.keep(columns, styles, parts[3::_PARTS], values)
        self.end_row()
        return True

    def begin_row(self, number: int, hidden: bool, style: int | None) -> None:
        """Go to row `number`."""
        self.row = number
        self.column = 0
        self.rows_seen += 1
        if hidden:
            self.sheet.hidden_rows.add(number)
        if style is not None:
            self.sheet.row_styles[number] = style
        self.current = {}
        self.current_styles = {}

    def keep(
        self, columns: Sequence[int], styles: Sequence[int], kinds: Sequence[str | None], values: Sequence[str | None]
    ) -> None:
        """Keep what the cells in `columns` of this row show; each of `values` is stored in the way of its kind."""
        strings, current = self.strings, self.current
        for column, style, kind, value in zip(columns, styles, kinds, values, strict=True):
            if value is None:
                continue
            if kind == "s":  # nine of ten are, which is worth a call less
                try:
                    text = strings[int(value)]
                except (ValueError, IndexError):
                    continue
            else:
                text = self._shown(column, style, "n" if kind is None else kind, value)
            if text and not text.isspace():
                current[column] = text

    def _shown(self, column: int, style: int, kind: str, value: str) -> str:
        """Return what a cell shows whose `value` is no shared string."""
        if kind == "n":
            self.sheet.numbers.add((self.row, column))
            return number_text(value, style in self.dates)
        if kind == "b":
            return "TRUE" if value.strip() in ("1", "true") else "FALSE"
        return "" if kind == "e" else decoded(value)

    def end_row(self) -> None:
        """Put the row into the sheet."""
        if self.current:
            # Cells stand in the order of columns; a file that breaks this is put right.
            if list(self.current) != sorted(self.current):
                self.current = dict(sorted(self.current.items()))
            self.sheet.rows[self.row] = self.current
        if self.current_styles:
            self.sheet.styles[self.row] = self.current_styles


def _look(said: str) -> _Look | None:
    """Return what the attributes of a row mean, None when expat had better read them."""
    found = _SAID.findall(said)
    attributes = dict(found)
    style = attributes.get("s", "0")
    if (
        len(attributes) < len(found)
        or "r" in attributes
        or not (style.isascii() and style.isdigit() and len(style) < 9)
    ):
        return None
    own = attributes.get("customFormat") in ("1", "true")
    return _Look(attributes.get("hidden") in ("1", "true"), int(style) if own else None)
