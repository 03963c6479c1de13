"""Options that a cell itself prints: "☐ Yes ☐ No" to be crossed, "Yes / No" to be replaced."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from assistant.documents.excel.vocabulary import options_in
from assistant.filling import canonical

_EMPTY, _CROSSED = "☐□◯○", "☒☑■◉●"
_BOX = re.compile(rf"([{_EMPTY}{_CROSSED}])\s*([^{_EMPTY}{_CROSSED}\n]*[^\s{_EMPTY}{_CROSSED},;/|])")
_CROSS = {"☐": "☒", "□": "■", "◯": "◉", "○": "●"}
_LONGEST = 200
_PLACEHOLDERS = (
    r"(?:please )?(?:select|choose|pick)(?: (?:an?|your|one|from)\b.{0,30})?",
    r"(?:click|tap)(?: or tap)?(?: here)? to (?:enter|choose).*",
    r"(?:please )?(?:enter|insert|type|provide)(?: your| an?)? (?:answer|response|text|comment|value)s?(?: here)?",
    r"bitte (?:aus)?wählen.{0,20}|(?:aus)?wählen|sélectionne[rz].{0,20}|choisi(?:r|ssez).{0,20}",
    r"seleccion(?:e|ar).{0,20}|elegir|選択してください",
    r"tbd|tbc|[<\[{][^>\]}]*[>\]}]",
)
_PLACEHOLDER = re.compile(rf"\W*(?:{'|'.join(_PLACEHOLDERS)})?\W*", re.IGNORECASE)


@lru_cache(maxsize=4096)
def boxes(text: str) -> tuple[tuple[str, bool], ...]:
    """Return the options with a box in `text` and whether each is crossed, () when there are not several."""
    if len(text) > _LONGEST or not any(box in text for box in _EMPTY + _CROSSED):
        return ()
    found = tuple((label.strip(), box in _CROSSED) for box, label in _BOX.findall(text))
    return found if len(found) >= 2 and len({label for label, _ in found}) == len(found) else ()


def crossed(text: str, labels: Collection[str]) -> str:
    """Return `text` with the boxes of `labels` crossed and every other one empty."""

    def box(match: re.Match[str]) -> str:
        empty = match[1] if match[1] in _CROSS else "□" if match[1] == "■" else "☐"
        wanted = _CROSS[empty] if match[2].strip() in labels else empty
        return wanted + match[0][1:]

    return _BOX.sub(box, text)


@lru_cache(maxsize=4096)
def alternatives(text: str) -> tuple[str, ...]:
    """Return the values that `text` offers, as in "Yes / No / N/A", () when it says anything else."""
    if len(text) > _LONGEST:
        return ()
    offered = options_in(text)
    return offered if offered and all(canonical(value) is not None for value in offered) else ()


def is_placeholder(text: str) -> bool:
    """Return whether what stands in an answer cell only says that something belongs there."""
    if not text or len(text) > _LONGEST:
        return not text
    if _PLACEHOLDER.fullmatch(text):
        return True
    # "Select / Choisir" says it in two languages.
    return any(part in text and all(map(_PLACEHOLDER.fullmatch, text.split(part))) for part in (" / ", " | "))
