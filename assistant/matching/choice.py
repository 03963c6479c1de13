"""Yes, No or nothing: what the cited passage says to the yes/no in a question, decided apart from the text.

A match is no Yes. The question may be put the other way round ("without review", "unencrypted",
"former employees keep"), the passage may deny ("never", "do not", "only restricted staff"), limit
("configurable", "planned") or tell less than is asked ("regularly" for "at least monthly"). Each
such turn is looked for; what is left unsure stays blank, for a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.filling import canonical
from assistant.matching.analysis import core, stems, unnumbered
from assistant.matching.choice_wordings import (
    ABSENCE,
    ABSOLUTE,
    ANY_NUMBER,
    ANY_OPPOSED,
    ANY_PERIOD,
    ASKED,
    BARRED,
    EXCLUSIVE,
    FAULT,
    FULL,
    LIMIT,
    NEGATION,
    NO_NEGATION,
    NOT_YET,
    NUMBERS,
    OPEN,
    OPPOSED,
    PERIOD,
    RATHER,
    STATED,
    UNSURE,
    WHETHER,
    WITHOUT,
)
from assistant.matching.words import words
from assistant.statement import Passage
from assistant.suggestion import Choice


def yes_no(question: str) -> str | None:
    """Return the sentence that can be answered with yes or no, in lower case; None when the question is an open one."""
    first = re.split(r"(?<=[.?!])\s+(?=[A-Z])", unnumbered(question), maxsplit=1)[0].lower()
    asked = WHETHER.sub("", first)
    if asked != first:
        return asked
    if ASKED.match(first):
        return first
    if OPEN.match(first) or first.endswith("?") or len(words(first)) < 4:
        return None
    return first if STATED.search(first) else None


_SENTENCE = re.compile(r"(?<=[.;!?])\s+")
_TURN = re.compile(
    r",? (?:instead|but|whereas|however|although)\b|, (?:and )?(?=\w+ing\b)|,? (?:and|or) (?=(?:are |is )?(?:never|"
    r"not)\b)"
)
_ASIDE = re.compile(r"\b(?:when|if|unless|until|while|where) [^,.;]*")
_ABLE = re.compile(
    r"\b(?:support\w*|able to|can|possible|available|option\w*|allow\w*|configur\w*|capab\w+|offer\w*)\b"
)


def turned(question: str) -> bool:
    """Return whether `question` is put the other way round: denied, naming a fault, or asking for an absence."""
    asked = question.lower()
    return _denies(asked) ^ bool(FAULT.search(asked) or BARRED.search(asked) or ABSENCE.search(asked))


@dataclass(frozen=True)
class _Clause:
    """A part of a passage that affirms or denies one thing."""

    text: str
    sentence: str
    denies: bool
    terms: frozenset[str]


@lru_cache(maxsize=4096)
def _clauses(passage: str) -> tuple[_Clause, ...]:
    """Return the clauses of a `passage` in lower case, conditions and other asides left out."""
    found = []
    for sentence in _SENTENCE.split(passage):
        for part in _TURN.split(sentence):
            clause = _ASIDE.sub(" ", part)
            found.append(_Clause(clause, sentence, _denies(clause), stems(clause)))
    return tuple(found)


def approved(entry: Passage) -> Choice | None:
    """Return the choice of an approved answer, None when it has none."""
    return canonical(entry.choice) if entry.choice else None


def decide(question: str, passages: Sequence[str]) -> Choice | None:
    """Return what the cited `passages` say to the yes/no of `question`, or None when it is open or unsure."""
    asked = yes_no(question)
    if asked is None:
        return None
    return _told(asked, passages[0].lower()) if passages else None


def _told(asked: str, passage: str) -> Choice | None:
    """Return what one passage says to the sentence `asked`."""
    clause = _nearest(asked, passage)
    if clause is None or NOT_YET.search(clause.sentence):
        return None
    if UNSURE.search(clause.sentence) and not (UNSURE.search(asked) or _ABLE.search(asked)):
        return None
    negated = _denies(asked)
    if RATHER.search(asked):
        return _rather(asked, passage)
    opposed = [
        bool(ours.search(asked)) and bool(theirs.search(passage)) and not ours.search(clause.text)
        for ours, theirs in (OPPOSED if ANY_OPPOSED.search(asked) else ())
    ]
    without = WITHOUT.search(asked)
    if without and stems(without["rest"]) & stems(passage):
        return None if clause.denies else Choice.NO
    if any(opposed):
        return None if negated else Choice.NO
    if FAULT.search(asked):
        return Choice.NO if not negated else None
    if BARRED.search(asked) and not clause.denies:
        return Choice.NO if not negated else None
    if clause.denies:
        return Choice.YES if negated or ABSENCE.search(asked) else Choice.NO
    if negated:
        return None
    if EXCLUSIVE.search(asked) and not LIMIT.search(passage):
        return None
    if (
        ABSOLUTE.search(asked)
        and LIMIT.search(clause.sentence)
        and not FULL.search(clause.sentence)
        and not LIMIT.search(asked)
    ):
        return None
    return Choice.YES if _frequent(asked, passage) and _numbered(asked, passage) else None


def _denies(text: str) -> bool:
    return bool(NEGATION.search(text) and NEGATION.search(NO_NEGATION.sub(" ", text)))


def _nearest(asked: str, passage: str) -> _Clause | None:
    """Return the clause of `passage` that shares most with the question, None when denying and affirming ones tie."""
    wanted = stems(core(asked))
    best: dict[bool, tuple[float, _Clause]] = {}
    for clause in _clauses(passage):
        shared = len(wanted & clause.terms)
        if shared:
            score = shared + shared / len(clause.terms)
            if clause.denies not in best or score > best[clause.denies][0]:
                best[clause.denies] = (score, clause)
    if not best:
        return None
    if len(best) == 2:
        denied, affirmed = (wanted & best[denies][1].terms for denies in (True, False))
        if 0 <= len(affirmed) - len(denied) <= 1 or (len(denied) > len(affirmed) and affirmed - denied):
            return None
    return max(best.values(), key=lambda found: found[0])[1]


def _rather(asked: str, passage: str) -> Choice | None:
    """Return the answer to "this rather than that" by which of the two the passage speaks of."""
    this, that = RATHER.split(asked, maxsplit=1)
    told = stems(passage)
    ours, theirs = (len(stems(core(part)) & told) for part in (this, that))
    for left, right in OPPOSED:
        if left.search(this) and right.search(passage):
            return Choice.NO
    return Choice.YES if ours > theirs else Choice.NO if theirs > ours else None


def _frequent(asked: str, passage: str) -> bool:
    """Return whether the passage tells a period that is short enough for the question, or none is asked."""
    if not ANY_PERIOD.search(asked):
        return True
    wanted = [days for rule, days in PERIOD if rule.search(asked)]
    told = [days for rule, days in PERIOD if rule.search(passage)]
    return (
        bool(told)
        and min(told) <= max(wanted)
        and (min(told) == min(wanted) or "least" in asked or min(told) <= min(wanted))
    )


def _numbered(asked: str, passage: str) -> bool:
    """Return whether every number the question names stands in the passage, periods set aside."""
    if not ANY_NUMBER.search(asked):
        return True
    asked = ANY_PERIOD.sub(" ", asked)
    named = {NUMBERS.get(word, word) for word in words(re.sub(r"\([^)]*\)", " ", asked))} - {"1"}
    numbers = {word for word in named if word[0].isdigit()}
    return not numbers or numbers <= {NUMBERS.get(word, word) for word in words(passage)}
