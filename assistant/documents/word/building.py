"""Building the reader's blocks from the document's tree, in one flat pass in document order.

A pass that asks the C library for the few kinds of elements that matter is several times faster than
walking element by element; what a content control or a text box makes difficult is read with care.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from assistant.documents.word.blocks import Cell, Paragraph, Row, Table
from assistant.documents.word.controls import (
    BOX,
    EMPTY_BOX,
    TICKED_BOX,
    Box,
    checkbox_ticked,
    input_around,
    is_checkbox,
)
from assistant.documents.word.lines import Line, find_boxes, line_of
from assistant.documents.word.markup import (
    BR,
    CR,
    FIELD,
    NO_BREAK_HYPHEN,
    SDT,
    SYM,
    TAB,
    TBL,
    TC,
    TR,
    TRANSPARENT,
    VAL,
    Node,
    P,
    R,
    T,
    W,
    says_on,
    whole,
)
from assistant.documents.word.numbering import Numbering
from assistant.documents.word.styles import Style, Styles
from assistant.documents.word.words import TYPED_BULLETS

_STYLE, _NUMBERING, _LEVEL, _OUTLINE = W + "pStyle", W + "numId", W + "ilvl", W + "outlineLvl"
_SPAN, _MERGE, _SHADE = W + "gridSpan", W + "vMerge", W + "shd"
_HEADER, _BEFORE = W + "tblHeader", W + "gridBefore"
_PROPERTIES = frozenset({_SPAN, _MERGE, _SHADE, _HEADER, _BEFORE})
"""What matters of the properties of rows and cells."""
_FILL = W + "fill"
_TEXT_BOX, _MOVED = W + "txbxContent", W + "moveFrom"
_HIDING = frozenset({_MOVED, _TEXT_BOX, W + "vanish"})
_TRACKED = frozenset({W + "ins", W + "del"})
_WANTED = (
    T,
    P,
    _STYLE,
    FIELD,
    TC,
    _NUMBERING,
    _LEVEL,
    _OUTLINE,
    TR,
    TBL,
    BR,
    TAB,
    CR,
    NO_BREAK_HYPHEN,
    SYM,
    SDT,
    *_HIDING,
    *_PROPERTIES,
    *_TRACKED,
)


@dataclass(slots=True, eq=False)
class Body:
    """What a document's body holds: its blocks in order, its text boxes, whether changes of it are tracked."""

    blocks: list[Paragraph | Table]
    boxes: list[Node]
    tracked: bool


def read_body(body: Node, styles: Styles, numbering: Numbering | None = None) -> Body:
    """Return what a document's body holds."""
    return _Builder(body, styles, numbering or Numbering(None)).build()


_Known = TypeVar("_Known")


