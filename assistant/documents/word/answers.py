"""Tables that only take the answer to the question above or around them."""

from __future__ import annotations

from itertools import pairwise

from assistant.documents.word.behind import is_given
from assistant.documents.word.blocks import Cell, Row, Table
from assistant.documents.word.columnwords import is_option
from assistant.documents.word.fields import (
    cell_fields,
    could_be_tick,
    is_place,
    is_prompt,
    is_ticked,
    lone_box,
    mark_field,
    short_label,
    written_in,
)
from assistant.documents.word.replies import is_reply
from assistant.documents.word.words import (
    DETAILS,
    NOTE,
    is_answer_label,
    is_evidence_label,
    is_label,
    plain,
    requests,
)
from assistant.filling import PARTED
from assistant.questionnaire import AnswerField, FieldKind, Location


def answer_fields(table: Table, filled: bool = False) -> list[AnswerField] | None:
    """Return the fields of a table that only takes the answer to the question above it, or None when it is more.

    Such a table is one blank cell, or rows that are headed "Response", "Evidence" and the like; where it may be
    `filled`, also one cell with an answer in it.
    """
    if len(table.rows) > 6:
        return None
    cells = [cell for row in table.rows for cell in row.cells if cell.above is None]
    if not cells or len(cells) > 16:
        return None
    if len(cells) == 1 and _asks_for_details(cells[0]):
        return [AnswerField(FieldKind.TEXT, Location(written_in(cells[0])[0].path))]
    if filled and len(cells) == 1 and cells[0].text and not cells[0].tables and not _says_form(cells[0].text):
        return cell_fields(cells[0])
    headed = _under_options(table)
    if headed is not None:
        return headed
    fields: list[AnswerField] = []
    marks: list[tuple[str, Location, bool]] = []
    taken: set[str] = set()
    for index, row in enumerate(table.rows):
        for position, cell in enumerate(row.cells):
            if cell.above is not None or cell.path in taken:
                continue
            if cell.text and not is_place(cell):
                beside = row.cells[position + 1] if position + 1 < len(row.cells) else None
                if beside is not None and lone_box(beside) and is_option(cell.text):
                    marks.append((short_label(cell.text), Location(beside.path), is_ticked(beside)))
                    taken.add(beside.path)
                    continue
                if not (is_answer_label(cell.text) or (is_evidence_label(cell.text) and len(table.rows) > 1)):
                    return None
                place = _beside_or_below(table, index, position)
                if place is None or (place.text and is_answer_label(place.text)):
                    return None
                taken.add(place.path)
                found = cell_fields(place)
                evidence = not is_answer_label(cell.text)
                fields = [*fields, *found] if evidence else [*found, *fields]
            elif lone_box(cell):
                after = row.cells[position + 1] if position + 1 < len(row.cells) else None
                if after is None or not after.text:
                    return None
                marks.append((short_label(after.text), Location(cell.path), is_ticked(cell)))
                taken.add(after.path)
            elif cell.text or cell.inputs:
                fields += cell_fields(cell)
    if marks:
        fields.insert(0, mark_field(marks))
    if not fields and all(cell.blank for cell in cells):
        fields = cell_fields(cells[-1]) if len(cells) <= 2 else []
    merged = merge_marks(fields)
    return merged or None


def is_list_to_fill(rows: list[Row]) -> bool:
    """Return whether the rows under a header are blank lines of a list."""
    blank = [all(is_place(cell) or cell.above is not None for cell in row.cells) for row in rows]
    return sum(blank) * 2 >= len(rows) and any(one and other for one, other in pairwise(blank))


def first_line(table: Table) -> list[AnswerField]:
    """Return the first place of a list to fill in, with a header or blank; what is answered in words begins there."""
    head, *lines = table.rows
    if all(is_place(cell) and not cell.boxes for row in table.rows for cell in row.cells):
        return cell_fields(head.cells[0])
    if not is_list_to_fill(lines) or not all(cell.text and not is_place(cell) for cell in head.cells):
        return []
    return next((cell_fields(row.cells[0]) for row in lines if is_place(row.cells[0])), [])


