"""Tables without a header row: labels beside blanks, answer rows under question rows, boxes beside options."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.documents.void import VOID, is_void
from assistant.documents.word.answers import framed, merge_marks, takes_below, words_beside_table
from assistant.documents.word.asides import ASSESSOR_LABEL, is_signature
from assistant.documents.word.blocks import Cell, Row, Table
from assistant.documents.word.columnwords import is_option
from assistant.documents.word.fields import (
    bare,
    cell_fields,
    ends_open,
    is_place,
    is_prompt,
    is_ticked,
    lone_box,
    mark_field,
    offers_choice,
    only_labels,
    short_label,
    written_in,
)
from assistant.documents.word.headers import is_band, title_rows, width_of
from assistant.documents.word.hints import hinted
from assistant.documents.word.replies import may_be_reply
from assistant.documents.word.reports import Reading
from assistant.documents.word.shapes import answer_rows, is_answer_row, labels_box, place_columns, value_columns
from assistant.documents.word.words import (
    DETAILS,
    NOTE,
    OTHER,
    asks,
    is_answer_label,
    is_evidence_label,
    is_example,
    is_identifier,
    is_label,
    plain,
    requests,
    selects_one,
    states,
    without_number,
)
from assistant.questionnaire import AnswerField, FieldKind, FoundTable, Location, Question

_MOST_NOTES = 4
"""Rows looked at below a question for guidance and the answer row."""


class Form:
    """Reads a table row by row, by what stands beside and below each text."""

    def __init__(self, table: Table, rows: list[Row], section: str, read_cell: Callable[[Cell, str], Reading]) -> None:
        """Take the `rows` of `table` that stand under no header; `read_cell` reads cells that hold running text."""
        self._read_cell = read_cell
        self._table, self._rows, self._section, self._top = table, rows, section, section
        self._width = width_of(table)
        self._taken: set[str] = set()
        self._at = 0
        self._titles = title_rows(rows)
        self._values, self._blanks = value_columns(rows), place_columns(rows)
        self._answers = answer_rows(rows)
        worded = [cell for row in rows for cell in row.cells if cell.text and cell.above is None]
        self._bare_labels = len(worded) > 1 and sum(map(ends_open, worded)) * 5 >= len(worded) * 3
        self.reading = Reading()

    def read(self) -> Reading:
        """Return the questions of the table."""
        theirs = [
            bool(ASSESSOR_LABEL.match(plain(row.cells[0].text)))
            for row in self._rows
            if row.cells and row.cells[0].text
        ]
        if theirs and sum(theirs) * 3 >= len(theirs):
            return self._leave_out("for the customer's own use, as its labels say")
        if self._is_sign_off():
            return self._leave_out("a sign-off, to be signed by a person")
        index = 0
        while index < len(self._rows):
            index += self._row(index)
        found = self.reading.questions
        if found:
            sure = sum(question.certainty for question in found) / len(found)
            labels = sum(question.label for question in found)
            reason = "labels beside blanks" if labels * 2 > len(found) else "a question with a place beside or below it"
            self.reading.tables.append(FoundTable(self._table.path, len(found), sure, (reason,)))
        return self.reading

    def _is_sign_off(self) -> bool:
        """Return whether the table asks nothing and is signed."""
        texts = [cell.text for row in self._rows for cell in row.cells]
        return not any(map(requests, texts)) and any(map(is_signature, texts))

    def _leave_out(self, reason: str) -> Reading:
        for row in self._rows:
            self.reading.skip(row.path, " | ".join(cell.text for cell in row.cells if cell.text), reason)
        return self.reading

    def _is_place(self, cell: Cell, alone: bool) -> bool:
        if cell.path in self._taken:
            return False
        if offers_choice(cell):
            return True
        if cell.tables and not cell.text:
            return bool(framed(cell))
        if is_place(cell):
            return alone or bool(cell.inputs or cell.boxes) or cell.start in self._blanks
        return cell.start in self._values and not asks(cell.text) and not cell.tables

    def _row(self, index: int) -> int:
        """Read the row at `index` and return how many rows it used."""
        self._at = index
        row = self._rows[index]
        cells = [cell for cell in row.cells if cell.above is None]
        if not any(cell.text for cell in cells):
            self._take_blank(index, cells)
            return 1
        if self._goes_on(row, cells):
            return 1
        if index + 1 in self._answers:
            return self._question_row(index, cells)
        if row.path in self._titles:
            text = plain(" ".join(cell.text for cell in cells))
            self._section = f"{self._top} › {text}" if self._top else text
            self.reading.skip(row.path, text, "a section's title")
            return 1
        blank = self._blank_rows(index + 1)
        if blank >= 2 and sum(bool(cell.text) for cell in cells) >= 2:
            self.reading.skip(
                row.path, " | ".join(c.text for c in cells if c.text), "heads a list to fill in; its rows ask nothing"
            )
            return 1 + blank
        if len(cells) == 2 and lone_box(cells[0]) and cells[1].text:
            return self._options(index)
        found, position, number = 0, 0, ""
        while position < len(cells):
            cell = cells[position]
            position += 1
            if not cell.text or cell.path in self._taken:
                continue
            if (
                is_identifier(cell.text)
                and position < len(cells)
                and cells[position].text
                and not is_place(cells[position])
            ):
                number = plain(cell.text)
                continue
            places, marks = [], []
            behind_labels = position < len(cells) and not is_option(cell.text) and not lone_box(cells[position])
            while behind_labels and position + 1 < len(cells) and labels_box(*cells[position : position + 2]):
                label, box = cells[position], cells[position + 1]
                marks.append((short_label(label.text), Location(box.path), is_ticked(box)))
                position += 2
            while position < len(cells) and self._is_place(cells[position], len(cells) <= 3):
                behind = cells[position + 1] if position + 1 < len(cells) else None
                if lone_box(cells[position]) and behind is not None and not behind.boxes and is_label(behind.text):
                    marks.append((short_label(behind.text), Location(cells[position].path), is_ticked(cells[position])))
                    position += 1
                else:
                    places.append(cells[position])
                position += 1
            facts = position < len(cells) and not self._pairs(cells, position) and not requests(cell.text)
            if (places or marks) and not facts and not self._is_mixed(cell) and not is_identifier(cell.text):
                fields = [mark_field(marks)] if marks else []
                found += self._ask(cell, number, fields + self._hinted_fields(places))
                number = ""
        if found:
            return 1
        return self._without_place(index, cells, number)

    def _goes_on(self, row: Row, cells: list[Cell]) -> bool:
        """Take further options to tick beside the question above, which spans their rows."""
        last = self.reading.questions[-1] if self.reading.questions else None
        beside = {cell.above.path for cell in row.cells if cell.above is not None}
        if last is None or last.location not in beside or last.first(FieldKind.MARK) is None:
            return False
        fields = [field for cell in cells if cell.boxes for field in cell_fields(cell)]
        if not any(field.kind is FieldKind.MARK for field in fields):
            return False
        self.reading.questions[-1] = replace(last, fields=tuple(merge_marks([*last.fields, *fields])))
        return True

    def _take_blank(self, index: int, cells: list[Cell]) -> None:
        """Give a blank row to the question above when only options to tick stand between them."""
        if len(cells) == 1 and self._under_ticks(index):
            self.reading.give_details(self._place_fields(cells[0]))

    def _under_ticks(self, index: int) -> bool:
        """Return whether the row before `index` holds only the options of a question that stands above them."""
        last = self.reading.questions[-1] if self.reading.questions else None
        ticks = last.choice_field if last is not None else None
        above = self._rows[index - 1].path + "/" if index else ""
        return (
            last is not None
            and ticks is not None
            and bool(above)
            and any(place.startswith(above) for place in ticks.places())
            and not last.location.startswith(above)
        )

    def _pairs(self, cells: list[Cell], position: int) -> bool:
        """Return whether the text at `position` has a place of its own behind it, as in label, blank, label, blank."""
        return position + 1 < len(cells) and self._is_place(cells[position + 1], alone=True)

    def _question_row(self, index: int, cells: list[Cell]) -> int:
        """Read a question row together with the answer row below it."""
        texts = [cell for cell in cells if cell.text]
        number = plain(texts[0].text) if len(texts) > 1 else ""
        below = self._rows[index + 1].cells
        self._ask(texts[-1], number, self._under(texts[-1], below) or self._place_fields(below[-1]))
        return 2

    def _under(self, cell: Cell, below: list[Cell]) -> list[AnswerField]:
        """Return the fields of the cells below a cell, within its width."""
        under = [place for place in below if cell.start <= place.start < cell.start + cell.span]
        if any(not place.text for place in under):  # a label's place stands beside it
            under = [place for place in under if not only_labels(place)]
        return self._hinted_fields(under)

    def _hinted_fields(self, places: Sequence[Cell]) -> list[AnswerField]:
        """Return the fields of places that stand side by side, a hint before a place left out."""
        return [field for place, options in hinted(places) for field in self._place_fields(place, options)]

    def _place_fields(self, cell: Cell, options: tuple[str, ...] = ()) -> list[AnswerField]:
        self._taken.add(cell.path)
        if not cell.tables:
            return cell_fields(cell, options, bool(options))
        self.reading.flowed.add(cell.path)
        return framed(cell, filled=True)

    def _is_mixed(self, cell: Cell) -> bool:
        return bool(cell.inputs or cell.boxes) and bool(bare(cell))

    def _without_place(self, index: int, cells: list[Cell], number: str) -> int:
        """Read a row that has no place beside its text: an answer row below, places inside the cells, or a title."""
        if self._beside_table(cells, number):
            return 1
        notes = self._notes_below(index)
        below = self._rows[index + 1 + notes] if index + 1 + notes < len(self._rows) else None
        texts = [cell for cell in cells if cell.text and plain(cell.text) != number]
        if below is not None and texts and is_answer_row(below):
            if len(texts) == 1:
                places = [cell for cell in below.cells if takes_below(cell)]
                if (
                    requests(texts[0].text)
                    or number
                    or states(texts[0].text)
                    or not is_band(self._rows[index], self._width)
                    or (len(below.cells) == 1 and (texts[0].number or without_number(texts[0].text)[0]))
                ):
                    self._ask(texts[0], number, self._under(texts[0], places) or self._place_fields(places[-1]))
                    return 2 + notes
            else:
                for cell in texts:
                    fields = self._under(cell, [place for place in below.cells if takes_below(place)])
                    if fields:
                        self._ask(cell, "", fields)
                return 2 + notes
        if len(texts) == 1 and only_labels(texts[0]) and self.reading.give_details(cell_fields(texts[0])):
            return 1
        if self._bare_labels and any(map(ends_open, texts)):
            for cell in texts:
                if ends_open(cell):
                    self._ask(cell, "", [AnswerField(FieldKind.TEXT, Location(written_in(cell)[0].path))])
            return 1
        inside = Reading()
        for cell in cells:
            if cell.text:
                inside.add(self._read_cell(cell, self._section))
        if inside.questions:
            self.reading.add(inside)
            return 1
        text = " ".join(plain(cell.text) for cell in cells if cell.text)
        if is_band(self._rows[index], self._width) and len(text) <= 200 and not NOTE.match(text) and self._width > 1:
            self._section = f"{self._top} › {text}" if self._top else text
            self.reading.skip(self._rows[index].path, text, "a section's title")
        else:
            self.reading.skip(self._rows[index].path, text, "no place for an answer in this row")
        return 1

    def _beside_table(self, cells: list[Cell], number: str) -> bool:
        """Ask what has room for words in the cell behind it, around a table to complete whose rows may ask as well."""
        *texts, last = [cell for cell in cells if cell.tables or plain(cell.text) != number]
        if len(texts) != 1 or not last.tables or not requests(texts[0].text):
            return False
        return bool(self._ask(texts[0], number, words_beside_table(last)))

    def _notes_below(self, index: int) -> int:
        """Return how many rows of guidance stand between a request and its answer row.

        Under a request with a number what has none, and does not ask, is guidance whatever it says.
        """
        above = self._rows[index].cells
        if not any(requests(cell.text) for cell in above):
            return 0
        numbered = any(cell.text and (is_identifier(cell.text) or without_number(cell.text)[0]) for cell in above)
        rows = self._rows[index + 1 : index + 1 + _MOST_NOTES]
        is_note = [
            all(
                not cell.text or NOTE.match(cell.text) or is_answer_label(cell.text) or (numbered and _adds(cell))
                for cell in row.cells
            )
            for row in rows
        ]
        notes = next((number for number, note in enumerate(is_note) if not note or is_answer_row(rows[number])), 0)
        return notes if notes and is_answer_row(rows[notes]) else 0

    def _blank_rows(self, index: int) -> int:
        """Return how many rows from `index` on hold nothing but places."""
        count = 0
        while index + count < len(self._rows) and is_answer_row(self._rows[index + count]):
            count += 1
        return count

    def _options(self, index: int) -> int:
        """Read rows of a box beside an option; a lead-in above that asks for a selection makes them one question."""
        count = 0
        while index + count < len(self._rows):
            cells = [cell for cell in self._rows[index + count].cells if cell.above is None]
            if len(cells) != 2 or not lone_box(cells[0]) or not cells[1].text:
                break
            count += 1
        rows = [[cell for cell in row.cells if cell.above is None] for row in self._rows[index : index + count]]
        lead = self._rows[index - 1] if index else None
        words = " ".join(cell.text for cell in lead.cells) if lead is not None else ""
        if count > 1 and lead is not None and len(lead.cells) == 1 and selects_one(words):
            marks = [(short_label(cells[1].text), Location(cells[0].path), is_ticked(cells[0])) for cells in rows]
            self._ask(lead.cells[0], "", [mark_field(marks)])
        else:
            for cells in rows:
                self._ask(cells[1], "", [mark_field([("Yes", Location(cells[0].path), is_ticked(cells[0]))])])
        return max(count, 1)

    def _ask(self, cell: Cell, number: str, fields: list[AnswerField]) -> int:
        text = bare(cell) if cell.boxes else cell.text
        if is_answer_label(text):  # a note of the customer's may stand beside it
            words = [field for field in fields if field.kind is FieldKind.TEXT and field.value]
            noted = [field for field in words if not may_be_reply(field.value or "")]
            fields = [field for field in fields if field not in noted]
        if not fields or is_prompt(text) or not any(map(str.isalpha, text)):
            return 0  # a figure names nothing
        if is_example(text) or (NOTE.match(text) and not asks(text)):
            self.reading.skip(cell.path, text, "a note or example")
            return 0
        if is_void(without_number(text)[1]):
            self.reading.skip(cell.path, text, VOID)
            return 0
        if is_signature(text):
            self.reading.skip(cell.path, text, "to be signed by a person")
            return 0
        details = (DETAILS.match(plain(text)) or OTHER.match(plain(text)) or is_answer_label(text)) and not number
        if details and self.reading.give_details(fields):
            return 1
        if (is_answer_label(text) or is_evidence_label(text)) and not number and self.reading.give_more(fields):
            return 1
        if not number and is_label(text) and self._under_ticks(self._at) and self.reading.give_details(fields):
            return 1
        own, rest = without_number(text)
        marks = any(field.kind is FieldKind.MARK for field in fields)
        label = is_label(text) and not number and not marks
        sure = 0.9 if requests(text) or number else 0.8 if label or marks or states(text) else 0.6
        self.reading.questions.append(
            Question(
                plain(rest),
                Location(cell.path),
                tuple(merge_marks(fields)),
                number or own or cell.number,
                self._section,
                sure,
                ("a label beside its blank" if label else "its place stands beside or below it",),
                label,
            )
        )
        return 1


def _adds(cell: Cell) -> bool:
    """Return whether the words of a cell may add something to a question above it: they put none and name no value."""
    text = cell.text
    ask = asks(text) or is_label(text) or cell.number or without_number(text)[0] or cell.tables
    return not (ask or cell.inputs or cell.boxes)
