"""What the user is told before completing a document, and which kind of document it is."""

import pytest

from assistant.documents.package import Package
from assistant.documents.word import read
from assistant.errors import UnreadableDocumentError
from tests.documents.word.making import DOCM, document, p


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
