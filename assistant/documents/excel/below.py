"""Forms whose answers go under or beside each question: into an empty row, or beside a word such as "Answer:"."""

from __future__ import annotations

from collections import Counter

from assistant.documents.excel.fields import answer_field
from assistant.documents.excel.grid import Grid
from assistant.documents.excel.printed import is_placeholder
from assistant.documents.excel.references import LAST_ROW, split_location
from assistant.documents.excel.tables import Table
from assistant.documents.excel.vocabulary import Role, is_theirs, roles
from assistant.documents.excel.wording import is_hint, is_number, likeness
from assistant.questionnaire import AnswerField, FieldKind, Question

_ASKING = 0.9
_LABELLED = 0.5
"""How much a text has to read like a question where places labelled for its answer follow."""
_LEAST = 2
_USUAL = 0.6
_MOST_LABELS = 6
_MOST_HINTS = 2
_CERTAINTY = 0.7
_UNDRAWN = 0.5
"""Certainty where nothing but the blank row itself says that the answer goes there."""
_OUR_LABELS = ((Role.ANSWER,), (Role.COMMENT,), (Role.EVIDENCE,))
_SAMPLE = 60
_LONGEST_LABEL = 30
_LONGEST_HEADING = 60


def answered_by_labels(grid: Grid, table: Table) -> list[Question]:
    """Return the questions whose answers go beside words such as "Answer:", none where that is not the form's habit."""
    if not _repeats_labels(grid, table):
        return []
    asking = _asking(grid, table, _LABELLED, labelled=True)
    ends = [row for row, _, _ in asking[1:]] + [asking[-1][0] + 1000] if asking else []
    found, plainly = [], 0
    for (row, column, text), end in zip(asking, ends, strict=True):
        plainly += likeness(text) >= _ASKING
        if places := _labelled(grid, table, row, column, end):
            found.append(_question(grid, row, column, places, _CERTAINTY))
    return found if len(found) >= max(_LEAST, _USUAL * plainly) else []


def _repeats_labels(grid: Grid, table: Table) -> bool:
    """Return whether the first rows name the place of an answer more than once, and not in every row."""
    rows = table.rows[:_SAMPLE]
    said = Counter(text for row in rows for text in table.cells(grid, row).values() if len(text) <= _LONGEST_LABEL)
    return any(1 < count < 0.8 * len(rows) and roles(text)[:1] in _OUR_LABELS for text, count in said.items())


def answered_below(grid: Grid, table: Table, undrawn: bool = False) -> list[Question]:
    """Return the questions of a table whose answers go into the empty row under them, none where that is not its habit.

    With `undrawn`, also where the form does not draw the cells for the answers.
    """
    asking = _asking(grid, table, _ASKING)
    if asking:
        usual, count = Counter(grid.emphasis(row, column) for row, column, _ in asking).most_common(1)[0]
        if count >= _USUAL * len(asking):
            # Hints may well read like questions; they do not look like them.
            asking = [place for place in asking if grid.emphasis(*place[:2]) == usual]
    found = []
    theirs: dict[int, int] = {}
    for row, column, _ in asking:
        place = answer_below(grid, row, column, undrawn)
        if place is not None:
            places = [place, *_beside(grid, place, theirs)]
            found.append(_question(grid, row, column, places, _UNDRAWN if undrawn else _CERTAINTY))
    return found if len(found) >= max(_LEAST, _USUAL * len(asking)) else []


def _beside(grid: Grid, choice: AnswerField, theirs: dict[int, int]) -> list[AnswerField]:
    """Return the empty box right of a drop-down under its question, for words to the choice.

    `theirs` remembers, column by column, from which row on it is the customer's.
    """
    place = split_location(choice.location) if choice.kind is FieldKind.CHOICE else None
    if place is None:
        return []
    _, row, column = place
    beside = column + grid.width(row, column)
    if not _is_box(grid, row, column, beside) or grid.text(row, beside) or grid.refusal(row, beside):
        return []
    if beside not in theirs:
        theirs[beside] = _theirs_from(grid, beside)
    return [answer_field(grid, row, beside)] if row <= theirs[beside] else []


def _is_box(grid: Grid, row: int, choice: int, column: int) -> bool:
    """Return whether the form draws the cell as one to fill in: merged, framed, or filled as the drop-down is."""
    if (row, column) in grid.merged:
        return True
    style = grid.sheet.styles.get(row, {}).get(column)
    if style is None:
        return False
    fill = grid.formats.emphasis(style)[1]
    return grid.formats.is_bordered(style) or (fill > 0 and fill == grid.emphasis(row, choice)[1])


