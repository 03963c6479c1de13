"""What a changed answer means for the questionnaire it stands in."""

from __future__ import annotations

from dataclasses import replace

from assistant.workflow.ports import Transaction
from assistant.workflow.records import Stage


def reopen(tx: Transaction, questionnaire: int) -> None:
    """Take a completed questionnaire back to open: its document no longer says what stands there."""
    record = tx.questionnaires.get(questionnaire)
    if record.stage is Stage.COMPLETED:
        tx.questionnaires.update(replace(record, stage=Stage.OPEN))
