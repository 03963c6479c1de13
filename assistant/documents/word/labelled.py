"""Tables whose first column says what stands beside it: "Question", "Guidance", "Response"."""

from __future__ import annotations

import re

from assistant.documents.word.blocks import Cell, Row, Table
from assistant.documents.word.columnwords import Role, header_role
from assistant.documents.word.fields import cell_fields, is_place
from assistant.documents.word.reports import Reading
from assistant.documents.word.words import is_answer_label, is_evidence_label, plain, requests, without_number
from assistant.questionnaire import AnswerField, FoundTable, Location, Question

_ASKED = re.compile(
    r"^(?:question|query|requirement|criteri(?:on|a)|(?:question|requirement) text|frage|anforderung|exigence|pregunta|"
    r"requisito|domanda|pergunta|vraag|質問|設問|要件)"
    r"\s*(?:no\.?|nr\.?|n°|#)?\s*([A-Z]{0,4}[-.]?\d[\w.\-]{0,8})?\s*[:.)]?$",
    re.I,
)
_LONGEST_LABEL = 40
"""Characters of the longest label."""
_FEWEST_WORDS = 4
"""Words of a question; shorter texts beside "Question" are the headers of other columns."""
_CERTAINTY = 0.85


def read_labelled(table: Table, section: str) -> Reading | None:
    """Return the questions of a table with labelled rows, None when it is no such table."""
    asked = [index for index, row in enumerate(table.rows) if _question(row) is not None]
    answered = [index for index, row in enumerate(table.rows) if _is_answer(row)] if asked else []
    if not answered or asked[0] > answered[0]:
        return None
    for index, end in zip(asked, [*asked[1:], len(table.rows)], strict=True):
        if not any(index < answer < end for answer in answered):
            return None
    reading = Reading()
    opened: tuple[Cell, str] | None = None
    fields: list[AnswerField] = []
    for row in table.rows:
        found = _question(row)
        if found is not None:
            _close(reading, opened, fields, section)
            opened, fields = found, []
        elif opened is not None and _is_answer(row):
            new = _fields(row)
            fields = [*new, *fields] if is_answer_label(_label(row)) else [*fields, *new]
        else:
            reading.skip(row.path, " | ".join(cell.text for cell in row.cells if cell.text), "beside a question")
    _close(reading, opened, fields, section)
    reading.flowed |= {cell.path for row in table.rows for cell in row.cells}
    reading.tables.append(
        FoundTable(table.path, len(reading.questions), _CERTAINTY, ("rows are labelled as question and answer",))
    )
    return reading


def _label(row: Row) -> str:
    return plain(row.cells[0].text) if row.cells else ""


def _question(row: Row) -> tuple[Cell, str] | None:
    """Return the cell beside "Question" and the question's number, None when the row holds no question."""
    if not row.cells or len(row.cells[0].text) > _LONGEST_LABEL:
        return None
    match = _ASKED.match(_label(row))
    if match is None or any(cell.inputs or cell.boxes or cell.tables for cell in row.cells):
        return None
    worded = [cell for cell in row.cells[1:] if cell.text]
    if len(worded) != 1:
        return None
    text = worded[0].text
    if not requests(text) and (len(text.split()) < _FEWEST_WORDS or header_role(text) is not None):
        return None
    return worded[0], match.group(1) or ""


def _is_answer(row: Row) -> bool:
    """Return whether a row takes the answer, or what is to be added to it."""
    label = _label(row)
    if len(row.cells) < 2 or not (is_answer_label(label) or is_evidence_label(label)):
        return False
    return header_role(label) in {Role.TEXT, Role.CHOICE, Role.EVIDENCE, None} and not requests(row.cells[-1].text)


def _fields(row: Row) -> list[AnswerField]:
    places = [cell for cell in row.cells[1:] if is_place(cell)] or row.cells[-1:]
    return [field for cell in places for field in cell_fields(cell)]


def _close(reading: Reading, opened: tuple[Cell, str] | None, fields: list[AnswerField], section: str) -> None:
    if opened is None or not fields:
        return
    cell, number = opened
    own, text = without_number(cell.text)
    reading.questions.append(
        Question(
            plain(text),
            Location(cell.path),
            tuple(fields),
            number or own,
            section,
            _CERTAINTY,
            ("labelled as a question, with a row for the answer",),
        )
    )
