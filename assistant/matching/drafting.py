"""The text of a draft: the cited passages' own sentences, those that answer, and never any other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.matching.analysis import core, stems
from assistant.statement import Passage

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“\"'(])")
_LEANS = re.compile(
    r"^(?:they|it|its|this|these|those|that|such|he|she|the same|both|in addition|additionally|furthermore|also|"
    r"as a consequence|as a result|therefore|however|otherwise|instead|then|for example|in case|the (?:keys?|"
    r"information|"
    r"data|logs?|process|latter))\b",
    re.IGNORECASE,
)
_KEEP = 0.5
"""A sentence is kept that meets at least this share of the question's words that the best one meets."""


def wording(question: str, passages: Sequence[Passage]) -> str:
    """Return the draft for `question` from `passages`, a line each; an approved answer is taken whole."""
    lines = [passage.text if passage.question else trimmed(question, passage.text) for passage in passages]
    return "\n".join(dict.fromkeys(line for line in lines if line))


def trimmed(question: str, text: str) -> str:
    """Return the sentences of `text` that speak to `question`, in order and unaltered; the whole when none does.

    A sentence that leans on the one before ("They …", "This …") brings it along.
    """
    sentences = _SENTENCE.split(text.strip())
    wanted = stems(core(question))
    # In lower case, as the choice looks at the same sentences.
    met = [len(wanted & stems(sentence.lower())) for sentence in sentences]
    if not any(met):
        return text.strip()
    kept = {number for number, count in enumerate(met) if count and count >= _KEEP * max(met)}
    for number in sorted(kept, reverse=True):
        while number and _LEANS.match(sentences[number]):
            number -= 1
            kept.add(number)
    return " ".join(sentences[number] for number in sorted(kept))
