"""Saying that a questionnaire is about another product or deployment, or under NDA; what it means is shown before."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assistant.errors import InputError, StateError
from assistant.web.problems import status_of
from assistant.web.requests import number
from assistant.web.scopes import chosen_scope, scope_options, scope_value
from assistant.web.security import person
from assistant.wiring import Application


def add(pages: Blueprint, application: Application) -> None:
    """Add the page on which the scope of a questionnaire is changed."""
    rescoping, knowledge = application.rescoping, application.knowledge

    def scope_page(key: int, problem: str = "", status: int = 200) -> ResponseReturnValue:
        refusal, desk = rescoping.refusal(person(), key), application.review.frame(person(), key)
        record, outlook = desk.record, None
        chosen = dict(request.values)
        if "scope" in chosen and not problem:
            try:
                outlook = rescoping.outlook(person(), key, chosen_scope(chosen))
            except InputError as mistake:
                problem, status = str(mistake), status_of(mistake)
        if "scope" not in chosen:
            chosen = {"scope": scope_value(record.scope.product, record.scope.deployment)}
            chosen |= {"nda": "yes"} if record.scope.nda else {}
        return render_template(
            "questionnaires/scope.html",
            desk=desk,
            record=record,
            counts=desk.tally,
            onward={},
            scopes=scope_options(knowledge.scopes),
            form=chosen,
            outlook=outlook,
            refusal=refusal,
            problem=problem,
        ), status

    @pages.get("/questionnaires/<int:key>/scope")
    def scope(key: int) -> ResponseReturnValue:
        """Ask for the scope; with one in the address, show what changing to it would mean."""
        return scope_page(key)

    @pages.post("/questionnaires/<int:key>/scope")
    def change_scope(key: int) -> ResponseReturnValue:
        """Change it."""
        try:
            found = rescoping.change(person(), key, number("version"), chosen_scope(request.form))
        except (InputError, StateError) as problem:
            return scope_page(key, str(problem), status_of(problem))
        application.worker.wake()
        flash(f"It is for {found.scope} now{', under NDA' if found.scope.nda else ''}.")
        stage = "found" if not (found.again or found.back or found.stands) else "questionnaire"
        return redirect(url_for(f"questionnaires.{stage}", key=key))
