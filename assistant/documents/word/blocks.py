"""The document as the reader sees it: paragraphs, tables, rows and cells, with their places.

A paragraph's text shows every box, of whichever kind, as a character, and leaves out what stands
in inputs (their values are the customer's answers, not the form's words).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from assistant.documents.word.controls import Box, Input
from assistant.documents.word.markup import RPR, Node, R, T, is_on
from assistant.documents.word.styles import PLAIN, Style


@dataclass(slots=True, eq=False)
class Paragraph:
    """A paragraph: its visible text without inputs, the boxes and inputs in it, how it is set.

    `listed` when it is an item of a list, `number` when Word counts the list's items.
    """

    node: Node
    path: str
    text: str = ""
    style: Style = PLAIN
    listed: bool = False
    level: int = 0
    list_id: str = ""
    number: str = ""
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


class Cell:
    """A table cell: grid column and width, the blocks in it, `above` when it continues a vertical merge.

    `paragraphs`, `tables`, `text` (a paragraph a line), `boxes` and `inputs` are of the cell itself, not of
    tables nested in it; they are kept ready because every rule asks for them, as is `takes_answer` (`is_place`)
    once it was worked out. Long forms have thousands of cells, nearly all without a table: no list is made for none.
    """

    __slots__ = (
        *("above", "blocks", "boxes", "inputs", "node", "paragraphs", "path"),
        *("shade", "span", "start", "tables", "takes_answer", "text"),
    )

    def __init__(self, node: Node, path: str, start: int) -> None:
        """Begin a cell with nothing in it."""
        self.node, self.path, self.start = node, path, start
        self.span = 1
        self.shade = self.text = ""
        self.above: Cell | None = None
        self.paragraphs: list[Paragraph] = []
        self.blocks = cast("list[Paragraph | Table]", self.paragraphs)
        self.tables: list[Table] | tuple[()] = ()
        self.boxes: tuple[Box, ...] = ()
        self.inputs: tuple[Input, ...] = ()
        self.takes_answer: bool | None = None

    def add(self, paragraph: Paragraph) -> None:
        """Append a paragraph."""
        self.paragraphs.append(paragraph)
        if self.tables:
            self.blocks.append(paragraph)

    def add_table(self, table: Table) -> None:
        """Append a table; from the first one on the blocks are more than the paragraphs."""
        if self.tables:
            self.tables.append(table)
        else:
            self.tables, self.blocks = [table], [*self.paragraphs]
        self.blocks.append(table)

    def complete(self) -> None:
        """Take stock of the paragraphs."""
        own = self.paragraphs
        if len(own) == 1 and not self.tables:
            only = own[0]
            # A number that Word counts is all that is seen in a cell, so the cell is not blank.
            self.text, self.boxes, self.inputs = only.text.strip() or only.number, only.boxes, only.inputs
            return
        self.text = "\n".join([paragraph.text for paragraph in own]).strip()
        self.boxes = tuple([box for paragraph in own for box in paragraph.boxes])
        self.inputs = tuple([found for paragraph in own for found in paragraph.inputs])

    @property
    def blank(self) -> bool:
        """Return whether there is nothing in it at all."""
        return not self.text and not self.inputs and not self.tables

    @property
    def number(self) -> str:
        """Return the number that Word counts before its first paragraph, "" for none."""
        return self.paragraphs[0].number if self.paragraphs else ""


@dataclass(slots=True, eq=False)
class Row:
    """A table row; `header` when Word repeats it on every page."""

    path: str
    cells: list[Cell]
    header: bool = False


@dataclass(slots=True, eq=False)
class Table:
    """A table."""

    node: Node
    path: str
    rows: list[Row] = field(default_factory=list)


def written_before(blocks: Sequence[Paragraph | Table], index: int) -> int:
    """Return which block stands before another one, blank paragraphs left out, -1 for none."""
    before = range(index - 1, -1, -1)
    return next((at for at in before if isinstance(block := blocks[at], Table) or not block.blank), -1)
