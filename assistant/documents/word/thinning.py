"""A part without what reading never asks for: half of the work of parsing it.

What runs and cells look like (fonts, sizes, colours, borders) is most of a form's markup; styles of tables
and marks of old versions are most of its other parts. Bold, hidden and tracked text, shades, spans
and merges are read, so they stay. Nothing of this is ever written.
"""

from __future__ import annotations

import re

_OTHER = rb"(?:<w:(?!vanish|ins|del|move)[^<>]*/>)*"
"""Run properties of no interest, behind `b`."""
_LOOKS = re.compile(
    rb"<w:rPr>(?:<w:(?!b[ /]|vanish|ins|del|move)[^<>]*/>)*(?:(<w:b(?: [^<>]*)?/>)" + _OTHER + rb")?</w:rPr>"
    rb"|<w:(tcBorders|tcMar|pBdr)>(?:<w:[^<>]*/>)*</w:\2>"
    rb"|<w:(?:tcW|vAlign|spacing|ind|jc|proofErr|bookmarkStart|bookmarkEnd|lastRenderedPageBreak)(?: [^<>]*)?/>"
    rb"|<w:(latentStyles|rsids)\b[^<>]*>(?:[^<]++|<(?!/?w:\3\b))*+</w:\3>"
    rb"|<w:style\b(?=[^<>]*w:type=\"(?:table|character|numbering)\")[^<>]*>(?:[^<]++|<(?!/?w:style\b))*+</w:style>"
)


def thinned(content: bytes) -> bytes:
    """Return a part as reading needs it; unchanged where text could be meant instead of markup."""
    if b"<![CDATA[" in content or b"<!--" in content:
        return content
    return _LOOKS.sub(lambda found: b"<w:rPr>%b</w:rPr>" % found[1] if found[1] else b"", content)
