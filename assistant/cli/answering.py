"""Commands over files alone, without the application: suggest, inspect, fill, verify."""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def scoped(command: Command) -> Command:
    """Return `command` with the options that say what is answered from and for whom."""
    for option in (
        click.option("--nda", is_flag=True, help="The customer is under NDA: passages marked `nda` may be used."),
        click.option("--deployment", help="Deployment asked about; without it only what holds for every one is used."),
        click.option("--product", help="Product asked about, as the statements name it."),
        click.option("--knowledge", type=FOLDER, help="Folder of statements and library files."),
    ):
        command = option(command)
    return command


@click.command()
@scoped
@click.option("--top", default=5, show_default=True, type=click.IntRange(1, 100), help="Passages shown per question.")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@click.argument("file", type=click.File(encoding="utf-8"))
def suggest(
    knowledge: Path | None, product: str | None, deployment: str | None, nda: bool, top: int, form: str, file: Any
) -> None:
    """Propose answers for the questions in FILE (or - for standard input), one a line."""
    from assistant.reports import suggestion_text
    from assistant.statement import Scope
    from assistant.wiring import Answering

    if knowledge is None or product is None:
        raise click.UsageError("Give --knowledge and --product.")
    questions = [line.strip() for line in file if line.strip()]
    with Answering(knowledge) as answering:
        for suggestion in answering.suggest(questions, Scope(product, deployment, nda), top):
            as_json = form == "jsonl"
            click.echo(json.dumps(suggestion.as_json(), ensure_ascii=False) if as_json else suggestion_text(suggestion))


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.argument("file", type=FILE)
def inspect(file: Path, form: str) -> None:
    """Show the questions found in FILE, where each answer goes, and what was skipped."""
    from assistant.reports import questionnaire_text
    from assistant.wiring import documents

    questionnaire = documents.inspect(file.read_bytes(), file.name)
    as_json = form == "json"
    click.echo(
        json.dumps(questionnaire.as_json(), ensure_ascii=False, indent=1)
        if as_json
        else questionnaire_text(questionnaire)
    )


@click.command()
@click.argument("file", type=FILE)
@scoped
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write it.")
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="HTML report: each answer, its sources."
)
@click.option("--existing", type=click.Choice(["keep", "replace"]), default="keep", show_default=True)
@click.option("--answers", type=FILE, help="JSON lines of `location`, `choice`, `text`: written instead of drafting.")
def fill(
    file: Path,
    knowledge: Path | None,
    product: str | None,
    deployment: str | None,
    nda: bool,
    output: Path,
    report: Path | None,
    existing: str,
    answers: Path | None,
) -> None:
    """Draft answers into a copy of FILE. Nobody has reviewed them: not for the customer."""
    from assistant.reports import draft_report
    from assistant.statement import Scope
    from assistant.wiring import Answering, documents
    from assistant.workflow.draft_document import draft_document, drafted_rows, given_rows

    original = file.read_bytes()
    questionnaire = documents.inspect(original, file.name)
    if answers is not None:
        rows = given_rows(questionnaire, answers.read_text(encoding="utf-8").splitlines(), str(answers))
    elif knowledge is None or product is None:
        raise click.UsageError("Give --knowledge and --product to draft from, or --answers to write.")
    else:
        with Answering(knowledge) as answering:
            scope = Scope(product, deployment, nda)
            rows = drafted_rows(questionnaire, lambda questions: answering.suggest(questions, scope))
    result = draft_document(documents, original, file.name, questionnaire, rows, replace=existing == "replace")
    write_whole(output, result.content)
    if report is not None:
        write_whole(report, draft_report(file.name, result).encode())
    click.echo(f"{output}: {result.summary}", err=True)
    click.echo("DRAFT: nobody has reviewed these answers. Do not send this file to the customer.", err=True)


@click.command()
@click.argument("original", type=FILE)
@click.argument("completed", type=FILE)
@click.option("--places", type=FILE, help="Locations that may differ, one a line; otherwise those `inspect` finds.")
def verify(original: Path, completed: Path, places: Path | None) -> None:
    """Prove that COMPLETED differs from ORIGINAL only in the answer places; status 1 when it does not."""
    from assistant.questionnaire import Location
    from assistant.wiring import documents

    before = original.read_bytes()
    if places is not None:
        allowed = {Location(line.strip()) for line in places.read_text(encoding="utf-8").splitlines() if line.strip()}
    else:
        found = documents.inspect(before, original.name)
        allowed = {place for question in found.questions for field in question.fields for place in field.places()}
    differences = documents.verify(before, completed.read_bytes(), allowed, original.name)
    for line in differences:
        click.echo(line)
    if differences:
        sys.exit(1)
    click.echo("Only answer places differ.")


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path` so that the file is there whole or not at all."""
    # Opened like any new file, so that the user's umask says who may read it.
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with part.open("xb") as file:
            file.write(content)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
