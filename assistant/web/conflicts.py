"""Pairs of passages that contradict each other or say the same twice, side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from assistant.conflict import Conflict, ConflictKind
from assistant.statement import LibraryEntry, Passage
from assistant.web.differing import differing, marked_piece
from assistant.web.requests import number, page_number
from assistant.web.security import person
from assistant.wiring import Application

PAGE = 25
"""Pairs on a page."""


def make_blueprint(application: Application) -> Blueprint:
    """Return the page of conflicts, which stands among the library's."""
    pages = Blueprint("conflicts", __name__)
    knowledge, library = application.knowledge, application.library

    @pages.app_context_processor
    def count() -> dict[str, object]:
        return {"conflict_count": lambda: knowledge.known_conflicts(person())}

    @pages.get("/library/conflicts")
    def pairs() -> ResponseReturnValue:
        """List the pairs, contradictions first."""
        used = {f"library/{key}": entry for key, entry in library.entries(person())}
        # What was retired or changed just now is still in the index for a moment.
        found = [pair for pair in knowledge.conflicts(person()) if all(_stands(p, used) for p in pair.passages)]
        page = page_number()
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

    @pages.post("/library/conflicts/keep")
    def keep() -> ResponseReturnValue:
        """Keep one of two entries and retire the other."""
        library.keep(person(), number("keep"), number("other"))
        flash("The other one is retired. Answers that rest on it go back to review within seconds.")
        return redirect(url_for("conflicts.pairs"))

    @pages.post("/library/conflicts/merge")
    def merge() -> ResponseReturnValue:
        """Let one of two entries stand for both."""
        library.merge(person(), number("keep"), number("other"))
        flash("They are one entry now: it is found by the wordings of both.")
        return redirect(url_for("library.entry", entry=number("keep")))

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


def _marked(text: str, reading: str) -> Markup:
    """Return `text`, escaped, with the first place of `reading` in a `<mark>`."""
    before, found, after = text.partition(reading)
    return escape(before) + marked_piece(found, mark=True) + escape(after)


def _stands(passage: Passage, used: Mapping[str, LibraryEntry]) -> bool:
    """Return whether a passage still is what the library says."""
    if _entry(passage) is None:
        return True
    entry = used.get(passage.path)
    return entry is not None and entry.passage(passage.path).digest == passage.digest


def _entry(passage: Passage) -> int | None:
    """Return the id of the entry of the database that `passage` is, None for what stands in a file."""
    found = re.fullmatch(r"library/(\d+)", passage.path)
    return int(found[1]) if found else None
