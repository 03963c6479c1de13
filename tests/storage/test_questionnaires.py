from dataclasses import replace

import pytest

from assistant.answer import State
from assistant.errors import ConflictError, NotFoundError
from assistant.questionnaire import Questionnaire
from assistant.storage import Database
from assistant.workflow.records import CompletedRecord, QuestionRecord, Stage
from tests.storage import samples


def test_a_questionnaire_comes_back_as_it_was_saved(store: Database) -> None:
    with store.writing() as tx:
        owner = samples.person(tx)
        key = samples.questionnaire(tx, owner)
    with store.reading() as tx:
        record = tx.questionnaires.get(key)
        assert (record.id, record.customer, record.scope, record.owner) == (key, "Acme", samples.SCOPE, owner.id)
        assert record.created == samples.NOON
        assert record.created.tzinfo is not None
        assert record.found.notices == ("Signed.",)
        listed = replace(record, found=Questionnaire("xlsx", ()))
        assert tx.questionnaires.all() == [listed]
        assert tx.questionnaires.original(record.original) == b"the file"


def test_what_was_found_stays_when_a_listed_record_is_saved(store: Database) -> None:
    with store.writing() as tx:
        key = samples.questionnaire(tx, samples.person(tx))
        tx.questionnaires.update(replace(tx.questionnaires.all()[0], customer="Globex"))
        assert tx.questionnaires.get(key).found.notices == ("Signed.",)


def test_questions_come_back_as_they_were_saved_in_the_documents_order(store: Database) -> None:
    with store.writing() as tx:
        key = samples.questionnaire(tx, samples.person(tx), count=12)
    with store.reading() as tx:
        found = tx.questionnaires.questions(key)
        assert [record.question for record in found] == [samples.question(n) for n in range(1, 13)]
        assert tx.questionnaires.question(found[3].id) == found[3]


def test_an_approved_answer_comes_back_with_its_approval_and_citations(store: Database) -> None:
    with store.writing() as tx:
        reviewer = samples.person(tx)
        before = tx.questionnaires.questions(samples.questionnaire(tx, reviewer))[0]
        saved = tx.questionnaires.save(replace(before, answer=samples.approved_by(reviewer, before)))
        assert saved.version == before.version + 1
    with store.reading() as tx:
        assert tx.questionnaires.question(before.id) == saved


def test_the_second_of_two_people_saving_the_same_answer_is_refused(store: Database) -> None:
    with store.writing() as tx:
        both_saw = tx.questionnaires.questions(samples.questionnaire(tx, samples.person(tx)))[0]
    with store.writing() as tx:
        first = tx.questionnaires.save(replace(both_saw, answer=samples.drafted()))
    with pytest.raises(ConflictError), store.writing() as tx:
        tx.questionnaires.save(replace(both_saw, answer=replace(samples.drafted(), text="Something else.")))
    with store.reading() as tx:
        assert tx.questionnaires.question(both_saw.id) == first


def test_the_second_of_two_people_saving_the_same_questionnaire_is_refused(store: Database) -> None:
    with store.writing() as tx:
        both_saw = tx.questionnaires.get(samples.questionnaire(tx, samples.person(tx)))
        tx.questionnaires.update(replace(both_saw, customer="Globex"))
    with pytest.raises(ConflictError), store.writing() as tx:
        tx.questionnaires.update(replace(both_saw, stage=Stage.SENT))
    with store.reading() as tx:
        saved = tx.questionnaires.get(both_saw.id)
        assert (saved.customer, saved.stage, saved.version) == ("Globex", Stage.OPEN, 2)


def test_an_exception_leaves_nothing_behind(store: Database) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as tx:
        samples.questionnaire(tx, samples.person(tx), count=1 // 0)
    with store.reading() as tx:
        assert tx.questionnaires.all() == []
        assert tx.people.all() == []


def test_what_is_not_there_is_said_so(store: Database) -> None:
    with store.reading() as tx:
        for missing in (tx.questionnaires.get, tx.questionnaires.question, tx.questionnaires.completed_content):
            with pytest.raises(NotFoundError):
                missing(7)
        with pytest.raises(NotFoundError):
            tx.questionnaires.original("0" * 64)
    ghost = QuestionRecord(7, 1, 0, samples.question())
    with pytest.raises(NotFoundError), store.writing() as tx:
        tx.questionnaires.save(ghost)


def test_counts_are_by_questionnaire_and_state(store: Database) -> None:
    with store.writing() as tx:
        owner = samples.person(tx)
        first = samples.questionnaire(tx, owner, count=3)
        second = samples.questionnaire(tx, owner, count=1)
        record = tx.questionnaires.questions(first)[1]
        tx.questionnaires.save(replace(record, answer=samples.approved_by(owner, record)))
        assert tx.questionnaires.counts() == {
            first: {State.UNANSWERED: 2, State.APPROVED: 1},
            second: {State.UNANSWERED: 1},
        }


def test_customers_are_named_once_in_order(store: Database) -> None:
    with store.writing() as tx:
        owner = samples.person(tx)
        for customer in ("Globex", "acme", "Globex", "Initech"):
            samples.questionnaire(tx, owner, customer=customer)
        assert tx.questionnaires.customers() == ["acme", "Globex", "Initech"]


def test_deleting_the_last_questionnaire_of_a_file_removes_the_file(store: Database) -> None:
    with store.writing() as tx:
        owner = samples.person(tx)
        first, second = samples.questionnaire(tx, owner), samples.questionnaire(tx, owner)
        original = tx.questionnaires.get(first).original
        assert tx.questionnaires.get(second).original == original
        tx.questionnaires.delete(first)
        assert tx.questionnaires.original(original) == b"the file"
        assert tx.questionnaires.questions(first) == []
        tx.questionnaires.delete(second)
        with pytest.raises(NotFoundError):
            tx.questionnaires.original(original)


def test_an_id_is_never_given_out_twice(store: Database) -> None:
    with store.writing() as tx:
        owner = samples.person(tx)
        first = samples.questionnaire(tx, owner)
        tx.questionnaires.delete(first)
        assert samples.questionnaire(tx, owner) > first


def test_completed_documents_are_kept_newest_first(store: Database) -> None:
    with store.writing() as tx:
        owner = samples.person(tx)
        key = samples.questionnaire(tx, owner)
        record = CompletedRecord(0, key, "CAIQ - completed.xlsx", "d" * 64, 2, 1, 2, owner.id, samples.NOON)
        ids = [tx.questionnaires.add_completed(record, content) for content in (b"one", b"two")]
    with store.reading() as tx:
        assert [done.id for done in tx.questionnaires.completed(key)] == ids[::-1]
        assert tx.questionnaires.completed_content(ids[0]) == (replace(record, id=ids[0]), b"one")


def test_what_approved_answers_cite_is_told_for_all_questionnaires_at_once(store: Database) -> None:
    with store.writing() as tx:
        reviewer = samples.person(tx)
        one, other = samples.questionnaire(tx, reviewer), samples.questionnaire(tx, reviewer, stage=Stage.SENT)
        approved = [tx.questionnaires.questions(one)[1], tx.questionnaires.questions(other)[0]]
        for item in approved:
            tx.questionnaires.save(replace(item, answer=samples.approved_by(reviewer, item)))
        left = tx.questionnaires.questions(one)[0]
        tx.questionnaires.save(replace(left, answer=samples.drafted()))
    with store.reading() as tx:
        assert tx.questionnaires.approved_citations() == [
            (item.id, item.questionnaire, (samples.CITATION.digest,)) for item in approved
        ]
