"""What one was told: the page, the number at the bell, and marking things as seen."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assistant.answer import State
from assistant.web.places import address
from assistant.web.requests import counts, local, typed
from assistant.web.security import person
from assistant.wiring import Application
from assistant.workflow.notices import Line, Thing
from assistant.workflow.notifying import Kind

SUMMARIES = {
    Kind.ASSIGNED: ("assignment", "assignments"),
    Kind.MENTIONED: ("comment for you", "comments for you"),
    Kind.SUBMITTED: ("submission to approve", "submissions to approve"),
    Kind.DUE: ("due date", "due dates"),
    Kind.REJECTED: ("answer sent back to you", "answers sent back to you"),
    Kind.REVIEW_DUE: ("review due", "reviews due"),
}
"""What a notification of a kind is called where its text is not shown, and several together."""
ICONS = {
    Kind.ASSIGNED: "person-raised-hand",
    Kind.MENTIONED: "person-circle",
    Kind.SUBMITTED: "send",
    Kind.DUE: "clock-history",
    Kind.REJECTED: "arrow-return-left",
    Kind.REVIEW_DUE: "journal-check",
}


def summary(line: Line) -> str:
    """Return what notifications of one kind say together."""
    questions = {note.subject for note in line.notes if note.subject.startswith("question ")}
    number = len(line.notes)
    if line.kind is Kind.ASSIGNED and len(questions) == number > 1:
        return f"{number} questions assigned to you"
    one, several = SUMMARIES[line.kind]
    return f"{number} {one if number == 1 else several}"


def place(thing: Thing, line: Line) -> str:
    """Return where a click on the line leads, "" when that is gone."""
    if line.kind is Kind.SUBMITTED and thing.name:
        return url_for("review.desk", key=thing.questionnaire, show=State.SUBMITTED.value)
    if line.kind is Kind.REJECTED and thing.name and not line.subject.startswith("question "):
        return url_for("review.desk", key=thing.questionnaire, show="returned")
    return address(line.subject, thing.questionnaire) if thing.name else ""


def ids() -> list[int]:
    """Return the ids of the notifications that a form is about."""
    return [int(note) for note in typed("notes").split(",") if counts(note)]


def make_blueprint(application: Application) -> Blueprint:
    """Return the pages of the notifications."""
    pages = Blueprint("notifications", __name__)
    notices = application.notices

    @pages.app_context_processor
    def unseen() -> dict[str, Any]:
        return {"unseen_notices": lambda: notices.unseen(person())}

    @pages.get("/notifications")
    def listed() -> ResponseReturnValue:
        """List what one was told, the new things first."""
        shown = {"told": notices.told(person()), "summary": summary, "icons": ICONS, "place": place}
        return render_template("notifications/list.html", **shown)

    @pages.post("/notifications/open")
    def open_place() -> ResponseReturnValue:
        """Mark something as seen and go to where it is."""
        notices.see(person(), ids())
        return redirect(local(request.form.get("to", "")))

    @pages.post("/notifications/seen")
    def seen() -> ResponseReturnValue:
        """Mark something as seen, or without naming anything all of it."""
        notices.see(person(), ids() if "notes" in request.form else None)
        if "notes" not in request.form:
            flash("Everything is marked as seen.")
        return redirect(url_for("notifications.listed"))

    return pages
