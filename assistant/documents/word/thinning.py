"""A part without what reading never asks for: half of the work of parsing it.

What runs, paragraphs and cells look like (fonts, sizes, colours, borders) is most of a form's markup; styles of
tables and marks of old versions are most of its other parts. Bold, hidden and tracked text, styles, lists, shades,
spans, merges and the widths of columns are read, so they stay. Nothing of this is ever written.
"""

from __future__ import annotations

import re


def _any_but(names: bytes) -> bytes:
    """Return the pattern of an element without content that is called anything but `names`."""
    return rb"<w:(?!" + names + rb")[^<>]*/>"


def _holding(name: bytes, content: bytes) -> bytes:
    """Return the pattern of an element that holds nothing but `content`, from its name on."""
    return name + rb">(?:" + content + rb")*+</w:" + name + rb">"


def _whole(name: bytes, said: bytes = rb"\b") -> bytes:
    """Return the pattern of an element with all that it holds, but for another of its name, from its name on."""
    return name + said + rb"[^<>]*>(?:[^<]++|<(?!/?w:" + name + rb"\b))*+</w:" + name + rb">"


_TRACKED = rb"vanish|ins|del|move"
_FRAMES = tuple(_holding(name, rb"<w:[^<>]*/>") for name in (b"tabs", b"pBdr", b"tcBorders", b"tcMar"))
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
    + b"|".join(
        (
            _holding(b"rPr", _any_but(rb'b(?! w:val="0"/>)[ /]|' + _TRACKED)),
            _holding(b"pPr", b"|".join((_any_but(b"pStyle|numPr|outlineLvl|" + _TRACKED), _MARK, _FRAME))),
            _holding(b"tcPr", b"|".join((_any_but(b"gridSpan|hMerge|vMerge|shd|cell"), _FRAME))),
            _holding(b"trPr", _any_but(b"tblHeader|gridBefore|" + _TRACKED)),
            *_FRAMES,
            *map(_whole, (b"tblPr", b"tblPrEx", b"latentStyles", b"rsids")),
            _whole(b"style", rb"\b(?=[^<>]*w:type=\"(?:table|character|numbering)\")"),
            rb"instrText(?: [^<>]*)?>[^<]*+</w:instrText>",
            *(name + rb"(?: [^<>]*)?/>" for name in _ALONE),
        )
    )
    + b")"
)


def thinned(content: bytes) -> bytes:
    """Return a part as reading needs it; unchanged where text could be meant instead of markup."""
    if b"<![CDATA[" in content or b"<!--" in content:
        return content
    return _LOOKS.sub(b"", content)
