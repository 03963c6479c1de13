"""Customers' documents: read into questions, completed with answers, and proven otherwise unchanged.

What kind of file it is, is told from its content (`sniffing`); `excel`, `word` and `plain` each
read, write and compare one family. Nothing here knows where answers come from.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.documents.package import Package
from assistant.documents.sniffing import Family, sniff
from assistant.errors import VerificationError
from assistant.filling import Entry
from assistant.layout import View
from assistant.questionnaire import Location, Questionnaire
from assistant.several import told_apart

__all__ = ["fill", "inspect", "verify", "view"]


def inspect(file: bytes, name: str = "") -> Questionnaire:
    """Return the questions of `file` and where each answer goes.

    `name` serves messages, and tells plain tables (.csv, .tsv) from other text.

    :raises UnreadableDocumentError: when the file cannot be read; its message says what to do.
    """
    kind = sniff(file, name)
    if kind.family is Family.EXCEL:
        from assistant.documents import excel

        return told_apart(excel.read(kind.package, kind.format))
    if kind.family is Family.PLAIN:
        from assistant.documents import plain

        return plain.read(file, name, kind.format)
    from assistant.documents import word

    return told_apart(word.read(kind.package))


def view(file: bytes, name: str = "") -> View:
    """Return what `file` looks like, and what each of its places would take as an answer.

    :raises UnreadableDocumentError: when the file cannot be read; its message says what to do.
    """
    kind = sniff(file, name)
    if kind.family is Family.EXCEL:
        from assistant.documents.excel.view import view as view_of_workbook

        return view_of_workbook(kind.package)
    if kind.family is Family.PLAIN:
        from assistant.documents.excel.outline import Outline
        from assistant.documents.excel.view import part_of
        from assistant.documents.plain import PlainTable

        return View((part_of(PlainTable(file, name).grid(), Outline()),))
    from assistant.documents.word.view import view as view_of_document

    return view_of_document(kind.package)


def fill(file: bytes, entries: Sequence[Entry], name: str = "") -> bytes:
    """Return a copy of `file` with every entry written at its place and everything else as it was.

    :raises NotWritableError: when a place cannot take its value.
    :raises VerificationError: when the copy differs in anything else, or a value does not read back.
    """
    kind = sniff(file, name)
    places = {place for entry in entries for place in entry.field.places()}
    if kind.family is Family.EXCEL:
        from assistant.documents import excel

        completed = excel.write(kind.package, entries)
        faults = excel.differences(kind.package, Package(completed), places, entries)
    elif kind.family is Family.PLAIN:
        from assistant.documents import plain

        completed = plain.write(file, entries, name)
        faults = plain.differences(file, completed, places, name, entries)
    else:
        from assistant.documents import word

        completed = word.write(kind.package, entries)
        faults = word.differences(kind.package, Package(completed), places, entries)
    if faults:
        raise VerificationError(faults)
    return completed


def verify(original: bytes, completed: bytes, places: Collection[Location], name: str = "") -> list[str]:
    """Return the differences between the two files other than at `places`, each one readable line.

    :raises UnreadableDocumentError: when either file cannot be read.
    """
    before, after = sniff(original, name), sniff(completed, name)
    if before.format != after.format:
        return [f"the original is a .{before.format} file, the completed document a .{after.format} file"]
    if before.family is Family.EXCEL:
        from assistant.documents import excel

        return excel.differences(before.package, after.package, places)
    if before.family is Family.PLAIN:
        from assistant.documents import plain

        return plain.differences(original, completed, places, name)
    from assistant.documents import word

    return word.differences(before.package, after.package, places)
