"""Ticking boxes of every kind: printed characters, symbols, content controls, legacy fields, plain cells."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from assistant.documents.word.blocks import Paragraph
from assistant.documents.word.controls import (
    EMPTY_OF,
    EMPTY_SYMBOL,
    LOCKED,
    TICK_OF,
    TICKED_SYMBOL,
    Box,
    checkbox_ticked,
    is_checkbox,
    legacy,
)
from assistant.documents.word.fields import labelled, short_label
from assistant.documents.word.lines import line_of
from assistant.documents.word.markup import (
    FIELD,
    RPR,
    SDT_CONTENT,
    SDT_PR,
    SYM,
    TBL,
    TC,
    VAL,
    W14,
    Node,
    P,
    R,
    T,
    W,
    blocks,
    value_of,
    wrappers,
)
from assistant.documents.word.typing import clear, replace_span, type_into
from assistant.errors import NotWritableError
from assistant.filling import Entry, picked
from assistant.questionnaire import Location

_CODE = re.compile(r"(?!d[89a-f]|fff[ef]|00[01])[0-9a-f]{4}$", re.I)
"""A character's code as `w14:val` gives it; surrogates, controls and non-characters are none."""
_MARKS = ("x", "X", "✓", "✔", "✗", "•")


class Ticking:
    """Ticks boxes in one document; remembers the mark that each table uses."""

    def __init__(self, nodes: Mapping[Location, Node]) -> None:
        """Take the nodes of the places."""
        self._nodes = nodes
        self._marks: dict[Node, str] = {}

    def tick(self, entry: Entry) -> None:
        """Tick the boxes that `entry.value` names and clear the other boxes of its group.

        :raises NotWritableError: when the group has no such label, or its place holds no box to tick.
        """
        marks = dict(entry.field.marks)
        labels = picked(entry.field, entry.value)
        if not labels:
            raise NotWritableError(entry.field.location, f"“{entry.value}” is not one of its options.")
        seen: dict[Node, list[tuple[Node, Paragraph]]] = {}
        for label, place in marks.items():
            node = self._nodes[place]
            if node not in seen:
                seen[node] = _boxes(node)
            if self._put(node, seen[node], str(place), label, label in labels):
                del seen[node]  # what stands behind the box may have moved

    def _put(self, node: Node, boxes: list[tuple[Node, Paragraph]], location: str, label: str, on: bool) -> bool:
        """Put the box of `label` in a place right; return whether it had to be changed."""
        chosen = _of_label(boxes, label)
        if chosen is not None:
            paragraph, box = chosen
            if box.ticked != on:
                _switch(paragraph, box, on, location)
                return True
        elif node.tag == TC:
            self._mark_cell(node, on)
        elif on:
            raise NotWritableError(location, f"There is no box “{label}” to tick.")
        return False

    def _mark_cell(self, cell: Node, on: bool) -> None:
        """Write the mark that the table's other cells use into a plain cell, or take it out."""
        paragraph = next((block for block in blocks(cell) if block.tag == P), None)
        if paragraph is None:
            paragraph = etree.SubElement(cell, P)
        if on:
            type_into(paragraph, self._usual_mark(cell))
        else:
            clear(paragraph)

    def _usual_mark(self, cell: Node) -> str:
        """Return the mark that stands in other cells of the table, or else "X"."""
        table = next(iter(cell.iterancestors(TBL)), None)
        if table is None:
            return "X"
        if table not in self._marks:
            said = ((node.text or "").strip() for node in table.iter(T))
            self._marks[table] = next((text for text in said if text in _MARKS), "X")
        return self._marks[table]


def _boxes(node: Node) -> list[tuple[Node, Paragraph]]:
    """Return the paragraphs of a place, as the reader sees them."""
    found = []
    for paragraph in [node] if node.tag == P else [block for block in blocks(node) if block.tag == P]:
        line = line_of(paragraph)
        text, boxes = line.text, line.boxes
        for control in wrappers(paragraph):
            if is_checkbox(control):
                text, boxes = "☐", (Box(0, 1, checkbox_ticked(control), control),)
        found.append((paragraph, Paragraph(paragraph, "", text, boxes=boxes, inputs=tuple(line.inputs))))
    return found


