"""What is left of one questionnaire, by who has it: giving it to others, and reminding them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assistant.errors import StateError
from assistant.people import Permission
from assistant.web.requests import number
from assistant.web.security import person
from assistant.wiring import Application


def add_to(pages: Blueprint, application: Application) -> None:
    """Add the page of what is left, and reminding somebody from it."""

    @pages.get("/questionnaires/<int:key>/left")
    def left(key: int) -> ResponseReturnValue:
        """Show what is left, by who has it."""
        desk, found = application.review.frame(person(), key), application.remaining.of(person(), key)
        values = {"desk": desk, "record": desk.record, "counts": desk.tally, "onward": {}}
        return render_template("review/left.html", left=found, people=application.assigning.people(person()), **values)

    @pages.post("/questionnaires/<int:key>/remind")
    def remind(key: int) -> ResponseReturnValue:
        """Remind somebody of what they have of it."""
        person().require(Permission.ASSIGN)
        try:
            flash(f"{application.reminding.remind(person(), key, number('person'))} was reminded.")
        except StateError as problem:
            flash(str(problem), "problem")
        return redirect(url_for("review.left", key=key))
