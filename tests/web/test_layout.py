"""The layout page as a browser without scripts sees it, and the parts that our script asks for."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from assistant.people import Role
from assistant.wiring import Application
from assistant.workflow.records import Stage
from tests.lantern import person, workbook
from tests.web.arranging import drafted, upload
from tests.web.client import CheckingClient, Page

TOPICS = ("Encryption of data at rest", "Rotation of keys", "Multi-factor sign-in")


def explained(topics: tuple[str, ...] = TOPICS) -> bytes:
    """A form whose explanations read like its questions."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Controls"
    sheet.append(["Ref", "What we expect", "Explanation", "Your reply"])
    for number, topic in enumerate(topics, 1):
        sheet.append([f"C-{number}", topic, f"Does the supplier show evidence that {topic.lower()} is in place?"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def opened(client: CheckingClient, file: bytes | None = None, query: str = "") -> tuple[int, Page]:
    """Upload a file and return its number and layout page."""
    key = int(upload(client, explained() if file is None else file).address.split("/")[2])
    return key, client.get(f"/questionnaires/{key}/layout{query}")


def texts(application: Application, key: int) -> list[str]:
    return [item.question.text for item in application.review.desk(person(application, Role.SALES), key).questions]


def act(key: int, what: str = "correct") -> str:
    return f"/questionnaires/{key}/layout/{what}"


def test_the_page_shows_the_sheet_with_what_stands_where(sales: CheckingClient) -> None:
    _, page = opened(sales)
    assert "3 questions" in page.words
    assert 'data-at="Controls!C2"' in page.text
    heads = ["".join(th.itertext()).split() for th in page.all("th") if th.get("scope") == "col"]
    assert heads[:4] == [["A", "#", "Ref"], ["B", "S", "What", "we", "expect"], ["C", "Q", "Explanation"],
                         ["D", "T", "Your", "reply"]]  # fmt: skip


def test_a_column_is_put_right_by_two_clicks_and_undone_by_one(application: Application, sales: CheckingClient) -> None:
    key, _ = opened(sales)
    column = sales.get(f"/questionnaires/{key}/layout?part=Controls&column=2")
    page = sales.send(column, act(key), {"role": "question"})
    assert texts(application, key) == list(TOPICS)
    assert "column=2" in page.address, "what was selected stays so"
    page = sales.send(page, act(key, "undo"))
    assert all(text.startswith("Does the supplier") for text in texts(application, key))


def test_a_confirmed_layout_is_used_for_the_next_file_of_the_form(
    application: Application, sales: CheckingClient
) -> None:
    key, _ = opened(sales)
    column = sales.get(f"/questionnaires/{key}/layout?part=Controls&column=2")
    page = sales.send(column, act(key), {"role": "question"})
    assert page.fields(page.form(act(key, "confirm")))["remember"] == ["yes"], "ticked, since something was corrected"
    page = sales.send(page, act(key, "confirm"))
    assert page.address.endswith("/review")
    assert "laid out like this" in page.words
    more = upload(sales, explained((*TOPICS, "Restoring backups")), customer="Borealis")
    assert "This form is known" in more.words
    assert texts(application, int(more.address.split("/")[2])) == [*TOPICS, "Restoring backups"]


def test_only_some_rows_of_a_column_can_be_named(application: Application, sales: CheckingClient) -> None:
    key, _ = opened(sales, query="?part=Controls&column=2")
    page = sales.get(f"/questionnaires/{key}/layout?part=Controls&column=2")
    sales.send(page, act(key), {"role": "question", "first": "2", "last": "2"})
    assert texts(application, key)[0] == TOPICS[0]
    assert texts(application, key)[1].startswith("Does the supplier")
    page = sales.send(sales.get(page.address), act(key), {"role": "question", "first": "two"}, status=400)
    assert "whole numbers" in page.words


def test_single_cells_and_parts_are_declared(application: Application, sales: CheckingClient) -> None:
    key, _ = opened(sales)
    cell = sales.get(f"/questionnaires/{key}/layout?at=Controls!C3")
    forms = [form for form in cell.all("form") if "yes" in cell.fields(form)]
    fields = {name: values[0] for name, values in cell.fields(forms[0]).items()}
    sales.raw.post(act(key), data={**fields, "kind": "question"})
    assert len(texts(application, key)) == 2
    blank = sales.get(f"/questionnaires/{key}/layout?at=Controls!C3")
    assert "This is a question" in blank.words
    part = sales.get(f"/questionnaires/{key}/layout?part=Controls")
    page = sales.send(part, act(key), {"used": "no"})
    assert texts(application, key) == []
    assert "left out" in page.words


def test_one_of_several_questions_in_a_cell_is_left_out_and_taken_in_again(
    application: Application, sales: CheckingClient
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Controls"
    for row in (
        ("Ref", "Question", "Answer"),
        ("1", "1. Are disks encrypted at rest?\n2. Who keeps the keys?", None),
        ("2", "Do you train your staff every year?", None),
        ("3", "Do you test your backups every year?", None),
    ):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    key, _ = opened(sales, out.getvalue())
    before = texts(application, key)
    assert before[:2] == ["Are disks encrypted at rest?", "Who keeps the keys?"]
    cell = sales.get(f"/questionnaires/{key}/layout?at=Controls!B2")
    form = next(form for form in cell.all("form") if cell.fields(form).get("text") == [before[0]])
    fields = {name: values[0] for name, values in cell.fields(form).items()}
    sales.raw.post(act(key), data={**fields, "kind": "question"})
    assert texts(application, key) == before[1:]
    cell = sales.get(f"/questionnaires/{key}/layout?at=Controls!B2")
    assert f"Left out: {before[0]}" in cell.words
    form = next(form for form in cell.all("form") if cell.fields(form).get("text") == [before[0]])
    fields = {name: values[0] for name, values in cell.fields(form).items()}
    sales.raw.post(act(key), data={**fields, "yes": "yes"})
    assert texts(application, key) == before


def test_a_row_lists_its_cells_for_those_without_a_script(sales: CheckingClient) -> None:
    _, page = opened(sales, query="?part=Controls&row=2")
    assert "Row 2" in page.words
    links = [a.get("href", "") for a in page.all("a") if a.get("href", "").startswith("?at=Controls")]
    assert "?at=Controls%21B2" in links


def test_answers_that_would_go_are_named_and_asked_for(application: Application, sales: CheckingClient) -> None:
    key = drafted(sales, application)
    by = person(application, Role.SALES)
    last = application.review.desk(by, key).questions[-1]
    application.review.edit(by, last.id, last.version, choice="No", text="We have none.")
    part = sales.get(f"/questionnaires/{key}/layout?part=Security")
    page = sales.send(part, act(key), {"used": "no"}, status=409)
    assert "K-4" in page.words
    assert "We have none." in page.words
    assert len(texts(application, key)) == 4
    forms = [form for form in page.all("form") if "losing" in page.fields(form)]
    fields = {name: values[0] for name, values in page.fields(forms[0]).items()}
    assert sales.raw.post(act(key), data=fields).status_code == 302
    assert texts(application, key) == []


def test_a_version_that_somebody_else_changed_is_refused(application: Application, sales: CheckingClient) -> None:
    key, _ = opened(sales)
    page = sales.get(f"/questionnaires/{key}/layout?part=Controls&column=2")
    sales.send(page, act(key), {"role": "question"})
    page = sales.send(page, act(key), {"role": "section"}, status=409)
    assert "Somebody else changed" in page.words
    assert texts(application, key) == list(TOPICS)


def test_the_script_gets_the_part_of_the_page_that_changed(sales: CheckingClient) -> None:
    key, _ = opened(sales)
    address = f"/questionnaires/{key}/layout?part=Controls&column=2"
    panel = sales.raw.get(address, headers={"X-Part": "panel"}).text
    assert panel.lstrip().startswith("<aside")
    form = {"csrf_token": sales.token(), "version": "1", "kind": "column", "part": "Controls", "column": "2"}
    whole = sales.raw.post(act(key), data={**form, "role": "question"}, headers={"X-Part": "layout"})
    assert whole.status_code == 200
    assert whole.text.lstrip().startswith('<div id="layout"')
    assert TOPICS[0] in whole.text


@pytest.mark.parametrize("form", [{}, {"kind": "other"}, {"kind": "column", "role": "x", "column": "1"}])
def test_requests_that_say_no_correction_are_refused(form: dict[str, str], sales: CheckingClient) -> None:
    key, _ = opened(sales)
    data = {"csrf_token": sales.token(), "version": "1", **form}
    assert sales.raw.post(act(key), data=data).status_code == 400


def test_experts_do_not_see_the_whole_document(sales: CheckingClient, expert: CheckingClient) -> None:
    key, _ = opened(sales)
    expert.get(f"/questionnaires/{key}/layout?part=Controls&column=2", status=404)


def test_while_drafting_and_when_sent_nothing_can_be_changed(application: Application, sales: CheckingClient) -> None:
    key, _ = opened(sales)
    with application.store.writing() as tx:
        tx.questionnaires.update(replace(tx.questionnaires.get(key), stage=Stage.DRAFTING))
    page = sales.get(f"/questionnaires/{key}/layout")
    assert "being drafted" in page.words
    assert not page.has_form(act(key))


def test_a_layout_that_needs_a_look_says_so_in_the_list_and_on_what_was_found(sales: CheckingClient) -> None:
    book = openpyxl.Workbook()
    for row in range(1, 6):
        book.worksheets[0].append([f"Words that ask nothing at all {row}", f"More words of no use {row}"])
    out = io.BytesIO()
    book.save(out)
    page = upload(sales, out.getvalue())
    assert "The layout needs a look" in page.words
    assert "No questions were found" in page.words
    assert "layout needs a look" in sales.get("/").words


def test_what_asks_but_was_left_out_is_named_on_what_was_found(sales: CheckingClient) -> None:
    rows: list[tuple[str | None, ...]] = [("No.", "Question", "Answer", "Comment")]
    rows += [(f"K-{n}", f"Is control number {n} in place here?") for n in range(1, 6)]
    rows += [("", "Do you want to know more?", "no answer here"), ("", "Who should you call then?", "no answer here")]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    choices = DataValidation(type="list", formula1='"Yes,No"')
    choices.add("C2:C6")
    sheet.add_data_validation(choices)
    out = io.BytesIO()
    book.save(out)
    page = upload(sales, out.getvalue())
    assert "2 texts with a question mark are left out, such as “Do you want to know more?” at Sheet!B7" in page.words


def test_a_plain_table_and_a_large_sheet_open(sales: CheckingClient) -> None:
    _, page = opened(sales, workbook(tuple((f"K-{n}", f"Is control number {n} in place here?") for n in range(300))))
    assert "300 questions" in page.words
    key = int(upload(sales, b"No.,Question,Answer\n1,Are disks encrypted at rest?,\n", "a.csv").address.split("/")[2])
    assert "1 question" in sales.get(f"/questionnaires/{key}/layout").words


def test_what_the_file_answers_already_is_told_before_it_is_confirmed(
    application: Application, sales: CheckingClient
) -> None:
    some = upload(sales, workbook((("K-1", "Is data encrypted at rest?", "Yes", "With AES."), ("K-2", "Do you?"))))
    assert "1 answered in the file already" in some.words
    assert "1 of them holds an answer in the file already. It stays unless you write another." in some.words
    assert "In the file: Yes “With AES.”" in some.words
    assert "Confirm and draft answers" in some.words
    done = upload(sales, workbook((("K-1", "Is data encrypted at rest?", "Yes"),)))
    assert "The file holds an answer to its question already. Nothing is drafted" in done.words
    assert "Confirm and draft answers" not in done.words
    key = done.address.split("/")[2]
    layout = sales.get(f"/questionnaires/{key}/layout?at=Security!B2")
    assert "1 answered in the file already" in layout.words
    assert "In the file already: Yes" in layout.words


def test_the_desk_shows_choice_and_text_of_the_answer_in_the_file(
    application: Application, sales: CheckingClient
) -> None:
    page = upload(sales, workbook((("K-1", "Is data encrypted at rest?", "Yes", "With AES."),)))
    key = page.address.split("/")[2]
    desk = sales.submit(page.address, f"/questionnaires/{key}/confirm")
    assert "already, which stays unless you write another: Yes “With AES.”" in desk.words


def test_a_question_to_look_at_is_listed_once(sales: CheckingClient) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for asked in ("In which region is our data hosted?", "Can your employees access our data?", "Do you test backups?"):
        sheet.append(["", asked])
    out = io.BytesIO()
    book.save(out)
    page = upload(sales, out.getvalue())
    assert "Questions to look at 3" in page.words
    assert page.words.count("Do you test backups?") == 1
    assert "The other questions" not in page.words
    assert "Questions 4" in upload(sales).words
