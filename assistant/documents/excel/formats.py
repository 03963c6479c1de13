"""What the cell formats of a workbook (xl/styles.xml; ECMA-376 part 1, 18.8) mean for answers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
"""Built-in number formats that show dates or times (18.8.30)."""
_NOT_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


@dataclass(frozen=True, slots=True)
class Formats:
    """Per cell format, by its index: whether it protects, wraps, is bold, filled, framed, a date; its letters' size."""

    locked: tuple[bool, ...] = ()
    wrapped: tuple[bool, ...] = ()
    bold: tuple[bool, ...] = ()
    fill: tuple[int, ...] = ()
    dates: frozenset[int] = frozenset()
    size: tuple[float, ...] = ()
    bordered: tuple[bool, ...] = ()

    def is_locked(self, style: int) -> bool:
        """Return whether cells of format `style` are locked, which is what a format without a word on it does."""
        return self.locked[style] if style < len(self.locked) else True

    def is_wrapped(self, style: int) -> bool:
        """Return whether cells of format `style` break their text into lines."""
        return self.wrapped[style] if style < len(self.wrapped) else False

    def is_bold(self, style: int) -> bool:
        """Return whether cells of format `style` are bold."""
        return self.bold[style] if style < len(self.bold) else False

    def size_of(self, style: int) -> float:
        """Return the size in points of the letters of format `style`, 0 when the file does not say."""
        return self.size[style] if style < len(self.size) else 0.0

    def is_bordered(self, style: int) -> bool:
        """Return whether cells of format `style` have a line above or below; one at the side may be the neighbour's."""
        return self.bordered[style] if style < len(self.bordered) else False

    def emphasis(self, style: int) -> tuple[bool, int]:
        """Return whether cells of format `style` are bold, and the index of their fill; 0 and 1 are none and grey."""
        return (self.bold[style], self.fill[style]) if style < len(self.bold) else (False, 0)


def _local(node: etree._Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _child(node: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in node if _local(child) == name), None)


def _index(node: etree._Element, name: str) -> int:
    value = node.get(name, "0")
    return int(value) if value.isdigit() else 0


def _points(font: etree._Element) -> float:
    """Return the size of a font (18.4.11), 0 when it says none or nonsense."""
    size = _child(font, "sz")
    try:
        return float(size.get("val", "0")) if size is not None else 0.0
    except ValueError:
        return 0.0


def read_formats(root: etree._Element) -> Formats:
    """Return the cell formats of the styles part with the root element `root`."""
    fonts, xfs, dates = _child(root, "fonts"), _child(root, "cellXfs"), set(_DATE_FORMATS)
    for node in _child(root, "numFmts") if _child(root, "numFmts") is not None else ():  # type: ignore[union-attr]
        code = _NOT_CODE.sub("", node.get("formatCode", "")).casefold()
        if re.search("[ymdhs]", code) and "general" not in code:
            dates.add(_index(node, "numFmtId"))
    bold_fonts = [
        (mark := _child(font, "b")) is not None and mark.get("val", "1") not in ("0", "false")
        for font in (fonts if fonts is not None else ())
    ]
    sizes = [_points(font) for font in (fonts if fonts is not None else ())]
    borders = _child(root, "borders")
    lines = [
        any(edge.get("style", "none") != "none" for edge in border if _local(edge) in ("top", "bottom"))
        for border in (borders if borders is not None else ())
    ]
    locked, wrapped, bold, fill, size, bordered, dated = [], [], [], [], [], [], set()
    for index, xf in enumerate(xfs if xfs is not None else ()):
        children = {_local(child): child for child in reversed(xf)} if len(xf) else {}  # of twins the first one holds
        protection, alignment = children.get("protection"), children.get("alignment")
        locked.append(protection is None or protection.get("locked", "1") not in ("0", "false"))
        wrapped.append(alignment is not None and alignment.get("wrapText") in ("1", "true"))
        font = _index(xf, "fontId")
        bold.append(font < len(bold_fonts) and bold_fonts[font])
        size.append(sizes[font] if font < len(sizes) else 0.0)
        fill.append(_index(xf, "fillId"))
        border = _index(xf, "borderId")
        bordered.append(border < len(lines) and lines[border])
        if _index(xf, "numFmtId") in dates:
            dated.add(index)
    return Formats(
        tuple(locked), tuple(wrapped), tuple(bold), tuple(fill), frozenset(dated), tuple(size), tuple(bordered)
    )
