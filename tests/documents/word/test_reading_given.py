"""Word forms that are filled in already: the answers are seen in their places, kept, and replaced on demand."""

import pytest

from assistant.documents.package import Package
from assistant.documents.word import differences, read, write
from assistant.filling import Entry
from assistant.questionnaire import FieldKind, Location
from tests.documents.word.making import cell, document, dropdown, heading, outline, p, r, reading, table


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("1. Do you log events?", "Response: We log all of them."),
        ("1. Describe your logging.", "Vendor response (max. 200 words): We log all of them."),
        ("1. Protokollieren Sie Ereignisse?", "Antwort: Wir protokollieren alle."),
        ("1. Journalisez-vous les accès ?", "Réponse : Oui, tous les accès."),
        ("Q1: Do you log events?", "A: We log all of them."),
        ("1. ログを取得していますか。", "回答:すべて取得しています。"),
    ],
)
def test_sees_an_answer_that_stands_behind_its_label(question: str, answer: str) -> None:
    found = reading(p(question), p(answer), p(), p("2. Do you keep logs?"), p("Answer:"), p())
    assert [field.location for q in found.questions for field in q.fields] == ["body/p[1]", "body/p[4]"]
    given = found.questions[0].fields[0].value
    assert given is not None
    assert answer.endswith(given)


def test_sees_a_remark_that_stands_behind_its_label_under_ticked_options() -> None:
    found = reading(p("1. Do you log events?"), p("☒ Yes  ☐ No"), p("Comments: We log all of them."))
    assert [(f.kind, f.value) for f in found.questions[0].fields] == [
        (FieldKind.MARK, "Yes"),
        (FieldKind.TEXT, "We log all of them."),
    ]


@pytest.mark.parametrize(
    "hint",
    [
        "Response: Please describe the process.",
        "Answer: Yes / No",
        "Comments: one page at most",
        "Answer: see this form",
    ],
)
def test_takes_no_hint_behind_a_label_for_an_answer(hint: str) -> None:
    found = reading(p("1. Do you log events?"), p(hint), p(), p("2. Do you keep logs?"), p())
    assert not any(field.value for q in found.questions for field in q.fields)


@pytest.mark.parametrize("above", [heading("Example"), heading("How to answer this form"), p("Example:")])
def test_leaves_out_an_example_with_its_answer(above: str) -> None:
    found = reading(
        above, p("Q: Are disks encrypted?"), p("A: Yes, all."), heading("Logging"), p("Q1: Do you log?"), p("A:")
    )
    assert [q.text for q in found.questions] == ["Do you log?"]


def test_replaces_an_answer_behind_its_label_and_nothing_else() -> None:
    old = p(r("Answer: ", "<w:b/>") + r("We log\nall") + r(" of them."))
    package = Package(document(p("1. Do you log events?"), old, p("2. Do you keep logs?"), p("Answer:")))
    field = read(package).questions[0].fields[0]
    entries = [Entry(field, "All events\nof all systems.")]
    done = Package(write(package, entries))
    assert differences(package, done, {field.location}, entries) == []
    assert outline(read(done)) == [
        '1 Do you log events? @ p[0] -> text p[1] = "All events\\nof all systems."',
        "2 Do you keep logs? @ p[2] -> text p[3]",
    ]
    assert differences(package, Package(document(p("1. Do you log events?"), p("All."))), {field.location}) != []


def places(*blocks: str) -> list[tuple[str, str | None]]:
    return [(field.location, field.value) for q in reading(*blocks).questions for field in q.fields]


def test_sees_an_answer_in_a_table_whose_siblings_have_their_place_there() -> None:
    asked = [table(["1. Do you log events?"], ["Our store has them."]), table(["2. Do you keep logs?"], [""])]
    assert places(*asked) == [("body/tbl[0]/tr[1]/tc[0]", "Our store has them."), ("body/tbl[1]/tr[1]/tc[0]", None)]


def test_takes_no_hint_in_a_table_that_has_its_place_for_an_answer() -> None:
    asked = [
        table(["1. Do you log events?"], ["All systems count."], [""]),
        table(["2. Do you keep logs?"], [""], [""]),
        table(["3. Do you read logs?"], [""], [""]),
    ]
    assert ("body/tbl[0]/tr[2]/tc[0]", None) in places(*asked)
    assert not any(value for _, value in places(*asked))


def test_sees_the_answers_of_tables_that_are_all_filled_in() -> None:
    answers = ("Yes, centrally.", "We keep them for a year.", "Yes.")
    asked = [table([f"{at}. Do you log at {at}?"], [answer]) for at, answer in enumerate(answers, 1)]
    assert [value for _, value in places(*asked)] == list(answers)


