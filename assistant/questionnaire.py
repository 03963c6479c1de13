"""What a customer's document asks, and where each answer goes.

Standard library only. Reading documents into these values and writing answers back is the
work of `assistant.documents`; the JSON form here is the contract of the command `inspect`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NewType

Location = NewType("Location", str)
"""Where something stands in a document.

Excel: `<sheet title>!<cell>`, a merged cell by its top-left one. Word: a zero-based path from
the body, `body/tbl[2]/tr[3]/tc[1]` or `body/p[17]`, nested as needed, in which `w:sdt`,
`w:sdtContent`, `w:ins`, `w:customXml` and `w:smartTag` are transparent; one of several fields in
a line is `body/p[17]/input[1]`. Plain tables (CSV) use the Excel form with the sheet title `table`.
"""


class FieldKind(StrEnum):
    """Which part of an answer a place takes."""

    CHOICE = "choice"
    MARK = "mark"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class AnswerField:
    """One place that takes part of an answer.

    `choice`: one of `options`, in the document's own wording; empty `options` mean that the
    column takes short answers whose wording the document does not fix. `mark`: `marks` names
    the tick place of each option (several options may share one place, as in "☐ Yes ☐ No").
    `text`: free text; with `after`, the document has no place and the text is inserted behind
    `location`. `value` is what stands there already, `max_length` the most characters it takes.
    `apart`: an input of its own, though another field has the same location (two controls in one line).
    `several`: any number of its marks may be ticked at once. `meanings`: what the document says that its
    codes stand for, ("P", "Partially compliant").
    """

    kind: FieldKind
    location: Location
    options: tuple[str, ...] = ()
    marks: tuple[tuple[str, Location], ...] = ()
    value: str | None = None
    after: bool = False
    max_length: int | None = None
    apart: bool = False
    several: bool = False
    meanings: tuple[tuple[str, str], ...] = ()

    def places(self) -> tuple[Location, ...]:
        """Return every location an answer in this field may change."""
        return tuple(place for _, place in self.marks) if self.kind is FieldKind.MARK else (self.location,)

    def allowed(self) -> tuple[str, ...]:
        """Return the values this field can take, empty when any text fits."""
        return tuple(label for label, _ in self.marks) if self.kind is FieldKind.MARK else self.options

    def as_json(self) -> dict[str, Any]:
        """Return the field as `inspect` prints it."""
        if self.kind is FieldKind.MARK:
            shape: dict[str, Any] = {"kind": "mark", "options": {label: str(place) for label, place in self.marks}}
        else:
            shape = {"kind": self.kind.value, "location": str(self.location)}
            if self.kind is FieldKind.CHOICE:
                shape["options"] = list(self.options)
        shape["value"] = self.value
        if self.after:
            shape["place"] = "after"
        if self.max_length is not None:
            shape["max_length"] = self.max_length
        if self.apart:
            shape["apart"] = True
        if self.several:
            shape["several"] = True
        if self.meanings:
            shape["meanings"] = dict(self.meanings)
        return shape

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> AnswerField:
        """Return the field that `as_json` described."""
        kind = FieldKind(shape["kind"])
        marks = (
            tuple((label, Location(place)) for label, place in shape["options"].items())
            if kind is FieldKind.MARK
            else ()
        )
        return cls(
            kind=kind,
            location=marks[0][1] if marks else Location(shape["location"]),
            options=tuple(shape.get("options", ())) if kind is FieldKind.CHOICE else (),
            marks=marks,
            value=shape.get("value"),
            after=shape.get("place") == "after",
            max_length=shape.get("max_length"),
            apart=shape.get("apart", False),
            several=shape.get("several", False),
            meanings=tuple(shape.get("meanings", {}).items()),
        )


@dataclass(frozen=True, slots=True)
class Question:
    """One request for an answer: a question, or a statement to confirm.

    `number` is the customer's own label, `section` the headings it stands under joined by
    " › ", `certainty` (0 to 1) how sure the reader is that this is a question and that its
    fields are right, `reasons` why. A `label` is a label/value field such as "Vendor name".
    """

    text: str
    location: Location
    fields: tuple[AnswerField, ...] = ()
    number: str = ""
    section: str = ""
    certainty: float = 1.0
    reasons: tuple[str, ...] = ()
    label: bool = False

    def first(self, kind: FieldKind) -> AnswerField | None:
        """Return the field where that part of the answer goes, or None."""
        for own in self.fields:  # asked of every question many times: a generator takes twice as long
            if own.kind is kind:
                return own
        return None

    @property
    def choice_field(self) -> AnswerField | None:
        """Return the field that takes the choice, a choice cell or a group of marks, or None."""
        return self.first(FieldKind.CHOICE) or self.first(FieldKind.MARK)

    @property
    def text_field(self) -> AnswerField | None:
        """Return the field that takes the written answer, or None."""
        return self.first(FieldKind.TEXT)

    def as_json(self) -> dict[str, Any]:
        """Return the question as `inspect` prints it."""
        return {
            "text": self.text,
            "number": self.number,
            "section": self.section,
            "location": str(self.location),
            "certainty": round(self.certainty, 3),
            "reasons": list(self.reasons),
            "label": self.label,
            "fields": [f.as_json() for f in self.fields],
        }

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> Question:
        """Return the question that `as_json` described."""
        return cls(
            text=shape["text"],
            location=Location(shape["location"]),
            fields=tuple(AnswerField.from_json(f) for f in shape["fields"]),
            number=shape["number"],
            section=shape["section"],
            certainty=shape["certainty"],
            reasons=tuple(shape.get("reasons", ())),
            label=shape.get("label", False),
        )


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was looked at and is no question, and why."""

    location: Location
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class FoundTable:
    """One table or run of paragraphs in which questions were looked for.

    `place` is a sheet title (with a range when a sheet holds several) or a Word path;
    `columns` maps a role (question, choice, mark, text, number, section, other) to the columns
    or cells that play it; `certainty` and `reasons` as for a question.
    """

    place: str
    questions: int
    certainty: float
    reasons: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A customer's document as it was understood.

    `format` is `xlsx`, `xlsm`, `docx`, `docm`, `csv` or `tsv`, told from the content;
    `notices` are sentences the user should read before completing it (a signature that
    completing breaks, tracked changes, locked answer cells).
    """

    format: str
    questions: tuple[Question, ...]
    skipped: tuple[Skipped, ...] = ()
    tables: tuple[FoundTable, ...] = ()
    notices: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the questionnaire as `inspect` prints it."""
        return {
            "format": self.format,
            "questions": [q.as_json() for q in self.questions],
            "skipped": [{"location": str(s.location), "text": s.text, "reason": s.reason} for s in self.skipped],
            "tables": [
                {
                    "place": t.place,
                    "questions": t.questions,
                    "certainty": round(t.certainty, 3),
                    "reasons": list(t.reasons),
                    "columns": {role: list(columns) for role, columns in t.columns.items()},
                }
                for t in self.tables
            ],
            "notices": list(self.notices),
        }

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> Questionnaire:
        """Return the questionnaire that `as_json` described."""
        return cls(
            format=shape["format"],
            questions=tuple(Question.from_json(q) for q in shape["questions"]),
            skipped=tuple(Skipped(Location(s["location"]), s["text"], s["reason"]) for s in shape["skipped"]),
            tables=tuple(
                FoundTable(
                    place=t["place"],
                    questions=t["questions"],
                    certainty=t["certainty"],
                    reasons=tuple(t["reasons"]),
                    columns={role: tuple(columns) for role, columns in t["columns"].items()},
                )
                for t in shape["tables"]
            ),
            notices=tuple(shape["notices"]),
        )
