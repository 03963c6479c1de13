"""What matching proposes becomes a draft only where it is sure."""

from __future__ import annotations

import pytest

from assistant.answer import State
from assistant.questionnaire import AnswerField, FieldKind, Location, Question
from assistant.statement import Passage
from assistant.suggestion import Choice, Match, Status, Suggestion
from assistant.workflow.drafting import draft

SAID = Match(Passage("doors.md", (3, 3), "Doors are locked at night.", "Quill"), 0.5)


def asked() -> Question:
    return Question(
        text="Are doors locked at night?",
        location=Location("Sheet1!A2"),
        fields=(
            AnswerField(FieldKind.CHOICE, Location("Sheet1!B2"), ("Yes", "No")),
            AnswerField(FieldKind.TEXT, Location("Sheet1!C2")),
        ),
    )


@pytest.mark.parametrize("status", [Status.WEAK, Status.NO_MATCH, Status.ROUTED])
def test_a_passage_that_is_not_sure_fills_nothing_in_whatever_it_says(status: Status) -> None:
    answer = draft(asked(), Suggestion("Are doors locked at night?", status, (SAID,), Choice.YES, reason="Look."))
    assert (answer.state, answer.choice, answer.text, answer.citations) == (State.UNANSWERED, None, "", ())
    assert answer.note == "Look."


def test_what_is_sure_is_drafted_with_its_choice() -> None:
    found = Suggestion("Are doors locked?", Status.SUGGESTED, (SAID,), Choice.YES, SAID.passage.text, None, (SAID,))
    answer = draft(asked(), found)
    assert (answer.state, answer.choice, answer.text) == (State.DRAFTED, "Yes", SAID.passage.text)


def test_a_choice_that_is_left_open_is_pointed_out() -> None:
    found = Suggestion("Are doors locked?", Status.SUGGESTED, (SAID,), None, SAID.passage.text, "Look.", (SAID,))
    answer = draft(asked(), found)
    assert (answer.state, answer.choice) == (State.DRAFTED, None)
    assert answer.note == "Look. The sources do not settle which value to choose."
