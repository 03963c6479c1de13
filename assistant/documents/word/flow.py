"""Questions in running paragraphs: numbered, bulleted or not, with what follows them as their place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.documents.word.answers import answer_fields, words_only
from assistant.documents.word.asides import is_signature
from assistant.documents.word.behind import prompt_behind
from assistant.documents.word.blocks import Cell, Paragraph, Table, written_before
from assistant.documents.word.columnwords import printed_choice, printed_options
from assistant.documents.word.fields import (
    between_inputs,
    is_prompt,
    labelled,
    line_field,
    line_fields,
    line_marks,
    mark_field,
    named_inputs,
    names_inputs,
    struck_out,
    to_confirm,
)
from assistant.documents.word.given import given_below, see_given
from assistant.documents.word.kinds import read_table
from assistant.documents.word.pending import Candidate, Pending
from assistant.documents.word.reports import Reading
from assistant.documents.word.settling import settle
from assistant.documents.word.titles import (
    BOLD_TITLE,
    OWN_USE,
    Headings,
    asking_levels,
    is_bold_title,
    speaks_of_section,
)
from assistant.documents.word.words import (
    DETAILS,
    INSTRUCTION,
    NOTE,
    OTHER,
    asks,
    before_answer_label,
    is_answer_label,
    is_example,
    is_given_answer,
    is_identifier,
    is_label,
    is_marked_question,
    plain,
    requests,
    states,
    without_lines,
    without_number,
)
from assistant.questionnaire import AnswerField, FieldKind, Location

_MOST_HINTS = 6
_CONTENTS_LINE = re.compile(r"\S\t[.\s]*\d{1,3}\s*$")
"""A line of a table of contents: words, a tab, a page number."""


def read_cell(cell: Cell, section: str) -> Reading:
    """Return the questions inside one cell that holds both questions and their places."""
    reading = Flow(section, inside=True).read(cell.blocks)
    reading.flowed.add(cell.path)
    return reading


class Flow:
    """Reads blocks in order; `inside` a cell only what has a place of its own counts."""

    def __init__(self, section: str = "", inside: bool = False, *, all_asked: bool = False) -> None:
        """Begin under `section`; with `all_asked` no heading says that what follows is the customer's own."""
        self._headings = Headings(section, ignored=all_asked)
        self._inside = inside
        self._open: Pending | None = None
        self._candidate: Candidate | None = None
        self._done: list[Pending] = []
        self._table_before: Table | None = None
        self._asking_levels: frozenset[int] = frozenset()
        self._others: list[tuple[int, Reading]] = []
        self._signed: dict[int, str] = {}
        self._tables: list[tuple[int, Table, str]] = []
        self._blocks: Sequence[Paragraph | Table] = ()
        self.reading = Reading()

    def read(self, blocks: list[Paragraph | Table]) -> Reading:
        """Return the questions in `blocks`."""
        self._blocks, self._asking_levels = blocks, asking_levels(blocks)
        for index, block in enumerate(blocks):
            if isinstance(block, Table):
                self._table(block, index)
            else:
                self._paragraph(block, index)
        self._close()
        see_given(self._done, blocks)
        return settle(self.reading, self._done, self._others, self._tables, self._signed, inside=self._inside)

    def _close(self) -> None:
        pending = self._open
        if pending is not None:
            if pending.ends_in_label and not pending.fields:
                pending.add_text(AnswerField(FieldKind.TEXT, Location(pending.paragraph.path)), "a label ends the line")
            self._done.append(pending)
        self._open = self._candidate = None

    def _begin(
        self, paragraph: Paragraph, index: int, text: str, strong: bool, fields: list[AnswerField] | None = None
    ) -> None:
        number, rest = without_number(text)
        number = number or paragraph.number or self._number_before(index)
        self._close()
        reason = "its place stands in the line" if fields else ""
        self._open = Pending(
            paragraph, index, plain(rest), number, self._headings.section, strong, fields or [], reason
        )

    def _number_before(self, index: int) -> str:
        """Return the number that stands alone in the paragraph before a question."""
        before = self._candidate
        return (
            plain(before.text).rstrip(".:)")
            if before and before.index == index - 1 and is_identifier(before.text)
            else ""
        )

    def _promote(self) -> bool:
        """Make the paragraph right before a place the question that the place belongs to."""
        found = self._candidate
        if self._open is not None or found is None:
            return self._open is not None
        number, rest = without_number(found.text)
        number = number or found.paragraph.number
        self._open = Pending(found.paragraph, found.index, plain(rest), number, found.section, strong=False)
        self.reading.skipped = [each for each in self.reading.skipped if each.location != found.paragraph.path]
        self._candidate = None
        return True

    def _table(self, table: Table, index: int) -> None:
        if self._headings.theirs.within:
            self._close()
            for row in table.rows:
                words = " | ".join(cell.text for cell in row.cells)
                self.reading.skip(row.path, words, OWN_USE)
            return
        pending = self._open
        if pending.lacks_words(index) if pending is not None else self._candidate is not None:
            fields = answer_fields(table, filled=pending is not None and pending.is_ticked is not False)
            if fields and self._promote() and self._open is not None and self._open.add_table(fields):
                self._close()
                return
        elif pending is None and self._give_words(table, index):
            return
        self._close()
        self._others.append((index, read_table(table, self._headings.section, read_cell, self._table_before)))
        self._tables.append((index, table, self._headings.section))
        self._table_before = table

    def _give_words(self, table: Table, index: int) -> bool:
        """Give a frame to the one question, answered by ticking, of the table right before it."""
        before, read = self._others[-1] if self._others else (-1, Reading())
        beside = before == written_before(self._blocks, index) and len(read.questions) == 1
        return beside and read.give_details(words_only(table))

    def _heading(self, paragraph: Paragraph, index: int, text: str) -> None:
        self._close()
        above = self._headings.enter(paragraph.style.heading, text)
        self._candidate = Candidate(paragraph, index, text, above)

    def _paragraph(self, paragraph: Paragraph, index: int) -> None:
        if paragraph.style.contents or ("\t" in paragraph.text and _CONTENTS_LINE.search(paragraph.text)):
            return
        if paragraph.blank:
            self._blank(paragraph)
            return
        text = plain(paragraph.text)
        if self._is_heading(paragraph, text):
            self._heading(paragraph, index, text)
            return
        if self._headings.theirs.within and is_bold_title(paragraph, text):
            self._headings.theirs.heading(BOLD_TITLE, text)
        if self._headings.theirs.within or self._is_for_assessor(text):
            self.reading.skip(paragraph.path, text, OWN_USE)
        elif self._speaks_of_section(text, index):
            self.reading.skip(paragraph.path, text, "says something of its section")
        elif not self._as_place(paragraph, text, index) and not self._as_question(paragraph, text, index):
            self._other(paragraph, text, index)

    def _is_for_assessor(self, text: str) -> bool:
        """Return whether a line right under a heading says that the section is not the vendor's."""
        head = self._candidate
        if head is None or not self._headings.theirs.remark(head.paragraph.style.heading, text):
            return False
        self._candidate = None
        return True

    def _is_heading(self, paragraph: Paragraph, text: str) -> bool:
        """Return whether a paragraph heads a section; a question may be set as a heading, too."""
        level = paragraph.style.heading
        if not level or not text or paragraph.boxes or paragraph.inputs:
            return False
        return not (asks(text) or (level in self._asking_levels and requests(text)))

    def _blank(self, paragraph: Paragraph) -> None:
        pending = self._open
        if pending is not None and pending.blank is None and (not pending.fields or pending.wants_details):
            pending.blank = paragraph

    def _other(self, paragraph: Paragraph, text: str, index: int) -> None:
        """Take a paragraph that is neither place nor question: a hint, an answer already given, or other text."""
        pending = self._open
        number = paragraph.number or without_number(text)[0]
        if pending is not None and pending.number and number and not self._inside:
            self._close()  # the next item of the numbering, whatever it says
            pending = None
        if pending is not None and pending.answer is None and not pending.fields and is_given_answer(text):
            pending.answer = paragraph
        if self._is_next_title(text):
            self._close()
            pending = None
        bullet = pending is not None and not pending.fields and paragraph.listed and not number
        if pending is not None and pending.blank is None and (bullet or pending.hints < _MOST_HINTS):
            pending.hints += 1
            pending.wants_details = pending.wants_details or DETAILS.search(text) is not None
        else:
            self._close()
            self._candidate = Candidate(paragraph, index, text, self._headings.section)
        if not self._inside and is_bold_title(paragraph, text):
            self._headings.enter(BOLD_TITLE, text)
        self.reading.skip(paragraph.path, text, "an instruction or other text")

    def _is_next_title(self, text: str) -> bool:
        """Return whether a line behind a question that has its place to write may name the next one."""
        pending = self._open
        if pending is None or not pending.has(FieldKind.TEXT) or pending.wants_details or self._inside:
            return False
        return is_label(text) and text[0] not in "([（*" and not (NOTE.match(text) or DETAILS.search(text))

    def _as_place(self, paragraph: Paragraph, text: str, index: int) -> bool:
        """Return whether the paragraph was taken as a place of the question before it."""
        if paragraph.boxes:
            return self._as_statement(paragraph, index) or self._as_options(paragraph)
        words = plain(without_lines(text))
        found = line_field(paragraph)
        pending, above = self._open, self._open or self._candidate
        if found is not None:
            ticked = pending is not None and pending.takes_choice
            details = ticked and (DETAILS.search(words) is not None or OTHER.match(words) is not None)
            prompted = is_prompt(text) or prompt_behind(text, stated=ticked) >= 0
            named = not words or is_answer_label(words) or prompted or names_inputs(paragraph)
            if (named or details) and self._promote() and self._open:
                for field in line_fields(paragraph):
                    self._open.add_text(field, "a place to write follows")
                return True
        elif above and above.awaits_choice and printed_choice(text) == (0, len(text)) and self._promote():
            assert self._open is not None
            self._open.add_text(
                AnswerField(FieldKind.CHOICE, Location(paragraph.path), options=printed_options(text)),
                "options to strike out follow",
            )
            return True
        elif self._names_answer(text) and self._promote() and self._open:
            self._open.add_text(AnswerField(FieldKind.TEXT, Location(paragraph.path)), f"“{text}” follows")
            self._open.label = index
            return True
        return self._as_given(paragraph)

    def _as_given(self, paragraph: Paragraph) -> bool:
        """Return whether the paragraph was taken as the answer given already to the question before it."""
        above = self._open or self._candidate
        field = None if above is None else given_below(above, paragraph, self._blocks)
        if field is None or not self._promote() or self._open is None:
            return False
        self._open.add_text(field, "an answer is given")
        self._open.given = True
        return True

    def _speaks_of_section(self, text: str, index: int) -> bool:
        """Return whether a line right under a heading says something of its section, and is no place."""
        head = self._candidate if self._open is None else None
        if head is None or not head.paragraph.style.heading:
            return False
        rest = (self._blocks[at] for at in range(index + 1, len(self._blocks)))
        below = next((block for block in rest if isinstance(block, Table) or not block.blank), None)
        return speaks_of_section(text, head.paragraph, below)

    def _names_answer(self, text: str) -> bool:
        """Return whether a line only names the answer, such as "Response:", or "A1." under question Q1."""
        return is_answer_label(text) or (self._open is not None and self._open.is_named_by(text))

    def _as_statement(self, paragraph: Paragraph, index: int) -> bool:
        """Return whether the paragraph is a statement to confirm in its own box, which no line above leads in to."""
        above = None if self._open is not None else self._candidate
        if (self._open is not None and not self._open.confirmed) or (above is not None and above.leads_in):
            return False
        text = to_confirm(paragraph)
        if text:
            ticked = paragraph.boxes[0].ticked
            self._begin(paragraph, index, text, True, [mark_field([("Yes", Location(paragraph.path), ticked)])])
            assert self._open is not None
            self._open.confirmed = True
        return bool(text)

    def _as_options(self, paragraph: Paragraph) -> bool:
        """Return whether a line of boxes was taken as the options of the question before it."""
        lead, pairs = labelled(paragraph)
        marks = line_marks([paragraph])
        if not marks or (lead and not is_answer_label(lead) and lead not in {"•", "-"}):
            return False
        if any(len(label.split()) > 14 for label, _ in pairs) or not self._promote() or self._open is None:
            return False
        if self._open.has(FieldKind.TEXT) and not self._open.has(FieldKind.MARK):
            return False
        self._open.add_marks(marks)
        found = line_field(paragraph)
        if found is not None:
            self._open.add_text(found, "")
        return True

    def _as_question(self, paragraph: Paragraph, text: str, index: int) -> bool:
        """Return whether the paragraph opens a question, or one for each of its inputs."""
        several = [] if paragraph.boxes else named_inputs(paragraph)
        for name, field in several:
            self._begin(paragraph, index, name, True, [field])
        if several:
            return True
        own: list[AnswerField] = []
        words = text
        if paragraph.boxes:
            lead, _ = labelled(paragraph)
            marks = line_marks([paragraph])
            if marks and lead:
                own, words = [mark_field(marks)], plain(lead)
        choice = None if paragraph.boxes or paragraph.inputs else printed_choice(paragraph.text)
        line = line_field(paragraph)
        if choice is not None and requests(paragraph.text[: choice[0]]):
            own, words = struck_out(paragraph, choice), plain(paragraph.text[: choice[0]])
        elif line is not None:
            own += line_fields(paragraph)
            lead = between_inputs(paragraph)[0] if len(own) > 1 and not paragraph.boxes else ""
            words = lead if asks(lead) else plain(without_lines(words))
        remark = paragraph.boxes or NOTE.match(text) or is_example(text)
        asked = "" if remark else plain(before_answer_label(without_lines(paragraph.text)))
        if asked and own:
            words = asked
        elif asked and (paragraph.number or without_number(asked)[0] or requests(asked)):
            self._begin(paragraph, index, asked, asks(asked))
            if self._open is not None:
                self._open.ends_in_label = True
            return True
        if own and without_number(words)[1]:
            if is_signature(words):
                self.reading.skip(paragraph.path, text, "to be signed by a person")
                self._signed[index] = self._headings.section
                self._close()
            else:
                self._begin(paragraph, index, words, True, own)
                if self._open is not None and paragraph.inputs:
                    rest = paragraph.text[paragraph.inputs[0].start :]
                    within = bool(rest.strip(" .)")) or rest.lstrip().startswith(")")
                    self._open.names_value = within and not requests(words)
            return True
        if NOTE.match(text) or is_example(text) or is_identifier(text):
            return False
        return self._as_words(paragraph, text, index)

    def _as_words(self, paragraph: Paragraph, text: str, index: int) -> bool:
        """Return whether the paragraph opens a question by its words alone."""
        number, rest = without_number(text)
        strong, pending = asks(text), self._open
        below = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        if pending is not None and pending.ends_before_boxes(text, below):
            self._begin(paragraph, index, text, strong=True)
            return True
        details = pending is not None and pending.takes_choice and DETAILS.match(text) is not None
        if not self._inside and not number and not details and text.endswith((":", "：")) and is_label(text):
            if not paragraph.number and pending is not None and pending.has_bullets(below):
                return False
            self._begin(paragraph, index, text, strong=False)
            return True
        numbered = bool(number) or paragraph.listed
        if not (strong or requests(text) or (numbered and states(text))):
            return False
        if not strong and not numbered and INSTRUCTION.search(text):
            return False
        marked = is_marked_question(text)
        if pending is not None and not marked and pending.goes_on_in(paragraph, number, rest):
            pending.hints += 1
            pending.wants_details = pending.wants_details or DETAILS.search(text) is not None
            self.reading.skip(paragraph.path, text, "part of the question above")
            return True
        self._begin(paragraph, index, text, strong)
        return True
