"""Taking in a customer's questionnaire: reading it, keeping the original."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from assistant.errors import InvalidValueError, UnreadableDocumentError
from assistant.layout import Correction, View, needs_a_look
from assistant.people import Permission, Person
from assistant.questionnaire import Questionnaire
from assistant.statement import Scope
from assistant.workflow.knowledge import KnowledgeKeeper
from assistant.workflow.known_forms import known_layout
from assistant.workflow.ports import Clock, Documents, Store
from assistant.workflow.records import QuestionnaireRecord, QuestionRecord, Stage

DRAFT = "draft"
"""The kind of job that drafts a questionnaire."""
_WORDS, _TEXTS = 3, 3
"""A file in which nothing was found is taken in for correction when so many texts have so many words."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it is understood, with the corrections that are known for its form."""

    file: bytes
    name: str
    found: Questionnaire
    corrections: tuple[Correction, ...]


class Intake:
    """Uploads, from the file to the questions found in it."""

    def __init__(self, store: Store, documents: Documents, knowledge: KnowledgeKeeper, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._documents, self._knowledge, self._clock = store, documents, knowledge, clock

    def read(self, file: bytes, name: str) -> Received:
        """Return `file` as it is understood, laid out as others of its form were.

        :raises UnreadableDocumentError: when the file cannot be read or asks nothing.
        """
        name = _file_name(name)
        found = self._documents.inspect(file, name)
        view = self._documents.view(file, name)
        with self._store.reading() as tx:
            found, corrections = known_layout(tx, found, view)
        if not found.questions and not _may_ask(view):
            raise UnreadableDocumentError(
                f"No questions were found in {name}.",
                "Check that it is the questionnaire itself, with questions in rows or numbered paragraphs.",
            )
        return Received(file, name, found, corrections)

    def receive(
        self,
        by: Person,
        file: bytes,
        name: str,
        *,
        customer: str,
        scope: Scope,
        due: date | None = None,
        deal: str = "",
        restricted: bool = False,
    ) -> int:
        """Return the id of the questionnaire made of `file`; nothing is drafted before the layout is confirmed.

        :raises UnreadableDocumentError: when the file cannot be read or asks nothing.
        :raises InputError: without a customer, or for an unknown product or deployment.
        """
        by.require(Permission.UPLOAD)
        customer, deal = " ".join(customer.split()), " ".join(deal.split())
        if not customer:
            raise InvalidValueError("Name the customer, so that nobody else is told what was told to them.")
        scope = self._knowledge.checked(scope)
        received = self.read(file, name)
        with self._store.writing() as tx:
            record = QuestionnaireRecord(
                id=0,
                name=received.name,
                customer=customer,
                scope=scope,
                due=due,
                owner=by.id,
                stage=Stage.LAYOUT,
                created=self._clock(),
                original=tx.questionnaires.add_original(file),
                found=replace(received.found, questions=()),
                corrections=received.corrections,
                doubtful=needs_a_look(received.found),
                deal=deal,
                restricted=restricted,
            )
            questions = received.found.questions
            key = tx.questionnaires.add(record, [QuestionRecord(0, 0, at, item) for at, item in enumerate(questions)])
            tx.audit.record(
                by,
                "uploaded",
                f"questionnaire {key}",
                None,
                {
                    "file": received.name,
                    "digest": record.original,
                    "customer": customer,
                    "scope": str(scope),
                    "deal": deal,
                    "restricted": restricted,
                    "questions": len(questions),
                    "corrections": len(received.corrections),
                },
            )
        return key


def _file_name(given: str) -> str:
    """Return the name without folders, and without what no header of a download may hold, such as line breaks."""
    printable = "".join(character for character in given if character.isprintable())
    return PurePath(printable.replace("\\", "/")).name or "questionnaire"


def _may_ask(view: View) -> bool:
    """Return whether there is text enough that somebody can say where the questions are."""
    texts = (cell.text for part in view.parts for cell in part.cells)
    return sum(len(text.split()) >= _WORDS for text in texts) >= _TEXTS
