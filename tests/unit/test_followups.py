"""Follow-up questions: which there are, on what they depend, and when they disagree with it."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, State
from assistant.followups import Disagreement, FollowUp, condition, disagreement, follow_ups, said
from assistant.questionnaire import AnswerField, FieldKind, Location, Question
from assistant.suggestion import Choice

YES = frozenset({Choice.YES, Choice.PARTIAL})
NO = frozenset({Choice.NO})


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("If yes, please describe.", YES),
        ("If so, how often?", YES),
        ("3.1.a) If “Yes”: list them", YES),
        ("(If yes) Please describe", YES),
        ("If yes please provide evidence", YES),
        ("If the answer is yes, since when?", YES),
        ("If you answered 'Yes' to question 3.1, describe the process", YES),
        ("Please provide details if yes.", YES),
        ("If no, please explain", NO),
        ("If not, why?", NO),
        ("If 'No' to above, explain", NO),
        ("Please explain if no", NO),
        ("If not applicable, explain why", frozenset({Choice.NOT_APPLICABLE})),
        ("If N/A, why?", frozenset({Choice.NOT_APPLICABLE})),
        ("If no or not applicable, explain", frozenset({Choice.NO, Choice.NOT_APPLICABLE})),
        ("If yes or partial, describe", YES),
        ("If partially, what is missing?", frozenset({Choice.PARTIAL})),
    ],
)
def test_a_follow_up_says_when_it_is_asked(text: str, when: frozenset[Choice]) -> None:
    assert condition(text) == when


@pytest.mark.parametrize(
    "text",
    [
        "Do you encrypt data? If yes, how?",
        "If an incident occurs, who is told?",
        "If data is stored in the EU, where?",
        "If no longer needed, is data deleted?",
        "If no exceptions are made, say so",
        "If not already described, describe your backups",
        "If there is no policy, explain",
        "Where applicable, describe the controls",
        "Describe how keys are kept if not in a module",
        "Is notice given if not all data can be deleted?",
    ],
)
def test_other_conditions_make_no_follow_up(text: str) -> None:
    assert condition(text) is None


def asked(
    text: str, place: str = "Sheet!A1", section: str = "", number: str = "", value: str | None = None
) -> Question:
    field = AnswerField(FieldKind.TEXT, Location("Sheet!B1"), value=value)
    return Question(text, Location(place), (field,), number=number, section=section)


def test_a_follow_up_depends_on_the_last_question_that_is_none() -> None:
    found = follow_ups(
        [asked("Is data encrypted?"), asked("If yes, how?"), asked("If no, why?"), asked("Who keeps the keys?")]
    )
    assert found == {1: FollowUp(0, YES), 2: FollowUp(0, NO)}


def test_a_follow_up_does_not_reach_across_sections_sheets_and_tables() -> None:
    first = asked("Is data encrypted?", "One!A1", "Data")
    assert follow_ups([first, asked("If yes, how?", "One!A2", "Keys")]) == {}
    assert follow_ups([first, asked("If yes, how?", "Two!A1", "Data")]) == {}
    table = asked("Is data encrypted?", "body/tbl[0]/tr[1]/tc[0]")
    assert follow_ups([table, asked("If yes, how?", "body/tbl[1]/tr[0]/tc[0]")]) == {}
    assert follow_ups([table, asked("If yes, how?", "body/tbl[0]/tr[2]/tc[0]")]) == {1: FollowUp(0, YES)}
    assert follow_ups([asked("If yes, how?")]) == {}


def test_a_named_number_is_the_question_meant_wherever_it_stands() -> None:
    questions = [
        asked("Is data encrypted?", number="3.1", section="Data"),
        asked("Is it backed up?", number="3.2", section="Data"),
        asked("If yes to question 3.1, how?", section="Details"),
    ]
    assert follow_ups(questions) == {2: FollowUp(0, YES)}


@pytest.mark.parametrize(
    ("answer", "choice"),
    [
        (Answer(choice="Yes", text="No doubt."), Choice.YES),
        (Answer(choice="Not Implemented"), Choice.NO),
        (Answer(choice="4"), None),
        (Answer(text="Yes, with AES-256."), Choice.YES),
        (Answer(text="Yes we do."), Choice.YES),
        (Answer(text="No."), Choice.NO),
        (Answer(text="No unauthorized access was found."), None),
        (Answer(text="N/A, we keep no cards."), Choice.NOT_APPLICABLE),
        (Answer(text="Nothing", not_applicable="Nothing"), Choice.NOT_APPLICABLE),
        (Answer(text="Every year."), None),
    ],
)
def test_the_choice_of_an_answer_is_read_from_its_text_where_there_is_no_other(
    answer: Answer, choice: Choice | None
) -> None:
    assert said(answer) is choice


def drafted(choice: str | None = None, text: str = "", not_applicable: str = "") -> Answer:
    return Answer(State.DRAFTED, choice, text, not_applicable=not_applicable, author=1)


@pytest.mark.parametrize(
    ("parent", "when", "answer", "fault"),
    [
        (drafted("No"), YES, drafted(text="With AES-256."), Disagreement.MOOT),
        (drafted("N/A", "None.", "None."), YES, drafted(text="With AES-256."), Disagreement.MOOT),
        (drafted("No"), YES, drafted("Yes"), Disagreement.MOOT),
        (drafted("No"), YES, drafted("No"), None),
        (drafted("No"), YES, drafted(text="N/A"), None),
        (drafted("No"), YES, drafted("N/A", "Not encrypted.", "Not encrypted."), None),
        (drafted("No"), YES, Answer(), None),
        (drafted("Yes"), YES, Answer(), Disagreement.WANTED),
        (drafted(text="Yes."), YES, Answer(), Disagreement.WANTED),
        (drafted("Partial"), YES, Answer(), Disagreement.WANTED),
        (drafted("Yes"), YES, drafted(text="With AES-256."), None),
        (drafted("Yes"), YES, drafted(text="N/A"), Disagreement.DECLINED),
        (drafted("Yes"), NO, drafted(text="It is planned."), Disagreement.MOOT),
        (drafted("Partial"), NO, drafted(text="Laptops are missing."), None),
        (drafted(text="Every year."), YES, Answer(), None),
        (Answer(), YES, drafted(text="With AES-256."), None),
    ],
)
def test_a_follow_up_disagrees_with_its_parent(
    parent: Answer, when: frozenset[Choice], answer: Answer, fault: Disagreement | None
) -> None:
    assert disagreement(FollowUp(0, when), parent, asked("If …"), answer) is fault


def test_what_the_customers_file_holds_already_is_an_answer() -> None:
    kept = asked("If yes, how?", value="With AES-256.")
    assert disagreement(FollowUp(0, YES), drafted("Yes"), kept, Answer()) is None
