"""What the database refuses, whichever program asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from sqlalchemy.exc import DatabaseError

from assistant.answer import Approval, State
from assistant.errors import StateError
from assistant.people import Person, Role
from assistant.statement import Scope
from assistant.storage import Database
from assistant.workflow.records import CompletedRecord, QuestionRecord
from tests.storage import samples
from tests.storage.conftest import Tamper

Execute = Callable[..., None]


@dataclass
class Scene:
    """A questionnaire with one drafted and one approved answer, and a completed document."""

    questionnaire: int
    drafted: QuestionRecord
    approved: QuestionRecord
    reviewer: Person
    completed: int


@pytest.fixture
def scene(store: Database) -> Scene:
    with store.writing() as tx:
        reviewer = samples.person(tx)
        key = samples.questionnaire(tx, reviewer)
        first, second = tx.questionnaires.questions(key)
        first = tx.questionnaires.save(replace(first, answer=samples.drafted()))
        second = tx.questionnaires.save(replace(second, answer=samples.approved_by(reviewer, second)))
        record = CompletedRecord(0, key, "CAIQ - completed.xlsx", "d" * 64, 2, 1, 2, reviewer.id, samples.NOON)
        return Scene(key, first, second, reviewer, tx.questionnaires.add_completed(record, b"completed"))


def save(store: Database, record: QuestionRecord) -> None:
    with store.writing() as tx:
        tx.questionnaires.save(record)


def approve(record: QuestionRecord, by: Person) -> QuestionRecord:
    approval = Approval(by.id, samples.NOON, "a" * 64)
    return replace(record, answer=replace(samples.drafted(), state=State.APPROVED, approval=approval))


class TestApproval:
    @pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMINISTRATOR])
    def test_is_given_by_reviewers_and_administrators(self, store: Database, scene: Scene, role: Role) -> None:
        with store.writing() as tx:
            by = samples.person(tx, role, "Bea")
        save(store, approve(scene.drafted, by))

    @pytest.mark.parametrize("role", [Role.SALES, Role.EXPERT])
    def test_is_refused_of_sales_and_experts(self, store: Database, scene: Scene, role: Role) -> None:
        with store.writing() as tx:
            by = samples.person(tx, role, "Bea")
        with pytest.raises(StateError, match="Only an active reviewer"):
            save(store, approve(scene.drafted, by))

    def test_is_refused_of_a_deactivated_reviewer(self, store: Database, scene: Scene) -> None:
        with store.writing() as tx:
            account = tx.people.get(scene.reviewer.id)
            assert account is not None
            tx.people.update(replace(account, active=False))
        with pytest.raises(StateError, match="Only an active reviewer"):
            save(store, approve(scene.drafted, scene.reviewer))

    def test_stands_when_the_reviewer_is_deactivated_later(self, store: Database, scene: Scene) -> None:
        with store.writing() as tx:
            account = tx.people.get(scene.reviewer.id)
            assert account is not None
            tx.people.update(replace(account, active=False))
        save(store, replace(scene.approved, answer=replace(scene.approved.answer, note="seen")))

    def test_of_a_new_row_is_guarded_like_that_of_an_old_one(self, store: Database, scene: Scene) -> None:
        with store.writing() as tx:
            sales = samples.person(tx, Role.SALES, "Sam")
            record = tx.questionnaires.get(scene.questionnaire)
        with pytest.raises(StateError, match="Only an active reviewer"), store.writing() as tx:
            tx.questionnaires.add(record, [approve(scene.drafted, sales)])

    @pytest.mark.parametrize("missing", ["approved_by", "approved_at", "approved_digest"])
    def test_without_reviewer_time_or_digest_is_refused(self, scene: Scene, execute: Execute, missing: str) -> None:
        with pytest.raises(DatabaseError, match=r"approval|active reviewer"):
            execute(f"UPDATE questions SET {missing} = NULL WHERE id = :id", id=scene.approved.id)

    def test_does_not_stay_with_an_answer_that_is_not_approved(self, scene: Scene, execute: Execute) -> None:
        with pytest.raises(DatabaseError, match="approval"):
            execute("UPDATE questions SET state = 'drafted' WHERE id = :id", id=scene.approved.id)

    @pytest.mark.parametrize(
        ("change", "value"),
        [
            ("text", "Are the keys NOT rotated?"),
            ("location", "Sheet!Z9"),
            ("fields", "[]"),
            ("choice", "No"),
            ("choice", None),
            ("answer", "They are not."),
            ("not_applicable", "We have none."),
            ("citations", "[]"),
        ],
    )
    def test_does_not_stay_when_what_it_is_bound_to_changes(
        self, scene: Scene, execute: Execute, change: str, value: str | None
    ) -> None:
        with pytest.raises(DatabaseError, match="approved as it stands"):
            execute(f"UPDATE questions SET {change} = :value WHERE id = :id", value=value, id=scene.approved.id)

    def test_does_not_move_to_another_questionnaire(self, store: Database, scene: Scene, execute: Execute) -> None:
        with store.writing() as tx:
            other = samples.questionnaire(tx, scene.reviewer, count=0)
        with pytest.raises(DatabaseError, match="approved as it stands"):
            execute("UPDATE questions SET questionnaire = :other WHERE id = :id", other=other, id=scene.approved.id)

    def test_is_undone_by_a_change_that_says_so(self, store: Database, scene: Scene) -> None:
        changed = replace(scene.approved.answer, state=State.DRAFTED, text="Changed.", approval=None)
        save(store, replace(scene.approved, answer=changed))

    def test_stays_when_only_a_note_or_confidence_changes(self, store: Database, scene: Scene) -> None:
        noted = replace(scene.approved.answer, note="for colleagues")
        save(store, replace(scene.approved, answer=noted, confidence=0.9))

    @pytest.mark.parametrize(
        "scope", [Scope("SonarCloud", "cloud", nda=True), Scope("Sourcegraph"), replace(samples.SCOPE, nda=False)]
    )
    def test_keeps_the_scope_of_the_questionnaire(self, store: Database, scene: Scene, scope: Scope) -> None:
        with store.reading() as tx:
            record = tx.questionnaires.get(scene.questionnaire)
        with pytest.raises(StateError, match="product and deployment"), store.writing() as tx:
            tx.questionnaires.update(replace(record, scope=scope))
        save(store, replace(scene.approved, answer=samples.drafted()))
        with store.writing() as tx:
            tx.questionnaires.update(replace(record, scope=scope))


class TestAnswers:
    def test_that_say_nothing_are_unanswered(self, store: Database, scene: Scene) -> None:
        with pytest.raises(StateError, match="said"):
            save(store, replace(scene.drafted, answer=replace(samples.drafted(), choice=None, text="")))

    def test_that_are_drafted_by_matching_cite_a_passage(self, store: Database, scene: Scene) -> None:
        with pytest.raises(StateError, match="cited"):
            save(store, replace(scene.drafted, answer=replace(samples.drafted(), citations=())))
        save(store, replace(scene.drafted, answer=replace(samples.drafted(scene.reviewer), citations=())))


class TestFiles:
    def test_that_customers_sent_are_never_changed(self, scene: Scene, execute: Execute) -> None:
        with pytest.raises(DatabaseError, match="never changed"):
            execute("UPDATE originals SET content = :content", content=b"another")

    def test_stay_with_their_questionnaire(self, store: Database, scene: Scene, execute: Execute) -> None:
        with store.writing() as tx:
            other = tx.questionnaires.add_original(b"another file")
        with pytest.raises(DatabaseError, match="file it was made of"):
            execute("UPDATE questionnaires SET original = :other", other=other)
        with pytest.raises(DatabaseError, match="file it was made of"):
            execute("DELETE FROM originals WHERE digest <> :other", other=other)

    @pytest.mark.parametrize("change", ["content = 'x'", "digest = '" + "e" * 64 + "'", "places = 9"])
    def test_that_were_completed_are_never_changed(self, scene: Scene, execute: Execute, change: str) -> None:
        with pytest.raises(DatabaseError, match="never changed"):
            execute(f"UPDATE completed SET {change}")

    def test_that_were_completed_go_with_their_questionnaire_only(
        self, store: Database, scene: Scene, execute: Execute
    ) -> None:
        with pytest.raises(DatabaseError, match="never changed"):
            execute("DELETE FROM completed")
        with store.writing() as tx:
            tx.questionnaires.delete(scene.questionnaire)
            assert tx.questionnaires.completed(scene.questionnaire) == []


class TestTheAuditLog:
    @pytest.fixture(autouse=True)
    def entry(self, store: Database) -> None:
        with store.writing() as tx:
            tx.audit.record(None, "counted", "thing")

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit SET action = 'x'",
            "UPDATE audit SET id = 7",
            "DELETE FROM audit",
            "DELETE FROM audit_head",
            "UPDATE audit_head SET entries = 0",
            "UPDATE audit_head SET entries = entries",
        ],
    )
    def test_is_only_added_to(self, execute: Execute, statement: str) -> None:
        with pytest.raises(DatabaseError, match="only added to"):
            execute(statement)

    def test_is_not_emptied_or_replaced(self, store: Database, execute: Execute) -> None:
        row = "INTO audit (id, at, action, subject, mac) VALUES (1, '2026-03-02', 'x', 'x', 'x')"
        statement = f"INSERT OR REPLACE {row}" if store.is_sqlite else "TRUNCATE audit"
        with pytest.raises(DatabaseError, match="only added to"):
            execute(statement)


def test_the_guards_stand_after_the_tests_own_tampering(store: Database, tamper: Tamper, execute: Execute) -> None:
    with store.writing() as tx:
        tx.audit.record(None, "counted", "thing")
    tamper("UPDATE audit SET action = 'x'")
    with pytest.raises(DatabaseError, match="only added to"):
        execute("UPDATE audit SET action = 'y'")
