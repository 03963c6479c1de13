"""Telling what once was a question and says of itself that it is none any more: "[Withdrawn in issue 3]"."""

from __future__ import annotations

import re

VOID = "no question any more, as it says"
"""Why it is left out."""
_VOID = re.compile(
    r"(?:this (?:question|control|requirement|item|section|number) (?:is|was|has been) )?"
    r"(?:(?:intentionally|deliberately) (?:left )?(?:blank|empty)|withdrawn|deleted|removed|retired|reserved|"
    r"void|vacant|not used|unused|no longer (?:used|required|asked)|superseded|obsolete|entfallen|gestrichen|"
    r"nicht belegt|reserviert|supprimée?|réservée?|sans objet|suprimid[oa]|eliminad[oa]|retirad[oa]|reservad[oa]|"
    r"欠番|削除)"
    r"(?:\W*$|\s*[:;,.–—-]\s.*|\s+(?:in|from|by|as of|with|since|for future|after|on|see|durch|seit|mit|ab|depuis|en|"
    r"por|desde)\b.*)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"^\s*[\[(<{](.*)[\])>}]\s*\.?$", re.DOTALL)
_LONGEST, _LONGEST_BARE = 14, 6
"""Words of such a remark in brackets, and without."""


def is_void(text: str) -> bool:
    """Return whether `text` only says that there is no question here any more."""
    within = _BRACKETED.match(text)
    said = within[1].strip() if within else text.strip()
    most = _LONGEST if within else _LONGEST_BARE
    return len(said.split(None, most)) <= most and "?" not in said and _VOID.fullmatch(said) is not None