class _Builder:
    """Builds blocks; knows the styles, and what is open. The body is a holder of blocks as cells are."""

    def __init__(self, body: Node, styles: Styles, numbering: Numbering) -> None:
        self._body, self._styles, self._numbering = body, styles, numbering
        self._whole = Cell(body, "body", 0)
        self._holders: dict[Node, Cell] = {body: self._whole}
        self._around: dict[Node, tuple[Node, ...]] = {}
        self._applied: set[Node] = set()
        self._tables: dict[Node, tuple[Table, dict[int, Cell]]] = {}
        self._rows: dict[Node, _Row] = {}
        self._row: _Row | None = None
        self._paragraph: Paragraph | None = None
        self._parts: list[str] = []
        self._line: Line | None = None
        self._careful = False
        self._controls: tuple[Node, ...] = ()
        self._numbered = False
        self._boxes: list[Node] = []
        self._tracked = False

    def build(self) -> Body:
        for node in self._body.iter(*_WANTED):
            tag = node.tag
            if tag == T:
                if self._line is None:
                    self._parts.append(node.text or "")
                else:
                    self._line.say(node.text or "")
            elif tag == P:
                self._finish()
                self._open(node)
            elif tag == TC:
                self._finish()
                self._open_cell(node)
            elif tag in _PROPERTIES:
                self._property(node, tag)
            elif tag == TR:
                self._finish()
                self._open_row(node)
            elif tag == TBL:
                self._finish()
                self._open_table(node)
            elif tag in _TRACKED:
                self._tracked = True
            else:
                if tag == _MOVED:
                    self._tracked = True
                elif tag == _TEXT_BOX:
                    self._boxes.append(node)
                if self._paragraph is not None:
                    self._inline(node, tag)
        self._finish()
        for cell in self._holders.values():
            cell.complete()
        return Body(self._whole.blocks, self._boxes, self._tracked)

    def _inline(self, node: Node, tag: str) -> None:
        paragraph = self._paragraph
        assert paragraph is not None
        if tag == _STYLE:
            if not self._numbered and not paragraph.style.heading:
                paragraph.style = self._styles.of(node.get(VAL, ""))
        elif tag == FIELD:
            if self._line is None and len(node):
                self._line = Line()
                for part in self._parts:
                    self._line.say(part)
            if self._line is not None:
                self._line.field(node)
        elif tag == _NUMBERING:
            self._numbered, paragraph.list_id = True, node.get(VAL, "0")
        elif tag == _LEVEL:
            paragraph.level = whole(node.get(VAL)) or 0
        elif tag == _OUTLINE:
            level = whole(node.get(VAL))
            if level is not None and level < 9:  # 9 is body text
                paragraph.style = Style(level + 1, paragraph.style.list_id, paragraph.style.contents)
        elif tag == TAB:
            if _parent(node).tag == R:
                self._say("\t")
        elif tag in (BR, CR):
            self._say("\n")
        elif tag == NO_BREAK_HYPHEN:
            self._say("-")
        elif tag == SYM:
            if self._line is None:
                self._line = Line()
                for part in self._parts:
                    self._line.say(part)
            self._line.symbol(node)
        elif tag in _HIDING or self._inside(node):
            self._careful = True

    def _inside(self, control: Node) -> bool:
        """Return whether a content control stands in the open paragraph, not around a block behind it."""
        assert self._paragraph is not None
        parent = control.getparent()
        while (
            parent is not None
            and parent not in self._holders
            and parent not in self._rows
            and parent not in self._tables
        ):
            if parent is self._paragraph.node:
                return True
            parent = parent.getparent()
        return False

    def _say(self, text: str) -> None:
        if self._line is None:
            self._parts.append(text)
        else:
            self._line.say(text)

    def _finish(self) -> None:
        """Complete the open paragraph."""
        paragraph, parts = self._paragraph, self._parts
        if parts:
            self._parts = []
        if paragraph is None:
            return
        self._paragraph = None
        if paragraph.style.list_id and not self._numbered:
            paragraph.list_id, paragraph.level = paragraph.style.list_id, paragraph.style.level
        if paragraph.list_id and paragraph.list_id != "0":
            paragraph.listed = True
            paragraph.number = self._numbering.number(paragraph.list_id, paragraph.level)
        if self._careful:
            self._line = line_of(paragraph.node)
        if self._line is not None:
            self._line.close()
            text = paragraph.text = self._line.text
            paragraph.inputs = tuple(self._line.inputs)
            paragraph.boxes = find_boxes(text, self._line.special)
            self._line = None
        elif parts:
            text = paragraph.text = parts[0] if len(parts) == 1 else "".join(parts)
            if not (text.isascii() and "[" not in text and "(" not in text) and BOX.search(text):
                paragraph.boxes = find_boxes(text, {})
        else:
            text = ""
        if text and text[0] in TYPED_BULLETS and not paragraph.boxes:
            paragraph.listed = True
        if self._controls:
            self._apply(paragraph)
        self._careful = self._numbered = False

    def _apply(self, paragraph: Paragraph) -> None:
        """Make the first paragraph inside a content control the box or input that the control is, the others blank."""
        for control in self._controls:
            if is_checkbox(control):
                ticked = checkbox_ticked(control)
                paragraph.text = TICKED_BOX if ticked else EMPTY_BOX
                paragraph.boxes, paragraph.inputs = (Box(0, 1, ticked, control),), ()
                return
            found = input_around(control)
            if found is not None:
                paragraph.text, paragraph.boxes = "", ()
                paragraph.inputs = () if control in self._applied else (found,)
                self._applied.add(control)
                return

    def _open(self, node: Node) -> None:
        known = self._holders.get(_parent(node))
        if known is None:
            known, self._controls = _within(node, self._holders)
            if known is None:  # in a text box or another place that no location names
                return
        else:
            self._controls = ()
        if self._around and known.node in self._around:
            self._controls = (*self._controls, *self._around[known.node])
        paragraph = self._paragraph = Paragraph(node, f"{known.path}/p[{len(known.paragraphs)}]")
        known.add(paragraph)

    def _open_table(self, node: Node) -> None:
        known, _ = _within(node, self._holders)
        if known is None:
            return
        table = Table(node, f"{known.path}/tbl[{len(known.tables)}]")
        known.add_table(table)
        self._tables[node] = (table, {})

    def _open_row(self, node: Node) -> None:
        self._row = None
        known, _ = _within(node, self._tables)
        if known is None:
            return
        table, merges = known
        row = Row(f"{table.path}/tr[{len(table.rows)}]", [])
        table.rows.append(row)
        self._row = self._rows[node] = _Row(node, row, merges)

    def _open_cell(self, node: Node) -> None:
        known = self._row
        controls: tuple[Node, ...] = ()
        if known is None or known.node is not _parent(node):
            known, controls = _within(node, self._rows)
            if known is None:
                return
        row = known.row
        if row.cells:
            last = row.cells[-1]
            column = last.start + last.span
        else:
            column = known.before
        cell = Cell(node, f"{row.path}/tc[{len(row.cells)}]", column)
        row.cells.append(cell)
        known.cell, known.above = cell, known.merges.pop(column, None)
        self._row = known
        self._holders[node] = cell
        if controls:
            self._around[node] = controls

    def _property(self, node: Node, tag: str) -> None:
        """Take a property of the open row or its last cell; those of other things, or of before a change, are none."""
        known, holder = self._row, _parent(_parent(node))
        if known is None:
            return
        if holder is known.node:
            if tag == _HEADER:
                known.row.header = says_on(node)
            elif tag == _BEFORE:
                known.before = whole(node.get(VAL)) or 0
            return
        cell = known.cell
        if cell is None or holder is not cell.node:
            return
        if tag == _SPAN:
            cell.span = whole(node.get(VAL)) or 1
        elif tag == _SHADE:
            shade = node.get(_FILL, "").casefold()
            cell.shade = "" if shade in {"auto", "ffffff"} else shade
        elif tag == _MERGE:
            if node.get(VAL) == "restart":
                known.merges[cell.start] = cell
            elif known.above is not None:
                cell.above = known.merges[cell.start] = known.above


@dataclass(slots=True, eq=False)
class _Row:
    """A row being built: the cells that go on below, the columns left out before it, its last cell and what is above.

    What is `above` the last cell goes on in it when the cell says so.
    """

    node: Node
    row: Row
    merges: dict[int, Cell]
    before: int = 0
    cell: Cell | None = None
    above: Cell | None = None


def _within(node: Node, known: Mapping[Node, _Known]) -> tuple[_Known | None, tuple[Node, ...]]:
    """Return which of the `known` holds a node, wrappers looked through, and the controls in between.

    The innermost control stands first; there is None when something else holds it.
    """
    parent = _parent(node)
    controls: tuple[Node, ...] = ()
    while parent.tag in TRANSPARENT:
        if parent.tag == SDT:
            controls = (*controls, parent)
        parent = _parent(parent)
    return known.get(parent), controls


def _parent(node: Node) -> Node:
    parent = node.getparent()
    assert parent is not None
    return parent
