"""Sentences that only look like questions, told from those that are asked."""

from __future__ import annotations

import pytest

from tests.documents.word.making import heading, outline, p, reading, table

ASKED = (
    p("Q1. Are events logged?"), p("[Response]"),
    p("Q2. How long are logs kept?"), p("[Response]"),
    p("Q3. Are clocks synchronised?"), p("[Response]"),
    p("Q4. Describe your monitoring."), p("[Response]"),
)  # fmt: skip


def locations(*blocks: str) -> list[str]:
    return [question.location for question in reading(*blocks).questions]


def test_leaves_out_questions_that_instructions_put_and_answer() -> None:
    remarks = [
        p("How long should an answer be? Not more than half a page.", listed=True),
        p("When is the deadline? 30 June.", listed=True),
        p("Can we add documents? Yes, as annexes.", listed=True),
    ]
    assert locations(*remarks, *ASKED) == ["body/p[3]", "body/p[5]", "body/p[7]", "body/p[9]"]


def test_leaves_out_what_stands_under_a_heading_of_instructions() -> None:
    remarks = [heading("Instructions to respondents"), p("1. Confirm who answers the form."), p("2. Is it signed?")]
    assert locations(*remarks, heading("Logging"), *ASKED) == ["body/p[4]", "body/p[6]", "body/p[8]", "body/p[10]"]


def test_leaves_out_steps_of_a_form_that_gives_every_question_its_place() -> None:
    steps = [p("1. Confirm that the scope is right."), p("2. Submit the form with its evidence.")]
    assert locations(*steps, *ASKED) == ["body/p[2]", "body/p[4]", "body/p[6]", "body/p[8]"]


def test_keeps_numbered_questions_that_have_lost_their_place() -> None:
    assert locations(*ASKED, p("Q5. Are alerts followed up?"))[-1] == "body/p[8]"


@pytest.mark.parametrize(
    "text",
    [
        "Is data encrypted at rest? If yes, specify the algorithm.",
        "Is data encrypted at rest? Please give details.",
        "Is data encrypted at rest? This includes backups.",
        "Sind Daten verschlüsselt? Bitte erläutern.",
    ],
)
def test_keeps_questions_to_which_something_is_added(text: str) -> None:
    assert locations(p(text), p("Are keys rotated?"), p("Who holds them?"))[0] == "body/p[0]"


def test_leaves_out_a_section_that_a_line_below_its_heading_gives_to_the_auditor() -> None:
    found = table(["Finding", "Severity"], ["", ""], ["", ""])
    assert locations(*ASKED, heading("Summary"), p("To be completed by the auditor."), found) == [
        "body/p[0]", "body/p[2]", "body/p[4]", "body/p[6]",
    ]  # fmt: skip


def test_takes_headings_that_request_for_questions_where_headings_ask() -> None:
    blocks = [
        heading("Are visitors escorted?", 3), p(), heading("Describe fire protection.", 3), p(),
        heading("Is media destroyed?", 3), p(),
    ]  # fmt: skip
    assert locations(heading("Facilities"), *blocks) == ["body/p[1]", "body/p[3]", "body/p[5]"]


def test_takes_headings_that_request_for_titles_where_headings_are_titles() -> None:
    blocks = [heading("Describe the service"), p("1. Who runs it?"), p(), p("2. Where does it run?"), p()]
    assert [question.section for question in reading(*blocks).questions] == ["Describe the service"] * 2


def test_counts_the_numbers_that_word_puts_before_questions() -> None:
    blocks = [
        p("Are events logged?", listed=True, list_id=2),
        p("Are they reviewed?", listed=True, list_id=2, level=1),
        p("Are they kept?", listed=True, list_id=2, level=1),
        p("Describe the alerts.", listed=True, list_id=2),
        p("Who gets them?", listed=True, list_id=3),
        p("Are they tested?", listed=True, list_id=4),
    ]
    assert [question.number for question in reading(*blocks).questions] == ["1", "1.1", "1.2", "2", "A", "7"]


def test_takes_bullets_below_a_numbered_question_for_parts_of_it() -> None:
    blocks = [
        p("Is access reviewed?", listed=True, list_id=2),
        p("Describe the reviews:", listed=True, list_id=2),
        p("responsible role,", listed=True),
        p("how often they take place.", listed=True),
        p("Are leavers removed?", listed=True, list_id=2),
    ]
    assert outline(reading(*blocks)) == [
        "1 Is access reviewed? @ p[0] -> text p[0] after",
        "2 Describe the reviews: @ p[1] -> text p[1] after",
        "3 Are leavers removed? @ p[4] -> text p[4] after",
    ]


