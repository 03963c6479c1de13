"""Marking in a passage the words that it shares with what was asked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SILENT = frozenset(
    re.findall(
        r"\w+",
        """a about all also an and any are as at be been being by can do does each for from has have how if in into
        is it its more must not of on or other our should such than that the their them there these they this those
        to under use used using was we what when where whether which who will with within you your organization
        organisation company please describe provide procedures ensure""",
    )
)
"""Words too common in questions to be worth a mark."""


def _stem(word: str) -> str:
    """Return `word` without its inflection, so that "rotated" marks "rotation" no more than it should."""
    word = word.casefold().replace("’", "'").removesuffix("'s")
    for ending, instead in (("ies", "y"), ("ing", ""), ("ied", "y"), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending) + instead
            break
    return word.removesuffix("e")


def stems(texts: Iterable[str]) -> frozenset[str]:
    """Return the stems of the words in `texts` that carry meaning."""
    return frozenset(
        _stem(word)
        for text in texts
        for word in _WORD.findall(text)
        if word.casefold() not in _SILENT and len(word) > 1
    )


def marked(text: str, wanted: frozenset[str]) -> Markup:
    """Return `text`, escaped, with every word whose stem is `wanted` in a `<mark>`; neighbours share one."""
    runs: list[tuple[int, int]] = []
    for found in _WORD.finditer(text):
        if _stem(found.group()) not in wanted:
            continue
        if runs and text[runs[-1][1] : found.start()] in (" ", "-"):
            runs[-1] = (runs[-1][0], found.end())
        else:
            runs.append(found.span())
    out, end = Markup(), 0
    for start, stop in runs:
        out += escape(text[end:start]) + Markup("<mark>") + escape(text[start:stop]) + Markup("</mark>")
        end = stop
    return out + escape(text[end:])
