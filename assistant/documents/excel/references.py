"""Cell references: `B7`, `$B$2:$D$9`, `'Other sheet'!A:A`, and the rectangles they name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
"""Limits of a worksheet (ECMA-376 part 1, 18.3.1; the values Excel enforces)."""

_REFERENCE = re.compile(
    r"^(?:(?:'((?:[^']|'')*)'|([^'!]*))!)?\$?([A-Za-z]{1,3})?\$?(\d+)?(?::\$?([A-Za-z]{1,3})?\$?(\d+)?)?$"
)


@lru_cache(maxsize=LAST_COLUMN)
def column_number(letters: str) -> int:
    """Return the number of the column `letters`, A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=LAST_COLUMN)
def column_letters(number: int) -> str:
    """Return the letters of column `number`, 1 is A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, (7, 2) is B7."""
    return f"{column_letters(column)}{row}"


class Area(NamedTuple):
    """A rectangle of cells, bounds included, on `sheet` ("" for the sheet it is mentioned on)."""

    top: int
    left: int
    bottom: int
    right: int
    sheet: str = ""

    def holds(self, row: int, column: int) -> bool:
        """Return whether the cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    @property
    def name(self) -> str:
        """Return the area as Excel writes it, without the sheet."""
        first, last = cell_name(self.top, self.left), cell_name(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"


_PLAIN = re.compile(r"([A-Z]{1,3})([0-9]{1,6})(?::([A-Z]{1,3})([0-9]{1,6}))?")
"""References as rules and merged cells have them, in the rows that are used."""


def _plain_area(reference: str) -> Area | None:
    """Return the area of a reference such as `B2:D9` whose first cell is the upper left one, None for any other."""
    match = _PLAIN.fullmatch(reference)
    if match is None:
        return None
    left, top, right, bottom = match.groups()
    area = Area(
        int(top), column_number(left), int(bottom) if bottom else int(top), column_number(right if right else left)
    )
    in_order = 1 <= area.top <= area.bottom and area.left <= area.right <= LAST_COLUMN
    return area if in_order else None


def parse_area(reference: str) -> Area | None:
    """Return the area `reference` names, None when it is no plain reference to cells."""
    if area := _plain_area(reference):
        return area
    match = _REFERENCE.match(reference.strip().removeprefix("="))
    if match is None:
        return None
    quoted, plain, left, top, right, bottom = match.groups()
    if not (left or top):
        return None
    sheet = quoted.replace("''", "'") if quoted is not None else (plain or "")
    first_column = column_number(left) if left else 1
    first_row = int(top) if top else 1
    if ":" in reference.rpartition("!")[2]:
        last_column = column_number(right) if right else LAST_COLUMN
        last_row = int(bottom) if bottom else LAST_ROW
    elif left and top:
        last_column, last_row = first_column, first_row
    else:
        return None
    if not (1 <= first_row <= LAST_ROW and 1 <= last_row <= LAST_ROW and max(first_column, last_column) <= LAST_COLUMN):
        return None
    return Area(
        min(first_row, last_row), min(first_column, last_column),
        max(first_row, last_row), max(first_column, last_column), sheet,
    )  # fmt: skip


def parse_areas(references: str) -> list[Area]:
    """Return the areas of a space-separated list (`sqref`), leaving out what is none."""
    return [area for part in references.split() if (area := parse_area(part)) is not None]


_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


@lru_cache(maxsize=16_384)
def split_location(location: str) -> tuple[str, int, int] | None:
    """Return (sheet title, row, column) of a location such as `Sheet!B7`, None when it is none."""
    title, mark, cell = location.rpartition("!")
    match = _CELL.fullmatch(cell)
    if not mark or match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (title, row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None
