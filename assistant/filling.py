"""Which value goes to which place of the document. Standard library only.

An answer has a choice and a text; a question has fields. `entries` is the only rule that
joins them, so what a reviewer is shown, what approval binds and what is written are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from assistant.errors import InvalidValueError
from assistant.questionnaire import AnswerField, FieldKind, Question
from assistant.suggestion import Choice

CELL_LIMIT = 32_767
"""UTF-16 units that an Excel cell holds (ECMA-376 implementations' limit); applied to every text."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_WORDINGS: Mapping[Choice, tuple[str, ...]] = MappingProxyType(
    {
        Choice.YES: (
            "yes", "y", "true", "compliant", "fully compliant", "implemented", "fully implemented", "in place",
            "met", "fully met", "fully", "pass", "valid", "supported", "agree", "comply", "complies", "conforms",
            "ja", "sí", "si", "oui", "はい",
        ),
        Choice.NO: (
            "no", "n", "false", "not compliant", "non compliant", "noncompliant", "not implemented",
            "not in place", "not met", "fail", "non valid", "invalid", "not supported", "disagree",
            "does not comply", "not conformant", "nein", "non", "いいえ",
        ),
        Choice.PARTIAL: (
            "partial", "partially", "partly", "partially compliant", "partially implemented", "partially met",
            "in part", "partially in place", "teilweise", "parcial", "parcialmente", "partiel",
        ),
        Choice.NOT_APPLICABLE: (
            "na", "n a", "not applicable", "does not apply", "nicht zutreffend", "no aplica", "non applicable",
            "該当なし",
        ),
    }
)  # fmt: skip
_CHOICES: Mapping[str, Choice] = MappingProxyType(
    {wording: choice for choice, wordings in _WORDINGS.items() for wording in wordings}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A value for one answer field: an allowed value, the label of a mark, or a text."""

    field: AnswerField
    value: str


def writable(text: str) -> str:
    """Return `text` as a document can hold it: CR LF as LF, control characters and lone surrogates gone."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 units, as Office counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _plain(value: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", value.casefold()).split())


def canonical(value: str) -> Choice | None:
    """Return the choice that a form's wording `value` stands for, or None when it is not known."""
    return _CHOICES.get(_plain(value))


def fit(choice: Choice, allowed: Sequence[str]) -> str | None:
    """Return the one of `allowed` that says `choice`, in its exact wording, or None when none or several do.

    Without allowed values the choice's own word is returned.
    """
    if not allowed:
        return choice.value
    said = [value for value in allowed if canonical(value) is choice]
    if len(said) != 1:
        leading = [value for value in allowed if canonical(re.split(r"[-–—,:;(]| because ", value)[0]) is choice]
        said = said if said else leading
    return said[0] if len(said) == 1 else None


def entries(question: Question, choice: str | None, text: str) -> tuple[Entry, ...]:
    """Return what is written where for an answer of `choice` and `text`; empty parts write nothing.

    A choice without a field of its own leads the text ("Yes. …"); where one place takes both,
    the choice stands on a line of its own above the text.
    """
    chosen, written = writable(choice or ""), writable(text)
    choice_field, text_field = question.choice_field, question.text_field
    if (
        choice_field is not None
        and text_field is not None
        and choice_field.kind is FieldKind.CHOICE  # boxes to tick take no text, though a line may hold both
        and choice_field.location == text_field.location
    ):
        joined = "\n".join(part for part in (chosen, written) if part)
        return (Entry(text_field, joined),) if joined else ()
    found = []
    if chosen and choice_field is not None:
        found.append(Entry(choice_field, chosen))
    if text_field is not None:
        leading = chosen if choice_field is None else ""
        joined = ". ".join(part for part in (leading.rstrip("."), written) if part)
        if joined:
            found.append(Entry(text_field, joined))
    return tuple(found)


def gathered(found: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries with one for each place: several questions may share an answer cell.

    Different texts for one place become its lines, in order.

    :raises InvalidValueError: when one place would take two different choices, or more than it holds.
    """
    places: dict[tuple[FieldKind, tuple[str, ...]], Entry] = {}
    for entry in found:
        key = (entry.field.kind, entry.field.places())
        before = places.get(key)
        if before is None:
            places[key] = entry
        elif entry.value in (before.value, *before.value.split("\n\n")):
            continue
        elif entry.field.kind is FieldKind.TEXT:
            places[key] = replace(before, value=f"{before.value}\n\n{entry.value}")
            _check_length(places[key])
        else:
            raise InvalidValueError(
                f"{entry.field.location} takes one choice for several questions, but their answers say "
                f"“{before.value}” and “{entry.value}”. Make them agree."
            )
    return tuple(places.values())


def check(question: Question, choice: str | None, text: str) -> None:
    """Return when the answer fits the question's fields.

    :raises InvalidValueError: for a choice that is not allowed, or a text too long for its place.
    """
    field = question.choice_field
    if choice and field is not None and field.allowed() and choice not in field.allowed():
        raise InvalidValueError(f"“{choice}” is not one of the allowed values: {', '.join(field.allowed())}.")
    for entry in entries(question, choice, text):
        if entry.field.kind is FieldKind.TEXT:
            _check_length(entry)


def _check_length(entry: Entry) -> None:
    limit = min(entry.field.max_length or CELL_LIMIT, CELL_LIMIT)
    if units(entry.value) > limit:
        raise InvalidValueError(
            f"The answer has {units(entry.value):,} characters; {entry.field.location} takes {limit:,}. Shorten it."
        )
