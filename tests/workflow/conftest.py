"""The use cases over a real database (both engines) with matching and documents replaced."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.people import Person, Role
from assistant.statement import Scope
from assistant.workflow.assigning import Assigning
from assistant.workflow.bulk import Bulk
from assistant.workflow.commenting import Commenting
from assistant.workflow.completion import Completion
from assistant.workflow.consistency import Consistency
from assistant.workflow.intake import Intake
from assistant.workflow.keeping import Keeping
from assistant.workflow.knowledge import KnowledgeKeeper
from assistant.workflow.layouts import Layouts
from assistant.workflow.library import AnswerLibrary
from assistant.workflow.ports import Store
from assistant.workflow.recognising import Recognising
from assistant.workflow.records import QuestionRecord
from assistant.workflow.renewing import Renewing
from assistant.workflow.review import Review
from assistant.workflow.sending import Sent
from assistant.workflow.sharing import Sharing
from assistant.workflow.undoing import Undoing
from assistant.workflow.worker import Worker
from tests.conftest import StandingClock
from tests.workflow.fakes import FakeDocuments, FakeFolder, FakeMatching

ENCRYPTION, LOGS, GAP = "Are disks encrypted ?", "How long are logs kept for audits ?", "Do you have a dog ?"


@dataclass
class House:
    """Everything a use case test needs, with one person of each role."""

    store: Store
    clock: StandingClock
    folder: FakeFolder
    matching: FakeMatching
    documents: FakeDocuments
    knowledge: KnowledgeKeeper
    intake: Intake
    keeping: Keeping
    renewing: Renewing
    recognising: Recognising
    sharing: Sharing
    sent: Sent
    layouts: Layouts
    review: Review
    bulk: Bulk
    undoing: Undoing
    assigning: Assigning
    commenting: Commenting
    completion: Completion
    library: AnswerLibrary
    worker: Worker
    people: dict[Role, Person]

    def __getattr__(self, name: str) -> Person:
        """Return the person of the role `name`."""
        return self.people[Role(name)]

    def upload(self, *questions: str, customer: str = "Acme", scope: Scope | None = None, draft: bool = True) -> int:
        """Return the id of a questionnaire with these questions, confirmed and drafted."""
        file = "\n".join(("questions", *(questions or (ENCRYPTION, LOGS, GAP)))).encode()
        key = self.intake.receive(
            self.sales, file, "acme.xlsx", customer=customer, scope=scope or Scope("Parcel", "cloud")
        )
        if draft:
            self.layouts.confirm(self.sales, key, 1)
            while self.worker.run_once():
                pass
        return key

    def questions(self, questionnaire: int) -> list[QuestionRecord]:
        """Return its questions as they stand now."""
        return list(self.review.desk(self.sales, questionnaire).questions)


@pytest.fixture
def house(store: Store, clock: StandingClock, tmp_path: Path) -> House:
    """Return the use cases, with an account for each role."""
    folder, matching, documents = FakeFolder(), FakeMatching(), FakeDocuments()
    knowledge = KnowledgeKeeper(store, tmp_path, folder, matching, clock)
    knowledge.refresh()
    with store.writing() as tx:
        people = {
            role: tx.people.add(f"{role.value}@example.com", role.value.title(), role, "hash").person for role in Role
        }
    intake = Intake(store, documents, knowledge, clock)
    return House(
        store,
        clock,
        folder,
        matching,
        documents,
        knowledge,
        intake,
        Keeping(store, clock),
        Renewing(store, intake, knowledge, clock),
        Recognising(store, clock),
        Sharing(store),
        Sent(store, clock),
        Layouts(store, documents, clock),
        Review(store, matching, knowledge, clock, four_eyes=False),
        Bulk(store, matching, knowledge, Consistency(store, matching, clock), clock, four_eyes=False),
        Undoing(store, matching, clock),
        Assigning(store, clock),
        Commenting(store, clock),
        Completion(store, documents, knowledge, clock),
        AnswerLibrary(store, knowledge, clock),
        Worker(store, matching, knowledge, clock),
        people,
    )
