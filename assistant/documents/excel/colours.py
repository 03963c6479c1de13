"""The colours of a workbook's fills (ECMA-376 part 1, 18.8.20 `fill`, 18.8.19 `fgColor`; 20.1.6.2 `clrScheme`)."""

from __future__ import annotations

import re

from lxml import etree

from assistant.documents.excel.workbook import Workbook, relationships

_ORDER = (1, 0, 3, 2, 4, 5, 6, 7, 8, 9, 10, 11)
"""Index of a theme colour -> its place in the scheme, where dark and light come in pairs the other way round."""
_RGB = re.compile(r"^(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})$")


def fills(book: Workbook) -> list[str]:
    """Return the colour of each fill by its index, as `ffcc00`, "" for none or white."""
    if not book.styles_part:
        return []
    theme = _theme(book)
    found: list[str] = []
    for node in book.package.tree(book.styles_part).iterfind("{*}fills/{*}fill"):
        pattern = node.find("{*}patternFill")
        colour = pattern.find("{*}fgColor") if pattern is not None and pattern.get("patternType") == "solid" else None
        said = _colour(colour, theme) if colour is not None else ""
        found.append("" if said == "ffffff" else said)
    return found


def _theme(book: Workbook) -> list[str]:
    part = next((part for kind, part in relationships(book.package, book.part).values() if kind == "theme"), "")
    if part not in book.package:
        return []
    scheme = next(book.package.tree(part).iter("{*}clrScheme"), None)
    if scheme is None:
        return []
    said = [next((c.get("lastClr") or c.get("val") or "" for c in node), "") for node in scheme]
    return [_rgb(said[at]) for at in _ORDER if at < len(said)]


def _colour(node: etree._Element, theme: list[str]) -> str:
    at = node.get("theme", "")
    said = _rgb(node.get("rgb", ""))
    if at.isdecimal() and int(at) < len(theme):
        said = theme[int(at)]
    return _tinted(said, node.get("tint", "0")) if said else ""


def _tinted(colour: str, tint: str) -> str:
    """Return the colour made lighter or darker by `tint`, -1 to 1 (18.8.19, applied to each channel)."""
    try:
        by = max(-1.0, min(1.0, float(tint)))
    except ValueError:
        return colour
    channels = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    toned = [value * (1 + by) if by < 0 else value + (255 - value) * by for value in channels]
    return "".join(f"{round(value):02x}" for value in toned)


def _rgb(text: str) -> str:
    match = _RGB.match(text)
    return match[1].casefold() if match else ""
