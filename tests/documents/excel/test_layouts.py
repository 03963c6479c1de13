"""Where questions and answers are found, one layout a test."""

from __future__ import annotations

import pytest

from assistant.documents import fill, inspect
from assistant.filling import Entry
from assistant.layout import needs_a_look
from tests.documents.excel.books import Page, Value, asked, book, computed

ASK = (
    "Do you encrypt customer data at rest?",
    "Do you review access rights every quarter?",
    "Is there a documented incident response plan?",
    "Are backups tested at least once a year?",
    "Do subcontractors sign a confidentiality agreement?",
    "Has the service been tested for penetration by a third party?",
)


def test_a_header_row_names_question_answer_and_comments() -> None:
    file = book(
        Page(
            rows=[("ID", "Question", "Answer", "Comments"), *((f"Q{i}", q, "", "") for i, q in enumerate(ASK, 1))],
            lists={"C2:C7": '"Yes,No,N/A"'},
        )
    )
    assert asked(file) == [(f"B{row}", f"choice C{row} Yes|No|N/A", f"text D{row}") for row in range(2, 8)]
    assert [question.number for question in inspect(file).questions] == ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6"]


def test_a_block_of_facts_above_the_header_is_no_part_of_the_table() -> None:
    file = book(
        Page(
            rows=[
                ("Supplier security questionnaire",),
                ("Please answer all questions within ten working days and return this file to your contact.",),
                ("Issued by", "Example Bank plc"),
                ("Version", "3.1"),
                (),
                ("No.", "Requirement", "Compliant (Yes / No / Partial)", "Explanation"),
                *((i, f"The supplier shall {text}.", "", "") for i, text in enumerate(
                    ("encrypt data at rest", "review access rights", "test backups yearly"), 1)),
            ]
        )
    )  # fmt: skip
    assert asked(file) == [(f"B{row}", f"choice C{row} Yes|No|Partial", f"text D{row}") for row in (7, 8, 9)]


def test_header_words_repeated_at_every_section_make_one_table() -> None:
    head = ("Vendor Answers", "Additional Information", "Guidance")
    file = book(
        Page(
            rows=[
                ("Documentation", None, *head),
                ("DOC-1", ASK[0]), ("DOC-2", ASK[1]),
                ("Company", None, *head),
                ("COM-1", ASK[2]), ("COM-2", "Describe your company and its owners."), ("COM-3", ASK[3]),
            ],
            lists={"C2:C3": '"Yes,No"', "C5": '"Yes,No"', "C7": '"Yes,No"'},
            merges=["A1:B1", "A4:B4", "C6:D6"],
        )
    )  # fmt: skip
    assert asked(file) == [
        ("B2", "choice C2 Yes|No", "text D2"),
        ("B3", "choice C3 Yes|No", "text D3"),
        ("B5", "choice C5 Yes|No", "text D5"),
        ("B6", "text C6"),
        ("B7", "choice C7 Yes|No", "text D7"),
    ]
    assert [question.section for question in inspect(file).questions][::3] == ["Documentation", "Company"]


def test_tick_columns_stand_under_a_merged_heading_of_two_rows() -> None:
    file = book(
        Page(
            rows=[
                ("Control ID", "Question", "Answer", None, None, "Notes"),
                (None, None, "Yes", "No", "Not Applicable", None),
                *((f"AC-{i:02}", q) for i, q in enumerate(ASK, 1)),
            ],
            merges=["A1:A2", "B1:B2", "C1:E1", "F1:F2"],
        )
    )
    assert asked(file)[0] == ("B3", "mark Yes=C3 No=D3 Not Applicable=E3", "text F3")
    assert len(asked(file)) == 6


