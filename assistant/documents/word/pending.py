"""A question in running paragraphs whose place is still looked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.documents.word.behind import is_statement_label
from assistant.documents.word.blocks import Paragraph, Table
from assistant.documents.word.columnwords import STRONG_ANSWER
from assistant.documents.word.fields import labelled, line_marks, mark_field
from assistant.documents.word.words import (
    DETAILS,
    asks,
    is_answer_number,
    is_label,
    is_marked_question,
    requests,
    selects_one,
    without_number,
)
from assistant.filling import PARTED
from assistant.questionnaire import AnswerField, FieldKind, Location


@dataclass(slots=True)
class Pending:
    """A paragraph that may be a question, and what was found behind it.

    `strong` when it is put as a question; `blank` is the first blank paragraph behind it, `answer` a
    paragraph that reads like an answer already given, `hints` counts other text behind it; `names_value`
    that it is a sentence with a field inside, which asks nothing; `ends_in_label` that a label for the answer
    ends it ("Do you log? Answer:"), behind which the answer goes unless a place follows.
    """

    paragraph: Paragraph
    index: int
    text: str
    number: str
    section: str
    strong: bool
    fields: list[AnswerField] = field(default_factory=list)
    reason: str = ""
    blank: Paragraph | None = None
    answer: Paragraph | None = None
    hints: int = 0
    wants_details: bool = False
    names_value: bool = False
    ends_in_label: bool = False
    confirmed: bool = False
    """Whether it is a statement with a box of its own."""
    given: bool = False
    """Whether its answer was found behind a label already."""
    label: int = -1
    """Where among the blocks the line stands that only names the answer, such as "Comments:", -1 for nowhere."""

    @property
    def numbered(self) -> bool:
        """Return whether it carries a number or stands in a list."""
        return bool(self.number) or self.paragraph.listed

    def has(self, kind: FieldKind) -> bool:
        """Return whether a field of that kind was found."""
        return bool(self.fields) and any(found.kind is kind for found in self.fields)

    @property
    def ends_open(self) -> bool:
        """Return whether it is a name such as "Company:" to write behind."""
        return self.text.endswith((":", "：")) and is_label(self.text) and not self.number

    @property
    def is_line(self) -> bool:
        """Return whether it is a line to fill in, such as "Name: ____" or "Name:", rather than a question."""
        if self.number or self.takes_choice:
            return False
        return self.ends_open or (bool(self.fields) and (self.names_value or is_label(self.text)))

    @property
    def awaits_choice(self) -> bool:
        """Return whether options may be printed under it: it is asked and has no place yet."""
        return not self.fields and (self.strong or self.numbered)

    def has_bullets(self, below: Paragraph | Table | None) -> bool:
        """Return whether a line behind it, such as "Please cover:", heads bullets while it waits for its place."""
        waits = not self.fields and self.blank is None
        return waits and isinstance(below, Paragraph) and below.listed and not below.number

    def ends_before_boxes(self, text: str, below: Paragraph | Table | None) -> bool:
        """Return whether a line behind its boxes leads in to further ones `below`, which are another question's."""
        boxes = isinstance(below, Paragraph) and bool(line_marks([below])) and not labelled(below)[0]
        return boxes and text.endswith((":", "：")) and self.has(FieldKind.MARK)

    @property
    def takes_choice(self) -> bool:
        """Return whether options to choose from were found, to tick or otherwise."""
        return self.has(FieldKind.MARK) or self.has(FieldKind.CHOICE)

    @property
    def is_ticked(self) -> bool | None:
        """Return whether one of its options is ticked, None when it has none."""
        marks = next((found for found in self.fields if found.kind is FieldKind.MARK), None)
        return None if marks is None else marks.value is not None

    def is_answered_by(self, label: str) -> bool:
        """Return whether what stands behind `label` in a line below it is an answer given to it.

        "A: …" answers "Q: …"; "Comments: …" may say what is wanted, unless options stand above it.
        """
        said = label.strip(" :：")
        if self.has(FieldKind.TEXT):
            return False
        if len(said) == 1:
            return is_marked_question(self.paragraph.text) or self.number[:1] in {"Q", "q"}
        return STRONG_ANSWER.search(said) is not None or self.takes_choice

    def is_named_by(self, text: str) -> bool:
        """Return whether a line names its answer: "A1." that of question Q1, "Statement:" what goes with a choice."""
        if self.number[:1] in {"Q", "q"} and is_answer_number(text):
            return True
        return self.takes_choice and not self.has(FieldKind.TEXT) and is_statement_label(text)

    def lacks_words(self, index: int) -> bool:
        """Return whether a place for words may follow as the block at `index`: none was found, or a bare label."""
        return not self.has(FieldKind.TEXT) or self.label == index - 1

    def add_table(self, fields: list[AnswerField]) -> bool:
        """Take the fields of the table behind it; return whether they fit, as other options to tick do not."""
        kept = [found for found in self.fields if self.label < 0 or found.kind is not FieldKind.TEXT]
        if kept and any(found.kind is not FieldKind.TEXT for found in fields):
            return False
        self.fields = [*kept, *fields]
        self.reason = self.reason if kept else "the table below takes the answer"
        return True

    def goes_on_in(self, paragraph: Paragraph, number: str, text: str) -> bool:
        """Return whether a paragraph goes on with the question: a bullet below it, or "If yes, describe"."""
        level = self.paragraph.style.heading
        if self.blank is not None or number or (level and paragraph.style.heading == level):
            return False
        if self.strong and not asks(text) and self.paragraph.bold and not paragraph.bold:
            return True  # in the plain type of what is added to a bold question
        if self.number and requests(self.text) and not (paragraph.listed or self.fields):
            return True  # an order or question without a number under a question that has one
        if DETAILS.match(text) and (self.takes_choice or self.strong) and not paragraph.listed:
            return True
        if self.fields:
            return False
        above = self.paragraph
        deeper = not above.listed or paragraph.level > above.level
        bulleted = bool(above.number) and not paragraph.number
        return paragraph.listed and (deeper or bulleted) and not asks(paragraph.text)

    def add_text(self, found: AnswerField, reason: str) -> None:
        """Take a place for text, unless there is one."""
        if found.kind is not FieldKind.TEXT or not self.has(FieldKind.TEXT):
            self.fields.append(found)
            self.reason = self.reason or reason

    def add_marks(self, marks: list[tuple[str, Location, bool]]) -> None:
        """Take boxes, joined with those found before."""
        before = next((found for found in self.fields if found.kind is FieldKind.MARK), None)
        if before is not None:
            ticked = set((before.value or "").split(PARTED))
            marks = [*((label, place, label in ticked) for label, place in before.marks), *marks]
            self.fields.remove(before)
        self.fields.insert(0, mark_field(marks))
        self.reason = self.reason or "options to tick follow"


@dataclass(slots=True)
class Candidate:
    """The last paragraph that was no question by its words; a place right behind it makes it one."""

    paragraph: Paragraph
    index: int
    text: str
    section: str

    def is_answered_by(self, label: str) -> bool:
        """Return whether what stands behind `label` in a line below it is an answer given to it."""
        return STRONG_ANSWER.search(label) is not None

    @property
    def leads_in(self) -> bool:
        """Return whether boxes under it are its options: it is an item, asks, or announces them; no heading does."""
        if asks(self.text) or requests(self.text) or selects_one(self.text) or self.text.endswith((":", "：")):
            return True
        return not self.paragraph.style.heading and self.awaits_choice

    @property
    def awaits_choice(self) -> bool:
        """Return whether options may be printed under it: it stands in a numbering or a list."""
        return bool(self.paragraph.listed or self.paragraph.number or without_number(self.text)[0])
