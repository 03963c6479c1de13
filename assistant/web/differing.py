"""Two texts beside each other with the words marked that only one of them has."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from markupsafe import Markup, escape

_PIECE = re.compile(r"\w+(?:['’.-]\w+)*|\W")
_LONG = 20_000
"""Pieces from which on two texts are compared line by line: word by word would keep the reader waiting."""


def differing(one: str, other: str) -> tuple[Markup, Markup]:
    """Return both texts, escaped, with the words that only one of them has in `<mark>`."""
    ours, theirs = _PIECE.findall(one), _PIECE.findall(other)
    if len(ours) + len(theirs) > _LONG:
        ours, theirs = one.splitlines(keepends=True), other.splitlines(keepends=True)
    left, right = Markup(), Markup()
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        left += marked_piece("".join(ours[a:b]), mark=kind != "equal")
        right += marked_piece("".join(theirs[c:d]), mark=kind != "equal")
    return left, right


def marked_piece(text: str, *, mark: bool) -> Markup:
    """Return `text`, escaped, in a `<mark>` if asked for and if there is anything to see."""
    return Markup("<mark>") + escape(text) + Markup("</mark>") if mark and text.strip() else escape(text)
