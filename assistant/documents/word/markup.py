"""Names of WordprocessingML, and walking it the way locations count.

ECMA-376 Part 1, section 17. Wrappers that say nothing about where a block stands (content
controls, insertions, custom XML, smart tags) are looked through, so that a location stays the
same whether or not somebody put a control around a paragraph or cell.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

Node = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

BODY, P, R, T, TBL, TR, TC = (W + name for name in ("body", "p", "r", "t", "tbl", "tr", "tc"))
PPR, RPR, TCPR = (W + name for name in ("pPr", "rPr", "tcPr"))
SDT, SDT_PR, SDT_CONTENT = (W + name for name in ("sdt", "sdtPr", "sdtContent"))
BR, CR, TAB, SYM, FIELD = (W + name for name in ("br", "cr", "tab", "sym", "fldChar"))
NO_BREAK_HYPHEN = W + "noBreakHyphen"
VAL = W + "val"
FIELD_TYPE = W + "fldCharType"

TRANSPARENT = frozenset({SDT, SDT_CONTENT, W + "ins", W + "customXml", W + "smartTag"})
"""Wrappers that do not count in a location."""

UNSEEN = frozenset(
    {
        W + name
        for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "ffData", "drawing", "pict")
    }
    | {W + "object", "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}
)
"""Elements whose content is no text of the paragraph they stand in: deleted text, properties, text boxes."""


def inner(node: Node) -> Iterator[Node]:
    """Yield the children of `node`, wrappers looked through."""
    for each in node:
        if each.tag in TRANSPARENT:
            yield from inner(each)
        else:
            yield each


def blocks(node: Node) -> Iterator[Node]:
    """Yield the paragraphs and tables that stand directly in a body or cell."""
    for each in inner(node):
        if each.tag == P or each.tag == TBL:
            yield each


def rows(table: Node) -> Iterator[Node]:
    """Yield the rows of a table."""
    for each in inner(table):
        if each.tag == TR:
            yield each


def cells(row: Node) -> Iterator[Node]:
    """Yield the cells of a row."""
    for each in inner(row):
        if each.tag == TC:
            yield each


def wrappers(node: Node) -> Iterator[Node]:
    """Yield the content controls directly around a paragraph, its cell included, or around a cell, innermost first."""
    parent = node.getparent()
    while parent is not None and (parent.tag in TRANSPARENT or (parent.tag == TC and node.tag == P)):
        if parent.tag == SDT:
            yield parent
        parent = parent.getparent()


def child(node: Node | None, tag: str) -> Node | None:
    """Return the first child of that tag, or None; faster than `find`, which parses a path."""
    return None if node is None else next(node.iterchildren(tag), None)


def value_of(node: Node | None, name: str) -> str | None:
    """Return the `w:val` of the child called `name`, "" when it has none, None without such a child."""
    found = child(node, W + name)
    return None if found is None else found.get(VAL, "")


_OFF = frozenset({"0", "false", "off"})


def whole(text: str | None) -> int | None:
    """Return the whole number that an attribute says, None for anything else: files are not to be trusted."""
    return int(text) if text and len(text) <= 9 and text.isascii() and text.isdecimal() else None


def is_on(node: Node | None, name: str) -> bool:
    """Return whether the on/off child called `name` stands there and is on (ECMA-376 17.17.4)."""
    found = child(node, W + name)
    return found is not None and says_on(found)


def says_on(node: Node) -> bool:
    """Return whether an on/off element is on."""
    return node.get(VAL, "") not in _OFF
