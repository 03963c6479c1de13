"""Which questions are nearly the same: another wording, and the same answer is expected.

Likeness (`library`) asks which of many entries a question means; here nothing else is there to compare with, and
an answer that differs is going to be pointed out to somebody. So each question has to account for what the other
says: its words, or the concepts they name, its numbers and periods, and every word that turns an answer round or
narrows it. "Is data ever stored outside the EU?" and "Is data stored only inside the EU?" share all but those.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

import numpy as np

from assistant.matching.analysis import terms
from assistant.matching.choice import turned, yes_no
from assistant.matching.choice_wordings import PERIOD
from assistant.matching.claims import KINDS
from assistant.matching.duplicates import sharing_rare
from assistant.matching.library import SAME, Library
from assistant.matching.reading import Asked, Reader
from assistant.matching.routing import route
from assistant.matching.scoring import Ints, Postings
from assistant.matching.signs import DIMENSIONS
from assistant.matching.words import words

_UNMET = 0.3
"""How much weight of a question's words the other may leave unaccounted for: one everyday word such as "data"."""
_RAREST = 3
"""Two wordings of a question share one of this many of their rarest terms or concepts."""
_COMPARED, _TELLING_MOST = 8, 4
"""How many approved answers are held against a question: those that share most of so many rare terms and concepts."""
_NEUTRAL = frozenset(
    terms(
        words(
            """perform conduct carry take make do undertake complete execute apply implement ensure require enforce
            maintain provide use utilize operate process formal formally document documented documentation establish
            define currently regularly periodically periodic regular regularly ever please service solution company
            organization vendor supplier provider least once twice per basis time year month week day annual annually
            yearly quarterly monthly weekly daily appoint designate hold
            customer client system all any each every often frequency frequently
            interval cadence"""
        )
    )
)
"""Words that one wording has and another leaves out without asking for something else."""
_LIMITS: Mapping[str, str] = {
    **dict.fromkeys(("only", "solely", "exclusively", "just", "merely"), "only"),
    **dict.fromkeys(("not", "never", "no", "cannot", "nobody", "none"), "not"),
    **dict.fromkeys(("inside", "within"), "inside"),
    **dict.fromkeys(("after", "upon", "following"), "after"),
    **{word: word for word in ("outside", "without", "except", "unless", "before", "until", "own", "both")},
}
"""Words that turn an answer round or narrow it: both questions must have the same."""
_TELLING = 1.0
"""A question that names no concept stands alone when one of its words is so rare; others ask about their section."""
_POINTING = re.compile(
    r"^\W*(?:(?:is|are|was|were|do|does|did|has|have|can|will|how|when|where|who|why|what|if|by whom|please|describe)\b"
    r"[\w ]{0,12}?\b)?(?:it|this|these|those|they|them)\b"
    r"|\b(?:the above|above[- ]mentioned|mentioned above|(?:described|listed|given|stated) (?:above|below)|"
    r"previous (?:question|answer))\b",
    re.IGNORECASE,
)
"""What asks about something that another line names."""
_OFTEN = re.compile(r"\b(?:how (?:often|frequently)|frequency|intervals?|cadence)\b", re.IGNORECASE)
_TELLS = re.compile(r"\b(?:notif|inform|report|shar|disclos|communicat|alert|tell|told|escalat)", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(customer|client|regulator|authorit|supervis|management|board|executive|user|employee|staff|law enforcement|"
    r"public|partner|supplier|vendor|third)",
    re.IGNORECASE,
)
"""Who is told of something: to tell the customers is not to tell the authorities."""
_CLASS = re.compile(r"\b(?:type|level|tier|class|grade|stage) ?(i{1,3}|iv|v|\d|[a-e])\b", re.IGNORECASE)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
_NAME = re.compile(r"(?<=[\w,(/] )[A-Z]\w+|(?<=[(/])[A-Z]\w+")
"""A name within a sentence; where places are asked about, which place it is makes the question."""
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z]{1,6})\)")
"""An abbreviation behind the words it stands for."""
_WHO = frozenset({"people:customers"})
"""What every customer's questionnaire is about, whether it says so or not."""
_THINGS = frozenset(DIMENSIONS["thing"])
"""A thing is named by one wording and goes without saying in another: keys are rotated, key rotation."""


def same(one: Asked, other: Asked) -> bool:
    """Return whether whoever answers one question has answered the other."""
    if one.key == other.key:
        return True
    return (
        one.numbers == other.numbers
        and (_narrowed(one) == _narrowed(other) or _covered(one, other))
        and not _apart(one.signs & _THINGS, other.signs & _THINGS)
        and not _apart(one.leaves - other.concepts.keys(), other.leaves - one.concepts.keys())
        and _demand(one.text) == _demand(other.text)
        and ("kind:place" not in one.signs or _places(one.text) == _places(other.text))
        and not KINDS & (one.terms.keys() ^ other.terms.keys())
        and _unmet(one, other) <= _UNMET
        and _unmet(other, one) <= _UNMET
    )


