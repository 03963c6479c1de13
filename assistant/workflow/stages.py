"""What a changed answer means for the questionnaire it stands in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace

from assistant.answer import State
from assistant.filling import entries
from assistant.workflow.ports import Transaction
from assistant.workflow.records import QuestionRecord, Stage


def reopen(tx: Transaction, questionnaire: int) -> None:
    """Take a completed questionnaire back to open when its document no longer says what would be written now.

    When it says that again, because the same was approved once more, the questionnaire is completed again.
    """
    record = tx.questionnaires.get(questionnaire)
    if record.stage not in (Stage.OPEN, Stage.COMPLETED):
        return
    documents = tx.questionnaires.completed(questionnaire)
    if not documents:
        return
    current = written(tx.questionnaires.questions(questionnaire)) == documents[0].written
    stage = Stage.COMPLETED if current else Stage.OPEN
    if stage is not record.stage:
        tx.questionnaires.update(replace(record, stage=stage))


def written(questions: Iterable[QuestionRecord]) -> str:
    """Return a digest (SHA-256, hex) of what the approved answers among `questions` write, and where."""
    values = {
        json.dumps([entry.field.kind, entry.field.places(), entry.field.after, entry.value], ensure_ascii=False)
        for item in questions
        if item.answer.state is State.APPROVED
        for entry in entries(item.question, item.answer.choice, item.answer.text)
    }
    return hashlib.sha256("\n".join(sorted(values)).encode()).hexdigest()
