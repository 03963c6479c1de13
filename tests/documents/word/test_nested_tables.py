"""Answer cells that hold a table to complete: words go around it, its own rows may ask as well."""

import re

from assistant.documents.package import Package
from assistant.documents.word import differences, read, write
from assistant.filling import Entry
from tests.documents.word.making import cell, control, document, outline, p, r, reading, table

SITES = table(["Environment", "City", "Operator"], ["Production", "", ""], ["Backup", "", ""])
ASKED = "Where is data stored? Complete the small table."
AROUND = "tbl[0]/tr[0]/tc[1]"


def form(place: str = p() + SITES + p()) -> str:
    return table([ASKED, cell(place)], ["How quickly do you tell about a breach?", ""])


def test_takes_the_blank_paragraphs_around_a_table_to_complete_for_the_words() -> None:
    assert outline(reading(form())) == [
        f"{ASKED} @ tbl[0]/tr[0]/tc[0] -> text {AROUND}",
        "How quickly do you tell about a breach? @ tbl[0]/tr[1]/tc[0] -> text tbl[0]/tr[1]/tc[1]",
        *(
            f"{name} @ {AROUND}/tbl[0]/tr[{row}]/tc[0] -> text {AROUND}/tbl[0]/tr[{row}]/tc[1]; "
            f"text {AROUND}/tbl[0]/tr[{row}]/tc[2]"
            for row, name in enumerate(("Production", "Backup"), 1)
        ),
    ]


def test_takes_them_under_a_header_too() -> None:
    rows = [["Is there a backup site?", ""], [ASKED, cell(p() + SITES + p())], ["Who runs it?", ""]]
    found = reading(table(["Question", "Response"], *rows))
    assert [q.fields[0].location for q in found.questions if q.text == ASKED] == ["body/tbl[0]/tr[2]/tc[1]"]


def test_takes_an_input_beside_the_table_for_the_words() -> None:
    field = control(r("Enter text"), "<w:text/>", placeholder=True)
    assert outline(reading(form(p(field) + SITES + p())))[0] == f"{ASKED} @ tbl[0]/tr[0]/tc[0] -> text {AROUND}"


def test_takes_no_words_where_the_form_names_the_table() -> None:
    assert not any(q.text == ASKED for q in reading(form(p("Our sites:") + SITES + p())).questions)


def test_asks_no_title_beside_a_table() -> None:
    assert "Sites" not in [q.text for q in reading(table(["Sites", cell(p() + SITES + p())])).questions]


def test_writes_around_the_table_and_into_it() -> None:
    package = Package(document(form(p() + SITES + p() + p())))
    made = [Entry(q.fields[0], f"We are in {at}.\nAnd there.") for at, q in enumerate(read(package).questions)]
    places = {entry.field.location for entry in made}
    done = Package(write(package, made))
    assert differences(package, done, places, made) == []
    assert read(done).questions[0].fields[0].value == "We are in 0.\nAnd there."
    xml = done.part("word/document.xml").decode()
    assert re.search(r"<w:t>We are in 0\.</w:t></w:r></w:p><w:p><w:r><w:t>And there\.</w:t></w:r></w:p><w:tbl>", xml)
    assert "</w:tbl><w:p/></w:tc>" in xml  # a cell ends in a paragraph (ECMA-376 Part 1, 17.4.65)
    assert differences(package, done, places - {made[2].field.location}) != []


def test_notices_another_word_in_the_table_beside_the_answer() -> None:
    package = Package(document(form()))
    entry = Entry(read(package).questions[0].fields[0], "In two towns.")
    done = write(package, [entry])
    changed = document(form(p("In two towns.") + SITES.replace("Backup", "Spare") + p()))
    assert differences(package, Package(done), {entry.field.location}) == []
    assert differences(package, Package(changed), {entry.field.location}) != []
