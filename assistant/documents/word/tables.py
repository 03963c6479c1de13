"""Tables with a header row: which column holds the questions, which takes which part of the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.documents.word.blocks import Cell, Paragraph, Row, Table
from assistant.documents.word.fields import (
    bare,
    cell_fields,
    could_be_tick,
    is_place,
    is_prompt,
    is_ticked,
    lone_box,
    mark_field,
    short_label,
    with_choice_and_text,
)
from assistant.documents.word.reports import Reading
from assistant.documents.word.words import (
    NOTE,
    STRONG_QUESTION,
    Role,
    asks,
    header_options,
    header_role,
    is_answer_label,
    is_example,
    is_identifier,
    is_option,
    offers_free_text,
    plain,
    printed_options,
    requests,
    states,
    without_number,
)
from assistant.questionnaire import AnswerField, FieldKind, FoundTable, Location, Question


@dataclass
class Column:
    """A column of a table below one header: its words and cells, and the role found for it."""

    start: int
    header: str
    label: str
    cells: list[Cell]
    role: Role | None = None

    def share(self, counts: Sequence[bool]) -> float:
        """Return the share of true values, 0 when there are none."""
        return sum(counts) / len(counts) if counts else 0.0

    @cached_property
    def places(self) -> float:
        """Return the share of cells that hold nothing but a place to answer."""
        return self.share([is_place(cell) for cell in self.cells])

    @cached_property
    def words(self) -> float:
        """Return the mean number of words of the cells that hold text."""
        lengths = [len(cell.text.split()) for cell in self.cells if cell.text]
        return sum(lengths) / len(lengths) if lengths else 0.0

    @cached_property
    def filled(self) -> float:
        """Return the share of cells that hold text."""
        return self.share([bool(cell.text) for cell in self.cells])


@dataclass(slots=True)
class Segment:
    """Rows under one header (of one or more rows)."""

    header: list[Row]
    rows: list[Row]


def header_rows(table: Table) -> list[int]:
    """Return the indices of rows that head the rows below them."""
    found: list[int] = []
    for index, row in enumerate(table.rows):
        if index + 1 >= len(table.rows):
            break
        if (found and found[-1] == index - 1 and _continues(table.rows[index - 1], row)) or _heads(table, index):
            found.append(index)
    return found


def _heads(table: Table, index: int) -> bool:
    """Return whether a row's words are those of a header."""
    row = table.rows[index]
    own = [cell for cell in row.cells if cell.above is None]
    texts = [cell.text for cell in own if cell.text]
    if len(texts) < 2 or len(texts) * 5 < len(own) * 3 or any(len(text) > 200 for text in texts):
        return False
    if index and not (
        _looks_set_off(table, index)
        or _is_first_after_titles(table, index)
        or _repeats_header(table, index)
        or all(paragraph.bold for paragraph in _written(row))
    ):
        return False
    if any(cell.inputs or cell.tables for cell in own) or any(lone_box(cell) for cell in own):
        return False
    if any(len(text.split()) > 25 for text in texts):
        return False
    if row.cells[0].text and is_identifier(row.cells[0].text) and header_role(row.cells[0].text) is None:
        return False
    roles = [header_role(text) for text in texts]
    for text, role in zip(texts, roles, strict=True):
        if role not in {Role.CHOICE, Role.MARK} and len(text.split()) > 5 and asks(text):
            return False
    known = sum(role is not None for role in roles)
    if known >= 2 and known * 2 >= len(texts):
        # Options alone head nothing: a row "Yes | No" under a question is its answer.
        return any(role not in {Role.MARK, None} for role in roles) or index == 0
    return index == 0 and (row.header or _looks_set_off(table, index)) and _opens_places(table, index)


def _written(row: Row) -> list[Paragraph]:
    """Return the paragraphs of a row that hold text."""
    return [paragraph for cell in row.cells for paragraph in cell.paragraphs if paragraph.text.strip()]


def _is_first_after_titles(table: Table, index: int) -> bool:
    """Return whether only rows of one cell stand above."""
    return all(len([cell for cell in row.cells if cell.text]) <= 1 for row in table.rows[:index])


