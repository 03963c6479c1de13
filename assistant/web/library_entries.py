"""The page of a library entry: reading, writing, proposing, deciding, and where it is used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from assistant.errors import ConflictError, InputError, StateError
from assistant.people import Permission
from assistant.statement import LibraryEntry
from assistant.web.differing import differing
from assistant.web.library_form import as_typed, filled, read_entry, spoken_evidence
from assistant.web.problems import status_of
from assistant.web.requests import local, number, typed
from assistant.web.security import person
from assistant.web.wording import changes as changed_fields
from assistant.wiring import Application
from assistant.workflow.records import AuditEvent
from assistant.workflow.shelf import EntryRecord, changed_evidence

Difference = tuple[str, Markup, Markup]
"""The name of a field, what stood in it and what stands there now, with marks where they differ."""
_HIDDEN = frozenset({"retired", "proposed"})
"""Fields of an entry whose change the name of what was done tells already."""


def add_pages(pages: Blueprint, application: Application) -> None:
    """Add the pages of entries to the library's."""
    library, browsing, changes = application.library, application.browsing, application.changes
    knowledge = application.knowledge

    def form(
        values: dict[str, Any],
        record: EntryRecord | None,
        problem: str = "",
        status: int = 200,
        differences: Sequence[Difference] = (),
    ) -> ResponseReturnValue:
        catalogue = browsing.catalogue(person())
        deployments = sorted({name for found in knowledge.scopes.values() for name in found} | values["deployments"])
        page = render_template(
            "library/entry_form.html",
            values=values,
            record=record,
            problem=problem,
            differences=differences,
            products=list(knowledge.scopes),
            deployments=deployments,
            owners=sorted({*application.upkeep.owners(person()), *catalogue.owners}),
            tags=catalogue.tags,
        )
        return page, status

    @pages.get("/library/<int:entry>")
    def entry(entry: int) -> ResponseReturnValue:
        """Show one entry with its history, and where it was used and sent."""
        return shown(library.entry(person(), entry), library.history(person(), entry))

    @pages.get("/library/files/<int:line>/<path:path>")
    def file_entry(line: int, path: str) -> ResponseReturnValue:
        """Show an entry that stands in a library file."""
        return shown(browsing.in_file(person(), path, line), [])

    def shown(record: EntryRecord, history: Sequence[AuditEvent]) -> ResponseReturnValue:
        target = library.entry(person(), record.replaces) if record.replaces else None
        changed = changed_evidence(record.entry, knowledge.marks)
        told = f"{record.entry.question}\n{record.entry.answer}"
        asks = record.proposed and person().may(Permission.EDIT)
        return render_template(
            "library/entry.html",
            record=record,
            state=browsing.state(record),
            target=target,
            target_differences=_differences(target.entry, record.entry) if target else [],
            evidence=[_evidence(piece, changed) for piece in record.entry.evidence],
            named=application.importing.named(person(), "", [told])[0] if asks else [],
            mine=any(event.action == "proposed" and event.by == person().id for event in history),
            history=[(event, _told(event)) for event in history],
            names=changes.names(),
            used=changes.entry_used(person(), record),
        )

    @pages.get("/library/new")
    def new() -> ResponseReturnValue:
        """Show the form of a new entry."""
        person().require(Permission.EDIT)
        start = LibraryEntry(request.args.get("question", ""), "", owner=person().email)
        return form(filled(start), None)

    @pages.post("/library/new")
    def add() -> ResponseReturnValue:
        """Save a new entry, or the proposal of one."""
        try:
            key = library.add(person(), read_entry())
        except (InputError, StateError) as problem:
            return form(as_typed(), None, str(problem), status_of(problem))
        flash("Saved." if person().may(Permission.KEEP_LIBRARY) else "Proposed. A reviewer takes it or turns it down.")
        return redirect(url_for("library.entry", entry=key))

    @pages.post("/questions/<int:question>/offer")
    def offer(question: int) -> ResponseReturnValue:
        """Propose an approved answer for the library."""
        key = library.offer(person(), question)
        flash("Proposed. A reviewer takes it or turns it down.")
        return redirect(url_for("library.entry", entry=key))

    @pages.get("/library/<int:entry>/edit")
    def edit_form(entry: int) -> ResponseReturnValue:
        """Show the form of an entry."""
        person().require(Permission.EDIT)
        record = library.entry(person(), entry)
        return form(filled(record.entry), record)

    @pages.post("/library/<int:entry>/edit")
    def edit(entry: int) -> ResponseReturnValue:
        """Save a changed entry, or propose the change."""
        record = library.entry(person(), entry)
        try:
            key = library.change(person(), entry, number("version"), read_entry(record.entry))
        except ConflictError as problem:
            # What was typed stays, beside what somebody else saved meanwhile: nothing is overwritten or lost.
            mine = read_entry(record.entry)
            return form(as_typed(), record, str(problem), 409, _differences(record.entry, mine))
        except (InputError, StateError) as problem:
            return form(as_typed(), record, str(problem), status_of(problem))
        proposed = key != entry
        flash("Your change is proposed. A reviewer takes it or turns it down." if proposed else "Saved.")
        return redirect(url_for("library.entry", entry=key))

    @pages.post("/library/<int:entry>/accept")
    def accept(entry: int) -> ResponseReturnValue:
        """Take a proposal."""
        key = library.accept(person(), entry, number("version"), number("target") if "target" in request.form else None)
        flash("Taken. It is found by matching within seconds.")
        return redirect(url_for("library.entry", entry=key))

    @pages.post("/library/<int:entry>/turn-down")
    def turn_down(entry: int) -> ResponseReturnValue:
        """Turn a proposal down, or withdraw one's own."""
        library.turn_down(person(), entry, typed("reason"))
        flash("The proposal is off the list.")
        return redirect(url_for("library.proposals"))

    @pages.post("/library/<int:entry>/retire")
    def retire(entry: int) -> ResponseReturnValue:
        """Take an approved answer out of use."""
        library.retire(person(), entry, typed("reason"))
        application.worker.wake()
        flash("The entry is retired. Answers that rest on it go back to review within seconds.")
        return redirect(local(request.form.get("back", "")) if "back" in request.form else url_for("library.entries"))

    @pages.post("/library/<int:entry>/bring-back")
    def bring_back(entry: int) -> ResponseReturnValue:
        """Put a retired entry back into use."""
        library.bring_back(person(), entry)
        flash("The entry is back.")
        return redirect(url_for("library.entry", entry=entry))

    @pages.post("/library/<int:entry>/confirm")
    def confirm(entry: int) -> ResponseReturnValue:
        """Say that an entry is true for another period."""
        record = application.upkeep.confirm(person(), entry, number("version"))
        until = record.entry.review_by
        flash(f"Confirmed until {until:%-d %b %Y}." if until else "Confirmed.")
        return redirect(local(request.form.get("back", url_for("library.entry", entry=entry))))

    @pages.post("/library/<int:entry>/reassign")
    def reassign(entry: int) -> ResponseReturnValue:
        """Give an entry another owner."""
        application.upkeep.reassign(person(), entry, typed("owner"))
        flash("The owner is changed.")
        return redirect(local(request.form.get("back", url_for("library.entry", entry=entry))))


def _differences(before: LibraryEntry, after: LibraryEntry) -> list[Difference]:
    """Return which fields differ: name, before, after, the words that differ in marks."""
    ours, theirs = filled(before), filled(after)
    shown = [(name, _text(ours[name]), _text(theirs[name])) for name in ours if ours[name] != theirs[name]]
    return [(name.replace("_", " "), *differing(one, other)) for name, one, other in shown]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ", ".join(sorted(value))


def _told(event: AuditEvent) -> list[Difference]:
    """Return what an event of the log changed, the words that differ in marks."""
    if not event.before:
        return []
    shown = [change for change in changed_fields(event) if change[0] not in _HIDDEN]
    return [(name.replace("_", " "), *differing(one, other)) for name, one, other in shown]


def _evidence(piece: str, changed: tuple[str, ...]) -> tuple[str, str, str, bool]:
    """Return a piece of evidence as shown, the statement and the line it points to, and whether it changed."""
    shown = spoken_evidence(piece)
    place = re.fullmatch(r"(.+\.md):(\d+)(?:-\d+)?", shown)
    return shown, place[1] if place else "", place[2] if place else "", piece in changed
