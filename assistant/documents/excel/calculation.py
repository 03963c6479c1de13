"""Telling Excel to calculate anew when it opens the workbook (`calcPr`, ECMA-376 part 1, 18.2.2)."""

from __future__ import annotations

import re

from assistant.documents.excel.markup import usual

_CALCULATION = re.compile(rb"<(?:[\w.-]+:)?calcPr\b[^<>]*>")
_FULL = re.compile(rb"""\sfullCalcOnLoad\s*=\s*["'][^"']*["']""")
_NAMES = rb"((?:[\w.-]+:)?)(?:sheets|functionGroups|externalReferences|definedNames)"
_BEFORE = re.compile(rb"</" + _NAMES + rb"\s*+>|<" + _NAMES + rb"\b[^<>]*/>")
"""The ends of the elements that stand before `calcPr` in a workbook (18.2.27), from the one that must be there."""
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s>/]")


def has_formulas(content: bytes) -> bool:
    """Return whether a worksheet part holds a formula."""
    return (b"<f" in content or b":f" in content) and _FORMULA.search(content) is not None


def recalculating(content: bytes, name: str) -> bytes:
    """Return the workbook part `content` with the order to calculate everything when it is opened."""
    content = usual(content, name)
    settings = _CALCULATION.search(content)
    if settings is not None:
        tag = _FULL.sub(b"", settings[0])
        end = -2 if tag.endswith(b"/>") else -1
        tag = tag[:end].rstrip() + b' fullCalcOnLoad="1"' + tag[end:]
        return content[: settings.start()] + tag + content[settings.end() :]
    before = list(_BEFORE.finditer(content))
    if not before:
        return content
    last = before[-1]
    prefix = last[1] or last[2] or b""
    return content[: last.end()] + b"<" + prefix + b'calcPr fullCalcOnLoad="1"/>' + content[last.end() :]


def without_calculation(content: bytes, name: str) -> bytes:
    """Return the workbook part `content` without its calculation settings."""
    return re.sub(rb"<((?:[\w.-]+:)?calcPr)\b(?:[^>]*/>|[^>]*>\s*</\1\s*>)", b"", usual(content, name))
