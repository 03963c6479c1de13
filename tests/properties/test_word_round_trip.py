"""Any answers into any Word document change the answer places only, and stand there afterwards."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from assistant.documents.package import Package
from assistant.documents.word import differences, read, write
from assistant.documents.word.skeleton import Skeleton
from assistant.documents.word.tree import Tree, around_input
from assistant.documents.word.writing import _changed
from assistant.filling import PARTED, Entry, entries, picked, writable
from assistant.questionnaire import FieldKind
from assistant.several import told_apart
from tests.documents.word.making import (
    cell,
    checkbox,
    control,
    document,
    dropdown,
    heading,
    legacy_checkbox,
    legacy_dropdown,
    legacy_text,
    p,
    r,
    table,
)

PART = "word/document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

QUESTIONS = st.sampled_from(
    [
        "Do you encrypt data at rest?",
        "Describe how access is reviewed.",
        "The vendor must keep logs for one year.",
        "Werden Daten verschlüsselt?",
        "¿Cuánto tiempo se guardan los registros?",
        "ログは保管されていますか？",
    ]
)
PLACES = st.sampled_from(
    [
        "", "\n", "________", "[insert response]", "Yes / No", "☐ Yes ☐ No", "An answer given before.\nIn two lines.",
        p(dropdown("Yes", "No")), p(checkbox() + r(" Yes ") + checkbox(ticked=True) + r(" No")), p(legacy_text()),
        p(legacy_dropdown("Yes", "No", "N/A")), p(control(r("Enter text"), "<w:text/>", placeholder=True)),
        cell('<w:p><w:pPr><w:jc w:val="center"/><w:rPr><w:b/></w:rPr></w:pPr></w:p>', shade="EEEEEE"),
        cell(p(r("Response:")) + p(legacy_checkbox() + r(" Yes ") + legacy_checkbox() + r(" No"))),
    ]
)  # fmt: skip
THINGS = ("ISO 27001", "SOC 2", "PCI DSS")
TEXTS = st.one_of(
    st.text(max_size=60).map(writable),
    st.sampled_from(
        ["=1+1", "-5", "a\tb", "line\n\nline\n- item", "<w:p>&amp;", " x  y ", "Do you log?", "1. Yes", "☐ No"]
    ),
)


@st.composite
def _tables(draw: st.DrawFn) -> str:
    rows = draw(st.lists(st.tuples(QUESTIONS, PLACES, PLACES), min_size=1, max_size=4))
    numbered = draw(st.booleans())
    header = ["No.", "Question", "Response", "Comments"] if numbered else ["Question", "Response", "Comments"]
    body = [[*([str(n)] if numbered else []), *row] for n, row in enumerate(rows, 1)]
    if draw(st.booleans()):
        body.insert(draw(st.integers(0, len(body))), [cell("A section", span=len(header))])
    return table(header, *body) if draw(st.booleans()) else table(*body)


@st.composite
def _ticks(draw: st.DrawFn) -> str:
    box = draw(st.sampled_from(["", p(checkbox()), p(legacy_checkbox()), "☐"]))
    rows = draw(st.lists(QUESTIONS, min_size=1, max_size=3))
    return table(["Requirement", "Yes", "No", "N/A", "Remarks"], *[[question, box, box, box, ""] for question in rows])


@st.composite
def _runs(draw: st.DrawFn) -> str:
    kind = draw(
        st.sampled_from(
            ["blank", "line", "label", "boxes", "things", "pair", "fields", "none", "table", "inline", "control"]
        )
    )
    made = []
    for number, question in enumerate(draw(st.lists(QUESTIONS, min_size=1, max_size=4)), 1):
        asked = p(f"{number}. {question}" + (" ______" if kind == "inline" else ""), listed=kind == "none")
        below = {
            "blank": p(), "line": p("__________"), "label": p("Response:"), "boxes": p("☐ Yes   ☐ No"),
            "table": table(["Response", ""], ["Evidence", ""]) + p(),
            "things": p("Tick all that apply.") + "".join(p(f"☐ {label}") for label in THINGS),
            "pair": p(dropdown("Yes", "No") + r(" ") + control(r("Enter text"), "<w:text/>", placeholder=True)),
            "fields": p(r("Since: ") + legacy_text() + r(" By whom: ") + control(r("Enter text"), placeholder=True)),
            "control": control(p("Enter text here"), "<w:text/>", placeholder=True),
        }  # fmt: skip
        made.append(asked + below.get(kind, ""))
    return "".join(made)


DOCUMENTS = st.lists(st.one_of(_tables(), _ticks(), _runs(), st.just(heading("Part"))), min_size=1, max_size=4)


def _said(package: Package, location: str) -> str:
    """Return what stands at a place, as a person would read it, without spaces."""
    node = Tree(etree.fromstring(package.part("word/document.xml"))).node(around_input(location)[0])
    return "".join("".join(t.text or "" for t in node.iter(W + "t")).split())


def _written_whole(package: Package, made: list[Entry]) -> bytes:
    """Return the document part as it is when nothing is cut out of it before writing."""
    changed = _changed(package, PART, Skeleton((package.part(PART),)), made) if made else None
    return package.part(PART) if changed is None else changed[PART]


def _canonical(content: bytes) -> bytes:
    return etree.tostring(etree.fromstring(content), method="c14n")


def _shown(package: Package, entry: Entry) -> bool:
    if entry.field.kind is not FieldKind.TEXT or entry.field.after:
        return True
    return "".join(entry.value.split()) in _said(package, entry.field.location)


@settings(max_examples=80)
@given(blocks=DOCUMENTS, data=st.data())
def test_any_answers_change_answer_places_only_and_read_back(blocks: list[str], data: st.DataObject) -> None:
    package = Package(document(*blocks))
    found = told_apart(read(package))
    made: list[Entry] = []
    for question in found.questions:
        allowed = question.choice_field.allowed() if question.choice_field else ()
        several = question.choice_field.several if question.choice_field else False
        offered = [None, *allowed, *([PARTED.join(allowed[:2])] if several else [])]
        choice = data.draw(st.sampled_from(offered)) if allowed else None
        made += entries(question, choice, data.draw(TEXTS))
    completed = Package(write(package, made))
    places = {place for entry in made for place in entry.field.places()}
    assert differences(package, completed, places) == []
    assert _canonical(completed.part(PART)) == _canonical(_written_whole(package, made))
    if any(entry.field.after for entry in made):
        return  # what is inserted moves the places behind it
    assert [entry for entry in made if not _shown(completed, entry)] == []
    again = {(f.kind, f.location): f.value for q in read(completed).questions for f in q.fields}
    for entry in made:
        if entry.field.kind is FieldKind.MARK:
            ticked = PARTED.join(picked(entry.field, entry.value))
            assert again.get((FieldKind.MARK, entry.field.location), ticked) == ticked


@settings(max_examples=40)
@given(blocks=DOCUMENTS)
def test_reading_is_repeatable_and_places_never_lie_on_questions(blocks: list[str]) -> None:
    package = Package(document(*blocks))
    found = read(package)
    assert read(package) == found
    asked = {question.location for question in found.questions}
    for question in found.questions:
        for field in question.fields:
            if not field.after:
                assert not (set(field.places()) & asked - {question.location})
