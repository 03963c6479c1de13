"""Writing answers into the worksheet parts of a package; every other byte stays what it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.documents.excel.calculation import has_formulas, recalculating
from assistant.documents.excel.grid import Grid
from assistant.documents.excel.marks import in_one_cell, is_sign, sign
from assistant.documents.excel.markup import RowMarkup, SheetMarkup, sheet_markup, style_of
from assistant.documents.excel.outline import read_outline
from assistant.documents.excel.printed import crossed
from assistant.documents.excel.references import cell_name, split_location
from assistant.documents.excel.texts import inline
from assistant.documents.excel.workbook import SheetEntry, Workbook
from assistant.documents.excel.wrapping import Wrapping
from assistant.documents.package import Package, rewritten
from assistant.errors import NotWritableError
from assistant.filling import CELL_LIMIT, Entry, picked, units, writable
from assistant.questionnaire import FieldKind, Location


@dataclass(frozen=True, slots=True)
class Cell:
    """What is written into one cell; an empty `text` clears it."""

    text: str
    numeric: bool = False


def write(package: Package, entries: Sequence[Entry]) -> bytes:
    """Return the workbook with every entry at its place.

    :raises NotWritableError: when a place does not exist, is computed, covered or locked, or does not take the value.
    """
    book = Workbook(package)
    cells = planned(book, entries)
    changed: dict[str, bytes] = {}
    wrapping = Wrapping(book.formats)
    for entry, wanted in cells.items():
        markup = sheet_markup(package, entry.part)
        changed[entry.part] = _edited(book, entry, markup, wanted, wrapping)
    if wrapping.needed:
        changed[book.styles_part] = wrapping.applied(package.part(book.styles_part), book.styles_part)
    if cells and (
        any(book.sheet(entry).formulas for entry in cells)
        or any(has_formulas(package.part(entry.part)) for entry in book.sheets)
    ):
        changed[book.part] = recalculating(package.part(book.part), book.part)
    return rewritten(package, changed)


def planned(book: Workbook, entries: Sequence[Entry]) -> dict[SheetEntry, dict[tuple[int, int], Cell]]:
    """Return what goes into which cell of which sheet.

    :raises NotWritableError: as `write` does.
    """
    grids: dict[str, tuple[SheetEntry, Grid]] = {}
    cells: dict[SheetEntry, dict[tuple[int, int], Cell]] = {}
    for answer in entries:
        for location, text in _placed(answer):
            place = split_location(location)
            sheet = book.entry(place[0]) if place else None
            if place is None or sheet is None:
                raise NotWritableError(location, "the workbook has no such cell")
            if sheet.part not in grids:
                book.package.part(sheet.part)  # it is needed whole when it is written
                grids[sheet.part] = (sheet, Grid.of(book, sheet))
            grid, (_, row, column) = grids[sheet.part][1], place
            refusal = grid.refusal(row, column)
            if refusal:
                raise NotWritableError(location, refusal)
            cell = _cell(grid, answer, location, text, row, column)
            if cell is None:
                continue
            there = cells.setdefault(sheet, {}).setdefault((row, column), cell)
            if there == cell:
                continue
            if answer.field.kind is not FieldKind.TEXT or grid.height(row, column) == 1:
                raise NotWritableError(location, "two different answers are meant for this cell")
            # Questions that share one cell: their answers stand in it one below the other.
            cells[sheet][row, column] = _fitting(location, f"{there.text}\n{cell.text}")
    return cells


def _placed(entry: Entry) -> list[tuple[Location, str]]:
    """Return which text goes where: the answer itself, or a mark at the option's place and none at the others."""
    field, value = entry.field, writable(entry.value)
    if field.kind is not FieldKind.MARK:
        return [(field.location, value)]
    labels = picked(field, value)
    if not labels:
        raise NotWritableError(field.location, f"“{value}” is none of its options")
    if in_one_cell(field):
        return [(field.location, value)]
    return [(place, label if label in labels else "") for label, place in field.marks]


