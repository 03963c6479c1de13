"""Corrections of a layout, on small grids: what is asked after each, and which files share a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.column_roles import letters, place_roles
from assistant.correcting import corrected
from assistant.layout import (
    AnswerGoes,
    CellView,
    ColumnRole,
    Correction,
    IsQuestion,
    Merge,
    Part,
    PartKind,
    PartUse,
    Role,
    Split,
    View,
    as_json,
    carried_over,
    fingerprint,
    from_json,
    needs_a_look,
)
from assistant.questionnaire import AnswerField, FieldKind, FoundTable, Location, Question, Questionnaire, Skipped
from assistant.row_questions import BY_HAND, NO_QUESTION

ROWS = (
    ("Ref", "Expected", "Explanation", "Verdict", "Reply"),
    ("C-1", "Disk encryption", "Does the supplier encrypt disks?", "", ""),
    ("C-2", "Key rotation", "Does the supplier rotate keys?", "", ""),
    ("", "People", "", "", ""),
    ("C-3", "Training", "Does the supplier train staff?", "", ""),
)
CHOICES = ("Yes", "No")


def at(row: int, column: int, sheet: str = "S") -> Location:
    return Location(f"{sheet}!{letters(column)}{row}")


def text(row: int, column: int, sheet: str = "S") -> AnswerField:
    return AnswerField(FieldKind.TEXT, at(row, column, sheet))


def cell(row: int, column: int, said: str, sheet: str = "S", listed: int = 0) -> CellView:
    place = at(row, column, sheet)
    field = AnswerField(FieldKind.TEXT, place, value=said or None)
    if column == listed and row > 1:
        field = AnswerField(FieldKind.CHOICE, place, options=CHOICES)
    return CellView(place, row, column, said, fields=(field,))


def sheet(rows: Sequence[Sequence[str]] = ROWS, title: str = "S", listed: int = 4) -> Part:
    cells = [cell(r, c, said, title, listed) for r, row in enumerate(rows, 1) for c, said in enumerate(row, 1)]
    return Part(title, title, PartKind.SHEET, tuple(cells))


def view(*parts: Part) -> View:
    return View(parts or (sheet(),))


def explained() -> Questionnaire:
    """What a reader finds that takes the explanations for the questions, and the verdict for the text."""
    questions = tuple(
        Question(ROWS[row - 1][2], at(row, 3), (text(row, 5),), ROWS[row - 1][0], ROWS[row - 1][1], 0.8)
        for row in (2, 3, 5)
    )
    return Questionnaire("xlsx", questions, tables=(FoundTable("S!2:5", 3, 0.8, ("names",)),))


def told(found: Questionnaire) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return number, text and places of every question."""
    return [
        (q.number, q.text, tuple(f"{f.kind.value} {f.location.rpartition('!')[2]}" for f in q.fields))
        for q in found.questions
    ]


def after(*corrections: Correction, found: Questionnaire | None = None, seen: View | None = None) -> Questionnaire:
    return corrected(found or explained(), seen or view(), corrections)


QUESTIONS_IN_B = ColumnRole("S", 2, Role.QUESTION, first=2)


def test_without_corrections_everything_stays_as_it_was_found() -> None:
    found = explained()
    assert corrected(found, view(), ()) is found


def test_another_column_of_questions_rebuilds_the_rows_and_keeps_the_rest() -> None:
    found = after(QUESTIONS_IN_B)
    assert told(found) == [
        ("C-1", "Disk encryption", ("text E2",)),
        ("C-2", "Key rotation", ("text E3",)),
        ("C-3", "Training", ("text E5",)),
    ]
    assert {(q.certainty, q.reasons) for q in found.questions} == {(1.0, (BY_HAND,))}


def test_a_row_with_nothing_but_a_title_becomes_the_section_of_those_below() -> None:
    bold = replace(sheet(), cells=tuple(replace(c, bold=c.text == "People") for c in sheet().cells))
    assert [q.section for q in after(QUESTIONS_IN_B, seen=view(bold)).questions] == ["", "", "People"]
    assert ("S!B4", "a title") in {(s.location, s.reason) for s in after(QUESTIONS_IN_B, seen=view(bold)).skipped}


def test_a_column_that_takes_the_choice_brings_the_options_of_its_cells() -> None:
    found = after(ColumnRole("S", 4, Role.CHOICE))
    assert told(found)[0] == ("C-1", "Does the supplier encrypt disks?", ("choice D2", "text E2"))
    assert found.questions[0].fields[0].options == CHOICES


