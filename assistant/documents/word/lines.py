"""The text of a paragraph as the reader sees it, with its boxes and inputs at their offsets."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.documents.word.controls import (
    BOX,
    EMPTY_BOX,
    EMPTY_GLYPHS,
    TICKED_BOX,
    Box,
    Input,
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
    RPR,
    SDT,
    SDT_CONTENT,
    SYM,
    TAB,
    UNSEEN,
    Node,
    R,
    T,
    child,
    is_on,
)
from assistant.documents.word.words import (
    requests,
)

BULLETS = "○◯●■◉▣"
"""Glyphs that serve as bullets as well as boxes."""
_LONGEST_OPTION = 6


class Line:
    """Collects a paragraph's text piece by piece, in document order.

    `pieces` are (offset, `w:t` node) of the form's own text, for the writer.
    """

    def __init__(self) -> None:
        """Begin an empty line."""
        self._parts: list[str] = []
        self._length = 0
        self.special: dict[int, Box] = {}
        self.inputs: list[Input] = []
        self.pieces: list[tuple[int, Node]] = []
        self._field: tuple[str, Node, Input | None] | None = None
        self._depth = 0
        self._shown: list[str] | None = None

    @property
    def text(self) -> str:
        """Return the text so far."""
        return "".join(self._parts)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Return the boxes of every kind."""
        return find_boxes(self.text, self.special)

    def say(self, text: str, node: Node | None = None) -> None:
        """Add text; inside a form field it is the field's value and no word of the form."""
        if self._field is not None:
            if self._shown is not None:
                self._shown.append(text)
            return
        if node is not None:
            self.pieces.append((self._length, node))
        self._parts.append(text)
        self._length += len(text)

    def box(self, ticked: bool, node: Node) -> None:
        """Add a box that is no plain character."""
        if self._field is None:
            self.special[self._length] = Box(self._length, self._length + 1, ticked, node)
        self.say(TICKED_BOX if ticked else EMPTY_BOX)

    def symbol(self, node: Node) -> None:
        """Add a `w:sym` when it is a box."""
        ticked = symbol_ticked(node)
        if ticked is not None:
            self.box(ticked, node)

    def field(self, node: Node) -> None:
        """Follow a complex field's `begin`, `separate` and `end`; only form fields matter."""
        kind = node.get(FIELD_TYPE)
        if self._field is None:
            found = legacy(node) if kind == "begin" and len(node) else None
            if found is None:
                return
            name, settings = found
            if name == "checkBox":
                self.box(legacy_ticked(settings), node)
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
                name, settings, open_input = self._field
                if name == "textInput" and open_input is not None:
                    open_input.value = legacy_value(settings, "".join(self._shown or ()))
                self._field = self._shown = None

    def close(self) -> None:
        """End the line; a text field that does not end in its paragraph cannot be filled and counts as locked."""
        if self._field is not None and self._field[2] is not None:
            self._field[2].locked = True

    def control(self, control: Node) -> None:
        """Add a content control: a box, an input, or just what it holds."""
        if is_checkbox(control):
            self.box(checkbox_ticked(control), control)
            return
        found = input_of(control)
        content = control.find(SDT_CONTENT)
        if found is not None and not (found.rich and found.value and requests(found.value)):
            found.start = self._length
            self.inputs.append(found)
        elif content is not None:
            self.visit(content)

    def visit(self, parent: Node) -> None:
        """Add everything that stands in `parent`; what is hidden from a reader of the form is left out."""
        for node in parent:
            tag = node.tag
            if tag == T:
                self.say(node.text or "", node)
            elif tag in UNSEEN:
                continue
            elif tag == SDT:
                self.control(node)
            elif tag == FIELD:
                self.field(node)
            elif tag == TAB:
                self.say("\t")
            elif tag in (BR, CR):
                self.say("\n")
            elif tag == NO_BREAK_HYPHEN:
                self.say("-")
            elif tag == SYM:
                self.symbol(node)
            elif isinstance(tag, str) and not (tag == R and is_on(child(node, RPR), "vanish")):
                self.visit(node)


def line_of(paragraph: Node) -> Line:
    """Return the line that a paragraph makes."""
    line = Line()
    line.visit(paragraph)
    line.close()
    return line


def find_boxes(text: str, special: Mapping[int, Box]) -> tuple[Box, ...]:
    """Return the boxes in a paragraph's text: those in `special` and printed ones."""
    found = []
    for match in BOX.finditer(text):
        known = special.get(match.start())
        if known is not None:
            found.append(known)
        else:
            glyph = match.group()
            ticked = bool(glyph[1:-1].strip()) if glyph[0] in "[(" else glyph not in EMPTY_GLYPHS
            found.append(Box(match.start(), match.end(), ticked))
    if len(found) == 1 and found[0].node is None and text[found[0].start] in BULLETS:
        rest = text[found[0].end :]
        if len(rest.split()) > _LONGEST_OPTION or rest.rstrip().endswith(("?", "？")):
            return ()  # a bullet typed before a sentence
    return tuple(found)
