"""A file that cannot be read gets one clear sentence with the remedy in the page, and leaves nothing behind."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
import pytest

from assistant.wiring import Application
from tests.lantern import workbook
from tests.web.arranging import upload
from tests.web.client import CheckingClient, Value

SHEET = "xl/worksheets/sheet1.xml"


def repacked(change: Callable[[str, bytes], bytes], extra: Mapping[str, bytes] | None = None) -> bytes:
    """Return the good workbook with its parts changed and further ones added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def in_sheet(change: Callable[[bytes], bytes]) -> bytes:
    return repacked(lambda name, content: change(content) if name == SHEET else content)


def bomb() -> bytes:
    return in_sheet(lambda content: content.replace(b"</worksheet>", b" " * 60_000_000 + b"</worksheet>"))


def entities() -> bytes:
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return in_sheet(lambda content: content.replace(b"<worksheet", declared + b"<worksheet", 1))


def a_million_formatted_rows() -> bytes:
    rows = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % number for number in range(6, 1_000_000))
    return in_sheet(lambda content: content.replace(b"</sheetData>", rows + b"</sheetData>"))


def asking_nothing() -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = 12
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_picture_archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("holiday.jpg", b"\xff\xd8\xff")
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "an empty file": (lambda: b"", "empty"),
    "a text file": (lambda: b"Dear supplier, please answer.", "neither an Excel workbook nor a Word document"),
    "a PDF": (lambda: b"%PDF-1.7\n...", "PDF"),
    "a broken old file": (lambda: OLE + b"\x00" * 600, "old format"),
    "half a file": (lambda: workbook()[:2000], "damaged"),
    "another archive": (a_picture_archive, "ZIP archive"),
    "a bomb": (bomb, "unpacks to far more"),
    "XML with entities": (entities, "entities"),
    "a million formatted rows": (a_million_formatted_rows, "rows"),
    "a workbook that asks nothing": (asking_nothing, "No questions were found"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(
    kind: str, application: Application, sales: CheckingClient
) -> None:
    make, expected = BAD[kind]
    page = sales.submit(
        "/questionnaires/new",
        "/questionnaires/new",
        {"file": (make(), "acme.xlsx"), "customer": "Acme", "scope": "product=Lantern&deployment=cloud"},
        status=400,
    )
    alerts = ["".join(p.itertext()).strip() for p in page.all("p") if p.get("role") == "alert"]
    assert len(alerts) == 1
    assert expected in alerts[0]
    assert re.fullmatch(r"[A-Z“a-z].+\.", alerts[0]), "a whole sentence with a remedy"
    assert len(alerts[0]) < 300
    assert page.fields(page.form("/questionnaires/new"))["customer"] == ["Acme"], "the other fields are kept"
    assert "selected" in page.text
    assert_nothing_is_left(application)
    upload(sales)  # the server is unharmed


def assert_nothing_is_left(application: Application) -> None:
    with application.store.reading() as tx:
        assert tx.questionnaires.all() == []
        assert tx.questionnaires.customers() == []
        assert not [event for event in tx.audit.events() if event.action == "uploaded"]


def test_a_file_above_the_limit_is_refused_before_it_is_read(application: Application, sales: CheckingClient) -> None:
    response = sales.raw.post(
        "/questionnaires/new",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": "52000000"},
    )
    assert response.status_code == 413
    assert "at most 50 MB" in response.text
    assert_nothing_is_left(application)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"file": None}, "Choose the customer's file, or paste"),
        ({"customer": "   "}, "Name the customer"),
        ({"scope": ""}, "Choose the product"),
        ({"scope": "product=Submarine"}, "No statement is about “Submarine”"),
        ({"scope": "product=Lantern&deployment=moon"}, "has no deployment “moon”"),
        ({"due": "tomorrow"}, "write it as 2027-03-31"),
    ],
)
def test_a_field_that_is_missing_or_wrong_is_named(
    values: dict[str, Value], sentence: str, application: Application, sales: CheckingClient
) -> None:
    good: dict[str, Value] = {
        "file": (workbook(), "a.xlsx"),
        "customer": "Acme",
        "scope": "product=Lantern&deployment=cloud",
    }
    page = sales.submit("/questionnaires/new", "/questionnaires/new", {**good, **values}, status=400)
    assert sentence in page.words
    assert_nothing_is_left(application)


def test_a_file_name_cannot_lead_out_of_its_folder(sales: CheckingClient) -> None:
    page = upload(sales, name="..\\..\\etc/../evil; name.xlsx")
    download = sales.file(page.address.replace("/found", "/original"))
    assert "evil" in download.headers["Content-Disposition"]
    assert "/" not in download.headers["Content-Disposition"].split("filename")[1].replace("UTF-8''", "")
    assert download.data == workbook()