def _repeats_header(table: Table, index: int) -> bool:
    """Return whether the row says the same as the table's first row."""
    first, row = table.rows[0].cells, table.rows[index].cells
    return len(first) == len(row) and all(a.text == b.text for a, b in zip(first, row, strict=True))


def _looks_set_off(table: Table, index: int) -> bool:
    """Return whether a row is shaded where the next rows are not."""
    below = table.rows[index + 1 : index + 4]
    shades = {cell.shade for cell in table.rows[index].cells}
    return "" not in shades and all(any(cell.shade not in shades for cell in row.cells) for row in below)


def _opens_places(table: Table, index: int) -> bool:
    """Return whether under one of a row's cells, but not all of them, most cells are places."""
    below = table.rows[index + 1 :]
    blank = words = 0
    for cell in table.rows[index].cells:
        under = [other for row in below for other in row.cells if other.start == cell.start]
        if under and sum(is_place(other) for other in under) * 2 > len(under):
            blank += 1
        elif under:
            words += 1
    return blank >= 1 and words >= 1


def _continues(above: Row, row: Row) -> bool:
    """Return whether `row` is the second row of a header that begins in `above`."""
    merged = any(cell.above is not None and cell.above in above.cells for cell in row.cells)
    own = [cell for cell in row.cells if cell.above is None and cell.text]
    spans = {cell.start: cell for cell in above.cells if cell.span > 1}
    under = [cell for cell in own if any(wide.start <= cell.start < wide.start + wide.span for wide in spans.values())]
    short = bool(own) and all(len(cell.text.split()) <= 6 and not cell.boxes and not cell.inputs for cell in own)
    return (
        short and (merged or (len(under) == len(own) and len(own) > 1)) and not any(is_identifier(c.text) for c in own)
    )


def segments(table: Table) -> list[Segment]:
    """Return the table's rows by the header they stand under; rows above the first header have none."""
    heads = header_rows(table)
    found: list[Segment] = []
    current = Segment([], [])
    for index, row in enumerate(table.rows):
        if index in heads:
            if current.rows or not current.header:
                if current.rows:
                    found.append(current)
                current = Segment([row], [])
            else:
                current.header.append(row)
        else:
            current.rows.append(row)
    if current.rows:
        found.append(current)
    return found


def is_band(row: Row, width: int) -> bool:
    """Return whether a row is one line across the table, such as a section's title or a note."""
    own = [cell for cell in row.cells if cell.above is None]
    return len(own) == len(row.cells) and (len(own) == 1 and (own[0].span >= width or width == 1))


def width_of(table: Table) -> int:
    """Return the number of grid columns."""
    return max((cell.start + cell.span for row in table.rows for cell in row.cells), default=0)


def columns_of(segment: Segment, width: int) -> list[Column]:
    """Return the columns under a segment's header."""
    body = [row for row in segment.rows if not is_band(row, width)]
    starts = Counter(cell.start for row in body for cell in row.cells)
    found = []
    for start in sorted(starts):
        if starts[start] * 3 < len(body):
            continue
        words, label = [], ""
        for head in segment.header:
            for cell in head.cells:
                if cell.start <= start < cell.start + cell.span and cell.above is None and cell.text:
                    words.append(plain(cell.text))
                    label = plain(cell.text)
        found.append(
            Column(
                start,
                " ".join(words),
                label,
                [cell for row in body for cell in row.cells if cell.start == start and cell.above is None],
            )
        )
    return found


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
            column.role = Role.OPTIONS
    _assign_answers(columns, rows, reasons)
    return reasons


