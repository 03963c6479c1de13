"""What the layout page shows: the document's grids with the part each place plays, and what is selected."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from assistant.column_roles import column_name, letters, place_roles, roles_of
from assistant.correcting import part_of_place
from assistant.layout import CellView, ColumnRole, Correction, Part, PartKind, PartUse, Role
from assistant.questionnaire import FoundTable, Question, Skipped
from assistant.row_questions import NO_QUESTION
from assistant.workflow.drafting import answered_already
from assistant.workflow.layouts import Laid
from assistant.workflow.records import QuestionRecord

SIGNS: Mapping[Role, tuple[str, str]] = {
    Role.QUESTION: ("Q", "questions"),
    Role.CHOICE: ("C", "choice"),
    Role.TEXT: ("T", "written answer"),
    Role.MARK: ("X", "tick box"),
    Role.NUMBER: ("#", "number"),
    Role.SECTION: ("S", "section"),
    Role.NOTHING: ("–", "not used"),
}
"""Letter and words for what a column or place is; the style sheet adds the colour."""

_NARROW, _STEP = 4, 4
_CAPS = (60, 52, 44, 36, 32, 28, 24, 20)
_TOGETHER, _READ = 116, 36
"""Widths of columns in characters: the least, their steps, what the wide ones are cut to, what is seen at once,
and how far the one with the most text is cut."""
NEARBY = 12
"""Places offered for the answer of a single question."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected: a part, and in it a column, a row or a place; 0 and "" stand for none."""

    part: str = ""
    column: int = 0
    row: int = 0
    at: str = ""

    def address(self) -> str:
        """Return the query that selects this."""
        return urlencode(self.arguments())

    def arguments(self) -> dict[str, str | int]:
        """Return it as the fields of a form."""
        values: tuple[tuple[str, str | int], ...] = (
            ("part", self.part), ("column", self.column), ("row", self.row), ("at", self.at),
        )  # fmt: skip
        return {name: value for name, value in values if value}


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of a shown grid; `cell` is None where the document has none."""

    cell: CellView | None
    column: int
    role: Role | None = None
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row; `gap` when rows before it are not shown."""

    number: int
    cells: Sequence[ShownCell]
    gap: bool = False


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column with its name, its heading, the part it mostly plays and its width's class."""

    number: int
    name: str
    heading: str
    role: Role | None
    width: int


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part with its counts; `columns` only while it is shown."""

    part: Part
    questions: int
    left_out: bool
    tables: Sequence[FoundTable]
    columns: Sequence[ShownColumn] = ()

    @property
    def certainty(self) -> float | None:
        """Return the least certainty of the tables in it, None without any."""
        return min((table.certainty for table in self.tables), default=None)


class LayoutPage:
    """Everything the page is made of."""

    def __init__(self, laid: Laid, selection: Selection) -> None:
        """Show `laid` with `selection`, or its part with the most questions selected."""
        self.laid = laid
        self.record, self.view, self.questions = laid.record, laid.view, laid.questions
        asked = [item.question for item in laid.questions]
        self._roles = place_roles(asked, laid.view)
        self._by_part: dict[str, list[QuestionRecord]] = {}
        for item in laid.questions:
            there = laid.view.find(item.question.location)
            if there is not None:
                self._by_part.setdefault(there[0].key, []).append(item)
        self.selection = self._settled(selection)
        uses = {c.part: c.used for c in laid.record.corrections if isinstance(c, PartUse)}
        self.parts = [self._part(part, uses) for part in laid.view.parts]
        self.shown = [part for part in self.parts if laid.view.flow or part.part.key == self.selection.part]
        self.current = next((part for part in self.parts if part.part.key == self.selection.part), None)
        self.placeless = sum(not question.fields for question in asked)
        self.answered = sum(map(answered_already, asked))
        self.known = laid.remembered is not None and laid.remembered.corrections == laid.record.corrections

    def _settled(self, selection: Selection) -> Selection:
        if self.view.part(selection.part) is not None:
            return selection
        there = self.view.find(selection.at) if selection.at else None
        if there is not None:
            return Selection(there[0].key, at=selection.at)
        visible = [part for part in self.view.parts if not part.hidden] or list(self.view.parts)
        most = max(visible, key=lambda part: (len(self._by_part.get(part.key, ())), len(part.cells)), default=None)
        return Selection(most.key) if most else Selection()

    def _part(self, part: Part, uses: Mapping[str, bool]) -> ShownPart:
        own = self._by_part.get(part.key, [])
        tables = [table for table in self.record.found.tables if part_of_place(table.place, self.view) == part.key]
        shown = self.view.flow or part.key == self.selection.part
        return ShownPart(
            part,
            len(own),
            not uses.get(part.key, True),
            tables,
            self._columns(part) if shown else [],
        )

    def rows(self, shown: ShownPart) -> list[ShownRow]:
        """Return the rows of a part that is shown."""
        return _rows(shown.part, [column.number for column in shown.columns], self._roles)

    def _columns(self, part: Part) -> list[ShownColumn]:
        numbers = sorted({cell.column for cell in part.cells})
        widths = _widths(part, numbers)
        plays: dict[int, Counter[Role]] = {}
        # What was said of a column shows even before any question makes use of it.
        said = {c.column: c.role for c in self.record.corrections if isinstance(c, ColumnRole) and c.part == part.key}
        for cell in part.cells:
            role = self._roles.get(str(cell.location))
            if role is not None:
                plays.setdefault(cell.column, Counter())[role] += 1
        return [
            ShownColumn(
                number,
                letters(number) if part.kind is PartKind.SHEET else str(number),
                part.name(number),
                plays[number].most_common(1)[0][0] if number in plays else said.get(number),
                widths[number],
            )
            for number in numbers
        ]

    @property
    def column(self) -> ShownColumn | None:
        """Return the selected column, that of the selected place included."""
        number = self.selection.column
        there = self.cell
        if there is not None:
            number = there.column
        columns = self.current.columns if self.current and self.current.part.kind is not PartKind.TEXT else ()
        return next((column for column in columns if column.number == number), None)

    @property
    def cell(self) -> CellView | None:
        """Return the selected place."""
        there = self.view.find(self.selection.at) if self.selection.at else None
        return there[1] if there else None

    @property
    def row(self) -> Sequence[CellView]:
        """Return the cells of the selected row."""
        part = self.current.part if self.current else None
        return part.rows.get(self.selection.row, ()) if part else ()

    def role(self, cell: CellView) -> Role | None:
        """Return the part that a place plays."""
        return self._roles.get(str(cell.location))

    def asked_at(self, cell: CellView) -> list[QuestionRecord]:
        """Return the questions that stand in a cell."""
        own = self._by_part.get(self.selection.part, [])
        found = ((item, self.view.find(item.question.location)) for item in own)
        return [item for item, there in found if there is not None and there[1] is cell]

    def left_out_at(self, cell: CellView) -> list[Skipped]:
        """Return the questions of a cell that somebody said are none."""
        said = [skip for skip in self.record.found.skipped if skip.reason == NO_QUESTION]
        return [skip for skip in said if (there := self.view.find(skip.location)) is not None and there[1] is cell]

    def asked_in(self, row: int) -> list[QuestionRecord]:
        """Return the questions of a row of the selected part, or of the nearest row above that has any."""
        rows: dict[int, list[QuestionRecord]] = {}
        for item in self._by_part.get(self.selection.part, []):
            there = self.view.find(item.question.location)
            if there is not None and there[1].row <= row:
                rows.setdefault(there[1].row, []).append(item)
        return rows[max(rows)] if rows else []

    def nearby(self, cell: CellView) -> list[CellView]:
        """Return places that could take the answer of the question in `cell`, the nearest first."""
        part = self.current.part if self.current else None
        if part is None:
            return []
        near = [
            other
            for row in range(cell.row, cell.row + 4)
            for other in part.rows.get(row, ())
            if other.fields and (row > cell.row or other.column > cell.column) and self.role(other) is not Role.QUESTION
        ]
        return sorted(near, key=lambda other: (other.row, not other.blank, other.column))[:NEARBY]

    def first_row(self) -> int:
        """Return the row with which a column's part begins when nothing else is said: the one behind the names."""
        part = self.current.part if self.current else None
        if part is None:
            return 1
        own = [there[1].row for item in self._by_part.get(part.key, []) if (there := self._place(item.question))]
        first = part.header + 1
        return min([first, *own]) if own else first

    def _place(self, question: Question) -> tuple[Part, CellView] | None:
        there = self.view.find(question.location)
        return there if not question.label else None

    def places_of(self, question: Question) -> list[str]:
        """Return where the parts of an answer go, in words."""
        found = []
        for each in question.fields[:3]:
            there = self.view.find(each.location)
            name = self.name(there[0], there[1]) if there else str(each.location)
            found.append(f"{'behind ' if each.after else ''}{name}")
        return list(dict.fromkeys(found))

    def name(self, part: Part, cell: CellView) -> str:
        """Return what the page calls a place."""
        if part.kind is PartKind.SHEET:
            return f"{letters(cell.column)}{cell.row}"
        if part.kind is PartKind.TABLE:
            return f"row {cell.row}, {column_name(part, cell.column)}"
        return f"paragraph {cell.row}"

    def option(self, column: int) -> str:
        """Return what a tick in the column stands for: as found, or as its heading says."""
        for item in self._by_part.get(self.selection.part, []):
            part = self.view.part(self.selection.part)
            if part is not None:
                label = roles_of(part, item.question, self.view).options.get(column)
                if label:
                    return label
        part = self.view.part(self.selection.part)
        return part.name(column) if part else ""

    def last_said(self) -> str:
        """Return the last correction in words, "" when there is none."""
        return told(self.record.corrections[-1], self.laid) if self.record.corrections else ""


