"""Trying to break the invariants of the design through the pages; numbered as there."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest

from assistant.answer import State
from assistant.errors import StateError
from assistant.people import Role
from assistant.statement import Scope
from tests.integration.conftest import ASKED, World, written
from tests.web.client import CheckingClient

FORGED = {
    "state": "approved", "approved_by": "1", "approved_at": "2026-01-01", "approved_digest": "a" * 64,
    "approve": "yes", "approval": "yes", "action": "approve", "role": "administrator", "author": "1",
}  # fmt: skip


def post(client: CheckingClient, address: str, **form: Any) -> Any:
    return client.raw.post(address, data={"csrf_token": client.token(), **form})


def test_1_only_approved_answers_stand_in_the_completed_document(world: World) -> None:
    key = world.upload()
    approved, submitted, drafted, worded = world.questions(key)
    assert drafted.answer.state is State.DRAFTED
    world.answered(approved, "Yes, with AES-256.")
    seller = world.person(Role.SALES)
    worded = world.application.review.edit(seller, worded.id, worded.version, choice="Yes", text="We keep two.")
    world.application.review.submit(seller, submitted.id, submitted.version)
    sales = world.browser(seller)
    for item in world.questions(key)[1:]:
        values = {**FORGED, "choice": "Yes", "text": "We keep two.", "version": str(item.version)}
        post(sales, f"/questions/{item.id}/edit", **values)
    page = sales.submit(f"/questionnaires/{key}/completion", f"/questionnaires/{key}/complete")
    link = re.search(r"/completed/\d+/download", page.text)
    assert link
    rows = written(sales.file(link[0]).get_data())
    assert rows == [["Yes", "Yes, with AES-256."], ["", ""], ["", ""], ["", ""]]


@pytest.mark.parametrize(
    "change", ["the text", "the choice", "the sources", "a reason why it does not apply", "the layout", "undone"]
)
def test_1_an_approval_ends_with_any_change_of_what_it_covers(change: str, world: World) -> None:
    key = world.upload()
    item = world.questions(key)[1]
    cited = [citation.digest for citation in item.answer.citations]
    review, by = world.application.review, world.person(Role.REVIEWER)
    item = review.edit(by, item.id, item.version, choice="Yes", text="Every 90 days.", cited=cited)
    item = review.approve(by, item.id, item.version)
    sales = world.browser(world.person(Role.SALES))
    form: dict[str, Any] = {"choice": "Yes", "text": "Every 90 days.", "cited": cited, "version": str(item.version)}
    if change == "the layout":
        record = world.application.review.desk(by, key).record
        correction = {"kind": "column", "part": "Security", "column": "4", "role": "nothing", "version": record.version}
        response = post(sales, f"/questionnaires/{key}/layout/correct", **correction)
        assert response.status_code in (302, 409)
        losing = re.search(r'name="losing" value="([^"]+)"', response.get_data(as_text=True))
        if losing:
            post(sales, f"/questionnaires/{key}/layout/correct", **correction, losing=losing[1])
    elif change == "undone":
        # A session takes back what was done in it.
        browser, item = world.browser(by), world.questions(key)[2]
        form |= {"version": str(item.version)}
        assert post(browser, f"/questions/{item.id}/approve", **form).status_code in (200, 302)
        assert post(browser, f"/questionnaires/{key}/undo").status_code in (200, 302)
        item = world.questions(key)[1]
        post(sales, f"/questions/{item.id}/edit", **form | {"text": "Other.", "version": str(item.version)})
    else:
        changes: dict[str, dict[str, Any]] = {
            "the text": {"text": "Every 30 days."},
            "the choice": {"choice": "No"},
            "the sources": {"cited": []},
            "a reason why it does not apply": {"not_applicable": "We hold no keys."},
        }
        form |= changes[change]
        assert post(sales, f"/questions/{item.id}/edit", **form).status_code in (200, 302)
    assert all(found.answer.state is not State.APPROVED for found in world.questions(key))
    with pytest.raises(StateError):
        world.application.completion.complete(world.person(Role.SALES), key)


def test_1_the_scope_of_approved_answers_cannot_be_exchanged(world: World) -> None:
    key = world.upload()
    world.answered(world.questions(key)[0], "Yes, with AES-256.")
    record = world.application.review.desk(world.person(Role.SALES), key).record
    sales = world.browser(world.person(Role.SALES))
    form = {"customer": "Acme", "version": str(record.version), "product": "Other", "deployment": "", "nda": "yes"}
    post(sales, f"/questionnaires/{key}/change", **form, scope="product=Other&deployment=on-premise")
    assert world.application.review.desk(world.person(Role.SALES), key).record.scope == Scope("Lantern", "cloud")


def test_2_whoever_lost_the_role_cannot_approve_with_a_page_that_is_still_open(world: World) -> None:
    key = world.upload()
    item = world.questions(key)[0]
    demoted, gone = (world.person(Role.REVIEWER, name) for name in ("demoted", "gone"))
    browsers = [world.browser(by) for by in (demoted, gone)]
    tokens = [browser.token() for browser in browsers]
    root = world.person(Role.ADMINISTRATOR)
    world.application.accounts.set_role(root, demoted.id, Role.SALES)
    world.application.accounts.set_active(root, gone.id, False)
    browsers.append(world.browser(world.person(Role.SALES, "demoted")))
    tokens.append(browsers[-1].token())
    for browser, token in zip(browsers, tokens, strict=True):
        form = {"csrf_token": token, "choice": "Yes", "text": "Yes.", "version": str(item.version)}
        assert browser.raw.post(f"/questions/{item.id}/approve", data=form).status_code in (401, 403)
    assert world.questions(key)[0].answer.state is not State.APPROVED


def test_2_correcting_and_approving_in_one_act_is_recorded_as_both(world: World) -> None:
    key = world.upload()
    item = world.questions(key)[0]
    browser = world.browser(world.person(Role.REVIEWER))
    form = {"choice": "No", "text": "Not yet.", "version": str(item.version)}
    assert post(browser, f"/questions/{item.id}/approve", **form).status_code in (200, 302)
    with world.application.store.reading() as tx:
        last, before, *_ = tx.audit.events(item.subject)
    assert (last.action, before.action) == ("approved", "edited")
    assert before.after is not None
    assert before.after["text"] == "Not yet."
    assert last.by == before.by == world.person(Role.REVIEWER).id


def test_3_a_source_cannot_be_made_up(world: World) -> None:
    key = world.upload()
    item = world.questions(key)[0]
    browser = world.browser(world.person(Role.SALES))
    form = {"choice": "Yes", "text": "Yes.", "cited": ["f" * 64, "", "x"], "version": str(item.version)}
    post(browser, f"/questions/{item.id}/edit", **form)
    known = {citation.digest for citation in item.answer.citations}
    assert {citation.digest for citation in world.questions(key)[0].answer.citations} <= known


def test_3_a_statement_that_changes_flags_what_rests_on_it_and_what_was_sent(world: World) -> None:
    open_one, sent = world.upload("Birch"), world.upload("Cedar")
    by = world.person(Role.REVIEWER)
    for key in (open_one, sent):
        item = world.questions(key)[1]
        assert item.answer.citations
        world.application.review.approve(by, item.id, item.version, without_choice=True)
    done = world.application.completion.complete(by, sent)
    browser = world.browser(by)
    page = browser.get(f"/questionnaires/{sent}/completion")
    browser.send(page, f"/completed/{done.id}/sent", {"recipient": "security@cedar.example"})
    world.say(days=30)
    try:
        assert world.questions(open_one)[1].answer.state is not State.APPROVED, "not sent yet: back to review"
        assert "change" in world.questions(open_one)[1].answer.objection.casefold()
        listed = browser.get("/library/changes")
        version = re.search(r"/library/changes/\d+", listed.text)
        assert version
        told = browser.get(version[0]).words
        assert "Birch" in told
        assert "Cedar" in told
        assert "security@cedar.example" in told
    finally:
        world.say(days=90)


def test_4_no_request_takes_anything_out_of_the_log(make_world: Callable[[], World]) -> None:
    world = make_world()  # the requests change accounts, too
    key = world.upload()
    root = world.person(Role.ADMINISTRATOR)
    question = world.questions(key)[0].id
    browser = world.browser(root)
    before = world.rows("SELECT * FROM audit ORDER BY id")
    for rule in sorted(world.app.url_map.iter_rules(), key=lambda found: found.rule):
        address = rule.rule.replace("<int:key>", str(key)).replace("<int:question>", str(question))
        address = re.sub(r"<(?:int:)?\w+>", "1", address).replace("<path:path>", "lantern.md")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            form = {"id": "1", "entries": "0", "version": "1", "subject": "audit"}
            response = post(browser, address, **form) if method == "POST" else browser.raw.get(address)
            response.close()
            assert response.status_code < 500, f"{method} {rule}"
            after = world.rows("SELECT * FROM audit ORDER BY id")
            assert after[: len(before)] == before, f"{method} {rule}"
            before = after
            if "sign" in rule.rule or "session" in rule.rule or "invitations" in rule.rule:
                browser = world.browser(root)  # it may have ended the one that asked
    with world.application.store.reading() as tx:
        assert tx.audit.faults() == []


def test_5_of_two_at_the_same_moment_one_is_told_and_nothing_is_lost(world: World) -> None:
    key = world.upload()
    item = world.questions(key)[0]
    texts = [f"The answer of number {number}." for number in range(4)]
    browsers = [world.browser(world.person(Role.REVIEWER)) for _ in texts]
    tokens = [browser.token() for browser in browsers]
    gate = threading.Barrier(len(texts))
    answers: dict[str, Any] = {}

    def save(browser: CheckingClient, token: str, text: str) -> None:
        form = {"csrf_token": token, "choice": "Yes", "text": text, "version": str(item.version)}
        gate.wait()
        answers[text] = browser.raw.post(f"/questions/{item.id}/edit", data=form)

    threads = [threading.Thread(target=save, args=each) for each in zip(browsers, tokens, texts, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [text for text, answer in answers.items() if answer.status_code in (200, 302)]
    assert [world.questions(key)[0].answer.text] == won
    for text in set(texts) - set(won):
        assert answers[text].status_code == 409
        shown = answers[text].get_data(as_text=True)
        assert text in shown, "what was typed is shown again"
        assert won[0] in shown, "beside what stands there now"


def test_6_what_one_customer_was_told_is_not_in_anothers_questionnaire(world: World) -> None:
    secret = "Only zanzibarian engineers hold the quokka keys."
    first = world.upload("Dogwood", (*ASKED[1:], "Who holds the keys for Dogwood's vault?"))
    for item in world.questions(first):
        world.answered(item, secret)
    second = world.upload("Elder", (*ASKED[1:], "Who holds the keys for Dogwood's vault?"))
    assert all("zanzibarian" not in item.answer.text for item in world.questions(second))
    reviewer = world.browser(world.person(Role.REVIEWER))
    for item in world.questions(second):
        reviewer.get(f"/questionnaires/{second}/review/{item.id}")
    by = world.person(Role.REVIEWER)
    for item in world.questions(second):
        if item.answer.state is State.DRAFTED:
            world.application.review.approve(by, item.id, item.version, without_choice=True)
    page = reviewer.submit(f"/questionnaires/{second}/completion", f"/questionnaires/{second}/complete")
    link = re.search(r"/completed/\d+/download", page.text)
    assert link
    assert "zanzibarian" not in str(written(reviewer.file(link[0]).get_data()))
    for address in ("/library?q=zanzibarian+quokka", "/library/statements", f"/questionnaires/{second}/report"):
        with reviewer.raw.get(address) as response:
            body = response.get_data(as_text=True).replace("zanzibarian quokka", "").replace("zanzibarian+quokka", "")
            assert "zanzibarian" not in body, address


def test_6_an_answer_that_names_a_customer_is_not_taken_into_the_library(world: World) -> None:
    key = world.upload("Fuchsia")
    item = world.answered(world.questions(key)[0], "For Fuchsia we encrypt with AES-256.")
    reviewer = world.browser(world.person(Role.REVIEWER))
    assert post(reviewer, f"/questions/{item.id}/library").status_code in (400, 409)
    with world.application.store.reading() as tx:
        assert all("Fuchsia" not in entry.answer for _, entry in tx.library.all())
