"""Laying out a file as another file of the same form was laid out."""

from __future__ import annotations

from dataclasses import replace

from assistant.correcting import corrected
from assistant.layout import Correction, View, carried_over, fingerprint
from assistant.questionnaire import Questionnaire
from assistant.workflow.ports import Transaction


def known_layout(tx: Transaction, found: Questionnaire, view: View) -> tuple[Questionnaire, tuple[Correction, ...]]:
    """Return `found` as the layout remembered for its form puts it right, with the corrections that hold in it."""
    known = tx.layouts.get(fingerprint(found, view))
    corrections = carried_over(view, known.corrections) if known else ()
    if known is None or not corrections:
        return found, ()
    after = corrected(found, view, corrections)
    who, when = tx.people.names().get(known.by, "somebody who left"), known.at.date().isoformat()
    note = f"This form is known: the layout that {who} confirmed on {when} was used."
    return replace(after, notices=(*after.notices, note)), corrections
