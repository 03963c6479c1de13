"""One worksheet part, read in a single streaming pass.

Bounded while it parses: no more than `MAX_CELLS` cells and `MAX_ROWS` rows are ever kept.
ECMA-376 part 1, 18.3 (SpreadsheetML worksheets).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from assistant.documents.excel.ordinary import unusual
from assistant.documents.excel.references import LAST_COLUMN, LAST_ROW, column_number, parse_areas
from assistant.documents.excel.sheet import MAX_CELLS, MAX_ROWS, Sheet, Validation
from assistant.documents.excel.sheetrows import SheetRows
from assistant.documents.excel.streaming import MAX_DEPTH, feed, secure_parser
from assistant.errors import UnreadableDocumentError

MAX_AREAS = 20_000
"""Ranges that drop-downs and other rules hold for; real forms have some hundreds."""
_DIGITS = "0123456789"
_TOO_LARGE = "Copy the rows with the questions into a new workbook and upload that."


class _Reader(SheetRows):
    """Expat callbacks that fill a `Sheet`.

    Cells and values are told apart by comparing whole names, which is what makes half a second
    out of four; everything rarer goes through the tables at the end of the module.
    """

    def __init__(self, title: str, strings: Sequence[str], dates: frozenset[int]) -> None:
        super().__init__(title, strings, dates)
        self.cell_tag = self.value_tag = self.text_tag = self.formula_tag = "\0"
        self.style = 0
        self.type = "n"
        self.areas_seen = self.depth = self.open_cells = 0
        self.buffer: list[str] = []
        self.capture = self.phonetic = self.in_rows = self.has_value = False
        self.utf8 = True
        self.rule: dict[str, str] = {}

    def read(self, chunks: Iterable[bytes]) -> Sheet:
        """Return the sheet that `chunks`, the bytes of its part, describe."""
        self.parser = secure_parser(self.sheet.title)
        self.parser.XmlDeclHandler = self.declared
        self.parser.StartElementHandler = self.start_root
        self.parser.EndElementHandler = self.end_outside
        left = unusual(chunks, b"<row", b"</row>", self.take, self.between_rows)
        feed(self.parser, left, f"sheet “{self.sheet.title}”")
        return self.sheet

    def declared(self, version: str, encoding: str | None, standalone: int) -> None:
        self.utf8 = encoding is None or encoding.lower() == "utf-8"

    def between_rows(self) -> bool:
        """Return whether a row, and nothing of another one, may begin here, with no prefix before its name."""
        there = self.cell_tag == "c" and self.in_rows and self.depth == 2 and not self.open_cells
        return self.utf8 and there and not (self.capture or self.phonetic or self.buffer)

    def start_root(self, name: str, attributes: dict[str, str]) -> None:
        """Take the namespace prefix from the root element; chart and dialog sheets hold no cells."""
        prefix, mark, local = name.rpartition(":")
        if local == "worksheet":
            self.cell_tag, self.value_tag, self.text_tag, self.formula_tag = (f"{prefix}{mark}{tag}" for tag in "cvtf")
        self.depth = 1
        self.parser.StartElementHandler = self.start_outside

    def start_outside(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element before or behind the rows, where there are no cells and most elements tell nothing."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise UnreadableDocumentError(f"The sheet “{self.sheet.title}” is nested too deeply.", _TOO_LARGE)
        handler = _STARTS.get(name.rpartition(":")[2] if ":" in name else name)
        if handler is not None:
            handler(self, attributes)

    def end_outside(self, name: str) -> None:
        self.depth -= 1
        handler = _ENDS.get(name.rpartition(":")[2] if ":" in name else name)
        if handler is not None:
            handler(self)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        # The four commonest elements come first, without a call: a sheet has hundreds of thousands.
        if name == self.cell_tag:
            self.cells_seen += 1
            reference = attributes.get("r")
            self.column = column_number(reference.rstrip(_DIGITS)) if reference else self.column + 1
            self.type = attributes.get("t", "n")
            self.style = self.current_styles[self.column] = int(attributes.get("s", 0))
            self.has_value = False
            self.open_cells += 1
            if self.cells_seen > MAX_CELLS or self.column > LAST_COLUMN:
                self.refuse_cell()
        elif name == self.value_tag or name == self.text_tag:
            self.capture = self.has_value = not self.phonetic
        elif name == self.formula_tag:
            self.sheet.formulas.add((self.row, self.column))
        else:
            self.start_outside(name, attributes)

    def end(self, name: str) -> None:
        if name == self.cell_tag:
            self.open_cells -= 1
            if self.has_value:
                self.end_cell()
        elif name == self.value_tag or name == self.text_tag:
            self.capture = False
        elif name != self.formula_tag:
            self.end_outside(name)

    def data(self, text: str) -> None:
        if self.capture:
            self.buffer.append(text)

    def start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        row = int(number) if number else self.row + 1
        if row > LAST_ROW or self.rows_seen > MAX_ROWS:
            raise UnreadableDocumentError(
                f"The sheet “{self.sheet.title}” has more than {MAX_ROWS:,} rows.", _TOO_LARGE
            )
        own = attributes.get("customFormat") in ("1", "true")
        hidden = attributes.get("hidden") in ("1", "true")
        self.begin_row(row, hidden, int(attributes.get("s", "0")) if own else None)

    def refuse_cell(self) -> None:
        problem = f"more than {MAX_CELLS:,} cells" if self.cells_seen > MAX_CELLS else "cells beyond its last column"
        raise UnreadableDocumentError(f"The sheet “{self.sheet.title}” has {problem}.", _TOO_LARGE)

    def end_cell(self) -> None:
        value = "".join(self.buffer)
        self.buffer.clear()
        self.keep((self.column,), (self.style,), (self.type,), (value,))

    def start_rows(self, attributes: dict[str, str]) -> None:
        self.in_rows = True
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.start, self.end
        self.parser.CharacterDataHandler = self.data

    def end_rows(self) -> None:
        self.in_rows = False
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.start_outside, self.end_outside
        self.parser.CharacterDataHandler = None

    def start_phonetic(self, attributes: dict[str, str]) -> None:
        self.phonetic = True

    def end_phonetic(self) -> None:
        self.phonetic = False

    def start_column(self, attributes: dict[str, str]) -> None:
        first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
        if attributes.get("hidden") in ("1", "true"):
            self.sheet.hidden_columns.append((first, last))
        if "width" in attributes:
            self.sheet.widths.append((first, last, attributes["width"]))
        style = int(attributes.get("style", "0"))
        if style:
            self.sheet.column_styles.append((first, last, style))

    def start_merge(self, attributes: dict[str, str]) -> None:
        self.sheet.merges += parse_areas(attributes.get("ref", ""))

    def start_protection(self, attributes: dict[str, str]) -> None:
        self.sheet.protected = attributes.get("sheet") in ("1", "true")

    def start_open_range(self, attributes: dict[str, str]) -> None:
        self.sheet.open_ranges += parse_areas(attributes.get("sqref", ""))

    def start_rule(self, attributes: dict[str, str]) -> None:
        self.rule = {
            "type": attributes.get("type", "none"),
            "sqref": attributes.get("sqref", ""),
            "operator": attributes.get("operator", "between"),
        }

    def start_text(self, attributes: dict[str, str]) -> None:
        self.buffer.clear()
        self.capture = True
        self.parser.CharacterDataHandler = self.data

    def _take(self, key: str) -> None:
        text = "".join(self.buffer)
        self.buffer.clear()
        self.capture = False
        if not self.in_rows:
            self.parser.CharacterDataHandler = None
        if text:
            self.rule[key] = text

    def end_formula1(self) -> None:
        self._take("formula")

    def end_formula2(self) -> None:
        self._take("second")

    def end_list(self) -> None:
        self._take("list")

    def end_sqref(self) -> None:
        self._take("sqref")

    def end_rule(self) -> None:
        areas = tuple(parse_areas(self.rule.get("sqref", "")))
        literal = "list" in self.rule
        self.areas_seen += len(areas)
        if self.areas_seen > MAX_AREAS:
            raise UnreadableDocumentError(
                f"The sheet “{self.sheet.title}” has more than {MAX_AREAS:,} rules for its cells.", _TOO_LARGE
            )
        if areas:
            self.sheet.validations.append(
                Validation(
                    areas,
                    self.rule["type"],
                    self.rule["list"] if literal else self.rule.get("formula", ""),
                    self.rule.get("second", ""),
                    self.rule["operator"],
                    literal,
                )
            )
        self.rule = {}

    def start_table(self, attributes: dict[str, str]) -> None:
        self.sheet.tables += 1


_STARTS: dict[str, Any] = {
    "sheetData": _Reader.start_rows,
    "row": _Reader.start_row,
    "rPh": _Reader.start_phonetic,
    "col": _Reader.start_column,
    "mergeCell": _Reader.start_merge,
    "sheetProtection": _Reader.start_protection,
    "protectedRange": _Reader.start_open_range,
    "dataValidation": _Reader.start_rule,
    "formula1": _Reader.start_text,
    "formula2": _Reader.start_text,
    "list": _Reader.start_text,
    "sqref": _Reader.start_text,
    "tablePart": _Reader.start_table,
}
_ENDS: dict[str, Any] = {
    "sheetData": _Reader.end_rows,
    "row": _Reader.end_row,
    "rPh": _Reader.end_phonetic,
    "dataValidation": _Reader.end_rule,
    "formula1": _Reader.end_formula1,
    "formula2": _Reader.end_formula2,
    "list": _Reader.end_list,
    "sqref": _Reader.end_sqref,
}


def read_sheet(title: str, chunks: Iterable[bytes], strings: Sequence[str], dates: frozenset[int]) -> Sheet:
    """Return the worksheet whose part's bytes are `chunks`.

    `strings` are the workbook's shared strings, `dates` the formats that show numbers as dates.

    :raises UnreadableDocumentError: when it is damaged or beyond the limits.
    """
    return _Reader(title, strings, dates).read(chunks)
