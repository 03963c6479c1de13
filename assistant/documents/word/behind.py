"""What stands behind the label in a line: an answer that was given, a prompt to write there, or nothing yet."""

from __future__ import annotations

import re

from assistant.documents.word.columnwords import printed_options
from assistant.documents.word.controls import BOX
from assistant.documents.word.words import (
    BRACKETS,
    DETAILS,
    INSTRUCTION,
    NOTE,
    PLACEHOLDER,
    UNDERSCORES,
    is_answer_label,
    requests,
)

_LABEL = re.compile(r"[^:：]{1,60}[:：]\s*")


def _behind_label(text: str) -> int:
    """Return where in a line begins what stands behind its label for the answer, -1 without both."""
    label = _LABEL.match(text)
    return label.end() if label is not None and label.end() < len(text) and is_answer_label(label[0]) else -1


def is_given(text: str) -> bool:
    """Return whether words at a place may be an answer: what asks, prompts or offers a choice is the form's own."""
    own = PLACEHOLDER.match(text) or UNDERSCORES.search(text) or BRACKETS.match(text) or printed_options(text)
    hint = requests(text) or INSTRUCTION.search(text) or NOTE.match(text) or DETAILS.match(text)
    return bool(text) and not own and not hint


def given_behind(text: str) -> int:
    """Return where in a line the answer begins that stands behind its label ("Answer: We do."), -1 without one."""
    start = _behind_label(text)
    return start if start >= 0 and not BOX.search(text) and is_given(text[start:].strip()) else -1


def prompt_behind(text: str) -> int:
    """Return where in a line the prompt begins that stands behind its label ("Answer: [enter it here]"), -1 without."""
    start = _behind_label(text)
    return start if start >= 0 and PLACEHOLDER.match(text[start:]) else -1
