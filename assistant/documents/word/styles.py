"""What paragraph styles say about their paragraphs: headings, numbering, tables of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.documents.word.markup import PPR, Node, W, child, value_of, whole

_NUMBER = re.compile(r"\d+$")
_HEADINGS = ("heading", "überschrift", "titre", "título", "encabezado", "見出し")


@dataclass(frozen=True, slots=True)
class Style:
    """Heading level (0 none), the list that numbers its paragraphs ("" none), whether it is for tables of contents."""

    heading: int = 0
    list_id: str = ""
    contents: bool = False
    level: int = 0


PLAIN = Style()


class Styles:
    """The paragraph styles of a document, worked out when they are asked for."""

    def __init__(self, root: Node | None) -> None:
        """Take the styles part, None when there is none."""
        self._raw: dict[str, Node] = {}
        self._known: dict[str, Style] = {"": PLAIN}
        if root is not None:
            self._raw = {style.get(W + "styleId", ""): style for style in root.iterchildren(W + "style")}

    def of(self, name: str) -> Style:
        """Return the style with the id `name`, its base styles (17.7.4.3) taken in."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._work_out(name)
        return known

    def _work_out(self, name: str) -> Style:
        heading, list_id, contents, level = 0, "", False, 0
        seen: set[str] = set()
        while name in self._raw and name not in seen:
            seen.add(name)
            style = self._raw[name]
            called = (value_of(style, "name") or "").casefold()
            properties = child(style, PPR)
            outline = whole(value_of(properties, "outlineLvl"))
            if not heading and outline is not None and outline < 9:  # 9 is body text
                heading = outline + 1
            if not heading and called.startswith(_HEADINGS):
                number = _NUMBER.search(called)
                heading = min(whole(number.group()) or 1, 9) if number else 1
            if not heading and called in {"title", "titel"}:
                heading = 1
            contents = contents or called.startswith("toc")
            numbering = child(properties, W + "numPr")
            said = value_of(numbering, "numId")
            if not list_id and said not in (None, "", "0"):
                list_id, level = said or "", whole(value_of(numbering, "ilvl")) or 0
            name = value_of(style, "basedOn") or ""
        return Style(heading, list_id, contents, level)
