"""The bytes of a worksheet part, taken apart at its rows and cells without building a tree.

What is not touched keeps its bytes, so comparing two copies is mostly comparing strings. Parts
that are written in an unusual way (UTF-16, comments, CDATA) are first brought into the usual one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from assistant.documents.excel.references import column_number
from assistant.documents.package import Package, parse_xml

_KEPT = 8_000_000
"""Bytes of worksheet parts whose rows are kept for another look."""
_ENCODING = re.compile(rb"""^[^>]*?encoding\s*=\s*["']([^"']+)["']""")
_ROOT = re.compile(rb"<(?:([\w.-]+):)?worksheet\b[^<>]*>")
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)(\d+)["']""")
_HEIGHT = re.compile(rb"""\sht\s*=\s*["'](\d{1,4}(?:\.\d{1,20})?)["']""")
_STYLE = re.compile(rb"""\ss\s*=\s*["'](\d+)["']""")


def usual(content: bytes, name: str) -> bytes:
    """Return the XML part in UTF-8, without byte order mark, comments or CDATA; unchanged when it is so already."""
    head = content[:200]
    declared = _ENCODING.match(head)
    plain = head.lstrip().startswith(b"<") and b"\x00" not in head
    utf8 = declared is None or declared[1].lower() in (b"utf-8", b"us-ascii")
    if plain and utf8 and b"<!--" not in content and b"<![CDATA[" not in content:
        return content
    root = parse_xml(content, name)
    etree.strip_tags(root, etree.Comment)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


class RowMarkup(NamedTuple):
    """A row's number, and where its bytes stand in the part."""

    number: int
    start: int
    end: int


