"""Feeding a part to expat piece by piece, without entities and with errors in our own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn
from xml.parsers import expat

from assistant.errors import UnreadableDocumentError

MAX_DEPTH = 100
"""Elements inside each other; real parts nest about ten."""
SAVE_AGAIN = "Open it in Excel, save it anew and upload that copy."


def secure_parser(what: str) -> expat.XMLParserType:
    """Return a parser that joins text and refuses document type declarations; `what` it reads is for messages."""

    def refuse(*_: object) -> NoReturn:
        raise UnreadableDocumentError(
            f"The file's {what} declares XML entities, which Office files never do.", SAVE_AGAIN
        )

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def feed(parser: expat.XMLParserType, chunks: Iterable[bytes], what: str) -> None:
    """Give all `chunks` to `parser`.

    :raises UnreadableDocumentError: when they are not well-formed, or hold a number where none is.
    """
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as problem:
        raise UnreadableDocumentError(
            f"The file is damaged: its {what} cannot be read ({problem}).", SAVE_AGAIN
        ) from problem


def is_character(code: int) -> bool:
    """Return whether `code` is that of a character XML can hold (XML 1.0, 2.2)."""
    return code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
