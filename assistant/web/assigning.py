"""Giving questions to somebody, and the page of what one has to do oneself."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assistant.errors import InputError, InvalidValueError
from assistant.people import Permission
from assistant.web.filters import Filters
from assistant.web.requests import chosen, day, number, typed, wants_part
from assistant.web.security import person
from assistant.wiring import Application
from assistant.workflow.approvals import Pile
from assistant.workflow.dues import urgency
from assistant.workflow.records import QuestionRecord


class ShowQuestion(Protocol):
    """Shows the desk at a question."""

    def __call__(self, key: int, question: int | None, *, said: str = "") -> ResponseReturnValue:
        """Return the desk of questionnaire `key` at `question`; `said` tells a script what was done."""


def add_to(pages: Blueprint, application: Application, show: ShowQuestion) -> None:
    """Add the routes that give questions to somebody and take them back."""
    assigning = application.assigning

    def done(item: QuestionRecord, told: str) -> ResponseReturnValue:
        if wants_part():
            return show(item.questionnaire, item.id, said=told)
        flash(told)
        arguments: dict[str, Any] = Filters.of(request.args).arguments()
        return redirect(url_for("review.at", key=item.questionnaire, question=item.id, **arguments))

    @pages.post("/questions/<int:question>/assign")
    def assign(question: int) -> ResponseReturnValue:
        """Give the question to somebody."""
        person().require(Permission.ASSIGN)
        item = application.review.question(person(), question)
        to, due = _somebody(), day("due", "The day it is wanted by")
        assigning.assign(person(), item.questionnaire, [question], to, due)
        name = next(one.name for one in assigning.people(person()) if one.id == to)
        return done(item, f"{item.name} is with {name} now.")

    def told(key: int, sentence: str, category: str = "message") -> ResponseReturnValue:
        """Return to the list in which the questions were chosen."""
        flash(sentence, category)
        if typed("page") == "left":
            return redirect(url_for("review.left", key=key))
        arguments: dict[str, Any] = Filters.of(request.args).arguments()
        return redirect(url_for("review.table", key=key, **arguments))

    @pages.post("/questionnaires/<int:key>/chosen/assign")
    def assign_chosen(key: int) -> ResponseReturnValue:
        """Give the chosen questions to somebody."""
        person().require(Permission.ASSIGN)
        try:
            to, due = _somebody(), day("due", "The day they are wanted by")
            count = assigning.assign(person(), key, chosen(), to, due)
        except InputError as problem:
            return told(key, str(problem), "problem")
        name = next(one.name for one in assigning.people(person()) if one.id == to)
        return told(key, _counted(count, f"{{}} given to {name}."))

    @pages.post("/questionnaires/<int:key>/chosen/unassign")
    def unassign_chosen(key: int) -> ResponseReturnValue:
        """Let nobody have the chosen questions."""
        person().require(Permission.ASSIGN)
        return told(key, _counted(assigning.unassign(person(), key, chosen()), "{} with nobody now."))

    @pages.post("/questions/<int:question>/unassign")
    def unassign(question: int) -> ResponseReturnValue:
        """Let nobody have the question; who sees only what they have goes back to their queue."""
        desk = application.review.around(person(), question)
        (item,) = desk.questions
        assigning.unassign(person(), item.questionnaire, [question])
        if not (person().may(Permission.ASSIGN) and desk.whole):
            flash(f"{item.name} was handed back.")
            return redirect(url_for("queue.mine"))
        return done(item, f"{item.name} is with nobody now.")


def _somebody() -> int:
    """Return the person that was chosen.

    :raises InvalidValueError: when nobody was.
    """
    if not typed("person"):
        raise InvalidValueError("Nobody is chosen: choose who is to have it.")
    return number("person")


def _counted(count: int, sentence: str) -> str:
    if not count:
        return "Nothing changed: choose questions first, or they were like that already."
    return sentence.format("1 question is" if count == 1 else f"{count} questions are")


def make_blueprint(application: Application) -> Blueprint:
    """Return the queue: what is assigned to the reader over all questionnaires."""
    pages = Blueprint("queue", __name__)

    @pages.get("/queue")
    def mine() -> ResponseReturnValue:
        """List what the reader has, what waits for them first."""
        tasks = application.assigning.queue(person())
        waiting = [task for task in tasks if task.waits]
        over, piles = [task for task in tasks if not task.waits], application.approvals.piles(person())
        return render_template("review/queue.html", piles=piles, waiting=waiting, over=over)

    @pages.app_context_processor
    def waits() -> dict[str, Any]:
        def waiting_for_me() -> int:
            return application.assigning.waiting(person()) + application.approvals.count(person())

        def to_approve() -> list[Pile]:
            return application.approvals.piles(person())

        return {"waiting_for_me": waiting_for_me, "to_approve": to_approve}

    @pages.app_template_filter("urgency")
    def urgent(at: date | None, today: date) -> str:
        """Return the class that marks a day as near or past."""
        return urgency(at, today) or ""

    return pages
