from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InvalidValueError
from assistant.filling import (
    CELL_LIMIT,
    Entry,
    canonical,
    check,
    chosen,
    entries,
    explained,
    fit,
    gathered,
    meant,
    picked,
    understood,
    units,
    writable,
)
from assistant.questionnaire import AnswerField, FieldKind, Location, Question
from assistant.suggestion import Choice

TEXT = AnswerField(FieldKind.TEXT, Location("S!D2"))
CHOICE = AnswerField(FieldKind.CHOICE, Location("S!C2"), options=("Yes", "No"))
MARK = AnswerField(FieldKind.MARK, Location("S!C2"), marks=(("Yes", Location("S!C2")), ("No", Location("S!D2"))))


def asked(*fields: AnswerField) -> Question:
    return Question("Is it?", Location("S!B2"), fields)


def written(question: Question, choice: str | None, text: str) -> list[tuple[str, str]]:
    return [(entry.field.location, entry.value) for entry in entries(question, choice, text)]


def test_choice_and_text_go_to_their_own_places() -> None:
    assert written(asked(CHOICE, TEXT), "Yes", "It is.") == [("S!C2", "Yes"), ("S!D2", "It is.")]


def test_a_mark_takes_the_choice() -> None:
    assert entries(asked(MARK), "No", "") == (Entry(MARK, "No"),)


def test_a_choice_without_a_place_leads_the_text() -> None:
    assert written(asked(TEXT), "Yes", "It is.") == [("S!D2", "Yes. It is.")]


def test_one_place_for_both_takes_the_choice_on_a_line_of_its_own() -> None:
    both = AnswerField(FieldKind.CHOICE, Location("S!D2"))
    assert written(asked(both, TEXT), "Yes", "It is.") == [("S!D2", "Yes\nIt is.")]


def test_two_inputs_in_one_line_take_their_own_part() -> None:
    choice = AnswerField(FieldKind.CHOICE, Location("body/p[1]"), options=("Yes", "No"), apart=True)
    text = AnswerField(FieldKind.TEXT, Location("body/p[1]"), apart=True)
    assert entries(asked(choice, text), "Yes", "It is.") == (Entry(choice, "Yes"), Entry(text, "It is."))
    assert AnswerField.from_json(choice.as_json()) == choice


def test_only_the_first_text_field_is_written() -> None:
    evidence = AnswerField(FieldKind.TEXT, Location("S!E2"))
    assert written(asked(TEXT, evidence), None, "It is.") == [("S!D2", "It is.")]


def test_nothing_is_written_for_an_empty_answer() -> None:
    assert written(asked(CHOICE, TEXT), None, "") == []


def test_text_without_a_place_is_not_written() -> None:
    assert written(asked(CHOICE), None, "It is.") == []


@pytest.mark.parametrize(
    ("choice", "allowed", "value"),
    [
        (Choice.YES, ("Yes", "No", "NA"), "Yes"),
        (Choice.NOT_APPLICABLE, ("Yes", "No", "NA"), "NA"),
        (Choice.NO, ("Y", "N"), "N"),
        (Choice.YES, ("Compliant", "Not compliant"), "Compliant"),
        (Choice.NO, ("Compliant", "Not compliant"), "Not compliant"),
        (Choice.PARTIAL, ("Implemented", "Partially implemented", "Not implemented"), "Partially implemented"),
        (Choice.YES, ("Yes - fully in place", "Yes - planned", "No"), None),
        (Choice.YES, ("Yes, in place", "No"), "Yes, in place"),
        (Choice.PARTIAL, ("Yes", "No"), None),
        (Choice.YES, ("1", "2", "3"), None),
        (Choice.YES, (), "Yes"),
        (Choice.NO, ("Ja", "Nein"), "Nein"),
        (Choice.YES, ("Yes", "Yes with CCW", "No"), "Yes"),
        (Choice.YES, ("Compliant", "Non-Compliant", "Compliant but with legal exception"), "Compliant"),
        (Choice.NO, ("Compliant", "Non-Compliant", "Compliant but with legal exception"), "Non-Compliant"),
        (Choice.NO, ("In place", "Not in place"), "Not in place"),
        (Choice.PARTIAL, ("Met", "Not met", "Partly met"), "Partly met"),
        (Choice.NO, ("Fully", "Partially", "Not comply", "Third party"), "Not comply"),
        (Choice.NO, ("Full", "Partial", "None"), "None"),
        (Choice.NO, ("ISO 27001", "None"), None),
        (Choice.PARTIAL, ("erfüllt", "teilweise erfüllt", "nicht erfüllt"), "teilweise erfüllt"),
        (Choice.NOT_APPLICABLE, ("Ja", "Nein", "Entfällt"), "Entfällt"),
        (Choice.PARTIAL, ("はい", "いいえ", "一部実施", "対象外"), "一部実施"),
        (Choice.YES, ("Provided", "No evidence available"), None),
        (Choice.YES, ("Planned", "Alternative"), None),
    ],
)  # fmt: skip
def test_a_choice_is_worded_as_the_form_allows_or_left_blank(
    choice: Choice, allowed: tuple[str, ...], value: str | None
) -> None:
    assert fit(choice, allowed) == value


