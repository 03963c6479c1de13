"""The only module that joins the use cases to the adapters."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from assistant import documents, statements
from assistant.conflict import Conflict
from assistant.statement import Scope
from assistant.suggestion import Suggestion
from assistant.workflow.knowledge import KnowledgeKeeper, checked_scope

# The commands that need no database or index should not wait for their imports.
if TYPE_CHECKING:
    from assistant.matching import Matcher
    from assistant.settings import Settings
    from assistant.storage import Database
    from assistant.workflow.accounts import Accounts
    from assistant.workflow.approvals import Approvals
    from assistant.workflow.assigning import Assigning
    from assistant.workflow.audit_log import AuditLog
    from assistant.workflow.browsing import Browsing
    from assistant.workflow.bulk import Bulk
    from assistant.workflow.commenting import Commenting
    from assistant.workflow.completion import Completion
    from assistant.workflow.consistency import Consistency
    from assistant.workflow.figures import Figures
    from assistant.workflow.gap_answers import GapAnswers
    from assistant.workflow.gaps import Gaps
    from assistant.workflow.importing import Importing
    from assistant.workflow.intake import Intake
    from assistant.workflow.keeping import Keeping
    from assistant.workflow.layouts import Layouts
    from assistant.workflow.library import AnswerLibrary
    from assistant.workflow.meaning import Changes
    from assistant.workflow.notices import Notices
    from assistant.workflow.ports import Clock
    from assistant.workflow.proposing import Proposing
    from assistant.workflow.recognising import Recognising
    from assistant.workflow.remaining import Remaining
    from assistant.workflow.reminding import Reminding
    from assistant.workflow.renewing import Renewing
    from assistant.workflow.rescoping import Rescoping
    from assistant.workflow.review import Review
    from assistant.workflow.sending import Sent
    from assistant.workflow.several import Several
    from assistant.workflow.sharing import Sharing
    from assistant.workflow.undoing import Undoing
    from assistant.workflow.upkeep import Upkeep
    from assistant.workflow.worker import Worker

__all__ = ["Answering", "Application", "documents", "now", "statements"]


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


def matcher(folder: Path, knowledge: Path) -> Matcher:
    """Return the matcher whose index stands in `folder`, with the team's own concepts, if `knowledge` has any."""
    from assistant.matching import Matcher

    return Matcher(folder, knowledge / "concepts.yaml")


def database(settings: Settings, clock: Clock = now) -> Database:
    """Return the database that `settings` name, as it stands, for which it is as late as `clock` says."""
    from assistant.storage import Database

    return Database(settings.database_url, settings.audit_key, clock)


def save(settings: Settings, target: Path) -> None:
    """Write database and knowledge to `target`, whole or not at all."""
    from assistant.storage.backup import make

    with closing(database(settings)) as store:
        make(store, settings.knowledge, target)


def bring_back(settings: Settings, source: Path, *, replace: bool) -> None:
    """Bring database and knowledge back from `source`.

    :raises InputError: when it is damaged.
    :raises StateError: while the application runs, or when something would be overwritten without `replace`.
    """
    from assistant.storage.backup import restore
    from assistant.storage.occupancy import alone

    with alone(settings.instance), closing(database(settings)) as store:
        restore(source, store, settings.knowledge, staging=settings.instance, replace=replace)


def running(settings: Settings) -> AbstractContextManager[None]:
    """Return what keeps a backup from being restored for as long as the application runs.

    :raises StateError: on entering it, when one is being restored just now.
    """
    from assistant.storage import occupancy

    return occupancy.running(settings.instance)