def test_the_written_answer_goes_to_one_column_only() -> None:
    wide = [(*row, "Remarks" if row is ROWS[0] else "") for row in ROWS]
    found = after(ColumnRole("S", 6, Role.TEXT), seen=view(sheet(wide)))
    assert told(found)[0][2] == ("text F2",)


def test_a_drop_down_takes_its_own_values_only_whatever_the_column_is_wanted_for() -> None:
    found = after(ColumnRole("S", 4, Role.TEXT))
    assert found.questions[0].fields[0].kind is FieldKind.CHOICE
    assert found.questions[0].fields[0].options == CHOICES


def test_tick_columns_make_one_mark_named_by_their_headings() -> None:
    rows = [("Question", "Yes", "No"), ("Are disks encrypted?", "", "x"), ("Are keys rotated?", "", "")]
    seen = view(sheet(rows, listed=0))
    corrections = (
        ColumnRole("S", 1, Role.QUESTION, first=2),
        ColumnRole("S", 2, Role.MARK, first=2),
        ColumnRole("S", 3, Role.MARK, first=2, option="Not at all"),
    )
    first, second = after(*corrections, found=Questionnaire("xlsx", ()), seen=seen).questions
    assert first.fields[0].marks == (("Yes", at(2, 2)), ("Not at all", at(2, 3)))
    assert (first.fields[0].value, second.fields[0].value) == ("Not at all", None)


def test_a_sheet_in_which_nothing_was_found_can_be_set_up_from_nothing() -> None:
    empty = Questionnaire("xlsx", ())
    questions = ColumnRole("S", 3, Role.QUESTION, first=2)
    assert told(after(questions, found=empty)) == [("", ROWS[row][2], ()) for row in (1, 2, 4)]
    whole = after(questions, ColumnRole("S", 5, Role.TEXT, 2), ColumnRole("S", 1, Role.NUMBER, 2), found=empty)
    assert told(whole)[2] == ("C-3", "Does the supplier train staff?", ("text E5",))
    assert [(t.place, t.questions, t.certainty, t.columns["text"]) for t in whole.tables] == [("S", 3, 1.0, ("E",))]


def test_only_the_rows_that_were_named_change() -> None:
    found = after(replace(QUESTIONS_IN_B, last=2))
    assert [q.text for q in found.questions] == ["Disk encryption", ROWS[2][2], ROWS[4][2]]


def test_a_column_that_is_not_used_gives_up_its_part() -> None:
    assert told(after(ColumnRole("S", 5, Role.NOTHING)))[0][2] == ()
    assert after(ColumnRole("S", 3, Role.NOTHING)).questions == ()


def test_of_a_column_the_last_word_counts() -> None:
    assert after(QUESTIONS_IN_B, ColumnRole("S", 2, Role.NOTHING, first=2)).questions[0].text == ROWS[1][2]


def test_rows_that_repeat_the_names_of_the_columns_are_titles() -> None:
    rows = [*ROWS[:3], ("Ref", "Organisation", "Explanation", "Verdict", "Reply"), *ROWS[4:]]
    found = after(QUESTIONS_IN_B, ColumnRole("S", 2, Role.QUESTION, 2), seen=view(sheet(rows)))
    assert [(q.text, q.section) for q in found.questions][2] == ("Training", "Organisation")


def test_what_reading_left_out_in_the_same_place_stays_left_out_unless_only_a_place_was_missing() -> None:
    title = Skipped(at(3, 2), ROWS[2][1], "a title: its number is one of a section")
    assert [q.number for q in after(QUESTIONS_IN_B, found=replace(explained(), skipped=(title,))).questions] == [
        "C-1",
        "C-3",
    ]
    placeless = replace(title, reason="no place for an answer: the cell holds a formula")
    assert len(after(QUESTIONS_IN_B, found=replace(explained(), skipped=(placeless,))).questions) == 3


def test_where_two_questions_share_a_row_an_answer_belongs_to_the_one_on_its_left() -> None:
    rows = [("Name", "", "", "Date", "", ""), ("Owner", "", "", "Version", "", "")]
    found = Questionnaire(
        "xlsx",
        tuple(
            Question(rows[row - 1][column - 1], at(row, column), (text(row, column + 1),), label=True)
            for row in (1, 2)
            for column in (1, 4)
        ),
    )
    right = after(ColumnRole("S", 6, Role.TEXT), found=found, seen=view(sheet(rows, listed=0)))
    assert [places for _, _, places in told(right)] == [("text B1",), ("text F1",), ("text B2",), ("text F2",)]


