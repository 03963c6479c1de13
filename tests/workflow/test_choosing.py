"""Nobody approves an answer without the choice that the form wants, unless they were told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer, State
from assistant.questionnaire import AnswerField, FieldKind, Location, Question
from assistant.workflow.choosing import ChoiceWantedError, blank, wanted
from tests.workflow.conftest import ENCRYPTION, House

CHOICE = AnswerField(FieldKind.CHOICE, Location("S!C2"), options=("Yes", "No", "N/A"))
TEXT = AnswerField(FieldKind.TEXT, Location("S!D2"))


def question(*fields: AnswerField) -> Question:
    return Question("Are they ?", Location("S!B2"), fields)


def test_a_blank_choice_is_refused_and_approved_by_whoever_was_told(house: House) -> None:
    key = house.upload(ENCRYPTION)
    item = house.questions(key)[0]
    item = house.review.edit(house.sales, item.id, item.version, choice=None, text="With AES.")
    with pytest.raises(ChoiceWantedError, match="wants Yes, No or NA, and nothing is chosen"):
        house.review.approve(house.reviewer, item.id, item.version)
    approved = house.review.approve(house.reviewer, item.id, item.version, without_choice=True)
    assert approved.answer.state is State.APPROVED


def test_a_choice_is_wanted_where_a_text_alone_leaves_its_place_blank() -> None:
    said = Answer(State.DRAFTED, None, "They are.")
    assert blank(question(CHOICE, TEXT), said) == CHOICE
    assert blank(question(CHOICE, TEXT), replace(said, choice="No")) is None
    assert blank(question(TEXT), said) is None
    assert blank(question(replace(CHOICE, value="Yes"), TEXT), said) is None, "what the file holds stays"
    free = replace(CHOICE, options=())
    assert blank(question(free, TEXT), said) == free
    assert blank(question(free, replace(TEXT, location=CHOICE.location)), said) is None, "the text fills the place"
    assert blank(question(CHOICE, replace(TEXT, location=CHOICE.location)), said) == CHOICE


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "a choice, usually Yes, No or N/A"),
        (("Done",), "“Done”"),
        (("Yes", "No"), "Yes or No"),
        (tuple("ABCDEF"), "one of 6 values"),
        (("Yes", "x" * 41), "one of 2 values"),
    ],
)
def test_what_is_wanted_is_told_in_few_words(options: tuple[str, ...], told: str) -> None:
    assert wanted(replace(CHOICE, options=options)) == told
