"""Which column of a table asks: by its name, and by how its cells read."""

from __future__ import annotations

from collections import Counter

from assistant.documents.excel.column_shapes import Column
from assistant.documents.excel.grid import Grid
from assistant.documents.excel.tables import Table
from assistant.documents.excel.ticks import tick_columns
from assistant.documents.excel.vocabulary import Role, asks_verdict, is_ours
from assistant.documents.excel.wording import is_number
from assistant.filling import canonical

_LEAST_TOPICS = 3
_NEARLY_ALL = 0.8
_FEW_SPACES = 2
_MOST_STEPS = 7
_ASKS = 0.85
_PLAIN = 0.7
_DIFFER = 0.9
_LEAST_WIDE, _WIDE = 2, 1 / 3
"""Questions, and share of them, that are merged over several columns where that is a form's habit."""


def question_column(table: Table, columns: dict[int, Column]) -> Column | None:
    """Return the column that asks: texts that differ, read like questions, and stand under a fitting name."""
    most = max((column.filled for column in columns.values()), default=0)
    best, best_score = None, 0.35
    for column in columns.values():
        if not column.filled or column.lists > column.filled * 0.3:
            continue
        reads = column.reads / column.filled
        distinct = len(column.texts) / column.filled
        length = min(column.characters / column.filled, 120) / 120
        score = (0.6 * reads + 0.3 * length) * (0.3 + 0.7 * distinct) * (0.4 + 0.6 * column.filled / most)
        score -= 0.5 * column.labels / column.filled
        score += {
            Role.QUESTION: 0.35, Role.SECTION: -0.1, Role.NUMBER: -0.3, Role.OTHER: -0.6, Role.SCORE: -0.6,
            Role.ANSWER: -0.5, Role.COMMENT: -0.4, Role.EVIDENCE: -0.3, None: 0.0,
        }[column.role] if table.header else 0.0  # fmt: skip
        if column.role is Role.ANSWER and Role.QUESTION in column.roles and reads >= _ASKS and distinct >= _DIFFER:
            score += 0.3  # "Check" may name what is asked as well as the answer; its cells ask
        if column.role is Role.OTHER and Role.QUESTION in column.roles and reads >= _PLAIN and distinct >= _DIFFER:
            score += 0.6  # "ISO requirement" may name a reference or what is asked; its cells are no references
        if column.role is not Role.QUESTION and Role.QUESTION in column.roles:
            score += 0.1
        if score > best_score:
            best, best_score = column, score
    return best


def topic_column(table: Table, columns: dict[int, Column]) -> Column | None:
    """Return the column of the topics in a list such as "Topic | Our notes", whose second column waits to be filled."""
    waiting = [
        column.number
        for column in columns.values()
        if column.rows >= _LEAST_TOPICS and not column.filled and column.open == column.rows
        and (
            column.role is Role.ANSWER
            or (column.role is Role.COMMENT and is_ours(column.name))
            or (column.role is Role.SCORE and asks_verdict(column.name))
        )
    ]  # fmt: skip
    if table.header is None or not waiting:
        return None
    return next(
        (
            column
            for number, column in sorted(columns.items())
            if number < waiting[0]
            and column.role in (Role.SECTION, Role.QUESTION, None)
            and column.filled >= 0.8 * column.rows
            and len(column.texts) >= 0.9 * column.filled
            and not column.labels
        ),
        None,
    )


def picked_column(grid: Grid, table: Table, columns: dict[int, Column]) -> Column | None:
    """Return the column of the longest texts beside which something is to be picked or ticked, however these read.

    What is picked again and again stands beside something that it is picked for, even where nothing else tells it;
    single words without numbers are rather a list of people or places.
    """
    listed = [number for number, column in columns.items() if _is_picked(column)]
    rows = [row for row in table.rows if any(grid.lists.options(row, number) is not None for number in listed)]
    ticked = [number for group in tick_columns(grid, table, columns) for _, number in group] if not rows else []
    if ticked or (not rows and any(column.offers >= _LEAST_TOPICS for column in columns.values())):
        rows = [
            row
            for row in table.rows
            if table.cells(grid, row) and not any(grid.covered(row, number) for number in ticked)
        ]
    best, most = None, 0
    for number, column in columns.items():
        said = [text for row in rows if (text := grid.text(row, number)) and not is_number(text)]
        if len(said) < max(_LEAST_TOPICS, _NEARLY_ALL * len(rows)) or column.formulas or column.lists or column.offers:
            continue
        numbered = any(other.labels >= _NEARLY_ALL * len(rows) for at, other in columns.items() if at < number)
        told = numbered or sum(text.count(" ") >= _FEW_SPACES for text in said) * 2 >= len(said)
        if told and len(set(said)) >= _DIFFER * len(said) and (length := sum(map(len, said))) > most:
            best, most = column, length
    return best


def _is_picked(column: Column) -> bool:
    """Return whether several cells of the column have a drop-down of verdicts, or all the same few steps."""
    verdict = any(canonical(option) is not None for options in column.options for option in options)
    steps = len(column.options) == 1 and all(1 < len(options) <= _MOST_STEPS for options in column.options)
    return column.lists >= _LEAST_TOPICS and (verdict or steps)


def part_column(grid: Grid, table: Table, columns: dict[int, Column], question: Column) -> Column | None:
    """Return the column of sub-questions beside questions that are merged over several rows."""
    tall = sum(grid.height(row, question.number) > 1 for row in table.rows)
    beside = columns.get(question.number + 1)
    if tall * 2 < question.filled or beside is None or Role.QUESTION not in beside.roles:
        return None
    return beside if sum(bool(grid.text(row, beside.number)) for row in table.rows) > question.filled else None


def indented_columns(grid: Grid, table: Table, question: int) -> list[int]:
    """Return the columns in which sub-questions stand under questions that are merged over several columns."""
    widths = Counter(grid.width(row, question) for row in table.rows if grid.text(row, question))
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide or sum(wide.values()) < max(_LEAST_WIDE, _WIDE * sum(widths.values())):
        return []
    reach = max(wide, key=lambda width: wide[width])
    beside = [row for row in table.rows if not (said := grid.text(row, question)) or is_number(said)]
    return [
        column
        for column in range(question + 1, question + reach)
        if any(grid.text(row, column) and column + grid.width(row, column) <= question + reach for row in beside)
    ]
