"""Cell formats that break lines and begin at the top, appended to xl/styles.xml behind the ones that are there."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import partial
from math import ceil

from lxml import etree

from assistant.documents.excel.formats import Formats
from assistant.documents.excel.markup import usual
from assistant.documents.excel.streaming import SAVE_AGAIN
from assistant.documents.package import parse_xml
from assistant.errors import UnreadableDocumentError

_POINTS = 11.0
"""Size of the font that widths of columns are counted in."""
_FILLED = 0.85
"""How full lines get before a word goes on the next one, and wide letters besides."""
_SPACING = 1.35
"""Height of a line to the size of its font."""
_ROOT = re.compile(rb"<((?:[\w.-]+:)?)styleSheet\b[^<>]*>")
_OPEN = re.compile(rb"<((?:[\w.-]+:)?)cellXfs\b[^<>]*>")
_COUNT = re.compile(rb"""(\scount\s*=\s*["'])\d+(["'])""")


class Wrapping:
    """The formats to append, each a copy of one that is there with lines broken."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats
        self._of: dict[tuple[int, bool], int] = {}

    def of(self, style: int, *, top: bool) -> int:
        """Return the index of the format that is like `style` and breaks lines, from the `top` of the cell."""
        if self._formats.is_wrapped(style) or style >= len(self._formats.wrapped):
            return style
        return self._of.setdefault((style, top), len(self._formats.wrapped) + len(self._of))

    def fits(self, text: str, style: int, width: float, height: float) -> bool:
        """Return whether `text` needs several lines of a cell that is so wide and high, and all of them can be seen."""
        points = (self._formats.size[style] if style < len(self._formats.size) else 0) or _POINTS
        columns = width * _POINTS / points * _FILLED
        if columns < 1 or len(text) <= width:
            return False
        return sum(ceil(len(line) / columns) or 1 for line in text.split("\n")) * points * _SPACING <= height

    @property
    def needed(self) -> bool:
        """Return whether any format has to be appended."""
        return bool(self._of)

    def applied(self, content: bytes, name: str) -> bytes:
        """Return the styles part `content` with the formats appended.

        :raises UnreadableDocumentError: when they do not stand where they belong.
        """
        content = usual(content, name)
        opening = _OPEN.search(content)
        assert opening is not None
        closing = content.index(b"</" + opening[1] + b"cellXfs>", opening.end())
        formats = _elements(content, content[opening.end() : closing], name)
        if len(formats) != len(self._formats.wrapped):
            raise UnreadableDocumentError("The file is damaged: its cell formats stand in the wrong place.", SAVE_AGAIN)
        fresh = b"".join(_wrapped(formats[style], top) for style, top in self._of)
        tag = _COUNT.sub(lambda match: match[1] + str(len(formats) + len(self._of)).encode() + match[2], opening[0])
        return content[: opening.start()] + tag + content[opening.end() : closing] + fresh + content[closing:]


def _wrapped(xf: etree._Element, top: bool) -> bytes:
    """Return the bytes of a copy of `xf` that breaks lines."""
    copy = deepcopy(xf)
    copy.tail = None
    copy.set("applyAlignment", "1")
    namespace = str(copy.tag).rpartition("}")[0] + "}"
    alignment = copy.find(f"{namespace}alignment")
    if alignment is None:
        # The schema's order is alignment, protection, extLst (18.8.45).
        alignment = etree.Element(f"{namespace}alignment")
        copy.insert(0, alignment)
    alignment.set("wrapText", "1")
    if top:
        # Cells stand at the bottom by default (18.8.1); a row that is too low would show the last lines.
        alignment.set("vertical", alignment.get("vertical", "top"))
    # The namespaces are declared on the part's root already.
    return re.sub(rb'\sxmlns(:[\w.-]+)?="[^"]*"', b"", etree.tostring(copy))


def only_wrapped(before: bytes, after: bytes, name: str) -> bool:
    """Return whether the styles part differs by nothing but formats appended that only break lines, from the top."""
    appended = _appended(before, after, name)
    if appended is not None:
        return {_without_wrap(xf) for xf in appended[1]} <= {_without_wrap(xf) for xf in appended[0]}
    old, new = parse_xml(before, name), parse_xml(after, name)
    old_formats = next(iter(old.iter("{*}cellXfs")), None)
    new_formats = next(iter(new.iter("{*}cellXfs")), None)
    if old_formats is None or new_formats is None:
        return False
    known = {_without_wrap(xf) for xf in old_formats}
    for xf in list(new_formats)[len(old_formats) :]:
        if _without_wrap(xf) not in known:
            return False
        new_formats.remove(xf)
    for formats in (old_formats, new_formats):
        formats.set("count", "")
    # `usual` leaves comments out of what it writes.
    same = partial(etree.tostring, method="c14n", with_comments=False)
    return bool(same(old) == same(new))


def _appended(before: bytes, after: bytes, name: str) -> tuple[list[etree._Element], list[etree._Element]] | None:
    """Return the formats of a styles part and those appended to them, None where the bytes differ in more than these.

    Comparing bytes takes a tenth of the time that comparing two trees does.
    """
    opening = _OPEN.search(before)
    if opening is None or usual(before, name) is not before:
        return None
    closing = before.find(b"</" + opening[1] + b"cellXfs>", opening.end())
    now = _OPEN.match(after, opening.start())
    if closing < 0 or now is None or _COUNT.sub(b"", now[0]) != _COUNT.sub(b"", opening[0]):
        return None
    formats, rest = before[opening.end() : closing], before[closing:]
    if not (after.startswith(before[: opening.start()]) and after.endswith(rest)):
        return None
    appended = after[now.end() : len(after) - len(rest)]
    if not appended.startswith(formats):
        return None
    try:
        return _elements(before, formats, name), _elements(before, appended[len(formats) :], name)
    except UnreadableDocumentError:
        return None


def _elements(part: bytes, content: bytes, name: str) -> list[etree._Element]:
    """Return the elements in `content`, a piece of the styles part `part`, with the namespaces of its root.

    :raises UnreadableDocumentError: when it is not elements and white space alone.
    """
    root = _ROOT.search(part)
    elements = parse_xml(root[0] + content + b"</" + root[1] + b"styleSheet>", name) if root else None
    if elements is None or not _holds_elements(elements):
        raise UnreadableDocumentError("The file is damaged: its cell formats stand in the wrong place.", SAVE_AGAIN)
    return list(elements)


def _holds_elements(node: etree._Element) -> bool:
    """Return whether nothing but elements and white space stands in `node`."""
    return not _holds_text(node) and all(isinstance(child.tag, str) for child in node)


def _holds_text(node: etree._Element) -> bool:
    """Return whether more than white space stands in `node` between its elements."""
    return bool((node.text or "").strip()) or any((child.tail or "").strip() for child in node)


def _without_wrap(xf: etree._Element) -> tuple[object, ...]:
    """Return all that a format says but how it breaks lines and that it begins at the top."""
    said: list[object] = [xf.tag, frozenset((key, value) for key, value in xf.items() if key != "applyAlignment")]
    for child in xf:
        if not isinstance(child.tag, str):
            continue  # a comment, which says nothing
        if etree.QName(child).localname != "alignment" or len(child):
            said.append(etree.tostring(child, method="c14n", with_tail=False))
            continue
        rest = frozenset(pair for pair in child.items() if pair[0] != "wrapText" and pair != ("vertical", "top"))
        if rest:
            said.append((child.tag, rest))
    if _holds_text(xf):
        said.append(etree.tostring(xf, method="c14n", with_tail=False))
    return tuple(said)
