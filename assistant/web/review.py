"""The review desk: one question at a time with its sources, and every change to its answer.

A change answers a browser with the next page and one of our scripts (`X-Part`) with the parts of
the page that changed, so that the next question is shown without waiting for the last one's saving.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assistant.answer import State
from assistant.errors import ConflictError, InputError, StateError
from assistant.people import Permission
from assistant.web import assigning, commenting, left, outcomes, table
from assistant.web.desk import Refusal, Typed
from assistant.web.desk_page import DeskPage
from assistant.web.filters import Filters
from assistant.web.history import acts_of
from assistant.web.problems import status_of
from assistant.web.requests import number, typed, wants_part
from assistant.web.security import person, token
from assistant.web.wording import called, plural
from assistant.wiring import Application
from assistant.workflow.changes import EDITED, TYPED
from assistant.workflow.choosing import ChoiceWantedError
from assistant.workflow.records import QuestionRecord, Stage
from assistant.workflow.undoing import TakenBack, named

UNDONE = {
    EDITED: "the edit",
    TYPED: "the edit",
    "submitted": "the submission",
    "approved": "the approval",
    "rejected": "the rejection",
}
"""What is taken back, by what was done."""
ITSELF = "itself"
"""What a form brings that was not sent by anybody: the page saves what is typed into it."""


def make_blueprint(application: Application) -> Blueprint:
    """Return the pages of the desk."""
    pages = Blueprint("review", __name__)
    review, knowledge = application.review, application.knowledge
    page = DeskPage(application).show
    assigning.add_to(pages, application, page)
    commenting.add_to(pages, application, page)
    table.add_to(pages, application)
    left.add_to(pages, application)

    @pages.get("/questionnaires/<int:key>/review")
    def desk(key: int) -> ResponseReturnValue:
        """Open the desk at the first question that waits for this person, or that is not approved."""
        return page(key, None)

    @pages.get("/questionnaires/<int:key>/review/<int:question>")
    def at(key: int, question: int) -> ResponseReturnValue:
        """Open the desk at one question."""
        return page(key, question)

    @pages.post("/questions/<int:question>/opened")
    def opened(question: int) -> ResponseReturnValue:
        """Note that the reader has this version of the answer in front of them."""
        review.note_opened(person(), question, number("version"))
        return "", 204

    @pages.get("/questionnaires/<int:key>/progress")
    def progress(key: int) -> ResponseReturnValue:
        """Tell a script how far the drafting is."""
        desk = review.frame(person(), key)
        job = desk.job
        return {
            "drafting": desk.record.stage is Stage.DRAFTING,
            "done": job.done if job else 0,
            "total": job.total if job else 0,
            "error": job.error if job else "",
        }

    @pages.get("/questions/<int:question>/history")
    def history(question: int) -> ResponseReturnValue:
        """Show everything that was done to an answer."""
        item = review.question(person(), question)
        desk = review.around(person(), question)
        acts = acts_of(review.history(person(), question))
        return render_template("review/history.html", item=item, record=desk.record, acts=acts, names=desk.names)

    def change(
        question: int, done: str, act: Callable[[QuestionRecord, Typed], None], *, go_on: bool
    ) -> ResponseReturnValue:
        """Do `act` to the answer; when it is refused, show the question again with all that was typed."""
        item = review.question(person(), question)
        stand = _typed(item)
        try:
            act(item, stand)
        except (InputError, StateError) as problem:
            refusal = Refusal(str(problem), isinstance(problem, ConflictError), isinstance(problem, ChoiceWantedError))
            return page(item.questionnaire, question, stand, refusal, status_of(problem))
        if wants_part():
            return page(item.questionnaire, question, said=f"{called(item)} {done}")
        undone = item.answer.approval is not None and review.question(person(), question).answer.approval is None
        flash(f"{called(item)} {done}" + (" Its approval is gone." if undone else ""))
        onward = request.form.get("onward", type=int) if go_on else None
        filters = Filters.of(request.args)
        arguments: dict[str, Any] = filters.arguments()
        if go_on and not onward and filters.show == State.SUBMITTED.value:  # to what was passed over, or to the end
            return redirect(url_for("review.desk", key=item.questionnaire, **arguments))
        target = onward or question
        return redirect(url_for("review.at", key=item.questionnaire, question=target, **arguments))

    def keep(item: QuestionRecord, stand: Typed, version: int) -> int:
        """Save what was typed when it changes the answer; return the version that stands now."""
        if "text" not in request.form:
            return version
        if not stand.differs(item.answer):
            # A page that is left saves by itself, and the page opened next may not know of it yet.
            return item.version if review.saved_since(person(), item, version) else version
        saved = review.edit(
            person(),
            item.id,
            version,
            choice=stand.choice or None,
            text=stand.text,
            cited=stand.cited,
            not_applicable=stand.not_applicable,
            by_itself=ITSELF in request.form,
        )
        return saved.version

    @pages.post("/questions/<int:question>/edit")
    def edit(question: int) -> ResponseReturnValue:
        """Save the answer as typed; with `take`, with that source's text in it."""

        def act(item: QuestionRecord, stand: Typed) -> None:
            if taken := typed("take"):
                scope = review.desk(person(), item.questionnaire).record.scope
                stand = stand.with_source(knowledge.cited([taken], scope)[0], item.answer)
            keep(item, stand, number("version"))
            if ITSELF not in request.form and not stand.differs(item.answer):
                review.settle(person(), question, item.version)

        person().require(Permission.EDIT)
        return change(question, "was saved.", act, go_on=False)

    @pages.post("/questions/<int:question>/submit")
    def submit(question: int) -> ResponseReturnValue:
        """Save and hand to the reviewers."""
        person().require(Permission.EDIT)

        def act(item: QuestionRecord, stand: Typed) -> None:
            review.submit(person(), question, keep(item, stand, number("version")))

        return change(question, "was submitted.", act, go_on=True)

    @pages.post("/questions/<int:question>/approve")
    def approve(question: int) -> ResponseReturnValue:
        """Save and approve, in one act; what is approved already and was not changed stays so."""
        person().require(Permission.APPROVE)

        def act(item: QuestionRecord, stand: Typed) -> None:
            version = number("version")
            settled = item.answer.state is State.APPROVED and not stand.differs(item.answer)
            if not settled or item.version != version:
                without = "without_choice" in request.form
                review.approve(person(), question, keep(item, stand, version), without_choice=without)

        return change(question, "was approved.", act, go_on=True)

    @pages.post("/questions/<int:question>/reject")
    def reject(question: int) -> ResponseReturnValue:
        """Send back with a reason."""
        person().require(Permission.APPROVE)

        def act(item: QuestionRecord, stand: Typed) -> None:
            # What was typed beside the reason is the wording to go on from; an edit afterwards answers the objection.
            version = keep(item, stand, number("version"))
            review.reject(person(), question, version, stand.reason, wrong_source=stand.wrong_source)

        return change(question, "was rejected.", act, go_on=True)

    @pages.post("/questions/<int:question>/library")
    def take(question: int) -> ResponseReturnValue:
        """Take an approved answer into the library."""
        person().require(Permission.KEEP_LIBRARY)

        def act(item: QuestionRecord, stand: Typed) -> None:
            application.library.take(person(), question)

        return change(question, "is in the library now.", act, go_on=False)

    @pages.post("/questionnaires/<int:key>/undo")
    def undo(key: int) -> ResponseReturnValue:
        """Take back what the reader did last, and show where: the question, or the table it was done from."""
        back = application.undoing.undo(person(), key, token())
        first, *others = back.items
        told = _told(back)
        if wants_part():
            return page(key, first.id, said=told, beside=others)
        flash(told)
        arguments: dict[str, Any] = Filters.of(request.args).arguments()
        if "table" in request.form:
            return redirect(url_for("review.table", key=key, **arguments))
        return redirect(url_for("review.at", key=key, question=first.id, **arguments))

    @pages.post("/questionnaires/<int:key>/submit")
    def submit_all(key: int) -> ResponseReturnValue:
        """Hand every drafted answer to the reviewers, but for those still being written."""
        desk = review.frame(person(), key)
        drafts = [question for question, stands in desk.outline if stands == State.DRAFTED]
        outcome = application.bulk.submit(person(), key, drafts)
        flash(outcomes.told(desk, outcome, "submitted") if drafts else "There was nothing to submit.")
        return redirect(url_for("review.desk", key=key))

    return pages


def _told(back: TakenBack) -> str:
    """Return what was taken back, for people."""
    what = UNDONE.get(back.action, "that")
    if not back.together:
        return f"{called(back.items[0])}: {what} was taken back."
    told = f"Took back {what} of {plural(len(back.items), 'answer')}."
    if not back.left:
        return told
    were = "was" if len(back.left) == 1 else "were"
    return f"{told} {named(back.left)} {were} changed since by somebody else; what stands there now stays."


def _typed(item: QuestionRecord) -> Typed:
    """Return what the answer's form holds; a form without it leaves the saved answer."""
    if "text" not in request.form:
        return Typed.saved(item.answer)
    return Typed(
        typed("choice"),
        request.form["text"],
        typed("not_applicable"),
        tuple(request.form.getlist("cited")),
        reason=typed("reason"),
        wrong_source="wrong_source" in request.form,
    )
