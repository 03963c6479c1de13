"""Numbers as a reader of the sheet sees them: whole numbers without a fraction, dates as dates."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import isfinite

_EPOCH = datetime(1899, 12, 30)
"""Day 0 of the 1900 date system, its fictitious 29 February 1900 taken into account (18.17.4.1)."""
_LAST_DAY = 2_958_466


def number_text(value: str, date: bool) -> str:
    """Return the stored number `value` as text; as an ISO date when the cell's format shows one."""
    value = value.strip()
    try:
        number = float(value)
    except ValueError:
        return value
    if not isfinite(number):
        return value
    if date and 0 < number < _LAST_DAY:
        moment = _EPOCH + timedelta(days=number)
        return moment.date().isoformat() if number == int(number) else moment.replace(microsecond=0).isoformat(" ")
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return repr(number)
