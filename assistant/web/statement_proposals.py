"""Changes to statement files, proposed in the page and taken over as a patch; and all proposals in one list."""

from __future__ import annotations

import io

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from assistant.errors import ConflictError, InputError, StatementFormatError
from assistant.people import Permission
from assistant.web.problems import status_of
from assistant.web.requests import typed
from assistant.web.security import person
from assistant.wiring import Application
from assistant.workflow.proposing import patch


def add_pages(pages: Blueprint, application: Application) -> None:
    """Add the pages of proposals to the library's."""
    proposing, changes = application.proposing, application.changes

    @pages.get("/library/proposals")
    def proposals() -> ResponseReturnValue:
        """List what was proposed: entries of the library, and changes to statements."""
        return render_template(
            "library/proposals.html",
            entries=application.browsing.proposals(person()),
            statements=proposing.proposals(person()),
            names=changes.names(),
        )

    def form(
        path: str, text: str, reason: str = "", problem: InputError | ConflictError | None = None
    ) -> tuple[str, int]:
        person().require(Permission.EDIT)
        base = proposing.source(person(), path)
        line = problem.line if isinstance(problem, StatementFormatError) else 0
        lines = text.splitlines()
        page = render_template(
            "library/propose.html",
            statement=proposing.statement(person(), path),
            digest=base.digest,
            text=text or base.text,
            reason=reason,
            problem=str(problem) if problem else "",
            line=line,
            at_fault=lines[line - 1] if 0 < line <= len(lines) else "",
        )
        return page, status_of(problem) if problem else 200

    @pages.get("/library/propose/<path:path>")
    def propose_form(path: str) -> ResponseReturnValue:
        """Show the text of a statement, to be changed."""
        return form(path, "")

    @pages.post("/library/propose/<path:path>")
    def propose(path: str) -> ResponseReturnValue:
        """Keep a proposed text that is in order."""
        text, reason = request.form.get("source", ""), typed("reason")
        try:
            key = proposing.propose(person(), path, request.form.get("digest", ""), text, reason)
        except (InputError, ConflictError) as problem:
            return form(path, text, reason, problem)
        flash("Proposed. The patch below changes the file; it is noticed when the file says so.")
        return redirect(url_for("library.proposal", proposal=key))

    @pages.post("/library/statements/confirm")
    def confirm_statement() -> ResponseReturnValue:
        """Propose that a statement file says it was read again."""
        key = proposing.confirm(person(), request.form.get("path", ""))
        flash("The new dates are proposed. They hold when the patch below is in the file.")
        return redirect(url_for("library.proposal", proposal=key))

    @pages.get("/library/proposals/<int:proposal>")
    def proposal(proposal: int) -> ResponseReturnValue:
        """Show a proposed text beside what it was made from."""
        found, base, now = proposing.proposal(person(), proposal)
        return render_template(
            "library/proposal.html",
            proposal=found,
            outdated=found.closed is None and now.digest != base.digest,
            there=any(item.path == found.path for item in application.knowledge.readable(person()).statements),
            lines=_lines(patch(found.path, base.text, found.text)),
            names=changes.names(),
        )

    @pages.get("/library/proposals/<int:proposal>/patch")
    def download_patch(proposal: int) -> ResponseReturnValue:
        """Give out the change as a patch."""
        path = proposing.proposal(person(), proposal)[0].path
        name = f"{path.replace('/', '-').removesuffix('.md')}-{proposal}.patch"
        content = io.BytesIO(proposing.patch(person(), proposal))
        return send_file(content, "text/x-diff", as_attachment=True, download_name=name, max_age=0)

    @pages.get("/library/proposals/<int:proposal>/file")
    def download_file(proposal: int) -> ResponseReturnValue:
        """Give out the file as it would be, for whoever has no tool for patches."""
        found = proposing.proposal(person(), proposal)[0]
        name = found.path.rpartition("/")[2]
        content = io.BytesIO(found.text.encode())
        return send_file(content, "text/markdown", as_attachment=True, download_name=name, max_age=0)

    @pages.post("/library/proposals/<int:proposal>/close")
    def close(proposal: int) -> ResponseReturnValue:
        """Say what became of a proposal."""
        proposing.close(person(), proposal, typed("outcome"))
        flash(f"The proposal is {typed('outcome')}.")
        return redirect(url_for("library.proposals"))


def _lines(patch: str) -> list[tuple[str, str]]:
    """Return the lines of a patch with what each is: a heading, gone, new or the same."""
    kinds = {"@": "place", "-": "old", "+": "new", "\\": "note"}
    return [(kinds.get(line[:1], "same"), line) for line in patch.split("\n")[2:] if line]
