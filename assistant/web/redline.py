"""Two wordings as one text, word by word: what went is struck, what came is underlined."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from markupsafe import Markup, escape

_PIECE = re.compile(r"\w+(?:['’]\w+)*|\s+|.", re.DOTALL)
_MOST = 4_000_000
"""Pairs of words that are compared; beyond it (two texts of some 2,000 words) the one text replaces the other."""


def compared(before: str, after: str) -> Markup:
    """Return both texts as one, escaped: `<del>` around what only `before` has, `<ins>` around what only `after` has.

    Words that stand alone between changes are joined with them, so that a reworded sentence is read as one change.
    """
    ours, theirs = _PIECE.findall(before), _PIECE.findall(after)
    if len(ours) * len(theirs) > _MOST:
        return _piece("del", before) + _piece("ins", after)
    shown, gone, come = Markup(), "", ""
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        old, new = "".join(ours[a:b]), "".join(theirs[c:d])
        if kind != "equal":
            gone, come = gone + old, come + new
        elif (gone or come) and not old.strip() and b < len(ours) and d < len(theirs):
            gone, come = gone + old, come + new  # a space between two changed words
        else:
            shown += _piece("del", gone) + _piece("ins", come) + escape(old)
            gone = come = ""
    return shown + _piece("del", gone) + _piece("ins", come)


def _piece(tag: str, text: str) -> Markup:
    """Return `text` in its element; spaces around it stay outside, so that no underlined space stands alone."""
    if not text:
        return Markup()
    body = text.strip()
    if not body:
        return escape(text) if tag == "ins" else Markup()
    begin = text.index(body)
    marked = Markup("<{0}>{1}</{0}>").format(tag, body)
    return escape(text[:begin]) + marked + escape(text[begin + len(body) :])
