"""Which questions of a questionnaire are shown, and in which order; both stand in the address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.answer import State
from assistant.people import Permission, Person
from assistant.suggestion import Status
from assistant.web.requests import counts
from assistant.web.wording import STATES, band, standing
from assistant.workflow.assignments import Assignment
from assistant.workflow.choosing import blank
from assistant.workflow.drafting import answered_already
from assistant.workflow.records import QuestionRecord
from assistant.workflow.review import Desk

SHOW: Mapping[str, str] = {
    "": "all questions",
    "mine": "needs me",
    "unanswered": "without an answer",
    "drafted": "drafted",
    "returned": "sent back",
    "submitted": "submitted, to approve",
    "approved": "approved",
    "noted": "with a note",
    "discussed": "with comments",
    "inconsistent": "inconsistent",
    "choiceless": "without a choice",
    "typed": "still being written",
}
BANDS: Mapping[str, str] = {"": "any confidence", "high": "high", "medium": "medium", "low": "low"}
ME, NOBODY = "me", "nobody"
SORTS = ("choice", "state", "confidence", "person", "due")
"""The columns by which a table can be sorted; with "-" before, the other way round."""
_STANDINGS = tuple(STATES)
_NEVER = date.max


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a questionnaire is shown, in which order."""

    show: str = ""
    band: str = ""
    section: str = ""
    person: str = ""
    reason: str = ""
    sort: str = ""

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Filters:
        """Return the filters in the address; unknown values show all."""
        show, confidence = arguments.get("show", ""), arguments.get("band", "")
        person, sort = arguments.get("person", ""), arguments.get("sort", "")
        return cls(
            show if show in SHOW else "",
            confidence if confidence in BANDS else "",
            arguments.get("section", ""),
            person if person in (ME, NOBODY) or counts(person) else "",
            arguments.get("reason", ""),
            sort if sort.removeprefix("-") in SORTS else "",
        )

    def arguments(self) -> dict[str, str]:
        """Return the filters for an address, without those that show all."""
        pairs = {name: getattr(self, name) for name in ("show", "band", "section", "person", "reason", "sort")}
        return {name: value for name, value in pairs.items() if value}

    def unsorted(self) -> dict[str, str]:
        """Return the arguments of the address that shows the document's order."""
        return {name: value for name, value in self.arguments().items() if name != "sort"}

    def sorting(self, column: str) -> dict[str, str]:
        """Return the arguments of the address that sorts by `column`, and the other way round when it does already."""
        return {**self.unsorted(), "sort": f"-{column}" if self.sort == column else column}

    def direction(self, column: str) -> str:
        """Return how the column is sorted, in the words of `aria-sort`; "" when it is not."""
        if self.sort.removeprefix("-") != column:
            return ""
        return "descending" if self.sort.startswith("-") else "ascending"

    def select(self, desk: Desk, reader: Person, differing: Callable[[], Collection[int]]) -> list[QuestionRecord]:
        """Return the questions of `desk` that are shown to `reader`, in their order.

        `differing` finds those that do not agree with what was said elsewhere; only where they are asked for.
        """
        found = [item for item in desk.questions if self.passes(item, reader, desk)]
        if self.show == "inconsistent":
            wanted = differing()
            found = [item for item in found if item.id in wanted]
        if not self.sort:
            return found
        key = _order(self.sort.removeprefix("-"), desk)
        return sorted(found, key=key, reverse=self.sort.startswith("-"))

    def passes(self, item: QuestionRecord, reader: Person, desk: Desk) -> bool:
        """Return whether `item` is shown."""
        if self.section and item.question.section != self.section:
            return False
        if self.band and (item.status is None or band(item.confidence) != self.band):
            return False
        if self.reason and reason_of(item) != self.reason:
            return False
        given = desk.assigned.get(item.id)
        if self.person and not _has(self.person, given, reader):
            return False
        return self._stands(item, reader, given, desk)

    def _stands(self, item: QuestionRecord, reader: Person, given: Assignment | None, desk: Desk) -> bool:
        answer = item.answer
        if self.show == "mine":
            return _needs(reader, item, given)
        if self.show == "returned":
            return bool(answer.objection)
        if self.show == "noted":
            return bool(answer.note)
        if self.show == "discussed":
            return item.id in desk.comments
        if self.show == "inconsistent":
            return True  # what is said elsewhere is not told by the question itself
        if self.show == "choiceless":
            return answer.state in (State.DRAFTED, State.SUBMITTED) and blank(item.question, answer) is not None
        if self.show == "typed":
            return item.id in desk.typed and not answer.empty
        if self.show == "unanswered":
            return answer.state is State.UNANSWERED and not answered_already(item.question)
        return not self.show or answer.state.value == self.show


def _has(wanted: str, given: Assignment | None, reader: Person) -> bool:
    if wanted == NOBODY:
        return given is None
    return given is not None and given.person == (reader.id if wanted == ME else int(wanted))


def _needs(reader: Person, item: QuestionRecord, given: Assignment | None) -> bool:
    """Return whether the question waits for `reader`: what somebody else has does not, but to be approved."""
    approves = reader.may(Permission.APPROVE)
    state = item.answer.state
    if state is State.SUBMITTED and approves:
        return True
    if given is not None:
        return given.person == reader.id and state in (State.UNANSWERED, State.DRAFTED)
    return (state is State.UNANSWERED and standing(item) != "kept") or (state is State.DRAFTED and not approves)


def reason_of(item: QuestionRecord) -> str:
    """Return why nothing was drafted for the question, in words that many share; "" when something was."""
    if item.status is Status.ROUTED:
        return item.answer.note if item.answer.state is State.UNANSWERED and item.answer.note else "For a person."
    if item.status is Status.NO_MATCH:
        return "Nothing in the knowledge answers it."
    return "Passages were found, none sure enough to draft from." if item.status is Status.WEAK else ""


def offered(desk: Desk) -> dict[str, Any]:
    """Return what the filters of a questionnaire offer to choose from."""
    reasons = Counter(reason for item in desk.questions if (reason := reason_of(item)))
    people = {given.person for given in desk.assigned.values()}
    return {
        "SHOW": SHOW,
        "BANDS": BANDS,
        "sections": list(dict.fromkeys(i.question.section for i in desk.questions if i.question.section)),
        "reasons": reasons.most_common(),
        "holders": sorted(((str(key), desk.names.get(key, "somebody who left")) for key in people), key=lambda p: p[1]),
    }


def _order(column: str, desk: Desk) -> Callable[[QuestionRecord], Any]:
    """Return the key by which the column sorts; among equals the document's order stays."""

    def person(item: QuestionRecord) -> tuple[bool, str]:
        given = desk.assigned.get(item.id)
        return given is None, desk.names.get(given.person, "") if given else ""

    def due(item: QuestionRecord) -> date:
        given = desk.assigned.get(item.id)
        return (given.due if given else None) or _NEVER

    keys: dict[str, Callable[[QuestionRecord], Any]] = {
        "choice": lambda item: (not item.answer.choice, item.answer.choice or ""),
        "state": lambda item: _STANDINGS.index(standing(item)),
        "confidence": lambda item: item.confidence if item.status is not None else -1.0,
        "person": person,
        "due": due,
    }
    return keys[column]
