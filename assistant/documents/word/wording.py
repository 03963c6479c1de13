"""What forms may say, as patterns that are asked of a text as rarely as possible: most of reading is asking them."""

from __future__ import annotations

import re

from assistant.documents.word.memory import in_mind


class Wording:
    """A pattern that is asked of each text once as long as a document is worked on.

    One of many alternatives is tried at each letter of a text. Where all that it finds holds one of some `pieces`, it
    is looked for only in texts that hold one; where it finds something else, that stands at the beginning of a text
    (`opens`).
    """

    def __init__(self, pattern: str, pieces: str = "", *, opens: bool = False) -> None:
        """Take a pattern without regard to case, and the pieces in small letters, parted by "|"."""
        self.pattern = re.compile(pattern, re.I)
        self.pieces, self._opens = tuple(pieces.split("|")), opens
        self.match = in_mind(self.pattern.match)
        self.search = in_mind(self._search if pieces else self.pattern.search)

    def _search(self, text: str) -> re.Match[str] | None:
        if self._opens and (found := self.match(text)) is not None:
            return found
        folded = text.casefold()
        for piece in self.pieces:
            if piece in folded:
                return self.pattern.search(text)
        return None
