"""Which column of a table asks, and which ones take which part of the answer.

The words of the header suggest, the cells decide: how they read, whether they repeat, what they
let in (drop-downs, protection, formulas) and whether they wait to be filled.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.documents.excel.asking import indented_columns, part_column, picked_column, question_column, topic_column
from assistant.documents.excel.column_shapes import Column, describe
from assistant.documents.excel.grid import Grid
from assistant.documents.excel.printed import is_placeholder
from assistant.documents.excel.references import LAST_COLUMN
from assistant.documents.excel.tables import Table
from assistant.documents.excel.ticks import tick_columns
from assistant.documents.excel.vocabulary import (
    Role,
    asks_verdict,
    is_informative,
    is_observation,
    is_ours,
    options_in,
    scale_in,
)
from assistant.documents.excel.wording import is_polar, likeness
from assistant.filling import canonical

_LONG_LIST = 12
"""A drop-down with more values names things (countries, dates); it is no verdict."""
_LEAST_PLACELESS = 3
_KNOWN = 2.0
_PICKED = 0.45
"""Certainty of a table that reads like nothing but has something to pick or tick; somebody has to look."""


@dataclass(slots=True)
class Columns:
    """The columns of a table by the part they play; `reasons` say how that was told."""

    question: int
    parent: int = 0
    """The column of the questions that those in `question` are parts of."""
    indented: list[int] = field(default_factory=list)
    """Columns under the merged cells of the questions, in which sub-questions stand."""
    choices: list[int] = field(default_factory=list)
    marks: list[tuple[tuple[str, int], ...]] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    number: int = 0
    sections: list[int] = field(default_factory=list)
    printed: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Choice column -> allowed values, where its header or its filled cells tell them and no drop-down does."""
    listed: set[int] = field(default_factory=set)
    """Choice columns whose cells have drop-downs."""
    certainty: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def answering(self) -> list[int]:
        """Return every column that takes part of the answer."""
        if not self.marks:
            return self.choices + self.texts
        return [*self.choices, *(column for group in self.marks for _, column in group), *self.texts]


def assign(grid: Grid, table: Table, placeless: bool = False) -> Columns | None:
    """Return the parts the table's columns play, None when nothing in it asks or nothing takes an answer.

    With `placeless`, questions for whose answers the form has no place get the first empty column beside the table.
    """
    columns = describe(grid, table, table.rows)
    question = question_column(table, columns) or topic_column(table, columns)
    found = _assigned(grid, table, columns, question, placeless) if question else None
    picked = picked_column(grid, table, columns) if found is None else None
    return _assigned(grid, table, columns, picked, placeless) if picked else found


def _assigned(
    grid: Grid, table: Table, columns: dict[int, Column], question: Column, placeless: bool
) -> Columns | None:
    """Return the parts of all columns where `question` is the one that asks, None when nothing takes an answer."""
    asking = [row for row in table.rows if grid.text(row, question.number)]
    if len(asking) < len(table.rows):
        columns = describe(grid, table, asking)
        question = columns[question.number]
    found = Columns(question.number)
    part = part_column(grid, table, columns, question)
    if part is not None:
        found.question, found.parent = part.number, question.number
        columns = describe(grid, table, [row for row in table.rows if grid.text(row, part.number)])
        question = columns[part.number]
    found.indented = indented_columns(grid, table, question.number)
    others = {number: column for number, column in columns.items() if number not in (question.number, *found.indented)}
    found.marks = tick_columns(grid, table, others)
    taken = {column for group in found.marks for _, column in group}
    free = {number: column for number, column in others.items() if number not in taken}
    _find_choices(found, free, question)
    _find_texts(grid, table, found, free, question)
    if not found.answering() and placeless and question.reads >= max(_LEAST_PLACELESS, 0.7 * question.filled):
        found.texts = [number for number, column in free.items() if number > question.number and not column.filled][:1]
        found.reasons.append("the form has no place for answers; the first empty column takes them")
    if not found.answering() or _only_informs(grid, table, found, columns):
        return None
    _find_labels(found, free, question)
    _judge(table, found, columns)
    return found


