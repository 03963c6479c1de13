"""Answers land in their places, in the place's own formatting, and nothing else changes."""

import re
import zipfile
from io import BytesIO

import pytest

from assistant.documents.package import Package
from assistant.documents.word import differences, read, write
from assistant.errors import NotWritableError
from assistant.filling import Entry, entries
from assistant.questionnaire import AnswerField, FieldKind, Location
from tests.documents.word.making import (
    NAMESPACES,
    OFFICE,
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


def completed(file: bytes, *answers: tuple[str | None, str]) -> tuple[str, Package]:
    """Return the document part and the package after answering the questions in order; nothing else may differ."""
    package = Package(file)
    found = read(package)
    assert len(found.questions) == len(answers)
    made = [
        e
        for question, (choice, text) in zip(found.questions, answers, strict=True)
        for e in entries(question, choice, text)
    ]
    after = Package(write(package, made))
    assert differences(package, after, {place for entry in made for place in entry.field.places()}) == []
    return after.part("word/document.xml").decode(), after


def text(location: str, value: str, after: bool = False) -> Entry:
    return Entry(AnswerField(FieldKind.TEXT, Location(location), after=after), value)


def test_writes_into_a_cell_in_the_formatting_of_its_paragraph() -> None:
    place = cell('<w:p><w:pPr><w:jc w:val="right"/><w:rPr><w:i/></w:rPr></w:pPr></w:p>', shade="EEEEEE")
    xml, _ = completed(document(table(["Question", "Answer"], ["Do you encrypt?", place])), (None, "Yes"))
    assert (
        '<w:tc><w:tcPr><w:shd w:val="clear" w:fill="EEEEEE"/></w:tcPr><w:p><w:pPr><w:jc w:val="right"/>'
        "<w:rPr><w:i/></w:rPr></w:pPr><w:r><w:rPr><w:i/></w:rPr><w:t>Yes</w:t></w:r></w:p></w:tc>"
    ) in xml


def test_writes_lines_as_paragraphs_of_a_cell_and_tabs_as_tabs() -> None:
    place = cell('<w:p><w:pPr><w:jc w:val="right"/></w:pPr></w:p>')
    xml, _ = completed(document(table(["Question", "Answer"], ["Do you encrypt?", place])), (None, "a\tb\n\nc "))
    assert (
        '<w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r></w:p>'
        '<w:p><w:pPr><w:jc w:val="right"/></w:pPr></w:p>'
        '<w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:t>c</w:t></w:r></w:p></w:tc>'
    ) in xml


def test_replaces_an_answer_but_keeps_bookmarks_comments_and_its_looks() -> None:
    old = (
        "<w:p>" + '<w:bookmarkStart w:id="4" w:name="a"/>' + r("Old ", "<w:b/>") + r("answer")
        + '<w:bookmarkEnd w:id="4"/><w:r><w:commentReference w:id="7"/></w:r></w:p>' + p("second")
    )  # fmt: skip
    xml, _ = completed(document(table(["Question", "Answer"], ["Do you encrypt?", cell(old)])), (None, "New"))
    assert (
        '<w:p><w:bookmarkStart w:id="4" w:name="a"/><w:bookmarkEnd w:id="4"/><w:r><w:commentReference w:id="7"/></w:r>'
        "<w:r><w:rPr><w:b/></w:rPr><w:t>New</w:t></w:r></w:p></w:tc>"
    ) in xml
    assert "answer" not in xml


def test_keeps_text_that_looks_like_a_formula_or_markup_as_text() -> None:
    xml, _ = completed(document(table(["Question", "Answer"], ["Do you encrypt?", ""])), (None, '=1+1 <b> & "x"'))
    assert '<w:t>=1+1 &lt;b&gt; &amp; "x"</w:t>' in xml


def test_writes_into_a_blank_paragraph_with_line_breaks() -> None:
    xml, _ = completed(document(p("1. Do you encrypt?"), p(), p("2. Do you log?"), p()), (None, "a\nb"), (None, "c"))
    assert "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>" in xml


def test_replaces_a_printed_line_and_leaves_the_words_around_it() -> None:
    xml, _ = completed(
        document(p("Company name: ________ (full)"), p("Site: [insert site]")), (None, "Acme"), (None, "EU")
    )
    assert re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml) == ["Company name: ", "Acme", " (full)", "Site: ", "EU"]


