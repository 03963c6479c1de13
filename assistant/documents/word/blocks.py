"""The document as the reader sees it: paragraphs, tables, rows and cells, with their places.

One pass over the tree. A paragraph's text shows every box, of whichever kind, as a character, and
leaves out what stands in inputs (their values are the customer's answers, not the form's words).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from assistant.documents.word.controls import (
    BOX,
    EMPTY_BOX,
    EMPTY_GLYPHS,
    TICKED_BOX,
    Box,
    Input,
    InputKind,
    checkbox_ticked,
    input_of,
    is_checkbox,
    legacy,
    legacy_input,
    legacy_ticked,
    legacy_value,
    symbol_ticked,
)
from assistant.documents.word.markup import (
    BR,
    CR,
    FIELD,
    FIELD_TYPE,
    NO_BREAK_HYPHEN,
    PPR,
    SDT,
    SDT_CONTENT,
    SYM,
    TAB,
    TBL,
    TC,
    TCPR,
    TR,
    TRANSPARENT,
    UNSEEN,
    VAL,
    Node,
    P,
    R,
    T,
    W,
    is_on,
    value_of,
)

_MOVED, _BOXED_TEXT = W + "moveFrom", W + "txbxContent"
_NUMBER = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says about its paragraphs: heading level (0 none), whether it numbers them."""

    heading: int = 0
    numbered: bool = False
    contents: bool = False


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its visible text without inputs, the boxes and inputs in it."""

    node: Node
    path: str
    text: str
    style: Style
    listed: bool
    level: int
    boxes: tuple[Box, ...] = ()
    inputs: tuple[Input, ...] = ()
    bold: bool = False

    @property
    def blank(self) -> bool:
        """Return whether there is nothing in it at all."""
        return not self.text.strip() and not self.inputs


@dataclass(slots=True)
class Cell:
    """A table cell: grid column and width, the blocks in it, `above` when it continues a vertical merge."""

    node: Node
    path: str
    start: int
    span: int
    blocks: list[Paragraph | Table]
    shade: str = ""
    above: Cell | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    text: str = ""

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Return the boxes in the cell's own paragraphs."""
        return tuple(box for paragraph in self.paragraphs for box in paragraph.boxes)

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Return the inputs in the cell's own paragraphs."""
        return tuple(found for paragraph in self.paragraphs for found in paragraph.inputs)

    @property
    def tables(self) -> list[Table]:
        """Return the tables nested in the cell."""
        return [block for block in self.blocks if isinstance(block, Table)]

    @property
    def blank(self) -> bool:
        """Return whether there is nothing in it at all."""
        return not self.text and all(paragraph.blank for paragraph in self.paragraphs) and not self.tables


@dataclass(slots=True)
class Row:
    """A table row; `header` when Word repeats it on every page."""

    path: str
    cells: list[Cell]
    header: bool = False


@dataclass(slots=True)
class Table:
    """A table."""

    node: Node
    path: str
    rows: list[Row]


def read_styles(root: Node | None) -> dict[str, Style]:
    """Return the styles of a styles part by their ids, "" for the default."""
    found: dict[str, Style] = {}
    if root is None:
        return found
    raw: dict[str, tuple[str, Node]] = {}
    for style in root.iter(W + "style"):
        if style.get(W + "type") in (None, "paragraph"):
            raw[style.get(W + "styleId", "")] = (value_of(style, "basedOn") or "", style)
    for name in raw:
        heading, numbered, contents, seen, current = 0, False, False, set(), name
        while current in raw and current not in seen:
            seen.add(current)
            based, style = raw[current]
            called = (value_of(style, "name") or "").casefold()
            properties = style.find(PPR)
            outline = value_of(properties, "outlineLvl")
            if not heading and outline and outline.isdigit() and int(outline) < 9:
                heading = int(outline) + 1
            if not heading and called.startswith(("heading", "überschrift", "titre", "título")):
                number = _NUMBER.search(called)
                heading = int(number.group()) if number else 1
            if not heading and called in {"title", "titel"}:
                heading = 1
            contents = contents or called.startswith("toc")
            if properties is not None and properties.find(W + "numPr") is not None:
                numbered = numbered or value_of(properties.find(W + "numPr"), "numId") not in (None, "0")
            current = based
        found[name] = Style(heading, numbered, contents)
    return found


def read_body(body: Node, styles: Mapping[str, Style]) -> list[Paragraph | Table]:
    """Return the blocks of a document's body in order."""
    return _Builder(styles).blocks(body, "body", ())


