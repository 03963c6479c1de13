"""What a customer's document looks like, and what people put right in how it was understood. Standard library only.

A `View` shows any format alike: parts (a sheet, a table, a run of paragraphs), each a sparse grid of
cells. A `Correction` is one thing a person said about it; `assistant.correcting` applies them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from assistant.questionnaire import AnswerField, FieldKind, Location, Questionnaire, Skipped

_LONGEST_NAME = 80
_NO_NAME = re.compile(r"[?？]$|^[\d.,:/%\s-]+$")
_TOP_ROWS = 25
"""Rows in which the names of the columns are looked for."""


class Role(StrEnum):
    """The part a column, or a single place, plays."""

    QUESTION = "question"
    CHOICE = "choice"
    MARK = "mark"
    TEXT = "text"
    NUMBER = "number"
    SECTION = "section"
    NOTHING = "nothing"


ANSWERING = frozenset({Role.CHOICE, Role.MARK, Role.TEXT})


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell or paragraph as it is seen; rows and columns count from 1.

    `fields` are the fields it makes as an answer place; none when it takes no answer, and `reason`
    says why. A place that can only be ticked has one mark without a label. `fill` is a colour like
    `ffcc00`, "" for none.
    """

    location: Location
    row: int
    column: int
    text: str = ""
    rowspan: int = 1
    colspan: int = 1
    fields: tuple[AnswerField, ...] = ()
    reason: str = ""
    bold: bool = False
    fill: str = ""

    @property
    def blank(self) -> bool:
        """Return whether nothing is written in it."""
        return not self.text.strip()


class PartKind(StrEnum):
    """What a part of a document is."""

    SHEET = "sheet"
    TABLE = "table"
    TEXT = "text"


@dataclass(frozen=True)
class Part:
    """A sheet, a table or a run of paragraphs.

    `key` names it in corrections and is the same in another file of the same form. `widths` are the
    columns' widths in characters, `frozen` the rows that stay in view, `rest` a sentence about what
    is not shown.
    """

    key: str
    title: str
    kind: PartKind
    cells: tuple[CellView, ...]
    widths: Mapping[int, float] = field(default_factory=dict)
    frozen: int = 0
    hidden: bool = False
    rest: str = ""

    @cached_property
    def grid(self) -> Mapping[tuple[int, int], CellView]:
        """Return (row, column) -> the cell that is seen there, merged ones at each place they cover."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for column in range(cell.column, cell.column + cell.colspan)
        }

    @cached_property
    def rows(self) -> Mapping[int, tuple[CellView, ...]]:
        """Return row -> the cells that begin in it, in order."""
        found: dict[int, list[CellView]] = {}
        for cell in self.cells:
            found.setdefault(cell.row, []).append(cell)
        return {row: tuple(sorted(cells, key=lambda cell: cell.column)) for row, cells in sorted(found.items())}

    @cached_property
    def columns(self) -> int:
        """Return the number of the last column."""
        return max((cell.column + cell.colspan - 1 for cell in self.cells), default=0)

    @cached_property
    def header(self) -> int:
        """Return the row that names the columns, 0 when none seems to: the first of those at the top that say most."""
        if self.kind is PartKind.TEXT:
            return 0
        best, most = 0, 1
        for row in list(self.rows)[:_TOP_ROWS]:
            said = [cell.text.strip() for cell in self.rows[row] if not cell.blank]
            names = all(len(text) <= _LONGEST_NAME and not _NO_NAME.search(text) for text in said)
            if names and len(said) > most:
                best, most = row, len(said)
        return best

    def at(self, row: int, column: int) -> CellView | None:
        """Return the cell that is seen at the place, or None."""
        return self.grid.get((row, column))

    def name(self, column: int) -> str:
        """Return what the header calls the column."""
        cell = self.at(self.header, column) if self.header else None
        return " ".join(cell.text.split()) if cell else ""


@dataclass(frozen=True)
class View:
    """A whole document as it looks; with `flow` its parts are read one after another, otherwise one at a time."""

    parts: tuple[Part, ...]
    flow: bool = False

    @cached_property
    def _places(self) -> Mapping[str, tuple[Part, CellView]]:
        return {str(cell.location): (part, cell) for part in self.parts for cell in part.cells}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Return key of a part -> its position."""
        return {part.key: position for position, part in enumerate(self.parts)}

    def part(self, key: str) -> Part | None:
        """Return the part called `key`, or None."""
        return self.parts[self.order[key]] if key in self.order else None

    def find(self, location: str) -> tuple[Part, CellView] | None:
        """Return part and cell at `location`, or those it lies in; None when it is not in view."""
        while location:
            if location in self._places:
                return self._places[location]
            location = location.rpartition("/")[0]
        return None


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """The column plays `role` in the rows `first` to `last` (None: to the end); `option` is what a mark says."""

    part: str
    column: int
    role: Role
    first: int = 1
    last: int | None = None
    option: str = ""


