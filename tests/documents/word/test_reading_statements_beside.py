"""Where the words go beside options: behind a label in the cell or line of the boxes, and not behind any label."""

import pytest

from assistant.documents.package import Package
from assistant.documents.word import differences, read, write
from assistant.filling import Entry, entries
from assistant.questionnaire import FieldKind, Question
from tests.documents.word.making import document, heading, p, reading, table

HEADER = ["Ref", "Requirement", "Tenderer response"]
ASKED = "The platform shall support single sign-on."


def words(question: Question) -> list[tuple[str, str | None]]:
    return [(str(field.location), field.value) for field in question.fields if field.kind is FieldKind.TEXT]


@pytest.mark.parametrize(
    "label",
    [
        "Statement:",
        "Description of the solution:",
        "Stellungnahme:",
        "Déclaration :",
        "Descripción:",
        "説明：",
        "Lausunto:",
        "If no, explain:",
        "Comments: (optional)",
    ],
)
def test_writes_behind_the_label_under_the_boxes_of_a_cell(label: str) -> None:
    found = reading(
        table(HEADER, ["1", ASKED, f"Compliant: ☐ Yes  ☐ No\n{label}"], ["2", ASKED, f"☐ Yes ☐ No\n{label}"])
    )
    assert [words(question) for question in found.questions] == [
        [(f"body/tbl[0]/tr[{row}]/tc[2]/p[1]", None)] for row in (1, 2)
    ]


@pytest.mark.parametrize("label", ["Target date:", "Datum:", "Responsible:", "Name:", "Evidence:", "Certificate no.:"])
def test_writes_no_words_behind_the_label_of_a_value(label: str) -> None:
    found = reading(table(HEADER, ["1", ASKED, f"☐ Yes ☐ No\n{label}"], ["2", ASKED, f"☐ Yes ☐ No\n{label}"]))
    assert [words(question) for question in found.questions] == [[], []]


def test_takes_a_label_above_options_for_their_name() -> None:
    found = reading(
        table(HEADER, ["1", ASKED, "Coverage:\n☐ Full\n☐ In part"], ["2", ASKED, "Coverage:\n☐ Full ☐ None"])
    )
    assert [words(question) for question in found.questions] == [[], []]


def test_takes_the_label_under_a_line_of_boxes_for_the_place_of_the_words() -> None:
    boxes = p("☐ Yes  ☐ No")
    first, second = [boxes, p("Statement:")], [boxes, p("Statement: [text]")]
    found = reading(heading("Access"), p("1. Do you use MFA?"), *first, p("2. Do you log?"), *second)
    assert [words(question) for question in found.questions] == [[("body/p[3]", None)], [("body/p[6]", None)]]


def test_sees_and_replaces_what_is_stated_beside_an_option() -> None:
    rows = [[str(at), ASKED, "Compliant: ☐ Yes  ☐ No\nStatement:"] for at in (1, 2)]
    package = Package(document(table(HEADER, *rows)))
    made = [entry for question in read(package).questions for entry in entries(question, "Yes", "Yes, all\nof it.")]
    done = Package(write(package, made))
    assert differences(package, done, {place for entry in made for place in entry.field.places()}, made) == []
    given = read(done).questions
    assert [words(question)[0][1] for question in given] == ["Yes, all\nof it."] * 2
    anew = [Entry(question.fields[1], "We meet half.") for question in given]
    again = Package(write(done, anew))
    assert differences(done, again, {entry.field.location for entry in anew}, anew) == []
    assert [words(question)[0][1] for question in read(again).questions] == ["We meet half."] * 2


def test_asks_nothing_of_a_figure_beside_a_blank() -> None:
    weights = table(["Part", "Weight", "Minimum score"], ["Requirements", "60 %", "Pass"], ["Total", "100 %", ""])
    assert reading(weights, p("1. Do you log? ____")).questions[0].text == "Do you log?"
