"""What counts as overdue and what as due soon."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assistant.workflow.dues import Urgency, urgency

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-1, Urgency.LATE), (0, Urgency.SOON), (3, Urgency.SOON), (4, None)],
)
def test_the_day_itself_and_the_three_before_it_are_soon(days: int, expected: Urgency | None) -> None:
    assert urgency(TODAY + timedelta(days=days), TODAY) is expected


def test_what_has_no_day_is_never_late() -> None:
    assert urgency(None, TODAY) is None