def _assign_ticks(columns: list[Column], reasons: list[str]) -> None:
    """Mark columns that take ticks: option words over blank cells, or one box in every cell."""
    for column in columns:
        tickable = column.share([could_be_tick(cell) for cell in column.cells])
        boxes = column.share([lone_box(cell) for cell in column.cells])
        if boxes >= 0.5 or (is_option(column.label) and tickable >= 0.7):
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
    best, most = None, 0.0
    for column in columns:
        texts = [cell.text for cell in column.cells if cell.text and not is_prompt(cell.text)]
        if column.role in {Role.MARK, Role.NUMBER} or not texts or column.places > 0.6:
            continue
        share = column.share([requests(text) for text in texts])
        duties = column.share([states(text) for text in texts])
        worth = 3.0 * share + 1.0 * duties + min(column.words, 20) / 20
        if STRONG_QUESTION.search(column.header):
            worth += 2.5
        elif column.role is Role.QUESTION:
            worth += 1.5
        elif column.role in {Role.TEXT, Role.CHOICE, Role.ASSESSOR, Role.EVIDENCE, Role.ACTION, Role.OPTIONS}:
            worth -= 2.5
        elif column.role is Role.GUIDANCE:
            worth -= 1.5
        if worth > most:
            best, most = column, worth
    if best is None and any(column.role is Role.MARK for column in columns):
        best = next((column for column in columns if column.role is Role.NUMBER), None)
    if best is None:
        return None
    for column in columns:
        if column.role is Role.QUESTION:
            column.role = Role.OTHER
    best.role = Role.QUESTION
    reasons.append(f"questions in column “{best.header}”" if best.header else "questions by the shape of the column")
    return best


_ANSWER_ORDER = {Role.TEXT: 0, None: 1, Role.OTHER: 2, Role.GUIDANCE: 3, Role.EVIDENCE: 4}


def _assign_answers(columns: list[Column], rows: Sequence[Row], reasons: list[str]) -> None:
    """Mark the columns that take answers, by their headers, by being blank, or by repeating the row's options."""
    rest = [column for column in columns if column.role not in {Role.NUMBER, Role.QUESTION, Role.MARK, Role.OPTIONS}]
    question = next(column.start for column in columns if column.role is Role.QUESTION)
    for column in rest:
        inputs = column.share([bool(cell.inputs or cell.boxes) for cell in column.cells])
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


def read_segment(table: Table, segment: Segment, section: str) -> Reading | None:
    """Return the questions under one header, or None when no column holds questions with places beside them."""
    width = width_of(table)
    columns = columns_of(segment, width)
    reasons = assign(columns, segment.rows)
    by_role: dict[Role, list[Column]] = {}
    for column in columns:
        if column.role is not None:
            by_role.setdefault(column.role, []).append(column)
    if Role.QUESTION not in by_role:
        return None
    answers = [c for role in (Role.CHOICE, Role.TEXT, Role.EVIDENCE) for c in by_role.get(role, [])]
    if not answers and Role.MARK not in by_role:
        return None
    reading = Reading()
    for head in segment.header:
        reading.skip(head.path, " | ".join(cell.text for cell in head.cells), "header of the table")
    reader = _Rows(by_role, width, section, _certainty(columns, segment), tuple(reasons))
    for row in segment.rows:
        reader.read(row, reading)
    reading.tables.append(
        FoundTable(
            table.path,
            len(reading.questions),
            reader.certainty,
            tuple(reasons),
            {
                role.value: tuple(column.header or f"column {column.start + 1}" for column in found)
                for role, found in by_role.items()
            },
        )
    )
    return reading


def _certainty(columns: Sequence[Column], segment: Segment) -> float:
    """Return how sure the roles of a table's columns are."""
    question = next(column for column in columns if column.role is Role.QUESTION)
    texts = [cell.text for cell in question.cells if cell.text]
    sure = 0.55 + 0.2 * bool(STRONG_QUESTION.search(question.header))
    sure += 0.2 * question.share([requests(text) or states(text) for text in texts])
    sure += 0.1 * any(column.role in {Role.TEXT, Role.CHOICE, Role.MARK} and column.places >= 0.6 for column in columns)
    return min(0.98, sure if segment.header else sure - 0.1)