def test_section_rows_are_left_out_and_become_the_section() -> None:
    file = book(
        Page(
            rows=[
                ("#", "Question", "Response", "Remarks"),
                ("1", "Access control"), ("1.1", ASK[1]), ("1.2", ASK[4]),
                ("2", "Cryptography"), ("2.1", ASK[0]), ("2.2", ASK[3]),
            ],
            bold=["A2", "B2", "A5", "B5"],
            filled=["A2", "B2", "C2", "D2", "A5", "B5", "C5", "D5"],
        )
    )  # fmt: skip
    found = inspect(file)
    assert [str(question.location) for question in found.questions] == [f"Questions!B{row}" for row in (3, 4, 6, 7)]
    assert [question.section for question in found.questions] == ["Access control"] * 2 + ["Cryptography"] * 2
    assert {str(skip.location): skip.text for skip in found.skipped} == {
        "Questions!B2": "Access control", "Questions!B5": "Cryptography",
    }  # fmt: skip


def test_questions_that_are_formulas_are_read_by_their_stored_results() -> None:
    file = book(
        Page(
            rows=[("ID", "Question", "Answer", "Comments"), *((f"Q{i}", f"=A{i + 1}", "", "") for i in range(1, 5))],
            lists={"C2:C5": '"Yes,No"'},
        )
    )
    stored = computed(file, {f"B{row}": ASK[row - 2] for row in range(2, 6)})
    assert asked(stored) == [(f"B{row}", f"choice C{row} Yes|No", f"text D{row}") for row in range(2, 6)]
    assert [question.text for question in inspect(stored).questions] == list(ASK[:4])


def test_an_answer_that_is_computed_is_no_place_for_an_answer() -> None:
    file = book(Page(rows=[("ID", "Question", "Answer", "Comments"), ("1", ASK[0], "=1", ""), ("2", ASK[1], "", "")]))
    assert asked(file) == [("B2", "text D2"), ("B3", "choice C3", "text D3")]


def test_an_analysts_sheet_that_repeats_the_questions_is_left_out() -> None:
    rows = [("ID", "Question", "Answer", "Comments"), *((f"Q{i}", q, "", "") for i, q in enumerate(ASK, 1))]
    copy = [
        ("ID", "Question", "Vendor answer", "Analyst rating"),
        *((f"Q{i}", q, "", "") for i, q in enumerate(ASK, 1)),
    ]
    file = book(
        Page("Vendor", rows, lists={"C2:C7": '"Yes,No"'}),
        Page("Analyst report", copy, lists={"D2:D7": '"Compliant,Non-compliant"'}),
    )
    assert {str(question.location).partition("!")[0] for question in inspect(file).questions} == {"Vendor"}


def test_two_sheets_that_ask_the_same_on_equal_terms_both_stay() -> None:
    rows = [("ID", "Question", "Answer", "Comments"), *((f"Q{i}", q, "", "") for i, q in enumerate(ASK, 1))]
    file = book(Page("Site A", rows), Page("Site B", rows))
    assert len(asked(file)) == 12


def test_hidden_sheets_and_hidden_columns_ask_nothing() -> None:
    rows = [
        ("ID", "Question", "Answer", "Internal comment", "Comments"),
        *((f"{i}", q, "", "", "") for i, q in enumerate(ASK)),
    ]
    file = book(Page(rows=rows, hidden_columns="D"), Page("Backend", rows, hidden=True))
    assert asked(file) == [(f"B{row}", f"choice C{row}", f"text E{row}") for row in range(2, 8)]


def test_hidden_rows_still_ask() -> None:
    rows = [("ID", "Question", "Answer", "Comments"), *((f"Q{i}", q, "", "") for i, q in enumerate(ASK, 1))]
    assert len(asked(book(Page(rows=rows, hidden_rows=[3, 4])))) == 6


def test_protection_tells_answer_cells_where_no_header_does() -> None:
    file = book(
        Page(
            rows=[("Our questions to you",), *((f"{i}", q, None, "filled by us") for i, q in enumerate(ASK, 1))],
            protected=True,
            open=["C2:C7"],
        )
    )
    assert asked(file) == [(f"B{row}", f"text C{row}") for row in range(2, 8)]


