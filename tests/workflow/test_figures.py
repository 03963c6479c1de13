"""Counting what became of drafts, over both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.errors import PermissionDeniedError
from assistant.people import Role
from assistant.statement import Scope
from assistant.suggestion import Status
from assistant.workflow.figures import Figures, by_week, quantile, wilson
from assistant.workflow.gaps import Gaps
from tests.workflow.conftest import ENCRYPTION, LOGS, House

LIMITS = (0.57, 0.625)


@pytest.fixture
def figures(house: House) -> Figures:
    return Figures(house.store, house.knowledge, house.clock)


@pytest.fixture
def gaps(house: House) -> Gaps:
    return Gaps(house.store, house.matching, house.clock)


def approve(house: House, questionnaire: int, position: int) -> None:
    item = house.questions(questionnaire)[position]
    house.review.approve(house.reviewer, item.id, item.version, without_choice=True)


def reword(house: House, questionnaire: int, position: int, text: str, choice: str | None = None) -> None:
    item = house.questions(questionnaire)[position]
    cited = [citation.digest for citation in item.answer.citations]
    house.review.edit(house.sales, item.id, item.version, choice=choice, text=text, cited=cited)


def test_coverage_counts_questions_by_what_matching_could_do(house: House, figures: Figures) -> None:
    house.upload()
    found = figures.of(house.sales, None, LIMITS)
    assert dict(found.statuses) == {Status.SUGGESTED: 2, Status.NO_MATCH: 1}
    assert (found.suggested, found.questions) == (2, 3)


def test_a_draft_is_unchanged_kept_or_reworded(house: House, figures: Figures) -> None:
    key = house.upload(ENCRYPTION, LOGS, "Are disks wiped ?")
    approve(house, key, 0)
    reword(house, key, 1, "Logs are kept for 90 days.", "No")
    approve(house, key, 1)
    reword(house, key, 2, "They are.", "Yes")
    high = figures.of(house.sales, None, LIMITS).bands[2]
    assert (high.drafted, high.unchanged, high.kept, high.reworded) == (3, 1, 1, 1)
    assert (high.right, high.decided) == (2, 3)


def test_a_draft_that_waits_is_not_decided(house: House, figures: Figures) -> None:
    house.upload(ENCRYPTION)
    assert figures.of(house.sales, None, LIMITS).bands[2].decided == 0


def test_wording_it_back_does_not_make_it_unchanged(house: House, figures: Figures) -> None:
    key = house.upload(ENCRYPTION)
    reword(house, key, 0, "They are.", "Yes")
    reword(house, key, 0, "All disks are encrypted.", "Yes")
    assert figures.of(house.sales, None, LIMITS).bands[2].reworded == 1


def test_time_runs_from_upload_to_the_first_completed_document(house: House, figures: Figures) -> None:
    key = house.upload()
    house.upload(customer="Borealis")
    approve(house, key, 0)
    house.clock.advance(days=3)
    house.completion.complete(house.sales, key)
    house.clock.advance(days=9)
    house.completion.complete(house.sales, key)
    found = figures.of(house.sales, None, LIMITS)
    assert found.waits == (timedelta(days=3),)
    assert found.unfinished == 1


def test_sources_are_counted_by_the_answers_that_cite_them(house: House, figures: Figures) -> None:
    for customer in ("Acme", "Borealis"):
        key = house.upload(customer=customer)
        approve(house, key, 0)
    approve(house, key, 1)
    found = figures.of(house.sales, None, LIMITS).cited
    assert [(cited.citation.text, cited.answers) for cited in found] == [
        ("All disks are encrypted.", 2),
        ("Logs are kept for 90 days.", 1),
    ]


def test_approvals_stand_in_the_week_they_were_given_in(house: House, figures: Figures) -> None:
    key = house.upload()
    approve(house, key, 0)
    house.clock.advance(days=14)
    approve(house, key, 1)
    assert figures.of(house.sales, None, LIMITS).weeks == (
        (date(2026, 3, 2), 1),
        (date(2026, 3, 9), 0),
        (date(2026, 3, 16), 1),
    )


def test_a_period_leaves_out_what_was_before(house: House, figures: Figures, gaps: Gaps) -> None:
    approve(house, house.upload(), 0)
    house.clock.advance(days=40)
    found = figures.of(house.sales, 30, LIMITS)
    assert (found.questions, found.weeks, found.cited, found.unfinished) == (0, (), (), 0)
    assert gaps.groups(house.sales, 30) == []
    assert len(gaps.groups(house.sales, 90)) == 1


def test_gaps_are_grouped_by_what_they_are_about(house: House, gaps: Gaps) -> None:
    house.upload("Do you have a dog ?", "Who feeds the dog ?", ENCRYPTION)
    house.upload("Do you have a dog ?", "Do you have a cat ?", customer="Borealis")
    dogs, cats = gaps.groups(house.sales)
    assert (dogs.topic.key, dogs.asked, dogs.open, dogs.customers) == ("dog", 3, 3, ["Acme", "Borealis"])
    assert (cats.asked, cats.customers) == (1, ["Borealis"])
    assert dogs.most_asked(1) == [("Do you have a dog ?", 2)]


def test_an_answer_by_hand_is_a_gap_of_the_knowledge_all_the_same_but_not_open(house: House, gaps: Gaps) -> None:
    key = house.upload("Do you have a dog ?")
    reword(house, key, 0, "One, called Rex.")
    approve(house, key, 0)
    (dogs,) = gaps.groups(house.sales)
    assert (dogs.asked, dogs.open) == (1, 0)


def test_an_answer_with_a_source_closes_the_gap(house: House, gaps: Gaps) -> None:
    key = house.upload("Do you have a dog ?")
    item = house.questions(key)[0]
    digest = house.folder.passages[0].digest
    item = house.review.edit(house.sales, item.id, item.version, choice="No", text="See there.", cited=[digest])
    assert len(gaps.groups(house.sales)) == 1, "nobody approved it yet"
    house.review.approve(house.reviewer, item.id, item.version)
    assert gaps.groups(house.sales) == []


def test_what_the_file_answers_itself_is_no_gap(house: House, gaps: Gaps) -> None:
    house.upload("Do you have a dog ? (filled)")
    assert gaps.groups(house.sales) == []


def test_experts_see_neither(house: House, figures: Figures, gaps: Gaps) -> None:
    expert = house.people[Role.EXPERT]
    with pytest.raises(PermissionDeniedError):
        figures.of(expert, None, LIMITS)
    with pytest.raises(PermissionDeniedError):
        gaps.groups(expert)


def test_a_restricted_questionnaire_s_gaps_are_its_members_only(house: House, gaps: Gaps) -> None:
    key = house.upload("Do you have a dog ?", scope=Scope("Parcel", "cloud"))
    with house.store.writing() as tx:
        tx.questionnaires.update(replace(tx.questionnaires.get(key), restricted=True))
    assert gaps.groups(house.reviewer) == []
    assert len(gaps.groups(house.sales)) == 1, "its owner"
    assert len(gaps.groups(house.administrator)) == 1


@pytest.mark.parametrize(
    ("right", "of", "low", "high"), [(0, 0, 0.0, 1.0), (9, 10, 0.5958, 0.9821), (90, 100, 0.8256, 0.9448)]
)
def test_few_cases_leave_much_open(right: int, of: int, low: float, high: float) -> None:
    """Values by the closed form of Wilson's score interval, as statsmodels gives them."""
    assert wilson(right, of) == pytest.approx((low, high), abs=5e-4)


def test_a_quantile_falls_between_its_neighbours() -> None:
    assert quantile([timedelta(days=1), timedelta(days=2)], 0.5) == timedelta(hours=36)


def test_weeks_without_anything_are_shown_too() -> None:
    weeks = by_week([(date(2026, 3, 4), 2), (date(2026, 3, 17), 1)], date(2026, 3, 31))
    assert [count for _, count in weeks] == [2, 0, 1, 0, 0]
