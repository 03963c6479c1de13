"""What the user is told before completing a document, and which kind of document it is."""

import pytest

from assistant.documents.package import Package
from assistant.documents.word import read
from assistant.errors import UnreadableDocumentError
from tests.documents.word.making import DOCM, document, p, table


def test_tells_documents_with_macros_from_those_without() -> None:
    assert read(Package(document(p("x")))).format == "docx"
    assert read(Package(document(p("x"), content_type=DOCM))).format == "docm"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('<w:documentProtection w:edit="forms" w:enforcement="1"/>', "protected as a form"),
        ('<w:documentProtection w:edit="readOnly" w:enforcement="1"/>', "protected against editing"),
        ("<w:trackRevisions/>", "records changes"),
    ],
)
def test_tells_of_protection_and_of_recorded_changes(settings: str, said: str) -> None:
    (notice,) = read(Package(document(p("x"), settings=settings))).notices
    assert said in notice


@pytest.mark.parametrize(
    "settings", ['<w:documentProtection w:edit="forms" w:enforcement="0"/>', '<w:trackRevisions w:val="0"/>']
)
def test_says_nothing_of_what_is_switched_off(settings: str) -> None:
    assert read(Package(document(p("x"), settings=settings))).notices == ()


def test_tells_that_completing_breaks_a_signature() -> None:
    found = read(Package(document(p("x"), parts={"_xmlsignatures/sig1.xml": "<s/>"})))
    assert "breaks the signature" in found.notices[0]


def test_refuses_a_document_without_a_body() -> None:
    with pytest.raises(UnreadableDocumentError, match="no body"):
        read(Package(document(body="w:other")))


def test_refuses_the_strict_variant_with_its_remedy() -> None:
    strict = document(p("x"), namespace="http://purl.oclc.org/ooxml/wordprocessingml/main")
    with pytest.raises(UnreadableDocumentError, match="strict variant"):
        read(Package(strict))


@pytest.mark.parametrize("odd", ["99999999999999999999", "²", "-1", "x", ""])
def test_reads_on_where_numbers_in_the_file_are_none(odd: str) -> None:
    broken = f'<w:tc><w:tcPr><w:gridSpan w:val="{odd}"/></w:tcPr><w:p/></w:tc>'
    blocks = table(["Question", "Answer"], ["Do you log?", broken]) + p(
        "1. Do you encrypt?", properties=f'<w:outlineLvl w:val="{odd}"/>'
    )
    assert [q.text for q in read(Package(document(blocks))).questions] == ["Do you log?", "Do you encrypt?"]


def test_tells_of_questions_in_text_boxes_which_are_not_read() -> None:
    box = f"<w:p><w:r><w:pict><w:txbxContent>{p('Is data encrypted?')}</w:txbxContent></w:pict></w:r></w:p>"
    (notice,) = read(Package(document(box))).notices
    assert "“Is data encrypted?”" in notice
    silent = box.replace("Is data encrypted?", "Our address")
    assert read(Package(document(silent))).notices == ()
