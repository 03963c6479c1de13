"""Tables with a header: which columns hold questions and which take answers."""

from __future__ import annotations

from assistant.documents.word.blocks import Table
from assistant.documents.word.columnwords import Role
from assistant.documents.word.headers import Column, Segment, columns_of, width_of
from assistant.documents.word.reports import Reading
from assistant.documents.word.roles import assign, certainty
from assistant.documents.word.rows import Rows
from assistant.questionnaire import FoundTable


def read_segment(table: Table, segment: Segment, section: str) -> Reading | None:
    """Return the questions under one header, or None when no column holds questions with places beside them."""
    width = width_of(table)
    found = [
        reading
        for columns in _repetitions(columns_of(segment, width))
        if (reading := _read_columns(table, segment, columns, width, section)) is not None
    ]
    if not found:
        return None
    whole = Reading()
    for head in segment.header if segment.header and segment.header[0] in table.rows else []:
        whole.skip(head.path, " | ".join(cell.text for cell in head.cells), "header of the table")
    for reading in found:
        whole.add(reading)
    return whole


def _repetitions(columns: list[Column]) -> list[list[Column]]:
    """Return the columns in groups that each begin anew, such as "Question, Answer, Question, Answer"."""
    headers = [column.header.casefold() for column in columns]
    for width in range(2, len(columns) // 2 + 1):
        starts = range(0, len(columns), width)
        if (
            len(columns) % width == 0
            and all(headers)
            and all(headers[i : i + width] == headers[:width] for i in starts)
        ):
            return [columns[i : i + width] for i in starts]
    return [columns]


def _read_columns(table: Table, segment: Segment, columns: list[Column], width: int, section: str) -> Reading | None:
    """Return the questions in some columns, None when none of them holds questions or none takes answers."""
    reasons = assign(columns, segment.rows)
    by_role: dict[Role, list[Column]] = {}
    for column in columns:
        if column.role is not None:
            by_role.setdefault(column.role, []).append(column)
    if Role.QUESTION not in by_role:
        return None
    if not any(role in by_role for role in (Role.CHOICE, Role.TEXT, Role.EVIDENCE, Role.MARK)):
        return None
    reading = Reading()
    reader = Rows(by_role, segment.rows, width, section, certainty(columns, segment), tuple(reasons))
    for row in segment.rows:
        reader.read(row, reading)
    reading.flowed |= reader.flowed
    reading.tables.append(
        FoundTable(
            table.path,
            len(reading.questions),
            reader.certainty,
            tuple(reasons),
            {
                role.value: tuple(column.header or f"column {column.start + 1}" for column in found)
                for role, found in by_role.items()
            },
        )
    )
    return reading
