"""Statements to confirm, each with a box of its own, told from the options of one question."""

import pytest

from assistant.documents.package import Package
from assistant.documents.word import read, write
from assistant.filling import Entry
from tests.documents.word.making import checkbox, document, heading, outline, p, r, reading, table

STATEMENTS = ("We enforce a second factor for all staff.", "Access rights are reviewed every quarter.")


@pytest.mark.parametrize("above", [[], [heading("Access")], [heading("Access"), p("This part is about staff.")]])
def test_asks_each_statement_beside_a_box_that_no_line_leads_in_to(above: list[str]) -> None:
    found = reading(*above, *(p(f"☐ {statement}") for statement in STATEMENTS))
    at = len(above)
    assert outline(found) == [
        f"{STATEMENTS[0]} @ p[{at}] -> mark Yes@p[{at}]",
        f"{STATEMENTS[1]} @ p[{at + 1}] -> mark Yes@p[{at + 1}]",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2. ☐ Backups are encrypted.", "2 Backups are encrypted."),
        ("All of our backups are encrypted. ☐", "All of our backups are encrypted."),
        ("□ バックアップは暗号化しています。", "バックアップは暗号化しています。"),
        (checkbox() + r(" Backups are tested twice a year."), "Backups are tested twice a year."),
    ],
)
def test_reads_a_statement_on_either_side_of_its_box(line: str, said: str) -> None:
    assert outline(reading(heading("Backups"), p(line))) == [f"{said} @ p[1] -> mark Yes@p[1]"]


def test_asks_statements_beside_boxes_inside_cells() -> None:
    found = reading(table(*([f"☐ {statement}"] for statement in STATEMENTS)))
    assert [q.text for q in found.questions] == list(STATEMENTS)


@pytest.mark.parametrize(
    "above", ["Which holds for you?", "We confirm:", "1. Access control", "Select the statement that fits best."]
)
def test_keeps_statements_as_options_of_the_line_that_leads_in_to_them(above: str) -> None:
    found = reading(heading("Access"), p(above), *(p(f"☐ {statement}") for statement in STATEMENTS))
    assert len(found.questions) == 1
    assert len(found.questions[0].fields[0].marks) == 2


@pytest.mark.parametrize(
    "lines",
    [
        ("Yes, it is in place for all.", "No, it is only planned so far."),
        ("Level 1: Access is granted ad hoc.", "Level 2: Access is granted by role."),
        ("ISO 27001", "SOC 2 Type II"),
    ],
)
def test_keeps_what_begins_like_an_answer_as_options_of_the_heading(lines: tuple[str, str]) -> None:
    found = reading(heading("Access control"), *(p(f"☐ {line}") for line in lines))
    assert [len(q.fields[0].marks) for q in found.questions] == [2]


def test_ticks_the_box_of_a_statement() -> None:
    package = Package(document(heading("Access"), *(p(f"☐ {statement}") for statement in STATEMENTS)))
    done = Package(write(package, [Entry(read(package).questions[1].fields[0], "Yes")]))
    assert [q.fields[0].value for q in read(done).questions] == [None, "Yes"]
