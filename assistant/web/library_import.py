"""Entries from files and into files: library files, tables, completed questionnaires."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assistant.errors import InputError, InvalidValueError, NotFoundError
from assistant.people import Permission
from assistant.statement import LibraryEntry, Scope
from assistant.web.library_form import audience_of
from assistant.web.problems import status_of
from assistant.web.requests import typed
from assistant.web.scopes import chosen_scope, scope_options, scope_value
from assistant.web.security import person
from assistant.wiring import Application
from assistant.workflow.pairs import Pair, chosen

_MOST = 20_000_000
"""Bytes of the pairs that a form carries along."""
_SAMPLES = 3
"""Things that are shown of what stands in a column, and pairs of what a part is read as."""
_TEXTS = ("question", "choice", "answer")
"""What of a pair may be changed before it is proposed."""
_FORMS = {"yaml": "application/yaml", "csv": "text/csv"}


def add_pages(pages: Blueprint, application: Application) -> None:
    """Add import and export to the library's pages."""
    importing, knowledge = application.importing, application.knowledge

    def start(problem: str = "", status: int = 200) -> ResponseReturnValue:
        person().require(Permission.EDIT)
        scopes = scope_options(knowledge.scopes)
        page = render_template("library/import.html", problem=problem, form=request.form, scopes=scopes)
        return page, status

    @pages.get("/library/import")
    def import_form() -> ResponseReturnValue:
        """Ask for the file."""
        return start()

    @pages.post("/library/import")
    def import_file() -> ResponseReturnValue:
        """Take in a library file or a table, whole or not at all."""
        person().require(Permission.KEEP_LIBRARY)
        proposed = typed("as") == "proposals"
        try:
            name, content = _uploaded("file")
            new, all_of_them = importing.take(person(), name, content, proposed=proposed)
        except InputError as problem:
            return start(str(problem), 400)
        known = all_of_them - new
        flash(f"{new} of {all_of_them} entries taken in" + (f"; {known} were there already." if known else "."))
        return redirect(url_for("library.proposals" if proposed else "library.entries"))

    @pages.post("/library/import/questionnaire")
    def import_questionnaire() -> ResponseReturnValue:
        """Read a completed questionnaire and show its pairs of question and answer."""
        try:
            name, content = _uploaded("file")
            customer = typed("customer")
            if not customer:
                raise InvalidValueError("Say whose questionnaire it was, so that their name is pointed out.")
            about = chosen_scope(request.form)
            knowledge.checked(about)
            found = importing.pairs(person(), name, content)
        except InputError as problem:
            return start(str(problem), 400)
        return pairs_page(found, name, customer, about)

    def pairs_page(
        found: list[Pair],
        name: str,
        customer: str,
        about: Scope,
        problem: str = "",
        status: int = 200,
        kept: dict[str, str] | None = None,
    ) -> ResponseReturnValue:
        """Show the pairs; with `kept`, as somebody has changed them on the page already."""
        parts = [
            _part(part, number, [pair for pair in found if pair.part == part])
            for number, part in enumerate(dict.fromkeys(pair.part for pair in found))
        ]
        read = {part.name: (part.choice, part.text) for part in parts}
        texts = []
        for number, pair in enumerate(found):
            said = (pair.question, *chosen(pair, *read[pair.part]))
            texts.append(tuple(kept.get(f"{name}-{number}", "") for name in _TEXTS) if kept is not None else said)
        named = importing.named(person(), customer, ["\n".join(said) for said in texts])
        rows = [
            (pair, *said, names, f"take-{number}" in kept if kept is not None else any(said[1:]) and not names)
            for number, (pair, said, names) in enumerate(zip(found, texts, named, strict=True))
        ]
        page = render_template(
            "library/pairs.html",
            rows=rows,
            answered=sum(any(said[1:]) for said in texts),
            parts=parts,
            pairs=_packed(found),
            name=name,
            customer=customer,
            about=about,
            scope=scope_value(about.product, about.deployment),
            audience=request.form.get("audience", "nda"),
            problem=problem,
        )
        return page, status

    @pages.post("/library/import/pairs")
    def import_pairs() -> ResponseReturnValue:
        """Take the chosen pairs in as proposals, or show them read from other columns."""
        person().require(Permission.EDIT)
        found, about = _read_pairs(), knowledge.checked(chosen_scope(request.form))
        name, customer = typed("name"), typed("customer")
        if typed("action") == "read":
            return pairs_page(found, name, customer, about)
        try:
            entries = [
                LibraryEntry(
                    question=typed(f"question-{number}"),
                    answer=typed(f"answer-{number}"),
                    product=about.product,
                    deployments=frozenset({about.deployment} if about.deployment else ()),
                    choice=typed(f"choice-{number}"),
                    audience=audience_of(typed("audience")),
                )
                for number in range(len(found))
                if f"take-{number}" in request.form
            ]
            if not entries:
                raise InvalidValueError("Tick the pairs that are to be proposed.")
            new = importing.propose(person(), name, customer, entries)
        except InputError as problem:
            return pairs_page(found, name, customer, about, str(problem), status_of(problem), dict(request.form))
        known = len(entries) - new
        flash(
            f"{new} {'pair is' if new == 1 else 'pairs are'} proposed"
            + (f"; {known} were there already." if known else ".")
        )
        return redirect(url_for("library.proposals"))

    @pages.get("/library/export.<form>")
    def export(form: str) -> ResponseReturnValue:
        """Give out every entry in use."""
        if form not in _FORMS:
            raise NotFoundError("The library is written as YAML or CSV.")
        response = Response(importing.export(person(), form), content_type=f"{_FORMS[form]}; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="library.{form}"'
        return response


def _uploaded(field: str) -> tuple[str, bytes]:
    """Return name and content of the file that was chosen.

    :raises InvalidValueError: when none was.
    """
    file = request.files.get(field)
    if file is None or not file.filename:
        raise InvalidValueError("Choose a file first.")
    return "".join(character for character in file.filename if character.isprintable()), file.read()


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the questionnaire, from which of its columns choice and text are read ("" for none), and the outcome.

    `columns` are its columns: the name, what the reader took it for, and the first few things that stand in it.
    """

    name: str
    columns: tuple[tuple[str, str, tuple[str, ...]], ...]
    choice: str
    text: str
    first: tuple[tuple[str, str, str], ...]


def _part(name: str, number: int, own: Sequence[Pair]) -> _Part:
    choices = list(dict.fromkeys(column for pair in own for column in pair.choices))
    texts = list(dict.fromkeys(column for pair in own for column in pair.texts))
    samples: dict[str, dict[str, None]] = {}
    for pair in own:
        for column, value in pair.values:
            samples.setdefault(column, {})[value] = None
    for column in (*choices, *texts):
        samples.setdefault(column, {})
    roles = {**dict.fromkeys(texts, "answer"), **dict.fromkeys(choices, "choice")}
    choice = _picked("choice", number, samples, next(iter(choices), ""))
    text = _picked("text", number, samples, next(iter(texts), ""))
    read = [(pair.question, *chosen(pair, choice, text)) for pair in own]
    return _Part(
        name,
        tuple((column, roles.get(column, ""), tuple(values)[:_SAMPLES]) for column, values in samples.items()),
        choice,
        text,
        tuple(([pair for pair in read if any(pair[1:])] or read)[:_SAMPLES]),
    )


def _picked(role: str, number: int, columns: Collection[str], otherwise: str) -> str:
    """Return the column that was picked for a part, "" for none, and `otherwise` before anybody picked."""
    value = request.form.get(f"{role}-of-{number}")
    return value if value is not None and (not value or value in columns) else otherwise


def _packed(pairs: list[Pair]) -> str:
    """Return pairs as a form carries them along: small, for the wordings stand in its fields once more."""
    written = json.dumps([_shape(pair) for pair in pairs], ensure_ascii=False).encode()
    return base64.b64encode(zlib.compress(written)).decode()


def _shape(pair: Pair) -> dict[str, Any]:
    return {
        "part": pair.part,
        "number": pair.number,
        "question": pair.question,
        "values": pair.values,
        "choices": pair.choices,
        "texts": pair.texts,
    }


def _read_pairs() -> list[Pair]:
    """Return the pairs that the page carried along.

    :raises InvalidValueError: for what no page of ours made.
    """
    try:
        return [
            Pair(
                str(shape["part"]),
                str(shape["number"]),
                str(shape["question"]),
                tuple((str(column), str(value)) for column, value in shape["values"]),
                tuple(map(str, shape["choices"])),
                tuple(map(str, shape["texts"])),
            )
            for shape in json.loads(_unpacked(request.form.get("pairs", "")))
        ]
    except (ValueError, KeyError, TypeError, zlib.error) as problem:
        raise InvalidValueError("The request lacks the pairs. Choose the file again.") from problem


def _unpacked(value: str) -> bytes:
    # What unpacks to more than any questionnaire holds is cut off, and is no JSON then.
    return zlib.decompressobj().decompress(base64.b64decode(value, validate=True), _MOST)
