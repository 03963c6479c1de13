"""Any corrections, in any order, on any grid: what is asked stays within the document, and undoing is exact."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

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
    from_json,
)
from assistant.questionnaire import AnswerField, FieldKind, Location, Question, Questionnaire

TEXTS = ("", "", "1", "2.1", "Access", "Are disks encrypted?", "Are keys rotated?\nAre logs kept?", "Yes", "x")
COLUMNS, ROWS = 4, 5


def at(row: int, column: int) -> Location:
    return Location(f"S!{letters(column)}{row}")


@st.composite
def views(draw: st.DrawFn) -> View:
    cells = []
    covered: set[tuple[int, int]] = set()
    for row in range(1, ROWS + 1):
        for column in range(1, COLUMNS + 1):
            if (row, column) in covered:
                continue
            down, across = draw(st.sampled_from([(1, 1), (1, 1), (1, 1), (1, 2), (2, 1)]))
            span = {(r, c) for r in range(row, row + down) for c in range(column, column + across)}
            if span & covered or column + across > COLUMNS + 1 or row + down > ROWS + 1:
                down = across = 1
                span = {(row, column)}
            covered |= span
            place, text = at(row, column), draw(st.sampled_from(TEXTS))
            field = draw(
                st.sampled_from(
                    [
                        (),
                        (AnswerField(FieldKind.TEXT, place, value=text or None),),
                        (AnswerField(FieldKind.CHOICE, place, options=("Yes", "No")),),
                    ]
                )
            )
            cells.append(CellView(place, row, column, text, down, across, field, "" if field else "locked"))
    return View((Part("S", "S", PartKind.SHEET, tuple(cells)),))


rows, columns = st.integers(1, ROWS), st.integers(1, COLUMNS)
places = st.builds(at, rows, columns)
said = st.sampled_from(TEXTS)
corrections = st.one_of(
    st.builds(
        ColumnRole,
        st.just("S"),
        columns,
        st.sampled_from(Role),
        rows,
        st.none() | rows,
        st.sampled_from(["", "Yes", "No"]),
    ),
    st.builds(PartUse, st.sampled_from(["S", "T"]), st.booleans()),
    st.builds(IsQuestion, places, said, st.booleans()),
    st.builds(AnswerGoes, places, said, places, st.sampled_from([FieldKind.CHOICE, FieldKind.TEXT])),
    st.builds(Split, places, said),
    st.builds(Merge, places, said),
)


def asked(view: View) -> Questionnaire:
    """What a simple reader would find: every text with a question mark, answered in the next column."""
    found = []
    for cell in view.parts[0].cells:
        beside = view.parts[0].at(cell.row, cell.column + cell.colspan)
        if "?" in cell.text:
            found.append(Question(cell.text, cell.location, beside.fields if beside else ()))
    return Questionnaire("xlsx", tuple(found))


@given(views(), st.lists(corrections, max_size=6))
def test_what_is_asked_stands_in_the_document_and_its_answers_go_where_they_may(
    view: View, said: Sequence[Correction]
) -> None:
    result = corrected(asked(view), view, said)
    for question in result.questions:
        there = view.find(question.location)
        assert there is not None
        assert question.text.strip()
        for place in (place for field in question.fields for place in field.places()):
            taking = view.find(place)
            assert taking is not None
            assert taking[1].fields, "a closed cell never takes an answer"
        kinds = [field.kind is FieldKind.TEXT for field in question.fields]
        assert kinds == sorted(kinds), "the choice stands first"
    order = [view.find(question.location) for question in result.questions]
    assert order == sorted(order, key=lambda there: (there[1].row, there[1].column) if there else (0, 0))
    assert set(place_roles(result.questions, view)) <= {str(cell.location) for cell in view.parts[0].cells}
    assert Questionnaire.from_json(result.as_json()) == result


@given(views(), st.lists(corrections, min_size=1, max_size=5))
def test_the_same_corrections_give_the_same_questions_and_dropping_the_last_undoes_it(
    view: View, said: Sequence[Correction]
) -> None:
    found = asked(view)
    before = corrected(found, view, said[:-1])
    after = corrected(found, view, said)
    kept = [from_json(as_json(correction)) for correction in said]
    assert corrected(found, view, kept) == after
    assert corrected(found, view, kept[:-1]) == before
    assert set(carried_over(view, said)) <= set(said)
