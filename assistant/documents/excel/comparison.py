"""Proving what differs between two copies of a workbook, part by part, and in sheets cell by cell.

It trusts nothing of the writer: parts are compared by their bytes; where a worksheet's differ,
its rows are, and where a row's differ, its cells in canonical form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from lxml import etree

from assistant.documents.excel.calculation import without_calculation
from assistant.documents.excel.marks import in_one_cell, is_sign
from assistant.documents.excel.markup import RowMarkup, SheetMarkup, local_name, sheet_markup
from assistant.documents.excel.printed import boxes
from assistant.documents.excel.references import cell_name, split_location
from assistant.documents.excel.texts import decoded
from assistant.documents.excel.workbook import SheetEntry, Workbook
from assistant.documents.excel.wrapping import only_wrapped
from assistant.documents.package import Package
from assistant.filling import Entry, picked, writable
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
    comparisons: dict[str, _SheetComparison] = {}
    for name in original.names:
        if name not in completed or original.same_part(completed, name):
            continue
        if name in sheets:
            comparisons[name] = _SheetComparison(sheets[name], original, completed, allowed.get(name, set()))
            found += comparisons[name].differences()
        elif name == book.part:
            if without_calculation(original.part(name), name) != without_calculation(completed.part(name), name):
                found.append(f"{name}: more than the calculation settings changed")
        elif name == book.styles_part:
            if not only_wrapped(original.part(name), completed.part(name), name):
                found.append(f"{name}: more than appended cell formats changed")
        else:
            found.append(f"the part {name} changed")
    return found or _unread(completed, comparisons, entries)


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
    """Two copies of one worksheet part; `written` holds the allowed cells that changed, once `differences` ran."""

    def __init__(self, entry: SheetEntry, original: Package, completed: Package, allowed: set[tuple[int, int]]) -> None:
        self.entry = entry
        self.before = sheet_markup(original, entry.part)
        self.after = SheetMarkup(completed.part(entry.part), entry.part)
        self.allowed = allowed
        self._columns: dict[int, list[int]] = {}
        for row, column in sorted(allowed):
            self._columns.setdefault(row, []).append(column)
        self.changed: list[tuple[int, int, bytes]] = []
        self.written: dict[tuple[int, int], etree._Element | None] = {}

    def differences(self) -> list[str]:
        """Return what differs in the sheet."""
        found = []
        if self.before.outside() != self.after.outside():
            found.append(f"{self.entry.title}: something other than cells changed")
        old = {row.number: row for row in self.before.rows}
        new = {row.number: row for row in self.after.rows}
        if list(new) != sorted(new) or len(new) != len(self.after.rows):
            found.append(f"{self.entry.title}: its rows are out of order")
        for number in sorted(old.keys() | new.keys()):
            was = self.before.bytes_of(old[number]) if number in old else b""
            now = self.after.bytes_of(new[number]) if number in new else b""
            if was != now:
                found += self._row(number, was, now)
        return found or self._parse_written()

    def _row(self, number: int, was: bytes, now: bytes) -> list[str]:
        """Return what differs in a row, and note its allowed changes."""
        if self._only_answers(number, was, now):
            return []
        title = self.entry.title
        old, old_rest = self.before.taken_apart(was)
        new, new_rest = self.after.taken_apart(now)
        found = []
        if old_rest != new_rest and self.before.frame(old_rest, title) != self.after.frame(new_rest, title):
            found.append(f"{title}: row {number} changed its format")
        if list(new) != sorted(new):
            found.append(f"{title}: the cells of row {number} are out of order")
        for column in old.keys() | new.keys():
            one, other = old.get(column, b""), new.get(column, b"")
            if one == other:
                continue
            if (number, column) in self.allowed:
                self.changed.append((number, column, other))
            elif self.before.canonical(one, title) != self.after.canonical(other, title):
                found.append(f"{title}!{cell_name(number, column)} changed, which is no place for an answer")
        return found

    def _only_answers(self, number: int, was: bytes, now: bytes) -> bool:
        """Return whether the row's cells at answer places stand in both copies and all between them is the same.

        It notes the changes then. Anything less plain (a cell that came or went) is compared cell by cell.
        """
        changes = []
        at_old = at_new = 0
        for column in self._columns.get(number, ()):
            name = cell_name(number, column)
            old, new = self.before.cell(was, name), self.after.cell(now, name)
            if old is None and new is None:
                continue
            if old is None or new is None or was[at_old : old[0]] != now[at_new : new[0]]:
                return False
            cell = now[new[0] : new[1]]
            if was[old[0] : old[1]] != cell:
                changes.append((number, column, cell))
            at_old, at_new = old[1], new[1]
        if was[at_old:] != now[at_new:]:
            return False
        self.changed += changes
        return True

    def _parse_written(self) -> list[str]:
        """Return what is wrong with the cells that were written: each must be one whole cell, at its place."""
        written = [(row, column) for row, column, content in self.changed if content]
        self.written = dict.fromkeys(((row, column) for row, column, _ in self.changed), None)
        cells = self.after.elements(b"".join(content for _, _, content in self.changed), self.entry.part)
        if len(cells) != len(written):
            return [f"{self.entry.title}: the cells that were written are not whole"]
        found = []
        for (row, column), cell in zip(written, cells, strict=True):
            self.written[row, column] = cell
            if cell.get("r", cell_name(row, column)) != cell_name(row, column) or local_name(cell) != "c":
                found.append(f"{self.entry.title}!{cell_name(row, column)} holds something other than a cell")
        return found


def _unread(completed: Package, comparisons: dict[str, _SheetComparison], entries: Sequence[Entry]) -> list[str]:
    """Return the entries whose value does not stand where it belongs."""
    book = Workbook(completed)
    texts: dict[Location, str | None] = {}
    rows: dict[str, tuple[SheetMarkup, dict[int, RowMarkup]]] = {}

    def text(location: Location) -> str | None:
        place = split_location(location)
        entry = book.entry(place[0]) if place else None
        if place is None or entry is None:
            return None
        comparison = comparisons.get(entry.part)
        if comparison is not None and place[1:] in comparison.written:
            return shown(comparison.written[place[1:]], book)
        if entry.part not in rows:
            markup = comparison.after if comparison else SheetMarkup(completed.part(entry.part), entry.part)
            rows[entry.part] = (markup, {row.number: row for row in markup.rows})
        markup, numbered = rows[entry.part]
        if place[1] not in numbered:
            return ""
        cell = markup.taken_apart(markup.bytes_of(numbered[place[1]]))[0].get(place[2], b"")
        return shown(next(iter(markup.elements(cell, entry.part)), None), book)

    found = []
    shared = Counter(entry.field.location for entry in entries if entry.field.kind is FieldKind.TEXT)
    for entry in entries:
        for location in entry.field.places():
            texts.setdefault(location, text(location))
        wanted = writable(entry.value)
        if entry.field.kind is FieldKind.MARK:
            if in_one_cell(entry.field):
                ticked = [label for label, is_crossed in boxes(texts[entry.field.location] or "☐") if is_crossed]
            else:
                ticked = [label for label, place in entry.field.marks if is_sign(texts[place] or "")]
            if tuple(ticked) != picked(entry.field, wanted):
                found.append(f"{entry.field.location}: “{wanted}” was not marked")
        elif shared[entry.field.location] > 1 and wanted in (texts[entry.field.location] or ""):
            continue
        elif texts[entry.field.location] != wanted:
            there = (texts[entry.field.location] or "")[:60]
            found.append(f"{entry.field.location}: “{wanted[:60]}” was written, “{there}” reads back")
    return found


def shown(cell: etree._Element | None, book: Workbook) -> str | None:
    """Return what a cell of `book` shows, "" for none, None for a computed one."""
    if cell is None:
        return ""
    said = []
    for node in cell.iter():
        name = local_name(node)
        if name == "f":
            return None
        if name in ("t", "v"):
            said.append(node.text or "")
    value = "".join(said)
    if cell.get("t") == "s":
        return book.strings[int(value)]
    return decoded(value) if cell.get("t") == "inlineStr" else value
