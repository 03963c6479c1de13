"""Questions pasted as text, made into a plain table that is read, answered and completed like any other file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from assistant.errors import InvalidValueError
from assistant.workflow.drafting import answered_already
from assistant.workflow.ports import Documents

NAME = "pasted questions"
_NUMBER = re.compile(r"\s*(?:[([]?((?:[A-Za-z&]{1,6}[-.]?)?\d+(?:[.-]\d+)*[a-z]?)[.):\]]?)\s+(?=\S)")
"""A label in front of a question: `1.`, `2)`, `A-3.1`; at least a sign or a space parts it from the question."""
_BULLET = re.compile(r"\s*(?:[-*•–▪◦]|\[ ?\]|☐)\s+")
_HEADING = 5
"""Words a heading has at most, among lines of which most end in a question mark."""


def pasted(text: str, documents: Documents) -> tuple[bytes, str]:
    """Return the file made of `text`, and its name: one question a line, or a table copied from a spreadsheet.

    :raises InvalidValueError: when no question is in it.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not text.strip():
        raise InvalidValueError("Paste the questions, one a line, or a table copied from a spreadsheet.")
    rows = [row for row in csv.reader(io.StringIO(text), delimiter="\t") if any(map(str.strip, row))]
    if sum(len(row) > 1 for row in rows) * 2 < len(rows) or max(map(len, rows)) < 2:
        file = _written(_listed(text), ",")
        return file, f"{NAME}.csv"
    name = f"{NAME}.tsv"
    for made, table in enumerate(_shapes(rows)):
        file = _written(table, "\t")
        found = documents.inspect(file, name).questions
        # What was added to the table is there to be answered; as it was pasted, it may hold answers already.
        if found and all(question.fields and not (made and answered_already(question)) for question in found):
            return file, name
    return _written(next(_shapes(rows)), "\t"), name


def _listed(text: str) -> list[list[str]]:
    """Return one row a line; headings, and numbers in front of most lines, stand in columns of their own."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    lines = [_BULLET.sub("", line, count=1) for line in lines if line]
    asking = sum(line.endswith("?") for line in lines) * 2 >= len(lines)
    numbers = [_NUMBER.match(line) for line in lines]
    numbered = sum(match is not None for match in numbers) >= max(2, len(lines) / 2)
    rows, section = [], ""
    for line, match in zip(lines, numbers, strict=True):
        label, asked = (match.group(1), line[match.end() :]) if match and numbered else ("", line)
        if asked.endswith(":") or (asking and not asked.endswith("?") and len(asked.split()) <= _HEADING):
            section = asked.rstrip(":")
        else:
            rows.append([section, label, asked, ""])
    if not rows:
        raise InvalidValueError("No question was found in the text. Paste one question a line.")
    used = [any(row[0] for row in rows), numbered, True, True]
    table = [["Section", "No.", "Question", "Answer"], *rows]
    return [[cell for cell, keep in zip(row, used, strict=True) if keep] for row in table]


def _shapes(rows: Sequence[list[str]]) -> Iterator[list[list[str]]]:
    """Yield the table as it was pasted, then with what it may lack: a column for answers, a header."""
    width = max(map(len, rows))
    table = [row + [""] * (width - len(row)) for row in rows]
    yield table
    yield [[*row, "Answer" if at == 0 else ""] for at, row in enumerate(table)]
    longest = max(range(width), key=lambda column: sum(len(row[column]) for row in table))
    header = ["Question" if column == longest else "" for column in range(width)]
    if width > 1 and longest > 0:
        header[0] = "No."
    yield [[*header, "Answer"], *([*row, ""] for row in table)]


def _written(rows: Sequence[Sequence[str]], delimiter: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    # The mark tells spreadsheets that this is UTF-8.
    return b"\xef\xbb\xbf" + out.getvalue().encode()
