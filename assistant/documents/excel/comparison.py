"""Proving what differs between two copies of a workbook, part by part, and in sheets cell by cell.

It trusts nothing of the writer: parts are compared by their bytes; where a worksheet's differ,
its rows are, and where a row's differ, its cells in canonical form.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from lxml import etree

from assistant.documents.excel.calculation import without_calculation
from assistant.documents.excel.marks import is_sign
from assistant.documents.excel.markup import RowMarkup, SheetMarkup
from assistant.documents.excel.references import cell_name, column_number, split_location
from assistant.documents.excel.texts import decoded
from assistant.documents.excel.workbook import SheetEntry, Workbook
from assistant.documents.excel.wrapping import only_wrapped
from assistant.documents.package import Package
from assistant.filling import Entry, writable
from assistant.questionnaire import FieldKind, Location


def differences(
    original: Package, completed: Package, places: Collection[Location], entries: Sequence[Entry] = ()
) -> list[str]:
    """Return what differs other than the cells at `places`, and which of `entries` does not read back."""
    found = [f"the part {name} is missing" for name in original.names if name not in completed]
    found += [f"the part {name} was added" for name in completed.names if name not in original]
    book = Workbook(original)
    sheets = {entry.part: entry for entry in book.sheets}
    allowed = _by_sheet(book, places)
    for name in original.names:
        if name not in completed or original.same_part(completed, name):
            continue
        if name in sheets:
            comparison = _SheetComparison(sheets[name], original, completed, allowed.get(name, set()))
            found += comparison.differences()
        elif name == book.part:
            if without_calculation(original.part(name), name) != without_calculation(completed.part(name), name):
                found.append(f"{name}: more than the calculation settings changed")
        elif name == book.styles_part:
            if not only_wrapped(original.part(name), completed.part(name), name):
                found.append(f"{name}: more than appended cell formats changed")
        else:
            found.append(f"the part {name} changed")
    return found or _unread(completed, entries)


def _by_sheet(book: Workbook, places: Collection[Location]) -> dict[str, set[tuple[int, int]]]:
    """Return the places by the part of their sheet."""
    found: dict[str, set[tuple[int, int]]] = {}
    for place in places:
        cell = split_location(place)
        entry = book.entry(cell[0]) if cell else None
        if cell is not None and entry is not None:
            found.setdefault(entry.part, set()).add((cell[1], cell[2]))
    return found


class _SheetComparison:
    """Two copies of one worksheet part."""

    def __init__(self, entry: SheetEntry, original: Package, completed: Package, allowed: set[tuple[int, int]]) -> None:
        self.entry = entry
        self.before = SheetMarkup(original.part(entry.part), entry.part)
        self.after = SheetMarkup(completed.part(entry.part), entry.part)
        self.allowed = allowed

    def differences(self) -> list[str]:
        """Return what differs in the sheet."""
        found = []
        if self._outside(self.before) != self._outside(self.after):
            found.append(f"{self.entry.title}: something other than cells changed")
        rows = {row.number: row for row in self.after.rows}
        old = {row.number: row for row in self.before.rows}
        if len(rows) != len(self.after.rows) or sorted(rows) != [row.number for row in self.after.rows]:
            found.append(f"{self.entry.title}: its rows are out of order")
        for number in sorted(old.keys() | rows.keys()):
            found += self._row(number, old.get(number), rows.get(number))
        return found

    @staticmethod
    def _outside(markup: SheetMarkup) -> tuple[bytes, bytes]:
        """Return what stands before and behind the rows."""
        if not markup.rows:
            return markup.content[: markup.end_of_rows], markup.content[markup.end_of_rows :]
        return markup.content[: markup.rows[0].start], markup.content[markup.rows[-1].end :]

    def _row(self, number: int, before: RowMarkup | None, after: RowMarkup | None) -> list[str]:
        title = self.entry.title
        old = self.before.bytes_of(before) if before else b""
        new = self.after.bytes_of(after) if after else b""
        if old == new:
            return []
        was = _taken_apart(self.before, old, self.entry.part)
        now = _taken_apart(self.after, new, self.entry.part)
        found = []
        if was.attributes != now.attributes:
            found.append(f"{title}: row {number} changed its format")
        if was.rest != now.rest or now.columns != sorted(set(now.columns)):
            found.append(f"{title}: row {number} is not built as it was")
        for column in sorted(was.cells.keys() | now.cells.keys()):
            if was.cells.get(column) != now.cells.get(column) and (number, column) not in self.allowed:
                found.append(f"{title}!{cell_name(number, column)} changed, which is no place for an answer")
        return found


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row in canonical form, and what else it says."""

    columns: list[int] = field(default_factory=list)
    cells: dict[int, bytes] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    rest: tuple[bytes, ...] = ()


