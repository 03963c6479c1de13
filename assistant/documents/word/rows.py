"""Rows under a header: each a question, its places in the columns that take answers."""

from __future__ import annotations

from dataclasses import replace

from assistant.documents.void import VOID, is_void
from assistant.documents.word.answers import answer_fields, first_line, merge_marks, words_beside_table
from assistant.documents.word.asides import wants_nothing
from assistant.documents.word.behind import is_given
from assistant.documents.word.blocks import Cell, Paragraph, Row
from assistant.documents.word.columnwords import STRONG_ANSWER, Role, header_options, header_role, printed_options
from assistant.documents.word.fields import (
    bare,
    cell_fields,
    could_be_tick,
    is_place,
    is_prompt,
    is_ticked,
    line_fields,
    mark_field,
    only_labels,
    short_label,
    with_choice_and_text,
)
from assistant.documents.word.headers import Column, is_band, title_rows
from assistant.documents.word.leading import led_by
from assistant.documents.word.replies import is_reply
from assistant.documents.word.reports import Reading
from assistant.documents.word.words import (
    DETAILS,
    INSTRUCTION,
    NOTE,
    UNDERSCORES,
    asks,
    is_answer_label,
    is_example,
    is_identifier,
    is_label,
    plain,
    requests,
    states,
    without_lines,
    without_number,
)
from assistant.questionnaire import AnswerField, FieldKind, Location, Question


def _part_of(row: Row, question: int) -> Cell | None:
    """Return the cell that says which part of the question above, which spans several rows, a row is about."""
    return next((cell for cell in row.cells if cell.above is None and cell.text and cell.start > question), None)


def _numbered_parts(cell: Cell) -> list[Paragraph]:
    """Return the paragraphs of a cell when each is a numbered question of its own, [] when they are one question."""
    if len(cell.paragraphs) < 2 or cell.boxes or cell.inputs:
        return []
    written = [paragraph for paragraph in cell.paragraphs if paragraph.text.strip()]
    if len(written) > 1 and all((p.number or without_number(p.text)[0]) and requests(p.text) for p in written):
        return written
    return []


def _names_fields(rows: list[Row], question: int) -> bool:
    """Return whether the rows of questions that span several are labelled as fields, "Answer", "Owner", "Evidence"."""
    parts = [
        part.text
        for row in rows
        if any(cell.start == question and cell.above is not None for cell in row.cells)
        and (part := _part_of(row, question)) is not None
    ]
    named = sum(header_role(text) in _FIELD_ROLES and not requests(text) for text in parts)
    return bool(parts) and named * 2 >= len(parts)


_FIELD_ROLES = frozenset({Role.TEXT, Role.CHOICE, Role.EVIDENCE, Role.ACTION})


def _written_at(paragraph: Paragraph) -> list[AnswerField]:
    """Return the fields of an input or a printed line in a paragraph."""
    return line_fields(paragraph) if paragraph.inputs or UNDERSCORES.search(paragraph.text) else []


_ANSWERS = (Role.MARK, Role.CHOICE, Role.TEXT)
"""Roles of the columns that take the answer itself."""
_FEWEST_MERGED = 2
"""Answer columns from which on one cell in place of all of them is merged."""
_LONGEST_TITLE = 12
"""Words of a line across the table that may still be a title though it ends like a sentence."""


