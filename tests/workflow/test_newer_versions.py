"""A newer version of the same form: what is the same, changed, new and gone, and what is carried over."""

from __future__ import annotations

import random

import pytest

from assistant.answer import State
from assistant.errors import InvalidValueError, StateError
from assistant.people import Role
from assistant.questionnaire import Location, Question
from assistant.statement import Scope
from assistant.workflow import comparing, recognising
from assistant.workflow.comparing import Comparison, compared
from assistant.workflow.records import QuestionRecord, Stage
from tests.workflow.conftest import ENCRYPTION, GAP, LOGS, House
from tests.workflow.test_keeping import again
from tests.workflow.test_visibility import assign

NEW = "Who may enter the data centre ?"


def newer(house: House, key: int, *questions: str) -> int:
    return house.renewing.newer(house.sales, key, "\n".join(("questions", *questions)).encode(), "acme v2.xlsx")


def approved(house: House) -> int:
    key = house.upload()
    first, second, _ = house.questions(key)
    house.review.approve(house.reviewer, first.id, first.version)
    house.review.edit(house.sales, second.id, second.version, choice="Yes", text="For a year.")
    return key


def test_answers_that_people_worked_on_are_carried_over_as_drafts(house: House) -> None:
    after = newer(house, approved(house), NEW, ENCRYPTION, LOGS, GAP)
    fresh, encryption, logs, gap = house.questions(after)
    assert (fresh.answer.state, gap.answer.state) == (State.UNANSWERED, State.UNANSWERED)
    assert (encryption.answer.state, encryption.answer.text) == (State.DRAFTED, "All disks are encrypted.")
    assert encryption.answer.approval is None
    assert "approved there" in encryption.answer.note
    assert (logs.answer.text, logs.answer.author) == ("For a year.", house.sales.id)


def test_they_stay_while_the_rest_is_drafted(house: House) -> None:
    after = newer(house, approved(house), ENCRYPTION, "How long are logs kept for audits now ?", GAP)
    house.layouts.confirm(house.sales, after, 1)
    while house.worker.run_once():
        pass
    assert [item.answer.text for item in house.questions(after)] == ["All disks are encrypted.", "For a year.", ""]
    assert again(house, after) == 1, "what was carried over is not drafted again"


def test_a_question_in_other_words_is_sent_back_with_what_it_was(house: House) -> None:
    after = newer(house, approved(house), ENCRYPTION, "For how long are logs kept for audits ?", GAP)
    changed = house.questions(after)[1]
    assert changed.answer.text == "For a year."
    assert f"It was: “{LOGS}”" in changed.answer.objection
    rounds = house.renewing.rounds(house.sales, after)
    assert rounds.comparison is not None
    assert [(before.question.text, at) for before, at in rounds.comparison.changed] == [(LOGS, 1)]


def test_what_is_new_and_gone_is_told(house: House) -> None:
    rounds = house.renewing.rounds(house.sales, newer(house, approved(house), ENCRYPTION, NEW))
    assert rounds.comparison is not None
    assert rounds.comparison.new == (1,)
    assert [item.question.text for item in rounds.comparison.gone] == [LOGS, GAP]


def test_a_choice_that_the_new_form_does_not_allow_is_left_out(house: House) -> None:
    key = house.upload()
    item = house.questions(key)[0]
    house.review.edit(house.sales, item.id, item.version, choice="NA", text="There are no disks.")
    house.documents.choices = ("Yes", "No")
    answer = house.questions(newer(house, key, ENCRYPTION))[0].answer
    assert (answer.choice, answer.text) == (None, "There are no disks.")
    assert "“NA” is none of the allowed values" in answer.note


def test_a_choice_that_the_new_form_words_otherwise_is_carried_over_in_its_words(house: House) -> None:
    house.documents.choices, house.documents.meanings = (
        ("F", "P", "X"),
        (("F", "Fully in place"), ("X", "Not in place")),
    )
    key = house.upload()
    item = house.questions(key)[0]
    house.review.edit(house.sales, item.id, item.version, choice="X", text="Not yet.")
    house.documents.choices, house.documents.meanings = ("Yes", "No"), ()
    answer = house.questions(newer(house, key, ENCRYPTION))[0].answer
    assert answer.choice == "No"
    assert "“X” is “No” now" in answer.note