def _taken_apart(markup: SheetMarkup, content: bytes, name: str) -> _Row:
    """Return what the bytes of a row say; without bytes, an empty row."""
    if not content:
        return _Row()
    node = markup.tree(content, name)
    columns, cells, rest, column = [], {}, [], 0
    for child in node:
        if str(child.tag).endswith("}c") or child.tag == "c":
            reference = str(child.get("r", "")).rstrip("0123456789")
            column = column_number(reference) if reference else column + 1
            columns.append(column)
            child.tail = None
            if len(child) or child.get("s", "0") != "0":
                cells[column] = etree.tostring(child, method="c14n")
        else:
            rest.append(etree.tostring(child, method="c14n"))
    # `spans` only helps readers along (18.3.1.73); a row's number is its place.
    attributes = {str(key): str(value) for key, value in node.attrib.items() if key not in ("r", "spans")}
    return _Row(columns, cells, attributes, tuple(rest))


class _ReadBack:
    """The texts of the completed workbook's cells."""

    def __init__(self, completed: Package) -> None:
        self._book = Workbook(completed)
        self._sheets: dict[str, tuple[SheetMarkup, dict[int, RowMarkup]]] = {}

    def text(self, location: Location) -> str | None:
        """Return the text of a cell, None when it is computed or not there."""
        place = split_location(location)
        entry = self._book.entry(place[0]) if place else None
        if place is None or entry is None:
            return None
        if entry.part not in self._sheets:
            markup = SheetMarkup(self._book.package.part(entry.part), entry.part)
            self._sheets[entry.part] = (markup, {row.number: row for row in markup.rows})
        markup, rows = self._sheets[entry.part]
        if place[1] not in rows:
            return ""
        content = markup.bytes_of(rows[place[1]])
        for column, start, end in markup.cells(content):
            if column == place[2]:
                return self._shown(markup.tree(content[start:end], entry.part))
        return ""

    def _shown(self, cell: etree._Element) -> str | None:
        if any(str(child.tag).rpartition("}")[2] == "f" for child in cell):
            return None
        texts = [node.text or "" for node in cell.iter() if str(node.tag).rpartition("}")[2] in ("t", "v")]
        said = "".join(texts)
        if cell.get("t") == "s":
            return self._book.strings[int(said)]
        return decoded(said) if cell.get("t") == "inlineStr" else said


def _unread(completed: Package, entries: Sequence[Entry]) -> list[str]:
    """Return the entries whose value does not stand where it belongs."""
    found = []
    read = _ReadBack(completed)
    for entry in entries:
        wanted = writable(entry.value)
        if entry.field.kind is FieldKind.MARK:
            ticked = [label for label, place in entry.field.marks if is_sign(read.text(place) or "")]
            if ticked != [wanted]:
                found.append(f"{entry.field.location}: “{wanted}” was not marked")
        elif (shown := read.text(entry.field.location)) != wanted:
            found.append(f"{entry.field.location}: “{wanted[:60]}” was written, “{(shown or '')[:60]}” reads back")
    return found
