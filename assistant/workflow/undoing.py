"""Taking back one's own last change to an answer, as long as nobody changed it since."""

from __future__ import annotations

from dataclasses import replace

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


class Undoing:
    """What somebody did in the session they are signed in by can be taken back, the last change first."""

    def __init__(self, store: Store, matching: Matching, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._matching, self._clock = store, matching, clock

    def undo(self, by: Person, questionnaire: int, token: str) -> tuple[QuestionRecord, str]:
        """Return the question with the wording it had before the last change, and what that change was.

        `token` is that of the session: earlier changes stay. The former wording becomes a new version. What was
        approved before is not approved by this; that takes the act.

        :raises StateError: when there is nothing to take back.
        :raises ConflictError: when somebody else changed the answer since; the change can then not be taken back.
        """
        by.require(Permission.EDIT)
        with self._store.writing() as tx:
            record = visibility.require(tx, by, questionnaire)
            require_open(record)
            change = _last(tx, by, questionnaire, token)
            if change is None:
                raise StateError("There is nothing of yours to take back here since you signed in.")
            item = tx.questionnaires.question(change.question)
            tx.changes.forget(change.id)
            own = bool(visibility.own(tx, by, [item], record))
            if own and item.version == change.version:
                return self._taken_back(tx, by, item, change), change.action
        why = "was changed since by somebody else" if own else "is not with you any more"
        raise ConflictError(f"{item.name} {why}; what stands there now stays.")

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
        reopen(tx, item.questionnaire)
        return saved


def _last(tx: Transaction, by: Person, questionnaire: int, token: str) -> Change | None:
    session = tx.people.session(token_hash(token))
    return tx.changes.latest(by.id, questionnaire, session.created) if session is not None else None


def _restored(before: Answer) -> Answer:
    """Return `before` as it may stand again: an approval that is gone stays gone."""
    return replace(before, state=State.DRAFTED) if before.state is State.APPROVED else before
