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

PARTED = "; "
"""What parts the labels in the choice of a field that takes several ticks."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_WORDINGS: Mapping[Choice, tuple[str, ...]] = MappingProxyType(
    {
        Choice.YES: (
            "yes", "y", "true", "fully", "full", "pass", "valid", "agree", "affirmative",
            "ja", "trifft zu", "sí", "si", "sì", "oui", "sim", "tak", "はい",
            "実施済", "実施済み", "対応済", "対応済み",
        ),
        Choice.NO: (
            "no", "n", "false", "not", "fail", "non valid", "invalid", "disagree", "negative",
            "nein", "non", "não", "nee", "nie", "いいえ", "未実施", "未対応", "trifft nicht zu",
        ),
        Choice.PARTIAL: (
            "partial", "partially", "partly", "in part", "partial compliance",
            "teilweise", "parcial", "parcialmente", "partiel", "partiellement", "parziale", "parzialmente",
            "gedeeltelijk", "częściowo", "一部", "一部実施", "一部対応", "trifft teilweise zu",
        ),
        Choice.NOT_APPLICABLE: (
            "na", "n a", "not applicable", "does not apply", "nicht zutreffend", "nicht anwendbar", "entfällt",
            "no aplica", "non applicable", "sans objet", "non applicabile", "não se aplica", "não aplicável",
            "niet van toepassing", "nvt", "nie dotyczy", "該当なし", "対象外",
        ),
    }
)  # fmt: skip
_CHOICES: Mapping[str, Choice] = MappingProxyType(
    {wording: choice for choice, wordings in _WORDINGS.items() for wording in wordings}
)
_HELD = (
    r"(?:compliant|in compliance|conformant|conforming|in conformity|implemented|in place|met|satisfied|supported|"
    r"fulfilled|achieved|addressed|covered|established|comply|complies|conforms|meets|"
    r"supports|"
    r"erfüllt|umgesetzt|konform|vorhanden|conforme|en place|cumple|implementad[oa])"
)
"""What forms call a requirement that holds."""
_WORDED: tuple[tuple[Choice, re.Pattern[str]], ...] = (
    (Choice.YES, re.compile(rf"(?:(?:fully|completely|vollständig|totalement|totalmente) )?{_HELD}")),
    (
        Choice.NO,
        re.compile(
            rf"(?:not|non|no|nicht|pas|is not)(?: yet)? {_HELD}|noncompliant|nonconformant|"
            r"(?:does|do) not (?:comply|conform|meet|support)"
        ),
    ),
    (
        Choice.PARTIAL,
        re.compile(rf"(?:partially|partly|partial|teilweise|partiellement|parcialmente) {_HELD}|cumple parcialmente"),
    ),
)
_CODES: tuple[tuple[frozenset[str], Mapping[str, Choice]], ...] = (
    (frozenset("YN"), {"Y": Choice.YES, "N": Choice.NO}),
    (frozenset("JN"), {"J": Choice.YES, "N": Choice.NO}),
    (frozenset("FPN"), {"F": Choice.YES, "P": Choice.PARTIAL, "N": Choice.NO}),
    *(
        (
            frozenset({yes, f"N{held}"}),
            {yes: Choice.YES, f"P{held}": Choice.PARTIAL, f"N{held}": Choice.NO},
        )
        for held in "CIMS"  # compliant, implemented, met, supported
        for yes in (f"F{held}", held)
    ),
    (frozenset({"IP", "NIP"}), {"IP": Choice.YES, "PIP": Choice.PARTIAL, "NIP": Choice.NO}),
    (frozenset("○×"), {"○": Choice.YES, "△": Choice.PARTIAL, "×": Choice.NO}),
)
"""The codes that together say what they stand for, and what; "P" alone could be planned, "N" alone new."""
_OUI_NON, _ABSENT = frozenset("ON"), frozenset({"NA", "N/A", "SO", "S/O"})
"""Beside any other code "O" may be optional."""
_CODE = 3
"""Characters of the longest code."""
_LONGEST = 60
"""Characters of the longest wording."""
_PARTS = re.compile(r"\s*[-–—:=,;()]+\s*| because ")

_CLAUSES = re.compile(r"\s*[–—:=,;()]+\s*|\s+-+\s*|-+\s+| because ")
"""What parts a wording from more words; a hyphen within a word does not ("Non-applicable")."""


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


_SIGNS = re.compile(r"[\W_]+")


def _plain(value: str) -> str:
    return _SIGNS.sub(" ", value.casefold()).strip()


def canonical(value: str) -> Choice | None:
    """Return the choice that a form's wording `value` stands for, or None when it is not known."""
    if len(value) > _LONGEST:
        return None
    said = _plain(value)
    known = _CHOICES.get(said)
    return known or next((choice for choice, wording in _WORDED if wording.fullmatch(said)), None)


