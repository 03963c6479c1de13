"""The words, icons and numbers that all pages share, as filters and functions for the templates."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request, url_for
from flask_login import current_user
from markupsafe import Markup

from assistant.answer import State
from assistant.people import Permission
from assistant.suggestion import Status
from assistant.web import zones
from assistant.web.marking import marked
from assistant.web.places import source
from assistant.wiring import Application
from assistant.workflow.drafting import answered_already, held
from assistant.workflow.records import AuditEvent, QuestionRecord
from assistant.workflow.tally import Tally

HIGH, MEDIUM = 0.625, 0.57
"""Where the bands of confidence begin, as the command that fits the model prints them: in cross-validation nine in ten
of the high ones were right; from "medium" on, where drafting begins, more than eight in ten."""

STATES: Mapping[str, tuple[str, str]] = {
    "approved": ("check-circle-fill", "approved"),
    "submitted": ("send", "submitted"),
    "drafted": ("pencil-square", "drafted"),
    "returned": ("arrow-return-left", "sent back"),
    "unanswered": ("circle", "unanswered"),
    "gap": ("dash-circle-dotted", "gap"),
    "routed": ("person-raised-hand", "for a person"),
    "kept": ("lock", "in the file already"),
}
"""What a question's badge shows: an icon and a word; the style sheet adds the colour."""


def standing(record: QuestionRecord) -> str:
    """Return the key in `STATES` for a question: its answer's state, or why it has none or was sent back."""
    if record.answer.objection:
        return "returned"
    if record.answer.state is not State.UNANSWERED:
        return record.answer.state.value
    if answered_already(record.question):
        return "kept"
    if record.status is Status.ROUTED:
        return "routed"
    return "gap" if record.status is Status.NO_MATCH else "unanswered"


def band(confidence: float) -> str:
    """Return the band of a confidence."""
    return "high" if confidence >= HIGH else "medium" if confidence >= MEDIUM else "low"


def label(record: QuestionRecord) -> str:
    """Return what a question is called in lists: the customer's number, or which one it is in the document."""
    return record.question.number or f"#{record.position + 1}"


def called(record: QuestionRecord) -> str:
    """Return what a question is called in a sentence, where a bare number could be taken for a count."""
    name = label(record)
    return name if any(each.isalpha() for each in name) else f"Question {name.removeprefix('#')}"


def flowed(text: str) -> str:
    """Return `text` without the line breaks that only fit it into the customer's cell; lists keep theirs."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    out: list[str] = []
    for line in lines:
        goes_on = out and out[-1] and line and line[0].islower() and not re.match(r"[a-z][.)]\s", line)
        if goes_on:
            out[-1] = f"{out[-1]} {line}"
        else:
            out.append(line)
    return "\n".join(out)


def spoken(location: str) -> str:
    """Return a place in words, as people count: a Word path as "table 1, row 2, column 3", any other as it is."""
    if location == "body":
        return "the text"
    if not re.fullmatch(r"body(/(tbl|tr|tc|p|input)\[\d+\])+", location):
        return location
    # A cell's first paragraph is the cell.
    steps = re.findall(r"(\w+)\[(\d+)\]", re.sub(r"(tc\[\d+\])/p\[0\]$", r"\1", location))
    words = {"tbl": "table", "tr": "row", "tc": "column", "p": "paragraph", "input": "field"}
    return ", ".join(f"{words[step]} {int(at) + 1}" for step, at in steps)


def place(location: str) -> Markup:
    """Return a place as pages name it; the path that the application uses for it is told on pointing at it."""
    words = spoken(str(location))
    if words == str(location):
        return Markup('<span class="place">{}</span>').format(words)
    return Markup('<span title="{}">{}</span>').format(str(location), words)


def places(locations: Iterable[str]) -> Markup:
    """Return several places, each once."""
    return Markup(", ").join(place(location) for location in dict.fromkeys(locations))


def moment(at: datetime) -> Markup:
    """Return a time in the viewer's zone, with the zone's name."""
    at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zones.viewers())
    return Markup('<time datetime="{}">{} {}</time>').format(
        at.isoformat(timespec="seconds"), at.strftime("%-d %b %Y, %H:%M"), zones.zone_name(at)
    )


def day(at: date) -> Markup:
    """Return a day as people write it; that of a moment is the day it was where the viewer is."""
    if isinstance(at, datetime):
        at = at.astimezone(zones.viewers()).date()
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), at.strftime("%-d %b %Y"))


def due(at: date, today: date) -> str:
    """Return how far away a due date is."""
    days = (at - today).days
    if days < 0:
        return f"overdue by {-days} day{'s' if days != -1 else ''}"
    return "due today" if days == 0 else "due tomorrow" if days == 1 else f"due in {days} days"


def ago(at: datetime) -> str:
    """Return how long ago something was, roughly: "5 minutes ago"."""
    minutes = int((datetime.now(UTC) - at).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    for size, name in ((24 * 60, "day"), (60, "hour")):
        if minutes >= size:
            return f"{plural(minutes // size, name)} ago"
    return f"{plural(minutes, 'minute')} ago"


def plural(count: int, one: str, many: str = "") -> str:
    """Return `count` with the right word."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def shares(tally: Tally, width: int = 100) -> list[tuple[str, float, float]]:
    """Return the pieces of a stacked bar, each with what it stands for, where it begins and how wide it is."""
    pieces, begin = [], 0.0
    for name in ("approved", "kept", "submitted", "drafted"):
        if count := getattr(tally, name):
            wide = width * count / tally.total
            pieces.append((name, round(begin, 2), round(wide, 2)))
            begin += wide
    return pieces


