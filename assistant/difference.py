"""How two answers to the same question differ: in the choice, in substance, or in the wording only.

Told apart, so that a page full of rewordings does not hide the one answer that says something else.
Standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from assistant.answer import Answer
from assistant.followups import said

_COMMON = 0.34
"""With a smaller share of the shorter text's words in the other, the two say different things."""
_CLOSE = 0.75
"""From here on the two texts are one sentence reworded, and a denial in only one of them turns it round."""
_DENIAL = re.compile(r"\b(?:not|never|no|none|neither|nor|cannot|without)\b|n['’]t\b", re.IGNORECASE)
_LIGHT = frozenset(
    re.findall(
        r"\w+",
        """a an and are as at be been by can do does for from has have if in into is it its no not of on or our such
        that the their them they this those to us was we were which who will with you your all any also each every""",
    )
)
_PERIODS: tuple[tuple[str, str], ...] = (
    (r"once (?:a|per) year|every year|each year|per year|every (?:12|twelve) months|yearly|annual(?:ly)?", "yearly"),
    (r"twice (?:a|per) year|every (?:6|six) months|semi-?annual(?:ly)?|half-?yearly|bi-?annual(?:ly)?", "half-yearly"),
    (r"every quarter|each quarter|per quarter|every (?:3|three) months|quarterly", "quarterly"),
    (r"every month|each month|per month|once a month|monthly", "monthly"),
    (r"every week|each week|per week|once a week|weekly", "weekly"),
    (r"every day|each day|per day|once a day|daily|nightly", "daily"),
    (r"every hour|each hour|hourly", "hourly"),
)
_PERIOD = tuple((re.compile(rf"\b(?:{rule})\b", re.IGNORECASE), name) for rule, name in _PERIODS)
_NUMBER_WORDS: Mapping[str, str] = {
    word: str(number)
    for number, word in enumerate(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=2)
} | {"twelve": "12", "thirty": "30", "sixty": "60", "ninety": "90"}
_WORD = re.compile(r"\w+(?:[.,]\d+)*", re.IGNORECASE)


class Difference(StrEnum):
    """How an answer differs from another."""

    NONE = "none"
    WORDING = "wording"
    """In other words, or with more of it; nothing contradicts."""
    SUBSTANCE = "substance"
    """In a number, a period, a denial, or in what it speaks of."""
    CHOICE = "choice"

    @property
    def matters(self) -> bool:
        """Return whether somebody has to look at it."""
        return self in (Difference.SUBSTANCE, Difference.CHOICE)


def difference(one: Answer, other: Answer) -> Difference:
    """Return how two answers to the same question differ."""
    ours, theirs = said(one), said(other)
    if ours is not None and theirs is not None:
        if ours is not theirs:
            return Difference.CHOICE
    elif one.choice and other.choice and " ".join(_words(one.choice)) != " ".join(_words(other.choice)):
        return Difference.CHOICE
    if one.not_applicable or other.not_applicable:
        # Both say so; why is told in other words from time to time.
        return Difference.NONE if one.not_applicable == other.not_applicable else Difference.WORDING
    return _between(one.text, other.text)


def _between(one: str, other: str) -> Difference:
    ours, theirs = _words(one), _words(other)
    if ours == theirs:
        return Difference.NONE
    if not ours or not theirs:
        return Difference.WORDING
    quantities, their_quantities = _quantities(one), _quantities(other)
    if quantities - their_quantities and their_quantities - quantities:
        return Difference.SUBSTANCE
    mine, their = _telling(one), _telling(other)
    shorter, common = min(len(mine), len(their)), len(mine & their)
    if shorter and common < _COMMON * shorter:
        return Difference.SUBSTANCE
    close = 2 * common >= _CLOSE * (len(mine) + len(their))
    if close and bool(_DENIAL.search(one)) != bool(_DENIAL.search(other)):
        return Difference.SUBSTANCE
    return Difference.WORDING


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text without what makes no difference: case, punctuation, a plural or another form."""
    return tuple(_stem(word) for word in _said(text))


@lru_cache(maxsize=4096)
def _telling(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _said(text) if word not in _LIGHT)


def _said(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _stem(word: str) -> str:
    """Return the word without a common ending; crude, and the same for both texts."""
    return re.sub(r"(?<=\w{3})(?:ies|ied|ing|ed|es|s|e|y|ly)$", "", word)


@lru_cache(maxsize=4096)
def _quantities(text: str) -> frozenset[str]:
    """Return the numbers and periods in a text, one way of saying them for all."""
    found = set()
    for rule, name in _PERIOD:
        told = rule.sub(" ", text)
        if told != text:
            found.add(name)
        text = told
    for word in re.findall(r"\d+(?:[.,]\d+)*|[a-z]+", text.casefold()):
        if word[0].isdigit():
            found.add(word.rstrip(".,"))
        elif word in _NUMBER_WORDS:
            found.add(_NUMBER_WORDS[word])
    return frozenset(found)
