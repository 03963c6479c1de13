"""Telling what an act on many answers did and what it left, each by name, and how to settle it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import get_template_attribute
from markupsafe import Markup

from assistant.web.filters import SHOW
from assistant.workflow.bulk import Left, Outcome
from assistant.workflow.review import Desk
from assistant.workflow.undoing import NAMED


@dataclass(frozen=True, slots=True)
class Way:
    """How what was left is settled, and which filter of the desk shows it, if one does."""

    sentence: str = ""
    show: str = ""

    @property
    def shown(self) -> str:
        """Return what the filter shows, in the words of the desk."""
        return SHOW[self.show]


WAYS: Mapping[Left, Way] = {
    Left.WRITTEN: Way("It saved itself; save or submit each to say that it is done.", "typed"),
    Left.INCONSISTENT: Way("Compare each at the desk: change one of the two, or approve it there.", "inconsistent"),
    Left.CHOICE: Way("Choose at the desk, or approve there without.", "choiceless"),
    Left.NOT_OPENED: Way(),
    Left.EMPTY: Way(show="unanswered"),
    Left.SOURCE: Way("Choose a source that holds, or word the answer anew."),
    Left.OWN: Way(),
    Left.DOES_NOT_FIT: Way("Shorten the answer, or choose an allowed value."),
    Left.RETURNED: Way(show="returned"),
}
"""What is settled already has no way."""


def told(desk: Desk, outcome: Outcome, verb: str) -> Markup:
    """Return what became of a selection, for people; `verb` is what was done, "approved"."""
    message: Markup = get_template_attribute("review/outcome.html", "message")(desk, outcome, verb, WAYS, NAMED)
    return message.strip()
