"""The only module that joins the use cases to the adapters."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant import documents, statements
from assistant.errors import InputError
from assistant.statement import Scope
from assistant.suggestion import Suggestion

__all__ = ["Answering", "documents"]


class Answering:
    """Matching over one knowledge folder with a throw-away index, for the commands."""

    def __init__(self, knowledge: Path) -> None:
        """Load `knowledge` and index it in a temporary folder."""
        from assistant.matching import Matcher

        self._knowledge = statements.load(knowledge)
        self._folder = tempfile.TemporaryDirectory(prefix="assistant-index-")
        overlay = knowledge / "concepts.yaml"
        self._matcher = Matcher(Path(self._folder.name), overlay if overlay.exists() else None)
        self._matcher.refresh(self._knowledge.passages(), self._knowledge.profile)

    def suggest(self, questions: Sequence[str], scope: Scope, top: int = 5) -> list[Suggestion]:
        """Return one suggestion a question, in order.

        :raises InputError: for a product or deployment that the knowledge does not name.
        """
        known = {product.casefold(): (product, names) for product, names in self._knowledge.scopes.items()}
        if scope.product.casefold() not in known:
            raise InputError(f"No statement is about “{scope.product}”. Products: {', '.join(self._knowledge.scopes)}.")
        product, names = known[scope.product.casefold()]
        if scope.deployment and scope.deployment.casefold() not in {name.casefold() for name in names}:
            raise InputError(
                f"{product} has no deployment “{scope.deployment}”. Deployments: {', '.join(names) or 'none'}."
            )
        return self._matcher.suggest(questions, scope, datetime.now(UTC).date(), top=top)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the temporary index."""
        self._folder.cleanup()
