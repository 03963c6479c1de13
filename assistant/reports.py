"""What people read about a questionnaire outside its own file: plain text for a terminal, HTML for colleagues."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.conflict import Conflict
from assistant.filling import entries
from assistant.questionnaire import Questionnaire
from assistant.suggestion import Suggestion
from assistant.workflow.draft_document import DraftDocument
from assistant.workflow.review import Desk

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def rendered(template: str, **values: Any) -> str:
    """Return the stand-alone page `template` of the folder `templates`, escaped."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(**values)


def suggestion_text(suggestion: Suggestion) -> str:
    """Return a suggestion as a few lines for a terminal, with why each passage was found."""
    lines = [suggestion.question, f"  {suggestion.status.value}, confidence {suggestion.confidence:.2f}"]
    if suggestion.reason:
        lines.append(f"  {suggestion.reason}")
    if suggestion.answer:
        lines.append(f"  answer: {'. '.join(part for part in (suggestion.choice, suggestion.answer) if part)}")
    elif suggestion.choice:
        lines.append(f"  the first passage says: {suggestion.choice}")
    for match in suggestion.matches:
        first, last = match.passage.lines
        place = f"{match.passage.path}:{first}" + (f"-{last}" if last != first else "")
        lines.append(f"  {match.confidence:.2f}  {place}  {match.passage.text}")
        why = [
            f"{name}: {', '.join(words)}"
            for name, words in (("shared", match.shared), ("missing", match.missing))
            if words
        ]
        if why:
            lines.append(f"        {'; '.join(why)}")
    return "\n".join(lines) + "\n"


def conflict_text(conflict: Conflict) -> str:
    """Return two passages in conflict as a few lines for a terminal, each with where it stands."""
    lines = [f"{conflict.kind.value}: {conflict.why}"]
    for passage in conflict.passages:
        asked = f"{passage.question} → {passage.choice + '. ' if passage.choice else ''}" if passage.question else ""
        lines.append(f"  {passage.path}:{passage.lines[0]}  {asked}{' '.join(passage.text.split())}")
    return "\n".join(lines) + "\n"


def questionnaire_text(questionnaire: Questionnaire) -> str:
    """Return what was understood of a document as lines for a terminal."""
    lines = [
        f"{questionnaire.format}: {len(questionnaire.questions)} questions, {len(questionnaire.skipped)} places skipped"
    ]
    lines += [f"! {notice}" for notice in questionnaire.notices]
    for table in questionnaire.tables:
        lines.append(
            f"{table.place}: {table.questions} questions, certainty {table.certainty:.2f}; {'; '.join(table.reasons)}"
        )
    for question in questionnaire.questions:
        places = [
            f"{field.kind.value} {'after ' if field.after else ''}{', '.join(dict.fromkeys(field.places()))}"
            + (f" [{' | '.join(field.allowed())}]" if field.allowed() else "")
            for field in question.fields
        ]
        number = f"{question.number} " if question.number else ""
        lines.append(f"{question.location}  {number}{' '.join(question.text.split())}")
        lines.append(f"    -> {'; '.join(places) or 'no place for an answer'}")
    lines += [f"skipped {s.location}: {s.reason} ({' '.join(s.text.split())[:80]})" for s in questionnaire.skipped]
    return "\n".join(lines)


def draft_report(name: str, result: DraftDocument) -> str:
    """Return the internal HTML report of a draft document: each answer with its sources."""
    rows = [
        {
            "question": question,
            "answer": answer,
            "suggestion": suggestion,
            "written": entries(question, answer.choice, answer.text),
        }
        for question, answer, suggestion in result.rows
    ]
    return rendered(
        "reports/draft.html", name=name, summary=result.summary, rows=rows, notices=result.questionnaire.notices
    )


def review_report(desk: Desk) -> str:
    """Return the internal HTML report of a questionnaire: every answer, who approved it and what it rests on."""
    return rendered(
        "reports/review.html",
        record=desk.record,
        names=desk.names,
        counts=asdict(desk.tally),
        rows=[(item, entries(item.question, item.answer.choice, item.answer.text)) for item in desk.questions],
    )