def test_what_the_customer_filled_in_meanwhile_is_left_to_them(house: House) -> None:
    key = house.upload("Are disks encrypted ? (filled)")
    item = house.questions(key)[0]
    house.review.edit(house.sales, item.id, item.version, choice="Yes", text="They are.")
    assert house.questions(newer(house, key, "Are disks encrypted ? (filled)", GAP))[0].answer.empty


def test_the_earlier_one_goes_to_the_archive_unless_it_was_sent(house: House) -> None:
    key = approved(house)
    newer(house, key, ENCRYPTION)
    assert house.review.desk(house.sales, key).record.archived is not None
    other = approved(house)
    house.sent.note(house.sales, house.completion.complete(house.sales, other).id, "Ann")
    later = newer(house, other, ENCRYPTION, NEW)
    assert house.review.desk(house.sales, other).record.archived is None
    assert house.review.desk(house.sales, later).record.stage is Stage.LAYOUT


def test_the_same_file_is_no_newer_version_and_nobody_branches_off(house: House) -> None:
    key = house.upload()
    with pytest.raises(InvalidValueError, match="same file"):
        newer(house, key, ENCRYPTION, LOGS, GAP)
    newer(house, key, ENCRYPTION)
    with pytest.raises(StateError, match="later one"):
        newer(house, key, LOGS)


def test_whoever_had_a_question_has_it_in_the_newer_version(house: House) -> None:
    key = house.upload()
    assign(house, house.expert.role, key, 1)
    after = newer(house, key, NEW, LOGS)
    assert [item.question.text for item in house.review.desk(house.expert, after).questions] == [LOGS]


def test_deleting_the_earlier_one_leaves_the_newer(house: House) -> None:
    key = house.upload()
    after = newer(house, key, ENCRYPTION, NEW)
    house.keeping.delete(house.sales, key)
    rounds = house.renewing.rounds(house.sales, after)
    assert rounds.comparison is None
    assert [one.record.id for one in rounds.rounds] == [after]


def record(key: int, text: str, place: str, number: str = "") -> QuestionRecord:
    return QuestionRecord(key, 1, key, Question(text, Location(place), number=number))


def pairs(comparison: Comparison) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    return (
        [(item.id, at) for item, at in comparison.same],
        [(item.id, at) for item, at in comparison.changed],
    )


def test_the_same_text_in_two_places_keeps_its_places() -> None:
    before = [record(1, "Explain.", "S!B2"), record(2, "Explain.", "S!B9")]
    after = [Question("Explain.", Location("S!B9")), Question("Explain.", Location("S!B2"))]
    assert pairs(compared(before, after)) == ([(2, 0), (1, 1)], [])


def test_a_question_with_the_same_number_may_share_fewer_words() -> None:
    before = [record(1, "Are backups encrypted at rest?", "S!B2", "1.1")]
    numbered = Question("Are all backups of customer data encrypted?", Location("S!B7"), number="1.1")
    assert pairs(compared(before, [numbered])) == ([], [(1, 0)])
    other = Question("Who owns the building?", Location("S!B2"), number="1.1")
    assert compared(before, [other]).new == (0,)


def test_the_better_pair_is_taken_first() -> None:
    before = [record(1, "Do you encrypt laptops and phones?", "S!B2"), record(2, "Do you encrypt laptops?", "S!B3")]
    after = [Question("Do you encrypt all laptops?", Location("S!B2"))]
    assert pairs(compared(before, after)) == ([], [(2, 0)])


def uploaded(house: House, *questions: str, customer: str = "Acme") -> int:
    return house.upload(*questions, customer=customer, draft=False)


def test_an_upload_that_looks_like_a_newer_version_is_recognised(house: House) -> None:
    key = approved(house)
    assert house.recognising.earlier(house.sales, key) is None, "it is in review already"
    found = house.recognising.earlier(house.sales, uploaded(house, ENCRYPTION, LOGS, NEW))
    assert found is not None
    assert found.id == key


@pytest.mark.parametrize(
    ("questions", "customer"),
    [
        ((ENCRYPTION, LOGS, NEW), "Globex"),
        ((ENCRYPTION, NEW, "And where ?"), "Acme"),
        ((ENCRYPTION, LOGS, GAP), "Acme"),
    ],
    ids=["another customer", "other questions", "the same file"],
)
def test_another_upload_is_not(house: House, questions: tuple[str, ...], customer: str) -> None:
    approved(house)
    assert house.recognising.earlier(house.sales, uploaded(house, *questions, customer=customer)) is None


