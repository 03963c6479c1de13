"""What of the list of questionnaires is shown, and in which groups; all of it stands in the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Self

from assistant.people import Person
from assistant.workflow.dues import Urgency, urgency
from assistant.workflow.overview import Progress
from assistant.workflow.tally import Tally

STATES = (
    "layout needs a look",
    "check what was found",
    "drafting",
    "in progress",
    "in review",
    "approved",
    "completed",
    "changed since it was completed",
    "sent",
)
"""The states of a questionnaire, in the order of its way."""
DUE: Mapping[str, str] = {
    "overdue": "overdue",
    "week": "due within a week",
    "month": "due within a month",
    "none": "no due date",
}
_WITHIN = {"week": timedelta(days=7), "month": timedelta(days=31)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the list; an empty one shows all."""

    q: str = ""
    state: str = ""
    owner: str = ""
    customer: str = ""
    product: str = ""
    deal: str = ""
    due: str = ""
    archived: str = ""

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Self:
        """Return the filters in the address."""
        return cls(**{field.name: arguments.get(field.name, "").strip() for field in fields(cls)})

    def arguments(self) -> dict[str, str]:
        """Return the filters for an address, without those that show all."""
        return {name: value for name, value in asdict(self).items() if value}

    def passes(self, row: Progress, today: date) -> bool:
        """Return whether `row` is shown."""
        record = row.record
        if bool(record.archived) is not (self.archived == "yes"):
            return False
        words = f"{record.customer} {record.name} {record.deal} {record.scope} {row.owner}".casefold()
        if not all(word in words for word in self.q.casefold().split()):
            return False
        asked = (
            (self.state, row.state.split(",")[0]),
            (self.owner, row.owner),
            (self.customer, record.customer),
            (self.product, record.scope.product),
            (self.deal, record.deal),
        )
        return all(not value or value == own for value, own in asked) and self._due(row, today)

    def _due(self, row: Progress, today: date) -> bool:
        due = row.record.due
        if self.due not in DUE:
            return True
        if due is None or self.due == "none":
            return due is None and self.due == "none"
        if self.due == "overdue":
            return urgency(due, today) is Urgency.LATE and not row.done
        return today <= due <= today + _WITHIN[self.due]


@dataclass(frozen=True, slots=True)
class Line:
    """A questionnaire in the list with what it needs of the person who looks, "" for nothing."""

    row: Progress
    wanted: str


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together: the files of one `deal`, or a single questionnaire without one."""

    deal: str
    lines: tuple[Line, ...]

    @property
    def tally(self) -> Tally:
        """Return how far all of them are."""
        return sum((line.row.tally for line in self.lines), Tally())


def grouped(rows: Iterable[Progress], by: Person) -> dict[str, list[Block]]:
    """Return `rows` as what needs `by` now, what goes on and what is done; the files of one deal stand together."""
    lines: dict[str, list[Line]] = {"now": [], "going": [], "done": []}
    for row in rows:
        wanted = row.wants(by)
        lines["now" if wanted else "done" if row.done else "going"].append(Line(row, wanted))
    lines["done"].sort(key=lambda line: -line.row.record.id)
    return {name: _blocks(found) for name, found in lines.items()}


def _blocks(lines: Sequence[Line]) -> list[Block]:
    deals: dict[object, list[Line]] = {}
    for line in lines:
        deals.setdefault(line.row.record.deal or line.row.record.id, []).append(line)
    return [Block(key if isinstance(key, str) and len(found) > 1 else "", tuple(found)) for key, found in deals.items()]


def choices(rows: Sequence[Progress]) -> dict[str, list[str]]:
    """Return what the filters may be set to: only what occurs."""
    found = {
        "owner": {row.owner for row in rows},
        "customer": {row.record.customer for row in rows},
        "product": {row.record.scope.product for row in rows},
        "deal": {row.record.deal for row in rows if row.record.deal},
    }
    states = {row.state.split(",")[0] for row in rows}
    shown = {name: sorted(values, key=lambda value: (value.casefold(), value)) for name, values in found.items()}
    return {"state": [state for state in STATES if state in states], **shown}