SHARED = (
    ("Ref", "Question", "Verdict", "Reply", "Note", "Who"),
    ("7", "a) Are disks encrypted? b) Are keys rotated?", "", "", "", "Is it you?"),
    ("8", "Who holds the keys?", "", "", "", ""),
)


def sharing() -> Questionnaire:
    """What a reader finds where one cell asks two questions, and another stands further right in the row."""
    texts = ("Are disks encrypted?", "Are keys rotated?")
    two = [Question(said, at(2, 2), (text(2, 4),), f"7 {letter}") for said, letter in zip(texts, "ab", strict=True)]
    others = Question("Is it you?", at(2, 6), (text(2, 7),)), Question("Who holds the keys?", at(3, 2), (text(3, 4),))
    return Questionnaire("xlsx", (*two, *others))


def shared(*corrections: Correction) -> Questionnaire:
    return after(*corrections, found=sharing(), seen=view(sheet(SHARED, listed=3)))


def test_a_columns_correction_is_about_all_questions_of_the_cell_on_its_left() -> None:
    found = shared(ColumnRole("S", 5, Role.TEXT), ColumnRole("S", 3, Role.CHOICE), ColumnRole("S", 1, Role.NUMBER))
    assert told(found) == [
        ("7 a", "Are disks encrypted?", ("choice C2", "text E2")),
        ("7 b", "Are keys rotated?", ("choice C2", "text E2")),
        ("7", "Is it you?", ("text G2",)),
        ("8", "Who holds the keys?", ("choice C3", "text E3")),
    ]


def test_an_answer_left_of_every_question_is_that_of_the_first_cell() -> None:
    found = shared(ColumnRole("S", 1, Role.TEXT))
    assert [places for _, _, places in told(found)] == [("text A2",), ("text A2",), ("text G2",), ("text A3",)]


def test_of_several_questions_in_one_cell_each_is_left_out_and_taken_in_again() -> None:
    no = [IsQuestion(at(2, 2), question.text, yes=False) for question in sharing().questions[:2]]
    one = shared(no[0])
    assert [q.text for q in one.questions] == ["Are keys rotated?", "Is it you?", "Who holds the keys?"]
    assert [(s.text, s.reason) for s in one.skipped] == [("Are disks encrypted?", NO_QUESTION)]
    assert shared(*no, replace(no[0], yes=True)).questions == sharing().questions[:1] + sharing().questions[2:]
    assert shared(*no, *[replace(each, yes=True) for each in no]) == sharing()
    assert shared(*no, IsQuestion(at(2, 2), SHARED[1][1], yes=True)) == sharing()


def test_of_several_questions_in_one_cell_two_are_joined_and_one_is_split() -> None:
    joined = shared(Merge(at(2, 2), "Are keys rotated?"))
    both = "Are disks encrypted?\nAre keys rotated?"
    assert [q.text for q in joined.questions] == [both, "Is it you?", "Who holds the keys?"]
    parted = shared(Merge(at(2, 2), "Are keys rotated?"), Split(at(2, 2), both))
    assert [q.text for q in parted.questions] == [q.text for q in sharing().questions]
    gone = shared(IsQuestion(at(2, 2), "Are keys rotated?", yes=False), Merge(at(2, 6), "Is it you?"))
    assert [q.text for q in gone.questions] == ["Are disks encrypted?\nIs it you?", "Who holds the keys?"]


LEGEND = (
    ("Ref", "Topic", "Requirement", "Status", "Reply", "Basis"),
    ("", "F = Fully compliant, P = Planned", "", "", "", ""),
    ("C-1", "Disks", "Disks are encrypted.", "", "", ""),
)


def coded() -> Questionnaire:
    """What a reader finds of a column whose header prints codes, of which a legend tells what they stand for."""
    meanings = (("F", "Fully compliant"), ("P", "Planned"))
    status = AnswerField(FieldKind.CHOICE, at(3, 4), options=("F", "P", "N"), meanings=meanings)
    return Questionnaire("xlsx", (Question("Disks", at(3, 2), (status, text(3, 5)), "C-1"),))


def test_what_is_known_of_a_place_stays_when_other_columns_are_put_right() -> None:
    seen = view(sheet(LEGEND, listed=0))
    found = after(ColumnRole("S", 3, Role.QUESTION, 3), ColumnRole("S", 6, Role.TEXT), found=coded(), seen=seen)
    status = coded().questions[0].fields[0]
    assert [(q.text, q.fields) for q in found.questions] == [("Disks are encrypted.", (status, text(3, 6)))]


