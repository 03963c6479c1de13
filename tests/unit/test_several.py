"""Boxes of which several may be ticked are told apart from those of which one is; both are ticked as they are meant."""

from __future__ import annotations

import pytest

from assistant.documents import fill, inspect, verify
from assistant.errors import NotWritableError
from assistant.filling import Entry, entries
from assistant.questionnaire import AnswerField, FieldKind, Location, Question, Questionnaire, Skipped
from assistant.several import told_apart
from tests.documents.excel.books import Page, book
from tests.documents.word.making import checkbox, document, legacy_checkbox, p, r

KINDS = ("ISO 27001", "SOC 2", "PCI DSS")


def several(
    text: str,
    labels: tuple[str, ...],
    places: tuple[str, ...] = (),
    value: str | None = None,
    section: str = "",
    skipped: tuple[Skipped, ...] = (),
) -> bool:
    at = places or tuple(f"body/p[{number}]" for number in range(5, 5 + len(labels)))
    marks = tuple((label, Location(place)) for label, place in zip(labels, at, strict=True))
    field = AnswerField(FieldKind.MARK, marks[0][1], marks=marks, value=value)
    question = Question(text, Location("body/p[1]"), (field,), section=section)
    return told_apart(Questionnaire("docx", (question,), skipped)).questions[0].fields[0].several


@pytest.mark.parametrize(
    "text",
    [
        "Which do you hold? (Select all that apply)",
        "Check all applicable standards.",
        "Bitte ankreuzen (Mehrfachnennungen möglich)",
        "Plusieurs réponses possibles",
        "取得済みの認証 (複数選択可)",
    ],
)
def test_the_questions_words_allow_several(text: str) -> None:
    assert several(text, ("High", "Low"))


def test_a_title_or_a_hint_between_question_and_boxes_allows_several() -> None:
    def hint(place: str) -> tuple[Skipped, ...]:
        return (Skipped(Location(place), "Tick all that apply.", "a hint"),)

    assert several("Which?", ("A way", "B way"), section="Part 2 › Channels (select all that apply):")
    assert several("Which?", ("A way", "B way"), skipped=hint("body/p[3]"))
    assert not several("Which?", ("A way", "B way"), skipped=hint("body/p[9]"))
    assert not several("Which?", ("A way", "B way"), skipped=hint("body/tbl[0]/tr[0]/tc[0]"))


def test_a_list_of_things_takes_several_also_without_words() -> None:
    assert several("Which certifications do you hold?", (*KINDS, "None of these"))


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Do you log?", ("Yes", "No", "N/A")),
        ("Are all that apply reviewed?", ("Yes", "No", "Planned")),
        ("Which certification, select one:", KINDS),
        ("How often do you test?", ("After changes", "By chance", "By plan")),
        ("Rate the risk.", ("High", "Medium", "Low")),
        ("Rate the maturity.", ("1", "2", "3")),
        ("State the compliance.", ("F", "P", "N")),
        ("Number of staff", ("1 to 10", "11 to 50", "More than 50")),
        ("Which?", ("In the cloud", "On premise")),
    ],
)
def test_verdicts_scales_amounts_and_pairs_take_one(text: str, labels: tuple[str, ...]) -> None:
    assert not several(text, labels)


@pytest.mark.parametrize("places", [("S!C2", "S!D2", "S!E2"), tuple(f"body/tbl[0]/tr[1]/tc[{n}]" for n in (1, 2, 3))])
def test_columns_side_by_side_take_one_tick_a_row(places: tuple[str, ...]) -> None:
    assert not several("Reports are delivered", ("Standard", "Configured", "Custom code"), places)


def test_what_holds_several_ticks_already_takes_several() -> None:
    assert several("Which?", ("In the cloud", "On premise"), value="In the cloud, On premise")
    assert not several("Which?", ("In the cloud", "On premise"), value="In the cloud")


@pytest.mark.parametrize("box", ["☐ ", checkbox(), legacy_checkbox()], ids=["printed", "control", "legacy"])
def test_word_ticks_all_that_were_picked_and_nothing_else(box: str) -> None:
    lines = [p((r(box) if box == "☐ " else box) + r(f" {label}")) for label in KINDS]
    file = document(p("1. Which do you hold? Tick all that apply."), *lines)
    question = inspect(file).questions[0]
    made = entries(question, "PCI DSS; ISO 27001", "")
    completed = fill(file, made)
    assert verify(file, completed, [place for entry in made for place in entry.field.places()]) == []
    assert inspect(completed).questions[0].fields[0].value == "ISO 27001; PCI DSS"
    assert inspect(fill(completed, entries(question, "SOC 2", ""))).questions[0].fields[0].value == "SOC 2"


def test_excel_ticks_all_that_were_picked_in_cells_and_in_one_cell() -> None:
    marks = tuple((label, Location(f"Questions!C{row}")) for row, label in enumerate(KINDS, 2))
    field = AnswerField(FieldKind.MARK, marks[0][1], marks=marks, several=True)
    rows = [("No.", "Question", "Answer"), *((n, f"Do you hold {kind}?") for n, kind in enumerate(KINDS, 1))]
    shown = inspect(fill(book(Page(rows=rows)), [Entry(field, "ISO 27001; PCI DSS")])).questions
    assert [question.fields[0].value for question in shown] == ["x", None, "x"]

    printed = [("No.", "Question", "Answer")]
    printed += [
        (str(n), f"Which kinds of data do you keep in system {n}?", "☐ Names ☐ Health ☐ Cards") for n in range(3)
    ]
    file = book(Page(rows=printed))
    question = inspect(file).questions[1]
    assert question.fields[0].several
    completed = fill(file, entries(question, "Cards; Names", ""))
    assert b"\xe2\x98\x92 Names \xe2\x98\x90 Health \xe2\x98\x92 Cards" in sheet(completed)


def sheet(file: bytes) -> bytes:
    from tests.documents.excel.books import parts

    return parts(file)["xl/worksheets/sheet1.xml"]


def test_one_of_many_takes_no_more_than_one() -> None:
    file = document(p("1. Which one?"), *[p(f"☐ {label}") for label in KINDS])
    with pytest.raises(NotWritableError):
        fill(file, [Entry(inspect(file).questions[0].fields[0], "ISO 27001; SOC 2")])