def test_leaves_out_the_talk_of_a_letter_around_its_list_of_questions() -> None:
    listed = [p(text, listed=True) for text in ("Do you use MFA?", "Who approves access?", "Are leavers removed?")]
    closing = p("Thank you for your time. Shall we meet in spring?")
    assert locations(p("Dear supplier,"), *listed, closing, p("Kind regards")) == [
        "body/p[1]",
        "body/p[2]",
        "body/p[3]",
    ]


def test_keeps_a_question_behind_a_sentence_where_the_others_stand_in_no_list() -> None:
    blocks = [p("Is access reviewed?"), p("Data is stored by you. Is it encrypted?"), p("Who holds the keys?")]
    assert locations(*blocks) == ["body/p[0]", "body/p[1]", "body/p[2]"]


def test_keeps_a_plain_question_below_a_list() -> None:
    listed = [p(text, listed=True) for text in ("Do you use MFA?", "Who approves access?", "Are leavers removed?")]
    assert locations(*listed, p("Is there anything else that we should know?"))[-1] == "body/p[3]"


BULLETS = (p("Have you had a breach?", listed=True), p("Is there a recovery plan?", listed=True))
MANY = ASKED * 2


def test_keeps_a_section_that_is_a_list_of_questions_in_a_form_that_gives_all_others_their_place() -> None:
    closing = [p(), p("Thank you for your help.")]
    found = reading(heading("Logging"), *MANY, heading("Incidents"), *BULLETS, *closing)
    assert outline(found)[8:] == [
        "Have you had a breach? @ p[18] -> text p[18] after",
        "Is there a recovery plan? @ p[19] -> text p[19] after",
    ]


@pytest.mark.parametrize("head", ["Before you return this questionnaire", "Instructions"])
def test_leaves_out_a_list_of_questions_about_the_form_itself(head: str) -> None:
    assert len(locations(heading("Logging"), *MANY, heading(head), *BULLETS)) == 8


def test_leaves_out_a_list_of_questions_in_a_section_that_gives_others_their_place() -> None:
    assert len(locations(heading("Logging"), *MANY, p("What a good answer covers"), *BULLETS)) == 8


SIGNING = (
    p("Place: ________"),
    p("Signature: ________"),
    p("Printed name and title: ________"),
    p(),
    p("At ____ on the ____ of ____ 20__"),
)


def test_leaves_the_lines_around_a_signature_at_the_end_to_whoever_signs() -> None:
    found = reading(p("Company: ________"), heading("Logging"), *ASKED, heading("Affidavit"), *SIGNING)
    assert found.questions[0].text == "Company:"
    assert len(found.questions) == 5
    assert {s.reason for s in found.skipped} == {
        "to be signed by a person",
        "to be filled in by the person who signs",
    }


def test_keeps_the_lines_around_a_signature_on_the_first_page() -> None:
    assert "Printed name and title:" in [q.text for q in reading(*SIGNING, heading("Logging"), *ASKED).questions]


@pytest.mark.parametrize("lines", [("Signed by:", "Name in capitals:", "Date:"), ("Unterschrift:", "Ort, Datum:")])
def test_leaves_labels_to_write_behind_beside_that_of_a_signature_to_whoever_signs(lines: tuple[str, ...]) -> None:
    assert len(locations(heading("Logging"), *ASKED, heading("Last page"), *map(p, lines))) == 4


def test_keeps_lines_of_another_group_before_a_signature() -> None:
    facts = [p("Recovery time: ________"), p("Recovery point: ________"), p()]
    found = reading(heading("Logging"), *ASKED, *facts, *SIGNING)
    assert [q.text for q in found.questions][4:] == ["Recovery time:", "Recovery point:"]


@pytest.mark.parametrize(
    "text",
    ["Firmware must be signed and the signature verified.", "Antivirus signature update interval", "Signed packages"],
)
def test_takes_no_control_that_speaks_of_signing_for_a_line_to_sign(text: str) -> None:
    assert locations(table([text, ""])) == ["body/tbl[0]/tr[0]/tc[0]"]


@pytest.mark.parametrize(
    "text",
    [
        "Signature and date",
        "Signed on behalf of the supplier",
        "Date signed",
        "This form must be signed by a director.",
    ],
)
def test_leaves_a_line_to_sign_in_a_table_to_a_person(text: str) -> None:
    assert locations(table([text, ""])) == []
