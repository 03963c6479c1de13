"""Rows that head a table's columns, the rows below them, and the columns they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.documents.word.blocks import Cell, Paragraph, Row, Table
from assistant.documents.word.columnwords import (
    LONGEST_HEADER,
    STRONG_ANSWER,
    Role,
    header_role,
    is_history,
    is_option,
    is_scale,
)
from assistant.documents.word.fields import could_be_tick, is_place, lone_box
from assistant.documents.word.words import (
    asks,
    is_answer_label,
    is_identifier,
    plain,
    requests,
    states,
)


@dataclass
class Column:
    """A column of a table below one header: its words and cells, and the role found for it."""

    start: int
    header: str
    label: str
    cells: list[Cell]
    role: Role | None = None

    def share(self, counts: Sequence[bool]) -> float:
        """Return the share of true values, 0 when there are none."""
        return sum(counts) / len(counts) if counts else 0.0

    @cached_property
    def places(self) -> float:
        """Return the share of cells that hold nothing but a place to answer."""
        return self.share([is_place(cell) for cell in self.cells])

    @cached_property
    def words(self) -> float:
        """Return the mean number of words of the cells that hold text."""
        lengths = [len(cell.text.split()) for cell in self.cells if cell.text]
        return sum(lengths) / len(lengths) if lengths else 0.0

    @cached_property
    def filled(self) -> float:
        """Return the share of cells that hold text."""
        return self.share([bool(cell.text) for cell in self.cells])

    @cached_property
    def printed(self) -> bool:
        """Return whether the form's own words stand in all of it, and nothing to fill in."""
        return self.places < 0.1 and self.filled > 0.9 and not any(cell.inputs or cell.boxes for cell in self.cells)


@dataclass(slots=True)
class Segment:
    """Rows under one header (of one or more rows)."""

    header: list[Row]
    rows: list[Row]


def header_rows(table: Table) -> list[int]:
    """Return the indices of rows that head the rows below them."""
    several = (index for index, row in enumerate(table.rows) if sum(bool(cell.text) for cell in row.cells) > 1)
    opening = next(several, 0)
    found: list[int] = []
    for index, row in enumerate(table.rows):
        if index + 1 >= len(table.rows):
            break
        if (found and found[-1] == index - 1 and _continues(table.rows[index - 1], row)) or _heads(
            table, index, opening
        ):
            found.append(index)
    return found


def _heads(table: Table, index: int, opening: int) -> bool:
    """Return whether a row's words are those of a header."""
    row = table.rows[index]
    own = [cell for cell in row.cells if cell.above is None]
    texts = [cell.text for cell in own if cell.text]
    if len(texts) < 2 or any(len(text) > 200 for text in texts):
        return False
    if _heads_ticks(table, index):
        return True
    if len(texts) * 5 < len(own) * 3:
        return False
    if any(cell.inputs or cell.tables or cell.boxes for cell in own):
        return False
    if index and len(texts) > 2 and len(set(texts[1:])) == 1:
        return False  # no two columns have one name: such a row says what holds for all of them
    if index and sum(len(text.split()) <= LONGEST_HEADER for text in texts) < 2:
        return False
    coded = bool(row.cells[0].text) and is_identifier(row.cells[0].text) and header_role(row.cells[0].text) is None
    if index and coded and not is_scale(texts[1:]):
        return False
    if index and not (
        _looks_set_off(table, index)
        or index <= opening  # only titles, rows of one cell, stand above
        or _repeats_header(table, index)
        or all(paragraph.bold for paragraph in _written(row))
    ):
        return False
    if any(len(text.split()) > 25 for text in texts):
        return False
    if index and len(own) == 2 and is_answer_label(texts[0]) and any(map(_asks, table.rows[index - 1].cells)):
        return False  # an answer given to the question above
    if index == 0 and is_history(texts):
        return True
    if is_scale(texts[1:]) and header_role(texts[0]) is not None:
        return True
    if coded:
        return False
    roles = [header_role(text) for text in texts]
    for text, role in zip(texts, roles, strict=True):
        if role not in {Role.CHOICE, Role.MARK} and len(text.split()) > 5 and asks(text):
            return False
    known = sum(role is not None for role in roles)
    if known >= 2 and known * 2 >= len(texts):
        # Options alone head nothing: a row "Yes | No" under a question is its answer.
        return any(role not in {Role.MARK, None} for role in roles) or index == 0
    named = any(STRONG_ANSWER.search(text) and not is_answer_label(texts[0]) for text in texts[1:])
    set_off = row.header or named or _looks_set_off(table, index) or _heads_matrix(table)
    return index == 0 and set_off and _opens_places(table, index)