def _only_informs(grid: Grid, table: Table, found: Columns, columns: dict[int, Column]) -> bool:
    """Return whether the table explains terms, versions or the like, and nothing in it is plainly for an answer."""
    if table.header is None or found.choices or found.marks:
        return False
    if any(columns[number].role is Role.ANSWER or is_ours(columns[number].name) for number in found.texts):
        return False
    return is_informative(grid.title) or any(is_informative(name) for name in table.header.names.values())


def _find_choices(found: Columns, columns: dict[int, Column], question: Column) -> None:
    """Add the columns that take a choice: drop-downs first, then answers known by name that are short."""
    ranked = []
    for number, column in columns.items():
        if column.lists < max(1, min(3, column.rows // 2)) or not column.open:
            continue
        ours = 2 if column.role is Role.ANSWER else 1 if column.role is not Role.OTHER or is_ours(column.name) else 0
        longest = max((len(options) for options in column.options), default=0)
        verdict = any(any(canonical(option) is not None for option in options) for options in column.options)
        if longest > _LONG_LIST and not verdict:
            continue
        ranked.append((-(ours + verdict * 2), number < question.number, number))
    answered = any(column.role is Role.ANSWER and column.open and not column.lists for column in columns.values())
    for negative, _, number in sorted(ranked):
        if negative == 0 and (found.choices or answered):
            continue  # the customer's own rating
        found.choices.append(number)
        found.listed.add(number)
        found.reasons.append(f"column {number} has drop-downs")
    if found.choices or found.marks:
        return
    offering = [number for number, column in columns.items() if column.open and column.offers >= 0.5 * column.rows]
    if offering:
        found.choices.append(offering[0])
        found.reasons.append("its cells print the options")
        return
    for number, column in columns.items():
        scale = scale_in(column.name) if column.role in (Role.ANSWER, Role.SCORE) and not column.filled else ()
        level = column.role is Role.SCORE and not column.filled and asks_verdict(column.name)
        if not (column.role is Role.ANSWER or scale or level) or not column.open:
            continue
        printed = options_in(column.name) or scale
        comment = any(
            Role.COMMENT in other.roles[:1] or (Role.EVIDENCE in other.roles[:1] and column.verdicts)
            for other in columns.values()
            if other.number != number and other.open
        )
        verdictish = column.filled and column.verdicts + 0.5 * column.short >= 0.75 * column.filled and column.verdicts
        polar = (
            not column.filled
            and comment
            and ((question.reads and _polar(question) >= 0.7) or asks_verdict(column.name))
        )
        if printed or (comment and (verdictish or polar)):
            found.choices.append(number)
            values = tuple(sorted(column.texts, key=lambda text: -column.texts[text]))
            if printed:
                found.printed[number] = printed
            elif verdictish and len(values) <= 5 and all(canonical(value) is not None for value in values):
                found.printed[number] = values
            if not printed:
                break
    # Whether something applies comes before how it is met; the verdict is the main choice.
    found.choices.sort(key=lambda number: "applicab" in columns[number].name.casefold())


def _polar(question: Column) -> float:
    """Return the share of questions that ask for yes or no."""
    return sum(count for text, count in question.texts.items() if is_polar(text)) / max(1, question.filled)


def _find_texts(grid: Grid, table: Table, found: Columns, columns: dict[int, Column], question: Column) -> None:
    """Add the columns that take the written answer, the main one first."""
    decided = bool(found.choices or found.marks)
    ranked = []
    for number, column in columns.items():
        if number in found.choices or column.open < max(1, column.rows * 0.2) or column.lists > column.rows * 0.3:
            continue
        if column.formulas > column.rows * 0.3:
            continue
        if column.labels > column.rows * 0.3 and column.role not in (Role.ANSWER, Role.COMMENT):
            continue
        if decided and column.labels > column.rows * 0.9:
            continue  # points that the form gives, "Value" or "Points" as it may call them
        if (
            table.header is not None
            and number in table.header.groups
            and (table.header.groups[number] == table.header.groups.get(found.question))
        ):
            # It shares its heading with the question, so the heading names the question or its section.
            continue
        ours = is_ours(column.name)
        by_role = {Role.COMMENT: 3.0, Role.ANSWER: 2.5 if decided else 4.0, Role.EVIDENCE: 1.5}
        rank = by_role.get(column.role) if column.role else None
        if column.role in (Role.OTHER, Role.SCORE) and ours and Role.COMMENT in column.roles:
            rank = 2.0
        constant = column.filled > column.rows * 0.9 and len(column.texts) < column.filled * 0.1
        if rank is None or (constant and not all(map(is_placeholder, column.texts))):
            continue
        ranked.append((-(rank + ours * 0.5), number < question.number, number))
    if not decided and all(-negative < _KNOWN for negative, _, _ in ranked):
        # Nothing but evidence is known by its name: an empty column before it, in whatever words, takes the answer.
        evidence = min((number for _, _, number in ranked), default=0)
        ranked += [
            (-_KNOWN, False, number)
            for number, column in columns.items()
            if question.number < number < evidence
            and (column.name and column.role is None and not column.filled and column.open)
        ][:1]
    if all(-negative < _KNOWN for negative, _, _ in ranked):
        # Auditors write observations; the respondent does where no other column takes words but one for evidence.
        evidence = min((number for _, _, number in ranked), default=LAST_COLUMN)
        ranked += [
            (-_KNOWN, number < question.number, number)
            for number, column in columns.items()
            if number < evidence and number not in found.choices
            and is_observation(column.name) and column.filled < 0.5 * column.rows and column.open
        ][:1]  # fmt: skip
    found.texts = [number for _, _, number in sorted(ranked)]
    if found.texts or decided:
        return
    asked = sum(count for text, count in question.texts.items() if likeness(text) >= 0.9)
    for number in sorted(columns):
        column = columns[number]
        if number <= question.number or column.filled or not column.open or column.role in (Role.OTHER, Role.SCORE):
            continue
        # Without a header there must be more than prose beside an empty column: questions, in drawn cells.
        if column.name or (table.header is None and asked >= max(2, 0.5 * column.rows) and _drawn(grid, table, number)):
            found.texts = [number]
            found.reasons.append("the first empty column beside the questions takes the answer")
        return


def _drawn(grid: Grid, table: Table, column: int) -> bool:
    """Return whether the form draws cells in the column beside its texts."""
    drawn = sum(bool(grid.sheet.style(row, column)) for row in table.rows)
    return drawn >= len(table.rows) * 0.5


def _find_labels(found: Columns, columns: dict[int, Column], question: Column) -> None:
    """Set the column of the questions' own numbers, and those of their sections."""
    best = 0.0
    for number, column in columns.items():
        if number in (*found.answering(), found.parent) or not column.filled:
            continue
        labels = column.labels / column.filled
        distinct = len(column.texts) / column.filled
        score = labels * distinct * column.share(column.filled)
        if column.role is Role.OTHER or (number > question.number and column.role is not Role.NUMBER):
            continue
        score += 0.4 if column.role is Role.NUMBER else 0.0
        score += 0.2 if number < question.number else 0.0
        if score > max(best, 0.5):
            best, found.number = score, number
    found.sections = [
        number
        for number, column in sorted(columns.items())
        if column.filled and number not in (found.number, found.parent, *found.answering())
        and (column.role is Role.SECTION or (column.role is None and number < question.number) or (
            Role.SECTION in column.roles and number < question.number))
        and column.labels < column.filled * 0.5
    ][:2]  # fmt: skip


def _judge(table: Table, found: Columns, columns: dict[int, Column]) -> None:
    """Set how certain the assignment is, and why."""
    question = columns[found.question]
    reads = question.reads / max(1, question.filled)
    certainty = 0.25 + 0.35 * reads
    if table.header is not None:
        certainty += 0.1
        found.reasons.insert(0, f"row {table.header.first} names the columns")
    if question.role is Role.QUESTION:
        certainty += 0.15
    if (
        found.listed
        or found.marks
        or any(
            columns[number].role is Role.ANSWER or is_ours(columns[number].name)
            for number in found.texts + found.choices
        )
    ):
        certainty += 0.15
    found.certainty = min(0.99, max(certainty, _PICKED if found.listed or found.marks or found.choices else 0.0))
