"""What stands before the rows of a worksheet part: the columns' widths and the frozen rows.

ECMA-376 part 1, 18.3.1.13 (`col`), 18.3.1.66 (`pane`). Only the beginning of the part is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from xml.parsers import expat

from assistant.documents.excel.streaming import secure_parser

_MOST = 64_000
"""Bytes in which the rows have begun; what comes before them is short."""


@dataclass(slots=True)
class Outline:
    """Widths in characters by ranges of columns, and how many rows stay in view."""

    widths: list[tuple[int, int, float]] = field(default_factory=list)
    usual: float | None = None
    frozen: int = 0

    def width(self, column: int) -> float | None:
        """Return the column's width in characters, None when the file does not say."""
        return next((width for first, last, width in self.widths if first <= column <= last), self.usual)


def read_outline(chunks: Iterable[bytes], title: str) -> Outline:
    """Return the outline of the worksheet `title` whose part's bytes are `chunks`; numbers that are none are left out.

    :raises UnreadableDocumentError: when the part declares entities.
    """
    found = Outline()
    done = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal done
        local = name.rpartition(":")[2]
        if local == "sheetData":
            done = True
        elif local == "pane" and attributes.get("state") in ("frozen", "frozenSplit"):
            found.frozen = int(_number(attributes.get("ySplit")) or 0)
        elif local == "sheetFormatPr":
            found.usual = _number(attributes.get("defaultColWidth"))
        elif local == "col" and len(found.widths) < 1000 and (width := _number(attributes.get("width"))) is not None:
            first, last = _number(attributes.get("min")), _number(attributes.get("max"))
            found.widths.append((int(first or 1), int(last or 1), width))

    parser = secure_parser(f"sheet “{title}”")
    parser.StartElementHandler = start
    read = 0
    for chunk in chunks:
        with suppress(expat.ExpatError):  # the rows' own reader says what is damaged
            parser.Parse(chunk[:_MOST], False)
        read += len(chunk)
        if done or read >= _MOST:
            break
    return found


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0 <= value < 1e6 else None
