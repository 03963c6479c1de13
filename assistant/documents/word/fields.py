"""Turning cells and paragraphs into answer fields."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from assistant.documents.word.behind import answer_behind, ends_in_prompt, opens_words, prompt_behind
from assistant.documents.word.blocks import Cell, Paragraph
from assistant.documents.word.columnwords import is_option, offers_free_text, printed_options
from assistant.documents.word.controls import Box, Input, InputKind
from assistant.documents.word.tree import input_place
from assistant.documents.word.words import (
    DETAILS,
    PLACEHOLDER,
    UNDERSCORES,
    is_answer_label,
    is_evidence_label,
    is_label,
    plain,
    requests,
    states,
    without_lines,
    without_number,
)
from assistant.filling import PARTED, sense
from assistant.questionnaire import AnswerField, FieldKind, Location

_GAP = re.compile(r"\s{2,}|\t|\n")
_LONGEST_NAME = 6
_SENTENCE = 4
"""Words of the shortest sentence."""
_LEVEL = re.compile(
    r"(?:maturity |reife)?(?:level|tier|stage|grade|stufe|grad|niveau|nivel|livello|レベル|段階)\W*\d", re.I
)
_MARKED = re.compile(r"^(x|✓|✔|✗|yes|•|\*)$", re.I)
_LONGEST_MARK = 3
_NAME_END, _LABEL_END = re.compile(r"[:–—]\s"), re.compile(r"[:?？：]\s*")


def is_prompt(text: str) -> bool:
    """Return whether `text` is nothing but a prompt to write there."""
    return PLACEHOLDER.match(text) is not None


def is_place(cell: Cell) -> bool:
    """Return whether a cell holds nothing of the form's own words but takes an answer."""
    known = cell.takes_answer
    if known is None:
        known = cell.takes_answer = not cell.tables and (
            not cell.text or is_prompt(cell.text) or (bool(cell.boxes) and not bare(cell)) or only_labels(cell)
        )
    return known


def offers_choice(cell: Cell) -> bool:
    """Return whether a cell prints a choice to strike out or replace, such as "Yes / No"."""
    return not cell.boxes and all(map(is_option, printed_options(cell.text) or ("?",)))


def written_in(cell: Cell) -> list[Paragraph]:
    """Return the paragraphs of a cell that hold words."""
    return [paragraph for paragraph in cell.paragraphs if paragraph.text.strip()]


def ends_open(cell: Cell) -> bool:
    """Return whether a cell holds only the name of a value to write behind it, such as "Title:"."""
    written = written_in(cell)
    if len(written) != 1 or cell.inputs or cell.boxes or cell.tables:
        return False
    text = written[0].text.rstrip()
    return text.endswith((":", "：")) and is_label(text) and len(text.split()) <= _LONGEST_NAME


def only_labels(cell: Cell) -> bool:
    """Return whether a cell holds only labels to answer behind, such as "Response:" and "Evidence:"."""
    if ":" not in cell.text and "：" not in cell.text:
        return False
    said = [paragraph.text for paragraph in cell.paragraphs if paragraph.text.strip()]
    return bool(said) and all(_is_open_label(text) or prompt_behind(text) >= 0 for text in said)


def _is_open_label(text: str) -> bool:
    return text.rstrip().endswith((":", "：")) and (is_answer_label(text) or is_evidence_label(text))


def bare(cell: Cell) -> str:
    """Return the words of a cell that are neither boxes nor the labels of boxes."""
    words = []
    for paragraph in cell.paragraphs:
        if paragraph.boxes:
            lead, pairs = labelled(paragraph)
            words.append(lead)
            if len(pairs) == 1 and len(pairs[0][0]) > 60:
                words.append(pairs[0][0])
        elif not (is_prompt(paragraph.text) or _opens_beside(cell, paragraph) or _given_beside(paragraph) >= 0):
            words.append(paragraph.text)
    return plain(" ".join(words))


