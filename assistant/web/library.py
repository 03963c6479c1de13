"""The knowledge as people read it: search over everything, approved answers, statements."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assistant.errors import NotFoundError
from assistant.statement import LibraryEntry
from assistant.web.marking import stems
from assistant.web.requests import page_number
from assistant.web.security import person
from assistant.wiring import Application

PAGE = 50
"""Entries on a page."""


def make_blueprint(application: Application) -> Blueprint:
    """Return the pages of the library."""
    pages = Blueprint("library", __name__)
    knowledge, library = application.knowledge, application.library

    @pages.get("/library")
    def entries() -> ResponseReturnValue:
        """Search the knowledge the way a question is matched; without a search list the approved answers."""
        search, product, page = request.args.get("q", "").strip(), request.args.get("product", ""), page_number()
        matches = knowledge.search(person(), search, None) if search else []
        kept: list[tuple[int | None, str, LibraryEntry]] = []
        if not search:
            kept += [(key, f"library/{key}", entry) for key, entry in library.entries(person())]
            kept += [(None, path, entry) for path, entry in knowledge.readable(person()).library]
            kept = [item for item in kept if not product or item[2].product in ("", product)]
        begin = (page - 1) * PAGE
        return render_template(
            "library/entries.html",
            search=search,
            product=product,
            products=list(knowledge.scopes),
            matches=[match for match in matches if not product or match.passage.product in ("", product)],
            wanted=stems([search]),
            entries=kept[begin : begin + PAGE],
            total=len(kept),
            page=page,
            more=len(kept) > begin + PAGE,
            statements=len(knowledge.readable(person()).statements),
        )

    @pages.post("/library/<int:entry>/retire")
    def retire(entry: int) -> ResponseReturnValue:
        """Take an approved answer out of use."""
        library.retire(person(), entry)
        knowledge.refresh()  # the page that comes next shows what is left
        flash("The entry is retired. Answers that rest on it went back to review.")
        back = "conflicts.pairs" if request.form.get("back") == "conflicts" else "library.entries"
        return redirect(url_for(back))

    @pages.get("/library/statements")
    def statements() -> ResponseReturnValue:
        """List the statements."""
        return render_template("library/statements.html", statements=knowledge.readable(person()).statements)

    @pages.get("/library/statements/<path:path>")
    def statement(path: str) -> ResponseReturnValue:
        """Show one statement, passage by passage, as it is cited."""
        found = next((item for item in knowledge.readable(person()).statements if item.path == path), None)
        if found is None:
            raise NotFoundError("There is no such statement; its file may have been renamed.")
        sections = [(heading, list(group)) for heading, group in groupby(found.passages, lambda p: p.headings)]
        return render_template("library/statement.html", statement=found, sections=sections)

    return pages
