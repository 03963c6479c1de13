"""No regular expression of ours tries ever more ways to fail: a customer's text must not make it run for ever."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

import assistant
from assistant.documents.word.wording import Wording

UNITS = (
    *["a", "A", "1", ".", "-", "_", "/", "(", ")", "[", "]", "'", ",", "…", "☐", "é", "質", "&", "=", "<", "%"],
    *(" ", "\t", "\n", "a ", "1 ", "a.", "1.", "a,", "A-", "a1", "(a) ", "x/", "not ", "and ", "or ", "yes/no ", "12 "),
    *("days ", "please ", "of ", "your ", "reviewed, ", "policies ", "https://a", "a@b.", "if "),
)
MARKUP = (
    *(' a="1"', ' r="1"', "<row", '<row r="1"', '<c r="A1" ', "<v>1</v>", "<w:b/>", "<w:rPr>", '<w:pStyle w:val="A"/>'),
    *("<a:document ", "<worksheet ", "<styleSheet ", "<cellXfs ", "<calcPr ", "<sheets ", "</sheets ", "<sheets>"),
    *('count="', "encoding=", "&#1;", "<!--"),
)
LONG = 400
LONG_PART = 1_000_000


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield every compiled pattern that a module holds by name or in a collection, with where it stands."""
    seen: set[int] = set()

    def inside(value: object, place: str) -> Iterator[tuple[str, re.Pattern[Any]]]:
        if isinstance(value, re.Pattern):
            if id(value) not in seen:
                seen.add(id(value))
                yield place, value
        elif isinstance(value, Wording):
            yield from inside(value.pattern, place)
        elif isinstance(value, dict):
            for key, each in value.items():
                yield from inside(each, f"{place}[{key!r}]")
        elif isinstance(value, tuple | list | frozenset | set):
            for number, each in enumerate(value):
                yield from inside(each, f"{place}[{number}]")

    for module in pkgutil.walk_packages(assistant.__path__, "assistant."):
        if not module.name.endswith("__main__") and ".migrations." not in module.name:
            for name, value in vars(importlib.import_module(module.name)).items():
                if not name.startswith("__"):
                    yield from inside(value, f"{module.name}.{name}")


@contextmanager
def caught(held: list[str], seconds: int) -> Iterator[None]:
    """Fail with the last of `held` when it is at work for so many seconds; all that is right takes no time."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        pytest.fail(f"caught in {held[-1]}")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_no_pattern_is_caught_in_a_text_of_one_repeated_piece() -> None:
    """What is tried in exponentially many ways never comes to an end at this length."""
    held: list[str] = []
    for place, pattern in patterns():
        for unit in (*UNITS, *MARKUP):
            held.append(f"{place}, a text of {unit!r}")
            with caught(held, 20):
                for start, end in (("", "!"), ("Do you ", "?\n1)")):
                    text = start + unit * (LONG // len(unit)) + end
                    said: Any = text if isinstance(pattern.pattern, str) else text.encode()
                    pattern.search(said)
                    pattern.match(said[:23])
    assert len(set(held)) > 200 * len(UNITS)


def test_no_pattern_over_markup_takes_the_square_of_its_length() -> None:
    """What tries again from every place takes minutes at this length."""
    held: list[str] = []
    for place, pattern in patterns():
        if isinstance(pattern.pattern, bytes):
            for unit in MARKUP:
                held.append(f"{place}, a part of {unit!r}")
                with caught(held, 20):
                    pattern.search((unit * (LONG_PART // len(unit)) + "!").encode())
    assert held
