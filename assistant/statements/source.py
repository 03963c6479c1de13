"""One knowledge file while it is read: its text, and every fault found in it.

Reading goes on after a fault, so that an author sees all of them at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import ftfy

from assistant.errors import StatementFormatError


@dataclass
class Source:
    """The file `path` (relative to the knowledge folder), with the faults and oddities found so far."""

    path: str
    faults: list[StatementFormatError] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def fault(self, line: int, problem: str) -> None:
        """Keep a fault that makes the file unusable."""
        self.faults.append(StatementFormatError(self.path, line, problem))

    def notice(self, line: int, oddity: str) -> None:
        """Keep an oddity that does not."""
        self.notices.append(f"{self.path}:{line}: {oddity}")

    def first_fault(self) -> StatementFormatError | None:
        """Return the fault that stands first in the file, or None."""
        return min(self.faults, key=lambda fault: fault.line, default=None)

    def text(self, content: bytes) -> str:
        """Return `content` as text with line feeds only, or "" with a fault when it is not UTF-8."""
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            line = content.count(b"\n", 0, problem.start) + 1
            self.fault(line, "The file is not UTF-8 text from here on; save it with the encoding UTF-8.")
            return ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


def repaired(text: str) -> str:
    """Return `text` with wrongly decoded characters ("donâ€™t") put right, and nothing else changed.

    Line by line: a file pasted together from several sources is seldom broken throughout, and
    the lines must keep their numbers.
    """
    return "\n".join(line if line.isascii() else ftfy.fix_encoding(line) for line in text.split("\n"))
