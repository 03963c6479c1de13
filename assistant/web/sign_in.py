"""Signing in, in one step or two, signing out, and links from invitations."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from assistant.errors import InputError, NotFoundError
from assistant.web.problems import problem_page
from assistant.web.requests import checked_password, local, secret, typed
from assistant.web.security import SignedIn, token
from assistant.wiring import Application
from assistant.workflow.attempts import SignInRefusedError
from assistant.workflow.halfway import CodeWantedError

HALFWAY = "halfway"
"""Under which name the browser's session holds that the password was given."""


def visitor() -> tuple[str, str]:
    """Return the network address and the browser of the request."""
    return request.remote_addr or "", request.user_agent.string[:200]


def make_blueprint(application: Application) -> Blueprint:
    """Return the pages that lead in and out."""
    pages = Blueprint("sign_in", __name__)
    accounts = application.accounts

    def enter_with(session_token: str) -> None:
        visit = accounts.sessions.visit(session_token)
        assert visit is not None
        session.clear()
        login_user(SignedIn(visit, session_token))

    def proved(email: str, password: str, onward: str) -> ResponseReturnValue:
        """Begin a session, or ask for the code that is still wanted."""
        try:
            enter_with(accounts.sign_in(email, password, *visitor()))
        except CodeWantedError as wanted:
            session.clear()
            session[HALFWAY] = wanted.halfway
            return redirect(url_for("sign_in.code", next=onward if onward != "/" else None))
        return redirect(onward)

    def used_link() -> ResponseReturnValue:
        sentence = "Each link works once, for a few days. Ask an administrator for a new one."
        return problem_page(404, sentence, heading="This link was used already or has expired")

    @pages.get("/sign-in")
    def form() -> ResponseReturnValue:
        """Ask for address and password."""
        if current_user.is_authenticated:
            return redirect(local(request.args.get("next", "/")))
        return render_template("sign_in/sign_in.html", problem="", email="", fresh=accounts.needs_first_administrator())

    @pages.post("/sign-in")
    def enter() -> ResponseReturnValue:
        """Start a session."""
        email = typed("email")
        try:
            return proved(email, secret("password"), local(request.args.get("next", "/")))
        except InputError as problem:
            return render_template("sign_in/sign_in.html", problem=str(problem), email=email, fresh=False), 400

    @pages.get("/sign-in/code")
    def code() -> ResponseReturnValue:
        """Ask for the code of the second factor."""
        if HALFWAY not in session:
            return redirect(url_for("sign_in.form"))
        return render_template("sign_in/code.html", problem="")

    @pages.post("/sign-in/code")
    def enter_code() -> ResponseReturnValue:
        """Start a session with the code that the password was not enough without."""
        try:
            session_token = accounts.enter_code(session.get(HALFWAY, ""), typed("code"), *visitor())
        except SignInRefusedError as problem:
            return render_template("sign_in/code.html", problem=str(problem)), 400
        except NotFoundError as problem:
            session.clear()
            return render_template("sign_in/sign_in.html", problem=str(problem), email="", fresh=False), 400
        enter_with(session_token)
        return redirect(local(request.args.get("next", "/")))

    @pages.post("/sign-out")
    def leave() -> ResponseReturnValue:
        """End this session, on the server too."""
        accounts.sessions.end(token())
        logout_user()
        session.clear()
        return redirect(url_for("sign_in.form"))

    @pages.get("/invitations/<link>")
    def invited(link: str) -> ResponseReturnValue:
        """Show what the link is for."""
        invitation = accounts.invitation(link)
        if invitation is None:
            return used_link()
        return render_template(
            "sign_in/accept.html", invitation=invitation, link=link, problem="", name=invitation.name
        )

    @pages.post("/invitations/<link>")
    def accept(link: str) -> ResponseReturnValue:
        """Make the account, or set the new password, and sign in."""
        invitation = accounts.invitation(link)
        if invitation is None:
            return used_link()
        try:
            password = checked_password()
            account = accounts.accept(link, typed("name"), password, typed("email"))
        except InputError as problem:
            shown = {"invitation": invitation, "link": link, "problem": str(problem), "name": typed("name")}
            return render_template("sign_in/accept.html", **shown), 400
        return proved(account.email, password, url_for("questionnaires.home"))

    return pages
