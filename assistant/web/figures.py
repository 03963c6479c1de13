"""The figures: coverage, promises, time, sources and gaps, as plots with their tables and as CSV."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from assistant.errors import NotFoundError
from assistant.suggestion import Status
from assistant.web.csv_files import csv_file
from assistant.web.plots import columns, pieces
from assistant.web.security import person
from assistant.web.wording import HIGH, MEDIUM
from assistant.wiring import Application
from assistant.workflow.counting import BandCount
from assistant.workflow.figures import Overall, quantile, wilson
from assistant.workflow.gaps import Group

PERIODS = {"30": "30 days", "90": "90 days", "365": "a year", "all": "all time"}
BANDS = ("low", "medium", "high")
PROMISES = {"high": 0.9, "medium": 0.8}
"""The share of drafts that should be right, by band, as the bands were chosen (`wording.HIGH`, `wording.MEDIUM`)."""
STATUSES = {
    Status.SUGGESTED: "drafted",
    Status.WEAK: "passages shown",
    Status.ROUTED: "for a person",
    Status.NO_MATCH: "gap",
}
WAITS = ((1, "1 day"), (3, "3 days"), (7, "a week"), (14, "2 weeks"), (28, "4 weeks"))
"""Within how many days a questionnaire was completed; what took longer comes last."""
MOST_GAPS = 10
_NAMED_WEEKS = 12

Table = tuple[Sequence[str], list[Sequence[object]]]


def make_blueprint(application: Application) -> Blueprint:
    """Return the page of figures and its downloads."""
    pages = Blueprint("figures", __name__)

    def found(period: str) -> Overall:
        return application.figures.of(person(), days(period), (MEDIUM, HIGH))

    def gaps(period: str) -> list[Group]:
        return application.gaps.groups(person(), days(period))[:MOST_GAPS]

    @pages.get("/figures")
    def overall() -> ResponseReturnValue:
        """Show all figures of a period."""
        period = chosen_period("90")
        figures = found(period)
        weeks = [(f"{monday:%-d %b}", count) for monday, count in figures.weeks]
        return render_template(
            "figures/figures.html",
            period=period,
            periods=PERIODS,
            figures=figures,
            statuses=[(status.value, name, figures.statuses.get(status, 0)) for status, name in STATUSES.items()],
            status_pieces=pieces(
                [(status.value, figures.statuses.get(status, 0)) for status in STATUSES],
            ),
            bands=[(BANDS[band.band], band, promise(band)) for band in reversed(figures.bands)],
            right=(sum(band.right for band in figures.bands), sum(band.decided for band in figures.bands)),
            weeks=columns(weeks, every=-(-len(weeks) // _NAMED_WEEKS)),
            approvals=sum(count for _, count in weeks),
            week_table=list(reversed(figures.weeks)),
            waits=columns(waited(figures.waits)),
            wait_table=waited(figures.waits),
            median=in_words(quantile(figures.waits, 0.5)) if figures.waits else "",
            quartiles=[in_words(quantile(figures.waits, share)) for share in (0.25, 0.75)] if figures.waits else [],
            gaps=gaps(period),
        )

    @pages.get("/figures/<name>.csv")
    def download(name: str) -> ResponseReturnValue:
        """Return one table as a CSV file."""
        period = chosen_period("90")
        if name == "gaps":
            return gap_file(application.gaps.groups(person(), days(period)), period)
        if name not in TABLES:
            raise NotFoundError("There is no such table.")
        header, rows = TABLES[name](found(period))
        return csv_file(f"{name}-{period}.csv", header, rows)

    return pages


def chosen_period(otherwise: str) -> str:
    """Return the key in `PERIODS` that the address names."""
    named = request.args.get("period", otherwise)
    return named if named in PERIODS else otherwise


def days(period: str) -> int | None:
    """Return how many days back a period goes, None for all time."""
    return None if period == "all" else int(period)


def gap_file(groups: Sequence[Group], period: str) -> Response:
    """Return what is missing as a CSV file."""
    rows = [
        (group.name, group.topic.area, group.asked, group.open, len(group.customers), len(group.questionnaires))
        for group in groups
    ]
    header = ("about", "area", "asked", "still open", "customers", "questionnaires")
    return csv_file(f"gaps-{period}.csv", header, rows)


def promise(band: BandCount) -> dict[str, object]:
    """Return how a band stands to what it promises: share, interval, and the word for it."""
    low, high = wilson(band.right, band.decided)
    wanted = PROMISES.get(BANDS[band.band])
    if wanted is None:
        verdict = "promises nothing"
    elif low >= wanted:
        verdict = "kept"
    elif high < wanted:
        verdict = "not kept"
    else:
        verdict = "too few to tell" if band.decided else "nothing decided yet"
    share = band.right / band.decided if band.decided else None
    return {"low": low, "high": high, "share": share, "wanted": wanted, "verdict": verdict}


def waited(waits: Sequence[timedelta]) -> list[tuple[str, int]]:
    """Return how many were completed within each of `WAITS`, and how many later."""
    counts, rest = [], list(waits)
    for limit, name in WAITS:
        within = [wait for wait in rest if wait <= timedelta(days=limit)]
        counts.append((name, len(within)))
        rest = [wait for wait in rest if wait > timedelta(days=limit)]
    return [*counts, ("longer", len(rest))]


def in_words(wait: timedelta) -> str:
    """Return a time as people say it."""
    hours = wait.total_seconds() / 3600
    if hours < 1:
        return "less than an hour"
    if hours < 36:
        return f"{hours:.0f} hour{'s' if round(hours) != 1 else ''}"
    return f"{hours / 24:.1f} days"


def _coverage(figures: Overall) -> Table:
    return ("status", "questions"), [(name, figures.statuses.get(status, 0)) for status, name in STATUSES.items()]


def _bands(figures: Overall) -> Table:
    header = ("band", "drafted", "decided", "unchanged", "wording kept", "reworded", "share", "from", "to", "promised")
    rows: list[Sequence[object]] = []
    for band in reversed(figures.bands):
        told = promise(band)
        share = [told[name] for name in ("share", "low", "high", "wanted")]
        rounded = ["" if value is None else f"{value:.3f}" for value in share]
        counts = (band.drafted, band.decided, band.unchanged, band.kept, band.reworded)
        rows.append((BANDS[band.band], *counts, *rounded))
    return header, rows


def _time(figures: Overall) -> Table:
    return ("hours from upload to the first completed document",), [
        (f"{wait.total_seconds() / 3600:.1f}",) for wait in figures.waits
    ]


def _approvals(figures: Overall) -> Table:
    return ("week from", "answers approved"), [(monday.isoformat(), count) for monday, count in figures.weeks]


def _sources(figures: Overall) -> Table:
    return ("file", "lines", "heading", "text", "answers"), [
        (found.citation.path, f"{first} to {last}", found.citation.heading, found.citation.text, found.answers)
        for found in figures.cited
        for first, last in (found.citation.lines,)
    ]


TABLES: dict[str, Callable[[Overall], Table]] = {
    "coverage": _coverage,
    "bands": _bands,
    "time": _time,
    "approvals": _approvals,
    "sources": _sources,
}
"""The downloads, by name; that of the gaps is made of other figures."""
