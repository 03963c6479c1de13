"""Setting up a second factor, doing without it again, and new recovery codes; for one's own account."""

from __future__ import annotations

import segno
from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from assistant.errors import InputError
from assistant.web.requests import secret, typed
from assistant.web.security import person, token, visit
from assistant.wiring import Application
from assistant.workflow.codes import fresh_seed

SEED = "seed"
"""Under which name the browser's session holds the seed of a secret that is not in force yet; it is no secret."""


def qr_code(text: str) -> Markup:
    """Return `text` as a drawing to be taken with a camera; it is made here and never leaves this machine."""
    code = segno.make(text, error="m", micro=False)
    width, height = code.symbol_size(border=4)
    lines = "".join(
        f"M{column} {row}h1v1h-1z"
        for row, cells in enumerate(code.matrix_iter(border=4))
        for column, dark in enumerate(cells)
        if dark
    )
    return Markup(
        '<svg class="qr" viewBox="0 0 {} {}" role="img" aria-label="QR code with the secret below" '
        'shape-rendering="crispEdges"><path d="{}"/></svg>'
    ).format(width, height, lines)


def make_blueprint(application: Application) -> Blueprint:
    """Return the pages of the second factor."""
    pages = Blueprint("second_factor", __name__)
    factors = application.accounts.factors

    def shown(problem: str = "", status: int = 200) -> ResponseReturnValue:
        standing = factors.standing(person())
        values = {"standing": standing, "problem": problem}
        if not standing.on:
            offer = factors.offer(person(), session.setdefault(SEED, fresh_seed()))
            values |= {"offer": offer, "qr": qr_code(offer.address), "required": visit().lacks_factor}
        return render_template("account/second_factor.html", **values), status

    def codes_page(codes: list[str], heading: str) -> ResponseReturnValue:
        return render_template("account/recovery_codes.html", codes=codes, heading=heading)

    @pages.get("/account/second-factor")
    def page() -> ResponseReturnValue:
        """Show how to set it up, or how to do without it."""
        return shown()

    @pages.post("/account/second-factor")
    def switch_on() -> ResponseReturnValue:
        """Put the secret into force for the password and a code of it; the recovery codes are shown this once."""
        try:
            codes = factors.switch_on(person(), session.get(SEED, ""), secret("password"), typed("code"), keep=token())
        except InputError as problem:
            return shown(str(problem), 400)
        session.pop(SEED, None)
        return codes_page(codes, "The second factor is on")

    @pages.post("/account/second-factor/off")
    def switch_off() -> ResponseReturnValue:
        """Do without it."""
        try:
            factors.switch_off(person(), secret("password"), typed("code"), keep=token())
        except InputError as problem:
            return shown(str(problem), 400)
        flash("The second factor is off; your other sessions have ended.")
        return redirect(url_for("account.page"))

    @pages.post("/account/second-factor/codes")
    def renew() -> ResponseReturnValue:
        """Make new recovery codes; they are shown this once."""
        try:
            codes = factors.renew_codes(person(), secret("password"), typed("code"))
        except InputError as problem:
            return shown(str(problem), 400)
        return codes_page(codes, "New recovery codes")

    return pages
