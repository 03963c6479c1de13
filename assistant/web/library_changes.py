"""What changed in the knowledge, and what that means for answers that were given."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assistant.web.differing import differing
from assistant.web.requests import local, number, page_number, typed
from assistant.web.security import person
from assistant.wiring import Application
from assistant.workflow.meaning import Meaning

PAGE = 50
"""Changes on a page."""


def add_pages(pages: Blueprint, application: Application) -> None:
    """Add the pages of changes to the library's."""
    changes = application.changes

    @pages.get("/library/changes")
    def recent() -> ResponseReturnValue:
        """List what changed, expired or was retired lately."""
        page = page_number()
        begin = (page - 1) * PAGE
        found = changes.recent(person(), begin + PAGE + 1)[begin:]
        return render_template(
            "library/changes.html",
            changes=found[:PAGE],
            names=changes.names(),
            page=page,
            more=len(found) > PAGE,
        )

    def shown(meaning: Meaning) -> str:
        return render_template(
            "library/change.html",
            meaning=meaning,
            passages=[
                (old, new, *differing(old.text if old else "", new.text if new else ""))
                for old, new in meaning.passages
            ],
            names=changes.names(),
            here=request.path,
        )

    @pages.get("/library/changes/<int:version>")
    def statement_change(version: int) -> ResponseReturnValue:
        """Show what a new version of a statement says, and what rests on what it says no longer."""
        return shown(changes.statement(person(), version))

    @pages.get("/library/<int:entry>/changes/<int:event>")
    def entry_change(entry: int, event: int) -> ResponseReturnValue:
        """Show how an entry changed, and what rests on what it says no longer."""
        return shown(changes.entry(person(), entry, event))

    @pages.post("/library/told")
    def told() -> ResponseReturnValue:
        """Note that a customer was told, or forget it again."""
        done = typed("told") == "yes"
        changes.tell(person(), number("sending"), number("answer"), told=done)
        flash("Noted: the customer was told." if done else "Taken back: the customer is still to be told.")
        return redirect(local(request.form.get("back", url_for("library.recent"))))
