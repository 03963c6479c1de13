"""The quantities that a sentence states: periods, durations, versions, key lengths, percentages, counts, sums.

Read in general, so that "annually", "every year" and "once every 12 months" are one, and "TLS 1.2 or
later" leaves room for 1.3. What a quantity is said of is no business of this module.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from assistant.matching.words import words

EVERY, LASTING = "every", "lasting"
"""The dimensions of time: how often something is done, and how long or by when. Both are counted in days."""

_DAYS = {
    "second": 1 / 86400,
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "night": 1.0,
    "week": 7.0,
    "fortnight": 14.0,
    "month": 365.25 / 12,
    "quarter": 365.25 / 4,
    "year": 365.25,
}
_COUNTED = {
    word: float(number)
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
} | {
    "a": 1.0,
    "an": 1.0,
    "fourteen": 14.0,
    "fifteen": 15.0,
    "twenty": 20.0,
    "thirty": 30.0,
    "forty-five": 45.0,
    "sixty": 60.0,
    "ninety": 90.0,
}
_FREQUENT = {
    "continuously": 0.0,
    "hourly": _DAYS["hour"],
    "daily": 1.0,
    "nightly": 1.0,
    "weekly": 7.0,
    "fortnightly": 14.0,
    "monthly": _DAYS["month"],
    "quarterly": _DAYS["quarter"],
    "half-yearly": _DAYS["year"] / 2,
    "semi-annually": _DAYS["year"] / 2,
    "semi-annual": _DAYS["year"] / 2,
    "semiannually": _DAYS["year"] / 2,
    "annually": _DAYS["year"],
    "annual": _DAYS["year"],
    "yearly": _DAYS["year"],
}
"""Days between two times. What some read as twice a year and others as every two years (biannual) is left out."""

WORD_NUMBER = "|".join(word for word in sorted(_COUNTED, key=len, reverse=True) if word not in {"a", "an", "zero"})
_NUMBER = rf"\d[\d,]*(?:\.\d+)?|{WORD_NUMBER}"
_UNIT = r"(?P<unit>second|minute|hour|day|night|week|fortnight|month|quarter|year)s?\b"
_WORKING = r"(?P<working>(?:business|working)[ -])?(?:calendar[ -]|consecutive[ -])?"

_EVERY = re.compile(
    rf"\b(?:(?P<times>once|twice|(?:{_NUMBER}) times|one time) (?:(?:in )?an?|per|each|every|in every)"
    rf"|every|each) (?:(?P<number>{_NUMBER}|other)[ -])?{_WORKING}{_UNIT}",
    re.IGNORECASE,
)
_OFTEN = re.compile(rf"\b(?:{'|'.join(_FREQUENT)})\b", re.IGNORECASE)
_LASTING = re.compile(
    rf"(?<![\w.,:/-])(?:(?P<low>{_NUMBER})(?: ?[-–] ?| to | and ))?(?P<number>{_NUMBER})(?: \(\d+\))?[ -]"
    rf"{_WORKING}{_UNIT}"
    r"(?! ago| old| in advance)",
    re.IGNORECASE,
)
_CYCLE = re.compile(r"\b(?:cycle|interval|cadence|cryptoperiod|rotation (?:period|schedule)|rhythm)\b", re.IGNORECASE)
_VERSION = re.compile(
    r"\b(?P<name>(?!(?:ISO|IEC|NIST|OF|IN|TO|SEE|AND|OR|NO|ID|REQ|SECTION|APPENDIX|VERSION|CONTROL)\b)"
    r"[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:[ -]DSS)?)"
    r"(?:[ -]?(?:protocol )?(?:versions? |v\.? ?)| ?-?)"
    r"(?P<first>\d+\.\d+(?:\.\d+)?)"
    r"(?P<rest>(?:(?:, | ?/ ?| and | or |, and |, or )(?:(?P=name) ?)?v?\d+\.\d+(?:\.\d+)?)*)"
)
_KEYS = (
    re.compile(r"\b(?P<name>AES|RSA|SHA)[- ]?(?P<number>\d{1,4})(?:[- ]bits?)?\b", re.IGNORECASE),
    re.compile(r"\b(?P<number>\d{2,4})[- ]?bits? (?P<name>AES|RSA)\b", re.IGNORECASE),
    re.compile(
        r"\b(?P<name>AES|RSA)\b(?: encryption)?(?: with| using|,)?(?: an?)? (?P<number>\d{2,4})[- ]?bits?\b", re.I
    ),
)
_EDITION = re.compile(r"\b(?P<name>ISO(?:[ /-]?IEC)?[ -]?\d{4,5}(?:-\d)?)[:-](?P<number>(?:19|20)\d\d)\b")
_TYPE = re.compile(r"\b(?P<name>SOC[ -]?[12])[ ,]{0,2}\(?Type[ -]?(?P<number>II|I|1|2)\b", re.IGNORECASE)
_PERCENT = re.compile(r"(?<![\w.])(?P<number>\d+(?:\.\d+)?) ?(?:%|percent\b|per cent\b)", re.IGNORECASE)
_MONEY = re.compile(
    r"(?P<name>[$€£]|\b(?:USD|EUR|GBP|CHF) ?)(?P<number>\d[\d,]*(?:\.\d+)?)"
    r" ?(?P<scale>million|m\b|thousand|k\b|billion)?",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?<![\w.,:/#-])(?P<number>\d{{1,3}}|(?!one\b)(?:{WORD_NUMBER})) (?:[a-z][a-z-]+ ){{0,2}}?"
    r"(?P<noun>[a-z]{3,}(?<!s)s)\b"
)
_NOT_COUNTED = re.compile(
    r"\b(?:section|article|chapter|clause|annex|appendix|version|type|tier|level|step|phase|part|page|control|of|these|"
    r"those|the|[A-Z]{2,})[ -]$"
)
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "billion": 1e9, "": 1.0}

_LEAST_BEFORE = re.compile(
    r"\b(?:at least|at a minimum(?: of)?|no(?:t)? less (?:frequently |often )?than|no(?:t)? fewer than"
    r"|(?:a |the )?minimum(?: (?:length|period|retention|version))?(?: of)?|(?<!not )(?<!no )more than"
    r"|(?<!not )(?<!no )longer than|exceed(?:s|ing))(?: of)? $|(?:>=?|≥) ?$",
    re.IGNORECASE,
)
_LEAST_AFTER = re.compile(
    r"^(?:\+| ?,? ?\(?(?:or|and) (?:(?:an?|any) )?(?:greater|higher|later|above|newer|more|longer|better|stronger|up|"
    r"over|beyond)\b(?: version)?|,? (?:at (?:a|the) )?(?:minimum|very least|least)\b|,? as a minimum\b)",
    re.IGNORECASE,
)
_MOST_BEFORE = re.compile(
    r"\b(?:up to|at (?:the )?most|no(?:t)? more than|no(?:t)? longer than|(?:a |the )?max(?:imum)?(?: of)?|within"
    r"|(?<!no )(?<!not )less than|no(?:t)? later than|not exceed(?:ing)?|(?<!no )(?<!not )fewer than)"
    r"(?: a (?:period|maximum) of)?(?: the (?:first|next))? $|(?:<=?|≤) ?$",
    re.IGNORECASE,
)
_DENIED_MORE = re.compile(r"\b(?:not|never|cannot)\b[^.;,]{0,40}\b(?:more|longer|later) than $", re.IGNORECASE)
_MOST_AFTER = re.compile(
    r"^(?: ?,? ?\(?or (?:less|fewer|sooner|shorter|below|under)\b|,? (?:at (?:the )?)?(?:most|maximum|latest)\b)",
    re.IGNORECASE,
)
_ROUGHLY = re.compile(
    r"\b(?:about|around|approximately|approx\.?|roughly|typically|usually|on average|some) $|~ ?$", re.I
)


class Quantity(NamedTuple):
    """A stated quantity: of which `dimension`, from `low` to `high` (infinite where it is open), and its words.

    `start` and `end` are the place of `text` in the sentence.
    """

    dimension: str
    low: float
    high: float
    text: str
    start: int
    end: int
    roughly: bool = False

    @property
    def least(self) -> bool:
        """Return whether only a least was stated."""
        return math.isinf(self.high) and not math.isinf(self.low)

    @property
    def most(self) -> bool:
        """Return whether only a most was stated."""
        return math.isinf(self.low) and not math.isinf(self.high)

    def contradicts(self, other: Quantity) -> bool:
        """Return whether both cannot be meant: they have nothing in common, or are two different limits."""
        if self.dimension != other.dimension:
            return False
        if self.roughly or other.roughly:
            return _apart(self, other, 0.5)
        slack = 0.035 if self.dimension.startswith((EVERY, LASTING)) else 0.0
        if self.least and other.least:
            return _differ(self.low, other.low, slack)
        if self.most and other.most:
            return _differ(self.high, other.high, slack)
        return _apart(self, other, slack)


def _differ(one: float, other: float, slack: float) -> bool:
    return abs(one - other) > slack * max(abs(one), abs(other))


def _apart(one: Quantity, other: Quantity, slack: float) -> bool:
    below, above = (one, other) if one.high < other.high or one.low < other.low else (other, one)
    return below.high < above.low and _differ(below.high, above.low, slack)


def quantities(sentence: str) -> list[Quantity]:
    """Return the quantities that `sentence` states, one a dimension: what it lists ("1.2 and 1.3") is one range."""
    found: list[Quantity] = []
    for sign, read in _READ:
        for quantity in read(sentence) if sign(sentence) else ():
            if all(quantity.end <= other.start or other.end <= quantity.start for other in found):
                found.append(quantity)
    merged: dict[str, Quantity] = {}
    for quantity in sorted((_limited(quantity, sentence) for quantity in found), key=lambda each: each.start):
        known = merged.get(quantity.dimension)
        merged[quantity.dimension] = quantity if known is None else _together(known, quantity, sentence)
    return list(merged.values())


def _together(one: Quantity, other: Quantity, sentence: str) -> Quantity:
    """Return the range that holds both; of two limits nothing is certain but that range."""
    return one._replace(
        low=min(one.low, other.low),
        high=max(one.high, other.high),
        text=sentence[one.start : other.end],
        end=other.end,
        roughly=one.roughly or other.roughly,
    )


def _limited(quantity: Quantity, sentence: str) -> Quantity:
    """Return `quantity` with the words around it that make a limit of it."""
    before, after = sentence[: quantity.start], sentence[quantity.end :]
    denied = _DENIED_MORE.search(before)
    most = denied or _MOST_BEFORE.search(before) or _MOST_AFTER.search(after)
    least = None if denied else _LEAST_BEFORE.search(before) or _LEAST_AFTER.search(after)
    limit = most or least
    rough = _ROUGHLY.search(before)
    if limit is None:
        return quantity._replace(roughly=rough is not None)
    in_front = limit.string is before
    start = limit.start() if in_front else quantity.start
    end = quantity.end if in_front else quantity.end + limit.end()
    # "At least every 90 days" limits the days from above.
    upper = (most is not None) != (quantity.dimension.startswith(EVERY))
    return quantity._replace(
        low=-math.inf if upper else quantity.low,
        high=quantity.high if upper else math.inf,
        text=sentence[start:end].strip(" ,("),
        start=start,
        end=end,
        roughly=rough is not None,
    )


def _number(text: str) -> float:
    text = text.lower()
    return _COUNTED[text] if text in _COUNTED else float(text.replace(",", ""))


def _version(text: str) -> float:
    major, *minor = (int(part) for part in text.lstrip("vV").split("."))
    return float(major) + sum(part / 100.0 ** (place + 1) for place, part in enumerate(minor))


def _made(found: re.Match[str], dimension: str, low: float, high: float | None = None) -> Quantity:
    return Quantity(dimension, low, low if high is None else high, found.group(), found.start(), found.end())


def _periods(sentence: str) -> Iterator[Quantity]:
    for found in _EVERY.finditer(sentence):
        number, times = found["number"] or "one", (found["times"] or "once").lower()
        days = (2.0 if number.lower() == "other" else _number(number)) * _DAYS[found["unit"].lower()]
        often = {"once": 1.0, "twice": 2.0}.get(times.split()[0]) or _number(times.split()[0])
        yield _made(found, f"{EVERY} working" if found["working"] else EVERY, days / often)
    for found in _OFTEN.finditer(sentence):
        yield _made(found, EVERY, _FREQUENT[found.group().lower()])


def _durations(sentence: str) -> Iterator[Quantity]:
    dimension = EVERY if _CYCLE.search(sentence) else LASTING
    for found in _LASTING.finditer(sentence):
        unit = _DAYS[found["unit"].lower()]
        high = _number(found["number"]) * unit
        low = _number(found["low"]) * unit if found["low"] else high
        yield _made(found, f"{dimension} working" if found["working"] else dimension, min(low, high), high)


def _versions(sentence: str) -> Iterator[Quantity]:
    for found in _VERSION.finditer(sentence):
        listed = [_version(text) for text in re.findall(r"\d+\.\d+(?:\.\d+)?", f"{found['first']} {found['rest']}")]
        yield _made(found, found["name"].removesuffix("v").upper().replace("-", " "), min(listed), max(listed))


def _keys(sentence: str) -> Iterator[Quantity]:
    for rule in _KEYS:
        for found in rule.finditer(sentence):
            yield _made(found, found["name"].upper(), float(found["number"]))


def _editions(sentence: str) -> Iterator[Quantity]:
    for found in _EDITION.finditer(sentence):
        standard = re.sub(r"[^0-9-]", "", found["name"]).strip("-")
        yield _made(found, f"ISO {standard}", float(found["number"]))
    for found in _TYPE.finditer(sentence):
        yield _made(
            found, re.sub(r"[ -]", "", found["name"].upper()), 2.0 if found["number"] in ("2", "II", "ii") else 1.0
        )


def _percentages(sentence: str) -> Iterator[Quantity]:
    for found in _PERCENT.finditer(sentence):
        yield _made(found, "percent", float(found["number"]))


def _sums(sentence: str) -> Iterator[Quantity]:
    for found in _MONEY.finditer(sentence):
        scale = _SCALES[(found["scale"] or "").lower()]
        yield _made(found, f"money {found['name'].strip().upper()}", _number(found["number"]) * scale)


def _counts(sentence: str) -> Iterator[Quantity]:
    for found in _COUNT.finditer(sentence):
        if not _NOT_COUNTED.search(sentence[: found.start()]):
            noun = " ".join(words(found["noun"]))
            if noun not in _DAYS and noun not in {"time", "factor", "way", "such"}:
                yield _made(found, f"number of {noun}", _number(found["number"]))


def _any(*signs: str) -> Callable[[str], bool]:
    """Return what tells whether a text has one of `signs`, in whatever case."""
    return lambda text: any(map(text.lower().__contains__, signs))


# A quick look for a sign of each spares the longer rules, which most sentences have no use for.
_READ: tuple[tuple[Callable[[str], object], Callable[[str], Iterator[Quantity]]], ...] = (
    (_any("iso", "soc"), _editions),
    (re.compile(r"\d\.\d").search, _versions),
    (_any("aes", "rsa", "sha"), _keys),
    (_any("every", "each", "once", "twice", "times", "one time", "ly", "annual"), _periods),
    (_any("second", "minute", "hour", "day", "night", "week", "month", "quarter", "year"), _durations),
    (_any("%", "cent"), _percentages),
    (re.compile(r"[$€£]|USD|EUR|GBP|CHF").search, _sums),
    (re.compile(rf"(?:\d|\b(?:{WORD_NUMBER})) ").search, _counts),
)
