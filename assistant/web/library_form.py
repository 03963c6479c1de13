"""The form of a library entry: what was typed into it, as an entry and back."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask import request

from assistant.errors import InvalidValueError
from assistant.statement import Audience, LibraryEntry
from assistant.web.requests import day, typed
from assistant.workflow.shelf import place_of


def read_entry(before: LibraryEntry | None = None) -> LibraryEntry:
    """Return the entry that was typed; what the form does not show stays as it was `before`.

    :raises InvalidValueError: when a field holds something else than it is for.
    """
    # The form shows evidence without its mark.
    known = {spoken_evidence(piece): piece for piece in before.evidence} if before else {}
    return LibraryEntry(
        question=typed("question"),
        answer=typed("answer"),
        product=typed("product"),
        deployments=frozenset(request.form.getlist("deployments")),
        also_asked=_lines("also_asked"),
        choice=typed("choice"),
        owner=typed("owner"),
        approved_by=before.approved_by if before else "",
        approved_on=before.approved_on if before else None,
        review_by=day("review_by", "The day of review"),
        evidence=tuple(known.get(line, line) for line in _lines("evidence")),
        tags=tuple(tag.strip() for tag in typed("tags").split(",")),
        audience=audience_of(typed("audience")),
    )


def audience_of(value: str) -> Audience:
    """Return the audience that was chosen.

    :raises InvalidValueError: for any other word.
    """
    try:
        return Audience(value or Audience.PUBLIC.value)
    except ValueError as problem:
        raise InvalidValueError(f"The audience “{value}” is not known; it is public, nda or internal.") from problem


def filled(entry: LibraryEntry) -> dict[str, Any]:
    """Return what the fields of the form show for an entry."""
    return {
        "question": entry.question,
        "also_asked": "\n".join(entry.also_asked),
        "choice": entry.choice,
        "answer": entry.answer,
        "product": entry.product,
        "deployments": entry.deployments,
        "owner": entry.owner,
        "review_by": _written(entry.review_by),
        "evidence": "\n".join(spoken_evidence(piece) for piece in entry.evidence),
        "tags": ", ".join(entry.tags),
        "audience": entry.audience.value,
    }


def spoken_evidence(piece: str) -> str:
    """Return a piece of evidence as people write it: without its mark, a single line as one."""
    return re.sub(r":(\d+)-\1$", r":\1", place_of(piece))


def as_typed() -> dict[str, Any]:
    """Return what the fields of the form were sent with, so that nothing typed is lost."""
    shown = {name: request.form.get(name, "") for name in filled(LibraryEntry("", ""))}
    return {**shown, "deployments": frozenset(request.form.getlist("deployments"))}


def _lines(name: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in typed(name).splitlines() if line.strip())


def _written(at: date | None) -> str:
    return at.isoformat() if at else ""
