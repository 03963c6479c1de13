"""What the customer says where an answer could stand is never taken for one, nor written over."""

import pytest

from assistant.documents.package import Package
from assistant.documents.word import differences, write
from assistant.errors import NotWritableError
from assistant.filling import Entry
from assistant.questionnaire import AnswerField, FieldKind, Location
from tests.documents.word.making import document, outline, p, reading, table

NOTES = [
    "This is a mandatory requirement of our policy POL-12.",
    "Acme considers AES-256 to be the minimum for all backups.",
    "Our policy POL-12 requires AES-256.",
    "We expect twelve months of logs.",
    "Yes or no, with an explanation.",
    "No later than Friday.",
    "Yes, in 200 words at most.",
    "Answered by Acme's own security team in 2023; do not complete.",
]


def values(*blocks: str) -> list[str]:
    return [field.value for q in reading(*blocks).questions for field in q.fields if field.value]


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("place", ["", "[Enter answer]"])
def test_leaves_a_note_under_a_question_to_the_customer(note: str, place: str) -> None:
    asked = [p(line) for at in range(1, 5) for line in (f"{at}. Do you log events of system {at}?", place)]
    assert values(*asked, p("5. Do you encrypt backups?"), p(note), p("6. Do you test backups?"), p(place)) == []


def test_finds_the_blank_of_a_question_under_words_that_could_be_its_answer() -> None:
    asked = [p(line) for at in range(1, 5) for line in (f"{at}. Do you log events of system {at}?", "[Enter answer]")]
    found = reading(*asked, p("5. Do you encrypt backups?"), p("We ask for all of them."), p())
    assert [(field.location, field.value) for field in found.questions[4].fields] == [("body/p[10]", None)]


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("label", ["Response: ", "Comments: ", "Rationale: "])
def test_leaves_a_note_behind_a_label_to_the_customer(label: str, note: str) -> None:
    assert values(p("1. Do you log events?"), p("☐ Yes  ☐ No"), p(label + note), p("2. Do you keep logs?"), p()) == []


@pytest.mark.parametrize(
    "said",
    [
        "Response: maximum one page, Arial 10.",
        "Response: see Annex B",
        "Comments: Acme's policy POL-12 is binding for all suppliers.",
        "Rationale: Logs are the basis of every investigation.",
        "回答:200字以内で必ず記入すること。",
    ],
)
def test_takes_no_words_of_a_third_person_or_of_form_behind_a_label_for_an_answer(said: str) -> None:
    assert values(p("1. Do you log events?"), p("☐ Yes  ☐ No"), p(said), p("2. Do you keep logs?"), p()) == []


def test_takes_what_is_said_at_several_questions_for_the_customers_own() -> None:
    said = "Response: We keep what is written here."
    assert values(*(p(line) for at in range(1, 4) for line in (f"{at}. Do you log at {at}?", said))) == []
    assert (
        values(*(p(line) for at in range(1, 4) for line in (f"{at}. Do you log at {at}?", "Response: Yes.")))
        == ["Yes."] * 3
    )


@pytest.mark.parametrize("note", NOTES)
def test_leaves_a_note_in_a_table_of_its_own_to_the_customer(note: str) -> None:
    blank = [table([f"{at}. Do you log events of system {at}?"], [""]) for at in range(1, 4)]
    noted = table(["4. Do you encrypt backups?"], [note])
    assert values(*blank, noted) == []
    assert values(
        *(table([f"{at}. Do you log at {at}?"], [answer]) for at, answer in enumerate((note, "Yes.", "No."), 1))
    ) == ["Yes.", "No."]


@pytest.mark.parametrize("given", ["Provided by Acme IT", "Yes, all of them."])
def test_asks_nothing_in_a_row_that_names_the_answer(given: str) -> None:
    rows = (["1. Do you log events?", ""], ["Answer", given], ["2. Do you keep logs?", ""], ["Answer", ""])
    assert outline(reading(table(*rows)))[1:] == [
        "2 Do you keep logs? @ tbl[0]/tr[2]/tc[0] -> text tbl[0]/tr[2]/tc[1]; text tbl[0]/tr[3]/tc[1]"
    ]
    assert values(table(*rows)) == [given][: given.startswith("Yes")]


LINES = [
    "Comments: Acme's policy POL-12 is binding.",
    "Statement: The supplier shall encrypt.",
    "Response: We log.",
    "Notes: for Acme use only",
]


@pytest.mark.parametrize("said", LINES)
def test_writes_over_nothing_behind_a_label_that_was_not_read_as_an_answer(said: str) -> None:
    package = Package(document(p("1. Do you log events?"), p(said), p("2. Do you keep logs?"), p()))
    for value in (None, "Another answer."):
        with pytest.raises(NotWritableError):
            write(package, [Entry(AnswerField(FieldKind.TEXT, Location("body/p[1]"), value=value), "Ours.")])


@pytest.mark.parametrize("said", LINES)
def test_verification_notices_words_replaced_behind_a_label_that_are_no_answer(said: str) -> None:
    label = said.partition(":")[0]
    before, after = (
        Package(document(p("1. Do you log events?"), p(line), p("2. Do you keep logs?"), p()))
        for line in (said, f"{label}: Ours.")
    )
    found = differences(before, after, {Location("body/p[1]")})
    assert found == ([] if said == "Response: We log." else ["the form's own words changed at body/p[1]"])
