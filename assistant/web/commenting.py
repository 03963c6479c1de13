"""Saying something on a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from assistant.web.assigning import ShowQuestion
from assistant.web.filters import Filters
from assistant.web.requests import typed, wants_part
from assistant.web.security import person
from assistant.wiring import Application


def add_to(pages: Blueprint, application: Application, show: ShowQuestion) -> None:
    """Add the routes that save a comment and take one's own away."""

    def done(question: int, told: str) -> ResponseReturnValue:
        item = application.review.question(person(), question)
        if wants_part():
            return show(item.questionnaire, question, said=told)
        flash(told)
        arguments: dict[str, Any] = Filters.of(request.args).arguments()
        address = url_for("review.at", key=item.questionnaire, question=question, _anchor="comments", **arguments)
        return redirect(address)

    @pages.post("/questions/<int:question>/comments")
    def comment(question: int) -> ResponseReturnValue:
        """Save what the reader says."""
        said = application.commenting.add(person(), question, typed("comment"))
        told = "Your comment was added."
        if said.untold:
            several = len(said.untold) > 1
            told += (
                f" {_named(said.untold)} cannot see this question and {'were' if several else 'was'} not told of it."
            )
            told += f" {said.remedy}"
        return done(question, told)

    @pages.post("/comments/<int:comment>/remove")
    def remove(comment: int) -> ResponseReturnValue:
        """Take the reader's own comment away."""
        return done(application.commenting.remove(person(), comment).question, "Your comment was removed.")


def _named(names: Sequence[str]) -> str:
    """Return names as one says them: "Ann", "Ann and Bob", "Ann, Bob and Cy"."""
    return " and ".join([*([", ".join(names[:-1])] if len(names) > 1 else []), names[-1]])
