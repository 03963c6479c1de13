"""From a workbook to its questions: every visible sheet, every table in it, every row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial

from assistant.documents.excel.across import asked_across
from assistant.documents.excel.below import answer_below, answered_below, answered_by_labels
from assistant.documents.excel.columns import Columns, assign
from assistant.documents.excel.fields import answer_field, details_field, mark_field, shared_field, wide_field
from assistant.documents.excel.grid import Grid
from assistant.documents.excel.labels import label_questions, named_guidance
from assistant.documents.excel.mirrors import FOR_OTHERS, Reading, left_unread, without_mirrors
from assistant.documents.excel.options import with_options_below
from assistant.documents.excel.references import column_letters, split_location
from assistant.documents.excel.rows import Row, RowKind, classify
from assistant.documents.excel.tables import Table, find_tables
from assistant.documents.excel.wording import (
    is_number,
    leading_number,
    likeness,
    several,
    wants_any_details,
    wants_details,
)
from assistant.documents.excel.workbook import Workbook
from assistant.documents.package import Package
from assistant.legends import explained
from assistant.questionnaire import AnswerField, FieldKind, FoundTable, Location, Question, Questionnaire, Skipped

_LEAST_CERTAIN = 0.45
_SURE = 0.8
_TITLE = 0.1
"""Likeness of what reads like nothing but a title."""


def read(package: Package, form: str) -> Questionnaire:
    """Return what the workbook in `package` asks; `form` is the format to report, `xlsx` or `xlsm`.

    :raises UnreadableDocumentError: when it is damaged or beyond the limits.
    """
    book = Workbook(package)
    grids = [Grid.of(book, entry) for entry in book.sheets if not entry.hidden]
    found = read_grids(grids, form, _notices(package))
    return explained(found, lambda: (list(grid.cells(row).values()) for grid in grids for row in grid.sheet.rows))


def read_grids(grids: Sequence[Grid], form: str, notices: tuple[str, ...] = ()) -> Questionnaire:
    """Return what the sheets ask."""
    guarded = any(grid.locks for grid in grids)
    found: list[Reading] = []
    skipped: list[Skipped] = []
    for grid in grids:
        if guarded and grid.sheet.protected and not grid.locks:
            skipped.append(Skipped(Location(grid.title), "", "the sheet is locked as a whole, and others are not"))
            continue
        found += _readings(grid)
    if not found:
        found = [reading for grid in grids for reading in _readings(grid, placeless=True)]
    lost = left_unread(grids, found, skipped)
    kept, mirrors = without_mirrors(found)
    for reading in mirrors:
        first = reading.questions[0]
        skipped.append(
            Skipped(first.location, first.text, "the questions of this table are those of another one, repeated")
        )
    return Questionnaire(
        form,
        tuple(_in_order(grids, [*_labels(grids, kept), *(q for reading in kept for q in reading.questions)])),
        (*skipped, *(skip for reading in kept for skip in reading.skipped)),
        tuple(_found_table(reading) for reading in kept),
        (*notices, *_protection(kept), *lost),
    )


def _in_order(grids: Sequence[Grid], questions: Sequence[Question]) -> list[Question]:
    """Return the questions as they stand in the workbook: by sheet, row and column."""
    sheets = {grid.title: index for index, grid in enumerate(grids)}

    def place(question: Question) -> tuple[int, int, int]:
        title, row, column = split_location(question.location) or ("", 0, 0)
        return sheets.get(title, 0), row, column

    return sorted(questions, key=place)


def _protection(kept: Sequence[Reading]) -> list[str]:
    """Return a notice for each protected sheet whose answer cells are locked, so that nobody is surprised by it."""
    titles = dict.fromkeys(
        reading.grid.title for reading in kept if reading.grid.sheet.protected and not reading.grid.locks
    )
    return [
        f"The sheet “{title}” is protected and leaves no cell open; answers go into locked cells." for title in titles
    ]


def _readings(grid: Grid, placeless: bool = False) -> list[Reading]:
    """Return what the tables of a sheet ask; `placeless` ones too, whose form has no place for the answers."""
    across = asked_across(grid)
    if across:
        aside = Columns(0, certainty=across[0].certainty, reasons=list(across[0].reasons))
        return [Reading(grid, Table(None, rows=sorted(grid.sheet.rows)), aside, tuple(across), ())]
    found = []
    for table in find_tables(grid):
        columns = assign(grid, table, placeless)
        reading = None
        if columns is not None and columns.certainty >= _LEAST_CERTAIN:
            reading = _questions(grid, table, columns)
        others = _beside_columns(grid, table, reading, placeless)
        if others:
            reading = Reading(grid, table, Columns(0, certainty=others[0].certainty), tuple(others), ())
        if reading is not None and reading.questions:
            found.append(reading)
    return found


def _beside_columns(grid: Grid, table: Table, reading: Reading | None, placeless: bool) -> list[Question]:
    """Return the questions of a table whose answers go to labels, options or rows below, where that explains more.

    `reading` is what its columns say.
    """
    known = reading.questions if reading else ()
    labelled = answered_by_labels(grid, table)
    picked = reading is not None and bool(reading.columns.listed or reading.columns.marks)
    only_words = all(field.kind is FieldKind.TEXT for question in labelled for field in question.fields)
    if labelled and len(labelled) >= len(known) and not (picked and known and only_words):
        return labelled
    if reading and known and (picked or reading.columns.certainty >= _SURE):
        return []
    others = with_options_below(grid, table)
    if not others and table.header is None:
        others = answered_below(grid, table, placeless)
    explained = {question.location for question in others}
    lost = [question for question in known if question.location not in explained and likeness(question.text) > _TITLE]
    return others if placeless or len(others) >= len(known) or (others and not lost) else []


def _questions(grid: Grid, table: Table, columns: Columns) -> Reading:
    """Return the questions of a table and the rows that are none."""
    questions: list[Question] = []
    skipped: list[Skipped] = []
    title, above = "", -1
    inside: dict[int, str] = {}
    rows = classify(grid, table, columns)
    attached = cache(partial(_asks_for_details, rows))
    sections: dict[tuple[str, ...], str] = {}
    for row in rows:
        started = [first for first in table.headings if first <= row.number]
        heading = table.headings[max(started)] if started else ""
        details = _details(grid, columns, row, questions[-1] if questions else None, above, attached)
        if details is not None:
            questions[-1] = replace(questions[-1], fields=(*questions[-1].fields, details))
            skipped.append(
                Skipped(grid.location(row.number, row.column), row.text, "it asks for words to the answer above")
            )
            continue
        if row.kind is RowKind.QUESTION:
            fields = _fields(grid, columns, row.number, row.column)
            if fields:
                for column in columns.sections:
                    inside[column] = grid.seen(row.number, column).strip() or inside.get(column, "")
                parts = (heading, *(inside[column] for column in columns.sections), title)
                if parts not in sections:
                    sections[parts] = " › ".join(
                        dict.fromkeys(" ".join(part.split()) for part in parts if part.strip())
                    )
                question = _question(grid, columns, row, fields, sections[parts])
                questions += _one_by_one(question, row.text)
                above = row.number
                continue
        if row.kind is RowKind.SECTION:
            title = row.text if len(row.text) <= 120 else title
        skipped.append(Skipped(grid.location(row.number, row.column), row.text, row.reason))
    return Reading(grid, table, columns, tuple(questions), tuple(skipped))


def _asks_for_details(rows: Sequence[Row]) -> bool:
    """Return whether most rows such as "If yes, …" ask for details in general; what asks for more is a question."""
    placed = [row for row in rows if row.kind is RowKind.QUESTION and not row.under]
    asking = [row for row in placed if wants_details(row.text) and not is_number(row.label)]
    return sum(wants_any_details(row.text) for row in asking) * 2 >= len(asking)


def _details(
    grid: Grid, columns: Columns, row: Row, before: Question | None, above: int, attached: Callable[[], bool]
) -> AnswerField | None:
    """Return where the words go that the row asks for as details of the choice made above it, None if it does not.

    `before` is the question in row `above`. What has a place of its own is part of it only where rows of the table do
    so (`attached`), and if it asks for nothing by itself and has neither number nor choice.
    """
    if before is None or before.text_field is not None or row.number > above + 2 or not wants_details(row.text):
        return None
    if row.kind is not RowKind.QUESTION or row.under:
        return details_field(grid, row.number)
    listed = any(grid.lists.options(row.number, column) is not None for column in columns.choices)
    if listed or is_number(row.label) or not wants_any_details(row.text) or not attached():
        return None
    own = next(
        (field for field in _fields(grid, columns, row.number, row.column) if field.kind is FieldKind.TEXT), None
    )
    return own or details_field(grid, row.number)


def _labels(grids: Sequence[Grid], kept: Sequence[Reading]) -> list[Question]:
    """Return the label/value fields outside the question tables."""
    found: list[Question] = []
    for grid in grids:
        if FOR_OTHERS.search(grid.title):
            continue
        tables = [reading.table for reading in kept if reading.grid is grid]
        taken = {row for table in tables for row in table.rows}
        heads = {header.first for table in tables for header in table.repeated}
        taken |= {row for table in tables for head in table.repeated for row in range(head.first, head.last + 1)}
        telling = set().union(*(named_guidance(head.names) for table in tables for head in table.repeated))
        found += label_questions(grid, [row for row in sorted(grid.sheet.rows) if row not in taken], heads, telling)
    return found


def _question(grid: Grid, columns: Columns, row: Row, fields: tuple[AnswerField, ...], section: str) -> Question:
    label = row.label
    if not is_number(label):
        label = leading_number(row.text) or label
    parent = grid.seen(row.number, columns.parent).strip() if columns.parent else ""
    return Question(
        text=f"{parent} {row.text}" if parent else row.text,
        location=grid.location(row.number, row.column),
        fields=fields,
        number=label if len(label) <= 60 else "",
        section=section,
        certainty=columns.certainty * row.certainty,
        reasons=tuple(columns.reasons),
    )


def _one_by_one(question: Question, text: str) -> list[Question]:
    """Return the questions that a cell numbers, when its answer is words: a choice is made once for all of them."""
    if len(text.splitlines()) < 2:
        return [question]
    parts = several(text) if all(field.kind is FieldKind.TEXT for field in question.fields) else []
    own = question.number if parts and question.number != parts[0][0] else ""
    reasons = (*question.reasons, "one of several numbered questions in a cell")
    return [
        replace(question, text=asked, number=f"{own} {label}".strip(), reasons=reasons) for label, asked in parts
    ] or [question]


def _fields(grid: Grid, columns: Columns, row: int, asked: int) -> tuple[AnswerField, ...]:
    """Return the places of the row that take the answer, the main choice and the main text first.

    Where the neighbours have a drop-down and this cell has none, it takes free text, as does a cell merged over all of
    the answer columns; where nothing in the row is open, the empty cell under the question.
    """
    wide = wide_field(grid, row, asked, columns.answering())
    if wide is not None:
        return (wide,)
    fields = [
        answer_field(grid, row, column, None if column in columns.listed else columns.printed.get(column, ()))
        for column in columns.choices
        if not grid.refusal(row, column)
    ]
    fields += [
        mark_field(grid, row, group)
        for group in columns.marks
        if not any(grid.refusal(row, column) for _, column in group)
    ]
    for column in columns.texts:
        if not grid.refusal(row, column):
            fields.append(answer_field(grid, row, column))
        elif (field := shared_field(grid, row, column)) is not None:
            fields.append(field)
    if not fields and (field := answer_below(grid, row, asked)) is not None:
        fields.append(field)
    return tuple(fields)


def _found_table(reading: Reading) -> FoundTable:
    grid, table, columns = reading.grid, reading.table, reading.columns
    parts: dict[str, tuple[str, ...]] = {}
    for role, numbers in (
        ("question", [columns.question] if columns.question else []),
        ("choice", columns.choices),
        ("mark", [column for group in columns.marks for _, column in group]),
        ("text", columns.texts),
        ("number", [columns.number] if columns.number else []),
        ("section", columns.sections),
    ):
        if numbers:
            parts[role] = tuple(column_letters(number) for number in numbers)
    place = f"{grid.title}!{min(table.rows)}:{max(table.rows)}"
    return FoundTable(place, len(reading.questions), columns.certainty, tuple(columns.reasons), parts)


def _notices(package: Package) -> tuple[str, ...]:
    """Return what the user should know before the workbook is completed."""
    notices = []
    if any(name.startswith("_xmlsignatures/") for name in package.names):
        notices.append("The workbook is digitally signed; completing it breaks the signature.")
    return tuple(notices)
