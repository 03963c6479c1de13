"""Pairs of passages that contradict each other or say the same twice, side by side."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from assistant.conflict import Conflict, ConflictKind
from assistant.statement import Passage
from assistant.web.requests import page_number
from assistant.web.security import person
from assistant.wiring import Application

PAGE = 25
"""Pairs on a page."""

_PIECE = re.compile(r"\w+(?:['’.-]\w+)*|\W")


def make_blueprint(application: Application) -> Blueprint:
    """Return the page of conflicts, which stands among the library's."""
    pages = Blueprint("conflicts", __name__)
    knowledge = application.knowledge

    @pages.app_context_processor
    def count() -> dict[str, object]:
        return {"conflict_count": lambda: knowledge.known_conflicts(person())}

    @pages.get("/library/conflicts")
    def pairs() -> ResponseReturnValue:
        """List the pairs, contradictions first."""
        found, page = knowledge.conflicts(person()), page_number()
        begin = (page - 1) * PAGE
        contradictions = sum(conflict.kind is ConflictKind.CONTRADICTION for conflict in found)
        return render_template(
            "library/conflicts.html",
            shown=[(conflict, sides(conflict)) for conflict in found[begin : begin + PAGE]],
            contradictions=contradictions,
            duplicates=len(found) - contradictions,
            page=page,
            more=len(found) > begin + PAGE,
        )

    @pages.post("/library/conflicts/both-right")
    def both_right() -> ResponseReturnValue:
        """Take a pair off the list."""
        knowledge.both_right(person(), request.form.get("one", ""), request.form.get("other", ""))
        flash("Both are right. The pair is listed again when one of the texts changes.")
        return redirect(url_for("conflicts.pairs"))

    return pages


def sides(conflict: Conflict) -> list[tuple[Passage, Markup, int | None]]:
    """Return both passages, their texts with what differs in marks, and the library entry each is, if it is one."""
    one, other = conflict.passages
    if conflict.readings is not None:
        texts = tuple(
            _marked(passage.text, reading)
            for passage, reading in zip(conflict.passages, conflict.readings, strict=True)
        )
    else:
        texts = differing(one.text, other.text)
    return [(passage, text, _entry(passage)) for passage, text in zip(conflict.passages, texts, strict=True)]


def differing(one: str, other: str) -> tuple[Markup, Markup]:
    """Return both texts, escaped, with the words that only one of them has in `<mark>`."""
    ours, theirs = _PIECE.findall(one), _PIECE.findall(other)
    left, right = Markup(), Markup()
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        left += _piece("".join(ours[a:b]), mark=kind != "equal")
        right += _piece("".join(theirs[c:d]), mark=kind != "equal")
    return left, right


def _marked(text: str, reading: str) -> Markup:
    """Return `text`, escaped, with the first place of `reading` in a `<mark>`."""
    before, found, after = text.partition(reading)
    return escape(before) + _piece(found, mark=True) + escape(after)


def _piece(text: str, *, mark: bool) -> Markup:
    return Markup("<mark>") + escape(text) + Markup("</mark>") if mark and text.strip() else escape(text)


def _entry(passage: Passage) -> int | None:
    """Return the id of the entry of the database that `passage` is, None for what stands in a file."""
    found = re.fullmatch(r"library/(\d+)", passage.path)
    return int(found[1]) if found else None
