"""Answers given already in running paragraphs, told by their label or by where other questions have their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.documents.word.behind import answer_behind, is_given
from assistant.documents.word.blocks import Paragraph, Table
from assistant.documents.word.pending import Candidate, Pending
from assistant.documents.word.replies import is_reply, is_short
from assistant.documents.word.words import is_example
from assistant.questionnaire import AnswerField, FieldKind, Location

_ENOUGH = 3
"""Questions with their place right behind from which on words in its stead are an answer."""


def given_below(
    above: Pending | Candidate, paragraph: Paragraph, blocks: Sequence[Paragraph | Table]
) -> AnswerField | None:
    """Return the field of an answer that stands behind its label in a line under a question, None when there is none.

    An example shows how to answer and asks nothing; what stands at several questions is the form's own.
    """
    stated = isinstance(above, Pending) and above.takes_choice
    start = -1 if paragraph.inputs else answer_behind(paragraph.text, stated)
    if start < 0 or not above.is_answered_by(paragraph.text[:start]):
        return None
    before = blocks[above.index - 1] if above.index else None
    if isinstance(before, Paragraph) and is_example(before.text):
        return None
    value = paragraph.text[start:].strip()
    if not is_short(value) and sum(isinstance(each, Paragraph) and each.text == paragraph.text for each in blocks) > 1:
        return None
    return AnswerField(FieldKind.TEXT, Location(paragraph.path), value=value)


def see_given(asked: Sequence[Pending], blocks: Sequence[Paragraph | Table]) -> None:
    """Take the words right behind a question for its answer where others of its make have their place right there.

    A hint is told by the blank that still follows it, by not reading like an answer, and by being said again.
    """
    said = [(each, words) for each in asked if (words := _words_behind(each, blocks)) is not None]
    again = Counter(words.text.strip() for _, words in said)
    said = [(each, words) for each, words in said if again[words.text.strip()] == 1 or is_short(words.text.strip())]
    if not said:
        return
    explicit: Counter[tuple[object, ...]] = Counter()
    blank: Counter[tuple[object, ...]] = Counter()
    for each in asked:
        behind = _behind(each, blocks)
        if behind is None:
            continue
        if any(found.kind is FieldKind.TEXT and found.location == behind.path for found in each.fields):
            explicit[_make(each)] += 1
        elif not each.fields and each.blank is behind:
            blank[_make(each)] += 1
    for each, words in said:
        make = _make(each)
        if explicit[make] >= _ENOUGH or blank[make] >= _ENOUGH:
            each.fields = [AnswerField(FieldKind.TEXT, Location(words.path), value=words.text.strip())]
            each.reason, each.given = "an answer is given where others have their place", True


def _behind(each: Pending, blocks: Sequence[Paragraph | Table]) -> Paragraph | None:
    """Return the paragraph right behind a question."""
    block = blocks[each.index + 1] if each.index + 1 < len(blocks) else None
    return block if isinstance(block, Paragraph) else None


def _words_behind(each: Pending, blocks: Sequence[Paragraph | Table]) -> Paragraph | None:
    """Return the one paragraph that reads like an answer behind a question without a place or a blank of its own."""
    behind = _behind(each, blocks)
    if each.fields or each.blank is not None or each.hints != 1 or behind is None or behind.blank:
        return None
    plain = not (behind.listed or behind.number or behind.boxes or behind.inputs or behind.style.heading)
    text = behind.text.strip()
    return behind if plain and is_given(text) and is_reply(text) else None


def _make(each: Pending) -> tuple[object, ...]:
    """Return how a question is set: numbered, listed, a heading, bold."""
    paragraph = each.paragraph
    return bool(each.number), paragraph.listed, paragraph.style.heading, paragraph.bold
