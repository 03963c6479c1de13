"""Keeping the index in step with the statements and the library, and noticing what a change means."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from assistant.answer import Answer, Citation, State, undone
from assistant.conflict import Conflict, unsettled
from assistant.errors import InputError, StatementFormatError
from assistant.people import Permission, Person
from assistant.statement import Audience, Knowledge, Passage, Scope
from assistant.suggestion import Match
from assistant.workflow.hindrance import Hindrance
from assistant.workflow.noticing import keep_versions, remind
from assistant.workflow.ports import Clock, KnowledgeFolder, Matching, Store, Transaction
from assistant.workflow.records import Stage
from assistant.workflow.repeating import Restricted
from assistant.workflow.stages import reopen

_LIBRARY = "library/{}"

log = logging.getLogger(__name__)


class KnowledgeKeeper:
    """The knowledge as this node knows it: loaded from files and the library, indexed, watched.

    A fault in a file leaves the knowledge as it was, and `problem` says what to mend. Anything else that
    keeps it from being indexed (permissions, a full disk) is the `hindrance`, until a refresh succeeds.
    """

    def __init__(self, store: Store, folder: Path, files: KnowledgeFolder, matching: Matching, clock: Clock) -> None:
        """Nothing is loaded before the first `refresh`."""
        self._store, self._folder, self._files, self._matching, self._clock = store, folder, files, matching, clock
        self._lock = threading.Lock()
        self._ready = False
        self._seen = ""
        self._state = 0
        self._finding = threading.Lock()
        self._found: tuple[int, tuple[Conflict, ...]] = (-1, ())
        self._knowledge = Knowledge()
        self._marks: frozenset[str] | None = None
        self._restricted = Restricted()
        self.problem: StatementFormatError | None = None
        self.hindrance: Hindrance | None = None

    @property
    def ready(self) -> bool:
        """Return whether the index is whole, or a fault keeps it from being so; nothing is found or checked before."""
        return self._ready

    @property
    def scopes(self) -> Mapping[str, tuple[str, ...]]:
        """Return each product with its deployments."""
        return self._knowledge.scopes

    @property
    def knowledge(self) -> Knowledge:
        """Return the knowledge as last loaded."""
        return self._knowledge

    @property
    def marks(self) -> frozenset[str] | None:
        """Return the marks of all passages there are, by which evidence is found again; None before the first look."""
        return self._marks

    def readable(self, by: Person) -> Knowledge:
        """Return the knowledge that `by` may read: internal passages and entries are for reviewers only."""
        by.require(Permission.READ)
        return replace(
            self._knowledge,
            statements=tuple(
                replace(statement, passages=tuple(p for p in statement.passages if may_read(by, p.audience)))
                for statement in self._knowledge.statements
                if may_read(by, statement.audience)
            ),
            library=tuple((path, entry) for path, entry in self._knowledge.library if may_read(by, entry.audience)),
        )

    def load(self) -> None:
        """Know what the files are about before the first `refresh`, which may take long."""
        try:
            self._knowledge = self._files.load(self._folder)
        except StatementFormatError as problem:
            self.problem = problem

    def refresh(self, ended: Callable[[], bool] = lambda: False) -> bool:
        """Load and index what changed, flag the answers that rested on it; return whether anything did.

        What `ended` while the index was built flags nothing: whoever comes next does.
        """
        with self._lock:
            try:
                changed = self._refresh(ended)
            except Exception as problem:
                self.hindrance = Hindrance.of(problem, self._clock(), self.hindrance)
                raise
            self.hindrance = None
            return changed

    def _refresh(self, ended: Callable[[], bool]) -> bool:
        with self._store.reading() as tx:
            revision = tx.library.revision()
        today = self._clock().date().isoformat()
        seen = " ".join((today, revision, self._files.digest(self._folder)))
        if seen == self._seen:
            return False
        with self._store.reading() as tx:
            own = tuple(entry.passage(_LIBRARY.format(key)) for key, entry in tx.library.all())
        begun = time.monotonic()
        try:
            knowledge = self._files.load(self._folder)
            if not self._ready:
                log.info("indexing %s passages, as far as they are not yet", len(knowledge.passages()) + len(own))
            self._matching.refresh((*knowledge.passages(), *own), knowledge.profile)
        except StatementFormatError as problem:
            # The fault stays until a file changes; anything else (a full disk) is tried again at the next look.
            self.problem, self._seen = problem, seen
            log.warning("the knowledge is at fault, so what was known before is used: %s", problem)
            if not self._ready:
                self._knowledge, self._ready = Knowledge(), True
            return False
        self._knowledge, self.problem = knowledge, None
        every = (*knowledge.passages(), *own)
        self._marks = frozenset(passage.digest[:16] for passage in every)
        self._restricted = Restricted(every)
        self._state += 1
        if not self._ready:
            log.info("the knowledge can be searched after %.1f seconds", time.monotonic() - begun)
        self._ready = True
        if ended():  # asked for when it is ready: who ends it waits from then on, and did not before
            return True
        keep_versions(self._store, self._files.sources(self._folder), self._clock())
        self._flag()
        self._draft_again()
        remind(self._store, knowledge, self._clock().date(), self._clock(), may_read)
        self._seen = seen
        return True

    def checked(self, scope: Scope) -> Scope:
        """Return `scope` as the statements spell it.

        :raises InputError: for a product or deployment that no statement is about.
        """
        return checked_scope(scope, self.scopes)

    def stands_alone(self, question: str) -> bool:
        """Return whether `question` can be understood without its section and the questions before it."""
        return self._matching.stands_alone(question)

    def cited(self, digests: Iterable[str], scope: Scope) -> tuple[Citation, ...]:
        """Return citations of the passages with these digests.

        :raises InputError: for a passage that is gone, does not hold for `scope`, or must not be told there.
        """
        found = []
        for digest in dict.fromkeys(digests):
            passage = self._matching.passage(digest)
            if passage is None or not passage.holds_for(scope):
                raise InputError(
                    "A cited passage has changed or does not hold for this product; choose the source again."
                )
            if not passage.tellable(scope):
                raise InputError(
                    f"The source {passage.path} is for the audience “{passage.audience.value}”; "
                    "no answer to this customer may rest on it."
                )
            found.append(Citation.of(passage))
        return tuple(found)

    def passage(self, digest: str) -> Passage | None:
        """Return the passage with that digest, None when it is gone."""
        return self._matching.passage(digest)

    def audience(self, citation: Citation) -> Audience:
        """Return who may be told what the citation rests on; of a passage that is gone, the narrowest."""
        passage = self._matching.passage(citation.digest)
        return passage.audience if passage is not None else Audience.INTERNAL

    def fault(self, answer: Answer, scope: Scope) -> str:
        """Return why the answer must not be told in `scope` (any longer), by what it rests on or repeats, else ""."""
        for citation in answer.citations:
            passage = self._matching.passage(citation.digest)
            if passage is None:
                return f"The source {citation.path} changed since: “{citation.text[:120]}”."
            if not passage.holds_for(scope):
                return f"The source {citation.path} does not hold for {scope}: “{citation.text[:120]}”."
            if not passage.tellable(scope):
                return f"The source {citation.path} is for the audience “{passage.audience.value}” now."
            if passage.stale(self._clock().date()):
                return f"The source {citation.path} was due for review on {passage.review_by}."
        if (repeated := self._restricted.repeated(answer.text, scope)) is not None:
            return f"The answer repeats {repeated.path}, which is for the audience “{repeated.audience.value}”."
        return ""

    def search(self, by: Person, text: str, scope: Scope | None, limit: int = 20) -> list[Match]:
        """Return the passages that speak of `text`, best first; those that have all of it before the others."""
        by.require(Permission.READ)
        found = self._matching.search(text, scope, limit) if text.strip() else []
        readable = [match for match in found if may_read(by, match.passage.audience)]
        return sorted(readable, key=lambda match: not match.whole)

    def find_conflicts(self) -> tuple[Conflict, ...]:
        """Return the pairs of passages that are in conflict, looked for once for each state of the knowledge."""
        with self._finding:
            state, found = self._found
            if state != self._state:
                state = self._state
                found = tuple(self._matching.conflicts())
                self._found = (state, found)
            return found

    def conflicts(self, by: Person) -> tuple[Conflict, ...]:
        """Return the pairs that are in conflict, without those that were said to be both right."""
        by.require(Permission.READ)
        found = self.open_conflicts()
        return tuple(pair for pair in found if all(may_read(by, passage.audience) for passage in pair.passages))

    def open_conflicts(self) -> tuple[Conflict, ...]:
        """Return the same for the console."""
        found = self.find_conflicts()
        with self._store.reading() as tx:
            return unsettled(found, tx.library.settled())

    def known_conflicts(self, by: Person) -> int | None:
        """Return how many `conflicts` there are, None while nobody has looked for them since the last change."""
        return len(self.conflicts(by)) if self._found[0] == self._state else None

    def both_right(self, by: Person, one: str, other: str) -> Conflict:
        """Take the pair of passages with these digests off the list until one of them changes, and return it.

        :raises InputError: when it is not on the list (any longer).
        """
        by.require(Permission.KEEP_LIBRARY)
        pair = next((conflict for conflict in self.conflicts(by) if conflict.key == (one, other)), None)
        if pair is None:
            raise InputError("This pair is not in conflict any longer; one of the texts has changed.")
        with self._store.writing() as tx:
            tx.library.settle(one, other, by.id, self._clock())
            places = [f"{passage.path}:{passage.lines[0]}" for passage in pair.passages]
            tx.audit.record(by, "both right", "library", None, {"passages": [one, other], "places": places})
        return pair

    def _holds(self, digest: str, scope: Scope) -> bool:
        """Return whether an answer for `scope` may (still) rest on the passage with that digest."""
        passage = self._matching.passage(digest)
        return passage is not None and passage.citable(scope, self._clock().date())

    def _flag(self) -> None:
        """Undo the approvals that rested on what changed, in questionnaires that were not sent yet."""
        with self._store.reading() as tx:
            scopes = {record.id: record.scope for record in tx.questionnaires.all() if record.stage is not Stage.SENT}
            waiting = [
                question
                for question, questionnaire, cited in tx.questionnaires.approved_citations()
                if questionnaire in scopes and not all(self._holds(digest, scopes[questionnaire]) for digest in cited)
            ]
        for question in waiting:
            with self._store.writing() as tx:
                current = tx.questionnaires.question(question)
                record = tx.questionnaires.get(current.questionnaire)  # sent, or for another scope, by now
                reason = self.fault(current.answer, record.scope)
                if current.answer.approval is None or not reason or record.stage is Stage.SENT:
                    continue
                tx.questionnaires.save(replace(current, answer=undone(current.answer, reason)))
                tx.audit.record(None, "approval undone", current.subject, None, {"reason": reason})
                reopen(tx, current.questionnaire)

    def _draft_again(self) -> None:
        """Withdraw the drafts that nobody touched and whose source changed, and queue their drafting."""
        with self._store.reading() as tx:
            scopes = {record.id: record.scope for record in tx.questionnaires.all() if record.stage is Stage.OPEN}
            waiting: dict[int, list[int]] = {}
            for question, questionnaire, cited in tx.usage.drafts():
                if questionnaire in scopes and not all(self._holds(digest, scopes[questionnaire]) for digest in cited):
                    waiting.setdefault(questionnaire, []).append(question)
        for questionnaire, questions in waiting.items():
            with self._store.writing() as tx:
                scope = tx.questionnaires.get(questionnaire).scope
                withdrawn = sum(self._withdraw(tx, question, scope) for question in questions)
                if withdrawn:
                    total = len(tx.questionnaires.questions(questionnaire))
                    tx.jobs.add("draft", questionnaire, total, self._clock())

    def _withdraw(self, tx: Transaction, question: int, scope: Scope) -> bool:
        current = tx.questionnaires.question(question)
        reason = self.fault(current.answer, scope)
        if current.answer.state is not State.DRAFTED or current.answer.author is not None or not reason:
            return False
        tx.questionnaires.save(replace(current, answer=Answer(), status=None, confidence=0.0))
        before = {"choice": current.answer.choice, "text": current.answer.text}
        tx.audit.record(None, "draft withdrawn", current.subject, before, {"reason": reason})
        return True


def checked_scope(scope: Scope, scopes: Mapping[str, tuple[str, ...]]) -> Scope:
    """Return `scope` as `scopes` (product -> deployments) spell it.

    :raises InputError: for a product or deployment that is not among them.
    """
    product = next((name for name in scopes if name.casefold() == scope.product.casefold()), None)
    if product is None:
        raise InputError(f"No statement is about “{scope.product}”. Products: {', '.join(scopes) or 'none'}.")
    if scope.deployment is None:
        return Scope(product, None, scope.nda)
    deployment = next((name for name in scopes[product] if name.casefold() == scope.deployment.casefold()), None)
    if deployment is None:
        known = ", ".join(scopes[product]) or "none"
        raise InputError(f"{product} has no deployment “{scope.deployment}”. Deployments: {known}.")
    return Scope(product, deployment, scope.nda)


def may_read(by: Person, audience: Audience) -> bool:
    """Return whether `by` may read what is for `audience`: what is internal is shown to reviewers only."""
    return audience is not Audience.INTERNAL or by.may(Permission.APPROVE)