class _Rows:
    """Reads the rows of one segment; keeps the section that bands in the table set."""

    def __init__(
        self, by_role: dict[Role, list[Column]], width: int, section: str, certainty: float, reasons: tuple[str, ...]
    ) -> None:
        self._roles, self._width, self._top, self._section = by_role, width, section, section
        self.certainty, self._reasons = certainty, reasons
        self._question = by_role[Role.QUESTION][0]
        self._numbers = [
            column.start for column in by_role.get(Role.NUMBER, []) if column.start < self._question.start
        ][:1] or [column.start for column in by_role.get(Role.NUMBER, [])][:1]
        self._number = ""

    def read(self, row: Row, reading: Reading) -> None:
        """Read one row."""
        cells = {cell.start: cell for cell in row.cells}
        own = [cell for cell in row.cells if cell.above is None]
        text_cells = [cell for cell in own if cell.text]
        cell = cells.get(self._question.start)
        number = next((cells[start] for start in self._numbers if start in cells), None)
        if not text_cells:
            return
        whole = " ".join(plain(c.text) for c in text_cells)
        fields = self._fields(cells)
        if (
            is_band(row, self._width)
            or (cell is None and len(text_cells) == 1)
            or (cell is not None and not fields and len(text_cells) == 1 and cell.span > 1)
        ):
            self._band(row, whole, reading)
            return
        if cell is None or cell.above is not None or not cell.text or is_prompt(cell.text):
            reading.skip(row.path, whole, "a row without a question of its own")
            return
        if number is not None and number.above is None:
            self._number = plain(number.text)
        if is_example(whole) or (number is not None and is_example(number.text)):
            reading.skip(row.path, whole, "an example")
            return
        continued = number is not None and number.above is not None
        if NOTE.match(cell.text) and not asks(cell.text):
            reading.skip(cell.path, cell.text, "a note to the questions")
            return
        places = self._own_places(cells)
        if continued and not places:
            reading.skip(cell.path, cell.text, "belongs to the question above, which has the place for the answer")
            return
        if not fields:
            reading.skip(cell.path, cell.text, "no place for an answer in this row")
            return
        own_number, text = without_number(bare(cell) if cell.boxes else cell.text)
        reading.questions.append(
            Question(
                text=plain(text),
                location=Location(cell.path),
                fields=tuple(fields),
                number=(self._number if number is not None else "") or own_number,
                section=self._section,
                certainty=self.certainty if requests(cell.text) or states(cell.text) else self.certainty - 0.1,
                reasons=self._reasons,
            )
        )

    def _band(self, row: Row, text: str, reading: Reading) -> None:
        if NOTE.match(text) or len(text) > 200 or is_answer_label(text):
            reading.skip(row.path, text, "a note across the table")
        else:
            self._section = f"{self._top} › {text}" if self._top else text
            reading.skip(row.path, text, "a section's title")

    def _own_places(self, cells: dict[int, Cell]) -> bool:
        """Return whether the row has an answer cell that does not continue one above."""
        return any(
            cells[column.start].above is None
            for role in (Role.MARK, Role.CHOICE, Role.TEXT)
            for column in self._roles.get(role, [])
            if column.start in cells and cells[column.start].span <= 2
        )

    def _fields(self, cells: dict[int, Cell]) -> list[AnswerField]:
        """Return the fields of a row, the choice first."""
        fields: list[AnswerField] = []
        ticks = [(column, cells[column.start]) for column in self._roles.get(Role.MARK, []) if column.start in cells]
        if len(ticks) == len(self._roles.get(Role.MARK, [])) and ticks:
            ticks = [(column, cell.above or cell) for column, cell in ticks]
            if all(could_be_tick(cell) for _, cell in ticks):
                fields.append(
                    mark_field(
                        [(short_label(c.label or "Yes"), Location(cell.path), is_ticked(cell)) for c, cell in ticks]
                    )
                )
        printed: tuple[str, ...] = ()
        for column in self._roles.get(Role.OPTIONS, []):
            if column.start in cells:
                printed = printed or printed_options(cells[column.start].text)
        for role in (Role.CHOICE, Role.TEXT, Role.EVIDENCE):
            for column in self._roles.get(role, []):
                cell = cells.get(column.start)
                if cell is None or (cell.tables and not cell.text):
                    continue
                options = printed or header_options(column.header)
                fields += cell_fields(cell, options, role is Role.CHOICE)
        if printed and len(fields) == 1 and fields[0].kind is FieldKind.TEXT:
            fields = with_choice_and_text(fields, printed)
        if not any(field.kind is FieldKind.TEXT for field in fields) and Role.MARK not in self._roles:
            fields += [
                AnswerField(FieldKind.TEXT, field.location, value=field.value)
                for field in fields
                if field.kind is FieldKind.CHOICE and not field.options
            ][:1]
        return fields