class Rows:
    """Reads the rows of one segment; keeps the section that bands in the table set."""

    def __init__(
        self,
        by_role: dict[Role, list[Column]],
        rows: list[Row],
        width: int,
        section: str,
        certainty: float,
        reasons: tuple[str, ...],
    ) -> None:
        self._roles, self._width, self._top, self._section = by_role, width, section, section
        self.certainty, self._reasons = certainty, reasons
        self._question = by_role[Role.QUESTION][0]
        self._numbers = [
            column.start for column in by_role.get(Role.NUMBER, []) if column.start < self._question.start
        ][:1] or [column.start for column in by_role.get(Role.NUMBER, [])][:1]
        self._number = ""
        self._titles = title_rows(rows)
        ticks = [column.start for column in by_role.get(Role.MARK, [])]
        self._led = led_by(rows, self._question.start, ticks)
        self._fields_of_one = _names_fields(rows, self._question.start)
        self.flowed: set[str] = set()

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
            or row.path in self._titles
            or row.path in self._led.titles
            or (cell is None and len(text_cells) == 1)
            or (cell is not None and not fields and len(text_cells) == 1 and cell.span > 1)
        ):
            self._band(row, whole, reading)
            return
        if cell is not None and cell.above is not None and self._own_places(cells):
            self._part(row, cell.above, fields, reading)
            return
        if cell is None or cell.above is not None or not cell.text or is_prompt(cell.text):
            reading.skip(row.path, whole, "a row without a question of its own")
            return
        if number is not None and number.above is None:
            self._number = plain(number.text)
        if row.path in self._led.openings:
            reading.skip(cell.path, cell.text, "leads in to the rows below")
            return
        if self._repeats_header(cells):
            self._section = f"{self._top} › {plain(cell.text)}" if self._top else plain(cell.text)
            reading.skip(row.path, whole, "a section's title over a repeated header")
            return
        if is_example(whole) or (number is not None and is_example(number.text)):
            reading.skip(row.path, whole, "an example")
            return
        continued = number is not None and number.above is not None
        if is_void(without_number(cell.text)[1]):
            reading.skip(cell.path, cell.text, VOID)
            return
        if self._takes_nothing(cells):
            self._section = f"{self._top} › {plain(cell.text)}" if self._top else plain(cell.text)
            reading.skip(cell.path, cell.text, "a section's title, beside which no answer is wanted")
            return
        if NOTE.match(cell.text) and not asks(cell.text):
            reading.skip(cell.path, cell.text, "a note to the questions")
            return
        places = self._own_places(cells)
        if continued and not places:
            reading.skip(cell.path, cell.text, "belongs to the question above, which has the place for the answer")
            return
        if is_answer_label(cell.text) and STRONG_ANSWER.search(cell.text):
            reading.skip(cell.path, cell.text, "names an answer")
            return
        if not fields:
            if cell.span > 1 and self._asks_across(row, reading):
                return
            reading.skip(cell.path, cell.text, "no place for an answer in this row")
            return
        several = _numbered_parts(cell)
        for part in several:
            own_number, text = without_number(part.text)
            reading.questions.append(
                Question(
                    plain(text),
                    Location(part.path),
                    tuple(fields),
                    own_number or part.number,
                    self._section,
                    self.certainty - 0.1,
                    (*self._reasons, "one of several numbered questions in a cell"),
                )
            )
        if several:
            return
        opening = [self._led.opened[row.path]] if row.path in self._led.opened else []
        own_number, text = without_number(bare(cell) if cell.boxes else cell.text)
        reading.questions.append(
            Question(
                text=" ".join([*opening, self._asked(plain(text))]),
                location=Location(cell.path),
                fields=tuple(fields),
                number=(self._number if number is not None else "") or own_number or cell.number,
                section=self._section,
                certainty=self.certainty if requests(cell.text) or states(cell.text) else self.certainty - 0.1,
                reasons=self._reasons,
            )
        )

    def _takes_nothing(self, cells: dict[int, Cell]) -> bool:
        """Return whether all answer cells of a row say that no answer is wanted, such as "No response required"."""
        columns = [column for role in (Role.CHOICE, Role.TEXT, Role.EVIDENCE) for column in self._roles.get(role, [])]
        said = [cells[column.start].text for column in columns if column.start in cells]
        return bool(said) and all(map(wants_nothing, said))

    def _repeats_header(self, cells: dict[int, Cell]) -> bool:
        """Return whether the answer cells of a row say what heads their columns."""
        columns = [column for role in (Role.CHOICE, Role.TEXT, Role.EVIDENCE) for column in self._roles.get(role, [])]
        said = [(column.header, plain(cells[column.start].text)) for column in columns if column.start in cells]
        return bool(said) and all(header and header.casefold() == text.casefold() for header, text in said)

    def _asked(self, text: str) -> str:
        """Return the text of a question, behind its header where that asks and the row only names what about."""
        header = self._question.header
        return f"{header} {text}" if requests(header) and not requests(text) and not states(text) else text

    def _part(self, row: Row, whole: Cell, fields: list[AnswerField], reading: Reading) -> None:
        """Read a row under a question that spans several rows, each with a part of it and a place of its own."""
        part = _part_of(row, self._question.start)
        taken = {place for field in fields for place in field.places()}
        if part is None or part.path in taken or is_prompt(part.text) or not fields or not reading.questions:
            reading.skip(row.path, " ".join(c.text for c in row.cells), "a further row of the question above")
            return
        if self._fields_of_one:
            self._add_fields(part.text, fields, reading)
            return
        number, text = without_number(whole.text)
        reading.questions.append(
            Question(
                f"{plain(text)} – {plain(part.text)}",
                Location(part.path),
                tuple(fields),
                self._number or number,
                self._section,
                self.certainty - 0.1,
                (*self._reasons, "a part of a question that spans several rows"),
            )
        )

    @staticmethod
    def _add_fields(label: str, fields: list[AnswerField], reading: Reading) -> None:
        """Give the question above the fields beside `label`; the one that is labelled as the answer goes first."""
        last = reading.questions[-1]
        joined = (*fields, *last.fields) if is_answer_label(label) else (*last.fields, *fields)
        reading.questions[-1] = replace(last, fields=joined)

    def _band(self, row: Row, text: str, reading: Reading) -> None:
        if is_answer_label(text) or DETAILS.match(text):
            written = [paragraph for paragraph in row.cells[-1].paragraphs if paragraph.text.strip()]
            place = cell_fields(row.cells[-1]) if only_labels(row.cells[-1]) or not written else []
            if reading.give_details(place):
                return
        if self._asks_across(row, reading):
            return
        sentence = text.endswith((".", "。", "!")) and (len(text.split()) > _LONGEST_TITLE or INSTRUCTION.search(text))
        if NOTE.match(text) or len(text) > 200 or is_answer_label(text) or sentence:
            reading.skip(row.path, text, "a note across the table")
        else:
            self._section = f"{self._top} › {text}" if self._top else text
            reading.skip(row.path, text, "a section's title")

    def _asks_across(self, row: Row, reading: Reading) -> bool:
        """Take a line across the table that asks and has its place in it, for a question above to tick if it may be.

        What has a number of its own, or finds such a question answered in words already, is one of its own.
        """
        *before, cell = row.cells
        if cell.boxes or any(beside.text and not is_identifier(beside.text) for beside in before):
            return False
        written = next((paragraph.text for paragraph in cell.paragraphs if paragraph.text.strip()), "")
        places = [field for paragraph in cell.paragraphs for field in _written_at(paragraph)]
        if not places or not (requests(written) or DETAILS.match(written) or is_label(written)):
            return False
        own, text = without_number(without_lines(written))
        number = next((plain(beside.text) for beside in before if beside.text), own or cell.number)
        if number or not reading.give_details(places):
            reading.questions.append(
                Question(
                    plain(text),
                    Location(cell.path),
                    tuple(places),
                    number,
                    self._section,
                    self.certainty,
                    self._reasons,
                )
            )
        return True

    def _own_places(self, cells: dict[int, Cell]) -> bool:
        """Return whether the row has an answer cell that does not continue one above."""
        return any(
            cells[column.start].above is None
            for role in _ANSWERS
            for column in self._roles.get(role, [])
            if column.start in cells and cells[column.start].span <= 2
        )

    def _fields(self, cells: dict[int, Cell]) -> list[AnswerField]:
        """Return the fields of a row, the choice first."""
        wide = self._wide(cells)
        if wide is not None:
            beside = [cells[column.start] for column in self._roles.get(Role.EVIDENCE, []) if column.start in cells]
            return [field for cell in (wide, *beside) if cell is wide or not cell.tables for field in cell_fields(cell)]
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
                if cell is None:
                    continue
                if cell.tables:
                    self._nested(cell, fields)
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
        return merge_marks(fields)

    def _wide(self, cells: dict[int, Cell]) -> Cell | None:
        """Return the cell for words that all answer columns are merged into beside a question; a title asks none."""
        asked = cells.get(self._question.start)
        if asked is None or not (requests(asked.text) or states(asked.text)):
            return None
        starts = [column.start for role in _ANSWERS for column in self._roles.get(role, [])]
        cell = cells.get(min(starts, default=-1))
        if cell is None or len(starts) < _FEWEST_MERGED or cell.start + cell.span <= max(starts):
            return None
        if cell.above is not None or cell.boxes or cell.tables:
            return None
        given = is_given(cell.text) and is_reply(cell.text) and not wants_nothing(cell.text)
        return cell if given or is_place(cell) else None

    def _nested(self, cell: Cell, fields: list[AnswerField]) -> None:
        """Take the places of a table nested in an answer cell."""
        for table in cell.tables:
            found = answer_fields(table) or first_line(table)
            if found and not cell.text:
                fields += found
                self.flowed.add(cell.path)
        if cell.path not in self.flowed:
            fields += words_beside_table(cell)
