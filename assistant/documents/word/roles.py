"""What each column of a table is for: numbers, questions, answers, ticks, guidance, the customer's own use.

The header's words propose, the content of the column decides: blank cells, boxes and inputs take
answers, long asking texts are questions, short codes are numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents.word.blocks import Row
from assistant.documents.word.columnwords import (
    STRONG_ANSWER,
    STRONG_QUESTION,
    Role,
    header_options,
    header_role,
    is_option,
    is_scale,
    names_questions,
    offers_free_text,
    printed_options,
)
from assistant.documents.word.fields import could_be_tick, is_prompt, lone_box
from assistant.documents.word.headers import Column, Segment
from assistant.documents.word.words import (
    is_answer_label,
    is_identifier,
    plain,
    requests,
    states,
)

_FEW = 0.6
"""Share of places up to which a column may hold the questions."""
_OPEN = frozenset({None, Role.OTHER, Role.TEXT})
"""Roles of columns that take a choice when their header prints what to choose from."""
_GAPS = 0.15
"""Share of blanks up to which a column may be that of the questions whatever it says: a form asks in each row."""
_LONGEST_VALUE = 3
"""Words of what a column says in row after row without being a question."""
_SAMPLE = 40
"""Cells of a column that are looked at to tell whether it asks."""


def assign(columns: list[Column], rows: Sequence[Row]) -> list[str]:
    """Give each column its role; return the reasons."""
    reasons: list[str] = []
    for column in columns:
        column.role = header_role(column.label) or header_role(column.header)
    _assign_ticks(columns, reasons)
    _assign_number(columns)
    question = _assign_question(columns, reasons)
    if question is None:
        return reasons
    for column in columns:
        if column.role in {Role.NUMBER, Role.MARK, Role.QUESTION, Role.TEXT, Role.CHOICE}:
            continue  # options printed where the answer goes are struck out or replaced there
        printed = column.share(
            [bool(printed_options(c.text)) or offers_free_text(c.text) for c in column.cells if c.text]
        )
        if printed >= 0.6 and column.places < 0.5 and not any(cell.inputs or cell.boxes for cell in column.cells):
            blank = [other for other in columns if other.places >= _FEW and other.role is not Role.ASSESSOR]
            remarks = bool(blank) and all(is_answer_label(other.label) for other in blank)
            struck = remarks and not any(STRONG_ANSWER.search(other.label) for other in blank)
            column.role = Role.CHOICE if struck and column.role is not Role.OPTIONS else Role.OPTIONS
    _assign_answers(columns, rows, reasons)
    return reasons


def _assign_ticks(columns: list[Column], reasons: list[str]) -> None:
    """Mark columns that take ticks: option words over blank cells, or one box in every cell."""
    labels = [column.label for column in columns[1:] if column.label.strip().isdecimal()]
    scale = is_scale(labels)
    for column in columns:
        tickable = column.share([could_be_tick(cell) for cell in column.cells])
        boxes = column.share([lone_box(cell) for cell in column.cells])
        offered = is_option(column.label) or (scale and column.label in labels)
        if boxes >= 0.5 or (offered and tickable >= 0.7):
            column.role = Role.MARK
        elif column.role is Role.MARK:
            column.role = None
    ticks = [column for column in columns if column.role is Role.MARK]
    if len(ticks) == 1 and not any(lone_box(cell) for cell in ticks[0].cells):
        ticks[0].role = Role.CHOICE if is_option(ticks[0].label) else None
    elif ticks:
        reasons.append("tick columns " + ", ".join(f"“{column.label}”" for column in ticks))


def _assign_number(columns: list[Column]) -> None:
    """Mark the columns of numbers and codes."""
    for column in columns:
        coded = column.share([is_identifier(cell.text) for cell in column.cells if cell.text])
        if column.role is Role.NUMBER and (column.words > 6 or column.places > 0.9):
            column.role = None
        elif coded >= 0.7 and column.filled > 0 and column.role is not Role.MARK and column.words <= 3:
            column.role = Role.NUMBER


def _assign_question(columns: list[Column], reasons: list[str]) -> Column | None:
    """Mark and return the column that holds the questions."""
    worded = [column for column in columns if column.words and column.places <= _FEW and column.role is not Role.MARK]
    whole = [column for column in worded if column.places <= _GAPS or _names_or_asks(column)] or worded
    told = [column for column in whole if not _says_values(column)] or whole
    waits = any(column.places >= _FEW for column in columns)
    best, most = None, 0.0
    for column in told:
        if column.role is Role.NUMBER:
            continue
        worth = _worth(column, waits)
        if worth > most:
            best, most = column, worth
    if best is None and told:
        marks = any(column.role is Role.MARK for column in columns)
        if marks or _takes_answers(columns) or (waits and len(told) < len(worded)):
            best = next((column for column in told if column.role is not Role.NUMBER), told[0])
    if best is None:
        return None
    for column in columns:
        if column.role is Role.QUESTION:
            column.role = Role.OTHER
    best.role = Role.QUESTION
    reasons.append(f"questions in column “{best.header}”" if best.header else "questions by the shape of the column")
    return best


def _worth(column: Column, waits: bool) -> float:
    """Return how much a column reads like that of the questions; `waits` when another one waits for answers."""
    texts = [cell.text for cell in column.cells if cell.text and not is_prompt(cell.text)][:_SAMPLE]
    if not texts:
        return 0.0
    share = column.share([requests(text) for text in texts])
    duties = column.share([states(text) for text in texts])
    worth = 3.0 * share + 1.0 * duties + min(column.words, 20) / 20
    if STRONG_QUESTION.search(column.header):
        return worth + 2.5
    if column.role is Role.QUESTION:
        return worth + 1.5
    if column.role is Role.EVIDENCE and waits and column.printed:
        return worth if names_questions(column.header) else worth - 1.5  # it says which evidence is asked for
    if column.role in {Role.TEXT, Role.CHOICE, Role.ASSESSOR, Role.EVIDENCE, Role.ACTION, Role.OPTIONS}:
        return worth - 2.5
    return worth - 1.5 if column.role is Role.GUIDANCE else worth


def _names_or_asks(column: Column) -> bool:
    """Return whether a column may be that of the questions though it has gaps: its header says so, or its words ask."""
    texts = [cell.text for cell in column.cells if cell.text][:_SAMPLE]
    return column.role is Role.QUESTION or column.share([requests(text) for text in texts]) > _GAPS


def _says_values(column: Column) -> bool:
    """Return whether a column says one of a few values in each row ("Yes", "No"; "M", "O"), which is no question."""
    texts = [cell.text for cell in column.cells if cell.text]
    few = len(set(texts)) * 2 <= len(texts) and column.words <= _LONGEST_VALUE
    return few or column.share([is_option(text) for text in texts]) > _FEW


def _takes_answers(columns: Sequence[Column]) -> bool:
    """Return whether several columns are named for answers and one waits for them, or holds levels that were given."""
    named = [column for column in columns if column.role in {Role.TEXT, Role.CHOICE}]
    given = any(
        column.role is Role.CHOICE and column.share([is_option(cell.text) for cell in column.cells if cell.text]) > _FEW
        for column in named
    )
    return len(named) > 1 and (given or any(column.places >= _FEW for column in named))


def _assign_answers(columns: list[Column], rows: Sequence[Row], reasons: list[str]) -> None:
    """Mark the columns that take answers, by their headers, by being blank, or by repeating the row's options."""
    rest = [column for column in columns if column.role not in {Role.NUMBER, Role.QUESTION, Role.MARK, Role.OPTIONS}]
    question = next(column.start for column in columns if column.role is Role.QUESTION)
    for column in rest:
        inputs = column.share([bool(cell.inputs or cell.boxes) for cell in column.cells])
        if column.role in _OPEN and column.places >= 0.6 and header_options(column.header):
            column.role = Role.CHOICE
        if column.role is Role.CHOICE or (inputs >= 0.5 and column.role is None):
            column.role = Role.CHOICE if column.role is Role.CHOICE else Role.TEXT
        elif column.role in {Role.ASSESSOR, Role.ACTION}:
            continue
        elif column.places >= 0.6 and column.start < question and not inputs and column.role is not Role.TEXT:
            column.role = Role.OTHER  # answers stand behind their questions
        elif column.places >= 0.6:
            if column.role in {None, Role.OTHER, Role.GUIDANCE}:
                reasons.append(f"column “{column.header}” is blank")
                column.role = Role.TEXT if column.role is not Role.GUIDANCE else Role.EVIDENCE
        elif column.role is not Role.TEXT and column.role is not Role.EVIDENCE:
            column.role = Role.GUIDANCE if column.role is None else column.role
    _leave_out_printed(rest)
    answers = [column for column in rest if column.role in {Role.TEXT, Role.CHOICE}]
    ticks = any(column.role is Role.MARK for column in columns)
    if answers or ticks:
        reasons += [f"answers in column “{column.header}”" for column in answers if column.header]
        return
    repeats = {column.start: _repeats_options(column, columns, rows) for column in rest}
    likely = max(rest, key=lambda column: repeats[column.start], default=None)
    if likely is not None and repeats[likely.start] >= 0.3:
        likely.role = Role.TEXT
        reasons.append(f"column “{likely.header}” repeats the options that the rows allow: answers already given")
        return
    if not STRONG_QUESTION.search(next(column.header for column in columns if column.role is Role.QUESTION)):
        return
    others = [column for column in rest if column.role is not Role.ACTION]
    options = [column for column in columns if column.role is Role.OPTIONS]
    if len(others) == 1 and (others[0].role in {Role.EVIDENCE, Role.OTHER, Role.OPTIONS} or len(columns) <= 4):
        others[0].role = Role.TEXT
        reasons.append(f"column “{others[0].header}” is the only one left for answers")
    elif options:
        options[0].role = Role.TEXT
        reasons.append(f"answers replace the options printed in column “{options[0].header}”")


