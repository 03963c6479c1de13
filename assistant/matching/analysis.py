"""Text into the terms that are indexed and asked for. A question is data: it never meets a query parser."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from whoosh.analysis import STOP_WORDS
from whoosh.lang.porter import stem

from assistant.matching.words import words

_NUMBER = re.compile(
    r"^\s*(?:[(\[]?(?:[A-Z]{1,6}[&.\-]?)*[0-9]+(?:[.\-][0-9a-z]+)*[)\].:]?|[(\[]?[a-z][)\].])\s+", re.IGNORECASE
)
_STOP = STOP_WORDS | frozenset(words("do does have has been being was were etc such any all which what how who our their its"))
_stem = lru_cache(maxsize=65536)(stem)


def terms(text: str) -> list[str]:
    """Return the stemmed words of `text` in order, stop words left out."""
    return [_stem(word) for word in words(text) if word not in _STOP]


def question_key(text: str) -> str:
    """Return the normal form of a question: the same for other case, punctuation, spacing and numbering."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+", _NUMBER.sub("", plain)))
