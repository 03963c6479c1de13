"""The review desk: one question at a time with its sources, the table of all, and every change to an answer.

A change answers a browser with the next page and one of our scripts (`X-Part`) with the parts of
the page that changed, so that the next question is shown without waiting for the last one's saving.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assistant.answer import State
from assistant.errors import ConflictError, InputError, NotFoundError, StateError
from assistant.people import Permission, Person
from assistant.web.desk import (
    BANDS,
    SHOW,
    Filters,
    OpenQuestion,
    Refusal,
    Typed,
    choice_keys,
    returned_by,
    searched,
    sources_of,
    wanted_words,
)
from assistant.web.marking import stems
from assistant.web.problems import status_of
from assistant.web.requests import number, typed, wants_part
from assistant.web.security import person
from assistant.web.wording import label
from assistant.wiring import Application
from assistant.workflow.records import AuditEvent, QuestionRecord, Stage
from assistant.workflow.review import Desk

SOURCES = 5
"""Passages proposed beside a question; one for each of the keys 1 to 5."""
FOUND = 8
"""Passages shown for a search beside a question."""


def make_blueprint(application: Application) -> Blueprint:
    """Return the pages of the desk."""
    pages = Blueprint("review", __name__)
    review, knowledge = application.review, application.knowledge

    def in_library(events: list[AuditEvent]) -> bool:
        """Return whether the approved answer was taken into the library, in this wording, and is still in use."""
        last = next((event for event in events if event.action in ("taken into the library", "approved")), None)
        taken = (last.after or {}).get("entry") if last is not None else None
        return taken is not None and taken in {key for key, _ in application.library.entries(person())}

    def opened(
        desk: Desk, shown: list[QuestionRecord], item: QuestionRecord, stand: Typed, refusal: Refusal | None
    ) -> OpenQuestion:
        order = [other.id for other in shown]
        at = order.index(item.id) if item.id in order else None
        suggestion = review.sources(person(), item.id, SOURCES)
        search = request.args.get("search", "").strip()
        found = knowledge.search(person(), search, desk.record.scope, FOUND) if search else []
        field = item.question.choice_field
        events = review.history(person(), item.id) if item.answer.objection or item.answer.approval else []
        return OpenQuestion(
            item=item,
            typed=stand,
            sources=sources_of(item.answer, suggestion, stand),
            found=searched(found, stand),
            reason=suggestion.reason or "",
            wanted=wanted_words(item) | stems([search]),
            previous=order[at - 1] if at else None,
            next=next(iter(order[at + 1 :] if at is not None else order), None),
            refusal=refusal,
            returned_by=returned_by(item.answer, events, desk.names),
            in_library=item.answer.approval is not None and in_library(events),
            choices=choice_keys(field.allowed()) if field is not None else {},
        )

    def page(
        key: int,
        question: int | None,
        stand: Typed | None = None,
        refusal: Refusal | None = None,
        status: int = 200,
    ) -> ResponseReturnValue:
        desk = review.desk(person(), key)
        filters = Filters.of(request.args)
        shown = [item for item in desk.questions if filters.passes(item, person())]
        item = _chosen(desk, shown, question, person())
        open_question = opened(desk, shown, item, stand or Typed.saved(item.answer), refusal) if item else None
        values = {
            "desk": desk,
            "record": desk.record,
            "filters": filters,
            "onward": filters.arguments(),
            "shown": shown,
            "open": open_question,
            "search": request.args.get("search", "").strip(),
            "counts": desk.tally,
            "four_eyes": application.settings.four_eyes,
            "drafting": desk.record.stage is Stage.DRAFTING,
        }
        if wants_part():
            return render_template("review/parts.html", **values), status
        sections = list(dict.fromkeys(i.question.section for i in desk.questions if i.question.section))
        return render_template("review/desk.html", SHOW=SHOW, BANDS=BANDS, sections=sections, **values), status

    @pages.get("/questionnaires/<int:key>/review")
    def desk(key: int) -> ResponseReturnValue:
        """Open the desk at the first question that waits for this person, or that is not approved."""
        return page(key, None)

    @pages.get("/questionnaires/<int:key>/review/<int:question>")
    def at(key: int, question: int) -> ResponseReturnValue:
        """Open the desk at one question."""
        return page(key, question)

    @pages.get("/questionnaires/<int:key>/table")
    def table(key: int) -> ResponseReturnValue:
        """Show all questions at once."""
        desk, filters = review.desk(person(), key), Filters.of(request.args)
        shown = [item for item in desk.questions if filters.passes(item, person())]
        sections = list(dict.fromkeys(i.question.section for i in desk.questions if i.question.section))
        values = {"desk": desk, "record": desk.record, "shown": shown, "sections": sections, "filters": filters}
        values |= {"SHOW": SHOW, "BANDS": BANDS, "onward": filters.arguments(), "counts": desk.tally}
        return render_template("review/table.html", **values)

    @pages.get("/questionnaires/<int:key>/progress")
    def progress(key: int) -> ResponseReturnValue:
        """Tell a script how far the drafting is."""
        desk = review.desk(person(), key)
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
        desk = review.desk(person(), item.questionnaire)
        events = review.history(person(), question)
        return render_template("review/history.html", item=item, record=desk.record, events=events, names=desk.names)

    def change(
        question: int, done: str, act: Callable[[QuestionRecord, Typed], None], *, go_on: bool
    ) -> ResponseReturnValue:
        """Do `act` to the answer; when it is refused, show the question again with all that was typed."""
        item = review.question(person(), question)
        stand = _typed(item)
        try:
            act(item, stand)
        except (InputError, StateError) as problem:
            refusal = Refusal(str(problem), theirs=isinstance(problem, ConflictError))
            return page(item.questionnaire, question, stand, refusal, status_of(problem))
        if wants_part():
            return page(item.questionnaire, question)
        undone = item.answer.approval is not None and review.question(person(), question).answer.approval is None
        flash(f"{label(item)} {done}" + (" Its approval is gone." if undone else ""))
        onward = request.form.get("onward", type=int) if go_on else None
        target = onward or question
        arguments: dict[str, Any] = Filters.of(request.args).arguments()
        return redirect(url_for("review.at", key=item.questionnaire, question=target, **arguments))

    def keep(item: QuestionRecord, stand: Typed, version: int) -> int:
        """Save what was typed when it changes the answer; return the version that stands now."""
        if "text" not in request.form or not stand.differs(item.answer):
            return version
        saved = review.edit(
            person(),
            item.id,
            version,
            choice=stand.choice or None,
            text=stand.text,
            cited=stand.cited,
            not_applicable=stand.not_applicable,
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
                review.approve(person(), question, keep(item, stand, version))

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

    @pages.post("/questionnaires/<int:key>/submit")
    def submit_all(key: int) -> ResponseReturnValue:
        """Hand every drafted answer to the reviewers."""
        count = review.submit_all(person(), key)
        done = "One answer was submitted." if count == 1 else f"{count} answers were submitted."
        flash(done if count else "There was nothing to submit: what was sent back waits for another wording.")
        return redirect(url_for("review.desk", key=key))

    return pages


def _chosen(desk: Desk, shown: list[QuestionRecord], question: int | None, by: Person) -> QuestionRecord | None:
    """Return the question asked for; else the first shown that is submitted to `by`, or that is not approved.

    :raises NotFoundError: for a question of another questionnaire.
    """
    if question is not None:
        item = next((item for item in desk.questions if item.id == question), None)
        if item is None:
            raise NotFoundError("There is no such question in this questionnaire.")
        return item
    wanted = (State.SUBMITTED,) if by.may(Permission.APPROVE) else ()
    order = sorted(shown, key=lambda item: (item.answer.state not in wanted, item.answer.state is State.APPROVED))
    return order[0] if order else None


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
