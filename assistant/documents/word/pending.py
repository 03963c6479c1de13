"""A question in running paragraphs whose place is still looked for, and what becomes of it in the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.documents.word.blocks import Paragraph, Table
from assistant.documents.word.fields import mark_field
from assistant.documents.word.words import (
    CONTACT,
    DETAILS,
    DUTY,
    INSTRUCTION,
    SIGN_OFF,
    answers_itself,
    asks,
    asks_in_passing,
    innermost,
    is_introduction,
    is_label,
    requests,
    without_number,
)
from assistant.filling import PARTED
from assistant.questionnaire import AnswerField, FieldKind, Location, Question


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
    label: int = -1
    """Where among the blocks the line stands that only names the answer, such as "Comments:", -1 for nowhere."""

    @property
    def numbered(self) -> bool:
        """Return whether it carries a number or stands in a list."""
        return bool(self.number) or self.paragraph.listed

    def has(self, kind: FieldKind) -> bool:
        """Return whether a field of that kind was found."""
        return any(found.kind is kind for found in self.fields)

    @property
    def awaits_choice(self) -> bool:
        """Return whether options may be printed under it: it is asked and has no place yet."""
        return not self.fields and (self.strong or self.numbered)

    def has_bullets(self, below: Paragraph | Table | None) -> bool:
        """Return whether a line behind it, such as "Please cover:", heads bullets while it waits for its place."""
        waits = not self.fields and self.blank is None
        return waits and isinstance(below, Paragraph) and below.listed and not below.number

    @property
    def takes_choice(self) -> bool:
        """Return whether options to choose from were found, to tick or otherwise."""
        return self.has(FieldKind.MARK) or self.has(FieldKind.CHOICE)

    @property
    def is_ticked(self) -> bool | None:
        """Return whether one of its options is ticked, None when it has none."""
        marks = next((found for found in self.fields if found.kind is FieldKind.MARK), None)
        return None if marks is None else marks.value is not None

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
        if self.blank is not None or number:
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

    @property
    def awaits_choice(self) -> bool:
        """Return whether options may be printed under it: it stands in a numbering or a list."""
        return bool(self.paragraph.listed or self.paragraph.number or without_number(self.text)[0])


_FORM = 3
"""Questions with places from which on a document is a form that gives each question its place."""
_LIST = 2
"""Questions from which on a list may be one of questions."""
_NEAR = 2
"""How many blocks apart lines to fill in may stand: one blank paragraph between them."""


def _ends_open(each: Pending) -> bool:
    return each.text.endswith((":", "：")) and is_label(each.text) and not each.number


def _lists_of_questions(pending: Sequence[Pending]) -> frozenset[str]:
    """Return the sections that hold nothing but a list of questions, none of which has a place.

    They ask even in a form that gives all its other questions a place; a reminder to look at the form again does not.
    """
    sections: dict[str, list[Pending]] = {}
    for each in pending:
        sections.setdefault(each.section, []).append(each)
    return frozenset(
        section
        for section, found in sections.items()
        if section
        and sum(each.strong for each in found) >= _LIST
        and not any(each.blank for each in found[:-1])  # behind the last one a blank ends the list
        and all(each.paragraph.listed and not each.fields for each in found)
        and not any(INSTRUCTION.search(words) for words in (innermost(section), *(each.text for each in found)))
    )


class Settling:
    """Decides the questions that have no explicit place, by what holds for most of them."""

    def __init__(self, pending: Sequence[Pending], inside: bool, beside: int) -> None:
        """Take all questions of one run; `inside` a cell only explicit places count.

        `beside` is how many questions the document's tables hold. When nothing in the document has a place,
        numbered duties ("The supplier shall …") are what is asked; when nearly every question has one, a
        sentence without is a remark.
        """
        self._pending, self._inside = pending, inside
        self._alone = not beside and not any(each.fields for each in pending)
        self._placed = 0
        self._lists = _lists_of_questions(pending)
        answered = sum(answers_itself(each.text) for each in pending)
        self._remarks = answered * 2 <= sum(each.strong for each in pending)  # else it is how the form asks
        bare = [each for each in pending if not each.fields and self._worthy(each)]
        placed = beside + sum(not is_label(each.text) for each in pending if each.fields)
        unnumbered = sum(not (each.number or each.section in self._lists) and each.blank is None for each in bare)
        if placed >= _FORM and unnumbered * 4 <= placed:
            self._placed = placed
            bare = [each for each in bare if self._worthy(each)]
        spaced = sum(each.blank is not None for each in bare)
        answered = sum(each.answer is not None for each in bare)
        self._answers = answered >= 2 and answered * 2 >= len(bare)
        self._blanks = bool(bare) and (spaced + answered * self._answers) * 5 >= len(bare) * 3

    def _worthy(self, each: Pending) -> bool:
        """Return whether a question without an explicit place is one at all."""
        if (each.paragraph.style.heading and each.hints) or CONTACT.search(each.text):
            return False
        left_over = self._placed and not each.blank and each.section not in self._lists
        if not each.number and ((self._remarks and answers_itself(each.text)) or left_over):
            return False
        if is_introduction(each.section) and (self._placed or not each.number):
            return False
        if self._inside:
            return each.blank is not None and (each.strong or (bool(each.number) and requests(each.text)))
        if self._is_talk(each):
            return False
        if each.strong and (each.numbered or self._beside(each, strong=True)):
            return True
        if self._alone and each.numbered and DUTY.search(each.text) and not INSTRUCTION.search(each.text):
            return sum(bool(DUTY.search(other.text)) and other.numbered for other in self._pending) >= 2
        if not requests(each.text) or INSTRUCTION.search(each.text) or left_over:
            return False
        if each.paragraph.listed and any(
            other.strong and other.paragraph.list_id == each.paragraph.list_id for other in self._pending
        ):
            return True
        return bool(each.number) or (each.blank is not None and self._beside(each, strong=False))

    def _is_talk(self, each: Pending) -> bool:
        """Return whether a question ends running text, where those that are asked stand in lists or are numbered."""
        if each.numbered or each.blank is not None or not asks_in_passing(each.text):
            return False
        listed = [other.numbered for other in self._pending if other.strong and other is not each]
        return sum(listed) >= _FORM and sum(listed) * 2 > len(listed)

    def _beside(self, each: Pending, strong: bool) -> bool:
        """Return whether another question of the same kind stands in the section."""
        return any(
            other is not each
            and other.section == each.section
            and not (self._remarks and not other.number and answers_itself(other.text))
            and (other.strong if strong else requests(other.text) and other.blank is not None)
            and not CONTACT.search(other.text)
            for other in self._pending
        )

    def _is_line_to_fill(self, each: Pending) -> bool:
        """Return whether it is one of several lines such as "Company name:", to be completed behind the colon."""
        if self._inside or each.hints or not _ends_open(each):
            return False
        return any(
            other is not each
            and abs(other.index - each.index) <= _NEAR
            and (_ends_open(other) and not other.hints)
            and other.section == each.section
            for other in self._pending
        )

    def question(self, each: Pending) -> Question | None:
        """Return the question, or None when it is none."""
        fields, reason, sure = list(each.fields), each.reason, 0.9
        if not fields and self._is_line_to_fill(each):
            fields = [AnswerField(FieldKind.TEXT, Location(each.paragraph.path))]
            reason, sure = "one of several labels to write behind", 0.7
        elif not fields:
            if not self._worthy(each):
                return None
            fields, reason, sure = self._implicit(each)
        elif each.takes_choice and not each.has(FieldKind.TEXT) and each.wants_details and each.blank is not None:
            fields.append(AnswerField(FieldKind.TEXT, Location(each.blank.path)))
        label = (is_label(each.text) or each.names_value) and not each.number and not each.has(FieldKind.MARK)
        if label and SIGN_OFF.search(each.section):
            return None
        return Question(
            each.text, Location(each.paragraph.path), tuple(fields), each.number, each.section, sure, (reason,), label
        )

    def _implicit(self, each: Pending) -> tuple[list[AnswerField], str, float]:
        """Return the field of a question that is followed by no explicit place, why, and how sure that is."""
        if each.answer is not None and self._answers:
            place = Location(each.answer.path)
            field_ = AnswerField(FieldKind.TEXT, place, value=each.answer.text.strip())
            return [field_], "an answer stands behind the question already", 0.6
        if each.blank is not None and self._blanks and each.section not in self._lists:
            place = Location(each.blank.path)
            return [AnswerField(FieldKind.TEXT, place)], "a blank paragraph follows each question", 0.8
        place = Location(each.paragraph.path)
        sure = 0.75 if each.strong else 0.5
        return [AnswerField(FieldKind.TEXT, place, after=True)], "no place: the answer goes behind the question", sure
