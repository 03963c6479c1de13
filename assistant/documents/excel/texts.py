"""Text as cells store it: inline strings, escaped so that every program reads back the same.

ECMA-376 part 1, 18.3.1.53 (`is`) and 22.9.2.19 (`ST_Xstring`: `_xHHHH_` stands for a character).
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_ENCODED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def inline(text: str, prefix: str) -> str:
    """Return `text` as the content of an inline-string cell; `prefix` is that of the sheet's elements."""
    plain = _ESCAPED.sub(r"_x005F_\1", text) if "_x" in text else text
    content = escape(plain).replace("\t", "&#9;")
    return f'<{prefix}is><{prefix}t xml:space="preserve">{content}</{prefix}t></{prefix}is>'


def decoded(text: str) -> str:
    """Return stored text with its `_xHHHH_` escapes resolved."""
    return _ENCODED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
