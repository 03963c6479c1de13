from dataclasses import replace
from datetime import timedelta

from assistant.answer import State
from assistant.people import Role
from assistant.storage import Database
from assistant.workflow.changes import EDITED, TYPED, Change
from tests.storage import samples


def change(question: int, by: int, version: int, **changes: object) -> Change:
    kept = Change(0, question, by, samples.NOON, "edited", version - 1, version, samples.drafted(), ("d" * 64,))
    return replace(kept, **changes)  # type: ignore[arg-type]


def test_a_change_comes_back_with_the_answer_before_it(store: Database) -> None:
    with store.writing() as tx:
        ada = samples.person(tx)
        key = samples.questionnaire(tx, ada)
        question = tx.questionnaires.questions(key)[0].id
        before = replace(samples.drafted(ada), note="A note.", objection="Why?", not_applicable="No office.")
        kept = change(question, ada.id, 2, before=before)
        tx.changes.add(kept)
    with store.reading() as tx:
        found = tx.changes.latest(ada.id, key, samples.NOON)
        assert found is not None
        assert replace(found, id=0) == kept
        assert tx.changes.leading_to(question, 2) == found
        assert tx.changes.leading_to(question, 3) is None


def test_the_latest_is_ones_own_in_that_questionnaire_since_then(store: Database) -> None:
    with store.writing() as tx:
        ada, bob = samples.person(tx), samples.person(tx, Role.SALES, "Bob")
        key, other = (samples.questionnaire(tx, ada, content=content) for content in (b"1", b"2"))
        first, second = (item.id for item in tx.questionnaires.questions(key))
        strange = tx.questionnaires.questions(other)[0].id
        for made in (change(first, ada.id, 2), change(second, bob.id, 2), change(strange, ada.id, 2)):
            tx.changes.add(made)
        mine = tx.changes.latest(ada.id, key, samples.NOON)
        assert mine is not None
        assert mine.question == first
        assert tx.changes.latest(ada.id, key, samples.NOON + timedelta(seconds=1)) is None
        tx.changes.move(mine.id, 5, samples.NOON + timedelta(hours=1))
        moved = tx.changes.leading_to(first, 5)
        assert moved is not None
        assert moved.at == samples.NOON + timedelta(hours=1)
        tx.changes.forget(mine.id)
        assert tx.changes.latest(ada.id, key, samples.NOON) is None


def test_an_act_on_many_answers_is_found_by_any_of_its_changes_and_nothing_else_is(store: Database) -> None:
    with store.writing() as tx:
        ada, bob = samples.person(tx), samples.person(tx, Role.SALES, "Bob")
        keys = [samples.questionnaire(tx, ada) for _ in range(2)]
        first, second = (item.id for item in tx.questionnaires.questions(keys[0]))
        other = tx.questionnaires.questions(keys[1])[0].id
        one = replace(change(first, ada.id, 2), action="approved")
        later = one.at + timedelta(seconds=1)
        for made in (
            one,
            replace(one, question=second),
            replace(one, question=other),
            replace(one, by=bob.id, version=3),
            replace(one, at=later, version=4),
            replace(one, action="submitted", version=5),
        ):
            tx.changes.add(made)
        begun = tx.changes.leading_to(second, 2)
        alone = tx.changes.leading_to(first, 5)
        assert begun is not None
        assert alone is not None
        assert [made.question for made in tx.changes.act(begun)] == [first, second]
        assert tx.changes.act(alone) == [alone]


def test_what_saved_itself_is_told_while_it_stands_so(store: Database) -> None:
    with store.writing() as tx:
        ada = samples.person(tx)
        key = samples.questionnaire(tx, ada)
        first, second = tx.questionnaires.questions(key)
        tx.changes.add(replace(change(first.id, ada.id, first.version), action=TYPED))
        tx.changes.add(replace(change(second.id, ada.id, second.version + 1), action=TYPED))
        (made,) = tx.changes.typed(key).values()
        assert (made.question, made.by) == (first.id, ada.id)
        tx.changes.rename(made.id, EDITED)
        assert tx.changes.typed(key) == {}


def test_an_approval_is_not_kept_with_the_answer(store: Database) -> None:
    with store.writing() as tx:
        ada = samples.person(tx)
        key = samples.questionnaire(tx, ada)
        item = tx.questionnaires.questions(key)[0]
        tx.changes.add(change(item.id, ada.id, 2, before=samples.approved_by(ada, item)))
        found = tx.changes.leading_to(item.id, 2)
        assert found is not None
        assert (found.before.state, found.before.approval) == (State.APPROVED, None)


def test_the_version_opened_last_is_the_one_that_is_told(store: Database) -> None:
    with store.writing() as tx:
        ada, bob = samples.person(tx), samples.person(tx, Role.SALES, "Bob")
        first, second = (item.id for item in tx.questionnaires.questions(samples.questionnaire(tx, ada)))
        for person, question, version in ((ada, first, 1), (ada, first, 3), (bob, second, 2)):
            tx.opened.note(person.id, question, version)
        assert tx.opened.of(ada.id, [first, second]) == {first: 3}
        assert tx.opened.of(ada.id, [second]) == {}


def test_comments_are_counted_and_shown_until_they_are_removed(store: Database) -> None:
    with store.writing() as tx:
        ada = samples.person(tx)
        key = samples.questionnaire(tx, ada)
        first, second = (item.id for item in tx.questionnaires.questions(key))
        one, two = (tx.comments.add(first, ada.id, samples.NOON, text, (ada.id,)) for text in ("One.", "Two."))
        tx.comments.add(second, ada.id, samples.NOON, "Three.", ())
        assert tx.comments.counts(key) == {first: 2, second: 1}
        assert tx.comments.of(first) == [one, two]
        tx.comments.remove(one.id, samples.NOON)
        assert tx.comments.of(first) == [two]
        assert tx.comments.counts(key) == {first: 1, second: 1}
        assert tx.comments.get(one.id) is None
        assert tx.comments.get(two.id) == two


def test_what_is_kept_around_a_question_goes_with_it(store: Database) -> None:
    with store.writing() as tx:
        ada = samples.person(tx)
        key = samples.questionnaire(tx, ada)
        question = tx.questionnaires.questions(key)[0].id
        tx.comments.add(question, ada.id, samples.NOON, "One.", ())
        tx.opened.note(ada.id, question, 1)
        tx.changes.add(change(question, ada.id, 2))
        tx.questionnaires.delete(key)
    with store.reading() as tx:
        assert tx.comments.of(question) == []
        assert tx.opened.of(ada.id, [question]) == {}
        assert tx.changes.leading_to(question, 2) is None
