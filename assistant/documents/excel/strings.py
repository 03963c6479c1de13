"""The shared strings of a workbook (ECMA-376 part 1, 18.4), rich text flattened, readings aids left out."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.documents.excel.streaming import MAX_DEPTH, SAVE_AGAIN, feed, secure_parser
from assistant.documents.excel.texts import decoded
from assistant.errors import UnreadableDocumentError

MAX_STRINGS = 400_000


def read_strings(chunks: Iterable[bytes]) -> list[str]:
    """Return the strings in the order cells refer to them; `chunks` are the part's bytes.

    :raises UnreadableDocumentError: when the part is damaged or holds more than `MAX_STRINGS`.
    """
    strings: list[str] = []
    buffer: list[str] = []
    parser = secure_parser("list of texts")
    phonetic = False
    depth = 0

    def take(text: str) -> None:
        buffer.append(text)

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal phonetic, depth
        depth += 1
        if depth > MAX_DEPTH:
            raise UnreadableDocumentError("The file is damaged: its list of texts is nested too deeply.", SAVE_AGAIN)
        local = name.rpartition(":")[2] if ":" in name else name
        if local == "t":
            parser.CharacterDataHandler = None if phonetic else take
        elif local == "rPh":
            phonetic = True

    def end(name: str) -> None:
        nonlocal phonetic, depth
        depth -= 1
        local = name.rpartition(":")[2] if ":" in name else name
        if local == "t":
            parser.CharacterDataHandler = None
        elif local == "rPh":
            phonetic = False
        elif local == "si":
            strings.append(decoded("".join(buffer)))
            buffer.clear()
            if len(strings) > MAX_STRINGS:
                raise UnreadableDocumentError(
                    f"The workbook holds more than {MAX_STRINGS:,} texts.",
                    "Copy the rows with the questions into a new workbook and upload that.",
                )

    parser.StartElementHandler, parser.EndElementHandler = start, end
    feed(parser, chunks, "list of texts")
    return strings
