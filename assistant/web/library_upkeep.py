"""What is due for review, and what was said of pairs for good."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assistant.web.requests import page_number, typed
from assistant.web.security import person
from assistant.wiring import Application
from assistant.workflow.shelf import Decision

PAGE = 50
"""Things on a page."""


def add_pages(pages: Blueprint, application: Application) -> None:
    """Add the queue of what is due to the library's pages."""
    browsing, upkeep = application.browsing, application.upkeep

    @pages.get("/library/due")
    def due() -> ResponseReturnValue:
        """List what is to be looked at, the most urgent first."""
        whose, page = request.args.get("owner", "").strip(), page_number()
        found = browsing.due(person(), owner=person().email if whose == "me" else whose)
        begin = (page - 1) * PAGE
        return render_template(
            "library/due.html",
            due=found[begin : begin + PAGE],
            total=len(found),
            whose=whose,
            owners=sorted({item.owner for item in browsing.due(person()) if item.owner}, key=str.casefold),
            accounts=upkeep.owners(person()),
            page=page,
            more=len(found) > begin + PAGE,
            arguments={"owner": whose} if whose else {},
        )

    @pages.get("/library/decisions")
    def decisions() -> ResponseReturnValue:
        """List the sources that were turned down for a question, and the pairs that are both right."""
        found, page = upkeep.decisions(person()), page_number()
        begin = (page - 1) * PAGE
        return render_template(
            "library/decisions.html",
            decisions=found[begin : begin + PAGE],
            names=application.changes.names(),
            page=page,
            more=len(found) > begin + PAGE,
        )

    @pages.post("/library/decisions/take-back")
    def take_back() -> ResponseReturnValue:
        """Forget what was said of a pair."""
        both = typed("both_right") == "yes"
        upkeep.take_back(person(), Decision(both, request.form.get("one", ""), request.form.get("other", "")))
        flash("Taken back: the pair is listed again." if both else "Taken back: the source is offered for it again.")
        return redirect(url_for("library.decisions"))