@dataclass(frozen=True, slots=True)
class PartUse:
    """The part is, or is not, one that asks."""

    part: str
    used: bool


@dataclass(frozen=True, slots=True)
class IsQuestion:
    """What stands at `at`, `text`, is a question or (`yes` False) none."""

    at: Location
    text: str
    yes: bool


@dataclass(frozen=True, slots=True)
class AnswerGoes:
    """The answer of a question goes to `at`, its choice or its text."""

    question: Location
    text: str
    at: Location
    field: FieldKind


@dataclass(frozen=True, slots=True)
class Split:
    """Each line of the question is a question of its own."""

    question: Location
    text: str


@dataclass(frozen=True, slots=True)
class Merge:
    """The question goes on the one before it."""

    question: Location
    text: str


Correction = ColumnRole | PartUse | IsQuestion | AnswerGoes | Split | Merge

_KINDS: Mapping[str, type[Correction]] = {
    "column": ColumnRole,
    "part": PartUse,
    "question": IsQuestion,
    "answer": AnswerGoes,
    "split": Split,
    "merge": Merge,
}


def as_json(correction: Correction) -> dict[str, Any]:
    """Return the correction as the database keeps it."""
    kind = next(name for name, made in _KINDS.items() if isinstance(correction, made))
    return {"kind": kind, **asdict(correction)}


def from_json(shape: Mapping[str, Any]) -> Correction:
    """Return the correction that `as_json` described."""
    values = {name: value for name, value in shape.items() if name != "kind"}
    if "role" in values:
        values["role"] = Role(values["role"])
    if "field" in values:
        values["field"] = FieldKind(values["field"])
    return _KINDS[shape["kind"]](**values)


def fingerprint(found: Questionnaire, view: View) -> str:
    """Return a digest (SHA-256, hex) that files of one form share, whatever rows and answers they hold.

    Format, titles of sheets or shapes of tables, the names of columns; of a text its headings.
    """
    said: list[Any] = [found.format]
    for part in view.parts:
        if part.kind is PartKind.TEXT:
            said += [_plain(cell.text) for cell in part.cells if cell.bold and not cell.blank]
        else:
            names = [_plain(part.name(column)) for column in range(1, part.columns + 1)] if part.header else []
            said.append([part.title if part.kind is PartKind.SHEET else part.columns, *names])
    if not any(part.kind is not PartKind.TEXT for part in view.parts) and len(said) == 1:
        said += [_plain(cell.text) for part in view.parts for cell in part.cells if not cell.blank][:5]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def needs_a_look(found: Questionnaire) -> bool:
    """Return whether so little of what was found is certain that a person should look before confirming it."""
    asked = [question for question in found.questions if not question.label]
    if not asked or not any(question.fields for question in asked):
        return True
    unsure = sum(question.certainty < UNSURE for question in asked)
    if unsure > SHARE_UNSURE * len(asked) or any(
        table.certainty < UNSURE and table.questions for table in found.tables
    ):
        return True
    return bool(asking_left_out(found))


def asking_left_out(found: Questionnaire) -> list[Skipped]:
    """Return the texts with a question mark at their end that were left out and are not asked elsewhere either.

    There are none where it is a single one, which is an example as a rule.
    """
    known = {_plain(question.text) for question in found.questions}
    asking = (skip for skip in found.skipped if _ASKING_END.search(skip.text))
    lost = [skip for skip in asking if _plain(skip.text) not in known]
    return lost if len(lost) > MOST_LEFT_OUT else []


_ASKING_END = re.compile(r"[?？][\W_]*+$")
"""A question mark at the end, empty boxes behind it apart."""

UNSURE = 0.6
"""A question or table less certain than this is one to look at."""
SHARE_UNSURE = 0.2
MOST_LEFT_OUT = 1
"""Texts with a question mark that may be left out, such as an example; more is rarely right."""


def same(one: str, other: str) -> bool:
    """Return whether two texts say the same, spaces apart."""
    return " ".join(one.split()) == " ".join(other.split())


def carried_over(view: View, corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """Return those of `corrections` that hold in another file of the same form.

    Columns and parts by their names, single places only where the same text stands.
    """
    kept: list[Correction] = []
    for correction in corrections:
        if isinstance(correction, ColumnRole | PartUse):
            holds = view.part(correction.part) is not None
        else:
            at = correction.at if isinstance(correction, IsQuestion) else correction.question
            there = view.find(at)
            holds = there is not None and _says(there[1].text, correction.text)
            if isinstance(correction, AnswerGoes):
                holds = holds and view.find(correction.at) is not None
        if holds:
            kept.append(correction)
    return tuple(kept)


def _says(shown: str, text: str) -> bool:
    """Return whether the cell that shows `shown` holds the question `text`, which may lack its number."""
    return _plain(text) in _plain(shown)
