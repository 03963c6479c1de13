"""Counts over all questionnaires for their list; none of them reads a text of a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, Text, case, cast, func, literal, select

from assistant.storage.desk_tables import assignments
from assistant.storage.tables import audit, completed, questions
from assistant.workflow.tally import Tally

_STANDS = case((questions.c.kept & (questions.c.state == "unanswered"), "kept"), else_=questions.c.state)


class Listing:
    """What a list of questionnaires counts, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work on `connection`."""
        self._connection = connection

    def tallies(self, person: int | None = None) -> Mapping[int, Tally]:
        """Return questionnaire id -> how far it is; of `person`, how far what is assigned to them is."""
        stands = _STANDS.label("stands")
        wanted = select(questions.c.questionnaire, stands, func.count().label("number"))
        if person is not None:
            wanted = wanted.join(assignments, assignments.c.question == questions.c.id)
            wanted = wanted.where(assignments.c.person == person)
        found: dict[int, dict[str, int]] = {}
        for row in self._connection.execute(wanted.group_by(questions.c.questionnaire, stands)):
            found.setdefault(row.questionnaire, {})[row.stands] = row.number
        return {key: Tally(**counts) for key, counts in found.items()}

    def undone(self) -> Mapping[int, int]:
        """Return questionnaire id -> how many approvals the application took back and nobody looked at since."""
        subject = literal("question ") + cast(questions.c.id, Text)
        wanted = (
            select(questions.c.id, questions.c.questionnaire, questions.c.objection, audit.c.after)
            .join(audit, audit.c.subject == subject)
            .where(questions.c.objection != "", audit.c.by.is_(None))
        )
        found = {
            (row.id, row.questionnaire)
            for row in self._connection.execute(wanted)
            if row.objection == ((row.after or {}).get("objection") or (row.after or {}).get("reason"))
        }
        return Counter(questionnaire for _, questionnaire in found)

    def completed(self) -> frozenset[int]:
        """Return the questionnaires of which a document was ever completed."""
        return frozenset(self._connection.execute(select(completed.c.questionnaire).distinct()).scalars())
