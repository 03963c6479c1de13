"""Correcting layouts over both databases: answers kept, approvals undone, forms remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant import documents
from assistant.answer import Answer, State
from assistant.errors import ConflictError, InvalidValueError, PermissionDeniedError, StateError
from assistant.layout import AnswerGoes, ColumnRole, Correction, IsQuestion, Merge, PartUse, Role, View
from assistant.people import Role as Job
from assistant.questionnaire import FieldKind, Location
from assistant.statement import Scope
from assistant.workflow.bulk import Left
from assistant.workflow.carrying import MOVED
from assistant.workflow.intake import Intake
from assistant.workflow.layouts import AnswersGoError, Layouts
from assistant.workflow.records import AuditEvent, Stage
from tests.workflow.conftest import ENCRYPTION, GAP, LOGS, House

TEXT_IN_A = ColumnRole("S", 1, Role.TEXT, first=2)
"""The column of numbers takes the written answer: wrong, but told from what was found."""
NO_LOGS = IsQuestion(Location("S!B3"), LOGS, yes=False)


@pytest.fixture
def layouts(house: House) -> Layouts:
    return house.layouts


def correct(house: House, layouts: Layouts, key: int, *corrections: Correction, losing: bool = False) -> None:
    version = layouts.view(house.sales, key).record.version
    layouts.correct(house.sales, key, version, *corrections, losing=losing)


def version(house: House, layouts: Layouts, key: int) -> int:
    return layouts.view(house.sales, key).record.version


def texts(house: House, key: int) -> list[str]:
    return [item.question.text for item in house.questions(key)]


def places(house: House, key: int) -> list[tuple[str, ...]]:
    return [tuple(str(f.location) for f in item.question.fields) for item in house.questions(key)]


def test_a_correction_changes_what_is_asked_at_once_and_is_logged(house: House, layouts: Layouts) -> None:
    key = house.upload(draft=False)
    correct(house, layouts, key, TEXT_IN_A)
    assert places(house, key)[0] == ("S!C2", "S!A2")
    record = layouts.view(house.sales, key).record
    assert record.corrections == (TEXT_IN_A,)
    assert (record.version, record.stage) == (2, Stage.LAYOUT)
    with house.store.reading() as tx:
        event = tx.audit.events(record.subject)[0]
    assert event.action == "corrected the layout"
    assert event.after is not None
    assert event.after["correction"]["role"] == "text"


def test_the_last_correction_is_undone_and_all_of_them(house: House, layouts: Layouts) -> None:
    key = house.upload(draft=False)
    before = [item.question for item in house.questions(key)]
    correct(house, layouts, key, TEXT_IN_A)
    correct(house, layouts, key, NO_LOGS)
    assert texts(house, key) == [ENCRYPTION, GAP]
    layouts.undo(house.sales, key, version(house, layouts, key))
    assert texts(house, key) == [ENCRYPTION, LOGS, GAP]
    assert places(house, key)[0] == ("S!C2", "S!A2")
    correct(house, layouts, key, NO_LOGS)
    layouts.reset(house.sales, key, version(house, layouts, key))
    assert [item.question for item in house.questions(key)] == before
    assert layouts.view(house.sales, key).record.corrections == ()


def test_nothing_is_undone_where_nothing_was_corrected(house: House, layouts: Layouts) -> None:
    key = house.upload(draft=False)
    layouts.undo(house.sales, key, 1)
    layouts.reset(house.sales, key, 1)
    assert version(house, layouts, key) == 1


@pytest.mark.parametrize(
    "correction",
    [
        PartUse("T", used=False),
        ColumnRole("S", 99, Role.TEXT),
        IsQuestion(Location("S!Z9"), "x", yes=True),
        AnswerGoes(Location("S!B2"), ENCRYPTION, Location("T!A1"), FieldKind.TEXT),
    ],
)
def test_what_the_document_does_not_have_cannot_be_corrected(
    house: House, layouts: Layouts, correction: Correction
) -> None:
    key = house.upload(draft=False)
    with pytest.raises(InvalidValueError, match="no such place"):
        correct(house, layouts, key, correction)


def test_two_who_correct_at_once_do_not_overwrite_each_other(house: House, layouts: Layouts) -> None:
    key = house.upload(draft=False)
    correct(house, layouts, key, TEXT_IN_A)
    with pytest.raises(ConflictError):
        layouts.correct(house.reviewer, key, 1, NO_LOGS)
    assert texts(house, key) == [ENCRYPTION, LOGS, GAP]


@pytest.mark.parametrize("role", [Job.EXPERT])
def test_only_who_may_upload_corrects(house: House, layouts: Layouts, role: Job) -> None:
    key = house.upload(draft=False)
    for act in (layouts.undo, layouts.reset, lambda by, key, at: layouts.confirm(by, key, at, remember=True)):
        with pytest.raises(PermissionDeniedError):
            act(house.people[role], key, 1)
    with pytest.raises(PermissionDeniedError):
        layouts.correct(house.people[role], key, 1, TEXT_IN_A)


def test_confirming_drafts_the_questions_as_corrected(house: House, layouts: Layouts) -> None:
    key = house.upload(draft=False)
    correct(house, layouts, key, NO_LOGS)
    assert layouts.confirm(house.sales, key, version(house, layouts, key), remember=False)
    assert house.worker.run_once()
    assert [item.answer.state for item in house.questions(key)] == [State.DRAFTED, State.UNANSWERED]
    with house.store.reading() as tx:
        assert tx.questionnaires.get(key).stage is Stage.OPEN


def test_while_answers_are_drafted_and_once_sent_the_layout_stands(house: House, layouts: Layouts) -> None:
    key = house.upload(draft=False)
    house.layouts.confirm(house.sales, key, 1)
    with pytest.raises(StateError, match="drafted just now"):
        correct(house, layouts, key, TEXT_IN_A)
    house.worker.run_once()
    with house.store.writing() as tx:
        tx.questionnaires.update(replace(tx.questionnaires.get(key), stage=Stage.SENT))
    with pytest.raises(StateError, match="sent"):
        correct(house, layouts, key, TEXT_IN_A)


def test_a_layout_without_questions_cannot_be_confirmed(house: House, layouts: Layouts) -> None:
    key = house.upload(draft=False)
    correct(house, layouts, key, PartUse("S", used=False))
    with pytest.raises(StateError, match="Nothing is asked"):
        layouts.confirm(house.sales, key, version(house, layouts, key), remember=False)
    with house.store.reading() as tx:
        assert tx.questionnaires.get(key).doubtful


def test_answers_stay_with_their_questions_and_approvals_of_moved_ones_are_undone(
    house: House, layouts: Layouts
) -> None:
    key = house.upload()
    encryption, logs, _ = house.questions(key)
    for item in (encryption, logs):
        house.review.approve(house.reviewer, item.id, item.version)
    correct(house, layouts, key, AnswerGoes(Location("S!B2"), ENCRYPTION, Location("S!A2"), FieldKind.TEXT))
    moved, kept, _ = house.questions(key)
    assert (moved.id, moved.answer.text, moved.answer.state) == (encryption.id, encryption.answer.text, State.DRAFTED)
    assert (moved.answer.objection, moved.answer.approval) == (MOVED, None)
    assert kept == replace(house.questions(key)[1], version=kept.version)
    assert kept.answer.state is State.APPROVED
    assert kept.version == logs.version + 1, "approving alone changed it"


def test_an_approval_stays_when_a_confirmed_column_only_reads_its_placeholders_otherwise(
    house: House, layouts: Layouts, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = house.documents.view

    def with_placeholder(file: bytes, name: str = "") -> View:
        part = view(file, name).parts[0]
        cells = [
            replace(cell, text="mm/dd/yyyy", fields=(replace(cell.fields[0], value="mm/dd/yyyy"),))
            if str(cell.location) == "S!D2"
            else cell
            for cell in part.cells
        ]
        return View((replace(part, cells=tuple(cells)),))

    monkeypatch.setattr(house.documents, "view", with_placeholder)
    key = house.upload()
    item = house.questions(key)[0]
    house.review.approve(house.reviewer, item.id, item.version)
    correct(house, layouts, key, ColumnRole("S", 4, Role.TEXT, first=2))
    after = house.questions(key)[0]
    assert after.answer.state is State.APPROVED
    assert after.question.fields == item.question.fields


def test_questions_with_somebodys_answer_go_only_when_that_is_meant(house: House, layouts: Layouts) -> None:
    key = house.upload()
    logs = house.questions(key)[1]
    logs = house.review.edit(house.sales, logs.id, logs.version, choice="Yes", text="For a year.")
    before = house.questions(key)
    with pytest.raises(AnswersGoError) as refused:
        correct(house, layouts, key, NO_LOGS)
    assert [item.id for item in refused.value.questions] == [logs.id]
    assert house.questions(key) == before
    correct(house, layouts, key, NO_LOGS, losing=True)
    assert texts(house, key) == [ENCRYPTION, GAP]
    with house.store.reading() as tx:
        told = tx.audit.events(f"questionnaire {key}")[0].after
    assert told is not None
    assert told["answers lost"] == ["S!B3: For a year."]


def events(house: House, subject: str) -> list[AuditEvent]:
    with house.store.reading() as tx:
        return tx.audit.events(subject)


def test_an_approval_that_a_correction_undoes_is_logged_with_the_reason(house: House, layouts: Layouts) -> None:
    key = house.upload()
    encryption, logs, _ = house.questions(key)
    for item in (encryption, logs):
        house.review.approve(house.reviewer, item.id, item.version)
    correct(house, layouts, key, AnswerGoes(Location("S!B2"), ENCRYPTION, Location("S!A2"), FieldKind.TEXT))
    newest = events(house, encryption.subject)[0]
    assert (newest.action, newest.by, newest.after) == ("approval undone", house.sales.id, {"reason": MOVED})
    assert events(house, logs.subject)[0].action == "approved"


def test_an_answer_that_goes_with_its_question_stays_in_the_log(house: House, layouts: Layouts) -> None:
    key = house.upload()
    logs = house.questions(key)[1]
    house.review.edit(house.sales, logs.id, logs.version, choice="Yes", text="For a year.")
    correct(house, layouts, key, NO_LOGS, losing=True)
    newest = events(house, logs.subject)[0]
    assert (newest.action, newest.by) == ("removed by a correction of the layout", house.sales.id)
    assert newest.before is not None
    assert (newest.before["question"], newest.before["choice"], newest.before["text"]) == (LOGS, "Yes", "For a year.")


def test_drafts_that_nobody_touched_go_without_asking(house: House, layouts: Layouts) -> None:
    key = house.upload()
    correct(house, layouts, key, NO_LOGS)
    assert texts(house, key) == [ENCRYPTION, GAP]


def test_a_question_whose_text_changes_keeps_what_was_typed(house: House, layouts: Layouts) -> None:
    key = house.upload()
    gap = house.questions(key)[2]
    logs = house.questions(key)[1]
    house.review.edit(house.sales, logs.id, logs.version, choice="Yes", text="For a year.")
    correct(house, layouts, key, Merge(gap.question.location, gap.question.text))
    _, joined = house.questions(key)
    assert joined.question.text == f"{LOGS}\n{GAP}"
    assert (joined.id, joined.answer.text) == (logs.id, "For a year.")


def test_what_is_still_being_written_stays_so(house: House, layouts: Layouts) -> None:
    key = house.upload()
    first, gone, _ = house.questions(key)
    for item in (first, gone):
        house.review.edit(house.sales, item.id, item.version, choice="Yes", text="They are, but", by_itself=True)
    correct(house, layouts, key, TEXT_IN_A, NO_LOGS, losing=True)
    assert places(house, key)[0] == ("S!C2", "S!A2")
    assert list(house.review.desk(house.sales, key).typed) == [first.id]
    assert house.bulk.submit(house.sales, key, [first.id]).left == {Left.WRITTEN: 1}


def test_a_draft_by_matching_is_made_anew_when_the_question_reads_otherwise(house: House, layouts: Layouts) -> None:
    key = house.upload()
    gap = house.questions(key)[2]
    assert house.questions(key)[1].answer.state is State.DRAFTED
    correct(house, layouts, key, Merge(gap.question.location, gap.question.text))
    joined = house.questions(key)[1]
    assert (joined.answer, joined.status, joined.confidence) == (Answer(), None, 0.0)
    house.matching.asked.clear()
    assert layouts.confirm(house.sales, key, version(house, layouts, key), remember=False)
    house.worker.run_once()
    assert house.matching.asked == [f"{LOGS} {GAP}"]


@pytest.mark.parametrize("moved", [True, False])
def test_a_submitted_answer_goes_back_when_its_question_or_its_place_changed(
    house: House, layouts: Layouts, moved: bool
) -> None:
    key = house.upload()
    encryption, logs, gap = house.questions(key)
    for item in (encryption, logs):
        house.review.submit(house.sales, item.id, item.version)
    if moved:
        correction: Correction = AnswerGoes(logs.question.location, LOGS, Location("S!A3"), FieldKind.TEXT)
    else:
        correction = Merge(gap.question.location, gap.question.text)
    correct(house, layouts, key, correction)
    untouched, changed, *_ = house.questions(key)
    assert untouched.answer.state is State.SUBMITTED
    assert (changed.answer.state, changed.answer.text) == (State.DRAFTED, logs.answer.text)
    assert changed.answer.objection == MOVED
    assert events(house, logs.subject)[0].action == "sent back"


def test_new_questions_of_an_open_questionnaire_are_drafted_when_the_layout_is_done(
    house: House, layouts: Layouts
) -> None:
    key = house.upload()
    typed = house.questions(key)[2]
    house.review.edit(house.sales, typed.id, typed.version, choice="No", text="We do not.")
    correct(house, layouts, key, NO_LOGS)
    layouts.undo(house.sales, key, version(house, layouts, key))
    assert [item.answer.state for item in house.questions(key)][1] is State.UNANSWERED
    assert layouts.confirm(house.sales, key, version(house, layouts, key), remember=False)
    house.worker.run_once()
    assert [item.answer.text for item in house.questions(key)][1:] == ["Logs are kept for 90 days.", "We do not."]
    assert not layouts.confirm(house.sales, key, version(house, layouts, key), remember=False)


def test_a_correction_after_completion_opens_the_questionnaire_again(house: House, layouts: Layouts) -> None:
    key = house.upload()
    first, second, _ = house.questions(key)
    house.review.approve(house.reviewer, first.id, first.version)
    house.review.approve(house.reviewer, second.id, second.version)
    house.completion.complete(house.sales, key)
    correct(house, layouts, key, NO_LOGS, losing=True)
    with house.store.reading() as tx:
        assert tx.questionnaires.get(key).stage is Stage.OPEN


def test_what_was_left_out_can_be_taken_in_and_that_can_be_undone(house: House) -> None:
    layouts = Layouts(house.store, documents, house.clock)
    file = b"Question,Answer,Left out\nIs data encrypted?,,\nAre logs kept?,,\n,,Backups of everything\n"
    intake = Intake(house.store, documents, house.knowledge, house.clock)
    key = intake.receive(house.sales, file, "pasted.csv", customer="Acme", scope=Scope("Parcel"))

    def stands() -> tuple[list[str], list[str]]:
        laid = layouts.view(house.sales, key)
        return [q.question.text for q in laid.questions], [s.text for s in laid.record.found.skipped]

    assert stands() == (["Is data encrypted?", "Are logs kept?"], ["Backups of everything"])
    with pytest.raises(InvalidValueError):
        layouts.take_in(house.sales, key, 1, 7)
    layouts.take_in(house.sales, key, 1, 0)
    assert stands() == (["Is data encrypted?", "Are logs kept?", "Backups of everything"], [])
    taken = layouts.view(house.sales, key).questions[-1].question
    assert [field.location for field in taken.fields] == ["table!B4"]
    layouts.undo(house.sales, key, version(house, layouts, key))
    assert stands()[1] == ["Backups of everything"]


def test_one_of_several_questions_in_a_cell_is_taken_in_again_by_its_words(house: House) -> None:
    layouts = Layouts(house.store, documents, house.clock)
    file = b'Question,Answer\n"1. Is data encrypted?\n2. Who keeps the keys?",\nAre logs kept every day?,\n'
    intake = Intake(house.store, documents, house.knowledge, house.clock)
    key = intake.receive(house.sales, file, "pasted.csv", customer="Acme", scope=Scope("Parcel"))
    before = [item.question for item in layouts.view(house.sales, key).questions]
    assert len(before) == 3
    layouts.correct(house.sales, key, 1, IsQuestion(before[0].location, before[0].text, yes=False))
    laid = layouts.view(house.sales, key)
    assert [item.question for item in laid.questions] == before[1:]
    place = [skip.text for skip in laid.record.found.skipped].index(before[0].text)
    layouts.take_in(house.sales, key, laid.record.version, place)
    assert [item.question for item in layouts.view(house.sales, key).questions] == before


def test_a_remembered_layout_is_used_for_the_next_file_of_the_form_with_other_rows(
    house: House, layouts: Layouts
) -> None:
    key = house.upload(draft=False)
    correct(house, layouts, key, TEXT_IN_A)
    correct(house, layouts, key, NO_LOGS)
    layouts.confirm(house.sales, key, version(house, layouts, key), remember=True)
    other = house.upload(ENCRYPTION, "Are there guards ?", GAP, "Who cares ?", customer="Borealis", draft=False)
    assert texts(house, other) == [ENCRYPTION, "Are there guards ?", GAP, "Who cares ?"]
    assert [found[1] for found in places(house, other)] == ["S!A2", "S!A3", "S!A4", "S!A5"]
    laid = layouts.view(house.sales, other)
    assert laid.record.corrections == (TEXT_IN_A,), "the place said of another row does not hold here"
    assert f"Sales confirmed on {house.clock().date()}" in laid.record.found.notices[-1]
    assert laid.remembered is not None
    assert "Acme" not in str(laid.record.found.notices), "nothing of one customer reaches another"


def test_without_the_wish_nothing_is_remembered_and_starting_over_forgets(house: House, layouts: Layouts) -> None:
    def uploaded() -> int:
        return house.upload(draft=False)

    key = uploaded()
    correct(house, layouts, key, TEXT_IN_A)
    layouts.confirm(house.sales, key, version(house, layouts, key), remember=False)
    assert places(house, uploaded())[0] == ("S!C2", "S!D2")
    house.worker.run_once()
    layouts.confirm(house.sales, key, version(house, layouts, key), remember=True)
    again = uploaded()
    assert places(house, again)[0] == ("S!C2", "S!A2")
    layouts.reset(house.sales, again, version(house, layouts, again))
    layouts.confirm(house.sales, again, version(house, layouts, again), remember=True)
    assert places(house, uploaded())[0] == ("S!C2", "S!D2")


def test_a_file_in_which_nothing_was_found_is_taken_in_when_it_has_texts(house: House, layouts: Layouts) -> None:
    house.documents.blind = True
    key = house.intake.receive(
        house.sales,
        "\n".join(("questions", ENCRYPTION, LOGS, GAP)).encode(),
        "odd.xlsx",
        customer="Acme",
        scope=Scope("Parcel", "cloud"),
        due=date(2026, 6, 1),
    )
    assert texts(house, key) == []
    with house.store.reading() as tx:
        assert tx.questionnaires.get(key).doubtful
    correct(house, layouts, key, ColumnRole("S", 2, Role.QUESTION, 2), ColumnRole("S", 4, Role.TEXT, 2))
    assert texts(house, key) == [ENCRYPTION, LOGS, GAP]
    assert not layouts.view(house.sales, key).record.doubtful
