"""A Word document as it looks: its runs of paragraphs and its tables, with what each place would take as an answer.

Bounded: no more than `MAX_SHOWN` paragraphs and cells, and no columns after `MAX_COLUMNS`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from assistant.documents.package import Package, parse_xml
from assistant.documents.word.answers import words_beside_table
from assistant.documents.word.blocks import Cell, Paragraph, Table
from assistant.documents.word.building import read_body
from assistant.documents.word.fields import cell_fields, is_ticked, line_fields, line_marks, lone_box, mark_field
from assistant.documents.word.markup import BODY, W, whole
from assistant.documents.word.memory import memory
from assistant.documents.word.parts import document_part, related
from assistant.documents.word.styles import Styles
from assistant.documents.word.thinning import thinned
from assistant.layout import CellView, Part, PartKind, View
from assistant.questionnaire import AnswerField, FieldKind, Location

MAX_SHOWN, MAX_COLUMNS = 50_000, 100
_TWIPS_A_CHARACTER = 110
_COLOUR = re.compile(r"^[0-9a-f]{6}$")


@memory()
def view(package: Package) -> View:
    """Return the blocks of the document in `package` in order, nested tables behind the one they stand in.

    :raises UnreadableDocumentError: when the package holds no readable Word document.
    """
    name = document_part(package)
    body = parse_xml(thinned(package.part(name)), name).find(BODY)
    if body is None:
        return View((), flow=True)
    styles = related(package, name, "styles")
    found = read_body(body, Styles(parse_xml(thinned(package.part(styles)), styles) if styles else None))
    return View(tuple(_Parts().of(found.blocks)), flow=True)


class _Parts:
    """Makes parts of blocks, until there are enough."""

    def __init__(self) -> None:
        self._parts: list[Part] = []
        self._texts = self._tables = self._shown = 0
        self._heading = ""
        self._titles: Counter[str] = Counter()

    def of(self, blocks: list[Paragraph | Table]) -> list[Part]:
        run: list[Paragraph] = []
        for block in blocks:
            if isinstance(block, Paragraph):
                run.append(block)
                continue
            self._text(run)
            run = []
            self._table(block)
        self._text(run)
        return self._parts

    def _text(self, run: list[Paragraph]) -> None:
        if all(paragraph.blank for paragraph in run):
            return
        cells = [_line(paragraph, row) for row, paragraph in enumerate(run, 1)]
        left = MAX_SHOWN - self._shown
        rest = f"{len(cells) - left:,} further paragraphs are not shown." if len(cells) > left else ""
        headings = [cell.text for cell in cells if cell.bold and not cell.blank]
        title = headings[0] if headings else "Text"
        self._heading = headings[-1] if headings else ""
        self._texts += 1
        self._shown += len(cells[:left])
        self._parts.append(
            Part(f"text[{self._texts - 1}]", _short(title), PartKind.TEXT, tuple(cells[: max(left, 0)]), rest=rest)
        )

    def _table(self, table: Table) -> None:
        cells: dict[int, CellView] = {}
        nested: list[Table] = []
        rest = ""
        for row, line in enumerate(table.rows, 1):
            if self._shown >= MAX_SHOWN:
                rest = f"{len(table.rows) - row + 1:,} further rows are not shown."
                break
            for cell in line.cells:
                above = cells.get(id(cell.above)) if cell.above is not None else None
                if above is not None:
                    cells[id(cell.above)] = replace(above, rowspan=row - above.row + 1)
                elif cell.start < MAX_COLUMNS:
                    cells[id(cell)] = _cell(cell, row)
                nested += cell.tables
            self._shown += len(line.cells)
        self._tables += 1
        part = Part(table.path, "", PartKind.TABLE, tuple(cells.values()), _widths(table), rest=rest)
        names = [part.name(column) for column in range(1, part.columns + 1)]
        title = _short(self._heading or " · ".join(dict.fromkeys(filter(None, names))) or f"Table {self._tables}")
        self._titles[title] += 1
        numbered = f"{title} ({self._titles[title]})" if self._titles[title] > 1 else title
        self._parts.append(replace(part, title=numbered))
        for inner in nested:
            self._table(inner)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def _widths(table: Table) -> Mapping[int, float]:
    """Return the widths of the grid's columns in characters (ECMA-376 Part 1, 17.4.16 `gridCol`)."""
    found = {}
    for column, node in enumerate(table.node.iterfind(f"{W}tblGrid/{W}gridCol"), 1):
        width = whole(node.get(W + "w"))
        if width:
            found[column] = width / _TWIPS_A_CHARACTER
    return found


def _line(paragraph: Paragraph, row: int) -> CellView:
    """Return a paragraph; one with words of its own takes an answer behind it."""
    place = Location(paragraph.path)
    fields: list[AnswerField] = []
    marks = line_marks([paragraph]) if paragraph.boxes else []
    if marks:
        fields.append(mark_field(marks))
    fields += line_fields(paragraph)
    if not fields:
        fields.append(AnswerField(FieldKind.TEXT, place, after=not paragraph.blank))
    heading = paragraph.style.heading > 0
    bold = heading or (bool(paragraph.text.strip()) and paragraph.bold)
    return CellView(place, row, 1, paragraph.text.strip(), fields=tuple(fields), bold=bold)


def _cell(cell: Cell, row: int) -> CellView:
    place = Location(cell.path)
    reason = ""
    if lone_box(cell):
        value = "" if is_ticked(cell) else None
        fields: tuple[AnswerField, ...] = (AnswerField(FieldKind.MARK, place, marks=(("", place),), value=value),)
    elif cell.tables:
        fields = tuple(words_beside_table(cell))
        reason = "" if fields else "the cell holds a table"
    else:
        fields = tuple(cell_fields(cell))
        reason = "" if fields else "its fields are locked"
    return CellView(
        place,
        row,
        cell.start + 1,
        cell.text,
        colspan=max(1, min(cell.span, MAX_COLUMNS - cell.start)),
        fields=fields,
        reason=reason,
        bold=any(paragraph.bold for paragraph in cell.paragraphs if paragraph.text.strip()),
        fill=cell.shade if _COLOUR.match(cell.shade) else "",
    )
