"""Where a passage is used: answers that cite it or say what it says, and what was sent to customers with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import State
from assistant.people import Person
from assistant.statement import Passage
from assistant.workflow import visibility
from assistant.workflow.citing import Citing, CitingAnswer, Said, SentAnswer
from assistant.workflow.ports import Transaction
from assistant.workflow.records import QuestionnaireRecord
from assistant.workflow.repeating import own_words

SHOWN = 50
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
    `repeating` say the same word for word, whatever they cite; nothing sends them back to review. Of what was `sent`,
    citing or repeating it, the first of `sendings` are listed. `hidden` counts the questionnaires that this person
    may not see, so that nobody takes the list for the whole.
    """

    returned: Answers = Answers()
    drafts: Answers = Answers()
    approved: Answers = Answers()
    repeating: Answers = Answers()
    sent: tuple[tuple[QuestionnaireRecord, SentAnswer], ...] = ()
    sendings: int = 0
    hidden: int = 0

    @property
    def nowhere(self) -> bool:
        """Return whether nothing that may be seen rests on it."""
        kinds = (self.returned, self.drafts, self.approved, self.repeating)
        return not (self.sendings or any(kind.count for kind in kinds))


def used(
    tx: Transaction,
    by: Person,
    path: str,
    digests: Collection[str] | None = None,
    passages: Iterable[Passage] = (),
) -> Used:
    """Return where passages of `path` are used: any of them, or those with one of `digests`.

    Answers that repeat one of `passages` word for word are among them.
    """
    if digests is not None and not digests:
        return Used()
    said = _said(path, passages, whole_file=digests is None)
    citing, sent = tx.usage.citing(path, digests, said), tx.usage.sent(path, digests, said)
    records = {record.id: record for record in tx.questionnaires.all()}
    told = {found.questionnaire for found in sent}
    touched = ({found.questionnaire for found in citing} | told) & records.keys()
    seen = {key for key in touched if visibility.sees_whole(tx, by, records[key])}
    sent = [found for found in sent if found.questionnaire in seen]
    # What is approved in a questionnaire that was sent with it is listed with what was sent.
    citing = [
        found
        for found in citing
        if found.questionnaire in seen and not (found.state is State.APPROVED and found.questionnaire in told)
    ]

    def answers(found: Sequence[Citing]) -> Answers:
        rows = tx.usage.answers([item.question for item in found[:SHOWN]])
        return Answers(tuple((records[row.questionnaire], row) for row in rows), len(found))

    kept = {(found.answer, found.sending): found.cites for found in sent[:SHOWN]}
    rows = tx.usage.sent_answers({answer for answer, _ in kept})
    resting = [found for found in citing if found.cites]
    making = [found for found in resting if found.state is not State.APPROVED]
    return Used(
        returned=answers([found for found in making if found.sent_back]),
        drafts=answers([found for found in making if not found.sent_back]),
        approved=answers([found for found in resting if found.state is State.APPROVED]),
        repeating=answers([found for found in citing if not found.cites]),
        sent=tuple(
            (records[row.questionnaire], replace(row, cites=kept[row.id, row.sending]))
            for row in rows
            if (row.id, row.sending) in kept
        ),
        sendings=len(sent),
        hidden=len(touched - seen),
    )


def _said(path: str, passages: Iterable[Passage], *, whole_file: bool) -> Said:
    """Return by what answers are found that say what one of `passages` of `path` says."""
    every = list(passages)
    answers = [passage for passage in every if passage.question]
    kept, _, key = path.partition("/")
    entry = int(key) if kept == "library" and key.isdecimal() and every else None
    return Said(
        texts={passage.text for passage in every if own_words(passage.text)},
        whole={answer.text for answer in answers if answer.text and not own_words(answer.text)},
        questions={asked for answer in answers for asked in (answer.question, *answer.also_asked)},
        entry=entry,
        uncited=whole_file and entry is None,
    )
