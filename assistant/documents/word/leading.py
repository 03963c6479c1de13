"""Rows between rows of boxes that have none: a question that the rows below go on with, or the title over them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.documents.word.blocks import Cell, Row
from assistant.documents.word.fields import lone_box
from assistant.documents.word.words import is_identifier, plain, requests, states, without_number

_OPEN = (":", "：", "…", "...")
"""How a text ends that goes on in the rows below."""
_ITEM = re.compile(r"\(?(?:[a-z]|[ivx]{1,4})[.)]?", re.I)
"""The number of an item under a question, such as "a)" or "(ii)"."""


@dataclass(slots=True)
class Led:
    """The `titles` and `openings` without boxes by the paths of their rows, and the opening of each item's row."""

    titles: set[str] = field(default_factory=set)
    openings: set[str] = field(default_factory=set)
    opened: dict[str, str] = field(default_factory=dict)


def led_by(rows: Sequence[Row], question: int, ticks: Sequence[int]) -> Led:
    """Return what leads in to the rows below it, in a table with boxes in the columns that begin at `ticks`.

    Such a row has blank cells where the row below it has boxes: "Is data encrypted:" above "a) at rest?".
    """
    found = Led()
    if len(ticks) < 2:
        return found
    cells = [{cell.start: cell for cell in row.cells} for row in rows]
    boxed = [any(lone_box(at[start]) for start in ticks if start in at) for at in cells]
    bare = [all(start in at and at[start].blank for start in ticks) or _merged(at, ticks) for at in cells]
    if sum(boxed) < 2 * sum(bare):
        return found
    opening = ""
    for index, row in enumerate(rows):
        asked = cells[index].get(question)
        if asked is None or asked.above is not None or not asked.text or not (boxed[index] or bare[index]):
            continue
        own, text = without_number(asked.text)
        number = next((cell.text for cell in row.cells if cell.start < question and cell.text), own or asked.number)
        if boxed[index]:
            item = _ITEM.fullmatch(plain(number)) or (not number and (text[:1].islower() or asked.paragraphs[0].listed))
            opening = opening if item else ""
            if opening:
                found.opened[row.path] = opening
            continue
        opening = ""
        if index + 1 == len(rows) or not boxed[index + 1]:
            continue
        if text.endswith(_OPEN) or (requests(text) and _opens_items(rows[index + 1], question)):
            opening = plain(text)
            found.openings.add(row.path)
        elif not (requests(text) or states(text)):
            found.titles.add(row.path)
    return found


def _merged(cells: Mapping[int, Cell], ticks: Sequence[int]) -> bool:
    """Return whether one blank cell stands in all the columns of boxes."""
    cell = cells.get(min(ticks, default=-1))
    return cell is not None and cell.blank and cell.start + cell.span > max(ticks)


def _opens_items(row: Row, question: int) -> bool:
    """Return whether a row is numbered as an item under the question above it."""
    number = next((cell.text for cell in row.cells if cell.start < question and is_identifier(cell.text)), "")
    asked = next((cell.text for cell in row.cells if cell.start == question), "")
    return _ITEM.fullmatch(plain(number or without_number(asked)[0])) is not None
