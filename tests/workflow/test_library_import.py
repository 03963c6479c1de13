"""Entries from files: whole or not at all, nothing of a customer, and from questionnaires only as proposals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant import statements
from assistant.errors import InputError, InvalidValueError, PermissionDeniedError, StatementFormatError
from assistant.layout import CellView, Part, PartKind, View
from assistant.questionnaire import AnswerField, FieldKind, Location, Question, Questionnaire
from assistant.statement import Audience, LibraryEntry
from assistant.workflow.importing import Importing
from assistant.workflow.pairs import Pair, chosen
from tests.workflow.conftest import House

ENTRIES = [
    LibraryEntry("Is there a dog?", "There is none.", "Parcel", choice="No"),
    LibraryEntry("Is there a cat?", "There is one.", audience=Audience.NDA, tags=("pets",)),
]


@pytest.fixture
def importing(house: House) -> Importing:
    return Importing(house.store, statements, house.documents, house.knowledge, house.library.shelf, house.clock)


def yaml(*entries: LibraryEntry) -> bytes:
    return statements.dump_library(entries or ENTRIES).encode()


@pytest.mark.parametrize("form", ["yaml", "csv"])
def test_what_is_exported_is_taken_in_again(house: House, importing: Importing, form: str) -> None:
    assert importing.take(house.reviewer, "library.yaml", yaml(), proposed=False) == (2, 2)
    exported = b"".join(importing.export(house.reviewer, form))
    assert importing.take(house.reviewer, f"library.{form}", exported, proposed=False) == (0, 2)
    assert house.library.all() == ENTRIES


def test_a_faulty_file_changes_nothing(house: House, importing: Importing) -> None:
    with pytest.raises(StatementFormatError, match=r"library\.yaml:\d+"):
        importing.take(house.reviewer, "library.yaml", yaml() + b"- question: And?\n", proposed=False)
    assert house.library.all() == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("library.csv", "question,answer\nÄ?,x\n".encode("latin-1"), "library.csv:2: .*UTF-8"),
        ("library.pdf", b"x", "no library file"),
        ("library.yaml", yaml(replace(ENTRIES[0], product="Crate")), "library.yaml:1: .*Crate"),
        ("library.yaml", yaml(replace(ENTRIES[0], answer="As told ACME.")), "library.yaml:1: .*Acme"),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_line(
    house: House, importing: Importing, name: str, content: bytes, told: str
) -> None:
    house.upload(customer="Acme")
    with pytest.raises(InputError, match=told):
        importing.take(house.reviewer, name, content, proposed=False)
    assert house.library.all() == []


def test_entries_may_come_as_proposals(house: House, importing: Importing) -> None:
    importing.take(house.reviewer, "library.yaml", yaml(), proposed=True)
    assert house.library.all() == []
    assert house.library.entry(house.reviewer, 1).proposed
    assert [event.action for event in house.library.history(house.reviewer, 1)] == ["proposed"]


def test_only_who_keeps_the_library_imports_and_exports(house: House, importing: Importing) -> None:
    for person in (house.sales, house.expert):
        with pytest.raises(PermissionDeniedError):
            importing.take(person, "library.yaml", yaml(), proposed=False)
        with pytest.raises(PermissionDeniedError):
            importing.export(person, "yaml")


def test_a_completed_questionnaire_gives_its_answered_questions(house: House, importing: Importing) -> None:
    def field(kind: FieldKind, place: str, value: str | None) -> AnswerField:
        return AnswerField(kind, Location(place), value=value)

    def inspect(file: bytes, name: str = "") -> Questionnaire:
        return Questionnaire(
            "xlsx",
            (
                Question(
                    "Disks?",
                    Location("S!B2"),
                    (
                        field(FieldKind.CHOICE, "S!C2", "yes"),
                        field(FieldKind.TEXT, "S!D2", "They are."),
                        field(FieldKind.TEXT, "S!E2", "See the report."),
                    ),
                    number="1",
                ),
                Question("Open?", Location("S!B3"), (field(FieldKind.TEXT, "S!D3", None),)),
                Question("Name", Location("S!B4"), (field(FieldKind.TEXT, "S!D4", "Parcel"),), label=True),
                Question("Where?", Location("body/tbl[0]/tr[1]/tc[0]"), (
                    field(FieldKind.TEXT, "body/tbl[0]/tr[1]/tc[1]", "Here."),
                )),
            ),
        )  # fmt: skip

    house.documents.inspect = inspect  # type: ignore[method-assign]
    disks, where = importing.pairs(house.expert, "old.xlsx", b"file")
    values = (("column C", "yes"), ("column D", "They are."), ("column E", "See the report."))
    assert disks == Pair("S", "1", "Disks?", values, ("column C",), ("column D", "column E"))
    assert (where.part, where.values) == ("table 1", (("column 2", "Here."),))
    assert chosen(disks, None, None) == ("Yes", "They are.")
    assert chosen(disks, "", "column E") == ("", "See the report.")


def test_columns_go_by_their_headings_and_those_without_a_place_are_there_to_choose(
    house: House, importing: Importing
) -> None:
    def cell(place: str, row: int, column: int, text: str) -> CellView:
        return CellView(Location(f"S!{place}"), row, column, text)

    rows = (("No.", "Question", "Met", "How, and since when"), ("1", "Disks?", "yes", "They are."))
    grid = [cell(f"{'ABCD'[c]}{r}", r, c + 1, text) for r, row in enumerate(rows, 1) for c, text in enumerate(row)]
    field = AnswerField(FieldKind.CHOICE, Location("S!C2"), value="yes")
    question = Question("Disks?", Location("S!B2"), (field,), number="1")
    house.documents.inspect = lambda file, name="": Questionnaire("xlsx", (question,))  # type: ignore[method-assign]
    house.documents.view = lambda file, name="": View((Part("S", "S", PartKind.SHEET, tuple(grid)),))  # type: ignore[method-assign]
    (pair,) = importing.pairs(house.expert, "old.xlsx", b"file")
    assert pair.values == (("column C: Met", "yes"), ("column D: How, and since when", "They are."))
    assert (pair.choices, pair.texts, pair.answered) == (("column C: Met",), (), True)
    assert chosen(pair, None, None) == ("Yes", "")
    assert chosen(pair, None, "column D: How, and since when") == ("Yes", "They are.")


def test_a_questionnaire_without_answers_is_told_with_what_to_do(house: House, importing: Importing) -> None:
    with pytest.raises(InputError, match="put right there"):
        importing.pairs(house.expert, "new.xlsx", b"questions\nDisks?")


def test_pairs_become_proposals_once(house: House, importing: Importing) -> None:
    pairs = [replace(entry, product="Parcel", audience=Audience.NDA) for entry in ENTRIES]
    assert importing.propose(house.expert, "old.xlsx", "Acme", pairs) == 2
    assert importing.propose(house.expert, "old.xlsx", "Acme", pairs) == 0
    assert house.library.all() == []
    event = house.library.history(house.reviewer, 1)[0]
    assert event.after is not None
    assert (event.action, event.after["from"]) == ("proposed", "old.xlsx")


def test_the_same_said_of_another_product_or_deployment_is_another_proposal(house: House, importing: Importing) -> None:
    pair = replace(ENTRIES[0], deployments=frozenset({"cloud"}))
    assert importing.propose(house.sales, "old.xlsx", "Acme", [pair]) == 1
    other = replace(pair, deployments=frozenset({"on-premise"}))
    assert importing.propose(house.sales, "old.xlsx", "Acme", [pair, other, replace(pair, product="")]) == 2


def test_pairs_that_name_a_customer_are_refused_together(house: House, importing: Importing) -> None:
    house.upload(customer="Globex")
    pairs = [ENTRIES[0], replace(ENTRIES[1], answer="As Initech and Globex know.")]
    assert importing.named(house.sales, "Initech", ["None.", pairs[1].answer]) == [[], ["Initech", "Globex"]]
    assert importing.named(house.expert, "Initech", [pairs[1].answer]) == [["Initech", "a customer (“globex”)"]]
    with pytest.raises(InvalidValueError, match="Globex and Initech"):
        importing.propose(house.sales, "old.xlsx", "Initech", pairs)
    with pytest.raises(InvalidValueError, match="Pair 1"):
        importing.propose(house.expert, "old.xlsx", "Initech", [replace(ENTRIES[0], question="")])
