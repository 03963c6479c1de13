"""Columns to tick: neighbours named for the options of one answer, or for the steps of a scale."""

from __future__ import annotations

from itertools import pairwise

from assistant.documents.excel.column_shapes import MARKS, Column
from assistant.documents.excel.tables import Table
from assistant.documents.excel.vocabulary import Role, roles
from assistant.filling import canonical

_SHORT_OPTION = 30
_BRIEF = 4
"""Characters of a name that can be a step of a scale ("0", "P", "n/a")."""
_NAMED = frozenset({Role.ANSWER, Role.COMMENT, Role.EVIDENCE, Role.QUESTION})
"""What a name says that is no option."""


def tick_columns(table: Table, columns: dict[int, Column]) -> list[tuple[tuple[str, int], ...]]:
    """Return groups of neighbouring columns that are named for the options of one answer and hold nothing but marks.

    Options are known by their words ("Yes", "Partially compliant"), or by standing under one wide heading that asks
    for an answer ("Response": "Standard", "With changes", "Not available").
    """
    if table.header is None:
        return []
    groups: list[list[tuple[str, int]]] = []
    heads: list[int] = []
    for number, column in sorted(columns.items()):
        leaf = table.header.leaves.get(number, "").strip()
        head = table.header.groups.get(number, 0) if _asks_for_mark(table, number, leaf) else 0
        brief = 0 < len(leaf) <= _BRIEF and column.filled < column.rows * 0.5
        if not leaf or (canonical(leaf) is None and not head and not brief):
            continue
        if column.lists > column.rows / 2 and not _only_marks(column):
            continue
        if column.filled - column.marks > column.rows * 0.2 or column.open == 0:
            continue
        follows = groups and groups[-1][-1][1] == number - 1 and leaf not in dict(groups[-1])
        if follows and (canonical(leaf) is not None or heads[-1] == head or brief):
            groups[-1].append((leaf, number))
        else:
            groups.append([(leaf, number)])
            heads.append(head)
    return [
        tuple(group)
        for group, head in zip(groups, heads, strict=True)
        if len({canonical(leaf) for leaf, _ in group if canonical(leaf)}) >= 2
        or (head and len(group) >= 2)
        or _is_scale([leaf for leaf, _ in group])
    ]


def _is_scale(leaves: list[str]) -> bool:
    """Return whether neighbouring names are the steps of a scale: 0 to 5, or letters such as F, P and N."""
    numbers = [int(leaf) for leaf in leaves if leaf.isdecimal()]
    if len(numbers) >= 3:
        return len({later - earlier for earlier, later in pairwise(numbers)}) == 1
    letters = [leaf for leaf in leaves if leaf.isalpha() and leaf.isupper()]
    return len(letters) == len(leaves) >= 2 and any(canonical(leaf) is not None for leaf in leaves)


def _asks_for_mark(table: Table, column: int, leaf: str) -> bool:
    """Return whether the column stands under a wide heading that asks for an answer, with a short name of its own."""
    header = table.header
    if header is None or column not in header.groups or not 0 < len(leaf) <= _SHORT_OPTION:
        return False
    above = header.names[column][: -len(leaf)].strip()
    own = roles(leaf)
    if roles(above)[:1] == (Role.SCORE,):
        return not own  # "Level": "Low", "Medium", "High", not "Score": "Current", "Target"
    return roles(above)[:1] == (Role.ANSWER,) and not set(own) & _NAMED


def _only_marks(column: Column) -> bool:
    return all(all(option.casefold() in MARKS for option in options) for options in column.options)
