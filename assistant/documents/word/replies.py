"""What reads like an answer that somebody gave, told from what the customer says at the same place.

An answer taken for a note of the customer's is merely not shown; a note taken for an answer would be written over.
So what is in doubt is the form's own.
"""

from __future__ import annotations

import re

from assistant.documents.word.wording import Wording
from assistant.documents.word.words import is_given_answer

_LIMITS = Wording(
    r"\b(?:max(?:imum|imal)?|minimum|at (?:most|least)|(?:not|no) (?:more|longer|later|less) than|not exceed\w*|"
    r"limit(?:ed)?|(?:words?|characters|pages?|lines|points?) ?(?:max|only|\d|$)|font|arial|"
    r"(?:\d+|one|two|half an?) (?:words?|characters|pages?|lines)|"
    r"do(?:es)? not (?:complete|fill|write|answer|use|change|edit|enter|delete|exceed|include|attach|leave)|"
    r"don['’]t \w+|leave (?:\w+ )?(?:blank|empty)|use only|only for|mandatory|optional|obligat\w+|compulsory|"
    r"(?:answered|completed|provided|filled(?: in)?|assessed|reviewed|rated) by|see (?:above|below)|"
    r"höchstens|maximal|pflicht\w*|nicht ausfüllen|freilassen|ne pas|máximo|massimo|no (?:rellenar|completar))\b|"
    r"以内|文字|必須|禁止|不要|記入し",
)
"""Limits, formats and prohibitions: what a form says of the answer, and answers hardly ever do."""
_DEMANDS = Wording(
    r"\b(?:must|shall|should|requir\w+|demand\w*|expect\w*|need\w*|binding|your?|bidders?|suppliers?|vendors?|tenderers?|"
    r"respondents?|müss\w*|muss|soll\w*|erwart\w+|ihre?[nmrs]?|doi(?:t|vent)|exig\w+|vos|votre|debe\w*|deve\w*)\b|こと[。.]?$",
)
"""What a form demands of others, unless a verdict stands before it."""
_VERDICT = re.compile(
    r"(?:yes|no|n/?a|not applicable|partial(?:ly)?|ja|nein|oui|non|s[ií]|はい|いいえ)"
    r"(?:\s*$|\s*[.,;:!。、，]|\s+[-–—]\s|\s+(?:we|our|wir|unsere?|nous|notre)\b)",
    re.I,
)
_OFFER = re.compile(
    r"(?:yes|no|n/?a|ja|nein|oui|non|s[ií])(?:\s*[/|=]|\s+(?:or|and|oder|und|ou|et|o|y)\b)|"
    r"(?:no|non|s[ií])\s+(?!(?:we|our|wir|nous|notre|applicable)\b)\w",
    re.I,
)
"""What begins with such a word and is none: "Yes or no", "No later than", "Si applicable"."""
_LONG, _LONG_UNSPACED = 4, 8
"""Words, or characters of a script without spaces, from which on free words may be an answer behind its label."""


def speaks_for_form(text: str) -> bool:
    """Return whether `text` says how to answer or what is demanded, as a form does."""
    if _OFFER.match(text) or _LIMITS.search(text):
        return True
    return not _VERDICT.match(text) and _DEMANDS.search(text) is not None


def is_reply(text: str) -> bool:
    """Return whether `text` begins as an answer does, by a verdict or in the first person, and not as a form speaks."""
    return is_given_answer(text) and not speaks_for_form(text)


def may_be_reply(text: str) -> bool:
    """Return whether `text` may be an answer behind a label that nothing but an answer goes with ("Response:")."""
    words = text.split()
    long = len(words) >= _LONG or (len(words) == 1 and not text.isascii() and len(text) >= _LONG_UNSPACED)
    return is_reply(text) or (long and not speaks_for_form(text))


def is_short(text: str) -> bool:
    """Return whether `text` is a verdict that many questions may be answered with alike."""
    return len(text.split()) <= 3 and _VERDICT.match(text) is not None
