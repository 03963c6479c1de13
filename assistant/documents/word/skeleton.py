"""A document part without what no answer touches: stand-ins keep the counts, the cut pieces keep their bytes.

Parsing, writing and comparing then cost what the answer places cost, not what the document does, and
everything else stays byte for byte as it was. A part written in an unusual way (UTF-16, comments, CDATA,
another prefix) is not cut at all; its skeleton is the whole of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from assistant.documents.package import Package, declares

_MAIN = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ROOT = re.compile(rb"""<([A-Za-z][\w.-]*):document\b[^<>]*?\sxmlns:\1\s*=\s*["']""" + re.escape(_MAIN) + rb"""["']""")
_ENCODING = re.compile(rb"""^[^>]*?encoding\s*=\s*["']([^"']+)["']""")
_CUT = b"answers-cut"
"""The attribute that numbers a stand-in; a part that says it is not cut."""
_LONE_MARK = re.compile(r">\s*(?:x|X|✓|✔|✗|•)\s*</".encode())
"""What may be the mark that a table's tick columns use; cells that say it are kept, as ticking asks for it."""

_HOLDS = {b"body": (b"p", b"tbl"), b"tc": (b"p", b"tbl"), b"tbl": (b"tr",), b"tr": (b"tc",)}
_WRAPPERS = (b"sdt", b"sdtContent", b"ins", b"customXml", b"smartTag")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A document part taken apart: the `pieces` that were cut out of it, what is `left` around them.

    `prefix` is that of its elements' names.
    """

    left: tuple[bytes, ...]
    pieces: tuple[bytes, ...] = ()
    prefix: bytes = b"w"

    @property
    def content(self) -> bytes:
        """Return the part with stand-ins for the pieces."""
        return self._with_stand_ins(list(self.left))

    def whole(self, content: bytes) -> bytes | None:
        """Return the serialised skeleton with the pieces back in place, None when some stand-in is not there once."""
        if not self.pieces:
            return content
        parts = re.split(rb"<" + self.prefix + rb":\w+ " + _CUT + rb"=\"(\d+)\"/>", content)
        if parts[1::2] != [b"%d" % number for number in range(len(self.pieces))]:
            return None
        parts[1::2] = self.pieces
        return b"".join(parts)

    def of(self, other: bytes) -> bytes | None:
        """Return another copy of the part with the same pieces cut out in the same order, None when one is not in it.

        A piece that is taken for one further on only leaves more to compare: no difference is hidden.
        """
        if _CUT in other:
            return None
        parts, position = [], 0
        for left, piece in zip(self.left, self.pieces, strict=False):
            found = position + len(left)
            if not (other.startswith(left, position) and other.startswith(piece, found)):
                found = other.find(piece, position)
            if found < 0:
                return None
            parts.append(other[position:found])
            position = found + len(piece)
        return self._with_stand_ins([*parts, other[position:]])

    def _with_stand_ins(self, left: list[bytes]) -> bytes:
        if not self.pieces:
            return left[0]
        kind = re.compile(rb"<" + self.prefix + rb":\w+")
        for number, piece in enumerate(self.pieces):
            begins = kind.match(piece)
            assert begins is not None
            left[number] += b'%b %b="%d"/>' % (begins[0], _CUT, number)
        return b"".join(left)


def skeleton(package: Package, name: str, places: Collection[str]) -> Skeleton:
    """Return the skeleton of a document part in which only `places` and what they stand in are left."""
    key = (name, frozenset(places))
    found = package.worked_out.get(key)
    if not isinstance(found, Skeleton):
        found = package.worked_out[key] = _skeleton(package.part(name), key[1])
    return found


def _skeleton(content: bytes, places: frozenset[str]) -> Skeleton:
    root = _ROOT.search(content, 0, 100_000)
    declared = _ENCODING.match(content[:200])
    if (
        root is None
        or not content.lstrip(b"\xef\xbb\xbf").startswith(b"<")
        or (declared is not None and declared[1].lower() not in (b"utf-8", b"us-ascii"))
        or content.count(_MAIN) != 1
        or _declares_again(content, root)
        or declares(content)
        or _CUT in content
    ):
        return Skeleton((content,))
    return _Cutter(content, root[1], places).cut() or Skeleton((content,))


def _declares_again(content: bytes, root: re.Match[bytes]) -> bool:
    """Return whether the prefix of the root is declared elsewhere, so that it may stand for something else."""
    declaration = b"xmlns:" + root[1]
    begins = root[0].rfind(declaration) + root.start()
    if content.find(declaration, content.find(b">", root.end())) < 0:
        content = content[: content.find(b">", root.end())]
    return any(match.start() != begins for match in re.finditer(declaration + rb"\s*=", content))


@dataclass(slots=True)
class _Open:
    """An element on the way to a place: which it is, what it counts as, whether what it holds may be cut."""

    kind: bytes
    container: bytes
    path: str
    counts: dict[bytes, int]
    cuts: bool


class _Cutter:
    """Walks the bytes from tag to tag, over whatever needs no look inside."""

    def __init__(self, content: bytes, prefix: bytes, places: frozenset[str]) -> None:
        self._content, self._prefix, self._places = content, prefix, places
        self._ways = {place[:i] for place in self._places for i, sign in enumerate(place) if sign == "/"}
        kinds = b"|".join((b"body", b"p", b"tbl", b"tr", b"tc", *_WRAPPERS))
        self._tag = re.compile(rb"<(/?)" + prefix + rb":(" + kinds + rb")(?=[\s/>])[^<>]*+>")
        self._ends: dict[bytes, re.Pattern[bytes]] = {}
        self._left: list[bytes] = []
        self._pieces: list[bytes] = []
        self._copied = 0

    def cut(self) -> Skeleton | None:
        """Return the skeleton, None when the tags do not fit together."""
        content, search = self._content, self._tag.search
        opened: list[_Open] = []
        position = content.find(b"<" + self._prefix + b":body")
        while position >= 0 and (tag := search(content, position)) is not None:
            kind, position = tag[2], tag.end()
            if tag[1]:
                if not opened or opened.pop().kind != kind:
                    return None
                if not opened:
                    return Skeleton((*self._left, content[self._copied :]), tuple(self._pieces), self._prefix)
            elif content.endswith(b"/>", 0, position):
                if not opened:
                    return None
                self._path(opened[-1], kind)
            elif not opened:
                opened.append(_Open(kind, kind, "body", {}, kind == b"body"))
            elif kind in _WRAPPERS:
                around = opened[-1]
                opened.append(_Open(kind, around.container, around.path, around.counts, cuts=False))
            else:
                around = opened[-1]
                path = self._path(around, kind)
                if path in self._ways and path not in self._places and kind != b"p":
                    opened.append(_Open(kind, kind, path, {}, around.cuts))
                    continue
                end = self._end(kind, position)
                if end < 0:
                    return None
                if around.cuts and path not in self._places:
                    self._take(tag.start(), end, top=around.container == b"body")
                position = end
        return None

    @staticmethod
    def _path(around: _Open, kind: bytes) -> str:
        """Return the location of the next element of a kind, and count it; "" when it is none of the blocks."""
        if kind not in _HOLDS.get(around.container, ()):
            return ""
        index = around.counts.get(kind, 0)
        around.counts[kind] = index + 1
        return f"{around.path}/{kind.decode()}[{index}]"

    def _end(self, kind: bytes, position: int) -> int:
        """Return where the element of a kind that was opened before `position` ends, -1 when it does not."""
        tag = self._ends.get(kind)
        if tag is None:
            name = self._prefix + b":" + kind
            tag = self._ends[kind] = re.compile(rb"<(/?)" + name + rb"(?=[\s/>])[^<>]*+(?<!/)>")
        depth = 1
        while depth:
            found = tag.search(self._content, position)
            if found is None:
                return -1
            depth += -1 if found[1] else 1
            position = found.end()
        return position

    def _take(self, start: int, end: int, *, top: bool) -> None:
        """Cut what stands from `start` to `end`, unless a stand-in is no shorter or it shows a table's mark."""
        piece = self._content[start:end]
        if len(piece) < len(_CUT) * 4 or (not top and _LONE_MARK.search(piece)):
            return
        self._left.append(self._content[self._copied : start])
        self._pieces.append(piece)
        self._copied = end
