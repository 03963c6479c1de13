"""The knowledge as people read it: search over everything, approved answers, statements."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from assistant.people import Permission
from assistant.web import (
    library_changes,
    library_entries,
    library_import,
    library_several,
    library_upkeep,
    statement_proposals,
)
from assistant.web.library_filters import USES, Filters
from assistant.web.library_form import spoken_evidence
from assistant.web.library_several import acts_on
from assistant.web.marking import stems
from assistant.web.requests import page_number
from assistant.web.security import person
from assistant.wiring import Application
from assistant.workflow.several import MOST
from assistant.workflow.shelf import EntryState, Wanted

PAGE = 50
"""Entries on a page."""


def make_blueprint(application: Application) -> Blueprint:
    """Return the pages of the library."""
    pages = Blueprint("library", __name__)
    knowledge, browsing = application.knowledge, application.browsing

    @pages.app_context_processor
    def counts() -> dict[str, object]:
        return {"library_counts": lambda: _counts(application)}

    @pages.get("/library")
    def entries() -> ResponseReturnValue:
        """Search the knowledge the way a question is matched; without a search list the approved answers."""
        filters, page, by = Filters.of(request.args), page_number(), person()
        kept = [] if filters.matched else browsing.listed(by, filters.wanted, filters.use)
        catalogue, begin = browsing.catalogue(by), (page - 1) * PAGE
        return render_template(
            "library/entries.html",
            search=filters.wanted.words,
            given=filters.given,
            filtered=filters.narrow,
            products=list(knowledge.scopes),
            deployments=sorted({name for found in knowledge.scopes.values() for name in found}),
            owners=catalogue.owners,
            tags=catalogue.tags,
            states=[state.value for state in EntryState],
            use_names=USES,
            matched=filters.matched,
            found=browsing.search(by, filters.wanted, filters.use) if filters.matched else [],
            wanted=stems([filters.wanted.words]),
            entries=kept[begin : begin + PAGE],
            uses=browsing.uses(by),
            acts=acts_on(filters.wanted.state) if by.may(Permission.KEEP_LIBRARY) else [],
            most=MOST,
            total=len(kept),
            page=page,
            more=len(kept) > begin + PAGE,
            arguments=filters.arguments,
            statements=len(knowledge.readable(by).statements),
        )

    @pages.get("/library/statements")
    def statements() -> ResponseReturnValue:
        """List the statements."""
        return render_template("library/statements.html", statements=browsing.statements(person(), Wanted()))

    @pages.get("/library/statements/<path:path>")
    def statement(path: str) -> ResponseReturnValue:
        """Show one statement, passage by passage, as it is cited, and where it is used."""
        found = application.proposing.statement(person(), path)
        state = next(state for item, state in browsing.statements(person(), Wanted()) if item.path == path)
        return render_template(
            "library/statement.html",
            statement=found,
            state=state,
            sections=[(heading, list(group)) for heading, group in groupby(found.passages, lambda p: p.headings)],
            used=application.changes.statement_used(person(), path),
            versions=[change for change in application.changes.recent(person()) if change.path == path],
            proposals=[
                item for item in application.proposing.proposals(person()) if item.path == path and not item.closed
            ],
            names=application.changes.names(),
        )

    pages.add_app_template_filter(spoken_evidence, "evidence")
    areas = (library_entries, library_several, library_upkeep, library_changes, library_import, statement_proposals)
    for area in areas:
        area.add_pages(pages, application)
    return pages


def _counts(application: Application) -> dict[str, int]:
    """Return what the tabs of the library count."""
    by = person()
    catalogue = application.browsing.catalogue(by)
    waiting = sum(proposal.closed is None for proposal in application.proposing.proposals(by))
    return {
        "due": len(catalogue.due),
        "proposals": catalogue.proposals + waiting,
        "changes": application.changes.count(by) if by.may(Permission.KEEP_LIBRARY) else 0,
    }
