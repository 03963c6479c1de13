"""Tables without a header row: what stands beside and below each text."""

import pytest

from tests.documents.word.making import (
    cell,
    checkbox,
    control,
    heading,
    legacy_text,
    outline,
    p,
    r,
    reading,
    table,
)


def test_takes_labels_beside_blanks_also_two_pairs_in_a_row() -> None:
    found = reading(table(["Company name:", "", "Date:", ""], ["Contact:", "", "Email:", p(legacy_text())]))
    assert outline(found) == [
        "Company name: @ tbl[0]/tr[0]/tc[0] -> text tbl[0]/tr[0]/tc[1]",
        "Date: @ tbl[0]/tr[0]/tc[2] -> text tbl[0]/tr[0]/tc[3]",
        "Contact: @ tbl[0]/tr[1]/tc[0] -> text tbl[0]/tr[1]/tc[1]",
        "Email: @ tbl[0]/tr[1]/tc[2] -> text tbl[0]/tr[1]/tc[3]",
    ]
    assert all(question.label for question in found.questions)


def test_keeps_values_beside_labels() -> None:
    found = reading(table(["Company name:", "Acme"], ["Website:", ""]))
    assert [q.fields[0].value for q in found.questions] == ["Acme", None]


def test_takes_labels_above_one_blank_row() -> None:
    found = reading(table(["Company", "Contact"], ["", ""]))
    assert [(q.text, q.fields[0].location) for q in found.questions] == [
        ("Company", "body/tbl[0]/tr[1]/tc[0]"),
        ("Contact", "body/tbl[0]/tr[1]/tc[1]"),
    ]


def test_takes_the_row_under_a_question_row_for_its_answer() -> None:
    found = reading(table(["1.1", "Do you encrypt?"], ["", ""], ["1.2", "Do you log?"], ["", "Yes, all of it."]))
    assert outline(found) == [
        "1.1 Do you encrypt? @ tbl[0]/tr[0]/tc[1] -> text tbl[0]/tr[1]/tc[1]",
        '1.2 Do you log? @ tbl[0]/tr[2]/tc[1] -> text tbl[0]/tr[3]/tc[1] = "Yes, all of it."',
    ]


def test_takes_answer_rows_of_a_single_column() -> None:
    found = reading(table(["1. Do you encrypt?"], [""], ["2. Describe logging."], [""]))
    assert outline(found) == [
        "1 Do you encrypt? @ tbl[0]/tr[0]/tc[0] -> text tbl[0]/tr[1]/tc[0]",
        "2 Describe logging. @ tbl[0]/tr[2]/tc[0] -> text tbl[0]/tr[3]/tc[0]",
    ]


def test_takes_the_blank_lines_below_a_question_in_its_own_cell() -> None:
    found = reading(table(["1. Describe encryption.\n\n"], ["2. Describe logging.\n\n"]))
    assert outline(found) == [
        "1 Describe encryption. @ tbl[0]/tr[0]/tc[0]/p[0] -> text tbl[0]/tr[0]/tc[0]/p[1]",
        "2 Describe logging. @ tbl[0]/tr[1]/tc[0]/p[0] -> text tbl[0]/tr[1]/tc[0]/p[1]",
    ]


def test_takes_options_and_lines_inside_the_question_cell() -> None:
    inside = p("2. Do you log?") + p("☐ Yes ☐ No") + p("If yes, explain:") + p("________")
    found = reading(table([cell(inside)]))
    assert outline(found) == [
        "2 Do you log? @ tbl[0]/tr[0]/tc[0]/p[0] -> "
        "mark Yes@tbl[0]/tr[0]/tc[0]/p[1] No@tbl[0]/tr[0]/tc[0]/p[1]; text tbl[0]/tr[0]/tc[0]/p[3]"
    ]


def test_takes_boxes_and_a_field_in_the_cell_beside_the_question() -> None:
    beside = p() + p(r("☐ Yes   ☐ No")) + p() + p(legacy_text())
    found = reading(table(["Are any channels left out? If yes, say which.", cell(beside)]))
    assert outline(found) == [
        "Are any channels left out? If yes, say which. @ tbl[0]/tr[0]/tc[0] -> "
        "mark Yes@tbl[0]/tr[0]/tc[1]/p[1] No@tbl[0]/tr[0]/tc[1]/p[1]; text tbl[0]/tr[0]/tc[1]/p[3]"
    ]


