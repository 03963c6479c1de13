"""Whether this node can serve, for a load balancer: no names, no numbers."""

from __future__ import annotations

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from assistant.wiring import Application


def make_blueprint(application: Application) -> Blueprint:
    """Return the addresses that answer without signing in and without a page."""
    pages = Blueprint("health", __name__)

    @pages.get("/health")
    def health() -> ResponseReturnValue:
        """Answer after a look into the database; 503 when the index is not there and cannot be built as things are."""
        with application.store.reading() as tx:
            tx.people.names()
        knowledge = application.knowledge
        if knowledge.hindrance and not knowledge.ready:
            return {"database": "ok", "knowledge": "cannot be indexed; the log says why"}, 503
        fault = knowledge.problem or knowledge.hindrance
        state = "at fault" if fault else "ok" if knowledge.ready else "being indexed"
        return {"database": "ok", "knowledge": state}

    @pages.get("/favicon.ico")
    def icon() -> ResponseReturnValue:
        """Answer browsers that look for the icon where it was before pages named it."""
        return current_app.send_static_file("icon.svg")

    return pages
