"""Taking back what one did last, to one answer or to many at once, as long as nobody changed them since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, State
from assistant.errors import ConflictError, StateError
from assistant.people import Permission, Person
from assistant.workflow import visibility
from assistant.workflow.changes import Change
from assistant.workflow.changing import require_open, told
from assistant.workflow.drafting import wording
from assistant.workflow.invitations import token_hash
from assistant.workflow.ports import Clock, Matching, Store, Transaction
from assistant.workflow.records import QuestionRecord
from assistant.workflow.shelf import Decision
from assistant.workflow.stages import reopen

NAMED = 8
"""Questions that a sentence names; of more it tells the number."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was taken back: the questions as they stand now, and those `left` because they were changed since.

    `action` is what had been done, `together` whether to several answers in one act.
    """

    action: str
    items: tuple[QuestionRecord, ...]
    left: tuple[QuestionRecord, ...] = ()
    together: bool = False


class Undoing:
    """What somebody did in the session they are signed in by can be taken back, the last act first."""

    def __init__(self, store: Store, matching: Matching, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._matching, self._clock = store, matching, clock

    def undo(self, by: Person, questionnaire: int, token: str) -> TakenBack:
        """Return what the last act of `by` changed, each answer with the wording it had before.

        What was done to many answers in one act is taken back from all of them, but for those that somebody else
        changed since. `token` is that of the session: earlier changes stay. The former wording becomes a new version.
        What was approved before is not approved by this; that takes the act.

        :raises StateError: when there is nothing to take back.
        :raises ConflictError: when somebody else changed all of it since; it can then not be taken back.
        """
        by.require(Permission.EDIT)
        items, left = [], []
        with self._store.writing() as tx:
            record = visibility.require(tx, by, questionnaire)
            require_open(record)
            last = _last(tx, by, questionnaire, token)
            if last is None:
                raise StateError("There is nothing of yours to take back here since you signed in.")
            act = tx.changes.act(last)
            found = {item.id: item for item in tx.questionnaires.some([change.question for change in act])}
            own = {item.id for item in visibility.own(tx, by, found.values(), record)}
            for change in act:
                tx.changes.forget(change.id)
                item = found[change.question]
                if item.id in own and item.version == change.version:
                    items.append(self._taken_back(tx, by, item, change))
                else:
                    left.append(item)
            if items:
                reopen(tx, questionnaire)
        if not items:
            why = "was changed since by somebody else" if own else "is not with you any more"
            if len(left) > 1:
                why = "were changed since by somebody else, or are not with you any more"
            raise ConflictError(f"{named(left)} {why}; what stands there now stays.")
        return TakenBack(last.action, tuple(items), tuple(left), together=len(act) > 1)

    def _taken_back(self, tx: Transaction, by: Person, item: QuestionRecord, change: Change) -> QuestionRecord:
        saved = tx.questionnaires.save(replace(item, answer=_restored(change.before)))
        after = {**told(saved.answer), "taken back": change.action}
        tx.audit.record(by, "took back", item.subject, told(item.answer), after)
        earlier = tx.changes.leading_to(item.id, change.base)
        if earlier is not None:
            tx.changes.move(earlier.id, saved.version, earlier.at)
        key = self._matching.question_key(wording(item.question))
        for digest in change.lowered:
            tx.library.take_back(Decision(both_right=False, one=key, other=digest))
        return saved


def named(items: Sequence[QuestionRecord]) -> str:
    """Return what people call the questions, the first ones by name: "A-1, A-2 and 5 more"."""
    names = [item.name for item in items]
    if len(names) > NAMED:
        names[NAMED:] = [f"{len(names) - NAMED} more"]
    *firsts, last = names
    return f"{', '.join(firsts)} and {last}" if firsts else last


def _last(tx: Transaction, by: Person, questionnaire: int, token: str) -> Change | None:
    session = tx.people.session(token_hash(token))
    return tx.changes.latest(by.id, questionnaire, session.created) if session is not None else None


def _restored(before: Answer) -> Answer:
    """Return `before` as it may stand again: an approval that is gone stays gone."""
    return replace(before, state=State.DRAFTED) if before.state is State.APPROVED else before