class Answering:
    """Matching over one knowledge folder with a throw-away index, for the commands."""

    def __init__(self, knowledge: Path) -> None:
        """Load `knowledge` and index it in a temporary folder."""
        self._knowledge = statements.load(knowledge)
        self._folder = tempfile.TemporaryDirectory(prefix="assistant-index-")
        self._matcher = matcher(Path(self._folder.name), knowledge)
        self._matcher.refresh(self._knowledge.passages(), self._knowledge.profile)

    def suggest(self, questions: Sequence[str], scope: Scope, top: int = 5) -> list[Suggestion]:
        """Return one suggestion a question, in order.

        :raises InputError: for a product or deployment that the knowledge does not name.
        """
        scope = checked_scope(scope, self._knowledge.scopes)
        return self._matcher.suggest(questions, scope, now().date(), top=top)

    def conflicts(self) -> list[Conflict]:
        """Return the pairs of passages that contradict each other, and then those that nearly say the same."""
        return self._matcher.conflicts()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the temporary index."""
        self._folder.cleanup()


@dataclass(frozen=True, slots=True)
class Application:
    """The use cases, wired; to be closed. Nothing runs in the background before `worker.start()`."""

    settings: Settings
    store: Database
    accounts: Accounts
    knowledge: KnowledgeKeeper
    intake: Intake
    keeping: Keeping
    renewing: Renewing
    rescoping: Rescoping
    recognising: Recognising
    sharing: Sharing
    sent: Sent
    layouts: Layouts
    review: Review
    bulk: Bulk
    undoing: Undoing
    assigning: Assigning
    approvals: Approvals
    commenting: Commenting
    completion: Completion
    consistency: Consistency
    library: AnswerLibrary
    browsing: Browsing
    upkeep: Upkeep
    several: Several
    proposing: Proposing
    changes: Changes
    importing: Importing
    gaps: Gaps
    gap_answers: GapAnswers
    remaining: Remaining
    reminding: Reminding
    figures: Figures
    notices: Notices
    audit_log: AuditLog
    worker: Worker

    @classmethod
    def build(cls, settings: Settings, now: Clock = now, *, indexed: bool = True) -> Self:
        """Return the application for `settings`: database migrated, knowledge loaded and indexed.

        It is as late in it as `now` says. What is not `indexed` here the worker indexes first of all.

        :raises AssistantError: when the database or a setting is at fault.
        """
        from assistant.workflow.accounts import Accounts
        from assistant.workflow.approvals import Approvals
        from assistant.workflow.assigning import Assigning
        from assistant.workflow.audit_log import AuditLog
        from assistant.workflow.browsing import Browsing
        from assistant.workflow.bulk import Bulk
        from assistant.workflow.commenting import Commenting
        from assistant.workflow.completion import Completion
        from assistant.workflow.consistency import Consistency
        from assistant.workflow.figures import Figures
        from assistant.workflow.gap_answers import GapAnswers
        from assistant.workflow.gaps import Gaps
        from assistant.workflow.importing import Importing
        from assistant.workflow.intake import Intake
        from assistant.workflow.keeping import Keeping
        from assistant.workflow.layouts import Layouts
        from assistant.workflow.library import AnswerLibrary
        from assistant.workflow.meaning import Changes
        from assistant.workflow.notices import Notices
        from assistant.workflow.proposing import Proposing
        from assistant.workflow.recognising import Recognising
        from assistant.workflow.remaining import Remaining
        from assistant.workflow.reminding import Reminding
        from assistant.workflow.renewing import Renewing
        from assistant.workflow.rescoping import Rescoping
        from assistant.workflow.review import Review
        from assistant.workflow.sending import Sent
        from assistant.workflow.several import Several
        from assistant.workflow.sharing import Sharing
        from assistant.workflow.undoing import Undoing
        from assistant.workflow.upkeep import Upkeep
        from assistant.workflow.worker import Worker

        store = database(settings, now)
        store.migrate()
        matching = matcher(settings.instance / "index", settings.knowledge)
        knowledge = KnowledgeKeeper(store, settings.knowledge, statements, matching, now)
        if indexed:
            knowledge.refresh()
        else:
            knowledge.load()
        review = Review(store, matching, knowledge, now, four_eyes=settings.four_eyes)
        library, gaps = AnswerLibrary(store, knowledge, now), Gaps(store, matching, now)
        intake = Intake(store, documents, knowledge, now)
        consistency = Consistency(store, matching, now)
        browsing, upkeep = Browsing(store, knowledge, library.shelf, now), Upkeep(store, knowledge, now)
        return cls(
            settings=settings,
            store=store,
            accounts=Accounts(
                store,
                now,
                key=settings.secret_key,
                attempts=settings.login_attempts,
                window=timedelta(minutes=settings.login_window_minutes),
                session_hours=settings.session_hours,
                factor_required=settings.require_second_factor,
            ),
            knowledge=knowledge,
            intake=intake,
            keeping=Keeping(store, now),
            renewing=Renewing(store, intake, knowledge, now),
            rescoping=Rescoping(store, knowledge, now),
            recognising=Recognising(store, now),
            sharing=Sharing(store),
            sent=Sent(store, now),
            layouts=Layouts(store, documents, now),
            review=review,
            bulk=Bulk(store, matching, knowledge, consistency, now, four_eyes=settings.four_eyes),
            undoing=Undoing(store, matching, now),
            assigning=Assigning(store, now),
            approvals=Approvals(store, four_eyes=settings.four_eyes),
            commenting=Commenting(store, now),
            completion=Completion(store, documents, knowledge, now),
            consistency=consistency,
            library=library,
            browsing=browsing,
            upkeep=upkeep,
            several=Several(store, library, upkeep),
            proposing=Proposing(store, statements, knowledge, now),
            changes=Changes(store, statements, knowledge, browsing, now),
            importing=Importing(store, statements, documents, knowledge, library.shelf, now),
            gaps=gaps,
            gap_answers=GapAnswers(gaps, library, review, knowledge),
            remaining=Remaining(store),
            reminding=Reminding(store, now),
            figures=Figures(store, knowledge, now),
            notices=Notices(store, now),
            audit_log=AuditLog(store),
            worker=Worker(store, matching, knowledge, now, spare=gaps.warm),
        )

    def close(self) -> None:
        """Stop the worker after the batch in hand and close the database."""
        self.worker.stop()
        self.store.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()