def _heads_ticks(table: Table, index: int) -> bool:
    """Return whether a row names columns to tick, and nothing or only a section beside them.

    Under such names stand boxes, or at the top of a table blank cells under options, beside words: what is asked
    there needs no name of its own.
    """
    named = {cell.start: cell for cell in table.rows[index].cells if cell.above is None and cell.text}
    for row in table.rows[index + 1 : index + 1 + _NEAR]:
        boxes = {cell.start for cell in row.cells if lone_box(cell)}
        if not boxes and not index and all(is_option(cell.text) for cell in named.values()):
            boxes = {cell.start for cell in row.cells if cell.start in named and could_be_tick(cell)}
        if not boxes:
            continue
        names = {named[start].text for start in boxes if start in named and not named[start].boxes}
        rest = [cell.text for start, cell in named.items() if start not in boxes]
        words = (cell.text for cell in row.cells if cell.start not in boxes)
        asked = any(text and not is_identifier(text) for text in words)
        short = all(len(text.split()) <= _LONGEST_OPTION for text in names)
        return len(boxes) == len(names) > 1 and short and asked and not any(map(_asks_or_codes, rest))
    return False


def _asks(cell: Cell) -> bool:
    return requests(cell.text) or states(cell.text)


def _asks_or_codes(text: str) -> bool:
    return requests(text) or states(text) or is_identifier(text)


_NEAR = 3
"""Rows below a row that are looked at for what it heads."""
_LONGEST_OPTION = 4
"""Words of an option that heads a column of boxes."""


def _heads_matrix(table: Table) -> bool:
    """Return whether words stand in all of the first row and in the first column, and most of the rest is blank."""
    first, *below = table.rows
    inner = [cell for row in below for cell in row.cells[1:]]
    return (
        len(first.cells) >= _MATRIX
        and len(below) >= _MATRIX - 1
        and all(cell.text for cell in first.cells)
        and all(len(row.cells) == len(first.cells) and row.cells[0].text for row in below)
        and sum(not cell.text for cell in inner) * 2 > len(inner)
    )


_MATRIX = 3
"""Columns from which on a table of words left and blanks right is a matrix; with two it is labels and blanks."""


def _written(row: Row) -> list[Paragraph]:
    """Return the paragraphs of a row that hold text."""
    return [paragraph for cell in row.cells for paragraph in cell.paragraphs if paragraph.text.strip()]


def _repeats_header(table: Table, index: int) -> bool:
    """Return whether the row says the same as the table's first row."""
    first, row = table.rows[0].cells, table.rows[index].cells
    return len(first) == len(row) and all(a.text == b.text for a, b in zip(first, row, strict=True))


def _looks_set_off(table: Table, index: int) -> bool:
    """Return whether a row is shaded where the next rows are not."""
    below = table.rows[index + 1 : index + 4]
    shades = {cell.shade for cell in table.rows[index].cells}
    return "" not in shades and all(any(cell.shade not in shades for cell in row.cells) for row in below)


def _opens_places(table: Table, index: int) -> bool:
    """Return whether under one of a row's cells, but not all of them, most cells are places."""
    below = table.rows[index + 1 :]
    blank = words = 0
    for cell in table.rows[index].cells:
        under = [other for row in below for other in row.cells if other.start == cell.start]
        if under and sum(is_place(other) for other in under) * 2 > len(under):
            blank += 1
        elif under:
            words += 1
    return blank >= 1 and words >= 1


