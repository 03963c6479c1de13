"""Who is asking, what nobody may ask without signing in, and the headers of every response.

Everything is closed by default: an endpoint that is not in `OPEN` demands a signed-in person before
its view runs. What that person may do is decided by the use cases, not here.
"""

from __future__ import annotations

from typing import cast

from flask import Flask, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user
from flask_wtf import CSRFProtect
from werkzeug.exceptions import Unauthorized

from assistant.errors import PermissionDeniedError
from assistant.people import Person
from assistant.wiring import Application
from assistant.workflow.sessions import Visit

OPEN = frozenset(
    {
        "static",
        "bootstrap.static",
        "sign_in.form",
        "sign_in.enter",
        "sign_in.code",
        "sign_in.enter_code",
        "sign_in.invited",
        "sign_in.accept",
        "health.health",
        "health.icon",
    }
)
"""The endpoints that answer without a signed-in person."""

STATIC = frozenset({"static", "bootstrap.static"})

BEFORE_FACTOR = OPEN | {"second_factor.page", "second_factor.switch_on", "sign_in.leave"}
"""The endpoints for somebody who has to set up a second factor first."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SignedIn(UserMixin):  # type: ignore[misc]
    """Who comes, with the token of the session they are signed in by."""

    def __init__(self, visit: Visit, token: str) -> None:
        """Keep both."""
        self.visit, self.person, self.token = visit, visit.person, token

    def get_id(self) -> str:
        """Return what the cookie holds: the token of the session kept on the server, nothing else."""
        return self.token


def person() -> Person:
    """Return who is signed in; views of closed endpoints only."""
    return cast(Person, current_user.person)


def visit() -> Visit:
    """Return how whoever is signed in comes; views of closed endpoints only."""
    return cast(Visit, current_user.visit)


def token() -> str:
    """Return the token of the session this request came in."""
    return cast(str, current_user.token)


def init_app(app: Flask, application: Application) -> None:
    """Close every endpoint that is not `OPEN`, protect every form, and set the headers."""
    login = LoginManager(app)
    # The session on the server ends what has to end; the library's own check would only mark it stale.
    login.session_protection = None

    @login.user_loader  # type: ignore[untyped-decorator]
    def load(session_token: str) -> SignedIn | None:
        found = application.accounts.sessions.visit(session_token)
        return SignedIn(found, session_token) if found is not None else None

    @app.before_request
    def demand_somebody() -> None:
        if request.endpoint not in OPEN and not current_user.is_authenticated:
            raise Unauthorized

    @app.before_request
    def demand_second_factor() -> ResponseReturnValue | None:
        if request.endpoint in BEFORE_FACTOR or not visit().lacks_factor:
            return None
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("second_factor.page"))
        raise PermissionDeniedError("Your role needs a second factor; set it up on your account page first.")

    CSRFProtect(app)  # after the check above: whoever is not signed in hears that first

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.endpoint not in STATIC:
            response.headers["Cache-Control"] = "no-store"
        # A proxy that ends TLS may not be trusted to say so; the setting does.
        if request.is_secure or application.settings.secure_cookies:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response
