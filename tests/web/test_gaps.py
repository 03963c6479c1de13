"""What is missing, answered once; and the figures, through the pages."""

from __future__ import annotations

import csv
import io

import pytest

from assistant.answer import State
from assistant.people import Role
from assistant.statement import Scope
from assistant.web.csv_files import guarded
from assistant.wiring import Application
from tests.lantern import person, workbook
from tests.web.client import CheckingClient

UNICORN = (("U-1", "Do you keep a unicorn in the office?"),)


@pytest.fixture
def asked(application: Application) -> tuple[int, int]:
    """Two customers who asked the same, which nothing answers."""
    by, keys = person(application, Role.REVIEWER), []
    for customer, deployment in (("Acme", "cloud"), ("Borealis", None)):
        keys.append(
            application.intake.receive(
                by, workbook(UNICORN), "u.xlsx", customer=customer, scope=Scope("Lantern", deployment)
            )
        )
        application.layouts.confirm(by, keys[-1], 1)
    while application.worker.run_once():
        pass
    return keys[0], keys[1]


def group_of(application: Application) -> str:
    return application.gaps.groups(person(application, Role.REVIEWER))[0].topic.key


def only(application: Application, questionnaire: int) -> str:
    item = application.review.desk(person(application, Role.REVIEWER), questionnaire).questions[0]
    return f"{item.answer.state.value}: {item.answer.text}"


def test_without_a_gap_the_page_says_what_it_is_for(sales: CheckingClient) -> None:
    assert "No gaps" in sales.get("/gaps").words
    assert "Nothing is missing here" in sales.get("/gaps?period=30").words


def test_a_gap_is_listed_with_how_often_it_was_asked_and_by_whom(
    application: Application, asked: tuple[int, int], sales: CheckingClient
) -> None:
    words = sales.get("/gaps").words
    assert "2 questions" in words
    assert "Acme, Borealis" in words
    assert "unicorn" in words


def test_what_is_answered_once_is_put_as_a_draft_where_it_holds_and_nowhere_approved(
    application: Application, asked: tuple[int, int], reviewer: CheckingClient
) -> None:
    address = f"/gaps/{group_of(application)}"
    page = reviewer.submit(
        address, f"{address}/answer", {"answer": "We keep none.", "choice": "No", "scope": "Lantern/cloud"}
    )
    assert "In the library from now on." in page.words
    assert "Acme" in page.words
    # Nobody said that it holds for every deployment, so it is not offered for the other customer.
    assert len(page.fields(page.form(f"{address}/drafts"))["question"]) == 1
    done = reviewer.send(page, f"{address}/drafts")
    assert "Put as a draft into 1 question;" in done.words
    assert only(application, asked[0]) == "drafted: We keep none."
    assert only(application, asked[1]) == "unanswered: "
    item = application.review.desk(person(application, Role.REVIEWER), asked[0]).questions[0]
    assert (item.answer.choice, [c.path for c in item.answer.citations]) == ("No", ["library/1"])


def test_what_was_put_into_many_is_not_taken_for_opened(
    application: Application, asked: tuple[int, int], reviewer: CheckingClient
) -> None:
    address, by = f"/gaps/{group_of(application)}", person(application, Role.REVIEWER)
    item = application.review.desk(by, asked[0]).questions[0]
    application.review.note_opened(by, item.id, item.version)
    page = reviewer.submit(address, f"{address}/answer", {"answer": "We keep none.", "scope": "Lantern/cloud"})
    reviewer.send(page, f"{address}/drafts")
    assert application.review.opened(by, [item.id])[item.id] < application.review.question(by, item.id).version


def test_what_was_answered_meanwhile_is_not_overwritten(
    application: Application, asked: tuple[int, int], reviewer: CheckingClient
) -> None:
    address, by = f"/gaps/{group_of(application)}", person(application, Role.REVIEWER)
    page = reviewer.submit(address, f"{address}/answer", {"answer": "We keep none.", "scope": "Lantern/cloud"})
    item = application.review.desk(by, asked[0]).questions[0]
    application.review.edit(by, item.id, item.version, choice=None, text="In the cellar.")
    done = reviewer.send(page, f"{address}/drafts")
    assert "Put as a draft into 0 questions" in done.words
    assert "It has an answer by now" in done.words
    assert only(application, asked[0]) == "drafted: In the cellar."


def test_sales_propose_and_nothing_is_answered_from_it(
    application: Application, asked: tuple[int, int], sales: CheckingClient
) -> None:
    address = f"/gaps/{group_of(application)}"
    page = sales.submit(address, f"{address}/answer", {"answer": "We keep none.", "scope": "Lantern/cloud"})
    assert "Proposed" in page.words
    assert not page.has_form(f"{address}/drafts")
    assert application.library.all() == []


def test_no_customer_s_name_gets_into_the_library_and_nothing_typed_is_lost(
    application: Application, asked: tuple[int, int], reviewer: CheckingClient
) -> None:
    address = f"/gaps/{group_of(application)}"
    typed = {"question": "Does Acme get a unicorn?", "answer": "It does.", "scope": "Lantern/cloud"}
    page = reviewer.submit(address, f"{address}/answer", typed, status=400)
    assert "name Acme" in page.words
    assert page.fields(page.form(f"{address}/answer"))["question"] == ["Does Acme get a unicorn?"]
    assert application.library.all() == []


