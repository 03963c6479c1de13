"""Has this been asked before? How likely a question asks for the same as the wordings of approved answers.

Matching a question to questions is far surer than matching it to prose, so an entry that was asked
for the same wins over every passage. Each entry is weighed against all others and against the chance
that nothing like it was asked before: freely worded questions share little with any entry, but clearly
more with the right one than with the rest. Siblings, questions about the same control, share most of
their words and concepts with each other, so each notion counts by how few of the entries at hand have it.
The model is a small logistic one; its numbers were fitted to free rewordings of a long questionnaire's
questions, each against that questionnaire's questions, once with the right one among them and once without
it, and to questions that are off every topic.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from assistant.matching import background
from assistant.matching.choice import turned, yes_no
from assistant.matching.quantities import EVERY, LASTING, quantities
from assistant.matching.reading import Asked
from assistant.matching.routing import route
from assistant.matching.signs import DIMENSIONS, WANTED
from assistant.matching.wordings import Numbering, Wordings
from assistant.matching.words import words

SAME = 0.5
"""From here on an approved answer is reused: it is more likely than not that the same is asked."""

_NOTHING = 11.2
"""What speaks for a question's being new."""

_WEIGHTS = np.array((1.08, 0.98, 1.94, 3.84, 6.18, 4.4, -1.8, 1.3, 4.43, 2.09, 1.79, -1.82, -2.88, -1.13, -1.28, -3.52))
"""What each of the signals speaks for a question's asking for the same, in the order of `NAMES`."""
_AS_ITSELF = 0.9
"""Two entries are one question twice from this share on of what speaks for an entry's being asked for itself."""
_OPPOSED = 0.35
"""What is left when two questions differ in a number, a scope word, in polarity, in that one asks for a promise, or in
that one asks whether a policy exists and the other whether it is reviewed."""
_SUREST = 50.0
"""More than that speaks for nothing more."""
_SLIGHT = 0.05
"""A chance that is not worth a second look."""
_SURE = 0.99
"""The most when not the same words are asked."""
_ANOTHER = 0.49
"""The most when one names an unheard-of thing, or when what was asked before names nothing of its own."""

_POLICY, _REVIEWED = WANTED
_NO_MATTER = frozenset(("policies", "policy-review"))
"""Concepts that say what is asked of some matter, not which."""
_DIMENSIONS = tuple(frozenset(signs) for signs in DIMENSIONS.values())
_BRACKETS = re.compile(r"\([^)]*\)")
_ASIDE = re.compile(
    r"\b(?:so that|such that|so as to|in order to)\b[^;?]*"
    r"|\b(?:without|when|if|unless|until|before|after|while|where)\b[^,;?]*",
    re.IGNORECASE,
)
"""What says to what end or when; a denial in it ("so that nothing leaks") turns no answer round."""
_EXAMPLE = re.compile(r"(?:\bsuch as\b|\be\. ?g\.|\bfor (?:example|instance)\b)[^;?)]*", re.IGNORECASE)
"""What is only named as one of several; a number in it asks for nothing where the other question names none."""
_CONTRARY = tuple(
    tuple(re.compile(rf"\b(?:{side})", re.IGNORECASE) for side in sides)
    for sides in (
        ("allow|permit", "prohibit|forbid|disallow|bann?(?:ed|ing)?\\b|block(?:s|ed|ing)?\\b"),
        ("retain|kept\\b|keep(?:s|ing)?\\b|preserv", "delet|eras|destroy|destruct|purg|dispos|wip(?:e|ed|ing)\\b"),
        ("enabl", "disabl|deactivat"),
        ("includ", "exclud"),
    )
)
"""Words of which one question has the one kind and the other the contrary one: to allow is not to prohibit."""
_PLACES = {
    place: name
    for name, places in (
        ("EU", "eu|eea|european|europe"),
        ("UK", "uk|kingdom|britain"),
        ("US", "us|usa|u.s|states|american"),
        ("CA", "canada|canadian"),
        ("CH", "switzerland|swiss"),
        ("AU", "australia|australian"),
        ("IN", "india|indian"),
        ("CN", "china|chinese"),
        ("JP", "japan|japanese"),
    )
    for place in places.split("|")
}
_CAPITALS = re.compile(r"\b[A-Z][\w.]*\w\b")


