"""Statements of security claims, their passages, and what they hold for. Standard library only."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any


class Audience(StrEnum):
    """Who may read a passage outside the company."""

    PUBLIC = "public"
    NDA = "nda"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a questionnaire is about, and what may be told: product, deployment, under NDA or not.

    Without a `deployment` only passages that hold for every deployment are in scope.
    """

    product: str
    deployment: str | None = None
    nda: bool = False

    def __str__(self) -> str:
        """Return the scope as pages and reports name it."""
        return f"{self.product} {self.deployment}" if self.deployment else self.product


@dataclass(frozen=True)
class Passage:
    """The smallest citable piece of knowledge: a paragraph or list item, or an approved answer.

    `text` is plain prose (markup gone, links as "text (address)"), `path` is relative to the
    knowledge folder, `lines` are the first and last source lines, from 1. `headings` is the
    path of headings above it, outermost first. `deployments` empty means every deployment of
    `product`. For an approved answer `question` and `also_asked` hold the wordings it answers
    and `choice` its choice; both are empty for statement passages. A `product` of "" holds for
    every product (approved answers about the company as a whole).
    """

    path: str
    lines: tuple[int, int]
    text: str
    product: str
    deployments: frozenset[str] = frozenset()
    headings: tuple[str, ...] = ()
    title: str = ""
    audience: Audience = Audience.PUBLIC
    owner: str = ""
    reviewed: date | None = None
    review_by: date | None = None
    question: str = ""
    also_asked: tuple[str, ...] = ()
    choice: str = ""

    @property
    def heading(self) -> str:
        """Return the heading path as one line."""
        return " › ".join(self.headings)

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 (hex) of the file, of what the passage says and for what it holds; not of its lines.

        Other wordings of its question do not count: with one more of them an approved answer says what it said.
        The file counts, because owner, audience and day of review may differ from one to another.
        """
        said = "\x1f".join(
            (
                self.path,
                self.product,
                ",".join(sorted(self.deployments)),
                self.question,
                self.choice,
                self.text,
            )
        )
        return hashlib.sha256(said.encode()).hexdigest()

    def holds_for(self, scope: Scope) -> bool:
        """Return whether the passage may appear for `scope` at all."""
        if self.product and self.product.casefold() != scope.product.casefold():
            return False
        return not self.deployments or (
            scope.deployment is not None
            and scope.deployment.casefold() in {deployment.casefold() for deployment in self.deployments}
        )

    def stale(self, today: date) -> bool:
        """Return whether its day of review has passed."""
        return self.review_by is not None and self.review_by < today

    def tellable(self, scope: Scope) -> bool:
        """Return whether what it says may be told to the customer of `scope`, who is under NDA or not."""
        return self.audience is Audience.PUBLIC or (self.audience is Audience.NDA and scope.nda)

    def citable(self, scope: Scope, today: date) -> bool:
        """Return whether a draft for `scope` may rest on the passage: in scope, not stale, for that audience."""
        return self.holds_for(scope) and not self.stale(today) and self.tellable(scope)


@dataclass(frozen=True, slots=True)
class Statement:
    """One document of security claims. `notices` are oddities that did not stop the loading."""

    path: str
    title: str
    product: str
    passages: tuple[Passage, ...]
    deployments: frozenset[str] = frozenset()
    owner: str = ""
    source: str = ""
    reviewed: date | None = None
    review_by: date | None = None
    audience: Audience = Audience.PUBLIC
    tags: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A question with its approved answer, reusable; `also_asked` are other wordings of the question.

    `line` is where it starts in the file it was read from (0 when it comes from the database).
    """

    question: str
    answer: str
    product: str = ""
    deployments: frozenset[str] = frozenset()
    also_asked: tuple[str, ...] = ()
    choice: str = ""
    owner: str = ""
    approved_by: str = ""
    approved_on: date | None = None
    review_by: date | None = None
    evidence: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    audience: Audience = Audience.PUBLIC
    line: int = 0

    def shape(self) -> dict[str, Any]:
        """Return every field but `line` by its name, as it is written down: tuples and sets as lists."""
        return {
            "question": self.question,
            "also_asked": list(self.also_asked),
            "choice": self.choice,
            "answer": self.answer,
            "product": self.product,
            "deployments": sorted(self.deployments),
            "owner": self.owner,
            "approved_by": self.approved_by,
            "approved_on": self.approved_on,
            "review_by": self.review_by,
            "evidence": list(self.evidence),
            "tags": list(self.tags),
            "audience": self.audience.value,
        }

    def passage(self, path: str) -> Passage:
        """Return the entry as a passage of `path`, so that it is indexed and cited like a statement."""
        return Passage(
            path=path,
            lines=(max(1, self.line), max(1, self.line)),
            text=self.answer,
            product=self.product,
            deployments=self.deployments,
            headings=("Approved answers",),
            title="Answer library",
            audience=self.audience,
            owner=self.owner,
            reviewed=self.approved_on,
            review_by=self.review_by,
            question=self.question,
            also_asked=self.also_asked,
            choice=self.choice,
        )


@dataclass(frozen=True, slots=True)
class ProfileFact:
    """One plain fact about the company, with the labels customers use for it."""

    name: str
    value: str
    labels: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything read from a knowledge folder. `scopes` maps each product to its deployments."""

    statements: tuple[Statement, ...] = ()
    library: tuple[tuple[str, LibraryEntry], ...] = ()
    profile: tuple[ProfileFact, ...] = ()
    scopes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def passages(self) -> tuple[Passage, ...]:
        """Return the passages of all statements and library entries, in the order of the files."""
        return tuple(p for s in self.statements for p in s.passages) + tuple(
            entry.passage(path) for path, entry in self.library
        )
