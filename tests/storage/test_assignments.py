from datetime import date

from assistant.answer import State
from assistant.people import Role
from assistant.storage import Database
from assistant.workflow.assignments import Assignment
from assistant.workflow.records import Stage
from tests.storage import samples


def test_what_somebody_has_is_told_by_urgency_and_by_questionnaire(store: Database) -> None:
    with store.writing() as tx:
        ada, bob = samples.person(tx), samples.person(tx, Role.EXPERT, "Bob")
        first, second = (samples.questionnaire(tx, ada, count=3, content=name) for name in (b"1", b"2"))
        one, two, three = (item.id for item in tx.questionnaires.questions(first))
        other = tx.questionnaires.questions(second)[0].id
        tx.assignments.put(
            [
                Assignment(one, first, bob.id, None, ada.id, samples.NOON),
                Assignment(two, first, bob.id, date(2026, 4, 2), ada.id, samples.NOON),
                Assignment(three, first, ada.id, None, ada.id, samples.NOON),
                Assignment(other, second, bob.id, date(2026, 4, 1), ada.id, samples.NOON),
            ]
        )
    with store.reading() as tx:
        assert [given.question for given in tx.assignments.mine(bob.id)] == [other, two, one]
        assert tx.assignments.mine(bob.id)[0] == tx.assignments.get(other)
        assert set(tx.assignments.of(first)) == {one, two, three}
        assert tx.assignments.questionnaires(ada.id) == {first}
        assert tx.assignments.questionnaires(bob.id) == {first, second}


def test_only_what_waits_where_work_goes_on_is_counted(store: Database) -> None:
    with store.writing() as tx:
        ada = samples.person(tx)
        keys = [
            samples.questionnaire(tx, ada, count=1, content=stage.value.encode(), stage=stage)
            for stage in (Stage.OPEN, Stage.COMPLETED, Stage.SENT)
        ]
        asked = [(tx.questionnaires.questions(key)[0].id, key) for key in keys]
        tx.assignments.put([Assignment(one, key, ada.id, None, ada.id, samples.NOON) for one, key in asked])
        assert tx.assignments.waiting(ada.id, (State.UNANSWERED,)) == 2
        assert tx.assignments.waiting(ada.id, (State.SUBMITTED,)) == 0


def test_a_question_has_one_person_at_most(store: Database) -> None:
    with store.writing() as tx:
        ada, bob = samples.person(tx), samples.person(tx, Role.EXPERT, "Bob")
        key = samples.questionnaire(tx, ada)
        question = tx.questionnaires.questions(key)[0].id
        for person in (ada, bob):
            tx.assignments.put([Assignment(question, key, person.id, None, ada.id, samples.NOON)])
        assert [given.person for given in tx.assignments.of(key).values()] == [bob.id]
        tx.assignments.remove([question])
        assert tx.assignments.get(question) is None
