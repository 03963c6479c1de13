"""Whether a text names a customer."""

from __future__ import annotations

import re
import unicodedata

_LEGAL_FORM = re.compile(
    "inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|plc|gmbh|ag|kg|se|sa|sas|sarl|bv|nv|ab|as|oy|aps|"
    "srl|spa|pty|group|holdings?|the"
)
"""Words of a company's name that its letters often leave out."""


def names(text: str, customer: str) -> bool:
    """Return whether `text` names `customer`, with or without its legal form, however it is spelt and broken."""
    told, full = _plain_words(text), _plain_words(customer)
    short = [word for word in full if not _LEGAL_FORM.fullmatch(word)]
    return any(
        wanted and told[start : start + len(wanted)] == wanted
        for wanted in (full, short)
        for start in range(len(told) - len(wanted) + 1)
    )


def _plain_words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text).casefold()
    unaccented = "".join(character for character in folded if not unicodedata.combining(character))
    return re.findall(r"\w+", re.sub(r"['’]s\b", "", unaccented))
