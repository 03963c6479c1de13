"""How far in the text of a paragraph stands by its list or style, so that what is inserted behind it stands there too.

ECMA-376 Part 1, 17.3.1.12 (`ind`), 17.9.6 (`lvl`): what a paragraph says itself goes before its list, its list
before its style; a list that comes with the style goes behind what the style says.
"""

from __future__ import annotations

from functools import cached_property

from assistant.documents.package import Package
from assistant.documents.word.markup import PPR, VAL, Node, W, child, value_of, whole
from assistant.documents.word.parts import related
from assistant.documents.word.styles import Styles

_INDENT, _NUMBERED = W + "ind", W + "numPr"


class Indents:
    """Looks indents up in the styles and numbering parts, which are read when they are first asked for."""

    def __init__(self, package: Package, name: str) -> None:
        """Take the package and the name of its document part."""
        self._package, self._name = package, name

    def of(self, paragraph: Node) -> str:
        """Return how far in, in twentieths of a point, a paragraph's list or style sets its text; "" when not at all.

        Text under a heading begins at the margin, however its number is set.
        """
        properties = child(paragraph, PPR)
        style = value_of(properties, "pStyle") or ""
        if self._headings.of(style).heading:
            return ""
        return self._listed(child(properties, _NUMBERED)) or self._of_style(style)

    @cached_property
    def _headings(self) -> Styles:
        return Styles(self._root("styles"))

    @cached_property
    def _styles(self) -> dict[str, Node]:
        root = self._root("styles")
        return {} if root is None else {style.get(W + "styleId", ""): style for style in root.iterchildren(W + "style")}

    def _of_style(self, name: str) -> str:
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            properties = child(style, PPR)
            said = _left(properties) or self._listed(child(properties, _NUMBERED))
            if said:
                return said
            name = value_of(style, "basedOn") or ""
        return ""

    def _listed(self, numbering: Node | None) -> str:
        """Return what a list says, "" where there is no list or it says nothing."""
        list_id = value_of(numbering, "numId") or "0"
        return "" if list_id == "0" else self._levels.get((list_id, value_of(numbering, "ilvl") or "0"), "")

    @cached_property
    def _levels(self) -> dict[tuple[str, str], str]:
        root = self._root("numbering")
        if root is None:
            return {}
        abstract = {
            each.get(W + "abstractNumId", ""): {
                level.get(W + "ilvl", "0"): _left(child(level, PPR)) for level in each.iterchildren(W + "lvl")
            }
            for each in root.iterchildren(W + "abstractNum")
        }
        found = {}
        for number in root.iterchildren(W + "num"):
            of = child(number, W + "abstractNumId")
            for level, left in abstract.get("" if of is None else of.get(VAL, ""), {}).items():
                found[number.get(W + "numId", ""), level] = left
        return found

    def _root(self, kind: str) -> Node | None:
        part = related(self._package, self._name, kind)
        return None if part is None else self._package.tree(part)


def _left(properties: Node | None) -> str:
    """Return the left indent (`start` in newer files) among paragraph properties, "" when they say nothing."""
    indent = child(properties, _INDENT)
    said = "" if indent is None else indent.get(W + "left", indent.get(W + "start", ""))
    return said if whole(said) else ""
