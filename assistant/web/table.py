"""The table of all questions: sorted, filtered, edited in place, and acts on several questions at once."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assistant.errors import ConflictError, InputError, StateError
from assistant.people import Permission
from assistant.web import outcomes
from assistant.web.desk import Refusal, Typed
from assistant.web.filters import Filters, offered
from assistant.web.numbered import numbered
from assistant.web.problems import status_of
from assistant.web.requests import chosen, number, typed, wants_part
from assistant.web.security import person
from assistant.web.wording import called
from assistant.wiring import Application
from assistant.workflow.records import QuestionRecord


def add_to(pages: Blueprint, application: Application) -> None:
    """Add the table and what is done from it."""
    review, assigning, bulk = application.review, application.assigning, application.bulk

    def show(
        key: int, editing: int | None, stand: Typed | None = None, refusal: Refusal | None = None, status: int = 200
    ) -> ResponseReturnValue:
        """Return the table, with one row open for editing; to a script only that row."""
        filters, part = Filters.of(request.args), wants_part() and editing is not None
        desk = review.around(person(), editing) if part and editing is not None else review.desk(person(), key)
        differing = application.consistency.differing
        shown = list(desk.questions) if part else filters.select(desk, person(), lambda: differing(person(), key))
        values = {
            "desk": desk,
            "record": desk.record,
            "shown": shown,
            "filters": filters,
            "onward": filters.arguments(),
            "counts": desk.tally,
            "editing": editing,
            "typed": stand,
            "refusal": refusal,
            "opened": review.opened(person(), [item.id for item in shown]) if person().may(Permission.APPROVE) else {},
        }
        values |= _addresses(key, filters)
        if part:
            return render_template("review/row_part.html", **values), status
        people = assigning.people(person())
        return render_template("review/table.html", people=people, **offered(desk), **values), status

    @pages.get("/questionnaires/<int:key>/table")
    def table(key: int) -> ResponseReturnValue:
        """Show all questions at once; with `edit`, that row open for editing."""
        return show(key, request.args.get("edit", type=int))

    @pages.get("/questions/<int:question>/row")
    def row(question: int) -> ResponseReturnValue:
        """Return the row of one question to a script; with `edit`, open for editing. A browser is given the table."""
        item = review.question(person(), question)
        if not wants_part():
            return _back(item)
        if "edit" in request.args:
            return show(item.questionnaire, question)
        return _plain_row(question)

    @pages.post("/questions/<int:question>/row")
    def save_row(question: int) -> ResponseReturnValue:
        """Save choice and text of a row; when that is refused, show the row again with what was typed."""
        person().require(Permission.EDIT)
        item = review.question(person(), question)
        stand = Typed.saved(item.answer)
        stand = Typed(typed("choice"), request.form.get("text", ""), stand.not_applicable, stand.cited)
        try:
            if stand.differs(item.answer) or item.version != number("version"):
                review.edit(
                    person(),
                    question,
                    number("version"),
                    choice=stand.choice or None,
                    text=stand.text,
                    cited=stand.cited,
                    not_applicable=stand.not_applicable,
                )
        except (InputError, StateError) as problem:
            refusal = Refusal(str(problem), theirs=isinstance(problem, ConflictError))
            return show(item.questionnaire, question, stand, refusal, status_of(problem))
        if wants_part():
            return _plain_row(question)
        flash(f"{called(item)} was saved." + (" Its approval is gone." if item.answer.approval else ""))
        return _back(item)

    def _plain_row(question: int) -> ResponseReturnValue:
        desk = review.around(person(), question)
        filters = Filters.of(request.args)
        values = {"desk": desk, "record": desk.record, "shown": desk.questions, "filters": filters, "editing": None}
        values |= {"onward": filters.arguments(), "counts": desk.tally, "typed": None, "refusal": None}
        values |= _addresses(desk.record.id, filters)
        opened = review.opened(person(), [question]) if person().may(Permission.APPROVE) else {}
        return render_template("review/row_part.html", **values, opened=opened)

    def told(key: int, sentence: str) -> ResponseReturnValue:
        flash(sentence)
        arguments: dict[str, Any] = Filters.of(request.args).arguments()
        return redirect(url_for("review.table", key=key, **arguments))

    @pages.post("/questionnaires/<int:key>/chosen/submit")
    def submit_chosen(key: int) -> ResponseReturnValue:
        """Hand the chosen drafts to the reviewers."""
        return told(key, outcomes.told(review.frame(person(), key), bulk.submit(person(), key, chosen()), "submitted"))

    @pages.post("/questionnaires/<int:key>/chosen/approve")
    def approve_chosen(key: int) -> ResponseReturnValue:
        """Approve what of the selection may be approved together."""
        return told(key, outcomes.told(review.frame(person(), key), bulk.approve(person(), key, chosen()), "approved"))


def _addresses(key: int, filters: Filters) -> dict[str, Any]:
    """Return the addresses of a question's page and of its row, by the number of the question."""
    arguments = filters.arguments()
    addresses = {
        "address": numbered("review.at", "question", key=key, **arguments),
        "row_address": numbered("review.row", "question", **arguments),
        "edit_address": numbered("review.table", "edit", key=key, **arguments),
    }
    return {"at": addresses}


def _back(item: QuestionRecord) -> ResponseReturnValue:
    """Return to the row in the table."""
    arguments: dict[str, Any] = Filters.of(request.args).arguments()
    return redirect(url_for("review.table", key=item.questionnaire, _anchor=f"row-{item.id}", **arguments))
