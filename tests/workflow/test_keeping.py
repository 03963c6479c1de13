"""Drafting again, archiving, deleting, and how far a questionnaire is."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, event

from assistant.answer import State
from assistant.errors import PermissionDeniedError, StateError
from assistant.statement import Passage
from assistant.workflow.overview import Overview, Progress
from assistant.workflow.records import Stage
from assistant.workflow.tally import Tally
from tests.workflow.conftest import ENCRYPTION, GAP, LOGS, House


def row(house: House) -> Progress:
    (found,) = Overview(house.store).questionnaires(house.sales)
    return found


def again(house: House, key: int) -> int:
    return house.keeping.again(house.sales, house.review.desk(house.sales, key).record, house.questions(key))


def approve_all(house: House, key: int) -> None:
    for item in house.questions(key):
        if item.answer.state is State.DRAFTED:
            house.review.approve(house.reviewer, item.id, item.version)


def test_drafting_again_takes_the_knowledge_as_it_is_now_and_keeps_what_people_wrote(house: House) -> None:
    key = house.upload(ENCRYPTION, LOGS, GAP, "Are logs encrypted as well ?")
    first, second, _, fourth = house.questions(key)
    house.review.edit(house.sales, first.id, first.version, choice="No", text="Some are not.")
    house.review.approve(house.reviewer, second.id, second.version)
    house.review.reject(house.reviewer, fourth.id, fourth.version, "Say which logs.", wrong_source=False)
    house.folder.passages += (Passage("parcel.md", (9, 9), "Nobody has a dog here.", "Parcel"),)
    house.folder.passages = tuple(p for p in house.folder.passages if "All disks" not in p.text)
    house.knowledge.refresh()
    house.matching.asked.clear()
    assert again(house, key) == 1
    assert house.keeping.draft_again(house.sales, key) == 1
    while house.worker.run_once():
        pass
    assert house.matching.asked == [GAP]
    texts = [item.answer.text for item in house.questions(key)]
    assert texts[0] == "Some are not."
    assert texts[1] == "Logs are kept for 90 days."
    assert house.questions(key)[3].answer.objection == "Say which logs."


def test_an_untouched_draft_is_made_anew(house: House) -> None:
    key = house.upload(ENCRYPTION)
    house.folder.passages = (Passage("parcel.md", (3, 3), "Disks are encrypted with AES.", "Parcel"),)
    house.folder.revision += 1
    house.knowledge.refresh()
    house.keeping.draft_again(house.sales, key)
    assert house.review.desk(house.sales, key).record.stage is Stage.DRAFTING
    house.worker.run_once()
    assert house.questions(key)[0].answer.text == "Disks are encrypted with AES."


def test_nothing_is_drafted_again_when_people_had_a_hand_in_everything(house: House) -> None:
    key = house.upload(ENCRYPTION)
    approve_all(house, key)
    with pytest.raises(StateError, match="nothing to draft again"):
        house.keeping.draft_again(house.sales, key)


def test_the_archive_takes_it_out_of_the_way_and_back(house: House) -> None:
    key = house.upload()
    house.keeping.archive(house.sales, key, archived=True)
    assert row(house).record.archived == house.clock()
    assert row(house).wants(house.sales) == ""
    house.keeping.archive(house.sales, key, archived=False)
    assert row(house).record.archived is None


def test_only_an_administrator_deletes_what_was_completed_and_the_log_keeps_what_was_sent(house: House) -> None:
    key = house.upload()
    approve_all(house, key)
    done = house.completion.complete(house.sales, key)
    house.sent.note(house.sales, done.id, "Ann")
    for person in (house.sales, house.reviewer):
        with pytest.raises(StateError, match="only an administrator"):
            house.keeping.delete(person, key)
    with pytest.raises(PermissionDeniedError):
        house.keeping.delete(house.expert, key)
    house.keeping.delete(house.administrator, key)
    with house.store.reading() as tx:
        event = tx.audit.events(f"questionnaire {key}")[0]
        assert tx.questionnaires.all() == []
    assert event.action == "deleted"
    assert (event.before or {})["sent to"] == ["Ann"]
    assert (event.before or {})["completed"] == [done.digest]


def test_the_counts_of_the_list_are_those_of_the_questionnaire(house: House) -> None:
    key = house.upload(ENCRYPTION, LOGS, GAP, "Do you have a cat ? (filled)")
    first = house.questions(key)[0]
    house.review.approve(house.reviewer, first.id, first.version)
    assert row(house).tally == Tally(approved=1, drafted=1, unanswered=1, kept=1)
    assert row(house).tally == house.review.desk(house.sales, key).tally == Tally.of(house.questions(key))


def test_what_the_customers_file_answers_is_done_and_nothing_is_left_to_answer(house: House) -> None:
    key = house.upload(ENCRYPTION, "Do you have a cat ? (filled)")
    approve_all(house, key)
    assert (row(house).state, row(house).wants(house.sales)) == ("approved", "ready to complete")
    house.completion.complete(house.sales, key)
    assert row(house).done


def test_approvals_that_the_application_undid_are_told_and_those_that_people_sent_back_are_not(house: House) -> None:
    key = house.upload(ENCRYPTION, LOGS)
    approve_all(house, key)
    second = house.questions(key)[1]
    house.review.reject(house.reviewer, second.id, second.version, "Too short.", wrong_source=False)
    assert row(house).undone == 0
    house.folder.passages = house.folder.passages[1:]
    house.folder.revision += 1
    house.knowledge.refresh()
    assert row(house).undone == 1
    assert "approval undone" in row(house).wants(house.sales)


def rename(house: House, key: int, customer: str) -> int:
    record = house.review.frame(house.sales, key).record
    return house.keeping.change(house.sales, key, record.version, customer=customer, due=None)


def completed_for_acme(house: House) -> int:
    """Return a completed questionnaire; its first approved answer names the customer, its second does not."""
    key = house.upload()
    first = house.questions(key)[0]
    house.review.edit(house.reviewer, first.id, first.version, choice="Yes", text="As agreed with Acme, they are.")
    approve_all(house, key)
    house.completion.complete(house.sales, key)
    return key


def test_another_customer_undoes_the_approvals_that_name_the_one_before(house: House) -> None:
    key = completed_for_acme(house)
    assert rename(house, key, "Globex") == 1
    first, second, _ = house.questions(key)
    assert (first.answer.state, second.answer.state) == (State.DRAFTED, State.APPROVED)
    assert "names Acme" in first.answer.objection
    record = house.review.frame(house.sales, key).record
    assert (record.customer, record.stage) == ("Globex", Stage.OPEN)


def test_the_same_customer_by_a_longer_name_undoes_nothing(house: House) -> None:
    key = completed_for_acme(house)
    assert rename(house, key, "ACME Ltd") == 0
    assert house.review.frame(house.sales, key).record.stage is Stage.COMPLETED


def test_what_was_sent_keeps_its_customer(house: House) -> None:
    key = completed_for_acme(house)
    (done,) = house.completion.documents(house.sales, key)
    house.sent.note(house.sales, done.id, "Bob")
    with pytest.raises(StateError, match="was sent to this customer"):
        rename(house, key, "Globex")
    assert rename(house, key, "Acme") == 0, "the rest may be changed"


def test_what_would_be_drafted_again_is_counted_in_a_few_statements(house: House) -> None:
    key = house.upload(*(f"Are disks encrypted in room {number} ?" for number in range(12)))
    approve_all(house, key)
    sent_back = house.questions(key)[0]
    house.review.reject(house.reviewer, sent_back.id, sent_back.version, "Say which.", wrong_source=False)
    house.folder.passages = tuple(p for p in house.folder.passages if "All disks" not in p.text)
    house.knowledge.refresh()
    desk = house.review.desk(house.sales, key)
    statements: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert house.keeping.again(house.sales, desk.record, desk.questions) == 11
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(statements) < 5