def told(correction: Correction, laid: Laid) -> str:
    """Return a correction in a few words."""
    if isinstance(correction, ColumnRole):
        part = laid.view.part(correction.part)
        name = column_name(part, correction.column) if part else str(correction.column)
        return f"column {name}: {SIGNS[correction.role][1]}"
    if isinstance(correction, PartUse):
        part = laid.view.part(correction.part)
        return f"{part.title if part else correction.part} {'taken in' if correction.used else 'left out'}"
    names = {"IsQuestion": "question or not", "AnswerGoes": "place of an answer", "Split": "split", "Merge": "joined"}
    return names[type(correction).__name__]


def _widths(part: Part, columns: Sequence[int]) -> Mapping[int, int]:
    """Return column -> its width's class: as in the file, but wide ones narrowed until all are in view together."""
    wide: dict[int, float] = {}
    for column in columns:
        said = part.widths.get(column)
        texts = [len(cell.text) for cell in part.cells if cell.column == column and cell.colspan == 1]
        longest = max(texts, default=0)
        wanted = min(longest, 40) if part.kind is PartKind.TABLE or not longest else 10
        wide[column] = max(_NARROW, said if said is not None else wanted)
    most = next((cap for cap in _CAPS if sum(min(width, cap) for width in wide.values()) <= _TOGETHER), _CAPS[-1])
    written = Counter(dict.fromkeys(columns, 0))
    for cell in part.cells:
        written[cell.column] += len(cell.text) if cell.colspan == 1 else 0
    read = written.most_common(1)[0][0] if columns else 0
    caps = {column: max(most, _READ) if column == read else most for column in columns}
    return {column: int(-(-min(width, caps[column]) // _STEP) * _STEP) for column, width in wide.items()}


def _rows(part: Part, columns: Sequence[int], roles: Mapping[str, Role]) -> list[ShownRow]:
    """Return the rows with merged cells as spans over what is shown."""
    last = max(part.rows, default=0)
    numbers = sorted({row for row, _ in part.grid if row <= last})
    found: list[ShownRow] = []
    before = 0
    for number in numbers:
        cells: list[ShownCell] = []
        for column in columns:
            cell = part.at(number, column)
            if cell is None:
                cells.append(ShownCell(None, column))
                continue
            across = [other for other in columns if cell.column <= other < cell.column + cell.colspan]
            if cell.row != number or column != across[0]:
                continue
            down = cell.rowspan
            if down > 1:
                down = bisect_left(numbers, cell.row + cell.rowspan) - bisect_left(numbers, cell.row)
            cells.append(ShownCell(cell, column, roles.get(str(cell.location)), down, len(across)))
        found.append(ShownRow(number, cells, gap=number > before + 1))
        before = number
    return found