def test_sees_an_answer_beside_its_label_under_a_question() -> None:
    asked = table(["Q1", "Do you log events?"], ["Answer", "To a central store."])
    assert places(asked) == [("body/tbl[0]/tr[1]/tc[1]", "To a central store.")]


def test_leaves_boxes_of_text_alone_that_ask_nothing() -> None:
    assert places(table(["Scope"], ["The hosted service."]), table(["Purpose"], ["To know our vendors."])) == []


def test_asks_in_the_column_that_is_whole_beside_one_filled_in_here_and_there() -> None:
    head = [cell(text, shade="203864") for text in ("Certificate", "Held?", "Valid until")]
    rows = [["ISO 27001", "☒ Yes ☐ No", "Until the audit in June next year."], ["SOC 2", "☐ Yes ☐ No", ""]]
    assert [q.text for q in reading(table(head, *rows)).questions] == ["ISO 27001", "SOC 2"]


def test_keeps_asking_in_a_column_of_requests_with_gaps() -> None:
    rows = [["Access", "Do you review rights?", ""], ["Data", "", ""], ["Keys", "Do you rotate keys?", ""]]
    found = reading(table(["Domain", "What we look at", "Answer"], *rows))
    assert [q.text for q in found.questions] == ["Do you review rights?", "Do you rotate keys?"]


def test_sees_remarks_in_some_rows_beside_a_list_to_choose_from() -> None:
    level = dropdown("Met", "Not met")
    rows = [["602.2 Features", level, "All of them."], ["602.4 Formats", level, ""]]
    found = places(table(["Criteria", "Conformance level", "Remarks"], *rows))
    assert ("body/tbl[0]/tr[1]/tc[2]", "All of them.") in found
    assert ("body/tbl[0]/tr[2]/tc[2]", None) in found


def test_reads_a_matrix_of_which_a_few_cells_are_filled_in() -> None:
    rows = [["Web", "AES-256", "", ""], ["Database", "", "", ""], ["Backup", "", "", ""]]
    found = reading(table(["Service", "At rest", "In transit", "Key owner"], *rows))
    assert [q.text for q in found.questions] == ["Web", "Database", "Backup"]


ASKED = ("1. Do you log events?", "2. Who reads the logs?", "3. How long are they kept?", "4. Are clocks in step?")


@pytest.mark.parametrize("place", ["", "[Response]", "__________"])
def test_sees_an_answer_in_a_line_where_the_other_questions_have_their_place(place: str) -> None:
    lines = [p(line) for question in ASKED for line in (question, place)]
    lines[3] = p("Our security team, every day.")
    assert places(*lines) == [
        ("body/p[1]", None),
        ("body/p[3]", "Our security team, every day."),
        ("body/p[5]", None),
        ("body/p[7]", None),
    ]


def test_sees_answers_under_questions_set_as_headings() -> None:
    asked = ("Are events logged?", "Describe who reads the logs.", "Are clocks in step?", "Are logs kept?", "Where?")
    lines = [block for question in asked for block in (heading(question, 3), p())]
    lines[1] = p("Yes, everywhere.")
    assert [place for place, _ in places(*lines)] == [f"body/p[{at}]" for at in (1, 3, 5, 7, 9)]


def test_takes_a_line_above_the_blank_of_its_question_for_a_hint() -> None:
    lines = [p(line) for question in ASKED for line in (question, "")]
    lines.insert(1, p("All systems count."))
    assert places(*lines)[0] == ("body/p[2]", None)


def test_takes_no_line_under_a_question_of_another_make_for_an_answer() -> None:
    talk = [p("Why do we ask?"), p("The regulator wants to know.")]
    found = reading(*talk, *(p(line) for question in ASKED for line in (question, "[Response]")))
    assert [q.location for q in found.questions] == [f"body/p[{at}]" for at in (2, 4, 6, 8)]


def test_replaces_an_answer_that_fills_its_line() -> None:
    package = Package(document(p("1. Do you log?"), p("Yes, we do."), p("2. Do you encrypt?"), p("We do\nso.")))
    fields = [q.fields[0] for q in read(package).questions]
    entries = [Entry(fields[1], "With AES-256.")]
    done = Package(write(package, entries))
    assert differences(package, done, {field.location for field in fields}, entries) == []
    assert "With AES-256." in done.part("word/document.xml").decode()
    assert "so." not in done.part("word/document.xml").decode()


def test_lets_nobody_replace_words_of_the_form_for_an_answer() -> None:
    before = document(p("1. Do you log?"), p("All systems count."), p("____"))
    after = document(p("1. Do you log?"), p("Not all systems do."), p("____"))
    found = differences(Package(before), Package(after), {Location("body/p[1]")})
    assert found == ["the form's own words changed at body/p[1]"]