class Library:
    """The approved answers that questions are weighed against; it remembers their wordings in numbers."""

    def __init__(self, before: Mapping[int, Sequence[Asked]], concept_weights: Mapping[str, float]) -> None:
        """Hold the wordings that each answer was asked in; `concept_weights` tell how telling each concept is."""
        self.before = before
        self.numbers = np.array(list(before), dtype=np.intp)
        self._numbering = Numbering(concept_weights)

    def chances(self, asked: Asked, numbers: Sequence[int]) -> list[float]:
        """Return for each answer among `numbers` the probability that it was asked for the same as `asked` asks for.

        Answers that were asked for the same as each other do not compete, nor do those that cannot be meant: the
        probabilities may add up to more than 1.
        """
        return self._weighed(asked, [self.before[number] for number in numbers]) if numbers else []

    def likeness(self, asked: Asked, before: Asked) -> float:
        """Return the probability that `asked` asks for the same as what was asked `before`; 1 for the same words."""
        return self._weighed(asked, [(before,)])[0]

    def _weighed(self, asked: Asked, entries: Sequence[Sequence[Asked]]) -> list[float]:
        known = Wordings([[self._numbering.before(wording) for wording in entry] for entry in entries])
        speaks = known.signals(self._numbering.now(asked)) @ _WEIGHTS
        closest = known.highest(speaks)
        odds = np.exp(np.minimum(speaks[closest], _SUREST) - _NOTHING)
        found: list[float] = (odds / (1.0 + odds.sum())).tolist()
        likely = np.flatnonzero(odds > _SLIGHT * (1.0 + odds.sum()))
        ours = {entry: known.every[closest[entry]] for entry in likely.tolist()}
        apart = {entry: opposed(asked, wording.asked) for entry, wording in ours.items()}
        vague = {entry: _vague(asked, wording.asked) for entry, wording in ours.items()}
        # What cannot be meant takes nothing from what can.
        rivals = odds.copy()
        for entry in ours:
            rivals[entry] *= 0.0 if vague[entry] else _OPPOSED if apart[entry] else 1.0
        for entry, wording in ours.items():
            others = rivals.copy()
            others[entry] = 0.0
            if len(ours) > 1:
                alike = known.signals(wording)[closest] @ _WEIGHTS
                others[likely[alike[likely] > _AS_ITSELF * alike[entry]]] = 0.0
            chance = float(odds[entry] / (1.0 + odds[entry] + others.sum()))
            sure = _ANOTHER if vague[entry] or _unheard(asked, wording.asked) else _SURE
            found[entry] = min(sure, chance) * (_OPPOSED if apart[entry] else 1.0)
        for entry, place in enumerate(closest):
            if known.every[place].asked.key == asked.key:
                found[entry] = 1.0
        return found


def opposed(asked: Asked, before: Asked) -> bool:
    """Return whether two questions differ in what makes the answer another, however alike they are."""
    return (
        _differ(_numbers(asked.text), _numbers(before.text), asked.numbers == before.numbers)
        or _differ(_numbers(asked.text, of_examples=True), _numbers(before.text, of_examples=True))
        or _differ(_places(asked.text), _places(before.text))
        or any(_apart(asked.signs & dimension, before.signs & dimension) for dimension in _DIMENSIONS)
        or _turned(asked.text, before.text)
        or _contrary(asked.text, before.text)
        or (_POLICY in asked.signs & before.signs and (_REVIEWED in asked.signs) != (_REVIEWED in before.signs))
        or route(asked.text) != route(before.text)
    )


def _differ(ours: frozenset[object], theirs: frozenset[object], both: bool = True) -> bool:
    """Return whether two questions name other things; with `both`, only where each of them names some."""
    return ours != theirs and (bool(ours and theirs) or not both)


@lru_cache(maxsize=16384)
def _places(text: str) -> frozenset[object]:
    """Return the countries and unions that `text` names, written with a capital: "us" is no country."""
    return frozenset(_PLACES[word.casefold()] for word in _CAPITALS.findall(text) if word.casefold() in _PLACES)


def _contrary(one: str, other: str) -> bool:
    """Return whether of two questions for a yes or no one asks for the contrary of what the other asks for."""
    if yes_no(one) is None or yes_no(other) is None:
        return False
    one, other = _main(one), _main(other)
    for sides in _CONTRARY:
        ours, theirs = ([bool(side.search(text)) for side in sides] for text in (one, other))
        if sum(ours) == sum(theirs) == 1 and ours != theirs:
            return True
    return False


@lru_cache(maxsize=16384)
def _numbers(text: str, of_examples: bool = False) -> frozenset[object]:
    """Return the numbers that `text` names, apart from examples or of these alone.

    A period is the same in days, months or as a word: every 12 months.
    """
    rest, found = " ".join(_EXAMPLE.findall(text)) if of_examples else _EXAMPLE.sub(" ", text), set[object]()
    for quantity in quantities(rest):
        if quantity.dimension.startswith((EVERY, LASTING)):
            rest = rest.replace(quantity.text, " ")
            days = quantity.high if math.isfinite(quantity.high) else quantity.low
            found.add((quantity.dimension, round(math.log(days), 1) if days > 0 else days))
    return frozenset(found.union(word for word in words(rest) if word[0].isdigit()))


def _unheard(asked: Asked, before: Asked) -> bool:
    """Return whether `asked` names a thing that nobody in the field knows, and the other does not."""
    return any(asked.notions[term] == {term} and term not in before.terms for term in asked.strange)


def _vague(asked: Asked, before: Asked) -> bool:
    """Return whether `asked` names a matter and `before` none, as "are the policies reviewed?" in its section."""
    return (
        bool(asked.leaves - _NO_MATTER)
        and before.leaves <= _NO_MATTER
        and all(background.listed(term) for term in before.terms)
    )


def _turned(one: str, other: str) -> bool:
    """Return whether of two questions for a yes or no one is put the other way round."""
    asked, before = yes_no(one), yes_no(other)
    if asked is None or before is None:
        return False
    return turned(_main(asked)) != turned(_main(before))


def _main(question: str) -> str:
    """Return `question` without what is said aside."""
    return _ASIDE.sub(" ", _BRACKETS.sub(" ", question))


def _apart(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Return whether both narrow the matter, and differently: at rest and in transit."""
    return bool(ours) and bool(theirs) and not ours & theirs
