"""What the codes that a form allows as answers stand for, where the form explains them.

"F = Fully compliant, P = Planned" in a header or an instruction, "(F) Fully", "Fully compliant (F)", or a small table
of code and wording. Codes are capital letters; numbers are left to people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice

from assistant.filling import canonical, sense
from assistant.questionnaire import Question, Questionnaire

_CODE = re.compile(r"[A-Z]{1,3}$")
_MOST_ROWS = 20_000
_LEAST = 2
"""Codes of a field that are explained from which on it is a legend."""
_SHORTEST_TEXT, _LONGEST_TEXT = 4, 1_000
_LONGEST_WORDING = 80
_LONGEST_BEFORE = 3
"""Words before a code in brackets that may be its wording."""
_SIGN = re.compile(r"[=:–—-]")
"""What stands between a code and its wording."""
_OPENS = ("", ":", ".", ";", "：", "。")
"""What stands before the first code in brackets where the codes stand before their wordings."""


def explained(found: Questionnaire, rows: Callable[[], Iterable[Sequence[str]]]) -> Questionnaire:
    """Return the questionnaire with what the values of its choices stand for.

    `rows` gives the texts of the document, those that stand side by side together; it is called only when there are
    codes to explain.
    """
    choices = (question.choice_field for question in found.questions)
    allowed = {field.allowed() for field in choices if field is not None}  # many questions take the same values
    codes = {code for values in allowed for code in _codes(values)}
    if not codes:
        return found
    meanings = legend(rows(), codes)
    return replace(found, questions=tuple(_explained(question, meanings) for question in found.questions))


def _codes(allowed: Sequence[str]) -> list[str]:
    """Return the codes among the values that a field allows, [] when these say enough."""
    codes = [value for value in allowed if _CODE.match(value)]
    return codes if len(codes) >= _LEAST and set(codes) - {"Y", "N", "NA"} else []


def _explained(question: Question, meanings: dict[str, str]) -> Question:
    choice = question.choice_field
    codes = _codes(choice.allowed()) if choice is not None else []
    told = tuple((code, meanings[code]) for code in codes if code in meanings)
    if len(told) < _LEAST:
        return question
    fields = tuple(replace(field, meanings=told) if field is choice else field for field in question.fields)
    return replace(question, fields=fields)


def legend(rows: Iterable[Sequence[str]], codes: set[str]) -> dict[str, str]:
    """Return what `codes` stand for; one that is explained in two ways is left out."""
    patterns = _Patterns(codes)
    found: dict[str, list[str]] = {}
    alone: dict[str, list[str]] = {}
    for row in islice(rows, _MOST_ROWS):
        texts = [text.strip() for text in row if text and text.strip()]
        if len(texts) == 2 and texts[0] in codes and len(texts[1]) <= _LONGEST_WORDING:
            alone.setdefault(texts[0], []).append(texts[1])
        for text in texts:
            if _SHORTEST_TEXT <= len(text) <= _LONGEST_TEXT:
                for code, wording in patterns.told(text):
                    found.setdefault(code, []).append(wording)
    agreed = {}
    for code in found.keys() | alone.keys():
        # What stands beside a code in a row of its own goes before a text such as "Attachment C: Requirements".
        wordings = [*alone.get(code, ()), *found.get(code, ())]
        told = [wording for wording in wordings if sense(wording) is not None]
        if len({sense(wording) for wording in told}) <= 1:
            agreed[code] = (told or wordings)[0]
    return agreed


class _Patterns:
    """The ways in which a text explains one of some codes."""

    def __init__(self, codes: set[str]) -> None:
        self._codes = codes
        some = "|".join(map(re.escape, sorted(codes, key=len, reverse=True)))
        wording = rf"[^\W\d_][^;,|/()\n=]{{1,{_LONGEST_WORDING}}}"
        self._plain = re.compile(rf"(?<![\w&(])({some})(?:\s*[=:]|\s+[-–—])\s*({wording})")
        self._bracketed = re.compile(rf"\(({some})\)\s*({wording})")
        self._behind = re.compile(rf"([^\W\d_][\w -]{{2,{_LONGEST_WORDING}}}?)\s*\(({some})\)")

        self._in_brackets = re.compile(rf"\(({some})\)")

    def told(self, text: str) -> list[tuple[str, str]]:
        """Return each code that `text` explains with its wording."""
        if not any(code in text for code in self._codes):
            return []
        found = [(code, wording.strip()) for code, wording in self._plain.findall(text)] if _SIGN.search(text) else []
        if not self._in_brackets.search(text):
            return found  # as nearly every text; the patterns below look at each of its words
        first = self._bracketed.search(text)
        if first is not None and text[: first.start()].rstrip()[-1:] in _OPENS:
            return [*found, *((code, wording.strip()) for code, wording in self._bracketed.findall(text))]
        behind = [(code, _at_the_end(words)) for words, code in self._behind.findall(text)]
        return [*found, *((code, wording) for code, wording in behind if wording)]


def _at_the_end(words: str) -> str:
    """Return the wording before a code in brackets, as in "say whether you comply fully (F)", "" for none."""
    last = words.split()[-_LONGEST_BEFORE:]
    endings = (" ".join(last[first:]) for first in range(len(last)))
    return next((ending for ending in endings if canonical(ending) is not None), "")