def test_a_sheet_that_is_locked_as_a_whole_is_left_out_where_others_are_open() -> None:
    rows = [("ID", "Question", "Answer", "Comments"), *((f"Q{i}", q, "", "") for i, q in enumerate(ASK, 1))]
    file = book(Page("Form", rows, protected=True, open=["C2:D7"]), Page("Reference", rows, protected=True))
    assert {str(question.location).partition("!")[0] for question in inspect(file).questions} == {"Form"}


def test_drop_downs_tell_answers_without_any_header() -> None:
    file = book(
        Page(
            rows=[("Security self-assessment",), (), *((q, None) for q in ASK)],
            lists={"B3:B8": '"Yes,No"'},
        )
    )
    assert asked(file) == [(f"A{row}", f"choice B{row} Yes|No") for row in range(3, 9)]


def test_hints_under_the_questions_are_no_questions() -> None:
    rows: list[tuple[str | None, ...]] = [("Practice", "Answer", "Interview notes")]
    for question in ASK[:4]:
        rows += [(question, None, None), ("You have a written procedure",), ("It is reviewed by the management board",)]
    file = book(Page(rows=rows, lists={"B2": '"No,Yes for some,Yes for all"', "B5": '"No,Ad hoc,Always"',
                                       "B8": '"No,Yes"', "B11": '"No,Yes"'}))  # fmt: skip
    assert [told[0] for told in asked(file)] == ["A2", "A5", "A8", "A11"]
    assert asked(file)[1] == ("A5", "choice B5 No|Ad hoc|Always", "text C5")


def test_statements_to_confirm_are_questions() -> None:
    statements = (
        "Multi-factor authentication",
        "Encryption of backups",
        "Annual penetration test",
        "Security training",
    )
    file = book(
        Page(
            rows=[("Domain", "Control", "Implemented?", "Evidence"), *(("Technical", s, "", "") for s in statements)],
            lists={"C2:C5": '"Yes,No,Planned"'},
        )
    )
    assert asked(file) == [(f"B{row}", f"choice C{row} Yes|No|Planned", f"text D{row}") for row in range(2, 6)]


def test_the_long_description_is_the_question_and_the_short_title_is_not() -> None:
    file = book(
        Page(
            rows=[
                ("Control", "Title", "Description", "Status", "Notes", "Mapping"),
                (
                    "AC-1",
                    "Access policy",
                    "An access control policy is documented, approved and reviewed.",
                    "",
                    "",
                    "A.5.15",
                ),
                ("AC-2", "Accounts", "Accounts are created and removed by a formal process.", "", "", "A.5.16"),
                ("AC-3", "Least privilege", "Rights are granted by the principle of least privilege.", "", "", "A.8.2"),
            ],
            lists={"D2:D4": '"Implemented,Partial,Not implemented"'},
        )
    )
    assert [told[0] for told in asked(file)] == ["C2", "C3", "C4"]
    assert asked(file)[0][1:] == ("choice D2 Implemented|Partial|Not implemented", "text E2")


def test_a_maturity_scale_is_a_choice_and_the_target_is_not_ours_first() -> None:
    file = book(
        Page(
            rows=[
                ("Ref", "Requirement", "Target maturity", "Current maturity", "Comment"),
                *((f"R{i}", q) for i, q in enumerate(ASK, 1)),
            ],
            lists={"C2:C7": '"1,2,3,4,5"', "D2:D7": '"1,2,3,4,5"'},
        )
    )
    assert asked(file)[0] == ("B2", "choice D2 1|2|3|4|5", "text E2")


def test_answers_already_there_are_kept_as_values() -> None:
    file = book(
        Page(
            rows=[
                ("ID", "Question", "Answer", "Comments"),
                ("1", ASK[0], "Yes", "AES-256"), ("2", ASK[1], "No", None), ("3", ASK[2], "Yes", None),
            ]
        )
    )  # fmt: skip
    first = inspect(file).questions[0]
    assert [field.value for field in first.fields] == ["Yes", "AES-256"]
    assert first.fields[0].options == ("Yes", "No")


