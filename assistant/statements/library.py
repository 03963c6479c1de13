"""Library files: a YAML list of questions with their approved answers, read and written without loss."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from assistant.statement import Audience, LibraryEntry
from assistant.statements.nodes import Fields, composed, line_of
from assistant.statements.source import Source

_KEYS = frozenset(
    {
        "question", "also_asked", "choice", "answer", "product", "deployments", "owner",
        "approved_by", "approved_on", "review_by", "evidence", "tags", "audience",
    }
)  # fmt: skip

_ALTERED = re.compile("[\\t\\r\\x85\u2028\u2029\ufeff]")
"""Line ends and marks that come back as a space or not at all unless they are escaped."""


def load_library(text: str, path: str) -> tuple[LibraryEntry, ...]:
    """Return the entries of the library file `text`; `path` is what errors call it.

    :raises StatementFormatError: when something in it is at fault.
    """
    source = Source(path)
    entries = read_library(source, text)
    if fault := source.first_fault():
        raise fault
    return entries


def read_library(source: Source, text: str) -> tuple[LibraryEntry, ...]:
    """Return the entries of `text` that are in order; the others are faulted in `source`."""
    root = composed(source, text)
    if root is None:
        return ()
    if not isinstance(root, yaml.SequenceNode):
        source.fault(line_of(root), "A library file must be a list of entries, each beginning with “- question: …”.")
        return ()
    entries = []
    for node in root.value:
        if not isinstance(node, yaml.MappingNode):
            source.fault(line_of(node), "An entry must be a mapping with at least “question” and “answer”.")
            continue
        before = len(source.faults)
        entry = _entry(source, Fields(source, node))
        if len(source.faults) == before:
            entries.append(entry)
    return tuple(entries)


def _entry(source: Source, fields: Fields) -> LibraryEntry:
    """Return one entry, its faults kept in `source`."""
    for key, line in fields.unknown(_KEYS).items():
        source.fault(line, f"The key “{key}” is not known; an entry has {', '.join(sorted(_KEYS))}.")
    question = fields.required("question", "An entry must have a “question”.")
    answer, choice = fields.text("answer"), fields.text("choice")
    if not answer.strip() and not choice.strip():
        source.fault(fields.at("answer"), "An entry must have an “answer” or a “choice”.")
    return LibraryEntry(
        question=question,
        answer=answer,
        product=fields.text("product"),
        deployments=frozenset(fields.deployments("deployments")),
        also_asked=fields.texts("also_asked"),
        choice=choice,
        owner=fields.text("owner"),
        approved_by=fields.text("approved_by"),
        approved_on=fields.date("approved_on"),
        review_by=fields.date("review_by"),
        evidence=fields.texts("evidence"),
        tags=fields.texts("tags"),
        audience=fields.audience(),
        line=fields.line,
    )


# The emitter written in C is eight times faster; PyYAML may have been built without it.
_Emitter: type[yaml.SafeDumper] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_Emitter):  # type: ignore[misc, valid-type]
    """Writes texts of several lines as block scalars, and escapes what YAML would alter."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Return `text` as a block scalar when it has several lines, and escaped where YAML would alter it."""
    block = "\n" in text and not text.startswith(("\n", " ")) and not text.endswith("\n")
    escaped = _ALTERED.search(text) or ("\n" in text and not block)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if escaped else "|" if block else None)


_Dumper.add_representer(str, _text)


def written_library(entries: Iterable[LibraryEntry]) -> Iterator[str]:
    """Yield `entries` one by one as a library file has them; `load_library` gives them back, apart from `line`."""
    parted = ""
    for entry in entries:
        text = yaml.dump([_shape(entry)], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
        yield f"{parted}{text}"
        parted = "\n"
    if not parted:
        yield "[]\n"


def dump_library(entries: Iterable[LibraryEntry]) -> str:
    """Return `entries` as a library file; `load_library` gives them back, apart from `line`."""
    return "".join(written_library(entries))


def _shape(entry: LibraryEntry) -> dict[str, Any]:
    """Return what is written of `entry`: nothing that is empty."""
    shape = entry.shape()
    if entry.audience is Audience.PUBLIC:
        del shape["audience"]
    return {key: value for key, value in shape.items() if value}
