"""One's own account: password, time zone, notifications, and where one is signed in."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from assistant.errors import InputError, InvalidValueError
from assistant.people import Permission
from assistant.web import zones
from assistant.web.requests import checked_password, secret, typed
from assistant.web.security import person, token
from assistant.wiring import Application
from assistant.workflow.invitations import token_hash
from assistant.workflow.notifying import Kind


def make_blueprint(application: Application) -> Blueprint:
    """Return the pages of one's own account."""
    pages = Blueprint("account", __name__)
    accounts = application.accounts

    def shown(problem: str = "", status: int = 200) -> ResponseReturnValue:
        here = token_hash(token())
        return render_template(
            "account/account.html",
            account=accounts.own(person()),
            factor=accounts.factors.standing(person()),
            sessions=[(found, found.token_hash == here) for found in accounts.sessions.of(person())],
            zones=zones.zones(),
            now=datetime.now(UTC),
            kinds=_kinds(),
            problem=problem,
        ), status

    @pages.get("/account")
    def page() -> ResponseReturnValue:
        """Show everything that one can change about oneself."""
        return shown()

    @pages.post("/account/password")
    def change_password() -> ResponseReturnValue:
        """Set a new password."""
        try:
            accounts.change_password(person(), secret("old"), checked_password(), keep=token())
        except InputError as problem:
            return shown(str(problem), 400)
        flash("The new password holds from now on; your other sessions have ended.")
        return redirect(url_for("account.page"))

    @pages.post("/account/zone")
    def zone() -> ResponseReturnValue:
        """Choose the time zone in which pages show times; without one it is the browser's."""
        name = typed("zone")
        if name and not zones.known(name):
            raise InvalidValueError(f"There is no time zone “{name}”; choose one from the list.")
        accounts.set_zone(person(), name)
        flash("Times are shown in that zone from now on." if name else "Times are shown in your browser's zone.")
        return redirect(url_for("account.page"))

    @pages.post("/account/notifications")
    def notifications() -> ResponseReturnValue:
        """Choose of what one is told."""
        wanted = {Kind(kind) for kind in request.form.getlist("kind") if kind in set(Kind)}
        accounts.set_muted(person(), [kind for kind in _kinds() if kind not in wanted])
        flash("You are told of what you chose from now on.")
        return redirect(url_for("account.page"))

    @pages.post("/account/sessions/<session_key>/end")
    def end_session(session_key: str) -> ResponseReturnValue:
        """End one session of one's own."""
        if token_hash(token()).startswith(session_key):
            return redirect(url_for("account.page"))  # this one is ended by signing out
        accounts.sessions.end_one(person(), person().id, session_key)
        flash("That session has ended.")
        return redirect(url_for("account.page"))

    @pages.post("/account/sessions/others/end")
    def end_others() -> ResponseReturnValue:
        """End every session of one's own but this one."""
        accounts.sessions.end_others(person(), token())
        flash("Every other session has ended.")
        return redirect(url_for("account.page"))

    @pages.post("/account/sessions/end")
    def end_sessions() -> ResponseReturnValue:
        """End every session of one's own account, this one included."""
        accounts.sessions.end_all(person(), person().id)
        logout_user()
        session.clear()
        return redirect(url_for("sign_in.form"))

    return pages


def _kinds() -> list[Kind]:
    """Return of what the reader may be told."""
    return [kind for kind in Kind if kind is not Kind.SUBMITTED or person().may(Permission.APPROVE)]
