"""The shared strings of a workbook (ECMA-376 part 1, 18.4), rich text flattened, readings aids left out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.documents.excel.ordinary import references_stand, resolved, unusual
from assistant.documents.excel.streaming import MAX_DEPTH, SAVE_AGAIN, feed, secure_parser
from assistant.documents.excel.texts import decoded
from assistant.errors import UnreadableDocumentError

MAX_STRINGS = 400_000
_TEXT = r'<t(?: xml:space="preserve")?>([^<]*+)</t>'
_FORMAT = (
    r"<rPr>(?:<(?:b|i|u|strike|outline|shadow)/>|<color (?:rgb|theme|indexed|auto)=\"\w+\"(?: tint=\"[-\w.]+\")?/>"
    r"|<(?:b|i|u|sz|rFont|family|charset|scheme|vertAlign) val=\"[^\"<&]*+\"/>)*</rPr>"
)
_RUN = re.compile(f"<r>(?:{_FORMAT})?{_TEXT}</r>")
_PLAIN = re.compile(rf"<si>{_TEXT}")
_STRING = re.compile(
    rf"[ \t\n]*+<si>(?:{_TEXT}|((?:{_RUN.pattern})+))"
    r'(?:<phoneticPr(?: fontId="[0-9]+")?(?: type="[A-Za-z]+")?(?: alignment="[A-Za-z]+")?/>)?'
)
"""Strings of the ordinary form, their closing tags cut off: the text, or its runs; nearly all are plain."""


def read_strings(chunks: Iterable[bytes]) -> list[str]:
    """Return the strings in the order cells refer to them; `chunks` are the part's bytes.

    :raises UnreadableDocumentError: when the part is damaged or holds more than `MAX_STRINGS`.
    """
    return _Reader().read(chunks)


class _Reader:
    """Expat callbacks that fill a list; strings of the ordinary form never get so far."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.buffer: list[str] = []
        self.parser = secure_parser("list of texts")
        self.phonetic = False
        self.depth = 0
        self.utf8 = True

    def read(self, chunks: Iterable[bytes]) -> list[str]:
        """Return the strings in the part whose bytes are `chunks`."""
        self.parser.XmlDeclHandler = self.declared
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.start, self.end
        feed(self.parser, unusual(chunks, b"<si", b"</si>", self.take, self.between), "list of texts")
        return self.strings

    def declared(self, version: str, encoding: str | None, standalone: int) -> None:
        self.utf8 = encoding is None or encoding.lower() == "utf-8"

    def between(self) -> bool:
        """Return whether a string, and nothing of another one, may begin here."""
        return self.utf8 and self.depth == 1 and not self.phonetic and not self.buffer

    def take(self, element: str) -> int | None:
        """Return None when `element`, a string without its closing tag, was ordinary and is kept; else 0."""
        match = _PLAIN.fullmatch(element) or _STRING.fullmatch(element)
        if match is None or len(self.strings) >= MAX_STRINGS:
            return 0
        text = match[1] if match[1] is not None else "".join(_RUN.findall(match[2]))
        if "&" in element:
            if not references_stand(element):
                return 0
            text = resolved(text)
        self.strings.append(decoded(text) if "_x" in text else text)
        return None

    def data(self, text: str) -> None:
        self.buffer.append(text)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise UnreadableDocumentError("The file is damaged: its list of texts is nested too deeply.", SAVE_AGAIN)
        local = name.rpartition(":")[2] if ":" in name else name
        if local == "t":
            self.parser.CharacterDataHandler = None if self.phonetic else self.data
        elif local == "rPh":
            self.phonetic = True

    def end(self, name: str) -> None:
        self.depth -= 1
        local = name.rpartition(":")[2] if ":" in name else name
        if local == "t":
            self.parser.CharacterDataHandler = None
        elif local == "rPh":
            self.phonetic = False
        elif local == "si":
            self.strings.append(decoded("".join(self.buffer)))
            self.buffer.clear()
            if len(self.strings) > MAX_STRINGS:
                raise UnreadableDocumentError(
                    f"The workbook holds more than {MAX_STRINGS:,} texts.",
                    "Copy the rows with the questions into a new workbook and upload that.",
                )
