"""What a question has in common with many wordings at once, told in columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.matching.reading import Reader
from assistant.matching.wordings import NAMES, Numbering, Wordings

READER = Reader.load(None)
WEIGHTS = dict.fromkeys(READER.vocabulary.concepts, 1.0)


def told(asked: str, *entries: Sequence[str]) -> list[dict[str, float]]:
    """Return the signals of each wording of `entries`, by name."""
    numbering = Numbering(WEIGHTS)
    known = Wordings([[numbering.before(READER.question(each)) for each in entry] for entry in entries])
    rows = known.signals(numbering.now(READER.question(asked)))
    assert np.isfinite(rows).all()
    return [dict(zip(NAMES, row, strict=True)) for row in rows.tolist()]


def test_a_question_shares_everything_with_itself() -> None:
    question = "Are backups of customer data restored in a test every quarter?"
    (itself,) = told(question, [question])
    for name in NAMES:
        if "shared" in name or name == "terms met back":
            assert itself[name] == pytest.approx(1.0), name
        elif "unmet" in name or "missing" in name or "not" in name or "sense" in name:
            assert itself[name] == 0.0, name


def test_what_one_says_and_the_other_does_not_counts_on_its_own_side() -> None:
    (wider,) = told("Are laptops encrypted?", ["Are laptops encrypted beside turbines?"])
    (narrower,) = told("Are laptops encrypted beside turbines?", ["Are laptops encrypted?"])
    assert wider["terms unmet"] == 0.0 < narrower["terms unmet"]
    assert narrower["terms met back"] == pytest.approx(1.0)
    assert wider["terms met back"] < 0.9


def test_another_word_for_the_same_is_met_by_its_sense_but_not_shared() -> None:
    (row,) = told("Is the rulebook for visitors on paper?", ["Is the handbook for visitors documented?"])
    assert row["terms met by a sense"] > 0
    assert row["terms shared"] < 1


def test_a_notion_is_told_by_how_few_entries_have_it_not_by_how_many_wordings() -> None:
    others = [["Are visitors escorted?"], ["Are visitors registered?"], ["Do visitors wear badges?"]]
    one, several = (
        told("Are visitors escorted?", entry, *others)[0]["most telling term met"]
        for entry in (["Are guests escorted?"], ["Are guests escorted?", "Is every guest escorted?", "Guest escorts?"])
    )
    assert one == several


def test_asking_for_the_review_of_a_policy_is_told_from_asking_for_the_policy() -> None:
    (row,) = told("Do you revisit the password rules each year?", ["Is a password policy documented and approved?"])
    assert row["review of a policy asked, not there"] == 1.0
    (row,) = told("Do you have a password policy?", ["Is the password policy reviewed and updated at least annually?"])
    assert row["review of a policy there, not asked"] == 1.0


@pytest.mark.parametrize("asked", ["", "?", "the", "Do you?", "Zyxxy quuxes the frobnitz?"])
@pytest.mark.parametrize("entry", ["", "the", "Are logs kept for 90 days?"])
def test_questions_that_say_nothing_or_nothing_known_are_weighed_too(asked: str, entry: str) -> None:
    (row,) = told(asked, [entry])
    assert row["terms shared"] in (0.0, pytest.approx(1.0))


def test_a_wording_tells_the_same_alone_among_others_and_beside_another_of_its_entry() -> None:
    asked, entry = "Is access recertified?", "Are access rights reviewed?"
    counted_by_entry = {"aspects missing", "kinds missing", "kinds missing back", "specific concepts shared"}
    alone = told(asked, [entry])[0]
    for rows in (told(asked, ["Are keys rotated?"], [entry]), told(asked, ["Are keys rotated?", entry])):
        assert {name: rows[1][name] for name in counted_by_entry} == {name: alone[name] for name in counted_by_entry}