def lone_box(cell: Cell) -> bool:
    """Return whether a cell holds exactly one box and no words."""
    boxes = cell.boxes
    return len(boxes) == 1 and boxes[0].end - boxes[0].start >= len(cell.text)


def is_ticked(cell: Cell) -> bool:
    """Return whether a cell of a tick column is marked."""
    return any(box.ticked for box in cell.boxes) if cell.boxes else _is_mark(cell.text)


def _is_mark(text: str) -> bool:
    return len(text) <= _LONGEST_MARK and _MARKED.match(text) is not None


def could_be_tick(cell: Cell) -> bool:
    """Return whether a cell could stand in a tick column."""
    return cell.blank or lone_box(cell) or _is_mark(cell.text)


def labelled(paragraph: Paragraph) -> tuple[str, list[tuple[str, Box]]]:
    """Return the words before a line's boxes and each box with its label, which may stand behind or before it."""
    text, boxes = paragraph.text, paragraph.boxes
    between = [text[box.end : (boxes[i + 1].start if i + 1 < len(boxes) else len(text))] for i, box in enumerate(boxes)]
    lead = text[: boxes[0].start]
    between[-1] = _before_input(paragraph, between[-1])
    if not without_lines(between[-1]).strip() and lead.strip() and all(part.strip() for part in between[:-1]):
        pieces = [lead, *between[:-1]]
        first = _GAP.split(lead.rstrip())[-1] if len(boxes) > 1 or _GAP.search(lead.rstrip()) else lead
        first = _LABEL_END.split(first)[-1] if len(boxes) > 1 else first
        if first.strip():
            pieces[0] = first
            return lead[: len(lead) - len(lead.lstrip()) + lead.strip().rfind(first.strip())].strip(), [
                (_label(piece), box) for piece, box in zip(pieces, boxes, strict=True)
            ]
    return lead.strip(), [(_label(piece), box) for piece, box in zip(between, boxes, strict=True)]


def _before_input(paragraph: Paragraph, behind: str) -> str:
    """Return what stands behind the last box without the words that name an input there ("Comments:")."""
    last = len(paragraph.text) - len(behind)
    start = next((found.start for found in paragraph.inputs if found.start >= last), None)
    words = behind[: start - last].split() if start is not None else []
    names = [" ".join(words[at:]) for at in range(max(0, len(words) - _LONGEST_NAME), len(words))]
    name = next((name for name in names if is_answer_label(name) or (name.endswith(":") and DETAILS.match(name))), "")
    return behind[: start - last].rstrip().removesuffix(name) if start is not None and name else behind


def _label(text: str) -> str:
    said = _GAP.split(text.strip())[0] if text.strip() else ""
    said = without_lines(said)
    return plain(said).strip(" ,;/|").rstrip(":.")


def short_label(text: str) -> str:
    """Return the part of an option's words that names it."""
    said = plain(text)
    head = _NAME_END.split(said, maxsplit=1)[0] if len(said) > 60 else ""
    return head if 0 < len(head) <= 60 else said.rstrip(".:")


def mark_field(marks: list[tuple[str, Location, bool]]) -> AnswerField:
    """Return one group of tick places from (label, place, ticked)."""
    ticked = [label for label, _, on in marks if on]
    unique: dict[str, Location] = {}
    for label, place, _ in marks:
        unique.setdefault(label, place)
    return AnswerField(FieldKind.MARK, marks[0][1], marks=tuple(unique.items()), value=PARTED.join(ticked) or None)


def input_field(found: Input, place: str) -> AnswerField:
    """Return the field of one content control or legacy field."""
    if found.options and found.kind in {InputKind.LIST, InputKind.LEGACY_LIST, InputKind.COMBO}:
        return AnswerField(FieldKind.CHOICE, Location(place), options=found.options, value=found.value)
    return AnswerField(FieldKind.TEXT, Location(place), value=found.value, max_length=found.max_length)


