"""Packages: bounded reading, and rewriting that leaves the other parts' stored bytes alone."""

from __future__ import annotations

import io
import zipfile

import pytest

from assistant.documents.package import Package, declares, rewritten
from assistant.errors import UnreadableDocumentError


def stored(*, method: int = zipfile.ZIP_DEFLATED, streamed: bool = False) -> bytes:
    out = io.BytesIO()
    sink = _Unseekable(out) if streamed else out
    with zipfile.ZipFile(sink, "w", method) as package:
        package.comment = b"made for a test"
        for name in ("first.xml", "folder/second.xml", "ünï.bin"):
            info = zipfile.ZipInfo(name, (2020, 2, 3, 4, 5, 6))
            info.compress_type, info.external_attr, info.comment = method, 0o640 << 16, b"kept"
            package.writestr(info, f"<{name.encode().hex()}/>" * 50)
    return out.getvalue()


class _Unseekable(io.RawIOBase):
    """A sink that cannot seek, so that sizes follow the content, as streaming writers do."""

    def __init__(self, sink: io.BytesIO) -> None:
        self._sink = sink

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return self._sink.write(data)  # type: ignore[arg-type]


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_only_the_named_part_is_written_anew(method: int, streamed: bool) -> None:
    file = stored(method=method, streamed=streamed)
    completed = rewritten(Package(file), {"folder/second.xml": b"<new/>"})
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(io.BytesIO(completed)) as new:
        assert new.testzip() is None
        assert new.comment == b"made for a test"
        assert new.namelist() == old.namelist()
        assert new.read("folder/second.xml") == b"<new/>"
        for before, after in zip(old.infolist(), new.infolist(), strict=True):
            assert (after.date_time, after.external_attr) == (before.date_time, before.external_attr)
            if before.filename != "folder/second.xml":
                assert new.read(after) == old.read(before)
                assert (after.CRC, after.compress_size, after.comment) == (before.CRC, before.compress_size, b"kept")


def test_the_same_part_is_told_from_another() -> None:
    one = Package(stored())
    assert one.same_part(Package(stored()), "first.xml")
    assert one.same_part(Package(stored(method=zipfile.ZIP_STORED)), "first.xml")
    assert not one.same_part(Package(rewritten(one, {"first.xml": b"<other/>"})), "first.xml")


def test_a_part_that_is_missing_or_damaged_is_told_by_name() -> None:
    file = bytearray(stored(method=zipfile.ZIP_STORED))
    with pytest.raises(UnreadableDocumentError, match=r"none\.xml is missing"):
        Package(bytes(file)).part("none.xml")
    with pytest.raises(UnreadableDocumentError, match=r"none\.xml is missing"):
        list(Package(bytes(file)).stream("none.xml"))
    at = file.index(b"<" + b"first.xml".hex().encode())
    file[at] ^= 1
    with pytest.raises(UnreadableDocumentError, match=r"first\.xml cannot be unpacked"):
        Package(bytes(file)).part("first.xml")
    with pytest.raises(UnreadableDocumentError, match=r"first\.xml cannot be unpacked"):
        list(Package(bytes(file)).stream("first.xml"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_type_declarations_are_refused_in_any_encoding(encoding: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode(encoding))
    with pytest.raises(UnreadableDocumentError, match="entities"):
        Package(out.getvalue()).tree("a.xml")


def test_malformed_xml_is_told_by_the_name_of_its_part() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.xml", "<a>")
    with pytest.raises(UnreadableDocumentError, match=r"a\.xml is not well-formed"):
        Package(out.getvalue()).tree("a.xml")


@pytest.mark.parametrize("content", [b"<!DOCTYPE a>", b"! <x>!</x><!-- a -->", b"!" * 500 + b"<![CDATA["])
def test_finds_what_begins_with_an_exclamation_mark_in_markup(content: bytes) -> None:
    assert declares(content)


@pytest.mark.parametrize("content", [b"", b"<x>a < b! c!</x>", b"!" * 500])
def test_takes_exclamation_marks_in_text_for_none(content: bytes) -> None:
    assert not declares(content)


@pytest.mark.parametrize("what", ["name in the local header", "encrypted", "checksum"])
def test_refuses_a_part_that_is_not_what_its_entry_says(what: str) -> None:
    file = bytearray(stored())
    directory = file.index(b"PK\x01\x02")  # APPNOTE 4.3.12: flags at 8, checksum at 16
    at = {"encrypted": directory + 8, "checksum": directory + 16}.get(what, file.index(b"first.xml"))
    file[at] ^= 1
    with pytest.raises(UnreadableDocumentError):
        Package(bytes(file)).part("first.xml")
