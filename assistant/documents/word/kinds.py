"""Which kind of table it is: with labelled rows, under headers, or read by what stands beside and below each text."""

from __future__ import annotations

from collections.abc import Callable

from assistant.documents.word.answers import is_list_to_fill
from assistant.documents.word.blocks import Cell, Row, Table
from assistant.documents.word.columnwords import is_history, is_option
from assistant.documents.word.fields import is_place
from assistant.documents.word.forms import Form
from assistant.documents.word.headers import Segment, segments, width_of
from assistant.documents.word.labelled import read_cards, read_labelled
from assistant.documents.word.reports import Reading
from assistant.documents.word.tables import read_segment
from assistant.documents.word.words import is_identifier, plain, requests, without_number
from assistant.questionnaire import AnswerField, FieldKind, FoundTable, Location, Question

_LEAST_COLUMNS = 3
"""Columns from which on a table may be the continuation of another; two columns are too common."""
_PLACELESS = 0.5
"""Certainty of questions in a document where nothing takes answers."""
_SPANNING = 2
"""Questions that span rows from which on a table without a header is read by its columns."""


def read_table(
    table: Table, section: str, read_cell: Callable[[Cell, str], Reading], before: Table | None = None
) -> Reading:
    """Return the questions of a table, nested ones included.

    A table without a header that goes on with the table `before` it is read under that one's header; `read_cell`
    reads cells that hold running text.
    """
    labelled = read_labelled(table, section) or read_cards(table, section)
    if labelled is not None:
        return labelled
    reading = Reading()
    for number, segment in enumerate(segments(table)):
        if segment.header and is_history([cell.text for cell in segment.header[0].cells]):
            for row in [*segment.header, *segment.rows]:
                reading.skip(row.path, " | ".join(cell.text for cell in row.cells), "the history of the document")
            continue
        headed = bool(segment.header) or _spans_rows(segment.rows)
        found = read_segment(table, segment, section) if headed else None
        if found is None and number == 0 and before is not None and not segment.header:
            found = _continued(table, segment.rows, before, section)
        if found is None and segment.header and is_list_to_fill(segment.rows):
            for head in segment.header:
                words = " | ".join(cell.text for cell in head.cells)
                reading.skip(head.path, words, "heads a list to fill in; its rows ask nothing")
            continue
        if found is None and segment.header and not all(map(is_place, segment.rows[0].cells)):
            for head in segment.header:
                reading.skip(head.path, " | ".join(cell.text for cell in head.cells), "header of the table")
            found = Form(table, segment.rows, section, read_cell).read()
        reading.add(found or Form(table, [*segment.header, *segment.rows], section, read_cell).read())
    for row in table.rows:
        for cell in row.cells:
            if cell.tables and cell.path not in reading.flowed:
                reading.add(read_cell(cell, section))
    return reading


def _spans_rows(rows: list[Row]) -> bool:
    """Return whether several questions span rows, so that the columns beside them are those of a table."""
    spanned = {cell.above.path: cell.above for row in rows for cell in row.cells if cell.above is not None}
    return sum(requests(cell.text) for cell in spanned.values()) >= _SPANNING


def _continued(table: Table, rows: list[Row], before: Table, section: str) -> Reading | None:
    """Return the questions of rows read under the last header of the table before, None when they do not fit."""
    width = width_of(table)
    if width < _LEAST_COLUMNS or width != width_of(before):
        return None
    headed = [segment for segment in segments(before) if segment.header]
    if not headed:
        return None
    header = headed[-1].header
    found = read_segment(table, Segment(header, rows), section)
    if found is None:
        return None
    ticks = sum(is_option(cell.text) for cell in header[-1].cells) > 1
    fitting = [question for question in found.questions if not ticks or question.first(FieldKind.MARK)]
    return found if len(fitting) * 2 > len(rows) else None


def read_placeless(table: Table, section: str) -> Reading:
    """Return the questions of a table that only asks: the answer goes behind each, in its cell."""
    reading = Reading()
    for row in table.rows:
        asking = [cell for cell in row.cells if cell.above is None and requests(cell.text)]
        if len(asking) != 1:
            continue
        number = next((plain(cell.text) for cell in row.cells if is_identifier(cell.text)), "")
        own, text = without_number(asking[0].text)
        place = Location(asking[0].path)
        reading.questions.append(
            Question(
                plain(text),
                place,
                (AnswerField(FieldKind.TEXT, place, after=True),),
                number or own or asking[0].number,
                section,
                _PLACELESS,
                ("no place: the answer goes behind the question",),
            )
        )
    worded = sum(any(cell.text for cell in row.cells) for row in table.rows)
    if len(reading.questions) < _SPANNING or len(reading.questions) * 2 < worded:
        return Reading()
    reading.tables.append(
        FoundTable(table.path, len(reading.questions), _PLACELESS, ("nothing in the document takes answers",))
    )
    return reading
