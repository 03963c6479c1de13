"""Several answers in one act: only what was opened as it stands, or what the library says to this very question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import State
from assistant.errors import PermissionDeniedError, StateError
from assistant.people import Role
from assistant.statement import LibraryEntry
from assistant.storage.questionnaires import Questionnaires
from assistant.workflow.bulk import Bulk, Left, Outcome
from assistant.workflow.consistency import Consistency
from assistant.workflow.records import QuestionnaireRecord, QuestionRecord, Stage
from assistant.workflow.review import Review
from tests.workflow.conftest import ENCRYPTION, GAP, LOGS, House


def opened(house: House, *items: QuestionRecord, role: Role = Role.REVIEWER) -> None:
    with house.store.writing() as tx:
        for item in items:
            tx.opened.note(house.people[role].id, item.id, item.version)


def ids(house: House, key: int) -> list[int]:
    return [item.id for item in house.questions(key)]


def reuse(house: House, question: str = ENCRYPTION) -> int:
    """Return a questionnaire whose first question is drafted from a library entry that answers it word for word."""
    entry = LibraryEntry(question, "All disks are encrypted, with AES.", "Parcel", choice="Yes")
    with house.store.writing() as tx:
        tx.library.add(entry)
    house.folder.passages = house.folder.passages[1:]
    house.knowledge.refresh()
    return house.upload(ENCRYPTION)


def test_what_was_opened_is_approved_and_the_rest_is_left_with_the_reason(house: House) -> None:
    key = house.upload(ENCRYPTION, LOGS, GAP)
    encryption, _, _ = house.questions(key)
    opened(house, encryption)
    outcome = house.bulk.approve(house.reviewer, key, ids(house, key))
    assert outcome.done == (encryption.id,)
    assert outcome.left == {Left.NOT_OPENED: 1, Left.EMPTY: 1}
    states = [item.answer.state for item in house.questions(key)]
    assert states == [State.APPROVED, State.DRAFTED, State.UNANSWERED]


def test_what_changed_since_it_was_opened_is_left(house: House) -> None:
    key = house.upload(ENCRYPTION)
    item = house.questions(key)[0]
    opened(house, item)
    house.review.edit(house.sales, item.id, item.version, choice="Yes", text="Changed behind your back.")
    assert house.bulk.approve(house.reviewer, key, [item.id]).left == {Left.NOT_OPENED: 1}


def test_what_somebody_else_opened_does_not_count(house: House) -> None:
    key = house.upload(ENCRYPTION)
    item = house.questions(key)[0]
    opened(house, item, role=Role.ADMINISTRATOR)
    assert house.bulk.approve(house.reviewer, key, [item.id]).done == ()


def test_what_one_worded_oneself_was_in_front_of_one(house: House) -> None:
    key = house.upload(GAP)
    item = house.questions(key)[0]
    house.review.edit(house.reviewer, item.id, item.version, choice="No", text="No dog.")
    assert house.bulk.approve(house.reviewer, key, [item.id]).done == (item.id,)


def test_submitting_together_is_no_opening(house: House) -> None:
    key = house.upload(ENCRYPTION, LOGS)
    house.bulk.submit(house.reviewer, key, ids(house, key))
    assert house.bulk.approve(house.reviewer, key, ids(house, key)).left == {Left.NOT_OPENED: 2}


def test_an_act_on_one_answer_is_an_opening_only_for_whoever_had_opened_it(house: House) -> None:
    key = house.upload(ENCRYPTION, LOGS)
    encryption, logs = house.questions(key)
    opened(house, encryption)
    for item in (encryption, logs):
        house.review.submit(house.reviewer, item.id, item.version)
    outcome = house.bulk.approve(house.reviewer, key, ids(house, key))
    assert (outcome.done, outcome.left) == ((encryption.id,), {Left.NOT_OPENED: 1})


def test_an_exact_reuse_needs_no_opening(house: House) -> None:
    key = reuse(house)
    assert len(house.bulk.approve(house.reviewer, key, ids(house, key)).done) == 1


def test_another_wording_of_the_entry_is_as_good_as_its_question(house: House) -> None:
    with house.store.writing() as tx:
        tx.library.add(LibraryEntry("Other", "All disks are encrypted.", "Parcel", also_asked=(LOGS,), choice="Yes"))
    house.folder.passages = ()
    house.knowledge.refresh()
    key = house.upload(LOGS, ENCRYPTION)
    logs, encryption = house.questions(key)
    assert logs.answer.empty, "the stand-in for matching finds it by the words of its text only"
    passage = encryption.answer.citations[0]
    logs = house.review.edit(
        house.sales, logs.id, logs.version, choice="Yes", text=passage.text, cited=[passage.digest]
    )
    outcome = house.bulk.approve(house.reviewer, key, [logs.id, encryption.id])
    assert (outcome.done, outcome.left) == ((logs.id,), {Left.NOT_OPENED: 1})


@pytest.mark.parametrize("text", ["All disks are encrypted, with AES", "All disks are encrypted."])
def test_an_entry_in_other_words_is_no_exact_reuse(text: str, house: House) -> None:
    key = reuse(house)
    item = house.questions(key)[0]
    cited = [citation.digest for citation in item.answer.citations]
    house.review.edit(house.sales, item.id, item.version, choice="Yes", text=text, cited=cited)
    assert house.bulk.approve(house.reviewer, key, [item.id]).left == {Left.NOT_OPENED: 1}


def test_an_entry_with_another_choice_is_no_exact_reuse(house: House) -> None:
    key = reuse(house)
    item = house.questions(key)[0]
    cited = [citation.digest for citation in item.answer.citations]
    house.review.edit(house.sales, item.id, item.version, choice="No", text=item.answer.text, cited=cited)
    assert house.bulk.approve(house.reviewer, key, [item.id]).left == {Left.INCONSISTENT: 1}


def test_an_entry_that_answers_another_question_is_no_exact_reuse(house: House) -> None:
    key = reuse(house, question="Are disks encrypted everywhere ?")
    assert house.bulk.approve(house.reviewer, key, ids(house, key)).left == {Left.NOT_OPENED: 1}


def test_a_statement_is_never_an_exact_reuse(house: House) -> None:
    key = house.upload(ENCRYPTION)
    assert house.bulk.approve(house.reviewer, key, ids(house, key)).left == {Left.NOT_OPENED: 1}


def test_a_source_that_changed_is_left_even_when_it_was_opened(house: House) -> None:
    key = house.upload(ENCRYPTION)
    item = house.questions(key)[0]
    item = house.review.edit(
        house.sales,
        item.id,
        item.version,
        choice="Yes",
        text="So it is.",
        cited=[citation.digest for citation in item.answer.citations],
    )
    house.folder.passages = house.folder.passages[1:]
    house.knowledge.refresh()
    item = house.questions(key)[0]
    opened(house, item)
    assert house.bulk.approve(house.reviewer, key, [item.id]).left == {Left.SOURCE: 1}


def test_with_four_eyes_ones_own_wording_is_left(house: House) -> None:
    strict = four_eyed(house)[0]
    key = house.upload(ENCRYPTION)
    item = house.questions(key)[0]
    house.review.edit(house.reviewer, item.id, item.version, choice="Yes", text="Mine.")
    assert strict.approve(house.reviewer, key, [item.id]).left == {Left.OWN: 1}


def four_eyed(house: House) -> tuple[Bulk, Review]:
    consistency = Consistency(house.store, house.matching, house.clock)
    return (
        Bulk(house.store, house.matching, house.knowledge, consistency, house.clock, four_eyes=True),
        Review(house.store, house.matching, house.knowledge, house.clock, four_eyes=True),
    )


def test_with_four_eyes_ones_own_entry_of_the_library_is_ones_own_wording(house: House) -> None:
    house.folder.passages = ()
    entry = house.library.add(house.reviewer, LibraryEntry(ENCRYPTION, "All disks are.", "Parcel", choice="Yes"))
    house.knowledge.refresh()
    key = house.upload(ENCRYPTION)
    (item,) = house.questions(key)
    assert [citation.path for citation in item.answer.citations] == [f"library/{entry}"]
    bulk, review = four_eyed(house)
    assert bulk.approve(house.reviewer, key, [item.id]).left == {Left.OWN: 1}
    with pytest.raises(StateError, match="your own wording"):
        review.approve(house.reviewer, item.id, item.version)
    assert bulk.approve(house.administrator, key, [item.id]).done == (item.id,)


def test_with_four_eyes_an_entry_that_somebody_else_reworded_or_proposed_is_not_ones_own(house: House) -> None:
    house.folder.passages = ()
    entry = house.library.add(house.reviewer, LibraryEntry(ENCRYPTION, "All disks.", "Parcel", choice="Yes"))
    record = house.library.entry(house.sales, entry)
    proposal = house.library.change(house.sales, entry, 1, replace(record.entry, answer="All our disks are."))
    house.library.accept(house.reviewer, proposal, 1, record.version)
    house.knowledge.refresh()
    key = house.upload(ENCRYPTION)
    (item,) = house.questions(key)
    bulk, _ = four_eyed(house)
    assert bulk.approve(house.reviewer, key, [item.id]).done == (item.id,)


def test_with_four_eyes_an_entry_made_of_an_approved_answer_had_its_second_reader(house: House) -> None:
    house.folder.passages = ()
    house.knowledge.refresh()
    key = house.upload(ENCRYPTION)
    (item,) = house.questions(key)
    item = house.review.edit(house.sales, item.id, item.version, choice="Yes", text="All disks are encrypted.")
    bulk, review = four_eyed(house)
    review.approve(house.reviewer, item.id, item.version)
    entry = house.library.take(house.reviewer, item.id)
    house.knowledge.refresh()
    (item,) = house.questions(house.upload(ENCRYPTION, customer="Globex"))
    assert [citation.path for citation in item.answer.citations] == [f"library/{entry}"]
    assert bulk.approve(house.reviewer, item.questionnaire, [item.id]).done == (item.id,)


@pytest.mark.parametrize("role", [Role.SALES, Role.EXPERT])
def test_only_reviewers_and_administrators_approve_together(role: Role, house: House) -> None:
    key = house.upload()
    with pytest.raises(PermissionDeniedError):
        house.bulk.approve(house.people[role], key, ids(house, key))


def test_questions_of_another_questionnaire_are_not_touched(house: House) -> None:
    key, other = house.upload(ENCRYPTION), house.upload(ENCRYPTION, customer="Globex")
    item = house.questions(other)[0]
    opened(house, item)
    assert house.bulk.approve(house.reviewer, key, [item.id]) == Outcome()


def test_nothing_is_submitted_together_before_the_layout_is_confirmed_or_once_it_was_sent(house: House) -> None:
    unconfirmed = house.upload(ENCRYPTION, draft=False)
    with pytest.raises(StateError, match="Confirm"):
        house.bulk.submit(house.sales, unconfirmed, ids(house, unconfirmed))
    key = house.upload(ENCRYPTION, LOGS)
    first = house.questions(key)[0]
    house.review.approve(house.reviewer, first.id, first.version)
    house.sent.note(house.sales, house.completion.complete(house.sales, key).id, "Bob")
    with pytest.raises(StateError, match="sent"):
        house.bulk.submit(house.sales, key, ids(house, key))


def test_a_completed_questionnaire_is_open_again_once_something_more_was_approved(house: House) -> None:
    key = house.upload(ENCRYPTION, LOGS)
    first, second = house.questions(key)
    house.review.approve(house.reviewer, first.id, first.version)
    house.completion.complete(house.sales, key)
    house.bulk.approve(house.reviewer, key, [second.id])
    assert house.review.frame(house.sales, key).record.stage is Stage.COMPLETED, "nothing was approved"
    opened(house, second)
    house.bulk.approve(house.reviewer, key, [second.id])
    assert house.review.frame(house.sales, key).record.stage is Stage.OPEN


def test_the_questionnaire_is_read_as_often_for_many_answers_as_for_one(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = house.upload(*(f"{ENCRYPTION} {number}" for number in range(5)))
    first, *others = ids(house, key)
    reads: list[int] = []
    get = Questionnaires.get

    def counted(self: Questionnaires, questionnaire: int) -> QuestionnaireRecord:
        reads.append(questionnaire)
        return get(self, questionnaire)

    monkeypatch.setattr(Questionnaires, "get", counted)
    house.bulk.submit(house.sales, key, [first])
    one, reads[:] = len(reads), []
    assert len(house.bulk.submit(house.sales, key, others).done) == 4
    assert len(reads) == one


def test_drafts_are_submitted_together_and_what_was_sent_back_waits(house: House) -> None:
    key = house.upload(ENCRYPTION, LOGS, GAP)
    encryption, logs, gap = house.questions(key)
    house.review.reject(house.reviewer, logs.id, logs.version, "No.", wrong_source=False)
    outcome = house.bulk.submit(house.sales, key, [encryption.id, logs.id, gap.id])
    assert outcome.done == (encryption.id,)
    assert outcome.left == {Left.RETURNED: 1, Left.EMPTY: 1}
    assert house.bulk.submit(house.sales, key, [encryption.id]).left == {Left.SUBMITTED: 1}


def test_what_contradicts_another_answer_of_the_document_is_left_on_both_sides_and_named(house: House) -> None:
    key = house.upload(ENCRYPTION, "Do you keep them encrypted ?", LOGS)
    one, other, logs = house.questions(key)
    one = house.review.edit(house.reviewer, one.id, one.version, choice="Yes", text="")
    other = house.review.edit(house.reviewer, other.id, other.version, choice="No", text="")
    opened(house, logs)
    outcome = house.bulk.approve(house.reviewer, key, ids(house, key))
    assert outcome.done == (logs.id,)
    assert outcome.kept == {Left.INCONSISTENT: (one, other)}


def test_what_this_customer_was_told_otherwise_before_is_left_until_it_is_approved_by_itself(house: House) -> None:
    told = house.upload(ENCRYPTION)
    before = house.questions(told)[0]
    house.review.approve(house.reviewer, before.id, before.version)
    key = house.upload(ENCRYPTION)
    item = house.questions(key)[0]
    item = house.review.edit(house.reviewer, item.id, item.version, choice="No", text="They are not.")
    assert house.bulk.approve(house.reviewer, key, [item.id]).left == {Left.INCONSISTENT: 1}
    assert house.review.approve(house.reviewer, item.id, item.version).answer.state is State.APPROVED


def test_what_the_library_contradicts_is_left(house: House) -> None:
    key = reuse(house)
    item = house.questions(key)[0]
    house.review.edit(house.reviewer, item.id, item.version, choice="No", text="They are not.")
    assert house.bulk.approve(house.reviewer, key, [item.id]).left == {Left.INCONSISTENT: 1}


def test_a_follow_up_that_disagrees_is_left_with_its_parent_but_one_without_an_answer_keeps_nobody(
    house: House,
) -> None:
    key = house.upload("Do you encrypt disks ?", "If yes, which cipher is used ?")
    parent, follow_up = house.questions(key)
    parent = house.review.edit(house.reviewer, parent.id, parent.version, choice="No", text="")
    follow_up = house.review.edit(house.reviewer, follow_up.id, follow_up.version, choice="Yes", text="AES.")
    assert house.bulk.approve(house.reviewer, key, ids(house, key)).kept == {Left.INCONSISTENT: (parent, follow_up)}
    house.review.edit(house.reviewer, follow_up.id, follow_up.version, choice=None, text="")
    house.review.edit(house.reviewer, parent.id, parent.version, choice="Yes", text="")
    outcome = house.bulk.approve(house.reviewer, key, ids(house, key))
    assert (outcome.done, outcome.left) == ((parent.id,), {Left.EMPTY: 1})


def test_what_leaves_blank_the_choice_that_the_form_wants_is_left_even_when_it_was_opened(house: House) -> None:
    key = house.upload(ENCRYPTION)
    item = house.questions(key)[0]
    item = house.review.edit(house.reviewer, item.id, item.version, choice=None, text="With AES.")
    assert house.bulk.approve(house.reviewer, key, [item.id]).kept == {Left.CHOICE: (item,)}


def test_what_saved_itself_while_it_was_typed_is_neither_submitted_nor_approved_together(house: House) -> None:
    key = house.upload(ENCRYPTION, GAP)
    encryption, gap = house.questions(key)
    house.assigning.assign(house.sales, key, [gap.id], house.expert.id, None)
    gap = house.review.edit(house.expert, gap.id, gap.version, choice="No", text="No do", by_itself=True)
    outcome = house.bulk.submit(house.sales, key, ids(house, key))
    assert (outcome.done, outcome.kept) == ((encryption.id,), {Left.WRITTEN: (gap,)})
    assert (outcome.typed[gap.id].by, outcome.typed[gap.id].at) == (house.expert.id, house.clock())
    opened(house, gap)
    assert house.bulk.approve(house.reviewer, key, [gap.id]).left == {Left.WRITTEN: 1}


@pytest.mark.parametrize("how", ["settle", "edit", "submit"])
def test_what_saved_itself_is_done_once_somebody_saves_or_submits_it(house: House, how: str) -> None:
    key = house.upload(GAP)
    item = house.questions(key)[0]
    item = house.review.edit(house.sales, item.id, item.version, choice="No", text="No dog", by_itself=True)
    assert set(house.review.frame(house.sales, key).typed) == {item.id}
    if how == "settle":
        house.review.settle(house.sales, item.id, item.version)
    elif how == "edit":
        house.review.edit(house.sales, item.id, item.version, choice="No", text="No dog.")
    else:
        house.review.submit(house.sales, item.id, item.version)
    assert not house.review.frame(house.sales, key).typed
    last = house.review.history(house.sales, item.id)[0]
    done = {"settle": "finished writing", "edit": "edited", "submit": "submitted"}
    assert (last.action, last.by) == (done[how], house.sales.id)
    if how != "submit":
        assert len(house.bulk.submit(house.sales, key, [item.id]).done) == 1