class _Builder:
    """Builds blocks; knows the styles."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self._styles = styles
        self._plain = Style()

    def blocks(self, container: Node, path: str, controls: tuple[Node, ...]) -> list[Paragraph | Table]:
        found: list[Paragraph | Table] = []
        paragraphs = tables = 0
        for node, around in _within(container, controls):
            if node.tag == P:
                found.append(self.paragraph(node, f"{path}/p[{paragraphs}]", around))
                paragraphs += 1
            elif node.tag == TBL:
                found.append(self.table(node, f"{path}/tbl[{tables}]"))
                tables += 1
        return found

    def table(self, node: Node, path: str) -> Table:
        rows: list[Row] = []
        open_merges: dict[int, Cell] = {}
        for child, around in _within(node, ()):
            if child.tag != TR:
                continue
            place = f"{path}/tr[{len(rows)}]"
            properties = child.find(W + "trPr")
            before = value_of(properties, "gridBefore")
            column = int(before) if before and before.isdigit() else 0
            cells: list[Cell] = []
            for inner, controls in _within(child, around):
                if inner.tag != TC:
                    continue
                cell = self.cell(inner, f"{place}/tc[{len(cells)}]", column, controls, open_merges)
                cells.append(cell)
                column += cell.span
            rows.append(Row(place, cells, is_on(properties, "tblHeader")))
        return Table(node, path, rows)

    def cell(
        self, node: Node, path: str, column: int, controls: tuple[Node, ...], open_merges: dict[int, Cell]
    ) -> Cell:
        properties = node.find(TCPR)
        span, shade, merged = 1, "", None
        if properties is not None:
            wide = value_of(properties, "gridSpan")
            span = int(wide) if wide and wide.isdigit() else 1
            shading = properties.find(W + "shd")
            shade = "" if shading is None else shading.get(W + "fill", "").casefold()
            merged = value_of(properties, "vMerge")
        blocks = self.blocks(node, path, controls)
        paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
        text = "\n".join(paragraph.text for paragraph in paragraphs).strip()
        cell = Cell(
            node, path, column, span, blocks, "" if shade in {"auto", "ffffff"} else shade, None, paragraphs, text
        )
        if merged is None:
            open_merges.pop(column, None)
        elif merged == "restart":
            open_merges[column] = cell
        else:
            cell.above = open_merges.get(column)
        return cell

    def paragraph(self, node: Node, path: str, controls: tuple[Node, ...]) -> Paragraph:
        properties = node.find(PPR)
        style, listed, level = self._plain, False, 0
        if properties is not None:
            style = self._styles.get(value_of(properties, "pStyle") or "", self._plain)
            numbering = properties.find(W + "numPr")
            listed = style.numbered
            if numbering is not None:
                listed = value_of(numbering, "numId") not in (None, "0")
                depth = value_of(numbering, "ilvl")
                level = int(depth) if depth and depth.isdigit() else 0
            outline = value_of(properties, "outlineLvl")
            if outline and outline.isdigit() and int(outline) < 9:
                style = Style(int(outline) + 1, style.numbered, style.contents)
        text, special, inputs = scan(node)
        boxes = find_boxes(text, special)
        for control in controls:
            if is_checkbox(control):
                ticked = checkbox_ticked(control)
                text = TICKED_BOX if ticked else EMPTY_BOX
                boxes, inputs = (Box(0, 1, ticked, control),), ()
                break
            found = input_of(control)
            if found is not None and _fills(control, found):
                text, boxes, inputs = "", (), (found,)
                break
        return Paragraph(node, path, text, style, listed, level, boxes, inputs)


def _fills(control: Node, found: Input) -> bool:
    """Return whether a control around blocks is a place to fill, and no mere frame around part of the form."""
    if found.value is None or found.kind is not InputKind.TEXT:
        return True
    content = control.find(SDT_CONTENT)
    return content is not None and len(content) == 1 and content[0].tag == P


def _within(container: Node, controls: tuple[Node, ...]) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """Yield the children, wrappers looked through, each with the content controls around it, innermost first."""
    for child in container:
        if child.tag in TRANSPARENT:
            yield from _within(child, (child, *controls) if child.tag == SDT else controls)
        else:
            yield child, controls


def find_boxes(text: str, special: Mapping[int, Box]) -> tuple[Box, ...]:
    """Return the boxes in a paragraph's text: those in `special` and printed ones."""
    if not special and not any(character in text for character in "[(") and not _GLYPHS.search(text):
        return ()
    found = []
    for match in BOX.finditer(text):
        known = special.get(match.start())
        if known is not None:
            found.append(known)
        else:
            glyph = match.group()
            ticked = glyph[0] not in EMPTY_GLYPHS and bool(glyph[0] not in "[(" or glyph[1:-1].strip())
            found.append(Box(match.start(), match.end(), ticked))
    return tuple(found)


