"""The library's pages, as people go through them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from flask import Flask

from assistant.people import Role
from assistant.statement import LibraryEntry, Scope
from assistant.wiring import Application
from tests.lantern import STATEMENT, person, workbook
from tests.web.client import CheckingClient
from tests.web.conftest import signed_in

ENTRY = LibraryEntry("Is there a lamp?", "There is one.", "Lantern", choice="Yes", tags=("lamps",))


@pytest.fixture
def entry(application: Application) -> int:
    return application.library.add(person(application, Role.REVIEWER), ENTRY)


@pytest.fixture
def statement_file(application: Application) -> Iterator[Path]:
    """The file that the tests share, put back afterwards."""
    file = application.settings.knowledge / "lantern.md"
    yield file
    file.write_text(STATEMENT, encoding="utf-8")


def test_the_filters_stand_in_the_address(reviewer: CheckingClient, application: Application, entry: int) -> None:
    application.knowledge.refresh()
    assert "Is there a lamp?" in reviewer.get("/library?tag=lamps&state=current&product=Lantern").words
    assert "No entry is like that" in reviewer.get("/library?state=retired").words
    assert "There is one." in reviewer.get("/library?q=a+lamp&owner=reviewer@example.com").words
    assert "Nothing was found" in reviewer.get("/library?q=a+lamp&owner=nobody@example.com").words


def test_an_entry_of_a_file_is_shown_and_says_where_it_is_changed(
    reviewer: CheckingClient, application: Application
) -> None:
    file = application.settings.knowledge / "library.yaml"
    file.write_text("# ours\n- question: Is a lamp in the file?\n  answer: There is.\n", encoding="utf-8")
    application.knowledge.refresh()
    try:
        page = reviewer.get("/library")
        (link,) = [a.get("href") for a in page.all("a") if "files" in (a.get("href") or "")]
        page = reviewer.get(link or "")
        assert "library.yaml , line 2" in page.words
        assert "it is changed there" in page.words
        assert "There is." in reviewer.get("/library?q=Is+a+lamp+in+the+file").words
        assert reviewer.get("/library/files/1/library.yaml", 404).words
        file.write_text("# ours\n- question: Is a lamp in the file?\n  answer: There are two.\n", encoding="utf-8")
        application.knowledge.refresh()
        (link,) = [
            a.get("href")
            for a in reviewer.get("/library/changes").all("a")
            if (a.get("href") or "").startswith("/library/changes/")
        ]
        page = reviewer.get(link or "")
        assert "Library file changed: library.yaml" in page.words
        assert "There are two." in page.words.replace(" .", ".")
    finally:
        file.unlink()


def test_an_approved_answer_is_proposed_from_the_review(
    sales: CheckingClient, reviewer: CheckingClient, application: Application
) -> None:
    by = person(application, Role.REVIEWER)
    key = application.intake.receive(by, workbook(), "a.xlsx", customer="Acme", scope=Scope("Lantern", "cloud"))
    application.layouts.confirm(by, key, 1)
    application.worker.run_once()
    item = application.review.desk(by, key).questions[0]
    application.review.approve(by, item.id, item.version)
    page = sales.submit(f"/questionnaires/{key}/review/{item.id}", f"/questions/{item.id}/offer")
    assert "A reviewer takes it" in page.words
    assert "Customer data is encrypted" in reviewer.get("/library/proposals").words


def test_a_search_marks_the_words_and_offers_to_write_down_what_is_missing(
    reviewer: CheckingClient, application: Application, entry: int
) -> None:
    application.knowledge.refresh()
    page = reviewer.get("/library?q=are+keys+rotated")
    assert "".join(page.all("mark")[0].itertext()).lower() in ("keys", "keys are rotated", "keys rotated")
    assert "Lantern Cloud" in page.words


@pytest.mark.parametrize("typed", ["xyzzy", "how+do+you"])
def test_a_search_without_a_hit_says_so_and_what_to_try(
    reviewer: CheckingClient, application: Application, typed: str
) -> None:
    page = reviewer.get(f"/library?q={typed}")
    assert f"Nothing was found for “{typed.replace('+', ' ')}”" in page.words
    assert "spelling" in page.words
    assert not page.all("article")
    filtered = reviewer.get(f"/library?q={typed}&product=Lantern")
    assert f"/library?q={typed}" in [link.get("href") for link in filtered.all("a")]


def test_hits_that_lack_a_word_stand_under_the_others(reviewer: CheckingClient, application: Application) -> None:
    application.knowledge.refresh()
    page = reviewer.get("/library?q=keys+of+zebras")
    assert "Nothing has all of “keys of zebras”" in page.words
    assert page.words.index("Passages with some of the words") < page.words.index("keys are rotated")


def test_an_entry_is_written_edited_and_shown_with_what_differed(reviewer: CheckingClient) -> None:
    values = {"question": "Is there a lamp?", "answer": "There is one.", "evidence": "lantern.md:15\nour wiki"}
    page = reviewer.submit("/library/new", "/library/new", values)
    assert "lantern.md:15" in page.words
    action = f"{page.address}/edit"
    page = reviewer.submit(action, action, {"answer": "There are two.", "also_asked": "Any lamps?\nLamps?"})
    assert "Saved." in page.words
    assert "Any lamps?" in page.words
    assert {"one", "two", "is", "are"} & {"".join(mark.itertext()).strip() for mark in page.all("mark")}


def test_an_expert_proposes_and_a_reviewer_takes(expert: CheckingClient, reviewer: CheckingClient, entry: int) -> None:
    page = expert.submit(f"/library/{entry}/edit", f"/library/{entry}/edit", {"answer": "Two are."})
    assert "A reviewer takes it" in page.words
    assert "Would change" in page.words
    assert not page.has_form(f"{page.address}/accept")
    assert page.has_form(f"{page.address}/turn-down")
    assert "Two are." in reviewer.get("/library/proposals").words
    taken = reviewer.submit(page.address, f"{page.address}/accept")
    assert taken.address == f"/library/{entry}"
    assert "Two are." in taken.words


def test_a_proposal_is_not_taken_over_what_was_saved_since_it_was_shown(
    expert: CheckingClient, reviewer: CheckingClient, administrator: CheckingClient, entry: int
) -> None:
    address = f"/library/{entry}/edit"
    proposal = expert.submit(address, address, {"answer": "Two are."}).address
    shown = reviewer.get(proposal)
    administrator.submit(address, address, {"answer": "Theirs stands."})
    assert "was changed meanwhile" in reviewer.send(shown, f"{proposal}/accept", status=409).words
    assert "Theirs stands." in reviewer.get(f"/library/{entry}").words


def test_who_saves_second_sees_both_and_loses_nothing(
    reviewer: CheckingClient, administrator: CheckingClient, entry: int
) -> None:
    address = f"/library/{entry}/edit"
    opened = reviewer.get(address)
    administrator.submit(address, address, {"answer": "Theirs stands."})
    page = reviewer.send(opened, address, {"answer": "Mine is typed."}, status=409)
    assert "Theirs stands" in page.words
    assert page.fields(page.form(address))["answer"] == ["Mine is typed."]
    assert "Mine is typed." in reviewer.send(page, address).words


@pytest.mark.parametrize(
    ("values", "told"),
    [({"answer": "", "choice": ""}, "answer or a choice"), ({"review_by": "soon"}, "is no day")],
)
def test_what_cannot_be_saved_is_told_above_what_was_typed(
    reviewer: CheckingClient, entry: int, values: dict[str, str], told: str
) -> None:
    address = f"/library/{entry}/edit"
    page = reviewer.submit(address, address, {"tags": "kept", **values}, status=400)
    assert told in page.words
    assert page.fields(page.form(address))["tags"] == ["kept"]


def test_what_is_due_is_confirmed_in_one_click(reviewer: CheckingClient, application: Application) -> None:
    reviewer.submit(
        "/library/new", "/library/new", {"question": "A lamp?", "answer": "One.", "review_by": "2026-01-01"}
    )
    page = reviewer.get("/library/due?owner=me")
    assert "A lamp?" in page.words
    assert "Nothing is due" not in page.words
    key = application.library.entries(person(application, Role.REVIEWER))[-1][0]
    page = reviewer.send(page, f"/library/{key}/confirm")
    assert page.address == "/library/due?owner=me"
    assert "Confirmed until" in page.words
    assert "A lamp?" not in page.words


def test_the_list_the_search_and_the_queue_say_why_an_entry_is_due(
    reviewer: CheckingClient, application: Application
) -> None:
    today, gone = application.store.now().date(), f"lantern.md:10-10 {'0' * 16}"
    due = {"Zebu": (900, (gone,)), "Yak": (10, ()), "Xerus": (-10, ()), "Wisent": (900, ())}
    with application.store.writing() as tx:
        for name, (days, evidence) in due.items():
            entry = LibraryEntry(f"Is there a {name}?", f"There is a {name}.", evidence=evidence)
            tx.library.add(replace(entry, review_by=today + timedelta(days=days)))
    application.knowledge.refresh()
    why = {
        "Zebu": "its evidence says something else now: lantern.md:10",
        "Yak": "its day of review is near",
        "Xerus": "its day of review passed",
    }
    found = "".join(reviewer.get(f"/library?q={name}").words for name in due)
    for page in (reviewer.get("/library").words, reviewer.get("/library/due").words, found):
        for sentence in why.values():
            assert page.count(sentence) == 1


def test_an_entry_is_retired_and_brought_back(reviewer: CheckingClient, entry: int) -> None:
    page = reviewer.submit(f"/library/{entry}", f"/library/{entry}/retire", {"reason": "It broke."})
    assert "Is there a lamp?" not in page.words
    page = reviewer.get(f"/library/{entry}")
    assert "It broke." in page.words
    assert "The entry is back" in reviewer.send(page, f"/library/{entry}/bring-back").words


def test_several_entries_are_retired_after_a_page_that_says_which(
    reviewer: CheckingClient, application: Application, entry: int
) -> None:
    other = application.library.add(person(application, Role.REVIEWER), replace(ENTRY, question="Is there a wick?"))
    gone = application.library.add(person(application, Role.REVIEWER), replace(ENTRY, question="Is there oil?"))
    application.library.retire(person(application, Role.REVIEWER), gone)
    listed = reviewer.get("/library?tag=lamps")
    assert [box.get("value") for box in listed.all("input") if box.get("name") == "entry"] == [str(entry), str(other)]
    page = reviewer.get(f"/library/several?tag=lamps&act=retire&entry={entry}&entry={other}&entry={gone}")
    assert "Retire 2 entries of 3" in page.words
    assert "Only an entry that is in use can be retired." in page.words
    assert application.library.entry(person(application, Role.REVIEWER), entry).retired is False
    done = reviewer.send(page, "/library/several", {"reason": "Sold."})
    assert "2 entries are retired." in done.words
    retired = reviewer.get("/library/several?state=retired&act=bring+back&all=yes")
    assert "Bring back 3 entries" in retired.words
    assert "3 entries are brought back." in reviewer.send(retired, "/library/several").words


def test_entries_of_files_are_named_among_what_is_left_out(
    reviewer: CheckingClient, application: Application, entry: int
) -> None:
    file = application.settings.knowledge / "library.yaml"
    file.write_text("- question: Is a lamp in the file?\n  answer: There is.\n", encoding="utf-8")
    application.knowledge.refresh()
    page = reviewer.get("/library/several?act=retire&all=yes&q=lamp&state=current")
    file.unlink()
    assert "Tick the entries first" in page.words  # what was searched for is ticked one by one
    page = reviewer.get("/library/several?act=retire&all=yes")
    assert "1 more entry of those found stands in library files" in page.words


def test_an_act_on_several_asks_for_what_it_needs(
    reviewer: CheckingClient, application: Application, entry: int
) -> None:
    for nothing in ("", "&entry=lamp", f"&entry={10**30}"):
        assert "Tick the entries first" in reviewer.get(f"/library/several?act=give{nothing}").words
    page = reviewer.get(f"/library/several?act=give&entry={entry}")
    refused = reviewer.send(page, "/library/several", {"owner": "nobody"}, status=400)
    assert "an e-mail address" in refused.words
    assert (
        "1 entry is given to another owner."
        in reviewer.send(refused, "/library/several", {"owner": "ann@example.com"}).words
    )
    assert "choose what is to be done" in reviewer.get(f"/library/several?act=burn&entry={entry}").words


def test_a_list_tells_and_asks_for_use(reviewer: CheckingClient, application: Application, entry: int) -> None:
    assert "Is there a lamp?" in reviewer.get("/library?used=never&tag=lamps").words
    assert "No entry is like that" in reviewer.get("/library?used=often&tag=lamps").words
    assert "Is there a lamp?" in reviewer.get("/library?unused=2020-01-01&tag=lamps").words
    assert "Is there a lamp?" in reviewer.get("/library?unused=soon&used=twice&tag=lamps").words


def test_a_changed_statement_shows_what_it_means(
    reviewer: CheckingClient, sales: CheckingClient, application: Application, statement_file: Path
) -> None:
    statement_file.write_text(STATEMENT.replace("every 90 days", "every 30 days"), encoding="utf-8")
    application.knowledge.refresh()
    listed = sales.get("/library/changes")
    (link,) = [a.get("href") for a in listed.all("a") if (a.get("href") or "").startswith("/library/changes/")]
    page = reviewer.get(link or "")
    assert ["".join(mark.itertext()) for mark in page.all("mark")] == ["90", "30"]
    assert "No answer rests on it" in page.words


def test_a_change_of_a_statement_is_proposed_and_given_out_as_a_patch(
    expert: CheckingClient, reviewer: CheckingClient, application: Application, statement_file: Path
) -> None:
    address = "/library/propose/lantern.md"
    text = STATEMENT.replace("every 90 days", "every 30 days")
    page = expert.submit(address, address, {"source": text, "reason": "Since June."})
    assert "Since June." in page.words
    written = expert.file(f"{page.address}/patch").get_data(as_text=True)
    assert "-Encryption keys are rotated every 90 days.\n+Encryption keys are rotated every 30 days.\n" in written
    statement_file.write_text(text, encoding="utf-8")
    application.knowledge.refresh()
    assert "taken" in reviewer.get(page.address).words


def test_a_proposal_that_makes_a_statement_internal_is_for_reviewers(
    sales: CheckingClient, reviewer: CheckingClient
) -> None:
    address = "/library/propose/lantern.md"
    text = STATEMENT.replace("product: Lantern\n", "product: Lantern\naudience: internal\n")
    text = text.replace("AES-256.", "AES-256, the key lies in the drawer.")
    page = reviewer.submit(address, address, {"source": text, "reason": "No longer for customers."})
    assert "drawer" in page.words
    assert sales.get(page.address, 404).words
    assert sales.get(f"{page.address}/patch", 404).words
    for listed in ("/library/proposals", "/library/statements/lantern.md"):
        assert page.address in {a.get("href") for a in reviewer.get(listed).all("a")}
        assert page.address not in {a.get("href") for a in sales.get(listed).all("a")}


def test_a_proposed_text_at_fault_is_shown_with_its_line_and_kept(expert: CheckingClient) -> None:
    address = "/library/propose/lantern.md"
    text = STATEMENT.replace("reviewed: 2026-01-05", "reviewed: yesterday")
    page = expert.submit(address, address, {"source": text}, status=400)
    assert "lantern.md:8" in page.words
    assert "reviewed: yesterday" in page.words
    assert page.fields(page.form(address))["source"][0].replace("\r\n", "\n") == text


def test_a_source_that_was_turned_down_is_offered_again_after_it_was_taken_back(
    reviewer: CheckingClient, application: Application
) -> None:
    by = person(application, Role.REVIEWER)
    digest = application.knowledge.knowledge.statements[0].passages[0].digest
    with application.store.writing() as tx:
        tx.library.reject("keys rotated", digest, by.id, application.store.now())
    page = reviewer.get("/library/decisions")
    assert "Customer data is encrypted at rest with AES-256." in page.words
    page = reviewer.send(page, "/library/decisions/take-back")
    assert "Nothing was turned down" in page.words


def test_a_duplicate_is_merged_into_one(reviewer: CheckingClient, application: Application) -> None:
    by = person(application, Role.REVIEWER)
    text = "Encryption keys for lamps are rotated every 90 days by our own staff."
    one = application.library.add(by, LibraryEntry("How often do lamp keys change?", text, "Lantern"))
    other = application.library.add(by, LibraryEntry("Are keys for lamps rotated?", text, "Lantern"))
    application.knowledge.refresh()
    application.knowledge.find_conflicts()
    page = reviewer.get("/library/conflicts")
    page = reviewer.send(page, "/library/conflicts/merge", {"keep": str(one), "other": str(other)})
    assert page.address == f"/library/{one}"
    assert "Are keys for lamps rotated?" in page.words
    assert application.library.entry(by, other).retired


@pytest.mark.parametrize("role", list(Role))
def test_every_page_keeps_the_rules_for_every_role(
    role: Role, app: Flask, application: Application, entry: int
) -> None:
    by = person(application, Role.REVIEWER)
    source = application.proposing.source(by, "lantern.md")
    proposal = application.proposing.propose(by, "lantern.md", source.digest, f"{source.text}\nMore.\n", "")
    proposed = application.library.change(person(application, Role.EXPERT), entry, 1, ENTRY)
    retired = application.library.add(by, LibraryEntry("Gone?", "Yes."))
    application.library.retire(by, retired)
    client = signed_in(app, application, role)
    pages = (
        *(f"/library/{key}" for key in (entry, proposed, retired)),
        *(
            f"/library/{page}"
            for page in ("new", "due", "due?owner=me", "changes", "proposals", "import", "statements")
        ),
        *(f"/library/{entry}/edit", f"/library/proposals/{proposal}", "/library/propose/lantern.md"),
        *("/library/statements/lantern.md", "/library/conflicts", "/library?state=proposed", "/library?q=lamp"),
    )
    for page in pages:
        assert client.get(page).words
    assert client.get("/library/9999", 404).words
    assert client.get("/library/propose/none.md", 404).words
    assert client.get("/library/changes/9999", 404).words


def completed() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["No.", "Question", "Answer", "Comment"])
    sheet.append(["1", "Is customer data encrypted at rest?", "Yes", "It is, with AES-256."])
    sheet.append(["2", "How often are encryption keys rotated?", "Yes", "For Borealis every day."])
    sheet.append(["3", "Do you keep a unicorn in the office?", None, None])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_completed_questionnaire_is_looked_through_and_proposed(expert: CheckingClient) -> None:
    values: dict[str, str | list[str] | tuple[bytes, str] | None] = {
        "file": (completed(), "old.xlsx"),
        "customer": "Borealis",
        "scope": "product=Lantern",
    }
    page = expert.submit("/library/import", "/library/import/questionnaire", values)
    assert "2 answered questions found" in page.words
    assert "names Borealis" in page.words
    form = page.fields(page.form("/library/import/pairs"))
    assert ("take-0" in form, "take-1" in form) == (True, False)
    assert form["answer-0"] == ["It is, with AES-256."]
    assert form["text-of-0"] == ["column D: Comment"]
    assert form["choice-of-0"] == ["column C: Answer"]
    assert "It is, with AES-256." in " ".join(page.all("table")[0].itertext())
    again = expert.send(page, "/library/import/pairs", {"action": "read", "text-of-0": "column C: Answer"})
    assert again.fields(again.form("/library/import/pairs"))["answer-0"] == ["Yes"]
    assert "Yes. Yes" in " ".join("".join(again.all("li")[-2].itertext()).split())
    refused = expert.send(page, "/library/import/pairs", {"action": "propose", "take-1": "yes"}, status=400)
    assert "What you chose names Borealis" in refused.words
    done = expert.send(
        refused, "/library/import/pairs", {"action": "propose", "answer-1": "For some customers every day."}
    )
    assert "2 pairs are proposed" in done.words
    assert "For some customers every day." in done.words


@pytest.mark.parametrize("form", ["yaml", "csv"])
def test_the_library_goes_out_and_comes_in_as_a_file(reviewer: CheckingClient, entry: int, form: str) -> None:
    content = reviewer.file(f"/library/export.{form}").get_data()
    assert b"There is one." in content
    values = {"file": (content.replace(b"There is one.", b"There are three."), f"library.{form}")}
    page = reviewer.submit("/library/import", "/library/import", values)
    assert "1 of 1 entries taken in" in page.words
    page = reviewer.submit("/library/import", "/library/import", {"file": (b"- question: 1\n", "x.yaml")}, status=400)
    assert "x.yaml:1" in page.words
