"""The text of a draft: the cited passages' own sentences, those that answer, and never any other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.matching.analysis import core, stems
from assistant.matching.sayings import Sayings, saying
from assistant.statement import Passage

_LEANS = re.compile(
    r"^(?:they|it|its|this|these|those|that|such|he|she|the same|both|in addition|additionally|furthermore|also|"
    r"as a consequence|as a result|therefore|however|otherwise|instead|then|for example|in case|the (?:keys?|"
    r"information|"
    r"data|logs?|process|latter))\b",
    re.IGNORECASE,
)
_KEEP = 0.5
"""A sentence is kept that meets at least this share of the words of the question, or of a part of it, that the best one
meets; a part counts that is met by at least this share of what the best part is."""


def wording(question: str, passages: Sequence[Passage], parts: Sequence[str] = (), read: Sayings = saying) -> str:
    """Return the draft for `question` from `passages`, a line each; an approved answer is taken whole.

    Of a compound question every passage is trimmed to what answers one of its `parts`.
    """
    lines = [passage.text if passage.question else trimmed(question, passage.text, parts, read) for passage in passages]
    return "\n".join(dict.fromkeys(line for line in lines if line))


def trimmed(question: str, text: str, parts: Sequence[str] = (), read: Sayings = saying) -> str:
    """Return the sentences of `text` that speak to `question`, in order and unaltered; the whole when none does.

    Of a compound question those that speak to one of its `parts`. A sentence that leans on the one
    before ("They …", "This …") brings it along.
    """
    sentences, told, *_ = read(text)
    shares = []
    for asked in parts or (question,):
        wanted = stems(core(asked))
        shares.append([len(wanted & said) / max(1, len(wanted)) for said in told])
    best = [max(share) for share in shares]
    if not any(best):
        return text.strip()
    kept = {
        number
        for share, most in zip(shares, best, strict=True)
        if most >= _KEEP * max(best)
        for number, met in enumerate(share)
        if met and met >= _KEEP * most
    }
    for number in sorted(kept, reverse=True):
        while number and _LEANS.match(sentences[number]):
            number -= 1
            kept.add(number)
    return " ".join(sentences[number] for number in sorted(kept))
