"""What is missing from the knowledge, by what was asked."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assistant.errors import InputError, InvalidValueError, StateError
from assistant.people import Permission
from assistant.statement import Audience, LibraryEntry
from assistant.suggestion import Choice
from assistant.web.figures import PERIODS, chosen_period, days
from assistant.web.problems import status_of
from assistant.web.requests import counts, day, page_number, typed
from assistant.web.security import person
from assistant.web.wording import flowed
from assistant.wiring import Application
from assistant.workflow.gaps import Group
from assistant.workflow.naming import names

PAGE = 25
"""Groups on a page."""
UNCHOSEN = "?"
"""What the form sends for the scope while nobody chose one."""
FIELDS = ("question", "choice", "answer", "scope", "audience", "review_by")
"""Of the form in which one answer is written."""


def make_blueprint(application: Application) -> Blueprint:
    """Return the pages of gaps."""
    pages = Blueprint("gaps", __name__)
    gaps, answers, knowledge = application.gaps, application.gap_answers, application.knowledge

    @pages.get("/gaps")
    def listed() -> ResponseReturnValue:
        """List what was asked and is missing, the most frequent first."""
        period, product, page = chosen_period("all"), request.args.get("product", ""), page_number()
        found = gaps.groups(person(), days(period), product)
        begin = (page - 1) * PAGE
        return render_template(
            "gaps/gaps.html",
            period=period,
            periods=PERIODS,
            product=product,
            products=list(knowledge.scopes),
            groups=found[begin : begin + PAGE],
            total=len(found),
            asked=sum(group.asked for group in found),
            open=sum(group.open for group in found),
            page=page,
            more=len(found) > begin + PAGE,
        )

    @pages.get("/gaps/<key>")
    def group(key: str) -> ResponseReturnValue:
        """Show one group: its questions, and one answer for all."""
        return _group(key, chosen_period("all"), entry=request.args.get("entry", type=int))

    @pages.post("/gaps/<key>/answer")
    def answer(key: str) -> ResponseReturnValue:
        """Take an answer into the library, or propose it, and go on to where it may be put."""
        gaps.group(person(), key)
        try:
            entry = application.library.add(person(), _entry())
        except (InputError, StateError) as problem:
            return _group(key, "all", {name: typed(name) for name in FIELDS}, str(problem)), status_of(problem)
        knowledge.refresh()  # so that it can be cited at once
        kept = application.library.entry(person(), entry)
        flash("Proposed for the library; a reviewer takes it in." if kept.proposed else "In the library from now on.")
        return redirect(url_for("gaps.group", key=key, entry=entry))

    @pages.post("/gaps/<key>/drafts")
    def drafts(key: str) -> ResponseReturnValue:
        """Put an entry's answer as a draft into the questions that were ticked."""
        entry = request.form.get("entry", type=int) or 0
        chosen: dict[int, int] = {}
        for ticked in request.form.getlist("question"):
            question, _, version = ticked.partition(".")
            if counts(question) and counts(version):
                chosen[int(question)] = int(version)
        if not chosen:
            raise InvalidValueError("Tick the questions that the answer is put into.")
        done = answers.put(person(), key, entry, chosen)
        flash(f"Put as a draft into {done.drafts} question{'' if done.drafts == 1 else 's'}; each waits for approval.")
        for name, reason in done.refused:
            flash(f"Not put into {name}: {reason}")
        return redirect(url_for("gaps.listed"))

    def _group(
        key: str, period: str, given: dict[str, str] | None = None, problem: str = "", entry: int | None = None
    ) -> str:
        """Return the page of a group, with what was typed when it was refused, or with the entry that was written."""
        found, questions = gaps.group(person(), key, days(period))
        return render_template(
            "gaps/group.html",
            period=period,
            group=found,
            questions=questions,
            statuses=[
                (status.value, count) for status, count in sorted(found.statuses.items(), key=lambda item: -item[1])
            ],
            wordings=found.most_asked(5),
            **_writing(found, given, problem),
            **_written(key, entry),
        )

    def _writing(found: Group, given: dict[str, str] | None = None, problem: str = "") -> dict[str, object]:
        """Return what the form for one answer needs: what was typed, if it was refused."""
        scopes = {(r.scope.product, r.scope.deployment): None for r in found.questionnaires.values()}
        typed_in = given or {**dict.fromkeys(FIELDS, ""), "question": flowed(found.most_asked(1)[0][0])}
        return {
            "several": len(scopes) > 1,
            "UNCHOSEN": UNCHOSEN,
            "scopes": [*scopes, *((product, None) for product in knowledge.scopes if (product, None) not in scopes)],
            "choices": list(Choice),
            "audiences": [Audience.PUBLIC, Audience.NDA],
            "customers": found.customers,
            "named": [name for name in found.customers if names(f"{typed_in['question']}\n{typed_in['answer']}", name)],
            "given": typed_in,
            "problem": problem,
        }

    def _written(key: str, entry: int | None) -> dict[str, object]:
        """Return the entry that was just written, if one was, and where it may be put."""
        if entry is None:
            return {"entry": None, "places": []}
        kept = answers.entry(person(), entry)
        places = answers.places(person(), key, entry) if person().may(Permission.APPROVE) else []
        return {"entry": kept, "places": places}

    return pages


def _entry() -> LibraryEntry:
    """Return the entry that the form describes."""
    scope = request.form.get("scope", "")
    if scope == UNCHOSEN:
        raise InvalidValueError("Choose for which product and deployment the answer holds: it was asked for several.")
    product, _, deployment = scope.partition("/")
    try:
        audience = Audience(request.form.get("audience", Audience.PUBLIC.value))
    except ValueError as problem:
        raise InvalidValueError("Say who may read the answer.") from problem
    return LibraryEntry(
        question=typed("question"),
        answer=typed("answer"),
        product=product,
        deployments=frozenset({deployment} if deployment else ()),
        choice=typed("choice"),
        owner=person().email,
        review_by=day("review_by", "The day of review"),
        audience=audience,
    )
