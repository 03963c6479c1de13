"""From approved answers to the customer's completed document: what stands against it, the proof, the download."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from assistant.errors import InvalidValueError
from assistant.filling import Entry, gathered
from assistant.questionnaire import Location
from assistant.reports import review_report
from assistant.web.problems import status_of
from assistant.web.requests import day, typed
from assistant.web.security import person
from assistant.wiring import Application
from assistant.workflow.completion import Preflight


@dataclass(frozen=True, slots=True)
class Line:
    """What a document says to one question, and where. `question` is None where that is gone since."""

    name: str
    text: str
    question: int | None
    entries: Sequence[Entry]
    answer: str = ""


def lines_of(checked: Preflight) -> list[Line]:
    """Return what the last document of the questionnaire says, as recorded, or else what would be written now."""
    if checked.said:
        return [
            Line(
                said.answer.name,
                said.answer.text,
                said.question.id if said.question else None,
                said.entries,
                " ".join(filter(None, (said.answer.choice, said.answer.answer))),
            )
            for said in checked.said
        ]
    return [Line(item.name, item.question.text, item.id, found) for item, found in checked.ready]


def make_blueprint(application: Application) -> Blueprint:
    """Return the pages of completion."""
    pages = Blueprint("completion", __name__)
    completion, review, sent = application.completion, application.review, application.sent

    @pages.get("/questionnaires/<int:key>/completion")
    def preflight(key: int) -> ResponseReturnValue:
        """Show what is missing, what would be written, and the documents made so far."""
        return preflight_page(key)

    def preflight_page(key: int, refused: str = "", status: int = 200) -> ResponseReturnValue:
        checked = completion.preflight(person(), key)
        lines, problem = lines_of(checked), ""
        values: dict[tuple[Location, ...], str] = {}
        try:
            # Questions that share a place are shown with what stands there in the end.
            for entry in gathered(entry for line in lines for entry in line.entries):
                values[entry.field.places()] = entry.value
        except InvalidValueError as refusal:
            problem = str(refusal)
        desk = review.frame(person(), key)
        return render_template(
            "completion/preflight.html",
            desk=desk,
            counts=desk.tally,
            onward={},
            checked=checked,
            record=checked.record,
            written=lines,
            values=values,
            problem=problem,
            documents=completion.documents(person(), key),
            names=desk.names,
            sendings=sent.of(person(), key),
            later=application.renewing.later(person(), key),
            refused=refused,
            form=request.form,
        ), status

    @pages.post("/questionnaires/<int:key>/complete")
    def complete(key: int) -> ResponseReturnValue:
        """Write the approved answers into the customer's file and prove that nothing else changed."""
        done = completion.complete(person(), key)
        flash(f"{done.name} is ready: {done.places} places were written, and everything else is as it came.")
        return redirect(url_for("completion.preflight", key=key))

    @pages.post("/completed/<int:completed>/sent")
    def note_sent(completed: int) -> ResponseReturnValue:
        """Note to whom a completed document was sent, and when."""
        document = sent.document(person(), completed)
        try:
            sent.note(person(), completed, typed("recipient"), day("on", "The day"))
        except InvalidValueError as problem:
            return preflight_page(document.questionnaire, str(problem), status_of(problem))
        flash(f"Noted: {document.name} was sent to {typed('recipient')}.")
        return redirect(url_for("completion.preflight", key=document.questionnaire))

    @pages.get("/completed/<int:completed>")
    def told(completed: int) -> ResponseReturnValue:
        """Show what a completed document says, as the customer was told."""
        document, answers = sent.answers(person(), completed)
        desk = review.frame(person(), document.questionnaire)
        return render_template(
            "completion/told.html",
            document=document,
            answers=answers,
            sendings=sent.of(person(), document.questionnaire).get(completed, ()),
            desk=desk,
            record=desk.record,
            counts=desk.tally,
            onward={},
            names=desk.names,
        )

    @pages.get("/completed/<int:completed>/download")
    def download(completed: int) -> ResponseReturnValue:
        """Give out a completed document."""
        record, content = completion.download(person(), completed)
        return send_file(
            io.BytesIO(content), "application/octet-stream", as_attachment=True, download_name=record.name, max_age=0
        )

    @pages.get("/questionnaires/<int:key>/report")
    def report(key: int) -> Response:
        """Give out the internal report: every answer with who approved it and what it rests on."""
        desk = review.desk(person(), key)
        response = make_response(review_report(desk))
        response.content_type = "text/html; charset=utf-8"
        name = f"{PurePath(desk.record.name).stem} - internal report.html"
        response.headers.set("Content-Disposition", "attachment", filename=name)
        return response

    return pages