def test_a_list_of_facts_is_no_questionnaire() -> None:
    file = book(
        Page(
            "Change log", [("Version", "Date", "Description of changes"), ("1.0", "2020", "First issue of this form.")]
        ),
        Page("Read me", [("How to use this workbook",), ("Please answer every question on the next sheet.",)]),
        Page(
            "Mapping",
            [
                ("Control", "ISO 27001", "NIST CSF"),
                *((f"Control {i} of the standard", "A.5.1", "PR.AC-1") for i in range(6)),
            ],
        ),
    )
    assert asked(file) == []


def test_german_headers_are_understood() -> None:
    file = book(
        Page(
            rows=[
                ("Nr.", "Frage", "Antwort", "Bemerkungen"),
                ("1", "Werden Kundendaten verschlüsselt gespeichert?"),
                ("2", "Gibt es ein Verfahren für Sicherheitsvorfälle?"),
                ("3", "Bitte beschreiben Sie Ihr Rechenzentrum."),
            ],
            lists={"C2:C4": '"Ja,Nein,Teilweise"'},
        )
    )
    assert asked(file) == [(f"B{row}", f"choice C{row} Ja|Nein|Teilweise", f"text D{row}") for row in (2, 3, 4)]


def test_spanish_headers_are_understood() -> None:
    file = book(
        Page(
            rows=[
                ("N.º", "Pregunta", "Respuesta", "Observaciones"),
                ("1", "¿Dispone de una política de seguridad aprobada?"),
                ("2", "¿Se cifran los datos en reposo?"),
                ("3", "Describa el proceso de copias de seguridad."),
            ],
            lists={"C2:C4": '"Sí,No"'},
        )
    )
    assert asked(file) == [(f"B{row}", f"choice C{row} Sí|No", f"text D{row}") for row in (2, 3, 4)]


def test_french_headers_are_understood() -> None:
    file = book(
        Page(
            rows=[
                ("Réf.", "Exigence", "Réponse", "Commentaires"),
                ("E1", "Les données sont chiffrées au repos."),
                ("E2", "Disposez-vous d'un plan de continuité ?"),
                ("E3", "Décrivez votre procédure de gestion des incidents."),
            ],
        )
    )
    assert [told[0] for told in asked(file)] == ["B2", "B3", "B4"]
    assert all("D" in told[-1] or "C" in told[-1] for told in asked(file))


def test_japanese_headers_are_understood() -> None:
    file = book(
        Page(
            rows=[
                ("番号", "質問", "回答", "備考"),
                ("1", "保存データは暗号化されていますか。"),
                ("2", "アクセス権は定期的に見直されていますか？"),
                ("3", "インシデント対応手順は文書化されていますか。"),
            ],
            lists={"C2:C4": '"はい,いいえ"'},
        )
    )
    assert asked(file) == [(f"B{row}", f"choice C{row} はい|いいえ", f"text D{row}") for row in (2, 3, 4)]


def test_answers_under_the_questions_go_into_the_cell_that_is_drawn_there() -> None:
    rows: list[tuple[str | None, ...]] = [("Please write your answers into the boxes.",)]
    for question in ASK[:3]:
        rows += [(question,), (None,)]
    file = book(Page(rows=rows, merges=["A2:D2", "A3:D3", "A4:D4", "A5:D5", "A6:D6", "A7:D7"]))
    assert asked(file) == [("A2", "text A3"), ("A4", "text A5"), ("A6", "text A7")]


def test_answers_under_the_questions_go_beside_the_words_that_call_for_them() -> None:
    rows: list[tuple[str | None, ...]] = []
    for number, question in enumerate(ASK[:3], 1):
        rows += [(f"{number}", question), (None, "Answer:", None), (None, "Comments:", None), ()]
    file = book(Page(rows=rows, lists={"C2": '"Yes,No"', "C6": '"Yes,No"', "C10": '"Yes,No"'}))
    assert asked(file) == [
        ("B1", "choice C2 Yes|No", "text C3"),
        ("B5", "choice C6 Yes|No", "text C7"),
        ("B9", "choice C10 Yes|No", "text C11"),
    ]


