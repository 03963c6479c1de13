"""The help page."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assistant.wiring import Application


def make_blueprint(application: Application) -> Blueprint:
    """Return the help page; it tells what holds for this installation."""
    pages = Blueprint("help", __name__)

    @pages.get("/help")
    def help() -> ResponseReturnValue:
        """Explain the way of a questionnaire, the words, the roles and the keys."""
        return render_template("help/help.html", four_eyes=application.settings.four_eyes)

    return pages
