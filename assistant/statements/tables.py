"""The library as a table (CSV), one entry a row: for spreadsheets; the YAML form is the one without loss of look.

Several wordings, and several pieces of evidence, stand in lines of one cell; deployments and tags between commas.
A text that a spreadsheet would take for a formula stands behind an apostrophe, which is taken off again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date

from assistant.statement import Audience, LibraryEntry
from assistant.statements.source import Source

COLUMNS = (
    "question", "also_asked", "choice", "answer", "product", "deployments", "owner", "approved_by", "approved_on",
    "review_by", "evidence", "tags", "audience",
)  # fmt: skip
_BY_LINES = frozenset({"also_asked", "evidence"})
_BY_COMMAS = frozenset({"deployments", "tags"})
_MOST = 1_000_000
"""Characters of a cell; Python's own limit is lower than what an answer may hold."""
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def dump_library_table(entries: Iterable[LibraryEntry]) -> str:
    """Return `entries` as CSV with a line of headers; `load_library_table` gives them back, apart from `line`."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for entry in entries:
        table.writerow([_guarded(_written(entry, name)) for name in COLUMNS])
    return out.getvalue()


def _written(entry: LibraryEntry, name: str) -> str:
    value = getattr(entry, name)
    if name in _BY_LINES:
        return "\n".join(value)
    if name in _BY_COMMAS:
        return ", ".join(sorted(value) if name == "deployments" else value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def load_library_table(text: str, path: str) -> tuple[LibraryEntry, ...]:
    """Return the entries of the table `text`; `path` is what errors call it.

    :raises StatementFormatError: when something in it is at fault.
    """
    source = Source(path)
    entries = tuple(_read(source, text))
    if fault := source.first_fault():
        raise fault
    return entries


def _read(source: Source, text: str) -> Iterator[LibraryEntry]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    before = csv.field_size_limit(_MOST)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        names = _names(source, next(rows, []))
        line = rows.line_num + 1
        for row in rows if not source.faults else ():
            if any(cell.strip() for cell in row):
                yield from _entry(source, line, names, row)
            line = rows.line_num + 1
    except csv.Error as problem:
        source.fault(rows.line_num, f"This line is no CSV ({problem}); save the table as CSV with quoted texts.")
    finally:
        csv.field_size_limit(before)


def _names(source: Source, header: list[str]) -> list[str]:
    names = ["_".join(cell.replace("\ufeff", "").split()).casefold() for cell in header]
    for name in names:
        if name not in COLUMNS:
            source.fault(
                1, f"The column “{name}” is not known; the first line names columns among {', '.join(COLUMNS)}."
            )
    for name in ("question", "answer"):
        if name not in names:
            source.fault(1, f"The first line must name the columns; “{name}” is missing.")
    if len(set(names)) != len(names):
        source.fault(1, "A column stands twice.")
    return names


def _entry(source: Source, line: int, names: list[str], row: list[str]) -> Iterator[LibraryEntry]:
    """Yield the entry of a row that is in order; what is wrong with another is kept in `source`."""
    if len(row) > len(names):
        source.fault(line, f"The row has {len(row)} cells, but there are {len(names)} columns.")
        return
    cells = {name: _freed(cell) for name, cell in zip(names, row, strict=False)}
    faults = len(source.faults)
    question, answer, choice = (cells.get(name, "").strip() for name in ("question", "answer", "choice"))
    if not question:
        source.fault(line, "The row has no question.")
    if not answer and not choice:
        source.fault(line, "The row has neither an answer nor a choice.")
    audience = cells.get("audience", "").strip().casefold() or Audience.PUBLIC.value
    if audience not in {known.value for known in Audience}:
        source.fault(line, f"The audience “{audience}” is not known; it is public, nda or internal.")
    days = {name: _day(source, line, name, cells.get(name, "").strip()) for name in ("approved_on", "review_by")}
    if len(source.faults) != faults:
        return
    yield LibraryEntry(
        question=question,
        answer=answer.replace("\r\n", "\n"),
        product=cells.get("product", "").strip(),
        deployments=frozenset(_several(cells.get("deployments", ""), ",")),
        also_asked=_several(cells.get("also_asked", ""), "\n"),
        choice=choice,
        owner=cells.get("owner", "").strip(),
        approved_by=cells.get("approved_by", "").strip(),
        approved_on=days["approved_on"],
        review_by=days["review_by"],
        evidence=_several(cells.get("evidence", ""), "\n"),
        tags=_several(cells.get("tags", ""), ","),
        audience=Audience(audience),
        line=line,
    )


def _day(source: Source, line: int, name: str, value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        source.fault(line, f"The {name} “{value}” is no day; write it as 2027-03-31.")
        return None


def _several(cell: str, separator: str) -> tuple[str, ...]:
    return tuple(piece.strip() for piece in cell.replace("\r\n", "\n").split(separator) if piece.strip())


def _guarded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _freed(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
