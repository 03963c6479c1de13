"""Whether this node can serve, for a load balancer: no names, no numbers."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from assistant.wiring import Application


def make_blueprint(application: Application) -> Blueprint:
    """Return the one address that answers without signing in and without a page."""
    pages = Blueprint("health", __name__)

    @pages.get("/health")
    def health() -> ResponseReturnValue:
        """Answer after a look into the database."""
        with application.store.reading() as tx:
            tx.people.names()
        return {"database": "ok", "knowledge": "at fault" if application.knowledge.problem else "ok"}

    return pages
