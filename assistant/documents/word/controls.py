"""What a person can fill in inside Word text: content controls, legacy form fields, boxes to tick.

Content controls are `w:sdt` (ECMA-376 Part 1, 17.5.2; check boxes [MS-DOCX] 2.6.1 `w14:checkbox`),
legacy fields are `w:fldChar` with `w:ffData` (17.16.17), printed boxes are characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.documents.word.markup import (
    SDT,
    SDT_CONTENT,
    SDT_PR,
    VAL,
    W14,
    W15,
    Node,
    P,
    T,
    W,
    child,
    is_on,
    value_of,
    whole,
)
from assistant.documents.word.words import requests

EMPTY_BOX, TICKED_BOX = "☐", "☒"
"""How every box, of whichever kind, shows in a paragraph's text."""

EMPTY_GLYPHS = "☐□❑❒❏❐◻▢⬜◯○"
TICKED_GLYPHS = "☒☑☓✓✔✗✘■⊠▣◉●🗹🗷"
TICK_OF = dict(
    zip("☐□❑❒❏❐◻▢⬜◯○", "☒☒☒☒☒☒☒☒☒◉●", strict=True),
)
"""The ticked glyph that goes with an empty one."""
EMPTY_OF = {"☒": "☐", "☑": "☐", "■": "□", "⊠": "□", "▣": "□", "◉": "◯", "●": "○", "🗹": "☐", "🗷": "☐"}

BOX = re.compile(
    rf"[{EMPTY_GLYPHS}{TICKED_GLYPHS}]|"
    r"\[[ \u00a0\u2002xX✓✔]{0,3}\]|\((?:[ \u00a0\u2002]{1,3}|[xX✓✔])\)"
)
"""A box in running text, `[ ]` and `( )` included."""

SYMBOLS = {
    "wingdings": ({"6F", "71", "72", "A8", "A1"}, {"FE", "FD", "FC", "FB", "78", "6E"}),
    "wingdings 2": ({"A3", "2A", "30"}, {"52", "53", "54", "51", "50", "4F"}),
    "webdings": ({"63"}, {"67", "61", "72"}),
}
"""Symbol fonts' characters for empty and ticked boxes, low byte in hexadecimal."""
TICKED_SYMBOL = {"wingdings": "F0FE", "wingdings 2": "F052", "webdings": "F067"}
EMPTY_SYMBOL = {"wingdings": "F0A8", "wingdings 2": "F0A3", "webdings": "F063"}

LOCKED = frozenset({"contentLocked", "sdtContentLocked"})
"""Locks of a content control that forbid changing its content (17.5.2.23, 17.18.83)."""

_STRUCTURAL = frozenset(
    {W + name for name in ("docPartObj", "docPartList", "group", "picture", "equation", "citation", "bibliography")}
    | {W15 + "repeatingSection", W15 + "repeatingSectionItem"}
)
_SETTINGS, _CHECKED = W + "ffData", W + "checked"
_KINDS = {W + name: name for name in ("checkBox", "textInput", "ddList")}
"""What a legacy field may be; it is one of them (CT_FFData)."""
_PROMPT = re.compile(
    r"^(click|tap|choose|select|enter|type)\b.{0,60}\b(text|date|item|option|answer|response|value|one)\b.{0,20}$|"
    r"^\W*(please )?(choose|select|pick)( one)?\W*$|^\W+$|"
    r"^(bitte )?(auswählen|wählen)|^wählen sie|^choisi|^seleccion|^elija|選択",
    re.I,
)


class InputKind(StrEnum):
    """What an input takes, and how it is stored."""

    TEXT = "text"
    DATE = "date"
    LIST = "list"
    COMBO = "combo"
    LEGACY_TEXT = "legacy text"
    LEGACY_LIST = "legacy list"


@dataclass(slots=True)
class Input:
    """A control that takes text or one of `options`; `start` is its offset in its paragraph's text."""

    kind: InputKind
    node: Node
    start: int = 0
    value: str | None = None
    options: tuple[str, ...] = ()
    max_length: int | None = None
    locked: bool = False
    rich: bool = False


@dataclass(slots=True)
class Box:
    """A box to tick: a character (`node` is None), a symbol, a content control or a legacy field."""

    start: int
    end: int
    ticked: bool
    node: Node | None = None


