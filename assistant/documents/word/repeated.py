"""Small tables repeated for every question: what is filled in already is a place where its siblings are blank.

A form that somebody began to fill in has no blank cell beside those questions any more; its other tables of the
same make tell where the answers stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.documents.word.behind import is_given
from assistant.documents.word.blocks import Cell, Paragraph, Row, Table
from assistant.documents.word.columnwords import STRONG_ANSWER, header_role
from assistant.documents.word.fields import is_place
from assistant.documents.word.hints import is_hint
from assistant.documents.word.replies import is_reply, is_short, may_be_reply
from assistant.documents.word.words import is_answer_label, requests, states

_MOST_ROWS, _MOST_CELLS = 6, 4
"""Rows, and cells of a row, up to which a table may be that of one question."""
_ALIKE = 3
"""Tables of one make from which on all may be filled in."""

_Make = tuple[tuple[tuple[int, int, str], ...], ...]


def see_filled(blocks: Sequence[Paragraph | Table]) -> None:
    """Mark the cells that hold answers given already as the places they are."""
    makes: dict[_Make, list[Table]] = {}
    found: list[Cell] = []
    for block in blocks:
        if isinstance(block, Table) and len(block.rows) <= _MOST_ROWS:
            found += _labelled(block.rows)
            if all(len(row.cells) <= _MOST_CELLS for row in block.rows):
                makes.setdefault(_make(block), []).append(block)
    _mark(found)
    for tables in makes.values():
        if len(tables) > 1:
            _see_alike(tables)


def _make(table: Table) -> _Make:
    return tuple(tuple((cell.start, cell.span, cell.shade) for cell in row.cells) for row in table.rows)


def _labelled(rows: Sequence[Row]) -> Iterator[Cell]:
    """Yield the answers beside "Answer", or behind a hint such as "[Notes]", in the rows under a question."""
    asked = False
    for row in rows:
        if asked and len(row.cells) == 2:
            label, given = row.cells
            named = is_answer_label(label.text) and STRONG_ANSWER.search(label.text) is not None
            fits = is_hint(label) or (named and header_role(given.text) is None)
            if fits and _could_be_answer(given) and (may_be_reply if named else is_reply)(given.text):
                yield given
        asked = asked or any(requests(cell.text) or states(cell.text) for cell in row.cells)


def _see_alike(tables: Sequence[Table]) -> None:
    """Mark the answers in tables of one make without a blank where most of their siblings have their place.

    Where none has one, what stands last in each of them is the answer if it mostly reads like one.
    """
    asking = [table for table in tables if any(requests(cell.text) for cell in table.rows[0].cells)]
    filled = [table for table in asking if not any(is_place(cell) for row in table.rows for cell in row.cells)]
    if not filled or len(asking) < 2:
        return
    blank = [table for table in asking if table not in filled]
    if blank:
        for r, row in enumerate(asking[0].rows):
            for c in range(len(row.cells)):
                if sum(is_place(table.rows[r].cells[c]) for table in blank) * 2 > len(blank):
                    _mark(_replies([table.rows[r].cells[c] for table in filled]))
    elif len(filled) >= _ALIKE:
        last = [table.rows[-1].cells[-1] for table in filled]
        if len(replies := _replies(last)) * 2 >= len(last):
            _mark(replies)


def _replies(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if _could_be_answer(cell) and is_reply(cell.text)]


def _mark(cells: Sequence[Cell]) -> None:
    """Mark answers as the places they are; what is said at several questions is the form's own."""
    said = Counter(cell.text for cell in cells)
    for cell in cells:
        if said[cell.text] == 1 or is_short(cell.text):
            cell.takes_answer = True


def _could_be_answer(cell: Cell) -> bool:
    plain = not (cell.tables or cell.inputs or cell.boxes or cell.above is not None)
    return plain and bool(cell.text) and is_given(cell.text)
