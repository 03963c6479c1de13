"""Any answers into any generated workbook: only answer places differ, and what was written reads back."""

from __future__ import annotations

import io
import random
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.documents import fill, inspect, verify
from assistant.errors import AssistantError
from assistant.filling import Entry, writable
from assistant.questionnaire import FieldKind
from tests.documents.excel.books import Page, book, packed, parts

SENTENCES = (
    "Do you encrypt customer data at rest?",
    "Describe how access is reviewed.",
    "Are backups tested every year?",
    "Is there an incident response plan?",
    "All staff are trained in security every year.",
    "Werden Daten verschlüsselt gespeichert?",
    "List your subprocessors.",
    "Has a penetration test been made this year?",
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=80) | st.sampled_from(
    ["=1+1", "+cmd|' /C calc'!A0", "-1", "@x", "a\nb", "\r\n\r\n x", "_x000D_", "<&>\"'", "]]>", "\t", "x" * 2000]
)


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    """Return a questionnaire with any mix of quirks."""
    pages = []
    for number in range(draw(st.integers(1, 3))):
        asked = draw(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=6))
        rows: list[tuple[str | int | float | None, ...]] = [("Security form",), ("Version", "1")] * draw(st.booleans())
        marks = draw(st.booleans())
        head = (
            ("ID", "Question", "Yes", "No", "Comments")
            if marks
            else ("ID", "Question", "Answer", "Evidence", "Comments")
        )
        first = len(rows) + 2
        rows.append(head)
        merges, bold = [], []
        for index, question in enumerate(asked):
            if draw(st.integers(0, 3)) == 0:
                rows.append((None, "Section title"))
                bold.append(f"B{len(rows)}")
            here = len(rows) + 1
            value = draw(st.sampled_from([None, None, None, "=1+1", "Yes"]))
            rows.append((f"Q{index}", question, None if marks else value))
            if draw(st.integers(0, 4)) == 0 and not marks:
                merges.append(f"D{here}:E{here}")
        lists = {} if marks or draw(st.booleans()) else {f"C{first}:C{len(rows)}": draw(
            st.sampled_from(['"Yes,No,N/A"', '"1,2,3,4,5"', "=Lists!$A$1:$A$3", "=options"]))}  # fmt: skip
        protected = draw(st.booleans())
        open_cells = [f"C{first}:E{len(rows)}"] if protected and draw(st.booleans()) else []
        hidden_rows = [first] if draw(st.booleans()) else []
        title = f"Part {number} & more"
        pages.append(
            Page(title, rows, lists, merges, bold, protected=protected, open=open_cells, hidden_rows=hidden_rows)
        )
    pages.append(Page("Lists", [("Yes",), ("No",), ("Not applicable",)], hidden=True))
    return book(*pages, names={"options": "Lists!$A$1:$A$3"})


@settings(max_examples=60, suppress_health_check=[HealthCheck.data_too_large])
@given(workbooks(), st.data())
def test_only_answer_places_change_and_answers_read_back(file: bytes, data: st.DataObject) -> None:
    found = inspect(file)
    entries = []
    for question in found.questions:
        for field in question.fields:
            if field.kind is FieldKind.TEXT or not field.allowed():
                value = writable(data.draw(texts))
                if not value:
                    continue
            else:
                value = data.draw(st.sampled_from(field.allowed()))
            entries.append(Entry(field, value))
    completed = fill(file, entries)
    places = {place for entry in entries for place in entry.field.places()}
    assert verify(file, completed, places) == []
    again = {question.location: question for question in inspect(completed).questions}
    before = openpyxl.load_workbook(io.BytesIO(file))
    after = openpyxl.load_workbook(io.BytesIO(completed))
    written = {str(place): entry for entry in entries for place in entry.field.places()}
    for sheet in before:
        for row in after[sheet.title].iter_rows():
            for cell in row:
                location = f"{sheet.title}!{cell.coordinate}"
                if location not in written:
                    assert cell.value == sheet[cell.coordinate].value
                else:
                    assert cell.data_type != "f"
    for entry in entries:
        if entry.field.kind is FieldKind.TEXT:
            title, _, name = str(entry.field.location).rpartition("!")
            shown = after[title][name].value
            # openpyxl does not resolve the escapes that Excel does.
            assert str(shown).replace("_x005F_", "_") == entry.value.replace("_x005F_", "_")
    assert len(again) > 0 or not found.questions


@settings(max_examples=30)
@given(workbooks())
def test_the_questions_found_do_not_depend_on_how_the_package_is_stored(file: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts(file).items():
            package.writestr(name, content)
    assert inspect(out.getvalue()).as_json() == inspect(file).as_json()


@pytest.mark.parametrize("seed", range(300))
def test_a_mutated_package_is_read_or_refused_in_our_own_words(seed: int) -> None:
    # Any other error fails the test.
    file = _mutated(random.Random(seed))
    try:
        found = inspect(file)
        entries = [
            Entry(field, (field.allowed() or ("x",))[0])
            for question in found.questions
            for field in question.fields[:1]
        ]
        fill(file, entries)
    except AssistantError:
        return


def _mutated(chance: random.Random) -> bytes:
    """Return a small form with a few bytes of its package or of one part changed."""
    contents = parts(_FORM)
    if chance.random() < 0.3:
        content = bytearray(_FORM)
        for _ in range(chance.randint(1, 8)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        return bytes(content)
    name = chance.choice([name for name in contents if name.endswith((".xml", ".rels"))])
    part = contents[name]
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(part) + 1), chance.randint(0, 12)
        fresh = chance.choice(
            [b"", b"<", b">", b"&", b'"', b"\xff", b"9" * 12, b"-1", part[at : at + 40], b"<!--", b"\x00"]
        )
        part = part[:at] + fresh + part[at + length :]
    return packed(contents | {name: part})


_FORM = book(
    Page(
        rows=[("ID", "Question", "Answer", "Comments"), *((i, text) for i, text in enumerate(SENTENCES)), ("9", "=A2")],
        lists={"C2:C8": "=options"}, merges=["D3:E3"], protected=True, open=["C2:D9"],
    ),
    Page("Lists", [("Yes",), ("No",)], hidden=True),
    names={"options": "Lists!$A$1:$A$2"},
)  # fmt: skip
