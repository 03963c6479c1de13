"""What must not be told to a customer is not told word for word without naming the source either."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.errors import StateError
from assistant.statement import Audience, Passage, Scope
from assistant.workflow.repeating import Restricted
from tests.workflow.conftest import House

OPEN = Scope("Parcel", "cloud")
SECRET = "Two engineers hold the keys of the vault in Bern."


def restricted(text: str = SECRET, audience: Audience = Audience.NDA) -> Passage:
    return Passage("vault.md", (1, 1), text, "Parcel", audience=audience)


@pytest.mark.parametrize(
    "answer",
    [SECRET, f"Yes. {SECRET}", "two engineers hold the keys\nof the vault in Bern – and more"],
    ids=["alone", "within", "other case and lines"],
)
def test_a_restricted_text_is_found_in_an_answer(answer: str) -> None:
    assert Restricted([restricted()]).repeated(answer, OPEN) == restricted()


def test_it_may_be_told_to_whom_it_is_for() -> None:
    assert Restricted([restricted()]).repeated(SECRET, replace(OPEN, nda=True)) is None
    assert Restricted([restricted(audience=Audience.INTERNAL)]).repeated(SECRET, replace(OPEN, nda=True)) is not None


@pytest.mark.parametrize(
    "passages",
    [[restricted("Keys are rotated yearly.")], [restricted(), restricted(audience=Audience.PUBLIC)]],
    ids=["short", "public elsewhere"],
)
def test_what_everybody_says_is_nobodys_secret(passages: list[Passage]) -> None:
    assert Restricted(passages).repeated(f"{passages[0].text} {SECRET[:20]}", OPEN) is None


def test_an_answer_that_repeats_it_without_citing_it_is_not_approved(house: House) -> None:
    first, *_ = house.folder.passages
    text = "The vault in Bern is opened by two engineers together."
    house.folder.passages = (first, replace(first, text=text, audience=Audience.NDA, lines=(9, 9)))
    house.folder.revision += 1
    assert house.knowledge.refresh()
    item = house.questions(house.upload())[0]
    saved = house.review.edit(house.reviewer, item.id, item.version, choice=None, text=f"Yes. {text}")
    with pytest.raises(StateError, match="nda"):
        house.review.approve(house.reviewer, item.id, saved.version)
