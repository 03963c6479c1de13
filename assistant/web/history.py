"""What was done to an answer, as its history shows it: edits that follow each other are one act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from assistant.web.redline import compared
from assistant.workflow.changes import EDITED
from assistant.workflow.changing import ONE_SITTING
from assistant.workflow.records import AuditEvent


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done, with the texts before and after it; `times` it was saved in between."""

    event: AuditEvent
    choice: Markup
    text: Markup
    changed: bool
    said: str
    times: int = 1


def acts_of(events: Iterable[AuditEvent]) -> list[Act]:
    """Return the events, newest first, as acts; edits of one person at one sitting are told as one."""
    runs: list[list[AuditEvent]] = []
    for event in events:
        if runs and _goes_on(runs[-1][-1], event):
            runs[-1].append(event)
        else:
            runs.append([event])
    return [_act(run[0], run[-1], len(run)) for run in runs]


def _goes_on(later: AuditEvent, earlier: AuditEvent) -> bool:
    same = (later.action, earlier.action, later.by) == (EDITED, EDITED, earlier.by)
    return same and later.at - earlier.at < ONE_SITTING


def _act(last: AuditEvent, first: AuditEvent, times: int) -> Act:
    before, after = first.before or {}, last.after or {}
    said = after.get("reason") or ("" if after.get("objection") == before.get("objection") else after.get("objection"))
    worded = "text" in after or "text" in before
    choice, text = ((_text(before, name), _text(after, name)) for name in ("choice", "text"))
    changed = worded and (choice[0] != choice[1] or text[0] != text[1])
    return Act(last, compared(*choice), compared(*text), changed, said or "", times)


def _text(told: Any, name: str) -> str:
    return str(told.get(name) or "")
