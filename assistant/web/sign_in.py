"""Signing in and out, links from invitations, and what everybody may do with their own account."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from assistant.errors import InputError, InvalidValueError
from assistant.web.problems import problem_page
from assistant.web.requests import local, typed
from assistant.web.security import SignedIn, person, token
from assistant.wiring import Application


def make_blueprint(application: Application) -> Blueprint:
    """Return the pages around one's own account."""
    pages = Blueprint("sign_in", __name__)
    accounts = application.accounts

    def enter_with(email: str, password: str) -> None:
        session_token = accounts.sign_in(email, password, request.remote_addr or "", request.user_agent.string[:200])
        found = accounts.sessions.person(session_token)
        assert found is not None
        session.clear()
        login_user(SignedIn(found, session_token))

    def checked_password() -> str:
        if request.form.get("password") != request.form.get("again"):
            raise InvalidValueError("The two passwords differ; type the same one twice.")
        return request.form.get("password", "")

    def used_link() -> ResponseReturnValue:
        sentence = "Each link works once, for a few days. Ask an administrator for a new one."
        return problem_page(404, sentence, heading="This link was used already or has expired")

    @pages.get("/sign-in")
    def form() -> ResponseReturnValue:
        """Ask for address and password."""
        if current_user.is_authenticated:
            return redirect(url_for("questionnaires.home"))
        return render_template("sign_in/sign_in.html", problem="", email="", fresh=accounts.needs_first_administrator())

    @pages.post("/sign-in")
    def enter() -> ResponseReturnValue:
        """Start a session."""
        email = typed("email")
        try:
            enter_with(email, request.form.get("password", ""))
        except InputError as problem:
            return render_template("sign_in/sign_in.html", problem=str(problem), email=email, fresh=False), 400
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
        enter_with(account.email, password)
        return redirect(url_for("questionnaires.home"))

    @pages.get("/account")
    def account() -> ResponseReturnValue:
        """Show one's own sessions and the form for a new password."""
        return render_template("sign_in/account.html", sessions=accounts.sessions.of(person()), problem="")

    @pages.post("/account/password")
    def change_password() -> ResponseReturnValue:
        """Set a new password."""
        try:
            accounts.change_password(person(), request.form.get("old", ""), checked_password(), keep=token())
        except InputError as problem:
            shown = {"sessions": accounts.sessions.of(person()), "problem": str(problem)}
            return render_template("sign_in/account.html", **shown), 400
        flash("The new password holds from now on; your other sessions have ended.")
        return redirect(url_for("sign_in.account"))

    @pages.post("/account/sessions/end")
    def end_sessions() -> ResponseReturnValue:
        """End every session of one's own account, this one included."""
        accounts.sessions.end_all(person(), person().id)
        logout_user()
        session.clear()
        return redirect(url_for("sign_in.form"))

    return pages