def test_labels_about_us_take_values_and_the_customers_own_do_not() -> None:
    file = book(
        Page(
            rows=[
                ("Vendor name", None, "Contact e-mail", "<your e-mail>"),
                ("Assessor name", None),
                ("Product / service", "Example service"),
                ("Date completed", "mm/dd/yyyy"),
            ]
        )
    )
    found = inspect(file).questions
    assert [(str(question.location), str(question.fields[0].location)) for question in found] == [
        ("Questions!A1", "Questions!B1"), ("Questions!C1", "Questions!D1"), ("Questions!A4", "Questions!B4"),
    ]  # fmt: skip
    assert all(question.label and question.fields[0].value is None for question in found)


def test_questions_without_any_place_get_the_first_empty_column() -> None:
    file = book(Page(rows=[("Domain", "Question", "Reference"), *(("Access", q, "A.5.1") for q in ASK)]))
    assert asked(file)[0] == ("B2", "text D2")


def test_options_of_a_scale_under_one_heading_are_tick_places() -> None:
    file = book(
        Page(
            rows=[
                ("Ref", "Requirement", "Response", None, None, "Remarks"),
                (None, None, "Standard", "With changes", "Not available", None),
                *((f"R{i}", q) for i, q in enumerate(ASK, 1)),
            ],
            merges=["A1:A2", "B1:B2", "C1:E1", "F1:F2"],
        )
    )
    assert asked(file)[0] == ("B3", "mark Standard=C3 With changes=D3 Not available=E3", "text F3")


def test_the_answer_column_may_stand_before_the_question() -> None:
    file = book(
        Page(
            rows=[("Compliant", "#", "Requirement", "Justification"), *((None, i, q) for i, q in enumerate(ASK, 1))],
            lists={"A2:A7": '"Yes,No"'},
        )
    )
    assert asked(file)[0] == ("C2", "choice A2 Yes|No", "text D2")


def test_tables_with_different_columns_share_a_sheet() -> None:
    file = book(
        Page(
            rows=[
                ("Part A",),
                ("No.", "Question", "Answer"),
                ("1", "Describe your backup procedure."), ("2", "Describe your access reviews."),
                (),
                ("Part B",),
                ("No.", "Requirement", "Owner", "Compliant", "Comment"),
                ("3", ASK[0]), ("4", ASK[1]),
            ],
            lists={"D8:D9": '"Yes,No"'},
        )
    )  # fmt: skip
    assert asked(file) == [
        ("B3", "text C3"), ("B4", "text C4"),
        ("B8", "choice D8 Yes|No", "text E8"), ("B9", "choice D9 Yes|No", "text E9"),
    ]  # fmt: skip


def test_an_answer_merged_over_several_columns_is_one_place() -> None:
    file = book(
        Page(
            rows=[("No.", "Question", "Response"), *((i, q) for i, q in enumerate(ASK[:3], 1))],
            merges=["C1:E1", "C2:E2", "C3:E3", "C4:E4"],
        )
    )
    assert asked(file) == [("B2", "text C2"), ("B3", "text C3"), ("B4", "text C4")]


def test_a_column_headed_with_the_respondents_name_takes_the_answers() -> None:
    file = book(Page(rows=[("Security question", "Example Ltd"), *((q, None) for q in ASK)]))
    assert asked(file)[0] == ("A2", "text B2")
    assert len(asked(file)) == 6


