"""Yes, No or nothing: what the cited passage says to the yes/no in a question, decided apart from the text.

A match is no Yes. The question may be put the other way round ("without review", "unencrypted",
"former employees keep"), the passage may deny ("never", "do not", "only restricted staff"), limit
("configurable", "planned") or tell less than is asked ("regularly" for "at least monthly"). Each
such turn is looked for; what is left unsure stays blank, for a person.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from assistant.filling import canonical
from assistant.matching.analysis import core, question_key, stems, unnumbered
from assistant.matching.choice_wordings import (
    ABSENCE,
    ABSOLUTE,
    ANY_OPPOSED,
    ASKED,
    BARRED,
    CONSTANT,
    EXCLUSIVE,
    FAULT,
    FULL,
    LIMIT,
    MEASURED,
    NOT_YET,
    NUMBERED,
    NUMBERS,
    OPEN,
    OPPOSED,
    PARTICULAR,
    PARTLY,
    PERMITTED,
    PREDICATE,
    RATHER,
    REMEDY_AFTER,
    REMEDY_BEFORE,
    STATED,
    UNSURE,
    WHETHER,
    WITHOUT,
)
from assistant.matching.clauses import Clause, denies
from assistant.matching.quantities import EVERY, LASTING, Quantity, quantities
from assistant.matching.sayings import Saying, Sayings, deeds, saying
from assistant.matching.signs import wanted
from assistant.matching.words import words
from assistant.statement import Passage
from assistant.suggestion import Choice

_BOUNDARY = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")


def yes_no(question: str) -> str | None:
    """Return the sentence that can be answered with yes or no, or None when the question is an open one.

    Of "How are secrets kept? Do you use a vault?" it is the second.
    """
    sentences = _BOUNDARY.split(unnumbered(question))
    first, plain = sentences[0], sentences[0].lower()
    whether = WHETHER.match(plain)
    if whether:
        return first[whether.end() :]
    if ASKED.match(plain):
        return first
    if OPEN.match(plain) or plain.endswith("?"):
        later = next((later for later in sentences[1:] if ASKED.match(later.lower())), "")
        return later if later.endswith("?") and not _ONE_OF.search(later) else None
    return first if len(words(first)) >= 4 and STATED.search(plain) else None


_ONE_OF = re.compile(r"\bor\b")
"""Which of two it is cannot be answered with yes."""
_NOT_YET, _UNSURE = (re.compile(rule.pattern) for rule in (NOT_YET, UNSURE))
"""In lower case they are found sooner."""
_BRACKETS = re.compile(r"\([^)]*\)")
_ABLE = re.compile(
    r"\b(?:support\w*|able to|can|possible|available|option\w*|allow\w*|configur\w*|capab\w+|offer\w*)\b"
)


def turned(question: str) -> bool:
    """Return whether `question` is put the other way round: denied, naming a fault, or asking for an absence."""
    asked = question.lower()
    return denies(asked) ^ bool(_faulty(asked) or BARRED.search(asked) or ABSENCE.search(asked))


def _faulty(asked: str) -> bool:
    """Return whether the good answer to `asked` is No, for it names a fault and no remedy of it."""
    fault = FAULT.search(asked)
    return (
        fault is not None
        and not REMEDY_BEFORE.search(asked, 0, fault.start())
        and not REMEDY_AFTER.search(asked, fault.end())
    )


def approved(question: str, entry: Passage) -> Choice | None:
    """Return the choice of an approved answer, None when it has none or was made for another kind of question.

    "Yes" was approved for "are patches applied?", not for "how often are they?", though one text answers both.
    """
    if not entry.choice:
        return None
    same = question_key(question) == question_key(entry.question)
    return canonical(entry.choice) if same or yes_no(question) is not None or yes_no(entry.question) is None else None


def decide(question: str, passages: Sequence[str], read: Sayings = saying) -> Choice | None:
    """Return what the first of the cited `passages` says to the yes/no of `question`, None when open or unsure."""
    asked = yes_no(question)
    if asked is None or not passages:
        return None
    if not unnumbered(question).startswith(asked):
        # The passage was found for the whole; here it is one of its later sentences that must be met.
        wanted_terms = stems(core(_BRACKETS.sub(" ", asked)))
        if 3 * len(wanted_terms & stems(passages[0])) < len(wanted_terms):
            return None
    return _told(asked, passages[0], read(passages[0]))


def _told(question: str, text: str, said: Saying) -> Choice | None:
    """Return what the passage `text`, read as `said`, says to the sentence `question`."""
    asked, passage = question.lower(), text.lower()
    clause = _nearest(stems(core(question)), said.clauses)
    if clause is None or _NOT_YET.search(clause.sentence):
        return None
    negated = denies(asked)
    if _UNSURE.search(clause.sentence) and not (_UNSURE.search(asked) or _ABLE.search(asked)):
        plain = PARTLY.search(clause.text) and not (negated or clause.denies or _faulty(asked))
        return Choice.PARTIAL if plain else None
    if RATHER.search(asked):
        return _rather(asked, passage)
    without = WITHOUT.search(asked)
    if without and stems(without["rest"]) & stems(passage):
        return None if clause.denies else Choice.NO
    if any(
        ours.search(asked) and theirs.search(passage) and not ours.search(clause.text)
        for ours, theirs in (OPPOSED if ANY_OPPOSED.search(asked) else ())
    ):
        return None if negated else Choice.NO
    if _faulty(asked):
        return Choice.NO if not negated else None
    absent = bool(ABSENCE.search(asked))
    if BARRED.search(clause.text) and not clause.denies:
        if BARRED.search(asked) or absent:
            return None if negated else Choice.YES
        return Choice.NO if PERMITTED.search(asked) and not negated else None
    if BARRED.search(asked) and not clause.denies:
        return Choice.NO if not negated else None
    if clause.denies:
        return Choice.YES if negated or absent else Choice.NO
    if negated or (absent and not (ABSENCE.search(passage) or LIMIT.search(passage))):
        return None
    return Choice.YES if _affirms(question, text, said, clause) else None


def _affirms(question: str, text: str, said: Saying, clause: Clause) -> bool:
    """Return whether an affirming clause of the passage `text`, read as `said`, says all that `question` asks."""
    asked = question.lower()
    passage = text.lower()
    if EXCLUSIVE.search(asked) and not LIMIT.search(passage):
        return False
    limited = LIMIT.search(clause.sentence) and not FULL.search(clause.sentence)
    if limited and ABSOLUTE.search(asked) and not LIMIT.search(asked):
        return False
    if "olic" in asked and "olic" not in passage and wanted(question):
        return False
    for particular in PARTICULAR.finditer(_BRACKETS.sub(" ", asked)):
        if not stems(particular.group()) <= stems(passage):
            return False
    return _done(question, said) and _measured(question, text, said)


def _nearest(asked: frozenset[str], clauses: Sequence[Clause]) -> Clause | None:
    """Return that of the `clauses` of a passage that shares most with the terms `asked`, None when it cannot be told.

    It cannot when denying and affirming ones tie, or when what is asked is an exception from what is said.
    """
    best: dict[bool, tuple[float, Clause]] = {}
    for clause in clauses:
        shared = len(asked & clause.terms)
        if shared:
            score = shared + shared / len(clause.terms)
            if clause.denies not in best or score > best[clause.denies][0]:
                best[clause.denies] = (score, clause)
    if not best:
        return None
    if len(best) == 2:
        denied, affirmed = (asked & best[denying][1].terms for denying in (True, False))
        if 0 <= len(affirmed) - len(denied) <= 1 or (len(denied) == len(affirmed) + 1 and affirmed - denied):
            return None
    nearest = max(best.values(), key=lambda found: found[0])[1]
    if nearest.exceptions and 2 * len(asked & nearest.exceptions) >= len(nearest.exceptions):
        return None
    return nearest


def _rather(asked: str, passage: str) -> Choice | None:
    """Return the answer to "this rather than that" by which of the two the passage speaks of."""
    this, that = RATHER.split(asked, maxsplit=1)
    told = stems(passage)
    ours, theirs = (len(stems(core(part)) & told) for part in (this, that))
    for left, right in OPPOSED:
        if left.search(this) and right.search(passage):
            return Choice.NO
    return Choice.YES if ours > theirs else Choice.NO if theirs > ours else None


def _done(question: str, said: Saying) -> bool:
    """Return whether the passage speaks of what is asked to be done, where that is a deed of the field.

    "Is customer data encrypted?" is not answered by how it is backed up.
    """
    found = PREDICATE.search(core(question).lower())
    if found is None:
        return True
    asked = deeds(found["passive"] or found["active"] or found.group()) & _TELLING
    return not asked or not asked.isdisjoint(said.deeds)


_TELLING = frozenset(
    f"aspect:{deed}"
    for deed in (
        "anonymise", "approve", "back-up", "classify", "delete", "encrypt", "log", "monitor", "notify", "patch",
        "restore", "retain", "review", "rotate", "scan", "screen", "test", "train",
    )
)  # fmt: skip
"""Deeds that are the matter of the question; others, such as to grant or to share, only lead up to it."""


def _measured(asked: str, passage: str, said: Saying) -> bool:
    """Return whether the passage tells every quantity that is asked, or one that is better, and every other number."""
    if not MEASURED.search(asked.lower()):
        return True
    rest = asked
    for quantity in quantities(asked):
        rest = rest.replace(quantity.text, " ")
        kind = quantity.dimension.removesuffix(" working")
        if kind == EVERY and CONSTANT.search(passage.lower()):
            continue
        told = (other for other in said.quantities if kind == other.dimension.removesuffix(" working"))
        if not any(_meets(quantity, other) for other in told):
            return False
    if not NUMBERED.search(rest):
        return True
    named = {NUMBERS.get(word, word) for word in words(_BRACKETS.sub(" ", rest))} - {"1"}
    numbers = {word for word in named if word[0].isdigit() and word != "24x7"}
    return not numbers or numbers <= {NUMBERS.get(word, word) for word in words(passage)}


_SLACK = 1.035
"""A month is 30 days, or a twelfth of a year."""


def _meets(asked: Quantity, told: Quantity) -> bool:
    """Return whether what is `told` lies within what is `asked`; more often than asked is as good."""
    if asked.dimension.startswith(EVERY):
        longest = told.high if math.isfinite(told.high) else told.low
        return longest <= asked.high * _SLACK and (not asked.least or told.low * _SLACK >= asked.low)
    if asked.least:
        return told.low * _SLACK >= asked.low
    if asked.most:
        return told.high <= asked.high * _SLACK
    if asked.dimension.startswith(LASTING):
        return told.low / _SLACK <= asked.low and told.high * _SLACK >= asked.high and not (told.least or told.most)
    return told.low == asked.low if told.least else told.low <= asked.low <= asked.high <= told.high
