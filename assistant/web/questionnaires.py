"""The list of questionnaires, and taking new ones in."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from assistant.errors import InputError, InvalidValueError
from assistant.people import Permission
from assistant.web import questionnaire_page, rescoping
from assistant.web.listing import DUE, Wanted, choices, grouped
from assistant.web.requests import day, typed
from assistant.web.scopes import chosen_scope, scope_options
from assistant.web.security import person
from assistant.web.zones import today
from assistant.wiring import Application, documents
from assistant.workflow.overview import Overview
from assistant.workflow.pasting import pasted

SHOWN_DONE = 30
"""Done questionnaires that are listed at first."""
SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "supplier-questionnaire.xlsx"


def sent_files() -> list[tuple[bytes, str]]:
    """Return the files that the upload form brings, and what was pasted into it as one more, each with its name.

    :raises InvalidValueError: when there are none.
    """
    found = []
    for file in request.files.getlist("file"):
        if file.filename:
            with file.stream:
                found.append((file.read(), file.filename))
    if typed("pasted"):
        found.append(pasted(request.form["pasted"], documents))
    if not found:
        raise InvalidValueError("Choose the customer's file, or paste the questions.")
    return found


def make_blueprint(application: Application) -> Blueprint:
    """Return the list, the upload, and the pages of one questionnaire but for its review and completion."""
    pages = Blueprint("questionnaires", __name__)
    overview = Overview(application.store)
    questionnaire_page.add(pages, application)
    rescoping.add(pages, application)

    def upload_form(problem: str, refused: list[tuple[str, str]] | None = None, status: int = 200) -> tuple[str, int]:
        shown = {
            "problem": problem,
            "refused": refused or [],
            "scopes": scope_options(application.knowledge.scopes),
            "customers": overview.customers(person()),
            "deals": overview.deals(person()),
            "form": request.form,
        }
        return render_template("questionnaires/upload.html", **shown), status

    @pages.get("/")
    def home() -> ResponseReturnValue:
        """List the questionnaires, what needs this person first."""
        rows, wanted = overview.questionnaires(person()), Wanted.of(request.args)
        shown = [row for row in rows if wanted.passes(row, today())]
        groups = grouped(shown, person())
        more = 0 if request.args.get("done") == "all" else max(0, len(groups["done"]) - SHOWN_DONE)
        return render_template(
            "questionnaires/home.html",
            groups={**groups, "done": groups["done"][: len(groups["done"]) - more]},
            more=more,
            wanted=wanted,
            choices=choices(rows),
            DUE=DUE,
            any=bool(rows),
            archived=sum(bool(row.record.archived) for row in rows),
            shown=len(shown),
        )

    @pages.get("/questionnaires/new")
    def upload() -> ResponseReturnValue:
        """Ask for the files, or the questions, and what they are about."""
        person().require(Permission.UPLOAD)
        return upload_form("")

    @pages.post("/questionnaires/new")
    def receive() -> ResponseReturnValue:
        """Read the files; those that cannot be read are named, the others are taken in."""
        person().require(Permission.UPLOAD)
        taken: list[int] = []
        refused: list[tuple[str, str]] = []
        try:
            files, scope, due = sent_files(), chosen_scope(request.form), day("due", "The due date")
            deal = typed("deal") or (f"{typed('customer')} {today().isoformat()}" if len(files) > 1 else "")
            for content, name in files:
                try:
                    key = application.intake.receive(
                        person(),
                        content,
                        name,
                        customer=typed("customer"),
                        scope=scope,
                        due=due,
                        deal=deal,
                        restricted="restricted" in request.form,
                    )
                    taken.append(key)
                except InputError as problem:
                    if len(files) == 1:
                        raise
                    refused.append((name, str(problem)))
        except InputError as problem:
            return upload_form(str(problem), status=400)
        if not taken:
            return upload_form("None of the files could be taken in.", refused, 400)
        for name, why in refused:
            flash(f"{name} was not taken in: {why}", "problem")
        if len(files) == 1:
            return redirect(url_for("questionnaires.found", key=taken[0]))
        flash(f"{len(taken)} of {len(files)} files were taken in. Look at what was found in each.")
        return redirect(url_for("questionnaires.home", deal=deal))

    @pages.get("/questionnaires/sample")
    def sample() -> ResponseReturnValue:
        """Give out a small questionnaire to try the way with."""
        return send_file(SAMPLE, "application/octet-stream", as_attachment=True, download_name=SAMPLE.name, max_age=0)

    return pages