def test_joins_boxes_with_labels_in_neighbouring_cells() -> None:
    found = reading(table(["Do you have a CISO?", "☐ Yes", "☐ No"], ["Do you log?", "☐ Yes", "☐ No"]))
    assert outline(found) == [
        "Do you have a CISO? @ tbl[0]/tr[0]/tc[0] -> mark Yes@tbl[0]/tr[0]/tc[1]/p[0] No@tbl[0]/tr[0]/tc[2]/p[0]",
        "Do you log? @ tbl[0]/tr[1]/tc[0] -> mark Yes@tbl[0]/tr[1]/tc[1]/p[0] No@tbl[0]/tr[1]/tc[2]/p[0]",
    ]


def test_makes_one_question_of_options_under_a_line_that_says_to_select_one() -> None:
    found = reading(
        table([cell("Select one:", span=2)], [p(checkbox()), "Compliant: all is met"], [p(checkbox()), "Non-compliant"])
    )
    assert outline(found) == [
        "Select one: @ tbl[0]/tr[0]/tc[0] -> "
        "mark Compliant: all is met@tbl[0]/tr[1]/tc[0] Non-compliant@tbl[0]/tr[2]/tc[0]"
    ]


def test_makes_a_question_of_each_statement_to_tick() -> None:
    found = reading(table([p(checkbox()), "We keep logs for a year."], [p(checkbox()), "We encrypt all data."]))
    assert outline(found) == [
        "We keep logs for a year. @ tbl[0]/tr[0]/tc[1] -> mark Yes@tbl[0]/tr[0]/tc[0]",
        "We encrypt all data. @ tbl[0]/tr[1]/tc[1] -> mark Yes@tbl[0]/tr[1]/tc[0]",
    ]
    assert not any(question.label for question in found.questions)


def test_leaves_sign_off_blocks_to_people() -> None:
    found = reading(heading("Declaration"), table(["Name:", ""], ["Signature:", ""], ["Date:", ""]))
    assert found.questions == ()
    assert {s.reason for s in found.skipped} == {"a sign-off, to be signed by a person"}


def test_leaves_what_is_for_the_customer_alone() -> None:
    found = reading(
        heading("For internal use only"),
        table(["Risk rating", ""], ["Remarks", ""]),
        heading("Vendor"),
        table(["Final decision", ""], ["Decision owner", ""], ["Score", ""]),
        table(["Vendor name", ""]),
    )
    assert [q.text for q in found.questions] == ["Vendor name"]
    assert all(s.reason.startswith("for the customer's own use") for s in found.skipped)


def test_leaves_what_a_title_set_bold_gives_to_the_customer_alone() -> None:
    bold = p(r("Internal use only", "<w:b/>"))
    found = reading(table(["Vendor name", ""]), bold, table(["Assessor", "Result"], ["", ""]))
    assert [q.text for q in found.questions] == ["Vendor name"]


@pytest.mark.parametrize(
    "title",
    [
        "Controls for customer data",
        "Requirements for IT security",
        "Internal use of encryption",
        "Vulnerability scoring",
    ],
)
def test_a_title_that_only_speaks_of_customers_or_use_leaves_nothing_out(title: str) -> None:
    found = reading(heading(title), p("1. Do you encrypt?"), p())
    assert [q.text for q in found.questions] == ["Do you encrypt?"]


def test_an_instruction_to_use_something_leaves_nothing_out() -> None:
    found = reading(
        heading("Checklist"), p("Tick one box for each line. Use the last column."), p("1. Do you log?"), p()
    )
    assert [q.text for q in found.questions] == ["Do you log?"]


def test_a_form_is_never_for_the_customer_alone() -> None:
    found = reading(heading("For internal use only"), p("1. Do you encrypt?"), p())
    assert [q.text for q in found.questions] == ["Do you encrypt?"]


def test_leaves_a_list_inside_a_form_alone() -> None:
    found = reading(
        table(
            [cell("Do you use providers? ☐ Yes ☐ No", span=2)],
            ["Name of provider:", "Service:"],
            [p(legacy_text()), p(legacy_text())],
            [p(legacy_text()), p(legacy_text())],
        )
    )
    assert [q.text for q in found.questions] == ["Do you use providers?"]


