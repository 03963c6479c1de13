"""The audit log: who did what, and the proof that nothing was taken out of it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from assistant.web.requests import page_number
from assistant.web.security import person
from assistant.wiring import Application
from assistant.workflow.overview import Overview

PAGE = 100
"""Events on a page."""


def make_blueprint(application: Application) -> Blueprint:
    """Return the pages of the log, for administrators."""
    pages = Blueprint("audit", __name__)
    overview = Overview(application.store)

    def listing(subject: str, page: int, faults: list[str] | None) -> str:
        events, names = overview.log(person(), subject or None, PAGE + 1, (page - 1) * PAGE)
        return render_template(
            "audit/log.html",
            events=events[:PAGE],
            names=names,
            known=overview.subjects(person(), events[:PAGE]),
            subject=subject,
            page=page,
            more=len(events) > PAGE,
            faults=faults,
        )

    @pages.get("/audit")
    def log() -> ResponseReturnValue:
        """List events, newest first, of everything or of one thing."""
        return listing(request.args.get("subject", "").strip().casefold(), page_number(), None)

    @pages.post("/audit/check")
    def check() -> ResponseReturnValue:
        """Check the chain from the first event to the last."""
        return listing("", 1, overview.faults(person()))

    return pages