def test_codes_of_a_place_named_by_hand_mean_what_the_document_says() -> None:
    part = sheet(LEGEND, listed=0)
    drop_down = AnswerField(FieldKind.CHOICE, at(3, 6), options=("F", "P"))
    listed = replace(
        part, cells=tuple(replace(c, fields=(drop_down,)) if c.location == at(3, 6) else c for c in part.cells)
    )
    found = after(ColumnRole("S", 6, Role.CHOICE), found=coded(), seen=view(listed))
    assert found.questions[0].choice_field == replace(drop_down, meanings=(("F", "Fully compliant"), ("P", "Planned")))


def test_boxes_of_which_several_may_be_ticked_stay_so_when_one_more_column_is_named() -> None:
    rows = (("Question", "ISO", "SOC", "TISAX"), ("Which do you hold?", "x", "x", ""))
    marks = (("ISO", at(2, 2)), ("SOC", at(2, 3)))
    several = AnswerField(FieldKind.MARK, at(2, 2), marks=marks, value="ISO; SOC", several=True)
    found = Questionnaire("xlsx", (Question(rows[1][0], at(2, 1), (several,)),))
    wider = after(ColumnRole("S", 4, Role.MARK), found=found, seen=view(sheet(rows, listed=0)))
    assert wider.questions[0].fields == (replace(several, marks=(*marks, ("TISAX", at(2, 4)))),)


def test_numbers_and_sections_are_taken_from_the_columns_named_for_them() -> None:
    found = after(ColumnRole("S", 2, Role.NUMBER), ColumnRole("S", 1, Role.SECTION))
    assert next((q.number, q.section) for q in found.questions) == ("Disk encryption", "C-1")


def test_rows_whose_answer_cells_are_closed_are_left_out_with_the_reason() -> None:
    closed = tuple(
        replace(c, fields=(), reason="the cell holds a formula") if (c.row, c.column) == (3, 5) else c
        for c in sheet().cells
    )
    found = after(QUESTIONS_IN_B, ColumnRole("S", 5, Role.TEXT), seen=view(replace(sheet(), cells=closed)))
    assert [q.number for q in found.questions] == ["C-1", "C-3"]
    assert "no place for an answer: the cell holds a formula" in {s.reason for s in found.skipped}


def test_a_single_cell_can_be_declared_no_question_and_back() -> None:
    no = IsQuestion(at(3, 3), ROWS[2][2], yes=False)
    assert [q.number for q in after(no).questions] == ["C-1", "C-3"]
    yes = IsQuestion(at(3, 3), ROWS[2][2], yes=True)
    assert told(after(no, yes))[1] == ("C-2", ROWS[2][2], ("text E3",))


def test_the_answer_of_one_question_can_go_elsewhere() -> None:
    found = after(AnswerGoes(at(2, 3), ROWS[1][2], at(4, 4), FieldKind.CHOICE))
    assert told(found)[0][2] == ("choice D4", "text E2")
    assert told(found)[1][2] == ("text E3",)


def test_a_question_is_split_by_its_lines_and_joined_with_the_one_before() -> None:
    several = "a) Are disks encrypted?\n\nb) Are keys rotated?"
    found = Questionnaire("xlsx", (Question(several, at(2, 3), (text(2, 5),)),))
    parts = after(Split(at(2, 3), several), found=found)
    assert [(q.number, q.location) for q in parts.questions] == [("a", at(2, 3)), ("b", at(2, 3))]
    joined = after(Merge(at(3, 3), ROWS[2][2]))
    assert told(joined)[0] == ("C-1", f"{ROWS[1][2]}\n{ROWS[2][2]}", ("text E2",))
    assert len(joined.questions) == 2


def test_a_part_is_left_out_and_taken_in_again() -> None:
    assert after(PartUse("S", used=False)).questions == ()
    assert after(PartUse("S", used=False)).tables == ()
    again = after(PartUse("S", used=False), PartUse("S", used=True))
    assert again.questions == explained().questions


def test_questions_come_in_the_order_of_the_document() -> None:
    other = sheet([("Name", ""), ("Title", "")], "T", listed=0)
    found = replace(
        explained(), questions=(Question("Name", at(1, 1, "T"), (text(1, 2, "T"),), label=True), *explained().questions)
    )
    result = after(IsQuestion(at(4, 2), "People", yes=True), found=found, seen=view(sheet(), other))
    assert [q.text for q in result.questions] == [ROWS[1][2], ROWS[2][2], "People", ROWS[4][2], "Name"]