class SheetMarkup:
    """A worksheet part and where its rows stand in it."""

    def __init__(self, content: bytes, name: str) -> None:
        """Find the rows of `content`, the part called `name`."""
        self.content = usual(content, name)
        root = _ROOT.search(self.content)
        self.opening = root[0] if root else b"<worksheet>"
        prefix = root[1] + b":" if root and root[1] else b""
        self.prefix = prefix
        self.closing = b"</" + prefix + b"worksheet>"
        rest = rb"[^>]*?(?:/>|>.*?</" + prefix + rb"c\s*>)"
        self._cell_tag, self._cell_end = b"<" + prefix + b"c ", b"</" + prefix + b"c>"
        self._cell = re.compile(rb"<" + prefix + rb"""c\b(?:\sr="([A-Z]{1,3})\d+")?""" + rest, re.DOTALL)
        self._named_cell = re.compile(rb"(" + self._cell_tag + rb"""r="([A-Z]{1,3})\d+\"""" + rest + rb")", re.DOTALL)
        # An empty `<sheetData/>` is opened, so that there is always a place for rows.
        data = prefix + b"sheetData"
        end = self.content.find(b">", max(0, self.content.find(b"<" + data)))
        if self.content[end - 1 : end] == b"/":
            self.content = re.sub(
                rb"<" + data + rb"(\s[^>]*?)?/>", lambda match: b"<%b></%b>" % (data, data), self.content, count=1
            )
        self.end_of_rows = self.content.rfind(b"</" + data)
        self.rows = list(self._find_rows())

    def _find_rows(self) -> Iterator[RowMarkup]:
        tag = re.compile(rb"<" + self.prefix + rb"""row\b(?:\sr="(\d+)")?([^>]*)>""")
        end_tag = b"</" + self.prefix + b"row>"
        find, number = self.content.find, 0
        for match in tag.finditer(self.content):
            given, said = match.groups()
            if not given and (found := _NUMBER.search(said.removesuffix(b"/"))):
                given = found[1]
            number = int(given) if given else number + 1
            start, end = match.span()
            if not said.endswith(b"/"):
                close = find(end_tag, end)
                end = close + len(end_tag) if close >= 0 else len(self.content)
            yield RowMarkup(number, start, end)

    def bytes_of(self, row: RowMarkup) -> bytes:
        """Return the bytes of the row, its tags included."""
        return self.content[row.start : row.end]

    def height(self, row: RowMarkup) -> float:
        """Return how high the row says it is, in points, 0 when it does not say."""
        said = _HEIGHT.search(self.content, row.start, self.content.index(b">", row.start))
        return float(said[1]) if said else 0.0

    def cells(self, row: bytes) -> Iterator[tuple[int, int, int]]:
        """Yield (column, start, end) of each cell in the bytes of a row."""
        column = 0
        for match in self._cell.finditer(row):
            start, end = match.span()
            letters = match[1]
            if not letters:
                reference = _REFERENCE.search(row, start, row.index(b">", start))
                letters = reference[1] if reference else b""
            column = column_number(letters.decode()) if letters else column + 1
            yield column, start, end

    def cell(self, row: bytes, name: str) -> tuple[int, int] | None:
        """Return where the cell called `name` stands in the bytes of a row, None when that is not plain to see."""
        start = row.find(b'%br="%b"' % (self._cell_tag, name.encode()))
        if start < 0:
            return None
        end = row.find(b">", start)
        if row[end - 1 : end] == b"/":
            return start, end + 1
        close = row.find(self._cell_end, end)
        among = (self._cell_tag[:-1], self._cell_end[:-1])  # with other white space
        if close >= 0 and not any(row.find(other, end, close) >= 0 for other in among):
            return start, close + len(self._cell_end)
        match = self._cell.match(row, start)
        return match.span() if match else None

    def taken_apart(self, row: bytes) -> tuple[dict[int, bytes], bytes]:
        """Return the cells in the bytes of a row by column, and the row without them."""
        found = self._named_cell.findall(row)
        named = {column_number(letters.decode()): cell for cell, letters in found}
        if len(named) == len(found) and len(found) == row.count(self._cell_tag):
            return named, self._named_cell.sub(b"", row)
        # Some cell does not say its column, or two say the same.
        cells: dict[int, bytes] = {}
        rest, at = [], 0
        for column, start, end in self.cells(row):
            rest.append(row[at:start])
            # A column that comes twice keeps its place among the rest, where it is noticed.
            if column in cells:
                rest.append(row[start:end])
            cells.setdefault(column, row[start:end])
            at = end
        return cells, b"".join([*rest, row[at:]])

    def outside(self) -> tuple[bytes, bytes]:
        """Return what stands before and behind the rows."""
        if not self.rows:
            return self.content[: self.end_of_rows], self.content[self.end_of_rows :]
        return self.content[: self.rows[0].start], self.content[self.rows[-1].end :]

    def elements(self, content: bytes, name: str) -> list[etree._Element]:
        """Return the elements in `content`, parsed with the namespaces of the worksheet."""
        return list(parse_xml(self.opening + content + self.closing, name))

    def frame(self, row: bytes, name: str) -> tuple[dict[str, str], list[bytes]]:
        """Return the attributes and the children of a row without cells, in canonical form.

        `spans` only helps readers along (18.3.1.73), `r` is the row's place; a row without either
        and without children is the same as no row.
        """
        elements = self.elements(row, name) if row else []
        if not elements:
            return {}, []
        attributes = {str(key): str(value) for key, value in elements[0].attrib.items() if key not in ("r", "spans")}
        return attributes, [etree.tostring(child, method="c14n") for child in elements[0]]

    def canonical(self, cell: bytes, name: str) -> bytes:
        """Return a cell in canonical form; an empty one without a format is the same as none."""
        elements = self.elements(cell, name)
        if not elements or (not len(elements[0]) and set(elements[0].attrib) <= {"r"}):
            return b""
        return etree.tostring(elements[0], method="c14n")


def sheet_markup(package: Package, name: str) -> SheetMarkup:
    """Return the worksheet part called `name` of a package that is read and never changed; found once and kept."""
    found = package.worked_out.get(("markup", name))
    if not isinstance(found, SheetMarkup):
        found = SheetMarkup(package.part(name), name)
        kept = sum(len(other.content) for other in package.worked_out.values() if isinstance(other, SheetMarkup))
        if kept + len(found.content) <= _KEPT:
            package.worked_out["markup", name] = found
    return found


def local_name(node: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(node.tag).rpartition("}")[2]


def style_of(cell: bytes) -> int:
    """Return the index of the format in the bytes of a cell, 0 when it has none."""
    match = _STYLE.search(cell[: cell.index(b">") + 1])
    return int(match[1]) if match else 0
