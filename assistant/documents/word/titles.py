"""What headings say of their sections: that they are for the customer's own use, or that the headings ask."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents.word.asides import ASSESSOR_BLOCK
from assistant.documents.word.blocks import Paragraph, Table
from assistant.documents.word.fields import is_prompt
from assistant.documents.word.words import (
    NOTE,
    asks,
    is_answer_label,
    requests,
)

OWN_USE = "for the customer's own use, as its heading says"
"""Why everything in such a section is left out."""
_LONGEST_REMARK = 15
"""Words of a line that says for whom a section is."""

BOLD_TITLE = 20
"""The level of headings that are only set bold: below every real one."""
_SEPARATOR = " › "
_LONGEST_BOLD = 8
"""Words of a bold line that heads what follows."""


class Theirs:
    """Follows the headings; `within` such a section until the next heading of its level."""

    def __init__(self, *, ignored: bool = False) -> None:
        """Begin outside of any; with `ignored` nothing ever is."""
        self._level = 0
        self._ignored = ignored

    @property
    def within(self) -> bool:
        """Return whether what comes now is for the customer's own use."""
        return self._level > 0 and not self._ignored

    def heading(self, level: int, text: str) -> None:
        """Take note of a heading."""
        if self._level and level <= self._level:
            self._level = 0
        if not self._level and ASSESSOR_BLOCK.search(text):
            self._level = level

    def remark(self, level: int, text: str) -> bool:
        """Return whether a line right under a heading of `level` says so; take note of it."""
        if (
            self._ignored
            or not level
            or len(text.split()) > _LONGEST_REMARK
            or asks(text)
            or not ASSESSOR_BLOCK.search(text)
        ):
            return False
        self._level = level
        return True


class Headings:
    """Follows the headings that a block stands under; `theirs` tells which sections are the customer's own."""

    def __init__(self, section: str = "", *, ignored: bool = False) -> None:
        """Begin under `section`; with `ignored` no heading says that what follows is the customer's own."""
        self._path = [(0, section)] if section else []
        self.section = section
        self.theirs = Theirs(ignored=ignored)

    def enter(self, level: int, text: str) -> str:
        """Go on under a heading; return the section it stands in itself."""
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        above = _SEPARATOR.join(title for _, title in self._path)
        self._path.append((level, text))
        self.section = f"{above}{_SEPARATOR}{text}" if above else text
        self.theirs.heading(level, text)
        return above


def asking_levels(blocks: Sequence[Paragraph | Table]) -> frozenset[int]:
    """Return the levels of headings of which most are put as questions: the others ask as well, "Describe …"."""
    seen: dict[int, list[bool]] = {}
    for block in blocks:
        if isinstance(block, Paragraph) and block.style.heading and block.text.strip():
            seen.setdefault(block.style.heading, []).append(asks(block.text))
    return frozenset(level for level, asking in seen.items() if sum(asking) >= 2 and sum(asking) * 2 >= len(asking))


def is_bold_title(paragraph: Paragraph, text: str) -> bool:
    """Return whether a short line set bold serves as a heading."""
    return len(text.split()) <= _LONGEST_BOLD and text[-1:] not in ".:;,：。" and paragraph.bold


def speaks_of_section(text: str, heading: Paragraph, below: Paragraph | Table | None) -> bool:
    """Return whether a line under a heading that asks nothing is no place, such as "Notes:" or "To be completed by …".

    It is none where more of the section comes `below`: other lines, or a table.
    """
    if requests(heading.text) or below is None:
        return False
    if not (NOTE.match(text) and is_answer_label(text)) and not (is_prompt(text) and text[0].isalpha()):
        return False
    return isinstance(below, Table) or not below.style.heading
