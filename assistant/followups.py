"""Questions that depend on the one before: "If yes, please describe …", "If not, why?", "If N/A, explain".

A follow-up belongs to the nearest question above it, in the same section and the same sheet or table, that is no
follow-up itself. What that one was answered says whether the follow-up is asked at all. Standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Answer
from assistant.filling import canonical
from assistant.questionnaire import Location, Question
from assistant.suggestion import Choice

_YES = r"(?:yes|so|affirmative|you do|you have|they do|it is|it does|this is the case)"
_NO = r"(?:no|not|none|negative|otherwise|you do not|you don['’]t|you have not|it is not|it does not)"
_NOT_APPLICABLE = r"(?:n ?/ ?a|na|not applicable)"
_PARTLY = r"(?:partial(?:ly)?|partly|in part|planned|in progress)"
_QUOTED = rf"['\"“”‘’(\[]*(?:{_NOT_APPLICABLE}|{_PARTLY}|{_YES}|{_NO})['\"“”‘’)\]]*"
_SAID = rf"(?P<said>{_QUOTED}(?:(?:,? (?:or|and|and/or) |/){_QUOTED})*)"
_ABOVE = r"(?:the )?(?:above|previous|preceding)(?: question)?"
_FRAME = (
    rf"(?:(?:the |your )?(?:answer|response|reply)(?: (?:to|for) {_ABOVE}| above)?(?: (?:is|was))?[ ,:]*"
    r"|(?:you )?(?:answered|answering|said|replied|responded|selected|chose|marked)[ ,:]*)?"
)
_OF = (
    r"(?: (?:to|for|in|on|under)(?: (?:the|this|above|previous|preceding|question|item|q|no\.?|#))*"
    r"[ .#]*(?P<number>[\w.&-]*\d[\w.&-]*)?)?"
)
_ASKED = (
    r"(?=\s*(?:[,;:.…)?\]–—-]|$)|\s+(?:please|kindly|explain|describe|provide|list|specify|state|indicate|give|detail|"
    r"name|what|why|how|which|who|when|where|is|are|do|does|has|have|can|will|to|above|then|attach|identify|elaborate|"
    r"comment))"
)
_LEADING = re.compile(
    r"^[\W\d]*(?:[a-z][.)]\s+)?(?:please |kindly )?(?:if|where|when|in case)(?: of)? " + _FRAME + _SAID + _OF + _ASKED,
    re.IGNORECASE,
)
"""The condition in front: it governs all that follows."""
_TRAILING = re.compile(
    r"^[\W\d]*(?:please |kindly )?(?:explain|describe|specify|elaborate|comment|clarify|detail|state|justify|list|"
    r"provide|give|add|attach)\b[^.?!;]{0,80}?,?\s+(?:if|where) " + _FRAME + _SAID + r"(?P<number>)\W*$",
    re.IGNORECASE,
)
"""The condition at the end of a short request: "Please explain if no"."""
_NOTHING = re.compile(r"\W*(?:n ?/ ?a|na|none|not applicable|does not apply|no|nil|see above)?\W*", re.IGNORECASE)
"""What stands in a place because something has to stand there."""
_FIRST = re.compile(
    r"\W*(?:(?P<yes>yes)\b|(?P<other>no|partial(?:ly)?|partly|not applicable|n ?/ ?a)(?=\s*(?:[,.;:!)–—-]|$)))",
    re.IGNORECASE,
)
"""The choice a text begins with: "No unauthorized access was found" makes none."""


class Disagreement(StrEnum):
    """What is the matter between a follow-up and the question that it depends on."""

    MOOT = "moot"
    """It is answered though it is not asked."""
    WANTED = "wanted"
    """It is asked and has no answer."""
    DECLINED = "declined"
    """It is asked and was said not to apply."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """That a question depends on the one at place `parent`: it is asked when that was answered one of `when`."""

    parent: int
    when: frozenset[Choice]


def condition(text: str) -> frozenset[Choice] | None:
    """Return the answers to the question above that make `text` asked, None when it depends on none."""
    found = _match(text)
    return _choices(found["said"]) if found else None


def follow_ups(questions: Sequence[Question]) -> Mapping[int, FollowUp]:
    """Return place -> what it depends on, for those of `questions`, in the document's order, that are follow-ups.

    A number in the condition ("If yes to 3.1") names the question; otherwise it is the one above.
    """
    found: dict[int, FollowUp] = {}
    numbered: dict[str, int] = {}
    above: int | None = None
    for place, question in enumerate(questions):
        match = _match(question.text)
        if match is None:
            above = place
        else:
            parent = numbered.get(_plain_number(match["number"] or ""), above)
            if parent is not None and (match["number"] or _together(questions[parent], question)):
                found[place] = FollowUp(parent, _choices(match["said"]))
        if question.number:
            numbered[_plain_number(question.number)] = place
    return found


def said(answer: Answer) -> Choice | None:
    """Return the choice that an answer makes, by its choice or else by the first word of its text."""
    if answer.not_applicable:
        return Choice.NOT_APPLICABLE
    if answer.choice:
        return canonical(answer.choice)
    first = _FIRST.match(answer.text)
    return canonical(first["yes"] or first["other"]) if first else None


def disagreement(follow_up: FollowUp, parent: Answer, question: Question, answer: Answer) -> Disagreement | None:
    """Return what is the matter with `answer`, to the follow-up `question`, when its parent was answered `parent`.

    Nothing is, while the parent has no answer or one that is neither of yes, no, partial and not applicable.
    """
    told = None if parent.empty else said(parent)
    if told is None:
        return None
    declined = said(answer) is Choice.NOT_APPLICABLE
    filled = any((field.value or "").strip() for field in (question.choice_field, question.text_field) if field)
    if told in follow_up.when:
        if answer.empty:
            return None if filled else Disagreement.WANTED
        return Disagreement.DECLINED if declined else None
    if told is Choice.PARTIAL or declined or answer.empty:
        return None
    contentful = not _NOTHING.fullmatch(answer.text) or (
        not answer.text and said(answer) in (Choice.YES, Choice.PARTIAL)
    )
    return Disagreement.MOOT if contentful else None


def _match(text: str) -> re.Match[str] | None:
    plain = " ".join(text.split())
    return _LEADING.match(plain) or _TRAILING.match(plain)


def _choices(told: str) -> frozenset[Choice]:
    """Return the choices a condition names. Whoever answers "in part" is asked what a yes and what a no is asked."""
    found: set[Choice] = set()
    rest = told
    for rule, choices in (
        (_NOT_APPLICABLE, {Choice.NOT_APPLICABLE}),
        (_PARTLY, {Choice.PARTIAL}),
        (_NO, {Choice.NO}),
        (_YES, {Choice.YES, Choice.PARTIAL}),
    ):
        cut = re.sub(rf"\b{rule}(?!\w)", " ", rest, flags=re.IGNORECASE)
        if cut != rest:
            found |= choices
        rest = cut
    return frozenset(found)


def _plain_number(number: str) -> str:
    return re.sub(r"^(?:question|item|q|no)[ .#]*|[\s.):]+$", "", number.strip().casefold())


def _together(parent: Question, question: Question) -> bool:
    """Return whether both stand in the same section and the same sheet or table."""
    return parent.section == question.section and _container(parent.location) == _container(question.location)


def _container(location: Location) -> str:
    """Return the sheet, or the innermost table of a Word document, that holds the place; "" for its paragraphs."""
    if "!" in location:
        return location.rpartition("!")[0]
    tables = list(re.finditer(r"tbl\[\d+\]", location))
    return location[: tables[-1].end()] if tables else ""