_GLYPHS = BOX


def scan(paragraph: Node) -> tuple[str, dict[int, Box], tuple[Input, ...]]:
    """Return a paragraph's text, its boxes that are no plain characters by offset, and its inputs."""
    parts: list[str] = []
    for node in paragraph.iter(T, TAB, BR, CR, NO_BREAK_HYPHEN, SYM, FIELD, SDT, _MOVED, _BOXED_TEXT):
        tag = node.tag
        if tag == T:
            parts.append(node.text or "")
        elif tag == TAB:
            if node.getparent().tag == R:
                parts.append("\t")
        elif tag == BR or tag == CR:
            parts.append("\n")
        elif tag == NO_BREAK_HYPHEN:
            parts.append("-")
        elif tag != FIELD or len(node):
            walk = Walk()
            walk.visit(paragraph)
            return walk.text(), walk.special, tuple(walk.inputs)
    return "".join(parts), {}, ()


class Walk:
    """A careful walk through a paragraph that holds controls, fields or symbols.

    `pieces` are (offset, text, `w:t` node) for the writer.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.special: dict[int, Box] = {}
        self.inputs: list[Input] = []
        self.pieces: list[tuple[int, str, Node]] = []
        self._field: tuple[str, Node, Input | None] | None = None
        self._depth = 0
        self._shown: list[str] | None = None

    def text(self) -> str:
        """Return the text so far."""
        return "".join(self._parts)

    def _say(self, text: str, node: Node | None = None) -> None:
        if self._field is not None:
            if self._shown is not None:
                self._shown.append(text)
            return
        if node is not None:
            self.pieces.append((self._length, text, node))
        self._parts.append(text)
        self._length += len(text)

    def visit(self, parent: Node) -> None:
        """Take in what stands in `parent`."""
        for node in parent:
            tag = node.tag
            if tag == T:
                self._say(node.text or "", node)
            elif tag in UNSEEN:
                continue
            elif tag == SDT:
                self._control(node)
            elif tag == FIELD:
                self._field_mark(node)
            elif tag == TAB:
                self._say("\t")
            elif tag == BR or tag == CR:
                self._say("\n")
            elif tag == NO_BREAK_HYPHEN:
                self._say("-")
            elif tag == SYM:
                ticked = symbol_ticked(node)
                if ticked is not None:
                    self._box(ticked, node)
            elif isinstance(tag, str):
                self.visit(node)

    def _box(self, ticked: bool, node: Node) -> None:
        if self._field is None:
            self.special[self._length] = Box(self._length, self._length + 1, ticked, node)
        self._say(TICKED_BOX if ticked else EMPTY_BOX)

    def _control(self, control: Node) -> None:
        if is_checkbox(control):
            self._box(checkbox_ticked(control), control)
            return
        found = input_of(control)
        if found is not None:
            found.start = self._length
            self.inputs.append(found)
        else:
            content = control.find(SDT_CONTENT)
            if content is not None:
                self.visit(content)

    def _field_mark(self, node: Node) -> None:
        kind = node.get(FIELD_TYPE)
        if self._field is None:
            found = legacy(node) if kind == "begin" else None
            if found is None:
                return
            name, settings = found
            if name == "checkBox":
                self._box(legacy_ticked(settings), node)
                self._field = (name, settings, None)
            else:
                new = legacy_input(node, name, settings, self._length)
                self.inputs.append(new)
                self._field = (name, settings, new)
            self._depth, self._shown = 1, None
        elif kind == "begin":
            self._depth += 1
        elif kind == "separate" and self._depth == 1:
            self._shown = []
        elif kind == "end":
            self._depth -= 1
            if self._depth == 0:
                name, settings, new = self._field
                if name == "textInput" and new is not None:
                    new.value = legacy_value(settings, "".join(self._shown or ()))
                self._field = self._shown = None


def is_bold(paragraph: Node) -> bool:
    """Return whether all the text of a paragraph is set bold directly."""
    runs = [run for run in paragraph.iter(R) if any((t.text or "").strip() for t in run.iter(T))]
    return bool(runs) and all(is_on(run.find(W + "rPr"), "b") for run in runs)


__all__ = [
    "VAL", "Cell", "Paragraph", "Row", "Style", "Table", "Walk",
    "find_boxes", "is_bold", "read_body", "read_styles", "scan",
]  # fmt: skip
