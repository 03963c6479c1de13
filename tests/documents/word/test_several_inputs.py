"""Several inputs in one line: each is a place of its own, named by the words before it."""

import pytest

from assistant.documents import fill, inspect
from assistant.documents.package import Package
from assistant.filling import entries
from tests.documents.word.making import (
    checkbox,
    control,
    document,
    heading,
    legacy_checkbox,
    legacy_text,
    outline,
    p,
    r,
    reading,
    table,
)

WRITE = control(r("Click here to enter text."), placeholder=True)
LEGACY = legacy_text()


@pytest.mark.parametrize("place", [WRITE, LEGACY], ids=["control", "legacy"])
def test_each_input_is_named_by_the_words_before_it(place: str) -> None:
    found = reading(p(r("Name: ") + place + r("   Date: ") + place))
    assert outline(found) == ["Name: @ p[0] -> text p[0]/input[0]", "Date: @ p[0] -> text p[0]/input[1]"]
    assert all(question.label for question in found.questions)


def test_so_they_are_in_the_cell_of_a_form() -> None:
    found = reading(table([p(r("City: ") + WRITE + r(" Country: ") + WRITE)], [p(r("Phone: ") + WRITE)]))
    assert [question.text for question in found.questions][:2] == ["City:", "Country:"]


@pytest.mark.parametrize("place", [WRITE, LEGACY], ids=["control", "legacy"])
@pytest.mark.parametrize("only", [0, 1, 2])
def test_an_answer_goes_into_its_own_input_also_when_the_others_stay_blank(place: str, only: int) -> None:
    file = document(p(r("City: ") + place + r(" Code: ") + place + r(" Country: ") + place))
    question = inspect(file).questions[only]
    after = inspect(fill(file, entries(question, None, "Here. Please describe it.")))
    values = [question.fields[0].value for question in after.questions]
    assert values == ["Here. Please describe it." if at == only else None for at in range(3)]


def test_all_inputs_of_a_line_are_filled_at_once() -> None:
    file = document(heading("Contact"), p(r("Name: ") + WRITE + r(" Date: ") + WRITE))
    made = [entry for at, question in enumerate(inspect(file).questions) for entry in entries(question, None, f"v{at}")]
    assert [question.fields[0].value for question in inspect(fill(file, made)).questions] == ["v0", "v1"]


@pytest.mark.parametrize(
    ("box", "place"), [(checkbox(), WRITE), (legacy_checkbox(), LEGACY)], ids=["control", "legacy"]
)
@pytest.mark.parametrize("behind", [False, True], ids=["label first", "box first"])
def test_words_that_name_an_input_behind_the_boxes_are_no_option(box: str, place: str, behind: bool) -> None:
    options = box + r(" Yes ") + box + r(" No ") if behind else r("Yes ") + box + r(" No ") + box
    file = document(p("1. Do you encrypt?"), p(options + r(" Comments: ") + place))
    question = inspect(file).questions[0]
    assert outline(question) == ["1 Do you encrypt? @ p[0] -> mark Yes@p[1] No@p[1]; text p[1]"]
    after = inspect(fill(file, entries(question, "Yes", "With AES.")))
    assert [field.value for field in after.questions[0].fields] == ["Yes", "With AES."]


@pytest.mark.parametrize(
    "line", [p(r("Since: ") + LEGACY), p("Since: ______"), p(r("Since: ") + WRITE + r(" By: ") + LEGACY)]
)
def test_an_answer_is_inserted_also_right_before_a_line_that_is_filled_in(line: str) -> None:
    file = document(p("1. Do you encrypt?"), line, p("2. Do you log?"), line)
    made = [entry for question in inspect(file).questions for entry in entries(question, None, "We do.\nAlways.")]
    assert len({entry.field.after for entry in made}) == 2
    assert b"We do." in Package(fill(file, made)).part("word/document.xml"), "it is verified, not refused"