@pytest.mark.parametrize(
    ("allowed", "fitting"),
    [
        (("F", "P", "N"), ["F", "N", "P", None]),
        (("F", "L", "P", "N", "N/A"), ["F", "N", "P", "N/A"]),
        (("C", "PC", "NC"), ["C", "NC", "PC", None]),
        (("FC", "PC", "NC", "NA"), ["FC", "NC", "PC", "NA"]),
        (("M", "NM"), ["M", "NM", None, None]),
        (("Y", "N"), ["Y", "N", None, None]),
        (("J", "N"), ["J", "N", None, None]),
        (("O", "N"), ["O", "N", None, None]),
        (("M", "O", "N"), [None, None, None, None]),
        (("○", "△", "×"), ["○", "×", "△", None]),
        # Planned or partial, new or no, standard or supported, pass or partial: nobody knows.
        (("Y", "P", "N"), ["Y", "N", None, None]),
        (("S", "C", "T", "N"), [None, None, None, None]),
        (("P", "F"), [None, None, None, None]),
        (("H", "M", "L"), [None, None, None, None]),
        (("1", "2", "3", "4", "5"), [None, None, None, None]),
    ],
)
def test_codes_are_understood_in_clear_company_only(allowed: tuple[str, ...], fitting: list[str | None]) -> None:
    assert [fit(choice, allowed) for choice in Choice] == fitting


@pytest.mark.parametrize(
    ("allowed", "fitting"),
    [
        (("C - Compliant", "PC - Partially compliant", "NC - Non-compliant"), [0, 2, 1, None]),
        (("FC (Fully compliant)", "PC (Partially compliant)", "NC (Not compliant)"), [0, 2, 1, None]),
        (("Fully compliant (FC)", "Partially compliant (PC)", "Not compliant (NC)"), [0, 2, 1, None]),
        (("F = Fully", "P = Partially", "N = Not"), [0, 2, 1, None]),
        (("Y: Yes", "X: No", "N: Not applicable"), [0, 1, None, 2]),
        (("N - New", "S - Standard"), [None, None, None, None]),
        (("0 - Not implemented", "1 - Partially implemented", "2 - Fully implemented"), [2, 0, 1, None]),
    ],
)
def test_a_code_with_its_wording_means_what_the_wording_says(
    allowed: tuple[str, ...], fitting: list[int | None]
) -> None:
    assert [fit(choice, allowed) for choice in Choice] == [None if n is None else allowed[n] for n in fitting]


CODED = AnswerField(
    FieldKind.CHOICE,
    Location("S!C2"),
    options=("F", "P", "X"),
    meanings=(("P", "Planned"), ("X", "Non-applicable here")),
)


