"""What stands behind the label in a line: an answer that was given, a prompt to write there, or nothing yet."""

from __future__ import annotations

import re

from assistant.documents import foreign
from assistant.documents.word.columnwords import STRONG_ANSWER, Role, header_role, printed_options
from assistant.documents.word.controls import BOX
from assistant.documents.word.replies import is_reply, may_be_reply
from assistant.documents.word.words import (
    BRACKETS,
    DETAILS,
    INSTRUCTION,
    NOTE,
    PLACEHOLDER,
    UNDERSCORES,
    is_answer_label,
    is_evidence_label,
    is_label,
    requests,
)

_LABEL = re.compile(r"[^:：]{1,60}[:：]\s*")
_STATEMENT = re.compile(
    r"\s*(?:(?:vendor|supplier|provider|contractor|bidder|tenderer|respondent)(?:'s)? )?"
    rf"(?:statements?|descriptions?|narrative|summary|rationale|{foreign.STATEMENTS}|{foreign.STATEMENTS_UNSPACED})"
    r"(?:\s*\([^)]{0,60}\))?\s*[:：]\s*$",
    re.I,
)
_VALUE = re.compile(
    r"\b(?:dates?|datum|fecha|data|dato|since|seit|depuis|desde|until|bis|when|wann|names?|nom|nombre|nome|naam|navn|"
    r"namn|version|number|no|nr|id|code|level|e-?mail|phone|url|link|initials?|sign\w*)\b|日付|氏名|番号|日期|姓名|날짜|이름",
    re.I,
)
"""Labels of a date, a name or a number."""
_BRACKETED = re.compile(
    r"\s*(?:\([^()]{1,120}\)|（[^（）]{1,80}）|【[^【】]{1,80}】|［[^［］]{1,80}］|〔[^〔〕]{1,80}〕)[.。]?\s*$"
)
_LONGEST_NAME = 6
"""Words of the longest label for words."""


def is_statement_label(text: str) -> bool:
    """Return whether `text` only names words that are added to a choice, such as "Statement:" or "Comments:"."""
    return is_answer_label(text) or _STATEMENT.match(text) is not None


def opens_words(text: str) -> bool:
    """Return whether a line beside options is a label to write words behind, not a date, a name or a number."""
    if is_statement_label(text) or (DETAILS.match(text) and text.rstrip().endswith((":", "："))):
        return True
    if not text.rstrip().endswith((":", "：")) or len(text.split()) > _LONGEST_NAME or not is_label(text):
        return False
    value = _VALUE.search(text) is not None or is_evidence_label(text)
    return not value and header_role(text) in {None, Role.TEXT, Role.QUESTION}


def _behind_label(text: str, stated: bool = False) -> int:
    """Return where in a line begins what stands behind its label for the answer, -1 without both."""
    label = _LABEL.match(text)
    if label is None or label.end() == len(text):
        return -1
    return label.end() if (is_statement_label if stated else is_answer_label)(label[0]) else -1


def is_given(text: str) -> bool:
    """Return whether words at a place may be an answer: what asks, prompts or offers a choice is the form's own."""
    own = _is_prompt(text) or UNDERSCORES.search(text) or BRACKETS.match(text) or printed_options(text)
    hint = requests(text) or INSTRUCTION.search(text) or NOTE.match(text) or DETAILS.match(text)
    return bool(text) and not own and not hint


def given_behind(text: str, stated: bool = False) -> int:
    """Return where in a line the answer begins that stands behind its label ("Answer: We do."), -1 without one.

    Where something was chosen, the label may also be one of what is `stated` beside it.
    """
    start = _behind_label(text, stated)
    return start if start >= 0 and not BOX.search(text) and is_given(text[start:].strip()) else -1


def answer_behind(text: str, stated: bool = False) -> int:
    """Return what `given_behind` does where that reads like an answer, -1 where it may be the customer's own words.

    "Response:" goes with an answer only; what stands behind "Comments:" may say what the customer has to say.
    """
    start = given_behind(text, stated)
    if start < 0:
        return -1
    fits = may_be_reply if STRONG_ANSWER.search(text[:start]) else is_reply
    return start if fits(text[start:].strip()) else -1


def prompt_behind(text: str, stated: bool = False) -> int:
    """Return where in a line the prompt begins that stands behind its label ("Answer: [enter it here]"), -1 without."""
    start = _behind_label(text, stated)
    return start if start >= 0 and _is_prompt(text[start:]) else -1


def _is_prompt(text: str) -> bool:
    """Return whether what stands behind a label only prompts; all in brackets of any kind does so there."""
    return PLACEHOLDER.match(text) is not None or _BRACKETED.match(text) is not None


def ends_in_prompt(text: str) -> bool:
    """Return whether a line ends in a bracketed prompt, "Our provider: [name]", not in what its sentence names there.

    "[ISO 27001 A.5.1]" cites, and "within [Assignment: time]" leaves to others what the sentence is to say.
    """
    found = BRACKETS.search(text) if "[" in text or "<" in text or "«" in text else None
    if found is None or text[found.end() :].strip(" ."):
        return False
    inside, before = found[0][1:-1], text[: found.start()].rstrip()
    cites = any(map(str.isdigit, inside)) and not _WORD.search(inside) and before[-1:] not in {":", "："}
    named = ":" in inside and before[-1:].isalnum()
    return not cites and not named


_WORD = re.compile(r"[^\W\d_A-Z]{3}|DD|MM|YY|TT|JJ")
"""What the codes of standards have not: small letters, those of a script without capitals, the form of a date."""
