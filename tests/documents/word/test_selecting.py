"""Of the styles and lists that a document carries along only those are parsed that it uses."""

from __future__ import annotations

import pytest

from assistant.documents.word.selecting import only_lists, only_styles, used_lists, used_styles

NAMED = b'<w:body><w:pStyle w:val="Heading1"/><w:numPr><w:numId w:val="7"/></w:numPr></w:body>'
STYLES = (
    b'<w:styles><w:docDefaults/><w:style w:type="paragraph" w:styleId="Heading1"><w:basedOn w:val="Base"/></w:style>'
    b'<w:style w:styleId="Other"><w:x/></w:style><w:style w:styleId="Base"><w:numId w:val="3"/></w:style></w:styles>'
)
LISTS = (
    b'<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl/></w:abstractNum>'
    b'<w:abstractNum w:abstractNumId="1"><w:x/></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
    b'<w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def test_keeps_the_styles_that_paragraphs_name_with_those_they_are_based_on() -> None:
    assert used_styles(NAMED) == frozenset({b"Heading1"})
    left = only_styles(STYLES, [b"Heading1"])
    assert b'"Heading1"' in left
    assert b'"Base"' in left
    assert b"Other" not in left
    assert left.startswith(b"<w:styles><w:style ")
    assert left.endswith(b"</w:style></w:styles>")


def test_keeps_the_lists_that_paragraphs_and_styles_name_with_their_definitions() -> None:
    assert used_lists(NAMED, STYLES) == frozenset({b"7", b"3"})
    assert only_lists(LISTS, [b"7", b"3"]) == (
        b'<w:numbering><w:abstractNum w:abstractNumId="1"><w:x/></w:abstractNum>'
        b'<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )


@pytest.mark.parametrize(
    "document",
    [
        b"<w:body><w:pStyle w:val='a'/><w:numId w:val=\"3\" /></w:body>",
        b'<w:body><pStyle val="a"/><x:numId x:val="3"/></w:body>',
        b'<w:body><w:pStyle w:val="a&amp;b"/><w:numId w:val="&#51;"/></w:body>',
        b'<body><pStyle val="a"/><numId val="3"/></body>',
        NAMED.decode().encode("utf-16"),
    ],
)
def test_does_not_tell_what_a_document_uses_that_is_spelt_in_unusual_ways(document: bytes) -> None:
    assert used_styles(document) is None
    assert used_lists(document, STYLES) is None
    assert used_lists(NAMED, STYLES.replace(b"<w:styles>", b"<styles>")) is None


@pytest.mark.parametrize(
    "part",
    [
        STYLES.replace(b'w:styleId="Other"', b"w:styleId='Other'"),
        STYLES.replace(b'w:type="paragraph" ', b'w:x="a>b" '),
        STYLES.replace(b'<w:basedOn w:val="Base"/>', b'<w:basedOn  w:val="Base"/>'),
        STYLES.replace(b'<w:style w:styleId="Other"', b'<w:style\nw:styleId="Other"'),
        STYLES.replace(b"<w:docDefaults/>", b'<!--<w:style w:styleId="Heading1"></w:style>-->'),
        STYLES.replace(b'<w:style w:styleId="Base"', b'<x:y><w:style w:styleId="Base"').replace(
            b"</w:styles>", b"</x:y>"
        ),
        STYLES.replace(b"<w:docDefaults/>", b"<x:y>").replace(b"</w:styles>", b"</x:y></w:styles>"),
        STYLES.replace(b'<w:style w:styleId="Other"', b'<!----><w:style w:styleId="Other"'),
        b"<w:styles/>",
        b"",
    ],
)
def test_leaves_styles_whole_that_are_spelt_in_unusual_ways(part: bytes) -> None:
    assert only_styles(part, [b"Heading1"]) == part


@pytest.mark.parametrize(
    "part",
    [
        LISTS.replace(b'<w:abstractNumId w:val="1"/>', b"<w:abstractNumId w:val='1'/>"),
        LISTS.replace(b'<w:num w:numId="4">', b"<w:num w:numId='4'>"),
        LISTS.replace(b"w:num>", b"x:num>"),
        LISTS.replace(b'<w:num w:numId="4">', b'<x:y/><w:num w:numId="4">'),
        b"<w:numbering/>",
    ],
)
def test_leaves_lists_whole_that_are_spelt_in_unusual_ways(part: bytes) -> None:
    assert only_lists(part, [b"3"]) == part
