"""What is done with a question: drafted, shown, left open, or sent to a person; and with which words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.matching import choice, company, drafting
from assistant.matching.model import Model
from assistant.matching.parts import Part
from assistant.matching.routing import Route, route
from assistant.matching.sayings import Sayings, saying
from assistant.statement import Scope
from assistant.suggestion import Choice, Match, Status, Suggestion

_MOST_CITED = 3
_LEAST_JOINED = 2
"""So many parts of a question, and half of them, must be surely answered for a draft that joins the answers."""
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
    parts: Sequence[Part] = (),
    read: Sayings = saying,
) -> Suggestion:
    """Return the suggestion for `question` that its ranked `matches` support.

    `reused`: the first of them is an approved answer that was asked for the same. `parts` are those of
    a compound question. `read` tells what the text of a passage says.
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
    joined = _joined(shown, parts, scope, today) if not reused and first.confidence < model.suggest else []
    if not reused and first.confidence < model.suggest and not joined:
        says = first.confidence >= _SAYS * model.suggest and first.passage.citable(scope, today)
        chosen = choice.decide(question, [first.passage.text], read) if says else None
        return Suggestion(question, Status.WEAK, shown, chosen, reason=_lacking(first))
    if not joined and not first.passage.citable(scope, today):
        return Suggestion(question, Status.WEAK, shown, reason=_barred(first, today))
    cited = joined or ([first] if first.passage.question else _cited(shown, parts, model, scope, today))
    text = drafting.wording(question, [match.passage for match in cited], [part.text for part in parts], read)
    if reused:
        chosen = choice.approved(question, first.passage)
    elif joined:
        chosen = _chosen(joined, parts, read)
    else:
        chosen = choice.decide(question, [match.passage.text for match in cited], read)
    reason = None if reused else _left_open(cited, parts)
    return Suggestion(question, Status.SUGGESTED, shown, chosen, text, reason, tuple(cited))


def _joined(shown: Sequence[Match], parts: Sequence[Part], scope: Scope, today: date) -> list[Match]:
    """Return the matches that surely answer most parts of a question that no one of them answers as a whole."""
    usable = [match for match in shown if not match.passage.question and match.passage.citable(scope, today)]
    found = [next((match for match in usable if match.passage.digest in part.sure), None) for part in parts]
    answers = [match for match in found if match is not None]
    if len(answers) < _LEAST_JOINED or 2 * len(answers) < len(parts):
        return []
    return [match for place, match in enumerate(answers) if match not in answers[:place]][:_MOST_CITED]


def _chosen(joined: Sequence[Match], parts: Sequence[Part], read: Sayings) -> Choice | None:
    """Return what the matches that answer the first part with a yes or no say to it."""
    part = next((part for part in parts if choice.yes_no(part.text) is not None), None)
    if part is None:
        return None
    surely = [match.passage.text for match in joined if match.passage.digest in part.sure]
    return choice.decide(part.text, surely, read)


def _cited(shown: Sequence[Match], parts: Sequence[Part], model: Model, scope: Scope, today: date) -> list[Match]:
    """Return the first match, and those behind it that answer parts of the question it does not."""
    cited = [shown[0]]
    open_parts = set(shown[0].missing)
    behind = shown[1:] if parts or open_parts else ()
    if not parts:
        behind = [match for match in behind if match.confidence >= _JOIN * model.suggest]
    usable = [match for match in behind if not match.passage.question and match.passage.citable(scope, today)]
    for part in parts:
        if not part.answered([match.passage for match in cited]):
            cited += [match for match in usable if match.passage.digest in part.sure[:1]]
    open_parts.difference_update(*(match.shared for match in cited))
    for match in usable:
        met = open_parts & set(match.shared)
        if met and match not in cited and match.confidence >= _JOIN * model.suggest:
            cited.append(match)
            open_parts -= met
    return cited[:_MOST_CITED]


def _left_open(cited: Sequence[Match], parts: Sequence[Part]) -> str | None:
    """Return what of the question the `cited` matches leave open, for the reviewer."""
    passages = [match.passage for match in cited]
    unanswered = [part.text for part in parts if not part.answered(passages) and not part.spoken_of(passages)]
    if unanswered:
        return f"Nothing cited answers: {'; '.join(f'“{part}”' for part in unanswered)}."
    if len(cited) == 1:
        return _lacking(cited[0])
    missing = [name for name in cited[0].missing if not any(name in match.shared for match in cited[1:])]
    return f"The sources do not speak of: {', '.join(missing[:4])}." if missing else None


def _lacking(first: Match) -> str | None:
    """Return what of the question the first match leaves open, for the reviewer."""
    return f"The first source does not speak of: {', '.join(first.missing[:4])}." if first.missing else None


def _barred(first: Match, today: date) -> str:
    """Return why nothing is drafted from the best match."""
    if first.passage.stale(today):
        return f"The best passage was due for review on {first.passage.review_by}; nothing is drafted from it."
    return f"The best passage is for the audience “{first.passage.audience.value}”; nothing is drafted from it."
