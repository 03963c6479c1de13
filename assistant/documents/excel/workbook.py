"""A workbook: its sheets, names, texts and formats, each part read when it is first asked for."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from assistant.documents.excel.formats import Formats, read_formats
from assistant.documents.excel.sheet import Sheet
from assistant.documents.excel.sheetreading import read_sheet
from assistant.documents.excel.strings import read_strings
from assistant.documents.package import Package
from assistant.errors import UnreadableDocumentError


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    title: str
    part: str
    hidden: bool


def relationships(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return the relationships of `part` within the package: id -> (last word of the type, target part)."""
    folder, _, name = part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    found = {}
    if rels in package:
        for node in package.tree(rels):
            if node.get("TargetMode") == "External" or not isinstance(node.tag, str):
                continue
            target = node.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[node.get("Id", "")] = (node.get("Type", "").rpartition("/")[2], whole)
    return found


class Workbook:
    """The parts of a workbook that matter for questions and answers."""

    def __init__(self, package: Package) -> None:
        """Read what `package` says about its sheets.

        :raises UnreadableDocumentError: when it is damaged or has no worksheet.
        """
        self.package = package
        self.part = package.main_part
        self.root = package.tree(self.part)
        related = relationships(package, self.part)
        self._by_kind = dict(related.values())
        sheets: dict[str, SheetEntry] = {}
        for node in self.root.iter("{*}sheet"):
            identifier = next(
                (value for key, value in node.attrib.items() if str(key).endswith("relationships}id")), ""
            )
            kind, part = related.get(str(identifier), ("", ""))
            if kind == "worksheet":
                # A damaged list may name a sheet many times over; it is still one.
                hidden = node.get("state", "visible") != "visible"
                sheets.setdefault(part, SheetEntry(node.get("name", ""), part, hidden))
        if not sheets:
            raise UnreadableDocumentError(
                "The workbook has no worksheet.", "Open it in Excel, save it anew and upload that copy."
            )
        self.sheets = tuple(sheets.values())
        self._by_title = {sheet.title.casefold(): sheet for sheet in self.sheets}
        self._read: dict[str, Sheet] = {}

    @cached_property
    def strings(self) -> list[str]:
        """Return the shared strings."""
        part = self._by_kind.get("sharedStrings", "")
        return read_strings(self.package.stream(part)) if part in self.package else []

    @property
    def styles_part(self) -> str:
        """Return the name of the part with the cell formats, "" when there is none."""
        part = self._by_kind.get("styles", "")
        return part if part in self.package else ""

    @cached_property
    def formats(self) -> Formats:
        """Return what the cell formats mean."""
        return read_formats(self.package.tree(self.styles_part)) if self.styles_part else Formats()

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        """Return the defined names: (title of the sheet or "", name in lower case) -> what it stands for."""
        titles = [node.get("name", "") for node in self.root.iter("{*}sheet")]
        found = {}
        for node in self.root.iter("{*}definedName"):
            local = node.get("localSheetId", "")
            sheet = titles[int(local)] if local.isdigit() and int(local) < len(titles) else ""
            found[sheet, node.get("name", "").casefold()] = (node.text or "").strip()
        return found

    def entry(self, title: str) -> SheetEntry | None:
        """Return the sheet called `title` (in any case, as Excel has it), None when there is none."""
        return self._by_title.get(title.casefold())

    def sheet(self, entry: SheetEntry) -> Sheet:
        """Return what the sheet says; it is read once."""
        if entry.part not in self._read:
            self._read[entry.part] = read_sheet(
                entry.title, self.package.stream(entry.part), self.strings, self.formats.dates
            )
        return self._read[entry.part]

    @cached_property
    def tables(self) -> dict[str, tuple[str, str, list[str]]]:
        """Return the tables of the workbook: name in lower case -> (sheet title, range, column names)."""
        found: dict[str, tuple[str, str, list[str]]] = {}
        for entry in self.sheets:
            for kind, part in relationships(self.package, entry.part).values():
                if kind == "table" and part in self.package:
                    root: etree._Element = self.package.tree(part)
                    columns = [node.get("name", "") for node in root.iter("{*}tableColumn")]
                    found[root.get("displayName", "").casefold()] = (entry.title, root.get("ref", ""), columns)
        return found
