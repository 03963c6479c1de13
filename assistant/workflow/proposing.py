"""Changes to statement files: proposed in the page, checked like the file itself, taken over as a patch.

The files stay the truth: nothing here writes one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from difflib import unified_diff

from assistant.errors import ConflictError, InvalidValueError, NotFoundError, StateError, StatementFormatError
from assistant.people import Permission, Person
from assistant.statement import Audience, Statement
from assistant.workflow.knowledge import KnowledgeKeeper, may_read
from assistant.workflow.library import REVIEW_AFTER
from assistant.workflow.noticing import digest_of
from assistant.workflow.ports import Clock, KnowledgeFolder, Store, Transaction
from assistant.workflow.versions import StatementProposal, StatementVersion

_MOST = 1_000_000
"""Characters of a proposed text."""
_CLOSED = 20
"""How many closed proposals are still listed."""


class Proposing:
    """What people propose that a statement file says, and what becomes of it."""

    def __init__(self, store: Store, files: KnowledgeFolder, knowledge: KnowledgeKeeper, clock: Clock) -> None:
        """Keep what the use cases need."""
        self._store, self._files, self._knowledge, self._clock = store, files, knowledge, clock
        self._for_everybody: dict[tuple[str, str], bool] = {}

    def statement(self, by: Person, path: str) -> Statement:
        """Return the statement as it is used now.

        :raises NotFoundError: when there is none that `by` may read.
        """
        found = next((item for item in self._knowledge.readable(by).statements if item.path == path), None)
        if found is None:
            raise NotFoundError("There is no such statement; its file may have been renamed.")
        return found

    def source(self, by: Person, path: str) -> StatementVersion:
        """Return the file's text as it stands.

        :raises NotFoundError: when there is no such statement that `by` may read whole.
        """
        statement = self.statement(by, path)
        whole = next(item for item in self._knowledge.knowledge.statements if item.path == path)
        with self._store.reading() as tx:
            latest = tx.statements.latest(path)
        if latest is None or len(statement.passages) != len(whole.passages):
            raise NotFoundError("There is no such statement; its file may have been renamed.")
        return latest

    def propose(self, by: Person, path: str, digest: str, text: str, reason: str) -> int:
        """Return the id of a proposal that the file says `text`; `digest` is of the file it was made from.

        :raises StatementFormatError: when the text would be at fault, at its line.
        :raises ConflictError: when the file changed since.
        :raises InvalidValueError: when nothing is changed.
        """
        by.require(Permission.EDIT)
        base = self.source(by, path)
        if base.digest != digest:
            raise ConflictError("The file changed meanwhile. Look at what it says now and make the change again.")
        text = _like(base.text, text)
        if text == base.text:
            raise InvalidValueError("Nothing was changed.")
        if len(text) > _MOST:
            raise InvalidValueError(f"A statement has at most {_MOST:,} characters.")
        made = self._files.statement(path, text)
        if not all(may_read(by, audience) for audience in audiences(made)):
            raise InvalidValueError("Only who may read what is internal can write it.")
        with self._store.writing() as tx:
            key = tx.statements.propose(path, digest, text, reason.strip(), by.id, self._clock())
            tx.audit.record(
                by, "change proposed", f"statement {path}", {"digest": digest}, {"proposal": key, "reason": reason}
            )
        return key

    def confirm(self, by: Person, path: str) -> int:
        """Return the id of a proposal that says only that the file was read again and is true for another period.

        :raises StatementFormatError: when its front matter is at fault.
        """
        by.require(Permission.KEEP_LIBRARY)
        base, today = self.source(by, path), self._clock().date()
        text = confirmed(base.text, today, REVIEW_AFTER)
        return self.propose(by, path, base.digest, text, "Read again; it is still true.")

    def proposal(self, by: Person, proposal: int) -> tuple[StatementProposal, StatementVersion, StatementVersion]:
        """Return a proposal, the file it was made from, and the file as it stands now.

        :raises NotFoundError: when there is none that `by` may read.
        """
        by.require(Permission.READ)
        with self._store.reading() as tx:
            return self._readable(tx, by, proposal)

    def _readable(
        self, tx: Transaction, by: Person, proposal: int
    ) -> tuple[StatementProposal, StatementVersion, StatementVersion]:
        found = tx.statements.proposal(proposal)
        base, now = tx.statements.with_digest(found.path, found.digest), tx.statements.latest(found.path)
        if base is None or now is None or not self._may_read(by, found.path):
            raise NotFoundError("There is no such proposal.")
        if not (self._is_for(by, base.path, base.text) and self._is_for(by, found.path, found.text)):
            raise NotFoundError("There is no such proposal.")
        return found, base, now

    def _may_read(self, by: Person, path: str) -> bool:
        """Return whether `by` may read all of the file; of one that is gone nobody knows for whom it was."""
        statement = next((item for item in self._knowledge.knowledge.statements if item.path == path), None)
        if statement is None:
            return may_read(by, Audience.INTERNAL)
        return all(may_read(by, audience) for audience in audiences(statement))

    def _is_for(self, by: Person, path: str, text: str) -> bool:
        """Return whether `by` may read all of a text that a file said once, or would say."""
        if may_read(by, Audience.INTERNAL):
            return True
        try:
            said = self._files.statement(path, text)
        except StatementFormatError:  # written by another release of the program, that read files otherwise
            return False
        return all(may_read(by, audience) for audience in audiences(said))

    def _listed_for(self, by: Person, proposal: StatementProposal) -> bool:
        if may_read(by, Audience.INTERNAL):
            return True
        key = proposal.path, digest_of(proposal.text)
        if key not in self._for_everybody:  # every page of the library counts proposals: a text is read once
            self._for_everybody[key] = self._is_for(by, proposal.path, proposal.text)
        return self._for_everybody[key] and self._may_read(by, proposal.path)

    def proposals(self, by: Person, path: str = "") -> list[StatementProposal]:
        """Return the open proposals that `by` may read, then the latest closed ones; of `path`, only the open ones."""
        by.require(Permission.READ)
        with self._store.reading() as tx:
            found = tx.statements.proposals(limit_closed=0 if path else _CLOSED)
        return [item for item in found if path in ("", item.path) and self._listed_for(by, item)]

    def patch(self, by: Person, proposal: int) -> bytes:
        """Return the change as a unified patch that `git apply` and `patch -p1` take in the knowledge folder."""
        found, base, _ = self.proposal(by, proposal)
        return patch(found.path, base.text, found.text).encode()

    def close(self, by: Person, proposal: int, outcome: str) -> None:
        """Say what became of it: reviewers took it or turned it down, its author may withdraw it.

        :raises InvalidValueError: for another outcome.
        :raises StateError: when it is closed already, or shall be taken while the file says what it said.
        """
        by.require(Permission.EDIT)
        with self._store.writing() as tx:
            found, base, now = self._readable(tx, by, proposal)
            if outcome not in ("taken", "turned down", "withdrawn"):
                raise InvalidValueError("A proposal is taken, turned down or withdrawn.")
            if outcome != "withdrawn" or found.by != by.id:
                by.require(Permission.KEEP_LIBRARY)
            if outcome == "taken" and now.digest == base.digest:
                raise StateError(f"{found.path} still says what it said. Change the file; then this closes by itself.")
            if not tx.statements.close(proposal, outcome, by.id, self._clock()):
                raise StateError("This proposal is closed already.")
            tx.audit.record(by, f"proposal {outcome}", found.subject, None, {"proposal": proposal})


def audiences(statement: Statement) -> set[Audience]:
    """Return everybody that some part of the statement is for."""
    return {statement.audience, *(passage.audience for passage in statement.passages)}


def confirmed(text: str, today: date, period: timedelta) -> str:
    """Return the statement's text with its front matter saying that it was read `today` and holds for `period`."""
    lines = text.splitlines(keepends=True)
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), len(lines))
    newline = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    for key, day in (("reviewed", today), ("review_by", today + period)):
        line = f"{key}: {day.isoformat()}{newline}"
        at = next((n for n in range(1, end) if re.match(rf"{key}\s*:", lines[n])), None)
        if at is None:
            lines.insert(end, line)
            end += 1
        else:
            lines[at] = line
    return "".join(lines)


def patch(path: str, before: str, after: str) -> str:
    """Return the unified patch that makes `after` of `before`."""
    return "".join(_patch_lines(path, before, after))


def _patch_lines(path: str, before: str, after: str) -> Iterator[str]:
    # Not `splitlines`, which breaks lines where patches do not (form feeds, line separators).
    ours, theirs = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (before, after))
    # A name with spaces ends at a tab, as git writes it.
    name = f"{path}\t" if " " in path else path
    for line in unified_diff(ours, theirs, f"a/{name}", f"b/{name}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _like(base: str, typed: str) -> str:
    """Return what was typed into a page with the line ends, and the mark at the start, that the file has."""
    text = typed.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    if base.endswith("\n") and text and not text.endswith("\n"):
        text += "\n"
    if "\r\n" in base:
        text = text.replace("\n", "\r\n")
    return f"\ufeff{text}" if base.startswith("\ufeff") and not text.startswith("\ufeff") else text
