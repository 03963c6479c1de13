"""Applying people's corrections to what was found in a document. Standard library only, no state.

Columns first, all of a part together, then single places in the order they were said; so dropping
the last correction undoes it, and the same corrections give the same questions every time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.column_roles import Roles, column_name, field_at, roles_of
from assistant.found_fields import with_what_was_found
from assistant.layout import (
    ANSWERING,
    AnswerGoes,
    CellView,
    ColumnRole,
    Correction,
    IsQuestion,
    Merge,
    Part,
    PartUse,
    Role,
    Split,
    View,
    same,
)
from assistant.questionnaire import AnswerField, FieldKind, FoundTable, Location, Question, Questionnaire, Skipped
from assistant.row_questions import BY_HAND, NO_PLACE, NO_QUESTION, NUMBERED, built, fields_of, patched, question_at


def corrected(found: Questionnaire, view: View, corrections: Sequence[Correction]) -> Questionnaire:
    """Return what the document asks, `found` in it by reading and put right by `corrections`."""
    if not corrections:
        return found
    work = _Work(found, view)
    columns = [correction for correction in corrections if isinstance(correction, ColumnRole)]
    for key in dict.fromkeys(correction.part for correction in columns):
        part = view.part(key)
        if part is not None:
            work.set_columns(part, [correction for correction in columns if correction.part == key])
    uses = {correction.part: correction for correction in corrections if isinstance(correction, PartUse)}
    for correction in corrections:
        # Of what was said about a whole part the last word counts.
        if not isinstance(correction, PartUse) or uses[correction.part] is correction:
            work.apply(correction)
    return work.result()


class _Work:
    """The questions while corrections are applied."""

    def __init__(self, found: Questionnaire, view: View) -> None:
        self._found, self._view = found, view
        self._questions = list(found.questions)
        self._skipped = list(found.skipped)
        self._dropped: dict[int, Skipped] = {}
        self._touched: dict[str, None] = {}
        self._roles: dict[tuple[str, int], Roles] = {}
        # A question out of view stands behind the one before it.
        self._behind: dict[Location, tuple[int, int, int]] = {}
        last = (-1, 0, 0)
        for question in found.questions:
            if view.find(question.location) is None:
                self._behind[question.location] = last
            else:
                last = self._position(question)

    def set_columns(self, part: Part, corrections: Sequence[ColumnRole]) -> None:
        """Rebuild the rows of `part` that the corrections speak of."""
        self._touched[part.key] = None
        base = self._base_roles(part)
        here: dict[int, list[Question]] = {}
        for question in self._questions:
            place = self._row(question)
            if place is not None and place[0] == part.key:
                here.setdefault(place[1], []).append(question)
        changed: dict[int, Question | None] = {}
        anew: list[tuple[int, Roles]] = []
        for row in part.rows:
            said = _said(corrections, row)
            if not said:
                continue
            roles = base.get(row, Roles())
            for correction in said:
                roles = roles.with_(correction, part.name(correction.column))
            self._roles[part.key, row] = roles
            own = here.get(row, [])
            kept = [question for question in own if not _displaced(self._column(question), said)]
            for question in own:
                if question in kept:
                    mine = [c for c in said if self._concerns(c, question, kept)]
                    shared = sum(self._cell(other) is self._cell(question) for other in kept) > 1
                    changed[id(question)] = patched(question, part, row, roles, mine, self._view, shared=shared)
                else:
                    changed[id(question)] = None
                    self._skipped.append(Skipped(question.location, question.text, "its column asks no questions"))
            asking = any(correction.role is Role.QUESTION for correction in said)
            if not kept and asking and roles.having(Role.QUESTION):
                anew.append((row, roles))
        standing = [changed.get(id(question), question) for question in self._questions]
        known = {skip.location for skip in self._found.skipped if not skip.reason.startswith(NO_PLACE)}
        questions, left_out = built(part, anew, known)
        self._questions = [*(question for question in standing if question is not None), *questions]
        self._skipped += left_out

    def _concerns(self, correction: ColumnRole, question: Question, row: Sequence[Question]) -> bool:
        """Return whether a correction is about this question; an answer is that of all in the cell on its left."""
        if correction.role not in ANSWERING:
            return True
        columns = [self._column(other) for other in row]
        left = [column for column in columns if column <= correction.column]
        return self._column(question) == (max(left) if left else min(columns))

    def _base_roles(self, part: Part) -> dict[int, Roles]:
        """Return row -> the roles of the question in it, or of the next one above, or below at the top."""
        own: dict[int, Roles] = {}
        labels: dict[int, Roles] = {}
        for question in self._questions:
            place = self._row(question)
            if place is not None and place[0] == part.key:
                (labels if question.label else own).setdefault(place[1], roles_of(part, question, self._view))
        last = own[min(own)] if own else Roles()
        found = {}
        for row in part.rows:
            last = own.get(row, last)
            found[row] = labels.get(row, last)
        return found

    def apply(self, correction: Correction) -> None:
        """Apply what was said about a part or a single place."""
        if isinstance(correction, PartUse):
            self._use(correction)
        elif isinstance(correction, IsQuestion):
            self._mark(correction)
        elif isinstance(correction, AnswerGoes):
            self._send(correction)
        elif isinstance(correction, Split):
            self._split(correction)
        elif isinstance(correction, Merge):
            self._merge(correction)

    def _use(self, correction: PartUse) -> None:
        if not correction.used:
            self._touched[correction.part] = None
            for question in [q for q in self._asked if (self._row(q) or ("",))[0] == correction.part]:
                self._drop(question, "the part was left out by hand")

    def _mark(self, correction: IsQuestion) -> None:
        there = self._view.find(correction.at)
        if there is None:
            return
        part, cell = there
        here = [question for question in self._asked if self._cell(question) is cell]
        if not correction.yes:
            for question in here:
                if same(question.text, correction.text) or same(cell.text, correction.text):
                    self._drop(question, NO_QUESTION)
            return
        back = [q for q in self._questions if id(q) in self._dropped and self._cell(q) is cell]
        back = [q for q in back if same(q.text, correction.text)] or ([] if here else back)
        for question in back:
            del self._dropped[id(question)]
        if not (here or back or cell.blank):
            roles = self._roles.get((part.key, cell.row)) or self._base_roles(part).get(cell.row, Roles())
            fields = fields_of(part, cell.row, roles, ANSWERING) if cell.column not in roles.having(*ANSWERING) else []
            fields = fields or _beside(part, cell)
            self._add(question_at(part, cell, fields, roles, ""))
            # What stands beside the column of questions was left out where its question would have been.
            row = [other.location for other in part.rows[cell.row]]
            taken = [skip for skip in self._skipped if skip.location in row and same(skip.text, cell.text)]
            self._skipped = [skip for skip in self._skipped if skip not in taken]

    def _send(self, correction: AnswerGoes) -> None:
        question, there = self._named(correction.question, correction.text), self._view.find(correction.at)
        if question is None or there is None:
            return
        made = field_at(there[1], correction.field)
        if made is None:
            return
        is_text = made.kind is FieldKind.TEXT
        others = [each for each in question.fields if (each.kind is FieldKind.TEXT) is not is_text]
        fields = tuple([*others, made] if is_text else [made, *others])
        self._put(question, replace(question, fields=fields, certainty=1.0, reasons=(BY_HAND,)))

    def _split(self, correction: Split) -> None:
        question = self._named(correction.question, correction.text)
        lines = [line.strip() for line in question.text.split("\n") if line.strip()] if question else []
        if question is None or len(lines) < 2:
            return
        parts = []
        for line in lines:
            match = NUMBERED.match(line)
            parts.append(
                replace(
                    question,
                    text=line,
                    number=match[1] if match and match[1] else question.number,
                    certainty=1.0,
                    reasons=(BY_HAND,),
                )
            )
        at = self._questions.index(question)
        self._questions[at : at + 1] = parts

    def _merge(self, correction: Merge) -> None:
        self._questions.sort(key=self._position)
        question = self._named(correction.question, correction.text)
        asked = self._asked
        at = asked.index(question) if question else 0
        if question is None or at == 0:
            return
        before = asked[at - 1]
        joined = f"{before.text}\n{question.text}"
        fields = before.fields or question.fields
        self._questions.remove(question)
        self._put(before, replace(before, text=joined, fields=fields, certainty=1.0, reasons=(BY_HAND,)))

    def result(self) -> Questionnaire:
        """Return the questionnaire in the order of the document."""
        ordered = with_what_was_found(self._found, self._view, sorted(self._asked, key=self._position))
        asked = {question.location for question in ordered}
        skipped = [skip for skip in self._skipped if skip.location not in asked]
        return replace(
            self._found,
            questions=ordered,
            skipped=tuple(dict.fromkeys([*skipped, *self._dropped.values()])),
            tables=self._tables(ordered),
        )

    def _tables(self, questions: Sequence[Question]) -> tuple[FoundTable, ...]:
        kept = []
        for table in self._found.tables:
            key = part_of_place(table.place, self._view)
            if key in self._touched:
                continue
            several = sum(part_of_place(other.place, self._view) == key for other in self._found.tables) > 1
            own = [q for q in questions if not q.label and (self._row(q) or ("",))[0] == key]
            kept.append(table if several or not key else replace(table, questions=len(own)))
        for key in self._touched:
            part = self._view.part(key)
            own = [q for q in questions if (self._row(q) or ("",))[0] == key]
            if part is None or not own:
                continue
            columns: dict[str, dict[str, None]] = {}
            for question in own:
                for column, role in sorted(roles_of(part, question, self._view).columns.items()):
                    columns.setdefault(role.value, {})[column_name(part, column)] = None
            kept.append(
                FoundTable(part.title, len(own), 1.0, (BY_HAND,), {role: tuple(all_) for role, all_ in columns.items()})
            )
        return tuple(kept)

    def _named(self, location: Location, text: str) -> Question | None:
        here = [question for question in self._asked if question.location == location]
        return next((question for question in here if same(question.text, text)), here[0] if len(here) == 1 else None)

    def _cell(self, question: Question) -> CellView | None:
        there = self._view.find(question.location)
        return there[1] if there else None

    def _row(self, question: Question) -> tuple[str, int] | None:
        there = self._view.find(question.location)
        return (there[0].key, there[1].row) if there else None

    def _column(self, question: Question) -> int:
        cell = self._cell(question)
        return cell.column if cell else 0

    def _position(self, question: Question) -> tuple[int, int, int]:
        there = self._view.find(question.location)
        if there is None:
            return self._behind.get(question.location, (-1, 0, 0))
        return self._view.order[there[0].key], there[1].row, there[1].column

    def _put(self, old: Question, new: Question) -> None:
        self._questions[self._questions.index(old)] = new

    def _add(self, question: Question) -> None:
        self._questions.append(question)

    @property
    def _asked(self) -> list[Question]:
        """Return the questions that no single correction left out; those stay where they can be taken back."""
        return [question for question in self._questions if id(question) not in self._dropped]

    def _drop(self, question: Question, reason: str) -> None:
        self._dropped[id(question)] = Skipped(question.location, question.text, reason)


def _displaced(column: int, said: Sequence[ColumnRole]) -> bool:
    """Return whether a column of questions was said to be another, or another one to be it."""
    own = next((correction for correction in said if correction.column == column), None)
    if own is not None:
        return own.role is not Role.QUESTION
    return any(correction.role is Role.QUESTION for correction in said)


def _said(corrections: Sequence[ColumnRole], row: int) -> list[ColumnRole]:
    """Return what was said about the columns in a row, of each column the last word."""
    said: dict[int, ColumnRole] = {}
    for correction in corrections:
        if correction.first <= row and (correction.last is None or row <= correction.last):
            said.pop(correction.column, None)
            said[correction.column] = correction
    return list(said.values())


def _beside(part: Part, cell: CellView) -> list[AnswerField]:
    """Return the field of the first blank place right of a question, or of what its own place offers behind it."""
    for other in part.rows[cell.row]:
        if other.column > cell.column and other.blank and other.fields:
            return list(other.fields[:1])
    return [each for each in cell.fields if each.after]


def part_of_place(place: str, view: View) -> str:
    """Return the key of the part that a found table's place lies in, "" when it is not in view."""
    title = place.rpartition("!")[0]
    if view.part(title or place) is not None:
        return title or place
    there = view.find(place)
    return there[0].key if there else ""
