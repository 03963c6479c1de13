"""Bringing entries into the library from files, and out of it: library files, tables, completed questionnaires.

A file is taken whole or not at all. What a completed questionnaire says becomes proposals, never more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.errors import InputError, InvalidValueError, StatementFormatError
from assistant.people import Permission, Person
from assistant.statement import LibraryEntry, Scope
from assistant.workflow.knowledge import KnowledgeKeeper, may_read
from assistant.workflow.known_forms import known_layout
from assistant.workflow.naming import Customers
from assistant.workflow.pairs import Pair, pair_of
from assistant.workflow.ports import Clock, Documents, Store
from assistant.workflow.shelf import EntryRecord, Shelf, shape_of, tidied

_MOST = 5_000
"""Pairs of one completed questionnaire."""


class LibraryFiles(Protocol):
    """Library files and tables (`assistant.statements`)."""

    def load_library(self, text: str, path: str) -> tuple[LibraryEntry, ...]:
        """Return the entries of a YAML file. :raises StatementFormatError: at the first fault."""

    def load_library_table(self, text: str, path: str) -> tuple[LibraryEntry, ...]:
        """Return the entries of a CSV file. :raises StatementFormatError: at the first fault."""

    def written_library(self, entries: Iterable[LibraryEntry]) -> Iterator[str]:
        """Yield entries as YAML, one by one."""

    def dump_library_table(self, entries: Iterable[LibraryEntry]) -> str:
        """Return entries as CSV."""


class Importing:
    """Files into the library, and the library into files."""

    def __init__(
        self,
        store: Store,
        files: LibraryFiles,
        documents: Documents,
        knowledge: KnowledgeKeeper,
        shelf: Shelf,
        clock: Clock,
    ) -> None:
        """Keep what the use cases need."""
        self._store, self._files, self._documents = store, files, documents
        self._knowledge, self._shelf, self._clock = knowledge, shelf, clock

    def export(self, by: Person, form: str) -> Iterator[bytes]:
        """Return every entry in use that `by` may read, as `yaml` or `csv`, piece by piece."""
        by.require(Permission.KEEP_LIBRARY)
        with self._store.reading() as tx:
            records = self._shelf.records(tx).values()
        entries = [
            record.entry
            for record in records
            if not (record.retired or record.proposed) and may_read(by, record.entry.audience)
        ]
        if form == "csv":
            # The mark lets spreadsheets know that this is UTF-8.
            return iter([f"\ufeff{self._files.dump_library_table(entries)}".encode()])
        return (text.encode() for text in self._files.written_library(entries))

    def take(self, by: Person, name: str, content: bytes, *, proposed: bool) -> tuple[int, int]:
        """Take in the entries of a library file or table; return how many are new, and how many there were.

        :raises StatementFormatError: for the first fault, at its line; nothing is taken in then.
        :raises InputError: when it is no such file.
        """
        by.require(Permission.KEEP_LIBRARY)
        loaded = self._loaded(name, content)
        entries, lines = [tidied(entry) for entry in loaded], [entry.line for entry in loaded]
        with self._store.writing() as tx:
            known = {record.entry for record in self._shelf.records(tx).values() if not record.retired}
            customers = Customers(tx, by)
            for entry, line in zip(entries, lines, strict=True):
                self._check(name, line, entry, customers)
            fresh = [entry for entry in dict.fromkeys(entries) if entry not in known]
            for entry in fresh:
                key = tx.library.add(entry, proposed=proposed)
                record = EntryRecord(key, entry, proposed=proposed)
                tx.audit.record(
                    by, "proposed" if proposed else "added", record.subject, None, {**shape_of(record), "from": name}
                )
            tx.audit.record(by, "imported", "library", None, {"file": name, "entries": len(fresh)})
        return len(fresh), len(entries)

    def _loaded(self, name: str, content: bytes) -> tuple[LibraryEntry, ...]:
        ending = name.rpartition(".")[2].casefold()
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            line = content.count(b"\n", 0, problem.start) + 1
            remedy = "The file is not UTF-8 text from here on; save it with the encoding UTF-8."
            raise StatementFormatError(name, line, remedy) from problem
        if ending in ("csv", "tsv"):
            return self._files.load_library_table(text, name)
        if ending in ("yaml", "yml"):
            return self._files.load_library(text.replace("\r\n", "\n"), name)
        raise InputError(f"“{name}” is no library file; choose one that ends in .yaml or .csv.")

    def _check(self, name: str, line: int, entry: LibraryEntry, customers: Customers) -> None:
        named = customers.named(entry.question, *entry.also_asked, entry.choice, entry.answer)
        if named:
            raise StatementFormatError(
                name, line, f"The entry names {' and '.join(named)}. Nothing of one customer may reach another; "
                "take the name out and choose the file again."
            )  # fmt: skip
        if entry.product:
            try:
                self._knowledge.checked(Scope(entry.product))
            except InputError as problem:
                raise StatementFormatError(name, line, str(problem)) from problem

    def pairs(self, by: Person, name: str, content: bytes) -> list[Pair]:
        """Return the questions of a completed questionnaire beside which something stands.

        A form whose layout was once put right is read like that.

        :raises UnreadableDocumentError: when it cannot be read.
        :raises InputError: when nothing is answered in it.
        """
        by.require(Permission.EDIT)
        found = self._documents.inspect(content, name)
        view = self._documents.view(content, name)
        with self._store.reading() as tx:
            found, _ = known_layout(tx, found, view)
        pairs = [pair for item in found.questions if not item.label and (pair := pair_of(item, view)) is not None]
        if not pairs:
            raise InputError(
                f"In “{name}” no question with an answer was found. Choose the file as it was sent, or upload it as "
                "a questionnaire once and put right there what was found: from then on this form is read like that."
            )
        return pairs[:_MOST]

    def named(self, by: Person, customer: str, texts: Sequence[str]) -> list[list[str]]:
        """Return for each of `texts` the customers it names: `customer` or one that is known."""
        by.require(Permission.EDIT)
        with self._store.reading() as tx:
            known = Customers(tx, by, customer)
        return [known.named(text) for text in texts]

    def propose(self, by: Person, name: str, customer: str, entries: Sequence[LibraryEntry]) -> int:
        """Save pairs that were looked through as proposals; return how many are new.

        :raises InvalidValueError: when one is incomplete or names a customer; nothing is saved then.
        """
        by.require(Permission.EDIT)
        tidy = [tidied(replace(entry, owner=entry.owner or by.email, approved_by="")) for entry in entries]
        for number, entry in enumerate(tidy, 1):
            if not entry.question or not (entry.answer or entry.choice):
                raise InvalidValueError(f"Pair {number} of those chosen lacks its question or its answer.")
            if not may_read(by, entry.audience):
                raise InvalidValueError("Only who may read what is internal can write it.")
        told = ["\n".join((entry.question, entry.choice, entry.answer)) for entry in tidy]
        named = sorted({name for found in self.named(by, customer, told) for name in found})
        if named:
            raise InvalidValueError(
                f"What you chose names {' and '.join(named)}. Nothing of one customer may reach another: "
                "take the name out of the pairs that are marked, or leave them out."
            )
        with self._store.writing() as tx:
            known = {_said(record.entry) for record in self._shelf.records(tx).values() if not record.retired}
            fresh = [entry for entry in dict.fromkeys(tidy) if _said(entry) not in known]
            for entry in fresh:
                record = EntryRecord(tx.library.add(entry, proposed=True), entry, proposed=True)
                tx.audit.record(by, "proposed", record.subject, None, {**shape_of(record), "from": name})
            tx.audit.record(by, "imported", "library", None, {"file": name, "proposals": len(fresh)})
        return len(fresh)


def _said(entry: LibraryEntry) -> tuple[str, str, str, str, frozenset[str]]:
    """Return what an entry says, and of what."""
    return entry.question.casefold(), entry.choice, entry.answer, entry.product, entry.deployments