def test_sub_questions_are_asked_with_the_question_they_belong_to() -> None:
    file = book(
        Page(
            rows=[
                ("No", "Question", "Sub-question", "Answer"),
                ("1", "Do you encrypt data?", "At rest?"), (None, None, "In transit?"),
                ("2", "Do you back up data?", "Daily?"), (None, None, "Off-site?"),
            ],
            merges=["B2:B3", "B4:B5"],
        )
    )  # fmt: skip
    assert asked(file) == [(f"C{row}", f"text D{row}") for row in (2, 3, 4, 5)]
    assert inspect(file).questions[1].text == "Do you encrypt data? In transit?"


def test_numbers_inside_the_questions_tell_titles_from_questions() -> None:
    file = book(
        Page(
            rows=[
                ("Security question", "Vendor response"),
                ("1. Access",), (f"1.1 {ASK[1]}",), (f"1.2 {ASK[4]}",),
                ("2. Incidents",), (f"2.1 {ASK[2]}",), (f"2.2 {ASK[3]}",),
            ]
        )
    )  # fmt: skip
    found = inspect(file).questions
    assert [(question.number, question.section) for question in found] == [
        ("1.1", "1. Access"), ("1.2", "1. Access"), ("2.1", "2. Incidents"), ("2.2", "2. Incidents"),
    ]  # fmt: skip


def test_the_name_that_changes_with_a_repeated_header_is_the_section() -> None:
    def head(practice: str) -> tuple[str, ...]:
        return ("Stream", "Level", practice, "Answer", "Interview notes")

    rows: list[tuple[str | int | None, ...]] = [
        head("Strategy & metrics"), ("A", 1, ASK[0]), ("B", 1, ASK[1]),
        head("Policy & compliance"), ("A", 1, ASK[2]), ("B", 1, ASK[3]),
    ]  # fmt: skip
    file = book(Page(rows=rows, lists={"D2:D3": '"No,Some,All"', "D5:D6": '"No,Some,All"'}))
    assert [question.section.split(" › ")[0] for question in inspect(file).questions] == [
        "Strategy & metrics", "Strategy & metrics", "Policy & compliance", "Policy & compliance",
    ]  # fmt: skip


def test_comments_that_are_also_an_action_plan_take_the_text() -> None:
    file = book(
        Page(rows=[("Requirement", "Yes", "No", "Partially", "Comments / action plan", "Assessor's comments"),
                   *((q,) for q in ASK)])
    )  # fmt: skip
    assert asked(file)[0] == ("A2", "mark Yes=B2 No=C2 Partially=D2", "text E2")


def test_filled_rows_that_use_the_words_of_headers_are_rows() -> None:
    file = book(
        Page(
            rows=[
                ("Control", "Status", "Comments"),
                ("Access controls", "Implemented", "See comments above"),
                ("Security requirements", "Supported", "Details on request"),
                ("Measures against malware", "Implemented", "Documented"),
            ]
        )
    )
    assert [told[0] for told in asked(file)] == ["A2", "A3", "A4"]


def test_placeholders_in_answer_cells_are_no_answers() -> None:
    rows = [
        ("ID", "Question", "Answer", "Comments"),
        ("1", ASK[0], "Please select", "<your comment>"),
        ("2", ASK[1], "-"),
    ]
    file = book(Page(rows=rows, lists={"C2:C3": '"Please select,Yes,No"'}))
    assert [field.value for question in inspect(file).questions for field in question.fields] == [None] * 4


def test_an_analysts_sheet_repeats_the_questions_of_several_sheets() -> None:
    head = ("ID", "Question", "Answer", "Comments")
    everything = [head, *((f"Q{i}", q) for i, q in enumerate(ASK))]
    file = book(
        Page("Part 1", [head, *((f"Q{i}", q) for i, q in enumerate(ASK[:2]))]),
        Page("Part 2", [head, *((f"Q{i}", q) for i, q in enumerate(ASK[2:4]))]),
        Page("Part 3", [head, *((f"Q{i}", q) for i, q in enumerate(ASK[4:]))]),
        Page("Analyst evaluation", everything),
    )
    assert {str(question.location).partition("!")[0] for question in inspect(file).questions} == {
        "Part 1",
        "Part 2",
        "Part 3",
    }


