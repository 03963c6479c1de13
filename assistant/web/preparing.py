"""While the search index is built, or loaded, after the start: which pages are there already.

What is matched, or held against what it rests on, would be told wrong before the index is whole. So every endpoint that
is not in `WITHOUT_INDEX` says that it is not ready, and when to try again; or why it cannot be built, and what to mend.
"""

from __future__ import annotations

from flask import Flask, make_response, request
from flask.typing import ResponseReturnValue

from assistant.web.problems import problem_page
from assistant.web.requests import wants_part
from assistant.web.security import OPEN
from assistant.web.wording import moment
from assistant.wiring import Application
from assistant.workflow.hindrance import Hindrance

LOOK_EVERY = 5
"""Seconds after which a page that waits looks again."""

AREAS = frozenset({"account", "audit", "help", "notifications", "people", "second_factor", "sign_in"})
"""The blueprints that know nothing of sources."""
QUESTIONNAIRE = "/questionnaires/<int:key>"
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
FAILED = "The search index cannot be built"
MEND = (
    "It is tried again every few seconds by itself. Whoever runs the application finds more in its log, and has to "
    "mend what it names: permissions, room on the disk, or a file in the knowledge folder."
)


def init_app(app: Flask, application: Application) -> None:
    """Let pages that need the index wait for it."""

    @app.before_request
    def wait_for_index() -> ResponseReturnValue | None:
        if application.knowledge.ready or request.endpoint in WITHOUT_INDEX or request.blueprint in AREAS:
            return None
        if request.url_rule is None:
            return None  # there is no such page, and no index will make one
        if request.url_rule.rule.startswith(QUESTIONNAIRE):
            with application.store.reading() as tx:
                tx.questionnaires.get((request.view_args or {})["key"])  # or there is no such questionnaire
        waits = request.method in ("GET", "HEAD") and not wants_part()
        hindrance = application.knowledge.hindrance
        why, heading = (WHY, "") if hindrance is None else (why_not(hindrance), FAILED)
        response = make_response(problem_page(503, f"{why} {LOOKS_AGAIN if waits else TRY_AGAIN}", heading=heading))
        response.headers["Retry-After"] = str(LOOK_EVERY)
        if waits:
            response.headers["Refresh"] = str(LOOK_EVERY)
        return response


def why_not(hindrance: Hindrance) -> str:
    """Return what keeps the index from being built, since when, and what to do."""
    return f"Building it has failed since {moment(hindrance.since).striptags()}: {hindrance.sentence} {MEND}"
