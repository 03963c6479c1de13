"""The sign with which a form wants its options ticked."""

from __future__ import annotations

from collections import Counter

from assistant.documents.excel.grid import Grid
from assistant.documents.excel.references import split_location
from assistant.questionnaire import AnswerField

_UNTICKED = {"☐": "☒", "□": "■", "◯": "◉", "○": "●", "o": "x"}
_TICKED = {ticked: unticked for unticked, ticked in _UNTICKED.items() if unticked != "o"} | {"☑": "☐"}
SIGNS = frozenset({"x", "✓", "✔", "☑", "☒", "■", "●", "◉", "√", "1", "yes", "y"})
"""What stands, in lower case, in cells that are ticked."""


def is_sign(text: str) -> bool:
    """Return whether `text` is a mark that somebody set."""
    return text.strip().casefold() in SIGNS


def in_one_cell(field: AnswerField) -> bool:
    """Return whether the options of a mark share one cell, as in "☐ Yes ☐ No"."""
    return len(field.marks) > 1 and len(set(field.places())) == 1


def sign(grid: Grid, field: AnswerField, row: int, column: int, *, ticked: bool) -> str:
    """Return what the cell shows when its option is ticked or, where it was before, no longer is.

    The drop-down's only value comes first, then a box that is there to be crossed, then the sign
    that most of the column's ticked cells show; an x where the form shows none.
    """
    present = grid.text(row, column).strip()
    if not ticked:
        return _TICKED.get(present, "")
    options = grid.lists.options(row, column)
    if options:
        return next((option for option in options if is_sign(option)), options[0])
    if present in _UNTICKED:
        return _UNTICKED[present]
    columns = frozenset(place[2] for _, location in field.marks if (place := split_location(location)) is not None)
    if columns not in grid.signs:
        used = Counter(
            text.strip()
            for cells in grid.sheet.rows.values()
            for at in columns & cells.keys()
            if len((text := cells[at]).strip()) == 1 and is_sign(text)
        )
        grid.signs[columns] = used.most_common(1)[0][0] if used else "x"
    return grid.signs[columns]
