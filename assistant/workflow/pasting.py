"""Questions pasted as text, made into a plain table that is read, answered and completed like any other file."""

from __future__ import annotations

import csv
import io
import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.errors import InvalidValueError
from assistant.workflow.drafting import answered_already
from assistant.workflow.ports import Documents

NAME = "pasted questions"
LEFT_OUT = "Left out"
"""The column of what was pasted and is no question; it stands last, behind the questions, and can be taken in."""
_NUMBERED = r"(?:question\s+)?[([]?((?:[a-z&]{1,6}[-.]?)?\d+(?:[.-]\d+)*[a-z]?"
_LABEL = re.compile(rf"{_NUMBERED}|[a-z]|[ivx]{{2,5}})[.):\]]+\s+(?=\S)", re.IGNORECASE)
"""A label in front of a question that a sign parts from it: `1.`, `2)`, `A-3.1:`, `(b)`, `iv.`"""
_NUMBER = re.compile(rf"{_NUMBERED})\s+(?=\S)", re.IGNORECASE)
"""One that only a space parts from it, as `1.1`: it is a label where most lines have one."""
_BULLET = re.compile(r"\s*(?:[-*•–▪◦]|\[ ?\]|☐)\s+")
_HEADING = 5
"""Words that a heading, or a part of the question above it, has at most."""
_ASKS = re.compile(
    r"(?:please\s+)?(?:describe|provide|list|explain|specify|state|indicate|confirm|detail|attach|name|give|identify|"
    r"outline|share|what|which|who|whom|whose|when|where|why|how|do|does|did|is|are|was|were|has|have|had|can|could|"
    r"will|would|should|may|must|if)\b",
    re.IGNORECASE,
)
"""How a line begins that asks, with a question mark or without."""
_TELLS = re.compile(
    r"please\s+(?:answer|complete|fill|return|use|note|read|see|submit|respond|refer|contact|send)\b|"
    r"(?:thanks?|thank you|(?:best |kind |with )?regards|sincerely|confidential|instructions?)\b|n/?a$",
    re.IGNORECASE,
)
"""How a line begins that tells whoever answers something, and asks nothing."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text, without the bullet and the label in front of it."""

    label: str
    text: str

    @property
    def whole(self) -> str:
        return f"{self.label} {self.text}".strip()

    @property
    def asks(self) -> bool:
        return self.text.endswith("?") or bool(_ASKS.match(self.text) and not _TELLS.match(self.text))

    @property
    def short(self) -> bool:
        return len(self.text.split()) <= _HEADING


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
    """Return one row a question; headings and the labels in front stand in columns of their own.

    What is no question comes last, in a column of its own, so that nothing that was pasted is lost.
    """
    lines = _lines(text)
    told = sum(bool(line.label) for line in lines) * 2 >= len(lines) > 1
    asking = sum(line.text.endswith("?") for line in lines) * 2 >= len(lines)
    ended = sum(line.text.endswith((".", "?", "!")) for line in lines) * 2 >= len(lines)
    rows: list[list[str]] = []
    left: list[str] = []
    heading, stood, used = _Line("", ""), 0, True  # whether anything was asked under the heading yet
    for at, line in enumerate(lines):
        following = lines[at + 1].label if at + 1 < len(lines) else ""
        heads = bool(line.label) and following.startswith((f"{line.label}.", f"{line.label}-"))
        plain = line.short and not line.asks and not _TELLS.match(line.text)
        untold = not line.label and (told or (ended and not line.text.endswith((".", "!"))))
        if line.text.endswith(":") or (not line.asks and heads) or (plain and (asking or untold)):
            left[stood:stood] = [] if used else [heading.whole]
            heading, stood, used = line, len(left), False
        elif _TELLS.match(line.text) or (told and not line.label and not line.asks):
            left.append(line.whole)
        else:
            if heading.label and not line.label.isalpha() and rows and rows[-1][1] in _parts(heading):
                heading = _Line("", "")  # "1)" had the parts a) and b); "2)" is none of them
            label = f"{heading.label}{line.label}" if line.label.isalpha() else line.label
            rows.append([heading.text.rstrip(":"), label, line.text, "", ""])
            used = True
    left[stood:stood] = [] if used else [heading.whole]
    if not rows:
        raise InvalidValueError("No question was found in the text. Paste one question a line.")
    table = [["Section", "No.", "Question", "Answer", LEFT_OUT], *rows, *(["", "", "", "", line] for line in left)]
    kept = [any(row[0] for row in rows), any(row[1] for row in rows), True, True, bool(left)]
    return [[cell for cell, keep in zip(row, kept, strict=True) if keep] for row in table]


def _parts(heading: _Line) -> set[str]:
    return {f"{heading.label}{letter}" for letter in string.ascii_letters}


def _lines(text: str) -> list[_Line]:
    """Return the lines with their labels; what goes on from one line to the next is joined."""
    plain = [_BULLET.sub("", " ".join(line.split()), count=1) for line in text.split("\n")]
    plain = [line for line in plain if line]
    numbers = [_LABEL.match(line) or _NUMBER.match(line) for line in plain]
    numbered = sum(match is not None for match in numbers) >= max(2, len(plain) / 2)
    lines: list[_Line] = []
    for line, match in zip(plain, numbers, strict=True):
        labelled = match is not None and (numbered or bool(_LABEL.match(line)))
        found = _Line(match[1], line[match.end() :]) if match and labelled else _Line("", line)
        before = lines[-1] if lines else None
        if before is not None and _goes_on(before, found):
            lines[-1] = _Line(before.label, f"{before.text}\n{line}" if found.label else f"{before.text} {line}")
        else:
            lines.append(found)
    return lines


def _goes_on(before: _Line, line: _Line) -> bool:
    """Return whether a line belongs to the one before: the rest of its sentence, or a short part of what it asks."""
    if line.label:
        part = line.label.isalpha() and not before.label.isalpha() and line.short and not line.asks
        return part and "?" in before.text
    unended = not before.text.endswith((".", "?", "!", ":", ";"))
    return unended and line.text[0].islower() and (bool(before.label) or line.text.endswith("?")) and not before.short


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
