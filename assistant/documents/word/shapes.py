"""The shape of a table without a header: which columns hold values or places, which rows answer the row above."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents.word.answers import takes_below
from assistant.documents.word.blocks import Cell, Row
from assistant.documents.word.columnwords import is_option
from assistant.documents.word.fields import ends_open, is_place, lone_box
from assistant.documents.word.words import (
    asks,
    is_answer_label,
    is_answer_number,
    is_identifier,
    is_label,
    requests,
    without_number,
)


def value_columns(rows: Sequence[Row]) -> set[int]:
    """Return the columns that hold values already filled in beside labels: labels left, never asking."""
    paired = [row for row in rows if len(row.cells) in {2, 4} and row.cells[0].text]
    pairs = [(row.cells[i], row.cells[i + 1]) for row in paired for i in range(0, len(row.cells), 2)]
    pairs = [(label, value) for label, value in pairs if label.text]
    blank = sum(is_place(value) for _, value in pairs)
    marked = sum(bool(label.shade and not value.shade) or label.text.endswith((":", "：")) for label, value in pairs)
    labels = all(is_label(label.text) or requests(label.text) for label, _ in pairs)
    labels = labels and not any(ends_open(value) for _, value in pairs)
    asked = sum(requests(label.text) and not requests(value.text) for label, value in pairs)
    given = marked * 4 >= len(pairs) * 3 and not any(asks(value.text) for _, value in pairs)  # no value asks
    if len(pairs) >= 2 and labels and (blank * 4 >= len(pairs) or given or asked == len(pairs)):
        return {value.start for _, value in pairs}
    return set()


def place_columns(rows: Sequence[Row]) -> set[int]:
    """Return the columns in which blanks are places and no mere gaps in a table of facts."""
    seen: dict[int, list[bool]] = {}
    for row in rows:
        for cell in row.cells:
            seen.setdefault(cell.start, []).append(is_place(cell) or cell.above is not None)
    return {start for start, places in seen.items() if sum(places) * 2 >= len(places)}


def answer_rows(rows: Sequence[Row]) -> set[int]:
    """Return the indices of rows that answer the row above them, filled or not, when rows alternate so."""
    asking = [_asks_row(row) for row in rows]
    questions = [i for i, asked in enumerate(asking) if asked]
    answers = [i + 1 for i in questions if i + 1 < len(rows) and not asking[i + 1] and not _hints(rows, i + 1)]
    paired = len(questions) >= 2 and len(answers) == len(questions)
    return {i for i in answers if _set_apart(rows[i - 1], rows[i])} if paired else set()


def _hints(rows: Sequence[Row], index: int) -> bool:
    """Return whether a row under a question says more about it, as the blank row below it takes the answer."""
    below = rows[index + 1].cells if index + 1 < len(rows) else []
    return bool(below) and all(map(is_place, below)) and not any(map(is_place, rows[index].cells))


def _asks_row(row: Row) -> bool:
    """Return whether a row holds a question and no place."""
    texts = [cell for cell in row.cells if cell.above is None and cell.text]
    if not texts or any(cell.inputs or cell.boxes for cell in row.cells):
        return False
    if len(texts) == 2 and is_identifier(texts[0].text):
        return True
    own, _ = without_number(texts[0].text)
    return len(texts) == 1 and (asks(texts[0].text) or (bool(own) and requests(texts[0].text)))


def _set_apart(question: Row, answer: Row) -> bool:
    """Return whether an answer row looks other than its question row: another shade, or no number of its own."""
    if all(is_place(cell) for cell in answer.cells):
        return True
    shades = question.cells[-1].shade != answer.cells[-1].shade
    unnumbered = len(answer.cells) > 1 and not answer.cells[0].text and bool(question.cells[0].text)
    return shades or unnumbered or (len(answer.cells) == 1 == len(question.cells))


def is_answer_row(row: Row) -> bool:
    """Return whether a row holds places, and beside them nothing but the names of the answer."""
    return any(takes_below(cell) and cell.above is None for cell in row.cells) and all(
        takes_below(cell) or cell.above is not None or is_answer_label(cell.text) or is_answer_number(cell.text)
        for cell in row.cells
    )


def labels_box(label: Cell, box: Cell) -> bool:
    """Return whether a cell names the option of the box in the cell behind it."""
    return lone_box(box) and not lone_box(label) and is_option(label.text)
