"""What the desk and the completion page show of consistency, for their templates: told before, similar, the parent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Flask, g
from markupsafe import Markup

from assistant.answer import Answer
from assistant.difference import Difference
from assistant.followups import Disagreement
from assistant.web.differing import differing
from assistant.web.security import person
from assistant.wiring import Application
from assistant.workflow.agreement import Beside, Flag, Kind, Other
from assistant.workflow.records import QuestionRecord

DIFFERENCES: Mapping[Difference, str] = {
    Difference.NONE: "the same",
    Difference.WORDING: "in other words",
    Difference.SUBSTANCE: "something else",
    Difference.CHOICE: "another choice",
}
DISAGREEMENTS: Mapping[Disagreement, str] = {
    Disagreement.MOOT: "After that answer this is not asked, and it is answered. Clear it, or change the other.",
    Disagreement.WANTED: "After that answer this is asked, and it has no answer yet.",
    Disagreement.DECLINED: "After that answer this is asked, and it is said not to apply.",
}
KINDS: Mapping[Kind, str] = {
    Kind.TOLD: "This customer was told something else",
    Kind.DOCUMENT: "Answered differently in this document",
    Kind.LIBRARY: "The library says something else",
    Kind.ELSEWHERE: "Approved with another choice elsewhere",
    Kind.FOLLOW_UP: "Does not go with the question it depends on",
}


def init_app(app: Flask, application: Application) -> None:
    """Give the templates what they ask for."""
    consistency = application.consistency

    def held_against(question: int) -> Beside:
        """Return what is held against the answer; asked for twice on a page, and found once."""
        known: dict[int, Beside] = g.setdefault("held_against", {})
        if question not in known:
            known[question] = consistency.of(person(), question)
        return known[question]

    def inconsistencies(questionnaire: int, questions: Sequence[QuestionRecord]) -> tuple[Flag, ...]:
        return consistency.flags(person(), questionnaire, questions)

    app.jinja_env.globals.update(
        held_against=held_against,
        inconsistencies=inconsistencies,
        beside_each_other=beside_each_other,
        DIFFERENCES=DIFFERENCES,
        DISAGREEMENTS=DISAGREEMENTS,
        INCONSISTENT=KINDS,
    )


def beside_each_other(answer: Answer, other: Other) -> tuple[Markup, Markup]:
    """Return the texts of both answers, with the words marked that only one of them has."""
    return differing(answer.text, other.answer.text)