@pytest.mark.parametrize(("scope", "status"), [("Lantern/cloud", 409), ("Nonsense/", 400)])
def test_an_answer_that_is_there_already_or_for_no_product_is_told_and_nothing_typed_is_lost(
    scope: str, status: int, application: Application, asked: tuple[int, int], reviewer: CheckingClient
) -> None:
    address = f"/gaps/{group_of(application)}"
    typed = {"answer": "We keep none, and never did.", "scope": "Lantern/cloud"}
    page = reviewer.get(address)
    reviewer.send(page, f"{address}/answer", typed)
    data = {**page.fields(page.form(f"{address}/answer")), **typed, "scope": scope}
    answer = reviewer.raw.post(f"{address}/answer", data=data)
    assert answer.status_code == status
    assert 'rows="6">We keep none, and never did.</textarea>' in answer.text


def test_a_customer_s_name_in_the_wording_asked_most_is_pointed_out_before_anything_is_sent(
    application: Application, reviewer: CheckingClient
) -> None:
    by = person(application, Role.REVIEWER)
    file = workbook((("U-1", "Do you keep a unicorn for Acme Ltd in the office?"),))
    key = application.intake.receive(by, file, "u.xlsx", customer="Acme", scope=Scope("Lantern", "cloud"))
    application.layouts.confirm(by, key, 1)
    application.worker.run_once()
    assert "It names Acme; say it without." in reviewer.get(f"/gaps/{group_of(application)}").words


def test_what_is_left_names_who_has_it(application: Application, asked: tuple[int, int], sales: CheckingClient) -> None:
    page = sales.get(f"/questionnaires/{asked[0]}/left")
    assert "1 of 1 question is not approved yet" in page.words
    assert "Nobody has these yet" in page.words


def test_figures_of_an_empty_house_say_so(sales: CheckingClient) -> None:
    assert "Nothing to count" in sales.get("/figures").words


def test_figures_count_what_was_drafted_kept_and_reworded(application: Application, sales: CheckingClient) -> None:
    by = person(application, Role.REVIEWER)
    key = application.intake.receive(by, workbook(), "a.xlsx", customer="Acme", scope=Scope("Lantern", "cloud"))
    application.layouts.confirm(by, key, 1)
    application.worker.run_once()
    drafts = [q for q in application.review.desk(by, key).questions if q.answer.state is State.DRAFTED]
    first, second = drafts[:2]
    application.review.approve(by, first.id, first.version)
    changed = application.review.edit(
        by, second.id, second.version, choice=second.answer.choice, text="In other words."
    )
    application.review.approve(by, changed.id, changed.version, without_choice=True)
    page = sales.get("/figures?period=all")
    assert "of 2 decided drafts kept their wording" in page.words
    rows = list(csv.reader(io.StringIO(sales.file("/figures/bands.csv?period=all").get_data(as_text=True)[1:])))
    sums = {name: sum(int(row[rows[0].index(name)]) for row in rows[1:]) for name in rows[0][1:6]}
    assert (sums["decided"], sums["unchanged"], sums["reworded"]) == (2, 1, 1)
    for name in ("coverage", "time", "approvals", "sources", "gaps"):
        assert sales.file(f"/figures/{name}.csv?period=all").get_data()


def test_the_most_used_sources_lead_to_where_they_stand(application: Application, sales: CheckingClient) -> None:
    by = person(application, Role.REVIEWER)
    keys = []
    for customer in ("Acme", "Borealis"):
        keys.append(
            application.intake.receive(by, workbook(), "a.xlsx", customer=customer, scope=Scope("Lantern", "cloud"))
        )
        application.layouts.confirm(by, keys[-1], 1)
        application.worker.run_once()
        first = application.review.desk(by, keys[-1]).questions[0]
        application.review.approve(by, first.id, first.version)
        if customer == "Acme":
            application.library.take(by, first.id)
            application.knowledge.refresh()
    links = [link.get("href", "") for link in sales.get("/figures?period=all").all("a")]
    assert "/library/1" in links
    assert any(link.startswith("/library/statements/lantern.md#line-") for link in links)


def test_a_table_that_is_none_is_not_found(sales: CheckingClient) -> None:
    sales.get("/figures/passwords.csv", status=404)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_no_cell_of_a_download_is_a_formula(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert guarded("plain") == "plain"
    assert guarded(-1) == -1


def test_for_what_an_answer_holds_is_chosen_where_it_was_asked_for_several(
    application: Application, asked: tuple[int, int], reviewer: CheckingClient
) -> None:
    key = group_of(application)
    form = f"/gaps/{key}/answer"
    refused = reviewer.submit(f"/gaps/{key}", form, {"answer": "No unicorn is kept."}, status=400)
    assert "Choose for which product and deployment the answer holds" in refused.words
    assert "No unicorn is kept." in refused.text
    assert "In the library" in reviewer.send(refused, form, {"scope": "Lantern/cloud"}).words
