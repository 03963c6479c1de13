"""Commands that keep what the application holds: library, index, backup, restore."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from assistant.cli.answering import FILE, FOLDER, write_whole
from assistant.cli.serving import application, settings

TARGET = click.Path(dir_okay=False, path_type=Path)


@click.group()
def library() -> None:
    """Look after the answer library: bring it out and in as YAML, find what contradicts itself."""


@library.command(name="export")
@click.argument("output", type=TARGET)
def export_library(output: Path) -> None:
    """Write every entry to OUTPUT."""
    from assistant.wiring import statements

    with application() as app:
        entries = app.library.all()
    write_whole(output, statements.dump_library(entries).encode())
    click.echo(f"{output}: {len(entries)} entries.")


@library.command(name="import")
@click.argument("file", type=FILE)
def import_library(file: Path) -> None:
    """Take in the entries of FILE that are not there yet; a faulty file changes nothing."""
    from assistant.wiring import statements

    entries = statements.load_library(file.read_text(encoding="utf-8"), file.name)
    with application() as app:
        added = app.library.bring_in(entries)
    click.echo(f"{added} of {len(entries)} entries taken in; the others were there already.")


@library.command(name="conflicts")
@click.option("--knowledge", type=FOLDER, help="Folder to look through; without it what the application holds.")
def list_conflicts(knowledge: Path | None) -> None:
    """List statements and answers that contradict each other or say the same twice."""
    from assistant.reports import conflict_text
    from assistant.wiring import Answering

    if knowledge is None:
        with application() as app:
            found = list(app.knowledge.open_conflicts())
    else:
        with Answering(knowledge) as answering:
            found = answering.conflicts()
    for conflict in found:
        click.echo(conflict_text(conflict))
    contradictions = sum(conflict.readings is not None for conflict in found)
    click.echo(f"Contradictions: {contradictions}. Duplicates: {len(found) - contradictions}.")


@click.group()
def index() -> None:
    """Look after the search index, which is derived from the knowledge."""


@index.command()
def rebuild() -> None:
    """Throw the index away and build it anew."""
    shutil.rmtree(settings().instance / "index", ignore_errors=True)
    with application() as app:
        click.echo(f"Built from {len(app.knowledge.knowledge.statements)} statements and the library.")


@click.command()
@click.argument("output", type=TARGET)
def backup(output: Path) -> None:
    """Write database and knowledge to OUTPUT, one .tar.gz file."""
    from assistant.wiring import save

    save(settings(), output)
    click.echo(f"{output}: database and knowledge saved. It holds customers' files; keep it safe.")


@click.command()
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Replace what is there now.")
def restore(file: Path, replace: bool) -> None:
    """Bring database and knowledge back from FILE. Stop the application first."""
    from assistant.wiring import bring_back

    bring_back(settings(), file, replace=replace)
    click.echo("Restored. The index is built anew at the next start.")