def is_checkbox(control: Node) -> bool:
    """Return whether a content control is a check box."""
    properties = control.find(SDT_PR)
    return properties is not None and properties.find(W14 + "checkbox") is not None


def checkbox_ticked(control: Node) -> bool:
    """Return the state of a check box control."""
    state = control.find(f"{SDT_PR}/{W14}checkbox/{W14}checked")
    return state is not None and state.get(W14 + "val", "1") not in {"0", "false"}


def input_of(control: Node) -> Input | None:
    """Return what a content control takes, or None when it only groups content."""
    properties = control.find(SDT_PR)
    if properties is None or any(each.tag in _STRUCTURAL for each in properties):
        return None
    content = control.find(SDT_CONTENT)
    if content is None or next(content.iter(SDT), None) is not None:
        return None
    locked = (value_of(properties, "lock") or "") in LOCKED
    shown = "".join(t.text or "" for t in content.iter(T)).strip()
    prompt = properties.find(W + "showingPlcHdr") is not None or bool(_PROMPT.match(shown))
    value = None if prompt or not shown else shown
    for name, kind in (("dropDownList", InputKind.LIST), ("comboBox", InputKind.COMBO)):
        listing = properties.find(W + name)
        if listing is not None:
            items = [
                (item.get(W + "displayText") or item.get(W + "value") or "", item.get(W + "value")) for item in listing
            ]
            options = tuple(text for text, said in items if text and said != "" and not _PROMPT.match(text))
            return Input(kind, control, 0, value, options, None, locked)
    kind = InputKind.DATE if properties.find(W + "date") is not None else InputKind.TEXT
    rich = kind is InputKind.TEXT and properties.find(W + "text") is None
    return Input(kind, control, 0, value, (), None, locked, rich)


def input_around(control: Node) -> Input | None:
    """Return what a control around paragraphs or a cell takes, None when it is a frame around a part of the form."""
    found = input_of(control)
    if found is None or found.value is None or not found.rich:
        return found
    content = control.find(SDT_CONTENT)
    single = content is not None and sum(1 for _ in content.iter(P)) == 1
    return found if single and not requests(found.value) else None


def legacy(field: Node) -> tuple[str, Node] | None:
    """Return the kind (`checkBox`, `textInput` or `ddList`) and settings of a legacy field's begin, or None."""
    settings = child(field, _SETTINGS)
    found = None if settings is None else next(settings.iterchildren(*_KINDS), None)
    return None if found is None else (_KINDS[str(found.tag)], found)


def legacy_ticked(settings: Node) -> bool:
    """Return the state of a legacy check box: `w:checked`, or else its default."""
    return is_on(settings, "default" if child(settings, _CHECKED) is None else "checked")


def legacy_input(field: Node, name: str, settings: Node, start: int) -> Input:
    """Return the input of a legacy text or drop-down field; the caller adds a text field's value."""
    locked = value_of(child(field, _SETTINGS), "enabled") in {"0", "false"}
    if name == "ddList":
        options = tuple(item.get(VAL, "") for item in settings.findall(W + "listEntry"))
        index = whole(value_of(settings, "result"))
        value = (
            options[index] if index is not None and index < len(options) and not _PROMPT.match(options[index]) else None
        )
        kept = tuple(option for option in options if option.strip() and not _PROMPT.match(option))
        return Input(
            InputKind.LEGACY_LIST, field, start, value if value and value.strip() else None, kept, None, locked
        )
    limit = whole(value_of(settings, "maxLength")) or None  # 0 is no limit
    return Input(InputKind.LEGACY_TEXT, field, start, None, (), limit, locked)


def legacy_value(settings: Node, shown: str) -> str | None:
    """Return what a legacy text field holds, None for its blank or its default prompt."""
    shown = shown.strip()
    return None if not shown or shown == (value_of(settings, "default") or "").strip() else shown


def symbol_ticked(node: Node) -> bool | None:
    """Return whether a `w:sym` is a ticked box, None when it is no box."""
    empty, ticked = SYMBOLS.get(node.get(W + "font", "").casefold(), (set(), set()))
    character = node.get(W + "char", "").upper()[-2:]
    return True if character in ticked else False if character in empty else None