def words_beside_table(cell: Cell) -> list[AnswerField]:
    """Return the places for words in a cell around a table that is to be completed: inputs, or its blank paragraphs.

    Words there are an answer already, unless they are the form's own or name the table.
    """
    if cell.inputs:
        return cell_fields(cell)
    if cell.boxes or (cell.text and (is_label(cell.text) or not (is_given(cell.text) and is_reply(cell.text)))):
        return []
    return [AnswerField(FieldKind.TEXT, Location(cell.path), value=cell.text or None)]


def framed(cell: Cell, filled: bool = False) -> list[AnswerField]:
    """Return the fields of tables that are all a cell holds, [] when one of them takes no answer."""
    found = [answer_fields(table, filled) or first_line(table) for table in cell.tables]
    return [field for fields in found for field in fields] if all(found) and not cell.text else []


def takes_below(cell: Cell) -> bool:
    """Return whether a cell below a question takes the answer, in itself or in a frame, which may be filled."""
    return is_place(cell) or (bool(cell.tables) and bool(framed(cell, filled=True)))


def words_only(table: Table) -> list[AnswerField]:
    """Return the fields of a table that takes nothing but words to the answer above it."""
    fields = answer_fields(table) or []
    return fields if all(found.kind is FieldKind.TEXT for found in fields) else []


def _asks_for_details(cell: Cell) -> bool:
    """Return whether a frame holds only words such as "If no, explain:", behind which there is room."""
    written = written_in(cell)
    return len(written) == 1 and cell.text.endswith((":", "：")) and not is_answer_label(cell.text) and (
        DETAILS.match(plain(cell.text)) is not None and not (cell.inputs or cell.boxes or cell.tables)
    )  # fmt: skip


def _says_form(text: str) -> bool:
    """Return whether text in a frame is the form's own: a request or a note, no answer."""
    return requests(text) or NOTE.match(text) is not None or is_answer_label(text) or is_prompt(text)


def _under_options(table: Table) -> list[AnswerField] | None:
    """Return the fields of a table of two rows, options and labels of the answer above the cells that take them."""
    if len(table.rows) != 2 or len(table.rows[0].cells) != len(table.rows[1].cells):
        return None
    pairs = list(zip(*(row.cells for row in table.rows), strict=True))
    ticks = [(head, cell) for head, cell in pairs if is_option(head.text) and could_be_tick(cell)]
    rest = [cell for head, cell in pairs if is_answer_label(head.text) and is_place(cell)]
    if len(ticks) < 2 or len(ticks) + len(rest) != len(pairs):
        return None
    marks = mark_field([(short_label(head.text), Location(cell.path), is_ticked(cell)) for head, cell in ticks])
    return [marks, *(field for cell in rest for field in cell_fields(cell))]


def merge_marks(fields: list[AnswerField]) -> list[AnswerField]:
    """Return the fields, marks first, with boxes that stand in several cells joined into one group.

    Groups that offer the same label are different questions' or columns', and stay apart.
    """
    marks = [field for field in fields if field.kind is FieldKind.MARK]
    rest = [field for field in fields if field.kind is not FieldKind.MARK]
    labels = [label for field in marks for label, _ in field.marks]
    if len(marks) < 2 or len(set(labels)) < len(labels):
        return [*marks, *rest]
    ticked = {label for field in marks for label in (field.value or "").split(PARTED)}
    joined = [(label, place, label in ticked) for field in marks for label, place in field.marks]
    return [mark_field(joined), *rest]


def _beside_or_below(table: Table, index: int, position: int) -> Cell | None:
    """Return the place beside a label or, failing that, below it."""
    row = table.rows[index]
    if position + 1 < len(row.cells):
        beside = row.cells[position + 1]
        if is_place(beside) or (position == 0 and len(row.cells) == 2 and not beside.tables):
            return beside
    if index + 1 < len(table.rows):
        below = [cell for cell in table.rows[index + 1].cells if cell.start == row.cells[position].start]
        if below and is_place(below[0]):
            return below[0]
    return None
