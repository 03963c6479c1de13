"""Telling question tables from their copies: analysts' sheets, crosswalks and reports that repeat the questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.documents.excel.columns import Columns
from assistant.documents.excel.grid import Grid
from assistant.documents.excel.tables import Table
from assistant.documents.excel.wording import is_number, likeness
from assistant.questionnaire import Question, Skipped

_SHARED = 0.5
_LEAST_LOST = 3
FOR_OTHERS = re.compile(
    r"\b(analysts?|assessors?|auditors?|reviewers?|evaluation|report|reports|results?|summary|scor(e|es|ing|ecard)|"
    r"dashboard|crosswalk|mapping|reference|internal|auswertung|ergebnis\w*|résultats?|resultados?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A table with the questions found in it and the rows left out."""

    grid: Grid
    table: Table
    columns: Columns
    questions: tuple[Question, ...]
    skipped: tuple[Skipped, ...]

    def standing(self) -> tuple[bool, bool, int]:
        """Return what makes a table the original rather than a copy, the weightiest first."""
        columns, formulas = self.columns, self.grid.sheet.formulas
        computed = sum((row, columns.question) in formulas for row in self.table.rows)
        return (
            not FOR_OTHERS.search(self.grid.title),
            computed < _SHARED * len(self.questions),
            2 if columns.listed or columns.marks else 1 if columns.choices or columns.texts else 0,
        )


def without_mirrors(readings: Sequence[Reading]) -> tuple[list[Reading], list[Reading]]:
    """Return the readings that stand for themselves, and those that repeat a better one.

    Tables that ask the same twice on equal terms (one sheet a site, one a product) all stay.
    """
    kept: list[Reading] = []
    mirrors: list[Reading] = []
    standings = [reading.standing() for reading in readings]
    if len(set(standings)) < 2:
        return list(readings), []
    texts = [{_plain(question.text) for question in reading.questions} for reading in readings]
    for index, reading in enumerate(readings):
        # Taken together: an analyst's sheet often repeats the questions of all other sheets.
        better = set().union(*(texts[other] for other in range(len(readings)) if standings[other] > standings[index]))
        repeated = len(texts[index] & better) >= _SHARED * len(texts[index])
        (mirrors if repeated else kept).append(reading)
    return kept, mirrors


def left_unread(grids: Sequence[Grid], found: Sequence[Reading], skipped: Sequence[Skipped]) -> list[str]:
    """Return a notice for each sheet in which nothing was found although it asks in several rows, so that none is lost.

    Guides that ask and answer ("Who completes this? …") have the answers under the questions.
    """
    known = {reading.grid.title for reading in found} | {str(skip.location).partition("!")[0] for skip in skipped}
    notices = []
    for grid in grids:
        rows = [row for row in grid.sheet.rows if grid.cells(row)] if grid.title not in known else []
        asking = sum(_asks_alone(grid, row) for row in rows)
        if asking >= _LEAST_LOST and asking * 2 > len(rows):
            notices.append(
                f"The sheet “{grid.title}” seems to ask {asking} questions but shows no place for the answers; "
                "nothing of it is answered until the layout says where they go."
            )
    return notices


def _asks_alone(grid: Grid, row: int) -> bool:
    """Return whether nothing but a question, with or without a number, stands in the row."""
    said = [text.strip() for text in grid.cells(row).values() if not is_number(text)]
    return len(said) == 1 and said[0].endswith(("?", "？")) and likeness(said[0]) == 1


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