def how_far(tally: Tally) -> str:
    """Return how much of a questionnaire is done; what the customer's file answers already is."""
    return f"{tally.done} of {tally.total} {'done' if tally.kept else 'approved'}"


def browser(agent: str) -> str:
    """Return the browser and system that a user agent names, as people call them."""
    names = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
    systems = (("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
               ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip
    name = next((shown for sign, shown in names if sign in agent), "")
    system = next((shown for sign, shown in systems if sign in agent), "")
    return " on ".join(part for part in (name, system) if part) or agent[:60] or "unknown"


def actor(event: AuditEvent, names: Mapping[int, str]) -> str:
    """Return who did what an event tells; nobody knows who failed to sign in."""
    if event.by is not None:
        return names.get(event.by, "somebody who left")
    return "somebody unknown" if event.action == "failed to sign in" else "the assistant"


def changes(event: AuditEvent) -> list[tuple[str, str, str]]:
    """Return what an event changed: name, before, after; an empty text where there was nothing."""
    before, after = event.before or {}, event.after or {}
    return [
        (name, _told(before.get(name)), _told(after.get(name)))
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    ]


def _told(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def sprite() -> str:
    """Return the address of the file of icons, built once for each page: a list draws hundreds of them."""
    if "sprite" not in g:
        g.sprite = url_for("static", filename="icons.svg")
    return str(g.sprite)


@lru_cache
def _version(path: Path, changed: float) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def init_app(app: Flask, application: Application) -> None:
    """Give the templates the shared words."""
    app.jinja_env.filters.update(
        moment=moment,
        ago=ago,
        day=day,
        due=due,
        plural=plural,
        place=place,
        places=places,
        band=band,
        label=label,
        called=called,
        flowed=flowed,
        standing=standing,
        marked=marked,
        browser=browser,
        changes=changes,
        actor=actor,
        how_far=how_far,
        held=held,
        answered_already=answered_already,
    )
    app.jinja_env.globals.update(STATES=STATES, Permission=Permission, shares=shares, sprite=sprite)

    def source_address(path: str, line: int) -> str:
        return source(path, line, {item.path for item in application.knowledge.knowledge.statements})

    app.jinja_env.globals.update(source_address=source_address)

    @app.context_processor
    def everywhere() -> dict[str, Any]:
        signed_in = getattr(current_user, "person", None)
        return {"person": signed_in, "knowledge_problem": application.knowledge.problem if signed_in else None}

    @app.url_defaults
    def name_the_version(endpoint: str, values: dict[str, Any]) -> None:
        """Let browsers keep static files for long, yet fetch a changed one at once."""
        blueprint, _, name = endpoint.rpartition(".")
        folder = app.blueprints[blueprint].static_folder if blueprint else app.static_folder
        if name == "static" and "filename" in values and folder:
            path = Path(folder) / values["filename"]
            values["v"] = _version(path, path.stat().st_mtime)

    @app.after_request
    def ask_for_the_rest(response: Response) -> Response:
        """Let browsers ask each time whether a static file changed that was asked for without its version.

        A script names the scripts that it imports by their plain names.
        """
        if (request.endpoint or "").endswith("static") and "v" not in request.args:
            response.headers["Cache-Control"] = "no-cache"
        return response
