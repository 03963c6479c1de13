"""Forms whose answers go under the question: into an empty cell, or beside a word such as "Answer:"."""

from __future__ import annotations

from assistant.documents.excel.fields import answer_field
from assistant.documents.excel.grid import Grid
from assistant.documents.excel.tables import Table
from assistant.documents.excel.vocabulary import Role, roles
from assistant.documents.excel.wording import is_number, likeness
from assistant.questionnaire import AnswerField, FieldKind, Question

_ASKING = 0.9
_LEAST = 2
_USUAL = 0.6
_MOST_LABELS = 3
_CERTAINTY = 0.7


def answered_below(grid: Grid, table: Table) -> list[Question]:
    """Return the questions of a table whose answers go under them, none where that is not its habit."""
    asking: list[tuple[int, int, str]] = []
    for row in table.rows:
        said = [(column, text) for column, text in grid.cells(row).items() if not is_number(text)]
        if len(said) == 1 and likeness(said[0][1]) >= _ASKING:
            asking.append((row, *said[0]))
    found = []
    for row, column, text in asking:
        places = _labelled(grid, row, column) or _empty(grid, row, column)
        if places:
            number = next((said for said in grid.cells(row).values() if is_number(said)), "")
            found.append(
                Question(
                    text.strip(), grid.location(row, column), tuple(places), number,
                    certainty=_CERTAINTY, reasons=("the answer goes under the question",),
                )
            )  # fmt: skip
    return found if len(found) >= max(_LEAST, _USUAL * len(asking)) else []


def _labelled(grid: Grid, row: int, column: int) -> list[AnswerField]:
    """Return the places beside "Answer:", "Comments:" and the like in the rows right under the question."""
    places = []
    below = row + grid.height(row, column)
    for number in range(below, below + _MOST_LABELS):
        cells = grid.cells(number)
        label = next(iter(cells.items()), (0, ""))
        if not label[1] or label[1].count(" ") > 2 or roles(label[1])[:1] not in ((Role.ANSWER,), (Role.COMMENT,)):
            break
        beside = label[0] + grid.width(number, label[0])
        if grid.refusal(number, beside) or likeness(grid.text(number, beside)) >= _ASKING:
            break
        places.append(answer_field(grid, number, beside))
    return sorted(places, key=lambda place: place.kind is not FieldKind.CHOICE)


def _empty(grid: Grid, row: int, column: int) -> list[AnswerField]:
    """Return the empty cell right under the question, where the form draws or opens one."""
    below = row + grid.height(row, column)
    if grid.cells(below) or grid.refusal(below, column):
        return []
    drawn = (below, column) in grid.merged or grid.locks or column in grid.sheet.styles.get(below, {})
    return [answer_field(grid, below, column)] if drawn else []