def _theirs_from(grid: Grid, column: int) -> int:
    """Return the first row whose text names the column as the customer's, one beyond the sheet when none does."""
    for row in sorted(grid.sheet.rows):
        text = grid.seen(row, column)
        if text and len(text) <= _LONGEST_HEADING and is_theirs(text) and likeness(text) < _LABELLED:
            return row
    return LAST_ROW + 1


def _asking(grid: Grid, table: Table, least: float, labelled: bool = False) -> list[tuple[int, int, str]]:
    """Return (row, column, text) of what reads like a question and stands alone in its row, answers' labels apart.

    With `labelled`, also of what has "Answer:" beside it, however it reads.
    """
    found = []
    for row in table.rows:
        said = [(column, text) for column, text in table.cells(grid, row).items() if not is_number(text)]
        if not said or is_hint(said[0][1]) or _label(said[0][1]):
            continue
        beside = labelled and any(roles(text)[:1] == (Role.ANSWER,) for _, text in said[1:])
        if likeness(said[0][1]) < least and not beside:
            continue
        if all(_label(text) for _, text in said[1:]):
            found.append((row, *said[0]))
    return found


def _question(grid: Grid, row: int, column: int, places: list[AnswerField], certainty: float) -> Question:
    cells = grid.cells(row)
    number = next((said for at, said in cells.items() if at < column and is_number(said)), "")
    return Question(
        cells[column].strip(), grid.location(row, column), tuple(places), number,
        certainty=certainty, reasons=("the answer goes under the question",),
    )  # fmt: skip


def _label(text: str) -> bool:
    """Return whether `text` names what stands beside it, ours ("Answer:") or somebody else's ("Auditor:")."""
    return text.count(" ") <= 2 and bool(roles(text)) and likeness(text) < _LABELLED


def _labelled(grid: Grid, table: Table, row: int, column: int, end: int) -> list[AnswerField]:
    """Return the places beside "Answer:", "Comments:" and the like, right of the question or in the rows under it."""
    places = []
    last = min(end, row + max(grid.height(row, column), 1) + _MOST_LABELS)
    for number in range(row, last):
        labels = {at: text for at, text in table.cells(grid, number).items() if number > row or at > column}
        labels = {at: text for at, text in labels.items() if not is_number(text)}
        at, text = next(iter(labels.items()), (0, ""))
        if not _label(text):
            if number > row and (not text or not is_hint(text)):
                break
            continue
        if roles(text)[:1] not in _OUR_LABELS:
            continue
        beside = at + grid.width(number, at)
        if number > row and at == column and grid.width(number, at) == grid.width(row, column) > 1:
            continue  # it leaves no room beside it
        there = grid.text(number, beside)
        if not grid.refusal(number, beside) and likeness(there) < _ASKING and beside <= table.right:
            places.append(answer_field(grid, number, beside))
    return sorted(places, key=lambda place: place.kind is FieldKind.TEXT)


def answer_below(grid: Grid, row: int, column: int, undrawn: bool = False) -> AnswerField | None:
    """Return the empty cell under the question, under its hints where it has some, if the form draws or opens one."""
    below = row + grid.height(row, column)
    numbered = any(at < column and is_number(text) for at, text in grid.cells(row).items())
    for _ in range(_MOST_HINTS):
        cells = grid.cells(below)
        # A hint stands alone under the question, and looks otherwise or lacks the number that the question has.
        if list(cells) != [column] or is_placeholder(cells[column]):
            break
        if numbered and likeness(cells[column]) < _ASKING:
            below += grid.height(below, column)
            continue
        if grid.emphasis(below, column) == grid.emphasis(row, column):
            break
        if not is_hint(cells[column]) and grid.emphasis(below, column) > (False, 1):
            break
        below += grid.height(below, column)
    waiting = is_placeholder(grid.text(below, column))
    if set(grid.cells(below)) - {column} or not waiting or grid.refusal(below, column):
        return None
    drawn = (
        bool(grid.text(below, column))
        or (below, column) in grid.merged
        or grid.locks
        or column in grid.sheet.styles.get(below, {})
    )
    return answer_field(grid, below, column) if drawn or undrawn else None
