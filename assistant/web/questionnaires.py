"""The list of questionnaires, taking a new one in, and confirming what was found in it."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import parse_qs, urlencode

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from assistant.errors import ConflictError, InputError, InvalidValueError
from assistant.people import Permission
from assistant.statement import Scope
from assistant.web.problems import status_of
from assistant.web.requests import day, number, typed
from assistant.web.security import person
from assistant.wiring import Application
from assistant.workflow.overview import Overview, Progress
from assistant.workflow.records import Stage

SHOWN_SKIPPED = 40
"""Left-out places that are listed for each reason; the rest is counted."""
UNSURE = 0.7
"""Below this certainty a question is pointed out."""
SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "supplier-questionnaire.xlsx"


def scope_value(product: str, deployment: str | None) -> str:
    """Return a product and deployment as the value of one option in a form."""
    return urlencode({"product": product} | ({"deployment": deployment} if deployment else {}))


def chosen_scope() -> Scope:
    """Return what was chosen in the upload form.

    :raises InvalidValueError: when nothing was.
    """
    chosen = parse_qs(typed("scope"))
    if "product" not in chosen:
        raise InvalidValueError("Choose the product this questionnaire is about.")
    return Scope(chosen["product"][0], chosen.get("deployment", [None])[0], nda="nda" in request.form)


def make_blueprint(application: Application) -> Blueprint:
    """Return the pages from upload to confirmation."""
    pages = Blueprint("questionnaires", __name__)
    overview = Overview(application.store)

    def upload_form(problem: str, status: int = 200) -> ResponseReturnValue:
        scopes = {
            product: [(scope_value(product, None), "")]
            + [(scope_value(product, deployment), deployment) for deployment in deployments]
            for product, deployments in application.knowledge.scopes.items()
        }
        shown = {"problem": problem, "scopes": scopes, "customers": overview.customers(person()), "form": request.form}
        return render_template("questionnaires/upload.html", **shown), status

    @pages.get("/")
    def home() -> ResponseReturnValue:
        """List the questionnaires, what needs this person first."""
        rows = overview.questionnaires(person())
        search = request.args.get("q", "").strip()
        if search:
            rows = [r for r in rows if search.casefold() in f"{r.record.customer} {r.record.name}".casefold()]
        groups: dict[str, list[tuple[Progress, str]]] = defaultdict(list)
        for row in rows:
            wanted = row.wants(person())
            groups["now" if wanted else "done" if row.done else "going"].append((row, wanted))
        groups["done"].sort(key=lambda pair: -pair[0].record.id)
        return render_template("questionnaires/home.html", groups=groups, search=search, any=bool(rows))

    @pages.get("/questionnaires/new")
    def upload() -> ResponseReturnValue:
        """Ask for the file and what it is about."""
        person().require(Permission.UPLOAD)
        return upload_form("")

    @pages.post("/questionnaires/new")
    def receive() -> ResponseReturnValue:
        """Read the file."""
        person().require(Permission.UPLOAD)
        file = request.files.get("file")
        try:
            if file is None or not file.filename:
                raise InvalidValueError("Choose the customer's file.")
            with file.stream:
                content = file.read()
            key = application.intake.receive(
                person(),
                content,
                file.filename,
                customer=typed("customer"),
                scope=chosen_scope(),
                due=day("due", "The due date"),
            )
        except InputError as problem:
            return upload_form(str(problem), 400)
        return redirect(url_for("questionnaires.found", key=key))

    @pages.get("/questionnaires/sample")
    def sample() -> ResponseReturnValue:
        """Give out a small questionnaire to try the way with."""
        return send_file(SAMPLE, "application/octet-stream", as_attachment=True, download_name=SAMPLE.name, max_age=0)

    @pages.get("/questionnaires/<int:key>")
    def questionnaire(key: int) -> ResponseReturnValue:
        """Lead to the page a questionnaire needs now."""
        stage = application.review.desk(person(), key).record.stage
        if stage is Stage.LAYOUT:
            return redirect(url_for("questionnaires.found", key=key))
        if stage in (Stage.COMPLETED, Stage.SENT):
            return redirect(url_for("completion.preflight", key=key))
        return redirect(url_for("review.desk", key=key))

    def found_page(key: int, problem: str = "", status: int = 200) -> ResponseReturnValue:
        desk = application.review.desk(person(), key)
        record = desk.record
        reasons = Counter(skipped.reason for skipped in record.found.skipped)
        listed: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for skipped in record.found.skipped:
            if len(listed[skipped.reason]) < SHOWN_SKIPPED:
                listed[skipped.reason].append((str(skipped.location), " ".join(skipped.text.split())))
        saved = {"customer": record.customer, "due": record.due.isoformat() if record.due else ""}
        shown = {
            "desk": desk,
            "counts": desk.tally,
            "onward": {},
            "record": record,
            "unsure": [item for item in desk.questions if item.question.certainty < UNSURE],
            "placeless": [item for item in desk.questions if not item.question.fields],
            "skipped": [(reason, count, listed[reason]) for reason, count in reasons.most_common()],
            "completed": bool(application.completion.documents(person(), key)),
            "waiting": record.stage is Stage.LAYOUT,
            "problem": problem,
            "form": saved | {name: request.form[name] for name in saved if name in request.form},
        }
        return render_template("questionnaires/found.html", **shown), status

    @pages.get("/questionnaires/<int:key>/found")
    def found(key: int) -> ResponseReturnValue:
        """Show what was understood of the file."""
        return found_page(key)

    @pages.post("/questionnaires/<int:key>/confirm")
    def confirm(key: int) -> ResponseReturnValue:
        """Accept what was found and start drafting."""
        if application.layouts.confirm(person(), key, number("version")):
            application.worker.wake()
        return redirect(url_for("review.desk", key=key))

    @pages.post("/questionnaires/<int:key>/draft")
    def draft_again(key: int) -> ResponseReturnValue:
        """Draft what was not drafted because drafting had stopped."""
        application.keeping.draft_again(person(), key)
        application.worker.wake()
        return redirect(url_for("review.desk", key=key))

    @pages.post("/questionnaires/<int:key>/change")
    def change(key: int) -> ResponseReturnValue:
        """Save customer and due date; when somebody else did so meanwhile, show theirs and what was typed."""
        try:
            due = day("due", "The due date")
            application.keeping.change(person(), key, number("version"), customer=typed("customer"), due=due)
        except (InputError, ConflictError) as problem:
            return found_page(key, str(problem), status_of(problem))
        flash("Saved.")
        return redirect(url_for("questionnaires.found", key=key))

    @pages.post("/questionnaires/<int:key>/delete")
    def delete(key: int) -> ResponseReturnValue:
        """Remove a questionnaire of which nothing was completed."""
        name = application.review.desk(person(), key).record.name
        application.keeping.delete(person(), key)
        flash(f"{name} was deleted.")
        return redirect(url_for("questionnaires.home"))

    @pages.get("/questionnaires/<int:key>/original")
    def original(key: int) -> ResponseReturnValue:
        """Give back the customer's file as it came."""
        name, content = application.completion.original(person(), key)
        return send_file(
            io.BytesIO(content), "application/octet-stream", as_attachment=True, download_name=name, max_age=0
        )

    return pages
