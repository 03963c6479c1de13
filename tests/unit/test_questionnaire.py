from __future__ import annotations

from assistant.questionnaire import (
    AnswerField,
    FieldKind,
    FoundTable,
    Location,
    Question,
    Questionnaire,
    Skipped,
)

MARK = AnswerField(
    FieldKind.MARK, Location("S!C2"), marks=(("Yes", Location("S!C2")), ("No", Location("S!D2"))), value="No"
)
AFTER = AnswerField(FieldKind.TEXT, Location("body/p[1]"), after=True, max_length=200)
CHOICE = AnswerField(FieldKind.CHOICE, Location("S!E2"), options=("Yes", "No"))
WHOLE = Questionnaire(
    "xlsx",
    (Question("Is it?", Location("S!B2"), (MARK, CHOICE, AFTER), "1.1", "Access", 0.8, ("header",), True),),
    (Skipped(Location("S!B1"), "Question", "header"),),
    (FoundTable("S", 1, 0.9, ("drop-downs",), {"question": ("B",)}),),
    ("The file is signed.",),
)


def test_a_questionnaire_survives_its_json_form() -> None:
    assert Questionnaire.from_json(WHOLE.as_json()) == WHOLE


def test_a_group_of_marks_is_printed_with_the_place_of_each_option() -> None:
    assert MARK.as_json()["options"] == {"Yes": "S!C2", "No": "S!D2"}


def test_the_places_of_a_field_are_all_that_an_answer_may_change() -> None:
    assert MARK.places() == ("S!C2", "S!D2")
    assert CHOICE.places() == ("S!E2",)


def test_the_first_field_of_a_kind_takes_the_answer() -> None:
    question = WHOLE.questions[0]
    assert question.choice_field is CHOICE
    assert question.text_field is AFTER
