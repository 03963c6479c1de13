"""Of the styles and lists of a document those that its paragraphs use: most of them it only carries along.

What is spelt in another way than Word and its like do is left whole. Nothing of this is ever written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.documents.package import declares

_VALUE = rb' w:val="([^"&]*)"/>'
_BASE, _OF_LIST = (re.compile(b"<w:" + name + _VALUE) for name in (b"basedOn", b"abstractNumId"))
_STYLES, _LISTS = (re.compile(name + b"(?:" + _VALUE + b")?") for name in (b"pStyle", b"numId"))
"""Every mention; what is mentioned stays empty where it is spelt in another way."""

_Parts = tuple[bytes, dict[bytes, bytes], bytes]
"""What stands before some elements, the elements, and what stands behind them."""


def used_styles(document: bytes) -> frozenset[bytes] | None:
    """Return the ids of the paragraph styles that a document part names, None where that cannot be told."""
    return _named(_STYLES, document) if b"<w:body" in document else None


def used_lists(document: bytes, styles: bytes) -> frozenset[bytes] | None:
    """Return the ids of the lists that the document and styles parts name, None where that cannot be told."""
    if b"<w:body" not in document or (styles and b"<w:styles" not in styles):
        return None
    own, styled = _named(_LISTS, document), _named(_LISTS, styles)
    return None if own is None or styled is None else own | styled


def _named(pattern: re.Pattern[bytes], part: bytes) -> frozenset[bytes] | None:
    found = frozenset(pattern.findall(part))
    return None if b"" in found else found


def only_styles(part: bytes, used: Iterable[bytes]) -> bytes:
    """Return a styles part with the styles `used` and those they are based on (ECMA-376 Part 1, 17.7.4.3)."""
    found = _elements(part, b"style", b"styleId")
    if found is None:
        return part
    before, styles, behind = found
    root = before[: before.find(b">", before.find(b"<w:styles")) + 1]  # what holds for all styles is not asked for
    if root.count(b'"') % 2 or not root.endswith(b">") or behind.strip() != b"</w:styles>":
        return part
    kept: dict[bytes, bytes] = {}
    left = list(used)
    while left:
        style = styles.get(name := left.pop(), b"")
        if style and name not in kept:
            kept[name] = style
            base = _BASE.search(style)
            if base is not None:
                left.append(base[1])
            elif b":basedOn" in style:
                return part
    return b"".join((root, *kept.values(), behind))


def only_lists(part: bytes, used: Iterable[bytes]) -> bytes:
    """Return a numbering part with the lists `used` (17.9.15) and the definitions they count by (17.9.1)."""
    found = _elements(part, b"abstractNum", b"abstractNumId")
    listed = None if found is None else _elements(found[2], b"num", b"numId")
    if found is None or listed is None:
        return part
    (before, definitions, _), (between, lists, behind) = found, listed
    kept = [lists[each] for each in used if each in lists]
    by = [_OF_LIST.search(each) for each in kept]
    if None in by:
        return part
    needed = {match[1] for match in by if match is not None}
    return b"".join((before, *(definitions[each] for each in needed if each in definitions), between, *kept, behind))


def _elements(part: bytes, name: bytes, key: bytes) -> _Parts | None:
    """Return the elements called `name` by what their attribute `key` says, None where they are not set as usual.

    They stand one behind the other: what parts them may enclose some of them.
    """
    opens, ends, says = b"<w:" + name + b" ", b"</w:" + name + b">", b"w:" + key + b'="'
    before, *pieces = part.split(opens)
    if not pieces or part.count(ends) != len(pieces) or declares(part):
        return None
    found: dict[bytes, bytes] = {}
    end = 0
    for piece in pieces:
        end = piece.find(ends) + len(ends)
        start = piece.find(says, 0, piece.find(b">")) + len(says)
        between = b"" if piece is pieces[-1] else piece[end:].strip()
        if start < len(says) or end < len(ends) or between:
            return None
        found[piece[start : piece.find(b'"', start)]] = opens + piece[:end]
    return before, found, pieces[-1][end:]
