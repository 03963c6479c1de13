"""Small records for the tests of the storage, every field filled."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from assistant.answer import Answer, Citation, State, approved
from assistant.people import Person, Role
from assistant.questionnaire import AnswerField, FieldKind, Location, Question, Questionnaire, Skipped
from assistant.statement import Scope
from assistant.storage.database import Transaction
from assistant.suggestion import Status
from assistant.workflow.records import QuestionnaireRecord, QuestionRecord, Stage

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)
SCOPE = Scope("Sourcegraph", "cloud", nda=True)
CITATION = Citation("security.md", (3, 4), "Keys › Rotation", "Keys are rotated every 90 days.", "c" * 64)


def person(tx: Transaction, role: Role = Role.REVIEWER, name: str = "Ada") -> Person:
    return tx.people.add(f"{name}@example.com", name, role, "hash").person


def question(number: int = 1, **changes: Any) -> Question:
    values: dict[str, Any] = {
        "text": f"Are the keys of store {number} rotated?",
        "location": Location(f"Sheet!B{number}"),
        "number": f"CEK-{number}",
        "section": "Cryptography",
        "certainty": 0.875,
        "reasons": ("ends with a question mark",),
        "fields": (
            # In an order that is neither alphabetical nor by length: it must come back like this.
            AnswerField(
                FieldKind.MARK,
                Location(f"Sheet!E{number}"),
                marks=(
                    ("Yes", Location(f"Sheet!E{number}")),
                    ("No", Location(f"Sheet!D{number}")),
                    ("Not applicable", Location(f"Sheet!C{number}")),
                ),
            ),
            AnswerField(FieldKind.TEXT, Location(f"Sheet!F{number}"), value="…", max_length=500),
        ),
    }
    return Question(**(values | changes))


def questionnaire(tx: Transaction, owner: Person, count: int = 2, **changes: Any) -> int:
    """Return the id of a saved questionnaire with `count` questions."""
    record = QuestionnaireRecord(
        id=0,
        name="CAIQ.xlsx",
        customer="Acme",
        scope=SCOPE,
        due=date(2026, 4, 1),
        owner=owner.id,
        stage=Stage.OPEN,
        created=NOON,
        original=tx.questionnaires.add_original(changes.pop("content", b"the file")),
        found=Questionnaire("xlsx", (), (Skipped(Location("Sheet!A1"), "Title", "heading"),), notices=("Signed.",)),
    )
    values = {name: changes.get(name, getattr(record, name)) for name in record.__dataclass_fields__}
    return tx.questionnaires.add(
        QuestionnaireRecord(**values),
        [
            QuestionRecord(0, 0, position, question(position + 1), status=Status.WEAK, confidence=0.5)
            for position in range(count)
        ],
    )


def drafted(author: Person | None = None) -> Answer:
    return Answer(State.DRAFTED, "Yes", "They are.", (CITATION,), author=author.id if author else None)


def approved_by(reviewer: Person, record: QuestionRecord) -> Answer:
    return approved(drafted(), record.question, SCOPE, reviewer, NOON, four_eyes=False)
