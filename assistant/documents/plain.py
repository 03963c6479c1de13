"""Plain tables: comma- or tab-separated text, read as one sheet and completed field by field.

Encoding, delimiter, line ends and the quoting of every other field stay as they are. The format
has no types and no drop-downs (RFC 4180 says only how fields are separated and quoted).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.documents.excel.formats import Formats
from assistant.documents.excel.grid import Grid
from assistant.documents.excel.lists import Lists
from assistant.documents.excel.marks import sign
from assistant.documents.excel.reading import read_grids
from assistant.documents.excel.references import cell_name, split_location
from assistant.documents.excel.sheet import MAX_CELLS, MAX_ROWS, Sheet
from assistant.errors import NotWritableError, UnreadableDocumentError
from assistant.filling import Entry, writable
from assistant.questionnaire import FieldKind, Location, Questionnaire

TITLE = "table"
"""What locations call the one sheet of a plain table."""
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DELIMITERS = ",;\t|"
_NOTICE = (
    "A plain table has no types: a spreadsheet takes an answer that begins with =, +, - or @ for a formula. "
    "Such answers are written as they are."
)


@dataclass(frozen=True, slots=True)
class _Field:
    start: int
    end: int
    value: str


class PlainTable:
    """The text of a plain table, and where each of its fields stands in it."""

    def __init__(self, file: bytes, name: str = "") -> None:
        """Decode and take apart `file`.

        :raises UnreadableDocumentError: when it is no text, or beyond the limits.
        """
        self.mark, self.encoding = next(((m, e) for m, e in _MARKS if file.startswith(m)), (b"", ""))
        if not self.encoding:
            self.encoding = "utf-8" if _decodes(file) else "cp1252"
        try:
            self.text = file[len(self.mark) :].decode(self.encoding)
        except UnicodeDecodeError as problem:
            raise UnreadableDocumentError(
                f"“{name}” is no text in an encoding that can be told.", "Save it as .xlsx and upload that."
            ) from problem
        self.delimiter = "\t" if name.casefold().endswith(".tsv") else _delimiter(self.text)
        self.line_end = "\r\n" if "\r\n" in self.text else "\n"
        self.rows = self._take_apart()

    def _take_apart(self) -> list[list[_Field]]:
        plain = re.escape(self.delimiter)
        pattern = re.compile(rf'(?:"((?:[^"]|"")*)"(?=[{plain}\r\n]|\Z)|([^{plain}\r\n]*))({plain}|\r\n|\n|\r|\Z)')
        rows: list[list[_Field]] = [[]]
        at = cells = 0
        while match := pattern.match(self.text, at):
            quoted, value, behind = match.groups()
            end = match.end() - len(behind)
            rows[-1].append(_Field(at, end, quoted.replace('""', '"') if quoted is not None else value))
            cells += 1
            if cells > MAX_CELLS or len(rows) > MAX_ROWS:
                raise UnreadableDocumentError(
                    f"The table has more than {MAX_ROWS:,} rows or {MAX_CELLS:,} fields.",
                    "Copy the rows with the questions into a new file and upload that.",
                )
            at = match.end()
            if behind != self.delimiter:
                if not behind or at == len(self.text):
                    break
                rows.append([])
        return rows

    def grid(self) -> Grid:
        """Return the table as a sheet."""
        sheet = Sheet(TITLE)
        for number, fields in enumerate(self.rows, 1):
            cells = {column: field.value for column, field in enumerate(fields, 1) if field.value.strip()}
            if cells:
                sheet.rows[number] = cells
        return Grid(sheet, Formats(), Lists(sheet))

    def quoted(self, value: str, like: str) -> str:
        """Return `value` as a field; quoted where it must be, or where the field it replaces is."""
        value = value.replace("\n", self.line_end)
        if like.startswith('"') or re.search(rf'["\r\n{re.escape(self.delimiter)}]', value) or value != value.strip():
            return '"' + value.replace('"', '""') + '"'
        return value


def _decodes(file: bytes) -> bool:
    try:
        file.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(text: str) -> str:
    """Return the delimiter that divides the most lines alike, outside of quotes."""
    lines = [re.sub(r'"(?:[^"]|"")*"', "", line) for line in text.splitlines()[:50] if line.strip()]

    def regular(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines]
        usual = max(set(counts), key=counts.count, default=0)
        return (counts.count(usual) if usual else 0, usual)

    return max(_DELIMITERS, key=regular)


def read(file: bytes, name: str, form: str) -> Questionnaire:
    """Return what the plain table asks; `form` is the format to report, `csv` or `tsv`.

    :raises UnreadableDocumentError: when it is no text, or beyond the limits.
    """
    return read_grids([PlainTable(file, name).grid()], form, (_NOTICE,))


def write(file: bytes, entries: Sequence[Entry], name: str) -> bytes:
    """Return the table with every entry in its field.

    :raises NotWritableError: when a place does not exist or does not take the value.
    """
    table = PlainTable(file, name)
    grid = table.grid()
    wanted: dict[tuple[int, int], str] = {}
    for entry in entries:
        for location, text in _placed(grid, entry):
            place = split_location(location)
            if place is None or place[0] != TITLE or place[1] > len(table.rows):
                raise NotWritableError(location, "the table has no such row")
            if wanted.setdefault(place[1:], text) != text:
                raise NotWritableError(location, "two different answers are meant for this field")
    pieces: list[str] = []
    at = 0
    for (row, column), text in sorted(wanted.items()):
        fields = table.rows[row - 1]
        if column <= len(fields):
            field = fields[column - 1]
            pieces += [table.text[at : field.start], table.quoted(text, table.text[field.start : field.end])]
        else:
            field = fields[-1]
            done = max((c for r, c in wanted if r == row and len(fields) < c < column), default=len(fields))
            pieces += [table.text[at : field.end], table.delimiter * (column - done), table.quoted(text, "")]
        at = field.end
    try:
        return table.mark + "".join([*pieces, table.text[at:]]).encode(table.encoding)
    except UnicodeEncodeError as problem:
        lacking = problem.object[problem.start : problem.end]
        raise NotWritableError(TITLE, f"the table's encoding, {table.encoding}, has no “{lacking}”") from problem


def _placed(grid: Grid, entry: Entry) -> list[tuple[Location, str]]:
    field, value = entry.field, writable(entry.value)
    if field.allowed() and value not in field.allowed():
        raise NotWritableError(field.location, f"“{value}” is none of the allowed values")
    if field.kind is not FieldKind.MARK:
        return [(field.location, value)]
    places = []
    for label, location in field.marks:
        place = split_location(location)
        if place is not None and (label == value or label == field.value):
            places.append((location, sign(grid, field, place[1], place[2], ticked=label == value)))
    return places


def differences(
    original: bytes, completed: bytes, places: Collection[Location], name: str, entries: Sequence[Entry] = ()
) -> list[str]:
    """Return what differs other than the fields at `places`, and which of `entries` does not read back."""
    before, after = PlainTable(original, name), PlainTable(completed, name)
    found = []
    if (before.mark, before.encoding, before.delimiter) != (after.mark, after.encoding, after.delimiter):
        found.append("the table's encoding or delimiter changed")
    if len(before.rows) != len(after.rows):
        return [*found, f"the table has {len(after.rows)} rows, and had {len(before.rows)}"]
    allowed = set(places)
    for number, (old, new) in enumerate(zip(before.rows, after.rows, strict=True), 1):
        for column in range(1, max(len(old), len(new)) + 1):
            was = before.text[old[column - 1].start : old[column - 1].end] if column <= len(old) else ""
            now = after.text[new[column - 1].start : new[column - 1].end] if column <= len(new) else ""
            location = Location(f"{TITLE}!{cell_name(number, column)}")
            if was != now and location not in allowed:
                found.append(f"{location} changed, which is no place for an answer")
    shown = after.grid()
    for entry in entries:
        place = split_location(entry.field.location)
        if entry.field.kind is FieldKind.MARK or place is None:
            continue
        there = shown.sheet.text(place[1], place[2]).replace("\r\n", "\n")
        if there.strip() != writable(entry.value):
            found.append(f"{entry.field.location}: “{entry.value[:60]}” was written, “{there[:60]}” reads back")
    return found
