"""Rows as records and back: questionnaires and questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from assistant.answer import Answer, Approval, Citation, State
from assistant.layout import as_json, from_json
from assistant.questionnaire import Question, Questionnaire
from assistant.statement import Scope
from assistant.suggestion import Status
from assistant.workflow.drafting import answered_already
from assistant.workflow.records import QuestionnaireRecord, QuestionRecord, Stage


def questionnaire(row: Row[Any]) -> QuestionnaireRecord:
    """Return the questionnaire in `row`, which may be without what was found."""
    found = row._mapping.get("found")
    return QuestionnaireRecord(
        id=row.id,
        name=row.name,
        customer=row.customer,
        scope=Scope(row.product, row.deployment, row.nda),
        due=row.due,
        owner=row.owner,
        stage=Stage(row.stage),
        created=row.created,
        original=row.original,
        found=Questionnaire.from_json(found) if found is not None else Questionnaire(row.format, ()),
        version=row.version,
        corrections=tuple(from_json(shape) for shape in row._mapping.get("corrections") or ()),
        doubtful=row.doubtful,
        deal=row.deal,
        archived=row.archived,
        restricted=row.restricted,
    )


def questionnaire_values(record: QuestionnaireRecord) -> dict[str, Any]:
    """Return what may change of a questionnaire, by column."""
    return {
        "name": record.name,
        "customer": record.customer,
        "product": record.scope.product,
        "deployment": record.scope.deployment,
        "nda": record.scope.nda,
        "due": record.due,
        "owner": record.owner,
        "stage": record.stage.value,
        "deal": record.deal,
        "archived": record.archived,
        "restricted": record.restricted,
    }


def layout_values(record: QuestionnaireRecord) -> dict[str, Any]:
    """Return what was found in a questionnaire and put right in it, by column."""
    return {
        "format": record.found.format,
        "found": record.found.as_json(),
        "corrections": [as_json(correction) for correction in record.corrections],
        "doubtful": record.doubtful,
    }


def question(row: Row[Any]) -> QuestionRecord:
    """Return the question in `row` with its answer."""
    # Asked one by one, a row finds each column anew, which counts in a list.
    columns = dict(zip(row._fields, row, strict=True))
    approval = None
    if columns["approved_digest"] is not None:
        approval = Approval(columns["approved_by"], columns["approved_at"], columns["approved_digest"])
    return QuestionRecord(
        id=columns["id"],
        questionnaire=columns["questionnaire"],
        position=columns["position"],
        question=Question.from_json(columns),
        answer=Answer(
            state=State(columns["state"]),
            choice=columns["choice"],
            text=columns["answer"],
            citations=tuple(citation(shape) for shape in columns["citations"]),
            not_applicable=columns["not_applicable"],
            note=columns["note"],
            objection=columns["objection"],
            author=columns["author"],
            approval=approval,
        ),
        status=Status(columns["status"]) if columns["status"] else None,
        confidence=columns["confidence"],
        version=columns["version"],
    )


def question_values(record: QuestionRecord) -> dict[str, Any]:
    """Return the question, its answer and what matching found, by column."""
    answer, approval = record.answer, record.answer.approval
    return record.question.as_json() | {
        "kept": answered_already(record.question),
        "state": answer.state.value,
        "choice": answer.choice,
        "answer": answer.text,
        "citations": citation_values(answer.citations),
        "not_applicable": answer.not_applicable,
        "note": answer.note,
        "objection": answer.objection,
        "author": answer.author,
        "approved_by": approval.by if approval else None,
        "approved_at": approval.at if approval else None,
        "approved_digest": approval.digest if approval else None,
        "status": record.status.value if record.status else None,
        "confidence": record.confidence,
    }


def citation(shape: dict[str, Any]) -> Citation:
    """Return the citation that was kept as `shape`."""
    first, last = shape["lines"]
    return Citation(shape["path"], (first, last), shape["heading"], shape["text"], shape["digest"])


def citation_values(citations: Iterable[Citation]) -> list[dict[str, Any]]:
    """Return what is kept of `citations`."""
    return [
        {"path": c.path, "lines": list(c.lines), "heading": c.heading, "text": c.text, "digest": c.digest}
        for c in citations
    ]
