"""What is done with a question: drafted, shown, left open, or sent to a person; and with which words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.matching import choice, company, drafting
from assistant.matching.model import Model
from assistant.matching.routing import Route, route
from assistant.statement import Scope
from assistant.suggestion import Match, Status, Suggestion

_MOST_CITED = 3
_JOIN = 0.9
"""A further passage is cited when its confidence is at least this share of what a draft needs."""

_SAYS = 0.65
"""What a weak match says to a yes/no question is told, though nothing is drafted, from this share of it on."""


def decided(
    question: str,
    matches: Sequence[Match],
    reused: bool,
    facts: Sequence[company.Fact],
    model: Model,
    scope: Scope,
    today: date,
) -> Suggestion:
    """Return the suggestion for `question` that its ranked `matches` support.

    `reused`: the first of them is an approved answer that was asked for the same.
    """
    shown = tuple(matches)
    way = None if reused else route(question)
    if not reused and (way is Route.COMPANY or len(question.split()) <= 8):
        found = company.asked_for(question, facts)
        if found is not None and found[1]:
            fact = found[0]
            match = Match(fact.passage, 0.95, shared=tuple(sorted(fact.passage.text.split(":")[:1])))
            return Suggestion(question, Status.SUGGESTED, (match, *shown), None, fact.value, None, (match,))
    if way is not None:
        return Suggestion(question, Status.ROUTED, shown, reason=way.value)
    if not shown or shown[0].confidence < model.show:
        return Suggestion(question, Status.NO_MATCH, shown, reason="Nothing in the knowledge answers it.")
    first = shown[0]
    if not reused and first.confidence < model.suggest:
        says = first.confidence >= _SAYS * model.suggest and first.passage.citable(scope, today)
        chosen = choice.decide(question, [first.passage.text]) if says else None
        return Suggestion(question, Status.WEAK, shown, chosen, reason=_lacking(first))
    if not first.passage.citable(scope, today):
        return Suggestion(question, Status.WEAK, shown, reason=_barred(first, today))
    cited = [first] if first.passage.question else _cited(shown, model, scope, today)
    text = drafting.wording(question, [match.passage for match in cited])
    chosen = (
        choice.approved(question, first.passage)
        if reused
        else choice.decide(question, [match.passage.text for match in cited])
    )
    reason = None if reused else _lacking(first)
    return Suggestion(question, Status.SUGGESTED, shown, chosen, text, reason, tuple(cited))


def _cited(shown: Sequence[Match], model: Model, scope: Scope, today: date) -> list[Match]:
    """Return the first match, and those behind it that answer parts of the question it does not."""
    cited = [shown[0]]
    open_parts = set(shown[0].missing)
    for match in shown[1:]:
        met = open_parts & set(match.shared)
        if (
            met
            and len(cited) < _MOST_CITED
            and not match.passage.question
            and match.confidence >= _JOIN * model.suggest
            and match.passage.citable(scope, today)
        ):
            cited.append(match)
            open_parts -= met
    return cited


def _lacking(first: Match) -> str | None:
    """Return what of the question the first match leaves open, for the reviewer."""
    return f"The first source does not speak of: {', '.join(first.missing[:4])}." if first.missing else None


def _barred(first: Match, today: date) -> str:
    """Return why nothing is drafted from the best match."""
    if first.passage.stale(today):
        return f"The best passage was due for review on {first.passage.review_by}; nothing is drafted from it."
    return f"The best passage is for the audience “{first.passage.audience.value}”; nothing is drafted from it."