def line_marks(paragraphs: list[Paragraph]) -> list[tuple[str, Location, bool]]:
    """Return the labelled boxes of some paragraphs; boxes without a label are left out."""
    return [
        (short_label(label), Location(paragraph.path), box.ticked)
        for paragraph in paragraphs
        if paragraph.boxes
        for label, box in labelled(paragraph)[1]
        if label
    ]


def cell_fields(cell: Cell, options: tuple[str, ...] = (), choice: bool = False) -> list[AnswerField]:
    """Return the fields of an answer cell; `choice` when its column takes one of `options`."""
    if cell.above is not None:
        cell = cell.above
    fields: list[AnswerField] = []
    marks = line_marks(cell.paragraphs)
    if marks:
        fields.append(mark_field(marks))
    several = sum(not paragraph.blank for paragraph in cell.paragraphs) > 1 or bool(marks)
    for paragraph in cell.paragraphs:
        for found in paragraph.inputs:
            if not found.locked:
                # A text beside a list in one line takes the line, the list the cell: one place takes one value.
                beside = bool(found.options) is not bool(paragraph.inputs[0].options)
                listed = bool(found.options) and any(not other.options for other in paragraph.inputs)
                within = (several or (beside and not found.options)) and not listed
                field = input_field(found, paragraph.path if within else cell.path)
                if field not in fields:
                    fields.append(field)
    if marks and not any(field.kind is FieldKind.TEXT for field in fields):
        fields += [words for each in cell.paragraphs if (words := _line_of_words(cell, each)) is not None][:1]
    if fields or (cell.boxes and not lone_box(cell)) or cell.inputs:
        return fields  # inputs without a field are locked: the customer's own
    if only_labels(cell):
        labels = sorted((p for p in cell.paragraphs if p.text.strip()), key=lambda p: not is_answer_label(p.text))
        return [AnswerField(FieldKind.TEXT, Location(paragraph.path)) for paragraph in labels]
    place, text = Location(cell.path), cell.text
    if lone_box(cell):
        return []
    value = None if not text or is_prompt(text) else text
    printed = printed_options(text) if value else ()
    if printed:
        return [AnswerField(FieldKind.CHOICE, place, options=printed)]
    if value and offers_free_text(text) and len(text) < 40:
        value = None
    if choice:
        return [AnswerField(FieldKind.CHOICE, place, options=options, value=value)]
    return [AnswerField(FieldKind.TEXT, place, value=value)]


def _line_of_words(cell: Cell, paragraph: Paragraph) -> AnswerField | None:
    """Return the field of a line that takes words beside the options of its cell, None for any other line."""
    given = _given_beside(paragraph)
    if given < 0 and not UNDERSCORES.search(paragraph.text) and not _opens_beside(cell, paragraph):
        return None
    value = paragraph.text[given:].strip() if given >= 0 else None
    return AnswerField(FieldKind.TEXT, Location(paragraph.path), value=value)


def _given_beside(paragraph: Paragraph) -> int:
    """Return where the words begin that were given behind a label beside options, -1 without such."""
    return -1 if paragraph.boxes else answer_behind(paragraph.text, stated=True)


def _opens_beside(cell: Cell, paragraph: Paragraph) -> bool:
    """Return whether a line only names the words that go beside the options of its cell; none are listed below it."""
    if paragraph.boxes or not paragraph.text.strip():
        return False
    if is_answer_label(paragraph.text) or prompt_behind(paragraph.text, stated=True) >= 0:
        return True
    if not cell.boxes or not opens_words(paragraph.text):
        return False
    written = written_in(cell)
    below = written[written.index(paragraph) + 1 :][:1]
    return not any(line.boxes and not line.text[: line.boxes[0].start].strip() for line in below)


