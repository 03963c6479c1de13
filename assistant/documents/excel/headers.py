"""Finding the rows that name the columns: one row or several, once or anew at every section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass
from itertools import chain, pairwise

from assistant.documents.excel.grid import Grid
from assistant.documents.excel.marks import is_sign
from assistant.documents.excel.references import LAST_COLUMN
from assistant.documents.excel.vocabulary import Role, is_ours, plain, roles
from assistant.documents.excel.wording import is_number, likeness
from assistant.filling import canonical
from assistant.suggestion import Choice

_LONGEST = 160
"""Characters of a header cell; what is longer is content."""
_LONGEST_SENTENCE = 40
_USUAL = 60
"""Characters that the names of a header have at most on average."""
_MOST_ROWS = 4
_ENDS = ("?", "？", ":", "：", ".", "。")
_ASKING_ENDS = ("?", ":", "？")
_SEARCHED = 30
_FEWEST_BELOW = 3
_ANSWERING = (Role.ANSWER, Role.COMMENT, Role.EVIDENCE)


_ASKED = frozenset({Role.QUESTION, Role.SECTION, Role.NUMBER})
"""What a wide heading stands for when the cells under it are those of a row, not names."""


@dataclass(frozen=True, slots=True)
class Header:
    """The rows `first` to `last` that name the columns; `names` are joined from top to bottom."""

    first: int
    last: int
    names: dict[int, str]
    leaves: dict[int, str]
    """Column -> the lowest of its names, what stands right above its cells."""
    groups: dict[int, int]
    """Column -> leftmost column of the merged heading above it, for columns that share one."""


def find_headers(grid: Grid) -> list[Header]:
    """Return the headers of the sheet from top to bottom."""
    found: list[Header] = []
    last = 0
    for row in sorted(grid.sheet.rows):
        texts = grid.sheet.rows[row].values()
        if row <= last or len(texts) < 2 or sum(map(len, texts)) > _USUAL * len(texts):
            continue
        if _holds_sentence(grid, row):
            continue
        if (not found or _is_another(grid, row, found)) and _names_columns(grid, row):
            header = _with_rows_below(grid, row)
            found.append(header)
            last = header.last
    return found or _by_shape(grid)


def _holds_sentence(grid: Grid, row: int) -> bool:
    """Return whether a cell of the row asks at length, as a question does but hardly a name.

    "How is this met? / What is missing?" names a column among others that are known, the more so in a row that looks
    like a header.
    """
    cells = grid.cells(row)
    asking = {
        column for column, text in cells.items() if len(text) > _LONGEST_SENTENCE and text.rstrip()[-1:] in _ASKING_ENDS
    }
    if not asking:
        return False
    known = sum(bool(roles(text)) for column, text in cells.items() if column not in asking)
    if known < 2 or known < 0.5 * len(cells):
        return True
    return known < 0.75 * len(cells) and not _is_set_off(grid, row)


def _is_set_off(grid: Grid, row: int) -> bool:
    """Return whether all cells of the row are bold or filled, and most of those under them look otherwise."""
    columns = grid.cells(row).keys()
    looks = {grid.emphasis(row, column) for column in columns}
    if len(looks) != 1 or not looks.isdisjoint({(False, 0), (False, 1)}):
        return False
    alike = sum(grid.emphasis(row + 1, column) in looks for column in columns)
    return alike * 2 <= len(columns)


def _by_shape(grid: Grid) -> list[Header]:
    """Return the header whose words are not known: a row of short names, one of them over a column that is empty.

    "What we would like to know | What you do" names its columns as well as "Question | Answer" does.
    """
    numbers = sorted(grid.sheet.rows)
    below = Counter(chain.from_iterable(map(grid.cells, numbers)))
    for at, row in enumerate(numbers[:_SEARCHED]):
        cells = grid.cells(row)
        below.subtract(cells.keys())
        rest = len(numbers) - at - 1
        if len(cells) < 2 or rest < _FEWEST_BELOW:
            continue
        empty = {column for column in cells if not below[column]}
        filled = {column for column in cells if below[column] >= 0.8 * rest}
        if not (empty and filled and min(filled) < max(empty) and empty | filled == cells.keys()):
            continue
        set_off = _is_set_off(grid, row)
        named = all(
            not is_number(text)
            and (
                (set_off and len(text) <= _LONGEST)
                or (len(text) <= _LONGEST_SENTENCE and not text.rstrip().endswith(_ENDS))
            )
            for text in cells.values()
        )
        if named:
            names = {column: text.strip() for column, text in cells.items()}
            return [Header(row, row, names, names, {})]
    return []


def side_by_side(header: Header) -> list[tuple[Header, int, int]]:
    """Return the header once for each of the tables it heads side by side, with the first and last column of each.

    Tables are divided by a column without a name, or where the first name comes again; each part must name a
    question and an answer.
    """
    columns = sorted(header.names)
    first_name = plain(header.names[columns[0]])
    starts = [columns[0]]
    for before, column in pairwise(columns):
        if column - before > 1 or plain(header.names[column]) == first_name:
            heads = [at for at in columns if starts[-1] <= at < column]
            if _asks_and_takes(header, heads) and _asks_and_takes(header, [at for at in columns if at >= column]):
                starts.append(column)
    if len(starts) == 1:
        return [(header, 1, LAST_COLUMN)]
    ends = [start - 1 for start in starts[1:]] + [LAST_COLUMN]
    return [
        (_within(header, left, right), left if index else 1, right)
        for index, (left, right) in enumerate(zip(starts, ends, strict=True))
    ]


def _asks_and_takes(header: Header, columns: list[int]) -> bool:
    """Return whether some of the columns are named for a question and others for an answer."""
    found = [roles(header.names[column]) for column in columns]
    asks = {index for index, named in enumerate(found) if Role.QUESTION in named}
    takes = {index for index, named in enumerate(found) if set(named[:1]) & set(_ANSWERING)}
    return bool(asks) and bool(takes - asks or len(asks & takes) > 1)


def _within(header: Header, left: int, right: int) -> Header:
    """Return the header with the names in the columns `left` to `right` only."""
    columns = range(left, right + 1)
    return Header(
        header.first,
        header.last,
        {column: name for column, name in header.names.items() if column in columns},
        {column: name for column, name in header.leaves.items() if column in columns},
        {column: head for column, head in header.groups.items() if column in columns},
    )


def _is_another(grid: Grid, row: int, before: list[Header]) -> bool:
    """Return whether a further header is one: it repeats a name of an earlier one, or is set off by its looks.

    Without this, a filled row such as "Access controls | Implemented | See comments" would pass for a header.
    """
    cells = grid.cells(row)
    set_off = [grid.emphasis(row, column) for column in cells]
    if sum(bold or fill > 1 for bold, fill in set_off) * 2 > len(set_off):
        return True
    said = {column: plain(text) for column, text in cells.items()}
    return any(plain(header.names.get(column, "")) == text for header in before for column, text in said.items())


def _names_columns(grid: Grid, row: int) -> bool:
    """Return whether the row's cells are names of columns, a question's or an answer's among them."""
    cells = grid.cells(row)
    if len(cells) < 2 or any((row, column) in grid.sheet.numbers for column in cells):
        return False
    if sum(len(text) > _LONGEST for text in cells.values()) * 3 > len(cells):
        return False
    if sum(text.count(" ") for text in cells.values()) > 7 * len(cells):
        return False
    named = {column: found for column, text in cells.items() if len(text) <= _LONGEST and (found := roles(text))}
    kinds = {found[0] for found in named.values()}
    any_kinds = {role for found in named.values() for role in found}
    first_named = min(named, default=0)
    if any(is_number(text) and column not in named and column < first_named for column, text in cells.items()):
        return False
    words = [plain(text) for text in cells.values()]
    twice = words[: len(words) // 2] == words[len(words) // 2 :]  # the same table again beside it
    if len(set(words)) < len(cells) * (0.5 if twice else 0.7):
        return False
    answering = [role for role in _ANSWERING if role in any_kinds]
    if Role.QUESTION in any_kinds and (answering or len(kinds) >= 2):
        return len(named) * 2 >= len(cells) or len(kinds) >= 3
    if Role.QUESTION in kinds and _heads_questions(grid, row, named):
        return True
    if len(named) < 2 or not answering or _explains_code(cells, kinds):
        return False
    ours = any(found[0] in _ANSWERING and is_ours(cells[column]) for column, found in named.items())
    decisive = ours or len(answering) >= 2 or bool({Role.ANSWER, Role.SCORE} & any_kinds)
    return len(named) * 2 >= len(cells) and decisive


def _explains_code(cells: Mapping[int, str], kinds: Set[Role]) -> bool:
    """Return whether a row is one of a legend, as "N | Not met" is: a code beside what it stands for."""
    return len(cells) == 2 and kinds == {Role.NUMBER, Role.ANSWER} and any(
        canonical(text) not in (None, Choice.YES) for text in cells.values() if Role.NUMBER not in roles(text)
    )  # fmt: skip


def _heads_questions(grid: Grid, row: int, named: dict[int, tuple[Role, ...]]) -> bool:
    """Return whether a question stands right under "Question" and nothing under the names beside it.

    It tells headers such as "Security question | Example Ltd", whose second name is the respondent's.
    """
    below = grid.cells(row + 1)
    columns = [column for column, found in named.items() if found[0] is Role.QUESTION]
    return (
        len(columns) == 1
        and max(grid.cells(row)) > columns[0]
        and grid.text(row, columns[0]).count(" ") <= 2
        and likeness(below.get(columns[0], "")) >= 0.9
        and all(column not in below for column in grid.cells(row) if column > columns[0])
    )


def _with_rows_below(grid: Grid, first: int) -> Header:
    """Return the header that begins in row `first`, with the rows that refine its names."""
    columns = grid.cells(first)
    last = max(min(first + _MOST_ROWS - 1, first + grid.height(first, column) - 1) for column in columns)
    for row in range(first + 1, first + _MOST_ROWS):
        if row <= last:
            continue
        if not _refines(grid, first, row):
            break
        last = row
    names: dict[int, list[str]] = {}
    groups: dict[int, int] = {}
    own: set[int] = set()
    for row in range(first, last + 1):
        for column, text in grid.cells(row).items():
            own.add(column)
            width = min(grid.width(row, column), 60)
            for covered in range(column, column + width):
                names.setdefault(covered, []).append(text.strip())
                if width > 1:
                    groups[covered] = column
    # A column that only lies under somebody else's wide heading has no name of its own.
    names = {column: parts for column, parts in names.items() if column in own}
    return Header(
        first,
        last,
        {column: " ".join(parts) for column, parts in names.items()},
        {column: parts[-1] for column, parts in names.items()},
        groups,
    )


def _refines(grid: Grid, first: int, row: int) -> bool:
    """Return whether `row` goes on naming columns: short words, all under wide or missing heads."""
    cells = grid.cells(row)
    if len(cells) < 2 or any(len(text) > 60 or is_number(text) or likeness(text) >= 0.8 for text in cells.values()):
        return False
    marks = sum(canonical(text) is not None for text in cells.values())
    under = sum(grid.width(*grid.anchor(first, column)) > 1 or not grid.seen(first, column) for column in cells)
    named = sum(bool(roles(text)) for text in cells.values())
    heads = Counter(grid.seen(first, column) for column in cells)
    shared = heads.most_common(1)[0][1] > 1 and all(heads) and not any(_ASKED & {*roles(head)} for head in heads)
    names = marks >= 2 or named >= 2 or marks + named >= len(cells) - 1 >= 1
    if under < len(cells):  # a group of one column needs no wide head
        return 2 <= under == len(cells) - 1 and named >= 2 and _names_columns(grid, row)
    return names or (shared and not any(map(is_sign, cells.values())))
