"""What a person sees when something cannot be done: one plain page, the right status, and what they had typed."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlsplit

from flask import Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from assistant.errors import (
    AssistantError,
    InputError,
    NotFoundError,
    NotWritableError,
    PermissionDeniedError,
    StateError,
)
from assistant.web.requests import local, wants_part

STATUSES: tuple[tuple[type[AssistantError], int], ...] = (
    (InputError, 400),
    (PermissionDeniedError, 403),
    (NotFoundError, 404),
    (StateError, 409),
    (NotWritableError, 409),
)

HEADINGS = {
    400: "That cannot be used as it is",
    401: "Sign in first",
    403: "Your role does not allow this",
    404: "There is no such page",
    405: "That cannot be done this way",
    409: "That is not possible now",
    413: "The file is too large",
    500: "Something went wrong here",
    503: "The search index is not ready yet",
}

SENTENCES = {
    400: "The request was not understood. Go back and try again.",
    401: "Your session has ended. Sign in and do it again.",
    404: "It may have been deleted, or the address has a mistake in it.",
    405: "The address is right, but it takes another kind of request. Go back and use the button there.",
    413: "A file may have at most 50 MB. Remove embedded pictures or attachments, or split it.",
    500: "The fault is ours, not yours; it was written to the log. Nothing was half saved. Try again.",
}

TYPED = {
    "text": "Answer",
    "answer": "Answer",
    "comment": "Comment",
    "reason": "Reason",
    "not_applicable": "Why it does not apply",
    "customer": "Customer",
    "name": "Name",
    "q": "Search",
}
"""The form fields whose content is shown again, so that nobody types it twice; never a password."""


def status_of(problem: AssistantError) -> int:
    """Return the HTTP status that says what kind of problem it is."""
    return next((status for kind, status in STATUSES if isinstance(problem, kind)), 500)


def problem_page(status: int, sentence: str, *, heading: str = "", stale: bool = False) -> ResponseReturnValue:
    """Return the page for a problem; to a script the sentence, and whether a fresh form would be taken."""
    door = sign_in_address() if status == 401 else ""
    if wants_part():
        return {"problem": sentence, "stale": stale, **({"sign_in": door} if door else {})}, status
    # A request that was refused for its size has not been read, and reading it would be refused again.
    form = {} if status == 413 else request.form
    typed = [(label, form[name]) for name, label in TYPED.items() if form.get(name, "").strip()]
    heading = heading or HEADINGS.get(status, HEADINGS[400 if status < 500 else 500])
    shown = {"status": status, "heading": heading, "sentence": sentence, "typed": typed, "door": door}
    try:
        return render_template("problem.html", **shown), status
    except Exception:
        # The page names who is signed in, which takes the database; it may be what is away.
        current_app.logger.exception("the page for a problem could not be shown")
        return f"{heading}. {sentence}", status, {"Content-Type": "text/plain; charset=utf-8"}


def sign_in_address() -> str:
    """Return the address of the sign-in form that leads back to the page from which the request came, if it is ours."""
    try:
        came = urlsplit(request.referrer or "")
        # A page that answered a form has the form's address, which nobody can go back to.
        pages = current_app.url_map.bind_to_environ(request.environ)
        pages.match(came.path.removeprefix(request.script_root), "GET")
    except (HTTPException, ValueError):
        return url_for("sign_in.form")
    onward = f"{came.path}?{came.query}" if came.query else came.path
    ours = came.netloc == request.host and local(onward) == onward
    return url_for("sign_in.form", next=onward if ours and onward != "/" else None)


def init_app(app: Flask) -> None:
    """Answer every problem with a page."""

    @app.errorhandler(AssistantError)
    def cannot(problem: AssistantError) -> ResponseReturnValue:
        return problem_page(status_of(problem), str(problem))

    @app.errorhandler(CSRFError)
    def stale_form(problem: CSRFError) -> ResponseReturnValue:
        if not current_user.is_authenticated:
            return problem_page(401, SENTENCES[401]) if request.endpoint != "sign_in.enter" else again()
        sentence = "This page was opened before you signed in again. Load it anew and repeat what you did."
        return problem_page(400, sentence, stale=True)

    @app.errorhandler(HTTPException)
    def refused(problem: HTTPException) -> ResponseReturnValue:
        status = cast(int, problem.code)
        if status < 400:
            return problem
        if status == 401 and request.method in ("GET", "HEAD") and not wants_part():
            onward = f"{request.script_root}{request.full_path}".rstrip("?")
            return redirect(url_for("sign_in.form", next=onward if onward != "/" else None))
        return problem_page(status, SENTENCES.get(status, problem.description or SENTENCES[400]))


def again() -> ResponseReturnValue:
    """Return to the sign-in form, whose first form had outlived its session cookie."""
    return redirect(url_for("sign_in.form"))
