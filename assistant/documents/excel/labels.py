"""Label and value pairs such as "Vendor name" with an empty cell beside it, outside the question tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from assistant.documents.excel.fields import answer_field
from assistant.documents.excel.grid import Grid
from assistant.documents.excel.vocabulary import Role, is_ours, plain, roles
from assistant.documents.excel.wording import is_number
from assistant.questionnaire import Question

_ABOUT_WORDS = (
    "name names address website homepage url contact contacts email mail phone telephone mobile title date",
    "completed prepared product solution vendor supplier company organization organisation country",
    "firma firmenname lieferant anbieter adresse anschrift ansprechpartner telefon datum produkt land",
    "nom société fournisseur courriel téléphone produit pays",
    "nombre empresa proveedor dirección correo teléfono fecha producto país",
)
_OTHER_WORDS = (
    "of the your a and for in by on to form questionnaire completing completion submitted submission legal full",
    "registered business entity service provider respondent bidder person point primary main secondary security",
    "privacy data protection officer e web site street city state zip postal code number no fax",
    "role position job department description version id vat duns",
    "tax registration headquarters hq location parent authorized authorised s",
    "representative der die das des ihr ihre und für ausgefüllt am von nr straße ort plz webseite",
    "de la le les du d l et votre personne fonction rempli par del el los las y su persona cargo contacto",
)
_ABOUT = frozenset(word for line in _ABOUT_WORDS for word in line.split())
"""What the labels that we can answer are about."""
_WITH = frozenset(word for line in _OTHER_WORDS for word in line.split())
"""What may stand with it; any other word (assessor, customer, institution) makes it somebody else's."""
_MOST_WORDS = 7
_PLACEHOLDER = re.compile(
    r"^\s*(?:[<\[{(].*[>\]})]|(?:mm|dd|yyyy|jj|tt)\b.*|_{2,}|\.{3,}|x{3,}|"
    r"(?:enter|insert|type|fill in|click|please)\b.*|"
    r".*\bexample\.(?:com|org)\b.*|.*\bvendor\.domain\b.*|555[- ].*)\s*$",
    re.IGNORECASE | re.DOTALL,
)
_FORMS = frozenset(
    {
        "questionnaire", "form", "assessment", "checklist", "survey", "fragebogen", "formular", "checkliste",
        "formulaire", "cuestionario", "formulario",
    }
)  # fmt: skip
"""How the title of a form ends, as in "Supplier security questionnaire"."""
_THIS = frozenset({"the", "this", "of", "our", "your", "legal", "le", "ce", "du", "el", "este", "del", "den", "des"})
"""What stands before such a word in a label, as in "Contact for the form" and "Company legal form"."""
_CODED = re.compile(r"\s*(\S+?)[:.)]?\s+(\S.*)", re.DOTALL)
_SEARCHED = 100
"""Rows whose looks tell the title from them."""
_CERTAINTY = 0.6


def label_questions(
    grid: Grid, rows: Iterable[int], heads: Collection[int] = (), telling: Collection[int] = ()
) -> list[Question]:
    """Return the labels in `rows` that ask for facts about us and have an open cell beside them.

    What is merged over several columns right above one of `heads`, the rows that name columns, is a table's title.
    What stands in a column of `telling` is guidance, as is a second label in a row that one number begins.
    """
    found = []
    title = _title_row(grid)
    told = set(telling)
    for row in rows:
        if row in grid.sheet.hidden_rows or row == title:
            continue
        told |= _telling(grid, row)
        value = 0
        numbered = False
        for column, text in grid.cells(row).items():
            beside = column + grid.width(row, column)
            code, name = _code_and_name(text)
            if (
                column == value
                or column in told
                or not is_label(name)
                or (row, column) in grid.sheet.formulas
                or grid.refusal(row, beside)
                or (row + 1 in heads and grid.width(row, column) > 1)
            ):
                continue
            own = bool(code) or is_number(grid.text(row, column - 1))
            if value and numbered and not own:
                continue
            value, numbered = beside, numbered or own
            there = grid.text(row, beside)
            if there and not _placeholder(there, name):
                continue
            field = answer_field(grid, row, beside)
            empty = type(field)(field.kind, field.location, options=field.options, max_length=field.max_length)
            found.append(
                Question(
                    name.strip(), grid.location(row, column), (empty,), code,
                    certainty=_CERTAINTY, reasons=("a label with an open cell beside it",), label=True,
                )
            )  # fmt: skip
    return found


def is_label(text: str) -> bool:
    """Return whether `text` names a fact about the respondent."""
    words = plain(text).split()
    if len(words) > 1 and words[-1] in _FORMS and words[-2] not in _THIS:
        return False
    return 0 < len(words) <= _MOST_WORDS and set(words) <= _ABOUT | _WITH and not _ABOUT.isdisjoint(words)


def _code_and_name(text: str) -> tuple[str, str]:
    """Return the code with which a label begins, as "GEN-01: Vendor name" does, and the rest of it."""
    match = _CODED.match(text)
    return (match[1], match[2]) if match and is_number(match[1]) else ("", text)


def _telling(grid: Grid, row: int) -> set[int]:
    """Return the columns that `row` names as guidance: what stands under "Instructions" asks for nothing."""
    cells = grid.cells(row)
    return named_guidance(cells) if len(cells) > 1 else set()


def named_guidance(names: Mapping[int, str]) -> set[int]:
    """Return the columns whose names say that they tell or belong to others ("Guidance", "Analyst notes")."""
    return {
        column
        for column, text in names.items()
        if roles(text)[:1] == (Role.OTHER,) and not is_label(text) and not is_ours(text)
    }


def _title_row(grid: Grid) -> int:
    """Return the row of the sheet's title: a lone cell above everything, set off from what stands under it, else 0."""
    rows = sorted(grid.sheet.rows)[:_SEARCHED]
    if not rows or len(grid.cells(rows[0])) != 1:
        return 0
    [(column, text)] = grid.cells(rows[0]).items()
    bold, size = look = grid.look(rows[0], column)
    below = {grid.look(row, column) for row in rows[1:] if column in grid.cells(row)}
    if not below or look in below or text.rstrip().endswith((":", "：")):
        return 0
    return rows[0] if size > max(size for _, size in below) or bold else 0


def _placeholder(there: str, label: str) -> bool:
    """Return whether the cell beside a label only says what belongs there."""
    said = set(plain(there).split())
    return _PLACEHOLDER.match(there) is not None or (
        bool(said) and set(plain(label).split()) <= said and len(said) <= 8
    )
