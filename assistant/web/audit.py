"""The audit log: who did what, as a page, as files, and the proof that nothing was taken out of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from assistant.errors import InvalidValueError, NotFoundError
from assistant.web import zones
from assistant.web.csv_files import guarded
from assistant.web.differing import differing
from assistant.web.requests import counts
from assistant.web.security import person
from assistant.web.wording import actor
from assistant.wiring import Application
from assistant.workflow.auditing import THE_APPLICATION, AuditFilter
from assistant.workflow.records import AuditEvent

PAGE = 100
"""Events on a page."""
COLUMNS = ("number", "at (UTC)", "by", "action", "of", "before", "after")


def make_blueprint(application: Application) -> Blueprint:
    """Return the pages of the log, for administrators."""
    pages = Blueprint("audit", __name__)
    audit_log = application.audit_log

    def listing(wanted: AuditFilter, arguments: dict[str, str], faults: list[str] | None) -> str:
        before, after = (request.args.get(name, type=int) for name in ("before", "after"))
        page = audit_log.page(person(), wanted, PAGE, before=before, after=after)
        return render_template(
            "audit/log.html",
            page=page,
            arguments=arguments,
            people=sorted(page.names.items(), key=lambda item: item[1].casefold()),
            actions=audit_log.actions(person()),
            things=audit_log.things(person()),
            application=str(THE_APPLICATION),
            faults=faults,
            differing=differing,
        )

    @pages.get("/audit")
    def log() -> ResponseReturnValue:
        """List events, newest first, of everything or of what the filters in the address say."""
        return listing(asked(), given(), None)

    @pages.post("/audit/check")
    def check() -> ResponseReturnValue:
        """Check the chain from the first event to the last."""
        return listing(AuditFilter(), {}, audit_log.faults(person()))

    @pages.get("/audit/export.<kind>")
    def export(kind: str) -> ResponseReturnValue:
        """Download every event that passes the filters, as CSV or with one JSON object a line."""
        writers = {"csv": (csv_lines, "text/csv"), "jsonl": (json_lines, "application/jsonl")}
        if kind not in writers:
            raise NotFoundError("The log can be downloaded as CSV or as JSON lines.")
        write, media_type = writers[kind]
        events, names = audit_log.export(person(), asked())
        response = Response(write(events, names), content_type=f"{media_type}; charset=utf-8")
        name = f"audit-log-{datetime.now(UTC):%Y-%m-%d}.{kind}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    return pages


def given() -> dict[str, str]:
    """Return the filters in the address that are not empty, as they were typed."""
    names = ("by", "action", "subject", "from", "to")
    return {name: value for name in names if (value := request.args.get(name, "").strip())}


def asked() -> AuditFilter:
    """Return the filters in the address; the days are those of the viewer's zone.

    :raises InvalidValueError: for a day that is none.
    """
    typed = given()
    by = typed.get("by", "")
    begin, end = day_in(typed, "from"), day_in(typed, "to")
    return AuditFilter(
        int(by) if counts(by) else None,
        typed.get("action", ""),
        # Statements are named by their files, whose case matters; everything else is in small letters.
        subject if (subject := typed.get("subject", "")).startswith("statement ") else subject.casefold(),
        midnight(begin) if begin else None,
        midnight(end + timedelta(days=1)) if end else None,
    )


def day_in(typed: Mapping[str, str], name: str) -> date | None:
    """Return the day that was typed, or None.

    :raises InvalidValueError: when it is no day.
    """
    if name not in typed:
        return None
    try:
        # Midnights elsewhere lie a day before or after, and the calendar ends in the year 9999.
        return min(date.fromisoformat(typed[name]), date(9999, 12, 29))
    except ValueError as problem:
        raise InvalidValueError(f"“{typed[name]}” is no day; write it as 2027-03-31.") from problem


def midnight(day: date) -> datetime:
    """Return when the day begins where the viewer is."""
    return datetime.combine(max(day, date(1, 1, 3)), time(), zones.viewers()).astimezone(UTC)


def csv_lines(events: Iterable[AuditEvent], names: Mapping[int, str]) -> Iterator[str]:
    """Yield the events as CSV that no spreadsheet takes for formulas, with the mark by which Excel knows UTF-8."""
    yield "\ufeff"
    yield csv_line(COLUMNS)
    for event in events:
        before, after = (
            "" if values is None else json.dumps(values, ensure_ascii=False) for values in (event.before, event.after)
        )
        at = event.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
        yield csv_line((event.id, at, actor(event, names), event.action, event.subject, before, after))


def csv_line(values: Iterable[object]) -> str:
    """Return one line of CSV."""
    out = io.StringIO()
    csv.writer(out).writerow([guarded(value) for value in values])
    return out.getvalue()


def json_lines(events: Iterable[AuditEvent], names: Mapping[int, str]) -> Iterator[str]:
    """Yield the events, each as a JSON object on a line of its own."""
    for event in events:
        told = {
            "id": event.id,
            "at": event.at.astimezone(UTC).isoformat(),
            "by": event.by,
            "name": actor(event, names),
            "action": event.action,
            "subject": event.subject,
            "before": event.before,
            "after": event.after,
        }
        yield json.dumps(told, ensure_ascii=False) + "\n"