def _continues(above: Row, row: Row) -> bool:
    """Return whether `row` is the second row of a header that begins in `above`."""
    merged = any(cell.above is not None and cell.above in above.cells for cell in row.cells)
    own = [cell for cell in row.cells if cell.above is None and cell.text]
    spans = {cell.start: cell for cell in above.cells if cell.span > 1}
    under = [cell for cell in own if any(wide.start <= cell.start < wide.start + wide.span for wide in spans.values())]
    short = bool(own) and all(len(cell.text.split()) <= 6 and not cell.boxes and not cell.inputs for cell in own)
    return (
        short and (merged or (len(under) == len(own) and len(own) > 1)) and not any(is_identifier(c.text) for c in own)
    )


def segments(table: Table) -> list[Segment]:
    """Return the table's rows by the header they stand under; rows above the first header have none."""
    heads = header_rows(table)
    found: list[Segment] = []
    current = Segment([], [])
    for index, row in enumerate(table.rows):
        if index in heads:
            if current.rows or not current.header:
                if current.rows:
                    found.append(current)
                current = Segment([row], [])
            else:
                current.header.append(row)
        else:
            current.rows.append(row)
    if current.rows:
        found.append(current)
    return found


def is_band(row: Row, width: int) -> bool:
    """Return whether a row is one line across the table, such as a section's title or a note."""
    own = [cell for cell in row.cells if cell.above is None]
    return len(own) == len(row.cells) and (len(own) == 1 and (own[0].span >= width or width == 1))


def title_rows(rows: Sequence[Row]) -> frozenset[str]:
    """Return the paths of rows that head the rows below them though they have as many cells as these.

    Such a row puts no request, and either it alone is shaded all over or its number is that of the rows below
    it, cut short: "3 Access control" above "3.1 How is access granted?".
    """
    shaded = [all(cell.shade for cell in row.cells) for row in rows]
    few = sum(shaded) * 3 <= len(rows)
    found = set()
    for index, row in enumerate(rows[:-1]):
        texts = [cell for cell in row.cells if cell.text and cell.above is None]
        if not texts or len(texts) > 2 or any(requests(cell.text) or states(cell.text) for cell in texts):
            continue
        if any(cell.inputs or cell.boxes for cell in row.cells) or len(texts) == len(row.cells):
            continue
        number, below = plain(texts[0].text).rstrip("."), plain(rows[index + 1].cells[0].text)
        above = len(texts) == 2 and is_identifier(number) and below.startswith(f"{number}.") and is_identifier(below)
        asked = above and any(requests(cell.text) or states(cell.text) for cell in rows[index + 1].cells)
        if asked or (few and shaded[index] and not shaded[index + 1]):
            found.add(row.path)
    return frozenset(found)


def width_of(table: Table) -> int:
    """Return the number of grid columns."""
    return max((cell.start + cell.span for row in table.rows for cell in row.cells), default=0)


def columns_of(segment: Segment, width: int) -> list[Column]:
    """Return the columns under a segment's header."""
    body = [row for row in segment.rows if not is_band(row, width)]
    starts = Counter(cell.start for row in body for cell in row.cells)
    found = []
    for start in sorted(starts):
        if starts[start] * 3 < len(body):
            continue
        words, label = [], ""
        for head in segment.header:
            for cell in head.cells:
                if cell.start <= start < cell.start + cell.span and cell.above is None and cell.text:
                    words.append(plain(cell.text))
                    label = plain(cell.text)
        cells = [cell for row in body for cell in row.cells if cell.start == start and cell.above is None]
        found.append(Column(start, " ".join(words), label, _as_wide(cells, segment.header)))
    return found


def _as_wide(cells: list[Cell], header: Sequence[Row]) -> list[Cell]:
    """Return the cells of a column without those merged with the columns beside it, unless most are."""
    if all(cell.span == 1 for cell in cells):
        return cells
    width = next((head.span for row in header[-1:] for head in row.cells if head.start == cells[0].start), 0)
    narrow = [cell for cell in cells if cell.span <= width]
    return narrow if len(narrow) * 3 >= len(cells) else cells
