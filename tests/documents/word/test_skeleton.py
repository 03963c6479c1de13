"""What no answer touches is neither parsed nor written anew; where that cannot be told, everything is."""

import zipfile
from io import BytesIO

import pytest

from assistant.documents.package import Package
from assistant.documents.word import differences, write
from assistant.documents.word.skeleton import skeleton
from assistant.filling import Entry
from assistant.questionnaire import AnswerField, FieldKind, Location
from tests.documents.word.making import cell, control, document, p, r, table

PART = "word/document.xml"
SAID = '<w:t xml:space="preserve">'
LONG = "Words of the form that no answer ever touches, on and on."


def remade(file: bytes, change: dict[str, str]) -> bytes:
    """Return the document with some of its markup spelt another way."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(file)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name == PART:
                for before, after in change.items():
                    assert before in content
                    content = content.replace(before, after)
            new.writestr(name, content)
    return out.getvalue()


def answered(file: bytes, *places: str, after: bool = False) -> Package:
    package = Package(file)
    made = [
        Entry(AnswerField(FieldKind.TEXT, Location(place), after=after), f"Answer {n}")
        for n, place in enumerate(places)
    ]
    completed = Package(write(package, made))
    assert differences(package, completed, [Location(place) for place in places], made) == []
    return completed


def left(file: bytes, *places: str) -> str:
    return skeleton(Package(file), PART, [Location(place) for place in places]).content.decode()


def test_leaves_the_bytes_of_what_no_answer_touches() -> None:
    odd = {f"{SAID}{LONG}</w:t>": f"<w:t   xml:space = 'preserve' >{LONG}&#x41;</w:t >"}
    file = remade(document(p(LONG), table([LONG, ""], [LONG, ""]), p(LONG), p()), odd)
    for place in ("body/tbl[0]/tr[1]/tc[1]", "body/p[2]"):
        written = answered(file, place).part(PART).decode()
        assert written.count(f"<w:t   xml:space = 'preserve' >{LONG}&#x41;</w:t >") == 4
        assert "Answer 0" in written


def test_keeps_only_places_and_what_they_stand_in() -> None:
    file = document(p(LONG), table([LONG, ""], [LONG, LONG]), p(LONG))
    content = left(file, "body/tbl[0]/tr[0]/tc[1]")
    assert LONG not in content
    assert content.count("<w:tbl>") == content.count("<w:tr>") == 1
    assert content.count(' answers-cut="') == 4  # the paragraphs, the cell beside the place, the row below


def test_counts_nested_tables_and_the_paragraphs_of_text_boxes_where_they_belong() -> None:
    box = f"<w:p><w:r><w:pict><w:txbxContent>{p(LONG)}{p(LONG)}</w:txbxContent></w:pict></w:r></w:p>"
    nested = cell("").replace("<w:p></w:p>", f"{table([LONG, ''], [LONG, LONG])}{p(LONG)}")
    file = document(box, f"<w:tbl><w:tr>{nested}{cell(LONG)}</w:tr></w:tbl>", p(LONG), p())
    place = "body/tbl[0]/tr[0]/tc[0]/tbl[0]/tr[0]/tc[1]"
    written = answered(file, place, "body/p[2]").part(PART).decode()
    assert LONG not in left(file, place)
    assert written.count(LONG) == 8
    assert "Answer 0</w:t></w:r></w:p></w:tc></w:tr><w:tr>" in written


def test_does_not_cut_inside_content_controls() -> None:
    framed = control(p(LONG) + p() + p(LONG))
    file = document(p(LONG), framed, p(LONG), p())
    assert left(file, "body/p[5]").count(LONG) == 2
    assert answered(file, "body/p[2]", "body/p[5]").part(PART).decode().count("Answer") == 2


def test_keeps_a_mark_that_shows_how_the_table_is_ticked() -> None:
    file = document(table([LONG, "✓", ""], [LONG, "", ""]))
    assert "✓" in left(file, "body/tbl[0]/tr[1]/tc[1]")


@pytest.mark.parametrize(
    "change",
    [
        {"<w:body>": "<!-- <w:p> --><w:body>"},
        {f"{SAID}{LONG}</w:t>": f"<w:t><![CDATA[{LONG}]]></w:t>"},
        {"<w:": "<x:", "</w:": "</x:", "xmlns:w=": "xmlns:x="},
        {"<w:body>": '<w:body xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'},
        {f"<w:p><w:r>{SAID}{LONG}</w:t></w:r></w:p>": '<w:p answers-cut="0"/>'},
    ],
    ids=["comment", "CDATA", "another prefix", "the prefix declared again", "a stand-in already"],
)
def test_writes_documents_that_are_spelt_in_unusual_ways(change: dict[str, str]) -> None:
    file = remade(document(p(LONG), p("1. Do you log?"), p()), change)
    assert "Answer 0" in answered(file, "body/p[2]").part(PART).decode()


def test_writes_documents_in_another_encoding() -> None:
    file = document(p(LONG), p())
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(file)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == PART:
                content = content.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
            new.writestr(name, content)
    assert "Answer 0" in answered(out.getvalue(), "body/p[1]").part(PART).decode("utf-16")


def test_writes_where_the_reader_means_when_blocks_stand_in_unknown_frames() -> None:
    frame = f"<w:unknown>{p(LONG)}{p(LONG + ' Framed.')}</w:unknown>"
    file = document(frame, p(LONG), p(r("")), p(f"{LONG} Last."))
    written = answered(file, "body/p[1]").part(PART).decode()
    assert written.index("Answer 0") < written.index("Last.")
    assert written.index("Framed.") < written.index("Answer 0")


def test_inserts_behind_paragraphs_between_others_that_were_cut() -> None:
    file = document(p("Do you log?"), p(LONG), p("Do you encrypt?"), p(LONG))
    written = answered(file, "body/p[0]", "body/p[2]", after=True).part(PART).decode()
    said = [written.index(text) for text in ("log?", "Answer 0", LONG, "encrypt?", "Answer 1")]
    assert said == sorted(said)
    assert written.rindex(LONG) > said[-1]


def test_names_a_change_in_what_was_cut() -> None:
    file = document(p(LONG), p(), p(LONG + " Again."))
    other = document(p(LONG), p("Yes"), p(LONG + " AGAIN."))
    assert differences(Package(file), Package(other), {Location("body/p[1]")}) == ["body/p[2] changed"]


def test_names_a_move_of_what_was_cut() -> None:
    first, second = p(f"{LONG} One."), p(f"{LONG} Two.")
    found = differences(
        Package(document(first, p(), second)), Package(document(second, p(), first)), {Location("body/p[1]")}
    )
    assert found == ["body/p[0] changed", "body/p[2] changed"]