def sense(wording: str) -> Choice | None:
    """Return the choice that `wording` begins with, as "Partially supported by a partner" does, or None."""
    clauses = [part for part in _CLAUSES.split(" ".join(wording.split())) if part][:1]
    words = clauses[0][: _LONGEST + 2].split() if clauses else []  # no longer beginning is known
    beginnings = (" ".join(words[:n]) for n in range(len(words) - 1, 0, -1))
    begun = (*clauses, *(said for said in beginnings if " " in _plain(said)))  # "No" begins "No evidence"
    return canonical(wording) or next((found for said in begun if (found := canonical(said))), None)


def meant(value: str, allowed: Sequence[str], meanings: Sequence[tuple[str, str]] = ()) -> Choice | None:
    """Return the choice that `value`, one of `allowed`, stands for, or None when it is not known for sure.

    `meanings` is what the form says its codes stand for; it goes before all that is usual.
    "Yes, in place" says it first, "PC – Partially compliant" behind its code. A code alone is understood only in
    the company that makes clear what it stands for, such as C, PC and NC; a number never.
    """
    told = dict(meanings)
    if value in told:
        return sense(told[value])
    whole, code = canonical(value), _as_code(value)
    parts = [part for part in _PARTS.split(value.strip()) if part]
    if len(parts) > 1:
        coded = len(parts[0]) == 1 or (len(parts[0]) <= _CODE and canonical(parts[0]) is None)
        return whole or canonical(parts[1] if coded else parts[0])
    if len(code) > 1 and whole is not None:
        return whole
    codes = {_as_code(other) for other in allowed}
    if code == "NONE" and any(canonical(other) is Choice.PARTIAL for other in allowed):
        return Choice.NO
    if codes - _ABSENT == _OUI_NON:
        return {"O": Choice.YES, "N": Choice.NO}.get(code)
    return next((stands[code] for told, stands in _CODES if told <= codes and code in stands), None)


def chosen(choice: str | None, field: AnswerField | None) -> Choice | None:
    """Return what the choice of an answer in `field` stands for, or None when it is not known for sure.

    Where the form fixes no wording, the choice is in the words of whoever answered.
    """
    if not choice:
        return None
    allowed = field.allowed() if field is not None else ()
    return meant(choice, allowed, field.meanings) if field is not None and allowed else canonical(choice)


def understood(choice: str | None, field: AnswerField | None) -> str | None:
    """Return the choice in words that outside its form say what it stands for, where that is known: "Yes" for "F"."""
    known = chosen(choice, field)
    if known is not None:
        return known.value
    return dict(field.meanings).get(choice or "", choice) if field is not None else choice


def explained(choice: str | None, field: AnswerField | None) -> str | None:
    """Return the choice as it stands in its form, a code with what the form says of it: "F (Fully compliant)"."""
    told = dict(field.meanings).get(choice or "") if field is not None else None
    return f"{choice} ({told})" if told else choice


def _as_code(value: str) -> str:
    return value.strip().strip(".").upper().replace("◯", "○").replace("〇", "○").replace("✕", "×")


def fit(choice: Choice, allowed: Sequence[str], meanings: Sequence[tuple[str, str]] = ()) -> str | None:
    """Return the one of `allowed` that says `choice`, in its exact wording, or None when none or several do.

    Without allowed values the choice's own word is returned.
    """
    if not allowed:
        return choice.value
    exact = [value for value in allowed if canonical(value) is choice and len(_as_code(value)) > 1]
    said = exact or [value for value in allowed if meant(value, allowed, meanings) is choice]
    return said[0] if len(said) == 1 else None


def picked(field: AnswerField, value: str) -> tuple[str, ...]:
    """Return the allowed values that `value` names, () when one of them is not allowed.

    A field for several ticks takes several, parted by `PARTED`: "ISO 27001; SOC 2".
    """
    allowed = field.allowed()
    if value in allowed or not field.several:
        return (value,) if value in allowed else ()
    found, rest = [], value.strip()
    while rest:
        fitting = [label for label in allowed if rest == label or rest.startswith(f"{label}{PARTED.strip()}")]
        if not fitting:
            return ()
        found.append(max(fitting, key=len))
        rest = rest[len(found[-1]) :].removeprefix(PARTED.strip()).strip()
    return tuple(label for label in allowed if label in found)


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
        and not choice_field.apart
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
    if choice and field is not None and field.allowed() and not picked(field, choice):
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