def test_questions_share_a_comment_cell_that_is_merged_over_their_rows() -> None:
    file = book(
        Page(
            rows=[("ID", "Question", "Answer", "Comments"), *((f"{i}", q) for i, q in enumerate(ASK[:4], 1))],
            lists={"C2:C5": '"Yes,No"'},
            merges=["D2:D3"],
        )
    )
    assert [told[2] for told in asked(file)] == ["text D2", "text D2", "text D4", "text D5"]
    questions = inspect(file).questions
    entries = [Entry(field, f"Answer {i}") for i, q in enumerate(questions) if (field := q.text_field) is not None]
    completed = inspect(fill(file, entries)).questions
    assert [q.fields[-1].value for q in completed] == [
        "Answer 0\nAnswer 1", "Answer 0\nAnswer 1", "Answer 2", "Answer 3",
    ]  # fmt: skip


def test_a_level_of_compliance_beside_comments_is_a_choice() -> None:
    for level in ("Conformance Level", "Level of compliance", "Support level"):
        topics = [("2.1.1 Keyboard",), ("2.2.2 Pause and stop",), ("2.3.1 Flashes",)]
        assert asked(book(Page(rows=[("Criteria", level, "Remarks and Explanations"), *topics])))[0] == (
            "A2", "choice B2", "text C2",
        )  # fmt: skip


PRACTICES = ("Limit system access.", "Use least privilege.", "Back up data.", "Test the staff.", "Identify users.")


@pytest.mark.parametrize(
    "asked_for",
    [
        "How is the requirement met? / What is missing?",
        "Please describe how each of the requirements is met, with references to your documents:",
    ],
)
@pytest.mark.parametrize("bold", [(), tuple("ABCDE")])
def test_one_name_of_a_header_may_be_a_sentence(asked_for: str, bold: tuple[str, ...]) -> None:
    file = book(
        Page(
            rows=[("Practice", "Security requirement", "Status", asked_for, "Planned completion"),
                  *((f"3.1.{i}", practice) for i, practice in enumerate(PRACTICES, 1))],
            lists={"C2:C6": '"Implemented,Not implemented"'},
            bold=[f"{letter}1" for letter in bold],
        )
    )  # fmt: skip
    assert asked(file) == [(f"B{r}", f"choice C{r} Implemented|Not implemented", f"text D{r}") for r in range(2, 7)]


def test_sentences_in_bold_above_all_columns_name_them() -> None:
    file = book(
        Page(
            rows=[("What do we expect from our suppliers in this area?", "Do you meet this in all of your offices?",
                   "Please explain how you do so and attach evidence:"), *((practice,) for practice in PRACTICES)],
            lists={"B2:B6": '"Implemented,Not implemented"'},
            bold=["A1", "B1", "C1"],
        )
    )  # fmt: skip
    assert asked(file)[0] == ("A2", "choice B2 Implemented|Not implemented", "text C2")


@pytest.mark.parametrize("header", [(), ("Kennziffer", "Lorem", "Ipsum?", "Wie ist das bei Ihnen geregelt, und wo?")])
def test_what_has_drop_downs_beside_it_is_asked_with_little_certainty_however_it_reads(header: tuple[str, ...]) -> None:
    file = book(
        Page(
            rows=[header, *((f"3.1.{i}", practice) for i, practice in enumerate(PRACTICES, 1))],
            lists={"C2:C6": '"Implemented,Not implemented"'},
        )
    )
    assert asked(file) == [(f"B{r}", f"choice C{r} Implemented|Not implemented") for r in range(2, 7)]
    assert needs_a_look(inspect(file))


