"""Plain facts about the company, for the label/value fields of a form: "Vendor name", "Head office address"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.matching.analysis import core, question_key, terms, unnumbered
from assistant.matching.words import words
from assistant.statement import Passage, ProfileFact

PATH = "profile.yaml"

_FILLER = frozenset(
    terms(
        words(
            "company organization vendor supplier provider business firm entity please enter full name of your official"
        )
    )
) - frozenset(terms(["name"]))


@dataclass(frozen=True)
class Fact:
    """A fact as a citable passage, with the normal forms and the telling words of its labels."""

    value: str
    passage: Passage
    keys: frozenset[str]
    labels: tuple[frozenset[str], ...]


def facts(profile: Sequence[ProfileFact]) -> tuple[Fact, ...]:
    """Return the facts of a company's profile, ready to be asked for."""
    return tuple(
        Fact(
            fact.value,
            Passage(
                path=PATH,
                lines=(max(1, fact.line), max(1, fact.line)),
                text=f"{fact.name}: {fact.value}",
                product="",
                headings=("Company profile",),
                title="Company profile",
            ),
            frozenset(question_key(label) for label in (fact.name, *fact.labels)),
            tuple(dict.fromkeys(_telling(label) for label in (fact.name, *fact.labels) if _telling(label))),
        )
        for fact in profile
        if fact.value.strip()
    )


def asked_for(question: str, known: Sequence[Fact]) -> tuple[Fact, bool] | None:
    """Return the fact that a label or question asks for, and whether it asks for nothing else."""
    key = question_key(question)
    for fact in known:
        if key in fact.keys:
            return fact, True
    wanted = _telling(core(unnumbered(question)))
    best: tuple[int, Fact, bool] | None = None
    for fact in known:
        for label in fact.labels:
            if label <= wanted and (best is None or len(label) > best[0]):
                best = (len(label), fact, len(wanted - label) == 0)
    return (best[1], best[2]) if best else None


def _telling(text: str) -> frozenset[str]:
    """Return the words of a label that tell it from other labels."""
    said = frozenset(terms(words(text)))
    return said - _FILLER or said
