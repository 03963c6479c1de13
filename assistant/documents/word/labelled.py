"""Tables whose first column says what stands beside it: "Question", "Guidance", "Response"."""

from __future__ import annotations

import re

from assistant.documents.void import VOID, is_void
from assistant.documents.word.answers import merge_marks
from assistant.documents.word.asides import ASSESSOR_LABEL, is_signature
from assistant.documents.word.blocks import Cell, Row, Table
from assistant.documents.word.columnwords import Role, header_role
from assistant.documents.word.fields import cell_fields, is_place, offers_choice
from assistant.documents.word.reports import Reading
from assistant.documents.word.words import (
    asks,
    is_answer_label,
    is_evidence_label,
    is_example,
    is_identifier,
    plain,
    requests,
    states,
    without_number,
)
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
    before = ""
    fields: list[AnswerField] = []
    for row in table.rows:
        found = _question(row)
        if found is not None:
            _close(reading, opened, fields, section)
            opened, fields, before = (found[0], found[1] or before), [], ""
        elif opened is not None and _is_answer(row):
            new = _fields(row)
            fields = [*new, *fields] if is_answer_label(_label(row)) else [*fields, *new]
        else:
            value = plain(row.cells[-1].text)
            before = value if header_role(_label(row)) is Role.NUMBER and is_identifier(value) else before
            reading.skip(row.path, " | ".join(cell.text for cell in row.cells if cell.text), "beside a question")
    _close(reading, opened, fields, section)
    reading.flowed |= {cell.path for row in table.rows for cell in row.cells}
    reading.tables.append(
        FoundTable(table.path, len(reading.questions), _CERTAINTY, ("rows are labelled as question and answer",))
    )
    return reading


def read_cards(table: Table, section: str) -> Reading | None:
    """Return the questions of a table of cards, None when it is no such table.

    A card is a question across the table and under it two rows or more of a short label and a place, whatever the
    labels say: "Answer | ☐ Yes ☐ No", "Remarks | ". The first place takes the choice or is called the answer, else
    the labels are values of their own, as those of a contact are.
    """
    cards: list[tuple[Cell, list[Row]]] = []
    numbers: list[str] = []
    for row in table.rows:
        own = [cell for cell in row.cells if cell.above is None]
        number = plain(own[0].text) if len(own) == 2 == len(row.cells) and is_identifier(own[0].text) else ""
        if len(row.cells) == len(own) == 1 + bool(number) and _opens_card(own[-1], number):
            cards.append((own[-1], []))
            numbers.append(number)
        elif cards and len(own) == 2 == len(row.cells) and _labels_place(row):
            cards[-1][1].append(row)
        else:
            return None
    if not any(len(rows) > 1 for _, rows in cards) or not all(_is_answered(rows) for _, rows in cards):
        return None
    reading = Reading()
    for number, (cell, rows) in zip(numbers, cards, strict=True):
        if is_void(without_number(cell.text)[1]):
            reading.skip(cell.path, cell.text, VOID)
            continue
        fields: list[AnswerField] = []
        for row in rows:
            if _takes(row):
                fields += _fields(row)
            else:
                reading.skip(row.path, " | ".join(beside.text for beside in row.cells), "beside a question")
        _close(reading, (cell, number), merge_marks(fields), section)
    reading.flowed |= {cell.path for row in table.rows for cell in row.cells}
    reading.tables.append(
        FoundTable(table.path, len(reading.questions), _CERTAINTY, ("rows are labelled under each question",))
    )
    return reading


def _opens_card(cell: Cell, number: str) -> bool:
    text = cell.text
    if number and (is_place(cell) or offers_choice(cell)):
        return False
    worded = requests(text) or states(text) or bool(number or without_number(text)[0] or cell.number)
    return worded and not (cell.inputs or cell.boxes or cell.tables or is_signature(text) or is_example(text))


def _labels_place(row: Row) -> bool:
    label = row.cells[0]
    short = 0 < len(label.text) <= _LONGEST_LABEL and len(label.text.split()) <= _FEWEST_WORDS
    return short and not (asks(label.text) or is_identifier(label.text) or label.inputs or label.boxes)


def _takes(row: Row) -> bool:
    """Return whether a row of a card takes part of the answer: it is open, or called the answer and filled."""
    label, place = _label(row), row.cells[1]
    if ASSESSOR_LABEL.match(label) or header_role(label) is Role.ASSESSOR or place.tables:
        return False
    return is_place(place) or offers_choice(place) or bool(place.boxes) or is_answer_label(label)


def _is_answered(rows: list[Row]) -> bool:
    first = next((row for row in rows if _takes(row)), None)
    if first is None:
        return False
    place = first.cells[1]
    listed = any(found.options for found in place.inputs)
    return listed or offers_choice(place) or len(place.boxes) > 1 or is_answer_label(_label(first))


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
    role = header_role(label)
    if len(row.cells) < 2 or role not in {Role.TEXT, Role.CHOICE, Role.EVIDENCE, Role.QUESTION, None}:
        return False
    if ASSESSOR_LABEL.match(label) or requests(row.cells[-1].text):
        return False
    place = row.cells[-1]
    listed = bool(place.boxes) or any(found.options for found in place.inputs) or offers_choice(place)
    named = role is not None and is_place(place)
    return is_answer_label(label) or is_evidence_label(label) or listed or named


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
            number or own or cell.number,
            section,
            _CERTAINTY,
            ("labelled as a question, with a row for the answer",),
        )
    )
