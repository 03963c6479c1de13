"""A part without what reading never asks for: half of the work of parsing it.

What runs, paragraphs and cells look like (fonts, sizes, colours, borders) is most of a form's markup; styles of
tables and marks of old versions are most of its other parts. Bold, hidden and tracked text, styles, lists, shades,
spans, merges and the widths of columns are read, so they stay. Nothing of this is ever written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.documents.package import declares

_SAID = rb"[^>]{0,400}+"
"""The attributes of an element; a bound keeps markup that never ends from being looked through again and again."""
_EMPTY = _SAID + rb"(?<=/)>"
_BEFORE = rb"(?=\s*+(?:<|\Z))"
"""What follows the end of an element and, as no value holds it before its quote, never a ">" in an attribute."""
"""The rest of an element without content."""


def _any_but(names: bytes) -> bytes:
    """Return the pattern of an element without content that is called anything but `names`."""
    return rb"<w:(?!" + names + rb")" + _EMPTY


def _holding(name: bytes, content: bytes) -> bytes:
    """Return the pattern of an element that holds nothing but `content`, from its name on."""
    return name + rb">(?:" + content + rb")*+</w:" + name + rb">"


def _whole(name: bytes, said: bytes = rb"\b") -> bytes:
    """Return the pattern of an element with all that it holds, but for another of its name, from its name on."""
    return name + said + _SAID + rb">(?:[^<]++|<(?!/?w:" + name + rb"\b))*+</w:" + name + rb">"


def _one_of(patterns: Iterable[bytes]) -> bytes:
    """Return the pattern of any of `patterns`, told apart letter by letter: `re` would try one after the other."""
    by_letter: dict[bytes, list[bytes]] = {}
    for pattern in patterns:
        by_letter.setdefault(pattern[:1] if pattern[:1].isalpha() else b"", []).append(pattern)
    return b"|".join(
        letter + b"(?:" + _one_of(pattern[1:] for pattern in found) + b")"
        if letter and len(found) > 1
        else b"|".join(found)
        for letter, found in by_letter.items()
    )


_TRACKED = rb"vanish|ins|del|move"
_FRAMES = tuple(_holding(name, rb"<w:" + _EMPTY) for name in (b"tabs", b"pBdr", b"tcBorders", b"tcMar"))
_FRAME = b"<w:(?:" + b"|".join(_FRAMES) + b")"
_MARK = b"<w:" + _holding(b"rPr", _any_but(_TRACKED))
"""What a paragraph's mark looks like."""
_ALONE = (
    b"rFonts color sz szCs i bCs iCs lang spacing ind jc keepNext keepLines pageBreakBefore widowControl tcW vAlign "
    b"trHeight cantSplit calcOnExit sizeAuto proofErr bookmarkStart bookmarkEnd lastRenderedPageBreak"
).split()
"""Elements that are taken out one by one where something beside them stays."""
_LOOKS = re.compile(
    b"<w:(?:"
    + _one_of(
        (
            _holding(b"rPr", _any_but(rb'b(?! w:val="0"/>)[ /]|' + _TRACKED)),
            _holding(b"pPr", b"|".join((_any_but(b"pStyle|numPr|outlineLvl|" + _TRACKED), _MARK, _FRAME))),
            _holding(b"tcPr", b"|".join((_any_but(b"gridSpan|hMerge|vMerge|shd|cell"), _FRAME))),
            _holding(b"trPr", _any_but(b"tblHeader|gridBefore|" + _TRACKED)),
            *_FRAMES,
            *map(_whole, (b"tblPr", b"tblPrEx", b"latentStyles", b"rsids")),
            _whole(b"style", rb"\b(?=[^>]{0,400}w:type=\"(?:table|character|numbering)\")"),
            rb"instrText\b" + _SAID + rb">[^<]*+</w:instrText>",
            *(name + rb"(?=[ /])" + _EMPTY for name in _ALONE),
        )
    )
    + b")"
    + _BEFORE
)
_REVISIONS = re.compile(rb'<w:p w(?:14:\w+|:rsid\w*)="[^>]{0,400}">' + _BEFORE)
"""The beginning of a paragraph with what numbers its revisions: more than half of what is left of a form of cells."""


def thinned(content: bytes) -> bytes:
    """Return a part as reading needs it; unchanged where text could be meant instead of markup."""
    if declares(content):
        return content
    return _REVISIONS.sub(b"<w:p>", _LOOKS.sub(b"", content))