def to_confirm(paragraph: Paragraph) -> str:
    """Return the statement or numbered item beside the only box of a line, with its number, "" when it holds none.

    What begins like an answer ("Yes, …", "Level 2: …") is one of several to choose from.
    """
    if len(paragraph.boxes) != 1 or paragraph.inputs:
        return ""
    box = paragraph.boxes[0]
    text = plain(f"{paragraph.text[: box.start]} {paragraph.text[box.end :]}")
    number, words = without_number(text)
    sentence = words.endswith("。") or (words.endswith(".") and len(words.split()) >= _SENTENCE)
    if not (number or sentence or states(words)) or requests(words) or sense(words) is not None or _LEVEL.match(words):
        return ""
    return text


def line_fields(paragraph: Paragraph) -> list[AnswerField]:
    """Return the fields in a paragraph: a list to choose from and an input for text, or what `line_field` finds."""
    open_inputs = [found for found in paragraph.inputs if not found.locked]
    fields = [input_field(found, paragraph.path) for found in open_inputs]
    kinds = {field.kind: field for field in reversed(fields)}
    if len(kinds) > 1:
        return [replace(kinds[FieldKind.CHOICE], apart=True), replace(kinds[FieldKind.TEXT], apart=True)]
    first = line_field(paragraph)
    return [] if first is None else [first]


def between_inputs(paragraph: Paragraph) -> list[str]:
    """Return the words of a paragraph before each of its inputs and behind the last one."""
    ends = [0, *(found.start for found in paragraph.inputs), len(paragraph.text)]
    return [plain(paragraph.text[first:last]) for first, last in pairwise(ends)]


def names_inputs(paragraph: Paragraph) -> bool:
    """Return whether the words around several inputs only name them, as in "Answer: … Comments: …"."""
    named = [words for words in between_inputs(paragraph) if words]
    return len(paragraph.inputs) > 1 and all(
        is_answer_label(words) or is_evidence_label(words) or DETAILS.match(words) for words in named
    )


def named_inputs(paragraph: Paragraph) -> list[tuple[str, AnswerField]]:
    """Return each input of a line with the words that name it ("Name: … Date: …"), [] when they are not named so."""
    *names, rest = between_inputs(paragraph)
    named = all(name.endswith((":", "：")) and not is_answer_label(name) for name in names)
    if len(names) < 2 or not named or rest.strip(" .,;|") or any(found.locked for found in paragraph.inputs):
        return []
    fields = [input_field(found, input_place(paragraph.path, at)) for at, found in enumerate(paragraph.inputs)]
    return list(zip(names, fields, strict=True))


def line_field(paragraph: Paragraph) -> AnswerField | None:
    """Return the text field in a paragraph: an input, a printed line, or a bracketed prompt; None without one."""
    for found in paragraph.inputs:
        if not found.locked:
            return input_field(found, paragraph.path)
    if UNDERSCORES.search(paragraph.text) or is_prompt(paragraph.text) or prompt_behind(paragraph.text) >= 0:
        return AnswerField(FieldKind.TEXT, Location(paragraph.path))
    if ends_in_prompt(paragraph.text):
        return AnswerField(FieldKind.TEXT, Location(paragraph.path))
    return None


def struck_out(paragraph: Paragraph, choice: tuple[int, int]) -> list[AnswerField]:
    """Return the fields of a question that ends in a printed choice: the choice, and words behind the paragraph."""
    place, options = Location(paragraph.path), printed_options(paragraph.text[slice(*choice)])
    return [
        AnswerField(FieldKind.CHOICE, place, options=options, apart=True),
        AnswerField(FieldKind.TEXT, place, after=True, apart=True),
    ]


def with_choice_and_text(fields: list[AnswerField], options: tuple[str, ...]) -> list[AnswerField]:
    """Return a plain text field as a choice and a text at the same place, for a row that prints its options."""
    return [replace(fields[0], kind=FieldKind.CHOICE, options=options), *fields]
