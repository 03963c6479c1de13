"""What is held against an answer, what is flagged, and what is never shown of another customer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.difference import Difference
from assistant.errors import NotFoundError
from assistant.followups import Disagreement
from assistant.people import Person
from assistant.statement import Audience, LibraryEntry, Scope
from assistant.workflow.agreement import Beside, Flag, Kind
from assistant.workflow.asked import LONGEST, key_of
from assistant.workflow.consistency import Consistency
from assistant.workflow.records import QuestionRecord, Stage
from tests.workflow.conftest import House

DISKS, ALSO_DISKS, KEYS = "Are disks encrypted?", "Do you keep disks encrypted?", "How often are keys rotated?"


@pytest.fixture
def consistency(house: House) -> Consistency:
    return Consistency(house.store, house.matching, house.clock)


def answer(
    house: House, item: QuestionRecord, choice: str | None, text: str = "", *, approve: bool = True
) -> QuestionRecord:
    with house.store.reading() as tx:
        item = tx.questionnaires.question(item.id)
    item = house.review.edit(house.reviewer, item.id, item.version, choice=choice, text=text)
    if not approve:
        return item
    return house.review.approve(house.reviewer, item.id, item.version, without_choice=choice is None)


def told(
    house: House, question: str, choice: str, text: str = "", *, customer: str = "Acme", scope: Scope | None = None
) -> int:
    """Return a questionnaire in which that was answered and approved."""
    key = house.upload(question, customer=customer, scope=scope)
    answer(house, house.questions(key)[0], choice, text)
    return key


def beside(house: House, consistency: Consistency, item: QuestionRecord, by: Person | None = None) -> Beside:
    return consistency.of(by or house.reviewer, item.id)


def kinds(flags: tuple[Flag, ...]) -> list[tuple[Kind, str]]:
    return [(flag.kind, flag.item.question.text) for flag in flags]


def test_codes_are_held_against_other_answers_by_what_they_stand_for(house: House, consistency: Consistency) -> None:
    house.documents.choices = ("F", "P", "N")
    house.documents.meanings = (("F", "Fully compliant"), ("N", "Not compliant"))
    told(house, DISKS, "F", "With AES-256.")
    told(house, DISKS, "N", "With AES-256.", customer="Globex")
    house.documents.choices, house.documents.meanings = ("Yes", "No"), ()
    item = answer(house, house.questions(house.upload(DISKS))[0], "Yes", "With AES-256.", approve=False)
    found = beside(house, consistency, item)
    assert [(other.answer.choice, other.difference) for other in found.told] == [
        ("F (Fully compliant)", Difference.NONE)
    ]
    assert found.elsewhere


def test_what_this_customer_was_told_before_stands_beside_the_question(house: House, consistency: Consistency) -> None:
    earlier = told(house, DISKS, "Yes", "With AES-256.")
    key = house.upload(DISKS)
    item = answer(house, house.questions(key)[0], "No", "Not yet.", approve=False)
    (other,) = beside(house, consistency, item).told
    assert (other.answer.choice, other.answer.text, other.exact) == ("Yes", "With AES-256.", True)
    assert (other.difference, other.day) == (Difference.CHOICE, house.clock().date())
    assert other.questionnaire is not None
    assert (other.questionnaire.id, other.sent) == (earlier, False)
    assert kinds(consistency.flags(house.reviewer, key)) == [(Kind.TOLD, DISKS)]


def test_an_answer_that_says_the_same_is_shown_but_not_flagged(house: House, consistency: Consistency) -> None:
    told(house, DISKS, "Yes", "With AES-256.")
    key = house.upload(DISKS)
    item = answer(house, house.questions(key)[0], "Yes", "With AES-256.")
    found = beside(house, consistency, item)
    assert [other.difference for other in found.told] == [Difference.NONE]
    assert not found.matters
    assert consistency.flags(house.reviewer, key) == ()


def test_without_an_answer_what_was_told_is_shown_without_a_difference(house: House, consistency: Consistency) -> None:
    told(house, "Do you have a dog?", "No", "None.")
    key = house.upload("Do you have a dog?")
    found = beside(house, consistency, house.questions(key)[0])
    assert [other.difference for other in found.told] == [None]
    assert consistency.flags(house.reviewer, key) == ()


def test_nearly_the_same_question_counts_too_and_the_very_same_comes_first(
    house: House, consistency: Consistency
) -> None:
    told(house, DISKS, "Yes")
    house.clock.now += timedelta(days=1)
    told(house, ALSO_DISKS, "No")
    key = house.upload(ALSO_DISKS.upper(), DISKS, "Do you have a dog ?")
    first, second, third = house.questions(key)
    assert [other.exact for other in beside(house, consistency, first).told] == [True, False]
    assert [other.answer.choice for other in beside(house, consistency, second).told] == ["Yes", "No"]
    assert beside(house, consistency, third).told == ()


def test_only_the_latest_of_what_was_told_is_held_against_the_answer(house: House, consistency: Consistency) -> None:
    told(house, DISKS, "No")
    house.clock.now += timedelta(days=1)
    told(house, DISKS, "Yes")
    key = house.upload(DISKS)
    item = answer(house, house.questions(key)[0], "Yes")
    found = beside(house, consistency, item)
    assert [other.answer.choice for other in found.told] == ["Yes", "No"]
    assert not found.matters
    assert consistency.flags(house.reviewer, key) == ()


def test_drafts_and_other_products_and_deployments_were_not_told(house: House, consistency: Consistency) -> None:
    draft = house.upload(DISKS)
    answer(house, house.questions(draft)[0], "No", approve=False)
    told(house, DISKS, "No", scope=Scope("Parcel", "on-premise"))
    key = house.upload(DISKS)
    assert beside(house, consistency, house.questions(key)[0]).told == ()
    told(house, DISKS, "No", scope=Scope("Parcel"))
    assert len(beside(house, consistency, house.questions(key)[0]).told) == 1, "what holds for all holds here"


def test_nothing_of_another_customer_is_shown(house: House, consistency: Consistency) -> None:
    told(house, DISKS, "No", "Globex has plain disks.", customer="Globex")
    told(house, ALSO_DISKS, "No", "Globex has plain disks.", customer="Globex")
    key = house.upload(DISKS)
    item = answer(house, house.questions(key)[0], "Yes", "With AES-256.")
    found = beside(house, consistency, item)
    assert (found.told, found.document, found.library, found.elsewhere) == ((), (), (), True)
    flags = consistency.flags(house.reviewer, key)
    assert kinds(flags) == [(Kind.ELSEWHERE, DISKS)]
    assert "Globex" not in repr(found)
    assert "Globex" not in repr(flags)
    assert "plain" not in repr(flags)


@pytest.mark.parametrize(
    ("question", "choice", "scope", "days"),
    [
        (ALSO_DISKS, "No", Scope("Parcel", "cloud"), 0),
        (DISKS, "Yes", Scope("Parcel", "cloud"), 0),
        (DISKS, "No", Scope("Parcel"), 0),
        (DISKS, "No", Scope("Parcel", "cloud"), 400),
    ],
    ids=["nearly the same", "the same choice", "another scope", "long ago"],
)
def test_elsewhere_counts_only_another_choice_for_the_very_same(
    question: str, choice: str, scope: Scope, days: int, house: House, consistency: Consistency
) -> None:
    told(house, question, choice, customer="Globex", scope=scope)
    house.clock.now += timedelta(days=days)
    key = house.upload(DISKS)
    item = answer(house, house.questions(key)[0], "Yes")
    assert not beside(house, consistency, item).elsewhere
    assert consistency.flags(house.reviewer, key) == ()


def test_that_another_customer_was_answered_otherwise_is_for_reviewers(house: House, consistency: Consistency) -> None:
    told(house, DISKS, "No", customer="Globex")
    key = house.upload(DISKS)
    item = answer(house, house.questions(key)[0], "Yes")
    assert not beside(house, consistency, item, house.sales).elsewhere
    assert consistency.flags(house.sales, key) == ()


def test_a_questionnaire_that_somebody_may_not_see_tells_them_nothing(house: House, consistency: Consistency) -> None:
    secret = told(house, DISKS, "No")
    with house.store.writing() as tx:
        tx.questionnaires.update(replace(tx.questionnaires.get(secret), restricted=True))
    key = house.upload(DISKS)
    item = answer(house, house.questions(key)[0], "Yes")
    assert beside(house, consistency, item, house.sales).told, "its owner"
    assert beside(house, consistency, item).told == ()
    assert consistency.flags(house.reviewer, key) == ()
    with pytest.raises(NotFoundError):
        consistency.of(house.expert, item.id)


def test_an_expert_is_held_against_nothing_they_may_not_see(house: House, consistency: Consistency) -> None:
    told(house, DISKS, "No")
    key = house.upload(DISKS, ALSO_DISKS, "If yes, how?")
    first, second, third = house.questions(key)
    answer(house, first, "Yes")
    answer(house, second, "No")
    house.assigning.assign(house.sales, key, [first.id, third.id], house.expert.id, None)
    assert beside(house, consistency, first, house.expert) == Beside()
    assert beside(house, consistency, third, house.expert).parent is None
    assert consistency.flags(house.expert, key) == ()


def test_the_same_question_twice_in_a_document_wants_the_same_answer(house: House, consistency: Consistency) -> None:
    key = house.upload(DISKS, KEYS, ALSO_DISKS)
    first, keys, second = house.questions(key)
    answer(house, first, "Yes")
    second = answer(house, second, "No")
    (other,) = beside(house, consistency, second).document
    assert (other.question, other.matters) == (first.id, True)
    (flag,) = consistency.flags(house.reviewer, key)
    assert (flag.kind, flag.questions) == (Kind.DOCUMENT, (second.id, first.id))
    answer(house, second, "Yes")
    assert consistency.flags(house.reviewer, key) == ()
    assert beside(house, consistency, keys).document == ()


def test_questions_that_ask_about_their_place_are_not_compared(house: House, consistency: Consistency) -> None:
    key = house.upload("Is it encrypted?", "is it encrypted?", "If so, is it encrypted?", "if so, is it encrypted?")
    for item, choice in zip(house.questions(key), ("Yes", "No", "Yes", "No"), strict=True):
        answer(house, item, choice)
    assert [flag.kind for flag in consistency.flags(house.reviewer, key)] == [Kind.FOLLOW_UP]


def entry(house: House, **more: object) -> None:
    made = LibraryEntry(DISKS, "With AES-256.", "Parcel", frozenset({"cloud"}), choice="Yes")
    with house.store.writing() as tx:
        tx.library.add(replace(made, **more))  # type: ignore[arg-type]
    house.knowledge.refresh()


def test_an_approved_answer_of_the_library_is_held_against_the_answer(house: House, consistency: Consistency) -> None:
    entry(house)
    key = house.upload(ALSO_DISKS)
    item = answer(house, house.questions(key)[0], "No", "Plain.")
    (other,) = beside(house, consistency, item).library
    assert (other.answer.text, other.difference, other.exact) == ("With AES-256.", Difference.CHOICE, False)
    assert kinds(consistency.flags(house.sales, key)) == [(Kind.LIBRARY, ALSO_DISKS)]
    entry(house, question="Disks encrypted", answer="Plain.", choice="No")
    assert consistency.flags(house.sales, key) == (), "one of two agrees; the library's own conflicts show elsewhere"


@pytest.mark.parametrize(
    "more",
    [
        {"audience": Audience.NDA},
        {"audience": Audience.INTERNAL},
        {"deployments": frozenset({"on-premise"})},
        {"product": "Beacon"},
    ],
)
def test_only_what_may_be_told_to_this_customer_is_shown_of_the_library(
    more: dict[str, object], house: House, consistency: Consistency
) -> None:
    entry(house, **more)
    key = house.upload(DISKS)
    item = answer(house, house.questions(key)[0], "No", "Plain.")
    assert beside(house, consistency, item).library == ()
    assert consistency.flags(house.reviewer, key) == ()


def test_what_the_answer_was_taken_from_is_not_shown_twice(house: House, consistency: Consistency) -> None:
    entry(house)
    key = house.upload(DISKS)
    (item,) = house.questions(key)
    item = house.review.edit(
        house.reviewer,
        item.id,
        item.version,
        choice="Yes",
        text="With AES-256.",
        cited=[p.digest for p in house.matching.passages if p.question],
    )
    assert beside(house, consistency, item).library == ()


def test_a_follow_up_is_shown_with_its_parent_and_flagged_when_they_disagree(
    house: House, consistency: Consistency
) -> None:
    key = house.upload("Do you have a dog?", "If yes, what breed?", "If no, why?")
    parent, breed, why = house.questions(key)
    answer(house, parent, "No")
    breed = answer(house, breed, None, "A poodle.")
    found = beside(house, consistency, breed)
    assert found.parent is not None
    assert (found.parent.item.id, found.parent.fault) == (parent.id, Disagreement.MOOT)
    assert found.matters
    first, second = consistency.flags(house.reviewer, key)
    assert (first.kind, first.questions) == (Kind.FOLLOW_UP, (breed.id, parent.id))
    assert second.item.id == why.id
    assert second.parent is not None
    assert second.parent.fault is Disagreement.WANTED
    answer(house, parent, "Yes")
    assert consistency.flags(house.reviewer, key) == ()


def test_what_the_customers_file_holds_answers_for_the_parent(house: House, consistency: Consistency) -> None:
    key = house.upload("Is this no dog? (filled)", "If yes, what breed?")
    breed = answer(house, house.questions(key)[1], None, "A poodle.")
    found = beside(house, consistency, breed).parent
    assert found is not None
    assert (found.answer.text, found.fault) == ("theirs", None)


def test_a_new_customer_is_held_against_what_they_were_told(house: House, consistency: Consistency) -> None:
    told(house, DISKS, "Yes", customer="Globex")
    key = house.upload(ALSO_DISKS)
    (item,) = house.questions(key)
    assert beside(house, consistency, item).told == ()
    with house.store.writing() as tx:
        tx.questionnaires.update(replace(tx.questionnaires.get(key), customer="globex"))
    house.upload("Anything else?")
    assert [other.asked for other in beside(house, consistency, item).told] == [DISKS]


def test_a_question_that_reads_otherwise_loses_its_key(house: House) -> None:
    key = house.upload(DISKS)
    (item,) = house.questions(key)
    with house.store.writing() as tx:
        assert tx.asked.keyless(9) == []
        changed = replace(item.question, text="Are tapes encrypted?")
        tx.questionnaires.save(replace(item, question=changed))
        (waiting,) = tx.asked.keyless(9)
        assert waiting.text == "Are tapes encrypted?"
        tx.asked.put_keys([(replace(waiting, text="Read before that"), "old"), (waiting, "new")])
        assert tx.asked.keyless(9) == []


def test_a_long_question_has_a_key_that_fits_an_index() -> None:
    one, other = "a " * 900 + "one", "a " * 900 + "other"
    assert key_of(one) != key_of(other)
    assert max(len(key_of(one)), len(key_of(other))) <= LONGEST
    assert (key_of("is data encrypted"), key_of("")) == ("is data encrypted", "?")


def test_a_sent_answer_is_told_as_sent(house: House, consistency: Consistency) -> None:
    earlier = told(house, DISKS, "Yes")
    with house.store.writing() as tx:
        tx.questionnaires.update(replace(tx.questionnaires.get(earlier), stage=Stage.SENT))
    key = house.upload(DISKS)
    (other,) = beside(house, consistency, house.questions(key)[0]).told
    assert other.sent
