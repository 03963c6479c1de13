"""Accounts, for administrators: inviting, roles, links for a new password, ending sessions."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assistant.errors import InputError, InvalidValueError
from assistant.people import Role
from assistant.web.requests import typed
from assistant.web.security import person
from assistant.wiring import Application
from assistant.workflow.overview import Overview


def chosen_role() -> Role:
    """Return the role chosen in a form.

    :raises InvalidValueError: when there is no such role.
    """
    try:
        return Role(typed("role"))
    except ValueError as problem:
        raise InvalidValueError("Choose one of the four roles.") from problem


def make_blueprint(application: Application) -> Blueprint:
    """Return the pages of the accounts."""
    pages = Blueprint("people", __name__)
    overview, accounts = Overview(application.store), application.accounts

    def listing(problem: str = "", status: int = 200) -> ResponseReturnValue:
        shown = {
            "invited": accounts.invited(person()),
            "accounts": overview.accounts(person()),
            "roles": list(Role),
            "problem": problem,
            "form": request.form,
        }
        return render_template("people/people.html", **shown), status

    def link_page(heading: str, email: str, link: str) -> ResponseReturnValue:
        address = application.settings.public_url + url_for("sign_in.invited", link=link)
        invitation = accounts.invitation(link)
        assert invitation is not None
        shown = {"heading": heading, "email": email, "address": address, "expires": invitation.expires}
        return render_template("people/link.html", **shown)

    @pages.get("/people")
    def listed() -> ResponseReturnValue:
        """List every account."""
        return listing()

    @pages.post("/people/invite")
    def invite() -> ResponseReturnValue:
        """Make a link by which somebody makes their account; it is shown this once."""
        try:
            link = accounts.invite(person(), typed("email"), typed("name"), chosen_role())
        except InputError as problem:
            return listing(str(problem), 400)
        return link_page("Invitation", typed("email"), link)

    @pages.post("/people/withdraw")
    def withdraw() -> ResponseReturnValue:
        """Let an invitation hold no longer."""
        accounts.withdraw(person(), typed("email"))
        flash("That invitation does not hold any more.")
        return redirect(url_for("people.listed"))

    @pages.post("/people/<int:account>/reset")
    def reset(account: int) -> ResponseReturnValue:
        """Make a link by which the account's owner sets a new password; it is shown this once."""
        link = accounts.reset_link(person(), account)
        email = next(found.email for found in overview.accounts(person()) if found.id == account)
        return link_page("New password", email, link)

    @pages.post("/people/<int:account>/role")
    def role(account: int) -> ResponseReturnValue:
        """Give the account another role."""
        accounts.set_role(person(), account, chosen_role())
        flash("The new role holds from now on.")
        return redirect(url_for("people.listed"))

    @pages.post("/people/<int:account>/active")
    def active(account: int) -> ResponseReturnValue:
        """Let the account sign in, or no longer."""
        on = typed("active") == "yes"
        accounts.set_active(person(), account, on)
        flash("The account can sign in again." if on else "The account cannot sign in any more; its sessions ended.")
        return redirect(url_for("people.listed"))

    @pages.post("/people/<int:account>/sessions/end")
    def end_sessions(account: int) -> ResponseReturnValue:
        """Sign the account out everywhere."""
        accounts.sessions.end_all(person(), account)
        flash("Every session of that account has ended.")
        return redirect(url_for("people.listed"))

    @pages.get("/people/<int:account>/sessions")
    def sessions(account: int) -> ResponseReturnValue:
        """Show where somebody is signed in."""
        open_sessions = accounts.sessions.of(person(), account)
        whose = next(found for found in overview.accounts(person()) if found.id == account)
        return render_template("people/sessions.html", account=whose, sessions=open_sessions)

    @pages.post("/people/<int:account>/sessions/<session_key>/end")
    def end_session(account: int, session_key: str) -> ResponseReturnValue:
        """End one session of somebody."""
        accounts.sessions.end_one(person(), account, session_key)
        flash("That session has ended.")
        return redirect(url_for("people.sessions", account=account))

    @pages.post("/people/<int:account>/second-factor/reset")
    def reset_factor(account: int) -> ResponseReturnValue:
        """Take away a second factor that was lost."""
        accounts.factors.reset(person(), account)
        flash("The second factor was taken away and the sessions have ended; the password still holds.")
        return redirect(url_for("people.listed"))

    return pages