def test_what_is_out_of_view_stays_as_it_was_found() -> None:
    far = Question("Far away", Location("S!C9000"), (text(9000, 5),))
    found = replace(explained(), questions=(*explained().questions, far))
    assert after(QUESTIONS_IN_B, found=found).questions[-1] == far


def test_every_place_in_use_has_its_part() -> None:
    roles = place_roles(explained().questions, view())
    expected = {"S!A2": Role.NUMBER, "S!B2": Role.SECTION, "S!C2": Role.QUESTION, "S!E2": Role.TEXT}
    assert expected.items() <= roles.items()
    assert "S!D2" not in roles


@pytest.mark.parametrize(
    "correction",
    [
        ColumnRole("S", 3, Role.MARK, 2, 9, "Yes"),
        PartUse("S", used=False),
        IsQuestion(at(2, 3), "Are disks encrypted?", yes=True),
        AnswerGoes(at(2, 3), "Are disks encrypted?", at(2, 4), FieldKind.CHOICE),
        Split(at(2, 3), "Are disks encrypted?"),
        Merge(at(2, 3), "Are disks encrypted?"),
    ],
    ids=lambda correction: type(correction).__name__,
)
def test_a_correction_comes_back_from_its_json_as_it_was(correction: Correction) -> None:
    assert from_json(as_json(correction)) == correction


def test_files_of_one_form_share_their_fingerprint_whatever_rows_and_answers_they_hold() -> None:
    mine = fingerprint(explained(), view())
    more = [*ROWS[:1], ("C-9", "Backups", "Are there backups?", "Yes", "Daily."), *ROWS[1:]]
    assert fingerprint(Questionnaire("xlsx", ()), view(sheet(more))) == mine


@pytest.mark.parametrize(
    "other",
    [
        view(sheet(title="T")),
        view(sheet([(*ROWS[0][:4], "Answer"), *ROWS[1:]])),
        view(sheet(), sheet(title="T")),
    ],
    ids=["another title", "another name of a column", "another sheet"],
)
def test_another_form_has_another_fingerprint(other: View) -> None:
    assert fingerprint(explained(), other) != fingerprint(explained(), view())
    assert fingerprint(replace(explained(), format="csv"), view()) != fingerprint(explained(), view())


def test_places_carry_over_only_where_the_same_text_stands() -> None:
    corrections: tuple[Correction, ...] = (
        QUESTIONS_IN_B,
        PartUse("gone", used=False),
        IsQuestion(at(2, 3), ROWS[1][2], yes=False),
        IsQuestion(at(3, 3), "Something else?", yes=False),
        AnswerGoes(at(5, 3), ROWS[4][2], at(99, 9), FieldKind.TEXT),
    )
    assert carried_over(view(), corrections) == (corrections[0], corrections[2])


def test_a_columns_correction_carries_over_to_a_file_with_more_rows() -> None:
    more = [*ROWS, ("C-4", "Backups", "Are there backups?", "", "")]
    found = after(*carried_over(view(sheet(more)), (QUESTIONS_IN_B,)), seen=view(sheet(more)))
    assert [q.text for q in found.questions] == ["Disk encryption", "Key rotation", "Training", "Backups"]


def test_a_layout_needs_a_look_when_little_of_it_is_certain() -> None:
    assert not needs_a_look(explained())
    assert needs_a_look(Questionnaire("xlsx", ()))
    assert needs_a_look(replace(explained(), tables=(FoundTable("S!2:5", 3, 0.5),)))
    unsure = tuple(replace(q, certainty=0.4) for q in explained().questions)
    assert needs_a_look(replace(explained(), questions=unsure, tables=()))
    placeless = tuple(replace(q, fields=()) for q in explained().questions)
    assert needs_a_look(replace(explained(), questions=placeless))


def test_a_layout_needs_a_look_when_more_than_an_example_that_asks_was_left_out() -> None:
    left_out = tuple(Skipped(Location(f"S!B{row}"), f"Is backup {row} tested? ☐ ☐", "a title") for row in (7, 8))
    assert not needs_a_look(replace(explained(), skipped=left_out[:1]))
    assert needs_a_look(replace(explained(), skipped=left_out))
    repeated = tuple(Skipped(q.location, f"{q.text}?", "of another table, repeated") for q in explained().questions)
    assert not needs_a_look(replace(explained(), skipped=repeated))
