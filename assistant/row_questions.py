"""The questions of rows whose columns people named, made from the cells of the document's look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from assistant.column_roles import Roles, field_at
from assistant.filling import PARTED
from assistant.layout import ANSWERING, CellView, ColumnRole, Part, Role, View, same
from assistant.questionnaire import AnswerField, FieldKind, Location, Question, Skipped

BY_HAND = "set by hand"
"""The reason of everything that a person said."""
NO_QUESTION = "no question, as set by hand"
"""Why a single question is left out that a person said is none."""
NO_PLACE = "no place for an answer"
"""How the reason begins for a question that is left out only because nothing takes its answer."""
NUMBERED = re.compile(r"^\s*(?:\(?((?:[A-Za-z]{1,4}[-.]?)?\d+(?:\.\d+)*|[A-Za-z])[.):]|[-–•*‣▪])\s+(?=\S)")
"""The number or bullet with which a line begins."""
_LONGEST_TITLE = 90
_WIDE_ROW = 3
"""Texts that rows usually hold, from which one with a single short text stands out as a title."""


def patched(
    question: Question, part: Part, row: int, roles: Roles, said: Sequence[ColumnRole], view: View, *, shared: bool
) -> Question:
    """Return a question that stays where it is, with what was said about the other columns.

    When its cell is `shared` by others it keeps its own number behind that of the row.
    """
    fields = list(question.fields)
    after = question
    for correction in said:
        if correction.role is Role.QUESTION:
            continue
        fields = [each for each in fields if not _in_column(each, part, row, correction.column, view)]
        cell = part.at(row, correction.column)
        if correction.role in ANSWERING:
            is_text = correction.role is Role.TEXT
            fields = [each for each in fields if (each.kind is FieldKind.TEXT) is not is_text]
        elif correction.role is Role.NUMBER:
            own = question.number.split()[-1:] if shared else []
            after = replace(after, number=" ".join(filter(None, (_line(cell), *own))))
        elif correction.role is Role.SECTION:
            after = replace(after, section=_line(cell))
    made = fields_of(part, row, roles, {c.role for c in said if c.role in ANSWERING})
    choices = [each for each in (*made, *fields) if each.kind is not FieldKind.TEXT]
    texts = [each for each in (*made, *fields) if each.kind is FieldKind.TEXT]
    return replace(after, fields=tuple(dict.fromkeys([*choices, *texts])), certainty=1.0, reasons=(BY_HAND,))


def fields_of(part: Part, row: int, roles: Roles, wanted: Iterable[Role]) -> list[AnswerField]:
    """Return the fields of the row for the `wanted` parts of the answer, the choice first."""
    found: list[AnswerField] = []
    wanted = set(wanted)
    if Role.CHOICE in wanted:
        found += _one(part, row, roles.having(Role.CHOICE), FieldKind.CHOICE)
    if Role.MARK in wanted:
        marks = [
            (roles.options.get(column, "") or f"column {column}", cell)
            for column in roles.having(Role.MARK)
            if (cell := part.at(row, column)) is not None and cell.fields
        ]
        if marks:
            places = tuple((label, cell.fields[0].location) for label, cell in marks)
            ticked = [label for label, cell in marks if 0 < len(cell.text.strip()) <= 3 and cell.text != "☐"]
            value = PARTED.join(ticked) or None
            found.append(AnswerField(FieldKind.MARK, places[0][1], marks=places, value=value))
    if Role.TEXT in wanted:
        found += _one(part, row, roles.having(Role.TEXT), FieldKind.TEXT)
    return found


def built(
    part: Part, rows: Sequence[tuple[int, Roles]], known: Collection[Location]
) -> tuple[list[Question], list[Skipped]]:
    """Return the questions of rows whose column of questions was named by hand, and what is none.

    What reading looked at in that very place and left out, `known`, stays left out.
    """
    questions: list[Question] = []
    left_out: list[Skipped] = []
    company = [_company(part, row) for row, _ in rows]
    usual = Counter(company).most_common(1)[0][0] if company else 0
    section = ""
    for (row, roles), others in zip(rows, company, strict=True):
        column = roles.having(Role.QUESTION)[0]
        cell = part.at(row, column)
        if cell is None or cell.blank or cell.row != row:
            lone = next((other for other in part.rows[row] if not other.blank), None)
            if lone is not None and others == 1 and len(lone.text) <= _LONGEST_TITLE:
                section = _line(lone)
            continue
        answering = roles.having(*ANSWERING)
        fields = fields_of(part, row, roles, ANSWERING)
        across = any(cell.column < other < cell.column + cell.colspan for other in answering)
        alone = others == 1 < usual and len(cell.text) <= _LONGEST_TITLE and "?" not in cell.text
        if cell.location in known:
            section = _line(cell) if len(cell.text) <= _LONGEST_TITLE else section
        elif _names_columns(part, row, column):
            section = section if same(cell.text, part.name(column)) else _line(cell)
            left_out.append(_skipped(cell, "a row that names the columns"))
        elif across or (alone and (not fields or usual >= _WIDE_ROW or cell.bold or bool(cell.fill))):
            section = _line(cell)
            left_out.append(_skipped(cell, "a title"))
        elif answering and not fields:
            left_out.append(_skipped(cell, _refusal(part, row, answering)))
        else:
            questions.append(question_at(part, cell, fields, roles, section))
    return questions, left_out


def question_at(part: Part, cell: CellView, fields: Sequence[AnswerField], roles: Roles, section: str) -> Question:
    """Return the question that stands in `cell`, numbered and headed as its row says."""
    labels = [part.at(cell.row, column) for column in roles.having(Role.NUMBER)]
    number = next((_line(label) for label in labels if label is not cell), "")
    if not number and (match := NUMBERED.match(cell.text)) and match[1]:
        number = match[1]
    inside = [_line(part.at(cell.row, column)) for column in roles.having(Role.SECTION)]
    sections = " › ".join(dict.fromkeys(filter(None, (section, *inside))))
    return Question(
        text=cell.text.strip(),
        location=cell.location,
        fields=tuple(fields),
        number=number[:60],
        section=sections,
        certainty=1.0,
        reasons=(BY_HAND,),
    )


def _names_columns(part: Part, row: int, column: int) -> bool:
    """Return whether the row repeats the names of the columns, that of the questions or two others."""
    cells = [cell for cell in part.rows[row] if not cell.blank and same(cell.text, part.name(cell.column))]
    return part.header > 0 and (len(cells) > 1 or any(cell.column == column for cell in cells))


def _company(part: Part, row: int) -> int:
    return sum(not cell.blank for cell in part.rows[row])


def _in_column(each: AnswerField, part: Part, row: int, column: int, view: View) -> bool:
    cell = part.at(row, column)
    return any((there := view.find(place)) is not None and there[1] is cell for place in each.places())


def _one(part: Part, row: int, columns: Sequence[int], kind: FieldKind) -> list[AnswerField]:
    """Return the fields that the cells of `columns` make in the row."""
    cells = [cell for column in columns if (cell := part.at(row, column)) is not None]
    return [made for cell in cells if (made := field_at(cell, kind)) is not None]


def _refusal(part: Part, row: int, columns: Sequence[int]) -> str:
    cells = (part.at(row, column) for column in columns)
    why = next((cell.reason for cell in cells if cell is not None and cell.reason), "there is no cell")
    return f"{NO_PLACE}: {why}"


def _line(cell: CellView | None) -> str:
    return " ".join(cell.text.split()) if cell else ""


def _skipped(cell: CellView, reason: str) -> Skipped:
    return Skipped(cell.location, cell.text.strip(), reason)
