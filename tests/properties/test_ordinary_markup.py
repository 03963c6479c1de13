"""What is read by pattern is what expat reads: any mix of ordinary, odd and damaged rows and strings, cut anywhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.documents.excel import ordinary, sheetreading, strings
from assistant.errors import UnreadableDocumentError

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
CHUNKS = st.sampled_from([7, 100, 100_000])


def mostly(usual: Sequence[str], odd: Sequence[str]) -> st.SearchStrategy[str]:
    """Return one of `usual`, about once in fifteen times one of `odd`: a sheet with much odd is only refused."""
    return st.sampled_from([*list(usual) * (1 + 15 * len(odd) // len(usual)), *odd])


texts = mostly(
    [
        "0",
        "1",
        "2",
        "7",
        "1.50",
        "45000",
        "x",
        "Yes",
        "a\nb",
        "a\r\nb",
        "naïve",
        "質問",
        "a &amp; b",
        "&#8212;",
        "&#49;",
        "a > b",
    ],
    [
        *("", " ", "\t", "-1", "1e3", "nan", "9" * 12, "9" * 5000, "&lt;b&gt; &quot;&apos;", "&#x2014;", "&#13;"),
        *("&#1;", "&#xD800;", "&nope;", "&", "]]>", "_x000D_", "\ufffe", "\x01", "<!-- </row></si> -->"),
        *("<![CDATA[<c>]]>", "<?pi </row>?>", "<?pi </si>?>"),
    ],
)
columns = mostly(["A", "B", "C", "AB"], ["XFD", "XFE", "ZZZ", "a", ""])
said_of_cells = mostly(
    ["", ' s="1"', ' s="3"', ' t="s"', ' s="1" t="s"', ' s="2" t="n"', ' t="str"', ' t="inlineStr"', ' s="1" t="b"'],
    [' t="s" s="1"', ' t="d"', ' t="e"', ' s="x"', " s='1'", ' s = "1"', ' cm="1"', ' r="C9"', ' s="007"', "  "],
)
formulas = mostly(
    ["", "", "", "<f>A1&gt;2</f>", '<f t="shared" ref="A1:B2" si="0">A1</f>', '<f t="shared" si="0"/>'],
    ["<f>é</f>", "<f a='1'>2</f>", '<f t="array" t="array">1</f>', "<f>&x;</f>", "<f/>", "<f>1</v>"],
)
said_of_rows = mostly(
    ["", "", ' spans="1:3"', ' ht="12.5" customHeight="1"', ' s="2" customFormat="1"', ' x14ac:dyDescent="0.25"'],
    [
        ' hidden="1"',
        ' r="4"',
        " hidden='1'",
        ' s="-1" customFormat="1"',
        ' a="&amp;"',
        "\n",
        ' b="<"',
        ' ht="2" ht="2"',
    ],
)
declarations = mostly(
    ["", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n', "<?xml version='1.0' encoding='utf-8'?>"],
    [
        *('<?xml version="1.0" encoding="ISO-8859-1"?>', '<?xml version="1.0" encoding="US-ASCII"?>', "\ufeff"),
        *("<!-- <row r='1'></row><si></si> -->", "<!DOCTYPE x>", "<?pi <row r='1'></row>?>"),
    ],
)


@st.composite
def cells(draw: st.DrawFn) -> str:
    """Return a cell, mostly of the form Excel writes."""
    column, text = draw(columns), draw(texts)
    said = (f' r="{column}{draw(st.integers(1, 12))}"' if column else "") + draw(said_of_cells)
    value = draw(
        mostly(
            ["", f"<v>{text}</v>", f"<v>{text}</v>", f"<is><t>{text}</t></is>"],
            [
                *("<v/>", f"<v>{text}</t>", f'<v xml:space="preserve">{text}</v>', f"<v>{text}</v><v>2</v>"),
                *(f"<is><r><t>{text}</t></r><r><t>2</t></r></is>", f"<is><t>{text}</t><rPh><t>x</t></rPh></is>"),
                f"<is><t>{text}</v></is>",
            ],
        )
    )
    content = draw(formulas) + value
    if not content:
        return draw(mostly([f"<c{said}/>"], [f"<c{said} />", f"<c{said}></c>", f"<c{said}>"]))
    return f"<c{said}>{content}</c>"


@st.composite
def rows(draw: st.DrawFn) -> str:
    """Return a row, mostly of the form Excel writes."""
    number = draw(mostly(["1", "2", "3", "4", "5", "12"], ["", "1048577", "x"]))
    said, more = f' r="{number}"' if number else "", draw(said_of_rows)
    said = said + more if draw(st.booleans()) else more + said
    content = "".join(draw(st.lists(cells(), max_size=4)))
    around = draw(
        mostly(["", "", "\n  ", "\r\n"], ["x", "<!-- -->", "<c r='B1'>", "<c t='s'>", "</c>", "<row>", "<v>1</v>"])
    )
    if not content:
        return around + draw(st.sampled_from([f"<row{said}/>", f"<row{said}></row>", f"<row{said} />"]))
    return f"{around}<row{said}>{content}</row>"


@st.composite
def strings_of_a_book(draw: st.DrawFn) -> str:
    """Return a shared string, mostly of the form Excel writes."""
    text, other = draw(texts), draw(texts)
    looks = ["", '<rPr><b/><sz val="11"/><color rgb="FF0000" tint="-0.1"/></rPr>']
    look = draw(mostly(looks, ["<rPr><sz val='11'/></rPr>", "<rPr>", "<rPr><b b='1' b='2'/></rPr>"]))
    inner = draw(
        mostly(
            [
                *(f"<t>{text}</t>", f'<t xml:space="preserve">{text}</t>'),
                *(f"<r>{look}<t>{text}</t></r><r><t>{other}</t></r>", f'<t>{text}</t><phoneticPr fontId="1"/>'),
            ],
            [
                *(f"<t>{text}</t><phoneticPr fontId='1'/>", f"<t>{text}</t><rPh sb='0'><t>{other}</t></rPh>"),
                *("<t/>", f"<t>{text}</t><t>{other}</t>", f"<t>{text}</r>", "", "<si><t>x</t></si>"),
            ],
        )
    )
    return draw(mostly(["", "\n"], ["x", "<!-- <si> -->", "<t>stray</t>", "<rPh>", "<si/>"])) + f"<si>{inner}</si>"


@st.composite
def parts(draw: st.DrawFn, items: st.SearchStrategy[str], root: str, inner: str) -> bytes:
    """Return a part of `items`, now and then in another encoding, with a piece missing, or one that comes twice."""
    declared = draw(declarations)
    content = "".join(draw(st.lists(items, max_size=6)))
    opening, closing = (f"<{inner}>", f"</{inner}>") if inner else ("", "")
    before = draw(mostly(["", "<cols><col min='1' max='2'/></cols>"], ["<v>5</v>", "<rPh/>", "<rPh>", "<list>", "x"]))
    behind = draw(mostly(["", "<mergeCells><mergeCell ref='A1:B2'/></mergeCells>"], ["<row r='3'></row>", "<si></si>"]))
    whole = f"{declared}<{root} {NAMESPACE}>{before}{opening}{content}{closing}{behind}</{root}>"
    part = whole.encode(draw(mostly(["latin-1" if "8859" in declared else "utf-8"], ["utf-16"])), "replace")
    if draw(st.integers(0, 9)) == 0:
        first, last = sorted(draw(st.tuples(st.integers(0, len(part)), st.integers(0, len(part)))))
        part = draw(st.sampled_from([part[:first] + part[last:], part[:last] + part[first:], part[:last]]))
    return part


def told(read: Callable[[], object]) -> str:
    """Return what was read, or that it was refused; where in the part expat tells it was damaged does not matter."""
    try:
        return repr(read())
    except UnreadableDocumentError:
        return "refused"


def pieces(part: bytes, size: int) -> Iterator[bytes]:
    """Yield `part` cut into pieces of `size` bytes."""
    return (part[at : at + size] for at in range(0, len(part), size))


def all_of_it(chunks: Iterable[bytes], *_: object) -> Iterator[bytes]:
    """Yield everything to expat."""
    yield from chunks


@settings(max_examples=250, deadline=None)
@given(parts(rows(), "worksheet", "sheetData"), CHUNKS)
def test_rows_are_read_as_expat_reads_them(part: bytes, size: int) -> None:
    def read() -> str:
        return told(lambda: sheetreading.read_sheet("S", pieces(part, size), ["", "one", "two"], frozenset({1, 3})))

    quickly = read()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheetreading, "unusual", all_of_it)
        assert quickly == read()


@settings(max_examples=250, deadline=None)
@given(parts(strings_of_a_book(), "sst", ""), CHUNKS)
def test_shared_strings_are_read_as_expat_reads_them(part: bytes, size: int) -> None:
    quickly = told(lambda: strings.read_strings(pieces(part, size)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strings, "unusual", all_of_it)
        assert quickly == told(lambda: strings.read_strings(pieces(part, size)))


def test_ordinary_rows_and_strings_never_come_to_expat() -> None:
    row = '<row r="{0}" spans="1:2"><c r="A{0}" s="1" t="s"><v>0</v></c><c r="B{0}" s="1"/></row>'
    sheet = f"<worksheet {NAMESPACE}><sheetData>{''.join(row.format(n) for n in range(1, 9))}</sheetData></worksheet>"
    left: list[bytes] = []

    def noting(chunks: Iterable[bytes], *others: object) -> Iterator[bytes]:
        for chunk in unusual(chunks, *others):
            left.append(chunk)
            yield chunk

    unusual: Callable[..., Iterator[bytes]] = ordinary.unusual
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheetreading, "unusual", noting)
        found = sheetreading.read_sheet("S", [sheet.encode()], ["Do you?"], frozenset())
    assert found.rows == {number: {1: "Do you?"} for number in range(1, 9)}
    assert b"<row" not in b"".join(left)


def test_a_number_beyond_all_bounds_is_shown_as_it_stands() -> None:
    sheet = f'<worksheet {NAMESPACE}><sheetData><row r="1"><c r="A1"><v>1e999</v></c></row></sheetData></worksheet>'
    assert sheetreading.read_sheet("S", [sheet.encode()], [], frozenset()).rows == {1: {1: "1e999"}}


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>&#49;</v></c><c r="B1" t="b"><v>&#49;</v></c></row>',
        '<row r="1"><c r="A1"></row><c r="B2"><row r="2"><c r="C2"><v>3</v></c></row></c>',
        '<c r="A1"><row r="1"><c r="B1"/><c r="C1"><v>2</v></c></row></c>',
        '<row spans="1:2" r="1" ht="3"><c r="A1"><v>1</v></c></row><row r="2" r="3"><c r="A1"><v>1</v></c></row>',
        '<row ht="1" r="7"/><row a="r=" r="8"><c r="A8"><v>5</v></c></row>',
    ],
)
def test_rows_that_are_hard_to_read_alike_are_read_as_expat_reads_them(rows: str) -> None:
    part = f"<worksheet {NAMESPACE}><sheetData>{rows}</sheetData></worksheet>".encode()

    def read() -> str:
        return told(lambda: sheetreading.read_sheet("S", [part], ["", "one"], frozenset()))

    quickly = read()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheetreading, "unusual", all_of_it)
        assert quickly == read()


@pytest.mark.parametrize("piece", [' r="1"', ' a="1"', '<c r="A1"><v>1</v>', '<c r="A1" s="1">', "<c", "&#1;"])
def test_what_is_odd_again_and_again_takes_no_longer_than_expat(piece: str) -> None:
    row = f"<row{piece * 100_000}" if piece.startswith(" ") else f'<row r="1">{piece * 40_000}'
    start = time.process_time()
    assert told(
        lambda: sheetreading.read_sheet("S", [f"<worksheet><sheetData>{row} x></row>".encode()], [], frozenset())
    )
    assert told(lambda: strings.read_strings([f"<sst><si>{piece * 40_000}</si></sst>".encode()]))
    assert time.process_time() - start < 5


def test_a_shared_text_named_by_a_character_reference_is_read() -> None:
    row = '<row r="1"><c r="A1" t="s"><v>&#49;</v></c></row>'
    sheet = f"<worksheet {NAMESPACE}><sheetData>{row}</sheetData></worksheet>".encode()
    assert sheetreading.read_sheet("S", [sheet], ["", "Out of scope"], frozenset()).rows == {1: {1: "Out of scope"}}
