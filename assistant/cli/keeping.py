"""Commands that keep what the application holds: library, index, backup, restore."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from assistant.cli.answering import FILE, write_whole
from assistant.cli.serving import application, settings

TARGET = click.Path(dir_okay=False, path_type=Path)


@click.group()
def library() -> None:
    """Bring the answer library out and in as YAML."""


@library.command(name="export")
@click.argument("output", type=TARGET)
def export_library(output: Path) -> None:
    """Write every entry to OUTPUT."""
    from assistant.wiring import statements

    entries = application().library.all()
    write_whole(output, statements.dump_library(entries).encode())
    click.echo(f"{output}: {len(entries)} entries.")


@library.command(name="import")
@click.argument("file", type=FILE)
def import_library(file: Path) -> None:
    """Take in the entries of FILE that are not there yet; a faulty file changes nothing."""
    from assistant.wiring import statements

    entries = statements.load_library(file.read_text(encoding="utf-8"), file.name)
    added = application().library.bring_in(entries)
    click.echo(f"{added} of {len(entries)} entries taken in; the others were there already.")


@click.group()
def index() -> None:
    """Look after the search index, which is derived from the knowledge."""


@index.command()
def rebuild() -> None:
    """Throw the index away and build it anew."""
    shutil.rmtree(settings().instance / "index", ignore_errors=True)
    app = application()
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
