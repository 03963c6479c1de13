"""Questions in running paragraphs: numbered, bulleted or not, with what follows them as their place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assistant.documents.word.blocks import Cell, Paragraph, Table
from assistant.documents.word.fields import is_prompt, labelled, line_field, line_marks, mark_field
from assistant.documents.word.forms import Form, answer_fields, is_label
from assistant.documents.word.tables import Reading, read_segment, segments
from assistant.documents.word.words import (
    ASSESSOR_BLOCK,
    INSTRUCTION,
    NOTE,
    SIGN_OFF,
    SIGNATURE,
    UNDERSCORES,
    asks,
    is_answer_label,
    is_example,
    is_identifier,
    plain,
    requests,
    states,
    without_number,
)
from assistant.questionnaire import AnswerField, FieldKind, FoundTable, Location, Question

_SEPARATOR = " › "


@dataclass(slots=True)
class _Pending:
    """A question whose place is still looked for."""

    paragraph: Paragraph
    text: str
    number: str
    section: str
    strong: bool
    index: int
    fields: list[AnswerField] = field(default_factory=list)
    blank: Paragraph | None = None
    hints: int = 0
    reason: str = ""


def read_table(table: Table, section: str) -> Reading:
    """Return the questions of a table, nested ones included."""
    reading = Reading()
    for segment in segments(table):
        found = read_segment(table, segment, section) if segment.header else None
        if found is None:
            listed = _list_to_fill(segment.rows) if segment.header else False
            if listed:
                for head in segment.header:
                    reading.skip(
                        head.path, " | ".join(c.text for c in head.cells), "a list to fill in; its rows ask nothing"
                    )
                continue
            found = Form(table, [*segment.header, *segment.rows], section).read()
        reading.add(found)
    for row in table.rows:
        for cell in row.cells:
            for nested in cell.tables:
                if nested.path not in {t.place for t in reading.tables}:
                    reading.add(read_table(nested, section))
    return reading


def _list_to_fill(rows: list) -> bool:
    """Return whether the rows under a header are blank lines of a list."""
    from assistant.documents.word.fields import is_place

    blank = [row for row in rows if all(is_place(cell) or cell.above is not None for cell in row.cells)]
    return len(blank) >= 2 and len(blank) * 2 >= len(rows)


def read_cell(cell: Cell, section: str) -> Reading:
    """Return the questions inside one cell that holds both questions and their places."""
    return Flow(section, inside=True).read(cell.blocks)


class Flow:
    """Reads blocks in order; `inside` a cell only what has a place of its own counts."""

    def __init__(self, section: str = "", inside: bool = False) -> None:
        """Begin under `section`."""
        self._headings: list[tuple[int, str]] = [(0, section)] if section else []
        self._inside = inside
        self._open: _Pending | None = None
        self._done: list[_Pending] = []
        self._assessor_level = 0
        self.reading = Reading()
        self._order: list[tuple[int, object]] = []

    def read(self, blocks: list[Paragraph | Table]) -> Reading:
        """Return the questions in `blocks`."""
        for index, block in enumerate(blocks):
            if isinstance(block, Table):
                self._table(block, index)
            else:
                self._paragraph(block, index)
        self._close()
        return self._settle()

    @property
    def _section(self) -> str:
        return _SEPARATOR.join(text for _, text in self._headings)

    def _close(self) -> None:
        if self._open is not None:
            self._done.append(self._open)
            self._open = None

    def _table(self, table: Table, index: int) -> None:
        if self._assessor_level:
            self._close()
            for row in table.rows:
                self.reading.skip(
                    row.path, " | ".join(c.text for c in row.cells), "for the customer's own use, as its heading says"
                )
            return
        if self._open is not None and not self._open.fields:
            fields = answer_fields(table)
            if fields:
                self._open.fields = fields
                self._open.reason = "the table below takes the answer"
                self._close()
                return
        self._close()
        found = read_table(table, self._section)
        self._order.append((index, found))

    def _heading(self, paragraph: Paragraph) -> None:
        self._close()
        level = paragraph.style.heading
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        text = plain(paragraph.text)
        self._headings.append((level, text))
        if self._assessor_level and level <= self._assessor_level:
            self._assessor_level = 0
        if ASSESSOR_BLOCK.search(text):
            self._assessor_level = level

    def _paragraph(self, paragraph: Paragraph, index: int) -> None:
        text = plain(paragraph.text)
        if paragraph.style.contents:
            return
        if paragraph.blank:
            if self._open is not None and self._open.blank is None and not self._open.fields:
                self._open.blank = paragraph
            return
        if paragraph.style.heading and text and not asks(text) and not paragraph.boxes and not paragraph.inputs:
            self._heading(paragraph)
            return
        if self._assessor_level:
            self.reading.skip(paragraph.path, text, "for the customer's own use, as its heading says")
            return
        if self._as_place(paragraph, text) or self._as_question(paragraph, text, index):
            return
        if self._open is not None and self._open.hints < 6 and not self._open.fields:
            self._open.hints += 1
            if self._open.blank is not None:
                self._close()
        elif self._open is not None:
            self._close()
        self.reading.skip(
            paragraph.path, text, "an instruction or other text" if not paragraph.style.heading else "a heading"
        )

    def _as_place(self, paragraph: Paragraph, text: str) -> bool:
        """Return whether the paragraph was taken as a place for the open question."""
        pending = self._open
        if pending is None:
            return False
        if paragraph.boxes:
            lead, pairs = labelled(paragraph)
            if (not lead or is_answer_label(lead) or lead in {"•", "-"}) and all(
                len(label.split()) <= 12 for label, _ in pairs
            ):
                marks = line_marks([paragraph])
                if marks:
                    self._add_marks(pending, marks)
                    found = line_field(paragraph)
                    if found is not None:
                        pending.fields.append(found)
                    return True
            return False
        has_text = any(f.kind is FieldKind.TEXT for f in pending.fields)
        found = line_field(paragraph)
        words = plain(UNDERSCORES.sub("", text))
        if found is not None and (not words or is_answer_label(words) or is_prompt(text)):
            if not has_text:
                pending.fields.append(found)
                pending.reason = "a place to write follows"
            return True
        if is_answer_label(text):
            if not has_text:
                pending.fields.append(AnswerField(FieldKind.TEXT, Location(paragraph.path)))
                pending.reason = f"“{text}” follows"
            return True
        return False

    def _add_marks(self, pending: _Pending, marks: list[tuple[str, Location, bool]]) -> None:
        before = next((f for f in pending.fields if f.kind is FieldKind.MARK), None)
        if before is not None:
            ticked = set((before.value or "").split(", "))
            marks = [*((label, place, label in ticked) for label, place in before.marks), *marks]
            pending.fields.remove(before)
        pending.fields.insert(0, mark_field(marks))
        pending.reason = "options to tick follow"

    def _as_question(self, paragraph: Paragraph, text: str, index: int) -> bool:
        """Return whether the paragraph opens a question."""
        number, rest = without_number(text)
        own: list[AnswerField] = []
        words = text
        if paragraph.boxes:
            lead, _ = labelled(paragraph)
            marks = line_marks([paragraph])
            if marks and (lead or (self._inside and False)):
                own, words = [mark_field(marks)], lead
                number, rest = without_number(lead)
        line = line_field(paragraph)
        if line is not None:
            own.append(line)
            words = plain(UNDERSCORES.sub("", words)).strip()
            number, rest = without_number(words)
        if own and plain(rest):
            if SIGNATURE.search(rest) and len(rest) < 100:
                self.reading.skip(paragraph.path, text, "to be signed by a person")
                return True
            self._close()
            self._open = _Pending(
                paragraph, plain(rest), number, self._section, True, index, own, reason="its place stands in the line"
            )
            return True
        if NOTE.match(text) or is_example(text) or is_identifier(text):
            return False
        strong = asks(text)
        numbered = bool(number) or paragraph.listed
        if strong or (numbered and requests(text)) or (numbered and states(text)) or requests(text):
            if INSTRUCTION.search(text) and not strong and not numbered:
                return False
            if (
                self._open is not None
                and not self._open.fields
                and not self._open.blank
                and self._is_part(paragraph, number)
            ):
                self._open.hints += 1
                self.reading.skip(paragraph.path, text, "part of the question above")
                return True
            self._close()
            self._open = _Pending(paragraph, plain(rest), number, self._section, strong, index)
            return True
        if paragraph.boxes or (self._inside and text.endswith(":")) or (text.endswith((":", "："))):
            self._close()
            self._open = _Pending(paragraph, plain(rest), number, self._section, False, index)
            return True
        return False

    def _is_part(self, paragraph: Paragraph, number: str) -> bool:
        """Return whether a paragraph is a bullet below the open question, not a question beside it."""
        opened = self._open
        assert opened is not None
        return (
            paragraph.listed
            and not number
            and not asks(paragraph.text)
            and (not opened.paragraph.listed or paragraph.level > opened.paragraph.level)
        )

    def _settle(self) -> Reading:
        """Decide the questions that have no explicit place, and put everything in the document's order."""
        bare = [pending for pending in self._done if not pending.fields and self._worthy(pending)]
        spaced = sum(pending.blank is not None for pending in bare)
        blanks_are_places = len(bare) > 0 and spaced * 5 >= len(bare) * 3
        items: list[tuple[int, object]] = list(self._order)
        for pending in self._done:
            question = self._question(pending, blanks_are_places)
            if question is not None:
                items.append((pending.index, question))
            else:
                self.reading.skip(
                    pending.paragraph.path, pending.paragraph.text, "running text without a place for an answer"
                )
        run: list[Question] = []
        for _, item in sorted(items, key=lambda pair: pair[0]):
            if isinstance(item, Question):
                self.reading.questions.append(item)
                run.append(item)
            elif isinstance(item, Reading):
                self.reading.add(item)
        if run:
            sure = sum(question.certainty for question in run) / len(run)
            place = "paragraphs" if self._inside else "body"
            self.reading.tables.append(FoundTable(place, len(run), sure, ("questions in paragraphs",)))
        return self.reading

    def _worthy(self, pending: _Pending) -> bool:
        """Return whether a question without an explicit place is one at all."""
        numbered = bool(pending.number) or pending.paragraph.listed
        if self._inside:
            return False
        if pending.strong:
            return numbered or self._neighbours(pending)
        return numbered and requests(pending.text) and bool(pending.number) and not INSTRUCTION.search(pending.text)

    def _neighbours(self, pending: _Pending) -> bool:
        """Return whether other questions stand in the same section."""
        return sum(other.section == pending.section and other.strong for other in self._done) >= 2

    def _question(self, pending: _Pending, blanks_are_places: bool) -> Question | None:
        fields, reason, sure = pending.fields, pending.reason, 0.9
        if not fields:
            if not self._worthy(pending):
                return None
            if pending.blank is not None and blanks_are_places:
                fields = [AnswerField(FieldKind.TEXT, Location(pending.blank.path))]
                reason, sure = "a blank paragraph follows each question", 0.8
            else:
                fields = [AnswerField(FieldKind.TEXT, Location(pending.paragraph.path), after=True)]
                reason, sure = "no place for an answer: it goes behind the question", 0.75 if pending.strong else 0.5
        label = is_label(pending.text) and not pending.number and not any(f.kind is FieldKind.MARK for f in fields)
        if label and SIGN_OFF.search(pending.section):
            return None
        return Question(
            pending.text,
            Location(pending.paragraph.path),
            tuple(fields),
            pending.number,
            pending.section,
            sure,
            (reason,),
            label,
        )


__all__ = ["Flow", "read_cell", "read_table", "replace"]
