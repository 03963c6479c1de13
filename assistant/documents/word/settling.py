"""What becomes in the end of the questions in running paragraphs: which are asked, and where their answers go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.documents.word.asides import SIGN_OFF, is_signature
from assistant.documents.word.behind import opens_words
from assistant.documents.word.blocks import Table
from assistant.documents.word.kinds import read_placeless
from assistant.documents.word.pending import Pending
from assistant.documents.word.reports import Reading
from assistant.documents.word.words import (
    CONTACT,
    DUTY,
    INSTRUCTION,
    answers_itself,
    asks_in_passing,
    innermost,
    is_example,
    is_introduction,
    is_label,
    requests,
)
from assistant.questionnaire import AnswerField, FieldKind, FoundTable, Location, Question

_REPEATED = 3
"""Questions from which on what is said word for word under each of them asks for more about it."""
_FORM = 3
"""Questions with places from which on a document is a form that gives each question its place."""
_LIST = 2
"""Questions from which on a list may be one of questions."""
_NEAR = 2
"""How many blocks apart lines to fill in may stand: one blank paragraph between them."""


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

    @staticmethod
    def _shows_how(section: str) -> bool:
        """Return whether what is answered in a section shows how to answer, as in an example or introduction."""
        return is_introduction(section) or is_example(innermost(section))

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
        if self._inside or each.hints or not each.ends_open:
            return False
        return any(
            other is not each
            and abs(other.index - each.index) <= _NEAR
            and (other.ends_open and not other.hints)
            and other.section == each.section
            for other in self._pending
        )

    def question(self, each: Pending) -> Question | None:
        """Return the question, or None when it is none."""
        fields, reason, sure = list(each.fields), each.reason, 0.9
        if each.given and self._shows_how(each.section):
            return None
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


def _of_signatory(lines: Sequence[Pending], signed: Mapping[int, str], asked: Sequence[int]) -> frozenset[int]:
    """Return where the lines stand that whoever signs the form fills in as well: name, place, date.

    Of all `lines` to fill in they stand right before one to sign or close behind it, in its section, at the end of
    the form, behind all that is `asked`. A block on its first page that is signed says who answers.
    """
    around = {index: section for index, section in signed.items() if asked and index > max(asked)}
    for order, near in ((lines, range(_NEAR + 1)), (lines[::-1], range(-1, 1))):
        for each in order:
            if any(each.index - other in near and each.section == section for other, section in around.items()):
                around[each.index] = each.section
    return frozenset(around)


def _with_words(kept: Sequence[tuple[Pending, Question]]) -> list[tuple[Pending, Question]]:
    """Return the questions, those to tick with the place of a prompt for words that is repeated under each of them."""
    said = Counter(question.text for _, question in kept)
    found: list[tuple[Pending, Question]] = []
    above = -1
    for pending, question in kept:
        prompts = said[question.text] >= _REPEATED and not pending.numbered
        prompts = prompts and (not pending.is_line or requests(question.text) or opens_words(question.text))
        asked = found[above][1] if above >= 0 else None
        waits = asked is not None and asked.choice_field is not None and asked.text_field is None
        words = all(each.kind is FieldKind.TEXT and not each.after for each in question.fields)
        if prompts and words and asked is not None and waits and asked.section == question.section:
            found[above] = (found[above][0], replace(asked, fields=(*asked.fields, *question.fields)))
            continue
        found.append((pending, question))
        if not prompts:
            above = len(found) - 1
    return found


def settle(
    reading: Reading,
    done: Sequence[Pending],
    others: Sequence[tuple[int, Reading]],
    tables: Sequence[tuple[int, Table, str]],
    signed: Mapping[int, str],
    *,
    inside: bool,
) -> Reading:
    """Return `reading` with all questions in the document's order: those of running paragraphs and `others`.

    Where nothing at all has a place, those that the `tables` only ask are taken as well; `inside` a cell only
    explicit places count. `signed` is where the lines to sign stand, with their sections.
    """
    if not inside and not any(each.fields for each in done) and not any(found.questions for _, found in others):
        others = [*others, *((index, read_placeless(table, section)) for index, table, section in tables)]
    beside = sum(not question.label for _, found in others for question in found.questions)
    settling = Settling(done, inside, beside)
    asked = [index for index, found in others if not all(question.label for question in found.questions)]
    kept: list[tuple[Pending, Question]] = []
    for pending in done:
        question = settling.question(pending)
        if question is not None and pending.is_line and is_signature(pending.text):
            reading.skip(pending.paragraph.path, pending.text, "to be signed by a person")
            signed = {**signed, pending.index: pending.section}
        elif question is None:
            words = pending.paragraph.text
            reading.skip(pending.paragraph.path, words, "running text without a place for an answer")
        else:
            kept.append((pending, question))
    asked += [pending.index for pending, _ in kept if not pending.is_line]
    kept = _with_words(kept)
    signatory = _of_signatory([pending for pending, _ in kept if pending.is_line], signed, asked)
    items: list[tuple[int, Reading | Question]] = list(others)
    run: list[Question] = []
    for pending, question in kept:
        if pending.index in signatory:
            reading.skip(pending.paragraph.path, pending.paragraph.text, "to be filled in by the person who signs")
        else:
            run.append(question)
            items.append((pending.index, question))
    for _, item in sorted(items, key=lambda pair: pair[0]):
        if isinstance(item, Question):
            reading.questions.append(item)
        else:
            reading.add(item)
    if run:
        sure = sum(question.certainty for question in run) / len(run)
        reasons = tuple(dict.fromkeys(reason for question in run for reason in question.reasons))
        place = run[0].location.rpartition("/")[0] if inside else "body"
        reading.tables.append(FoundTable(place, len(run), sure, reasons))
    return reading
