"""Two wordings shown as one."""

from __future__ import annotations

import re

import pytest

from assistant.web.redline import compared


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("The same.", "The same.", "The same."),
        ("every 90 days", "every 30 days", "every <del>90</del><ins>30</ins> days"),
        ("", "New.", "<ins>New.</ins>"),
        ("Gone.", "", "<del>Gone.</del>"),
        ("Keys are rotated.", "Keys are rotated yearly.", "Keys are rotated <ins>yearly</ins>."),
        ("<b>", "<i>", "&lt;<del>b</del><ins>i</ins>&gt;"),
        ("one two", "three four", "<del>one two</del><ins>three four</ins>"),
        ("don’t", "do", "<del>don’t</del><ins>do</ins>"),
    ],
)
def test_what_went_is_struck_and_what_came_is_underlined(before: str, after: str, shown: str) -> None:
    assert compared(before, after) == shown


@pytest.mark.parametrize("count", [40, 3_000])
def test_both_texts_can_be_read_out_of_it(count: int) -> None:
    before = " ".join(f"word{number} and" for number in range(count))
    after = before.replace("word7 and", "another & better") + "\nA line more."
    shown = compared(before, after).unescape()
    assert re.sub(r"<ins>.*?</ins>|</?del>", "", shown, flags=re.DOTALL).split() == before.split()
    assert re.sub(r"<del>.*?</del>|</?ins>", "", shown, flags=re.DOTALL).split() == after.split()