def test_adds_the_answer_behind_its_label_but_not_bold() -> None:
    file = document(p("1. Do you encrypt?"), p("Response:", run="<w:b/><w:sz w:val='20'/>"))
    xml, _ = completed(file, (None, "Yes"))
    assert '<w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t xml:space="preserve"> Yes</w:t></w:r></w:p>' in xml


def in_from_left(style: str, properties: str) -> str:
    """Return the paragraph properties of an answer behind a list item that says how far in it is only indirectly."""
    level = '<w:lvl w:ilvl="0"><w:lvlText w:val="•"/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl>'
    lists = f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/>'
    named = (
        ("Items", "items", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
        ("Base", "base", '<w:ind w:start="300"/>'),
        ("Based", "based", '</w:pPr><w:basedOn w:val="Base"/><w:pPr>'),
        ("Heading1", "heading 1", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
    )
    styles = "".join(
        f'<w:style w:styleId="{name}"><w:name w:val="{called}"/><w:pPr>{said}</w:pPr></w:style>'
        for name, called, said in named
    )
    parts = {
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{lists}</w:num></w:numbering>",
        "word/styles.xml": f"<w:styles {NAMESPACES}>{styles}</w:styles>",
    }
    file = document(p("Do you log?", style=style, properties=properties), p("Do you?"), parts=parts)
    xml = Package(write(Package(file), [text("body/p[0]", "Yes.", after=True)])).part("word/document.xml").decode()
    found = re.search(r"</w:p><w:p>(?:<w:pPr>(.*?)</w:pPr>)?<w:r><w:t>Yes", xml)
    assert found is not None
    return found[1] or ""


LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


@pytest.mark.parametrize(
    ("style", "properties", "said"),
    [
        ("", LISTED, '<w:ind w:left="720"/>'),
        ("Items", "", '<w:ind w:left="720"/>'),
        ("Based", "", '<w:ind w:left="300"/>'),
        ("Items", '<w:ind w:left="100" w:hanging="50"/>', '<w:ind w:left="100"/>'),
        ("Heading1", "", ""),
        ("", "", ""),
        ("", '<w:numPr><w:numId w:val="9"/></w:numPr>', ""),
    ],
)
def test_inserts_as_far_in_as_the_list_or_style_sets_the_question(style: str, properties: str, said: str) -> None:
    assert in_from_left(style, properties) == said


def test_inserts_behind_the_question_as_body_text_without_its_numbering() -> None:
    question = p("Do you use MFA?", listed=True, run="<w:b/>", properties='<w:ind w:left="720"/>')
    xml, _ = completed(
        document(heading("A"), question, p("Do you log?", listed=True)), (None, "Yes.\n\nAlways."), (None, "No")
    )
    assert (
        '<w:p><w:pPr><w:ind w:left="720"/></w:pPr><w:r><w:t>Yes.</w:t></w:r></w:p>'
        '<w:p><w:pPr><w:ind w:left="720"/></w:pPr><w:r><w:t>Always.</w:t></w:r></w:p>'
        "<w:p><w:pPr><w:numPr>"
    ) in xml


def test_puts_the_answers_of_questions_that_share_a_cell_one_below_the_other() -> None:
    file = document(
        table(
            ["Question", "Answer"],
            ["Do you have an API?", cell("", merge="restart")],
            ["If yes, describe it.", cell("", merge="continue")],
        )
    )
    _, after = completed(file, (None, "Yes."), (None, "It is REST."))
    assert [q.fields[0].value for q in read(after).questions] == ["Yes.\nIt is REST."] * 2


def test_ticks_one_glyph_of_a_line_and_unticks_the_other() -> None:
    xml, _ = completed(document(p("1. Do you log? ☐ Yes ☒ No")), ("Yes", ""))
    assert "1. Do you log? ☒ Yes ☐ No" in "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml))


@pytest.mark.parametrize(("empty", "ticked"), [("[ ] Yes [ ] No", "[ ] Yes [x] No"), ("○ Yes ○ No", "○ Yes ● No")])
def test_ticks_other_printed_boxes_in_their_own_way(empty: str, ticked: str) -> None:
    xml, _ = completed(document(table(["Question", "Answer"], ["Do you log?", empty])), ("No", ""))
    assert ticked in "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml))


def test_ticks_a_symbol_of_a_symbol_font() -> None:
    box = '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
    xml, _ = completed(document(p(r("1. Do you log? ") + box + r(" Yes ") + box + r(" No"))), ("No", ""))
    assert re.findall(r'w:char="(\w+)"', xml) == ["F0A8", "F0FE"]


def test_ticks_a_check_box_control_with_its_own_glyph() -> None:
    box = checkbox().replace('w14:val="2612"', 'w14:val="2611"')
    file = document(table(["Control", "Yes", "No"], ["Data is encrypted.", p(box), p(checkbox(ticked=True))]))
    xml, _ = completed(file, ("Yes", ""))
    assert re.findall(r'<w14:checked w14:val="(\d)"/>', xml) == ["1", "0"]
    assert re.findall(r"<w:t[^>]*>([☐☑☒])</w:t>", xml) == ["☑", "☐"]


def test_ticks_legacy_check_boxes() -> None:
    file = document(
        table(["Control", "Yes", "No"], ["Data is encrypted.", p(legacy_checkbox()), p(legacy_checkbox(True))])
    )
    xml, _ = completed(file, ("Yes", ""))
    assert '<w:default w:val="0"/><w:checked/></w:checkBox>' in xml
    assert '<w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>' in xml


def test_marks_a_plain_cell_the_way_the_table_does() -> None:
    file = document(table(["Control", "Yes", "No"], ["Data is encrypted.", "", ""], ["Logs are kept.", "✓", ""]))
    xml, _ = completed(file, ("No", ""), (None, ""))
    assert xml.count("✓") == 2


def test_chooses_from_a_drop_down_control() -> None:
    xml, _ = completed(document(table(["Question", "Answer"], ["Do you log?", p(dropdown("Yes", "No"))])), ("No", ""))
    assert '<w:dropDownList w:lastValue="no">' in xml
    assert "<w:sdtContent><w:r><w:t>No</w:t></w:r></w:sdtContent>" in xml
    assert "showingPlcHdr" not in xml


def test_refuses_what_is_not_in_the_list() -> None:
    package = Package(document(p(r("1. Do you log? ") + dropdown("Yes", "No"))))
    entry = Entry(AnswerField(FieldKind.CHOICE, Location("body/p[0]"), options=("Yes", "No")), "Maybe")
    with pytest.raises(NotWritableError, match="Maybe"):
        write(package, [entry])


def test_chooses_from_a_legacy_drop_down() -> None:
    file = document(table(["Question", "Answer"], ["Do you log?", p(legacy_dropdown("Select", "Yes", "No"))]))
    xml, _ = completed(file, ("No", ""))
    assert '<w:ddList><w:result w:val="2"/>' in xml


def test_fills_a_text_control_without_its_prompt_and_the_prompts_look() -> None:
    prompt = r("Click or tap here to enter text.", '<w:rStyle w:val="PlaceholderText"/>')
    file = document(p(r("Company: ") + control(prompt, "<w:rPr><w:b/></w:rPr><w:text/>", placeholder=True)))
    xml, _ = completed(file, (None, "Acme\nCorp"))
    assert "<w:sdtContent><w:r><w:rPr><w:b/></w:rPr><w:t>Acme Corp</w:t></w:r></w:sdtContent>" in xml
    assert "showingPlcHdr" not in xml


def test_breaks_lines_in_a_text_control_that_takes_several() -> None:
    file = document(p(r("Company: ") + control(r("Enter text"), '<w:text w:multiLine="1"/>', placeholder=True)))
    xml, _ = completed(file, (None, "Acme\nCorp"))
    assert "<w:t>Acme</w:t><w:br/><w:t>Corp</w:t>" in xml


def test_fills_a_control_around_a_cell() -> None:
    place = control(cell("Enter text here"), "<w:text/>", placeholder=True)
    file = document(table(["Question", "Answer"], ["Do you log?", "@"]).replace(cell("@"), place))
    xml, after = completed(file, (None, "Yes"))
    assert "<w:sdtContent><w:tc><w:p><w:r><w:t>Yes</w:t></w:r></w:p></w:tc></w:sdtContent>" in xml
    assert read(after).questions[0].fields[0].value == "Yes"


def test_refuses_a_locked_control() -> None:
    locked = control(r("Acme"), '<w:lock w:val="contentLocked"/><w:text/>')
    with pytest.raises(NotWritableError, match="locks"):
        write(Package(document(p(locked))), [text("body/p[0]", "x")])


def test_sets_the_custom_xml_that_a_control_is_bound_to() -> None:
    bound = '<w:dataBinding w:xpath="/form[1]/name[1]" w:storeItemID="{AB}"/><w:text/>'
    parts = {
        "customXml/item1.xml": "<form><name>old</name><site>x</site></form>",
        "customXml/itemProps1.xml": '<ds:datastoreItem ds:itemID="{AB}" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>',
        "customXml/_rels/item1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/customXmlProps" Target="itemProps1.xml"/></Relationships>',
    }
    file = document(p(r("Company: ") + control(r("Enter text"), bound, placeholder=True)), parts=parts)
    _, after = completed(file, (None, "Acme"))
    assert "<form><name>Acme</name><site>x</site></form>" in after.part("customXml/item1.xml").decode()


def test_takes_off_a_binding_that_leads_nowhere() -> None:
    bound = '<w:dataBinding w:xpath="/form[1]" w:storeItemID="{NO}"/><w:text/>'
    xml, _ = completed(document(p(r("Company: ") + control(r("Enter text"), bound, placeholder=True))), (None, "Acme"))
    assert "dataBinding" not in xml


def test_fills_a_legacy_text_field_in_its_own_formatting() -> None:
    field = legacy_text().replace(
        '<w:r><w:t xml:space="preserve">\u2002', '<w:r><w:rPr><w:u/></w:rPr><w:t xml:space="preserve">\u2002'
    )
    xml, after = completed(document(p(r("Company: ") + field)), (None, "Acme"))
    assert (
        '"separate"/></w:r><w:r><w:rPr><w:u/></w:rPr><w:t>Acme</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/>' in xml
    )
    assert read(after).questions[0].fields[0].value == "Acme"


def test_refuses_a_text_longer_than_its_field() -> None:
    file = document(p(r("Company: ") + legacy_text(limit=5)))
    field = read(Package(file)).questions[0].fields[0]
    assert field.max_length == 5
    with pytest.raises(NotWritableError, match="takes 5 characters"):
        write(Package(file), [Entry(field, "Acme Corporation")])


@pytest.mark.parametrize("place", ["body/p[9]", "body/tbl[0]", "word", "body/p[0]/tc[0]", "body/p[x]"])
def test_refuses_places_that_are_not_there(place: str) -> None:
    with pytest.raises(NotWritableError):
        write(Package(document(p("1. Do you log?"))), [text(place, "x")])


def test_refuses_to_write_over_the_forms_own_words() -> None:
    with pytest.raises(NotWritableError, match="own words"):
        write(Package(document(p("Read this first."))), [text("body/p[0]", "x")])


def test_finds_every_place_before_writing_anything() -> None:
    file = document(p("Do you log?", listed=True), p("Do you encrypt?", listed=True), p("________"))
    made = [text("body/p[0]", "a\nb", after=True), text("body/p[2]", "c")]
    after = Package(write(Package(file), made))
    assert "<w:t>c</w:t>" in after.part("word/document.xml").decode()


def test_leaves_every_other_part_and_the_kind_of_file_alone() -> None:
    file = document(table(["Question", "Answer"], ["Do you log?", ""]), parts={"word/media/image1.png": "picture"})
    _, after = completed(file, (None, "Yes"))
    with zipfile.ZipFile(BytesIO(file)) as old, zipfile.ZipFile(BytesIO(after.bytes)) as new:
        assert old.namelist() == new.namelist()
        assert [n for n in old.namelist() if old.read(n) != new.read(n)] == ["word/document.xml"]
    assert after.part("word/document.xml").startswith(b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>")


def test_writes_nothing_at_all_without_answers() -> None:
    file = document(p("1. Do you log?"))
    assert Package(write(Package(file), [])).part("word/document.xml") == Package(file).part("word/document.xml")


def test_keeps_the_namespaces_of_the_document() -> None:
    xml, _ = completed(document(p("1. Do you log?"), p("____")), (None, "Yes"))
    assert all(declaration in xml for declaration in NAMESPACES.split(" "))


def test_ticks_the_box_and_writes_the_text_of_one_line() -> None:
    file = document(table(["Question", "Answer"], ["Do you log?", "☐ Yes  ☐ No  Comments: ________"]))
    xml, _ = completed(file, ("Yes", "All of it."))
    assert "☒ Yes  ☐ No  Comments: All of it." in "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml))


def test_ticks_a_check_box_control_around_a_cell() -> None:
    around = control(cell("☐"), '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>')
    xml, _ = completed(document(table(["Do you log?", around, "Yes", around, "No"])), ("No", ""))
    assert re.findall(r'w14:checked w14:val="(\d)"', xml) == ["0", "1"]
    assert re.findall(r"<w:t[^>]*>([☐☒])</w:t>", xml) == ["☐", "☒"]


@pytest.mark.parametrize("code", ["D800", "0001", "zz", "FFFF"])
def test_shows_its_own_glyph_where_a_check_box_names_none_that_can_be_written(code: str) -> None:
    box = checkbox().replace('w14:val="2612"', f'w14:val="{code}"')
    xml, _ = completed(document(table(["Control", "Yes", "No"], ["Data is encrypted.", p(box), p(box)])), ("Yes", ""))
    assert re.findall(r"<w:t[^>]*>([☐☒])</w:t>", xml) == ["☒", "☐"]


def test_keeps_the_question_in_a_control_that_frames_it_with_its_blank() -> None:
    xml, _ = completed(document(control(p("1. Do you log?") + p("________"))), (None, "Yes"))
    assert re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml) == ["1. Do you log?", "Yes"]


def test_writes_behind_the_number_of_an_answer_and_the_name_of_a_value() -> None:
    file = document(p("Q1. Do you log?"), p("A1."), table(["Company name:", "Title:"], ["Address:", "Phone:"]))
    xml, _ = completed(file, (None, "Yes"), (None, "Acme"), (None, "CISO"), (None, "Berlin"), (None, "1"))
    assert "A1. YesCompany name: AcmeTitle: CISO" in "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml))


def test_does_not_take_over_the_look_of_a_prompt() -> None:
    grey = '<w:rStyle w:val="Prompt"/><w:i/><w:color w:val="808080"/><w:sz w:val="20"/>'
    rows = table(["Question", "Answer"], ["Do you log?", p(r("[insert response]", grey))])
    inside = p(r("Company: ") + control(r("Ihr Name", grey), "<w:text/>", placeholder=True))
    xml, _ = completed(document(rows, inside), (None, "Yes"), (None, "Acme"))
    for text in ("Yes", "Acme"):
        assert f'<w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t>{text}</w:t></w:r>' in xml


def test_replaces_text_that_was_moved_here_and_leaves_deleted_text() -> None:
    moved = (
        '<w:moveTo w:id="1" w:author="a">'
        + r("Old")
        + '</w:moveTo><w:del w:id="2" w:author="a"><w:r><w:delText>x</w:delText></w:r></w:del>'
    )
    xml, after = completed(document(table(["Question", "Answer"], ["Do you log?", p(moved)])), (None, "New"))
    assert "Old" not in xml
    assert "<w:delText>x</w:delText>" in xml
    assert read(after).questions[0].fields[0].value == "New"


def test_fills_a_list_and_a_text_control_in_one_line_of_a_cell() -> None:
    text_control = control(r("Click here to enter text."), "<w:text/>", placeholder=True)
    answer = cell(f"<w:p>{dropdown('Yes', 'No')}{r(' ')}{text_control}</w:p>")
    file = document(table(["Question", "Answer"], ["Is MFA used?", answer]))
    markup, package = completed(file, ("Yes", "For everybody."))
    assert markup.index(">Yes<") < markup.index(">For everybody.<")
    assert read(package).questions[0].fields[0].value == "Yes"


def test_inserts_behind_the_question_in_its_cell() -> None:
    file = document(table(["ID", "Question"], ["1", "Do you log?"], ["2", "Do you patch?"]))
    markup, _ = completed(file, (None, "Yes, all access."), (None, "Every month."))
    assert markup.index("Do you log?") < markup.index("Yes, all access.") < markup.index("Do you patch?")
    assert markup.index("Every month.") < markup.index("</w:tbl>")


def test_writes_the_choice_and_the_text_of_one_line_each_into_its_own_control() -> None:
    typed = control(r("Click or tap here to enter text."), "<w:text/>", placeholder=True)
    line = p(r("1. Do you log? ") + dropdown("Yes", "No") + r(" Details: ") + typed)
    _, after = completed(document(line), ("No", "Not yet."))
    assert [field.value for field in read(after).questions[0].fields] == ["No", "Not yet."]
    assert read(after).questions[0].text == "Do you log?"


def test_strikes_out_the_choice_printed_in_a_line_and_keeps_the_question() -> None:
    line = p(r("1. Do you encrypt?  ") + r("Yes / No", "<w:b/>"))
    xml, _ = completed(document(line, p("2. Do you log?"), p("Yes / No")), ("Yes", "With AES."), ("No", ""))
    said = re.sub(r"<[^>]+>", "|", xml)
    assert "Yes / No" not in said
    assert [part for part in said.split("|") if part.strip()] == [
        "1. Do you encrypt?  ",
        "Yes",
        "With AES.",
        "2. Do you log?",
        "No",
    ]
    assert "<w:rPr><w:b/></w:rPr>" in xml
    before = Package(document(p("1. Do you encrypt?  Yes / No")))
    changed = Package(document(p("1. Do you shred?  Yes")))
    assert differences(before, changed, {Location("body/p[0]")})


def test_writes_over_a_prompt_behind_a_label_and_not_in_its_look() -> None:
    lines = [
        p(r("Answer: ", "<w:b/>") + r("[enter your answer here]", '<w:i/><w:sz w:val="20"/>')),
        p("Comments: Click here to enter text."),
    ]
    file = document(p("1. Do you encrypt?"), lines[0], p("2. Do you log?"), lines[1])
    xml, after = completed(file, (None, "Yes."), (None, "All."))
    assert '<w:rPr><w:sz w:val="20"/></w:rPr><w:t>Yes.</w:t></w:r></w:p>' in xml
    assert "Comments: " in xml
    assert "Click" not in xml
    assert read(after).questions[0].fields[0].value == "Yes."
