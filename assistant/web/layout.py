"""Correcting how a document was understood, on the document's own look.

A change answers a browser with the page again and our script (`X-Part`) with the part of it that
changed; `X-Part: panel` asks only for what is said about the selection.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assistant.errors import ConflictError, InputError, InvalidValueError, StateError
from assistant.layout import AnswerGoes, ColumnRole, Correction, IsQuestion, Merge, PartUse, Role, Split
from assistant.people import Permission
from assistant.questionnaire import FieldKind, Location
from assistant.web.layout_page import SIGNS, LayoutPage, Selection
from assistant.web.problems import status_of
from assistant.web.requests import number, typed, wants_part
from assistant.web.security import person
from assistant.wiring import Application
from assistant.workflow.layouts import AnswersGoError
from assistant.workflow.records import QuestionRecord, Stage

_KEPT_OUT = frozenset({"csrf_token", "losing", "version"})


def make_blueprint(application: Application) -> Blueprint:
    """Return the page of the layout and what can be done on it."""
    pages = Blueprint("layout", __name__)
    layouts = application.layouts

    def page(
        key: int, problem: str = "", gone: tuple[QuestionRecord, ...] = (), status: int = 200
    ) -> ResponseReturnValue:
        shown = LayoutPage(layouts.view(person(), key), _selection())
        record = shown.record
        values = {
            "page": shown,
            "record": record,
            "signs": SIGNS,
            "roles": Role,
            "problem": problem,
            "gone": gone,
            "again": [(name, value) for name, value in request.form.items() if name not in _KEPT_OUT],
            "may_change": person().may(Permission.UPLOAD) and record.stage not in (Stage.SENT, Stage.DRAFTING),
            "fresh": sum(item.status is None for item in shown.questions),
        }
        wanted = request.headers.get("X-Part")
        name = "panel" if wanted == "panel" else "parts" if wanted else "layout"
        return render_template(f"layout/{name}.html", **values), status

    def change(key: int, act: Callable[[int, bool], None]) -> ResponseReturnValue:
        """Do `act` with the version and whether answers may go; show the page, with what stood against it."""
        person().require(Permission.UPLOAD)
        try:
            act(number("version"), "losing" in request.form)
        except AnswersGoError as problem:
            return page(key, str(problem), problem.questions, status_of(problem))
        except (InputError, StateError) as problem:
            return page(key, str(problem), status=status_of(problem))
        if wants_part():
            return page(key)
        address = url_for("layout.layout", key=key)
        return redirect(f"{address}?{_selection().address()}")

    @pages.get("/questionnaires/<int:key>/layout")
    def layout(key: int) -> ResponseReturnValue:
        """Show the document with what stands where."""
        return page(key)

    @pages.post("/questionnaires/<int:key>/layout/correct")
    def correct(key: int) -> ResponseReturnValue:
        """Apply one correction."""

        def act(version: int, losing: bool) -> None:
            layouts.correct(person(), key, version, _correction(), losing=losing)

        return change(key, act)

    @pages.post("/questionnaires/<int:key>/layout/undo")
    def undo(key: int) -> ResponseReturnValue:
        """Take the last correction back."""
        return change(key, lambda version, losing: layouts.undo(person(), key, version, losing=losing))

    @pages.post("/questionnaires/<int:key>/layout/reset")
    def reset(key: int) -> ResponseReturnValue:
        """Take every correction back."""
        return change(key, lambda version, losing: layouts.reset(person(), key, version, losing=losing))

    @pages.post("/questionnaires/<int:key>/layout/confirm")
    def confirm(key: int) -> ResponseReturnValue:
        """Accept the layout; draft what is new, and remember it for the form when wanted."""
        person().require(Permission.UPLOAD)
        remember = "remember" in request.form
        try:
            drafting = layouts.confirm(person(), key, number("version"), remember=remember)
        except (InputError, StateError) as problem:
            status = 409 if isinstance(problem, ConflictError) else status_of(problem)
            return page(key, str(problem), status=status)
        if remember:
            flash("Other files of this form are laid out like this from now on.")
        if drafting:
            application.worker.wake()
        return redirect(url_for("review.desk", key=key))

    return pages


def _selection() -> Selection:
    values = request.values
    return Selection(
        values.get("part", ""),
        values.get("column", 0, type=int),
        values.get("row", 0, type=int),
        values.get("at", ""),
    )


def _correction() -> Correction:
    """Return the correction that a form of the page says.

    :raises InvalidValueError: when it says none.
    """
    question, text = Location(typed("question")), request.form.get("text", "")
    try:
        match typed("kind"):
            case "column":
                return ColumnRole(
                    typed("part"),
                    number("column"),
                    Role(typed("role")),
                    max(1, int(typed("first") or 1)),
                    int(typed("last")) if typed("last") else None,
                    typed("option"),
                )
            case "part":
                return PartUse(typed("part"), typed("used") == "yes")
            case "question":
                return IsQuestion(question, text, typed("yes") == "yes")
            case "answer":
                return AnswerGoes(question, text, Location(typed("place")), FieldKind(typed("field")))
            case "split":
                return Split(question, text)
            case "merge":
                return Merge(question, text)
    except ValueError as problem:
        raise InvalidValueError("Rows are whole numbers, such as 3.") from problem
    raise InvalidValueError("The request says no correction. Load the page again.")
