"""The values a drop-down allows, whatever its list is: typed in, a range, a name, a table, a formula over one.

ECMA-376 part 1, 18.3.1.32 (`dataValidation`, `formula1`) and MS-XLSX 2.4.5 (`x14:dataValidation`).
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from itertools import accumulate

from assistant.documents.excel.references import LAST_ROW, Area, parse_area
from assistant.documents.excel.sheet import Sheet, Validation
from assistant.documents.excel.workbook import Workbook

MOST_OPTIONS = 200
"""A longer list (countries, currencies) is no choice an answer is drawn from; it is read only so far."""
_MOST_STEPS = 11
_INDIRECT = re.compile(r'^INDIRECT\(\s*"([^"]+)"\s*\)$', re.IGNORECASE)
_COLUMN_OF_TABLE = re.compile(r"^([^\[\]]+)\[([^\[\]]+)\]$")
_OFFSET = re.compile(r"^OFFSET\(\s*([^,]+),\s*0?\s*,\s*0?\s*,", re.IGNORECASE)


class Lists:
    """The drop-downs of one sheet, looked up by cell."""

    def __init__(self, sheet: Sheet, book: Workbook | None = None) -> None:
        """Index the rules of `sheet`; `book` holds the sheets, names and tables that their lists refer to."""
        self._book = book
        self._sheet = sheet
        self._offered: dict[int, tuple[str, ...] | None] = {}
        """Identity of a rule of the sheet -> what it offers."""
        self._known: dict[tuple[str, bool], tuple[tuple[str, ...], bool]] = {}
        self._by_column: dict[int, tuple[list[int], list[int], list[tuple[int, Validation]]]] = {}
        spans: dict[int, list[tuple[int, int, Validation]]] = {}
        self._wide: list[tuple[Area, Validation]] = []
        for rule in sheet.validations:
            for area in rule.areas:
                if area.right - area.left > 50:
                    self._wide.append((area, rule))
                    continue
                for column in range(area.left, area.right + 1):
                    spans.setdefault(column, []).append((area.top, area.bottom, rule))
        for column, found in spans.items():
            found.sort(key=lambda span: span[0])
            # The lowest row reached so far tells a search upwards when to stop.
            reached = list(accumulate((bottom for _, bottom, _ in found), max))
            tops, spans_of = [top for top, _, _ in found], [(bottom, rule) for _, bottom, rule in found]
            self._by_column[column] = (tops, reached, spans_of)

    def rule(self, row: int, column: int) -> Validation | None:
        """Return the validation that holds for the cell, None when there is none."""
        if column in self._by_column:
            tops, reached, spans = self._by_column[column]
            index = bisect_right(tops, row) - 1
            while index >= 0 and reached[index] >= row:
                bottom, rule = spans[index]
                if row <= bottom:
                    return rule
                index -= 1
        if not self._wide:
            return None
        return next((rule for area, rule in self._wide if area.holds(row, column)), None)

    def options(self, row: int, column: int) -> tuple[str, ...] | None:
        """Return the values the cell's drop-down offers, () when they cannot be told, None without a drop-down."""
        if column not in self._by_column and not self._wide:
            return None  # as most cells that are asked after, without another call
        rule = self.rule(row, column)
        if rule is None:
            return None
        if id(rule) not in self._offered:
            if rule.type == "list":
                self._offered[id(rule)] = self._resolve(rule)[0]
            else:
                scale = rule.type == "whole" and rule.operator == "between"
                self._offered[id(rule)] = _whole_numbers(rule) if scale else None
        return self._offered[id(rule)]

    def numeric(self, row: int, column: int) -> bool:
        """Return whether the values that the cell's list offers are numbers in the workbook."""
        rule = self.rule(row, column)
        if rule is None:
            return False
        return rule.type == "whole" or (rule.type == "list" and self._resolve(rule)[1])

    def max_length(self, row: int, column: int) -> int | None:
        """Return the most characters that the cell's validation lets in, None when it does not say."""
        if column not in self._by_column and not self._wide:
            return None
        rule = self.rule(row, column)
        if rule is None or rule.type != "textLength":
            return None
        limit = rule.second if rule.operator == "between" else rule.formula
        if not limit.strip().isdigit() or rule.operator not in ("between", "lessThan", "lessThanOrEqual", "equal"):
            return None
        return int(limit) - (rule.operator == "lessThan")

    def _resolve(self, rule: Validation) -> tuple[tuple[str, ...], bool]:
        key = (rule.formula, rule.literal)
        if key not in self._known:
            if rule.literal:
                self._known[key] = _typed(next(csv.reader([rule.formula], skipinitialspace=True), []))
            else:
                self._known[key] = self._values(rule.formula, 0)
        return self._known[key]

    def _values(self, formula: str, depth: int) -> tuple[tuple[str, ...], bool]:
        formula = formula.strip().removeprefix("=").strip()
        if depth > 5 or not formula:
            return (), False
        if len(formula) > 1 and formula[0] == formula[-1] == '"':
            return _typed(formula[1:-1].replace('""', '"').split(","))
        area = parse_area(formula)
        if area is not None:
            return self._in_area(area)
        table = _COLUMN_OF_TABLE.match(formula)
        if table is not None:
            return self._in_table(table[1], table[2])
        indirect = _INDIRECT.match(formula)
        if indirect is not None:
            return self._values(indirect[1], depth + 1)
        offset = _OFFSET.match(formula)
        if offset is not None and (start := parse_area(offset[1])) is not None:
            return self._in_area(Area(start.top, start.left, LAST_ROW, start.left, start.sheet), until_blank=True)
        if self._book is None:
            return (), False
        sheet, _, name = formula.rpartition("!")
        for scope in (sheet.strip("'"), self._sheet.title, ""):
            if (scope, name.casefold()) in self._book.names:
                return self._values(self._book.names[scope, name.casefold()], depth + 1)
        return (), False

    def _in_table(self, name: str, column: str) -> tuple[tuple[str, ...], bool]:
        tables = self._book.tables if self._book else {}
        title, reference, columns = tables.get(name.strip().casefold(), ("", "", []))
        area, wanted = parse_area(reference), column.strip().casefold()
        at = next((i for i, called in enumerate(columns) if called.strip().casefold() == wanted), None)
        if area is None or at is None:
            return (), False
        return self._in_area(Area(area.top + 1, area.left + at, area.bottom, area.left + at, title))

    def _in_area(self, area: Area, until_blank: bool = False) -> tuple[tuple[str, ...], bool]:
        sheet = self._sheet
        if area.sheet:
            entry = self._book.entry(area.sheet) if self._book else None
            if self._book is None or entry is None:
                return (), False
            sheet = self._book.sheet(entry)
        rows = (
            range(area.top, area.bottom + 1)
            if area.bottom - area.top <= MOST_OPTIONS or until_blank
            else sorted(row for row in sheet.rows if area.top <= row <= area.bottom)
        )
        found: dict[str, bool] = {}
        for row in rows:
            cells = sheet.rows.get(row, {})
            here = [column for column in sorted(cells) if area.left <= column <= area.right]
            for column in here:
                found.setdefault(cells[column].strip(), (row, column) in sheet.numbers)
            if len(found) > MOST_OPTIONS or (until_blank and not here):
                break
        return tuple(found), bool(found) and all(found.values())


def _typed(values: list[str]) -> tuple[tuple[str, ...], bool]:
    """Return the values of a list that was typed in; Excel drops spaces around each, and takes digits for numbers."""
    found = tuple(dict.fromkeys(value.strip() for value in values if value.strip()))
    return found, bool(found) and all(re.fullmatch(r"-?\d+(\.\d+)?", value) for value in found)


def _whole_numbers(rule: Validation) -> tuple[str, ...] | None:
    """Return the numbers a scale such as 1 to 5 allows, None when the rule is no short scale."""
    first, last = rule.formula.strip(), rule.second.strip()
    if not (first.isdigit() and last.isdigit()) or not 0 < int(last) - int(first) < _MOST_STEPS:
        return None
    return tuple(str(number) for number in range(int(first), int(last) + 1))
