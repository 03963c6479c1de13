"""Which columns of a row play which part, told from the questions found there; and what a cell takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from assistant.layout import CellView, ColumnRole, Part, PartKind, Role, View
from assistant.questionnaire import AnswerField, FieldKind, Location, Question


@dataclass(frozen=True, slots=True)
class Roles:
    """Which columns of a row play which part; `options` says what each tick column stands for."""

    columns: Mapping[int, Role] = field(default_factory=dict)
    options: Mapping[int, str] = field(default_factory=dict)

    def having(self, *roles: Role) -> list[int]:
        """Return the columns that play one of `roles`, from left to right."""
        return sorted(column for column, role in self.columns.items() if role in roles)

    def with_(self, correction: ColumnRole, name: str) -> Roles:
        """Return the roles as `correction` changes them; `name` is what the header calls the column."""
        columns = {column: role for column, role in self.columns.items() if column != correction.column}
        wanted = correction.role
        if wanted in (Role.QUESTION, Role.NUMBER, Role.TEXT, Role.CHOICE):
            gone = {wanted, Role.MARK} if wanted is Role.CHOICE else {wanted}
            columns = {column: role for column, role in columns.items() if role not in gone}
        elif wanted is Role.MARK:
            columns = {column: role for column, role in columns.items() if role is not Role.CHOICE}
        columns[correction.column] = wanted
        return Roles(columns, {**self.options, correction.column: correction.option or name})


def roles_of(part: Part, question: Question, view: View) -> Roles:
    """Return the parts that the columns of a question's row play."""
    columns: dict[int, Role] = {}
    options: dict[int, str] = {}
    own = view.find(question.location)
    if own is None or own[0].key != part.key:
        return Roles()
    row = own[1].row
    for label, role, location in _places(question):
        there = view.find(location)
        if there is None or part.at(row, there[1].column) is not there[1]:
            continue
        columns.setdefault(there[1].column, role)
        options[there[1].column] = label
    inside = set(filter(None, question.section.split(" › ")))
    for column in range(1, part.columns + 1):
        cell = part.at(row, column)
        if cell is None or cell.blank or column in columns or cell is own[1]:
            continue
        said = " ".join(cell.text.split())
        if question.number and said == question.number and Role.NUMBER not in columns.values():
            columns[column] = Role.NUMBER
        elif said in inside:
            columns[column] = Role.SECTION
    columns[own[1].column] = Role.QUESTION
    return Roles(columns, options)


def _places(question: Question) -> list[tuple[str, Role, Location]]:
    """Return (option, role, place) of everything the answer changes."""
    found: list[tuple[str, Role, Location]] = []
    for each in question.fields:
        several = each.kind is FieldKind.MARK and len(set(each.places())) > 1
        if several:
            found += [(label, Role.MARK, place) for label, place in each.marks]
        else:
            role = Role.TEXT if each.kind is FieldKind.TEXT else Role.CHOICE
            found.append(("", role, each.location))
    return found


def place_roles(questions: Iterable[Question], view: View) -> dict[str, Role]:
    """Return location of a cell -> the part it plays, for everything the questions use."""
    found: dict[str, Role] = {}
    for question in questions:
        own = view.find(question.location)
        if own is None:
            continue
        part, cell = own
        for column, role in roles_of(part, question, view).columns.items():
            there = part.at(cell.row, column)
            if there is not None and role is not Role.QUESTION:
                found.setdefault(str(there.location), role)
        for _, role, location in _places(question):
            there_at = view.find(location)
            if there_at is not None and there_at[1] is not cell:
                found.setdefault(str(there_at[1].location), role)
        found[str(cell.location)] = Role.QUESTION
    return found


def field_at(cell: CellView, kind: FieldKind) -> AnswerField | None:
    """Return the field that a cell makes for one part of the answer, None when it takes no answer.

    What the document fixes stays: a drop-down takes its own values only, whatever it is wanted for.
    """
    offered = [each for each in cell.fields if each.kind is not FieldKind.MARK or any(label for label, _ in each.marks)]
    if not offered:
        return None
    for each in offered:
        if (each.kind is FieldKind.TEXT) is (kind is FieldKind.TEXT):
            return each
    first = offered[0]
    if kind is not FieldKind.TEXT:
        return replace(first, kind=FieldKind.CHOICE, max_length=None, after=False) if not first.after else None
    return first if first.allowed() else replace(first, kind=FieldKind.TEXT)


def column_name(part: Part, column: int) -> str:
    """Return what pages call the column: its letters on a sheet, otherwise its heading or its number."""
    if part.kind is PartKind.SHEET:
        return letters(column)
    return part.name(column)[:40] or f"column {column}"


def letters(column: int) -> str:
    """Return the letters of a sheet's column, 1 is A."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found
