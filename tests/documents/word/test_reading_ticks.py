"""Tables whose columns of boxes alone have a name; what is asked stands before them without one."""

import pytest

from tests.documents.word.making import cell, legacy_checkbox, legacy_text, outline, p, reading, table

BOX = p(legacy_checkbox())


def across(words: str, *inputs: str) -> str:
    """Return a cell over three columns."""
    return cell(p(words) + "".join(map(p, inputs)), span=3)


@pytest.mark.parametrize("box", [BOX, "☐", ""], ids=["fields", "characters", "blank cells"])
def test_takes_the_words_before_named_columns_of_boxes_for_the_questions(box: str) -> None:
    found = reading(
        table(["", "", "Yes", "No"], ["2.1", "Do you hold card data?", box, box], ["2.2", "Is it encrypted?", box, box])
    )
    assert outline(found) == [
        "2.1 Do you hold card data? @ tbl[0]/tr[1]/tc[1] -> mark Yes@tbl[0]/tr[1]/tc[2] No@tbl[0]/tr[1]/tc[3]",
        "2.2 Is it encrypted? @ tbl[0]/tr[2]/tc[1] -> mark Yes@tbl[0]/tr[2]/tc[2] No@tbl[0]/tr[2]/tc[3]",
    ]


def test_sees_such_a_table_after_its_first_row_was_ticked() -> None:
    found = reading(table(["", "", "Yes", "No"], ["1", "Do you keep logs?", "X", ""], ["2", "For a year?", "", "X"]))
    assert [(q.number, q.fields[0].value) for q in found.questions] == [("1", "Yes"), ("2", "No")]


def test_takes_any_short_words_over_columns_of_boxes_for_their_names_at_each_section() -> None:
    found = reading(
        table(
            ["Zugriff", "", "vorhanden", "in Arbeit"],
            ["1", "Werden Zugriffe protokolliert?", BOX, BOX],
            ["Netze", "", "vorhanden", "in Arbeit"],
            ["2", "Sind Netze getrennt?", BOX, BOX],
        )
    )
    assert [(q.number, q.text, [label for label, _ in q.fields[0].marks]) for q in found.questions] == [
        ("1", "Werden Zugriffe protokolliert?", ["vorhanden", "in Arbeit"]),
        ("2", "Sind Netze getrennt?", ["vorhanden", "in Arbeit"]),
    ]


def test_asks_nothing_where_only_codes_stand_beside_the_boxes() -> None:
    codes = [[f"Requirement {number}:", BOX, BOX, BOX, BOX] for number in (2, 6, 8)]
    found = reading(table([cell("Tick what was found for each.", span=5)], ["", "In", "Partly", "Out", "Void"], *codes))
    assert not found.questions


def test_gives_a_line_across_the_table_to_the_question_above_it() -> None:
    found = reading(
        table(
            ["", "", "Yes", "No"],
            ["1", "Is malware detected?", BOX, BOX],
            ["", across("Please state the name of the product:", legacy_text())],
            ["2", "Is old software in use?", BOX, BOX],
            ["", across("If yes, how is it kept apart?", legacy_text())],
            ["", across("If yes, until when?", legacy_text())],
            ["3", across("State the number of records:", legacy_text())],
        )
    )
    assert [line.partition(" -> ")[::2] for line in outline(found)] == [
        (
            "1 Is malware detected? @ tbl[0]/tr[1]/tc[1]",
            "mark Yes@tbl[0]/tr[1]/tc[2] No@tbl[0]/tr[1]/tc[3]; text tbl[0]/tr[2]/tc[1]/p[1]",
        ),
        (
            "2 Is old software in use? @ tbl[0]/tr[3]/tc[1]",
            "mark Yes@tbl[0]/tr[3]/tc[2] No@tbl[0]/tr[3]/tc[3]; text tbl[0]/tr[4]/tc[1]/p[1]",
        ),
        ("If yes, until when? @ tbl[0]/tr[5]/tc[1]", "text tbl[0]/tr[5]/tc[1]/p[1]"),
        ("3 State the number of records: @ tbl[0]/tr[6]/tc[1]", "text tbl[0]/tr[6]/tc[1]/p[1]"),
    ]


def test_puts_what_leads_in_before_each_item_below_it() -> None:
    found = reading(
        table(
            ["", "", "Yes", "No"],
            ["1", "Is data encrypted:", "", ""],
            ["a)", "at rest?", BOX, BOX],
            ["b)", "in transit?", BOX, BOX],
            ["2", "Are keys rotated?", BOX, BOX],
        )
    )
    assert [(q.number, q.text) for q in found.questions] == [
        ("a)", "Is data encrypted: at rest?"),
        ("b)", "Is data encrypted: in transit?"),
        ("2", "Are keys rotated?"),
    ]
    assert "leads in to the rows below" in {skip.reason for skip in found.skipped}


def test_takes_a_row_of_a_few_words_without_boxes_for_a_title() -> None:
    found = reading(
        table(
            ["", "", "Yes", "No"],
            ["", "Access control", "", ""],
            ["1", "Are accounts reviewed?", BOX, BOX],
            ["2", "Are passwords hashed?", BOX, BOX],
        )
    )
    assert [(q.text, q.section) for q in found.questions] == [
        ("Are accounts reviewed?", "Access control"),
        ("Are passwords hashed?", "Access control"),
    ]


def test_does_not_read_a_block_to_sign_as_the_end_of_a_table_to_tick() -> None:
    found = reading(
        table(["", "", "Yes", "No"], ["1", "Do you keep logs?", BOX, BOX], ["2", "Are they reviewed?", BOX, BOX]),
        p("I declare that the above is true."),
        table(["Signed", "", "Name", ""], ["Position", "", "Date", ""]),
    )
    assert [q.text for q in found.questions] == ["Do you keep logs?", "Are they reviewed?"]
