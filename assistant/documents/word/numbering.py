"""The numbers that Word itself puts in front of paragraphs (ECMA-376 Part 1, 17.9).

Only what tells a numbered question from a bulleted hint, and names it: how often a level was counted,
in the plain formats. Numbers in words, other scripts' numerals and pictures show no number here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from assistant.documents.word.markup import VAL, Node, W, child, value_of, whole

_PART = re.compile(r"%([1-9])")
_MOST = 2000
"""Counts beyond it show as plain numbers: no list of letters is that long."""


@dataclass(slots=True)
class _Level:
    """One level of a list: its format, the pattern of its number, where it begins."""

    format: str = "bullet"
    pattern: str = ""
    start: int = 1


@dataclass
class _List:
    """An abstract list: its levels, how far each is counted, and the lists whose start was applied."""

    node: Node
    counts: dict[int, int] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    @cached_property
    def levels(self) -> dict[int, _Level]:
        """Return the levels, read when the list is first used: most lists of a document never are."""
        found = {}
        for said in self.node.iterchildren(W + "lvl"):
            start = whole(value_of(said, "start"))
            found[whole(said.get(W + "ilvl")) or 0] = _Level(
                value_of(said, "numFmt") or "decimal",
                value_of(said, "lvlText") or "",
                1 if start is None else start,
            )
        return found


class Numbering:
    """Counts the numbered paragraphs of a document, which must be given in order."""

    def __init__(self, root: Node | None) -> None:
        """Take the numbering part, None when there is none."""
        self._root = root
        self._lists: dict[str, _List] | None = None
        self._restarts: dict[str, dict[int, int]] = {}
        self._abstract: dict[str, str] = {}

    def number(self, list_id: str, level: int) -> str:
        """Return the number that the next paragraph of that list and level shows, "" for a bullet."""
        if self._lists is None:
            self._lists = self._read()
        found = self._lists.get(self._abstract.get(list_id, ""))
        if found is None or level not in found.levels:
            return ""
        if list_id not in found.begun:  # another list of the same kind counts on, unless it says where to begin
            found.begun.add(list_id)
            for restarted, start in self._restarts.get(list_id, {}).items():
                found.counts[restarted] = start - 1
        found.counts[level] = found.counts.get(level, found.levels[level].start - 1) + 1
        for deeper in [each for each in found.counts if each > level]:
            del found.counts[deeper]
        own = found.levels[level]
        if own.format in {"bullet", "none"}:
            return ""
        said = _PART.sub(lambda match: self._counted(found, int(match.group(1)) - 1), own.pattern)
        return said.strip().strip("().:- ")

    @staticmethod
    def _counted(found: _List, level: int) -> str:
        known = found.levels.get(level, _Level())
        return _written(found.counts.get(level, known.start), known.format)

    def _read(self) -> dict[str, _List]:
        lists: dict[str, _List] = {}
        if self._root is None:
            return lists
        for abstract in self._root.iterchildren(W + "abstractNum"):
            lists[abstract.get(W + "abstractNumId", "")] = _List(abstract)
        for number in self._root.iterchildren(W + "num"):
            list_id = number.get(W + "numId", "")
            of = child(number, W + "abstractNumId")
            self._abstract[list_id] = "" if of is None else of.get(VAL, "")
            for override in number.iterchildren(W + "lvlOverride"):
                start = whole(value_of(override, "startOverride"))
                if start is not None:
                    self._restarts.setdefault(list_id, {})[whole(override.get(W + "ilvl")) or 0] = start
        return lists


def _written(count: int, form: str) -> str:
    """Return a count in a list's format (`w:numFmt`, 17.18.59); formats beyond the plain ones as digits."""
    if 0 < count < _MOST:
        if form in {"lowerLetter", "upperLetter"}:
            letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
            return letters if form == "lowerLetter" else letters.upper()
        if form in {"lowerRoman", "upperRoman"}:
            letters = _roman(count)
            return letters if form == "lowerRoman" else letters.upper()
    return f"{count:02d}" if form == "decimalZero" else str(count)


def _roman(count: int) -> str:
    said = ""
    for worth, letters in _ROMAN:
        said += letters * (count // worth)
        count %= worth
    return said


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