def stands_alone(asked: Asked) -> bool:
    """Return whether the question can be understood without its section and the questions before it."""
    named = any(weight >= _TELLING for term, weight in asked.telling.items() if term not in _NEUTRAL)
    return bool(asked.leaves or named) and not _POINTING.search(asked.text)


def pairs(texts: Sequence[str], others: Sequence[str], reader: Reader) -> Iterator[tuple[str, str]]:
    """Yield the pairs of nearly the same wordings of which one is among `texts`, the other there or in `others`."""
    fresh = set(texts)
    known = {text: reader.question(text) for text in (*texts, *others)}
    wordings = [text for text, each in known.items() if stands_alone(each)]
    asked = [known[text] for text in wordings]
    kinds = [0 if text in fresh else 1 for text in wordings]
    for one, other in sharing_rare([rare(each) for each in asked], _RAREST, kinds, {0: (0, 1), 1: (0,)}):
        if asked[one].key != asked[other].key and same(asked[one], asked[other]):
            yield wordings[one], wordings[other]


def rare(asked: Asked) -> frozenset[str]:
    """Return what two wordings of one question have in common: terms and concepts."""
    return frozenset(asked.terms) | frozenset(asked.concepts)


def _narrowed(asked: Asked) -> frozenset[str]:
    """Return what narrows the matter, and which kind of answer is wanted."""
    return frozenset(
        sign
        for sign in asked.signs - _WHO - _THINGS
        if not sign.startswith(("has:", "kind:cadence", "aspect:document"))
    )


def _places(text: str) -> frozenset[str]:
    return frozenset(name.casefold() for name in _NAME.findall(text))


def _covered(one: Asked, other: Asked) -> bool:
    """Return whether both name the same concepts and no word is left over: then a sign of one only tells nothing."""
    ours, theirs = _narrowed(one), _narrowed(other)
    return (
        bool(one.leaves)
        and one.leaves == other.leaves
        and (ours <= theirs or theirs <= ours)
        and not _unmet(one, other)
        and not _unmet(other, one)
    )


def _apart(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Return whether both have something, and nothing in common."""
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


@lru_cache(maxsize=4096)
def _demand(text: str) -> tuple[object, ...]:
    """Return what decides how a question is answered, whatever it is about."""
    said = re.findall(r"\w+", text.casefold())
    limits = frozenset(_LIMITS[word] for word in said if word in _LIMITS)
    negated = "not" in limits or bool(re.search(r"n['’]t\b", text))
    periods = frozenset(days for rule, days in PERIOD if rule.search(text))
    told = frozenset(who.casefold() for who in _TOLD.findall(text)) if _TELLS.search(text) else frozenset()
    classes = frozenset(_ROMAN.get(found, found) for found in map(str.casefold, _CLASS.findall(text)))
    manner = (yes_no(text) is not None, turned(text), route(text), bool(_OFTEN.search(text)))
    return (manner, periods, limits - {"not"}, negated, told, classes)


def _unmet(asked: Asked, before: Asked) -> float:
    """Return how much of what `asked` says is neither among the words of `before` nor a concept that it names."""
    short = frozenset(terms(words(" ".join(_ACRONYM.findall(asked.text)))))
    return sum(
        weight
        for term, weight in asked.telling.items()
        if term not in before.terms
        and term not in _NEUTRAL
        and term not in short
        and not any(meaning in before.concepts for meaning in asked.meanings.get(term, ()))
    )


def asked_before(
    asked: Asked, postings: Postings, before: Mapping[int, Sequence[Asked]], holds: Callable[[int], bool]
) -> list[int]:
    """Return the entries, among those that hold, asked for nearly the same; `before` are the wordings of each."""
    if not stands_alone(asked):
        return []
    found = _candidates(asked, postings, before, holds)
    return [number for number in found if any(same(asked, wording) for wording in before[number])]


def similar(asked: Asked, postings: Postings, library: Library, holds: Callable[[int], bool]) -> list[int]:
    """Return the entries that were more likely than not asked for the same, the likeliest first."""
    found = [
        (max(library.likeness(asked, wording) for wording in library.before[number]), -number)
        for number in _candidates(asked, postings, library.before, holds)
    ]
    return [-number for likely, number in sorted(found, reverse=True) if likely >= SAME]


def _candidates(
    asked: Asked, postings: Postings, before: Mapping[int, Sequence[Asked]], holds: Callable[[int], bool]
) -> list[int]:
    """Return the entries that hold and share most of the rarest terms and concepts with the question."""
    shared: list[Ints] = []
    for name, items in (("asked", asked.terms), ("concepts", asked.concepts)):
        documents = [found for item in items if len(found := postings.fields[name].documents(item))]
        shared += sorted(documents, key=len)[:_TELLING_MOST]
    if not shared:
        return []
    numbers, counts = np.unique(np.concatenate(shared), return_counts=True)
    wanted = (int(numbers[place]) for place in np.argsort(-counts, kind="stable"))
    return list(islice((number for number in wanted if number in before and holds(number)), _COMPARED))
