"""The document as the reader sees it: paragraphs, tables, rows and cells, with their places.

A paragraph's text shows every box, of whichever kind, as a character, and leaves out what stands
in inputs (their values are the customer's answers, not the form's words).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from assistant.documents.word.controls import Box, Input
from assistant.documents.word.markup import RPR, Node, R, T, is_on
from assistant.documents.word.styles import PLAIN, Style


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its visible text without inputs, the boxes and inputs in it, how it is set."""

    node: Node
    path: str
    text: str = ""
    style: Style = PLAIN
    listed: bool = False
    level: int = 0
    boxes: tuple[Box, ...] = ()
    inputs: tuple[Input, ...] = ()

    @property
    def blank(self) -> bool:
        """Return whether there is nothing in it at all."""
        return not self.inputs and (not self.text or self.text.isspace())

    @property
    def bold(self) -> bool:
        """Return whether all its text is set bold directly."""
        runs = [run for run in self.node.iter(R) if any((t.text or "").strip() for t in run.iter(T))]
        return bool(runs) and all(is_on(run.find(RPR), "b") for run in runs)


@dataclass
class Cell:
    """A table cell: grid column and width, the blocks in it, `above` when it continues a vertical merge."""

    node: Node
    path: str
    start: int
    span: int = 1
    shade: str = ""
    above: Cell | None = None
    blocks: list[Paragraph | Table] = field(default_factory=list)

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """Return the cell's own paragraphs."""
        return [block for block in self.blocks if isinstance(block, Paragraph)]

    @cached_property
    def text(self) -> str:
        """Return the words of the cell's own paragraphs, one a line."""
        own = self.paragraphs
        return own[0].text.strip() if len(own) == 1 else "\n".join([paragraph.text for paragraph in own]).strip()

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """Return the boxes in the cell's own paragraphs."""
        return tuple([box for paragraph in self.paragraphs for box in paragraph.boxes])

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Return the inputs in the cell's own paragraphs."""
        return tuple([found for paragraph in self.paragraphs for found in paragraph.inputs])

    @cached_property
    def tables(self) -> list[Table]:
        """Return the tables nested in the cell."""
        return [block for block in self.blocks if isinstance(block, Table)]

    @property
    def blank(self) -> bool:
        """Return whether there is nothing in it at all."""
        return not self.text and not self.inputs and not self.tables


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
    rows: list[Row] = field(default_factory=list)
