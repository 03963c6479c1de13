"""Text into the terms that are indexed and asked for. A question is data: it never meets a query parser."""

from __future__ import annotations

import re
import unicodedata

from whoosh.analysis import StemmingAnalyzer

_ANALYZER = StemmingAnalyzer()
_NUMBER = re.compile(
    r"^\s*(?:[(\[]?(?:[A-Z]{1,6}[&.\-]?)*[0-9]+(?:[.\-][0-9a-z]+)*[)\].:]?|[(\[]?[a-z][)\].])\s+", re.IGNORECASE
)


def terms(text: str) -> list[str]:
    """Return the stemmed words of `text` in order, stop words left out."""
    return [token.text for token in _ANALYZER(unicodedata.normalize("NFKC", text))]


def question_key(text: str) -> str:
    """Return the normal form of a question: the same for other case, punctuation, spacing and numbering."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+", _NUMBER.sub("", plain)))
