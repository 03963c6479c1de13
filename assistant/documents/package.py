"""Office packages (ZIP): bounded reading, and rewriting that leaves every other part's bytes alone.

Limits hold before anything is inflated or parsed; their values are the measured ones that admit
every real questionnaire and stop every attack file (see README, "Limits").
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property

from lxml import etree

from assistant.errors import UnreadableDocumentError

MAX_FILE = 50_000_000
"""Bytes of an uploaded file."""
MAX_ENTRIES = 5_000
MAX_PART = 200_000_000
"""Bytes of one part, inflated."""
MAX_TOTAL = 300_000_000
"""Bytes of all parts together, inflated."""
MAX_RATIO = 200
"""Inflated to stored size of a part larger than `RATIO_FROM`."""
RATIO_FROM = 10_000_000

_CHUNK = 1 << 18
_KEPT = 8_000_000
"""Bytes of inflated parts that are kept, as completing a document asks for the same ones several times."""
_MARKS = 200
"""Exclamation marks that are looked at one by one."""
_UNUSUAL = 0x61
"""Flags of entries that are encrypted or hold a patch (APPNOTE 4.4.4)."""
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, EOFError, OSError, ValueError)
"""What `zipfile` raises over entries that are damaged, encrypted or compressed in unknown ways."""
_SAVE_AGAIN = "Open it in Excel or Word, save it anew and upload that copy."


class Package:
    """The parts of an Office file, inflated one at a time when they are asked for."""

    def __init__(self, file: bytes) -> None:
        """Open `file`.

        :raises UnreadableDocumentError: when it is no intact ZIP file, or larger than the limits.
        """
        self.bytes = file
        if len(file) > MAX_FILE:
            raise UnreadableDocumentError(
                f"The file has {len(file) // 1_000_000} MB; at most {MAX_FILE // 1_000_000} MB can be read.",
                "Remove embedded pictures or attachments, or split it.",
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(file))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, UnicodeDecodeError) as problem:
            raise UnreadableDocumentError(
                "The file is damaged: its ZIP package cannot be opened.", _SAVE_AGAIN
            ) from problem
        infos = self._zip.infolist()
        if len(infos) > MAX_ENTRIES:
            raise UnreadableDocumentError(
                f"The file holds {len(infos):,} parts; at most {MAX_ENTRIES:,} are read.", _SAVE_AGAIN
            )
        self.worked_out: dict[object, object] = {}
        """What was worked out of a part and is asked for again, kept as long as the package."""
        self._inflated: dict[str, bytes] = {}
        self._room = _KEPT
        self._infos = {info.filename: info for info in infos if not info.is_dir()}
        if len(self._infos) != sum(not info.is_dir() for info in infos):
            raise UnreadableDocumentError("The file is damaged: it holds two parts of the same name.", _SAVE_AGAIN)
        if any(info.header_offset < 0 for info in infos):
            raise UnreadableDocumentError("The file is damaged: its ZIP package cannot be opened.", _SAVE_AGAIN)
        if sum(info.file_size for info in infos) > MAX_TOTAL or any(
            info.file_size > MAX_PART
            or (info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(1, info.compress_size))
            for info in infos
        ):
            raise UnreadableDocumentError(
                "The file unpacks to far more than a questionnaire holds.",
                "Copy the sheets or pages with the questions into a new file and upload that.",
            )

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the parts, in the order they are stored."""
        return tuple(self._infos)

    def __contains__(self, name: str) -> bool:
        """Return whether there is a part called `name`."""
        return name in self._infos

    def part(self, name: str) -> bytes:
        """Return the bytes of the part called `name`.

        :raises UnreadableDocumentError: when it is missing or damaged, or declares a DTD.
        """
        if name in self._inflated:
            return self._inflated[name]
        try:
            content = _inflated(self._zip, self._infos[name])
        except KeyError as problem:
            raise UnreadableDocumentError(f"The file is damaged: its part {name} is missing.", _SAVE_AGAIN) from problem
        except _DAMAGE as problem:
            raise UnreadableDocumentError(
                f"The file is damaged: its part {name} cannot be unpacked.", _SAVE_AGAIN
            ) from problem
        if name.endswith((".xml", ".rels", ".vml")):
            head = content.replace(b"\x00", b"") if b"\x00" in content else content  # UTF-16 as well
            if declares(head) and (b"<!DOCTYPE" in head or b"<!ENTITY" in head):
                raise UnreadableDocumentError(
                    f"The file's part {name} declares XML entities, which Office files never do.", _SAVE_AGAIN
                )
        if len(content) <= self._room:
            self._room -= len(content)
            self._inflated[name] = content
        return content

    def stream(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of the part called `name` piece by piece, so that it need not stand in memory whole.

        :raises UnreadableDocumentError: when it is missing or damaged.
        """
        if name in self._inflated:
            yield self._inflated[name]
            return
        if name not in self._infos:
            raise UnreadableDocumentError(f"The file is damaged: its part {name} is missing.", _SAVE_AGAIN)
        try:
            with self._zip.open(self._infos[name]) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except _DAMAGE as problem:
            raise UnreadableDocumentError(
                f"The file is damaged: its part {name} cannot be unpacked.", _SAVE_AGAIN
            ) from problem

    def tree(self, name: str) -> etree._Element:
        """Return the root element of the XML part called `name`.

        :raises UnreadableDocumentError: when it is no well-formed XML.
        """
        return parse_xml(self.part(name), name)

    def same_part(self, other: Package, name: str) -> bool:
        """Return whether both packages hold the part called `name` with the same bytes."""
        mine, theirs = self._infos[name], other._infos[name]
        if mine.file_size != theirs.file_size:
            return False
        # What is stored alike inflates alike, without inflating it.
        alike = (mine.compress_type, mine.compress_size, mine.CRC) == (
            theirs.compress_type,
            theirs.compress_size,
            theirs.CRC,
        )
        if alike and _stored(self._zip, mine) == _stored(other._zip, theirs):
            return True
        return self.part(name) == other.part(name)

    @cached_property
    def main_part(self) -> str:
        """Return the name of the package's main document part, "" when the package has none."""
        if "_rels/.rels" not in self:
            return ""
        for relationship in self.tree("_rels/.rels"):
            if str(relationship.get("Type", "")).endswith("/officeDocument"):
                return str(relationship.get("Target", "")).lstrip("/")
        return ""

    def content_type(self, name: str) -> str:
        """Return the content type of the part called `name`, "" when none is declared."""
        declared, own = self._content_types, f"/{name}".casefold()
        return declared[own] if own in declared else declared.get(name.rpartition(".")[2].casefold(), "")

    @cached_property
    def _content_types(self) -> dict[str, str]:
        """Return the content types by the names of parts, which begin with a slash, and by extensions."""
        found: dict[str, str] = {}
        for node in self.tree("[Content_Types].xml"):
            said = str(node.get("ContentType", ""))
            found.setdefault(node.get("PartName", "").casefold(), said)
            found[node.get("Extension", "").casefold()] = said
        return found


def declares(content: bytes) -> bool:
    """Return whether `<!` stands in `content`, which begins a DTD, a comment or a CDATA section.

    Nearly every part holds neither, and hardly an exclamation mark at all: one character is looked for many times
    faster than several.
    """
    at = content.find(b"!")
    for _ in range(_MARKS):
        if at < 0 or content[at - 1 : at] == b"<":
            return at >= 0
        at = content.find(b"!", at + 1)
    return b"<!" in content


def parse_xml(content: bytes, name: str) -> etree._Element:
    """Return the root element of `content`, read without entities, network or unbounded nesting.

    :raises UnreadableDocumentError: when it is no well-formed XML; `name` is what the message calls it.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_blank_text=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        raise UnreadableDocumentError(
            f"The file is damaged: its part {name} is not well-formed XML ({problem.msg}).", _SAVE_AGAIN
        ) from problem


def rewritten(package: Package, changed: Mapping[str, bytes]) -> bytes:
    """Return the package with the parts in `changed` replaced, in the same order and with the same names and dates.

    Every other part is copied in its stored, still compressed form.
    """
    out, old = io.BytesIO(), package._zip
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename in changed:
                fresh = zipfile.ZipInfo(info.filename, info.date_time)
                fresh.compress_type, fresh.external_attr = zipfile.ZIP_DEFLATED, info.external_attr
                fresh.create_system = info.create_system
                new.writestr(fresh, changed[info.filename])
            else:
                _copy_stored(old, info, new, out)
        new.comment = old.comment
    return out.getvalue()


def _inflated(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return the content of an entry, no more than it declares.

    `zipfile` reads piece by piece, which costs more than inflating a small part; it decides over all that is not
    deflated, is encrypted or patched, or is not what its entry says.
    """
    if info.compress_type == zipfile.ZIP_DEFLATED and not info.flag_bits & _UNUSUAL and info.file_size:
        name, stored = _local(package, info)
        with suppress(zlib.error):
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(stored, info.file_size)
            whole = len(content) == info.file_size and zlib.crc32(content) == info.CRC
            if whole and name.isascii() and name.decode() == info.orig_filename:
                return content
    return package.read(info)


def _stored(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return the bytes of an entry as they are stored."""
    return _local(package, info)[1]


def _local(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[bytes, bytes]:
    """Return the name of an entry in its local header, which tells where its stored bytes begin, and these.

    APPNOTE 4.3.7; without the header's signature the name is empty.
    """
    source = package.fp
    assert source is not None
    source.seek(info.header_offset)
    header = source.read(30)
    name_length, extra_length = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
    name = source.read(name_length) if header.startswith(b"PK\x03\x04") else b""
    source.seek(info.header_offset + 30 + name_length + extra_length)
    return name, source.read(info.compress_size)


def _copy_stored(old: zipfile.ZipFile, info: zipfile.ZipInfo, new: zipfile.ZipFile, out: io.BytesIO) -> None:
    """Append an entry's compressed bytes as they are; `zipfile` itself can only inflate and deflate again."""
    content = _stored(old, info)
    copy = zipfile.ZipInfo(info.filename, info.date_time)
    for attribute in ("compress_type", "comment", "create_system", "create_version", "extract_version",
                      "internal_attr", "external_attr", "CRC", "compress_size", "file_size"):  # fmt: skip
        setattr(copy, attribute, getattr(info, attribute))
    # Sizes stand in the local header now, so the flag for a data descriptor behind the content goes.
    copy.flag_bits = info.flag_bits & ~0x08
    copy.header_offset = out.tell()
    out.write(copy.FileHeader(zip64=False))
    out.write(content)
    new.filelist.append(copy)
    new.NameToInfo[copy.filename] = copy
    new.start_dir = out.tell()  # where `writestr` goes on and the central directory will stand
    new._didModify = True  # type: ignore[attr-defined]
