"""Where a passage is used: answers that cite it, and what was sent to customers with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.answer import State
from assistant.people import Person
from assistant.workflow import visibility
from assistant.workflow.citing import Citing, CitingAnswer, SentAnswer
from assistant.workflow.ports import Transaction
from assistant.workflow.records import QuestionnaireRecord

SHOWN = 100
"""How many answers of one kind are listed; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers of one kind with their questionnaires: the first of `count`."""

    rows: tuple[tuple[QuestionnaireRecord, CitingAnswer], ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Used:
    """Where something is used, as far as somebody may see it.

    `returned` went back to review; `drafts` are in the making; `approved` are so and were not sent with it.
    Of what was `sent` the first of `sendings` are listed. `hidden` counts the questionnaires that this person
    may not see, so that nobody takes the list for the whole.
    """

    returned: Answers = Answers()
    drafts: Answers = Answers()
    approved: Answers = Answers()
    sent: tuple[tuple[QuestionnaireRecord, SentAnswer], ...] = ()
    sendings: int = 0
    hidden: int = 0

    @property
    def nowhere(self) -> bool:
        """Return whether nothing that may be seen rests on it."""
        return not (self.returned.count or self.drafts.count or self.approved.count or self.sendings)


def used(tx: Transaction, by: Person, path: str, digests: Collection[str] | None = None) -> Used:
    """Return where passages of `path` are used: any of them, or those with one of `digests`."""
    if digests is not None and not digests:
        return Used()
    citing, sent = tx.usage.citing(path, digests), tx.usage.sent(path, digests)
    records = {record.id: record for record in tx.questionnaires.all()}
    told = {found.questionnaire for found in sent}
    touched = ({found.questionnaire for found in citing} | told) & records.keys()
    seen = {key for key in touched if visibility.sees_whole(tx, by, records[key])}
    citing = [found for found in citing if found.questionnaire in seen]
    sent = [found for found in sent if found.questionnaire in seen]

    def answers(found: Sequence[Citing]) -> Answers:
        rows = tx.usage.answers([item.question for item in found[:SHOWN]])
        return Answers(tuple((records[row.questionnaire], row) for row in rows), len(found))

    kept = {(found.answer, found.sending) for found in sent[:SHOWN]}
    rows = tx.usage.sent_answers({answer for answer, _ in kept})
    making = [found for found in citing if found.state in (State.DRAFTED, State.SUBMITTED)]
    return Used(
        returned=answers([found for found in making if found.sent_back]),
        drafts=answers([found for found in making if not found.sent_back]),
        approved=answers(
            [found for found in citing if found.state is State.APPROVED and found.questionnaire not in told]
        ),
        sent=tuple((records[row.questionnaire], row) for row in rows if (row.id, row.sending) in kept),
        sendings=len(sent),
        hidden=len(touched - seen),
    )
