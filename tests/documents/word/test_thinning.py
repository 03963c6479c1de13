"""Reading parses less than the document holds, and finds the same."""

import time

import pytest

from assistant.documents.word.thinning import thinned
from tests.documents.word.making import cell, outline, p, r, reading, table


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        ('<w:rPr><w:rFonts w:ascii="Arial"/><w:sz w:val="20"/></w:rPr>', ""),
        ('<w:rPr><w:rFonts w:ascii="Arial"/><w:b/><w:color w:val="FF0000"/></w:rPr>', "<w:rPr><w:b/></w:rPr>"),
        ('<w:rPr><w:b w:val="0"/><w:bCs/></w:rPr>', ""),
        ('<w:rPr><w:b w:val="1"/><w:bCs/></w:rPr>', '<w:rPr><w:b w:val="1"/></w:rPr>'),
        ("<w:rPr><w:bCs/></w:rPr>", ""),
        ('<w:pPr><w:keepNext/><w:tabs><w:tab w:val="left"/></w:tabs><w:rPr><w:b/></w:rPr></w:pPr>', ""),
        ('<w:pPr><w:pStyle w:val="x"/><w:jc w:val="left"/></w:pPr>', '<w:pPr><w:pStyle w:val="x"/></w:pPr>'),
        ('<w:tcPr><w:tcW w:w="5"/><w:tcMar><w:top/></w:tcMar></w:tcPr>', ""),
        ('<w:trPr><w:cantSplit/></w:trPr>', ""),
        ("<w:tblPr><w:tblBorders><w:top/></w:tblBorders></w:tblPr>", ""),
        ('<w:r><w:instrText xml:space="preserve"> FORMTEXT </w:instrText></w:r>', "<w:r></w:r>"),
        ('<w:tcPr><w:tcW w:w="5"/><w:gridSpan w:val="2"/><w:tcBorders><w:top/></w:tcBorders></w:tcPr>',
         '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'),
        ('<w:style w:type="table" w:styleId="x"><w:name/>\n<w:pPr/></w:style><w:style/>', "<w:style/>"),
        ('<w:rsids><w:rsid w:val="1"/></w:rsids><w:trackRevisions/>', "<w:trackRevisions/>"),
        ('<w:p w14:paraId="5A38D6C2" w:rsidR="00EF3CB3" w:rsidRDefault="00EF3CB3"><w:r/></w:p>', "<w:p><w:r/></w:p>"),
    ],
)  # fmt: skip
def test_takes_out_looks(markup: str, left: str) -> None:
    assert thinned(markup.encode()).decode() == left


@pytest.mark.parametrize(
    "markup",
    [
        "<w:rPr><w:vanish/></w:rPr>",
        "<w:rPr><w:b/><w:vanish/></w:rPr>",
        '<w:rPr><w:ins w:id="1"/><w:u/></w:rPr>',
        '<w:rPr><w:b/><w:del w:id="1"/></w:rPr>',
        "<w:rPr><w:rPrChange><w:x>1</w:x></w:rPrChange></w:rPr>",
        '<w:rPr><w:lang w:val="a>b"/></w:rPr>',
        '<w:p><w:bookmarkStart w:name="a/>b"/></w:p>',
        '<w:p w:rsidR="00" w:name=">"/>',
        '<w:p w:rsidR="00EF3CB3"/>',
        "<w:t><![CDATA[<w:rPr><w:i/></w:rPr>]]></w:t>",
        "<!-- <w:rPr><w:i/></w:rPr> -->",
        '<w:shd w:fill="EEEEEE"/>',
        '<w:tcPr><w:shd w:fill="EEEEEE"/><w:vMerge/></w:tcPr>',
        '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>',
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>',
        '<w:pPr><w:rPr><w:ins w:id="1"/></w:rPr></w:pPr>',
        "<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>",
        "<w:trPr><w:tblHeader/></w:trPr>",
        '<w:tblGrid><w:gridCol w:w="2000"/></w:tblGrid>',
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>',
        '<w:style w:type="paragraph" w:styleId="x"><w:name/></w:style>',
        '<w:style w:styleId="x"><w:name/></w:style>',
    ],
)
def test_leaves_what_is_read_and_what_is_spelt_in_unusual_ways(markup: str) -> None:
    assert thinned(markup.encode()).decode() == markup


def test_finds_bold_titles_shades_and_hidden_text_as_before() -> None:
    looks = '<w:rFonts w:ascii="Arial"/>{}<w:sz w:val="20"/>'
    found = reading(
        p("Access", run=looks.format("<w:b/>")),
        p(r("1. Do you log?", looks.format("")) + r(" Hidden?", looks.format("<w:vanish/>"))),
        p(),
        table([cell("Question", shade="EEEEEE"), cell("Answer", shade="EEEEEE")], ["Do you encrypt?", ""]),
    )
    assert outline(found) == [
        "1 Do you log? @ p[1] -> text p[2]",
        "Do you encrypt? @ tbl[0]/tr[1]/tc[0] -> text tbl[0]/tr[1]/tc[1]",
    ]
    assert found.questions[0].section == "Access"


def test_takes_no_longer_for_markup_that_never_ends() -> None:
    begun = time.process_time()
    for markup in (
        b"<w:rsids>",
        b"<w:rsids/>",
        b"<w:rPr><w:i/>",
        b'<w:style w:type="table"><w:a>',
        b"<w:pBdr><w:top/>",
        b"<w:pPr><w:rPr><w:i/>",
        b"<w:pPr><w:i/><w:pStyle/>",
        b"<w:tblPr><w:tblGrid><w:tblPrEx>",
        b"<w:instrText>",
        b'<w:rFonts w:ascii="',
        b'<w:p w:rsidR="1" ',
    ):
        thinned(markup * 100_000)
    assert time.process_time() - begun < 5