def _leave_out_printed(rest: list[Column]) -> None:
    """Take columns full of the form's own words for guidance when another column is blank for answers."""
    blank = [
        column for column in rest if column.role in {Role.TEXT, Role.CHOICE, Role.EVIDENCE} and column.places >= 0.6
    ]
    for column in rest:
        worded = column.role is Role.EVIDENCE or (column.role is Role.TEXT and not STRONG_ANSWER.search(column.header))
        if column.printed and worded and any(other is not column for other in blank):
            column.role = Role.GUIDANCE


def _repeats_options(column: Column, columns: Sequence[Column], rows: Sequence[Row]) -> float:
    """Return how often a cell begins with one of the options its row prints."""
    sources = [other for other in columns if other.role is Role.OPTIONS]
    if not sources:
        return 0.0
    seen = hits = 0
    for row in rows:
        cells = {cell.start: cell for cell in row.cells}
        cell, source = cells.get(column.start), cells.get(sources[0].start)
        if cell is None or source is None or cell.above is not None or not cell.text:
            continue
        options = printed_options(source.text)
        if options:
            seen += 1
            said = plain(cell.text).casefold()
            hits += any(said.startswith(option.casefold()) for option in options)
    return hits / seen if seen else 0.0


def certainty(columns: Sequence[Column], segment: Segment) -> float:
    """Return how sure the roles of a table's columns are."""
    question = next(column for column in columns if column.role is Role.QUESTION)
    texts = [cell.text for cell in question.cells if cell.text][:_SAMPLE]
    sure = 0.55 + 0.2 * bool(STRONG_QUESTION.search(question.header))
    sure += 0.2 * question.share([requests(text) or states(text) for text in texts])
    sure += 0.1 * any(column.role in {Role.TEXT, Role.CHOICE, Role.MARK} and column.places >= 0.6 for column in columns)
    return min(0.98, sure if segment.header else sure - 0.1)
