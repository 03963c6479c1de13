"""Where the shapes of the small plots stand; the templates draw them as SVG, each beside a table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 132
"""Of the field in which columns stand, in units of the drawing."""
_STEPS = (1, 2, 5, 10)
_LINES = 3
_WIDEST, _GAP = 44.0, 0.28


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place, what it says, and the word under it, "" where words would touch."""

    x: float
    y: float
    width: float
    height: float
    value: int
    name: str
    word: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A plot of columns with the heights and numbers of its lines."""

    columns: tuple[Column, ...]
    lines: tuple[tuple[float, int], ...]


def columns(values: Sequence[tuple[str, int]], every: int = 1) -> Columns:
    """Return columns for names with their values; every so many have their name under them."""
    most = max((value for _, value in values), default=0)
    step = _step(most)
    top = max(step, -(-most // step) * step)
    wide = WIDTH / max(1, len(values))
    width = min(_WIDEST, wide * (1 - _GAP))
    return Columns(
        tuple(
            Column(
                round(number * wide + (wide - width) / 2, 2),
                round(HEIGHT - HEIGHT * value / top, 2),
                round(width, 2),
                round(HEIGHT * value / top, 2),
                value,
                name,
                name if number % every == 0 else "",
            )
            for number, (name, value) in enumerate(values)
        ),
        tuple((round(HEIGHT - HEIGHT * line / top, 2), line) for line in range(step, top + 1, step)),
    )


def _step(most: int) -> int:
    """Return the distance of lines, a round number, so that there are but a few."""
    power = 1
    while True:
        for step in _STEPS:
            if most <= step * power * _LINES:
                return step * power
        power *= 10


def pieces(values: Sequence[tuple[str, int]], width: float = 100) -> list[tuple[str, float, float]]:
    """Return the pieces of one bar: name, where it begins, how wide it is; nothing of what is 0."""
    total = sum(value for _, value in values)
    found, begin = [], 0.0
    for name, value in values:
        if value:
            wide = width * value / total
            found.append((name, round(begin, 2), round(wide, 2)))
            begin += wide
    return found
