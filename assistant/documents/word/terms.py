"""The values a column takes where its cells do not offer them: from a like table that does, or a list of terms.

A form may explain once, above its tables, what may be said ("Supports: …", "Does not support: …"), and leave the cells
blank; or give a drop-down in one table and forget it in the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.documents.word.blocks import Paragraph, Table
from assistant.documents.word.columnwords import is_option
from assistant.documents.word.words import is_example, plain, requests
from assistant.questionnaire import AnswerField, FieldKind, Question

_TERM = re.compile(r"[\"'“„«]?([^\W\d_][^:=.;?]{1,40}?)[\"'”“»]?\s*(?:[:=：]|\s[-–—])\s*\S")
"""A term and the sign before its explanation."""
_LEAST = 2
_CELL = re.compile(r"(.*tbl\[\d+\])/tr\[\d+\]/tc\[(\d+)\]$")

_Heading = tuple[tuple[str, ...], str]
"""What the first row of a table says, and which of its cells stands above a place."""


def with_terms(questions: Sequence[Question], blocks: Sequence[Paragraph | Table]) -> list[Question]:
    """Return the questions, those with a choice of unknown values with the values that the form gives elsewhere."""
    if not any(_lacks(field) for question in questions for field in question.fields):
        return list(questions)
    heads = {
        block.path: (index, tuple(plain(cell.text).casefold() for cell in block.rows[0].cells))
        for index, block in enumerate(blocks)
        if isinstance(block, Table) and block.rows
    }
    offered: dict[_Heading, set[tuple[str, ...]]] = {}
    for question in questions:
        for field in question.fields:
            if field.kind is FieldKind.CHOICE and field.options and (found := _place(field, heads)):
                offered.setdefault(found[1], set()).add(field.options)
    legends = list(_legends(blocks))
    return [_with_values(question, heads, offered, legends) for question in questions]


def _lacks(field: AnswerField) -> bool:
    return field.kind is FieldKind.CHOICE and not field.options


def _place(field: AnswerField, heads: dict[str, tuple[int, tuple[str, ...]]]) -> tuple[int, _Heading] | None:
    """Return which block the field's table is, and what heads its column; None outside the tables of the body."""
    match = _CELL.match(field.location)
    if match is None or match[1] not in heads:
        return None
    index, head = heads[match[1]]
    return index, (head, match[2])


def _with_values(
    question: Question,
    heads: dict[str, tuple[int, tuple[str, ...]]],
    offered: dict[_Heading, set[tuple[str, ...]]],
    legends: Sequence[tuple[int, tuple[str, ...]]],
) -> Question:
    fields = list(question.fields)
    for at, field in enumerate(question.fields):
        found = _place(field, heads) if _lacks(field) else None
        if found is None:
            continue
        index, heading = found
        alike = offered.get(heading, set())
        told = [terms for legend, terms in legends if legend <= index]
        options = next(iter(alike)) if len(alike) == 1 else told[-1] if told and not alike else ()
        if options:
            fields[at] = replace(field, options=options)
    chosen = {field.location for field in fields if field.kind is FieldKind.CHOICE and field.options}
    kept = [field for field in fields if field.kind is not FieldKind.TEXT or field.location not in chosen]
    return replace(question, fields=tuple(kept)) if fields != list(question.fields) else question


def _legends(blocks: Sequence[Paragraph | Table]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield where each list of terms ends among the blocks, and its terms."""
    run: list[str] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            yield from _legend(index, run)
            run = []
            pairs = [[plain(cell.text) for cell in row.cells] for row in block.rows]
            if all(len(pair) == 2 and all(pair) and not any(map(requests, pair)) for pair in pairs):
                yield from _legend(index, [pair[0] for pair in pairs[not is_option(pairs[0][0]) :]])
        elif not block.blank:
            other = block.boxes or block.inputs or block.style.heading or is_example(block.text)
            term = None if other else _TERM.match(plain(block.text))
            if term is not None:
                run.append(term[1].strip())
            else:
                yield from _legend(index, run)
                run = []
    yield from _legend(len(blocks), run)


def _legend(index: int, terms: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the terms when they are values of an answer and not those of the trade."""
    known = sum(map(is_option, terms))
    if known >= _LEAST and known * 2 > len(terms) and len(set(terms)) == len(terms):
        yield index, tuple(terms)