@pytest.mark.parametrize(
    ("header", "cell", "lists", "place"),
    [
        (("Kenn", "Lorem", "Ipsum"), None, {"C2:C6": '"0,1,2,3"'}, "choice C2 0|1|2|3"),
        (("Kenn", "Lorem", "Ipsum"), "Yes / No", {}, "choice C2 Yes|No"),
        (("Kenn", "Lorem", "Y", "N"), None, {}, "mark Y=C2 N=D2"),
    ],
)
def test_so_is_what_has_steps_printed_options_or_columns_to_tick_beside_it(
    header: tuple[str, ...], cell: str | None, lists: dict[str, str], place: str
) -> None:
    rows: list[tuple[Value, ...]] = [(f"{i}", practice, cell) for i, practice in enumerate(PRACTICES, 1)]
    file = book(Page(rows=[header, *rows], lists=lists))
    assert ("B2", place) in asked(file)
    assert needs_a_look(inspect(file))


def test_names_beside_a_drop_down_ask_for_nothing() -> None:
    people = ("Jo Smith", "Ann Lee", "Max Roe", "Bo Poe")
    file = book(Page(rows=[("Name", "Role", "Active"), *((name,) for name in people)], lists={"C2:C5": '"Yes,No"'}))
    assert asked(file) == []


def test_a_sheet_of_questions_without_places_is_told_of_where_others_have_them() -> None:
    main = Page(rows=[("Question", "Answer"), *((question,) for question in ASK)])
    lost = Page(title="Part 2", rows=[("More",), *((i, f"Is area {i} of the site watched?") for i in range(1, 5))])
    guide = Page(title="Guide", rows=[("Who completes this form?",), ("The person who runs security.",)] * 3)
    notices = inspect(book(main, lost, guide)).notices
    assert len(notices) == 1
    assert "“Part 2” seems to ask 4 questions" in notices[0]


def test_the_customers_own_rating_is_no_answer_beside_a_column_for_the_response() -> None:
    rows = [
        (None, None, "To be completed by supplier", None, "To be completed by Northwind", None),
        ("ID", "Question", "Response (Yes/Partial/No)", "Supplier comment", "Risk rating", "Assessor comment"),
        *((f"N-{i}", text) for i, text in enumerate(ASK, 1)),
    ]
    file = book(Page(rows=rows, merges=["C1:D1", "E1:F1"], lists={"E3:E6": '"Low,Medium,High"'}))
    assert asked(file)[0] == ("B3", "choice C3 Yes|Partial|No", "text D3")


def test_a_heading_that_says_whose_the_columns_are_leaves_their_own_names_to_tell_the_rest() -> None:
    rows = [
        ("Set by the bank", None, None, "To be completed by the provider", None, None, "Bank use only"),
        ("Ref.", "Criticality", "Requirement / question", "Status", "Explanation of the measure in place",
         "Evidence (file name)", "Remark"),
        *((f"B.{i}", "High", text) for i, text in enumerate(ASK, 1)),
    ]  # fmt: skip
    file = book(Page(rows=rows, merges=["A1:C1", "D1:F1"], lists={"D3:D6": '"Done,Planned,Not done"'}))
    assert asked(file)[0] == ("C3", "choice D3 Done|Planned|Not done", "text E3", "text F3")
    assert inspect(file).questions[0].number == "B.1"


def test_points_that_the_form_gives_are_no_place_for_words() -> None:
    rows = [
        ("No.", "Security requirement", "Implementation (mark one with X)", None, "Value", "Describe how it is met"),
        (None, None, "Implemented", "Planned", None, None),
        *(
            (f"3.{i}", text, None, None, points)
            for i, (text, points) in enumerate(zip(ASK, (5, 1, 3, 5, 1, 1), strict=True))
        ),
    ]
    file = book(Page(rows=rows, merges=["A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2"]))
    assert asked(file)[0] == ("B3", "mark Implemented=C3 Planned=D3", "text F3")


def test_codes_in_brackets_behind_the_name_are_the_allowed_values() -> None:
    rows = [("Req #", "Requirement", "Response code (F/P/T/N)", "Comments"), *((str(i), q) for i, q in enumerate(ASK))]
    assert asked(book(Page(rows=rows)))[0] == ("B2", "choice C2 F|P|T|N", "text D2")
