"""Forms that ask across: every column of one row is a question, and the answers go into the row under it.

Forms filled in online are sent like this when their answers' table is exported, and lists of a single entry are, too.
"""

from __future__ import annotations

from assistant.documents.excel.fields import answer_field
from assistant.documents.excel.grid import Grid
from assistant.documents.excel.labels import is_label
from assistant.documents.excel.vocabulary import options_in
from assistant.documents.excel.wording import is_hint, likeness
from assistant.questionnaire import Question

_LEAST = 4
"""Questions in one row, fewer of which may as well be the names of columns."""
_HALF = 0.5
_PLAINLY, _ASKING = 0.9, 0.6
_CERTAINTY = 0.6


def asked_across(grid: Grid) -> list[Question]:
    """Return the questions of a sheet that asks in a single row, with nothing but answers given under it, or none."""
    asking, below = 0, []
    for row in sorted(grid.sheet.rows):
        width = len(grid.cells(row))
        if asking and width:
            below.append(row)
        elif width >= _LEAST:
            asking = row
        if len(below) > 1 or (not asking and width > 1):
            return []  # as nearly every sheet
    cells = grid.cells(asking)
    plainly = [column for column, text in cells.items() if likeness(text) >= _PLAINLY and not is_hint(text)]
    if len(plainly) < max(_LEAST, _HALF * len(cells)):
        return []
    under = asking + max(grid.height(asking, column) for column in cells)
    if below not in ([], [under]) or any(likeness(text) >= _PLAINLY for text in grid.cells(under).values()):
        return []
    found = []
    for column, text in sorted(cells.items()):
        label = is_label(text)
        if (label or likeness(text) >= _ASKING) and not grid.refusal(under, column):
            field = answer_field(grid, under, column, options_in(text) or None)
            found.append(
                Question(
                    text.strip(), grid.location(asking, column), (field,), certainty=_CERTAINTY,
                    reasons=("the questions stand side by side, the answer goes under each",), label=label,
                )
            )  # fmt: skip
    return found
