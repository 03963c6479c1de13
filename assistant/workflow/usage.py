"""Where a passage is used: answers that cite it, and what was sent to customers with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from assistant.answer import State
from assistant.people import Person
from assistant.workflow import visibility
from assistant.workflow.citing import CitingAnswer, SentAnswer
from assistant.workflow.ports import Transaction
from assistant.workflow.records import QuestionnaireRecord


@dataclass(frozen=True, slots=True)
class Used:
    """Where something is used, as far as somebody may see it.

    `hidden` counts the questionnaires they may not see, so that nobody takes the list for the whole.
    """

    answers: tuple[tuple[QuestionnaireRecord, CitingAnswer], ...] = ()
    sent: tuple[tuple[QuestionnaireRecord, SentAnswer], ...] = ()
    hidden: int = 0

    def in_state(self, *states: State) -> list[tuple[QuestionnaireRecord, CitingAnswer]]:
        """Return the answers in one of these states."""
        return [pair for pair in self.answers if pair[1].state in states]


def used(tx: Transaction, by: Person, paths: Iterable[str], digests: Collection[str] | None = None) -> Used:
    """Return where passages of `paths` are used: any of them, or those with one of `digests`."""
    wanted = list(dict.fromkeys(paths))
    if not wanted:
        return Used()
    records = {record.id: record for record in tx.questionnaires.all()}

    def meant(found: frozenset[str]) -> bool:
        return digests is None or not found.isdisjoint(digests)

    answers = [found for found in tx.usage.citing(wanted) if meant(found.digests)]
    sent = [found for found in tx.usage.sent(wanted) if meant(found.digests)]
    cited_in = {found.questionnaire for found in answers} | {found.questionnaire for found in sent}
    touched = cited_in & records.keys()
    seen = {key for key in touched if visibility.sees_whole(tx, by, records[key])}
    return Used(
        tuple((records[found.questionnaire], found) for found in answers if found.questionnaire in seen),
        tuple((records[found.questionnaire], found) for found in sent if found.questionnaire in seen),
        len(touched - seen),
    )
