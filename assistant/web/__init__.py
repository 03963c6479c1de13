"""The pages: one blueprint for each area, all views thin over the use cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask
from flask_bootstrap import Bootstrap5
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from assistant.web import (
    account,
    assigning,
    audit,
    completion,
    conflicts,
    consistency,
    figures,
    gaps,
    health,
    help_page,
    layout,
    library,
    notifications,
    people,
    preparing,
    problems,
    questionnaires,
    review,
    second_factor,
    security,
    sign_in,
    wording,
    zones,
)
from assistant.wiring import Application

MAX_UPLOAD = 51_000_000
"""Bytes of a request: the largest file that is read (50 MB), with room for the fields around it."""


def create_app(application: Application) -> Flask:
    """Return the web application over the wired use cases; it starts nothing in the background."""
    app = Flask(
        "assistant",
        template_folder=str(Path(__file__).resolve().parents[2] / "templates"),
        static_folder=str(Path(__file__).resolve().parent / "static"),
        static_url_path="/static",
    )
    app.config.from_mapping(
        SECRET_KEY=application.settings.secret_key,
        MAX_CONTENT_LENGTH=MAX_UPLOAD,
        MAX_FORM_MEMORY_SIZE=2_000_000,
        SESSION_COOKIE_NAME="assistant",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=application.settings.secure_cookies,
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
        WTF_CSRF_TIME_LIMIT=None,  # a form lives as long as the session it was opened in
        BOOTSTRAP_SERVE_LOCAL=True,
    )
    proxies = application.settings.trusted_proxies
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies, x_port=proxies, x_prefix=proxies
        )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Bootstrap5(app)
    security.init_app(app, application)
    preparing.init_app(app, application)  # after the check of who is asking
    problems.init_app(app)
    wording.init_app(app, application)
    consistency.init_app(app, application)
    for area in (audit, completion, conflicts, health, help_page, layout, library, people, questionnaires, review):
        app.register_blueprint(area.make_blueprint(application))
    for area in (assigning, figures, gaps):
        app.register_blueprint(area.make_blueprint(application))
    for area in (account, notifications, second_factor, sign_in):
        app.register_blueprint(area.make_blueprint(application))

    @app.context_processor
    def dates() -> dict[str, Any]:
        return {"today": zones.today()}

    return app
