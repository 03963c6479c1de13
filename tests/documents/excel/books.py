"""Small workbooks made in code, each with one quirk, and readings of them as plain values."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import openpyxl
from openpyxl.styles import Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation

from assistant.documents import inspect
from assistant.questionnaire import FieldKind, Question

Value = str | int | float | None


@dataclass(frozen=True)
class Page:
    """A worksheet: its rows from A1 on, and what else it has."""

    title: str = "Questions"
    rows: Sequence[Sequence[Value]] = ()
    lists: Mapping[str, str] = field(default_factory=dict)
    """Cells -> formula of the drop-down that holds for them."""
    merges: Sequence[str] = ()
    bold: Sequence[str] = ()
    filled: Sequence[str] = ()
    framed: Sequence[str] = ()
    protected: bool = False
    open: Sequence[str] = ()
    """Cells that stay unlocked."""
    hidden: bool = False
    hidden_columns: str = ""
    hidden_rows: Sequence[int] = ()


def book(*pages: Page, names: Mapping[str, str] | None = None) -> bytes:
    """Return a workbook with the `pages`; `names` are defined names."""
    workbook = openpyxl.Workbook()
    for sheet in workbook.worksheets:
        workbook.remove(sheet)
    for page in pages:
        sheet = workbook.create_sheet(page.title)
        for row in page.rows:
            sheet.append([None if value == "" else value for value in row])
        for cells, formula in page.lists.items():
            rule = DataValidation(type="list", formula1=formula)
            rule.add(cells)
            sheet.add_data_validation(rule)
        for cells in page.merges:
            sheet.merge_cells(cells)
        for name in page.bold:
            sheet[name].font = Font(bold=True)
        for name in page.filled:
            sheet[name].fill = PatternFill("solid", fgColor="FFDDDDDD")
        for name in page.framed:
            sheet[name].border = Border(left=Side("thin"), bottom=Side("thin"))
        for cells in page.open:
            found = sheet[cells]
            for row in found if isinstance(found, tuple) else ((found,),):
                for cell in row:
                    cell.protection = Protection(locked=False)
        sheet.protection.sheet = page.protected
        sheet.sheet_state = "hidden" if page.hidden else "visible"
        for letter in page.hidden_columns:
            sheet.column_dimensions[letter].hidden = True
        for number in page.hidden_rows:
            sheet.row_dimensions[number].hidden = True
    for name, reference in (names or {}).items():
        workbook.defined_names[name] = openpyxl.workbook.defined_name.DefinedName(name, attr_text=reference)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def parts(file: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(contents: Mapping[str, bytes]) -> bytes:
    """Return a package of the parts in `contents`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in contents.items():
            package.writestr(name, content)
    return out.getvalue()


def changed(file: bytes, replacements: Mapping[str, Mapping[str, str]]) -> bytes:
    """Return the package with texts replaced in parts: part -> text -> other text; every text must be there."""
    contents = parts(file)
    for name, texts in replacements.items():
        content = contents[name].decode()
        for old, new in texts.items():
            assert old in content, f"{old} is not in {name}:\n{content[:2000]}"
            content = content.replace(old, new, 1)
        contents[name] = content.encode()
    return packed(contents)


def computed(file: bytes, values: Mapping[str, str], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """Return the workbook with the results of its formulas stored, as Excel stores them: cell -> text."""
    contents = parts(file)
    content = contents[part].decode()
    for cell, text in values.items():
        content, count = re.subn(
            rf'<c r="{cell}"([^>]*?)(?: t="\w+")?><f>(.*?)</f><v\s*/?>(?:</v>)?</c>',
            lambda match, cell=cell, text=text: f'<c r="{cell}"{match[1]} t="str"><f>{match[2]}</f><v>{text}</v></c>',  # type: ignore[misc]
            content,
        )
        assert count == 1, f"{cell} holds no formula"
    contents[part] = content.encode()
    return packed(contents)


def told(question: Question) -> tuple[str, ...]:
    """Return where a question stands and where its answer goes: `B2`, `choice C2 Yes|No`, `text D2`."""
    found = [str(question.location).rpartition("!")[2]]
    for place in question.fields:
        cell = str(place.location).rpartition("!")[2]
        if place.kind is FieldKind.MARK:
            found.append("mark " + " ".join(f"{label}={str(at).rpartition('!')[2]}" for label, at in place.marks))
        else:
            found.append(" ".join(filter(None, (place.kind.value, cell, "|".join(place.options)))))
    return tuple(found)


def asked(file: bytes) -> list[tuple[str, ...]]:
    """Return all questions of a workbook, label/value fields apart, as `told` tells them."""
    return [told(question) for question in inspect(file).questions if not question.label]
