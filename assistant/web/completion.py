"""From approved answers to the customer's completed document: what stands against it, the proof, the download."""

from __future__ import annotations

import io
from pathlib import PurePath

from flask import Blueprint, Response, flash, make_response, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from assistant.errors import InvalidValueError
from assistant.filling import entries, gathered
from assistant.reports import review_report
from assistant.web.security import person
from assistant.wiring import Application


def make_blueprint(application: Application) -> Blueprint:
    """Return the pages of completion."""
    pages = Blueprint("completion", __name__)
    completion, review = application.completion, application.review

    @pages.get("/questionnaires/<int:key>/completion")
    def preflight(key: int) -> ResponseReturnValue:
        """Show what is missing, what would be written, and the documents made so far."""
        checked = completion.preflight(person(), key)
        written = [(item, entries(item.question, item.answer.choice, item.answer.text)) for item in checked.ready]
        problem, values = "", {}
        try:
            # Questions that share a place are shown with what stands there in the end.
            for entry in gathered(entry for _, found in written for entry in found):
                values[entry.field.places()] = entry.value
        except InvalidValueError as refusal:
            problem = str(refusal)
        desk = review.desk(person(), key)
        return render_template(
            "completion/preflight.html",
            desk=desk,
            counts=desk.tally,
            onward={},
            checked=checked,
            record=checked.record,
            written=written,
            values=values,
            problem=problem,
            documents=completion.documents(person(), key),
            names=desk.names,
        )

    @pages.post("/questionnaires/<int:key>/complete")
    def complete(key: int) -> ResponseReturnValue:
        """Write the approved answers into the customer's file and prove that nothing else changed."""
        done = completion.complete(person(), key)
        flash(f"{done.name} is ready: {done.places} places were written, and everything else is as it came.")
        return redirect(url_for("completion.preflight", key=key))

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
