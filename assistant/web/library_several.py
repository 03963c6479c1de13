"""One act on several entries: a page that says what will become of each, and then the act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assistant.errors import InputError, InvalidValueError
from assistant.people import Permission
from assistant.web.library_filters import Filters
from assistant.web.problems import status_of
from assistant.web.requests import counts, local, typed
from assistant.web.security import person
from assistant.wiring import Application
from assistant.workflow.several import MOST, Act, Outcome
from assistant.workflow.shelf import EntryState

_ENTRY = "version-of-"
"""The beginning of the fields that carry the version of an entry that was looked at."""


@dataclass(frozen=True, slots=True)
class Words:
    """How pages speak of an act: on a list's button, before the entries, of what it means and once it is done."""

    button: str
    verb: str
    meaning: str
    done: str
    icon: str
    grave: bool = False


WORDS: Mapping[Act, Words] = {
    Act.CONFIRM: Words(
        "Still true",
        "Confirm",
        "Each is due again in a year, and its evidence is what stands in the statements now.",
        "confirmed for another year",
        "check2",
    ),
    Act.GIVE: Words(
        "Give to",
        "Give away",
        "Who owns an entry is told when it falls due for review.",
        "given to another owner",
        "person-circle",
    ),
    Act.RETIRE: Words(
        "Retire",
        "Retire",
        "They are never used again. Approved answers that rest on them go back to review, and drafts are drafted "
        "again. Retired entries can be brought back.",
        "retired",
        "dash-circle-dotted",
        grave=True,
    ),
    Act.BRING_BACK: Words(
        "Bring back",
        "Bring back",
        "They are where they were before they were retired or turned down: in use, or proposed.",
        "brought back",
        "arrow-return-left",
    ),
    Act.ACCEPT: Words(
        "Take",
        "Take",
        "You stand for what they say: read each. They are found by matching within seconds.",
        "taken into the library",
        "check2",
    ),
    Act.TURN_DOWN: Words(
        "Turn down",
        "Turn down",
        "They are off the list of proposals, and their authors can read why.",
        "turned down",
        "dash-circle-dotted",
        grave=True,
    ),
}
_GONE = frozenset({EntryState.RETIRED.value, EntryState.TURNED_DOWN.value})


def acts_on(state: str) -> list[tuple[str, Words]]:
    """Return what can be done to several entries of a list that asks for `state`."""
    if state == EntryState.PROPOSED.value:
        offered = [Act.ACCEPT, Act.TURN_DOWN]
    elif state in _GONE:
        offered = [Act.BRING_BACK]
    else:
        offered = [Act.CONFIRM, Act.GIVE, Act.RETIRE]
    return [(act.value, WORDS[act]) for act in offered]


def add_pages(pages: Blueprint, application: Application) -> None:
    """Add acts on several entries to the library's pages."""
    browsing, several = application.browsing, application.several

    def confirming(
        act: Act,
        entries: Mapping[int, int | None],
        back: str,
        *,
        found: int = 0,
        in_files: int = 0,
        problem: InputError | None = None,
    ) -> ResponseReturnValue:
        outcome = several.plan(person(), act, entries)
        page = render_template(
            "library/several.html",
            act=act.value,
            words=WORDS[act],
            outcome=outcome,
            field={Act.GIVE: "owner", Act.RETIRE: "reason", Act.TURN_DOWN: "reason"}.get(act, ""),
            needed=act in (Act.GIVE, Act.TURN_DOWN),
            typed=typed("owner") or typed("reason"),
            owners=application.upkeep.owners(person()) if act is Act.GIVE else [],
            uses=browsing.uses(person()),
            found=found,
            in_files=in_files,
            back=back,
            problem=problem or "",
        )
        return page, status_of(problem) if problem else 200

    @pages.get("/library/several")
    def several_planned() -> ResponseReturnValue:
        """Say what an act would do to the entries that were ticked, or to all that were found."""
        by = person()
        by.require(Permission.KEEP_LIBRARY)
        filters = Filters.of(request.args)
        arguments: dict[str, Any] = filters.arguments
        back, act = url_for("library.entries", **arguments), request.args.get("act", "")
        in_files = 0
        if "all" in request.args and not filters.matched:
            listed = browsing.listed(by, filters.wanted, filters.use)
            keys = [item.record.id for item in listed if item.record.id is not None]
            in_files = len(listed) - len(keys)
        else:
            keys = [int(key) for key in request.args.getlist("entry") if counts(key)]
        if not keys or act not in set(Act):
            flash("Tick the entries first, or choose all that were found; then choose what is to be done.")
            return redirect(back)
        return confirming(Act(act), dict.fromkeys(keys[:MOST]), back, found=len(keys), in_files=in_files)

    @pages.post("/library/several")
    def several_done() -> ResponseReturnValue:
        """Do it to the entries as they were shown."""
        act, back = _act(typed("act")), local(request.form.get("back", ""))
        entries = {
            int(key): int(version)
            for name, version in request.form.items()
            if name.startswith(_ENTRY) and counts(key := name.removeprefix(_ENTRY)) and counts(version)
        }
        try:
            outcome = several.do(person(), act, entries, reason=typed("reason"), owner=typed("owner"))
        except InputError as problem:
            return confirming(act, dict(entries), back, problem=problem)
        application.worker.wake()
        flash(_sentence(act, outcome))
        return redirect(back)


def _act(value: str) -> Act:
    """Return the act.

    :raises InvalidValueError: when there is none of that name; only a request that no page of ours made lacks it.
    """
    if value not in set(Act):
        raise InvalidValueError("The request lacks what is to be done. Load the page again.")
    return Act(value)


def _sentence(act: Act, outcome: Outcome) -> str:
    """Return what was done, and how many were left for which reason."""
    count = len(outcome.done)
    told = f"{count} {'entry is' if count == 1 else 'entries are'} {WORDS[act].done}." if count else "Nothing changed."
    why = Counter(left.reason for left in outcome.left)
    return " ".join(
        [
            told,
            *(f"{number} left as {'it is' if number == 1 else 'they are'}: {reason}" for reason, number in why.items()),
        ]
    )
