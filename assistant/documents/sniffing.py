"""Which kind of file it is, told from its content, and a clear refusal of what cannot be completed."""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import Enum

import olefile

from assistant.documents.package import Package
from assistant.errors import UnreadableDocumentError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_MAIN_TYPES = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": "xlsm",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.ms-word.document.macroEnabled.main+xml": "docm",
}
"""Content types of the main part (ECMA-376 part 1, 15.2; the macro-enabled ones: MS-OFFMACRO2)."""

_COUSINS = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": ("an Excel template", ".xlsx"),
    "application/vnd.ms-excel.template.macroEnabled.main+xml": ("an Excel template", ".xlsm"),
    "application/vnd.ms-excel.addin.macroEnabled.main+xml": ("an Excel add-in", ".xlsx"),
    "application/vnd.ms-excel.sheet.binary.macroEnabled.main": ("a binary Excel workbook (.xlsb)", ".xlsx"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": ("a Word template", ".docx"),
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": ("a Word template", ".docm"),
}

_ASK = "Ask the customer for an Excel (.xlsx) or Word (.docx) version."


class Family(Enum):
    """Which reader and writer a file needs."""

    EXCEL = "excel"
    WORD = "word"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is: its family, its format as the customer calls it (`xlsx`, `docm`).

    Plain tables are no packages; for them `package` stays unset.
    """

    family: Family
    format: str
    _package: Package | None = None

    @property
    def package(self) -> Package:
        """Return the opened package of an Office file."""
        assert self._package is not None
        return self._package


def sniff(file: bytes, name: str = "") -> Kind:
    """Return what kind of document `file` is; its `name` only words the message.

    :raises UnreadableDocumentError: when it is none that can be completed.
    """
    called = f"“{name}”" if name else "The file"
    if not file.strip(b"\x00 \r\n\t"):
        raise UnreadableDocumentError(f"{called} is empty.", "Upload the file again, or ask the customer to resend it.")
    if file.startswith(_OLE):
        raise _refuse_ole(file, called)
    if file.startswith(b"PK"):
        return _sniff_package(file, called)
    refusal = _refuse_other(file, called)
    extension = name.rpartition(".")[2].casefold()
    if refusal is None and extension in ("csv", "tsv"):
        return Kind(Family.PLAIN, extension)
    raise refusal or UnreadableDocumentError(f"{called} is neither an Excel workbook nor a Word document.", _ASK)


def _sniff_package(file: bytes, called: str) -> Kind:
    package = Package(file)
    if "mimetype" in package and b"opendocument" in package.part("mimetype"):
        better = ".xlsx" if b"spreadsheet" in package.part("mimetype") else ".docx"
        raise UnreadableDocumentError(
            f"{called} is an OpenDocument file.", f"Open it and save it as {better}, then upload that."
        )
    if "[Content_Types].xml" not in package or not package.main_part:
        raise UnreadableDocumentError(
            f"{called} is a ZIP archive, but no Excel or Word document.",
            "Unpack it and upload the questionnaire in it.",
        )
    declared = package.content_type(package.main_part)
    if declared in _COUSINS:
        what, better = _COUSINS[declared]
        raise UnreadableDocumentError(f"{called} is {what}.", f"Open it, save it as {better} and upload that.")
    form = _MAIN_TYPES.get(declared)
    if form is None:
        raise UnreadableDocumentError(f"{called} is neither an Excel workbook nor a Word document.", _ASK)
    return Kind(Family.EXCEL if form.startswith("xls") else Family.WORD, form, package)


def _refuse_ole(file: bytes, called: str) -> UnreadableDocumentError:
    try:
        with olefile.OleFileIO(io.BytesIO(file)) as container:
            streams = {"/".join(path).casefold() for path in container.listdir()}
    except (OSError, ValueError, IndexError, TypeError, OverflowError):
        return UnreadableDocumentError(f"{called} is damaged or in an old format.", _ASK)
    if "encryptedpackage" in streams:
        return UnreadableDocumentError(
            f"{called} is protected by a password.",
            "Open it in Excel or Word, remove the password (File, Info, Protect) and upload that copy.",
        )
    if streams & {"workbook", "book"}:
        return UnreadableDocumentError(
            f"{called} is in the old Excel format (.xls).", "Open it in Excel, save it as .xlsx and upload that."
        )
    if "worddocument" in streams:
        return UnreadableDocumentError(
            f"{called} is in the old Word format (.doc).", "Open it in Word, save it as .docx and upload that."
        )
    return UnreadableDocumentError(f"{called} is neither an Excel workbook nor a Word document.", _ASK)


def _refuse_other(file: bytes, called: str) -> UnreadableDocumentError | None:
    """Return the refusal of what is known not to be a table, None for any other text."""
    head = file[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")
    if b"%PDF-" in file[:1024]:
        return UnreadableDocumentError(f"{called} is a PDF, which cannot be completed.", _ASK)
    if head.startswith(b"{\\rtf"):
        return UnreadableDocumentError(
            f"{called} is an RTF file.", "Open it in Word, save it as .docx and upload that."
        )
    if head[:14].lower().startswith((b"<!doctype html", b"<html")):
        return UnreadableDocumentError(
            f"{called} is a web page.", "Open it in Excel or Word, save it as .xlsx or .docx and upload that."
        )
    if b"\x00" in file[:4096] and not file.startswith((b"\xff\xfe", b"\xfe\xff")):
        return UnreadableDocumentError(f"{called} is neither an Excel workbook nor a Word document.", _ASK)
    return None
