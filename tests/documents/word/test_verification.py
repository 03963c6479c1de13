"""Anything that changes outside the answer places is found and named."""

import io
import zipfile

import pytest

from assistant.documents.package import Package
from assistant.documents.word import differences
from assistant.filling import Entry
from assistant.questionnaire import AnswerField, FieldKind, Location
from tests.documents.word.making import checkbox, control, document, legacy_text, p, r, table

PLACES = {Location("body/p[1]"), Location("body/tbl[0]/tr[0]/tc[1]")}
ROW = table(["Do you log?", ""])


def found(before: bytes, after: bytes, *places: str) -> list[str]:
    return differences(Package(before), Package(after), {Location(place) for place in places} or PLACES)


def test_finds_nothing_when_only_places_changed() -> None:
    before = document(p("1. Do you log?"), p(), ROW)
    assert found(before, document(p("1. Do you log?"), p("Yes"), table(["Do you log?", "Yes\nalways"]))) == []


def test_finds_nothing_when_paragraphs_stand_behind_a_place() -> None:
    before = document(p("Do you log?"), p("Do you encrypt?"))
    after = document(p("Do you log?"), p("Yes."), p("Always."), p("Do you encrypt?"), p("No."))
    assert found(before, after, "body/p[0]", "body/p[1]") == []


@pytest.mark.parametrize(
    "behind",
    [
        (p("Is it tested?"),),
        (p("Owner: ____"), p("Is it tested?")),
        (p(), p("Is it tested?")),
        (table(["Is it tested?", ""]),),
        (),
    ],
)
def test_finds_nothing_when_an_inserted_answer_says_what_the_next_line_says(behind: tuple[str, ...]) -> None:
    before = document(p("Do you log?"), p("Contact: ____"), *behind)
    filled = [block.replace("____", "Jo Doe") for block in behind]
    after = document(p("Do you log?"), p("Contact: our desk."), p("Contact: always."), p("Contact: Ann"), *filled)
    assert found(before, after, "body/p[0]", "body/p[1]", "body/p[2]", "body/tbl[0]/tr[0]/tc[1]") == []


def test_finds_a_line_to_fill_in_that_was_changed_behind_an_inserted_answer() -> None:
    before = document(p("Do you log?"), p("Contact: ____"), p("Is it tested?"))
    after = document(p("Do you log?"), p("Contact: our desk."), p("Owner: Ann"), p("Is it tested?"))
    assert found(before, after, "body/p[0]", "body/p[1]") == ["the form's own words changed at body/p[1]"]


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ((p("1. Do you LOG?"), p(), ROW), "body/p[0] changed"),
        ((p("1. Do you log?"), p(), table(["Do you Log?", ""])), "body/tbl[0]/tr[0]/tc[0] changed"),
        ((p("1. Do you log?"), p()), "body/tbl[0] is gone"),
        ((p("1. Do you log?"), p(), ROW, p()), "body has 4 blocks where the original has 3"),
        ((p("1. Do you log?"), p(), table(["Do you log?", ""], ["", ""])), "body/tbl[0] changed"),
    ],
)
def test_names_what_else_changed(blocks: tuple[str, ...], said: str) -> None:
    assert found(document(p("1. Do you log?"), p(), ROW), document(*blocks)) == [said]


def test_finds_changed_properties_of_an_answer_cell() -> None:
    before = document(p("1. Do you log?"), p(), ROW)
    shaded = ROW.replace("<w:tc><w:p></w:p></w:tc>", "<w:tc><w:tcPr><w:noWrap/></w:tcPr><w:p></w:p></w:tc>")
    assert shaded != ROW
    assert found(before, document(p("1. Do you log?"), p(), shaded)) == ["body/tbl[0]/tr[0]/tc[1] changed"]


@pytest.mark.parametrize(
    "lost",
    [checkbox(), control(r("x"), "<w:text/>"), legacy_text(), '<w:bookmarkStart w:id="1" w:name="b"/>'],
)
def test_finds_controls_fields_and_bookmarks_lost_from_a_place(lost: str) -> None:
    before = document(p("1. Do you log?"), p(r("a") + lost))
    assert found(before, document(p("1. Do you log?"), p("a"))) == [
        "body/p[1] lost or gained controls, fields, bookmarks or pictures"
    ]


def test_finds_changed_words_beside_a_box_or_a_printed_line() -> None:
    before = document(p("1. Do you log?"), p("☐ Yes ☐ No, because ______"))
    assert found(before, document(p("1. Do you log?"), p("☒ Yes ☐ No, because it is so"))) == []
    assert found(before, document(p("1. Do you log?"), p("☒ Yes, because it is so"))) == [
        "the form's own words changed at body/p[1]"
    ]


def test_finds_more_than_text_inserted_behind_a_place() -> None:
    before = document(p("Do you log?"), p("End"))
    after = document(p("Do you log?"), p(r("x") + control(r("y"), "<w:text/>")), p("End"))
    assert found(before, after, "body/p[0]") == ["more than text was inserted behind body/p[0]"]


def test_finds_a_question_changed_together_with_what_was_inserted() -> None:
    before = document(p("Do you log?"), p("End"))
    assert found(before, document(p("Do you LOG?"), p("Yes"), p("End")), "body/p[0]") != []


def test_finds_changed_added_and_lost_parts() -> None:
    before = document(p("x"), parts={"word/media/image1.png": "one"})
    assert found(before, document(p("x"), parts={"word/media/image1.png": "two"})) == [
        "the part word/media/image1.png changed"
    ]
    assert found(before, document(p("x"))) == ["the part word/media/image1.png is gone"]
    assert found(document(p("x")), before) == ["the part word/media/image1.png was added"]


def test_finds_a_changed_section() -> None:
    before = document(p("x"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<w:sectPr/>", b'<w:sectPr><w:pgSz w:w="1"/></w:sectPr>'))
    assert found(before, out.getvalue()) == ["the document differs outside its paragraphs and tables"]


@pytest.mark.parametrize(("arrived", "lost"), [("Yes.", "since May"), ("", "Yes.")])
def test_names_a_line_of_an_answer_that_did_not_arrive(arrived: str, lost: str) -> None:
    before, after = document(p("1. Do you log?"), p(), ROW), document(p("1. Do you log?"), p(arrived), ROW)
    entry = Entry(AnswerField(FieldKind.TEXT, Location("body/p[1]")), "Yes.\nsince May")
    faults = differences(Package(before), Package(after), PLACES, [entry])
    assert f"body/p[1]: “{lost}” was written and does not read back" in faults


def test_finds_an_answer_however_its_lines_are_broken_and_tabbed() -> None:
    before, after = document(p("1. Do you log?"), p(), ROW), document(p("1. Do you log?"), p("Yes,\tall\nof it"), ROW)
    entry = Entry(AnswerField(FieldKind.TEXT, Location("body/p[1]")), "Yes,\tall\nof it")
    assert differences(Package(before), Package(after), PLACES, [entry]) == []