def test_it_goes_on_from_the_earlier_one_when_somebody_says_so(house: House) -> None:
    key = approved(house)
    version = house.review.desk(house.sales, key).record.version
    house.sharing.restrict(house.sales, key, version, restricted=True)
    house.sharing.add(house.sales, key, house.reviewer.id)
    after = uploaded(house, NEW, ENCRYPTION, LOGS)
    house.recognising.follow(house.sales, after, key)
    assert [item.answer.text for item in house.questions(after)] == ["", "All disks are encrypted.", "For a year."]
    assert house.questions(after)[1].answer.state is State.DRAFTED
    assert [one.record.id for one in house.renewing.past(house.sales, after)] == [key, after]
    assert house.review.desk(house.sales, key).record.archived is not None
    access = house.sharing.access(house.sales, after)
    assert (access.record.restricted, [member.id for member in access.members]) == (True, [house.reviewer.id])
    assert house.recognising.earlier(house.sales, after) is None
    with pytest.raises(StateError, match="fresh"):
        house.recognising.follow(house.sales, after, key)


def test_nothing_of_one_customer_is_carried_to_another(house: House) -> None:
    key = approved(house)
    after = uploaded(house, ENCRYPTION, LOGS, customer="Globex")
    with pytest.raises(InvalidValueError, match="another customer"):
        house.recognising.follow(house.sales, after, key)
    assert all(item.answer.empty for item in house.questions(after))


def test_the_earlier_owner_sees_what_somebody_else_made_the_newer_version_of_theirs(house: House) -> None:
    key = house.upload()
    record = house.review.frame(house.sales, key).record
    house.sharing.restrict(house.sales, key, record.version, restricted=True)
    house.sharing.add(house.sales, key, house.reviewer.id)
    with house.store.writing() as tx:
        sam = tx.people.add("sam@example.com", "Sam", Role.SALES, "hash").person
    house.sharing.add(house.sales, key, sam.id)
    file = "\n".join(("questions", ENCRYPTION, LOGS, GAP, NEW)).encode()
    after = house.intake.receive(sam, file, "v2.xlsx", customer="ACME ", scope=Scope("Parcel", "cloud"))
    assert house.recognising.earlier(sam, after) is not None
    house.recognising.follow(sam, after, key)
    assert house.review.frame(house.sales, after).record.restricted
    with house.store.reading() as tx:
        assert set(tx.members.of(after)) == {house.sales.id, house.reviewer.id}


def asked(texts: list[str], numbered: bool) -> list[Question]:
    return [
        Question(text, Location(f"S!B{at // 2}"), number=str(at % 40) if numbered else "")
        for at, text in enumerate(texts)
    ]


@pytest.mark.parametrize("numbered", [False, True])
def test_what_is_alike_is_found_without_holding_all_against_all(
    numbered: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(7)
    known = [f"word{number}" for number in range(30)]
    texts = [" ".join(chance.choices(known, k=chance.randint(1, 14))) for _ in range(120)]
    before = [QuestionRecord(at, 1, at, each) for at, each in enumerate(asked(texts, numbered), 1)]
    after = asked([" ".join([*chance.sample(t.split(), len(t.split()))[1:], "new"]) for t in texts[::-1]], numbered)
    quick = compared(before, after)
    monkeypatch.setattr(comparing, "_traits", lambda question, words, common: iter(["all"]))
    assert quick == compared(before, after)
    assert quick.changed


def test_what_an_upload_looks_like_is_found_out_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    key, compare, count = house.upload(), compared, []

    def counted(before: list[QuestionRecord], after: list[Question]) -> Comparison:
        count.append(len(after))
        return compare(before, after)

    monkeypatch.setattr(recognising, "compared", counted)
    file = "\n".join(("questions", ENCRYPTION, LOGS, GAP, NEW)).encode()
    after = house.intake.receive(house.sales, file, "v2.xlsx", customer="Acme", scope=Scope("Parcel", "cloud"))
    for _ in range(3):
        earlier = house.recognising.earlier(house.sales, after)
        assert earlier is not None
        assert earlier.id == key
    assert count == [4]
    house.upload(*(f"Question {number} ?" for number in range(20)))
    file = "\n".join(("questions", "Something else ?")).encode()
    short = house.intake.receive(house.sales, file, "v3.xlsx", customer="Acme", scope=Scope("Parcel", "cloud"))
    assert house.recognising.earlier(house.sales, short) is None
    assert count == [4], "a form of another length is no version of it"
