"""Taking in a customer's questionnaire: reading it, keeping the original, starting the drafts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import PurePath

from assistant.errors import InvalidValueError, StateError, UnreadableDocumentError
from assistant.layout import View, needs_a_look
from assistant.people import Permission, Person
from assistant.statement import Scope
from assistant.workflow.knowledge import KnowledgeKeeper
from assistant.workflow.known_forms import known_layout
from assistant.workflow.ports import Clock, Documents, Store
from assistant.workflow.records import QuestionnaireRecord, QuestionRecord, Stage

DRAFT = "draft"
"""The kind of job that drafts a questionnaire."""
_WORDS, _TEXTS = 3, 3
"""A file in which nothing was found is taken in for correction when so many texts have so many words."""


class Intake:
    """Uploads, from the file to the first drafts."""

    def __init__(self, store: Store, documents: Documents, knowledge: KnowledgeKeeper, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._documents, self._knowledge, self._clock = store, documents, knowledge, clock

    def receive(
        self, by: Person, file: bytes, name: str, *, customer: str, scope: Scope, due: date | None = None
    ) -> int:
        """Return the id of the questionnaire made of `file`; nothing is drafted before the layout is confirmed.

        :raises UnreadableDocumentError: when the file cannot be read or asks nothing.
        :raises InputError: without a customer, or for an unknown product or deployment.
        """
        by.require(Permission.UPLOAD)
        name, customer = _file_name(name), " ".join(customer.split())
        if not customer:
            raise InvalidValueError("Name the customer, so that nobody else is told what was told to them.")
        scope = self._knowledge.checked(scope)
        found = self._documents.inspect(file, name)
        view = self._documents.view(file, name)
        with self._store.reading() as tx:
            found, corrections = known_layout(tx, found, view)
        if not found.questions and not _may_ask(view):
            raise UnreadableDocumentError(
                f"No questions were found in {name}.",
                "Check that it is the questionnaire itself, with questions in rows or numbered paragraphs.",
            )
        with self._store.writing() as tx:
            record = QuestionnaireRecord(
                id=0,
                name=name,
                customer=customer,
                scope=scope,
                due=due,
                owner=by.id,
                stage=Stage.LAYOUT,
                created=self._clock(),
                original=tx.questionnaires.add_original(file),
                found=replace(found, questions=()),
                corrections=corrections,
                doubtful=needs_a_look(found),
            )
            questions = [
                QuestionRecord(id=0, questionnaire=0, position=position, question=question)
                for position, question in enumerate(found.questions)
            ]
            key = tx.questionnaires.add(record, questions)
            tx.audit.record(
                by,
                "uploaded",
                f"questionnaire {key}",
                None,
                {
                    "file": name,
                    "digest": record.original,
                    "customer": customer,
                    "scope": str(scope),
                    "questions": len(questions),
                    "corrections": len(corrections),
                },
            )
        return key

    def draft_again(self, by: Person, questionnaire: int) -> None:
        """Queue the drafting of the questions that were not drafted, after it had stopped.

        :raises StateError: before what was found is confirmed, and once a document was completed.
        """
        if not by.may(Permission.EDIT):
            by.require(Permission.UPLOAD)
        with self._store.writing() as tx:
            record = tx.questionnaires.get(questionnaire)
            if record.stage not in (Stage.OPEN, Stage.DRAFTING):
                raise StateError("Answers are drafted between confirming what was found and completing the document.")
            questions = tx.questionnaires.questions(questionnaire)
            if record.stage is Stage.OPEN:
                tx.questionnaires.update(replace(record, stage=Stage.DRAFTING))
            tx.jobs.add(DRAFT, questionnaire, len(questions), self._clock())
            waiting = sum(question.status is None for question in questions)
            tx.audit.record(by, "asked for drafts again", record.subject, None, {"questions": waiting})

    def change(self, by: Person, questionnaire: int, version: int, *, customer: str, due: date | None) -> None:
        """Save customer and due date.

        :raises ConflictError: when somebody else changed it since `version`.
        """
        by.require(Permission.UPLOAD)
        with self._store.writing() as tx:
            record = tx.questionnaires.get(questionnaire)
            after = replace(record, customer=" ".join(customer.split()) or record.customer, due=due, version=version)
            tx.questionnaires.update(after)
            tx.audit.record(
                by,
                "changed",
                record.subject,
                {"customer": record.customer, "due": str(record.due)},
                {"customer": after.customer, "due": str(due)},
            )

    def delete(self, by: Person, questionnaire: int) -> None:
        """Remove a questionnaire that was not completed.

        :raises StateError: when a completed document was made of it.
        """
        by.require(Permission.UPLOAD)
        with self._store.writing() as tx:
            record = tx.questionnaires.get(questionnaire)
            if tx.questionnaires.completed(questionnaire):
                raise StateError("A document was completed from it; what the customer was told is kept.")
            tx.questionnaires.delete(questionnaire)
            tx.audit.record(by, "deleted", record.subject, {"file": record.name, "customer": record.customer})


def _file_name(given: str) -> str:
    """Return the name without folders, and without what no header of a download may hold, such as line breaks."""
    printable = "".join(character for character in given if character.isprintable())
    return PurePath(printable.replace("\\", "/")).name or "questionnaire"


def _may_ask(view: View) -> bool:
    """Return whether there is text enough that somebody can say where the questions are."""
    texts = (cell.text for part in view.parts for cell in part.cells)
    return sum(len(text.split()) >= _WORDS for text in texts) >= _TEXTS