def _cell(grid: Grid, entry: Entry, location: Location, text: str, row: int, column: int) -> Cell | None:
    """Return what to write into the cell, None when it stays as it is."""
    options = grid.lists.options(row, column)
    if entry.field.kind is FieldKind.MARK and in_one_cell(entry.field):
        return Cell(crossed(grid.text(row, column), picked(entry.field, text)))
    if entry.field.kind is FieldKind.MARK:
        present = grid.text(row, column).strip()
        if not text and not is_sign(present):
            return None
        return Cell(sign(grid, entry.field, row, column, ticked=bool(text)))
    if options and text not in options:
        raise NotWritableError(location, f"“{text}” is none of the values its drop-down allows")
    if entry.field.options and text not in entry.field.options:
        raise NotWritableError(location, f"“{text}” is none of the allowed values")
    return _fitting(location, text, numeric=bool(options) and grid.lists.numeric(row, column))


def _fitting(location: Location, text: str, numeric: bool = False) -> Cell:
    """Return what to write, refused when it is more than a cell holds."""
    if units(text) > CELL_LIMIT:
        raise NotWritableError(location, f"a cell holds at most {CELL_LIMIT:,} characters")
    return Cell(text, numeric)


def _edited(
    book: Workbook, entry: SheetEntry, markup: SheetMarkup, wanted: Mapping[tuple[int, int], Cell], wrapping: Wrapping
) -> bytes:
    """Return the bytes of the sheet's part with the `wanted` cells written."""
    sheet = book.sheet(entry)
    outline = read_outline((markup.outside()[0],), entry.title)
    merged = {(area.top, area.left) for area in sheet.merges}
    by_row: dict[int, dict[int, Cell]] = {}
    for (number, column), cell in sorted(wanted.items()):
        by_row.setdefault(number, {})[column] = cell
    present = {row.number: row for row in markup.rows}
    pieces: list[bytes] = []
    at = 0
    for number, cells in by_row.items():
        height = markup.height(present[number]) if number in present else 0.0

        def written(
            column: int, style: int, number: int = number, cells: Mapping[int, Cell] = cells, height: float = height
        ) -> bytes:
            text, width = cells[column].text, outline.width(column) or 0.0
            fits = (number, column) not in merged and wrapping.fits(text, style, width, height)
            wrapped = wrapping.of(style, top=not fits) if "\n" in text or fits else style
            return _cell_markup(markup.prefix.decode(), cell_name(number, column), cells[column], wrapped)

        def usual_style(column: int, number: int = number) -> int:
            return sheet.style(number, column)

        if number in present:
            row = present[number]
            pieces += [markup.content[at : row.start], _edited_row(markup, row, sorted(cells), written, usual_style)]
            at = row.end
        else:
            start = next((row.start for row in markup.rows if row.number > number), markup.end_of_rows)
            fresh = b"".join(written(column, usual_style(column)) for column in sorted(cells))
            tag = markup.prefix + b"row"
            pieces += [markup.content[at:start], b'<%b r="%d">%b</%b>' % (tag, number, fresh, tag)]
            at = start
    return b"".join([*pieces, markup.content[at:]])


def _edited_row(
    markup: SheetMarkup,
    row: RowMarkup,
    columns: Sequence[int],
    written: Callable[[int, int], bytes],
    usual_style: Callable[[int], int],
) -> bytes:
    """Return the bytes of a row with the cells in `columns` written, its cells still in the order of columns."""
    content = markup.bytes_of(row)
    if content.endswith(b"/>") and content.count(b"<") == 1:
        content = content[:-2].rstrip() + b"></" + markup.prefix + b"row>"
    spans = {column: span for column in columns if (span := markup.cell(content, cell_name(row.number, column)))}
    if len(spans) < len(columns):
        spans = {column: (start, end) for column, start, end in markup.cells(content)}
    pieces: list[bytes] = []
    at = 0
    for column in columns:
        if column in spans:
            start, end = spans[column]
            fresh = written(column, style_of(content[start:end]))
        else:
            later = [begin for other, (begin, _) in spans.items() if other > column]
            start = end = min(later, default=content.rindex(b"</"))
            fresh = written(column, usual_style(column))
        pieces += [content[at:start], fresh]
        at = end
    return b"".join([*pieces, content[at:]])


def _cell_markup(prefix: str, name: str, cell: Cell, style: int) -> bytes:
    """Return the element of a cell that shows `cell` in format `style`."""
    attributes = f' r="{name}"' + (f' s="{style}"' if style else "")
    if not cell.text:
        return f"<{prefix}c{attributes}/>".encode()
    if cell.numeric:
        return f"<{prefix}c{attributes}><{prefix}v>{cell.text}</{prefix}v></{prefix}c>".encode()
    return f'<{prefix}c{attributes} t="inlineStr">{inline(cell.text, prefix)}</{prefix}c>'.encode()
