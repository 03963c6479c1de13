"""While the search index is built, or loaded, after the start: which pages are there already.

What is matched, or held against what it rests on, would be told wrong before the index is whole. So every endpoint that
is not in `WITHOUT_INDEX` says that it is not ready, and when to try again.
"""

from __future__ import annotations

from flask import Flask, make_response, request
from flask.typing import ResponseReturnValue

from assistant.web.problems import problem_page
from assistant.web.requests import wants_part
from assistant.web.security import OPEN
from assistant.wiring import Application

LOOK_EVERY = 5
"""Seconds after which a page that waits looks again."""

AREAS = frozenset({"account", "audit", "help", "notifications", "people", "second_factor", "sign_in"})
"""The blueprints that know nothing of sources."""
WITHOUT_INDEX = OPEN | {
    "questionnaires.home",
    "questionnaires.upload",
    "questionnaires.receive",
    "questionnaires.sample",
    "questionnaires.questionnaire",
    "questionnaires.found",
    "questionnaires.confirm",
    "questionnaires.original",
    "layout.layout",
    "layout.correct",
    "layout.undo",
    "layout.reset",
    "layout.confirm",
    "completion.download",
    "queue.mine",
}

WHY = (
    "The application has just started. With a new version of it the index is built anew, "
    "which takes half a minute with ten thousand library entries."
)
LOOKS_AGAIN = "This page looks again by itself every few seconds."
TRY_AGAIN = "Nothing was changed; try again in half a minute."


def init_app(app: Flask, application: Application) -> None:
    """Let pages that need the index wait for it."""

    @app.before_request
    def wait_for_index() -> ResponseReturnValue | None:
        if application.knowledge.ready or request.endpoint in WITHOUT_INDEX or request.blueprint in AREAS:
            return None
        waits = request.method in ("GET", "HEAD") and not wants_part()
        response = make_response(problem_page(503, f"{WHY} {LOOKS_AGAIN if waits else TRY_AGAIN}"))
        response.headers["Retry-After"] = str(LOOK_EVERY)
        if waits:
            response.headers["Refresh"] = str(LOOK_EVERY)
        return response
