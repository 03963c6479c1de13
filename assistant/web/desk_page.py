"""The desk as a page: one question with everything around it, in the frame of its questionnaire.

A browser is given the whole page, one of our scripts (`X-Part`) only what a change can have altered: the progress,
the question's row in the list and the question itself, or the row alone when the reader has gone on to the next one.
The script knows the list, so the neighbours of the question are left out.
"""

from __future__ import annotations

from collections.abc import Collection

from flask import render_template, request
from flask.typing import ResponseReturnValue

from assistant.answer import State
from assistant.errors import NotFoundError
from assistant.people import Permission, Person
from assistant.web.desk import (
    OpenQuestion,
    Refusal,
    Typed,
    choice_keys,
    remarks,
    rests_on,
    returned_by,
    searched,
    since_approval,
    sources_of,
    wanted_words,
)
from assistant.web.filters import Filters, offered
from assistant.web.marking import stems
from assistant.web.numbered import numbered
from assistant.web.requests import wants_part
from assistant.web.security import person
from assistant.wiring import Application
from assistant.workflow.choosing import asked, wanted
from assistant.workflow.records import AuditEvent, QuestionRecord, Stage
from assistant.workflow.review import Desk

SOURCES = 5
"""Passages proposed beside a question; one for each of the keys 1 to 5."""
FOUND = 8
"""Passages shown for a search beside a question."""


class DeskPage:
    """Shows the desk, whatever led to it."""

    def __init__(self, application: Application) -> None:
        """Keep the use cases."""
        self._application = application

    def show(
        self,
        key: int,
        question: int | None,
        stand: Typed | None = None,
        refusal: Refusal | None = None,
        status: int = 200,
        said: str = "",
        beside: Collection[QuestionRecord] = (),
    ) -> ResponseReturnValue:
        """Return the desk of questionnaire `key`, open at `question` or at the first that waits for the reader.

        `stand` is what was typed and not saved, `refusal` why not; `said` tells a script what was done, and
        `beside` which other questions were changed by it.
        """
        review, filters = self._application.review, Filters.of(request.args)
        part = wants_part() and question is not None
        desk = review.around(person(), question) if part and question is not None else review.desk(person(), key)
        if desk.record.id != key:
            raise NotFoundError("There is no such question in this questionnaire.")
        shown = (
            []
            if part
            else filters.select(desk, person(), lambda: self._application.consistency.differing(person(), key))
        )
        item = _chosen(desk, shown, question, person())
        values = {
            "desk": desk,
            "record": desk.record,
            "onward": filters.arguments(),
            "counts": desk.tally,
            "said": said,
            "rows": [item, *beside] if item else [],
            "open": None,
        }
        if part and refusal is None and request.headers["X-Part"] == "row":
            return render_template("review/parts.html", **values), status
        open_question = self._opened(desk, shown, item, stand or Typed.saved(item.answer), refusal) if item else None
        values |= {
            "filters": filters,
            "shown": shown,
            "open": open_question,
            "search": request.args.get("search", "").strip(),
            "four_eyes": self._application.settings.four_eyes,
            "drafting": desk.record.stage is Stage.DRAFTING,
            "addresses": numbered("review.at", "question", key=key, **filters.arguments()),
        }
        if wants_part():
            return render_template("review/parts.html", **values), status
        if item is not None:
            review.note_opened(person(), item.id, item.version)
        return render_template("review/desk.html", **offered(desk), **values), status

    def _opened(
        self, desk: Desk, shown: list[QuestionRecord], item: QuestionRecord, stand: Typed, refusal: Refusal | None
    ) -> OpenQuestion:
        application, reader = self._application, person()
        order = [other.id for other in shown]
        at = order.index(item.id) if item.id in order else None
        suggestion = application.review.sources(reader, item.id, SOURCES)
        search = request.args.get("search", "").strip()
        found = application.knowledge.search(reader, search, desk.record.scope, FOUND) if search else []
        field = item.question.choice_field
        events = application.review.history(reader, item.id)
        people = application.assigning.people(reader)
        said = application.commenting.of(reader, item.id) if item.id in desk.comments else []
        return OpenQuestion(
            item=item,
            typed=stand,
            sources=sources_of(item.answer, suggestion, stand),
            found=searched(found, stand),
            reason=suggestion.reason or "",
            wanted=wanted_words(item) | stems([search]),
            previous=order[at - 1] if at else None,
            next=next(iter(order[at + 1 :] if at is not None else order), None),
            refusal=refusal,
            returned_by=returned_by(item.answer, events, desk.names),
            in_library=item.answer.approval is not None and self._in_library(events),
            choices=choice_keys(field) if field is not None else {},
            comments=remarks(said, people, desk.names),
            since=since_approval(item.answer, events, desk.names),
            people=tuple(people),
            audience=tuple(application.commenting.audience(reader, item.id)),
            rests=rests_on(item.answer, suggestion),
            wants=wanted(wants) if (wants := asked(item.question)) is not None else "",
        )

    def _in_library(self, events: list[AuditEvent]) -> bool:
        """Return whether the approved answer was taken into the library, in this wording, and is still in use."""
        last = next((event for event in events if event.action in ("taken into the library", "approved")), None)
        taken = (last.after or {}).get("entry") if last is not None else None
        if taken is None:
            return False
        try:
            entry = self._application.library.entry(person(), taken)
        except NotFoundError:
            return False
        return not (entry.retired or entry.proposed)


def _chosen(desk: Desk, shown: list[QuestionRecord], question: int | None, by: Person) -> QuestionRecord | None:
    """Return the question asked for; else the first shown that is submitted to `by`, or that is not approved.

    :raises NotFoundError: for a question of another questionnaire.
    """
    if question is not None:
        item = next((item for item in desk.questions if item.id == question), None)
        if item is None:
            raise NotFoundError("There is no such question in this questionnaire.")
        return item
    wanted = (State.SUBMITTED,) if by.may(Permission.APPROVE) else ()
    order = sorted(shown, key=lambda item: (item.answer.state not in wanted, item.answer.state is State.APPROVED))
    return order[0] if order else None