@pytest.mark.parametrize(
    ("choice", "field", "known", "words", "beside"),
    [
        ("F", replace(CODED, options=("F", "P", "N"), meanings=()), Choice.YES, "Yes", "F"),
        ("P", CODED, None, "Planned", "P (Planned)"),
        ("X", CODED, Choice.NOT_APPLICABLE, "N/A", "X (Non-applicable here)"),
        ("X", replace(CODED, meanings=(("X", "Non-applicable"),)), Choice.NOT_APPLICABLE, "N/A", "X (Non-applicable)"),
        ("N", replace(CODED, options=("S", "C", "N"), meanings=()), None, "N", "N"),
        ("ja", replace(CODED, options=(), meanings=()), Choice.YES, "Yes", "ja"),
        ("no", None, Choice.NO, "No", "no"),
        (None, CODED, None, None, None),
    ],
)
def test_a_chosen_code_is_understood_outside_its_form(
    choice: str | None, field: AnswerField | None, known: Choice | None, words: str | None, beside: str | None
) -> None:
    assert (chosen(choice, field), understood(choice, field), explained(choice, field)) == (known, words, beside)


def test_do_not_know_is_no_choice() -> None:
    assert canonical("Don't know") is None
    assert canonical("Unknown") is None


def test_the_terms_of_a_conformance_report_are_understood() -> None:
    said = ("Supports", "Partially Supports", "Does Not Support", "Not Applicable", "Not Evaluated")
    assert [canonical(term) for term in said] == [Choice.YES, Choice.PARTIAL, Choice.NO, Choice.NOT_APPLICABLE, None]


@given(st.text())
def test_what_is_written_holds_no_control_characters_and_is_stable(text: str) -> None:
    clean = writable(text)
    assert writable(clean) == clean
    assert not any(ord(character) < 32 and character not in "\n\t" for character in clean)
    clean.encode()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@cmd", "#N/A"])
def test_text_that_looks_like_a_formula_is_left_as_it_is(text: str) -> None:
    assert writable(text) == text


def test_length_counts_as_office_counts() -> None:
    assert units("a𝄞") == 3


def test_a_text_longer_than_a_cell_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="32,767"):
        check(asked(TEXT), None, "x" * (CELL_LIMIT + 1))


SEVERAL = AnswerField(
    FieldKind.MARK,
    Location("S!C2"),
    marks=(("A", Location("S!C2")), ("A; B", Location("S!C3")), ("C", Location("S!C4"))),
    several=True,
)


@pytest.mark.parametrize(
    ("value", "labels"),
    [
        ("A", ("A",)),
        ("C; A", ("A", "C")),
        ("A;C", ("A", "C")),
        ("A; B", ("A; B",)),
        ("A; B; C", ("A; B", "C")),
        ("A; D", ()),
        ("", ()),
    ],
)
def test_several_ticks_are_picked_by_their_labels(value: str, labels: tuple[str, ...]) -> None:
    assert picked(SEVERAL, value) == labels


def test_only_a_field_for_several_takes_several() -> None:
    check(asked(SEVERAL), "A; C", "")
    with pytest.raises(InvalidValueError, match="Yes, No"):
        check(asked(MARK), "Yes; No", "")
    assert AnswerField.from_json(SEVERAL.as_json()) == SEVERAL


def test_an_unlisted_value_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="Yes, No"):
        check(asked(CHOICE), "Maybe", "")
    check(asked(AnswerField(FieldKind.CHOICE, Location("S!C2"))), "Maybe", "")


def test_texts_that_share_a_place_become_its_lines() -> None:
    assert gathered([Entry(TEXT, "One."), Entry(TEXT, "Two."), Entry(TEXT, "One.")]) == (Entry(TEXT, "One.\n\nTwo."),)


def test_texts_that_share_a_place_must_fit_it_together() -> None:
    short = AnswerField(FieldKind.TEXT, Location("S!D2"), max_length=10)
    with pytest.raises(InvalidValueError, match="takes 10"):
        gathered([Entry(short, "123456789"), Entry(short, "abcdefghi")])


def test_choices_that_share_a_place_must_agree() -> None:
    assert gathered([Entry(CHOICE, "Yes"), Entry(CHOICE, "Yes")]) == (Entry(CHOICE, "Yes"),)
    with pytest.raises(InvalidValueError, match="agree"):
        gathered([Entry(CHOICE, "Yes"), Entry(CHOICE, "No")])


def test_an_endless_wording_in_a_legend_takes_no_time() -> None:
    """Time that grows with the square of the length would be minutes here."""
    for wording in (f"Compliant{' ' * 300_000}mostly", "yes " * 100_000):
        assert meant("F", ["F", "P"], [("F", wording), ("P", "Partially met")]) in (None, Choice.YES)