def test_takes_labels_inside_an_answer_cell_for_its_places() -> None:
    found = reading(table(["1", "Do you encrypt?", "Response:\nEvidence:"]))
    assert outline(found) == [
        "1 Do you encrypt? @ tbl[0]/tr[0]/tc[1] -> text tbl[0]/tr[0]/tc[2]/p[0]; text tbl[0]/tr[0]/tc[2]/p[1]"
    ]


def test_takes_yes_and_no_printed_beside_a_question_for_a_choice() -> None:
    found = reading(table(["Do you log?", "Yes\nNo"], ["Do you encrypt?", "Yes / No"]))
    assert outline(found) == [
        "Do you log? @ tbl[0]/tr[0]/tc[0] -> choice tbl[0]/tr[0]/tc[1] Yes|No",
        "Do you encrypt? @ tbl[0]/tr[1]/tc[0] -> choice tbl[0]/tr[1]/tc[1] Yes|No",
    ]


def test_takes_boxes_with_their_labels_in_cells_beside_them() -> None:
    found = reading(table(["Do you log?", p(checkbox()), "Yes", p(checkbox(ticked=True)), "No"]))
    assert outline(found) == [
        'Do you log? @ tbl[0]/tr[0]/tc[0] -> mark Yes@tbl[0]/tr[0]/tc[1] No@tbl[0]/tr[0]/tc[3] = "No"'
    ]


def test_takes_a_check_box_control_around_a_cell_for_its_box() -> None:
    around = control(cell("☐"), '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>')
    found = reading(table(["Do you log?", around, "Yes", around, "No"]))
    assert outline(found) == ["Do you log? @ tbl[0]/tr[0]/tc[0] -> mark Yes@tbl[0]/tr[0]/tc[1] No@tbl[0]/tr[0]/tc[3]"]


def test_takes_cells_that_only_name_a_value_for_places_to_write_behind_the_name() -> None:
    found = reading(table(["Company name:", "Title:"], ["Address:", "Phone:"]))
    assert [(q.text, q.fields[0].location) for q in found.questions] == [
        ("Company name:", "body/tbl[0]/tr[0]/tc[0]/p[0]"),
        ("Title:", "body/tbl[0]/tr[0]/tc[1]/p[0]"),
        ("Address:", "body/tbl[0]/tr[1]/tc[0]/p[0]"),
        ("Phone:", "body/tbl[0]/tr[1]/tc[1]/p[0]"),
    ]


def test_gives_the_row_that_asks_for_details_to_the_question_above_it() -> None:
    found = reading(
        table(
            ["1", "Do you log?", "☐ Yes ☐ No"],
            [cell("If yes, please explain:", span=2), ""],
            ["2", "Do you encrypt?", "☐ Yes ☐ No"],
            [cell("Comments:", span=3)],
        )
    )
    assert [(q.text, q.text_field and q.text_field.location) for q in found.questions] == [
        ("Do you log?", "body/tbl[0]/tr[1]/tc[1]"),
        ("Do you encrypt?", "body/tbl[0]/tr[3]/tc[0]/p[0]"),
    ]


def test_takes_rows_numbered_as_answers_for_the_answers_of_the_questions_above_them() -> None:
    found = reading(table(["Q1", "Do you log?"], ["A1", ""], ["Q2", "Do you encrypt?"], ["A2", ""]))
    assert outline(found) == [
        "Q1 Do you log? @ tbl[0]/tr[0]/tc[1] -> text tbl[0]/tr[1]/tc[1]",
        "Q2 Do you encrypt? @ tbl[0]/tr[2]/tc[1] -> text tbl[0]/tr[3]/tc[1]",
    ]


def test_reads_answer_rows_under_a_header() -> None:
    found = reading(table(["No", "Question"], ["1", "Do you log?"], ["Answer", ""], ["2", "Why?"], ["Answer", ""]))
    assert outline(found) == [
        "1 Do you log? @ tbl[0]/tr[1]/tc[1] -> text tbl[0]/tr[2]/tc[1]",
        "2 Why? @ tbl[0]/tr[3]/tc[1] -> text tbl[0]/tr[4]/tc[1]",
    ]


