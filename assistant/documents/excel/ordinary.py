"""Taking what is written the ordinary way out of a part before expat reads it, which is several times quicker.

Rows and shared strings come by the thousand and nearly all in the same few forms. Those are read by
a pattern; whatever is not exactly of that form is left to expat, which therefore decides alone what
is well-formed. Nothing is taken unless expat would have read the same from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator

from assistant.documents.excel.streaming import is_character

_MOST = 1_000_000
"""Bytes that are held to find the end of an element; what is longer goes to expat as it comes."""
_REFERENCE = re.compile("&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));")
_NO_TEXT = bytes({*range(0x20)} - {0x09, 0x0A, 0x0D})
"""Bytes that stand for no character of XML."""
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}

Take = Callable[[str], int | None]
"""Reads an element, given without its closing tag: None when it took all of it, else how much from the beginning."""


def unusual(
    chunks: Iterable[bytes], opening: bytes, closing: bytes, take: Take, between: Callable[[], bool]
) -> Iterator[bytes]:
    """Yield what expat has to read of a part: all but the elements from `opening` to `closing` that `take` takes.

    `between` tells whether expat, which has read all that was yielded, now stands between two such elements of a part
    in UTF-8.
    """
    chunks = iter(chunks)
    held, start = b"", -1
    for chunk in chunks:
        held += chunk
        start = held.find(opening)
        if start >= 0 or len(held) > _MOST:
            break
    usable = start >= 0
    if usable:
        head, held = held[:start], held[start:]
        yield head
        # `opening` within a comment begins no element.
        usable = head.startswith((b"<", b"\xef\xbb\xbf<")) and b"<!" not in head and b"<?" not in head[5:] and between()
    while usable:
        end = held.rfind(closing)
        if end >= 0:
            block, held = held[:end], held[end + len(closing) :]
            usable = yield from _left(block, opening.decode(), closing.decode(), take, between)
        chunk = next(chunks, b"") if usable else b""
        usable = bool(chunk) and len(held) <= _MOST
        held += chunk
    yield held
    yield from chunks


def _left(
    block: bytes, opening: str, closing: str, take: Take, between: Callable[[], bool]
) -> Generator[bytes, None, bool]:
    """Yield what is left of the elements in `block`, the last one's `closing` cut off; return whether to go on so."""
    try:
        text = block.decode()
    except UnicodeDecodeError:
        yield block + closing.encode()
        return False
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")  # as every reader of XML does (XML 1.0, 2.11)
    elements = text.split(closing)
    clean = _is_clean(block)
    for index, element in enumerate(elements):
        taken = take(element) if clean or _is_clean(element.encode()) else 0
        if taken is None:
            continue
        left = element[taken:]
        yield (left + closing).encode()
        # Only where one element began does the closing tag that expat accepted end it.
        whole = left.lstrip(" \t\n").startswith(opening) and left.count(opening) == 1
        if not whole or "<!" in left or "<?" in left or not between():
            yield closing.join([*elements[index + 1 :], ""]).encode()
            return False
    return True


def _is_clean(content: bytes) -> bool:
    """Return whether `content`, which is UTF-8, is well-formed between its tags."""
    if len(content.translate(None, _NO_TEXT)) < len(content) or b"]]>" in content:
        return False
    return content.isascii() or (b"\xef\xbf\xbe" not in content and b"\xef\xbf\xbf" not in content)


def references_stand(text: str) -> bool:
    """Return whether every `&` in `text` begins a reference that stands for a character of XML."""
    found = _REFERENCE.findall(text)
    return len(found) == text.count("&") and all(
        name or is_character(int(decimal) if decimal else int(digits, 16)) for name, decimal, digits in found
    )


def resolved(text: str) -> str:
    """Return `text` with its references, which stand, replaced by their characters."""
    return _REFERENCE.sub(_character, text)


def _character(reference: re.Match[str]) -> str:
    name, decimal, digits = reference.groups()
    return _NAMED[name] if name else chr(int(decimal) if decimal else int(digits, 16))
