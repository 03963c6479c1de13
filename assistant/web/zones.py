"""The time zone in which pages show moments: the one chosen for the account, else the browser's, else UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from flask import g, has_request_context, request
from flask_login import current_user

COOKIE = "zone"
"""The browser's zone, written by app.js; it is read for pages only and means nothing else."""


@cache
def zones() -> dict[str, tuple[str, ...]]:
    """Return the names of the IANA time zones by their region, for a choice in a form."""
    named: dict[str, list[str]] = {}
    for name in sorted(available_timezones() - {"localtime"}):
        region = name.partition("/")[0] if "/" in name else "Others"
        named.setdefault(region, []).append(name)
    others = named.pop("Others", [])
    return {region: tuple(names) for region, names in (*named.items(), ("Others", others)) if names}


def known(name: str) -> bool:
    """Return whether there is a time zone with that name."""
    return any(name in names for names in zones().values())


def viewers() -> tzinfo:
    """Return the zone of whoever asks for the page; outside of a request it is UTC."""
    if not has_request_context():
        return UTC
    if "zone" not in g:
        visit = getattr(current_user, "visit", None)
        name = (visit.zone if visit else "") or request.cookies.get(COOKIE, "")
        g.zone = ZoneInfo(name) if known(name) else UTC
    zone: tzinfo = g.zone
    return zone


def today() -> date:
    """Return which day it is where the viewer is."""
    return datetime.now(viewers()).date()


def zone_name(at: datetime) -> str:
    """Return how people call the zone of `at`: its abbreviation, or where it has none the distance to UTC."""
    name = at.tzname() or "UTC"
    return name if name.isalpha() else _distance(at.utcoffset() or timedelta())


def _distance(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"