def test_offers_no_text_field_that_ends_in_another_paragraph() -> None:
    whole = legacy_text("shown")
    begun, rest = whole.rsplit("<w:r><w:fldChar", 1)
    split = cell(f"<w:p>{begun}</w:p><w:p><w:r><w:fldChar{rest}</w:p>")
    found = reading(table(["Question", "Answer"], ["Do you log?", split], ["Do you patch?", ""]))
    assert [question.text for question in found.questions] == ["Do you patch?"]


def test_options_beside_a_question_that_spans_their_rows_are_one_group() -> None:
    asked = cell("If an assessor was involved, indicate the role:", merge="restart")
    found = reading(
        table(
            [asked, "☐ Performed the tests."],
            [cell(merge="continue"), cell(p("☐ Gave other help.") + p(r("If selected, describe: ") + legacy_text()))],
            ["Who approved it?", ""],
        )
    )
    assert outline(found) == [
        "If an assessor was involved, indicate the role: @ tbl[0]/tr[0]/tc[0] -> "
        "mark Performed the tests@tbl[0]/tr[0]/tc[1]/p[0] Gave other help@tbl[0]/tr[1]/tc[1]/p[0]; "
        "text tbl[0]/tr[1]/tc[1]/p[1]",
        "Who approved it? @ tbl[0]/tr[2]/tc[0] -> text tbl[0]/tr[2]/tc[1]",
    ]


@pytest.mark.parametrize("label", ["Ergänzende Angaben:", "Anything else", "Dalsze uwagi"])
def test_a_labelled_row_under_options_takes_the_words(label: str) -> None:
    options = [p(checkbox() + r(f" {name}")) for name in ("Alarm", "Guards")]
    found = reading(table([cell("Which measures guard the building?", span=2)], options, [label, ""]))
    assert [[field.kind for field in question.fields] for question in found.questions] == [["mark", "text"]]
    assert found.questions[0].fields[1].location == "body/tbl[0]/tr[2]/tc[1]"


def test_a_hint_between_a_question_and_its_blank_row_is_no_answer() -> None:
    rows = [["1. Do you encrypt?"], ["Name the algorithm used."], [""], ["2. Do you log?"], ["Say how long."], [""]]
    found = reading(table(*rows))
    assert [question.fields[0].location for question in found.questions] == [
        "body/tbl[0]/tr[2]/tc[0]",
        "body/tbl[0]/tr[5]/tc[0]",
    ]


def test_a_frame_inside_the_cell_beside_a_question_takes_the_answer() -> None:
    frame = table([""]) + p()
    found = reading(table(["1. Do you encrypt?", frame], ["2. Do you log?", frame]))
    assert [question.fields[0].location for question in found.questions] == [
        f"body/tbl[0]/tr[{row}]/tc[1]/tbl[0]/tr[0]/tc[0]" for row in (0, 1)
    ]


def test_boxes_behind_the_names_of_their_options_are_one_choice() -> None:
    found = reading(table(["Do you encrypt?", "Yes", "☐", "No", "☐"], ["Do you log?", "Yes", "☐", "No", "☐"]))
    assert (
        outline(found)[0] == "Do you encrypt? @ tbl[0]/tr[0]/tc[0] -> mark Yes@tbl[0]/tr[0]/tc[2] No@tbl[0]/tr[0]/tc[4]"
    )
    assert len(found.questions) == 2


def test_a_blank_row_below_the_name_of_the_answer_takes_it() -> None:
    found = reading(table(["1. Do you encrypt?"], ["Supplier response"], [""]))
    assert outline(found) == ["1 Do you encrypt? @ tbl[0]/tr[0]/tc[0] -> text tbl[0]/tr[2]/tc[0]"]


@pytest.mark.parametrize(
    "label",
    ["Other, please specify", "En caso afirmativo, indique cuál:", "In caso affermativo, quale?", "Zo ja, welke?"],
)
def test_a_row_for_what_follows_from_a_tick_takes_its_words(label: str) -> None:
    found = reading(table(["1. Do you encrypt?", "☐ Disk\n☐ Database"], [label, ""]))
    assert [[field.kind for field in question.fields] for question in found.questions] == [["mark", "text"]]
