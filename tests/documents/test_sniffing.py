"""What kind of file it is, whatever its name says, and one clear sentence for each that cannot be read."""

from __future__ import annotations

import io
import struct
import zipfile

import docx
import pytest

from assistant.documents import inspect
from assistant.documents.sniffing import sniff
from assistant.errors import UnreadableDocumentError
from tests.documents.excel.books import Page, book, changed, packed, parts

QUESTIONS = Page(
    rows=[("ID", "Question", "Answer"), ("1", "Do you encrypt data at rest?"), ("2", "Do you test backups?")]
)

FORM = book(QUESTIONS)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "b">]>'


def ole(*streams: str) -> bytes:
    """Return a compound file with empty streams of these names (MS-CFB): one FAT sector, one directory sector."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0)
    header += struct.pack("<108I", *([free] * 108))
    names = ["Root Entry", *streams]
    entries = b""
    for index, name in enumerate(names):
        encoded = name.encode("utf-16-le") + b"\x00\x00"
        kind = 5 if index == 0 else 2
        child = 1 if index == 0 else free
        right = index + 1 if 0 < index < len(streams) else free
        entries += encoded.ljust(64, b"\x00") + struct.pack("<HBBIII", len(encoded), kind, 1, free, right, child)
        entries += bytes(36) + struct.pack("<IQ", end, 0)
    entries = entries.ljust(512, b"\x00")
    return header.ljust(512, b"\x00") + struct.pack("<128I", fat, end, *([free] * 126)) + entries


def word() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["form.xlsx", "form.docx", "form", "form.pdf", ""])
def test_the_content_tells_the_kind_and_the_name_does_not(name: str) -> None:
    assert sniff(book(QUESTIONS), name).format == "xlsx"
    assert sniff(word(), name).format == "docx"


REFUSED = {
    "an empty file": (b"", "empty", "again"),
    "only zeros": (bytes(4096), "empty", "again"),
    "an old Excel workbook": (ole("Workbook"), "old Excel format", ".xlsx"),
    "an old Word document": (ole("WordDocument", "1Table"), "old Word format", ".docx"),
    "an encrypted file": (ole("EncryptionInfo", "EncryptedPackage"), "password", "remove the password"),
    "some other compound file": (ole("Contents"), "neither", ".xlsx"),
    "a broken compound file": (ole("Workbook")[:600], "damaged or in an old format", ".xlsx"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", "PDF", ".xlsx"),
    "an RTF file": (b"{\\rtf1\\ansi hello}", "RTF", ".docx"),
    "a web page": (b"<!DOCTYPE html><html></html>", "web page", ".xlsx"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "neither", ".xlsx"),
    "an archive": (packed({"questions.txt": b"none"}), "no Excel or Word document", "Unpack"),
    "a damaged archive": (FORM[:2000], "damaged", "save it anew"),
    "an OpenDocument sheet": (
        packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "OpenDocument", ".xlsx",
    ),
    "an OpenDocument text": (packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument", ".docx"),
    "a binary workbook": (
        changed(FORM, {"[Content_Types].xml": {WORKBOOK: "application/vnd.ms-excel.sheet.binary.macroEnabled.main"}}),
        "binary Excel workbook", ".xlsx",
    ),
    "a presentation": (
        changed(FORM, {"[Content_Types].xml": {"spreadsheetml.sheet.main": "presentationml.presentation.main"}}),
        "neither", ".docx",
    ),
    "a workbook with entities": (
        changed(FORM, {"xl/worksheets/sheet1.xml": {"<worksheet": f"{ENTITIES}<worksheet"}}),
        "entities", "save it anew",
    ),
    "a workbook whose list of sheets has entities": (
        changed(FORM, {"xl/workbook.xml": {"<workbook": f"{ENTITIES}<workbook"}}), "entities", "save it anew",
    ),
    "a workbook that is no XML": (
        changed(FORM, {"xl/worksheets/sheet1.xml": {"</sheetData>": "</sheet>"}}), "cannot be read", "save it anew",
    ),
    "a workbook without its sheet": (
        packed({name: part for name, part in parts(FORM).items() if "sheet1" not in name}), "missing", "save it anew",
    ),
    "a workbook without any worksheet": (
        changed(FORM, {"xl/_rels/workbook.xml.rels": {"relationships/worksheet": "relationships/chartsheet"}}),
        "no worksheet", "save it anew",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_with_the_remedy(what: str) -> None:
    file, problem, remedy = REFUSED[what]
    with pytest.raises(UnreadableDocumentError) as refusal:
        inspect(file, "customer form.xlsx")
    assert problem in refusal.value.problem
    assert remedy in refusal.value.remedy
    assert str(refusal.value).count("\n") == 0


def test_a_strict_workbook_is_read_as_well() -> None:
    contents = parts(book(QUESTIONS))
    strict = {
        name: part.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, part in contents.items()
    }
    assert [question.text for question in inspect(packed(strict)).questions] == [
        "Do you encrypt data at rest?", "Do you test backups?",
    ]  # fmt: skip


def with_sheet(data: bytes) -> bytes:
    """Return a workbook whose sheet holds `data` as rows."""
    contents = parts(book(QUESTIONS))
    head, _, rest = contents["xl/worksheets/sheet1.xml"].partition(b"<sheetData>")
    contents["xl/worksheets/sheet1.xml"] = (
        head + b"<sheetData>" + data + b"</sheetData>" + rest.partition(b"</sheetData>")[2]
    )
    return packed(contents)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"".join(b'<row r="%d"/>' % number for number in range(1, 300_000)), "more than 200,000 rows"),
        (b'<row r="1">' + b'<c s="1"/>' * 16_400 + b"</row>", "beyond its last column"),
        (
            b"".join(b'<row r="%d">%b</row>' % (n, b'<c s="1"/>' * 4_000) for n in range(1, 103)),
            "more than 400,000 cells",
        ),
        (b'<row r="1"><c t="inlineStr"><is>' + b"<r>" * 150 + b"</r>" * 150 + b"</is></c></row>", "nested too deeply"),
        (b'<row r="x"/>', "cannot be read"),
        (b'<row r="1"><c s="x"/></row>', "cannot be read"),
        (b'<row r="99999999"/>', "more than"),
    ],
)
def test_sheets_beyond_the_limits_are_refused_while_they_are_read(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=problem):
        inspect(with_sheet(data))


def test_a_value_in_the_last_cell_of_a_sheet_costs_nothing() -> None:
    last = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    assert inspect(with_sheet(last)).questions == ()


def test_zip_bombs_are_refused_before_they_are_unpacked() -> None:
    contents = parts(book(QUESTIONS))
    contents["xl/media/image1.png"] = bytes(50_000_000)
    with pytest.raises(UnreadableDocumentError, match="unpacks to far more"):
        inspect(packed(contents))


def test_a_package_of_thousands_of_parts_is_refused() -> None:
    contents = parts(book(QUESTIONS)) | {f"xl/media/{number}.png": b"" for number in range(5_001)}
    with pytest.raises(UnreadableDocumentError, match="parts"):
        inspect(packed(contents))


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(UnreadableDocumentError, match="at most 50 MB"):
        inspect(b"PK\x03\x04" + bytes(50_000_001))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused() -> None:
    out = io.BytesIO(book(QUESTIONS))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/workbook.xml", b"<workbook/>")
    with pytest.raises(UnreadableDocumentError, match="two parts of the same name"):
        inspect(out.getvalue())