def _of_label(paragraphs: list[tuple[Node, Paragraph]], label: str) -> tuple[Node, Box] | None:
    """Return the box that `label` stands beside, or the only box there is."""
    every = [(paragraph, box) for paragraph, seen in paragraphs for box in seen.boxes]
    for paragraph, seen in paragraphs:
        if seen.boxes:
            for said, box in labelled(seen)[1]:
                if short_label(said) == label:
                    return paragraph, box
    return every[0] if len(every) == 1 else None


def _switch(paragraph: Node, box: Box, on: bool, location: str) -> None:
    """Change the state of a box."""
    node = box.node
    if node is None:
        glyph = line_of(paragraph).text[box.start : box.end]
        if glyph[0] in "[(":
            fresh = glyph[0] + ("x" if on else " ") + glyph[-1]
        else:
            fresh = TICK_OF.get(glyph, "☒") if on else EMPTY_OF.get(glyph, "☐")
        replace_span(paragraph, box.start, box.end, fresh)
    elif node.tag == SYM:
        font = node.get(W + "font", "").casefold()
        node.set(W + "char", TICKED_SYMBOL[font] if on else EMPTY_SYMBOL[font])
    elif node.tag == FIELD:
        _switch_legacy(node, on, location)
    else:
        _switch_control(node, on, location)


def _switch_legacy(field: Node, on: bool, location: str) -> None:
    """Set `w:checked`, which stands behind `w:default` (ECMA-376 Part 1, 17.16.7)."""
    found = legacy(field)
    if found is None or value_of(field.find(W + "ffData"), "enabled") in {"0", "false"}:
        raise NotWritableError(location, "This form field is locked.")
    settings = found[1]
    checked = settings.find(W + "checked")
    if checked is None:
        checked = etree.SubElement(settings, W + "checked")
    checked.attrib.pop(VAL, "")
    if not on:
        checked.set(VAL, "0")


def _switch_control(control: Node, on: bool, location: str) -> None:
    """Set `w14:checked` and show the glyph of the state."""
    properties, content = control.find(SDT_PR), control.find(SDT_CONTENT)
    settings = None if properties is None else properties.find(W14 + "checkbox")
    if settings is None or content is None or (value_of(properties, "lock") or "") in LOCKED:
        raise NotWritableError(location, "This content control is locked.")
    checked = settings.find(W14 + "checked")
    if checked is None:
        checked = etree.Element(W14 + "checked")
        settings.insert(0, checked)
    checked.set(W14 + "val", "1" if on else "0")
    shown = settings.find(W14 + ("checkedState" if on else "uncheckedState"))
    code = "2612" if on else "2610"
    font = "MS Gothic"
    if shown is not None:
        said = shown.get(W14 + "val") or code
        code = said if _CODE.match(said) else code
        font = shown.get(W14 + "font") or font
    symbol = next(content.iter(SYM), None)
    if symbol is not None:
        symbol.set(W + "char", code if len(code) == 4 and code.upper().startswith("F0") else f"F0{code[-2:]}")
        symbol.set(W + "font", font)
        return
    written = list(content.iter(T))
    if not written:
        run = next(content.iter(R), None)
        if run is None:
            run = etree.SubElement(next(content.iter(P), content), R)
        written = [etree.SubElement(run, T)]
    written[0].text = chr(int(code, 16))
    for extra in written[1:]:
        extra.text = ""
    around = written[0].getparent()
    fonts = None if around is None else around.find(f"{RPR}/{W}rFonts")
    if fonts is not None:
        for name in ("ascii", "hAnsi", "eastAsia", "cs"):
            if fonts.get(W + name) is not None:
                fonts.set(W + name, font)
