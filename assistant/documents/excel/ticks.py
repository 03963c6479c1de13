"""Columns to tick: neighbours named for the options of one answer, or for the steps of a scale."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from assistant.documents.excel.column_shapes import MARKS, Column
from assistant.documents.excel.grid import Grid
from assistant.documents.excel.labels import is_label
from assistant.documents.excel.tables import Table
from assistant.documents.excel.vocabulary import Role, is_theirs, roles
from assistant.filling import canonical

_SHORT_OPTION = 30
_NARROW = 13.0
"""Characters of the widest column that is too narrow for anything but a mark; the usual width is 8.43."""
_FEWEST_NARROW = 3
_BRIEF = 4
"""Characters of a name that can be a step of a scale ("0", "P", "n/a")."""
_NAMED = frozenset({Role.ANSWER, Role.COMMENT, Role.EVIDENCE, Role.QUESTION})
"""What a name says that is no option."""
_OTHER_PARTS = _NAMED | {Role.NUMBER, Role.SECTION}
_SIGNS = MARKS - {"1", "o", "•"}
"""Marks that cannot be a word, a number or an item of a list."""
_SIGN_TO_PUT = re.compile(r"(?<![\w./-])(?:[xX]|[✓✔☑☒●○〇√])(?!\w)")
_BY_EXAMPLE = -1
"""Stands for the heading of columns that have none but show by example that they are to be marked."""


def tick_columns(grid: Grid, table: Table, columns: dict[int, Column]) -> list[tuple[tuple[str, int], ...]]:
    """Return groups of neighbouring columns that are named for the options of one answer and hold nothing but marks.

    Options are known by their words ("Yes", "Partially compliant"), by standing under one wide heading that asks
    for an answer ("Response": "Standard", "With changes", "Not available"), or, whatever they are called, by what
    the form shows: an example that is marked, a sign that it wants to see, columns too narrow for words.
    """
    if table.header is None:
        return []
    shown = _to_mark(grid, table, columns)
    groups: list[list[tuple[str, int]]] = []
    heads: list[int] = []
    for number, column in sorted(columns.items()):
        leaf = table.header.leaves.get(number, "").strip()
        asked = _asks_for_mark(table, number, leaf)
        head = table.header.groups.get(number, 0) if asked else shown.get(number, 0)
        brief = 0 < len(leaf) <= _BRIEF and column.filled < column.rows * 0.5
        if not leaf or (canonical(leaf) is None and not head and not brief):
            continue
        if is_theirs(_heading(grid, table, number)):
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


def _to_mark(grid: Grid, table: Table, columns: Mapping[int, Column]) -> dict[int, int]:
    """Return column -> heading for the columns that the form shows to be for marks, by whatever names."""
    header = table.header
    if header is None:
        return {}
    found: dict[int, int] = {}
    for head in sorted(set(header.groups.values())):
        under = [number for number, above in header.groups.items() if above == head and number in columns]
        if (
            len(under) < 2
            or is_theirs(_heading(grid, table, head))
            or not all(_may_be_marked(table, columns[number]) for number in under)
        ):
            continue
        known = any(canonical(header.leaves[number]) is not None for number in under)
        if known or _is_example(columns, under) or _wants_sign(grid, table) or _are_narrow(grid, table, under):
            found.update(dict.fromkeys(under, head))
    for run in _runs([number for number, column in sorted(columns.items()) if _may_be_marked(table, column)]):
        told = _is_example(columns, run) or (_wants_sign(grid, table) and _are_narrow(grid, table, run))
        if len(run) > 1 and not found.keys() & set(run) and told:
            found.update(dict.fromkeys(run, _BY_EXAMPLE))
    return found


def _heading(grid: Grid, table: Table, column: int) -> str:
    """Return the wide heading above a column, "" when it stands under none."""
    above = table.header.groups.get(column, 0) if table.header else 0
    return grid.text(table.header.first, above) if table.header and above else ""


def _may_be_marked(table: Table, column: Column) -> bool:
    """Return whether the column has a short name and nothing but marks in it.

    Where its cells are not boxes already, the name is that of no other part of an answer.
    """
    leaf = table.header.leaves.get(column.number, "").strip() if table.header else ""
    boxes = column.marks * 2 >= column.rows > 0
    if not 0 < len(leaf) <= _SHORT_OPTION or (canonical(leaf) is None and not boxes and _OTHER_PARTS & {*roles(leaf)}):
        return False
    return bool(column.open) and not column.lists and column.filled == column.marks


def _is_example(columns: Mapping[int, Column], under: list[int]) -> bool:
    """Return whether few cells of the columns are marked: those of an example, not what the form says of each row."""
    marked = [columns[number].marks for number in under]
    signs = {text.strip().casefold() for number in under for text in columns[number].texts}
    return 0 < sum(marked) <= max(2, columns[under[0]].rows // 5) and signs <= _SIGNS


def _wants_sign(grid: Grid, table: Table) -> bool:
    """Return whether a text above the table holds a sign by itself, as in "Put an X in one column", in any language."""
    first = table.header.first if table.header else 0
    above = [text for row in grid.sheet.rows if row < first for text in grid.cells(row).values()]
    return any(" " in text and _SIGN_TO_PUT.search(text) for text in above)


def _are_narrow(grid: Grid, table: Table, under: list[int]) -> bool:
    """Return whether several columns are alike and too narrow for words, with names that are hardly those of parts."""
    widths = {grid.sheet.width(number) for number in under}
    names = [table.header.leaves[number] for number in under] if table.header else []
    return (
        len(under) >= _FEWEST_NARROW
        and len(widths) == 1
        and all(0 < width <= _NARROW for width in widths)
        and not any(is_label(name) for name in names)
        and sum(not roles(name) for name in names) * 2 > len(names)
    )


def _runs(numbers: list[int]) -> list[list[int]]:
    """Return the numbers in runs of neighbours."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def _only_marks(column: Column) -> bool:
    return all(all(option.casefold() in MARKS for option in options) for options in column.options)
