"""Bracketed hints before a blank cell, which say what is wanted there: "[Yes/No]", "[Notes]"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.documents.word.blocks import Cell
from assistant.documents.word.columnwords import printed_options
from assistant.documents.word.fields import is_prompt
from assistant.documents.word.words import plain

_HINT = re.compile(r"\s*[\[<«{]\s*(.{1,120}?)\s*[\]>»}]\s*", re.S)
_WRITE = re.compile(
    r"\b(?:insert|enter|type|write|add|provide|click|tap|fill|complete|here|ein(?:fügen|geben|tragen)|"
    r"(?:insére|saisisse|entre|inscrive|écrive)[rz]|saisir|inserte|introduzca|escriba|inserire|inserisci|inserir|"
    r"invullen|wpisz)\b|入力|記入",
    re.I,
)
"""What prompts to write in the very place where it stands."""


def is_hint(cell: Cell) -> bool:
    """Return whether a cell holds a bracketed text that may only say what is wanted in the cell behind it."""
    return cell.text[:1] in _BRACKETS and not cell.inputs and is_prompt(cell.text) and not _WRITE.search(cell.text)


_BRACKETS = frozenset("[<«{")


def hinted(places: Sequence[Cell]) -> list[tuple[Cell, tuple[str, ...]]]:
    """Return the places without the hints before them, each with the options that its hint prints."""
    found: list[tuple[Cell, tuple[str, ...]]] = []
    options: tuple[str, ...] = ()
    for position, cell in enumerate(places, 1):
        if position < len(places) and is_hint(cell) and not is_prompt(places[position].text):
            options = options_of(cell)
        else:
            found.append((cell, options))
            options = ()
    return found


def options_of(hint: Cell) -> tuple[str, ...]:
    """Return the options that a hint prints, () when it prints none."""
    match = _HINT.fullmatch(hint.text)
    return printed_options(plain(match[1])) if match is not None else ()
